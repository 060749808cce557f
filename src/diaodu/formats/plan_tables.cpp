#include "diaodu/formats/plan_tables.h"

#include <algorithm>
#include <array>
#include <string>

#include "diaodu/formats/plan_reader.h"
#include "diaodu/plan/validate.h"

namespace diaodu::formats {
namespace {

struct TableOrder {
  TableKind kind;
  void (*read)(PlanReader&, const Sheet&);
};

/// Each table after those whose rows it names.
constexpr std::array kOrder = std::to_array<TableOrder>({
    {TableKind::decisions, read_decisions},   {TableKind::places, read_places},
    {TableKind::resources, read_resources},   {TableKind::tasks, read_tasks},
    {TableKind::modes, read_modes},           {TableKind::links, read_links},
    {TableKind::demands, read_demands},       {TableKind::availability, read_availability},
    {TableKind::routes, read_routes},         {TableKind::groups, read_groups},
    {TableKind::teams, read_teams},           {TableKind::people, read_people},
    {TableKind::needs, read_needs},           {TableKind::duties, read_duties},
    {TableKind::visits, read_visits},         {TableKind::travel_times, read_travel_times},
    {TableKind::team_rules, read_team_rules}, {TableKind::laboratories, read_laboratories},
    {TableKind::lab_stages, read_lab_stages}, {TableKind::lab_shifts, read_lab_shifts},
    {TableKind::arrivals, read_arrivals},     {TableKind::cases, read_cases},
    {TableKind::testing, read_testing},       {TableKind::offers, read_offers},
    {TableKind::wishes, read_wishes},         {TableKind::preferences, read_preferences},
    {TableKind::targets, read_targets},       {TableKind::peers, read_peers},
    {TableKind::effects, read_effects},       {TableKind::uncertainty, read_uncertainty},
    {TableKind::risks, read_risks},           {TableKind::correlations, read_correlations},
    {TableKind::weather, read_weather},       {TableKind::branches, read_branches},
    {TableKind::steps, read_steps},           {TableKind::progress, read_progress},
    {TableKind::costs, read_costs},
});

/// Is there anything for `dispatch`?  Then a plan needs no tasks.
bool is_dispatched(const std::array<const Sheet*, kNumTables>& of_kind) {
  using enum TableKind;
  const auto kinds = {groups,   people, visits,  duties, teams, laboratories,
                      arrivals, cases,  testing, offers, wishes};
  return std::any_of(kinds.begin(), kinds.end(), [&of_kind](TableKind kind) {
    return of_kind[static_cast<std::size_t>(kind)] != nullptr;
  });
}

}  // namespace

Argument did_you_mean(std::string_view nearest) {
  if (nearest.empty()) return "";
  const std::string name(nearest);
  return {"did you mean '" + name + "'?", "是否应为“" + name + "”？"};
}

std::vector<Setting> settings_in(const Sheet& sheet, TableKind table, Findings& findings) {
  std::vector<Setting> settings;
  Plan ignored;
  Sources sources;
  TableReader reader(table, sheet, ignored, sources, findings);
  if (!reader.is_usable()) return settings;
  const bool is_calendars = table == TableKind::calendars;
  const std::size_t calendar = reader.column("calendar");
  const std::size_t key = reader.column(is_calendars ? "setting" : "key");
  const std::size_t value = reader.column("value");
  const std::size_t note = reader.column("note");
  for (std::size_t row = 0; row < reader.num_rows(); ++row) {
    const Where where = sheet.where(sheet.rows[row], key);
    std::string section = "plan";
    std::string name(reader.text(row, key));
    if (is_calendars) {
      const auto id = reader.required(row, calendar);
      if (!id) continue;
      section = "calendars." + std::string(*id);
    } else if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
      const std::string before = name.substr(0, dot);
      if (before == "options" || before == "risk" || before == "dispatch" || before == "quality") {
        section = before;
        name = name.substr(dot + 1);
      }
    }
    settings.push_back({section, name, std::string(reader.text(row, value)),
                        std::string(reader.text(row, note)), where});
  }
  return settings;
}

ReadPlan make_plan(std::vector<Setting> settings, const std::vector<Sheet>& sheets,
                   Findings findings) {
  PlanReader reader;
  reader.findings = std::move(findings);
  std::array<const Sheet*, kNumTables> of_kind{};
  for (const Sheet& sheet : sheets) {
    const TableKind* kind = find_table(sheet.name);
    if (kind == nullptr) {
      Argument known(std::string{});
      for (std::size_t i = 2; i < kNumTables; ++i) {
        if (i > 2) {
          known.en += ", ";
          known.zh += "、";
        }
        known.en += table_name(static_cast<TableKind>(i));
        known.zh += table_name(static_cast<TableKind>(i));
      }
      reader.findings.add(found::unknown_table, {.file = sheet.file}, {sheet.name, known});
      continue;
    }
    const Sheet*& place = of_kind[static_cast<std::size_t>(*kind)];
    if (place != nullptr) {
      reader.findings.add(found::repeated_table, {.file = sheet.file},
                          {std::string(table_name(*kind)), place->file});
      continue;
    }
    place = &sheet;
    if (*kind == TableKind::plan || *kind == TableKind::calendars) {
      for (Setting& setting : settings_in(sheet, *kind, reader.findings)) {
        settings.push_back(std::move(setting));
      }
    }
  }
  apply_settings(settings, reader.plan, reader.sources, reader.findings);
  for (CalendarId calendar : reader.plan.calendars.ids()) {
    reader.calendars.add(reader.plan.calendars[calendar].rule.id, calendar);
  }
  for (const TableOrder& table : kOrder) {
    const Sheet* sheet = of_kind[static_cast<std::size_t>(table.kind)];
    if (sheet != nullptr) {
      table.read(reader, *sheet);
    } else if (table.kind == TableKind::tasks && !is_dispatched(of_kind)) {
      reader.findings.add(found::missing_table, {}, {"tasks"});
    }
  }
  read_predecessors(reader);
  for (const auto& [task, where] : reader.without_duration) {
    if (reader.modes_of.contains(task.index())) continue;
    reader.findings.add(found::missing_cell, where,
                        {label_of(*find_column(TableKind::tasks, "duration"))});
  }
  complete(reader.plan, reader.sources, reader.findings);
  validate(reader.plan, reader.sources, reader.findings);
  reader.findings.sort();
  return {std::move(reader.plan), std::move(reader.sources), std::move(reader.findings)};
}

}  // namespace diaodu::formats
