#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace diaodu::track {

// JSON in its one canonical form (RFC 8785), as far as records need it.

/// The text with U+FFFD for every byte that is not of valid UTF-8.
std::string valid_text(std::string_view text);

/// A double as RFC 8785 writes it, which is as ECMAScript does.  Throws `std::out_of_range` where it is not finite.
std::string canonical_number(double value);

/// Writes members, whose names must come in ascending order.
class CanonicalWriter {
 public:
  void open(char bracket) {
    separate();
    text_ += bracket;
    is_first_ = true;
  }
  void close(char bracket) {
    text_ += bracket;
    is_first_ = false;
  }
  void name(std::string_view name) {
    string(name);
    text_ += ':';
    is_first_ = true;
  }
  void string(std::string_view text);
  void whole(std::int64_t number);
  void real(double number);

  void member(std::string_view of, std::string_view text);
  void member(std::string_view of, std::int64_t number) {
    name(of);
    whole(number);
  }
  void member_unless_empty(std::string_view of, std::string_view text) {
    if (!text.empty()) member(of, text);
  }

  std::string take() { return std::move(text_); }

 private:
  void separate() {
    if (!is_first_) text_ += ',';
    is_first_ = false;
  }

  std::string text_;
  bool is_first_ = true;
};

/// Reads what `CanonicalWriter` writes.  After the first mistake everything fails; what is not canonical in small
/// (a number with a zero too many) is found by writing it anew.
class CanonicalReader {
 public:
  static constexpr std::int64_t kMostWhole = std::int64_t{1} << 53;

  explicit CanonicalReader(std::string_view text) : rest_(text) {}

  bool is_good() const { return is_good_; }
  bool is_at_end() const { return is_good_ && rest_.empty(); }
  void fail() { is_good_ = false; }

  bool take(char letter) {
    if (!is_good_ || rest_.empty() || rest_.front() != letter) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char letter) {
    if (!take(letter)) fail();
  }

  std::string string();

  std::int64_t whole(std::int64_t least, std::int64_t most);
  std::int64_t whole() { return whole(-kMostWhole, kMostWhole); }
  double real();

  /// Calls `member` with each name.
  template <class Member>
  void object(Member&& member) {
    expect('{');
    if (take('}')) return;
    do {
      const std::string name = string();
      expect(':');
      if (is_good_) member(name);
    } while (take(','));
    expect('}');
  }
  template <class Element>
  void array(Element&& element) {
    expect('[');
    if (take(']')) return;
    do {
      if (is_good_) element();
    } while (take(','));
    expect(']');
  }

 private:
  template <class Number>
  void read(Number& number);
  std::string escaped();

  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace diaodu::track
