#include "diaodu/core/budget.h"

#include <algorithm>

namespace diaodu {

Budget::Budget(Limits limits) : limits_(limits), begin_(Clock::now()) {
  is_spent_ = limits_.steps <= 0 || limits_.seconds <= 0;
}

void Budget::spend(std::int64_t steps) {
  steps_ += steps;
  if (steps_ >= limits_.steps) is_spent_ = true;
  if (steps_ < next_look_ || is_spent_) return;

  const double now = seconds();
  if (now >= limits_.seconds) is_spent_ = true;
  if (limits_.cancel != nullptr && limits_.cancel->load(std::memory_order_relaxed))
    is_spent_ = true;

  // Look about every millisecond: often enough to obey, too seldom to cost.
  constexpr double kBetweenLooks = 1e-3;
  const double since_last = now - last_look_seconds_;
  stride_ = since_last < kBetweenLooks ? stride_ * 2 : std::max<std::int64_t>(1, stride_ / 2);
  last_look_seconds_ = now;
  next_look_ = steps_ + stride_;
}

double Budget::share() const {
  const double of_steps =
      static_cast<double>(steps_) / static_cast<double>(std::max<std::int64_t>(1, limits_.steps));
  return std::max(of_steps, is_timed() ? seconds() / limits_.seconds : 0.0);
}

double Budget::seconds() const {
  return std::chrono::duration<double>(Clock::now() - begin_).count();
}

}  // namespace diaodu
