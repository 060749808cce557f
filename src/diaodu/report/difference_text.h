#pragma once

#include <filesystem>
#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/difference.h"

namespace diaodu::report {

/// What was compared, and what came out.
struct ComparedPlans {
  const Plan& before;
  const Plan& after;
  std::string name_before;  ///< a plan, or a date of it
  std::string name_after;
  const Differences& differences;
};

std::string_view name_of(DifferenceGroup group);

/// Sentences for the finish and the cost, then a table for each group; no line wider than `width`.
std::string difference_text(const ComparedPlans& compared, Language language, int width,
                            bool has_colour);

/// For programs: {before, after, finish {before, after, by_minutes}, cost {before, after}, counts {group: number},
/// differences: [{group, change, table, key, what, field, before, after, by_minutes}], findings}.
std::string difference_json(const ComparedPlans& compared, const Findings& findings,
                            Language language);

std::string difference_csv(const ComparedPlans& compared, Language language);

/// Throws `std::filesystem::filesystem_error`.
void write_difference_workbook(const ComparedPlans& compared, Language language,
                               const std::filesystem::path& path);

/// One page that needs nothing from anywhere and runs no script.
std::string difference_page(const ComparedPlans& compared, Language language);

}  // namespace diaodu::report
