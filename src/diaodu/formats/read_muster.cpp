#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

/// More people than any plan musters.
constexpr std::int64_t kMostPeople = 100'000'000;

}  // namespace

Elapsed clock_time(PlanReader& reader, TableReader& table, std::size_t row,
                   std::string_view column) {
  const NamedCalendar& clock = reader.plan.calendars[reader.calendars.find("24h")];
  const auto duration = table.duration(row, table.column(column), clock);
  return duration ? Elapsed{duration->time.count()} : Elapsed{};
}

void read_places(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::places, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto id = table.required(row, id_column);
    if (!id) continue;
    Place place;
    place.id = reader.plan.text(*id);
    place.name = reader.plan.text(table.text(row, table.column("name")));
    place.name_zh = reader.plan.text(table.text(row, table.column("name_zh")));
    place.latitude = table.real(row, table.column("latitude"), -90, 90).value_or(0);
    place.longitude = table.real(row, table.column("longitude"), -180, 180).value_or(0);
    place.transfer = clock_time(reader, table, row, "transfer");
    place.throughput = table.amount(row, table.column("throughput"), Amount{});
    place.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (!takes_id(reader, table, row, TableKind::places, place.id, reader.places,
                  reader.plan.places))
      continue;
    reader.plan.places.add(place);
    table.accept(row);
  }
}

void read_routes(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::routes, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    Route route;
    route.id = reader.plan.text(table.text(row, id_column));
    route.from = reader.refer_required(table, row, table.column("from"), reader.places,
                                       found::unknown_place);
    route.to =
        reader.refer_required(table, row, table.column("to"), reader.places, found::unknown_place);
    route.via = reader.plan.text(table.text(row, table.column("via")));
    route.duration = clock_time(reader, table, row, "duration");
    route.seats = table.amount(row, table.column("seats"), Amount{});
    route.departs = table.date(row, table.column("departs"), false);
    route.cost = table.money(row, table.column("cost")).value_or(Money{});
    route.basis = reader.plan.text(table.text(row, table.column("basis")));
    route.vehicle = reader.plan.text(table.text(row, table.column("vehicle")));
    if (!route.from || !route.to) continue;
    if (!route.id.empty() && !takes_id(reader, table, row, TableKind::routes, route.id,
                                       reader.routes, reader.plan.routes))
      continue;
    reader.plan.routes.push_back(route);
    table.accept(row);
  }
}

void read_groups(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::groups, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  const std::size_t role_column = table.column("role");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto id = table.required(row, id_column);
    const auto role = table.required(row, role_column);
    const PlaceId place = reader.refer_required(table, row, table.column("place"), reader.places,
                                                found::unknown_place);
    const std::size_t num_errors = reader.findings.num_errors();
    const auto count = table.number(row, table.column("count"), 0, 0, kMostPeople);
    if (!id || !role || !place || reader.findings.num_errors() > num_errors) continue;
    Group group{.id = reader.plan.text(*id), .place = place, .role = reader.plan.text(*role)};
    group.name = reader.plan.text(table.text(row, table.column("name")));
    group.name_zh = reader.plan.text(table.text(row, table.column("name_zh")));
    group.team = reader.plan.text(table.text(row, table.column("team")));
    group.basis = reader.plan.text(table.text(row, table.column("basis")));
    group.ready = table.date(row, table.column("ready"), false);
    group.count = count.value_or(Group::kAsNamed);
    if (!takes_id(reader, table, row, TableKind::groups, group.id, reader.groups,
                  reader.plan.groups))
      continue;
    reader.plan.groups.add(group);
    table.accept(row);
  }
}

void read_people(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::people, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  const std::size_t group_column = table.column("group");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto id = table.required(row, id_column);
    const std::size_t num_errors = reader.findings.num_errors();
    const GroupId group =
        reader.refer(table, row, group_column, reader.groups, found::unknown_group);
    Person person{.group = group};
    person.place =
        reader.refer(table, row, table.column("place"), reader.places, found::unknown_place);
    person.team = reader.refer(table, row, table.column("team"), reader.teams, found::unknown_team);
    person.is_local = table.yes_no(row, table.column("local")).value_or(false);
    person.is_leader = table.yes_no(row, table.column("leader")).value_or(false);
    if (!id || reader.findings.num_errors() > num_errors) continue;
    person.id = reader.plan.text(*id);
    person.name = reader.plan.text(table.text(row, table.column("name")));
    person.name_zh = reader.plan.text(table.text(row, table.column("name_zh")));
    person.role = reader.plan.text(table.text(row, table.column("role")));
    person.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (!takes_id(reader, table, row, TableKind::people, person.id, reader.people,
                  reader.plan.people))
      continue;
    person.skills = read_skills(reader, table, row, table.column("skills"));
    person.languages = read_skills(reader, table, row, table.column("languages"));
    reader.plan.people.add(std::move(person));
    table.accept(row);
  }
}

void read_needs(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::needs, sheet);
  if (!table.is_usable()) return;
  const std::size_t count_column = table.column("count");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const PlaceId place = reader.refer_required(table, row, table.column("place"), reader.places,
                                                found::unknown_place);
    const auto role = table.required(row, table.column("role"));
    table.required(row, count_column);
    const auto count = table.number(row, count_column, 0, 0, kMostPeople);
    const auto by = table.date(row, table.column("by"), true);
    if (!place || !role || !count) continue;
    Need need{.place = place, .role = reader.plan.text(*role), .count = *count, .by = by};
    need.basis = reader.plan.text(table.text(row, table.column("basis")));
    reader.plan.needs.push_back(need);
    table.accept(row);
  }
}

}  // namespace diaodu::formats
