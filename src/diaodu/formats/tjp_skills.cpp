#include "diaodu/formats/tjp_skills.h"

#include <algorithm>

namespace diaodu::formats {
namespace {

constexpr std::size_t kMostNamed = 8;  // each of them has the skill by its name

std::string skill_name(const std::vector<std::string>& candidates) {
  if (candidates.size() > kMostNamed)
    return candidates.front() + " or " + std::to_string(candidates.size() - 1) + " others";
  std::string name;
  for (const std::string& one : candidates) name += (name.empty() ? "" : " or ") + one;
  return name;
}

}  // namespace

bool has_choice(const TjpAllocation& allocation) { return allocation.candidates.size() > 1; }

bool is_by_skill(const TjpTask& task) {
  return std::count_if(task.allocations.begin(), task.allocations.end(), has_choice) > 1;
}

TjpSkills::TjpSkills(const TjpDocument& document) {
  std::map<std::string, int> num_of_name;
  for (const TjpTask& task : document.tasks) {
    if (!is_by_skill(task)) continue;
    for (const TjpAllocation& allocation : task.allocations) {
      if (!has_choice(allocation)) continue;
      const auto [known, is_new] = name_of_.insert({allocation.candidates, {}});
      if (!is_new) continue;
      std::string& name = known->second = skill_name(allocation.candidates);
      if (const int num = ++num_of_name[name]; num > 1) name += " (" + std::to_string(num) + ')';
      for (const std::string& one : known->first) of_[one].insert(name);
    }
  }
}

const std::string& TjpSkills::name_of(const TjpAllocation& allocation) const {
  return name_of_.at(allocation.candidates);
}

std::string TjpSkills::of(std::string_view resource) const {
  std::string cell;
  if (const auto known = of_.find(resource); known != of_.end()) {
    for (const std::string_view skill : known->second) cell.append(skill) += ';';
  }
  return cell;
}

}  // namespace diaodu::formats
