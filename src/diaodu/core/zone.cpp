#include "diaodu/core/zone.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace diaodu {

Zone::Zone(std::string name, int first_offset_minutes, std::vector<Change> changes)
    : name_(std::move(name)), first_offset_(first_offset_minutes), changes_(std::move(changes)) {
  assert(std::is_sorted(changes_.begin(), changes_.end(),
                        [](const Change& a, const Change& b) { return a.from < b.from; }));
}

int Zone::offset_at(Instant instant) const {
  const auto after =
      std::upper_bound(changes_.begin(), changes_.end(), instant,
                       [](Instant value, const Change& change) { return value < change.from; });
  return after == changes_.begin() ? first_offset_ : std::prev(after)->offset_minutes;
}

LocalTime Zone::to_local(Instant instant) const {
  return LocalTime{instant.minutes() + offset_at(instant)};
}

Instant Zone::to_instant(LocalTime local) const {
  // The first stretch of constant offset that has not ended when its clocks show `local`.
  const auto stretch_end = [this](std::size_t i) {
    return i < changes_.size() ? changes_[i].from : kNever;
  };
  const auto offset = [this](std::size_t i) {
    return i == 0 ? first_offset_ : changes_[i - 1].offset_minutes;
  };
  std::size_t low = 0;
  std::size_t high = changes_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (Instant{local.minutes - offset(middle)} < stretch_end(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const Instant read = Instant{local.minutes - offset(low)};
  const Instant stretch_begin = low == 0 ? kEver : changes_[low - 1].from;
  return std::max(read, stretch_begin);
}

}  // namespace diaodu
