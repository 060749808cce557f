#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "diaodu/plan/work_pattern.h"

namespace diaodu::formats {

/// The hours at which somebody works, each kept once: those that are equal are one and the same, so that tasks of the
/// same people cost no copies and no comparisons.
class TjpPatterns {
 public:
  const WorkPattern* keep(WorkPattern hours);

  /// What lies in both, worked out once for each pair; not at all when fewer days are left than they name, and then
  /// it is the first.
  const WorkPattern* both(const WorkPattern* a, const WorkPattern* b, std::int64_t& days_left);

 private:
  std::unordered_multimap<std::size_t, std::unique_ptr<const WorkPattern>> kept_;
  std::map<std::pair<const WorkPattern*, const WorkPattern*>, const WorkPattern*> both_;
};

}  // namespace diaodu::formats
