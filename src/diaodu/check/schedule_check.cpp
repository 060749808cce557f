#include "diaodu/check/schedule_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "diaodu/check/link_rules.h"
#include "diaodu/check/usage.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/tree.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {
namespace {

using Kind = Violation::Kind;
using Stage = TaskState::Stage;

class Judge {
 public:
  Judge(const Plan& plan, const Schedule& schedule)
      : plan_(plan),
        schedule_(schedule),
        times_(plan),
        states_(plan, times_),
        links_(plan, times_, states_) {}

  Verdict run() {
    if (schedule_.placements.size() != plan_.tasks.size()) {
      for (std::size_t i = schedule_.placements.size(); i < plan_.tasks.size(); ++i) {
        report({.kind = Kind::task_missing, .task = TaskId{i}});
      }
      return verdict_;
    }
    for (TaskId task : plan_.tasks.ids()) {
      if (does_work(plan_.tasks[task])) judge_task(task);
    }
    look_inside_summaries();
    judge_summaries();
    judge_finish();
    for (LinkId link : plan_.links.ids()) judge_link(link);
    judge_assignments();
    for (const Violation& violation : judge_resources(plan_, schedule_, times_, states_)) {
      report(violation);
    }
    return verdict_;
  }

 private:
  void report(Violation violation) {
    verdict_.is_legal = false;
    ++verdict_.num_violations;
    if (verdict_.first.size() < Verdict::kMostNamed) verdict_.first.push_back(std::move(violation));
  }

  void judge_task(TaskId id) {
    const Task& task = plan_.tasks[id];
    const Placement& placed = schedule_.placements[id];
    if (!placed.is_scheduled) {
      if (!task.is_optional) report({.kind = Kind::task_missing, .task = id});
      return;
    }
    if (!has_own_mode(id, placed.mode)) {
      report({.kind = Kind::wrong_mode, .task = id});
      return;
    }
    const TaskState state = states_[id];
    const Calendar& calendar = times_.of(id, placed.mode);
    if (state.stage == Stage::completed) {
      judge_record(id, placed.start, *state.actual_start);
      judge_record(id, placed.finish, *state.actual_finish);
      return;
    }
    WorkTime work = placed.mode ? plan_.modes[placed.mode].duration : task.duration;
    if (state.stage == Stage::started) {
      judge_record(id, placed.start, *state.actual_start);
      work = state.remaining;
    } else if (placed.resumes != placed.start) {
      report(
          {.kind = Kind::wrong_finish, .task = id, .when = placed.resumes, .limit = placed.start});
    }
    const bool is_held = is_pinned(plan_, id, state);
    const Instant from = std::max(earliest_remaining(plan_), state.resumes.value_or(kEver));
    if (placed.resumes < from && !is_held) {
      report({.kind = Kind::starts_too_early, .task = id, .when = placed.resumes, .limit = from});
    }
    // By Primavera's rules one that wants to be late may stand in a rest.
    const bool is_of_the_morning = task.kind == TaskKind::start_milestone && !is_held &&
                                   plan_.options.late_dates == Options::LateDates::kept;
    if ((work > WorkTime{} || is_of_the_morning) && !calendar.is_working(placed.resumes)) {
      report({.kind = Kind::starts_off_work,
              .task = id,
              .when = placed.resumes,
              .limit = calendar.next_working(placed.resumes)});
    }
    const Instant done = calendar.advance(placed.resumes, work);
    if (placed.finish != done) {
      report({.kind = Kind::wrong_finish, .task = id, .when = placed.finish, .limit = done});
    }
    judge_constraint(id, kept(plan_.options, task.constraint), calendar, state.stage);
    judge_constraint(id, kept(plan_.options, task.second_constraint), calendar, state.stage);
  }

  void judge_record(TaskId id, Instant placed, Instant recorded) {
    if (placed != recorded) {
      report({.kind = Kind::not_as_recorded, .task = id, .when = placed, .limit = recorded});
    }
  }

  bool has_own_mode(TaskId id, ModeId mode) const {
    return mode ? plan_.modes[mode].task == id : !tasks_with_modes().contains(id);
  }
  const std::set<TaskId>& tasks_with_modes() const {
    if (!with_modes_) {
      with_modes_.emplace();
      for (const Mode& mode : plan_.modes) with_modes_->insert(mode.task);
    }
    return *with_modes_;
  }

