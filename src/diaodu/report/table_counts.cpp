#include "diaodu/report/table_counts.h"

#include <algorithm>

namespace diaodu::report {

std::vector<TableCount> table_counts(const Plan& plan) {
  std::vector<TableCount> counts = {
      {TableKind::tasks, plan.tasks.size()},
      {TableKind::links, plan.links.size()},
      {TableKind::modes, plan.modes.size()},
      {TableKind::resources, plan.resources.size()},
      {TableKind::demands, plan.demands.size()},
      {TableKind::availability, plan.availability.size()},
      {TableKind::places, plan.places.size()},
      {TableKind::routes, plan.routes.size()},
      {TableKind::targets, plan.targets.size()},
      {TableKind::risks, plan.risks.size()},
      {TableKind::decisions, plan.decisions.size()},
      {TableKind::progress, plan.progress.size()},
      {TableKind::uncertainty, plan.uncertainties.size()},
      {TableKind::correlations, plan.correlations.size()},
      {TableKind::weather, plan.weather.size()},
      {TableKind::branches, plan.branches.size()},
      {TableKind::peers, plan.peers.size()},
      {TableKind::effects, plan.effects.size()},
      {TableKind::steps, plan.steps.size()},
      {TableKind::costs, plan.costs.size()},
      {TableKind::groups, plan.groups.size()},
      {TableKind::people, plan.people.size()},
      {TableKind::needs, plan.needs.size()},
      {TableKind::visits, plan.visits.size()},
      {TableKind::duties, plan.duties.size()},
      {TableKind::travel_times, plan.travel_times.size()},
      {TableKind::teams, plan.teams.size()},
      {TableKind::team_rules, plan.team_rules.size()},
      {TableKind::laboratories, plan.laboratories.size()},
      {TableKind::lab_stages, plan.lab_stages.size()},
      {TableKind::lab_shifts, plan.lab_shifts.size()},
      {TableKind::arrivals, plan.arrivals.size()},
      {TableKind::cases, plan.cases.size()},
      {TableKind::testing, plan.testing.size()},
      {TableKind::offers, plan.offers.size()},
      {TableKind::wishes, plan.wishes.size()},
      {TableKind::preferences, plan.preferences.size()},
  };
  static_assert(kNumTables == 37 + 2, "each table but those of settings and calendars is counted");
  std::erase_if(counts, [](const TableCount& each) { return each.num_rows == 0; });
  return counts;
}

}  // namespace diaodu::report
