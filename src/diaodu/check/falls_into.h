#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "diaodu/plan/calendar.h"

namespace diaodu::check {

/// How much of a task's work must fall into some minutes, if the task lies inside a stretch and works without a break
/// in its calendar's hours: tried at each start that could be the best, those from which it begins or ends where the
/// minutes or its hours do.
class FallsInto {
 public:
  /// `minutes`: apart and in order, inside `during`; they must outlive this.
  FallsInto(std::span<const Interval> minutes, Interval during)
      : minutes_(minutes), during_(during) {}

  /// May be less than the truth: works are rounded down to ten significant bits, so that not too many are tried.  All of
  /// the work where it does not fit into the stretch: whatever is said of it then is true.
  /// Nothing where that is not worth finding out.  O(intervals of both) when first asked for a calendar or a work.
  std::optional<WorkTime> at_least(const Calendar& calendar, WorkTime work);

 private:
  /// A point in the calendar's work: so much has been done since the stretch began, so much of it in the minutes.
  struct Mark {
    std::int64_t done;
    std::int64_t counted;
  };
  struct Hours {
    std::vector<Mark> marks;  // between two of them either every minute counts or none
    std::map<std::int64_t, std::int64_t> least;
  };
  Hours spelled_out(const Calendar& calendar) const;

  std::span<const Interval> minutes_;
  Interval during_;
  std::int64_t intervals_left_ = 4'000'000;  // to be spelled out
  std::int64_t looks_left_ = 1'000'000'000;
  std::map<const Calendar*, Hours> hours_;
};

}  // namespace diaodu::check
