#include "diaodu/formats/tjp_text.h"

#include <algorithm>
#include <map>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/letters.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

namespace {

constexpr int kMostDepth = 16;
constexpr std::size_t kMostMacros = 10'000;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

class TjpExpander {
 public:
  TjpExpander(TjpText& to, const std::vector<std::pair<std::string, std::string>>& known,
              Findings& findings)
      : to_(to), findings_(findings) {
    for (const auto& [name, text] : known) macros_[name] = text;
  }

  void run(std::string_view text) {
    bool is_new_piece = true;
    for (std::size_t at = 0; at < text.size() && !is_full_;) {
      if (is_new_piece) {
        to_.pieces_.push_back({to_.text_.size(), line_, column_, false});
        is_new_piece = false;
      }
      const std::string_view rest = text.substr(at);
      std::size_t length = 1;
      if (quote_ == '\0' && (rest.front() == '#' || rest.starts_with("//"))) {
        length = std::min(rest.find('\n'), rest.size());
        to_.text_ += ' ';
        is_new_piece = true;
      } else if (quote_ == '\0' && rest.starts_with("/*")) {
        const std::size_t end = rest.find("*/");
        length = end == std::string_view::npos ? rest.size() : end + 2;
        to_.text_ += ' ';
        is_new_piece = true;
      } else if (quote_ == '\0' && starts_macro(text, at)) {
        length = declare(rest);
        is_new_piece = true;
      } else if (rest.starts_with("${")) {
        to_.pieces_.push_back({to_.text_.size(), line_, column_, true});
        length = call(rest, to_.text_, 0);
        is_new_piece = true;
      } else {
        turn_quote(rest);
        add(rest.substr(0, 1), to_.text_);
        is_new_piece = rest.front() == '\n';
      }
      for (const char c : rest.substr(0, length)) {
        const bool is_inside = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (c == '\n') {
          ++line_;
          column_ = 1;
        } else if (!is_inside) {
          ++column_;
        }
      }
      at += length;
    }
    // Of a text that has no end nobody wants to hear what is wrong with its first 16 MiB.
    if (is_full_) to_.text_.resize(to_.pieces_.back().offset);
  }

 private:
  Where here() const { return {.file = to_.file_, .line = line_, .column = column_}; }

  void turn_quote(std::string_view rest) {
    const char c = rest.front();
    if (quote_ != '\0') {
      if (quote_ == '8' ? rest.starts_with("->8-") : c == quote_ && !is_escaped_) quote_ = '\0';
    } else if (rest.starts_with("-8<-")) {
      quote_ = '8';
    } else if (c == '"' || c == '\'') {
      quote_ = c;
    }
    is_escaped_ = c == '\\' && !is_escaped_;
  }

  /// Counted are letters looked at, not letters left: calls of calls of nothing take time as well.
  void spend(std::size_t letters) {
    num_spent_ += letters;
    if (is_full_ || (num_spent_ <= 2 * TjpText::kMost && to_.text_.size() < TjpText::kMost)) return;
    is_full_ = true;
    findings_.add(found::file_too_large, here(), {std::to_string(TjpText::kMost >> 20)});
  }

  void add(std::string_view text, std::string& out) {
    spend(text.size());
    if (!is_full_) out += text;
  }

  /// Of an argument, at least one letter: up to its end, or the next call in it.
  static std::string_view before_quote(std::string_view text, char quote) {
    // Looking no further than twice as far as it is, however long the text behind it.
    constexpr std::size_t kNear = 64;
    for (std::size_t far = kNear;; far *= 2) {
      const std::string_view near = text.substr(0, far);
      const std::size_t end = std::min(near.find(quote), near.find("${", 1));
      if (end != std::string_view::npos || near.size() == text.size()) return near.substr(0, end);
    }
  }

  /// Up to the next call, or the end.
  static std::string_view before_call(std::string_view text) {
    return text.substr(0, text.find("${"));
  }

  bool starts_macro(std::string_view text, std::size_t at) const {
    constexpr std::string_view kWord = "macro";
    if (!text.substr(at).starts_with(kWord) || (at > 0 && is_name(text[at - 1]))) return false;
    return at + kWord.size() < text.size() && is_white(text[at + kWord.size()]);
  }

