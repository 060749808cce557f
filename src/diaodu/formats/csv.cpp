#include "diaodu/formats/csv.h"

#include <algorithm>
#include <array>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/letters.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

std::string_view without_blanks_behind(std::string_view text) {
  const std::size_t first = text.size() - std::min(text.size(), text.find_first_not_of(" \t"));
  const std::string_view bare = trimmed(text);
  return bare.empty() ? bare : text.substr(0, text.size() - first + bare.size());
}

/// Without the blank lines and comments before the header.
std::string_view from_header(std::string_view text) {
  while (!text.empty()) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || text[first] != '#') return text;
    const std::size_t end = text.find_first_of("\r\n", first);
    text.remove_prefix(std::min(end, text.size()));
  }
  return text;
}

/// The separator that the first line with letters in it (of a grid: the first lines) uses most, outside
/// quotes.
char find_separator(std::string_view text, int num_lines) {
  std::array<std::size_t, 3> counts{};
  constexpr std::array kSeparators = {',', ';', '\t'};
  bool is_quoted = false;
  bool any = false;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '\n' || c == '\r') {
      if (any && --num_lines == 0) break;
      any = false;
      continue;
    }
    any = any || !is_blank(c);
    for (std::size_t i = 0; i < kSeparators.size(); ++i) counts[i] += c == kSeparators[i] ? 1 : 0;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

/// Of a sheet with a title above its header.
constexpr int kLinesOfGrid = 20;

class Reader {
 public:
  Reader(Sheet& sheet, Findings& findings, std::string_view text, std::size_t most_cells)
      : sheet_(sheet),
        findings_(findings),
        text_(text),
        most_cells_(most_cells),
        separator_(find_separator(from_header(text), sheet.is_grid ? kLinesOfGrid : 1)) {
    sheet_.has_decimal_comma = separator_ == ';';
    const auto num_lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    sheet_.rows.reserve(std::min(num_lines, kMostRows));
  }

  void run() {
    bool has_header = sheet_.is_grid;
    while (at_ < text_.size()) {
      if (is_comment()) {
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
        end_line();
        continue;
      }
      const Sheet::Row row = read_row();
      if (is_empty(row)) {
        sheet_.cells.resize(row.first_cell);
        sheet_.offsets.resize(row.first_cell);
        continue;
      }
      if (!has_header) {
        for (std::size_t i = 0; i < row.num_cells; ++i) {
          sheet_.header.emplace_back(sheet_.cell(row, i));
        }
        sheet_.header_line = row.line;
        sheet_.cells.clear();
        sheet_.offsets.clear();
        has_header = true;
        continue;
      }
      if (sheet_.rows.size() == kMostRows) {
        findings_.add(found::too_many_rows, {.file = sheet_.file, .line = row.line},
                      {std::to_string(kMostRows)});
        return;
      }
      if (!sheet_.is_grid && row.num_cells > sheet_.header.size()) {
        findings_.add(found::row_too_long, sheet_.where(row, sheet_.header.size()),
                      {std::to_string(row.num_cells), std::to_string(sheet_.header.size())});
      }
      if (sheet_.cells.size() > most_cells_) {
        findings_.add(found::too_many_cells, {.file = sheet_.file, .line = row.line},
                      {std::to_string(most_cells_)});
        return;
      }
      sheet_.rows.push_back(row);
      has_wide_row_ = has_wide_row_ || row.num_cells > 1;
    }
    if (!has_header) findings_.add(found::empty_header, {.file = sheet_.file});
  }

 private:
  /// Counts on from where it was last asked in the line.
  Where here(std::size_t at) {
    Where where{.file = sheet_.file, .line = line_};
    if (at < line_begin_ || at - line_begin_ > kMostCounted) return where;
    if (counted_to_ <= line_begin_ || counted_to_ > at) {
      counted_to_ = line_begin_;
      num_counted_ = 0;
    }
    num_counted_ += num_letters(text_.substr(counted_to_, at - counted_to_));
    counted_to_ = at;
    where.column = num_counted_ + 1;
    return where;
  }

  bool is_comment() const {
    std::size_t first = at_;
    while (first < text_.size() && is_blank(text_[first]) && text_[first] != separator_) ++first;
    if (first >= text_.size() || text_[first] != '#') return false;
    // The header of a list may call the column of their numbers `#`.
    std::size_t next = first + 1;
    while (next < text_.size() && is_blank(text_[next]) && text_[next] != separator_) ++next;
    const bool is_cell =
        next + 1 < text_.size() && text_[next] == separator_ && !ends_cell(text_[next + 1]);
    return !sheet_.is_grid || has_wide_row_ || !is_cell;
  }

