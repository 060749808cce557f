#include "diaodu/report/dispatch_tables.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "diaodu/check/muster_check.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/dispatch_cells.h"
#include "diaodu/report/dispatch_departures.h"
#include "diaodu/report/dispatch_hours.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

std::string name_of(const Plan& plan, PlaceId place, Language language) {
  return std::string(display_name(plan.places[place], language));
}

Cell number(std::int64_t value) { return static_cast<double>(value); }
Cell instant(Instant value) {
  if (value >= kNever || value <= kEver) return {};
  return value;
}
Cell text(std::string_view value) {
  if (value.empty()) return {};
  return std::string(value);
}

}  // namespace

const Words& reason_words(dispatch::ShortfallReason reason) {
  switch (reason) {
    case dispatch::ShortfallReason::too_few:
      return words::dispatch_too_few;
    case dispatch::ShortfallReason::unreachable:
      return words::dispatch_unreachable;
    case dispatch::ShortfallReason::no_room:
      return words::dispatch_no_room;
    case dispatch::ShortfallReason::whole_teams:
      return words::dispatch_whole_teams;
  }
  return words::dispatch_no_room;
}

const dispatch::Shortfall* shortfall_of(const Mustered& mustered, const Need& need) {
  for (const dispatch::Shortfall& shortfall : mustered.answer.shortfalls) {
    if (shortfall.place == need.place && shortfall.role == need.role) return &shortfall;
  }
  return nullptr;
}

std::int64_t there_for(const Mustered& mustered, const Need& need) {
  const Instant by = need.by.value_or(kNever);
  std::int64_t there = 0;
  for (const Party& party : mustered.answer.movement.parties) {
    const Stop& last = party.stops.back();
    if (last.place == need.place && last.ready < kNever && last.ready <= by &&
        mustered.plan.groups[party.group].role == need.role) {
      there += party.count;
    }
  }
  return there;
}

const Words* reason_of(const Mustered& mustered, const Need& need) {
  if (there_for(mustered, need) >= need.count) return nullptr;
  Need at_all = need;
  at_all.by.reset();
  if (there_for(mustered, at_all) >= need.count) return &words::dispatch_come_later;
  const dispatch::Shortfall* shortfall = shortfall_of(mustered, need);
  return shortfall != nullptr ? &reason_words(shortfall->reason) : nullptr;
}

bool is_assumed(std::string_view basis) {
  return basis.find("assumed") != std::string_view::npos ||
         basis.find("假设") != std::string_view::npos;
}

std::string roles_in_words(const std::map<std::string_view, std::int64_t>& roles,
                           Language language) {
  std::vector<std::string> parts;
  for (const auto& [role, count] : roles)
    parts.push_back(std::string(role) + ' ' + std::to_string(count));
  return joined(parts, language, 6);
}

std::string way_in_words(const Plan& plan, const Party& party, Language language) {
  if (party.legs.empty()) {
    const PlaceId place = party.stops.front().place;
    return say(words::dispatch_stays, language,
               {place ? name_of(plan, place, language) : std::string("—")});
  }
  std::string way;
  for (const Leg& leg : party.legs) {
    if (!way.empty()) way += " → ";
    way += leg.route
               ? route_name(plan, leg.route) + ' ' + cells::short_date(show(plan, leg.departs))
               : std::string("—");
  }
  const PlaceId end = party.stops.back().place;
  return way + " → " + (end ? name_of(plan, end, language) : std::string("—"));
}

std::string measure_in_words(const Plan& plan, const dispatch::Bottleneck& bottleneck,
                             Language language) {
  if (!bottleneck.route)
    return say(words::dispatch_twice, language, {name_of(plan, bottleneck.place, language)});
  const Route& route = plan.routes[bottleneck.route.index()];
  return say(words::dispatch_one_more, language,
             {route_name(plan, bottleneck.route), name_of(plan, route.from, language),
              show(plan, route.departs.value_or(plan.start))});
}

std::string route_name(const Plan& plan, RouteId route) {
  const Route& row = plan.routes[route.index()];
  if (!row.id.empty()) return row.id.str();
  if (!row.via.empty()) return row.via.str();
  return plan.places[row.from].id.str() + " → " + plan.places[row.to].id.str();
}

