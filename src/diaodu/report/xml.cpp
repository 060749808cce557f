#include "diaodu/report/xml.h"

#include <cmath>

#include "diaodu/core/decimal.h"
#include "diaodu/report/letters.h"

namespace diaodu::report {
namespace {

/// In hundredths of the type size; the average of Helvetica, Arial and their likes, a little
/// generous.
int width_in_hundredths(char32_t letter) {
  if (letter >= 0x2E80) return 50 * width_of(letter);
  if (letter < 0x80) {
    const char ascii = static_cast<char>(letter);
    if (std::string_view("iljI.,:;'|! ").find(ascii) != std::string_view::npos) return 28;
    if (std::string_view("ftr()[]-/\"").find(ascii) != std::string_view::npos) return 36;
    if (std::string_view("mMW@%").find(ascii) != std::string_view::npos) return 88;
    if (ascii >= 'A' && ascii <= 'Z') return 69;
    return 56;
  }
  return width_of(letter) == 0 ? 0 : 60;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string escaped;
  for (const char letter : valid_utf8(text)) {
    switch (letter) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default: {
        const auto code = static_cast<unsigned char>(letter);
        const bool is_allowed = code >= 0x20 || letter == '\n' || letter == '\t';
        if (is_allowed) escaped += letter;
      }
    }
  }
  return escaped;
}

std::string coordinate(double value) {
  return decimal_string(static_cast<std::int64_t>(std::llround(value * 10)), 1);
}

double text_width(std::string_view text, double size) {
  int hundredths = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Letter letter = letter_at(text, at);
    hundredths += width_in_hundredths(letter.code);
    at += letter.bytes;
  }
  return hundredths * size / 100;
}

std::string fit_to(std::string_view text, double width, double size) {
  if (text_width(text, size) <= width) return std::string(text);
  const double room = width - text_width("…", size);
  double used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const Letter letter = letter_at(text, at);
    used += text_width(text.substr(at, letter.bytes), size);
    if (used > room) break;
    at += letter.bytes;
  }
  while (at > 0 && text[at - 1] == ' ') --at;
  return std::string(text.substr(0, at)) + "…";
}

}  // namespace diaodu::report
