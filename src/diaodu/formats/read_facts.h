#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/event.h"

namespace diaodu::formats {

/// What all facts of an import share.
struct FactSource {
  std::string author;
  std::string reason;  ///< where a row gives none; empty: the file and line
  Instant recorded;    ///< when they became known, where a row does not say
  Instant now;         ///< nothing became known later
};

/// Facts in the order in which they became known; of equal ones in that of the rows.
struct ReadFacts {
  std::vector<track::Event> events;
  std::vector<Where> where;  ///< of each event
  Findings findings;
};

/// Reads a CSV file, or every sheet of a workbook, that holds progress, costs, observations or notes
/// (`fact_columns.h`), told apart by its name or else by its columns.  Tasks, targets and resources must be in the
/// plan; nothing may have happened after it became known.  All that is wrong is found at once.
ReadFacts read_facts(const std::filesystem::path& path, const Plan& plan, const FactSource& source);

/// Likewise what `bytes` hold of the file called `file`.
ReadFacts read_facts(std::string_view bytes, const std::string& file, const Plan& plan,
                     const FactSource& source);

/// `2026-03`, `2026-01..02`, `2026-Q2`, `2026-H1`, `2026`, `2026年3月`, `2026年1-2月`, `2026年二季度`, `2026年上半年`,
/// `2026年`, or the first day of a month, as spreadsheets make of it.
std::optional<track::Period> period_of(std::string_view text);

}  // namespace diaodu::formats
