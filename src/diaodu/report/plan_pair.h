#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/report/difference.h"

namespace diaodu::report {

/// Old ids of tasks that go by another now, with the new ones.
using Renamed = std::unordered_map<std::string_view, std::string_view>;

/// What is looked up while two plans are compared.
struct PlanPair {
  const Plan& before;
  const Plan& after;
  Language language;
  std::unordered_map<std::string_view, TaskId> tasks_before;
  std::unordered_map<std::string_view, TaskId> tasks_after;
  Renamed renamed;

  PlanPair(const Plan& a, const Plan& b, Language in);

  /// The earlier task that the later one was.
  TaskId earlier(std::string_view id) const;
  /// The later task that the earlier one is.
  TaskId later(std::string_view id) const;
  /// The task's name as people call it, else its id.
  std::string call(std::string_view id) const;
};

/// What their tables and settings say differently, as they come (`stated_differences`).
std::vector<Difference> compare_tables(const PlanPair& plans);

}  // namespace diaodu::report
