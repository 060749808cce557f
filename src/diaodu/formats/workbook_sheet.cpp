#include "diaodu/formats/workbook_sheet.h"

#include <charconv>
#include <optional>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kLastRow = 1'048'576;  // of any sheet, in any program
constexpr std::size_t kLastColumn = 16'384;

/// The row number of `<row r="...">`; nothing where no sheet has such a row.
std::optional<std::size_t> row_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return number >= 1 && number <= kLastRow ? std::optional(number) : std::nullopt;
}

/// The column of `AB12`: 28.
std::optional<std::size_t> column_number(std::string_view reference) {
  std::size_t number = 0;
  for (const char c : reference) {
    if (c >= '0' && c <= '9') break;
    if (c == '$') continue;
    if (c < 'A' || c > 'Z') return {};
    number = number * 26 + static_cast<std::size_t>(c - 'A') + 1;
    if (number > kLastColumn) return {};
  }
  return number >= 1 ? std::optional(number) : std::nullopt;
}

}  // namespace

void SheetReader::begin(std::string_view element, const XmlAttributes& attributes) {
  if (is_full_) return;
  if (element == "c") {
    begin_cell(attributes);
  } else if (element == "v" || element == "t") {
    is_in_value_ = is_in_cell_ && !is_in_reading_;
  } else if (element == "row") {
    begin_row(attributes);
  } else if (element == "f") {
    has_formula_ = true;
  } else if (element == "rPh") {
    is_in_reading_ = true;
  }
}

void SheetReader::end(std::string_view element) {
  if (is_full_) return;
  if (element == "c") {
    end_cell();
  } else if (element == "v" || element == "t") {
    is_in_value_ = false;
  } else if (element == "row") {
    end_row();
  } else if (element == "rPh") {
    is_in_reading_ = false;
  }
}

void SheetReader::text(std::string_view letters) {
  if (!is_in_value_ || value_.size() > kMostCellBytes) return;
  value_ += letters.substr(0, kMostCellBytes + 1 - value_.size());
}

void SheetReader::begin_row(const XmlAttributes& attributes) {
  row_.clear();
  column_ = 0;
  const std::string_view claimed = attributes["r"];
  const auto number = claimed.empty() ? std::optional(line_ + 1) : row_number(claimed);
  is_row_ignored_ = !number || *number > kLastRow;
  if (is_row_ignored_) {
    findings_.add(found::impossible_cell, {.file = sheet_.file},
                  {cut(claimed.empty() ? "1048577" : claimed, 40)});
    return;
  }
  line_ = *number;
}

void SheetReader::begin_cell(const XmlAttributes& attributes) {
  is_in_cell_ = true;
  value_.clear();
  has_formula_ = false;
  const std::string_view claimed = attributes["r"];
  const auto number = claimed.empty() ? std::optional(column_ + 1) : column_number(claimed);
  is_ignored_ = is_row_ignored_ || !number || *number > kLastColumn;
  if (is_ignored_) {
    if (!is_row_ignored_) {
      findings_.add(found::impossible_cell, here(), {cut(claimed.empty() ? "XFE" : claimed, 40)});
    }
    return;
  }
  column_ = *number;
  const std::string_view type = attributes["t"];
  type_ = type.empty() || type == "n" ? Type::number
          : type == "s"               ? Type::shared
          : type == "b"               ? Type::boolean
          : type == "e"               ? Type::error
          : type == "str"             ? Type::formula_text
                                      : Type::text;
  indent_ = sheet_.is_grid ? context_.styles.indent_of(attributes["s"]) : 0;
  kind_ = type_ == Type::number ? context_.styles.of(attributes["s"]) : NumberKind::plain;
}

Where SheetReader::here() const {
  return {
      .file = sheet_.file, .line = static_cast<int>(line_), .column = static_cast<int>(column_)};
}

