#include "diaodu/formats/list_rows.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

using enum ListColumn;

constexpr Words kInactive{"it is not active", "该任务未启用"};
constexpr Words kByLevel{"the outline follows the levels", "大纲按级别列确定"};
constexpr Words kByWbs{"the outline follows the WBS numbers", "大纲按 WBS 编号确定"};
constexpr Words kByIds{"the outline follows the ids", "大纲按编号确定"};
constexpr Words kByIndent{"the outline follows the indents of the names",
                          "大纲按任务名称的缩进确定"};
constexpr Words kByHeadings{
    "rows with a name alone are taken for headings, that is summaries, of the rows below",
    "只有名称的行视为标题，即其下各行的汇总任务"};
constexpr Words kNumbered{"the list has no ids of its own: tasks are numbered from the top",
                          "清单没有可用的编号列，任务自上而下编号"};
constexpr Words kWbsAsIds{"tasks go by their WBS numbers", "以 WBS 编号作为任务编号"};

constexpr int kMostLevel = 1'000;

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

/// How far a text is moved to the right by blanks before it.
std::size_t indent_of(std::string_view text) {
  struct Blank {
    std::string_view letters;
    std::size_t width;
  };
  constexpr std::array<Blank, 4> kBlanks = {{{" ", 1}, {"\t", 4}, {"　", 2}, {"\xC2\xA0", 1}}};
  std::size_t width = 0;
  for (bool is_any = true; is_any;) {
    is_any = false;
    for (const Blank& blank : kBlanks) {
      if (!text.starts_with(blank.letters)) continue;
      text.remove_prefix(blank.letters.size());
      width += blank.width;
      is_any = true;
    }
  }
  return width;
}

bool is_number_path(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos &&
         !text.starts_with('.');
}

class RowFinder {
 public:
  RowFinder(const ListCells& cells, ListGuesses& guesses, Findings& findings)
      : cells_(cells), guesses_(guesses), findings_(findings) {}

  std::vector<ListRow> run() {
    collect();
    find_outline();
    drop_empty_headings();
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

  void find_outline() {
    if (is_any([this](const ListRow& row) { return cells_.text(row.row, level); })) {
      by_level();
      guesses_.emplace_back(kByLevel);
    } else if (by_paths([this](const ListRow& row) { return wbs_of(row); })) {
      guesses_.emplace_back(kByWbs);
    } else if (by_paths([this](const ListRow& row) { return id_of(row); })) {
      guesses_.emplace_back(kByIds);
    } else if (by_indents()) {
      guesses_.emplace_back(kByIndent);
    } else if (by_headings()) {
      guesses_.emplace_back(kByHeadings);
    }
  }

  void set_parent(std::size_t row, std::size_t parent) {
    rows_[row].parent = parent;
    rows_[parent].is_summary = true;
  }

  /// `depth_of` says how deep each row lies; its parent is the last one above that lies less deep.
  template <class Depth>
  bool by_depth(const Depth& depth_of) {
    std::vector<std::pair<std::size_t, std::size_t>> above;
    bool is_any = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::size_t depth = depth_of(rows_[i]);
      while (!above.empty() && above.back().first >= depth) above.pop_back();
      if (!above.empty()) set_parent(i, above.back().second);
      is_any = is_any || !above.empty();
      above.emplace_back(depth, i);
    }
    return is_any;
  }

  void by_level() {
    by_depth([this](const ListRow& row) -> std::size_t {
      const std::string_view written = cells_.text(row.row, level);
      const auto number = whole_number(written);
      if (number && *number >= 0 && *number <= kMostLevel) return static_cast<std::size_t>(*number);
      if (!written.empty())
        findings_.add(found::bad_number, cells_.where(row.row, level), {written});
      return kMostLevel + 1;  // below whatever stands above
    });
  }

