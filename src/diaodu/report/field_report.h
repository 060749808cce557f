#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/report/field_tables.h"

namespace diaodu::report {

/// What is planned for the field, for a terminal of `width` columns, one part after the other: tours, teams, from need to
/// result, laboratories, regions.  Each begins with what it comes to.
std::string field_text(const Dispatched& told, Language language, int width, bool has_colour);

/// What the field comes to, a sentence each.
std::vector<std::string> field_headlines(const Dispatched& told, Language language);

/// Everything for programs, muster and field: {plan, optimal, value, ..., tours [..], teams [..], ..., findings}.
std::string dispatched_json(const Dispatched& told, const Findings& findings, Language language);

/// Tables as CSV (UTF-8 with its mark, commas, CRLF), the first for the file that was asked for (empty name), the others
/// for files beside it: their names' ends, such as `-teams`.
std::vector<std::pair<std::string, std::string>> dispatched_csv(const Dispatched& told,
                                                                Language language);

/// Legs of people and stops of duties as events of a calendar (iCalendar, RFC 5545).
std::string dispatched_calendar(const Dispatched& told, Language language);

/// All tables as sheets of a workbook, and a sheet for each of up to 100 teams.  Throws
/// `std::filesystem::filesystem_error`.
void write_dispatched_workbook(const Dispatched& told, Language language,
                               const std::filesystem::path& path);

}  // namespace diaodu::report
