#include "diaodu/check/muster_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "diaodu/core/finding.h"

namespace diaodu::check {
namespace {

using MusterKind = MusterViolation::Kind;

constexpr Elapsed kHour{60};

Instant hour_of(Instant instant) {
  std::int64_t hour = instant.minutes() / 60;
  if (instant.minutes() % 60 < 0) --hour;
  return Instant{hour * 60};
}

class MusterJudge {
 public:
  MusterJudge(const Plan& plan, const Movement& movement) : plan_(plan), movement_(movement) {}

  MusterVerdict run() {
    check_people();
    for (const Party& party : movement_.parties) check_party(party);
    check_seats();
    check_throughput();
    check_vehicles();
    check_teams();
    check_hours();
    judge_needs();
    return std::move(verdict_);
  }

 private:
  void add(MusterViolation violation) { verdict_.violations.push_back(violation); }

  void check_people() {
    for (GroupId group : plan_.groups.ids()) {
      std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
      for (const Party& party : movement_.parties) {
        if (party.group == group) ranges.emplace_back(party.first, party.first + party.count);
      }
      std::sort(ranges.begin(), ranges.end());
      std::int64_t next = 0;
      for (const auto& [first, end] : ranges) {
        if (first < next) add({.kind = MusterKind::person_twice, .group = group, .count = first});
        if (first > next) add({.kind = MusterKind::person_missing, .group = group, .count = next});
        next = std::max(next, end);
      }
      const std::int64_t count = plan_.groups[group].count;
      if (next < count) add({.kind = MusterKind::person_missing, .group = group, .count = next});
      if (next > count) add({.kind = MusterKind::person_twice, .group = group, .count = count});
    }
  }

  void check_party(const Party& party) {
    const Group& group = plan_.groups[party.group];
    if (party.stops.size() != party.legs.size() + 1) {
      add({.kind = MusterKind::way_broken, .group = party.group});
      return;
    }
    if (party.stops.front().place != group.place) {
      add({.kind = MusterKind::starts_elsewhere,
           .group = party.group,
           .place = party.stops.front().place});
    }
    if (party.stops.front().arrives < group.ready.value_or(plan_.start)) {
      add({.kind = MusterKind::starts_early,
           .group = party.group,
           .when = party.stops.front().arrives});
    }
    for (std::size_t i = 0; i < party.stops.size(); ++i) {
      const Stop& stop = party.stops[i];
      const bool stays = party.legs.empty() && stop.passes == kNever;
      if (!stays && (stop.passes < stop.arrives ||
                     stop.ready != stop.passes + plan_.places[stop.place].transfer)) {
        add({.kind = MusterKind::wrong_times,
             .group = party.group,
             .place = stop.place,
             .when = stop.passes});
      }
      if (i == party.legs.size()) break;
      check_leg(party, i);
    }
  }

  void check_leg(const Party& party, std::size_t i) {
    const Leg& leg = party.legs[i];
    const Route& route = plan_.routes[leg.route.index()];
    const MusterViolation here{.group = party.group, .route = leg.route, .when = leg.departs};
    const auto report = [&](MusterKind kind) {
      MusterViolation violation = here;
      violation.kind = kind;
      add(violation);
    };
    if (route.from != party.stops[i].place || route.to != party.stops[i + 1].place) {
      report(MusterKind::way_broken);
    }
    if ((route.departs && *route.departs != leg.departs) ||
        leg.arrives != leg.departs + route.duration || party.stops[i + 1].arrives != leg.arrives) {
      report(MusterKind::wrong_times);
    }
    if (leg.departs < party.stops[i].ready) report(MusterKind::leaves_early);
    if (!route.departs && route.seats && *route.seats < kOne) report(MusterKind::seats_exceeded);
    verdict_.cost += route.cost * party.count;
  }

  void check_seats() {
    std::vector<std::int64_t> people(plan_.routes.size(), 0);
    for (const Party& party : movement_.parties) {
      for (const Leg& leg : party.legs) people[leg.route.index()] += party.count;
    }
    for (std::size_t row = 0; row < people.size(); ++row) {
      const Route& route = plan_.routes[row];
      if (!route.departs || !route.seats || kOne * people[row] <= *route.seats) continue;
      add({.kind = MusterKind::seats_exceeded,
           .route = RouteId{row},
           .when = *route.departs,
           .count = people[row],
           .limit = *route.seats / kOne});
    }
  }

  void check_throughput() {
    std::map<std::pair<PlaceId, Instant>, std::int64_t> begin;
    for (const Party& party : movement_.parties) {
      for (const Stop& stop : party.stops) {
        if (stop.passes != kNever) begin[{stop.place, hour_of(stop.passes)}] += party.count;
      }
    }
    for (const auto& [key, count] : begin) {
      const auto& throughput = plan_.places[key.first].throughput;
      if (!throughput || kOne * count <= *throughput) continue;
      add({.kind = MusterKind::throughput_exceeded,
           .place = key.first,
           .when = key.second,
           .count = count,
           .limit = *throughput / kOne});
    }
  }

