#include <string_view>

#include "diaodu/report/dispatch_document.h"
#include "diaodu/report/dispatch_text.h"
#include "diaodu/report/page_source.h"
#include "diaodu/report/words.h"
#include "diaodu/report/xml.h"

namespace diaodu::report {
namespace {

std::string title_in(const Plan& plan, Language language) {
  const std::string_view title = title_of(plan, language);
  return title.empty() ? say(words::page_of_no_name, language) : std::string(title);
}

/// What a program that runs no script shows: a preview in a mail, a search of files.
std::string without_script(const Dispatched& told, Language language) {
  return "<h1>" + xml_text(title_in(told.plan, language)) + "</h1><p>" +
         xml_text(told.muster ? dispatch_headline(*told.muster, language) : std::string()) +
         "</p><p>" + xml_text(say(words::page_needs_script, language)) + "</p>";
}

std::string filled(PageHole hole, const Dispatched& told, const Findings& findings,
                   const DispatchPageOptions& options) {
  switch (hole) {
    case PageHole::none:
      return {};
    case PageHole::language:
      return options.language == Language::chinese ? "zh-CN" : "en";
    case PageHole::title:
      return xml_text(title_in(told.plan, options.language));
    case PageHole::noscript:
      return without_script(told, options.language);
    case PageHole::document:
      return dispatch_document(told, findings, options);
  }
  return {};
}

}  // namespace

std::string dispatch_page(const Dispatched& told, const Findings& findings,
                          const DispatchPageOptions& options) {
  std::string html;
  for (const PagePiece& piece : dispatch_page_pieces()) {
    html += piece.text;
    html += filled(piece.then, told, findings, options);
  }
  return html;
}

}  // namespace diaodu::report
