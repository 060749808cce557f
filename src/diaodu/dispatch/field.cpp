#include "diaodu/dispatch/field.h"

#include "diaodu/dispatch/exchange.h"
#include "diaodu/dispatch/field_labs.h"
#include "diaodu/dispatch/field_teams.h"
#include "diaodu/dispatch/field_tours.h"

namespace diaodu::dispatch {

FieldAnswer plan_field(const Plan& plan, const FieldRun& run) {
  FieldAnswer answer;
  if (!plan.visits.empty()) answer.tours = plan_tours(plan, run);
  if (!plan.teams.empty()) answer.teams = plan_teams(plan, run);
  answer.outbreaks = find_outbreaks(plan, run.seed);
  answer.days = find_testing(plan, answer.outbreaks, run.movement);
  answer.laboratories = run_laboratories(plan, answer.days, run.seed);
  if (!plan.offers.empty() || !plan.wishes.empty()) answer.exchange = match_regions(plan);
  return answer;
}

}  // namespace diaodu::dispatch
