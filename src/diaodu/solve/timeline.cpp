#include "diaodu/solve/timeline.h"

#include <algorithm>
#include <cassert>

namespace diaodu::solve {

std::size_t Timeline::step_at(Instant instant) const {
  std::size_t low = 0;
  std::size_t count = steps_.size();
  while (count > 1) {  // without branches that the processor has to guess
    const std::size_t half = count / 2;
    low = steps_[low + half].from <= instant ? low + half : low;
    count -= half;
  }
  return low;
}

std::optional<Interval> Timeline::last_conflict(Instant from, Instant to, Amount amount) const {
  std::size_t step = step_at(to - Elapsed{1});
  while (true) {
    if (steps_[step].amount < amount) return Interval{steps_[step].from, end_of(step)};
    if (steps_[step].from <= from || step == 0) return {};
    --step;
  }
}

std::optional<Interval> Timeline::first_conflict(Instant from, Instant to, Amount amount) const {
  for (std::size_t step = step_at(from); step < steps_.size() && steps_[step].from < to; ++step) {
    if (steps_[step].amount < amount) return Interval{steps_[step].from, end_of(step)};
  }
  return {};
}

Amount Timeline::least_free(Instant from, Instant to) const {
  std::size_t step = step_at(from);
  Amount least = steps_[step].amount;
  for (++step; step < steps_.size() && steps_[step].from < to; ++step) {
    least = std::min(least, steps_[step].amount);
  }
  return least;
}

std::size_t Timeline::split(Instant instant) {
  const std::size_t step = step_at(instant);
  if (steps_[step].from == instant) return step;
  steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(step) + 1,
                {instant, steps_[step].amount});
  return step + 1;
}

void Timeline::take(Instant from, Instant to, Amount amount) {
  if (to <= from) return;
  const std::size_t first = split(from);
  const std::size_t last = split(to);
  for (std::size_t step = first; step < last; ++step) steps_[step].amount -= amount;
}

}  // namespace diaodu::solve
