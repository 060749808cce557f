#include <gtest/gtest.h>

#include <algorithm>

#include "diaodu/solve/clash.h"
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
class EveryStart {
 public:
  EveryStart(const Problem& problem, Time horizon)
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
    const Time least = EveryStart(problem, horizon).least();
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

TEST(Kernel, with_largest_lags_and_latest_starts_it_finds_and_proves_what_trying_everything_finds) {
  agrees_with_trying_everything({.most_tasks = 5}, 12, 10000);
}

/// The problem where nobody but these tasks needs anything.
Problem with_needs_of(const Problem& problem, const std::vector<std::uint32_t>& tasks) {
  Problem rest = problem;
  rest.demands.clear();
  for (std::uint32_t task = 0; task < problem.size(); ++task) {
    rest.first_demand[task] = static_cast<std::uint32_t>(rest.demands.size());
    if (std::find(tasks.begin(), tasks.end(), task) == tasks.end()) continue;
    const auto demands = problem.demands_of(task);
    rest.demands.insert(rest.demands.end(), demands.begin(), demands.end());
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
    RC_ASSERT(!has_schedule(with_needs_of(problem, clash.tasks)));
    for (const std::uint32_t task : clash.tasks) {
      std::vector<std::uint32_t> others = clash.tasks;
      others.erase(std::find(others.begin(), others.end(), task));
      RC_ASSERT(has_schedule(with_needs_of(problem, others)));
    }
    if (!clash.tasks.empty()) ++num_clashes;
  });
  EXPECT_GT(num_clashes, 100);
}

}  // namespace
}  // namespace diaodu::solve
