#include "diaodu/formats/tjp_patterns.h"

namespace diaodu::formats {
namespace {

std::size_t hash_of(const WorkPattern& hours) {
  std::size_t hash = 0;
  const auto mix = [&hash](int value) {
    constexpr std::size_t kOdd = 0x9E3779B97F4A7C15;  // of the golden ratio
    hash = (hash ^ static_cast<std::size_t>(value)) * kOdd;
  };
  const auto mix_shifts = [&mix](const DayShifts& shifts) {
    mix(static_cast<int>(shifts.size()));
    for (const Shift& shift : shifts) {
      mix(shift.begin);
      mix(shift.end);
    }
  };
  for (const DayShifts& shifts : hours.week) mix_shifts(shifts);
  for (const auto& [day, shifts] : hours.dated) {
    mix(day.days);
    mix_shifts(shifts);
  }
  return hash;
}

}  // namespace

const WorkPattern* TjpPatterns::keep(WorkPattern hours) {
  const std::size_t hash = hash_of(hours);
  const auto [first, last] = kept_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (*known->second == hours) return known->second.get();
  }
  return kept_.emplace(hash, std::make_unique<const WorkPattern>(std::move(hours)))->second.get();
}

const WorkPattern* TjpPatterns::both(const WorkPattern* a, const WorkPattern* b,
                                     std::int64_t& days_left) {
  if (a == b) return a;
  const auto [known, is_new] = both_.insert({{a, b}, a});
  if (!is_new) return known->second;
  days_left -= static_cast<std::int64_t>(7 + a->dated.size() + b->dated.size());
  if (days_left > 0) known->second = keep(intersection(*a, *b));
  return known->second;
}

}  // namespace diaodu::formats
