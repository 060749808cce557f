#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "diaodu/formats/fact_columns.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// Which table of facts the sheet holds, by its name or else by its columns.
std::optional<FactTable> fact_table_of(const Sheet& sheet);

/// The cells of a sheet by the names of their columns; each that does not hold what its column does is reported.
/// Readers return nothing for empty cells.
class FactSheet {
 public:
  /// Matches the header; reports missing, repeated and unknown columns.
  FactSheet(const Sheet& sheet, FactTable table, Findings& findings);

  FactTable table() const { return table_; }
  bool is_usable() const { return is_usable_; }  ///< false: a required column is missing
  std::size_t num_rows() const { return sheet_.rows.size(); }
  bool has_decimal_comma() const { return sheet_.has_decimal_comma; }

  std::string_view text(std::size_t row, std::string_view column) const;
  std::string_view required(std::size_t row, std::string_view column) const;
  std::optional<Instant> instant(std::size_t row, std::string_view column, const Plan& plan,
                                 bool is_end_of_day) const;
  Instant required_instant(std::size_t row, std::string_view column, const Plan& plan,
                           bool is_end_of_day) const;
  std::optional<std::int64_t> number(std::size_t row, std::string_view column, int places,
                                     std::int64_t low, std::int64_t high) const;
  std::optional<WorkTime> work_time(std::size_t row, std::string_view column,
                                    const NamedCalendar& calendar) const;
  template <class Choices>
  auto choice(std::size_t row, std::string_view column, const Choices& choices) const {
    using Value = decltype(choices.begin()->value);
    const std::string_view written = text(row, column);
    for (const auto& choice : choices) {
      if (!written.empty() && is_one_of(written, choice.names))
        return std::optional<Value>(choice.value);
    }
    if (!written.empty()) report(found_bad_choice(), row, column, {written, all_words_of(choices)});
    return std::optional<Value>();
  }

  Where where(std::size_t row, std::string_view column) const;
  void report(const FindingKind& kind, std::size_t row, std::string_view column,
              std::vector<Argument> arguments) const;

 private:
  static bool is_one_of(std::string_view written, std::string_view names);
  static const FindingKind& found_bad_choice();

  const Sheet& sheet_;
  FactTable table_;
  Findings& findings_;
  std::vector<std::string_view> known_;  // canonical name of each column of the sheet, or empty
  bool is_usable_ = true;
};

}  // namespace diaodu::formats
