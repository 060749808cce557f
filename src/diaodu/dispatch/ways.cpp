#include "diaodu/dispatch/ways.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace diaodu::dispatch {
namespace {

constexpr Elapsed kHour{60};
/// In hours; whoever would wait longer does not come.
constexpr std::int64_t kLongestQueue = 60 * 24;

Instant start_of_hour(Instant time) {
  const std::int64_t minutes = time.minutes();
  const std::int64_t past = ((minutes % 60) + 60) % 60;
  return Instant{minutes - past};
}

struct Key {
  Instant time;
  Ways::Moment moment = Ways::Moment::arrived;
  std::size_t place = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Step {
  Key to;
  std::uint32_t limit = Ways::Arc::kNone;
  RouteId route;
  std::int64_t cost = 0;
};

/// What is known of a moment while the ways are followed.
struct Found {
  int legs = 0;             // fewest that lead here
  std::int64_t waited = 0;  // fewest hours since arriving
  std::vector<Step> steps;
  bool is_useful = false;
};

class Follower {
 public:
  explicit Follower(const Plan& plan)
      : plan_(plan),
        departures_(plan.places.size()),
        free_routes_(plan.places.size()),
        is_wanted_(plan.places.size(), false),
        longest_wait_(plan.places.size(), 0),
        full_hours_(plan.places.size(), 0) {
    for (const Need& need : plan.needs) {
      if (need.count > 0) is_wanted_[need.place] = true;
      horizon_ = std::max(horizon_, need.by.value_or(kEver));
    }
    Elapsed longest_ride;  // of routes that go whenever wanted
    for (std::size_t row = 0; row < plan.routes.size(); ++row) {
      const Route& route = plan.routes[row];
      if (route.duration <= Elapsed{} || route.from == route.to) continue;
      if (route.seats && whole(*route.seats) == 0) continue;
      if (route.departs) {
        departures_[route.from].emplace(*route.departs, row);
        horizon_ = std::max(horizon_, *route.departs + route.duration);
      } else {
        free_routes_[route.from].push_back(row);
        longest_ride = std::max(longest_ride, route.duration);
      }
    }
    for (GroupId group : plan.groups.ids()) horizon_ = std::max(horizon_, ready_time(plan, group));
    measure_crowds();
    // Then somebody may still have the longest queue and all their legs before them.
    Elapsed longest_transfer;
    std::int64_t longest_wait = 0;
    for (PlaceId place : plan.places.ids()) {
      longest_transfer = std::max(longest_transfer, plan.places[place].transfer);
      longest_wait = std::max(longest_wait, std::min(longest_wait_[place], full_hours_[place]));
    }
    horizon_ = horizon_ + Elapsed{2 * kMinutesPerDay} + kHour * longest_wait +
               (longest_transfer + longest_ride) * kMostLegs;
  }

  Ways run() {
    for (GroupId group : plan_.groups.ids()) {
      if (plan_.groups[group].count > 0) find(start_of(group), 0);
    }
    // Steps lead to later keys only, so the walk meets each key after all that lead to it.
    for (auto& [key, found] : found_) follow(key, found);
    for (auto at = found_.rbegin(); at != found_.rend(); ++at) {
      Found& found = at->second;
      found.is_useful =
          (at->first.moment == Ways::Moment::ready && is_wanted_[PlaceId{at->first.place}]) ||
          std::any_of(found.steps.begin(), found.steps.end(),
                      [this](const Step& step) { return found_.at(step.to).is_useful; });
    }
    return flattened();
  }

 private:
  static constexpr int kMostLegs = 8;

  static std::int64_t whole(Amount amount) { return amount / kOne; }

  /// Who waits another hour found this one too full for all who go as one.  An hour that lets c people
  /// pass and has no room for s has passed more than c - s of the n that there are; so nobody waits
  /// longer than n / (c - s + 1) hours, for the largest s that can pass at all.
  void measure_crowds() {
    std::int64_t all = 0;
    std::map<std::string_view, std::int64_t> sizes;
    for (const Group& group : plan_.groups) {
      all += group.count;
      if (!group.team.empty()) sizes[group.team.view()] += group.count;
    }
    for (PlaceId place : plan_.places.ids()) {
      if (!plan_.places[place].throughput) continue;
      const std::int64_t most = whole(*plan_.places[place].throughput);
      std::int64_t largest = 1;
      for (const auto& [team, size] : sizes) {
        if (size <= most) largest = std::max(largest, size);
      }
      if (most <= 0) continue;
      longest_wait_[place] = std::min(all / (most - largest + 1) + 1, kLongestQueue);
      // Two hours that follow each other take more than one is full with, or what waits would go in the first.
      full_hours_[place] = 2 * all / most + 2;
    }
  }

  Key start_of(GroupId group) const {
    return {ready_time(plan_, group), Ways::Moment::arrived, plan_.groups[group].place.index()};
  }

  void find(const Key& key, int legs, std::int64_t waited = 0) {
    const auto [at, is_new] = found_.try_emplace(key, Found{.legs = legs, .waited = waited});
    if (is_new) return;
    at->second.legs = std::min(at->second.legs, legs);
    at->second.waited = std::min(at->second.waited, waited);
  }

  void add(Found& from, const Step& step, int legs, std::int64_t waited = 0) {
    find(step.to, legs, waited);
    from.steps.push_back(step);
  }

