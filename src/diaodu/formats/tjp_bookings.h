#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "diaodu/formats/tjp_people.h"

namespace diaodu::formats {

/// What was booked for a task.
struct TjpBooked {
  std::int64_t minutes = 0;  ///< work of one
  std::optional<LocalTime> first;
  std::optional<LocalTime> last;
  std::set<std::size_t> resources;
};

using TjpBookedTasks = std::map<std::string, TjpBooked, std::less<>>;

/// Of each task that has bookings, by its id.  That a resource is off duty then, or booked twice, is a finding.
TjpBookedTasks booked_work(const TjpDocument& document, TjpPeople& people, Findings& findings);

/// Until when the bookings tell what was done: now, if the file says when that is; else as late as lets everything
/// booked begin, and nothing wait.  Nothing where nothing is booked and the scenario is no projection.
std::optional<LocalTime> known_until(const TjpDocument& document, const TjpBookedTasks& booked);

}  // namespace diaodu::formats