  void check_vehicles() {
    std::map<std::string_view, std::map<Instant, std::pair<Instant, RouteId>>> trips;
    for (const Party& party : movement_.parties) {
      for (const Leg& leg : party.legs) {
        const Route& route = plan_.routes[leg.route.index()];
        if (route.vehicle.empty() || !route.departs) continue;
        const auto [at, is_new] =
            trips[route.vehicle.view()].try_emplace(leg.departs, leg.arrives, leg.route);
        if (!is_new && at->second.second != leg.route) {
          add({.kind = MusterKind::vehicle_twice, .route = leg.route, .when = leg.departs});
        }
      }
    }
    for (const auto& [vehicle, times] : trips) {
      Instant lands = kEver;
      for (const auto& [departs, trip] : times) {
        if (departs < lands) {
          add({.kind = MusterKind::vehicle_twice, .route = trip.second, .when = departs});
        }
        lands = trip.first;
      }
    }
  }

  void check_teams() {
    std::map<std::string_view, const Party*> first;
    for (const Party& party : movement_.parties) {
      const Text team = plan_.groups[party.group].team;
      if (team.empty()) continue;
      const Party* other = first.emplace(team.view(), &party).first->second;
      if (other->legs != party.legs || other->stops != party.stops) {
        add({.kind = MusterKind::team_apart, .group = party.group});
      }
    }
  }

  void check_hours() {
    std::int64_t all = 0;
    for (const Group& group : plan_.groups) all += group.count;
    const Interval hours = hours_of(movement_);
    for (Instant hour = hours.from; hour <= hours.to; hour = hour + kHour) {
      const std::int64_t somewhere = whereabouts(plan_, movement_, hour).total();
      if (somewhere == all) continue;
      add({.kind = MusterKind::not_conserved, .when = hour, .count = somewhere, .limit = all});
    }
  }

  /// People of that role who are ready there by then.
  std::int64_t present(PlaceId place, std::string_view role, Instant by) const {
    std::int64_t count = 0;
    for (const Party& party : movement_.parties) {
      const Stop& last = party.stops.back();
      if (last.place == place && last.ready != kNever && last.ready <= by &&
          plan_.groups[party.group].role == role) {
        count += party.count;
      }
    }
    return count;
  }

  void judge_needs() {
    std::map<std::pair<PlaceId, std::string_view>, std::int64_t> most;
    for (const Need& need : plan_.needs) {
      std::int64_t& so_far = most[{need.place, need.role.view()}];
      so_far = std::max(so_far, need.count);
      if (!need.by || is_covered(need)) continue;
      const std::int64_t there = present(need.place, need.role, *need.by);
      verdict_.missing += std::max(need.count - there, std::int64_t{0});
    }
    for (const auto& [key, count] : most) {
      const std::int64_t there = present(key.first, key.second, kNever);
      verdict_.unmet += std::max(count - there, std::int64_t{0});
      const std::int64_t wanted = std::min(count, there);
      for (const Party& party : movement_.parties) {
        const Stop& last = party.stops.back();
        if (last.place != key.first || last.ready == kNever ||
            last.ready <= verdict_.full_strength) {
          continue;
        }
        const bool is_of_role = plan_.groups[party.group].role == key.second;
        // Needed: without those who are ready at this time or later there would be too few.
        if (is_of_role && present(key.first, key.second, last.ready - Elapsed{1}) < wanted) {
          verdict_.full_strength = last.ready;
        }
      }
    }
  }

  /// True where an earlier deadline of the place asks for as many, or the same deadline for more.
  bool is_covered(const Need& need) const {
    return std::any_of(plan_.needs.begin(), plan_.needs.end(), [&need](const Need& other) {
      if (&other == &need || other.place != need.place || other.role != need.role || !other.by) {
        return false;
      }
      return (*other.by < *need.by && other.count >= need.count) ||
             (*other.by == *need.by &&
              (other.count > need.count || (other.count == need.count && &other < &need)));
    });
  }

