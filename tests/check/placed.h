#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/plan/schedule.h"
#include "support/tables.h"

namespace diaodu::check {

/// `A 08-01 08:00 08-02 17:00`: where a task is placed in 2022, in a mode if one is named.
struct Placed {
  std::string_view task;
  std::string_view start;
  std::string_view finish;
  std::string_view mode = {};
  std::string_view resumes = {};
};

inline Instant moment(const Plan& plan, std::string_view text) {
  return at(plan, "2022-" + std::string(text.substr(0, 5)), text.substr(6));
}

inline ModeId mode_of(const Plan& plan, std::string_view id) {
  for (ModeId mode : plan.modes.ids()) {
    if (plan.modes[mode].id == id) return mode;
  }
  return {};
}

/// Tasks that are not named are left out; summaries span their children.
inline Schedule scheduled(const Plan& plan, const std::vector<Placed>& all) {
  Schedule schedule{Table<TaskId, Placement>(plan.tasks.size()), {}};
  for (Placement& placement : schedule.placements) placement.is_scheduled = false;
  for (const Placed& placed : all) {
    const Instant start = moment(plan, placed.start);
    schedule.placements[task_of(plan, placed.task)] = {
        .start = start,
        .finish = moment(plan, placed.finish),
        .resumes = placed.resumes.empty() ? start : moment(plan, placed.resumes),
        .mode = mode_of(plan, placed.mode)};
  }
  roll_up(schedule, plan);
  return schedule;
}

}  // namespace diaodu::check
