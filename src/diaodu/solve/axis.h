#pragma once

#include <optional>

#include "diaodu/solve/network.h"

namespace diaodu::solve {

/// The line on which schedules are searched: the clock, or, where all work shares one calendar, the
/// working minutes of that calendar since the plan's start.  On the work axis no calendar need be asked,
/// and a plan of real dates is an ordinary scheduling problem in whole numbers.
class Axis {
 public:
  Axis() = default;  ///< the clock
  Axis(const Calendar& calendar, Instant origin) : calendar_(&calendar), origin_(origin) {}

  const Calendar* calendar() const { return calendar_; }  ///< nullptr: the clock
  bool is_clock() const { return calendar_ == nullptr; }

  Instant to_axis(Instant instant) const {
    if (is_clock() || instant <= kEver || instant >= kNever) return instant;
    return Instant{calendar_->work_between(origin_, instant).count()};
  }
  /// The first instant that lies there on the axis: at closing time rather than next morning.
  Instant from_axis(Instant point) const {
    if (is_clock() || point <= kEver || point >= kNever) return point;
    const WorkTime work{point.minutes()};
    return work >= WorkTime{} ? calendar_->previous_working(calendar_->advance(origin_, work))
                              : calendar_->retreat(origin_, -work);
  }

 private:
  const Calendar* calendar_ = nullptr;
  Instant origin_;
};

/// The work axis of a network, if it has one: all work and all lags count on one calendar, which stays as it is, nobody is
/// chosen by skill, and nothing without work draws on a stock that changes over time.  Nothing has happened yet, or
/// (`may_have_begun`) nothing is used up, no link says how long at most, and nothing has overtaken what has a choice of
/// modes.
std::optional<Axis> work_axis(const Network& network, bool may_have_begun = false);

/// The same network with all instants on the axis.
Network on_axis(const Network& network, const Axis& axis);

}  // namespace diaodu::solve
