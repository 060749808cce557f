#pragma once

#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/outlook_text.h"
#include "diaodu/track/status.h"

namespace diaodu::report {

/// What a leader reads in a minute: sentences, no tables.
struct Brief {
  struct Section {
    std::string heading;
    std::vector<std::string> paragraphs;
  };
  std::string title;
  std::string as_of;
  std::vector<std::string> opening;  ///< the score, and how many targets are on course
  std::vector<Section> sections;     ///< what needs attention, pushes, changes, projects
  std::string note;                  ///< where the numbers come from
};

/// `told` and `status` may be null.  Of everything only the few that matter most are told, so that it stays one page.
Brief brief_of(const Plan& plan, const ToldOutlook* told, const track::Status* status,
               Language language);

/// A page of its own, for the screen and for A4: no script, nothing fetched.
std::string brief_html(const Brief& brief, Language language);

/// The same on a terminal, no line wider than `width`.
std::string brief_text(const Brief& brief, int width);

}  // namespace diaodu::report
