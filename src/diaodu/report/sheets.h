#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/schedule_table.h"

// Of libxlsxwriter, which only .cpp files include.
struct lxw_format;
struct lxw_workbook;
struct lxw_worksheet;

namespace diaodu::report {

/// As libxlsxwriter counts colours.
using Colour = std::uint32_t;
inline constexpr Colour kNoColour = 0;

inline constexpr std::size_t kMostRows = 1'000'000;  // a sheet ends at 1,048,576
inline constexpr Colour kInk = 0x1F2A37;
inline constexpr Colour kHeaderFill = 0x3A4754;
inline constexpr Colour kCriticalTint = 0xFBE9E1;
inline constexpr Colour kCriticalFill = 0xDD6B3D;
inline constexpr Colour kOrdinaryFill = 0x86A5CC;
inline constexpr Colour kSummaryFill = 0x3A4754;
inline constexpr Colour kSummaryTint = 0xEEF1F4;

/// A workbook while it is written: its sheets, its cells and their looks.
class Sheets {
 public:
  /// `comment` goes into the properties of the file, beside the plan's title.
  Sheets(const Plan& plan, Language language, const std::string& file, std::string_view comment);
  Sheets(const Sheets&) = delete;
  Sheets& operator=(const Sheets&) = delete;
  ~Sheets();

  struct Look {
    bool is_bold = false;
    bool is_date = false;
    bool is_centred = false;
    bool is_wrapped = false;
    int indent = 0;
    Colour fill = kNoColour;
    Colour ink = kInk;
    const char* number = nullptr;
  };

  /// One format for each look; a workbook may not hold many.
  lxw_format* format(Look look);
  lxw_format* header();
  /// Throws `std::filesystem::filesystem_error` where no sheet can have that name: there is one of it already.
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
  /// Ends the file; 0 if all went well, else an error of libxlsxwriter.
  int close();

 private:
  const Plan& plan_;
  Language language_;
  std::string file_;
  lxw_workbook* book_;  // null once it is written
  std::vector<std::pair<Look, lxw_format*>> formats_;
};

/// Has `write`, which returns what `Sheets::close` does, write a file beside `path`, and renames it.  Where that fails,
/// nothing is left beside.  Throws `std::filesystem::filesystem_error`.
void write_beside(const std::filesystem::path& path,
                  const std::function<int(const std::string& file)>& write);

}  // namespace diaodu::report
