#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diaodu/formats/settings.h"
#include "diaodu/formats/table_writer.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// Adds columns one after the other; each `cell` makes the text of one row, and outlives the maker.
class TableMaker {
 public:
  TableMaker(TableKind kind, std::size_t num_rows) : table_{kind, num_rows, {}} {}

  template <class Cell>
  TableMaker& column(std::string_view name, Cell cell) {
    table_.columns.push_back({std::string(name), std::move(cell)});
    return *this;
  }

  /// Columns that every row has: `id`, `name` and `name_zh`.
  template <class RowOf>
  TableMaker& names(RowOf row_of) {
    return column("id", [row_of](std::size_t row) { return row_of(row).id.str(); })
        .column("name", [row_of](std::size_t row) { return row_of(row).name.str(); })
        .column("name_zh", [row_of](std::size_t row) { return row_of(row).name_zh.str(); });
  }

  /// The table without the columns that hold nothing, and with the plan's foreign ones.
  WrittenTable take(const Plan& plan);

 private:
  bool is_required(std::string_view name) const;
  bool is_empty(const WrittenTable::Column& column) const;

  WrittenTable table_;
};

// Cells; each is empty where its value is the one that an empty cell means.

template <class IdType, class Rows>
std::string id_of(const Rows& rows, IdType id) {
  return id ? rows[id].id.str() : std::string();
}
std::string id_of(const Plan& plan, CalendarId calendar);
std::string money_text(Money money);
std::string clock_text(Elapsed time);  ///< time on the clock, where no calendar could be meant
std::string real_text(double value);   ///< the shortest digits that read back as the same number
std::string date_text(const Plan& plan, Instant instant, bool is_end_of_day);
std::string date_text(const Plan& plan, const std::optional<Instant>& instant);
/// Of an end that may be missing.
std::string end_text(const Plan& plan, const std::optional<Instant>& instant);
std::string limit_text(const Plan& plan, Instant instant);  ///< the last day that is allowed
std::string skills_text(const Plan& plan, const std::vector<SkillId>& skills);
std::string work_text(const Plan& plan, TaskId task, WorkTime time);

// One function for each table.
WrittenTable write_tasks(const Plan& plan);
WrittenTable write_links(const Plan& plan);
WrittenTable write_modes(const Plan& plan);
WrittenTable write_resources(const Plan& plan);
WrittenTable write_demands(const Plan& plan);
WrittenTable write_availability(const Plan& plan);
WrittenTable write_places(const Plan& plan);
WrittenTable write_routes(const Plan& plan);
WrittenTable write_groups(const Plan& plan);
WrittenTable write_people(const Plan& plan);
WrittenTable write_needs(const Plan& plan);
WrittenTable write_visits(const Plan& plan);
WrittenTable write_duties(const Plan& plan);
WrittenTable write_travel_times(const Plan& plan);
WrittenTable write_teams(const Plan& plan);
WrittenTable write_team_rules(const Plan& plan);
WrittenTable write_laboratories(const Plan& plan);
WrittenTable write_lab_stages(const Plan& plan);
WrittenTable write_lab_shifts(const Plan& plan);
WrittenTable write_arrivals(const Plan& plan);
WrittenTable write_cases(const Plan& plan);
WrittenTable write_testing(const Plan& plan);
WrittenTable write_offers(const Plan& plan);
WrittenTable write_wishes(const Plan& plan);
WrittenTable write_preferences(const Plan& plan);
WrittenTable write_targets(const Plan& plan);
WrittenTable write_peers(const Plan& plan);
WrittenTable write_effects(const Plan& plan);
WrittenTable write_uncertainty(const Plan& plan);
WrittenTable write_risks(const Plan& plan);
WrittenTable write_correlations(const Plan& plan);
WrittenTable write_weather(const Plan& plan);
WrittenTable write_branches(const Plan& plan);
WrittenTable write_decisions(const Plan& plan);
WrittenTable write_progress(const Plan& plan);
WrittenTable write_steps(const Plan& plan);
WrittenTable write_costs(const Plan& plan);

}  // namespace diaodu::formats
