#include "diaodu/plan/validate.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/hammock.h"
#include "diaodu/plan/tree.h"
#include "diaodu/plan/validate_field.h"
#include "diaodu/plan/validate_muster.h"
#include "diaodu/plan/validate_targets.h"
#include "diaodu/plan/validate_uncertainty.h"

namespace diaodu {
namespace {

constexpr Words kOwnDuration{"a duration", "工期"};
constexpr Words kOwnConstraint{"a constraint", "约束"};
constexpr Words kOwnDeadline{"a deadline", "截止日期"};
constexpr Words kOwnModes{"modes", "实施方式"};
constexpr Words kOwnDemands{"demands", "资源需求"};

/// As the column `constraint` writes it; the same in both languages.
constexpr std::string_view constraint_name(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::none:
      return "none";
    case ConstraintKind::start_on_or_after:
      return "start_on_or_after";
    case ConstraintKind::start_on_or_before:
      return "start_on_or_before";
    case ConstraintKind::start_on:
      return "start_on";
    case ConstraintKind::finish_on_or_after:
      return "finish_on_or_after";
    case ConstraintKind::finish_on_or_before:
      return "finish_on_or_before";
    case ConstraintKind::finish_on:
      return "finish_on";
    case ConstraintKind::mandatory_start:
      return "mandatory_start";
    case ConstraintKind::mandatory_finish:
      return "mandatory_finish";
    case ConstraintKind::as_late_as_possible:
      return "as_late_as_possible";
  }
  return {};
}

constexpr bool suits_a_summary(ConstraintKind kind) {
  return kind == ConstraintKind::none || kind == ConstraintKind::start_on_or_after ||
         kind == ConstraintKind::finish_on_or_before;
}

/// Who is above whom, by the places of tasks in the outline: a task's descendants follow it at
/// once.
class Ancestry {
 public:
  explicit Ancestry(const Plan& plan) : place_(plan.tasks.size(), 0), size_(plan.tasks.size(), 1) {
    const std::vector<TaskId> order = outline(plan);
    for (std::size_t i = order.size(); i-- > 0;) {
      place_[order[i]] = i;
      if (const TaskId parent = plan.tasks[order[i]].parent) size_[parent] += size_[order[i]];
    }
  }
  bool is_above(TaskId ancestor, TaskId task) const {
    return place_[ancestor] < place_[task] && place_[task] < place_[ancestor] + size_[ancestor];
  }

 private:
  Table<TaskId, std::size_t> place_;
  Table<TaskId, std::size_t> size_;  // with all descendants
};

/// Is there anything for `dispatch`?  Then a plan needs no tasks.
bool is_dispatched(const Plan& plan) {
  return !plan.groups.empty() || !plan.people.empty() || !plan.visits.empty() ||
         !plan.duties.empty() || !plan.teams.empty() || !plan.laboratories.empty() ||
         !plan.arrivals.empty() || !plan.cases.empty() || !plan.testing.empty() ||
         !plan.offers.empty() || !plan.wishes.empty();
}

class Validator {
 public:
  Validator(const Plan& plan, const Sources& sources, Findings& findings)
      : plan_(plan), sources_(sources), findings_(findings) {}

  void run() {
    if (plan_.tasks.empty() && !is_dispatched(plan_)) add(found::no_tasks, TableKind::tasks, 0);
    check_calendars();
    const bool is_tree = check_task_parents();
    check_target_parents();
    check_tasks();
    if (is_tree) check_links();
    check_demands();
    check_availability();
    check_estimates();
    check_progress();
    check_objectives();
  }

 private:
  void add(const FindingKind& kind, TableKind table, std::size_t row,
           std::vector<Argument> arguments = {}, std::string_view column = {}) {
    findings_.add(kind, sources_.at(table, row, column), std::move(arguments));
  }
  std::string id(TaskId task) const { return plan_.tasks[task].id.str(); }
  std::string line(TableKind table, std::size_t row) const {
    return std::to_string(sources_.at(table, row).line);
  }