  bool is_empty(const Sheet::Row& row) const {
    for (std::size_t i = 0; i < row.num_cells; ++i) {
      if (!sheet_.cell(row, i).empty()) return false;
    }
    return true;
  }

  Sheet::Row read_row() {
    Sheet::Row row{
        .line = line_, .first_cell = static_cast<std::uint32_t>(sheet_.cells.size()), .begin = at_};
    bool reported = false;
    while (true) {
      const std::size_t begin = at_;
      const std::string_view cell = read_cell();
      if (row.num_cells < kMostColumns) {
        sheet_.cells.push_back(cell);
        sheet_.offsets.push_back(static_cast<std::uint32_t>(begin - row.begin));
        ++row.num_cells;
      } else if (!reported) {
        findings_.add(found::too_many_columns, here(begin), {std::to_string(kMostColumns)});
        reported = true;
      }
      if (at_ >= text_.size() || text_[at_] != separator_) break;
      ++at_;
    }
    end_line();
    return row;
  }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    line_begin_ = at_;
  }

  bool ends_cell(char c) const { return c == separator_ || c == '\n' || c == '\r'; }

  std::string_view read_cell() {
    const std::size_t first = at_;
    while (at_ < text_.size() && is_blank(text_[at_]) && text_[at_] != separator_) ++at_;
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    const std::size_t begin = sheet_.is_grid ? first : at_;
    while (at_ < text_.size() && !ends_cell(text_[at_])) ++at_;
    if (sheet_.is_grid)
      return limited(without_blanks_behind(text_.substr(begin, at_ - begin)), begin);
    return limited(trimmed(text_.substr(begin, at_ - begin)), begin);
  }

  std::string_view read_quoted() {
    const std::size_t open = at_;
    const Where opened = here(open);
    ++at_;
    const std::size_t begin = at_;
    bool has_doubled = false;
    while (at_ < text_.size()) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        has_doubled = true;
        ++at_;
      } else if (text_[at_] == '\n') {
        ++line_;
        line_begin_ = at_ + 1;
      }
      ++at_;
    }
    std::string_view cell = text_.substr(begin, at_ - begin);
    if (at_ >= text_.size()) {
      findings_.add(found::open_quote, opened);
    } else {
      ++at_;
      const std::size_t after = at_;
      while (at_ < text_.size() && !ends_cell(text_[at_])) ++at_;
      if (!trimmed(text_.substr(after, at_ - after)).empty()) {
        findings_.add(found::letters_after_quote, here(after));
      }
    }
    if (has_doubled) {
      std::string single;
      single.reserve(cell.size());
      for (std::size_t i = 0; i < cell.size(); ++i) {
        single += cell[i];
        if (cell[i] == '"') ++i;
      }
      cell = sheet_.letters.emplace_back(std::move(single));
    }
    return limited(sheet_.is_grid ? without_blanks_behind(cell) : trimmed(cell), open);
  }

  std::string_view limited(std::string_view cell, std::size_t begin) {
    if (cell.size() <= kMostCellBytes) return cell;
    findings_.add(found::cell_too_long, here(begin), {std::to_string(kMostCellBytes)});
    return cut(cell, kMostCellBytes);
  }

  Sheet& sheet_;
  Findings& findings_;
  std::string_view text_;
  std::size_t most_cells_;
  char separator_;
  std::size_t at_ = 0;
  bool has_wide_row_ = false;  // of a grid: its header, so far as anybody can tell
  std::int32_t line_ = 1;
  std::size_t line_begin_ = 0;
  std::size_t counted_to_ = 0;
  int num_counted_ = 0;  // letters from the line's begin to there
};

}  // namespace

Sheet read_csv(std::string_view bytes, std::string file, std::string name, Findings& findings,
               bool is_grid, std::size_t most_cells) {
  Sheet sheet;
  sheet.is_grid = is_grid;
  sheet.file = std::move(file);
  sheet.name = std::move(name);
  const std::string& text = sheet.letters.emplace_back(to_utf8(bytes, sheet.file, findings));
  Reader(sheet, findings, text, most_cells).run();
  return sheet;
}

std::string csv_cell(std::string_view text) {
  const bool needs_quotes = text.find_first_of("\",;\t\n\r") != std::string_view::npos ||
                            text.starts_with('#') ||
                            (!text.empty() && (is_blank(text.front()) || is_blank(text.back())));
  if (!needs_quotes) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace diaodu::formats
