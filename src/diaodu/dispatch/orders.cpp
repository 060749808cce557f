#include "diaodu/dispatch/orders.h"

#include <algorithm>

namespace diaodu::dispatch {
namespace {

/// What somebody on this way does, without who that is.
Party party_on(const Ways& ways, std::uint32_t start, const CrewWay& way) {
  Party party;
  std::uint32_t at = start;
  party.stops.push_back({.place = ways.nodes[start].place, .arrives = ways.nodes[start].time});
  for (const std::uint32_t index : way.arcs) {
    const Ways::Arc& arc = ways.arcs[index];
    const Ways::Node& from = ways.nodes[at];
    const Ways::Node& to = ways.nodes[arc.to];
    if (arc.route) {
      party.legs.push_back({.route = arc.route, .departs = from.time, .arrives = to.time});
      party.stops.push_back({.place = to.place, .arrives = to.time});
    } else if (to.moment == Ways::Moment::ready) {
      party.stops.back().passes = from.time;
      party.stops.back().ready = to.time;
    }
    at = arc.to;
  }
  return party;
}

}  // namespace

Movement orders_of(const Plan& plan, const Ways& ways, const Crews& crews,
                   const std::vector<CrewWay>& crew_ways,
                   const std::vector<std::int64_t>& amounts) {
  std::vector<std::vector<std::size_t>> ways_of(crews.crews.size());
  for (std::size_t way = 0; way < amounts.size(); ++way) {
    if (amounts[way] > 0) ways_of[crew_ways[way].crew].push_back(way);
  }
  Movement movement;
  for (std::size_t i = 0; i < crews.crews.size(); ++i) {
    const Crew& crew = crews.crews[i];
    const bool is_team = crew.units == 1 && crew.size != 1;
    std::vector<std::pair<Party, std::int64_t>> parties;
    for (const std::size_t way : ways_of[i]) {
      parties.emplace_back(party_on(ways, crew.start, crew_ways[way]),
                           is_team ? crew.size : amounts[way]);
    }
    std::size_t next = 0;
    for (Slice slice : crew.slices) {
      while (slice.count > 0) {
        while (next < parties.size() && parties[next].second == 0) ++next;
        Party party;
        party.count = slice.count;
        if (next < parties.size()) {
          party = parties[next].first;
          party.count = std::min(slice.count, parties[next].second);
          parties[next].second -= party.count;
        } else {
          const GroupId group = slice.group;
          party.stops.push_back({.place = plan.groups[group].place,
                                 .arrives = ready_time(plan, group),
                                 .passes = kNever,
                                 .ready = kNever});
        }
        party.group = slice.group;
        party.first = slice.first;
        slice.first += party.count;
        slice.count -= party.count;
        movement.parties.push_back(std::move(party));
      }
    }
  }
  std::stable_sort(movement.parties.begin(), movement.parties.end(),
                   [](const Party& a, const Party& b) {
                     return a.group != b.group ? a.group < b.group : a.first < b.first;
                   });
  return movement;
}

}  // namespace diaodu::dispatch
