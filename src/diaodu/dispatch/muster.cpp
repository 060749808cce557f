#include "diaodu/dispatch/muster.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "diaodu/dispatch/orders.h"
#include "diaodu/dispatch/selection.h"

namespace diaodu::dispatch {
namespace {

/// Times at which somebody can become ready where they are wanted.
std::vector<Instant> ready_times(const Ways& ways, const Crews& crews) {
  std::set<PlaceId> wanted;
  for (const Want& want : crews.wants) wanted.insert(want.place);
  std::vector<Instant> times;
  for (std::size_t i = 0; i < ways.num_nodes(); ++i) {
    const Ways::Node& node = ways.nodes[i];
    if (node.moment != Ways::Moment::ready || !wanted.contains(node.place)) continue;
    if (times.empty() || times.back() != node.time) times.push_back(node.time);
  }
  return times;
}

/// One plan with these limits, solved goal by goal.
struct Solved {
  Choice choice;
  MusterValue bound;
  bool is_optimal = true;
  std::vector<double> prices;  ///< of the limits, at the moment where they hold the muster back
};

class Solver {
 public:
  Solver(const Ways& ways, const Crews& crews, const MusterOptions& options,
         std::vector<std::int64_t> amounts)
      : times_(ready_times(ways, crews)),
        is_told_(options.published != nullptr),
        selection_(ways, crews, std::move(amounts), options) {}

  Solved run(bool has_cost) {
    Solved solved;
    const Choice nobody{.value = selection_.value_of({})};
    solved.choice = nobody;
    const auto stage = [&](Goal goal, auto read) {
      const auto result = selection_.minimize(goal, limits_, &solved.choice);
      if (result.choice) solved.choice = *result.choice;
      solved.is_optimal = solved.is_optimal && result.is_proven;
      read(result);
    };
    stage(Goal::unmet, [&](const Selection::Result& result) {
      solved.bound.unmet = result.bound;
      limits_.unmet = solved.choice.value.unmet;
    });
    if (solved.choice.value.unmet > 0) solved.prices = selection_.prices();
    stage(Goal::missing, [&](const Selection::Result& result) {
      solved.bound.missing = result.bound;
      limits_.missing = solved.choice.value.missing;
    });
    if (is_told_) {
      stage(Goal::changed, [&](const Selection::Result& result) {
        solved.bound.changed = result.bound;
        limits_.changed = solved.choice.value.changed;
      });
    }
    hasten(solved);
    if (!has_cost) return solved;
    stage(Goal::cost, [&](const Selection::Result& result) {
      // The bound counts a hundredth for each leg as well.
      solved.bound.cost = result.is_proven
                              ? solved.choice.value.cost
                              : Money{std::max(result.bound - solved.choice.legs, std::int64_t{0})};
    });
    return solved;
  }

  const Selection& selection() const { return selection_; }

 private:
  /// By halves, the earliest time by which all who come can be there.
  void hasten(Solved& solved) {
    std::size_t low = 0;  // times before are too early
    bool is_low_proven = true;
    const auto index_of = [this](Instant time) {
      return static_cast<std::size_t>(std::lower_bound(times_.begin(), times_.end(), time) -
                                      times_.begin());
    };
    solved.bound.full_strength = solved.choice.value.full_strength;
    if (solved.choice.value.full_strength == kEver) return;
    std::size_t proven = 0;  // times before are proven to be too early
    std::size_t high = index_of(solved.choice.value.full_strength);
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      limits_.last = times_[middle];
      const auto result = selection_.minimize(Goal::in_time, limits_);
      if (result.choice && result.bound == 0 && result.is_proven) {
        solved.choice = *result.choice;
        high = index_of(solved.choice.value.full_strength);
        continue;
      }
      low = middle + 1;
      if (result.bound > 0) {
        proven = std::max(proven, low);
        if (limits_.unmet == 0) solved.prices = selection_.prices();
      } else {
        is_low_proven = false;
      }
    }
    if (!is_low_proven && proven < high) solved.is_optimal = false;
    solved.bound.full_strength = times_[std::min(proven, high)];
    limits_.last = times_[high];
  }

  std::vector<Instant> times_;
  bool is_told_;
  Selection selection_;
  GoalLimits limits_;
};

std::vector<std::int64_t> amounts_of(const Ways& ways) {
  std::vector<std::int64_t> amounts;
  for (const Ways::Limit& limit : ways.limits) amounts.push_back(limit.amount);
  return amounts;
}

std::vector<Bottleneck> find_bottlenecks(const Ways& ways, const Crews& crews,
                                         const MusterOptions& options, const Solved& solved) {
  constexpr std::size_t kMostTried = 6;
  std::vector<Bottleneck> found;
  // What binds: departures one by one, the hours of a place together.
  std::vector<std::pair<double, Bottleneck>> binding;
  for (std::size_t i = 0; i < solved.prices.size(); ++i) {
    if (solved.prices[i] <= 1e-7) continue;
    const Ways::Limit& limit = ways.limits[i];
    const auto same = std::find_if(binding.begin(), binding.end(), [&limit](const auto& each) {
      return !limit.route && each.second.place == limit.place;
    });
    const double worth = -solved.prices[i] * static_cast<double>(limit.amount);
    if (same != binding.end()) {
      same->first += worth;
    } else {
      binding.emplace_back(worth, Bottleneck{.route = limit.route, .place = limit.place});
    }
  }
  std::stable_sort(binding.begin(), binding.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  if (binding.size() > kMostTried) binding.resize(kMostTried);
  for (auto& [worth, bottleneck] : binding) {
    std::vector<std::int64_t> amounts = amounts_of(ways);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      const Ways::Limit& limit = ways.limits[i];
      if (bottleneck.route ? limit.route == bottleneck.route : limit.place == bottleneck.place)
        amounts[i] *= 2;
    }
    Solver solver(ways, crews, options, std::move(amounts));
    bottleneck.before = solved.choice.value;
    bottleneck.after = solver.run(false).choice.value;
    // Of these nothing is told: that it happens to cost less brings nobody sooner.
    bottleneck.after.changed = bottleneck.before.changed;
    bottleneck.after.cost = bottleneck.before.cost;
    if (bottleneck.after < bottleneck.before) found.push_back(bottleneck);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Bottleneck& a, const Bottleneck& b) { return a.after < b.after; });
  return found;
}

