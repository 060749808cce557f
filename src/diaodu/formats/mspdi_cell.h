#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/formats/mspdi_document.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

/// The text of an element in Project's XML, read as what it must be; where it is not, a finding says so and
/// the value stays as it is.
class MspdiCell {
 public:
  MspdiCell(std::string_view text, const std::string& file, int line, MspdiDocument& document,
            Findings& findings)
      : text_(text), file_(file), line_(line), document_(document), findings_(findings) {}

  std::string_view text() const { return text_; }
  Where where() const { return {.file = file_, .line = line_}; }

  std::optional<std::int64_t> number(int places = 0) const;
  template <class Whole>
  void whole(Whole& value, std::int64_t least, std::int64_t most) const {
    const auto read = number();
    if (!read) return;
    if (*read < least || *read > most) {
      findings_.add(found::number_out_of_range, where(),
                    {text_, std::to_string(least), std::to_string(most)});
      return;
    }
    value = static_cast<Whole>(*read);
  }
  void uid(std::int64_t& value) const;
  void thousandths(std::int64_t& value) const;
  /// Money comes in hundredths, with a point or without.
  void hundredths(std::int64_t& value) const;
  void flag(bool& value) const;
  void date(Instant& value) const;
  void duration(std::int64_t& value) const;
  /// The text, for as long as the document lives.
  std::string_view keep() const;

 private:
  std::string_view text_;
  const std::string& file_;
  int line_;
  MspdiDocument& document_;
  Findings& findings_;
};

}  // namespace diaodu::formats
