#include "diaodu/formats/table_writer.h"

#include <array>
#include <charconv>
#include <memory>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/columns.h"
#include "diaodu/formats/table_maker.h"

namespace diaodu::formats {

WrittenTable TableMaker::take(const Plan& plan) {
  std::erase_if(table_.columns, [this](const WrittenTable::Column& column) {
    return !is_required(column.name) && is_empty(column);
  });
  for (const ForeignColumn& foreign : plan.foreign) {
    if (foreign.table != table_name(table_.kind)) continue;
    table_.columns.push_back(
        {foreign.name, [&foreign](std::size_t row) { return std::string(foreign.cell(row)); }});
  }
  return std::move(table_);
}

bool TableMaker::is_required(std::string_view name) const {
  const Column* column = find_column(table_.kind, name);
  return column != nullptr && column->is_required;
}

bool TableMaker::is_empty(const WrittenTable::Column& column) const {
  for (std::size_t row = 0; row < table_.num_rows; ++row) {
    if (!column.cell(row).empty()) return false;
  }
  return true;
}

std::string id_of(const Plan& plan, CalendarId calendar) {
  return calendar ? plan.calendars[calendar].rule.id : std::string();
}

std::string money_text(Money money) { return money == Money{} ? std::string() : to_string(money); }

std::string clock_text(Elapsed time) {
  if (time == Elapsed{}) return {};
  if (time.count() % 60 == 0) return std::to_string(time.count() / 60) + 'h';
  return std::to_string(time.count()) + "min";
}

std::string real_text(double value) {
  std::array<char, 400> digits{};  // the largest double has 309 of them
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  return {digits.data(), end};
}

std::string date_text(const Plan& plan, Instant instant, bool is_end_of_day) {
  return date_string(plan.zone.to_local(instant), is_end_of_day);
}

std::string end_text(const Plan& plan, const std::optional<Instant>& instant) {
  return instant ? date_text(plan, *instant, true) : std::string();
}

std::string date_text(const Plan& plan, const std::optional<Instant>& instant) {
  return instant ? date_text(plan, *instant, false) : std::string();
}

std::string limit_text(const Plan& plan, Instant instant) {
  return instant == kNever ? std::string() : date_text(plan, instant, true);
}

std::string work_text(const Plan& plan, TaskId task, WorkTime time) {
  return duration_string(time.count(), calendar_of(plan, plan.tasks[task].calendar), false);
}

std::vector<WrittenTable> tables_of(const Plan& plan) {
  std::vector<WrittenTable> tables;
  for (const auto write :
       {write_tasks,        write_links,        write_modes,       write_resources,
        write_demands,      write_availability, write_places,      write_routes,
        write_groups,       write_people,       write_needs,       write_targets,
        write_peers,        write_effects,      write_uncertainty, write_risks,
        write_correlations, write_weather,      write_branches,    write_decisions,
        write_steps,        write_progress,     write_costs,       write_visits,
        write_duties,       write_travel_times, write_teams,       write_team_rules,
        write_laboratories, write_lab_stages,   write_lab_shifts,  write_arrivals,
        write_cases,        write_testing,      write_offers,      write_wishes,
        write_preferences}) {
    WrittenTable table = write(plan);
    if (table.num_rows > 0) tables.push_back(std::move(table));
  }
  return tables;
}

WrittenTable in_language(WrittenTable table, Language language) {
  if (language == Language::english) return table;
  for (WrittenTable::Column& column : table.columns) {
    const Column* known = find_column(table.kind, column.name);
    if (known == nullptr || known->name != column.name) continue;  // a column of the user's own
    column.name = label_of(*known).zh;
    // Types of links stay FS, SS, FF and SF, which everybody writes.
    const auto translate = [&column](const auto& choices) {
      column.cell = [cell = std::move(column.cell), &choices](std::size_t row) {
        std::string word = cell(row);
        for (const auto& choice : choices) {
          const Words words = in_both_languages(choice.names);
          if (words.en == word) return std::string(words.zh);
        }
        return word;
      };
    };
    if (known->name == "constraint" || known->name == "second_constraint")
      translate(kConstraintKinds);
    if (known->name == "direction") translate(kDirections);
    if (known->name == "of" && table.kind == TableKind::uncertainty)
      translate(kUncertainQuantities);
    if (known->name == "measure") translate(kTargetMeasures);
    if (known->name == "accrual") translate(kAccruals);
    if (known->name == "roll_up") translate(kRollUps);
    if (known->name == "rule") translate(kScoreRules);
    if (known->name == "earned_by") translate(kEarningRules);
    if (known->name == "shape") translate(kShapes);
    if (known->name == "kind" && table.kind == TableKind::tasks) translate(kTaskKinds);
    if (known->name == "kind" && table.kind == TableKind::team_rules) translate(kTeamRules);
    if (known->name == "kind" && table.kind == TableKind::resources) translate(kResourceKinds);
  }
  return table;
}

std::vector<WrittenTable> tables_of(std::vector<Setting> settings) {
  const auto all = std::make_shared<const std::vector<Setting>>(std::move(settings));
  std::vector<std::size_t> of_plan;
  std::vector<std::size_t> of_calendars;
  constexpr std::string_view kCalendars = "calendars.";
  for (std::size_t i = 0; i < all->size(); ++i) {
    ((*all)[i].section.starts_with(kCalendars) ? of_calendars : of_plan).push_back(i);
  }
  std::vector<WrittenTable> tables;
  const auto setting = [all](const std::vector<std::size_t>& rows,
                             std::size_t row) -> const Setting& { return (*all)[rows[row]]; };
  if (!of_plan.empty()) {
    WrittenTable& table = tables.emplace_back(WrittenTable{TableKind::plan, of_plan.size(), {}});
    table.columns.push_back({"key", [=](std::size_t row) {
                               const Setting& line = setting(of_plan, row);
                               return line.section == "plan" ? line.key
                                                             : line.section + '.' + line.key;
                             }});
    table.columns.push_back(
        {"value", [=](std::size_t row) { return setting(of_plan, row).value; }});
  }
  if (!of_calendars.empty()) {
    WrittenTable& table =
        tables.emplace_back(WrittenTable{TableKind::calendars, of_calendars.size(), {}});
    table.columns.push_back({"calendar", [=](std::size_t row) {
                               return setting(of_calendars, row).section.substr(kCalendars.size());
                             }});
    table.columns.push_back(
        {"setting", [=](std::size_t row) { return setting(of_calendars, row).key; }});
    table.columns.push_back(
        {"value", [=](std::size_t row) { return setting(of_calendars, row).value; }});
    table.columns.push_back(
        {"note", [=](std::size_t row) { return setting(of_calendars, row).note; }});
  }
  return tables;
}

}  // namespace diaodu::formats
