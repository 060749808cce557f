#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "diaodu/core/budget.h"
#include "diaodu/solve/answer.h"
#include "diaodu/solve/generate.h"
#include "diaodu/solve/proof_log.h"

namespace diaodu::solve {

/// What the search for a schedule came to.
struct Levelling {
  Cost cost;  ///< on the model's axis
  Genes genes;
  LowerBound bound;  ///< of the finish, whatever else is wanted
  /// Of each objective, in their order and on the model's axis: no schedule that breaks nothing and is as good as
  /// this one on the objectives before it has less.
  Cost::Values bounds = kNothing;
  std::vector<Improvement> log;
  double seconds_to_best = 0;
  bool is_infeasible = false;  ///< proven: there is no schedule
  /// Then tasks that cannot all be done in any order, and the resources (of the model) that they clash over;
  /// empty if these could not be told apart.
  std::vector<Node> clashing_tasks;
  std::vector<std::uint32_t> clashing_resources;

  bool is_found() const { return cost.finish != kNever; }
};

struct LevelRequest {
  std::uint64_t seed = 1;
  int threads = 1;
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(const Improvement&)> on_progress;  ///< after every round, better or not
  ProofLog* proof = nullptr;                            ///< where the kernel tells what it proves
};

/// From so many nodes on, nothing is proven by search.
bool is_too_large_to_prove(const Model& model);

/// Searches for a good schedule and a bound until they meet or the budget is spent; at least one schedule
/// is always made.  Threads search side by side in rounds of equal steps and share the best between
/// some of them, so that the same seed, threads and steps give the same schedule.
Levelling level(const Model& model, const LevelRequest& request, Budget& budget);

}  // namespace diaodu::solve
