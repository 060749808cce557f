#pragma once

#include <span>
#include <string>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"

namespace diaodu::report {

/// So much of a resource.
struct Share {
  ResourceId resource;
  Amount amount;
};

/// Who and what each task of a schedule uses: what its mode demands by name, and who fills its
/// demands for skills.
class Staff {
 public:
  Staff(const Plan& plan, const Schedule& schedule);

  std::span<const Share> of(TaskId task) const {
    return shares_.empty() ? std::span<const Share>() : std::span<const Share>(shares_[task]);
  }

  /// `Crane, Welders × 3`.
  std::string in_words(TaskId task, Language language) const;

 private:
  const Plan& plan_;
  Table<TaskId, std::vector<Share>> shares_;
};

}  // namespace diaodu::report
