#pragma once

#include <filesystem>
#include <string>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/report/dispatch_tables.h"

namespace diaodu::report {

/// What a muster comes to, for a terminal of `width` columns: when all are there and at what cost, what
/// is short and why, what each departure carries, who is where by the hour, what holds it back, who must be
/// told; and what of it is assumed.
std::string dispatch_text(const Mustered& mustered, Language language, int width, bool has_colour);

/// The headline alone: `Full strength Fri 2022-08-12 22:10, costs 1,006,826 CNY`.
std::string dispatch_headline(const Mustered& mustered, Language language);

/// `1015 people in 28 groups`
std::string dispatch_size(const Plan& plan, Language language);

// Sentences; each empty where there is nothing to say.
std::string dispatch_late(const Mustered& mustered, Language language);
std::string dispatch_changed(const Mustered& mustered, Language language);
/// That nothing is better, or by how much it could be at most.
std::string dispatch_proof(const Mustered& mustered, Language language);
/// How many rows of which tables are assumed.
std::string dispatch_assumed(const Plan& plan, Language language);

/// Everything for programs: {plan, optimal, value, bound, needs [..], departures [..], ..., findings}.
std::string dispatch_json(const Mustered& mustered, const Findings& findings, Language language);

/// The itineraries as CSV: UTF-8 with its mark, commas, CRLF.
std::string dispatch_csv(const Mustered& mustered, Language language);

/// The legs as events of a calendar (iCalendar, RFC 5545): with `only` those of a person, group or team,
/// else of all, one for each party.
std::string dispatch_calendar(const Mustered& mustered, Language language);

/// All tables as sheets of a workbook.  Throws `std::filesystem::filesystem_error`.
void write_dispatch_workbook(const Mustered& mustered, Language language,
                             const std::filesystem::path& path);

}  // namespace diaodu::report