  void follow(const Key& key, Found& found) {
    const PlaceId place{key.place};
    switch (key.moment) {
      case Ways::Moment::arrived: {
        const Place& at = plan_.places[place];
        Step pass{.to = {key.time + at.transfer, Ways::Moment::ready, key.place}};
        if (at.throughput) {
          const Instant hour = start_of_hour(key.time);
          pass.limit = limit_of_hour(place, hour);
          const Instant later = hour + kHour;
          if (later <= horizon_ && found.waited < longest_wait_[place]) {
            add(found, {.to = {later, Ways::Moment::arrived, key.place}}, found.legs,
                found.waited + 1);
          }
        }
        add(found, pass, found.legs);
        break;
      }
      case Ways::Moment::ready:
        wait(found, key);
        if (found.legs >= kMostLegs) break;
        for (const std::size_t row : free_routes_[place]) leave(found, key, row);
        break;
      case Ways::Moment::boarding: {
        const auto [first, last] = departures_[place].equal_range(key.time);
        for (auto at = first; at != last && found.legs < kMostLegs; ++at) {
          leave(found, key, at->second);
        }
        wait(found, {key.time + Elapsed{1}, key.moment, key.place});
        break;
      }
    }
  }

  /// For the next departure from then on.
  void wait(Found& found, const Key& from) {
    const auto& departures = departures_[PlaceId{from.place}];
    const auto next = departures.lower_bound(from.time);
    if (next == departures.end()) return;
    add(found, {.to = {next->first, Ways::Moment::boarding, from.place}}, found.legs);
  }

  void leave(Found& found, const Key& from, std::size_t row) {
    const Route& route = plan_.routes[row];
    const Instant arrives = from.time + route.duration;
    if (arrives > horizon_) return;
    Step step{.to = {arrives, Ways::Moment::arrived, route.to.index()}};
    step.route = RouteId{row};
    step.cost = route.cost.count();
    if (route.departs && route.seats) step.limit = limit_of_route(row);
    add(found, step, found.legs + 1);
  }

  std::uint32_t limit_of_route(std::size_t row) {
    const auto [at, is_new] =
        route_limits_.try_emplace(row, static_cast<std::uint32_t>(limits_.size()));
    if (is_new)
      limits_.push_back({.route = RouteId{row}, .amount = whole(*plan_.routes[row].seats)});
    return at->second;
  }

  std::uint32_t limit_of_hour(PlaceId place, Instant hour) {
    const auto [at, is_new] = hour_limits_.try_emplace(std::pair(place, hour),
                                                       static_cast<std::uint32_t>(limits_.size()));
    if (is_new) {
      limits_.push_back(
          {.place = place, .hour = hour, .amount = whole(*plan_.places[place].throughput)});
    }
    return at->second;
  }

  Ways flattened() {
    Ways ways;
    ways.limits = std::move(limits_);
    std::map<Key, std::uint32_t> number;
    for (const auto& [key, found] : found_) {
      if (!found.is_useful) continue;
      number.emplace_hint(number.end(), key, static_cast<std::uint32_t>(number.size()));
    }
    for (const auto& [key, found] : found_) {
      if (!found.is_useful) continue;
      ways.nodes.push_back({.place = PlaceId{key.place},
                            .time = key.time,
                            .moment = key.moment,
                            .first_arc = static_cast<std::uint32_t>(ways.arcs.size())});
      for (const Step& step : found.steps) {
        const auto to = number.find(step.to);
        if (to == number.end()) continue;
        ways.arcs.push_back(
            {.to = to->second, .limit = step.limit, .route = step.route, .cost = step.cost});
      }
    }
    ways.nodes.push_back({.first_arc = static_cast<std::uint32_t>(ways.arcs.size())});
    ways.start = Table<GroupId, std::uint32_t>(plan_.groups.size(), Ways::Arc::kNone);
    for (GroupId group : plan_.groups.ids()) {
      const auto at = number.find(start_of(group));
      if (at != number.end()) ways.start[group] = at->second;
    }
    return ways;
  }

  const Plan& plan_;
  Table<PlaceId, std::multimap<Instant, std::size_t>> departures_;
  Table<PlaceId, std::vector<std::size_t>> free_routes_;
  Table<PlaceId, char> is_wanted_;
  Table<PlaceId, std::int64_t> longest_wait_;  // in hours
  Table<PlaceId, std::int64_t> full_hours_;    // in which all could have passed
  Instant horizon_ = kEver;
  std::map<Key, Found> found_;
  std::map<std::size_t, std::uint32_t> route_limits_;
  std::map<std::pair<PlaceId, Instant>, std::uint32_t> hour_limits_;
  std::vector<Ways::Limit> limits_;
};

}  // namespace

Instant ready_time(const Plan& plan, GroupId group) {
  const auto own = [&plan](const Group& each) { return each.ready.value_or(plan.start); };
  Instant latest = own(plan.groups[group]);
  if (plan.groups[group].team.empty()) return latest;
  for (const Group& other : plan.groups) {
    if (other.team == plan.groups[group].team) latest = std::max(latest, own(other));
  }
  return latest;
}

Ways find_ways(const Plan& plan) { return Follower(plan).run(); }

}  // namespace diaodu::dispatch
