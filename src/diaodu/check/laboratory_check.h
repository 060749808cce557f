#pragma once

#include <cstdint>
#include <span>

#include "diaodu/core/time.h"

namespace diaodu::check {

/// Tubes and people of a laboratory's day, counted as they came and as they left.
struct LaboratoryCount {
  struct Lot {
    std::int64_t tubes = 0;
    std::int64_t people_per_tube = 1;
    std::int64_t people_with_result = 0;  ///< noted one by one as results came
  };
  struct Point {
    double at = 0;  ///< minutes
    std::int64_t tubes = 0;
    std::int64_t people = 0;
  };
  std::span<const Lot> lots;
  std::span<const Point> curve;
  std::int64_t tubes_received = 0;
  std::int64_t tubes_tested = 0;
  std::int64_t tubes_unfinished = 0;
  std::int64_t people_sampled = 0;
  std::int64_t people_reported = 0;
  std::int64_t people_unreported = 0;
  double mean_in_lab = 0;    ///< tubes, over time
  double little_in_lab = 0;  ///< arrivals a minute times mean time
};

/// Nobody is lost: received = sum of the lots, sampled = reported + unreported, no lot has more results than people, and
/// the curve ends with what is left; and Little's law (1961) holds between the two means.
bool is_conserved(const LaboratoryCount& count);

}  // namespace diaodu::check
