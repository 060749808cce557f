#include "diaodu/report/field_tables.h"

#include <algorithm>
#include <utility>

namespace diaodu::report {

bool knows_in_field(const Plan& plan, std::string_view only) {
  const auto is_called = [only](const auto& row) { return row.id == only; };
  return std::any_of(
             plan.duties.begin(), plan.duties.end(),
             [only](const PlannedDuty& duty) { return duty.id == only || duty.team == only; }) ||
         std::any_of(plan.visits.begin(), plan.visits.end(), is_called) ||
         std::any_of(plan.teams.begin(), plan.teams.end(), is_called) ||
         std::any_of(plan.people.begin(), plan.people.end(), is_called);
}

std::vector<DispatchTable> field_tables(const Dispatched& told, Language language) {
  std::vector<DispatchTable> tables;
  for (const auto& make : {tours_table, stops_table, unmade_table, visit_changes_table, teams_table,
                           team_rules_table, team_changes_table, team_sheets_table, testing_table,
                           outbreaks_table, laboratories_table, lab_stages_table, lab_pools_table,
                           lab_curve_table, lab_lots_table, shipments_table, balances_table}) {
    DispatchTable table = make(told, language);
    if (!table.rows.empty()) tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace diaodu::report
