#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/formats/xml.h"

namespace diaodu::formats {

/// What every reader of `xml_as_utf8` reads.
inline constexpr const char* kXmlIsUtf8 = "UTF-8";

/// True if an XML that begins like this, with no more than UTF-8 in it, is to be read as it stands: it has no mark of
/// UTF-16, and declares UTF-8 or nothing.
bool is_utf8_by_head(std::string_view head);

/// XML as UTF-8, in `room` if it is not that already: UTF-16 as `to_utf8` tells it, then what it declares,
/// then what `to_utf8` takes it for.  Text that is UTF-8 stays, whatever it declares: editors turn a text into UTF-8 and
/// leave the declaration.
std::string_view xml_as_utf8(std::string_view bytes, std::string& room, const std::string& file,
                             Findings& findings);

/// Feeds a whole file, as UTF-8, to the reader that `make` returns, which expects `kXmlIsUtf8`.
template <class Make>
void feed_xml(std::string_view bytes, const std::string& file, Findings& findings,
              const Make& make) {
  std::string room;
  std::string_view rest = xml_as_utf8(bytes, room, file, findings);
  XmlReader& reader = make();
  constexpr std::size_t kPiece = 1 << 16;
  bool is_well = true;
  while (is_well && !rest.empty()) {
    is_well = reader.feed(rest.substr(0, kPiece));
    rest.remove_prefix(std::min(kPiece, rest.size()));
  }
  if (is_well) reader.finish();
}

}  // namespace diaodu::formats
