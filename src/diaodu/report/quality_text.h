#pragma once

#include <filesystem>
#include <string>

#include "diaodu/check/quality.h"
#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"

namespace diaodu::report {

/// What was measured, with what, and what came out.
struct MeasuredQuality {
  const Plan& plan;
  const check::QualityEvidence& evidence;
  const check::Quality& quality;
  std::string baseline;  ///< its name; empty: the plan before anything happened, or none
};

/// A table of the fourteen points, then of each its flaws; no line wider than `width`.
std::string quality_text(const MeasuredQuality& measured, Language language, int width,
                         bool has_colour);

/// For programs: {plan, as_of, baseline, open, completed, kept, judged, points: [{point, name, count, of, value, limit,
/// least, verdict, flaws: [{kind, task, name, from, what}]}], path {…}, delay {…}, findings}.
std::string quality_json(const MeasuredQuality& measured, const Findings& findings,
                         Language language);

/// One row a flaw, as CSV.
std::string quality_csv(const MeasuredQuality& measured, Language language);

/// An Excel workbook with a sheet of points and one of flaws.  Throws `std::filesystem::filesystem_error`.
void write_quality_workbook(const MeasuredQuality& measured, Language language,
                            const std::filesystem::path& path);

}  // namespace diaodu::report
