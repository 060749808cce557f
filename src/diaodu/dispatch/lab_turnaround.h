#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "diaodu/dispatch/lab.h"

namespace diaodu::dispatch {

/// Durations with their counts, and what they amount to.
class TurnaroundTally {
 public:
  void add(Minutes duration, std::int64_t count) {
    if (count <= 0) return;
    sum_ += duration * static_cast<double>(count);
    count_ += count;
    // Tubes of one lot leave side by side.
    if (!all_.empty() && all_.back().first == duration) {
      all_.back().second += count;
    } else {
      all_.emplace_back(duration, count);
    }
  }

  double sum() const { return sum_; }

  /// A percentile is the least duration that so large a share does not exceed, of all, those included that are not
  /// over yet: infinite where they are too many.
  Turnaround summary(std::int64_t unfinished = 0) const;

 private:
  double sum_ = 0;
  std::int64_t count_ = 0;
  std::vector<std::pair<Minutes, std::int64_t>> all_;
};

}  // namespace diaodu::dispatch