std::string_view SheetReader::value_of_cell() {
  switch (type_) {
    case Type::number:
      return letters_.keep(number_text(trimmed(value_), kind_, context_.is_1904));
    case Type::shared: {
      std::size_t number = 0;
      const auto [end, error] =
          std::from_chars(value_.data(), value_.data() + value_.size(), number);
      if (error == std::errc{} && end == value_.data() + value_.size() &&
          number < context_.shared.strings.size()) {
        return context_.shared.strings[number];
      }
      findings_.add(found::damaged_archive, here(),
                    {Argument{"no shared text " + std::string(cut(value_, 40)),
                              "没有共享文本 " + std::string(cut(value_, 40))}});
      return {};
    }
    case Type::boolean:
      return value_ == "1" || value_ == "true" ? "yes" : "no";
    case Type::error:
      findings_.add(found::formula_error, here(), {cut(value_, 40)});
      return {};
    case Type::text:
    case Type::formula_text:
      return letters_.keep(value_.find("_x") == std::string::npos ? value_ : decoded(value_));
  }
  return {};
}

/// Indents of the cell's style stand as blanks before its text.
std::string_view SheetReader::indented(std::string_view value) {
  if (indent_ == 0) return value;
  return letters_.keep(std::string(indent_, ' ') + std::string(value));
}

void SheetReader::end_cell() {
  is_in_cell_ = false;
  if (is_ignored_) return;
  if (value_.empty()) {  // a formula's result may be an empty text, and then says that it is text
    if (has_formula_ && type_ != Type::formula_text)
      findings_.add(found::formula_without_value, here());
    return;
  }
  std::string_view value = value_of_cell();
  if (trimmed(value).empty()) return;
  value = sheet_.is_grid ? indented(value) : trimmed(value);
  if (value.size() > kMostCellBytes) {
    findings_.add(found::cell_too_long, here(), {std::to_string(kMostCellBytes)});
    value = cut(value, kMostCellBytes);
  }
  if (column_ > kMostColumns) {
    if (!is_too_wide_) {
      findings_.add(found::too_many_columns, here(), {std::to_string(kMostColumns)});
    }
    is_too_wide_ = true;
    return;
  }
  context_.num_letters += value.size();
  if (row_.size() < column_) row_.resize(column_);
  row_[column_ - 1] = value;
}

void SheetReader::end_row() {
  if (row_.empty() || is_row_ignored_) return;
  if (sheet_.is_grid) has_header_ = true;
  if (!has_header_) {
    has_header_ = true;
    sheet_.header.assign(row_.begin(), row_.end());
    sheet_.header_line = static_cast<std::int32_t>(line_);
    return;
  }
  const std::size_t width = sheet_.header.size();
  if (row_.size() > width && !sheet_.is_grid) {
    findings_.add(found::row_too_long,
                  {.file = sheet_.file,
                   .line = static_cast<int>(line_),
                   .column = static_cast<int>(width) + 1},
                  {std::to_string(row_.size()), std::to_string(width)});
    row_.resize(width);
  }
  // No sheet has more rows than `kLastRow`, which is less than any table may have.
  context_.num_cells += row_.size();
  if (context_.num_letters > kMostLetters) {
    stop_at_row(found::archive_too_large, kMostLetters >> 20);
  } else if (context_.num_cells > kMostCells) {
    stop_at_row(found::too_many_cells, kMostCells);
  }
  if (is_full_) return;
  sheet_.rows.push_back({.line = static_cast<std::int32_t>(line_),
                         .first_cell = static_cast<std::uint32_t>(sheet_.cells.size()),
                         .num_cells = static_cast<std::uint32_t>(row_.size())});
  sheet_.cells.insert(sheet_.cells.end(), row_.begin(), row_.end());
}

void SheetReader::stop_at_row(const FindingKind& kind, std::size_t most) {
  findings_.add(kind, {.file = sheet_.file, .line = static_cast<int>(line_)},
                {std::to_string(most)});
  is_full_ = true;
}

void SheetReader::finish() {
  sheet_.letters = std::move(letters_);
  if (!has_header_) findings_.add(found::empty_header, {.file = sheet_.file});
}

}  // namespace diaodu::formats
