#include "diaodu/dispatch/carry_over.h"

#include <deque>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace diaodu::dispatch {
namespace {

/// Of each row of `before` that of `now` with its id.
template <class IdType, class Rows>
Table<IdType, IdType> same_ids(const Rows& before, const Rows& now) {
  std::map<std::string_view, IdType> found;
  for (IdType each : now.ids()) found.emplace(now[each].id.view(), each);
  Table<IdType, IdType> same(before.size());
  for (IdType each : before.ids()) {
    const auto at = found.find(before[each].id.view());
    if (at != found.end()) same[each] = at->second;
  }
  return same;
}

/// Of each route of `before` the one of `now` that is all it was.  Of several that are alike the first is
/// the first's, and so on: each has seats of its own.
std::vector<RouteId> same_routes(const Plan& before, const Plan& now) {
  const auto key = [](const Plan& plan, const Route& route) {
    return std::tuple(route.id.view(), route.via.view(), plan.places[route.from].id.view(),
                      plan.places[route.to].id.view(), route.departs, route.duration);
  };
  std::map<decltype(key(now, now.routes.front())), std::deque<RouteId>> alike;
  for (std::size_t row = 0; row < now.routes.size(); ++row)
    alike[key(now, now.routes[row])].emplace_back(row);
  std::vector<RouteId> same;
  for (const Route& route : before.routes) {
    const auto found = alike.find(key(before, route));
    if (found == alike.end() || found->second.empty()) {
      same.emplace_back();
      continue;
    }
    same.push_back(found->second.front());
    found->second.pop_front();
  }
  return same;
}

}  // namespace

Movement carry_over(const Plan& before, const Movement& movement, const Plan& now) {
  const auto group_of = same_ids<GroupId>(before.groups, now.groups);
  const auto place_of = same_ids<PlaceId>(before.places, now.places);
  const std::vector<RouteId> route_of = same_routes(before, now);
  Movement carried;
  for (Party party : movement.parties) {
    party.group = group_of[party.group];
    if (!party.group) continue;
    for (Leg& leg : party.legs) leg.route = route_of[leg.route.index()];
    for (Stop& stop : party.stops) stop.place = place_of[stop.place];
    carried.parties.push_back(std::move(party));
  }
  return carried;
}

}  // namespace diaodu::dispatch
