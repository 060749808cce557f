#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/plan/work_pattern.h"

namespace diaodu::formats {

/// The text of a Primavera export in the making: tables of rows of cells.
class XerRows {
 public:
  /// `header` is what stands after `ERMHDR`.
  explicit XerRows(std::initializer_list<std::string_view> header);

  /// `fields`, which must outlive this, are `task_id proj_id=1 ...`: in order, each with what its cells hold unless
  /// they are set.
  void begin_table(std::string_view name, std::string_view fields);

  XerRows& row();  ///< begins one; cells are set by the names of their fields
  /// Tabs, line breaks and control characters become blanks.
  XerRows& set(std::string_view field, std::string_view text);
  XerRows& set(std::string_view field, const char* text) {
    return set(field, std::string_view(text));
  }
  XerRows& set(std::string_view field, std::int64_t number);
  XerRows& set(std::string_view field, LocalTime time);
  XerRows& flag(std::string_view field, bool value) { return set(field, value ? "Y" : "N"); }
  /// So exact that reading gives the same minutes.
  XerRows& hours(std::string_view field, std::int64_t minutes);

  /// The whole text; with a mark of UTF-8 where letters need it.
  std::string take();

 private:
  void end_row();

  std::string text_;
  std::unordered_map<std::string_view, std::size_t> column_of_;
  std::vector<std::string> usual_;
  std::vector<std::string> cells_;
  bool has_row_ = false;
};

/// As a cell keeps it: what no cell can hold becomes blanks, and none stand at the ends.
std::string clean_cell(std::string_view text);

/// The working hours as Primavera packs them into one cell (see `parse_xer_hours`).
std::string xer_hours_of(const WorkPattern& pattern);

}  // namespace diaodu::formats
