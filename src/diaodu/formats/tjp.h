#pragma once

#include <string>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// Does it begin like a TaskJuggler project?
bool looks_like_tjp(std::string_view text);

/// Reads a TaskJuggler project (`.tjp`, version 3) as far as it is a plan; `file` is what findings call it.
///
/// | TaskJuggler                        | plan                                                      |
/// |------------------------------------|-----------------------------------------------------------|
/// | project                            | name, start, zone, currency                               |
/// | working hours, leaves, shifts      | calendars of the project and of each resource             |
/// | resource                           | people; efficiency 0: a machine                           |
/// | task                               | tasks by their full ids; containers are summaries         |
/// | effort and allocate                | duration of all who are allocated together, demands       |
/// | several who are not mandatory      | modes where others want them; shares where hours differ   |
/// | alternative                        | modes; of several allocations a skill                     |
/// | length, duration                   | duration, elapsed                                         |
/// | depends, precedes, gaps            | links, lags; between both without a length: a hammock     |
/// | start, end, alap                   | constraints                                               |
/// | maxend, maxstart                   | deadline                                                  |
/// | limits                             | a calendar of the first hours of each day, week and month |
/// | booking, effortdone, projection    | progress, data date                                       |
///
/// `scenario`: the one that is read, by its name; empty: the first.  Reports, flags, accounts and included files are
/// told and not read.
ReadPlan read_tjp(std::string_view bytes, std::string file, std::string_view scenario = {});

}  // namespace diaodu::formats
