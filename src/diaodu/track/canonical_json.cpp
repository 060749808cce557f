#include "diaodu/track/canonical_json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <system_error>

#include "diaodu/track/hash.h"

namespace diaodu::track {
namespace {

/// How many bytes the letter at the front has; 0 where it is not valid UTF-8.
std::size_t letter_length(std::string_view text) {
  const auto byte = [text](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const auto follows = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    // No longer form of what is shorter, no half of a pair of UTF-16.
    const bool is_allowed =
        (first != 0xE0 || byte(1) >= 0xA0) && (first != 0xED || byte(1) <= 0x9F);
    return is_allowed && follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool is_allowed =
        (first != 0xF0 || byte(1) >= 0x90) && (first != 0xF4 || byte(1) <= 0x8F);
    return is_allowed && follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

bool is_valid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = letter_length(text.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

constexpr std::string_view kEscaped = "\b\t\n\f\r\"\\";
constexpr std::string_view kEscapes = "btnfr\"\\";

}  // namespace

void CanonicalWriter::string(std::string_view text) {
  separate();
  text_ += '"';
  for (const char letter : text) {
    const std::size_t escape = kEscaped.find(letter);
    if (escape != std::string_view::npos) {
      text_ += '\\';
      text_ += kEscapes[escape];
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      text_ += "\\u00" + hexadecimal(std::string_view(&letter, 1));
    } else {
      text_ += letter;
    }
  }
  text_ += '"';
}

void CanonicalWriter::whole(std::int64_t number) {
  if (number > CanonicalReader::kMostWhole || number < -CanonicalReader::kMostWhole)
    throw std::out_of_range("a number of the record is beyond 2^53");
  separate();
  std::array<char, 24> digits{};
  text_.append(digits.data(),
               std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void CanonicalWriter::real(double number) {
  separate();
  text_ += canonical_number(number);
}

void CanonicalWriter::member(std::string_view of, std::string_view text) {
  name(of);
  string(valid_text(text));
}

template <class Number>
void CanonicalReader::read(Number& number) {
  if (!is_good_) return;
  const auto [stopped, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
  if (error != std::errc{}) return fail();
  rest_.remove_prefix(static_cast<std::size_t>(stopped - rest_.data()));
}

std::string CanonicalReader::string() {
  std::string text;
  expect('"');
  while (is_good_) {
    const std::size_t plain = rest_.find_first_of("\"\\");
    if (plain == std::string_view::npos) {
      fail();
      break;
    }
    text += rest_.substr(0, plain);
    rest_.remove_prefix(plain);
    if (take('"')) break;
    rest_.remove_prefix(1);
    text += escaped();
  }
  if (!is_valid(text)) fail();
  return text;
}

std::int64_t CanonicalReader::whole(std::int64_t least, std::int64_t most) {
  std::int64_t number = 0;
  read(number);
  if (number < least || number > most) fail();
  return number;
}

double CanonicalReader::real() {
  double number = 0;
  read(number);
  if (!std::isfinite(number)) fail();
  return number;
}

std::string CanonicalReader::escaped() {
  const char letter = rest_.empty() ? '\0' : rest_.front();
  const std::size_t escape = kEscapes.find(letter);
  if (escape != std::string_view::npos) {
    rest_.remove_prefix(1);
    return {kEscaped[escape]};
  }
  if (rest_.size() >= 5 && rest_.starts_with("u00")) {
    const auto byte = bytes_of_hexadecimal(rest_.substr(3, 2));
    rest_.remove_prefix(5);
    if (byte && static_cast<unsigned char>(byte->front()) < 0x20) return *byte;
  }
  fail();
  return {};
}

std::string valid_text(std::string_view text) {
  if (is_valid(text)) return std::string(text);
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = letter_length(text);
    valid += length == 0 ? std::string_view("\uFFFD") : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

std::string canonical_number(double value) {
  if (!std::isfinite(value)) throw std::out_of_range("a number of the record is not finite");
  if (value == 0) return "0";  // the negative one too
  std::array<char, 32> written{};
  const auto end = std::to_chars(written.data(), written.data() + written.size(), std::abs(value),
                                 std::chars_format::scientific);
  // d.ddde+XX: the shortest digits, and where the point belongs
  const std::string_view text(written.data(), static_cast<std::size_t>(end.ptr - written.data()));
  const std::size_t e = text.find('e');
  std::string digits(1, text[0]);
  if (e > 1) digits += text.substr(2, e - 2);
  int exponent = 0;
  const char* const sign = text.data() + e + 1;
  std::from_chars(sign + (*sign == '+' ? 1 : 0), text.data() + text.size(), exponent);
  const int num_digits = static_cast<int>(digits.size());
  const int point = exponent + 1;  // the digits before it
  std::string number = value < 0 ? "-" : "";
  if (num_digits <= point && point <= 21) {
    return number + digits + std::string(static_cast<std::size_t>(point - num_digits), '0');
  }
  if (0 < point && point <= 21) {
    const auto before = static_cast<std::size_t>(point);
    return number + digits.substr(0, before) + "." + digits.substr(before);
  }
  if (-6 < point && point <= 0) {
    return number + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  }
  number += digits[0];
  if (num_digits > 1) number += "." + digits.substr(1);
  return number + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

}  // namespace diaodu::track
