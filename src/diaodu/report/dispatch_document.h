#pragma once

#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/formats/outline.h"
#include "diaodu/report/field_tables.h"

namespace diaodu::report {

struct DispatchPageOptions {
  Language language = Language::english;      ///< that the page opens in; it holds both
  std::string by = "diaodu";                  ///< the program that made it, and its version
  const formats::Outline* outline = nullptr;  ///< lines of land behind the places
};

/// All that the page of a dispatch shows, as one line of JSON that may stand between the tags of a page: the form
/// that `web/src/dispatch/document.ts` declares and `docs/page_format.md` describes.  Every number on the page
/// is in it.
std::string dispatch_document(const Dispatched& told, const Findings& findings,
                              const DispatchPageOptions& options);

/// The same with the script and the style that show it, as one HTML file that asks for nothing from anywhere.
/// The same answer and options give the same bytes.
std::string dispatch_page(const Dispatched& told, const Findings& findings,
                          const DispatchPageOptions& options);

}  // namespace diaodu::report
