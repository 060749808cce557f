#include "diaodu/report/dispatch_flow.h"

#include <algorithm>
#include <map>
#include <utility>

namespace diaodu::report {

DispatchFlow flow_of(const Movement& movement) {
  DispatchFlow flow;
  for (const Party& party : movement.parties) {
    if (!party.legs.empty()) flow.num_columns = std::max(flow.num_columns, party.stops.size());
  }
  using Key = std::pair<std::size_t, PlaceId>;
  std::map<Key, std::int64_t> people;
  std::map<std::pair<Key, Key>, std::int64_t> between;
  for (const Party& party : movement.parties) {
    if (party.legs.empty()) continue;
    const auto key = [&](std::size_t stop) {
      const bool is_last = stop + 1 == party.stops.size();
      return Key{is_last ? flow.num_columns - 1 : stop, party.stops[stop].place};
    };
    for (std::size_t stop = 0; stop < party.stops.size(); ++stop) people[key(stop)] += party.count;
    for (std::size_t leg = 0; leg < party.legs.size(); ++leg)
      between[{key(leg), key(leg + 1)}] += party.count;
  }
  std::map<Key, std::size_t> numbers;
  for (const auto& [key, count] : people) {
    numbers[key] = flow.nodes.size();
    flow.nodes.push_back({.place = key.second, .column = key.first, .people = count});
  }
  for (const auto& [ends, count] : between)
    flow.links.push_back({numbers[ends.first], numbers[ends.second], count});
  return flow;
}

std::vector<Arc> arcs_of(const Plan& plan, const Movement& movement) {
  std::map<std::pair<PlaceId, PlaceId>, std::int64_t> people;
  for (const Party& party : movement.parties) {
    for (const Leg& leg : party.legs) {
      const Route& route = plan.routes[leg.route.index()];
      people[{route.from, route.to}] += party.count;
    }
  }
  std::vector<Arc> arcs;
  for (const auto& [ends, count] : people) arcs.push_back({ends.first, ends.second, count});
  return arcs;
}

}  // namespace diaodu::report
