#include "diaodu/plan/work_pattern.h"

#include <algorithm>
#include <functional>

namespace diaodu {
namespace {

constexpr int kDay = static_cast<int>(kMinutesPerDay);

DayShifts day_intersection(const DayShifts& a, const DayShifts& b) {
  DayShifts both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const int begin = std::max(a[i].begin, b[j].begin);
    const int end = std::min(a[i].end, b[j].end);
    if (begin < end) both.push_back({begin, end});
    a[i].end < b[j].end ? ++i : ++j;
  }
  return both;
}

DayShifts day_union(const DayShifts& a, const DayShifts& b) {
  DayShifts either = a;
  either.insert(either.end(), b.begin(), b.end());
  return normalised(std::move(either));
}

DayShifts day_difference(const DayShifts& a, const DayShifts& b) {
  DayShifts rest;
  for (const Shift& shift : a) {
    int begin = shift.begin;
    for (const Shift& other : b) {
      if (other.end <= begin || other.begin >= shift.end) continue;
      if (other.begin > begin) rest.push_back({begin, other.begin});
      begin = other.end;
    }
    if (begin < shift.end) rest.push_back({begin, shift.end});
  }
  return rest;
}

/// Combines day by day; a date that is special in one pattern is special in the result.
WorkPattern combined(const WorkPattern& a, const WorkPattern& b,
                     DayShifts (*combine)(const DayShifts&, const DayShifts&)) {
  WorkPattern result;
  for (std::size_t day = 0; day < 7; ++day) result.week[day] = combine(a.week[day], b.week[day]);
  for (const WorkPattern* pattern : {&a, &b}) {
    for (const auto& [date, shifts] : pattern->dated) {
      result.dated[date] = combine(a.on(date), b.on(date));
    }
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

DayShifts normalised(DayShifts shifts) {
  std::sort(shifts.begin(), shifts.end());
  DayShifts joined;
  for (const Shift& shift : shifts) {
    if (shift.begin >= shift.end) continue;
    if (!joined.empty() && shift.begin <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, shift.end);
    } else {
      joined.push_back(shift);
    }
  }
  return joined;
}

WorkTime total(const DayShifts& shifts) {
  WorkTime sum;
  for (const Shift& shift : shifts) sum += WorkTime{shift.end - shift.begin};
  return sum;
}

std::optional<DayShifts> parse_shifts(std::string_view text) {
  DayShifts shifts;
  while (true) {
    while (!text.empty() && (text.front() == ' ' || text.front() == ',' || text.front() == ';')) {
      text.remove_prefix(1);
    }
    if (text.empty()) break;
    const std::size_t end = std::min(text.find_first_of(" ,;"), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t dash = word.find('-');
    if (dash == std::string_view::npos) return {};
    const auto from = parse_clock(trimmed(word.substr(0, dash)));
    const auto to = parse_clock(trimmed(word.substr(dash + 1)));
    if (!from || !to || *from == kDay) return {};
    shifts.push_back({*from, *to > *from ? *to : *to + kDay});
    text.remove_prefix(end);
  }
  return normalised(std::move(shifts));
}

std::string to_string(const DayShifts& shifts) {
  std::string text;
  const auto add = [&text](int begin, int end) {
    if (!text.empty()) text += ' ';
    text += clock_string(begin) + '-' + clock_string(end > kDay ? end - kDay : end);
  };
  for (const Shift& shift : shifts) {
    const bool is_longer_than_a_day = shift.end - shift.begin > kDay;
    if (is_longer_than_a_day) add(shift.begin, kDay);  // in two parts, which join when read
    add(is_longer_than_a_day ? kDay - 1 : shift.begin, shift.end);
  }
  return text;
}

const DayShifts& WorkPattern::on(Date date) const {
  const auto found = dated.find(date);
  return found != dated.end() ? found->second : week[static_cast<std::size_t>(weekday(date))];
}

std::size_t hash_of(const WorkPattern& pattern) {
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
  for (const DayShifts& shifts : pattern.week) mix_shifts(shifts);
  for (const auto& [day, shifts] : pattern.dated) {
    mix(day.days);
    mix_shifts(shifts);
  }
  return hash;
}

WorkPattern around_the_clock() {
  WorkPattern pattern;
  pattern.week.fill({{0, kDay}});
  return pattern;
}

WorkPattern intersection(const WorkPattern& a, const WorkPattern& b) {
  return combined(a, b, day_intersection);
}

WorkPattern union_of(const WorkPattern& a, const WorkPattern& b) {
  return combined(a, b, day_union);
}

WorkPattern difference(const WorkPattern& a, const WorkPattern& b) {
  return combined(a, b, day_difference);
}

bool is_never(const WorkPattern& pattern) {
  const auto is_off = [](const DayShifts& shifts) { return shifts.empty(); };
  return std::all_of(pattern.week.begin(), pattern.week.end(), is_off) &&
         std::all_of(pattern.dated.begin(), pattern.dated.end(),
                     [&](const auto& dated) { return is_off(dated.second); });
}

}  // namespace diaodu
