#pragma once

#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/core/language.h"

namespace diaodu {

/// Days `first` to `last`, both included, on which China's statutory rules differ from the week: a
/// holiday, or (调休) a weekend day that is worked in exchange for one.
struct StatutoryDays {
  Date first;
  Date last;
  bool is_worked = false;
  Words name;
};

/// All of 2007 to `last_statutory_year_cn()`.  Later years are not known until they are announced.
const std::vector<StatutoryDays>& statutory_days_cn();

int last_statutory_year_cn();

}  // namespace diaodu
