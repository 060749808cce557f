#include "diaodu/formats/list_outline.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "diaodu/formats/letters.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using enum ListColumn;

constexpr Words kByLevel{"the outline follows the levels", "大纲按级别列确定"};
constexpr Words kByWbs{"the outline follows the WBS numbers", "大纲按 WBS 编号确定"};
constexpr Words kByIds{"the outline follows the ids", "大纲按编号确定"};
constexpr Words kByNumerals{"the outline follows the numbering: 一, （一）, 1, （1）",
                            "大纲按编号层次确定：一、（一）、1、（1）"};
constexpr Words kByIndent{"the outline follows the indents of the names",
                          "大纲按任务名称的缩进确定"};
constexpr Words kByHeadings{
    "rows with a name alone are taken for headings, that is summaries, of the rows below",
    "只有名称的行视为标题，即其下各行的汇总任务"};

constexpr int kMostLevel = 1'000;
constexpr std::size_t kLongestPath = 256;  // each of its beginnings is looked up

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

/// Takes numerals of one kind from the text's beginning; returns whether there were any.
bool take_numerals(std::string_view& text, std::span<const std::string_view> numerals) {
  const std::size_t before = text.size();
  for (bool is_any = true; is_any;) {
    is_any = false;
    for (const std::string_view numeral : numerals) {
      if (!text.starts_with(numeral)) continue;
      text.remove_prefix(numeral.size());
      is_any = true;
    }
  }
  return text.size() < before;
}
bool take_one_of(std::string_view& text, std::initializer_list<std::string_view> marks) {
  for (const std::string_view mark : marks) {
    if (!text.starts_with(mark)) continue;
    text.remove_prefix(mark.size());
    return true;
  }
  return false;
}

/// How deep a row lies whose number or name begins like that, as documents in Chinese are numbered: 一 above
/// （一） above 1 above 1.1 above （1）.
std::optional<std::size_t> depth_of_number(std::string_view text, bool is_name) {
  constexpr std::array<std::string_view, 11> kChinese = {"一", "二", "三", "四", "五", "六",
                                                         "七", "八", "九", "十", "百"};
  constexpr std::array<std::string_view, 10> kDigits = {"0", "1", "2", "3", "4",
                                                        "5", "6", "7", "8", "9"};
  const bool is_bracketed = take_one_of(text, {"（", "("});
  const bool is_chinese = take_numerals(text, kChinese);
  if (!is_chinese && !take_numerals(text, kDigits)) return {};
  std::size_t num_dots = 0;
  for (; !is_chinese && text.starts_with('.'); ++num_dots) {
    std::string_view rest = text.substr(1);
    if (!take_numerals(rest, kDigits)) break;
    text = rest;
  }
  if (is_bracketed && !take_one_of(text, {"）", ")"})) return {};
  const bool has_mark = take_one_of(text, {"、", "．", ".", "，", " ", "　"});
  if (is_name ? !is_bracketed && !has_mark && num_dots == 0 : !text.empty()) return {};
  constexpr std::size_t kBelowDots = 10;
  if (is_chinese) return is_bracketed ? 1 : 0;
  return is_bracketed ? kBelowDots : 2 + std::min(num_dots, kBelowDots - 3);
}

class OutlineFinder {
 public:
  OutlineFinder(const ListCells& cells, std::vector<ListRow>& rows, ListGuesses& guesses,
                Findings& findings)
      : cells_(cells), rows_(rows), guesses_(guesses), findings_(findings) {}

  /// True where rows with a name alone are headings, or no tasks.
  bool run() {
    if (std::any_of(rows_.begin(), rows_.end(),
                    [this](const ListRow& row) { return !cells_.text(row.row, level).empty(); })) {
      by_level();
      guesses_.emplace_back(kByLevel);
    } else if (by_numerals()) {
      guesses_.emplace_back(kByNumerals);
      return true;
    } else if (by_paths([this](const ListRow& row) { return cells_.text(row.row, wbs); })) {
      guesses_.emplace_back(kByWbs);
    } else if (by_paths([this](const ListRow& row) { return cells_.text(row.row, id); })) {
      guesses_.emplace_back(kByIds);
    } else if (by_indents()) {
      guesses_.emplace_back(kByIndent);
    } else if (by_headings()) {
      guesses_.emplace_back(kByHeadings);
      return true;
    }
    return false;
  }

 private:
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
      while (path.ends_with('.')) path.remove_suffix(1);
      if (path.empty() || path.size() > kLongestPath) continue;
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

  std::optional<std::size_t> depth_of_number(const ListRow& row) const {
    for (const ListColumn column : {wbs, id}) {
      const std::string_view number = cells_.text(row.row, column);
      if (!number.empty()) return formats::depth_of_number(number, false);
    }
    return formats::depth_of_number(row.name, true);
  }
  /// Only where Chinese numerals stand above other numbers, and every row that is more than a name has one.
  bool by_numerals() {
    bool has_chinese = false;
    for (const ListRow& row : rows_) {
      const auto depth = depth_of_number(row);
      if (!depth && !is_heading(cells_, row)) return false;
      has_chinese = has_chinese || (depth && *depth < 2);
    }
    return has_chinese &&
           by_depth([this](const ListRow& row) { return depth_of_number(row).value_or(0); });
  }

  bool by_indents() {
    if (!cells_.header.has(ListColumn::name)) return false;
    return by_depth(
        [this](const ListRow& row) { return indent_of(cells_.raw(row.row, ListColumn::name)); });
  }

  bool by_headings() {
    std::size_t heading = ListRow::kNone;
    bool is_any = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_heading(cells_, rows_[i])) {
        heading = i;
      } else if (heading != ListRow::kNone) {
        set_parent(i, heading);
        is_any = true;
      }
    }
    return is_any;
  }

  const ListCells& cells_;
  std::vector<ListRow>& rows_;
  ListGuesses& guesses_;
  Findings& findings_;
};

}  // namespace

bool is_heading(const ListCells& cells, const ListRow& row) {
  constexpr std::array kOfWork = {successors,   duration,     start,        finish,
                                  predecessors, resources,    percent,      milestone,
                                  deadline,     actual_start, actual_finish};
  return std::all_of(kOfWork.begin(), kOfWork.end(),
                     [&](ListColumn column) { return cells.text(row.row, column).empty(); });
}

bool find_list_outline(const ListCells& cells, std::vector<ListRow>& rows, ListGuesses& guesses,
                       Findings& findings) {
  return OutlineFinder(cells, rows, guesses, findings).run();
}

}  // namespace diaodu::formats
