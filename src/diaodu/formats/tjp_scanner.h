#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/civil.h"
#include "diaodu/formats/tjp_text.h"

namespace diaodu::formats {

/// A word of a TaskJuggler file.
struct TjpToken {
  enum class Kind : std::uint8_t { end, name, text, number, date, clock, mark };
  Kind kind = Kind::end;
  std::string_view letters;  ///< of a text without its quotes
  std::size_t offset = 0;
  std::size_t end = 0;
  LocalTime time;  ///< of a date; of a clock minutes of the day
  bool is_first_on_line = false;

  bool is(char mark) const {
    return kind == Kind::mark && letters.size() == 1 && letters[0] == mark;
  }
  bool is(std::string_view name) const { return kind == Kind::name && letters == name; }
};

/// Splits a text into words: names, texts in quotes, numbers, dates `2007-04-24-10:00`, clocks `9:00` and
/// single marks.  What is no word of the language comes as a mark.
class TjpScanner {
 public:
  explicit TjpScanner(const TjpText& text) : text_(text) { advance(); }

  const TjpToken& next() const { return next_; }
  TjpToken take();
  Where where(const TjpToken& token) const { return text_.where(token.offset); }

 private:
  void advance();
  bool scan_date(std::string_view rest);

  const TjpText& text_;
  std::size_t at_ = 0;
  TjpToken next_;
};

}  // namespace diaodu::formats
