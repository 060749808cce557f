#pragma once

#include <vector>

#include "diaodu/forecast/outlook.h"

namespace diaodu::forecast {

/// Why what is expected of a target changed between two dates.  The parts sum to the change:
/// after - before = revisions + surprise + rest.
struct News {
  TargetId target;
  double before = 0;     ///< expected at the first date
  double after = 0;      ///< expected at the second
  double revisions = 0;  ///< figures that were known, as they are now
  double surprise = 0;   ///< figures that were not
  double rest = 0;       ///< schedules of tasks with effects, children, and what methods made of it
  std::optional<double> probability_before;
  std::optional<double> probability_after;
  std::vector<track::Observation> published;  ///< since, new or revised
};

/// Of the targets with figures of their own published between the two outlooks, which are of one year, in their order;
/// children's news moves a parent without.  Forecasts three times for each of them: as known before; with its old figures
/// revised; with all.
std::vector<News> news_between(const Plan& plan, const track::Record& record, const Outlook& before,
                               const Outlook& after, const Forecaster& forecaster,
                               std::uint64_t seed);

}  // namespace diaodu::forecast
