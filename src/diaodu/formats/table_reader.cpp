#include "diaodu/formats/table_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/columns.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

namespace {

/// A plan has several links for each task; settings come in hundreds.
std::size_t most_rows(TableKind table) {
  if (table == TableKind::links) return kMostRows;
  if (table == TableKind::plan) return 10'000;
  return table == TableKind::calendars ? 1'000'000 : kMostNamedRows;
}

}  // namespace

TableReader::TableReader(TableKind table, const Sheet& sheet, Plan& plan, Sources& sources,
                         Findings& findings)
    : table_(table),
      sheet_(sheet),
      plan_(plan),
      sources_(sources),
      findings_(findings),
      num_rows_(std::min(sheet.rows.size(), most_rows(table))) {
  if (num_rows_ < sheet.rows.size()) {
    findings_.add(found::too_many_rows, {.file = sheet.file, .line = sheet.rows[num_rows_].line},
                  {std::to_string(num_rows_)});
  }
  Sources::TableSource& source = sources_[table];
  source.file = sheet.file;
  known_.resize(sheet.header.size());
  const std::vector<std::string> names = column_names(sheet);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& header = names[i];
    const Where where{
        .file = sheet.file, .line = sheet.header_line, .column = sheet.header_number(i)};
    if (header.empty()) continue;
    if (const Column* column = find_column(table, header)) {
      if (std::find(known_.begin(), known_.end(), column->name) != known_.end()) {
        findings_.add(found::repeated_column, where, {header});
        continue;
      }
      known_[i] = column->name;
      source.columns.emplace_back(column->name, sheet.header_number(i));
      continue;
    }
    const std::string name(table_name(table));
    const std::string nearest(nearest_column(table, header));
    if (nearest.empty()) {
      findings_.add(found::unknown_column, where, {header, name});
    } else {
      findings_.add(found::similar_column, where, {header, name, nearest});
    }
    foreign_.emplace_back(i, plan_.foreign.size());
    plan_.foreign.push_back({name, header, {}});
  }
  for (const Column& column : all_columns()) {
    if (column.table != table || !column.is_required || this->column(column.name) != kAbsent)
      continue;
    is_usable_ = false;
    findings_.add(found::missing_column, {.file = sheet.file, .line = sheet.header_line},
                  {std::string(table_name(table)), label_of(column)});
  }
}

std::size_t TableReader::column(std::string_view name) const {
  const auto found = std::find(known_.begin(), known_.end(), name);
  return found == known_.end() ? kAbsent : static_cast<std::size_t>(found - known_.begin());
}

Where TableReader::where(std::size_t row, std::size_t column) const {
  Where where{.file = sheet_.file, .line = sheet_.rows[row].line};
  if (column != kAbsent) where.column = sheet_.column_number(sheet_.rows[row], column);
  return where;
}

void TableReader::report(const FindingKind& kind, std::size_t row, std::size_t column,
                         std::vector<Argument> arguments) {
  findings_.add(kind, where(row, column), std::move(arguments));
}

std::optional<std::string_view> TableReader::required(std::size_t row, std::size_t column) {
  const std::string_view written = text(row, column);
  if (!written.empty()) return written;
  report(found::missing_cell, row, column, {sheet_.header[column]});
  return {};
}

std::optional<std::int64_t> TableReader::number(std::size_t row, std::size_t column, int places,
                                                std::int64_t low, std::int64_t high) {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  return number_of(written, row, column, places, low, high);
}

std::optional<std::int64_t> TableReader::number_of(std::string_view written, std::size_t row,
                                                   std::size_t column, int places, std::int64_t low,
                                                   std::int64_t high) {
  const auto value = parse_number(written, places, sheet_.has_decimal_comma);
  if (!value) {
    report(found::bad_number, row, column, {written});
    return {};
  }
  if (*value < low || *value > high) {
    report(found::number_out_of_range, row, column,
           {written, decimal_string(low, places), decimal_string(high, places)});
    return {};
  }
  return value;
}

std::optional<double> TableReader::real(std::size_t row, std::size_t column, double low,
                                        double high) {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  return real_of(written, row, column, low, high);
}

