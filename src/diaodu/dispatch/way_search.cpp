#include "diaodu/dispatch/way_search.h"

#include <algorithm>
#include <limits>

namespace diaodu::dispatch {
namespace {

constexpr double kNoWay = std::numeric_limits<double>::infinity();

}  // namespace

CrewWay make_way(const Ways& ways, std::size_t crew, std::uint32_t start,
                 std::vector<std::uint32_t> arcs) {
  CrewWay way{.crew = crew};
  std::uint32_t node = start;
  for (const std::uint32_t index : arcs) {
    const Ways::Arc& arc = ways.arcs[index];
    if (arc.limit != Ways::Arc::kNone) way.limits.push_back(arc.limit);
    if (arc.route) ++way.legs;
    way.cost += arc.cost;
    node = arc.to;
  }
  way.arcs = std::move(arcs);
  way.place = ways.nodes[node].place;
  way.ready = ways.nodes[node].time;
  return way;
}

std::vector<std::uint32_t> arcs_of(const Ways& ways, std::uint32_t start, const Party& told) {
  std::vector<std::uint32_t> arcs;
  if (start == Ways::Arc::kNone || told.stops.empty()) return {};
  std::uint32_t node = start;
  /// Follows the first arc that suits.
  const auto follow = [&](const auto& suits) {
    for (std::uint32_t i = ways.nodes[node].first_arc; i < ways.nodes[node + 1].first_arc; ++i) {
      if (!suits(ways.arcs[i])) continue;
      arcs.push_back(i);
      node = ways.arcs[i].to;
      return true;
    }
    return false;
  };
  const auto leads_to = [&](Ways::Moment moment) {
    return [&ways, moment](const Ways::Arc& arc) {
      return !arc.route && ways.nodes[arc.to].moment == moment;
    };
  };
  for (std::size_t i = 0; i < told.stops.size(); ++i) {
    const Stop& stop = told.stops[i];
    if (ways.nodes[node].place != stop.place || ways.nodes[node].time > stop.passes) return {};
    while (ways.nodes[node].time < stop.passes) {
      if (!follow(leads_to(Ways::Moment::arrived))) return {};
    }
    if (ways.nodes[node].time != stop.passes || !follow(leads_to(Ways::Moment::ready))) return {};
    if (i == told.legs.size()) break;
    const Leg& leg = told.legs[i];
    if (!leg.route) return {};
    const auto goes = [&leg](const Ways::Arc& arc) { return arc.route == leg.route; };
    // From where one is ready, or along the departures.
    while (!(ways.nodes[node].time == leg.departs && follow(goes))) {
      if (ways.nodes[node].time > leg.departs || !follow(leads_to(Ways::Moment::boarding)))
        return {};
    }
  }
  return arcs;
}

WaySearch::WaySearch(const Ways& ways, const Crews& crews)
    : ways_(ways),
      crews_(crews),
      distance_(ways.nodes.size()),
      arc_before_(ways.nodes.size()),
      node_before_(ways.nodes.size()) {
  for (std::size_t i = 0; i < crews.wants.size(); ++i) {
    const std::size_t place = crews.wants[i].place.index();
    if (wants_at_.size() <= place) wants_at_.resize(place + 1);
    wants_at_[place].push_back(i);
  }
  for (std::uint32_t i = 0; i < ways.num_nodes(); ++i) {
    const Ways::Node& node = ways.nodes[i];
    if (node.moment == Ways::Moment::ready && node.place.index() < wants_at_.size() &&
        !wants_at_[node.place.index()].empty()) {
      ends_.push_back(i);
    }
  }
}

bool WaySearch::is_wanted(const Crew& crew, PlaceId place) const {
  for (const std::size_t want : wants_at_[place.index()]) {
    for (const auto& [role, count] : crew.make_up) {
      if (crews_.wants[want].role == role) return true;
    }
  }
  return false;
}

double WaySearch::worth(const Crew& crew, PlaceId place, Instant time,
                        const WayPrices& prices) const {
  double sum = 0;
  for (const std::size_t index : wants_at_[place.index()]) {
    const Want& want = crews_.wants[index];
    for (const auto& [role, count] : crew.make_up) {
      if (want.role != role) continue;
      double each = prices.wants[index];
      for (std::size_t step = 0; step < want.steps.size(); ++step) {
        if (time <= want.steps[step].by) each += prices.steps[index][step];
      }
      sum += each * static_cast<double>(count);
    }
  }
  return sum;
}

void WaySearch::seek(std::uint32_t start, const WayPrices& prices,
                     const std::vector<std::int64_t>& left, std::int64_t size) {
  std::fill(distance_.begin(), distance_.end(), kNoWay);
  if (start == Ways::Arc::kNone) return;
  distance_[start] = 0;
  for (std::uint32_t node = start; node < ways_.num_nodes(); ++node) {
    const double here = distance_[node];
    if (here == kNoWay) continue;
    for (std::uint32_t i = ways_.nodes[node].first_arc; i < ways_.nodes[node + 1].first_arc; ++i) {
      const Ways::Arc& arc = ways_.arcs[i];
      if (arc.limit != Ways::Arc::kNone && left[arc.limit] < size) continue;
      const double there = here + weight(arc, prices);
      if (there >= distance_[arc.to]) continue;
      distance_[arc.to] = there;
      arc_before_[arc.to] = i;
      node_before_[arc.to] = node;
    }
  }
}

std::vector<WaySearch::Offer> WaySearch::offers(std::size_t crew, const WayPrices& prices,
                                                Instant last) const {
  const Crew& who = crews_.crews[crew];
  std::vector<Offer> best;
  std::vector<std::size_t> of_place(wants_at_.size(), static_cast<std::size_t>(-1));
  for (const std::uint32_t end : ends_) {
    const Ways::Node& node = ways_.nodes[end];
    if (node.time > last) break;
    if (distance_[end] == kNoWay || !is_wanted(who, node.place)) continue;
    const double reduced =
        distance_[end] * static_cast<double>(who.size) - worth(who, node.place, node.time, prices);
    std::size_t& slot = of_place[node.place.index()];
    if (slot == static_cast<std::size_t>(-1)) {
      slot = best.size();
      best.push_back({crew, end, reduced});
    } else if (reduced < best[slot].reduced_cost) {
      best[slot] = {crew, end, reduced};
    }
  }
  return best;
}

CrewWay WaySearch::way_to(const Offer& offer, std::uint32_t start) const {
  std::vector<std::uint32_t> arcs;
  for (std::uint32_t node = offer.node; node != start; node = node_before_[node]) {
    arcs.push_back(arc_before_[node]);
  }
  std::reverse(arcs.begin(), arcs.end());
  return make_way(ways_, offer.crew, start, std::move(arcs));
}

bool WaySearch::list(std::size_t crew, const WayPrices& prices, Instant last, double at_most,
                     std::size_t most, std::vector<CrewWay>& found) {
  const Crew& who = crews_.crews[crew];
  if (who.start == Ways::Arc::kNone) return true;
  const auto size = static_cast<double>(who.size);
  // The least that is still to come from each node on.
  std::vector<double>& rest = distance_;
  std::fill(rest.begin(), rest.end(), kNoWay);
  std::vector<char> is_end(ways_.nodes.size(), 0);
  for (const std::uint32_t end : ends_) {
    const Ways::Node& node = ways_.nodes[end];
    if (node.time > last || !is_wanted(who, node.place)) continue;
    rest[end] = -worth(who, node.place, node.time, prices);
    is_end[end] = 1;
  }
  for (std::size_t node = ways_.num_nodes(); node-- > who.start;) {
    for (std::uint32_t i = ways_.nodes[node].first_arc; i < ways_.nodes[node + 1].first_arc; ++i) {
      const Ways::Arc& arc = ways_.arcs[i];
      rest[node] = std::min(rest[node], rest[arc.to] + size * weight(arc, prices));
    }
  }
  // Depth first, without recursion: the arcs under way, and which comes next at each depth.
  struct Level {
    std::uint32_t node = 0;
    std::uint32_t next = 0;
    double paid = 0;
  };
  std::vector<Level> levels{{who.start, ways_.nodes[who.start].first_arc, 0}};
  std::vector<std::uint32_t> arcs;
  while (!levels.empty()) {
    Level& level = levels.back();
    if (level.next == ways_.nodes[level.node + 1].first_arc) {
      levels.pop_back();
      if (!arcs.empty()) arcs.pop_back();
      continue;
    }
    const std::uint32_t index = level.next++;
    const Ways::Arc& arc = ways_.arcs[index];
    const double paid = level.paid + size * weight(arc, prices);
    if (paid + rest[arc.to] > at_most) continue;
    arcs.push_back(index);
    const Ways::Node& node = ways_.nodes[arc.to];
    if (is_end[arc.to] != 0 && paid - worth(who, node.place, node.time, prices) <= at_most) {
      if (found.size() >= most) return false;
      found.push_back(make_way(ways_, crew, who.start, arcs));
    }
    levels.push_back({arc.to, node.first_arc, paid});
  }
  return true;
}

}  // namespace diaodu::dispatch