  void check_calendars() {
    for (CalendarId calendar : plan_.calendars.ids()) {
      const NamedCalendar& named = plan_.calendars[calendar];
      if (usual_week(named.pattern) == WorkTime{} &&
          std::all_of(named.pattern.dated.begin(), named.pattern.dated.end(),
                      [](const auto& entry) { return entry.second.empty(); })) {
        findings_.add(found::calendar_never_works, {.file = sources_[TableKind::calendars].file},
                      {named.rule.id});
      }
    }
  }

  /// Rows that `order` (children before parents) leaves out lie on a circle of parents or above
  /// one.
  template <class IdType, class Rows>
  bool check_parents(const Rows& rows, const FindingKind& kind, TableKind table) {
    Table<IdType, char> state(rows.size(), 0);  // 0 new, 1 on the present walk, 2 known to end
    bool is_tree = true;
    for (IdType start : rows.ids()) {
      std::vector<IdType> walk;
      IdType at = start;
      while (at && state[at] == 0) {
        state[at] = 1;
        walk.push_back(at);
        at = rows[at].parent;
      }
      if (at && state[at] == 1) {
        is_tree = false;
        std::string circle;
        const auto first = std::find(walk.begin(), walk.end(), at);
        constexpr std::ptrdiff_t kMostNamed = 12;
        for (auto i = first; i != walk.end() && i - first < kMostNamed; ++i) {
          circle += rows[*i].id.str() + " → ";
        }
        if (walk.end() - first > kMostNamed) circle += "… → ";
        circle += rows[at].id.str();
        add(kind, table, at.index(), {rows[at].id.str(), circle}, "parent");
      }
      for (IdType visited : walk) state[visited] = 2;
    }
    return is_tree;
  }

  bool check_task_parents() {
    return check_parents<TaskId>(plan_.tasks, found::circle_of_parents, TableKind::tasks);
  }
  void check_target_parents() {
    check_parents<TargetId>(plan_.targets, found::circle_of_targets, TableKind::targets);
  }

  void check_tasks() {
    for (TaskId id_of_task : plan_.tasks.ids()) {
      const Task& task = plan_.tasks[id_of_task];
      if (task.deadline < plan_.start) {
        add(found::deadline_before_start, TableKind::tasks, id_of_task.index(), {id(id_of_task)},
            "deadline");
      }
      if (task.is_hammock()) check_hammock(id_of_task);
      if (task.kind == TaskKind::summary && task.duration > WorkTime{}) {
        add_ignored(id_of_task, kOwnDuration, "duration");
      }
      if (task.kind != TaskKind::summary) continue;
      check_summary_constraint(id_of_task, task.constraint, "constraint");
      check_summary_constraint(id_of_task, task.second_constraint, "second_constraint");
    }
    Table<TaskId, char> has_modes(plan_.tasks.size(), 0);
    for (const Mode& mode : plan_.modes) {
      if (plan_.tasks[mode.task].is_elapsed && has_modes[mode.task] == 0) {
        add(found::elapsed_with_modes, TableKind::tasks, mode.task.index(), {id(mode.task)},
            "duration");
      }
      if (plan_.tasks[mode.task].kind == TaskKind::summary && has_modes[mode.task] == 0) {
        add_ignored(mode.task, kOwnModes, {});
      }
      has_modes[mode.task] = 1;
    }
  }

  /// Nothing that would place it means anything; that something was said should be told.
  void check_hammock(TaskId id_of_task) {
    const Task& task = plan_.tasks[id_of_task];
    const auto ignored = [&](const Words& what, std::string_view column) {
      add(found::hammock_with_work, TableKind::tasks, id_of_task.index(), {id(id_of_task), what},
          column);
    };
    if (task.duration > WorkTime{}) ignored(kOwnDuration, "duration");
    if (task.constraint.kind != ConstraintKind::none) ignored(kOwnConstraint, "constraint");
    if (task.second_constraint.kind != ConstraintKind::none)
      ignored(kOwnConstraint, "second_constraint");
    if (task.deadline != kNever) ignored(kOwnDeadline, "deadline");
  }

