#include <charconv>
#include <cmath>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/xer_reader.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

std::int64_t power_of_ten(int places) {
  std::int64_t power = 1;
  while (places-- > 0) power *= 10;
  return power;
}

/// Primavera writes decimals as the machine's settings have them: with a comma in half of the
/// world. Very small and very large ones come as `1E-05`.
std::optional<std::int64_t> parse_xer_number(std::string_view written, int places) {
  constexpr std::size_t kLongest = 64;
  if (written.size() > kLongest) return {};
  std::string text(written);
  for (char& c : text) {
    if (c == ',' && text.find('.') == std::string::npos) c = '.';
  }
  if (const auto value = parse_decimal(text, places)) return value;
  double real = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), real);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  const double scaled = real * static_cast<double>(power_of_ten(places));
  if (!(std::abs(scaled) < 1e18)) return {};
  return std::llround(scaled);
}

}  // namespace

void XerCells::report(const FindingKind& kind, const XerTable::Row& row, std::size_t column,
                      std::vector<Argument> arguments) const {
  reader_.findings.add(kind, reader_.file.where(row, column), std::move(arguments));
}

bool XerCells::require(const XerTable::Row& row, std::size_t column, std::string_view field) const {
  if (!text(row, column).empty()) return true;
  report(found::missing_cell, row, column, {field});
  return false;
}

std::optional<Instant> XerCells::date(const XerTable::Row& row, std::size_t column) const {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  if (const auto date = parse_date(written)) return reader_.plan.zone.to_instant(date->time);
  report(found::bad_date, row, column, {written});
  return {};
}

std::optional<std::int64_t> XerCells::number(const XerTable::Row& row, std::size_t column,
                                             int places, std::int64_t most) const {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  const auto value = parse_xer_number(written, places);
  if (!value) {
    report(found::bad_number, row, column, {written});
    return {};
  }
  if (*value < -most || *value > most) {
    const std::string bound = decimal_string(most, places);
    report(found::number_out_of_range, row, column, {written, "-" + bound, bound});
    return {};
  }
  return value;
}

std::optional<std::int64_t> XerCells::hours(const XerTable::Row& row, std::size_t column) const {
  constexpr int kPlaces = 6;
  constexpr std::int64_t kScale = 1'000'000;
  constexpr std::int64_t kMost = 300 * 366 * 24 * kScale;
  const auto value = number(row, column, kPlaces, kMost);
  if (!value) return {};
  const std::int64_t half = *value < 0 ? -kScale / 2 : kScale / 2;
  return (*value * 60 + half) / kScale;
}

std::optional<WorkTime> XerCells::duration(const XerTable::Row& row, std::size_t column) const {
  const auto minutes = hours(row, column);
  if (!minutes) return {};
  if (*minutes >= 0) return WorkTime{*minutes};
  report(found::negative_duration, row, column, {text(row, column)});
  return {};
}

std::optional<Amount> XerCells::amount(const XerTable::Row& row, std::size_t column) const {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  const auto value = number(row, column, 3, kMost);
  return value ? std::optional(Amount{*value}) : std::nullopt;
}

std::optional<Money> XerCells::money(const XerTable::Row& row, std::size_t column) const {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  const auto value = number(row, column, 2, kMost);
  return value ? std::optional(Money{*value}) : std::nullopt;
}

}  // namespace diaodu::formats
