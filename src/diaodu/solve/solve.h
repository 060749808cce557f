#pragma once

#include <functional>

#include "diaodu/core/budget.h"
#include "diaodu/plan/sources.h"
#include "diaodu/solve/answer.h"
#include "diaodu/solve/proof_log.h"

namespace diaodu::solve {

struct Request {
  /// Node placements that a search spends at most, if nobody says otherwise: a few seconds.
  static constexpr std::int64_t kUsualSteps = 3'000'000;

  bool with_resources = true;  ///< false: the critical path alone
  std::uint64_t seed = 1;
  int threads = 1;
  Budget::Limits limits{.steps = kUsualSteps};
  std::vector<Objective> objectives;  ///< in place of the plan's; empty: those
  /// What stability is measured against; where nothing says where it counts, it counts last.
  Baseline baseline;
  std::size_t num_float_paths = 5;
  std::function<void(const Improvement&)> on_progress;  ///< called now and then while searching
  /// Where the search tells its proof, step by step; then bounds that it finds are those of the log, and it goes
  /// on until the log proves what the answer says, or the budget is spent.
  ProofLog* proof = nullptr;
};

/// Says when each task is done, how good that is, and why: critical path, levelling, proof, reasons.
/// The plan must be valid (no errors in its findings).  `check` has judged every levelled schedule that
/// comes out of here.  The same plan, seed, threads and steps give the same answer.
Answer solve(const Plan& plan, const Sources& sources, const Request& request);

}  // namespace diaodu::solve