  /// A summary's own duration, modes or demands mean nothing.
  void add_ignored(TaskId summary, const Words& what, std::string_view column) {
    add(found::summary_with_work, TableKind::tasks, summary.index(), {id(summary), what}, column);
  }

  void check_summary_constraint(TaskId summary, const Constraint& constraint,
                                std::string_view column) {
    if (suits_a_summary(constraint.kind)) return;
    add(found::constraint_on_summary, TableKind::tasks, summary.index(),
        {id(summary), constraint_name(constraint.kind)}, column);
  }

  void check_links() {
    using Key = std::tuple<TaskId, TaskId, LinkType>;
    std::vector<std::pair<Key, std::size_t>> keys;
    keys.reserve(plan_.links.size());
    const Ancestry ancestry(plan_);
    for (LinkId link_id : plan_.links.ids()) {
      const Link& link = plan_.links[link_id];
      const std::size_t row = link_id.index();
      keys.push_back({{link.from, link.to, link.type}, row});
      if (link.from == link.to) {
        add(found::link_to_itself, TableKind::links, row, {id(link.from)}, "to");
        continue;
      }
      if (!binds(plan_, link)) continue;
      const bool from_is_summary = plan_.tasks[link.from].kind == TaskKind::summary;
      const bool to_is_summary = plan_.tasks[link.to].kind == TaskKind::summary;
      const bool leaves_above = from_is_summary && ancestry.is_above(link.from, link.to);
      const bool arrives_above = to_is_summary && ancestry.is_above(link.to, link.from);
      if (leaves_above) {
        add(found::link_to_ancestor, TableKind::links, row, {id(link.to), id(link.from)}, "from");
      }
      if (arrives_above) {
        add(found::link_to_ancestor, TableKind::links, row, {id(link.from), id(link.to)}, "to");
      }
      if (from_is_summary && !leaves_above && leaves_from_start(link.type)) {
        add(found::link_out_of_summary_start, TableKind::links, row, {id(link.from), id(link.to)},
            "type");
      }
      if (to_is_summary && !arrives_above && !arrives_at_start(link.type)) {
        add(found::link_into_summary_finish, TableKind::links, row, {id(link.to), id(link.from)},
            "type");
      }
      if (link.has_max_lag && link.max_lag.unit == link.lag.unit &&
          link.max_lag.amount < link.lag.amount) {
        add(found::max_lag_below_lag, TableKind::links, row, {}, "max_lag");
      }
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (keys[i].first != keys[i - 1].first) continue;
      const auto& [from, to, type] = keys[i].first;
      add(found::repeated_link, TableKind::links, keys[i].second,
          {id(from), id(to), line(TableKind::links, keys[i - 1].second)}, "to");
    }
  }

