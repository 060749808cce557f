#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "diaodu/check/proof.h"
#include "diaodu/check/usage.h"
#include "diaodu/plan/hammock.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {
namespace {

using Role = ProofProblem::Role;
using Variable = ProofProblem::Variable;

/// Compares a log's problem with a plan on one calendar.  Let W(x) be the minutes of that calendar from the
/// plan's beginning to x, and u the log's unit.  From any schedule of the plan take
///
///   start[v] = floor(W(start of the task) / u)
///
/// and for a summary's gate and end likewise the least start and the greatest finish below it.  Where every number
/// of the log, times u, is no stricter than the plan's, that keeps all of the log's lines:  s' >= s + g u  gives
/// floor(s' / u) >= floor(s / u) + g,  and who is in progress at t there is in progress at minute (t + 1) u - 1.
class Comparer {
 public:
  Comparer(const ProofProblem& problem, const ProofLines& lines, const Plan& plan)
      : problem_(problem), lines_(lines), plan_(plan), times_(plan), states_(plan, times_) {}

  Tie run() {
    tie_.origin = earliest_remaining(plan_);
    if (const auto obstacle = find_obstacle()) {
      tie_.kind = Tie::Kind::unknown;
      tie_.obstacle = *obstacle;
      return tie_;
    }
    tie_.calendar = *calendar_;
    find_parents_of_leaves();
    collect_links();
    if (judge_variables() && judge_links() && judge_demands()) judge_resources();
    return tie_;
  }

 private:
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();

  bool too_strict(int line) {
    tie_.kind = Tie::Kind::too_strict;
    tie_.line = line;
    return false;
  }

  // --- the plan's side

  std::optional<Tie::Obstacle> find_obstacle() {
    mode_of_ = Table<TaskId, ModeId>(plan_.tasks.size());
    for (ModeId mode : plan_.modes.ids()) {
      ModeId& only = mode_of_[plan_.modes[mode].task];
      if (only) return Tie::Obstacle::modes;
      only = mode;
    }
    for (TaskId task : plan_.tasks.ids()) {
      const Task& row = plan_.tasks[task];
      if (row.kind == TaskKind::summary) continue;
      if (row.is_optional) return Tie::Obstacle::optional_tasks;
      if (states_[task].stage != TaskState::Stage::not_started) return Tie::Obstacle::progress;
      for (const Constraint& constraint : {row.constraint, row.second_constraint}) {
        if (constraint.is_mandatory()) return Tie::Obstacle::mandatory_dates;
      }
      if (work_of(task) == 0) continue;  // a milestone may lie anywhere
      const Calendar* own = &times_.of(task, mode_of_[task]);
      if (calendar_ != nullptr && !is_shared(*own)) return Tie::Obstacle::calendars;
      calendar_ = own;
    }
    for (TaskId task : plan_.tasks.ids()) {
      if (calendar_ == nullptr && plan_.tasks[task].kind != TaskKind::summary)
        calendar_ = &times_.of(task, mode_of_[task]);
    }
    if (calendar_ == nullptr) calendar_ = &times_.of_project();
    return {};
  }

  bool is_shared(const Calendar& calendar) const {
    return &calendar == calendar_ || (calendar.is_always() && calendar_->is_always());
  }
  std::int64_t work_of(TaskId task) const {
    const ModeId mode = mode_of_[task];
    return (mode ? plan_.modes[mode].duration : plan_.tasks[task].duration).count();
  }
  /// W.
  std::int64_t at(Instant instant) const {
    return calendar_->work_between(tie_.origin, instant).count();
  }
  bool is_summary(TaskId task) const { return plan_.tasks[task].kind == TaskKind::summary; }

  void find_parents_of_leaves() {
    has_leaves_ = Table<TaskId, char>(plan_.tasks.size(), 0);
    for (TaskId task : plan_.tasks.ids()) {
      if (is_summary(task)) continue;
      has_leaves_[task] = 1;
      for (TaskId above = plan_.tasks[task].parent; above && has_leaves_[above] == 0;
           above = plan_.tasks[above].parent)
        has_leaves_[above] = 1;
    }
  }

  /// One end of an ordering: the start of a task or a gate, plus so many minutes.
  struct End {
    std::pair<Role, TaskId> of;
    std::int64_t offset;
  };
  End start_of(TaskId task) const {
    return {{is_summary(task) ? Role::gate : Role::task, task}, 0};
  }
  End finish_of(TaskId task) const {
    if (is_summary(task)) return {{Role::end, task}, 0};
    return {{Role::task, task}, work_of(task)};
  }

  /// W(to) >= W(from) + minutes.
  void order(const End& from, const End& to, std::int64_t minutes) {
    const std::int64_t gap = from.offset + minutes - to.offset;
    const auto [at, is_new] = gaps_.try_emplace({from.of, to.of}, gap);
    if (!is_new) at->second = std::max(at->second, gap);
  }

