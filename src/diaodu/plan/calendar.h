#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/core/zone.h"
#include "diaodu/plan/work_pattern.h"

namespace diaodu {

/// Which minutes are worked: a set of instants without beginning or end, minute-exact, in one zone.
///
/// Let W(t) be the number of working minutes before t.  Everything here is W or one of its inverses:
///
///   work_between(a, b)   = W(b) - W(a)
///   advance(t, w)        = the first x with W(x) = W(t) + w         (w > 0: where w is just done)
///   retreat(t, w)        = the last  x with W(x) = W(t) - w         (w > 0: where w must begin)
///   next_working(t)      = the last  x with W(x) = W(t)             (>= t: a working minute follows)
///   previous_working(t)  = the first x with W(x) = W(t)             (<= t: a working minute precedes)
///
/// Each costs O(log n), n = the number of dates that differ from the weekly pattern plus the changes
/// of the clocks; the length of time spanned does not matter.
///
/// On the night when clocks jump, a 22:00-06:00 shift is seven or nine hours long, as it is for the
/// people who work it.
class Calendar {
 public:
  /// Around the clock, every day.
  Calendar() = default;
  Calendar(const WorkPattern& pattern, const Zone& zone);

  /// The same with some time off: `rests` ascend, are apart, and lie in years that a plan may use.
  /// O(stretches + rests).
  Calendar without(std::span<const Interval> rests) const;

  /// `time` >= 0; `advance(t, 0)` is t itself, working or not.  kNever when the work is never done.
  Instant advance(Instant from, WorkTime time) const;

  /// `time` >= 0; `retreat(t, 0)` is t itself.  kEver when there was never so much work before.
  Instant retreat(Instant from, WorkTime time) const;

  /// Negative when `to` lies before `from`.
  WorkTime work_between(Instant from, Instant to) const;

  Instant next_working(Instant from) const;      ///< kNever when work never resumes
  Instant previous_working(Instant from) const;  ///< kEver when there was none before
  bool is_working(Instant instant) const;        ///< the minute that begins at `instant`
  bool is_always() const { return stretches_.empty(); }

  /// W itself, counted from wherever suits the calendar, for whoever asks often; `instant` lies in time.
  std::int64_t work_before(Instant instant) const;
  /// The first x with W(x) = work, counted likewise, and the last.
  Instant first_with(std::int64_t work) const;
  Instant last_with(std::int64_t work) const;

  /// The working intervals that meet `range`, cut to it, in order.
  std::vector<Interval> intervals(Interval range) const;
  /// No more of them than so many, without spelling them out.
  std::int64_t most_intervals(Interval range) const;

 private:
  /// A worked interval, in minutes from its pattern's anchor.
  struct Span {
    std::int64_t begin;
    std::int64_t end;
    std::int64_t work_before;  // minutes worked since the anchor
  };
  /// From `from` on, the spans [first, first + count) hold, and come again every `period` minutes.
  struct Stretch {
    Instant from;
    Instant anchor;
    std::int64_t period;
    std::int64_t work_per_period;
    std::uint32_t first_span;
    std::uint32_t num_spans;
    std::int64_t work_at_anchor;  // so that W(x) = work_at_anchor + worked_since_anchor(x)
    std::int64_t work_before;     // W(from)
  };

  void add(Stretch stretch);
  std::int64_t worked_since_anchor(const Stretch& stretch, Instant instant) const;
  const Stretch& stretch_at(Instant instant) const;

  std::vector<Stretch> stretches_;  // empty: around the clock
  std::vector<Span> spans_;
};

}  // namespace diaodu
