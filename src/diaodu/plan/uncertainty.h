#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/core/quantity.h"
#include "diaodu/core/text.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

/// What a quantity may turn out to be.  A value is a share of what is planned (`is_relative`; 1 = as
/// planned) or an amount in minutes or cents.  `forecast::problem_of` says what is wrong with one,
/// `forecast::Law` what it amounts to.
struct Distribution {
  enum class Shape : std::uint8_t {
    fixed,       ///< always `likely`
    triangular,  ///< low, likely, high
    pert,        ///< low, likely, high: a beta whose mean is (low + 4 likely + high) / 6
    uniform,     ///< low, high
    normal,      ///< low, high: mean in the middle
    lognormal,   ///< low, high and, unless it is 0, likely: its logarithm is normal
    discrete,    ///< one of `points`
    empirical,   ///< between `points`, which were observed
  };
  struct Point {
    double value = 0;
    double weight = 1;  ///< in any unit; only their ratios count
  };

  Shape shape = Shape::fixed;
  double low = 0;
  double likely = 0;  ///< the mode
  double high = 0;
  bool is_relative = false;
  /// `low` and `high` are P10 and P90.  Otherwise they are the least and the greatest value; of a normal
  /// or a log-normal, which have none, the values three standard deviations from the middle.
  bool ends_are_percentiles = false;
  std::vector<Point> points;  ///< in any order
};

/// One of a few values, each with its weight, rather than a range with ends.
constexpr bool is_of_points(Distribution::Shape shape) {
  return shape == Distribution::Shape::discrete || shape == Distribution::Shape::empirical;
}

/// How sure a quantity of some tasks is.  A summary stands for all tasks below it; with a resource,
/// only those of them that demand it are meant; with neither, every task.
struct Uncertainty {
  enum class Of : std::uint8_t { duration, cost, rate };

  TaskId task;
  ResourceId resource;
  ModeId mode;  ///< only in this mode
  Of of = Of::duration;
  Distribution distribution;
  Text factor;         ///< what moves this quantity and others together; empty: nothing
  double loading = 0;  ///< -1 ... 1: the correlation with the factor
};

/// How the ranks of two tasks, of two factors, or of one of each go together.
struct Correlation {
  Text a;  ///< id of a task, else name of a factor
  Text b;
  double value = 0;  ///< -1 ... 1
};

/// What the weather takes from a calendar in that month of each year.
struct Weather {
  CalendarId calendar;
  int month = 1;      ///< 1 ... 12
  Distribution days;  ///< working days lost, in days
};

/// Of the tasks of a group exactly one is done; where the probabilities sum to less than 1, perhaps
/// none.
struct Branch {
  Text group;
  TaskId task;
  double probability = 0;  ///< 0 ... 1
};

/// Something that may happen, to all of its tasks at once.
struct Risk {
  Text id;
  Text name;
  Text name_zh;
  std::vector<TaskId> tasks;  ///< a summary stands for all tasks below it
  double probability = 0;     ///< 0 ... 1
  /// What is added to the duration of each task: working minutes, or a share of the duration.
  Distribution impact;
  /// What is added to the cost of the plan, once.
  Distribution cost_impact;
  std::optional<double> mitigated_probability;  ///< when something is done about it
  Money mitigation_cost;                        ///< what doing so costs
};

/// How many trials are kept at most.
inline constexpr std::int64_t kMostTrials = 10'000'000;

/// How trials are made and read.
struct RiskOptions {
  Distribution::Shape shape = Distribution::Shape::triangular;  ///< of estimates; or `pert`
  std::int64_t trials = 10'000;                                 ///< 1 to `kMostTrials`
  double confidence = 0.8;                                      ///< of the dates that are promised

  friend bool operator==(const RiskOptions&, const RiskOptions&) = default;
};

}  // namespace diaodu
