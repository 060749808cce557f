#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "diaodu/core/time.h"

namespace diaodu::solve {

/// All but the first `bits` significant bits cleared.
std::int64_t rounded_down(std::int64_t number, int bits);

/// How much of a run of work must fall into an opening, wherever it runs: who works twelve hours a day without a
/// break between start and finish cannot keep clear of office hours for long.  With W the minutes that the
/// calendar has worked and V those of them that fall into the opening,
///
///   of(run) = min over x of V(W + run) - V(W) at x, [x, x + run) inside the range
///
/// (the least consumption of energetic reasoning; Baptiste, Le Pape & Nuijten 2001, chapter 3).  V is piecewise
/// linear in W, so that the least lies where the run begins or ends at a knot.
class LeastWork {
 public:
  /// The working intervals of both in the range.  `looks_left`: how many knots may still be looked at; it must outlive
  /// this.
  LeastWork(std::span<const Interval> worked, std::span<const Interval> open,
            std::int64_t& looks_left);

  /// May be less than the truth: runs are rounded down to ten significant bits, so that there are not too many
  /// different ones, and where no looks are left nothing is said.  Of a run longer than the range, all there is.
  /// O(knots) when first asked.
  WorkTime of(WorkTime run);

  /// Of all work of the calendar in the range.
  double mean_share() const;
  std::size_t num_knots() const { return knots_.size(); }

 private:
  struct Knot {
    std::int64_t work;
    std::int64_t inside;
  };
  std::int64_t least(std::int64_t run) const;

  std::vector<Knot> knots_;
  std::int64_t& looks_left_;
  std::map<std::int64_t, std::int64_t> known_;
};

}  // namespace diaodu::solve