  void judge_constraint(TaskId id, const Constraint& constraint, const Calendar& calendar,
                        Stage stage) {
    const Placement& placed = schedule_.placements[id];
    const Instant date = constraint.date;
    const auto demand = [&](bool holds, Instant when) {
      if (!holds) report({.kind = Kind::outside_window, .task = id, .when = when, .limit = date});
    };
    const bool takes_time = placed.resumes < placed.finish;
    const Instant latest_start = calendar.next_working(date);
    const Instant earliest_finish = takes_time ? calendar.previous_working(date) : date;
    const bool may_still_start = stage == Stage::not_started;
    // By Primavera's rules no date holds the finish of what is under way.
    const bool may_hold_finish =
        may_still_start || plan_.options.late_dates == Options::LateDates::kept;
    switch (constraint.kind) {
      case ConstraintKind::none:
      case ConstraintKind::as_late_as_possible:
        break;
      case ConstraintKind::start_on_or_after:
        demand(!may_still_start || placed.start >= date, placed.start);
        break;
      case ConstraintKind::start_on_or_before:
        demand(!may_still_start || placed.start <= latest_start, placed.start);
        break;
      case ConstraintKind::start_on:
      case ConstraintKind::mandatory_start:
        demand(!may_still_start || (placed.start >= date && placed.start <= latest_start),
               placed.start);
        break;
      case ConstraintKind::finish_on_or_after:
        demand(!may_hold_finish || placed.finish >= earliest_finish, placed.finish);
        break;
      case ConstraintKind::finish_on_or_before:
        demand(placed.finish <= date, placed.finish);
        break;
      case ConstraintKind::finish_on:
      case ConstraintKind::mandatory_finish:
        demand(!may_hold_finish || (placed.finish >= earliest_finish && placed.finish <= date),
               placed.finish);
        break;
    }
  }

  void judge_summaries() {
    Schedule rolled = schedule_;
    roll_up(rolled, plan_);
    for (TaskId id : plan_.tasks.ids()) {
      const Task& task = plan_.tasks[id];
      if (task.kind != TaskKind::summary) continue;
      const Placement& placed = schedule_.placements[id];
      const Placement& spanned = rolled.placements[id];
      if (placed.is_scheduled != spanned.is_scheduled ||
          (placed.is_scheduled &&
           (placed.start != spanned.start || placed.finish != spanned.finish))) {
        report({.kind = Kind::summary_off_children,
                .task = id,
                .when = placed.finish,
                .limit = spanned.finish});
        continue;
      }
      if (!placed.is_scheduled) continue;
      const Inside& inside = inside_[id];
      for (const Constraint& written : {task.constraint, task.second_constraint}) {
        const Constraint constraint = kept(plan_.options, written);
        const bool starts_too_early =
            constraint.kind == ConstraintKind::start_on_or_after && inside.starts < constraint.date;
        const bool ends_too_late = constraint.kind == ConstraintKind::finish_on_or_before &&
                                   inside.remains > constraint.date;
        if (starts_too_early || ends_too_late) {
          report({.kind = Kind::outside_window,
                  .task = id,
                  .when = starts_too_early ? inside.starts : inside.remains,
                  .limit = constraint.date});
        }
      }
    }
  }

  /// What links and dates of a summary hold, of the work in it: hammocks wait for nothing, nor does what has happened.
  struct Inside {
    Instant starts = kNever;  ///< the first that waits until the summary may begin
    Instant remains = kEver;  ///< the last finish of what is not completed
    Instant done = kEver;     ///< the last finish of all
  };

  void look_inside_summaries() {
    inside_ = Table<TaskId, Inside>(plan_.tasks.size());
    const bool retains = plan_.options.progress_rule == Options::ProgressRule::retained_logic;
    for (TaskId id : children_first(plan_)) {
      const Placement& placed = schedule_.placements[id];
      Inside& own = inside_[id];
      if (does_work(plan_.tasks[id]) && placed.is_scheduled) {
        const Stage stage = states_[id].stage;
        own.done = placed.finish;
        if (stage != Stage::completed) own.remains = placed.finish;
        if (stage == Stage::not_started || (stage == Stage::started && retains))
          own.starts = placed.resumes;
      }
      const TaskId parent = plan_.tasks[id].parent;
      if (!parent) continue;
      Inside& above = inside_[parent];
      above.starts = std::min(above.starts, own.starts);
      above.remains = std::max(above.remains, own.remains);
      above.done = std::max(above.done, own.done);
    }
  }

