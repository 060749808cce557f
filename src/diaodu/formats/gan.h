#pragma once

#include <string>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// Does it begin like a file of GanttProject?
bool looks_like_gan(std::string_view text);

/// Reads a GanttProject file (`.gan`); `file` is what findings call it.
///
/// | GanttProject                | plan                                                              |
/// |-----------------------------|-------------------------------------------------------------------|
/// | project                     | name; the earliest start is the plan's                            |
/// | day types, dates            | the calendar: whole working days of eight hours                   |
/// | task, nested                | tasks by their numbers, summaries                                 |
/// | meeting                     | milestone                                                         |
/// | start, without predecessors | start on or after; the third date likewise                        |
/// | depend                      | the link to the other task; a difference in days is its lag       |
/// | complete                    | progress                                                          |
/// | resource, allocation        | people and demands; the unit is a share of one                    |
///
/// A `Rubber` link, which GanttProject may stretch, is read like any other: it says no later than what it follows.
ReadPlan read_gan(std::string_view bytes, std::string file);

}  // namespace diaodu::formats
