#pragma once

#include <algorithm>

#include "support/random_network.h"

namespace diaodu {

/// Anything may have happened by the data date, also before its predecessors allow it.
inline void add_progress(Plan& plan) {
  plan.data_date = plan.start + Elapsed{number(0, 30)};
  for (TaskId task : plan.tasks.ids()) {
    if (!one_in(3)) continue;
    Progress progress{.task = task};
    progress.actual_start = *plan.data_date - Elapsed{number(0, 30)};
    if (one_in(2) || plan.tasks[task].is_milestone()) {
      progress.actual_finish =
          std::min(*plan.data_date, *progress.actual_start + Elapsed{number(0, 12)});
      if (plan.tasks[task].is_milestone()) progress.actual_finish = progress.actual_start;
    } else {
      progress.remaining = WorkTime{number(0, 7)};
      if (one_in(4)) progress.resumes = *plan.data_date + Elapsed{number(0, 12)};
    }
    plan.progress.push_back(progress);
  }
}

}  // namespace diaodu
