#include "diaodu/forecast/calendar_table.h"

#include <algorithm>
#include <bit>

#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {
namespace {

/// The largest power of two that is not above `least`, as a shift; cells no finer than 1, no coarser than
/// a day.
int shift_below(Minute least) {
  return static_cast<int>(std::bit_width(static_cast<std::uint32_t>(std::clamp(least, 1, 1024)))) -
         1;
}

/// For each cell, the last of `marks` (ascending) that is not above its beginning.
std::vector<Minute> index_of(const std::vector<Minute>& marks, Minute length, int shift) {
  std::vector<Minute> cells(static_cast<std::size_t>(length >> shift) + 1);
  std::size_t at = 0;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const Minute from = static_cast<Minute>(cell << shift);
    while (at + 1 < marks.size() && marks[at + 1] <= from) ++at;
    cells[cell] = static_cast<Minute>(at);
  }
  return cells;
}

/// What the loops need, by value: a pointer behind `this` would be read again for every lane.
struct View {
  const Minute* begin;
  const Minute* before;
  const Minute* cells;
  int shift;
  Minute most;
};

DIAODU_VECTORISED
void work_until(View view, Minute* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const Minute value = values[i];
    const Minute time = std::min(value, view.most);
    Minute at = view.cells[time >> view.shift];
    at += view.begin[at + 1] <= time;
    const Minute inside = std::min(time - view.begin[at], view.before[at + 1] - view.before[at]);
    values[i] = value >= kBeyond ? kBeyond : view.before[at] + inside;
  }
}

DIAODU_VECTORISED
void time_of(View view, Minute* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const Minute value = values[i];
    const Minute work = std::max(std::min(value, view.most), 1) - 1;  // the last minute of it
    Minute at = view.cells[work >> view.shift];
    at += view.before[at + 1] <= work;
    const Minute time = view.begin[at] + (work - view.before[at]) + 1;
    values[i] = value > view.most ? kBeyond : value < 1 ? 0 : time;
  }
}

}  // namespace

CalendarTable::CalendarTable(const Calendar& calendar, Instant base, Instant end)
    : length_(static_cast<Minute>((end - base).count())), is_always_(calendar.is_always()) {
  if (is_always_) return;
  Minute shortest_gap = length_;
  Minute shortest_work = length_;
  begin_.push_back(0);  // before the first stretch nothing is worked
  before_.push_back(0);
  for (const Interval& stretch : calendar.intervals({base, end})) {
    const auto from = static_cast<Minute>((stretch.from - base).count());
    const auto worked = static_cast<Minute>(stretch.length().count());
    if (from > 0 || begin_.size() > 1) {
      shortest_gap = std::min(shortest_gap, from - begin_.back());
      begin_.push_back(from);
      before_.push_back(total_);
    }
    shortest_work = std::min(shortest_work, worked);
    total_ += worked;
  }
  begin_.push_back(length_ + 1);
  before_.push_back(total_);
  time_shift_ = shift_below(shortest_gap);
  work_shift_ = shift_below(shortest_work);
  cell_of_time_ = index_of(begin_, length_, time_shift_);
  // The first entry works nothing where the table begins at rest: the search starts behind it.
  cell_of_work_ = index_of(before_, std::max(total_, 1), work_shift_);
}

void CalendarTable::worked(std::span<Minute> values) const {
  if (is_always_) return;
  work_until({begin_.data(), before_.data(), cell_of_time_.data(), time_shift_, length_},
             values.data(), values.size());
}

void CalendarTable::reached(std::span<Minute> values) const {
  if (is_always_) return;
  time_of({begin_.data(), before_.data(), cell_of_work_.data(), work_shift_, total_}, values.data(),
          values.size());
}

}  // namespace diaodu::forecast
