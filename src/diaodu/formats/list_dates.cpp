#include "diaodu/formats/list_dates.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "diaodu/formats/letters.h"

namespace diaodu::formats {
namespace {

using Order = ListDates::Order;
constexpr std::array kOrders = {Order::month_day_year, Order::day_month_year,
                                Order::year_month_day};

/// Weekdays from Monday on; each word stands for its beginning too.
constexpr std::array<std::string_view, 7> kWeekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 8> kChineseWeekdays = {"一", "二", "三", "四",
                                                              "五", "六", "日", "天"};
constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

/// A date taken apart, its order open.
struct Parts {
  std::array<int, 3> numbers{};
  std::array<bool, 3> is_month_name{};
  std::array<std::size_t, 3> num_digits{};
  std::optional<int> weekday;  ///< 0: Monday
  std::string clock;           ///< as written; empty: none
};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// `mon`, `tues`, `september`: at least three letters of one of the words.
template <std::size_t kSize>
std::optional<int> find_word(const std::array<std::string_view, kSize>& words,
                             std::string_view word) {
  if (word.size() < 3) return {};
  for (std::size_t i = 0; i < kSize; ++i) {
    if (words[i].starts_with(word)) return static_cast<int>(i);
  }
  return {};
}

/// Takes `星期一`, `周一` and `（一）` out of the text.
std::optional<int> take_chinese_weekday(std::string& text) {
  for (const std::string_view before : {"星期", "周", "礼拜"}) {
    const std::size_t at = text.find(before);
    if (at == std::string::npos) continue;
    for (std::size_t i = 0; i < kChineseWeekdays.size(); ++i) {
      const std::string_view day = kChineseWeekdays[i];
      if (text.compare(at + before.size(), day.size(), day) != 0) continue;
      text.replace(at, before.size() + day.size(), " ");
      return static_cast<int>(std::min<std::size_t>(i, 6));
    }
  }
  return {};
}

void replace_all(std::string& text, std::string_view part, std::string_view by) {
  for (std::size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + by.size())) {
    text.replace(at, part.size(), by);
  }
}

std::optional<Parts> take_apart(std::string_view written) {
  constexpr std::size_t kLongest = 60;
  if (written.size() > kLongest) return {};
  std::string text;
  for (const char c : trimmed(written)) {
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  Parts parts;
  parts.weekday = take_chinese_weekday(text);
  replace_all(text, "上午", " ");
  const bool is_afternoon = text.find("下午") != std::string::npos;
  replace_all(text, "下午", " ");
  for (const std::string_view mark : {"年", "月", "/", ".", "-"}) replace_all(text, mark, " - ");
  for (const std::string_view mark : {"日", "号", ",", "，", "(", ")"})
    replace_all(text, mark, " ");
  std::size_t num = 0;
  std::string_view rest = text;
  while (!(rest = trimmed(rest)).empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    if (word == "-") continue;
    if (word.find(':') != std::string_view::npos) {
      parts.clock = word;
      const std::string_view half = trimmed(rest);
      if (half == "am" || half == "pm") {
        parts.clock += half;
        rest = {};
      } else if (is_afternoon) {
        parts.clock += "pm";
      }
      continue;
    }
    if (is_letter(word.front())) {
      if (const auto weekday = find_word(kWeekdays, word)) {
        parts.weekday = weekday;
        continue;
      }
      const auto month = find_word(kMonths, word);
      if (!month || num == 3) return {};
      parts.numbers[num] = *month + 1;
      parts.is_month_name[num++] = true;
      continue;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || word.size() > 4 || num == 3)
      return {};
    if (!is_digit(word.front())) return {};
    parts.num_digits[num] = word.size();
    parts.numbers[num++] = value;
  }
  return num == 3 ? std::optional(parts) : std::nullopt;
}

/// Nothing where these numbers cannot stand in that order.
std::optional<Date> date_in(const Parts& parts, Order order) {
  std::size_t year = 2;
  std::size_t month = 0;
  std::size_t day = 1;
  if (order == Order::day_month_year) std::swap(month, day);
  if (order == Order::year_month_day) {
    year = 0;
    month = 1;
    day = 2;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (parts.is_month_name[i] && (i != month || (year == 0 && parts.num_digits[0] != 4)))
      return {};
  }
  if (parts.num_digits[day] > 2 || parts.num_digits[month] > 2) return {};
  int of_year = parts.numbers[year];
  if (parts.num_digits[year] == 2) {
    constexpr int kFirst = 10;  // plans are of these years
    constexpr int kLast = 69;
    if (of_year < kFirst || of_year > kLast) return {};
    of_year += 2000;
  } else if (parts.num_digits[year] != 4) {
    return {};
  }
  const auto date = make_date(of_year, parts.numbers[month], parts.numbers[day]);
  if (date && parts.weekday && static_cast<int>(weekday(*date)) != *parts.weekday) return {};
  return date;
}

/// As `parse_date` reads it, without the day of the week; nothing for what depends on an order.
std::optional<DateText> clear_date(std::string_view text) {
  if (text.find_first_of("/-") != std::string_view::npos) {
    const auto parts = take_apart(text);
    if (parts && parts->num_digits[0] != 4) return {};
  }
  return parse_date(text);
}

}  // namespace

void ListDates::look_at(std::string_view text) {
  if (text.empty() || clear_date(text)) return;
  const auto parts = take_apart(text);
  if (!parts) return;
  std::array<bool, 3> left = is_possible_;
  for (std::size_t i = 0; i < kOrders.size(); ++i) left[i] = left[i] && date_in(*parts, kOrders[i]);
  if (std::none_of(left.begin(), left.end(), [](bool is) { return is; }))
    return;  // no date, or of another kind
  const bool is_named = std::any_of(parts->is_month_name.begin(), parts->is_month_name.end(),
                                    [](bool is) { return is; });
  if (is_named || parts->num_digits[0] == 4) return;  // says nothing of the others
  is_needed_ = true;
  is_possible_ = left;
}

void ListDates::look_at(std::string_view start, std::string_view finish) {
  if (clear_date(start) || clear_date(finish)) return;
  const auto first = take_apart(start);
  const auto last = take_apart(finish);
  if (!first || !last) return;
  for (std::size_t i = 0; i < kOrders.size(); ++i) {
    const auto from = date_in(*first, kOrders[i]);
    const auto to = date_in(*last, kOrders[i]);
    if (from && to && *to < *from) ++num_turned_[i];
  }
}

void ListDates::decide() {
  const auto is_straight = [this](std::size_t i) { return is_possible_[i] && num_turned_[i] == 0; };
  if (!is_straight(0) && !is_straight(1) && !is_straight(2)) return;
  for (std::size_t i = 0; i < kOrders.size(); ++i) is_possible_[i] = is_straight(i);
}

std::optional<DateText> ListDates::read(std::string_view text) const {
  if (const auto clear = clear_date(text)) return clear;
  const auto parts = take_apart(text);
  if (!parts) return {};
  std::optional<Date> date;
  const bool is_named = std::any_of(parts->is_month_name.begin(), parts->is_month_name.end(),
                                    [](bool is) { return is; });
  for (std::size_t i = 0; i < kOrders.size(); ++i) {
    const bool is_own = is_named || parts->num_digits[0] == 4;
    if (!is_possible_[i] && !is_own) continue;
    const auto in_order = date_in(*parts, kOrders[i]);
    if (date && in_order && *date != *in_order) return {};
    if (in_order) date = in_order;
  }
  if (!date) return {};
  if (parts->clock.empty()) return DateText{.time = LocalTime::at(*date, 0)};
  return parse_date(to_string(*date) + ' ' + parts->clock);
}

bool ListDates::is_unclear(std::string_view text) const {
  const auto parts = take_apart(text);
  if (!parts || read(text)) return false;
  std::size_t num = 0;
  for (std::size_t i = 0; i < kOrders.size(); ++i)
    num += is_possible_[i] && date_in(*parts, kOrders[i]) ? 1 : 0;
  return num > 1;
}

std::optional<ListDates::Order> ListDates::order() const {
  if (!is_needed_ || std::count(is_possible_.begin(), is_possible_.end(), true) != 1) return {};
  const auto left = std::find(is_possible_.begin(), is_possible_.end(), true);
  return kOrders[static_cast<std::size_t>(left - is_possible_.begin())];
}

}  // namespace diaodu::formats
