#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "diaodu/dispatch/muster.h"
#include "diaodu/solve/program.h"

namespace diaodu::dispatch {

using solve::Program;

/// The slow twin of `muster`: follows every way by recursion over the tables, with waits that no good
/// plan needs, and asks CBC for whole numbers over all of them at once, objective by objective.
class SlowMuster {
 public:
  explicit SlowMuster(const Plan& plan) : plan_(plan) {
    std::map<std::string_view, std::size_t> teams;
    for (GroupId group : plan.groups.ids()) {
      const Group& each = plan.groups[group];
      if (each.count == 0) continue;
      const bool is_team = !each.team.empty();
      if (is_team && teams.contains(each.team.view())) {
        units_[teams[each.team.view()]].people.emplace_back(each.role.view(), each.count);
        continue;
      }
      if (is_team) teams[each.team.view()] = units_.size();
      units_.push_back({.people = {{each.role.view(), is_team ? each.count : 1}},
                        .num = is_team ? 1 : each.count,
                        .place = each.place,
                        .ready = each.ready.value_or(plan.start)});
    }
    for (std::size_t unit = 0; unit < units_.size(); ++unit) {
      Way way{.unit = unit};
      arrive(way, units_[unit].place, units_[unit].ready);
    }
  }

  std::optional<MusterValue> solve() {
    MusterValue value;
    const auto unmet = least(Objective::unmet, kNever, {}, {});
    if (!unmet) return {};
    value.unmet = std::llround(*unmet);
    value.missing = std::llround(*least(Objective::missing, kNever, value.unmet, {}));
    std::set<Instant> times = {kEver};
    for (const Way& way : ways_) times.insert(way.ready);
    for (const Instant time : times) {
      if (!least(Objective::none, time, value.unmet, value.missing)) continue;
      value.full_strength = time;
      break;
    }
    const auto cost = least(Objective::cost, value.full_strength, value.unmet, value.missing);
    value.cost = Money{std::llround(*cost)};
    return value;
  }

  std::size_t num_ways() const { return ways_.size(); }

 private:
  enum class Objective { none, unmet, missing, cost };
  struct Unit {
    std::vector<std::pair<std::string_view, std::int64_t>> people;
    std::int64_t num = 0;
    PlaceId place;
    Instant ready;
  };
  struct Way {
    std::size_t unit = 0;
    std::vector<std::size_t> departures;
    std::vector<std::pair<std::size_t, std::int64_t>> hours;  // place and hour of each transfer
    PlaceId place;
    Instant ready;
    std::int64_t cost = 0;
    int legs = 0;
  };

  static constexpr Instant kEnd{20 * 60};

  void arrive(Way way, PlaceId place, Instant time) {
    if (time > kEnd) return;
    for (Instant pass = time; pass <= kEnd; pass = Instant{(pass.minutes() / 60 + 1) * 60}) {
      Way passed = way;
      if (plan_.places[place].throughput)
        passed.hours.emplace_back(place.index(), pass.minutes() / 60);
      go_on(passed, place, pass + plan_.places[place].transfer);
      if (!plan_.places[place].throughput) break;
      if (pass > time + Elapsed{12 * 60}) break;
    }
  }

  void go_on(const Way& way, PlaceId place, Instant ready) {
    const bool is_wanted = std::any_of(plan_.needs.begin(), plan_.needs.end(),
                                       [place](const Need& need) { return need.place == place; });
    if (is_wanted) {
      ways_.push_back(way);
      ways_.back().place = place;
      ways_.back().ready = ready;
    }
    if (way.legs == 4) return;
    for (std::size_t row = 0; row < plan_.routes.size(); ++row) {
      const Route& route = plan_.routes[row];
      if (route.from != place || (route.departs && *route.departs < ready)) continue;
      for (const std::int64_t wait : {0, 60}) {
        if (wait > 0 && route.departs) continue;
        Way longer = way;
        ++longer.legs;
        longer.cost += route.cost.count();
        if (route.departs) longer.departures.push_back(row);
        arrive(longer, route.to, route.departs.value_or(ready + Elapsed{wait}) + route.duration);
      }
    }
  }

  std::int64_t people(const Way& way, std::string_view role) const {
    std::int64_t sum = 0;
    for (const auto& [each, count] : units_[way.unit].people) sum += each == role ? count : 0;
    return sum;
  }
  std::int64_t size(const Way& way) const {
    std::int64_t sum = 0;
    for (const auto& [each, count] : units_[way.unit].people) sum += count;
    return sum;
  }