  void collect_links() {
    for (const Link& link : plan_.links) {
      if (!binds(plan_, link)) continue;
      if (has_leaves_[link.from] == 0 || has_leaves_[link.to] == 0) continue;
      const End leaves = leaves_from_start(link.type) ? start_of(link.from) : finish_of(link.from);
      const End arrives = arrives_at_start(link.type) ? start_of(link.to) : finish_of(link.to);
      if (const auto least = worked(link, link.lag)) {
        order(leaves, arrives, *least);
      } else if (link.lag.amount >= 0) {
        order(leaves, arrives, 0);  // minutes of another kind: no less than none
      }
      if (!link.has_max_lag) continue;
      if (const auto most = worked(link, link.max_lag)) order(arrives, leaves, -*most);
    }
    for (TaskId task : plan_.tasks.ids()) {
      const TaskId parent = plan_.tasks[task].parent;
      if (!parent || has_leaves_[task] == 0) continue;
      order(start_of(parent), start_of(task), 0);
      order(finish_of(task), finish_of(parent), 0);
    }
  }

  /// A lag in minutes of the one calendar, if it is counted in them.
  std::optional<std::int64_t> worked(const Link& link, const Lag& lag) const {
    if (lag.amount == 0 && &lag == &link.lag) return 0;
    const auto calendar_of = [this](TaskId task) -> const Calendar& {
      return is_summary(task) ? times_.of_project() : times_.of(task, mode_of_[task]);
    };
    const bool is_share = lag.unit == Lag::Unit::percent || lag.unit == Lag::Unit::elapsed_percent;
    if (is_share && is_summary(link.from)) return {};
    const std::int64_t minutes =
        is_share ? work_of(link.from) * lag.amount / (100 * 100) : lag.amount;
    const bool is_elapsed = lag.unit == Lag::Unit::elapsed ||
                            lag.unit == Lag::Unit::elapsed_percent ||
                            plan_.options.lag_calendar == Options::LagCalendar::around_the_clock;
    bool is_same = false;
    if (is_elapsed) {
      is_same = calendar_->is_always();
    } else if (plan_.options.lag_calendar == Options::LagCalendar::predecessor) {
      is_same = is_shared(calendar_of(link.from));
    } else if (plan_.options.lag_calendar == Options::LagCalendar::successor) {
      is_same = is_shared(calendar_of(link.to));
    } else {
      is_same = is_shared(times_.of_project());
    }
    if (!is_same) return {};
    return minutes;
  }

  /// The least and the most that a task's own dates allow its start.
  std::pair<std::int64_t, std::int64_t> window_of(const Variable& variable, TaskId task) const {
    std::int64_t least = 0;
    std::int64_t most = kNone;
    const std::int64_t work = variable.role == Role::task ? work_of(task) : 0;
    const Task& row = plan_.tasks[task];
    for (const Constraint& written : {row.constraint, row.second_constraint}) {
      using enum ConstraintKind;
      const Constraint constraint = kept(plan_.options, written);
      const ConstraintKind kind = constraint.kind;
      if (variable.role != Role::task &&
          kind != (variable.role == Role::gate ? start_on_or_after : finish_on_or_before))
        continue;
      if (kind == start_on_or_after || kind == start_on)
        least = std::max(least, at(constraint.date));
      if (kind == start_on_or_before || kind == start_on)
        most = std::min(most, at(constraint.date));
      if (kind == finish_on_or_after || kind == finish_on)
        least = std::max(least, at(constraint.date) - work);
      if (kind == finish_on_or_before || kind == finish_on)
        most = std::min(most, at(constraint.date) - work);
    }
    return {least, most};
  }

  // --- the log's side

  bool judge_variables() {
    for (std::uint32_t i = 0; i < problem_.variables.size(); ++i) {
      const Variable& variable = problem_.variables[i];
      if (variable.row == 0 || variable.row > plan_.tasks.size())
        return too_strict(lines_.variables[i]);
      const TaskId task{std::size_t{variable.row} - 1};
      const std::pair<Role, TaskId> key{variable.role, task};
      const bool is_kind = is_summary(task) == (variable.role != Role::task);
      const bool is_new = seen_.emplace(key, i).second;
      if (!is_kind || !is_new || has_leaves_[task] == 0) return too_strict(lines_.variables[i]);
      keys_.push_back(key);
      const std::int64_t work = variable.role == Role::task ? work_of(task) : 0;
      const auto [least, most] = window_of(variable, task);
      const bool is_open = variable.latest == ProofProblem::kMost;
      if (variable.duration * problem_.minutes > work ||
          variable.earliest * problem_.minutes > least ||
          (!is_open && (most == kNone || variable.latest * problem_.minutes < most)))
        return too_strict(lines_.variables[i]);
    }
    return true;
  }

