#pragma once

#include <cstdint>
#include <optional>

#include "diaodu/core/text.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

/// A node of the indicator tree: what is wanted of an indicator in the year that ends at `by`, and how that
/// is scored.  A node without children and figures of its own may score another one's (`of`).
struct Target {
  enum class Direction : std::uint8_t { more_is_better, less_is_better };

  /// What a year makes of its months.
  enum class Accrual : std::uint8_t {
    sum,   ///< output, sales, revenue
    mean,  ///< an index, a concentration
    last,  ///< what stands at the end: loans, people
  };

  /// What base and goal speak of.
  enum class Measure : std::uint8_t {
    level,   ///< the year's value, in `unit`
    growth,  ///< the year on the year before, on a comparable base, in percent
  };

  /// How the value of a node without figures of its own follows from its children's.
  enum class RollUp : std::uint8_t {
    none,    ///< it has no value, only a score
    sum,     ///< levels add; their growth is weighted by what each was in the base year
    growth,  ///< growths weighted by `share`
    mean,    ///< values weighted by `weight`
  };

  /// What a value is worth, in points of 100.
  enum class Rule : std::uint8_t {
    none,
    threshold,  ///< 100 where the goal is reached, else 0
    proportional,  ///< 100 * value / goal, at most `cap`; where less is better 100 * (2 - value / goal)
    efficacy,      ///< 60 + 40 * (value - low) / (high - low), within 0 ... 100
    rank,          ///< among its peers: the best 100, each rank down `step` less
    per_point,  ///< 100 + `step` a unit beyond the reference, at most `cap` more or less
  };

  Text id;
  Text name;
  Text name_zh;
  Text unit;
  Text side;  ///< of the accounts: production, expenditure, income
  TargetId parent;
  TargetId of;        ///< whose value is scored; none: its own
  double weight = 1;  ///< of its score within its parent's
  std::optional<double> base;
  std::optional<double> goal;
  std::optional<double> share;  ///< of its parent's base-year value, for `RollUp::growth`
  std::optional<double> low;    ///< for `efficacy`; none: the base
  std::optional<double> high;   ///< for `efficacy`; none: the goal
  std::optional<double> step;   ///< for `rank` (5) and `per_point` (1)
  std::optional<double> cap;    ///< for `proportional` (100) and `per_point` (20)
  /// What a unit of effort adds to what is still to come of the year: percent of a level, points of a growth.
  std::optional<double> effort_gain;
  Instant by = kNever;
  Direction direction = Direction::more_is_better;
  Accrual accrual = Accrual::sum;
  Measure measure = Measure::level;
  RollUp roll_up = RollUp::none;
  Rule rule = Rule::none;
  bool is_veto = false;  ///< where it scores less than 100, its parent scores 0
};

/// Another city, firm or team that an indicator is ranked with.  Its figures are recorded as those of
/// `target@id`.
struct Peer {
  TargetId target;
  Text id;
  Text name;
  Text name_zh;
};

/// What a finished task adds to an indicator: a plant that starts to produce.
struct Effect {
  TaskId task;
  TargetId target;
  double amount = 0;  ///< added to each month's level after the task's finish, in the target's unit
  int ramp = 0;       ///< months in which it grows evenly to that
};

}  // namespace diaodu
