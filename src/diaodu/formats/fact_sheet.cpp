#include "diaodu/formats/fact_sheet.h"

#include <algorithm>
#include <string>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/columns.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

Argument label_of(const FactColumn& column) {
  return {std::string(column.name),
          std::string(column.aliases.substr(0, column.aliases.find('|')))};
}

Argument label_of(FactTable table) {
  const Words words = in_both_languages(names_of(table));
  return {std::string(words.en), std::string(words.zh)};
}

std::string_view nearest_fact_column(FactTable table, std::string_view header) {
  const std::string wanted = folded(header);
  std::string_view nearest;
  std::size_t least = 3;  // more mistakes than that are no misspelling
  for (const FactColumn& column : fact_columns()) {
    if (column.table != table || wanted.size() < 3 || wanted.size() > 40) continue;
    const std::size_t distance = edit_distance(wanted, column.name, least);
    if (distance < least && distance * 2 < column.name.size()) {
      least = distance;
      nearest = column.name;
    }
  }
  return nearest;
}

}  // namespace

std::optional<FactTable> fact_table_of(const Sheet& sheet) {
  for (const FactTable table : kFactTables) {
    if (is_among(folded(sheet.name), names_of(table))) return table;
  }
  const auto has_required = [&sheet](FactTable table) {
    return std::all_of(fact_columns().begin(), fact_columns().end(), [&](const FactColumn& column) {
      return column.table != table || !column.is_required ||
             std::any_of(sheet.header.begin(), sheet.header.end(), [&](const auto& header) {
               return find_fact_column(table, header) == &column;
             });
    });
  };
  // Those with the most required columns first: `task` and `date` make progress of nearly anything.
  for (const FactTable table :
       {FactTable::observations, FactTable::costs, FactTable::notes, FactTable::progress}) {
    if (has_required(table)) return table;
  }
  return {};
}

FactSheet::FactSheet(const Sheet& sheet, FactTable table, Findings& findings)
    : sheet_(sheet), table_(table), findings_(findings), known_(sheet.header.size()) {
  const std::vector<std::string> names = column_names(sheet);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& header = names[i];
    const Where where{
        .file = sheet.file, .line = sheet.header_line, .column = static_cast<int>(i) + 1};
    if (header.empty()) continue;
    const FactColumn* const column = find_fact_column(table, header);
    if (column == nullptr) {
      const std::string_view nearest = nearest_fact_column(table, header);
      findings_.add(found::unused_fact_column, where,
                    {header, label_of(table),
                     nearest.empty() ? Argument("")
                                     : Argument("did you mean '" + std::string(nearest) + "'?",
                                                "是否应为“" + std::string(nearest) + "”？")});
    } else if (std::find(known_.begin(), known_.end(), column->name) != known_.end()) {
      findings_.add(found::repeated_column, where, {header});
    } else {
      known_[i] = column->name;
    }
  }
  for (const FactColumn& column : fact_columns()) {
    const bool is_missing = column.table == table && column.is_required &&
                            std::find(known_.begin(), known_.end(), column.name) == known_.end();
    if (!is_missing) continue;
    is_usable_ = false;
    findings_.add(found::missing_column, {.file = sheet.file, .line = sheet.header_line},
                  {label_of(table), label_of(column)});
  }
}

std::string_view FactSheet::text(std::size_t row, std::string_view column) const {
  const auto at = std::find(known_.begin(), known_.end(), column);
  if (at == known_.end()) return {};
  return sheet_.cell(sheet_.rows[row], static_cast<std::size_t>(at - known_.begin()));
}

std::string_view FactSheet::required(std::size_t row, std::string_view column) const {
  const std::string_view written = text(row, column);
  if (written.empty()) {
    const auto at = std::find(known_.begin(), known_.end(), column);
    report(found::missing_cell, row, column,
           {sheet_.header[static_cast<std::size_t>(at - known_.begin())]});
  }
  return written;
}

std::optional<Instant> FactSheet::instant(std::size_t row, std::string_view column,
                                          const Plan& plan, bool is_end_of_day) const {
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
  return plan.zone.to_instant(time);
}

Instant FactSheet::required_instant(std::size_t row, std::string_view column, const Plan& plan,
                                    bool is_end_of_day) const {
  required(row, column);
  return instant(row, column, plan, is_end_of_day).value_or(Instant{});
}

std::optional<std::int64_t> FactSheet::number(std::size_t row, std::string_view column, int places,
                                              std::int64_t low, std::int64_t high) const {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  const auto value = parse_number(written, places, sheet_.has_decimal_comma);
  if (!value) {
    report(found::bad_number, row, column, {written});
    return {};
  }
  if (*value >= low && *value <= high) return value;
  // A percentage has two more places when it is written with its sign; its limits do not.
  const int shown_places = high == 100'00 ? 2 : places;
  report(found::number_out_of_range, row, column,
         {written, decimal_string(low, shown_places), decimal_string(high, shown_places)});
  return {};
}

std::optional<WorkTime> FactSheet::work_time(std::size_t row, std::string_view column,
                                             const NamedCalendar& calendar) const {
  const std::string_view written = text(row, column);
  if (written.empty()) return {};
  const auto parsed = parse_duration(written);
  const auto time = parsed ? minutes(*parsed, calendar) : std::nullopt;
  if (!time || *time < 0) {
    report(time ? found::negative_duration : found::bad_duration, row, column, {written});
    return {};
  }
  return WorkTime{*time};
}

Where FactSheet::where(std::size_t row, std::string_view column) const {
  Where where{.file = sheet_.file, .line = sheet_.rows[row].line};
  const auto at = std::find(known_.begin(), known_.end(), column);
  if (at != known_.end() && !column.empty())
    where.column =
        sheet_.column_number(sheet_.rows[row], static_cast<std::size_t>(at - known_.begin()));
  return where;
}

void FactSheet::report(const FindingKind& kind, std::size_t row, std::string_view column,
                       std::vector<Argument> arguments) const {
  findings_.add(kind, where(row, column), std::move(arguments));
}

bool FactSheet::is_one_of(std::string_view written, std::string_view names) {
  return is_among(folded(written), names);
}

const FindingKind& FactSheet::found_bad_choice() { return found::bad_choice; }

}  // namespace diaodu::formats
