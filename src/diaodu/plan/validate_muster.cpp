#include "diaodu/plan/validate_muster.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu {
namespace {

Table<GroupId, std::int64_t> num_named(const Plan& plan) {
  Table<GroupId, std::int64_t> named(plan.groups.size(), 0);
  for (const Person& person : plan.people) {
    if (person.group) ++named[person.group];
  }
  return named;
}

class MusterValidator {
 public:
  MusterValidator(const Plan& plan, const Sources& sources, Findings& findings)
      : plan_(plan), sources_(sources), findings_(findings) {}

  void run() {
    check_groups();
    check_needs();
    if (plan_.groups.empty()) return;
    check_routes();
    check_vehicles();
  }

 private:
  void add(const FindingKind& kind, TableKind table, std::size_t row, std::string_view column,
           std::vector<Argument> arguments = {}) {
    findings_.add(kind, sources_.at(table, row, column), std::move(arguments));
  }
  std::string_view id(PlaceId place) const { return plan_.places[place].id; }
  std::string clock(Instant instant) const { return to_string(plan_.zone.to_local(instant)); }

  void check_groups() {
    const Table<GroupId, std::int64_t> named = num_named(plan_);
    std::map<std::string_view, PlaceId> place_of;  // of each team
    for (GroupId each : plan_.groups.ids()) {
      const Group& group = plan_.groups[each];
      if (named[each] > group.count) {
        add(found::more_named_than_counted, TableKind::groups, each.index(), "count",
            {group.id.view(), std::to_string(named[each]), std::to_string(group.count)});
      }
      if (group.team.empty()) continue;
      const PlaceId first = place_of.emplace(group.team.view(), group.place).first->second;
      if (first == group.place) continue;
      add(found::team_apart, TableKind::groups, each.index(), "place",
          {group.team.view(), id(first), id(group.place)});
    }
  }

  void check_needs() {
    std::vector<std::size_t> rows(plan_.needs.size());
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row;
    const auto key = [this](std::size_t row) {
      const Need& need = plan_.needs[row];
      return std::tuple(need.place.index(), need.role.view(), need.by.value_or(kNever));
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&key](std::size_t a, std::size_t b) { return key(a) < key(b); });
    std::map<std::string_view, std::int64_t> needed;  // of each role, in all
    std::map<std::string_view, std::size_t> row_of;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Need& need = plan_.needs[rows[i]];
      row_of.emplace(need.role.view(), rows[i]);
      const bool is_first = i == 0 || plan_.needs[rows[i - 1]].place != need.place ||
                            plan_.needs[rows[i - 1]].role != need.role;
      if (is_first) most_ = 0;
      if (!is_first && key(rows[i - 1]) == key(rows[i])) {
        add(found::need_repeated, TableKind::needs, rows[i], "role",
            {id(need.place), need.role.view()});
      } else if (need.count < most_) {
        add(found::need_falls, TableKind::needs, rows[i], "count",
            {id(need.place), need.role.view(), std::to_string(need.count), std::to_string(most_)});
      }
      needed[need.role.view()] += std::max(need.count - most_, std::int64_t{0});
      most_ = std::max(most_, need.count);
    }
    std::map<std::string_view, std::int64_t> there;
    for (const Group& group : plan_.groups) there[group.role.view()] += group.count;
    for (const auto& [role, count] : needed) {
      if (count <= there[role]) continue;
      add(found::need_above_supply, TableKind::needs, row_of[role], "role",
          {role, std::to_string(count), std::to_string(there[role])});
    }
  }

  void check_routes() {
    for (std::size_t row = 0; row < plan_.routes.size(); ++row) {
      const Route& route = plan_.routes[row];
      if (route.duration <= Elapsed{}) {
        add(found::route_takes_no_time, TableKind::routes, row, "duration");
      }
      if (route.cost < Money{}) add(found::route_pays, TableKind::routes, row, "cost");
      if (route.from == route.to) add(found::route_goes_nowhere, TableKind::routes, row, "to");
    }
  }

  void check_vehicles() {
    std::map<std::string_view, std::vector<std::size_t>> trips;
    for (std::size_t row = 0; row < plan_.routes.size(); ++row) {
      const Route& route = plan_.routes[row];
      if (!route.vehicle.empty() && route.departs) trips[route.vehicle.view()].push_back(row);
    }
    for (auto& [vehicle, rows] : trips) {
      std::stable_sort(rows.begin(), rows.end(), [this](std::size_t a, std::size_t b) {
        return *plan_.routes[a].departs < *plan_.routes[b].departs;
      });
      for (std::size_t i = 1; i < rows.size(); ++i) {
        const Route& before = plan_.routes[rows[i - 1]];
        const Route& after = plan_.routes[rows[i]];
        const Instant lands = *before.departs + before.duration;
        if (*after.departs < lands) {
          add(found::vehicle_overlaps, TableKind::routes, rows[i], "vehicle",
              {vehicle, clock(*after.departs),
               std::to_string(sources_.at(TableKind::routes, rows[i - 1]).line), clock(lands)});
        } else if (after.from != before.to) {
          add(found::vehicle_elsewhere, TableKind::routes, rows[i], "from",
              {vehicle, id(after.from), id(before.to)});
        }
      }
    }
  }

  const Plan& plan_;
  const Sources& sources_;
  Findings& findings_;
  std::int64_t most_ = 0;  // needed so far of the place and role under way
};

}  // namespace

void count_groups(Plan& plan) {
  const Table<GroupId, std::int64_t> named = num_named(plan);
  for (GroupId each : plan.groups.ids()) {
    std::int64_t& count = plan.groups[each].count;
    if (count == Group::kAsNamed) count = std::max(named[each], std::int64_t{1});
  }
}

void validate_muster(const Plan& plan, const Sources& sources, Findings& findings) {
  MusterValidator(plan, sources, findings).run();
}

}  // namespace diaodu
