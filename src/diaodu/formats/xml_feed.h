#pragma once

#include <string>
#include <string_view>

#include "diaodu/formats/encoding.h"
#include "diaodu/formats/xml.h"

namespace diaodu::formats {

/// Feeds a whole file to the reader that `listener` gives its ear to; what is no UTF-8 or UTF-16 is turned into
/// UTF-8 first.  `make` is handed the encoding and returns the reader.
template <class Make>
void feed_xml(std::string_view bytes, const std::string& file, Findings& findings,
              const Make& make) {
  const bool is_utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  std::string text;
  const bool is_sound = is_utf16 || is_valid_utf8(bytes);
  if (!is_sound) {
    text = to_utf8(bytes, file, findings);
    bytes = text;
  }
  XmlReader& reader = make(is_utf16 ? std::string() : std::string("UTF-8"));
  constexpr std::size_t kPiece = 1 << 16;
  bool is_well = true;
  while (is_well && !bytes.empty()) {
    is_well = reader.feed(bytes.substr(0, kPiece));
    bytes.remove_prefix(std::min(kPiece, bytes.size()));
  }
  if (is_well) reader.finish();
}

}  // namespace diaodu::formats