Roster::Roster(const Plan& plan) : plan_(plan), named_(plan.groups.size()) {
  for (PersonId person : plan.people.ids()) {
    if (plan.people[person].group) named_[plan.people[person].group].push_back(person);
  }
}

std::string Roster::id(GroupId group, std::int64_t number) const {
  const auto index = static_cast<std::size_t>(number);
  if (index < named_[group].size()) return plan_.people[named_[group][index]].id.str();
  return plan_.groups[group].id.str() + '-' + std::to_string(number + 1);
}

std::string Roster::name(GroupId group, std::int64_t number, Language language) const {
  const auto index = static_cast<std::size_t>(number);
  if (index < named_[group].size()) {
    return std::string(display_name(plan_.people[named_[group][index]], language));
  }
  return std::string(display_name(plan_.groups[group], language)) + ' ' +
         std::to_string(number + 1);
}

bool Roster::is_meant(GroupId group, std::int64_t number, std::string_view only) const {
  return only.empty() || plan_.groups[group].id == only || plan_.groups[group].team == only ||
         id(group, number) == only;
}

bool Roster::knows(std::string_view only) const {
  for (GroupId group : plan_.groups.ids()) {
    for (std::int64_t i = 0; i < plan_.groups[group].count; ++i) {
      if (is_meant(group, i, only)) return true;
    }
  }
  return false;
}

DispatchTable needs_table(const Mustered& mustered, Language language) {
  const Plan& plan = mustered.plan;
  DispatchTable table{.key = "needs", .name = &words::dispatch_needs};
  table.columns = {
      {"place", &words::dispatch_place, 20},        {"role", &words::dispatch_role, 14},
      {"needed", &words::dispatch_needed, 9, true}, {"by", &words::dispatch_by, 17},
      {"there", &words::dispatch_there, 9, true},   {"missing", &words::dispatch_missing, 9, true},
      {"why", &words::dispatch_reason, 30},         {"basis", &words::dispatch_basis, 24}};
  for (const Need& need : plan.needs) {
    const Instant by = need.by.value_or(kNever);
    const std::int64_t there = there_for(mustered, need);
    const std::int64_t missing = std::max(need.count - there, std::int64_t{0});
    const Words* reason = reason_of(mustered, need);
    const std::string why = reason != nullptr ? say(*reason, language) : std::string();
    table.rows.push_back({name_of(plan, need.place, language), need.role.str(), number(need.count),
                          instant(by), number(there), number(missing), text(why),
                          text(need.basis)});
  }
  return table;
}

DispatchTable departures_table(const Mustered& mustered, Language language) {
  const Plan& plan = mustered.plan;
  DispatchTable table{.key = "departures", .name = &words::dispatch_departures};
  table.columns = {{"route", &words::dispatch_route, 18},
                   {"from", &words::dispatch_from, 24},
                   {"to", &words::dispatch_to, 24},
                   {"departs", &words::dispatch_departs, 17},
                   {"arrives", &words::dispatch_arrives, 17},
                   {"people", &words::dispatch_people, 9, true},
                   {"seats", &words::dispatch_seats, 9, true},
                   {"vehicles", &words::dispatch_vehicles, 9, true},
                   {"roles", &words::dispatch_roles, 40},
                   {"basis", &words::dispatch_basis, 24}};
  for (const Departure& departure : departures_of(plan, mustered.answer.movement)) {
    const Route& route = plan.routes[departure.route.index()];
    table.rows.push_back({route_name(plan, departure.route), name_of(plan, route.from, language),
                          name_of(plan, route.to, language), instant(departure.departs),
                          instant(departure.arrives), number(departure.people),
                          departure.seats > 0 ? number(departure.seats) : Cell{},
                          number(departure.vehicles),
                          text(roles_in_words(departure.roles, language)), text(route.basis)});
  }
  return table;
}

