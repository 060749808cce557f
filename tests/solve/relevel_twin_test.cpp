#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <sstream>
#include <string>

#include "diaodu/check/relevel.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/solve/generate.h"
#include "diaodu/solve/schedule_network.h"
#include "support/property.h"
#include "support/random_levelling.h"

namespace diaodu::solve {
namespace {

/// What has happened by a data date a little later: some tasks are over, some under way, in any order.
void add_history(Plan& plan) {
  plan.data_date = plan.start + Elapsed{number(5, 30)};
  plan.progress.clear();
  plan.options.progress_rule = static_cast<Options::ProgressRule>(number(0, 3));
  for (const TaskId task : plan.tasks.ids()) {
    if (!one_in(3)) continue;
    Progress progress{.task = task, .actual_start = plan.start + Elapsed{number(0, 6)}};
    if (one_in(2)) {
      progress.actual_finish =
          std::min(*plan.data_date, *progress.actual_start + Elapsed{number(0, 9)});
    } else {
      progress.remaining = WorkTime{number(0, 7)};
    }
    plan.progress.push_back(progress);
  }
}

/// One or two summaries around some of the tasks, with dates and links of their own.
void add_summaries(Plan& plan) {
  const std::size_t num_tasks = plan.tasks.size();
  std::vector<TaskId> summaries;
  for (const char* id : {"S", "T"}) {
    Task summary;
    summary.id = plan.text(id);
    summary.kind = TaskKind::summary;
    if (one_in(3))
      summary.constraint = {ConstraintKind::start_on_or_after, plan.start + Elapsed{number(0, 20)}};
    if (!summaries.empty() && one_in(2)) summary.parent = summaries.front();
    summaries.push_back(plan.tasks.add(summary));
  }
  // The first summary holds the first tasks and the second the next, so that links between them run forwards.
  const auto first = static_cast<std::size_t>(number(1, static_cast<int>(num_tasks) + 1));
  for (std::size_t i = 0; i < num_tasks; ++i)
    plan.tasks[TaskId{i}].parent = summaries[i < first ? 0 : 1];
  if (first == num_tasks) plan.tasks[TaskId{num_tasks - 1}].parent = summaries[1];
  if (!plan.tasks[summaries[1]].parent && first < num_tasks && one_in(2))
    plan.links.add(
        {.from = summaries[0], .to = summaries[1], .lag = {number(-2, 5), Lag::Unit::work}});
}

void add_pins(Plan& plan) {
  for (Task& task : plan.tasks) {
    if (!one_in(6) || task.kind == TaskKind::summary) continue;
    task.constraint = {
        one_in(2) ? ConstraintKind::mandatory_start : ConstraintKind::mandatory_finish,
        plan.start + Elapsed{number(0, 40)}};
  }
}

/// Tasks that want several people for their skills, or the same resource twice.
void add_demands(Plan& plan) {
  for (const TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].duration == WorkTime{} || !one_in(2)) continue;
    for (int i = number(0, 3); i > 0; --i) {
      Demand demand{.task = task, .amount = Amount{number(1, 3) * 1000}};
      if (!plan.skills.empty() && !one_in(4)) {
        demand.skill = SkillId{static_cast<std::size_t>(number(0, 2))};
      } else {
        demand.resource = ResourceId{
            static_cast<std::size_t>(number(0, static_cast<int>(plan.resources.size())))};
      }
      plan.demands.add(demand);
    }
  }
}

struct With {
  Ingredients ingredients;
  bool has_history = false;
  bool has_summaries = false;
  bool has_pins = false;
};

Plan random_plan(const With& with) {
  Plan plan = random_plan(with.ingredients);
  plan.options.lag_calendar = static_cast<Options::LagCalendar>(number(0, 4));
  if (one_in(2)) add_demands(plan);
  if (with.has_pins) add_pins(plan);
  if (with.has_summaries) add_summaries(plan);
  if (with.has_history) add_history(plan);
  return plan;
}

/// Each task in any of its modes.
Schedule with_modes(const Plan& plan) {
  Schedule schedule{.placements = Table<TaskId, Placement>(plan.tasks.size()), .assignments = {}};
  for (ModeId mode : plan.modes.ids()) {
    Placement& placed = schedule.placements[plan.modes[mode].task];
    if (!placed.mode || one_in(2)) placed.mode = mode;
  }
  return schedule;
}

struct Compiled {
  const ScheduleNetwork& net;
  Model model;
  Genes genes;

