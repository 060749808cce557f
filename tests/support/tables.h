#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/formats/csv.h"
#include "diaodu/formats/plan_tables.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/finding_kinds.h"
#include "support/findings.h"

namespace diaodu {

/// A table as a user writes it: its name and its CSV text.
using TableText = std::pair<std::string_view, std::string_view>;

/// A plan that starts on a Monday.
inline constexpr std::string_view kMonday = "[plan]\nstart = 2022-08-01\n";

/// The plan that a folder with this `plan.toml` and these tables holds.
inline formats::ReadPlan read_tables(const std::vector<TableText>& tables,
                                     std::string_view toml = kMonday) {
  Findings findings;
  auto settings = formats::read_toml(toml, "plan.toml", findings);
  std::vector<formats::Sheet> sheets;
  for (const auto& [name, text] : tables) {
    sheets.push_back(
        formats::read_csv(text, std::string(name) + ".csv", std::string(name), findings));
  }
  return formats::make_plan(std::move(settings), sheets, std::move(findings));
}

/// Every finding as `tasks.csv:2:5 unknown_task`, without the parts of its place that are not
/// known.
inline std::vector<std::string> found_in(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings.kept()) {
    expect_whole(finding);
    std::string line = finding.where.file;
    if (finding.where.line > 0) line += ':' + std::to_string(finding.where.line);
    if (finding.where.column > 0) line += ':' + std::to_string(finding.where.column);
    if (!line.empty()) line += ' ';
    lines.push_back(line + std::string(finding.kind->code));
  }
  return lines;
}

inline TaskId task_of(const Plan& plan, std::string_view id) {
  for (TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].id == id) return task;
  }
  return {};
}

inline ResourceId resource_of(const Plan& plan, std::string_view id) {
  for (ResourceId resource : plan.resources.ids()) {
    if (plan.resources[resource].id == id) return resource;
  }
  return {};
}

/// `2022-08-01 08:00` on the plan's clocks.
inline Instant at(const Plan& plan, std::string_view date, std::string_view clock = "00:00") {
  return plan.zone.to_instant(LocalTime::at(*parse_iso_date(date), *parse_clock(clock)));
}

}  // namespace diaodu