  bool judge_links() {
    for (std::size_t i = 0; i < problem_.links.size(); ++i) {
      const auto& link = problem_.links[i];
      const auto known = gaps_.find({keys_[link.from], keys_[link.to]});
      if (known == gaps_.end() || link.gap * problem_.minutes > known->second)
        return too_strict(lines_.links[i]);
    }
    return true;
  }

  bool judge_demands() {
    std::map<std::pair<TaskId, ResourceId>, std::int64_t> wanted;
    is_odd_.assign(plan_.resources.size(), 0);
    for (const Demand& demand : plan_.demands) {
      if (!demand.resource || is_summary(demand.task)) continue;
      wanted[{demand.task, demand.resource}] += demand.amount.count();
      if (demand.amount < Amount{}) is_odd_[demand.resource.index()] = 1;
    }
    total_.assign(problem_.resources.size(), 0);
    for (std::size_t i = 0; i < problem_.demands.size(); ++i) {
      const auto& demand = problem_.demands[i];
      const auto& resource = problem_.resources[demand.resource];
      if (resource.row == 0 || resource.row > plan_.resources.size())
        return too_strict(lines_.resources[demand.resource]);
      const std::pair key{keys_[demand.variable].second, ResourceId{std::size_t{resource.row} - 1}};
      const auto known = wanted.find(key);
      if (keys_[demand.variable].first != Role::task || known == wanted.end() ||
          demand.amount > known->second / resource.measure)
        return too_strict(lines_.demands[i]);
      // Named once a resource of the log.
      if (!named_.emplace(demand.variable, demand.resource).second)
        return too_strict(lines_.demands[i]);
      total_[demand.resource] += demand.amount;
    }
    return true;
  }

  void judge_resources() {
    std::vector<std::vector<Availability>> rows(plan_.resources.size());
    for (const Availability& row : plan_.availability) rows[row.resource.index()].push_back(row);
    for (std::uint32_t i = 0; i < problem_.resources.size(); ++i) {
      const auto& resource = problem_.resources[i];
      if (resource.row == 0 || resource.row > plan_.resources.size()) {
        too_strict(lines_.resources[i]);
        return;
      }
      const ResourceId id{std::size_t{resource.row} - 1};
      if (!is_renewable(plan_.resources[id].kind) || is_odd_[id.index()] != 0 ||
          !has_room(i, capacity_steps(plan_, id, rows[id.index()]))) {
        too_strict(lines_.resources[i]);
        return;
      }
    }
  }

  /// What the log leaves of a resource at any time is no less than the plan has then, or enough for all.
  bool has_room(std::uint32_t number, const std::vector<CapacityChange>& steps) const {
    const auto& resource = problem_.resources[number];
    std::vector<std::pair<std::int64_t, std::int64_t>> changes;  // W, capacity from there on
    std::vector<std::int64_t> times = {0};
    for (const CapacityChange& step : steps) {
      if (step.from >= kNever) continue;
      const std::int64_t from = step.from <= tie_.origin ? 0 : at(step.from);
      changes.emplace_back(from, step.capacity.count());
      times.push_back(from / problem_.minutes);
    }
    for (const auto& block : problem_.blocks) {
      if (block.resource != number) continue;
      times.push_back(block.from);
      times.push_back(block.to);
    }
    return std::all_of(times.begin(), times.end(), [&](std::int64_t time) {
      std::int64_t left = resource.capacity;
      for (const auto& block : problem_.blocks) {
        if (block.resource == number && block.from <= time && time < block.to) left -= block.amount;
      }
      const std::int64_t minute = (time + 1) * problem_.minutes - 1;
      std::int64_t there = 0;
      for (const auto& [from, capacity] : changes) {
        if (from <= minute) there = capacity;
      }
      return left >= std::min(std::max<std::int64_t>(0, there) / resource.measure, total_[number]);
    });
  }

  const ProofProblem& problem_;
  const ProofLines& lines_;
  const Plan& plan_;
  WorkingTimes times_;
  TaskStates states_;
  Tie tie_;
  const Calendar* calendar_ = nullptr;
  Table<TaskId, ModeId> mode_of_;
  Table<TaskId, char> has_leaves_;
  using Key = std::pair<Role, TaskId>;
  std::map<std::pair<Key, Key>, std::int64_t> gaps_;
  std::map<Key, std::uint32_t> seen_;
  std::vector<Key> keys_;  // of each variable
  std::set<std::pair<std::uint32_t, std::uint32_t>> named_;
  std::vector<char> is_odd_;         // resources with demands below zero
  std::vector<std::int64_t> total_;  // of each resource of the log
};

}  // namespace

Tie tie(const ProofProblem& problem, const ProofLines& lines, const Plan& plan) {
  return Comparer(problem, lines, plan).run();
}

}  // namespace diaodu::check
