#include "diaodu/report/staff.h"

#include "diaodu/core/decimal.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/words.h"

namespace diaodu::report {

Staff::Staff(const Plan& plan, const Schedule& schedule) : plan_(plan) {
  if (schedule.placements.empty()) return;
  shares_ = Table<TaskId, std::vector<Share>>(plan.tasks.size());
  for (const Demand& demand : plan.demands) {
    const Placement& placed = schedule.placements[demand.task];
    const bool is_in_use = placed.is_scheduled && (!demand.mode || demand.mode == placed.mode);
    if (demand.resource && is_in_use) {
      shares_[demand.task].push_back({demand.resource, demand.amount});
    }
  }
  for (const Assignment& assignment : schedule.assignments) {
    shares_[plan.demands[assignment.demand].task].push_back(
        {assignment.resource, assignment.amount});
  }
}

std::string Staff::in_words(TaskId task, Language language) const {
  std::vector<std::string> parts;
  for (const Share& share : of(task)) {
    std::string part{display_name(plan_.resources[share.resource], language)};
    if (share.amount != kOne) part += " × " + to_string(share.amount);
    parts.push_back(std::move(part));
  }
  return joined(parts, language, parts.size());
}

}  // namespace diaodu::report
