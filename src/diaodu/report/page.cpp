#include "diaodu/report/page.h"

#include <string_view>

#include "diaodu/report/page_source.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/words.h"
#include "diaodu/report/xml.h"

namespace diaodu::report {
namespace {

std::string title_in(const Plan& plan, Language language) {
  const std::string_view title = title_of(plan, language);
  return title.empty() ? say(words::page_of_no_name, language) : std::string(title);
}

/// What a program that runs no script shows: a preview in a mail, a search of files.
std::string without_script(const Plan& plan, const solve::Answer& answer, Language language) {
  return "<h1>" + xml_text(title_in(plan, language)) + "</h1><p>" +
         xml_text(headline(plan, answer, language)) + "</p><p>" +
         xml_text(say(words::page_needs_script, language)) + "</p>";
}

std::string filled(PageHole hole, const Plan& plan, const solve::Answer& answer,
                   const PageOptions& options) {
  switch (hole) {
    case PageHole::none:
      return {};
    case PageHole::language:
      return options.language == Language::chinese ? "zh-CN" : "en";
    case PageHole::title:
      return xml_text(title_in(plan, options.language));
    case PageHole::noscript:
      return without_script(plan, answer, options.language);
    case PageHole::document:
      return page_document(plan, answer, options);
  }
  return {};
}

}  // namespace

std::string page(const Plan& plan, const solve::Answer& answer, const PageOptions& options) {
  std::string html;
  for (const PagePiece& piece : page_pieces()) {
    html += piece.text;
    html += filled(piece.then, plan, answer, options);
  }
  return html;
}

}  // namespace diaodu::report
