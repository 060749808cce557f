#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "diaodu/formats/cells.h"

namespace diaodu::formats {

/// Reads the dates of a list as people and programs write them: what `parse_date` reads, and besides
/// `Mon 4/1/24`, `12-Apr-24`, `April 12, 2024 8:00 AM`, `24/4/1`, `2024年4月1日 星期一`.
///
/// Whether `3/4/24` is March or April, all dates of the list decide together: an order of day, month and
/// year that makes one of them impossible, or the wrong day of the week, is out.
class ListDates {
 public:
  enum class Order : std::uint8_t { month_day_year, day_month_year, year_month_day };

  /// To be called with every date first.
  void look_at(std::string_view text);
  /// And with every pair of a start and its finish: an order that turns them round is less likely.
  void look_at(std::string_view start, std::string_view finish);
  void decide();

  std::optional<DateText> read(std::string_view text) const;
  /// A date, but nobody knows which.
  bool is_unclear(std::string_view text) const;
  /// The order that was needed and found; nothing where all dates were clear by themselves.
  std::optional<Order> order() const;

 private:
  std::array<bool, 3> is_possible_{true, true, true};
  std::array<std::size_t, 3> num_turned_{};
  bool is_needed_ = false;
};

}  // namespace diaodu::formats
