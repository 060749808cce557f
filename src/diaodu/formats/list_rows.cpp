#include "diaodu/formats/list_rows.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "diaodu/formats/list_outline.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using enum ListColumn;

constexpr Words kInactive{"it is not active", "该任务未启用"};
constexpr Words kNumbered{"the list has no ids of its own: tasks are numbered from the top",
                          "清单没有可用的编号列，任务自上而下编号"};
constexpr Words kWbsAsIds{"tasks go by their WBS numbers", "以 WBS 编号作为任务编号"};

/// What the row below the last task is called that adds them up.
bool is_sum(std::string_view name) {
  std::string word;
  for (const char c : folded(name)) {
    if (c != '_' && c != ':') word += c;
  }
  if (word.ends_with("：")) word.resize(word.size() - std::string_view("：").size());
  constexpr std::array<std::string_view, 9> kSums = {
      "合计", "总计", "共计", "小计", "总工期", "total", "totals", "grandtotal", "subtotal"};
  return std::find(kSums.begin(), kSums.end(), word) != kSums.end();
}

class RowFinder {
 public:
  RowFinder(const ListCells& cells, ListGuesses& guesses, Findings& findings)
      : cells_(cells), guesses_(guesses), findings_(findings) {}

  std::vector<ListRow> run() {
    collect();
    has_headings_ = find_list_outline(cells_, rows_, guesses_, findings_);
    drop_what_is_no_task();
    name();
    return std::move(rows_);
  }

 private:
  void collect() {
    const std::size_t first = cells_.header.row + cells_.header.num_rows;
    for (std::size_t row = first; row < cells_.grid.rows.size(); ++row) {
      const bool has_name = cells_.header.has(ListColumn::name);
      ListRow read{.row = row};
      read.name = cells_.text(row, has_name ? ListColumn::name : wbs);
      if (!has_name && read.name.empty()) read.name = cells_.text(row, id);
      const bool is_headline = read.name.empty() && is_alone(row);
      if (is_headline)
        read.name = cells_.text(row, id).empty() ? cells_.text(row, wbs) : cells_.text(row, id);
      if (is_header_again(read)) continue;
      if (read.name.empty()) {
        if (!is_blank(row)) {
          findings_.add(found::list_row_ignored,
                        {.file = cells_.grid.file, .line = cells_.grid.rows[row].line});
        }
        continue;
      }
      if (cells_.text(row, level) == "0" && rows_.empty()) continue;  // the project itself
      const std::string_view written = cells_.text(row, active);
      read.is_active = written.empty() || parse_yes_no(written).value_or(true);
      if (!read.is_active) {
        findings_.add(found::left_out, cells_.where(row, active), {read.name, kInactive});
      }
      rows_.push_back(std::move(read));
    }
  }

  bool is_blank(std::size_t row) const {
    const Sheet::Row& of = cells_.grid.rows[row];
    for (std::size_t i = 0; i < of.num_cells; ++i) {
      if (!ListCells::bare(cells_.grid.cell(of, i)).empty()) return false;
    }
    return true;
  }
  /// A heading over all columns, which stands in the first of them.
  bool is_alone(std::size_t row) const {
    const Sheet::Row& of = cells_.grid.rows[row];
    std::size_t num = 0;
    for (std::size_t i = 0; i < of.num_cells; ++i) {
      num += ListCells::bare(cells_.grid.cell(of, i)).empty() ? 0 : 1;
    }
    return num == 1;
  }
  /// Printed again at the top of every page.
  bool is_header_again(const ListRow& row) const {
    return cells_.header.has(ListColumn::name) &&
           folded(row.name) == folded(cells_.header.names[cells_.header[ListColumn::name]]);
  }

  template <class Text>
  bool is_any(const Text& text_of) const {
    return std::any_of(rows_.begin(), rows_.end(),
                       [&](const ListRow& row) { return !text_of(row).empty(); });
  }
  template <class Text>
  bool is_each_once(const Text& text_of) const {
    std::unordered_set<std::string_view> taken;
    for (const ListRow& row : rows_) {
      const std::string_view text = text_of(row);
      if (text.empty() || !taken.insert(text).second) return false;
    }
    return !rows_.empty();
  }
  std::string_view wbs_of(const ListRow& row) const { return cells_.text(row.row, wbs); }
  std::string_view id_of(const ListRow& row) const { return cells_.text(row.row, id); }

  /// Sums, and signatures, which look like headings.
  bool is_no_task(const ListRow& row) const {
    if (row.is_summary) return false;
    return (has_headings_ && is_heading(cells_, row)) || is_sum(row.name);
  }
  void drop_what_is_no_task() {
    std::vector<std::size_t> moved(rows_.size(), ListRow::kNone);
    std::vector<ListRow> kept;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_no_task(rows_[i])) {
        findings_.add(found::list_row_ignored,
                      {.file = cells_.grid.file, .line = cells_.grid.rows[rows_[i].row].line});
        continue;
      }
      moved[i] = kept.size();
      kept.push_back(std::move(rows_[i]));
      if (kept.back().parent != ListRow::kNone) kept.back().parent = moved[kept.back().parent];
    }
    rows_ = std::move(kept);
  }

  void name() {
    const bool has_links =
        is_any([this](const ListRow& row) { return cells_.text(row.row, predecessors); }) ||
        is_any([this](const ListRow& row) { return cells_.text(row.row, successors); });
    const auto has_ids = [this](const ListRow& row) { return id_of(row); };
    if (is_each_once(has_ids) || (has_links && is_any(has_ids))) {
      for (ListRow& row : rows_) row.id = id_of(row);
      // A heading without a number; what else has none is reported.
      for (ListRow& row : rows_) {
        if (row.id.empty()) row.id = "row " + std::to_string(cells_.grid.rows[row.row].line);
      }
      return;
    }
    const auto has_wbs = [this](const ListRow& row) { return wbs_of(row); };
    if (is_each_once(has_wbs)) {
      for (ListRow& row : rows_) row.id = wbs_of(row);
      guesses_.emplace_back(kWbsAsIds);
      return;
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].id = std::to_string(i + 1);
    guesses_.emplace_back(kNumbered);
  }

  const ListCells& cells_;
  ListGuesses& guesses_;
  Findings& findings_;
  std::vector<ListRow> rows_;
  bool has_headings_ = false;
};

}  // namespace

std::string_view ListCells::bare(std::string_view text) {
  text = trimmed(text);
  for (bool is_any = true; is_any;) {
    is_any = false;
    for (const std::string_view blank : {"　", "\xC2\xA0", " ", "\t", "\n", "\r"}) {
      while (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        is_any = true;
      }
      while (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        is_any = true;
      }
    }
  }
  constexpr std::size_t kLongest = 6;
  if (text.empty() || text.size() > kLongest) return text;
  const std::string word = folded(text);
  for (const std::string_view none :
       {"-", "_", "–", "—", "——", "/", "n/a", "na", "none", "无", "\\"}) {
    if (word == none) return {};
  }
  return text;
}

std::vector<ListRow> find_list_rows(const ListCells& cells, ListGuesses& guesses,
                                    Findings& findings) {
  return RowFinder(cells, guesses, findings).run();
}

}  // namespace diaodu::formats
