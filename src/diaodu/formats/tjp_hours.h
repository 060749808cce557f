#pragma once

#include <span>
#include <string>
#include <vector>

#include "diaodu/formats/settings.h"
#include "diaodu/formats/tjp_document.h"

namespace diaodu::formats {

/// The hours of a resource: its week, its shifts while they hold, and without leaves.  A shift that is not known
/// is a finding.
/// No more than `days_left` days of leaves and shifts are looked at, which goes down with each.
WorkPattern hours_of(const TjpDocument& document, const TjpResource& resource, Findings& findings,
                     std::int64_t& days_left);

/// The hours that the shifts leave while they hold; before and after, all of them.
WorkPattern on_shifts(const TjpDocument& document, const WorkPattern& of_resource,
                      std::span<const TjpOnShift> shifts, Findings& findings,
                      std::int64_t& days_left);

/// The first minutes of each day, week and month of `hours`, as many as the limits allow, from the project's start
/// to some time after its end.
WorkPattern limited(const WorkPattern& hours, std::span<const TjpLimit> limits,
                    const TjpDocument& document, std::int64_t& days_left);

/// As keys of a calendar of that id.
void add_hours(const std::string& id, const WorkPattern& hours, const Where& where,
               std::vector<Setting>& settings);

}  // namespace diaodu::formats
