#pragma once

#include <cstdint>
#include <string_view>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// Thrown where a benchmark file has something else than it must have; `read_benchmark` makes a
/// finding of it.
struct Unexpected {
  int line = 0;
  int column = 0;
  Argument expected;
};

/// Takes a text apart that is mostly whole numbers.  Whatever is missing throws `Unexpected`.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  /// The next whole number, on this line or a later one.
  std::int64_t number(const Words& what, std::int64_t least, std::int64_t most);

  /// A count of things each of which needs at least so many numbers in what remains of the text, so
  /// that nobody makes room for a thousand million jobs that are not there.
  std::size_t count(const Words& what, std::int64_t least, std::int64_t most,
                    std::size_t numbers_each);

  /// Steps over the letter, and blanks before it.
  void expect(char letter);

  /// Goes to the next line that begins with `key`, which is written in small letters; blanks and
  /// dashes in the line do not count.  `what` names it where there is none.
  void find_line(std::string_view key, const Words& what);

  /// Goes behind the next colon of the present line.
  void skip_colon();

  /// Leaves the present line and those after it that do not begin with a number.
  void skip_to_numbers();

  /// True where a number is the next thing on the present line.
  bool has_number_in_line() const;

  /// Nothing but blanks may follow.
  void expect_end();

  /// The line of what was read last.
  std::int32_t line() const { return line_; }

 private:
  bool is_at_end() const { return at_ >= text_.size(); }
  void skip_blanks();
  void skip_line();
  bool line_begins_with(std::string_view key) const;
  [[noreturn]] void fail(std::size_t at, Argument expected) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::int32_t line_ = 1;
};

}  // namespace diaodu::formats
