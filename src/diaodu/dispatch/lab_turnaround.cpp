#include "diaodu/dispatch/lab_turnaround.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace diaodu::dispatch {

Turnaround TurnaroundTally::summary(std::int64_t unfinished) const {
  Turnaround told{.count = count_};
  const std::int64_t all = count_ + unfinished;
  if (all == 0) return told;
  if (count_ > 0) told.mean = sum_ / static_cast<double>(count_);
  std::vector<std::pair<Minutes, std::int64_t>> sorted = all_;
  std::sort(sorted.begin(), sorted.end());
  const std::pair<double, Minutes*> wanted[] = {{0.5, &told.median},
                                                {0.9, &told.p90},
                                                {0.95, &told.p95},
                                                {0.99, &told.p99},
                                                {1.0, &told.longest}};
  for (const auto& [share, duration] : wanted) *duration = std::numeric_limits<Minutes>::infinity();
  std::int64_t passed = 0;
  std::size_t next = 0;
  for (const auto& [duration, count] : sorted) {
    passed += count;
    while (next < std::size(wanted) &&
           static_cast<double>(passed) >= wanted[next].first * static_cast<double>(all))
      *wanted[next++].second = duration;
  }
  return told;
}

}  // namespace diaodu::dispatch
