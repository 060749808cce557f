#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/plan_reader.h"
#include "diaodu/formats/window_cell.h"

namespace diaodu::formats {
namespace {

/// More of anything than any plan of a day holds.
constexpr std::int64_t kMostInField = 1'000'000'000;

std::vector<Interval> read_windows(PlanReader& reader, TableReader& table, std::size_t row) {
  const std::size_t column = table.column("windows");
  std::optional<BadWindow> bad;
  std::vector<Interval> windows = parse_windows(table.text(row, column), reader.plan.zone, bad);
  if (bad) {
    table.report(bad->is_backwards ? found::window_is_backwards : found::bad_window, row, column,
                 {bad->text});
  }
  return windows;
}

}  // namespace

void read_duties(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::duties, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    table.required(row, table.column("id"));
    table.required(row, table.column("from"));
    table.required(row, table.column("until"));
    PlannedDuty duty;
    duty.start = reader.refer_required(table, row, table.column("start"), reader.places,
                                       found::unknown_place);
    duty.end = reader.refer(table, row, table.column("end"), reader.places, found::unknown_place);
    if (!duty.end) duty.end = duty.start;
    duty.from = table.date(row, table.column("from"), false).value_or(Instant{});
    duty.until = table.date(row, table.column("until"), true).value_or(Instant{});
    duty.latest = table.date(row, table.column("latest"), true);
    duty.capacity = table.number(row, table.column("capacity"), 0, 0, kMostInField);
    duty.pause = clock_time(reader, table, row, "pause");
    duty.pause_from = table.date(row, table.column("pause_from"), false);
    duty.pause_until = table.date(row, table.column("pause_until"), true);
    if (reader.findings.num_errors() > num_errors) continue;
    read_names(reader, table, row, duty);
    duty.team = reader.plan.text(table.text(row, table.column("team")));
    duty.skills = read_skills(reader, table, row, table.column("skills"));
    if (!takes_id(reader, table, row, TableKind::duties, duty.id, reader.duties,
                  reader.plan.duties)) {
      continue;
    }
    reader.plan.duties.add(std::move(duty));
    table.accept(row);
  }
}

void read_visits(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::visits, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    table.required(row, table.column("id"));
    PlannedVisit visit;
    visit.place = reader.refer_required(table, row, table.column("place"), reader.places,
                                        found::unknown_place);
    visit.windows = read_windows(reader, table, row);
    visit.duration = clock_time(reader, table, row, "duration");
    visit.due = table.date(row, table.column("due"), true);
    visit.priority = table.number(row, table.column("priority"), 0, 0, 1'000'000).value_or(1);
    visit.prize = clock_time(reader, table, row, "prize");
    visit.load = table.number(row, table.column("load"), 0, 0, kMostInField).value_or(0);
    visit.duty = reader.refer(table, row, table.column("duty"), reader.duties, found::unknown_duty);
    visit.start = table.date(row, table.column("start"), false);
    if (reader.findings.num_errors() > num_errors) continue;
    read_names(reader, table, row, visit);
    visit.together = reader.plan.text(table.text(row, table.column("together")));
    visit.skills = read_skills(reader, table, row, table.column("skills"));
    if (!takes_id(reader, table, row, TableKind::visits, visit.id, reader.visits,
                  reader.plan.visits)) {
      continue;
    }
    reader.plan.visits.add(std::move(visit));
    table.accept(row);
  }
}

void read_travel_times(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::travel_times, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    TravelTime travel;
    travel.from = reader.refer_required(table, row, table.column("from"), reader.places,
                                        found::unknown_place);
    travel.to =
        reader.refer_required(table, row, table.column("to"), reader.places, found::unknown_place);
    table.required(row, table.column("duration"));
    travel.duration = clock_time(reader, table, row, "duration");
    travel.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    reader.plan.travel_times.push_back(travel);
    table.accept(row);
  }
}

void read_teams(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::teams, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    table.required(row, table.column("id"));
    PlannedTeam team;
    team.place =
        reader.refer(table, row, table.column("place"), reader.places, found::unknown_place);
    team.min = table.number(row, table.column("min"), 0, 0, kMostInField);
    team.max = table.number(row, table.column("max"), 0, 0, kMostInField);
    if (reader.findings.num_errors() > num_errors) continue;
    read_names(reader, table, row, team);
    if (!takes_id(reader, table, row, TableKind::teams, team.id, reader.teams, reader.plan.teams)) {
      continue;
    }
    reader.plan.teams.add(team);
    table.accept(row);
  }
}

void read_team_rules(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::team_rules, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    table.required(row, table.column("kind"));
    PlannedTeamRule rule;
    rule.kind = table.choice<PlannedTeamRule::Kind>(row, table.column("kind"), kTeamRules)
                    .value_or(PlannedTeamRule::Kind::balance);
    rule.trait = reader.plan.text(table.text(row, table.column("trait")));
    rule.count = table.number(row, table.column("count"), 0, 0, kMostInField).value_or(1);
    rule.weight = table.number(row, table.column("weight"), 0, 0, 1'000'000).value_or(1);
    rule.basis = reader.plan.text(table.text(row, table.column("basis")));
    std::string_view people = table.text(row, table.column("people"));
    const std::span<const std::string_view> separators =
        people.ends_with(';') ? std::span(kListSeparators).first(1) : std::span(kListSeparators);
    while (!people.empty()) {
      const std::string_view name = take_part(people, separators);
      if (!name.empty()) rule.people.push_back(reader.plan.text(name));
    }
    if (reader.findings.num_errors() > num_errors) continue;
    reader.plan.team_rules.push_back(std::move(rule));
    table.accept(row);
  }
}

}  // namespace diaodu::formats