DispatchTable hours_table(const Mustered& mustered) {
  const Plan& plan = mustered.plan;
  DispatchTable table{.key = "hours", .name = &words::dispatch_hours};
  table.columns = {{"hour", &words::dispatch_hour, 17},
                   {"at_start", &words::dispatch_at_start, 13, true},
                   {"on_the_way", &words::dispatch_between, 13, true},
                   {"moving", &words::dispatch_moving, 13, true},
                   {"ready", &words::dispatch_briefed, 19, true},
                   {"all", &words::dispatch_total, 9, true}};
  const Interval hours = check::hours_of(mustered.answer.movement);
  constexpr std::size_t kMostHours = 1000;
  for (Instant hour = hours.from; hour <= hours.to && table.rows.size() < kMostHours;
       hour = hour + Elapsed{60}) {
    const Doing doing = doing_at(plan, mustered.answer.movement, hour);
    table.rows.push_back({instant(hour), number(doing.at_start), number(doing.on_the_way),
                          number(doing.moving), number(doing.ready), number(doing.all)});
  }
  return table;
}

std::string gain_in_words(const Plan& plan, const dispatch::Bottleneck& bottleneck,
                          Language language) {
  const dispatch::MusterValue& before = bottleneck.before;
  const dispatch::MusterValue& after = bottleneck.after;
  std::vector<std::string> gains;
  if (after.unmet < before.unmet) {
    gains.push_back(
        say(words::dispatch_fewer_unmet, language, {std::to_string(before.unmet - after.unmet)}));
  }
  if (after.missing < before.missing) {
    gains.push_back(say(words::dispatch_fewer_late, language,
                        {std::to_string(before.missing - after.missing)}));
  }
  const bool are_times = before.full_strength != kEver && after.full_strength != kEver;
  if (are_times && after.full_strength < before.full_strength) {
    gains.push_back(say(words::dispatch_sooner, language,
                        {show(plan, before.full_strength - after.full_strength, language)}));
  } else if (are_times && after.full_strength > before.full_strength) {
    gains.push_back(say(words::dispatch_later, language,
                        {show(plan, after.full_strength - before.full_strength, language)}));
  }
  return joined(gains, language);
}

DispatchTable bottlenecks_table(const Mustered& mustered, Language language) {
  const Plan& plan = mustered.plan;
  DispatchTable table{.key = "bottlenecks", .name = &words::dispatch_bottlenecks};
  table.columns = {{"what", &words::dispatch_what, 50}, {"gain", &words::dispatch_gain, 40}};
  for (const dispatch::Bottleneck& bottleneck : mustered.answer.bottlenecks) {
    table.rows.push_back(
        {measure_in_words(plan, bottleneck, language), gain_in_words(plan, bottleneck, language)});
  }
  return table;
}

DispatchTable itineraries_table(const Mustered& mustered, Language language) {
  const Plan& plan = mustered.plan;
  DispatchTable table{.key = "itineraries", .name = &words::dispatch_itineraries};
  table.columns = {
      {"person", &words::dispatch_person, 16},   {"name", &words::dispatch_name, 24},
      {"group", &words::dispatch_group, 16},     {"role", &words::dispatch_role, 12},
      {"team", &words::dispatch_team, 10},       {"leg", &words::dispatch_step, 6, true},
      {"route", &words::dispatch_route, 18},     {"from", &words::dispatch_from, 24},
      {"departs", &words::dispatch_departs, 17}, {"to", &words::dispatch_to, 24},
      {"arrives", &words::dispatch_arrives, 17}, {"ready", &words::dispatch_ready, 17}};
  const Roster roster(plan);
  for (const Party& party : mustered.answer.movement.parties) {
    const Group& group = plan.groups[party.group];
    for (std::int64_t i = party.first; i < party.first + party.count; ++i) {
      if (!roster.is_meant(party.group, i, mustered.only)) continue;
      const std::vector<Cell> who = {roster.id(party.group, i),
                                     roster.name(party.group, i, language), group.id.str(),
                                     group.role.str(), text(group.team)};
      const auto add = [&](std::initializer_list<Cell> cells) {
        table.rows.push_back(who);
        table.rows.back().insert(table.rows.back().end(), cells);
      };
      if (party.legs.empty()) {
        const Stop& stop = party.stops.front();
        add({Cell{}, Cell{}, name_of(plan, stop.place, language), Cell{}, Cell{},
             instant(stop.arrives), instant(stop.ready)});
      }
      for (std::size_t leg = 0; leg < party.legs.size(); ++leg) {
        const Leg& goes = party.legs[leg];
        add({number(static_cast<std::int64_t>(leg + 1)), route_name(plan, goes.route),
             name_of(plan, party.stops[leg].place, language), instant(goes.departs),
             name_of(plan, party.stops[leg + 1].place, language), instant(goes.arrives),
             instant(party.stops[leg + 1].ready)});
      }
    }
  }
  return table;
}

