#include <gtest/gtest.h>

#include <algorithm>

#include "diaodu/solve/clash.h"
#include "diaodu/solve/evolve.h"
#include "diaodu/solve/kernel.h"
#include "solve/random_problem.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

using Time = Problem::Time;

bool is_legal(const Problem& problem, const std::vector<Time>& start) {
  Time end = 0;
  for (std::size_t task = 0; task < problem.size(); ++task) {
    if (start[task] < problem.earliest[task] || start[task] > problem.latest[task]) return false;
    end = std::max(end, start[task] + problem.duration[task]);
  }
  for (const auto& arc : problem.precedences) {
    if (start[arc.to] < start[arc.from] + arc.gap) return false;
  }
  for (std::uint32_t resource = 0; resource < problem.capacity.size(); ++resource) {
    for (Time at = 0; at < end; ++at) {
      std::int32_t used = 0;
      for (std::size_t task = 0; task < problem.size(); ++task) {
        if (start[task] > at || at >= start[task] + problem.duration[task]) continue;
        for (const auto& demand : problem.demands_of(task))
          used += demand.resource == resource ? demand.amount : 0;
      }
      for (const auto& block : problem.blocks) {
        if (used > 0 && block.resource == resource && block.from <= at && at < block.to)
          used += block.amount;
      }
      if (used > problem.capacity[resource]) return false;
    }
  }
  return true;
}

/// The slow twin: every combination of starts that ends by `horizon`.
class EveryStartOfProblem {
 public:
  EveryStartOfProblem(const Problem& problem, Time horizon)
      : problem_(problem), least_(horizon + 1), start_(problem.size()) {}

  /// The least makespan; horizon + 1 if there is none.
  Time least() {
    extend(0);
    return least_;
  }

 private:
  void extend(std::size_t task) {
    if (task == problem_.size()) {
      Time end = 0;
      for (std::size_t i = 0; i < task; ++i) end = std::max(end, start_[i] + problem_.duration[i]);
      if (end < least_ && is_legal(problem_, start_)) least_ = end;
      return;
    }
    for (Time at = problem_.earliest[task];
         at <= problem_.latest[task] && at + problem_.duration[task] < least_; ++at) {
      start_[task] = at;
      bool holds = true;
      for (const auto& arc : problem_.precedences) {
        if (std::max(arc.from, arc.to) > task) continue;
        holds = holds && start_[arc.to] >= start_[arc.from] + arc.gap;
      }
      if (holds) extend(task + 1);
    }
  }

  const Problem& problem_;
  Time least_;
  std::vector<Time> start_;
};

void agrees_with_trying_everything(const ProblemIngredients& with, Time horizon, int cases) {
  int num_feasible = 0;
  int num_infeasible = 0;
  holds(cases, [&] {
    const Problem problem = random_problem(with);
    RC_LOG(drawing(problem));
    Kernel kernel(problem, 1, 1);
    for (int round = 0; round < 200 && !kernel.is_done(); ++round) kernel.run({.steps = 2000});
    RC_ASSERT(kernel.is_done());
    if (!kernel.starts().empty()) {
      RC_ASSERT(is_legal(problem, kernel.starts()));
      RC_ASSERT(kernel.bound() == kernel.makespan());
      if (kernel.makespan() > horizon) return;
    }
    const Time least = EveryStartOfProblem(problem, horizon).least();
    RC_ASSERT(kernel.is_infeasible() == kernel.starts().empty());
    if (kernel.is_infeasible()) {
      ++num_infeasible;
      RC_ASSERT(least == horizon + 1);
    } else {
      ++num_feasible;
      RC_ASSERT(kernel.makespan() == least);
    }
  });
  EXPECT_GT(num_feasible, cases / 5);
  if (with.has_max_lags) {
    EXPECT_GT(num_infeasible, cases / 100);
  }
}

TEST(Kernel, with_links_alone_it_finds_and_proves_what_trying_everything_finds) {
  agrees_with_trying_everything(
      {.most_tasks = 5, .has_max_lags = false, .has_limits = false, .has_blocks = false}, 12,
      10000);
}

TEST(Kernel, with_blocked_capacity_it_finds_and_proves_what_trying_everything_finds) {
  agrees_with_trying_everything({.most_tasks = 5, .has_max_lags = false, .has_limits = false}, 12,
                                10000);
}