  const Plan& plan_;
  const Movement& movement_;
  MusterVerdict verdict_;
};

// {0} group, {1} place, {2} route, {3} when, {4} count, {5} limit.
constexpr Words sentence_of(MusterKind kind) {
  switch (kind) {
    case MusterKind::person_missing:
      return {"number {4} of group {0} is in no party", "队伍{0}的第 {4} 人未编入任何行程"};
    case MusterKind::person_twice:
      return {"number {4} of group {0} is in two parties, or not of the group",
              "队伍{0}的第 {4} 人重复编入，或不属于该队伍"};
    case MusterKind::starts_elsewhere:
      return {"group {0} starts at {1}, where it is not", "队伍{0}从{1}出发，但其不在该处"};
    case MusterKind::starts_early:
      return {"group {0} starts {3}, before it is ready", "队伍{0}于 {3} 出发，早于就绪时间"};
    case MusterKind::way_broken:
      return {"the way of group {0} by {2} leads from nowhere or to nowhere",
              "队伍{0}乘{2}的行程前后不衔接"};
    case MusterKind::wrong_times:
      return {"group {0} has times at {1}{2} that the plan does not allow: {3}",
              "队伍{0}在{1}{2}的时间与计划不符：{3}"};
    case MusterKind::leaves_early:
      return {"group {0} leaves by {2} at {3}, before it is ready",
              "队伍{0}于 {3} 乘{2}出发，早于就绪"};
    case MusterKind::seats_exceeded:
      return {"{2} at {3} has {5} seats for {4} people", "{2}（{3}）有 {5} 座，却安排了 {4} 人"};
    case MusterKind::throughput_exceeded:
      return {"{4} people begin their transfer at {1} in the hour from {3}, where {5} can",
              "{1}自 {3} 起一小时内有 {4} 人开始办理，而能力为 {5} 人"};
    case MusterKind::vehicle_twice:
      return {"the vehicle of {2} is under way twice at {3}", "{2}的交通工具在 {3} 重复执行"};
    case MusterKind::team_apart:
      return {"the team of group {0} does not stay together", "队伍{0}所在团队没有同行"};
    case MusterKind::not_conserved:
      return {"at {3} there are {4} people somewhere, of {5}", "{3} 时在册 {5} 人，仅找到 {4} 人"};
  }
  return {};
}

}  // namespace

std::int64_t Whereabouts::total() const {
  std::int64_t sum = not_yet;
  for (const std::int64_t count : at) sum += count;
  for (const std::int64_t count : under_way) sum += count;
  return sum;
}

Whereabouts whereabouts(const Plan& plan, const Movement& movement, Instant when) {
  Whereabouts where{.at = Table<PlaceId, std::int64_t>(plan.places.size(), 0),
                    .ready = Table<PlaceId, std::int64_t>(plan.places.size(), 0),
                    .under_way = std::vector<std::int64_t>(plan.routes.size(), 0)};
  for (const Party& party : movement.parties) {
    if (when < party.stops.front().arrives) where.not_yet += party.count;
    for (std::size_t i = 0; i < party.stops.size(); ++i) {
      const Stop& stop = party.stops[i];
      const bool goes_on = i < party.legs.size();
      const Instant leaves = goes_on ? party.legs[i].departs : kNever;
      if (stop.arrives <= when && when < leaves) {
        where.at[stop.place] += party.count;
        if (stop.ready <= when) where.ready[stop.place] += party.count;
      }
      if (goes_on && leaves <= when && when < party.legs[i].arrives) {
        where.under_way[party.legs[i].route.index()] += party.count;
      }
    }
  }
  return where;
}

Interval hours_of(const Movement& movement) {
  Interval hours{kNever, kEver};
  for (const Party& party : movement.parties) {
    for (const Stop& stop : party.stops) {
      hours.from = std::min(hours.from, hour_of(stop.arrives));
      const Instant last = stop.ready == kNever ? stop.arrives : std::max(stop.arrives, stop.ready);
      hours.to = std::max(hours.to, hour_of(last) + kHour);
    }
  }
  return hours;
}

MusterVerdict judge(const Plan& plan, const Movement& movement) {
  return MusterJudge(plan, movement).run();
}

std::string to_string(const MusterViolation& violation, const Plan& plan, Language language) {
  const auto quoted = [language](std::string_view name) {
    return language == Language::chinese ? "“" + std::string(name) + "”"
                                         : "'" + std::string(name) + "'";
  };
  const auto name_of_route = [&](RouteId id) {
    const Route& route = plan.routes[id.index()];
    return quoted(route.id.empty() ? route.via.view() : route.id.view());
  };
  const std::array<std::string, 6> arguments = {
      violation.group ? quoted(plan.groups[violation.group].id) : std::string(),
      violation.place ? quoted(plan.places[violation.place].id) : std::string(),
      violation.route ? name_of_route(violation.route) : std::string(),
      to_string(plan.zone.to_local(violation.when)),
      std::to_string(violation.kind == MusterKind::person_missing ||
                             violation.kind == MusterKind::person_twice
                         ? violation.count + 1
                         : violation.count),
      std::to_string(violation.limit)};
  return fill(sentence_of(violation.kind).in(language), arguments);
}

}  // namespace diaodu::check
