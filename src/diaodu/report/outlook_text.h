#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/forecast/news.h"
#include "diaodu/forecast/outlook.h"
#include "diaodu/forecast/push.h"

namespace diaodu::report {

/// An outlook with what was made of it.
struct ToldOutlook {
  forecast::Outlook outlook;
  std::vector<forecast::Push> pushes;
  std::uint64_t seed = 1;
  Instant since = kNever;  ///< `kNever`: no news were asked
  std::vector<forecast::News> news;
};

/// The targets on a screen or two: the score, targets with their chances, what tasks add, gaps, contributions and
/// sides, scores, pushes, news.  No line is wider than `width`.
std::string outlook_text(const Plan& plan, const ToldOutlook& told, Language language,
                         int width = 80, bool has_colour = false);

}  // namespace diaodu::report
