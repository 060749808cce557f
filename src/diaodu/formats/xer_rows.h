#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/plan/work_pattern.h"

namespace diaodu::formats {

/// The text of a Primavera export in the making: tables of rows of cells.
class XerRows {
 public:
  /// `header` is what stands after `ERMHDR`.
  explicit XerRows(std::initializer_list<std::string_view> header);

  void begin_table(std::string_view name, std::initializer_list<std::string_view> fields);

  XerRows& row();                          ///< begins one; its cells follow, in the order of the fields
  XerRows& cell(std::string_view text);    ///< tabs, line breaks and control characters become blanks
  XerRows& number(std::int64_t number);
  XerRows& flag(bool value) { return cell(value ? "Y" : "N"); }
  XerRows& none() { return cell({}); }
  XerRows& hours(std::int64_t minutes);    ///< so exact that reading gives the same minutes
  XerRows& date(LocalTime time);

  /// The whole text; with a mark of UTF-8 where letters need it.
  std::string take();

 private:
  std::string text_;
};

/// As a cell keeps it: what no cell can hold becomes blanks, and none stand at the ends.
std::string clean_cell(std::string_view text);

/// The working hours as Primavera packs them into one cell (see `parse_xer_hours`).
std::string xer_hours_of(const WorkPattern& pattern);

}  // namespace diaodu::formats
