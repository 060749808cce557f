#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "diaodu/core/decimal.h"
#include "diaodu/core/finding.h"
#include "diaodu/core/quantity.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

/// Other programs let a task need more of a resource than there ever is.  Nobody could level that: it gets all there is.
inline void tell_of_capped_demand(Findings& findings, Where where, std::string_view task,
                                  Amount needs, std::string_view resource, Amount most) {
  const std::string of(resource);
  const bool is_any = most > Amount{};
  findings.add(
      found::not_kept, std::move(where),
      {task,
       {"needs " + to_string(needs) + " of " + of + ", of which there are never more than " +
            to_string(most) + (is_any ? "; it takes all of it" : "; it gets none"),
        "需要 " + of + " " + to_string(needs) + "，但最多只有 " + to_string(most) +
            (is_any ? "；按全部占用处理" : "；该需求已忽略")}});
}

}  // namespace diaodu::formats
