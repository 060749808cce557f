#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace diaodu::report {

/// How many columns of a terminal the text takes: 2 for a Chinese letter or an emoji, 0 for what
/// combines with the letter before it and for colours (ANSI escapes), 1 for the rest.  Unicode 15's
/// East Asian Width; letters that are "ambiguous" there (…, “, ●) take one.
int display_width(std::string_view text);

/// The text if it fits into `width` columns, else its beginning and `…`.  Never cuts a letter.
std::string fit(std::string_view text, int width);

enum class Align : unsigned char { left, right };

/// `fit`, then blanks up to `width` columns.
std::string pad(std::string_view text, int width, Align align = Align::left);

/// Breaks a paragraph into lines of at most `width` columns: between words, and between Chinese
/// letters, but not before closing punctuation.  A word that is wider than a line is cut across
/// lines.
std::vector<std::string> wrap(std::string_view text, int width);

/// The paragraph's lines, each indented by `indent` columns and ended by a newline.
std::string paragraph(std::string_view text, int width, int indent);

/// Colours, or none.
struct Ink {
  bool is_on = false;

  std::string bold(std::string_view text) const { return in("1", text); }
  std::string faint(std::string_view text) const { return in("2", text); }
  std::string warm(std::string_view text) const { return in("31", text); }  ///< critical, wrong
  std::string good(std::string_view text) const { return in("32", text); }
  std::string amber(std::string_view text) const { return in("33", text); }  ///< worth a look

 private:
  std::string in(std::string_view code, std::string_view text) const;
};

/// The text on one line of a terminal: line breaks and tabs become blanks, other control characters go, but for
/// colours.  Names come from files of others.
std::string in_line(std::string_view text);

/// A table of text that fits the terminal.  When its natural widths do not, the columns that may be
/// cut give way, the widest first.
class TextTable {
 public:
  struct Column {
    std::string header;
    Align align = Align::left;
    bool may_be_cut = false;
  };

  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void add(std::vector<std::string> row);
  bool empty() const { return rows_.empty(); }
  std::size_t size() const { return rows_.size(); }

  /// The lines, the header first (if any column has one), each indented and none wider than
  /// `width`.
  std::string str(int width, int indent, const Ink& ink) const;

 private:
  std::vector<int> widths(int room) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace diaodu::report
