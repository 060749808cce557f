#include "diaodu/check/falls_into.h"

#include <algorithm>

namespace diaodu::check {
namespace {

/// Walks along marks, for questions that ascend.
template <class Mark>
class Walker {
 public:
  explicit Walker(const std::vector<Mark>& marks) : marks_(marks) {}
  /// Counted after so much work.
  std::int64_t counted(std::int64_t done) {
    while (at_ + 1 < marks_.size() && marks_[at_ + 1].done <= done) ++at_;
    if (at_ + 1 == marks_.size()) return marks_[at_].counted;
    const bool counts = marks_[at_ + 1].counted > marks_[at_].counted;
    return marks_[at_].counted + (counts ? done - marks_[at_].done : 0);
  }

 private:
  const std::vector<Mark>& marks_;
  std::size_t at_ = 0;
};

}  // namespace

FallsInto::Hours FallsInto::spelled_out(const Calendar& calendar) const {
  // Every instant at which the hours or the minutes begin or end.
  const std::vector<Interval> worked = calendar.intervals(during_);
  std::vector<Instant> instants;
  for (const Interval& each : worked) instants.insert(instants.end(), {each.from, each.to});
  for (const Interval& each : minutes_) instants.insert(instants.end(), {each.from, each.to});
  std::sort(instants.begin(), instants.end());
  Hours hours{.marks = {{0, 0}}, .least = {}};
  auto work = worked.begin();
  auto minute = minutes_.begin();
  for (std::size_t i = 0; i + 1 < instants.size(); ++i) {
    const Interval piece{instants[i], instants[i + 1]};
    while (work != worked.end() && work->to <= piece.from) ++work;
    while (minute != minutes_.end() && minute->to <= piece.from) ++minute;
    if (piece.is_empty() || work == worked.end() || !work->contains(piece.from)) continue;
    const bool counts = minute != minutes_.end() && minute->contains(piece.from);
    const std::int64_t length = piece.length().count();
    const Mark& last = hours.marks.back();
    hours.marks.push_back({last.done + length, last.counted + (counts ? length : 0)});
  }
  return hours;
}

std::optional<WorkTime> FallsInto::at_least(const Calendar& calendar, WorkTime work) {
  constexpr std::int64_t kMostSignificant = 1 << 10;
  if (!hours_.contains(&calendar)) {
    intervals_left_ -=
        calendar.most_intervals(during_) + static_cast<std::int64_t>(minutes_.size());
    if (intervals_left_ < 0) return {};
    hours_.emplace(&calendar, spelled_out(calendar));
  }
  Hours& hours = hours_.at(&calendar);
  if (hours.marks.back().counted == hours.marks.back().done) return work;  // all of it counts
  std::int64_t unit = 1;
  while (work.count() / unit >= kMostSignificant) unit *= 2;
  const std::int64_t length = work.count() / unit * unit;
  const auto known = hours.least.find(length);
  if (known != hours.least.end()) return WorkTime{known->second};
  looks_left_ -= static_cast<std::int64_t>(hours.marks.size());
  if (looks_left_ < 0) return {};
  const std::int64_t latest = hours.marks.back().done - length;
  std::int64_t least = length;
  // One walk for starts at a mark, one for ends.
  for (const std::int64_t shift : {std::int64_t{0}, length}) {
    Walker from(hours.marks);
    Walker to(hours.marks);
    for (const Mark& mark : hours.marks) {
      const std::int64_t start = mark.done - shift;
      if (start < 0 || start > latest) continue;
      least = std::min(least, to.counted(start + length) - from.counted(start));
    }
  }
  hours.least.emplace(length, least);
  return WorkTime{least};
}

}  // namespace diaodu::check
