#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/dispatch/field.h"
#include "diaodu/report/dispatch_tables.h"

namespace diaodu::report {

/// All that `diaodu dispatch` tells: the muster, if there is one, and what is planned for the field.
struct Dispatched {
  const Plan& plan;
  const dispatch::FieldAnswer& field;
  const Mustered* muster = nullptr;
  std::string_view only;  ///< id of a duty, team, visit, person or group; empty: all
};

/// Does the plan know anything of that id that could be told alone?
bool knows_in_field(const Plan& plan, std::string_view only);

// Tours: a row a duty; their stops; what nobody makes and why; whom of it must be told.
DispatchTable tours_table(const Dispatched& told, Language language);
DispatchTable stops_table(const Dispatched& told, Language language);
DispatchTable unmade_table(const Dispatched& told, Language language);
DispatchTable visit_changes_table(const Dispatched& told, Language language);

// Teams: a row a team; who is in them and why; how rules came off; who is in another than before.
DispatchTable teams_table(const Dispatched& told, Language language);
DispatchTable team_sheets_table(const Dispatched& told, Language language);
DispatchTable team_rules_table(const Dispatched& told, Language language);
DispatchTable team_changes_table(const Dispatched& told, Language language);

// Laboratories, outbreaks and what is to be tested.
DispatchTable testing_table(const Dispatched& told, Language language);
DispatchTable outbreaks_table(const Dispatched& told, Language language);
DispatchTable laboratories_table(const Dispatched& told, Language language);
DispatchTable lab_stages_table(const Dispatched& told, Language language);
DispatchTable lab_pools_table(const Dispatched& told, Language language);
DispatchTable lab_curve_table(const Dispatched& told, Language language);
DispatchTable lab_lots_table(const Dispatched& told, Language language);

// Regions.
DispatchTable shipments_table(const Dispatched& told, Language language);
DispatchTable balances_table(const Dispatched& told, Language language);

/// All of them that have rows.
std::vector<DispatchTable> field_tables(const Dispatched& told, Language language);

/// A team, or somebody, as people call them.
std::string member_name(const Plan& plan, const Roster& roster, const Member& member,
                        Language language);

/// `at least 1 local`
std::string rule_in_words(const Plan& plan, const PlannedTeamRule& rule, Language language);

/// Minutes of a laboratory for people: `3 h 20 min`.
std::string minutes_in_words(const Plan& plan, dispatch::Minutes minutes, Language language);

}  // namespace diaodu::report