/// Where each crew can get at all, were there room.
class Reach {
 public:
  Reach(const Ways& ways, const Crews& crews)
      : ways_(ways),
        crews_(crews),
        search_(ways, crews),
        amounts_(amounts_of(ways)),
        places_(crews.crews.size()) {
    prices_.limits.assign(ways.limits.size(), 0);
    prices_.wants.assign(crews.wants.size(), 0);
    for (const Want& each : crews.wants) prices_.steps.emplace_back(each.steps.size(), 0);
  }

  bool leads_to(std::size_t crew, PlaceId place) {
    std::optional<std::set<PlaceId>>& places = places_[crew];
    if (!places) {
      places.emplace();
      search_.seek(crews_.crews[crew].start, prices_, amounts_, 1);
      for (const WaySearch::Offer& offer : search_.offers(crew, prices_, kNever))
        places->insert(ways_.nodes[offer.node].place);
    }
    return places->contains(place);
  }

 private:
  const Ways& ways_;
  const Crews& crews_;
  WaySearch search_;
  WayPrices prices_;
  std::vector<std::int64_t> amounts_;
  std::vector<std::optional<std::set<PlaceId>>> places_;  // of each crew, once somebody asks
};

std::vector<Shortfall> find_shortfalls(const Plan& plan, const Ways& ways, const Crews& crews,
                                       const Selection& selection, const Choice& choice) {
  std::vector<std::int64_t> left;
  for (const Crew& crew : crews.crews) left.push_back(crew.units);
  for (std::size_t way = 0; way < choice.amounts.size(); ++way)
    left[selection.ways()[way].crew] -= choice.amounts[way];
  Reach reach(ways, crews);
  std::vector<Shortfall> shortfalls;
  for (const Want& want : crews.wants) {
    std::int64_t missing = want.count;
    for (std::size_t way = 0; way < choice.amounts.size(); ++way) {
      const CrewWay& each = selection.ways()[way];
      if (each.place != want.place) continue;
      for (const auto& [role, count] : crews.crews[each.crew].make_up) {
        if (role == want.role) missing -= count * choice.amounts[way];
      }
    }
    if (missing <= 0) continue;
    bool is_anybody = false;
    bool has_anybody_a_way = false;
    bool is_anybody_left = false;
    bool may_anybody_come = false;  // is left and has a way
    bool is_anybody_loose = false;
    for (std::size_t crew = 0; crew < crews.crews.size(); ++crew) {
      for (const auto& [role, count] : crews.crews[crew].make_up) {
        if (role != want.role) continue;
        const bool has_way = reach.leads_to(crew, want.place);
        is_anybody = true;
        has_anybody_a_way = has_anybody_a_way || has_way;
        if (left[crew] == 0) continue;
        is_anybody_left = true;
        if (!has_way) continue;
        may_anybody_come = true;
        is_anybody_loose = is_anybody_loose || crews.crews[crew].size == 1;
      }
    }
    Shortfall shortfall{.place = want.place, .needed = want.count, .missing = missing};
    shortfall.role = plan.needs.front().role;
    for (const Need& need : plan.needs) {
      if (need.role.view() == crews.roles[want.role]) shortfall.role = need.role;
    }
    shortfall.reason = !is_anybody          ? ShortfallReason::too_few
                       : !has_anybody_a_way ? ShortfallReason::unreachable
                       : !is_anybody_left   ? ShortfallReason::too_few
                       : !may_anybody_come  ? ShortfallReason::unreachable
                       : is_anybody_loose   ? ShortfallReason::no_room
                                            : ShortfallReason::whole_teams;
    shortfalls.push_back(shortfall);
  }
  return shortfalls;
}

}  // namespace

MusterAnswer muster(const Plan& plan, const MusterOptions& options) {
  const Ways ways = find_ways(plan);
  const Crews crews = find_crews(plan, ways, options.published);
  Solver solver(ways, crews, options, amounts_of(ways));
  const Solved solved = solver.run(true);
  MusterAnswer answer;
  answer.movement = orders_of(plan, ways, crews, solver.selection().ways(), solved.choice.amounts);
  answer.value = solved.choice.value;
  answer.bound = solved.bound;
  answer.is_optimal = solved.is_optimal;
  answer.shortfalls = find_shortfalls(plan, ways, crews, solver.selection(), solved.choice);
  if (options.has_bottlenecks) answer.bottlenecks = find_bottlenecks(ways, crews, options, solved);
  answer.num_columns = static_cast<std::int64_t>(solver.selection().ways().size());
  answer.num_programs = solver.selection().num_programs();
  return answer;
}

}  // namespace diaodu::dispatch
