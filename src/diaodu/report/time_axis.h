#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::report {

/// Divisions of time as people see them on a calendar; `period` is for benchmark instances, which
/// have no dates.
enum class Scale : std::uint8_t { period, day, week, month, quarter, year };

/// The beginning of the day, week (Monday), month ... in which the instant lies, on the plan's
/// clocks.
Instant beginning(const Plan& plan, Instant instant, Scale scale);

/// The beginning of the next one.
Instant next(const Plan& plan, Instant instant, Scale scale);

/// All whole divisions that meet `range`, in order.
std::vector<Interval> divisions(const Plan& plan, const Interval& range, Scale scale);

/// The finest scale of which `range` has at most `most` divisions.
Scale scale_for(const Plan& plan, const Interval& range, std::int64_t most);

/// The name of the division that begins at `instant`: short, as a mark on an axis (`12`, `Apr`,
/// `2024`; `12`, `4月`, `2024年`), or in full (`12 Apr 2024`, `Apr 2024`; `2024年4月12日`,
/// `2024年4月`).
std::string short_name(const Plan& plan, Instant instant, Scale scale, Language language);
std::string full_name(const Plan& plan, Instant instant, Scale scale, Language language);

/// The marks of an axis: names of days under names of months, say, as fine as there is room for.
struct Axis {
  Scale minor = Scale::day;
  Scale major = Scale::month;
  std::vector<Interval> minors;
  std::vector<Interval> majors;  ///< empty in a benchmark instance
};

/// An axis for `range`, drawn `length` units wide, whose minor marks are at least `room` units
/// apart.
Axis make_axis(const Plan& plan, const Interval& range, double length, double room);

/// From the first start to the last finish of what is scheduled; from the plan's start if nothing
/// is.
Interval span_of(const Plan& plan, const Schedule& schedule);

}  // namespace diaodu::report