  void judge_finish() {
    if (!plan_.must_finish || plan_.options.late_dates != Options::LateDates::kept) return;
    const Instant end = finish(schedule_, plan_);
    if (end > *plan_.must_finish)
      report({.kind = Kind::ends_too_late, .when = end, .limit = *plan_.must_finish});
  }

  void judge_link(LinkId id) {
    const Link& link = plan_.links[id];
    if (!schedule_.placements[link.from].is_scheduled ||
        !schedule_.placements[link.to].is_scheduled)
      return;
    if (!links_.counts(link)) return;
    const bool leaves_summary =
        plan_.tasks[link.from].kind == TaskKind::summary && !leaves_from_start(link.type);
    const bool arrives_at_summary =
        plan_.tasks[link.to].kind == TaskKind::summary && arrives_at_start(link.type);
    const Instant leaves =
        leaves_summary ? inside_[link.from].done : links_.leaves(link, schedule_);
    const Instant arrives =
        arrives_at_summary ? inside_[link.to].starts : links_.arrives(link, schedule_);
    if (leaves == kEver || arrives == kNever) return;  // no work in it, or none that waits
    const Instant earliest = links_.earliest(link, schedule_, leaves);
    if (!links_.reaches(link, schedule_, arrives, earliest)) {
      report({.kind = Kind::link_too_short,
              .task = link.to,
              .link = id,
              .when = arrives,
              .limit = earliest});
    }
    if (!links_.is_close_enough(link, schedule_, leaves, arrives)) {
      report({.kind = Kind::link_too_long,
              .task = link.to,
              .link = id,
              .when = arrives,
              .limit = links_.latest(link, schedule_, leaves)});
    }
  }

  void judge_assignments() {
    Table<DemandId, Amount> filled(plan_.demands.size());
    for (const Assignment& assignment : schedule_.assignments) {
      const Demand& demand = plan_.demands[assignment.demand];
      const Resource& resource = plan_.resources[assignment.resource];
      const Placement& placed = schedule_.placements[demand.task];
      const bool has_skill = std::find(resource.skills.begin(), resource.skills.end(),
                                       demand.skill) != resource.skills.end();
      const bool is_active = placed.is_scheduled && (!demand.mode || demand.mode == placed.mode);
      bool is_at_work = true;
      if (resource.calendar && !plan_.tasks[demand.task].ignores_resource_calendars) {
        const Calendar& own = plan_.calendars[resource.calendar].calendar;
        const Calendar& calendar = times_.of(demand.task, placed.mode);
        for (const Interval& worked : calendar.intervals({placed.resumes, placed.finish})) {
          const Elapsed present{own.work_between(worked.from, worked.to).count()};
          is_at_work = is_at_work && present == worked.length();
        }
      }
      if (!has_skill || !is_active || !is_at_work || assignment.amount <= Amount{}) {
        report(
            {.kind = Kind::wrong_assignment, .task = demand.task, .resource = assignment.resource});
      }
      filled[assignment.demand] += assignment.amount;
    }
    for (DemandId id : plan_.demands.ids()) {
      const Demand& demand = plan_.demands[id];
      const Placement& placed = schedule_.placements[demand.task];
      const bool is_active = placed.is_scheduled && placed.resumes < placed.finish &&
                             (!demand.mode || demand.mode == placed.mode) &&
                             plan_.tasks[demand.task].kind != TaskKind::summary &&
                             !plan_.tasks[demand.task].is_hammock() &&
                             states_[demand.task].stage != Stage::completed;
      if (demand.skill && is_active && filled[id] != demand.amount) {
        report({.kind = Kind::wrong_assignment,
                .task = demand.task,
                .used = filled[id],
                .capacity = demand.amount});
      }
    }
  }

  const Plan& plan_;
  const Schedule& schedule_;
  WorkingTimes times_;
  TaskStates states_;
  LinkRules links_;
  Table<TaskId, Inside> inside_;
  Verdict verdict_;
  mutable std::optional<std::set<TaskId>> with_modes_;
};

}  // namespace

Verdict judge(const Plan& plan, const Schedule& schedule) { return Judge(plan, schedule).run(); }

}  // namespace diaodu::check
