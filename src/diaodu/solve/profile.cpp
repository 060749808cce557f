#include "diaodu/solve/profile.h"

#include <algorithm>

namespace diaodu::solve {

void Profile::add(Time from, Time to, std::int32_t amount) {
  const std::size_t first = begin_step(from);
  const std::size_t last = begin_step(to);
  for (std::size_t step = first; step < last; ++step) steps_[step].height += amount;
}

void Profile::remove(Time from, Time to, std::int32_t amount) {
  const std::size_t first = num_before(from);
  const std::size_t last = num_before(to);
  for (std::size_t step = first; step < last; ++step) steps_[step].height -= amount;
  end_step(last);
  end_step(first);
}

std::int32_t Profile::highest() const {
  std::int32_t highest = 0;
  for (const Step& step : steps_) highest = std::max(highest, step.height);
  return highest;
}

std::int32_t Profile::highest_in(Time from, Time to) const {
  std::int32_t highest = 0;
  for (std::size_t step = step_at(from); step < steps_.size() && steps_[step].from < to; ++step)
    highest = std::max(highest, steps_[step].height);
  return highest;
}

std::size_t Profile::begin_step(Time time) {
  const std::size_t step = num_before(time);
  if (step == steps_.size() || steps_[step].from != time) {
    const std::int32_t height = step == 0 ? 0 : steps_[step - 1].height;
    steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(step), {time, height, 0});
  }
  ++steps_[step].num_ends;
  return step;
}

void Profile::end_step(std::size_t step) {
  if (--steps_[step].num_ends == 0)
    steps_.erase(steps_.begin() + static_cast<std::ptrdiff_t>(step));
}

}  // namespace diaodu::solve
