#include <array>
#include <string>
#include <utility>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/read_facts.h"

namespace diaodu::formats {
namespace {

/// Takes the digits at the front; nothing where there is none, or more than four.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  std::size_t size = 0;
  while (size < text.size() && text[size] >= '0' && text[size] <= '9' && size <= 4)
    number = number * 10 + (text[size++] - '0');
  if (size == 0 || size > 4) return {};
  text.remove_prefix(size);
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// What follows `2026年`.
std::optional<std::pair<int, int>> months_of(std::string_view text) {
  static constexpr std::pair<std::string_view, std::pair<int, int>> kNamed[] = {
      {"", {1, 12}},        {"全年", {1, 12}},    {"上半年", {1, 6}},   {"下半年", {7, 12}},
      {"一季度", {1, 3}},   {"二季度", {4, 6}},   {"三季度", {7, 9}},   {"四季度", {10, 12}},
      {"第一季度", {1, 3}}, {"第二季度", {4, 6}}, {"第三季度", {7, 9}}, {"第四季度", {10, 12}},
      {"1季度", {1, 3}},    {"2季度", {4, 6}},    {"3季度", {7, 9}},    {"4季度", {10, 12}},
      {"前三季度", {1, 9}},
  };
  for (const auto& [name, months] : kNamed) {
    if (text == name) return months;
  }
  const auto first = take_number(text);
  if (!first) return {};
  auto last = first;
  take(text, "月");
  if (take(text, "-") || take(text, "—") || take(text, "–") || take(text, "至") || take(text, "~"))
    last = take_number(text);
  take(text, "月");
  take(text, "份");
  if (!text.empty() || !last || *first < 1 || *last < *first || *last > 12) return {};
  return std::pair{*first, *last};
}

}  // namespace

std::optional<track::Period> period_of(std::string_view text) {
  if (const auto period = track::parse_period(text)) return period;
  std::string_view rest = text;
  const auto year = take_number(rest);
  if (year && *year >= 1000 && take(rest, "年")) {
    const auto months = months_of(rest);
    return months ? std::optional(track::Period{*year, months->first, months->second})
                  : std::nullopt;
  }
  const auto date = parse_date(text);
  if (!date || date->has_clock) return {};
  const YearMonthDay day = year_month_day(date->time.date());
  if (day.day != 1) return {};
  return track::Period{day.year, day.month, day.month};
}

}  // namespace diaodu::formats
