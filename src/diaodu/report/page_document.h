#pragma once

#include <string>
#include <string_view>

#include "diaodu/core/language.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/outlook_text.h"
#include "diaodu/solve/answer.h"
#include "diaodu/track/status.h"

namespace diaodu::report {

struct PageOptions {
  Language language = Language::english;  ///< that the page opens in; it holds both
  bool watched = false;                   ///< the file is written again when the plan changes
  std::string by = "diaodu";              ///< the program that made it, and its version
  const forecast::Forecast* forecast = nullptr;  ///< how sure the dates are; none: nobody asked
  const ToldOutlook* outlook = nullptr;          ///< what is expected of the plan's targets
  const track::Status* status = nullptr;         ///< where the plan stands
};

/// All that a page shows, as one line of JSON that may stand between the tags of a page: the form that
/// `web/src/document.ts` declares and `docs/page_format.md` describes.  `answer.findings` are those of
/// the plan's files too.  Without a schedule the tables are empty.
std::string page_document(const Plan& plan, const solve::Answer& answer,
                          const PageOptions& options);

}  // namespace diaodu::report
