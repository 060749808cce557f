#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// The text of a TaskJuggler file with its macros put in, and where each part of it stood.
///
///   macro Name [ text with ${1} and ${2} ]        ${Name "first" "second"}
///
/// Macros that call each other go to a depth of 16 at most, and the text to `kMost` bytes; what is beyond is
/// a finding.
class TjpText {
 public:
  static constexpr std::size_t kMost = 16 << 20;

  /// `known`: macros that exist without being declared, as name and text.
  TjpText(std::string_view text, const std::string& file,
          const std::vector<std::pair<std::string, std::string>>& known, Findings& findings);

  std::string_view text() const { return text_; }
  /// Of the letter at this offset; inside a macro of the place that called it.
  Where where(std::size_t offset) const;

 private:
  friend class TjpExpander;
  struct Piece {
    std::size_t offset = 0;  ///< in the text, from here on
    std::int32_t line = 1;
    std::int32_t column = 1;
    bool is_of_macro = false;
  };

  std::string file_;
  std::string text_;
  std::vector<Piece> pieces_;
  /// Some letter that was asked for of late, so that a long piece is not counted from its beginning each time.
  mutable Piece seen_;
};

}  // namespace diaodu::formats
