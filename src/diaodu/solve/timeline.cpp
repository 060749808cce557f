#include "diaodu/solve/timeline.h"

#include <algorithm>
#include <cassert>

namespace diaodu::solve {
namespace {

/// The last of `count` ascending instants that is not after `instant`, or the first: without branches that
/// the processor has to guess.
std::size_t last_until(const Instant* instants, std::size_t count, Instant instant) {
  std::size_t low = 0;
  while (count > 1) {
    const std::size_t half = count / 2;
    low = instants[low + half] <= instant ? low + half : low;
    count -= half;
  }
  return low;
}

}  // namespace

void Timeline::reset(const std::vector<CapacityStep>& capacity) {
  num_used_ = 0;
  spare_.clear();
  order_.clear();
  first_.clear();
  least_.clear();
  most_.clear();
  for (const CapacityStep& step : capacity) append(step);
}

void Timeline::append(const CapacityStep& step) {
  if (!order_.empty()) {
    const Block& last = block(order_.size() - 1);
    if (last.free[last.size - 1] == step.amount) return;
  }
  // Half full, so that the first bookings need not split.
  if (order_.empty() || block(order_.size() - 1).size >= kMostSteps / 2) {
    add_block(order_.size());
    first_.back() = step.from;
    least_.back() = most_.back() = step.amount;
  }
  Block& last = block(order_.size() - 1);
  last.from[last.size] = step.from;
  last.free[last.size] = step.amount;
  ++last.size;
  least_.back() = std::min(least_.back(), step.amount);
  most_.back() = std::max(most_.back(), step.amount);
}

void Timeline::add_block(std::size_t number) {
  std::uint32_t fresh = num_used_;
  if (spare_.empty()) {
    ++num_used_;
    if (pool_.size() < num_used_) pool_.emplace_back();
  } else {
    fresh = spare_.back();
    spare_.pop_back();
  }
  pool_[fresh].size = 0;
  pool_[fresh].shift = Amount{};
  const auto at = static_cast<std::ptrdiff_t>(number);
  order_.insert(order_.begin() + at, fresh);
  first_.insert(first_.begin() + at, kEver);
  least_.insert(least_.begin() + at, Amount{});
  most_.insert(most_.begin() + at, Amount{});
}

/// Moves the later half of a full block to a new one behind it.
void Timeline::halve(std::size_t number) {
  add_block(number + 1);
  Block& full = block(number);
  Block& fresh = block(number + 1);
  constexpr std::uint32_t kHalf = kMostSteps / 2;
  std::copy(full.from.begin() + kHalf, full.from.end(), fresh.from.begin());
  std::copy(full.free.begin() + kHalf, full.free.end(), fresh.free.begin());
  full.size = kHalf;
  fresh.size = kMostSteps - kHalf;
  fresh.shift = full.shift;
  first_[number + 1] = fresh.from[0];
  summarise(number);
  summarise(number + 1);
}

void Timeline::summarise(std::size_t number) {
  const Block& of = block(number);
  Amount least = of.free[0];
  Amount most = of.free[0];
  for (std::uint32_t step = 1; step < of.size; ++step) {
    least = std::min(least, of.free[step]);
    most = std::max(most, of.free[step]);
  }
  least_[number] = least + of.shift;
  most_[number] = most + of.shift;
}

Timeline::Place Timeline::place_of(Instant instant) const {
  std::size_t number = near_;
  if (number >= first_.size() || first_[number] > instant ||
      (number + 1 < first_.size() && first_[number + 1] <= instant)) {
    near_ = number = last_until(first_.data(), first_.size(), instant);
  }
  const Block& of = block(number);
  return {number, static_cast<std::uint32_t>(last_until(of.from.data(), of.size, instant))};
}

/// The first step from `at` on that has enough; behind the last block: there is none.
Timeline::Place Timeline::next_enough(Place at, Amount amount) const {
  for (; at.block < order_.size(); ++at.block, at.step = 0) {
    if (most_[at.block] < amount) continue;
    const Block& of = block(at.block);
    const Amount wanted = amount - of.shift;
    for (; at.step < of.size; ++at.step) {
      if (of.free[at.step] >= wanted) return at;
    }
  }
  return at;
}

/// Likewise, that has too little.
Timeline::Place Timeline::next_short(Place at, Amount amount) const {
  for (; at.block < order_.size(); ++at.block, at.step = 0) {
    if (least_[at.block] >= amount) continue;
    const Block& of = block(at.block);
    const Amount wanted = amount - of.shift;
    for (; at.step < of.size; ++at.step) {
      if (of.free[at.step] < wanted) return at;
    }
  }
  return at;
}

/// Where the last step before `at` ends that has enough.
Instant Timeline::previous_enough(Place at, Amount amount) const {
  const Block& first = block(at.block);
  Instant end = first.from[at.step];
  for (std::uint32_t step = at.step; step-- > 0;) {
    if (first.free[step] + first.shift >= amount) return end;
    end = first.from[step];
  }
  for (std::size_t number = at.block; number-- > 0;) {
    if (most_[number] < amount) continue;
    const Block& of = block(number);
    end = first_[number + 1];
    for (std::uint32_t step = of.size; step-- > 0;) {
      if (of.free[step] + of.shift >= amount) return end;
      end = of.from[step];
    }
  }
  return kEver;
}

Instant Timeline::clear_from(Instant from, Instant to, Amount amount) const {
  const Place last = place_of(to - Elapsed{1});
  std::uint32_t end = last.step + 1;
  for (std::size_t number = last.block;; --number) {
    const Block& of = block(number);
    if (number != last.block) end = of.size;
    if (least_[number] < amount) {
      const Amount wanted = amount - of.shift;
      for (std::uint32_t step = end; step-- > 0;) {
        if (of.free[step] < wanted) {
          const bool is_whole = step + 1 < of.size;
          return begin_of(
              next_enough(is_whole ? Place{number, step + 1} : Place{number + 1, 0}, amount));
        }
        if (of.from[step] <= from) return from;
      }
    }
    if (first_[number] <= from || number == 0) return from;
  }
}

Instant Timeline::clear_until(Instant from, Instant to, Amount amount) const {
  Place at = place_of(from);
  for (; at.block < order_.size() && first_[at.block] < to; ++at.block, at.step = 0) {
    if (least_[at.block] >= amount) continue;
    const Block& of = block(at.block);
    const Amount wanted = amount - of.shift;
    for (; at.step < of.size && of.from[at.step] < to; ++at.step) {
      if (of.free[at.step] < wanted) return previous_enough(at, amount);
    }
  }
  return to;
}

Instant Timeline::first_fit(Instant from, Elapsed length, Amount amount) const {
  Place at = place_of(from);
  Instant fit = from;
  if (free_at(at) < amount) {
    at = next_enough(at, amount);
    fit = begin_of(at);
  }
  while (at.block < order_.size()) {
    at = next_short(at, amount);
    if (begin_of(at) - fit >= length) return fit;
    at = next_enough(at, amount);
    fit = begin_of(at);
  }
  return kNever;
}

Interval Timeline::last_short(Instant from, Instant to, Amount amount) const {
  Place at = place_of(to - Elapsed{1});
  Instant end = to;
  bool is_inside = false;
  for (std::uint32_t step = at.step + 1;; step = block(--at.block).size) {
    const Block& of = block(at.block);
    const Amount wanted = amount - of.shift;
    if (!is_inside && least_[at.block] >= amount) step = 0;
    while (step-- > 0) {
      const bool is_short = of.free[step] < wanted;
      if (is_inside && !is_short) return {end_of({at.block, step}), end};
      if (!is_inside && is_short) {
        is_inside = true;
        end = std::min(to, end_of({at.block, step}));
      }
      if (of.from[step] <= from) return is_inside ? Interval{from, end} : Interval{from, from};
    }
    if (first_[at.block] <= from || at.block == 0)
      return is_inside ? Interval{from, end} : Interval{from, from};
  }
}

Amount Timeline::least_free(Instant from, Instant to) const {
  Place at = place_of(from);
  Amount least = free_at(at);
  for (; at.block < order_.size() && first_[at.block] < to; ++at.block, at.step = 0) {
    if (least_[at.block] >= least) continue;
    const Block& of = block(at.block);
    for (; at.step < of.size && of.from[at.step] < to; ++at.step) {
      least = std::min(least, of.free[at.step] + of.shift);
    }
  }
  return least;
}

Timeline::Place Timeline::split(Instant instant) {
  Place at = place_of(instant);
  if (block(at.block).from[at.step] == instant) return at;
  if (block(at.block).size == kMostSteps) {
    halve(at.block);
    at = place_of(instant);
  }
  Block& of = block(at.block);
  const auto behind = static_cast<std::ptrdiff_t>(at.step) + 1;
  std::copy_backward(of.from.begin() + behind, of.from.begin() + of.size,
                     of.from.begin() + of.size + 1);
  std::copy_backward(of.free.begin() + behind, of.free.begin() + of.size,
                     of.free.begin() + of.size + 1);
  of.from[at.step + 1] = instant;
  of.free[at.step + 1] = of.free[at.step];
  ++of.size;
  return {at.block, at.step + 1};
}

void Timeline::join(Place at) {
  Block& of = block(at.block);
  if (at.block == 0 && at.step == 0) return;
  const Place before = at.step > 0 ? Place{at.block, at.step - 1}
                                   : Place{at.block - 1, block(at.block - 1).size - 1};
  if (free_at(before) != free_at(at)) return;
  const auto behind = static_cast<std::ptrdiff_t>(at.step) + 1;
  std::copy(of.from.begin() + behind, of.from.begin() + of.size, of.from.begin() + behind - 1);
  std::copy(of.free.begin() + behind, of.free.begin() + of.size, of.free.begin() + behind - 1);
  --of.size;
  if (of.size == 0) {
    spare_.push_back(order_[at.block]);
    const auto gone = static_cast<std::ptrdiff_t>(at.block);
    order_.erase(order_.begin() + gone);
    first_.erase(first_.begin() + gone);
    least_.erase(least_.begin() + gone);
    most_.erase(most_.begin() + gone);
    return;
  }
  if (at.step > 0) return;  // least and most are still those of an equal neighbour in this block
  first_[at.block] = of.from[0];
  summarise(at.block);
}

void Timeline::take(Instant from, Instant to, Amount amount) {
  if (to <= from || amount == Amount{}) return;
  Place first = split(from);
  const std::size_t num_blocks = order_.size();
  const Place last = split(to);
  if (order_.size() != num_blocks) first = place_of(from);  // the second split may have moved it
  if (first.block == last.block) {
    Block& of = block(first.block);
    for (std::uint32_t step = first.step; step < last.step; ++step) of.free[step] -= amount;
    summarise(first.block);
  } else {
    Block& head = block(first.block);
    for (std::uint32_t step = first.step; step < head.size; ++step) head.free[step] -= amount;
    summarise(first.block);
    for (std::size_t number = first.block + 1; number < last.block; ++number) {
      block(number).shift -= amount;
      least_[number] -= amount;
      most_[number] -= amount;
    }
    if (last.step > 0) {
      Block& tail = block(last.block);
      for (std::uint32_t step = 0; step < last.step; ++step) tail.free[step] -= amount;
      summarise(last.block);
    }
  }
  join(last);
  join(first);
}

std::size_t Timeline::num_steps() const {
  std::size_t sum = 0;
  for (const std::uint32_t number : order_) sum += pool_[number].size;
  return sum;
}

}  // namespace diaodu::solve
