#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "diaodu/solve/problem.h"

namespace diaodu::solve {

/// What is free of all resources of a problem, one slot for each unit of time, four resources to a machine
/// word: a task is asked for all its resources at once with one subtraction (a guard bit over each lane shows
/// which one would run short).
///
/// A step function with a search tree would need fewer steps on long horizons; below some ten thousand units
/// of time nothing is faster than the flat array.
class Slots {
 public:
  using Time = Problem::Time;
  using Word = std::uint64_t;

  /// True if amounts and horizon suit.
  static bool suits(const Problem& problem, Time horizon) {
    const auto is_small = [](std::int32_t amount) { return amount < (1 << 15); };
    return horizon <= kMostSlots &&
           std::all_of(problem.capacity.begin(), problem.capacity.end(), is_small);
  }

  Slots(const Problem& problem, Time horizon)
      : words_(std::max<std::size_t>(1, (problem.capacity.size() + 3) / 4)),
        horizon_(horizon),
        need_(problem.size() * words_, 0),
        empty_(static_cast<std::size_t>(horizon) * words_, 0) {
    for (std::size_t task = 0; task < problem.size(); ++task) {
      for (const auto& demand : problem.demands_of(task)) {
        need_[task * words_ + demand.resource / 4] += lane(demand.resource, demand.amount);
      }
    }
    for (std::size_t slot = 0; slot < static_cast<std::size_t>(horizon); ++slot) {
      for (std::uint32_t resource = 0; resource < problem.capacity.size(); ++resource) {
        empty_[slot * words_ + resource / 4] += lane(resource, problem.capacity[resource]);
      }
    }
    for (const auto& block : problem.blocks) {
      for (Time at = block.from; at < std::min(block.to, horizon); ++at) {
        empty_[static_cast<std::size_t>(at) * words_ + block.resource / 4] -=
            lane(block.resource, block.amount);
      }
    }
    for (Word& word : empty_) word |= kGuards;
    free_ = empty_;
  }

  void clear() {
    std::copy(
        empty_.begin(),
        empty_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(used_) * words_),
        free_.begin());
    used_ = 0;
  }

  /// The first start from `from` on at which the task fits for its whole duration (> 0); -1: none within the
  /// horizon.
  Time first_fit(std::size_t task, Time from, Time duration) const {
    if (words_ == 1) return first_fit_of<1>(task, from, duration);
    return first_fit_of<0>(task, from, duration);
  }

  /// The last start up to `by` at which it fits; -1: none.
  Time last_fit(std::size_t task, Time by, Time duration) const {
    if (words_ == 1) return last_fit_of<1>(task, by, duration);
    return last_fit_of<0>(task, by, duration);
  }

  void take(std::size_t task, Time from, Time duration) {
    const Word* need = &need_[task * words_];
    Word* at = &free_[static_cast<std::size_t>(from) * words_];
    for (Time i = 0; i < duration; ++i) {
      for (std::size_t k = 0; k < words_; ++k) *at++ -= need[k];
    }
    used_ = std::max(used_, from + duration);
  }

 private:
  static constexpr Time kMostSlots = 1 << 18;
  static constexpr Word kGuards = 0x8000'8000'8000'8000;

  static Word lane(std::uint32_t resource, std::int32_t amount) {
    return static_cast<Word>(amount) << (16 * (resource % 4));
  }

  template <std::size_t kWords>
  bool fits(const Word* need, Time at) const {
    if constexpr (kWords == 1)
      return ((free_[static_cast<std::size_t>(at)] - *need) & kGuards) == kGuards;
    const Word* free = &free_[static_cast<std::size_t>(at) * words_];
    for (std::size_t k = 0; k < words_; ++k) {
      if (((free[k] - need[k]) & kGuards) != kGuards) return false;
    }
    return true;
  }

  template <std::size_t kWords>
  Time first_fit_of(std::size_t task, Time from, Time duration) const {
    const Word* need = &need_[task * words_];
    Time start = from;
    for (Time at = from; at < horizon_; ++at) {
      if (!fits<kWords>(need, at)) {
        start = at + 1;
      } else if (at - start + 1 == duration) {
        return start;
      }
    }
    return -1;
  }

  template <std::size_t kWords>
  Time last_fit_of(std::size_t task, Time by, Time duration) const {
    const Word* need = &need_[task * words_];
    Time finish = by + duration;
    for (Time at = finish - 1; at >= 0; --at) {
      if (!fits<kWords>(need, at)) {
        finish = at;
      } else if (finish - at == duration) {
        return at;
      }
    }
    return -1;
  }

  std::size_t words_;
  Time horizon_;
  Time used_ = 0;
  std::vector<Word> need_;   // of each task
  std::vector<Word> empty_;  // of each slot, when nothing is placed
  std::vector<Word> free_;
};

}  // namespace diaodu::solve