  void check_demands() {
    Table<SkillId, Amount> holders(plan_.skills.size());
    const Table<ResourceId, Amount> largest = largest_capacities(plan_);
    for (ResourceId resource : plan_.resources.ids()) {
      for (SkillId skill : plan_.resources[resource].skills) {
        holders[skill] = std::min(kUnlimited, holders[skill] + largest[resource]);
      }
    }
    std::map<std::pair<TaskId, ModeId>, std::map<ResourceId, Amount>> used_up;
    for (DemandId demand_id : plan_.demands.ids()) {
      const Demand& demand = plan_.demands[demand_id];
      const Task& task = plan_.tasks[demand.task];
      if (task.kind == TaskKind::summary) {
        add_ignored(demand.task, kOwnDemands, {});
        continue;
      }
      if (task.is_hammock()) {
        add(found::hammock_with_work, TableKind::demands, demand_id.index(),
            {id(demand.task), kOwnDemands}, "task");
        continue;
      }
      if (demand.skill) {
        check_amount(demand_id, holders[demand.skill], plan_.skills[demand.skill].id);
        continue;
      }
      const Resource& resource = plan_.resources[demand.resource];
      if (is_renewable(resource.kind)) {
        if (task.is_milestone() && task.duration == WorkTime{}) {
          add(found::milestone_with_demand, TableKind::demands, demand_id.index(),
              {id(demand.task)}, "task");
        }
        check_amount(demand_id, largest[demand.resource], resource.id);
      } else if (resource.kind != ResourceKind::reservoir && !task.is_optional) {
        Amount& sum = used_up[{demand.task, demand.mode}][demand.resource];
        sum = std::min(kUnlimited, sum + demand.amount);
      }
    }
    check_used_up(used_up);
  }

  void check_amount(DemandId demand_id, Amount largest, Text of) {
    const Demand& demand = plan_.demands[demand_id];
    if (demand.amount <= largest) return;
    add(found::demand_above_capacity, TableKind::demands, demand_id.index(),
        {id(demand.task), to_string(demand.amount), of.str(), to_string(largest)}, "amount");
  }

  /// What all tasks use up together, each in the mode that takes least of it.
  void check_used_up(
      const std::map<std::pair<TaskId, ModeId>, std::map<ResourceId, Amount>>& used_up) {
    Table<TaskId, std::size_t> num_modes(plan_.tasks.size(), 0);
    for (const Mode& mode : plan_.modes) ++num_modes[mode.task];
    struct Use {
      Amount always;
      Amount in_some_mode = kUnlimited;
      std::size_t num_modes = 0;  // that take any
    };
    std::map<std::pair<TaskId, ResourceId>, Use> uses;
    for (const auto& [key, amounts] : used_up) {
      for (const auto& [resource, amount] : amounts) {
        Use& use = uses[{key.first, resource}];
        if (!key.second) {
          use.always = amount;
        } else {
          use.in_some_mode = std::min(use.in_some_mode, amount);
          ++use.num_modes;
        }
      }
    }
    Table<ResourceId, Amount> least(plan_.resources.size());
    for (const auto& [key, use] : uses) {
      const bool is_avoidable = use.num_modes == 0 || use.num_modes < num_modes[key.first];
      const Amount in_some_mode = is_avoidable ? Amount{} : use.in_some_mode;
      least[key.second] = std::min(kUnlimited, least[key.second] + in_some_mode + use.always);
    }
    for (ResourceId resource : plan_.resources.ids()) {
      const Amount capacity = plan_.resources[resource].capacity;
      if (least[resource] <= capacity) continue;
      add(found::used_up_above_capacity, TableKind::resources, resource.index(),
          {to_string(least[resource]), plan_.resources[resource].id.str(), to_string(capacity)},
          "capacity");
    }
  }

