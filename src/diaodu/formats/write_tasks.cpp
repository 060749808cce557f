#include <memory>
#include <unordered_map>
#include <vector>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/plan_reader.h"
#include "diaodu/formats/table_maker.h"

namespace diaodu::formats {
namespace {

std::string yes_or_empty(bool is_yes) { return is_yes ? "yes" : ""; }

/// What a duration cell says of a task, besides the task itself.
struct Durations {
  std::unordered_map<std::size_t, Estimate> estimates;  // by task
  std::vector<char> has_modes;

  explicit Durations(const Plan& plan) : has_modes(plan.tasks.size(), 0) {
    for (const Estimate& estimate : plan.estimates) {
      estimates.insert({estimate.task.index(), estimate});
    }
    for (const Mode& mode : plan.modes) has_modes[mode.task.index()] = 1;
  }

  std::string text(const Plan& plan, std::size_t row) const {
    const Task& task = plan.tasks[TaskId{row}];
    const NamedCalendar& calendar = calendar_of(plan, task.calendar);
    const auto in_calendar = [&](WorkTime time) {
      return duration_string(time.count(), calendar, task.is_elapsed);
    };
    if (const auto found = estimates.find(row); found != estimates.end()) {
      const Estimate& estimate = found->second;
      return in_calendar(estimate.low) + '/' + in_calendar(task.duration) + '/' +
             in_calendar(estimate.high);
    }
    const bool needs_none =
        task.kind == TaskKind::summary || (task.kind == TaskKind::task && has_modes[row] != 0);
    if (task.duration == WorkTime{} && !task.is_elapsed && needs_none) return {};
    return in_calendar(task.duration);
  }

  /// A task needs no word for its kind, unless it takes no time and would be read as a milestone.
  std::string kind(const Plan& plan, std::size_t row) const {
    const Task& task = plan.tasks[TaskId{row}];
    if (task.kind == TaskKind::task && (task.duration > WorkTime{} || has_modes[row] != 0))
      return {};
    return word_for(kTaskKinds, task.kind);
  }
};

}  // namespace

WrittenTable write_tasks(const Plan& plan) {
  TableMaker maker(TableKind::tasks, plan.tasks.size());
  const auto task = [&plan](std::size_t row) -> const Task& { return plan.tasks[TaskId{row}]; };
  const auto durations = std::make_shared<const Durations>(plan);
  const auto constraint_date = [&plan](const Constraint& constraint) {
    const bool has_date = constraint.kind != ConstraintKind::none &&
                          constraint.kind != ConstraintKind::as_late_as_possible;
    if (!has_date) return std::string();
    return date_text(plan, constraint.date, counts_to_end_of_day(constraint.kind));
  };
  const auto constraint_word = [](const Constraint& constraint) {
    return constraint.kind == ConstraintKind::none ? std::string()
                                                   : word_for(kConstraintKinds, constraint.kind);
  };
  maker.names(task)
      .column("parent", [=, &plan](std::size_t row) { return id_of(plan.tasks, task(row).parent); })
      .column("duration", [=, &plan](std::size_t row) { return durations->text(plan, row); })
      .column("kind", [=, &plan](std::size_t row) { return durations->kind(plan, row); })
      .column("calendar", [=, &plan](std::size_t row) { return id_of(plan, task(row).calendar); })
      .column("place", [=, &plan](std::size_t row) { return id_of(plan.places, task(row).place); })
      .column("owner", [=](std::size_t row) { return task(row).owner.str(); })
      .column("priority",
              [=](std::size_t row) {
                const std::int32_t priority = task(row).priority;
                return priority == Task{}.priority ? std::string() : std::to_string(priority);
              })
      .column("constraint", [=](std::size_t row) { return constraint_word(task(row).constraint); })
      .column("date", [=](std::size_t row) { return constraint_date(task(row).constraint); })
      .column("second_constraint",
              [=](std::size_t row) { return constraint_word(task(row).second_constraint); })
      .column("second_date",
              [=](std::size_t row) { return constraint_date(task(row).second_constraint); })
      .column("deadline",
              [=, &plan](std::size_t row) { return limit_text(plan, task(row).deadline); })
      .column("weight",
              [=](std::size_t row) {
                const std::int32_t weight = task(row).weight;
                return weight == Task{}.weight ? std::string() : std::to_string(weight);
              })
      .column("optional", [=](std::size_t row) { return yes_or_empty(task(row).is_optional); })
      .column("ignore_resource_calendars",
              [=](std::size_t row) { return yes_or_empty(task(row).ignores_resource_calendars); })
      .column("cost", [=](std::size_t row) { return money_text(task(row).cost); })
      .column("earned_by",
              [=](std::size_t row) {
                const EarningRule rule = task(row).earned_by;
                return rule == EarningRule::duration ? std::string()
                                                     : word_for(kEarningRules, rule);
              })
      .column("decision",
              [=, &plan](std::size_t row) { return id_of(plan.decisions, task(row).decision); })
      .column("notes", [=](std::size_t row) { return task(row).notes.str(); });
  return maker.take(plan);
}

WrittenTable write_links(const Plan& plan) {
  TableMaker maker(TableKind::links, plan.links.size());
  const auto link = [&plan](std::size_t row) -> const Link& { return plan.links[LinkId{row}]; };
  const auto lag = [=, &plan](std::size_t row, const Lag& of_link) {
    return lag_string(of_link, lag_calendar(plan, link(row).from, link(row).to));
  };
  maker.column("from", [=, &plan](std::size_t row) { return id_of(plan.tasks, link(row).from); })
      .column("to", [=, &plan](std::size_t row) { return id_of(plan.tasks, link(row).to); })
      .column("type",
              [=](std::size_t row) {
                std::string letters = word_for(kLinkTypes, link(row).type);
                for (char& c : letters) c = static_cast<char>(c - 'a' + 'A');
                return letters;
              })
      .column("lag",
              [=](std::size_t row) {
                return link(row).lag == Lag{} ? std::string() : lag(row, link(row).lag);
              })
      .column("max_lag", [=](std::size_t row) {
        return link(row).has_max_lag ? lag(row, link(row).max_lag) : std::string();
      });
  return maker.take(plan);
}

WrittenTable write_modes(const Plan& plan) {
  TableMaker maker(TableKind::modes, plan.modes.size());
  const auto mode = [&plan](std::size_t row) -> const Mode& { return plan.modes[ModeId{row}]; };
  maker.column("task", [=, &plan](std::size_t row) { return id_of(plan.tasks, mode(row).task); })
      .column("mode", [=](std::size_t row) { return mode(row).id.str(); })
      .column("duration",
              [=, &plan](std::size_t row) {
                return work_text(plan, mode(row).task, mode(row).duration);
              })
      .column("cost", [=](std::size_t row) { return money_text(mode(row).cost); });
  return maker.take(plan);
}

}  // namespace diaodu::formats
