#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/plan/calendar.h"

namespace diaodu::forecast {

/// Minutes since a table's base: what trials count in.
using Minute = std::int32_t;

/// Beyond every table: where work would end that its calendar does not reach.  Far enough from the
/// ends of the integer for any lag that is added to it.
inline constexpr Minute kBeyond = 1 << 30;

/// A calendar laid out between two instants, so that questions have no branches and many are answered
/// at once.  With W(t) the minutes worked between the base and t:
///
///     worked(t)    = W(t)
///     reached(w)   = the least t with W(t) = w  (w > 0); kBeyond if the table ends before, 0 for w <= 0
///
/// Everything a `Calendar` does follows: advance(t, w) = reached(W(t) + w), next_working(t) =
/// reached(W(t) + 1) - 1.
///
/// A cell of the index spans no more time (work) than lies between two beginnings (ends) of worked
/// stretches, so that one comparison finds the stretch.  Takes O(length / shortest stretch) memory.
class CalendarTable {
 public:
  CalendarTable(const Calendar& calendar, Instant base, Instant end);

  bool is_always() const { return is_always_; }

  /// In place: W of each.  Instants lie in [0, length of the table); kBeyond stays.
  void worked(std::span<Minute> values) const;
  /// In place: where each has been worked.
  void reached(std::span<Minute> values) const;

 private:
  std::vector<Minute> begin_;   // of worked stretches; a sentinel at each end
  std::vector<Minute> before_;  // worked before each
  std::vector<Minute> cell_of_time_;
  std::vector<Minute> cell_of_work_;
  int time_shift_ = 0;
  int work_shift_ = 0;
  Minute length_ = 0;
  Minute total_ = 0;  // worked in the whole table
  bool is_always_ = false;
};

}  // namespace diaodu::forecast
