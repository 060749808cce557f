#include "diaodu/report/terminal.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "diaodu/report/letters.h"

namespace diaodu::report {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr int kGap = 2;          // blanks between the columns of a table
constexpr int kLeastColumn = 6;  // what a cut column keeps

/// What is drawn together: a letter with all that combines with it, or a colour.
struct Glyph {
  std::string_view bytes;
  int width = 0;
  char32_t letter = 0;
  bool is_colour = false;
};

Glyph colour_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 2;
  while (end < text.size() && (text[end] < '@' || text[end] > '~')) ++end;
  end = std::min(end + 1, text.size());
  return {.bytes = text.substr(at, end - at), .width = 0, .letter = 0x1B, .is_colour = true};
}

Glyph glyph_at(std::string_view text, std::size_t at) {
  constexpr char32_t kJoiner = 0x200D;
  constexpr char32_t kEmojiStyle = 0xFE0F;
  if (text[at] == '\x1B' && at + 1 < text.size() && text[at + 1] == '[') return colour_at(text, at);
  const Letter first = letter_at(text, at);
  std::size_t end = at + first.bytes;
  int width = width_of(first.code);
  bool is_joined = false;
  while (end < text.size() && text[end] != '\x1B') {
    const Letter next = letter_at(text, end);
    if (!is_joined && (next.code < 0x300 || width_of(next.code) > 0)) break;
    if (next.code == kEmojiStyle && width == 1) width = 2;
    is_joined = next.code == kJoiner;  // an emoji that a joiner adds is drawn into the one before
    end += next.bytes;
  }
  return {.bytes = text.substr(at, end - at), .width = width, .letter = first.code};
}

template <class Visit>
void each_glyph(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    if (!visit(glyph)) return;
    at += glyph.bytes.size();
  }
}

/// A piece that is not broken across lines, and whether blanks follow it.
struct Piece {
  std::string text;
  int width = 0;
  bool has_blank = false;
};

/// 周五 is one word, though lines may break between other Chinese letters.
bool is_weekday(char32_t before, char32_t letter) {
  return before == U'周' &&
         std::u32string_view(U"一二三四五六日").find(letter) != std::u32string_view::npos;
}

bool may_break_between(char32_t before, char32_t letter) {
  if (before == U' ') return true;
  if (closes(letter) || opens(before) || is_weekday(before, letter)) return false;
  return is_ideographic(letter) || is_ideographic(before);
}

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  char32_t before = ' ';
  each_glyph(text, [&](const Glyph& glyph) {
    if (glyph.letter == ' ' || glyph.letter == '\n') {
      if (!pieces.empty()) pieces.back().has_blank = true;
      before = ' ';
      return true;
    }
    if (pieces.empty() || may_break_between(before, glyph.letter)) pieces.emplace_back();
    pieces.back().text += glyph.bytes;
    pieces.back().width += glyph.width;
    before = glyph.letter;
    return true;
  });
  return pieces;
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  each_glyph(text, [&](const Glyph& glyph) {
    width += glyph.width;
    return true;
  });
  return width;
}

std::string fit(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  if (width <= 0) return {};
  std::string cut;
  int used = 0;
  bool is_full = false;
  each_glyph(text, [&](const Glyph& glyph) {
    if (!is_full && used + glyph.width > width - 1) {
      cut += kEllipsis;
      is_full = true;
    }
    if (!is_full || glyph.is_colour) cut += glyph.bytes;  // colours must be closed again
    used += glyph.width;
    return true;
  });
  return cut;
}