  Compiled(const ScheduleNetwork& of, const Schedule& schedule)
      : net(of), model(make_model(of.network)) {
    model.early = forward_pass(model.network, model.floor).path;  // in just these modes
    for (Node node = 0; node < model.size(); ++node) {
      const auto ways = model.ways_of(node);
      const ModeId mode = schedule.placements[model.network.task[node]].mode;
      const auto way = std::find_if(ways.begin(), ways.end(),
                                    [&](const Way& each) { return each.mode == mode; });
      genes.way.push_back(static_cast<std::uint16_t>(way == ways.end() ? 0 : way - ways.begin()));
    }
    genes.order.resize(model.size());
    std::iota(genes.order.begin(), genes.order.end(), Node{0});
    for (std::size_t i = genes.order.size(); i > 1; --i)
      std::swap(genes.order[i - 1],
                genes.order[static_cast<std::size_t>(number(0, static_cast<int>(i)))]);
    Generator(model).make_legal(genes.order);
    genes.release.assign(model.size(), kEver);
  }

  std::vector<TaskId> order() const {
    std::vector<TaskId> tasks;
    for (const Node node : genes.order) {
      if (model.network.role[node] == Network::Role::task)
        tasks.push_back(model.network.task[node]);
    }
    return tasks;
  }
};

std::string drawing(const Plan& plan, const Compiled& compiled, const Generator& generator,
                    const std::optional<Schedule>& twin) {
  std::ostringstream out;
  const auto since = [&plan](Instant instant) {
    return instant <= kEver ? -1 : instant >= kNever ? 999999 : (instant - plan.start).count();
  };
  out << "start " << plan.start.minutes() << " data date "
      << since(plan.data_date.value_or(plan.start)) << " lags on "
      << static_cast<int>(plan.options.lag_calendar) << " rule "
      << static_cast<int>(plan.options.progress_rule) << "\n";
  for (const NamedCalendar& calendar : plan.calendars) {
    const DayShifts& shifts = calendar.pattern.week[0];
    out << "calendar " << calendar.rule.id << ": ";
    if (shifts.size() > 1) {
      const int period = shifts[1].begin - shifts[0].begin;
      out << shifts[0].end - shifts[0].begin << " of every " << period << ", first at start + "
          << ((shifts[0].begin - plan.start.minutes()) % period + period) % period;
    }
    out << "\n";
  }
  for (const TaskId id : compiled.order()) {
    const Task& task = plan.tasks[id];
    const ModeId mode = generator.network().mode[compiled.net.network.node_of[id]];
    out << task.id.view() << " kind " << static_cast<int>(task.kind) << " work "
        << (mode ? plan.modes[mode].duration : task.duration).count()
        << (task.is_elapsed ? "e" : "") << " calendar "
        << (task.calendar ? task.calendar.index() : 0);
    if (task.parent) out << " in " << plan.tasks[task.parent].id.view();
    if (task.constraint.kind != ConstraintKind::none)
      out << " constraint " << static_cast<int>(task.constraint.kind) << "@"
          << since(task.constraint.date);
    for (const Demand& demand : plan.demands) {
      if (demand.task != id || (demand.mode && demand.mode != mode)) continue;
      out << " "
          << (demand.resource ? plan.resources[demand.resource].id.view()
                              : plan.skills[demand.skill].id.view())
          << "x" << demand.amount.count() / 1000.0;
    }
    for (const Progress& progress : plan.progress) {
      if (progress.task != id) continue;
      out << " began " << since(*progress.actual_start);
      if (progress.actual_finish) out << " ended " << since(*progress.actual_finish);
      if (progress.remaining) out << " remaining " << progress.remaining->count();
    }
    const Node node = compiled.model.network.node_of[id];
    out << " | engine " << since(compiled.model.axis.from_axis(generator.start(node))) << "-"
        << since(compiled.model.axis.from_axis(generator.finish(node)));
    if (twin)
      out << " twin " << since(twin->placements[id].resumes) << "-"
          << since(twin->placements[id].finish);
    out << "\n";
  }
  for (const Task& task : plan.tasks) {
    if (task.kind == TaskKind::summary) {
      out << task.id.view() << (task.parent ? " in a summary" : "");
      if (task.constraint.kind != ConstraintKind::none)
        out << " from " << since(task.constraint.date);
      out << "\n";
    }
  }
  for (const Link& link : plan.links) {
    out << plan.tasks[link.from].id.view() << "->" << plan.tasks[link.to].id.view() << " type "
        << static_cast<int>(link.type) << " lag " << link.lag.amount << " unit "
        << static_cast<int>(link.lag.unit);
    if (link.has_max_lag) out << " max " << link.max_lag.amount;
    out << "\n";
  }
  for (const Availability& row : plan.availability)
    out << plan.resources[row.resource].id.view() << " " << since(row.during.from) << "-"
        << since(row.during.to) << " capacity " << row.capacity.count() / 1000 << "\n";
  for (const Resource& resource : plan.resources) {
    out << resource.id.view() << " capacity " << resource.capacity.count() / 1000.0;
    if (resource.calendar) out << " calendar " << resource.calendar.index();
    for (const SkillId skill : resource.skills) out << " " << plan.skills[skill].id.view();
    out << "\n";
  }
  for (const Assignment& each : generator.assignments())
    out << "engine: " << plan.tasks[plan.demands[each.demand].task].id.view() << " has "
        << plan.resources[each.resource].id.view() << " " << each.amount.count() << "\n";
  if (twin)
    for (const Assignment& each : twin->assignments)
      out << "twin: " << plan.tasks[plan.demands[each.demand].task].id.view() << " has "
          << plan.resources[each.resource].id.view() << " " << each.amount.count() << "\n";
  out << (twin ? "twin found" : "twin stuck")
      << (generator.stuck() == kNoNode ? "" : ", engine stuck") << "\n";
  return out.str();
}

