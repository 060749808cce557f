#include "diaodu/check/relevel.h"

#include <algorithm>
#include <vector>

#include "diaodu/check/left_over.h"
#include "diaodu/check/link_rules.h"
#include "diaodu/plan/hammock.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {
namespace {

using Stage = TaskState::Stage;

class Generation {
 public:
  Generation(const Plan& plan, const Schedule& schedule, std::span<const TaskId> order)
      : plan_(plan),
        times_(plan),
        states_(plan, times_),
        links_(plan, times_, states_),
        order_(order),
        rank_(plan.tasks.size(), order.size()),
        of_task_(plan.tasks.size()),
        release_(plan.tasks.size(), kEver),
        passed_on_(plan.tasks.size(), kEver),
        modes_(schedule),
        made_{.placements = Table<TaskId, Placement>(plan.tasks.size()), .assignments = {}} {
    for (std::size_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
    for (LinkId id : plan.links.ids()) {
      if (!binds(plan, plan.links[id])) continue;
      of_task_[plan.links[id].from].push_back(id);
      of_task_[plan.links[id].to].push_back(id);
    }
    has_reservoirs_ = std::any_of(
        plan.resources.begin(), plan.resources.end(),
        [](const Resource& resource) { return resource.kind == ResourceKind::reservoir; });
  }

  std::optional<Schedule> run() {
    if (!find_passed_on()) return {};
    const int most_restarts = num_restarts(plan_);
    for (int restart = 0; restart < most_restarts; ++restart) {
      begin();
      switch (place_all()) {
        case Outcome::done:
          return std::move(made_);
        case Outcome::anew:
          break;
        case Outcome::stuck:
          return {};
      }
    }
    return {};
  }

 private:
  enum class Outcome { done, anew, stuck };

  Stage stage(TaskId task) const { return states_[task].stage; }
  bool is_summary(TaskId task) const { return plan_.tasks[task].kind == TaskKind::summary; }
  bool is_placed(TaskId task) const { return made_.placements[task].is_scheduled; }
  bool is_pinned(TaskId task) const { return diaodu::is_pinned(plan_, task, states_[task]); }
  ModeId mode(TaskId task) const { return modes_.placements[task].mode; }
  const Calendar& calendar(TaskId task) const { return times_.of(task, mode(task)); }
  WorkTime work(TaskId task) const {
    if (stage(task) == Stage::started) return states_[task].remaining;
    return mode(task) ? plan_.modes[mode(task)].duration : plan_.tasks[task].duration;
  }
  /// Links into it no longer hold its start.
  bool goes_on_alone(TaskId task) const {
    return stage(task) == Stage::started &&
           plan_.options.progress_rule != Options::ProgressRule::retained_logic;
  }

  // --- the order

  /// Nothing but what has happened is placed.
  void begin() {
    made_.assignments.clear();
    for (TaskId task : plan_.tasks.ids()) {
      Placement& placed = made_.placements[task];
      placed = {.mode = mode(task), .is_scheduled = false};
      if (stage(task) != Stage::completed) continue;
      const Instant start = *states_[task].actual_start;
      placed = {.start = start,
                .finish = *states_[task].actual_finish,
                .resumes = start,
                .mode = mode(task)};
    }
    roll_up(made_, plan_);
    left_over_.emplace(plan_, times_, states_, modes_);
  }

  Outcome place_all() {
    for (const TaskId task : order_) {
      if (is_placed(task) || !is_pinned(task)) continue;
      pin(task);
      if (raises_release(task)) return Outcome::anew;
    }
    for (const TaskId task : order_) {
      if (is_placed(task) || stage(task) != Stage::started || !is_ready(task)) continue;
      if (!place(task)) return Outcome::stuck;
      if (raises_release(task)) return Outcome::anew;
    }
    while (true) {
      bool is_any = false;
      bool is_all = true;
      for (const TaskId task : order_) {
        if (is_placed(task)) continue;
        if ((has_reservoirs_ && !is_ready(task)) || !place(task)) {
          if (!has_reservoirs_) return Outcome::stuck;
          is_all = false;  // perhaps others fill what it waits for
          continue;
        }
        is_any = true;
        if (raises_release(task)) return Outcome::anew;
      }
      if (is_all) return Outcome::done;
      if (!is_any) return Outcome::stuck;
    }
  }

  /// All that it waits for is placed.
  bool is_ready(TaskId task) const {
    for (TaskId at = task; at; at = plan_.tasks[at].parent) {
      for (const LinkId id : of_task_[at]) {
        const Link& link = plan_.links[id];
        if (link.to != at || link.from == at) continue;
        const bool is_at_start = at != task || arrives_at_start(link.type);
        if (is_at_start && goes_on_alone(task)) continue;
        if (waits_for(task, link.from)) return false;
      }
    }
    return true;
  }
  /// Some part of `before` comes first in the order and is not placed yet.
  bool waits_for(TaskId task, TaskId before) const {
    return std::any_of(order_.begin(), order_.end(), [&](TaskId each) {
      return is_within(each, before) && !is_placed(each) && rank_[each] < rank_[task];
    });
  }
  bool is_within(TaskId task, TaskId above) const {
    for (; task; task = plan_.tasks[task].parent) {
      if (task == above) return true;
    }
    return false;
  }

  // --- a task

  void put(TaskId task, Instant start, Instant finish) {
    Placement& placed = made_.placements[task];
    const bool has_begun = stage(task) == Stage::started;
    placed = {.start = has_begun ? *states_[task].actual_start : start,
              .finish = finish,
              .resumes = start,
              .mode = mode(task)};
  }

  void book(TaskId task) {
    roll_up(made_, plan_);
    const Placement& placed = made_.placements[task];
    const LeftOver::Stay stay{task, placed.mode, placed.resumes, placed.finish};
    const auto chosen = left_over_->choose(stay).value_or(std::vector<Assignment>{});
    left_over_->book(stay, chosen);
    made_.assignments.insert(made_.assignments.end(), chosen.begin(), chosen.end());
  }

  /// Where its mandatory date says, whoever is free.
  void pin(TaskId task) {
    const Constraint& first = plan_.tasks[task].constraint;
    const Constraint& second = plan_.tasks[task].second_constraint;
    const auto is_start = [&](const Constraint& each) {
      return each.kind == ConstraintKind::mandatory_start && stage(task) == Stage::not_started;
    };
    const bool is_second =
        is_start(second) || (!is_start(first) && first.kind != ConstraintKind::mandatory_finish);
    const Constraint& date = is_second ? second : first;
    const Calendar& own = calendar(task);
    const bool takes_time = work(task) > WorkTime{};
    if (date.kind == ConstraintKind::mandatory_start) {
      const Instant start = takes_time ? own.next_working(date.date) : date.date;
      put(task, start, own.advance(start, work(task)));
    } else {
      const Instant finish = takes_time ? own.previous_working(date.date) : date.date;
      put(task, own.retreat(finish, work(task)), finish);
    }
    book(task);
  }

  bool place(TaskId task) {
    if (!put_by_links(task)) return false;
    const Instant hopeless = hopeless_from(made_.placements[task].resumes);
    while (true) {
      const Placement placed = made_.placements[task];
      const Instant next = left_over_->next_try({task, placed.mode, placed.resumes, placed.finish});
      if (next <= placed.resumes) break;
      if (next >= hopeless || !put_from(task, next)) {
        made_.placements[task].is_scheduled = false;
        return false;
      }
    }
    book(task);
    return true;
  }

  /// From when on a place cannot be found if it has not been found yet: once nothing changes any more, what one
  /// week does not offer no later one does.
  Instant hopeless_from(Instant start) const {
    Instant last = std::max(start, left_over_->settled_from());
    for (const Placement& placed : made_.placements) {
      if (placed.is_scheduled) last = std::max(last, placed.finish);
    }
    constexpr int kDaysOfAnyZone = 2;
    for (const NamedCalendar& each : plan_.calendars) {
      if (each.pattern.dated.empty()) continue;
      const Date over = each.pattern.dated.rbegin()->first + kDaysOfAnyZone;
      last = std::max(last, Instant{std::int64_t{over.days} * kMinutesPerDay});
    }
    if (!plan_.zone.changes().empty()) last = std::max(last, plan_.zone.changes().back().from);
    return last + Elapsed{2 * kMinutesPerWeek};
  }

  // --- links and dates

  /// Places the task at the first minute that its links and dates allow; false if there is none.
  bool put_by_links(TaskId task) {
    const auto holds = [&](Instant start) { return put_from(task, start) && keeps_links(task); };
    Instant at = std::max(earliest_remaining(plan_), release_[task]);
    Elapsed step{1};
    Instant failed = at;
    while (!holds(at)) {  // what holds at some minute holds at all later ones: double, then halve
      if (step > Elapsed{kMinutesPerDay * 366 * 200}) return give_up(task);
      failed = at;
      at = at + step;
      step = step * 2;
    }
    while (at - failed > Elapsed{1}) {
      const Instant middle = failed + Elapsed{(at - failed).count() / 2};
      (holds(middle) ? at : failed) = middle;
    }
    return put_from(task, at) || give_up(task);
  }
  bool give_up(TaskId task) {
    made_.placements[task].is_scheduled = false;
    return false;
  }

  /// Places the task where its calendar first works from `start` on; false if it never will for so long.
  bool put_from(TaskId task, Instant start) {
    const Calendar& own = calendar(task);
    if (work(task) > WorkTime{} || is_in_the_morning(task, start)) start = own.next_working(start);
    if (start >= kNever) return false;
    const Instant finish = own.advance(start, work(task));
    if (finish >= kNever) return false;
    put(task, start, finish);
    return true;
  }

  /// A start milestone begins a working minute.  So does any other with nothing before it, unless its finish has a date.
  bool is_in_the_morning(TaskId task, Instant at) const {
    const Task& row = plan_.tasks[task];
    if (row.kind == TaskKind::start_milestone) return true;
    for (const Constraint& constraint : {row.constraint, row.second_constraint}) {
      const bool is_finish = constraint.kind == ConstraintKind::finish_on_or_after ||
                             constraint.kind == ConstraintKind::finish_on;
      if (is_finish && constraint.date >= at) return false;
    }
    return has_nothing_before(task);
  }
  bool has_nothing_before(TaskId task) const {
    for (TaskId at = task; at; at = plan_.tasks[at].parent) {
      for (const LinkId id : of_task_[at]) {
        const Link& link = plan_.links[id];
        if (link.to == at || (at == task && link.has_max_lag && !has_left(link) &&
                              !links_.is_met(link) && !is_pinned(link.to)))
          return false;
      }
      if (at == task) continue;
      const Task& above = plan_.tasks[at];
      for (const Constraint& constraint : {above.constraint, above.second_constraint}) {
        if (constraint.kind == ConstraintKind::start_on_or_after) return false;
      }
    }
    return true;
  }
  /// The end from which the link leaves is history.
  bool has_left(const Link& link) const {
    if (is_summary(link.from)) return false;
    return stage(link.from) == Stage::completed ||
           (stage(link.from) == Stage::started && leaves_from_start(link.type));
  }

  /// Whether the task, where it lies, keeps all that asks it to be later.
  bool keeps_links(TaskId task) {
    if (!keeps_dates(task)) return false;
    const Instant start = made_.placements[task].resumes;
    if (!goes_on_alone(task) && start < gate(plan_.tasks[task].parent)) return false;
    for (const LinkId id : of_task_[task]) {
      const Link& link = plan_.links[id];
      const bool is_heard = !arrives_at_start(link.type) || !goes_on_alone(task);
      if (link.to == task && is_heard) {
        const Instant demanded = demanded_by(link);
        if (demanded > kEver && !links_.reaches(link, made_, links_.arrives(link, made_), demanded))
          return false;
      }
      if (link.from == task && is_placed(link.to) && !has_left(link) && !is_pinned(link.to) &&
          !links_.is_close_enough(link, made_, links_.leaves(link, made_),
                                  links_.arrives(link, made_)))
        return false;
    }
    return true;
  }
  bool keeps_dates(TaskId task) const {
    const Task& row = plan_.tasks[task];
    const Placement& placed = made_.placements[task];
    for (const Constraint& constraint : {row.constraint, row.second_constraint}) {
      switch (constraint.kind) {
        case ConstraintKind::start_on_or_after:
        case ConstraintKind::start_on:
          if (stage(task) == Stage::not_started && placed.start < constraint.date) return false;
          break;
        case ConstraintKind::finish_on_or_after:
        case ConstraintKind::finish_on: {
          const bool takes_time = work(task) > WorkTime{};
          const Calendar& own = calendar(task);
          if (placed.finish <
              (takes_time ? own.previous_working(constraint.date) : constraint.date))
            return false;
          break;
        }
        default:
          break;
      }
    }
    return true;
  }

  /// Nothing in the summary begins earlier.
  Instant gate(TaskId summary) const {
    Instant latest = kEver;
    for (; summary; summary = plan_.tasks[summary].parent) {
      const Task& row = plan_.tasks[summary];
      for (const Constraint& constraint : {row.constraint, row.second_constraint}) {
        if (constraint.kind == ConstraintKind::start_on_or_after)
          latest = std::max(latest, constraint.date);
      }
      for (const LinkId id : of_task_[summary]) {
        if (plan_.links[id].to == summary) latest = std::max(latest, demanded_by(plan_.links[id]));
      }
    }
    return latest;
  }

  /// The first instant at which the link may arrive; kEver while what it comes from is not placed.
  Instant demanded_by(const Link& link) const {
    if (!is_placed(link.from)) return kEver;
    const Instant leaves = links_.leaves(link, made_);
    const Instant passed_on = passed_on_[link.from];
    if (is_summary(link.from)) return links_.earliest(link, made_, std::max(leaves, passed_on));
    return std::max(passed_on, links_.earliest(link, made_, leaves));
  }

  /// Under retained logic a completed task passes on, without lag, what its unfinished predecessors demand by links
  /// alone.  False if they can keep no dates.
  bool find_passed_on() {
    if (plan_.options.progress_rule != Options::ProgressRule::retained_logic) return true;
    const auto is_completed = [&](TaskId task) { return stage(task) == Stage::completed; };
    if (std::none_of(order_.begin(), order_.end(), is_completed)) return true;
    begin();
    for (const TaskId task : order_) {
      if (is_pinned(task)) pin(task);
    }
    constexpr int kMostRounds = 1000;
    for (int round = 0; round < kMostRounds; ++round) {
      bool is_moved = false;
      for (const TaskId task : order_) {
        if (is_completed(task)) {
          is_moved = pass_on(task) || is_moved;
        } else if (!is_pinned(task)) {
          const Placement before = made_.placements[task];
          if (!put_by_links(task)) return false;
          roll_up(made_, plan_);
          is_moved =
              is_moved || !before.is_scheduled || made_.placements[task].resumes != before.resumes;
        }
      }
      if (!is_moved) return true;
    }
    return false;
  }

  bool pass_on(TaskId task) {
    Instant latest = gate(plan_.tasks[task].parent);
    for (const LinkId id : of_task_[task]) {
      const Link& link = plan_.links[id];
      if (link.to != task) continue;
      const bool is_over = !is_summary(link.from) && stage(link.from) == Stage::completed;
      latest = std::max(latest, is_over ? passed_on_[link.from] : demanded_by(link));
    }
    if (latest <= passed_on_[task]) return false;
    passed_on_[task] = latest;
    for (TaskId above = plan_.tasks[task].parent; above; above = plan_.tasks[above].parent)
      passed_on_[above] = std::max(passed_on_[above], latest);
    return true;
  }

  // --- largest lags

  /// True if the task, where it lies, forbids the place of one that was placed before it.
  bool raises_release(TaskId task) {
    bool raises = false;
    for (const TaskId other : order_) {
      const bool may_move = other != task && is_placed(other) && !is_pinned(other) &&
                            stage(other) != Stage::completed;
      if (!may_move || keeps_links(other)) continue;
      const Placement placed = made_.placements[other];
      if (!put_by_links(other)) continue;
      release_[other] = std::max(release_[other], made_.placements[other].resumes);
      made_.placements[other] = placed;
      raises = true;
    }
    return raises;
  }

  const Plan& plan_;
  WorkingTimes times_;
  TaskStates states_;
  LinkRules links_;
  std::span<const TaskId> order_;
  Table<TaskId, std::size_t> rank_;
  Table<TaskId, std::vector<LinkId>> of_task_;  // links at either end
  Table<TaskId, Instant> release_;              // what largest lags have taught so far
  Table<TaskId, Instant> passed_on_;            // by completed tasks and the summaries above them
  const Schedule& modes_;
  Schedule made_;
  std::optional<LeftOver> left_over_;
  bool has_reservoirs_ = false;
};

}  // namespace

std::optional<Schedule> relevel(const Plan& plan, const Schedule& schedule,
                                std::span<const TaskId> order) {
  return Generation(plan, schedule, order).run();
}

}  // namespace diaodu::check
