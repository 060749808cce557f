#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/tjp_document.h"

namespace diaodu::formats {

/// The allocation has alternatives.
bool has_choice(const TjpAllocation& allocation);

/// Several allocations of the task have alternatives: each becomes a skill, so that the same one is not chosen twice.
bool is_by_skill(const TjpTask& task);

/// The skills of such tasks; the same alternatives are the same skill.  The document must outlive it.
class TjpSkills {
 public:
  explicit TjpSkills(const TjpDocument& document);

  /// Named after those who have it; after the first of more than eight.
  const std::string& name_of(const TjpAllocation& allocation) const;

  /// Of a resource, as a cell: names with semicolons.
  std::string of(std::string_view resource) const;

 private:
  std::map<std::vector<std::string>, std::string> name_of_;
  std::map<std::string_view, std::set<std::string_view>> of_;
};

}  // namespace diaodu::formats