std::vector<Assignment> sorted(std::vector<Assignment> assignments) {
  std::sort(assignments.begin(), assignments.end(), [](const Assignment& a, const Assignment& b) {
    return std::tuple(a.demand, a.resource, a.amount) < std::tuple(b.demand, b.resource, b.amount);
  });
  return assignments;
}

/// Latest dates nobody can promise, counted from what has happened or not, nor that what is used up suffices in all.
bool keeps_what_dates_can_keep(const Plan& plan, const Schedule& schedule) {
  const check::Verdict verdict = check::judge(plan, schedule);
  return std::all_of(verdict.first.begin(), verdict.first.end(), [&](const check::Violation& each) {
    return (each.kind == check::Violation::Kind::link_too_long && !plan.progress.empty()) ||
           each.kind == check::Violation::Kind::outside_window ||
           each.kind == check::Violation::Kind::used_up;
  });
}

/// Generation of the solver and of the witness, from the same order: the same dates and the same people.
void agree(const With& with, int cases, int least) {
  int num_found = 0;
  holds(cases, [&] {
    const Plan plan = random_plan(with);
    const Schedule modes = with_modes(plan);
    const ScheduleNetwork net(plan, modes);
    const ForwardPass pass = forward_pass(net.network);
    if (pass.circle || pass.path.finish >= kNever) return;
    const Compiled compiled(net, modes);
    Generator generator(compiled.model);
    const bool has_dates = generator.forward(compiled.genes).is_of_schedule();
    const std::vector<TaskId> order = compiled.order();
    const std::optional<Schedule> twin = check::relevel(plan, modes, order);
    RC_LOG(drawing(plan, compiled, generator, twin));
    RC_ASSERT(twin.has_value() == has_dates);
    if (!twin) return;
    ++num_found;
    if (!with.has_pins) RC_ASSERT(keeps_what_dates_can_keep(plan, *twin));
    const Axis& axis = compiled.model.axis;
    for (const TaskId task : order) {
      const Node node = compiled.model.network.node_of[task];
      if (compiled.model.is_history[node] != 0) continue;
      RC_ASSERT(axis.to_axis(twin->placements[task].resumes) == generator.start(node));
      RC_ASSERT(axis.to_axis(twin->placements[task].finish) == generator.finish(node));
    }
    const auto mine = sorted(twin->assignments);
    const auto theirs = sorted(generator.assignments());
    RC_ASSERT(mine.size() == theirs.size());
    for (std::size_t i = 0; i < mine.size(); ++i) {
      RC_ASSERT(mine[i].demand == theirs[i].demand);
      RC_ASSERT(mine[i].resource == theirs[i].resource);
      RC_ASSERT(mine[i].amount == theirs[i].amount);
    }
  });
  EXPECT_GT(num_found, least);
}

constexpr Ingredients kNoProgress{.has_progress = false};
constexpr Ingredients kNoLargestLags{.has_max_lags = false, .has_progress = false};

TEST(Relevel, the_witness_makes_the_same_schedule) { agree({kNoProgress}, 3000, 2000); }

TEST(Relevel, around_what_has_happened_too) {
  agree({.ingredients = kNoProgress, .has_history = true}, 2000, 1300);
}

TEST(Relevel, with_summaries_too) {
  agree({.ingredients = kNoLargestLags, .has_summaries = true}, 2000, 1500);
}

TEST(Relevel, with_summaries_and_largest_lags_too) {
  agree({.ingredients = kNoProgress, .has_summaries = true}, 300, 100);
}

TEST(Relevel, with_summaries_history_and_pins_at_once) {
  agree(
      {.ingredients = kNoLargestLags, .has_history = true, .has_summaries = true, .has_pins = true},
      2000, 1500);
}

TEST(Relevel, around_what_is_pinned_too) {
  agree({.ingredients = kNoProgress, .has_pins = true}, 2000, 1500);
}

TEST(Relevel, on_one_calendar_too) {
  agree({.ingredients = {.has_skills = false, .has_progress = false, .is_on_one_calendar = true}},
        2000, 1500);
}

}  // namespace
}  // namespace diaodu::solve
