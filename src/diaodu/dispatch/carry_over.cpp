#include "diaodu/dispatch/carry_over.h"

#include <string_view>
#include <utility>
#include <vector>

namespace diaodu::dispatch {
namespace {

template <class IdType, class Rows>
IdType find(const Rows& rows, std::string_view id) {
  for (IdType each : rows.ids()) {
    if (rows[each].id == id) return each;
  }
  return {};
}

RouteId same_route(const Plan& before, const Route& route, const Plan& now) {
  for (std::size_t row = 0; row < now.routes.size(); ++row) {
    const Route& other = now.routes[row];
    if (other.id != route.id || other.via != route.via) continue;
    if (now.places[other.from].id != before.places[route.from].id ||
        now.places[other.to].id != before.places[route.to].id || other.departs != route.departs ||
        other.duration != route.duration) {
      continue;
    }
    return RouteId{row};
  }
  return {};
}

}  // namespace

Movement carry_over(const Plan& before, const Movement& movement, const Plan& now) {
  Table<GroupId, GroupId> group_of(before.groups.size());
  for (GroupId each : before.groups.ids())
    group_of[each] = find<GroupId>(now.groups, before.groups[each].id);
  Table<PlaceId, PlaceId> place_of(before.places.size());
  for (PlaceId each : before.places.ids())
    place_of[each] = find<PlaceId>(now.places, before.places[each].id);
  std::vector<RouteId> route_of;
  for (const Route& route : before.routes) route_of.push_back(same_route(before, route, now));
  Movement carried;
  for (Party party : movement.parties) {
    party.group = group_of[party.group];
    if (!party.group) continue;
    bool is_known = true;
    for (Leg& leg : party.legs) leg.route = route_of[leg.route.index()];
    for (Stop& stop : party.stops) {
      stop.place = place_of[stop.place];
      is_known = is_known && stop.place;
    }
    if (is_known) carried.parties.push_back(std::move(party));
  }
  return carried;
}

}  // namespace diaodu::dispatch
