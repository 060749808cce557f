#pragma once

#include <cstdint>
#include <istream>
#include <string>

#include "diaodu/check/proof_problem.h"
#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"

namespace diaodu::check {

/// What a proof log proves.
struct ProofVerdict {
  bool holds = false;          ///< the log proves what its last line says
  bool is_infeasible = false;  ///< that there is no schedule; else, that none ends before `bound`
  std::int64_t bound = 0;      ///< in units of the log
  std::int64_t minutes = 1;    ///< worked, in one unit
  std::int64_t num_clauses = 0;
  std::int64_t num_rules = 0;
  bool is_of_plan = false;  ///< and it proves it of the plan: no schedule finishes before `finish`
  Instant finish;
};

/// Replays a proof log (`docs/proof_format.md`) step by step, knowing no solver.  What is wrong with it is a
/// finding in `file`; then `holds` is false.  Takes time proportional to the rules named in the log and the tasks
/// that share a resource, and memory for the clauses that live at once.
ProofVerdict check_proof(std::istream& log, const std::string& file, Findings& findings);

/// Likewise, and compares the log's problem with the plan's tables: does it demand no more than they do?  Where
/// the plan has what the comparison does not know (tasks on several calendars, a choice of modes, progress,
/// mandatory dates, optional tasks), a note says so.
ProofVerdict check_proof(std::istream& log, const std::string& file, const Plan& plan,
                         Findings& findings);

/// Is every schedule of the plan, rounded down to the unit, one of the problem?
Tie tie(const ProofProblem& problem, const ProofLines& lines, const Plan& plan);

}  // namespace diaodu::check
