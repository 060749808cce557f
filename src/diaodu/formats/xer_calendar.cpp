#include "diaodu/formats/xer_calendar.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "diaodu/core/civil.h"

namespace diaodu::formats {
namespace {

/// Shifts lie at depth 4 of a real calendar.
constexpr int kMostDepth = 8;

/// `(0||name(key|value|key|value)(children))`
struct Node {
  std::string_view name;
  std::string_view fields;
  std::vector<Node> children;
};

class NodeParser {
 public:
  explicit NodeParser(std::string_view text) : rest_(text) {}

  /// The nodes up to a closing parenthesis or the end of the text.
  std::vector<Node> nodes(int depth) {
    std::vector<Node> nodes;
    while (skip_blanks() && rest_.front() == '(') {
      if (depth == kMostDepth) {
        is_whole_ = false;
        return nodes;
      }
      nodes.emplace_back();
      if (!read(nodes.back(), depth)) {
        is_whole_ = false;
        return nodes;
      }
    }
    return nodes;
  }

  bool is_whole() { return is_whole_ && !skip_blanks(); }

 private:
  /// Blanks, and the 0x7F that stand for line breaks.  False at the end of the text.
  bool skip_blanks() {
    const auto is_blank = [](char c) {
      return static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
    };
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
    return !rest_.empty();
  }
  bool take(char wanted) {
    if (!skip_blanks() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view take_until(std::string_view stops) {
    const std::size_t end = std::min(rest_.find_first_of(stops), rest_.size());
    const std::string_view taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
  }

  /// False if it is no whole node; what it holds until there is kept.
  bool read(Node& node, int depth) {
    if (!take('(')) return false;
    const std::string_view head = take_until("()");
    const std::size_t bars = head.find("||");
    if (bars == std::string_view::npos || !take('(')) return false;
    node.name = head.substr(bars + 2);
    node.fields = take_until("()");
    if (!take(')') || !take('(')) return false;
    node.children = nodes(depth + 1);
    return is_whole_ && take(')') && take(')');
  }

  std::string_view rest_;
  bool is_whole_ = true;
};

/// The value of `key` in `key|value|key|value`; empty if there is none.
std::string_view field(const Node& node, std::string_view key) {
  std::string_view rest = node.fields;
  const auto take = [&rest] {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    std::string_view word = rest.substr(0, bar);
    rest.remove_prefix(std::min(bar + 1, rest.size()));
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    return word;
  };
  while (!rest.empty()) {
    const std::string_view found = take();
    const std::string_view value = take();
    if (found == key) return value;
  }
  return {};
}

std::optional<int> few_digits(std::string_view text) {
  constexpr std::size_t kMostDigits = 7;
  if (text.empty() || text.size() > kMostDigits) return {};
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

class HoursReader {
 public:
  explicit HoursReader(XerHours& hours) : hours_(hours) {}

  void read(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) {
      if (node.name == "DaysOfWeek") {
        read_week(node);
      } else if (node.name == "Exceptions") {
        for (const Node& exception : node.children) read_exception(exception);
      } else {
        read(node.children);  // the outermost node, whatever its name
      }
    }
  }

 private:
  void read_week(const Node& week) {
    for (const Node& day : week.children) {
      const auto number = few_digits(day.name);
      if (!number || *number < 1 || *number > 7) {
        hours_.is_whole = false;
        continue;
      }
      constexpr int kSundayBeforeMonday = 5;  // day 1, a Sunday, becomes 6
      hours_.week[static_cast<std::size_t>((*number + kSundayBeforeMonday) % 7)] = shifts_of(day);
    }
  }

  void read_exception(const Node& node) {
    constexpr Date kDayZero = Date::from(1899, 12, 30);
    const auto serial = few_digits(field(node, "d"));
    const Date date = kDayZero + serial.value_or(0);
    if (!serial || date < Date::from(kFirstYear, 1, 1) || date > Date::from(kLastYear, 12, 31)) {
      hours_.is_whole = false;
      return;
    }
    CalendarException exception{.first = date, .last = date};
    exception.shifts = shifts_of(node);
    hours_.exceptions.push_back(std::move(exception));
  }

  DayShifts shifts_of(const Node& day) {
    DayShifts shifts;
    for (const Node& node : day.children) {
      const auto begin = parse_clock(field(node, "s"));
      auto end = parse_clock(field(node, "f"));
      if (!begin || !end || *begin == kMinutesPerDay) {
        hours_.is_whole = false;
        continue;
      }
      constexpr int kDay = static_cast<int>(kMinutesPerDay);
      if (*end == kDay - 1) end = kDay;  // 23:59: P6 keeps no shifts of single minutes
      shifts.push_back({*begin, *end > *begin ? *end : *end + kDay});
    }
    return normalised(std::move(shifts));
  }

  XerHours& hours_;
};

}  // namespace

XerHours parse_xer_hours(std::string_view text) {
  constexpr std::size_t kMostBytes =
      16 << 20;  // of real ones some kilobytes; nodes take eight times their text
  XerHours hours;
  if (text.size() > kMostBytes) {
    hours.is_whole = false;
    return hours;
  }
  NodeParser parser(text);
  const std::vector<Node> nodes = parser.nodes(0);
  HoursReader(hours).read(nodes);
  if (!parser.is_whole()) hours.is_whole = false;
  return hours;
}

}  // namespace diaodu::formats
