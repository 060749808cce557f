#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "diaodu/formats/table_reader.h"
#include "diaodu/plan/uncertainty.h"

namespace diaodu::formats {

/// What the values of a distribution are amounts of, and how they are written.
struct Measure {
  enum class Of : std::uint8_t { time, money, days };

  Of of = Of::time;
  const NamedCalendar* calendar = nullptr;  ///< whose days count; of time alone
  bool takes_shares = true;                 ///< `80%`; else amounts only
  bool is_added = false;          ///< `20%` is a fifth more, and not a fifth of what is planned
  std::optional<double> planned;  ///< the likely amount where the cell is empty, if that is known
};

/// Reads how likely a quantity is to be what from the cells of a row, and reports each that is not
/// what it should be.
class DistributionReader {
 public:
  /// `usual` is the shape of what has two ends and no shape.
  DistributionReader(TableReader& table, TableKind kind, Distribution::Shape usual);

  /// From the columns `shape`, `low`, `likely`, `high`, `values` and `percentiles`, as far as the
  /// table has them.
  std::optional<Distribution> read(std::size_t row, const Measure& measure);

  /// From one cell: `5d`, `20%`, `3d/5d/8d`.
  std::optional<Distribution> read_short(std::size_t row, std::size_t column,
                                         const Measure& measure);

  /// What the last distribution counted its days in, where it had any.
  bool has_working_days() const { return has_working_days_; }
  bool has_clock_days() const { return has_clock_days_; }
  /// Where its values stand, for what is wrong with them.
  std::size_t first_column() const { return first_column_; }

 private:
  struct Value {
    double amount = 0;
    bool is_share = false;
    std::string_view text;
  };

  std::optional<Value> value(std::string_view written, std::size_t row, std::size_t column);
  std::optional<Value> cell(std::size_t row, std::size_t column);
  std::optional<double> share(std::string_view written, std::size_t row, std::size_t column);
  std::optional<double> minutes(std::string_view written, std::size_t row, std::size_t column);
  bool read_points(std::size_t row, Distribution& distribution);
  bool read_ends(std::size_t row, Distribution& distribution, const Value* low, const Value* likely,
                 const Value* high);
  bool is_of_one_kind(std::span<const Value> values, std::size_t row, std::size_t column,
                      Distribution& distribution);
  void report_unused(std::size_t row, Distribution::Shape shape);
  void report_missing(std::size_t row, std::string_view column);
  Argument label(std::string_view column) const;

  TableReader& table_;
  TableKind kind_;
  Distribution::Shape usual_;
  Measure measure_;
  bool is_bad_ = false;
  bool has_working_days_ = false;
  bool has_clock_days_ = false;
  std::size_t first_column_ = TableReader::kAbsent;
};

}  // namespace diaodu::formats