TEST(Kernel, with_latest_starts_it_finds_and_proves_what_trying_everything_finds) {
  agrees_with_trying_everything({.most_tasks = 5, .has_max_lags = false}, 12, 10000);
}

TEST(Kernel, with_largest_lags_and_latest_starts_it_finds_and_proves_what_trying_everything_finds) {
  agrees_with_trying_everything({.most_tasks = 5}, 12, 10000);
}

TEST(Evolver, with_leads_and_latest_starts_it_finds_by_itself_what_trying_everything_finds) {
  constexpr Time kHorizon = 12;
  int num_feasible = 0;
  int num_best = 0;
  holds(3000, [&] {
    const Problem problem = random_problem({.most_tasks = 5, .has_max_lags = false});
    RC_LOG(drawing(problem));
    RC_ASSERT(Evolver::suits(problem));
    Evolver evolver(problem, RandomStream(1));
    evolver.run(1000, 0, [] { return false; });
    const bool has_found = evolver.makespan() < Problem::kNoLimit;
    RC_ASSERT(!has_found || is_legal(problem, evolver.starts()));
    const Time least = EveryStartOfProblem(problem, kHorizon).least();
    RC_ASSERT(evolver.makespan() >= least);
    if (least > kHorizon) return;
    ++num_feasible;
    num_best += evolver.makespan() == least ? 1 : 0;
  });
  EXPECT_GT(num_feasible, 1000);
  EXPECT_GT(num_best, num_feasible * 99 / 100);
}

/// Many tasks of which two or three fit in at once: the bound is near, and the proof long.
Problem random_tight_problem() {
  Problem problem;
  problem.capacity = {10, 10};
  problem.first_demand.push_back(0);
  const int num_tasks = number(10, 15);
  for (std::uint32_t task = 0; task < static_cast<std::uint32_t>(num_tasks); ++task) {
    problem.duration.push_back(number(3, 13));
    problem.earliest.push_back(0);
    problem.latest.push_back(Problem::kNoLimit);
    problem.along.push_back(task);
    for (const std::uint32_t resource : {0U, 1U})
      problem.demands.push_back({resource, number(2, 7)});
    problem.first_demand.push_back(static_cast<std::uint32_t>(problem.demands.size()));
    if (task == 0 || !one_in(3)) continue;
    const auto from = static_cast<std::uint32_t>(number(0, static_cast<int>(task)));
    problem.precedences.push_back({from, task, problem.duration[from]});
  }
  lay_out(problem);
  return problem;
}

