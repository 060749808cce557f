#include "diaodu/formats/tjp_words.h"

#include <array>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using Kind = TjpToken::Kind;

constexpr Words kName{"a name", "名称"};
constexpr Words kNameBytes{"bytes in a name", "个字节的名称"};
constexpr Words kDate{"a date", "日期"};
constexpr Words kDuration{"a duration such as 5d", "时长，如 5d"};
constexpr Words kNumber{"a number", "数字"};

/// What a duration's unit is, in days on the clock and in working days.
struct Unit {
  std::string_view name;
  double clock_days;
  double work_days;
};
constexpr double kWeeksPerYear = 365.0 / 7;
constexpr double kWorkDaysPerYear = 260.714;
constexpr std::array kUnits = std::to_array<Unit>({{"d", 1, 1},
                                                   {"w", 7, kWorkDaysPerYear / kWeeksPerYear},
                                                   {"m", 365.0 / 12, kWorkDaysPerYear / 12},
                                                   {"y", 365, kWorkDaysPerYear}});

}  // namespace

bool TjpWords::take(char mark) {
  if (!next().is(mark)) return false;
  take();
  return true;
}

bool TjpWords::take(std::string_view name) {
  if (!next().is(name)) return false;
  take();
  return true;
}

void TjpWords::expect(const Words& what) { findings_.add(found::tjp_syntax, here(), {what}); }

void TjpWords::tell_not_read(const TjpToken& word) {
  if (skipped_.insert(std::string(word.letters)).second)
    tell(found::tjp_not_read, word, {word.letters});
}

void TjpWords::skip(const TjpToken& word) {
  if (word.kind != Kind::name) {
    tell(found::tjp_syntax, word, {kName});
  } else {
    tell_not_read(word);
  }
  bool goes_on = false;
  while (next().kind != Kind::end && !next().is('{') && !next().is('}') &&
         (!next().is_first_on_line || goes_on)) {
    goes_on = take().is(',');
  }
  if (take('{')) skip_block();
}

void TjpWords::skip_block() {
  for (std::size_t depth = 1; depth > 0 && next().kind != Kind::end;) {
    const TjpToken word = take();
    if (word.is('{')) ++depth;
    if (word.is('}')) --depth;
  }
}

std::string TjpWords::take_text() {
  return next().kind == Kind::text ? std::string(take().letters) : std::string();
}

std::string TjpWords::take_name() {
  constexpr std::size_t kLongest = 200;
  if (next().kind == Kind::name && next().letters.size() <= kLongest)
    return std::string(take().letters);
  if (next().kind != Kind::name) {
    expect(kName);
  } else {
    tell(found::too_many, take(), {std::to_string(kLongest), kNameBytes});
  }
  return {};
}

std::string TjpWords::take_path() {
  const TjpToken first = next();
  std::string path = take_name();
  bool is_too_long = false;
  while (take('.')) {
    const std::string name = take_name();
    is_too_long = is_too_long || path.size() + name.size() >= kLongestTjpId;
    if (!is_too_long) path += '.' + name;
  }
  if (!is_too_long) return path;
  tell(found::too_many, first, {std::to_string(kLongestTjpId), kNameBytes});
  return {};
}

std::optional<LocalTime> TjpWords::take_date() {
  if (next().kind == Kind::date) return take().time;
  expect(kDate);
  return {};
}

std::optional<std::int64_t> TjpWords::take_number(int places) {
  if (next().kind == Kind::number) {
    if (const auto value = parse_decimal(next().letters, places)) {
      take();
      return value;
    }
  }
  expect(kNumber);
  return {};
}

std::optional<std::int64_t> TjpWords::take_duration(bool is_work) {
  if (next().kind != Kind::number) {
    expect(kDuration);
    return {};
  }
  const TjpToken number = take();
  const auto thousandths = parse_decimal(number.letters, 3);
  if (!thousandths || next().kind != Kind::name || *thousandths > 1'000'000'000) {
    tell(found::tjp_syntax, number, {kDuration});
    return {};
  }
  const TjpToken unit = take();
  if (unit.is("min")) return *thousandths / 1000;
  if (unit.is("h")) return *thousandths * 60 / 1000;
  for (const Unit& known : kUnits) {
    if (!unit.is(known.name)) continue;
    const double day =
        is_work ? static_cast<double>(minutes_per_day_) : static_cast<double>(kMinutesPerDay);
    const double days = is_work ? known.work_days : known.clock_days;
    const double exact = static_cast<double>(*thousandths) / 1000 * days * day;
    constexpr double kMostMinutes = 1e8;
    if (exact > kMostMinutes) break;
    // What is not a whole quarter of an hour is a week or a month of working days; the language counts slots.
    constexpr double kSlot = 60;
    return is_work && known.name != "d" ? static_cast<std::int64_t>(exact / kSlot + 0.5) * 60
                                        : static_cast<std::int64_t>(exact + 0.5);
  }
  tell(found::tjp_syntax, unit, {kDuration});
  return {};
}

std::optional<TjpInterval> TjpWords::take_interval() {
  const auto from = take_date();
  if (!from) return {};
  if (take('-')) {
    const auto to = take_date();
    return to ? std::optional(TjpInterval{*from, *to}) : std::nullopt;
  }
  if (take('+')) {
    const auto length = take_duration(false);
    return length ? std::optional(TjpInterval{*from, {from->minutes + *length}}) : std::nullopt;
  }
  return TjpInterval{*from, LocalTime::at(from->date() + 1, 0)};
}

}  // namespace diaodu::formats