  /// `1.2.3` lies in the last `1.2` above; false where no row lies in another.
  template <class Text>
  bool by_paths(const Text& text_of) {
    std::unordered_map<std::string_view, std::size_t> last;
    bool is_any = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      std::string_view path = text_of(rows_[i]);
      if (!is_number_path(path) && path.find('.') == std::string_view::npos) {
        if (!path.empty()) last[path] = i;
        continue;
      }
      while (path.ends_with('.')) path.remove_suffix(1);
      std::string_view above = path;
      while (above.find('.') != std::string_view::npos) {
        above = above.substr(0, above.rfind('.'));
        const auto parent = last.find(above);
        if (parent == last.end()) continue;
        set_parent(i, parent->second);
        is_any = true;
        break;
      }
      last[path] = i;
    }
    return is_any;
  }

  bool by_indents() {
    if (!cells_.header.has(ListColumn::name)) return false;
    return by_depth(
        [this](const ListRow& row) { return indent_of(cells_.raw(row.row, ListColumn::name)); });
  }

  bool is_heading(const ListRow& row) const {
    for (const ListColumn column : {duration, start, finish, predecessors, resources, percent,
                                    milestone, deadline, actual_start, actual_finish}) {
      if (!cells_.text(row.row, column).empty()) return false;
    }
    return true;
  }
  bool by_headings() {
    std::size_t heading = ListRow::kNone;
    bool is_any = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_heading(rows_[i])) {
        heading = i;
      } else if (heading != ListRow::kNone) {
        set_parent(i, heading);
        is_any = true;
      }
    }
    has_headings_ = is_any;
    return is_any;
  }

  /// Totals and signatures below the list look like headings.
  void drop_empty_headings() {
    if (!has_headings_) return;
    std::vector<std::size_t> moved(rows_.size(), ListRow::kNone);
    std::vector<ListRow> kept;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!rows_[i].is_summary && is_heading(rows_[i])) {
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
        is_any([this](const ListRow& row) { return cells_.text(row.row, predecessors); });
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

template <class Entries>
void sort(Entries& entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
}

/// Blanks after a lag's sign: `3FS+ 2d`.
std::string close_up(std::string_view lag) {
  std::string closed;
  for (const char c : lag) {
    const bool is_blank_after_sign = c == ' ' && closed.size() == 1;
    if (!is_blank_after_sign) closed += c;
  }
  return closed;
}

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

ListReferences::ListReferences(const ListCells& cells, const std::vector<ListRow>& rows)
    : rows_(rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    by_id_.push_back({rows[i].id, i});
    by_wbs_.push_back({cells.text(rows[i].row, wbs), i});
    by_name_.push_back({rows[i].name, i});
  }
  for (auto* entries : {&by_id_, &by_wbs_, &by_name_}) sort(*entries);
}

const ListRow* ListReferences::find(std::string_view name) const {
  if (name.empty()) return nullptr;
  for (const auto* entries : {&by_id_, &by_wbs_, &by_name_}) {
    const auto at =
        std::lower_bound(entries->begin(), entries->end(), name,
                         [](const Entry& entry, std::string_view of) { return entry.name < of; });
    if (at != entries->end() && at->name == name) return &rows_[at->row];
  }
  return nullptr;
}

std::string ListReferences::in_our_words(std::string_view text) const {
  std::string ours;
  while (!text.empty()) {
    const std::string_view token = take_part(text, kReferenceSeparators);
    if (token.empty()) continue;
    const ListRow* row = find(token);
    std::string_view behind;
    std::string lag;
    if (row == nullptr) {
      if (const auto split = split_reference(token)) {
        row = find(split->id);
        lag = close_up(split->lag);
        behind =
            token.substr(split->id.size(), token.size() - split->id.size() - split->lag.size());
      }
    }
    if (row != nullptr && !row->is_active) continue;
    if (!ours.empty()) ours += ';';
    if (row == nullptr) {
      ours += token;  // whoever reads it says what is wrong
    } else {
      ours += row->id + std::string(trimmed(behind)) + lag;
    }
  }
  return ours;
}

}  // namespace diaodu::formats
