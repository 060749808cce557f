#pragma once

#include <sstream>
#include <string>

#include "diaodu/solve/problem.h"
#include "support/property.h"

namespace diaodu::solve {

/// What a random problem may hold.
struct ProblemIngredients {
  int most_tasks = 6;
  bool has_max_lags = true;
  bool has_limits = true;
  bool has_blocks = true;
};

inline Problem random_problem(const ProblemIngredients& with) {
  Problem problem;
  const int num_resources = number(1, 4);
  for (int resource = 0; resource < num_resources; ++resource)
    problem.capacity.push_back(number(1, 5));
  const int num_tasks = number(1, with.most_tasks + 1);
  problem.first_demand.push_back(0);
  for (int task = 0; task < num_tasks; ++task) {
    problem.duration.push_back(number(0, 5));
    problem.earliest.push_back(one_in(4) ? number(0, 6) : 0);
    problem.latest.push_back(with.has_limits && one_in(6) ? number(2, 12) : Problem::kNoLimit);
    problem.has_limits = problem.has_limits || problem.latest.back() != Problem::kNoLimit;
    problem.along.push_back(static_cast<std::uint32_t>(task));
    for (int resource = 0; resource < num_resources; ++resource) {
      if (one_in(3)) continue;
      const int most = problem.capacity[static_cast<std::size_t>(resource)];
      problem.demands.push_back({static_cast<std::uint32_t>(resource), number(1, most + 1)});
    }
    problem.first_demand.push_back(static_cast<std::uint32_t>(problem.demands.size()));
  }
  for (int to = 1; to < num_tasks; ++to) {
    if (one_in(2)) continue;
    const auto from = static_cast<std::uint32_t>(number(0, to));
    const Problem::Time gap = one_in(3) ? number(-3, 7) : problem.duration[from];
    problem.precedences.push_back({from, static_cast<std::uint32_t>(to), gap});
    if (!with.has_max_lags || !one_in(3)) continue;
    problem.precedences.push_back({static_cast<std::uint32_t>(to), from, -(gap + number(0, 4))});
    problem.has_circles = true;
  }
  if (with.has_blocks && one_in(3)) {
    const Problem::Time from = number(0, 8);
    problem.blocks.push_back({0, from, from + number(1, 4), number(1, problem.capacity[0] + 1)});
  }
  lay_out(problem);
  return problem;
}

/// For whoever looks at a failure.
inline std::string drawing(const Problem& problem) {
  std::ostringstream out;
  for (std::size_t task = 0; task < problem.size(); ++task) {
    out << task << ": " << problem.duration[task] << " in " << problem.earliest[task] << ".."
        << problem.latest[task];
    for (const auto& demand : problem.demands_of(task))
      out << " r" << demand.resource << "x" << demand.amount;
    out << "\n";
  }
  for (const auto& arc : problem.precedences)
    out << arc.from << " -> " << arc.to << " gap " << arc.gap << "\n";
  for (const auto capacity : problem.capacity) out << "capacity " << capacity << "\n";
  for (const auto& block : problem.blocks) {
    out << "r" << block.resource << " less " << block.amount << " in " << block.from << ".."
        << block.to << "\n";
  }
  return out.str();
}

}  // namespace diaodu::solve
