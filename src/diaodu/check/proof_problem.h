#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"

namespace diaodu::check {

/// What a proof log says of the plan, in whole numbers (`docs/proof_format.md`):
///
///   start[to] >= start[from] + gap                   for every link
///   earliest[v] <= start[v] <= latest[v]
///   demands in progress at t + blocks there <= capacity        for every resource, at every t
///   end >= start[v] + duration[v]
struct ProofProblem {
  using Time = std::int64_t;
  /// Times and amounts in a log are smaller: sums of two never overflow.
  static constexpr std::int64_t kMost = std::int64_t{1} << 30;

  enum class Role : std::uint8_t {
    task,
    gate,  ///< where a summary begins
    end,   ///< where a summary ends
  };
  struct Variable {
    Role role = Role::task;
    std::uint32_t row = 0;  ///< of the plan's tasks, from 1; 0: of no plan
    Time duration = 0;
    Time earliest = 0;
    Time latest = kMost;
  };
  struct Link {
    std::uint32_t from;
    std::uint32_t to;
    Time gap;
  };
  struct Resource {
    std::uint32_t row = 0;  ///< of the plan's resources, from 1
    std::int64_t capacity = 0;
    std::int64_t measure = 1;  ///< the amount that counts as 1
  };
  struct Demand {
    std::uint32_t variable;
    std::uint32_t resource;
    std::int64_t amount;
  };
  /// So much of a resource is not there in `[from, to)`.
  struct Block {
    std::uint32_t resource;
    Time from;
    Time to;
    std::int64_t amount;
  };

  std::int64_t minutes = 1;  ///< worked, in one unit of time
  std::vector<Variable> variables;
  std::vector<Link> links;
  std::vector<Resource> resources;
  std::vector<Demand> demands;
  std::vector<Block> blocks;

  /// If there is a schedule at all, one ends by then: after the last date and the last block whatever is
  /// idle can be cut out, so that no more time passes than is worked or waited.
  Time horizon() const;
};

/// How a log's problem stands to a plan.
struct Tie {
  enum class Kind : std::uint8_t {
    holds,       ///< every schedule of the plan is one of the problem
    too_strict,  ///< some line demands more than the plan does
    unknown,     ///< the plan has what the comparison does not know
  };
  /// The plan's other side of `unknown`.
  enum class Obstacle : std::uint8_t {
    calendars,
    modes,
    progress,
    mandatory_dates,
    optional_tasks
  };
  Kind kind = Kind::holds;
  Obstacle obstacle = Obstacle::calendars;
  int line = 0;       ///< of the log, where it is too strict
  Instant origin;     ///< time 0
  Calendar calendar;  ///< whose minutes count
};

/// Where each line of the problem stands in the log.
struct ProofLines {
  std::vector<int> variables;
  std::vector<int> links;
  std::vector<int> resources;
  std::vector<int> demands;
};

}  // namespace diaodu::check
