#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/quantity.h"

namespace diaodu::report {

/// Writes one JSON document (RFC 8259), front to back.  Text that is not UTF-8 is repaired, numbers
/// read the same in every locale, what is no number (NaN) becomes null.
///
/// Calls nest as the document does: `begin_object`, `key`, a value, ... `end_object`.
class JsonWriter {
 public:
  enum class Form : unsigned char {
    indented,  ///< two blanks for each level
    /// No blanks, and safe between the tags of a page: `<`, U+2028 and U+2029 are escaped, so that no
    /// text ends a script.
    compact,
  };

  explicit JsonWriter(Form form = Form::indented) : is_compact_(form == Form::compact) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& number(WholeNumber auto value) { return plain(std::to_string(value)); }
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  /// The array that is being written, told from now on: where its entries turn out to be all the same,
  /// `fold_entries` leaves the first one only.
  void watch_entries();
  /// After each entry.
  void note_entry();
  void fold_entries();

  /// The document; every array and object must have ended.
  std::string take();

 private:
  struct Level {
    char closing;
    bool is_empty = true;
    bool is_line = false;  // an array of plain values stays on one line
  };

  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& plain(std::string_view value);
  void quoted(std::string_view value);
  void separate(bool is_container);
  void new_line();

  bool is_compact_;
  std::string json_;
  std::vector<Level> levels_;
  bool is_after_key_ = false;

  struct Watch {
    std::size_t begin = 0;         // of the latest entry
    std::size_t end_of_first = 0;  // 0: none yet
    std::string first;
    bool is_uniform = true;
  };
  Watch watch_;
};

}  // namespace diaodu::report