  std::optional<double> least(Objective objective, Instant last, std::optional<std::int64_t> unmet,
                              std::optional<std::int64_t> missing) {
    Program program;
    std::map<std::pair<int, std::vector<std::int64_t>>, std::size_t> rows;
    std::vector<std::vector<Program::Entry>> entries(ways_.size());
    const auto enter = [&](std::size_t way, int kind, std::vector<std::int64_t> key, double factor,
                           double low, double high) {
      const auto [at, is_new] = rows.try_emplace({kind, std::move(key)}, 0);
      if (is_new) at->second = program.add_row(low, high);
      for (Program::Entry& entry : entries[way]) {
        if (entry.row != at->second) continue;
        entry.factor += factor;
        return;
      }
      entries[way].push_back({at->second, factor});
    };
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      const Way& way = ways_[i];
      const auto whole = static_cast<double>(size(way));
      enter(i, 0, {static_cast<std::int64_t>(way.unit)}, 1, -Program::kNoLimit,
            static_cast<double>(units_[way.unit].num));
      for (const std::size_t row : way.departures) {
        enter(i, 1, {static_cast<std::int64_t>(row)}, whole, -Program::kNoLimit,
              static_cast<double>(*plan_.routes[row].seats / kOne));
      }
      for (const auto& [place, hour] : way.hours) {
        enter(i, 2, {static_cast<std::int64_t>(place), hour}, whole, -Program::kNoLimit,
              static_cast<double>(*plan_.places[PlaceId{place}].throughput / kOne));
      }
    }
    const double most_unmet = unmet ? static_cast<double>(*unmet) : Program::kNoLimit;
    const double most_missing = missing ? static_cast<double>(*missing) : Program::kNoLimit;
    const std::size_t unmet_row = program.add_row(-Program::kNoLimit, most_unmet);
    const std::size_t missing_row = program.add_row(-Program::kNoLimit, most_missing);
    std::map<std::pair<PlaceId, std::string_view>, std::int64_t> most;
    const auto want = [&](const Need& need, std::int64_t count, Instant by, std::size_t total,
                          bool is_counted) {
      const std::size_t row = program.add_row(static_cast<double>(count), Program::kNoLimit);
      for (std::size_t i = 0; i < ways_.size(); ++i) {
        const std::int64_t come = people(ways_[i], need.role);
        if (ways_[i].place == need.place && ways_[i].ready <= by && come > 0)
          entries[i].push_back({row, static_cast<double>(come)});
      }
      const std::vector<Program::Entry> short_of = {{row, 1}, {total, 1}};
      program.set_cost(program.add_column(short_of, Program::kNoLimit, false), is_counted ? 1 : 0);
    };
    for (const Need& need : plan_.needs) {
      std::int64_t& so_far = most[{need.place, need.role.view()}];
      so_far = std::max(so_far, need.count);
      if (need.by) {
        // An earlier row that asks for more stands for this one.
        const bool is_covered =
            std::any_of(plan_.needs.begin(), plan_.needs.end(), [&need](const Need& other) {
              return &other != &need && other.place == need.place && other.role == need.role &&
                     other.by &&
                     ((*other.by < *need.by && other.count >= need.count) ||
                      (*other.by == *need.by && other.count > need.count));
            });
        if (!is_covered) {
          want(need, need.count, *need.by, missing_row, objective == Objective::missing);
        }
      }
    }
    for (const auto& [key, count] : most) {
      for (const Need& need : plan_.needs) {
        if (need.place != key.first || need.role != key.second) continue;
        want(need, count, kNever, unmet_row, objective == Objective::unmet);
        break;
      }
    }
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      const double high =
          ways_[i].ready <= last ? static_cast<double>(units_[ways_[i].unit].num) : 0;
      const std::size_t column = program.add_column(entries[i], high, true);
      if (objective == Objective::cost)
        program.set_cost(column, static_cast<double>(size(ways_[i]) * ways_[i].cost));
    }
    const Program::Outcome outcome = program.minimize_whole(100'000);
    if (!outcome.is_solved) return {};
    return outcome.value;
  }

  const Plan& plan_;
  std::vector<Unit> units_;
  std::vector<Way> ways_;
};

}  // namespace diaodu::dispatch