std::string pad(std::string_view text, int width, Align align) {
  std::string fitted = fit(text, width);
  const int blanks = std::max(0, width - display_width(fitted));
  const std::string space(static_cast<std::size_t>(blanks), ' ');
  return align == Align::left ? fitted + space : space + fitted;
}

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  int used = 0;
  const auto close_line = [&] {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    lines.push_back(std::exchange(line, {}));
    used = 0;
  };
  for (const Piece& piece : pieces_of(text)) {
    if (used > 0 && used + piece.width > width) close_line();
    each_glyph(piece.text, [&](const Glyph& glyph) {
      if (used > 0 && used + glyph.width > width) close_line();
      line += glyph.bytes;
      used += glyph.width;
      return true;
    });
    if (piece.has_blank && used < width) {
      line += ' ';
      ++used;
    } else if (piece.has_blank) {
      close_line();
    }
  }
  if (!line.empty()) close_line();
  return lines;
}

std::string paragraph(std::string_view text, int width, int indent) {
  std::string lines;
  for (const std::string& line : wrap(text, std::max(1, width - indent))) {
    lines.append(static_cast<std::size_t>(indent), ' ').append(line).append("\n");
  }
  return lines;
}

std::string Ink::in(std::string_view code, std::string_view text) const {
  if (!is_on || text.empty()) return std::string(text);
  std::string painted = "\x1B[";
  painted.append(code).append("m").append(text).append("\x1B[0m");
  return painted;
}

std::string in_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  /// `ESC [ 1;31 m`: its length, or 0.
  const auto colour_at = [text](std::size_t at) -> std::size_t {
    if (at + 1 >= text.size() || text[at + 1] != '[') return 0;
    const std::size_t end = text.find_first_not_of("0123456789;", at + 2);
    return end != std::string_view::npos && text[end] == 'm' ? end + 1 - at : 0;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    if (text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
      line += ' ';
    } else if (byte == 0x1B) {
      const std::size_t length = colour_at(at);
      line += text.substr(at, length);
      at += length > 0 ? length - 1 : 0;
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      ++at;  // U+0080 to U+009F
    } else if (byte >= 0x20 && byte != 0x7F) {
      line += text[at];
    }
  }
  return line;
}

void TextTable::add(std::vector<std::string> row) {
  for (std::string& cell : row) cell = in_line(cell);
  rows_.push_back(std::move(row));
}

std::vector<int> TextTable::widths(int room) const {
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int width = display_width(columns_[i].header);
    for (const auto& row : rows_)
      width = std::max(width, i < row.size() ? display_width(row[i]) : 0);
    widths.push_back(width);
  }
  const auto taken = [&] {
    int columns = 0;
    int sum = 0;
    for (const int width : widths) {
      sum += width;
      columns += width > 0 ? 1 : 0;
    }
    return sum + kGap * std::max(0, columns - 1);
  };
  // The widest column that may be cut gives way, one column of the terminal at a time.
  while (taken() > room) {
    std::size_t widest = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i].may_be_cut || widths[i] <= kLeastColumn) continue;
      if (widest == columns_.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == columns_.size()) break;
    --widths[widest];
  }
  return widths;
}

std::string TextTable::str(int width, int indent, const Ink& ink) const {
  const int room = std::max(1, width - indent);
  const std::vector<int> column_widths = widths(room);
  std::string lines;
  const auto add_line = [&](auto&& cell_of, bool is_header) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (column_widths[i] == 0) continue;
      if (!line.empty()) line.append(kGap, ' ');
      line += pad(cell_of(i), column_widths[i], columns_[i].align);
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    line = fit(line, room);
    lines.append(static_cast<std::size_t>(indent), ' ');
    lines.append(is_header ? ink.faint(line) : line).append("\n");
  };
  const bool has_header = std::any_of(columns_.begin(), columns_.end(),
                                      [](const Column& column) { return !column.header.empty(); });
  if (has_header) {
    add_line([&](std::size_t i) -> std::string_view { return columns_[i].header; }, true);
  }
  for (const auto& row : rows_) {
    add_line(
        [&](std::size_t i) -> std::string_view {
          return i < row.size() ? std::string_view(row[i]) : std::string_view();
        },
        false);
  }
  return lines;
}

}  // namespace diaodu::report