  /// `macro Name [ ... ]`; how long it is.
  std::size_t declare(std::string_view text) {
    std::size_t at = std::string_view("macro").size();
    while (at < text.size() && is_white(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && is_name(text[end])) ++end;
    const std::string name(text.substr(at, end - at));
    while (end < text.size() && is_white(text[end])) ++end;
    if (name.empty() || end == text.size() || text[end] != '[') {
      findings_.add(found::tjp_bad_macro, here(), {name});
      return std::max<std::size_t>(end, 1);
    }
    const std::size_t begin = end + 1;
    int depth = 0;
    for (; end < text.size(); ++end) {
      if (text[end] == '[') ++depth;
      if (text[end] == ']' && --depth == 0) break;
    }
    if (end == text.size() || macros_.size() == kMostMacros) {
      findings_.add(found::tjp_bad_macro, here(), {name});
      return end;
    }
    macros_[name] = std::string(text.substr(begin, end - begin));
    return end + 1;
  }

  /// Puts `${Name "argument" ...}` in; how long it is.
  std::size_t call(std::string_view text, std::string& out, int depth) {
    std::size_t at = 2;
    const bool is_optional = at < text.size() && text[at] == '?';
    if (is_optional) ++at;
    std::size_t end = at;
    while (end < text.size() && is_name(text[end])) ++end;
    const std::string name(text.substr(at, end - at));
    std::vector<std::string> arguments;
    while (end < text.size() && text[end] != '}') {
      if (text[end] != '"' && text[end] != '\'') {
        ++end;
        continue;
      }
      const char quote = text[end];
      std::string& argument = arguments.emplace_back();
      for (++end; end < text.size() && text[end] != quote;) {
        if (text.substr(end).starts_with("${") && depth < kMostDepth) {
          end += call(text.substr(end), argument, depth + 1);
        } else {
          const std::string_view plain = before_quote(text.substr(end), quote);
          add(plain, argument);
          end += plain.size();
        }
        if (is_full_) return text.size();
      }
      end = std::min(end + 1, text.size());
    }
    const std::size_t length = std::min(end + 1, text.size());
    constexpr std::size_t kCall = 128;  // however short
    spend(kCall + length);
    const auto macro = macros_.find(name);
    if (macro == macros_.end()) {
      if (!is_optional) findings_.add(found::tjp_unknown_macro, here(), {name});
      return length;
    }
    if (depth >= kMostDepth) {
      if (!is_too_deep_)
        findings_.add(found::tjp_deep_macro, here(), {name, std::to_string(kMostDepth)});
      is_too_deep_ = true;
      return length;
    }
    const std::string& body = macro->second;  // a call declares nothing
    for (std::size_t i = 0; i < body.size() && !is_full_;) {
      const std::string_view rest = std::string_view(body).substr(i);
      if (!rest.starts_with("${")) {
        const std::string_view plain = before_call(rest);
        add(plain, out);
        i += plain.size();
        continue;
      }
      const std::size_t close = rest.find('}');
      const std::string_view number =
          rest.substr(2, close == std::string_view::npos ? 0 : close - 2);
      const bool is_argument =
          !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
      if (!is_argument) {
        const std::string_view inner = rest.substr(0, call_length(rest));
        spend(inner.size());
        const std::string with = with_arguments(inner, arguments);
        if (!is_full_) call(with, out, depth + 1);
        i += inner.size();
        continue;
      }
      spend(close);
      if (const auto argument = argument_at(number, arguments)) add(*argument, out);
      i += close + 1;
    }
    return length;
  }

  static const std::string* argument_at(std::string_view number,
                                        const std::vector<std::string>& arguments) {
    std::size_t value = 0;
    for (const char c : number.substr(0, 4)) value = value * 10 + static_cast<std::size_t>(c - '0');
    return value >= 1 && value <= arguments.size() ? &arguments[value - 1] : nullptr;
  }

  /// Up to the brace that closes it; braces of inner calls are skipped.
  static std::size_t call_length(std::string_view text) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text.substr(at).starts_with("${")) ++depth;
      if (text[at] == '}' && --depth == 0) return at + 1;
    }
    return text.size();
  }

  /// A call inside a macro, with the macro's own arguments put in.
  std::string with_arguments(std::string_view whole, const std::vector<std::string>& arguments) {
    std::string with;
    for (std::size_t at = 0; at < whole.size() && !is_full_;) {
      if (!whole.substr(at).starts_with("${")) {
        const std::string_view plain = before_call(whole.substr(at));
        add(plain, with);
        at += plain.size();
        continue;
      }
      const std::size_t close = whole.find('}', at);
      const std::string_view number = close == std::string_view::npos
                                          ? std::string_view{}
                                          : whole.substr(at + 2, close - at - 2);
      spend(close == std::string_view::npos ? whole.size() - at : number.size());
      if (!number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos) {
        if (const auto argument = argument_at(number, arguments)) add(*argument, with);
        at = close + 1;
      } else {
        add(whole.substr(at, 2), with);
        at += 2;
      }
    }
    return with;
  }

  TjpText& to_;
  Findings& findings_;
  std::map<std::string, std::string, std::less<>> macros_;
  std::size_t num_spent_ = 0;
  std::int32_t line_ = 1;
  std::int32_t column_ = 1;
  char quote_ = '\0';
  bool is_escaped_ = false;
  bool is_full_ = false;
  bool is_too_deep_ = false;
};

TjpText::TjpText(std::string_view text, const std::string& file,
                 const std::vector<std::pair<std::string, std::string>>& known, Findings& findings)
    : file_(file) {
  TjpExpander(*this, known, findings).run(text);
}

Where TjpText::where(std::size_t offset) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::size_t at, const Piece& piece) { return at < piece.offset; });
  if (after == pieces_.begin()) return {.file = file_, .line = 1, .column = 1};
  const Piece& begin = *(after - 1);
  if (begin.is_of_macro) return {.file = file_, .line = begin.line, .column = begin.column};
  const Piece piece = seen_.offset > begin.offset && seen_.offset <= offset ? seen_ : begin;
  Where where{.file = file_, .line = piece.line, .column = piece.column};
  const std::string_view before =
      std::string_view(text_).substr(piece.offset, std::min(offset, text_.size()) - piece.offset);
  const std::size_t line = before.rfind('\n');
  where.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  if (line == std::string_view::npos) {
    where.column += num_letters(before);
  } else {
    where.column = num_letters(before.substr(line + 1)) + 1;
  }
  constexpr std::size_t kFar = 4'096;
  if (before.size() >= kFar)
    seen_ = {.offset = piece.offset + before.size(), .line = where.line, .column = where.column};
  return where;
}

}  // namespace diaodu::formats
