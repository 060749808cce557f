#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace diaodu::formats {

/// What a spreadsheet's number means, as the format of its cell tells.
enum class NumberKind : std::uint8_t {
  plain,
  date,       ///< a day number
  date_time,  ///< a day number with a clock
  clock,      ///< the time of a day
  elapsed,    ///< hours beyond a day: `[h]:mm`
  percent,
};

/// Of a format code as people write it: `yyyy-mm-dd`, `0.0%`, `#,##0.00`, `yyyy"年"m"月"d"日"`.
NumberKind kind_of_format(std::string_view code);

/// Of a format that spreadsheets know by number.
NumberKind kind_of_built_in(int number);

/// The number of a cell as the text a person would have written in it: `2024-04-12 16:00`, `50%`,
/// `90min`, `0.1`.  What is no number stays as it is.
std::string number_text(std::string_view number, NumberKind kind, bool is_1904);

}  // namespace diaodu::formats