std::optional<double> TableReader::real_of(std::string_view written, std::size_t row,
                                           std::size_t column, double low, double high) {
  constexpr int kPlaces = 9;
  constexpr double kScale = 1e9;
  constexpr double kMost = 1e6;
  // Through the decimal reader while that is exact, for its commas and units; else as a double.
  std::optional<double> value;
  if (const auto scaled = parse_number(written, kPlaces, sheet_.has_decimal_comma)) {
    value = static_cast<double>(*scaled) / kScale;
  } else if (const auto large = parse_number(written, 2, sheet_.has_decimal_comma)) {
    value = static_cast<double>(*large) / 100;
  } else {
    double parsed = 0;
    const auto [end, error] =
        std::from_chars(written.data(), written.data() + written.size(), parsed);
    const bool is_number = error == std::errc{} && end == written.data() + written.size();
    if (is_number && std::isfinite(parsed)) value = parsed;
  }
  if (!value) {
    report(found::bad_number, row, column, {written});
    return {};
  }
  if (*value < low || *value > high) {
    const auto bound = [](double x) {
      return std::abs(x) <= kMost ? decimal_string(std::llround(x * 1000), 3) : std::to_string(x);
    };
    report(found::number_out_of_range, row, column, {written, bound(low), bound(high)});
    return {};
  }
  return value;
}

std::optional<Amount> TableReader::amount(std::size_t row, std::size_t column, Amount low) {
  constexpr std::int64_t kMost = 1'000'000'000'000;  // a thousand million of anything
  const auto value = number(row, column, 3, low.count(), kMost);
  return value ? std::optional(Amount{*value}) : std::nullopt;
}

std::optional<Money> TableReader::money(std::size_t row, std::size_t column) {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  return money_of(written, row, column);
}

std::optional<Money> TableReader::money_of(std::string_view written, std::size_t row,
                                           std::size_t column) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  const auto value = number_of(written, row, column, 2, -kMost, kMost);
  return value ? std::optional(Money{*value}) : std::nullopt;
}

std::optional<LocalTime> TableReader::local_time(std::size_t row, std::size_t column,
                                                 bool is_end_of_day) {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  const auto date = parse_date(written);
  if (!date) {
    report(is_unclear_date(written) ? found::unclear_date : found::bad_date, row, column,
           {written});
    return {};
  }
  LocalTime time = date->time;
  if (!date->has_clock && is_end_of_day) time.minutes += kMinutesPerDay;
  return time;
}

std::optional<Instant> TableReader::date(std::size_t row, std::size_t column, bool is_end_of_day) {
  const auto local = local_time(row, column, is_end_of_day);
  return local ? std::optional(plan_.zone.to_instant(*local)) : std::nullopt;
}

std::optional<bool> TableReader::yes_no(std::size_t row, std::size_t column) {
  const auto value = parse_yes_no(text(row, column));
  if (!value) report(found::bad_yes_no, row, column, {text(row, column)});
  return value;
}

std::optional<TableReader::Duration> TableReader::duration(std::size_t row, std::size_t column,
                                                           const NamedCalendar& calendar) {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  return duration_of(written, row, column, calendar);
}

std::optional<TableReader::Duration> TableReader::duration_of(std::string_view written,
                                                              std::size_t row, std::size_t column,
                                                              const NamedCalendar& calendar) {
  const auto parsed = parse_duration(written);
  const auto time = parsed ? minutes(*parsed, calendar) : std::nullopt;
  if (!time) {
    report(found::bad_duration, row, column, {written});
    return {};
  }
  if (*time < 0) {
    report(found::negative_duration, row, column, {written});
    return {};
  }
  if (parsed->unit == DurationText::Unit::none && *time != 0) {
    report(found::duration_without_unit, row, column, {written});
  }
  return Duration{.time = WorkTime{*time}, .is_elapsed = parsed->is_elapsed};
}

bool TableReader::is_one_of(std::string_view written, std::string_view names) {
  const std::string wanted = folded(written);
  while (!names.empty()) {
    const std::size_t end = std::min(names.find('|'), names.size());
    if (names.substr(0, end) == wanted) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

void TableReader::report_choice(std::size_t row, std::size_t column, Argument known) {
  report(found::bad_choice, row, column, {text(row, column), std::move(known)});
}

void TableReader::accept(std::size_t row) {
  std::vector<std::int32_t>& lines = sources_[table_].lines;
  const auto place = static_cast<std::uint32_t>(lines.size());
  lines.push_back(sheet_.rows[row].line);
  for (const auto& [column, index] : foreign_) {
    const std::string_view written = text(row, column);
    if (!written.empty()) plan_.foreign[index].cells.push_back({place, plan_.text(written)});
  }
}

}  // namespace diaodu::formats
