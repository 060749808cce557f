#pragma once

#include <xlsxwriter.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/schedule_table.h"

namespace diaodu::report {

inline constexpr std::size_t kMostRows = 1'000'000;  // a sheet ends at 1,048,576
inline constexpr lxw_color_t kInk = 0x1F2A37;
inline constexpr lxw_color_t kHeaderFill = 0x3A4754;
inline constexpr lxw_color_t kCriticalTint = 0xFBE9E1;
inline constexpr lxw_color_t kCriticalFill = 0xDD6B3D;
inline constexpr lxw_color_t kOrdinaryFill = 0x86A5CC;
inline constexpr lxw_color_t kSummaryFill = 0x3A4754;
inline constexpr lxw_color_t kSummaryTint = 0xEEF1F4;

/// A workbook while it is written: its sheets, its cells and their looks.  Only `.cpp` files include this.
class Sheets {
 public:
  /// `comment` goes into the properties of the file, beside the plan's title.
  Sheets(const Plan& plan, Language language, const std::string& file, std::string_view comment);
  Sheets(const Sheets&) = delete;
  Sheets& operator=(const Sheets&) = delete;

  struct Look {
    bool is_bold = false;
    bool is_date = false;
    bool is_centred = false;
    bool is_wrapped = false;
    int indent = 0;
    lxw_color_t fill = LXW_COLOR_UNSET;
    lxw_color_t ink = kInk;
    const char* number = nullptr;
  };

  /// One format for each look; a workbook may not hold many.
  lxw_format* format(Look look);
  lxw_format* header();
  lxw_worksheet* add_sheet(const Words& name);
  void add_header(lxw_worksheet* sheet, std::size_t column, std::string_view text, double width);
  void put(lxw_worksheet* sheet, std::size_t row, std::size_t column, std::string_view text,
           lxw_format* look);
  void put(lxw_worksheet* sheet, std::size_t row, std::size_t column, double number,
           lxw_format* look);
  void put_blank(lxw_worksheet* sheet, std::size_t row, std::size_t column, lxw_format* look);
  /// A date, or in a benchmark instance its number of periods.
  void put(lxw_worksheet* sheet, std::size_t row, std::size_t column, Instant instant, Look look);
  /// Numbers as `look` says, or with at most two decimals.
  void put_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Cell& cell,
                Look look);
  /// Ends the file.
  lxw_error close();

 protected:
  const Plan& plan_;
  Language language_;

 private:
  lxw_workbook* book_;
  std::vector<std::pair<Look, lxw_format*>> formats_;
};

/// Has `write` write a file beside `path` and renames it.  Throws `std::filesystem::filesystem_error`.
void write_beside(const std::filesystem::path& path,
                  const std::function<lxw_error(const std::string& file)>& write);

}  // namespace diaodu::report
