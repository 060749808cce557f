#pragma once

#include <span>
#include <string_view>

namespace diaodu::report {

/// What stands in a page between two pieces that are the same in all pages.
enum class PageHole : unsigned char { none, language, title, noscript, document };

struct PagePiece {
  std::string_view text;
  PageHole then = PageHole::none;
};

/// `web/src/page.html` with the style, the script and their hashes in it, cut at what differs from page
/// to page.  `tools/embed_page.py` writes it when the program is built.
std::span<const PagePiece> page_pieces();

/// The same of the page of a muster, whose script and style are made of `web/src/dispatch`.
std::span<const PagePiece> dispatch_page_pieces();

}  // namespace diaodu::report