DispatchTable manifest_table(const Mustered& mustered, Language language) {
  const Plan& plan = mustered.plan;
  DispatchTable table{.key = "manifests", .name = &words::dispatch_manifest};
  table.columns = {
      {"route", &words::dispatch_route, 18},   {"departs", &words::dispatch_departs, 17},
      {"person", &words::dispatch_person, 16}, {"name", &words::dispatch_name, 24},
      {"role", &words::dispatch_role, 12},     {"team", &words::dispatch_team, 10},
      {"to", &words::dispatch_to, 24}};
  const Roster roster(plan);
  std::map<std::pair<Instant, RouteId>, std::vector<const Party*>> riders;
  for (const Party& party : mustered.answer.movement.parties) {
    for (const Leg& leg : party.legs) riders[{leg.departs, leg.route}].push_back(&party);
  }
  for (const auto& [key, parties] : riders) {
    for (const Party* party : parties) {
      const Group& group = plan.groups[party->group];
      for (std::int64_t i = party->first; i < party->first + party->count; ++i) {
        if (!roster.is_meant(party->group, i, mustered.only)) continue;
        table.rows.push_back({route_name(plan, key.second), instant(key.first),
                              roster.id(party->group, i), roster.name(party->group, i, language),
                              group.role.str(), text(group.team),
                              name_of(plan, party->stops.back().place, language)});
      }
    }
  }
  return table;
}

DispatchTable changes_table(const Mustered& mustered, Language language) {
  const Plan& plan = mustered.plan;
  DispatchTable table{.key = "changes", .name = &words::dispatch_changes};
  table.columns = {{"group", &words::dispatch_group, 18},
                   {"from", &words::dispatch_from, 8, true},
                   {"to", &words::dispatch_to, 8, true},
                   {"before", &words::dispatch_before, 60},
                   {"now", &words::dispatch_after, 60}};
  if (mustered.published == nullptr) return table;
  Table<GroupId, std::vector<const Party*>> told(plan.groups.size());
  for (const Party& before : mustered.published->parties) told[before.group].push_back(&before);
  for (const Party& now : mustered.answer.movement.parties) {
    for (const Party* each : told[now.group]) {
      const Party& before = *each;
      const std::int64_t first = std::max(now.first, before.first);
      const std::int64_t end = std::min(now.first + now.count, before.first + before.count);
      // Who stays where they are waits as long as it takes.
      const bool stay = now.legs.empty() && before.legs.empty() &&
                        now.stops.back().place == before.stops.back().place;
      const bool is_same = stay || (now.legs == before.legs && now.stops == before.stops);
      if (first >= end || is_same) continue;
      table.rows.push_back({plan.groups[now.group].id.str(), number(first + 1), number(end),
                            way_in_words(plan, before, language),
                            way_in_words(plan, now, language)});
    }
  }
  return table;
}

std::vector<DispatchTable> dispatch_tables(const Mustered& mustered, Language language) {
  std::vector<DispatchTable> tables;
  const auto add = [&tables](DispatchTable table) {
    if (!table.rows.empty()) tables.push_back(std::move(table));
  };
  add(needs_table(mustered, language));
  add(departures_table(mustered, language));
  add(changes_table(mustered, language));
  add(bottlenecks_table(mustered, language));
  add(hours_table(mustered));
  add(itineraries_table(mustered, language));
  add(manifest_table(mustered, language));
  return tables;
}

}  // namespace diaodu::report