/// Rounds so short that the bound comes near long before the end.
TEST(Evolver, a_latest_start_that_nothing_breaks_changes_nothing) {
  holds(200, [] {
    const Problem problem = random_tight_problem();
    RC_LOG(drawing(problem));
    Problem limited = problem;
    limited.latest.back() = 1000;
    limited.has_limits = true;
    Evolver with(limited, RandomStream(1));
    Evolver without(problem, RandomStream(1));
    for (Evolver* each : {&with, &without}) each->run(20'000, 0, [] { return false; });
    RC_ASSERT(with.makespan() == without.makespan());
    RC_ASSERT(with.starts() == without.starts());
  });
}

TEST(Kernel, near_the_bound_all_threads_prove_and_come_to_what_one_finds) {
  int num_near = 0;
  int num_done = 0;  // of these
  holds(300, [&num_near, &num_done] {
    const Problem problem = random_tight_problem();
    RC_LOG(drawing(problem));
    Kernel alone(problem, 1, 1);
    for (int round = 0; round < 10 && !alone.is_done(); ++round) alone.run({.steps = 20'000});
    Kernel together(problem, number(1, 4), 1);
    for (int round = 0; round < 400 && !together.is_done(); ++round) together.run({.steps = 100});
    RC_ASSERT(is_legal(problem, together.starts()));
    RC_ASSERT(together.bound() <= alone.makespan());
    RC_ASSERT(alone.bound() <= together.makespan());
    num_near += together.is_near() ? 1 : 0;
    num_done += together.is_near() && together.is_done() ? 1 : 0;
  });
  EXPECT_GT(num_near, 20);
  EXPECT_GT(num_done, 5);
}

TEST(Kernel, provers_that_tell_each_other_what_they_learn_come_to_what_one_proves_alone) {
  std::size_t num_lessons = 0;
  holds(3000, [&num_lessons] {
    const Problem problem = random_problem({.most_tasks = 14});
    RC_LOG(drawing(problem));
    const Time horizon = horizon_of(problem);
    const auto never = [] { return false; };
    Prover alone(problem, horizon, Prover::Aim::lowest_end);
    while (!alone.is_done()) alone.run(100'000, never);
    Prover from_below(problem, horizon, Prover::Aim::lowest_end);
    Prover from_above(problem, horizon, Prover::Aim::better_end);
    from_below.keep_lessons();
    from_above.keep_lessons();
    while (!from_below.is_done() && !from_above.is_done()) {
      const Time best_until_now = from_above.makespan();
      from_below.run(30, never);
      from_above.run(30, never);
      RC_ASSERT(from_above.makespan() <= best_until_now);
      for (const auto& [teacher, student] :
           {std::pair{&from_below, &from_above}, std::pair{&from_above, &from_below}}) {
        if (!teacher->starts().empty()) student->learn(teacher->makespan(), teacher->starts());
        const std::vector<Prover::Lesson> lessons = teacher->take_lessons();
        num_lessons += lessons.size();
        student->learn(lessons);
      }
    }
    const Prover& first = from_below.is_done() ? from_below : from_above;
    RC_ASSERT(first.makespan() == alone.makespan());
    RC_ASSERT(first.bound() == alone.bound());
  });
  EXPECT_GT(num_lessons, 1000U);
}

TEST(Kernel, provers_that_wander_go_another_way_to_the_same_end) {
  int num_ways = 0;  // that are long enough to differ
  int num_other_ways = 0;
  holds(100, [&num_ways, &num_other_ways] {
    const Problem problem = random_tight_problem();
    RC_LOG(drawing(problem));
    const auto never = [] { return false; };
    Prover one(problem, horizon_of(problem), Prover::Aim::better_end, RandomStream{1});
    Prover other(problem, horizon_of(problem), Prover::Aim::better_end, RandomStream{2});
    other.wander();
    one.run(200'000, never);
    other.run(200'000, never);
    if (one.conflicts() > 20) ++num_ways;
    if (one.conflicts() > 20 && one.conflicts() != other.conflicts()) ++num_other_ways;
    if (one.is_done() && other.is_done()) RC_ASSERT(one.makespan() == other.makespan());
  });
  EXPECT_GT(num_ways, 10);
  EXPECT_GT(4 * num_other_ways, 3 * num_ways);
}

bool has(const std::vector<std::uint32_t>& numbers, std::uint32_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

/// The problem where nobody but these tasks needs anything, and nothing but these resources.
Problem with_needs_of(const Problem& problem, const std::vector<std::uint32_t>& tasks,
                      const std::vector<std::uint32_t>& resources) {
  Problem rest = problem;
  rest.demands.clear();
  for (std::uint32_t task = 0; task < problem.size(); ++task) {
    rest.first_demand[task] = static_cast<std::uint32_t>(rest.demands.size());
    if (!has(tasks, task)) continue;
    for (const Problem::Demand& demand : problem.demands_of(task)) {
      if (has(resources, demand.resource)) rest.demands.push_back(demand);
    }
  }
  rest.first_demand.back() = static_cast<std::uint32_t>(rest.demands.size());
  return rest;
}

bool has_schedule(const Problem& problem) {
  Kernel kernel(problem, 1, 1);
  for (int round = 0; round < 200 && !kernel.is_done(); ++round) kernel.run({.steps = 2000});
  RC_ASSERT(kernel.is_done());
  return !kernel.is_infeasible();
}

TEST(Kernel, tasks_that_clash_cannot_be_done_and_without_any_one_of_them_all_others_can) {
  int num_clashes = 0;
  holds(20000, [&num_clashes] {
    const Problem problem = random_problem({.most_tasks = 6});
    RC_LOG(drawing(problem));
    if (has_schedule(problem)) return;
    const Clash clash = find_clash(problem, 1'000'000);
    RC_ASSERT(!has_schedule(with_needs_of(problem, clash.tasks, clash.resources)));
    for (const std::uint32_t task : clash.tasks) {
      std::vector<std::uint32_t> others = clash.tasks;
      others.erase(std::find(others.begin(), others.end(), task));
      RC_ASSERT(has_schedule(with_needs_of(problem, others, clash.resources)));
    }
    if (!clash.tasks.empty()) ++num_clashes;
  });
  EXPECT_GT(num_clashes, 100);
}

}  // namespace
}  // namespace diaodu::solve
