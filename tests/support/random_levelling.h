#pragma once

#include <array>
#include <string>
#include <vector>

#include "diaodu/plan/plan.h"
#include "support/random_progress.h"

// Small plans that have everything that levelling looks at, drawn at random.
namespace diaodu::solve {

/// What a random plan may hold besides tasks, links and resources.
struct Ingredients {
  int most_tasks = 9;
  int longest = 6;
  bool has_calendars = true;
  bool has_skills = true;
  bool has_stocks = true;
  bool has_modes = true;
  bool has_max_lags = true;
  bool has_dates = true;
  bool has_pins = false;  // mandatory dates, also before the data date
  bool has_progress = true;
  bool is_well_under_way = false;  // anything may have happened
  bool has_milestones = true;
  bool is_on_one_calendar = false;
  bool has_payments = false;         // milestones that use something up
  bool has_foreign_options = false;  // on late dates and what has begun
};

inline void add_resources(Plan& plan, const Ingredients& with) {
  for (const char* id : {"crew", "crane", "anna", "boris"}) {
    Resource resource;
    resource.id = plan.text(id);
    resource.capacity = Amount{number(1, 4) * 1000};
    if (with.has_calendars && !with.is_on_one_calendar && one_in(3)) {
      resource.calendar = CalendarId{static_cast<std::size_t>(number(0, 2))};
    }
    plan.resources.add(resource);
  }
  if (with.has_skills) {
    for (const char* id : {"weld", "lift"}) plan.skills.add({plan.text(id)});
    for (std::size_t person = 2; person < 4; ++person) {
      plan.resources[ResourceId{person}].skills.push_back(SkillId{0});
      if (one_in(2)) plan.resources[ResourceId{person}].skills.push_back(SkillId{1});
    }
    plan.resources[ResourceId{0}].skills.push_back(SkillId{1});
  }
  if (with.has_stocks) {
    plan.resources.add(
        {.id = plan.text("steel"), .kind = ResourceKind::material, .capacity = Amount{100'000}});
    plan.resources.add({.id = plan.text("tank"),
                        .kind = ResourceKind::reservoir,
                        .capacity = Amount{number(0, 4) * 1000}});
    if (one_in(2)) {
      const Instant from = plan.start + Elapsed{number(0, 15)};
      plan.availability.push_back(
          {ResourceId{4}, {from, from + Elapsed{number(1, 15)}}, Amount{number(0, 3) * 1000}});
    }
  }
  if (one_in(2)) {
    const Instant from = plan.start + Elapsed{number(0, 20)};
    plan.availability.push_back(
        {ResourceId{0}, {from, from + Elapsed{number(1, 20)}}, Amount{number(0, 4) * 1000}});
  }
}

/// Anything that a plan may hold, in small: shifts of a few minutes, a handful of tasks.
inline Plan random_plan(const Ingredients& with) {
  Plan plan;
  plan.start = Instant{600 + number(0, 10)};
  for (const char* id : {"a", "b"}) {
    CalendarRule rule = short_shifts(id);
    if (!with.has_calendars) rule.week.fill(DayShifts{{0, kMinutesPerDay}});
    const CalendarRule* chain[] = {&rule};
    plan.calendars.add(make_calendar(rule, chain, plan.zone));
  }
  plan.calendar = CalendarId{0};
  if (with.has_foreign_options) {
    plan.options.open_ends_are_critical = one_in(3);
    if (one_in(3)) plan.options.late_dates = Options::LateDates::wanted;
    plan.options.progress_rule = static_cast<Options::ProgressRule>(number(0, 3));
  }
  add_resources(plan, with);
  const int num_tasks = number(1, with.most_tasks + 1);
  for (int i = 0; i < num_tasks; ++i) {
    Task task;
    task.id = plan.text(std::string(1, static_cast<char>('A' + i)));
    task.duration = WorkTime{number(with.has_milestones ? 0 : 1, with.longest + 1)};
    if (task.duration == WorkTime{})
      task.kind = one_in(2) ? TaskKind::start_milestone : TaskKind::finish_milestone;
    if (!with.is_on_one_calendar && one_in(3)) task.calendar = CalendarId{1};
    if (!with.is_on_one_calendar && one_in(8)) task.is_elapsed = true;
    if (with.has_dates && one_in(5)) {
      static constexpr std::array kKinds = {
          ConstraintKind::start_on_or_after, ConstraintKind::finish_on_or_after,
          ConstraintKind::finish_on_or_before, ConstraintKind::as_late_as_possible};
      task.constraint = {kKinds[static_cast<std::size_t>(number(0, 4))],
                         plan.start + Elapsed{number(0, 60)}};
    }
    if (with.has_pins && one_in(12)) {
      task.constraint = {
          one_in(2) ? ConstraintKind::mandatory_start : ConstraintKind::mandatory_finish,
          plan.start + Elapsed{number(0, 15)}};
    }
    if (with.has_dates && one_in(5)) task.deadline = plan.start + Elapsed{number(0, 40)};
    plan.tasks.add(task);
  }
  for (std::size_t to = 1; to < plan.tasks.size(); ++to) {
    for (int i = number(0, 3); i > 0; --i) {
      Link link;
      link.from = TaskId{static_cast<std::size_t>(number(0, static_cast<int>(to)))};
      link.to = TaskId{to};
      link.type = static_cast<LinkType>(number(0, 4));
      link.lag.amount = one_in(2) ? 0 : number(-2, 5);
      if (with.has_max_lags && one_in(4)) {
        link.has_max_lag = true;
        link.max_lag.amount = link.lag.amount + number(0, 20);
      }
      plan.links.add(link);
    }
  }
  for (TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].duration == WorkTime{}) {  // a payment
      if (with.has_payments && with.has_stocks && one_in(3))
        plan.demands.add({.task = task, .resource = ResourceId{4}, .amount = kOne});
      continue;
    }
    const bool has_modes = with.has_modes && !plan.tasks[task].is_elapsed && one_in(4);
    std::vector<ModeId> modes = {ModeId{}};
    if (has_modes) {
      modes = {plan.modes.add({task, plan.text("slow"), WorkTime{number(1, 9)}, {}}),
               plan.modes.add({task, plan.text("fast"), WorkTime{number(1, 5)}, {}})};
    }
    for (const ModeId mode : modes) {
      for (std::size_t resource = 0; resource < plan.resources.size(); ++resource) {
        if (!one_in(3)) continue;
        const bool is_stock = resource >= 4;
        const Amount most = is_stock ? Amount{2000} : plan.resources[ResourceId{resource}].capacity;
        Demand demand{.task = task, .mode = mode, .resource = ResourceId{resource}};
        demand.amount = Amount{number(1, static_cast<int>(most.count() / 1000) + 1) * 1000};
        if (resource == 5 && one_in(2)) demand.amount = -demand.amount;
        plan.demands.add(demand);
      }
      if (with.has_skills && one_in(4)) {
        plan.demands.add({.task = task,
                          .mode = mode,
                          .skill = SkillId{static_cast<std::size_t>(number(0, 2))},
                          .amount = kOne});
      }
    }
  }
  if (with.has_progress && one_in(4)) {
    plan.data_date = plan.start + Elapsed{number(1, 10)};
    plan.progress.push_back(
        {.task = TaskId{0}, .actual_start = plan.start, .remaining = WorkTime{number(1, 5)}});
  }
  if (with.has_pins && !plan.data_date && one_in(6))
    plan.data_date = plan.start + Elapsed{number(0, 8)};
  if (with.is_well_under_way) add_progress(plan);
  return plan;
}

}  // namespace diaodu::solve
