#include "diaodu/plan/validate.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/tree.h"
#include "diaodu/plan/validate_demands.h"
#include "diaodu/plan/validate_field.h"
#include "diaodu/plan/validate_links.h"
#include "diaodu/plan/validate_muster.h"
#include "diaodu/plan/validate_targets.h"
#include "diaodu/plan/validate_uncertainty.h"

namespace diaodu {
namespace {

constexpr Words kOwnDuration{"a duration", "工期"};
constexpr Words kOwnConstraint{"a constraint", "约束"};
constexpr Words kOwnDeadline{"a deadline", "截止日期"};
constexpr Words kOwnModes{"modes", "实施方式"};

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
    if (is_tree) validate_links(plan_, sources_, findings_);
    validate_demands(plan_, sources_, findings_);
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
      const bool is_begun = progress.actual_start || progress.actual_finish;
      const bool is_work_done = progress.percent.value_or(0) > 0 || progress.remaining;
      if (!is_begun && (is_work_done || progress.physical_percent.value_or(0) > 0)) {
        add(found::progress_without_start, TableKind::progress, row, {id(progress.task)},
            progress.percent     ? "percent"
            : progress.remaining ? "remaining"
                                 : "physical_percent");
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

}  // namespace diaodu
