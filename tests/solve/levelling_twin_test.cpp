#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <string>

#include "diaodu/check/certify.h"
#include "diaodu/check/proof.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/solve/bound.h"
#include "diaodu/solve/level.h"
#include "diaodu/solve/limits.h"
#include "diaodu/solve/model.h"
#include "diaodu/solve/objectives.h"
#include "diaodu/solve/packing.h"
#include "diaodu/solve/polish.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"
#include "support/random_levelling.h"

namespace diaodu::solve {
namespace {

/// The plan and its schedule in a few lines, for people who look at a failure.
std::string drawing(const Plan& plan, const Answer& answer) {
  std::ostringstream out;
  const auto since = [&plan](Instant instant) { return (instant - plan.start).count(); };
  for (TaskId id : plan.tasks.ids()) {
    const Task& task = plan.tasks[id];
    const Placement& placed = answer.schedule.placements[id];
    out << task.id.view() << " " << task.duration.count() << (task.is_elapsed ? "e" : "")
        << " calendar " << (task.calendar ? task.calendar.index() : 0) << " at "
        << since(placed.start) << "-" << since(placed.finish);
    if (task.constraint.kind != ConstraintKind::none) {
      out << " constraint " << static_cast<int>(task.constraint.kind) << " "
          << since(task.constraint.date);
    }
    for (const Demand& demand : plan.demands) {
      if (demand.task != id) continue;
      out << " " << (demand.resource ? plan.resources[demand.resource].id.view() : "skill") << "x"
          << demand.amount.count() / 1000
          << (demand.mode ? "m" + std::to_string(demand.mode.index()) : "");
    }
    out << "\n";
  }
  for (const Link& link : plan.links) {
    out << plan.tasks[link.from].id.view() << "->" << plan.tasks[link.to].id.view() << " type "
        << static_cast<int>(link.type) << " lag " << link.lag.amount;
    if (link.has_max_lag) out << " max " << link.max_lag.amount;
    out << "\n";
  }
  for (const Availability& row : plan.availability) {
    out << plan.resources[row.resource].id.view() << " " << since(row.during.from) << "-"
        << since(row.during.to) << " capacity " << row.capacity.count() / 1000 << "\n";
  }
  for (const Resource& resource : plan.resources) {
    out << resource.id.view() << " capacity " << resource.capacity.count() / 1000 << "\n";
  }
  for (const Progress& row : plan.progress) {
    out << plan.tasks[row.task].id.view() << " remaining "
        << row.remaining.value_or(WorkTime{-1}).count() << "\n";
  }
  if (plan.data_date) out << "data date " << since(*plan.data_date) << "\n";
  out << "open ends " << plan.options.open_ends_are_critical << " late dates "
      << static_cast<int>(plan.options.late_dates) << " progress rule "
      << static_cast<int>(plan.options.progress_rule) << "\n";
  out << "status " << static_cast<int>(answer.status) << " finish " << since(answer.finish)
      << " bound " << since(answer.bound.finish) << " kind " << static_cast<int>(answer.bound.kind)
      << "\n";
  for (const Finding& finding : answer.findings.kept())
    out << finding.message(Language::english) << "\n";
  return out.str();
}

Answer quick(const Plan& plan) {
  Request request;
  request.limits.steps = 2000;
  return solve(plan, {}, request);
}

/// Whatever comes out as a schedule is legal: the witness, which shares nothing with the solver, says so.
void all_schedules_are_legal(const Ingredients& with, int cases) {
  int num_scheduled = 0;
  holds(cases, [&] {
    const Plan plan = random_plan(with);
    const Answer answer = quick(plan);
    RC_LOG(drawing(plan, answer));
    for (const Finding& finding : answer.findings.kept()) {
      RC_ASSERT(finding.kind->code != "schedule_rejected");
      RC_ASSERT(finding.kind->code != "value_rejected");
    }
    if (answer.status != Status::optimal && answer.status != Status::feasible) return;
    ++num_scheduled;
    RC_ASSERT(answer.bound_verdict.has_value() == (answer.bound.kind != LowerBound::Kind::search));
    const check::Verdict verdict = check::judge(plan, answer.schedule);
    if (!verdict.is_legal)
      RC_FAIL(check::to_string(verdict.first.front(), plan, Language::english));
    RC_ASSERT(answer.bound.finish <= answer.finish);
    RC_ASSERT(answer.finish == finish(answer.schedule, plan));
    RC_ASSERT((answer.status == Status::optimal) == (answer.finish == answer.bound.finish));
  });
  EXPECT_GT(num_scheduled, cases / 3);
}

TEST(Levelling, schedules_of_any_plan_are_legal) {
  all_schedules_are_legal({.has_pins = true, .has_payments = true, .has_foreign_options = true},
                          6'000);
}

TEST(Levelling, schedules_of_plans_on_one_calendar_are_legal) {
  all_schedules_are_legal({.has_skills = false,
                           .has_pins = true,
                           .has_progress = false,
                           .is_on_one_calendar = true,
                           .has_payments = true,
                           .has_foreign_options = true},
                          10'000);
}

TEST(Levelling, schedules_of_plans_well_under_way_on_one_calendar_are_legal) {
  all_schedules_are_legal({.has_skills = false,
                           .has_stocks = false,
                           .has_max_lags = false,
                           .has_pins = true,
                           .has_progress = false,
                           .is_well_under_way = true,
                           .is_on_one_calendar = true,
                           .has_foreign_options = true},
                          10'000);
}

TEST(Levelling, what_is_well_under_way_comes_to_the_same_in_working_minutes_as_on_the_clock) {
  int num_all = 0;
  int num_proven = 0;
  holds(5'000, [&] {
    const Plan plan = random_plan({.most_tasks = 7,
                                   .has_skills = false,
                                   .has_stocks = false,
                                   .has_max_lags = false,
                                   .has_progress = false,
                                   .is_well_under_way = true,
                                   .has_milestones = false,
                                   .is_on_one_calendar = true,
                                   .has_foreign_options = true});
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const Network network = make_network(plan, times, states);
    const ForwardPass pass = forward_pass(network);
    Findings findings;
    if (!states.is_any() || pass.circle || report_beyond_time(network, pass.path, {}, findings))
      return;
    const auto levelled = [&](bool may_have_begun) {
      const Model model = make_model(network, may_have_begun);
      Budget budget({.steps = 20'000});
      Levelling found = level(model, {}, budget);
      return std::pair(model.axis, std::move(found));
    };
    const auto [axis, on_axis] = levelled(true);
    bool is_over = true;
    for (TaskId task : plan.tasks.ids())
      is_over = is_over && states[task].stage == TaskState::Stage::completed;
    if (axis.is_clock() || is_over) return;
    const Levelling on_clock = levelled(false).second;
    RC_ASSERT(on_axis.is_found() == on_clock.is_found());
    if (!on_axis.is_found()) return;
    RC_ASSERT((on_axis.cost.broken == 0) == (on_clock.cost.broken == 0));
    if (on_axis.cost.broken > 0) return;
    ++num_all;
    // In working minutes: without work, one may end in the evening and the other in the morning.
    const Instant finish = on_axis.cost.finish;
    const Instant bound = axis.to_axis(on_axis.bound.finish);
    const Instant finish_on_clock = axis.to_axis(on_clock.cost.finish);
    const Instant bound_on_clock = axis.to_axis(on_clock.bound.finish);
    RC_LOG(drawing(plan, quick(plan)));
    std::ostringstream out;
    for (const Instant each : {finish, bound, finish_on_clock, bound_on_clock})
      out << each.minutes() << " ";
    RC_LOG("finish and bound in working minutes, and on the clock: " + out.str());
    RC_ASSERT(bound <= finish_on_clock);
    RC_ASSERT(bound_on_clock <= finish);
    if (bound < finish || bound_on_clock < finish_on_clock) return;
    ++num_proven;
    RC_ASSERT(finish == finish_on_clock);
  });
  EXPECT_GT(num_all, 1'000);
  EXPECT_GT(num_proven, num_all * 9 / 10);
}

TEST(Levelling, schedules_around_the_clock_are_legal) {
  all_schedules_are_legal(
      {.has_calendars = false, .has_pins = true, .has_payments = true, .has_foreign_options = true},
      10'000);
}

TEST(Levelling, polished_schedules_are_legal_and_repeat) {
  int num_scheduled = 0;
  int num_polished = 0;
  holds(2000, [&] {
    const Plan plan = random_plan({.has_progress = false});
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const Network network = make_network(plan, times, states);
    const ForwardPass pass = forward_pass(network);
    Findings findings;
    if (pass.circle || report_beyond_time(network, pass.path, {}, findings)) return;
    const Model model = make_model(network);
    if (!model.axis.is_clock())
      return;  // else the generator's dates are not yet those of the clock
    CriticalPath late = model.early;
    backward_pass(model.network, late, late.finish);
    const auto never = [] { return false; };
    Polisher polisher(model, late, RandomStream(1));
    polisher.run(1, kNothing, never);
    const Cost first = polisher.best_cost();
    polisher.run(400, kNothing, never);
    RC_ASSERT(polisher.best_cost() <= first);
    Polisher twin(model, late, RandomStream(1));
    twin.run(1, kNothing, never);
    twin.run(400, kNothing, never);
    RC_ASSERT(twin.best_genes().order == polisher.best_genes().order);
    RC_ASSERT(twin.best_genes().way == polisher.best_genes().way);

    Generator generator(model);
    RC_ASSERT(generator.forward(polisher.best_genes()) == polisher.best_cost());
    if (polisher.best_cost().broken > 0) return;
    ++num_scheduled;
    num_polished += polisher.best_cost() < first ? 1 : 0;
    Schedule schedule{.placements = Table<TaskId, Placement>(plan.tasks.size()),
                      .assignments = generator.assignments()};
    for (Node node = 0; node < model.size(); ++node) {
      if (network.role[node] != Network::Role::task) continue;
      schedule.placements[network.task[node]] = {.start = generator.start(node),
                                                 .finish = generator.finish(node),
                                                 .resumes = generator.start(node),
                                                 .mode = generator.network().mode[node]};
    }
    roll_up(schedule, plan);
    const check::Verdict verdict = check::judge(plan, schedule);
    if (!verdict.is_legal)
      RC_FAIL(check::to_string(verdict.first.front(), plan, Language::english));
  });
  EXPECT_GT(num_scheduled, 600);
  EXPECT_GT(num_polished, 30);
}

TEST(Levelling, a_polisher_that_keeps_a_baseline_comes_nearer_to_it) {
  int num_nearer = 0;
  holds(500, [&] {
    const Plan plan = random_plan({.has_progress = false});
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const Network network = make_network(plan, times, states);
    const ForwardPass pass = forward_pass(network);
    Findings findings;
    if (pass.circle || report_beyond_time(network, pass.path, {}, findings)) return;
    Model model = make_model(network);
    CriticalPath late = model.early;
    backward_pass(model.network, late, late.finish);
    const auto never = [] { return false; };
    Polisher free(model, late, RandomStream(1));
    free.run(400, kNothing, never);
    if (free.best_cost().broken > 0) return;

    // Its own schedule as the baseline, then half an hour elsewhere for one task.
    Generator generator(model);
    generator.forward(free.best_genes());
    Baseline baseline(plan.tasks.size(), kNever);
    for (Node node = 0; node < model.size(); ++node)
      baseline[network.task[node]] = model.axis.from_axis(generator.start(node));
    baseline[TaskId{0}] = baseline[TaskId{0}] + Elapsed{30};
    set_objectives(model, std::array{Objective::finish, Objective::stability}, baseline);
    const Cost before = [&] {
      Generator again(model);
      return again.forward(free.best_genes());
    }();
    Polisher polisher(model, late, RandomStream(1));
    polisher.run(400, kNothing, never);
    Generator again(model);
    RC_ASSERT(again.forward(polisher.best_genes()) == polisher.best_cost());
    if (polisher.best_cost().broken > 0) return;
    num_nearer += polisher.best_cost() < before ? 1 : 0;
  });
  EXPECT_GT(num_nearer, 20);
}

/// The slow twin: every combination of starts, minute by minute, judged by the witness.
class EveryLegalSchedule {
 public:
  explicit EveryLegalSchedule(const Plan& plan) : plan_(plan), times_(plan), states_(plan, times_) {
    schedule_.placements = Table<TaskId, Placement>(plan.tasks.size());
  }

  /// The least finish of all legal schedules that end by `until`; kNever if there is none.
  Instant least(Instant until) {
    best_ = until + Elapsed{1};
    is_found_ = false;
    extend(0);
    return is_found_ ? best_ : kNever;
  }

 private:
  void extend(std::size_t depth) {
    if (depth == plan_.tasks.size()) {
      roll_up(schedule_, plan_);
      const Instant end = finish(schedule_, plan_);
      if (end >= best_ || !check::judge(plan_, schedule_).is_legal) return;
      best_ = end;
      is_found_ = true;
      return;
    }
    const TaskId task{depth};
    if (plan_.tasks[task].kind == TaskKind::summary) {
      extend(depth + 1);
      return;
    }
    // What is under way goes on in its first mode.
    const bool has_started = states_[task].stage == TaskState::Stage::started;
    bool has_modes = false;
    for (ModeId mode : plan_.modes.ids()) {
      if (plan_.modes[mode].task != task || (has_modes && has_started)) continue;
      has_modes = true;
      place(depth, mode, plan_.modes[mode].duration);
    }
    if (!has_modes) place(depth, {}, plan_.tasks[task].duration);
    if (!plan_.tasks[task].is_optional) return;
    schedule_.placements[task] = {.is_scheduled = false};
    extend(depth + 1);
  }

  void place(std::size_t depth, ModeId mode, WorkTime duration) {
    const TaskId task{depth};
    const Calendar& calendar = times_.of(task, mode);
    const TaskState state = states_[task];
    const bool has_started = state.stage == TaskState::Stage::started;
    const WorkTime work = has_started ? state.remaining : duration;
    // What is pinned may have to start before the plan does.
    constexpr Elapsed kEarlier{60};
    const bool is_pinned = plan_.tasks[task].constraint.is_mandatory();
    const Instant first = is_pinned ? plan_.start - kEarlier : plan_.start;
    for (Instant start = first; start < best_; start = start + Elapsed{1}) {
      if (work > WorkTime{} && !calendar.is_working(start)) continue;
      const Instant end = calendar.advance(start, work);
      if (end >= best_) break;
      schedule_.placements[task] = {.start = has_started ? *state.actual_start : start,
                                    .finish = end,
                                    .resumes = start,
                                    .mode = mode};
      extend(depth + 1);
    }
  }

  const Plan& plan_;
  WorkingTimes times_;
  TaskStates states_;
  Schedule schedule_;
  Instant best_;
  bool is_found_ = false;
};

void no_schedule_beats_the_bound(const Ingredients& with, int cases) {
  constexpr Elapsed kHorizon{14};
  int num_proven = 0;
  int num_best = 0;
  int num_all = 0;
  holds(cases, [&] {
    const Plan plan = random_plan(with);
    const Answer answer = quick(plan);
    RC_LOG(drawing(plan, answer));
    if (answer.finish > plan.start + kHorizon) return;
    const Instant least = EveryLegalSchedule(plan).least(plan.start + kHorizon);
    if (answer.status == Status::infeasible) RC_ASSERT(least == kNever);
    if (answer.status != Status::optimal && answer.status != Status::feasible) return;
    ++num_all;
    RC_ASSERT(answer.bound.finish <= least);
    RC_ASSERT(least <= answer.finish);
    if (answer.status == Status::optimal) ++num_proven;
    if (answer.finish == least) ++num_best;
  });
  EXPECT_GT(num_all, cases * 3 / 10);
  EXPECT_GT(num_proven, num_all * 2 / 3);
  EXPECT_GT(num_best,
            num_all * 95 / 100);  // active schedules need not hold a best one under maximum lags
}

TEST(Levelling, no_schedule_ends_before_the_bound_and_proven_ones_are_the_best_there_are) {
  no_schedule_beats_the_bound({.most_tasks = 3,
                               .longest = 4,
                               .has_skills = false,
                               .has_modes = false,
                               .has_pins = true,
                               .has_progress = false,
                               .has_milestones = false,
                               .has_foreign_options = true},
                              10'000);
}

TEST(Levelling, nor_where_tasks_have_modes_or_are_under_way) {
  // A start milestone waits for the morning, though no rule of the plan says so.
  no_schedule_beats_the_bound({.most_tasks = 3,
                               .longest = 3,
                               .has_skills = false,
                               .has_pins = true,
                               .has_milestones = false,
                               .has_foreign_options = true},
                              3'000);
}

check::ProofVerdict replayed(const std::string& log, const Plan& plan, Findings& findings) {
  std::istringstream in(log);
  return check::check_proof(in, "log", plan, findings);
}

/// `check` takes the numbers from the plan's tables and knows no network, no model and no axis.
TEST(Levelling, a_proof_log_holds_of_its_plan_and_of_no_other_of_which_it_would_be_false) {
  constexpr Elapsed kHorizon{14};
  int num_logs = 0;
  int num_rejected = 0;
  holds(4'000, [&] {
    Plan plan = random_plan({.most_tasks = 3,
                             .longest = 4,
                             .has_skills = false,
                             .has_modes = false,
                             .has_progress = false,
                             .is_on_one_calendar = true});
    std::string text;
    ProofLog log([&text](std::string_view piece) { text += piece; });
    Request request;
    request.limits.steps = 20'000;
    request.proof = &log;
    const Answer answer = solve(plan, {}, request);
    RC_LOG(drawing(plan, answer));
    RC_LOG(text);
    if (!answer.proof_log.is_written()) return;
    Findings findings;
    const check::ProofVerdict verdict = replayed(text, plan, findings);
    std::string told;
    for (const Finding& finding : findings.kept())
      told += to_string(finding, Language::english) + "\n";
    if (!verdict.holds) RC_FAIL(told);
    if (!verdict.is_of_plan) return;  // mandatory dates
    ++num_logs;
    RC_ASSERT(verdict.is_infeasible == answer.proof_log.is_infeasible);
    if (!verdict.is_infeasible) {
      RC_ASSERT(verdict.finish <= answer.finish);
      if (answer.bound.kind == LowerBound::Kind::search)
        RC_ASSERT(verdict.finish >= answer.bound.finish);
    }
    // The same log for a plan that asks for less.
    switch (number(0, 3)) {
      case 0:
        for (Task& task : plan.tasks) task.constraint = {};
        break;
      case 1:
        for (Resource& resource : plan.resources) resource.capacity += kOne;
        plan.availability.clear();
        break;
      default:
        for (Task& task : plan.tasks) {
          if (task.duration > WorkTime{1}) task.duration = task.duration - WorkTime{1};
        }
    }
    const Instant least = EveryLegalSchedule(plan).least(plan.start + kHorizon);
    const check::ProofVerdict other = replayed(text, plan, findings);
    if (!other.holds) ++num_rejected;
    if (!other.holds || !other.is_of_plan || least == kNever) return;
    RC_ASSERT(!other.is_infeasible);
    RC_ASSERT(other.finish <= least);
  });
  EXPECT_GT(num_logs, 1'000);
  EXPECT_GT(num_rejected, 200);
}

bool is_verified(const Plan& plan, const check::BoundClaim& claim) {
  return check::certify(plan, claim) == check::BoundVerdict::verified;
}

struct BoundCounts {
  int paths = 0;
  int loads = 0;
  int dear_loads = 0;  // in the hours of some
  int packings = 0;
  int unverified_paths = 0;
  int unverified_loads = 0;
  int unverified_packings = 0;
  int later_paths = 0, later_loads = 0, verified_later_paths = 0, verified_later_loads = 0;
};

/// Bounds by weights alone, those of single resources and those of all together.
void certify_packings(const Plan& plan, const Model& model, Instant upper, BoundCounts& counts) {
  const PackedTasks tasks(model);
  std::vector<Packing> packings = packings_of_resources(tasks);
  Packer packer(model, tasks, packings);
  packer.run(1'000'000);
  RC_ASSERT(packer.is_done());
  if (packer.best()) packings.push_back(*packer.best());
  for (const Packing& packing : packings) {
    const LowerBound bound = lower_bound(model, upper, std::span(&packing, 1));
    if (bound.kind != LowerBound::Kind::packing || bound.finish >= model.axis.from_axis(upper))
      continue;
    check::BoundClaim claim = claim_of(bound);
    ++counts.packings;
    if (!is_verified(plan, claim)) ++counts.unverified_packings;
    claim.limit += claim.limit;  // twice the room proves nothing
    RC_ASSERT(!is_verified(plan, claim));
  }
}

/// Bounds with evidence, as the model's bounder finds them before any search.
BoundCounts certify_all(const Ingredients& with, int cases) {
  BoundCounts counts;
  holds(cases, [&] {
    const Plan plan = random_plan(with);
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const Network network = make_network(plan, times, states);
    const ForwardPass pass = forward_pass(network);
    Findings findings;
    if (pass.circle || report_beyond_time(network, pass.path, {}, findings)) return;
    const Model model = make_model(network);
    const Instant upper = model.early.finish + Elapsed{2000};
    const LowerBound bound = lower_bound(model, upper);
    if (bound.finish >= model.axis.from_axis(upper)) return;  // no finish at all is possible
    const bool is_load = bound.kind == LowerBound::Kind::resource_load;
    check::BoundClaim claim = claim_of(bound);
    const bool holds_so = is_verified(plan, claim);
    certify_packings(plan, model, upper, counts);
    ++(is_load ? counts.loads : counts.paths);
    if (!holds_so) ++(is_load ? counts.unverified_loads : counts.unverified_paths);
    if (!holds_so) return;
    check::BoundClaim later = claim;
    later.finish = later.finish + Elapsed{1};
    if (!is_load) {
      ++counts.later_paths;
      if (is_verified(plan, later)) ++counts.verified_later_paths;
      return;
    }
    ++counts.later_loads;
    if (!bound.hours_of.empty()) ++counts.dear_loads;
    if (is_verified(plan, later)) ++counts.verified_later_loads;
    // Less evidence never proves more, and without tasks it proves nothing.
    claim.tasks.clear();
    RC_ASSERT(!is_verified(plan, claim));
    claim.tasks = bound.tasks;
    Effort without;
    for (const Demand& demand : plan.demands) {
      if (demand.resource == bound.resource && demand.task == bound.tasks.front())
        without = demand.amount * plan.tasks[demand.task].duration;
    }
    if (with.has_modes || with.has_progress || !bound.hours_of.empty() ||
        bound.work - without > bound.room)
      return;
    claim.tasks.erase(claim.tasks.begin());
    RC_ASSERT(!is_verified(plan, claim));
  });
  return counts;
}

void all_are_verified(const Ingredients& with, int cases) {
  const BoundCounts counts = certify_all(with, cases);
  EXPECT_GT(counts.paths, cases / 3);
  EXPECT_GT(counts.loads, cases / 20);
  if (with.has_calendars) {
    EXPECT_GT(counts.dear_loads, 0);
  }
  EXPECT_GT(counts.packings, cases / 60);
  EXPECT_EQ(counts.unverified_paths, 0);
  EXPECT_EQ(counts.unverified_loads, 0);
  EXPECT_EQ(counts.unverified_packings, 0);
  // With modes the witness may see more than the solver's relaxation: then later bounds are true too.
  if (!with.has_modes) {
    EXPECT_EQ(counts.verified_later_paths, 0);
  }
  EXPECT_LE(counts.verified_later_loads, counts.loads / 50);
}

TEST(Levelling, the_witness_verifies_the_bounds_of_plain_plans_and_nothing_more) {
  const BoundCounts counts = certify_all({.has_calendars = false,
                                          .has_modes = false,
                                          .has_progress = false,
                                          .is_on_one_calendar = true},
                                         10'000);
  EXPECT_GT(counts.paths, 5'000);
  EXPECT_GT(counts.loads, 1'000);
  EXPECT_GT(counts.packings, 300);
  EXPECT_EQ(counts.unverified_paths + counts.unverified_loads + counts.unverified_packings, 0);
  EXPECT_EQ(counts.verified_later_paths + counts.verified_later_loads, 0);
}

TEST(Levelling, the_witness_verifies_the_bounds_of_plans_with_modes) {
  all_are_verified({.has_progress = false, .has_milestones = false}, 10'000);
}

TEST(Levelling, the_witness_verifies_the_bounds_of_plans_with_progress) {
  all_are_verified({.has_modes = false, .has_milestones = false}, 10'000);
}

TEST(Levelling, the_witness_verifies_the_bounds_of_plans_around_the_clock) {
  all_are_verified({.has_calendars = false, .has_progress = false}, 10'000);
}

/// The solver puts start milestones where somebody works, and keeps what has begun in its mode; `judge` asks for
/// neither, so there are bounds that no table proves.
TEST(Levelling, the_witness_verifies_most_bounds_of_any_plan) {
  const BoundCounts counts = certify_all({.has_pins = true}, 5'000);
  EXPECT_GT(counts.paths, 2'000);
  EXPECT_GT(counts.loads, 200);
  EXPECT_LT(counts.unverified_paths, counts.paths / 20);
  EXPECT_LT(counts.unverified_loads, counts.loads / 10);
  EXPECT_LT(counts.unverified_packings, counts.packings / 10);
}

/// What `random_plan` has not: optional tasks, a summary with links and dates, lags on other calendars and in percent,
/// dates of all kinds.
Plan spiced(Plan plan) {
  plan.options.lag_calendar = static_cast<Options::LagCalendar>(number(0, 4));
  plan.options.progress_rule = static_cast<Options::ProgressRule>(number(0, 3));
  for (Task& task : plan.tasks) {
    if (one_in(5)) task.is_optional = true;
    if (!one_in(6)) continue;
    task.second_constraint = task.constraint;
    task.constraint = {static_cast<ConstraintKind>(number(1, 9)),
                       plan.start + Elapsed{number(0, 9)}};
  }
  for (Link& link : plan.links) {
    if (!one_in(3)) continue;
    link.lag.unit = static_cast<Lag::Unit>(number(1, 4));
    if (link.lag.unit != Lag::Unit::elapsed) link.lag.amount *= 5'000;
  }
  if (!one_in(2)) return plan;
  Task summary;
  summary.id = plan.text("S");
  summary.kind = TaskKind::summary;
  const std::size_t num_tasks = plan.tasks.size();
  const TaskId outer = plan.tasks.add(summary);
  for (std::size_t i = 0; i < num_tasks; ++i) {
    if (one_in(2)) {
      plan.tasks[TaskId{i}].parent = outer;
      continue;
    }
    Link link{.from = TaskId{i}, .to = outer, .type = static_cast<LinkType>(number(0, 4))};
    if (one_in(2)) std::swap(link.from, link.to);
    link.lag.amount = number(-1, 3);
    if (one_in(3)) {
      link.has_max_lag = true;
      link.max_lag.amount = link.lag.amount + number(0, 3);
    }
    plan.links.add(link);
  }
  return plan;
}

/// Claims that nobody made: whatever is verified is true, whoever says it.
void no_verified_bound_is_false(const Ingredients& with, int cases, bool is_spiced) {
  constexpr Elapsed kHorizon{14};
  int num_paths = 0;
  int num_loads = 0;
  int num_packings = 0;
  int num_rejected = 0;
  holds(cases, [&] {
    Plan plan = random_plan(with);
    if (is_spiced) plan = spiced(std::move(plan));
    const Instant least = EveryLegalSchedule(plan).least(plan.start + kHorizon);
    if (least == kNever) return;
    RC_LOG("least " + std::to_string((least - plan.start).count()));
    const auto falsely = [&](const check::BoundClaim& claim) {
      if (!is_verified(plan, claim)) {
        ++num_rejected;
        return false;
      }
      return claim.finish > least;
    };
    for (int finish = 1; finish <= 15; ++finish) {
      check::BoundClaim claim{.finish = plan.start + Elapsed{finish}};
      RC_ASSERT(!falsely(claim));
      if (is_verified(plan, claim)) ++num_paths;
      claim.kind = check::BoundClaim::Kind::resource_load;
      for (TaskId task : plan.tasks.ids()) claim.tasks.push_back(task);
      if (one_in(2)) claim.tasks.pop_back();
      for (std::size_t resource = 0; resource < 4; ++resource) {
        claim.resource = ResourceId{resource};
        const int from = number(0, 3);
        claim.during = {plan.start + Elapsed{from},
                        plan.start + Elapsed{from + number(1, finish + 2)}};
        RC_ASSERT(!falsely(claim));
        if (is_verified(plan, claim)) ++num_loads;
      }
      claim.kind = check::BoundClaim::Kind::packing;
      for (int limit = 1; limit <= 3; ++limit) {
        claim.limit = limit;
        claim.weights.clear();
        for (std::size_t i = 0; i < claim.tasks.size(); ++i)
          claim.weights.push_back(number(1, limit + 1));
        claim.during = {plan.start, plan.start + Elapsed{finish - 1}};
        RC_ASSERT(!falsely(claim));
        if (is_verified(plan, claim)) ++num_packings;
      }
    }
  });
  EXPECT_GT(num_paths, cases);
  EXPECT_GT(num_loads, cases / 10);
  EXPECT_GT(num_packings, cases / 10);
  EXPECT_GT(num_rejected, cases);
}

TEST(Levelling, a_verified_bound_is_no_later_than_the_best_schedule_there_is) {
  no_verified_bound_is_false(
      {.most_tasks = 3, .longest = 4, .has_skills = false, .has_modes = false}, 6'000, false);
}

TEST(Levelling, a_verified_bound_of_an_odd_plan_is_no_later_than_the_best_schedule_there_is) {
  no_verified_bound_is_false({.most_tasks = 3, .longest = 4, .has_skills = false}, 4'000, true);
}

TEST(Levelling, the_same_seed_threads_and_steps_give_the_same_schedule) {
  holds(200, [] {
    const Plan plan = random_plan({});
    for (const int threads : {1, 2}) {
      Request request;
      request.threads = threads;
      request.limits.steps = 30'000;
      const Answer first = solve(plan, {}, request);
      const Answer second = solve(plan, {}, request);
      RC_ASSERT(first.finish == second.finish);
      for (TaskId task : plan.tasks.ids()) {
        RC_ASSERT(first.schedule.placements[task].start == second.schedule.placements[task].start);
        RC_ASSERT(first.schedule.placements[task].mode == second.schedule.placements[task].mode);
      }
    }
  });
}

}  // namespace
}  // namespace diaodu::solve
