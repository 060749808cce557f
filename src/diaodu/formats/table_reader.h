#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/choices.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu::formats {

/// Reads the cells of one sheet as columns of one table of a plan, and reports each cell that is
/// not what its column holds.  Columns are looked up once, rows are walked with `row` numbers.
class TableReader {
 public:
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

  /// Matches the header; reports missing, repeated and unknown columns.
  TableReader(TableKind table, const Sheet& sheet, Plan& plan, Sources& sources,
              Findings& findings);

  bool is_usable() const { return is_usable_; }  ///< false: a required column is missing
  std::size_t num_rows() const { return num_rows_; }

  /// The number of a column in the sheet; `kAbsent` if the sheet does not have it.
  std::size_t column(std::string_view name) const;

  std::string_view text(std::size_t row, std::size_t column) const {
    return column == kAbsent ? std::string_view{} : sheet_.cell(sheet_.rows[row], column);
  }
  /// Reports an empty cell.
  std::optional<std::string_view> required(std::size_t row, std::size_t column);

  /// Nothing for an empty cell, and (with a finding) for one that holds no such value.
  std::optional<std::int64_t> number(std::size_t row, std::size_t column, int places,
                                     std::int64_t low, std::int64_t high);
  std::optional<double> real(std::size_t row, std::size_t column, double low, double high);
  std::optional<double> real_of(std::string_view text, std::size_t row, std::size_t column,
                                double low, double high);
  std::optional<Amount> amount(std::size_t row, std::size_t column, Amount low);
  std::optional<Money> money(std::size_t row, std::size_t column);
  std::optional<Money> money_of(std::string_view text, std::size_t row, std::size_t column);
  std::optional<LocalTime> local_time(std::size_t row, std::size_t column, bool is_end_of_day);
  std::optional<Instant> date(std::size_t row, std::size_t column, bool is_end_of_day);
  std::optional<bool> yes_no(std::size_t row, std::size_t column);
  struct Duration {
    WorkTime time;
    bool is_elapsed = false;
  };
  std::optional<Duration> duration(std::size_t row, std::size_t column,
                                   const NamedCalendar& calendar);
  std::optional<Duration> duration_of(std::string_view text, std::size_t row, std::size_t column,
                                      const NamedCalendar& calendar);

  template <class Value>
  std::optional<Value> choice(std::size_t row, std::size_t column,
                              std::span<const Choice<Value>> choices) {
    const std::string_view written = text(row, column);
    if (written.empty()) return {};
    for (const Choice<Value>& choice : choices) {
      if (is_one_of(written, choice.names)) return choice.value;
    }
    report_choice(row, column, all_words_of(choices));
    return {};
  }

  Where where(std::size_t row, std::size_t column) const;
  void report(const FindingKind& kind, std::size_t row, std::size_t column,
              std::vector<Argument> arguments);

  /// Says that the row became the next row of the plan's table: remembers its line and keeps the
  /// cells of columns that nobody knows.
  void accept(std::size_t row);

 private:
  std::optional<std::int64_t> number_of(std::string_view text, std::size_t row, std::size_t column,
                                        int places, std::int64_t low, std::int64_t high);
  static bool is_one_of(std::string_view written, std::string_view names);
  void report_choice(std::size_t row, std::size_t column, Argument known);

  TableKind table_;
  const Sheet& sheet_;
  Plan& plan_;
  Sources& sources_;
  Findings& findings_;
  std::vector<std::string_view> known_;  // canonical name of each column of the sheet, or empty
  std::vector<std::pair<std::size_t, std::size_t>> foreign_;  // sheet column, plan.foreign index
  std::size_t num_rows_;
  bool is_usable_ = true;
};

}  // namespace diaodu::formats