  void check_availability() {
    std::vector<std::size_t> order(plan_.availability.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [this](std::size_t row) {
      const Availability& availability = plan_.availability[row];
      return std::tuple{availability.resource, availability.during.from, row};
    };
    std::sort(order.begin(), order.end(),
              [&key](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::optional<std::size_t> longest;  // of the rows so far, the one that reaches furthest
    for (const std::size_t number : order) {
      const Availability& row = plan_.availability[number];
      if (row.during.is_empty()) {
        add(found::empty_interval, TableKind::availability, number, {}, "to");
        continue;
      }
      if (longest && plan_.availability[*longest].resource != row.resource) longest.reset();
      if (longest && overlap(plan_.availability[*longest].during, row.during)) {
        add(found::overlapping_availability, TableKind::availability, number,
            {plan_.resources[row.resource].id.str(), line(TableKind::availability, *longest)},
            "from");
      }
      if (!longest || plan_.availability[*longest].during.to < row.during.to) longest = number;
    }
  }

  void check_estimates() {
    for (const Estimate& estimate : plan_.estimates) {
      const Task& task = plan_.tasks[estimate.task];
      if (estimate.low <= task.duration && task.duration <= estimate.high) continue;
      add(found::bad_estimate, TableKind::tasks, estimate.task.index(), {task.id.str()},
          "duration");
    }
  }

  void check_objectives() {
    const auto& objectives = plan_.options.objectives;
    const bool wants_tardiness =
        std::find(objectives.begin(), objectives.end(), Objective::tardiness) != objectives.end();
    const bool has_deadline = std::any_of(plan_.tasks.begin(), plan_.tasks.end(),
                                          [](const Task& task) { return task.deadline < kNever; });
    if (wants_tardiness && !has_deadline)
      add(found::tardiness_without_deadlines, TableKind::plan, 0, {}, "objective");
  }

  void check_progress() {
    std::map<TaskId, std::size_t> first_row;
    for (std::size_t row = 0; row < plan_.progress.size(); ++row) {
      const Progress& progress = plan_.progress[row];
      const auto [first, is_new] = first_row.insert({progress.task, row});
      if (!is_new) {
        add(found::repeated_progress, TableKind::progress, row,
            {id(progress.task), line(TableKind::progress, first->second)}, "task");
      }
      if (progress.actual_start && progress.actual_finish &&
          *progress.actual_finish < *progress.actual_start) {
        add(found::finish_before_start, TableKind::progress, row, {id(progress.task)},
            "actual_finish");
      }
      if (progress.actual_finish && !progress.actual_start) {
        add(found::finish_without_start, TableKind::progress, row, {id(progress.task)},
            "actual_start");
      }
      const Instant data_date = plan_.data_date.value_or(kNever);
      const bool starts_later = progress.actual_start.value_or(kEver) > data_date;
      if (starts_later || progress.actual_finish.value_or(kEver) > data_date) {
        add(found::actual_after_data_date, TableKind::progress, row, {id(progress.task)},
            starts_later ? "actual_start" : "actual_finish");
      }
    }
  }

  const Plan& plan_;
  const Sources& sources_;
  Findings& findings_;
};

}  // namespace

void complete(Plan& plan, const Sources& sources, Findings& findings) {
  for (const Task& task : plan.tasks) {
    if (task.parent) plan.tasks[task.parent].kind = TaskKind::summary;
  }
  count_groups(plan);
  if (plan.data_date || plan.progress.empty()) return;
  Instant latest = plan.start;
  bool is_any = false;
  for (const Progress& progress : plan.progress) {
    for (const auto& actual : {progress.actual_start, progress.actual_finish}) {
      if (actual) latest = std::max(latest, *actual);
      is_any = is_any || actual;
    }
    is_any = is_any || progress.remaining || progress.percent.value_or(0) > 0 ||
             progress.physical_percent.value_or(0) > 0;
  }
  if (!is_any) return;
  plan.data_date = latest;
  findings.add(found::progress_without_data_date, {.file = sources[TableKind::progress].file});
}

void validate(const Plan& plan, const Sources& sources, Findings& findings) {
  Validator(plan, sources, findings).run();
  validate_targets(plan, sources, findings);
  validate_muster(plan, sources, findings);
  validate_field(plan, sources, findings);
  validate_uncertainty(plan, sources, findings);
}

Table<ResourceId, Amount> largest_capacities(const Plan& plan) {
  Table<ResourceId, Amount> largest(plan.resources.size());
  for (ResourceId resource : plan.resources.ids())
    largest[resource] = plan.resources[resource].capacity;
  for (const Availability& availability : plan.availability) {
    Amount& so_far = largest[availability.resource];
    so_far = std::max(so_far, availability.capacity);
  }
  return largest;
}

}  // namespace diaodu
