#include "diaodu/formats/xer_tables.h"

#include <algorithm>

#include "diaodu/formats/encoding.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

/// P6 knows fewer than a hundred.
constexpr std::size_t kMostTables = 1'000;

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\r' || c == '\x1A'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The part of `line` before the next tab, which goes with it.
std::string_view take_cell(std::string_view& line) {
  const std::size_t tab = line.find('\t');
  const std::string_view cell = line.substr(0, tab);
  line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  return trimmed(cell);
}

class Lines {
 public:
  Lines(XerFile& file, Findings& findings) : file_(file), findings_(findings) {}

  void run() {
    std::string_view rest = *file_.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      ++line_;
      if (!read(rest.substr(0, end))) return;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

 private:
  Where here() const { return {.file = file_.file, .line = line_}; }
  void report_bad_line() { findings_.add(found::xer_bad_line, here()); }

  /// False when the rest is too much to read.
  bool read(std::string_view line) {
    if (trimmed(line).empty()) return true;
    const std::string_view mark = take_cell(line);
    if (line_ == 1 || file_.header.empty()) {
      if (mark == "ERMHDR") {
        file_.header.push_back(mark);
        while (!line.empty() && file_.header.size() < kMostColumns) {
          file_.header.push_back(take_cell(line));
        }
        return true;
      }
    }
    if (mark == "%T" && !is_ended_) {
      begin_table(take_cell(line));
    } else if (mark == "%F" && table_ != nullptr && table_->header.empty()) {
      return read_header(line);
    } else if (mark == "%R" && table_ != nullptr && !table_->header.empty()) {
      return read_row(line);
    } else if (mark == "%E" && !is_ended_) {
      is_ended_ = true;
      table_ = nullptr;
    } else if (!is_skipping_ || !mark.starts_with('%')) {
      report_bad_line();
    }
    return true;
  }

  /// A table that comes a second time is no part of any export; it is reported once, and skipped.
  void begin_table(std::string_view name) {
    table_ = nullptr;
    is_skipping_ =
        name.empty() || file_.tables.size() == kMostTables || !file_.table(name).name.empty();
    if (is_skipping_) return report_bad_line();
    table_ = &file_.tables.emplace_back();
    table_->name = name;
  }

  bool read_header(std::string_view line) {
    while (!line.empty()) {
      if (table_->header.size() == kMostColumns) {
        findings_.add(found::too_many_columns, here(), {std::to_string(kMostColumns)});
        return false;
      }
      table_->header.push_back(take_cell(line));
    }
    return true;
  }

  bool read_row(std::string_view line) {
    const std::size_t most = table_->name == "TASKPRED" ? kMostRows : kMostNamedRows;
    if (table_->rows.size() == most) {
      findings_.add(found::too_many_rows, here(), {std::to_string(most)});
      return false;
    }
    XerTable::Row row{.line = line_, .first_cell = table_->cells.size()};
    while (!line.empty() && row.num_cells < table_->header.size()) {
      table_->cells.push_back(take_cell(line));
      ++row.num_cells;
    }
    num_cells_ += row.num_cells;
    if (num_cells_ > kMostCells) {
      findings_.add(found::too_many_cells, here(), {std::to_string(kMostCells)});
      return false;
    }
    if (!trimmed(line).empty() && trimmed(line).find_first_not_of('\t') != std::string_view::npos) {
      const auto more = 1 + std::count(line.begin(), line.end(), '\t');
      findings_.add(found::row_too_long, here(),
                    {std::to_string(static_cast<std::ptrdiff_t>(row.num_cells) + more),
                     std::to_string(table_->header.size())});
    }
    table_->rows.push_back(row);
    return true;
  }

  XerFile& file_;
  Findings& findings_;
  XerTable* table_ = nullptr;  // the one that lines now go to
  bool is_skipping_ = false;
  bool is_ended_ = false;
  std::int32_t line_ = 0;
  std::size_t num_cells_ = 0;
};

}  // namespace

std::size_t XerTable::column(std::string_view field) const {
  const auto found = std::find(header.begin(), header.end(), field);
  return found == header.end() ? kAbsent : static_cast<std::size_t>(found - header.begin());
}

const XerTable& XerFile::table(std::string_view name) const {
  static const XerTable none;
  const auto found = std::find_if(tables.begin(), tables.end(), [name](const XerTable& candidate) {
    return candidate.name == name;
  });
  return found == tables.end() ? none : *found;
}

XerFile read_xer_tables(std::string_view bytes, std::string file, Findings& findings) {
  XerFile result;
  result.text = std::make_unique<const std::string>(to_utf8(bytes, file, findings));
  result.file = std::move(file);
  Lines(result, findings).run();
  if (result.header.empty()) findings.add(found::xer_no_header, {.file = result.file, .line = 1});
  return result;
}

}  // namespace diaodu::formats
