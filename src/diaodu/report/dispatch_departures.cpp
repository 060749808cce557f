#include "diaodu/report/dispatch_departures.h"

#include <utility>

namespace diaodu::report {

std::vector<Departure> departures_of(const Plan& plan, const Movement& movement) {
  std::map<std::pair<Instant, std::size_t>, Departure> found;
  for (std::size_t row = 0; row < plan.routes.size(); ++row) {
    const Route& route = plan.routes[row];
    if (route.departs && !(route.seats && *route.seats < kOne))
      found[{*route.departs, row}].arrives = *route.departs + route.duration;
  }
  for (std::size_t party = 0; party < movement.parties.size(); ++party) {
    const Party& row = movement.parties[party];
    for (const Leg& leg : row.legs) {
      Departure& departure = found[{leg.departs, leg.route.index()}];
      departure.arrives = leg.arrives;
      departure.people += row.count;
      departure.roles[plan.groups[row.group].role.view()] += row.count;
      departure.parties.push_back(party);
    }
  }
  std::vector<Departure> departures;
  for (auto& [key, departure] : found) {
    const Route& route = plan.routes[key.second];
    const std::int64_t seats = route.seats ? *route.seats / kOne : 0;
    departure.departs = key.first;
    departure.route = RouteId{key.second};
    if (!route.departs && seats > 0) departure.vehicles = (departure.people + seats - 1) / seats;
    departure.seats = seats * departure.vehicles;
    departures.push_back(std::move(departure));
  }
  return departures;
}

}  // namespace diaodu::report
