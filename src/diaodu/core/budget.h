#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>

namespace diaodu {

/// How much effort a search may spend: steps first, so that a run repeats exactly; seconds and a
/// cancel flag for people who wait.  The only place in the library that reads a clock.
class Budget {
 public:
  struct Limits {
    std::int64_t steps = std::numeric_limits<std::int64_t>::max();
    double seconds = std::numeric_limits<double>::infinity();
    const std::atomic<bool>* cancel = nullptr;  ///< outlives the budget
  };

  Budget() : Budget(Limits{}) {}
  explicit Budget(Limits limits);

  /// Books effort.  Cheap: the clock is read only now and then.
  void spend(std::int64_t steps);

  /// True from the moment any limit is reached, and ever after.
  bool is_spent() const { return is_spent_; }

  /// True where the clock ends it, so that no run repeats exactly anyway.
  bool is_timed() const {
    return limits_.steps == std::numeric_limits<std::int64_t>::max() &&
           limits_.seconds < std::numeric_limits<double>::infinity();
  }
  double seconds_left() const { return limits_.seconds - seconds(); }
  /// How much of it is spent, of 1.
  double share() const;

  std::int64_t steps() const { return steps_; }
  double seconds() const;  ///< since the budget was made

 private:
  using Clock = std::chrono::steady_clock;

  Limits limits_;
  Clock::time_point begin_;
  std::int64_t steps_ = 0;
  std::int64_t next_look_ = 0;  // at the clock and the cancel flag
  std::int64_t stride_ = 1;
  double last_look_seconds_ = 0;
  bool is_spent_ = false;
};

}  // namespace diaodu
