#pragma once

#include "diaodu/cli/options.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/solve/answer.h"
#include "diaodu/track/record.h"
#include "diaodu/track/status.h"

namespace diaodu::cli {

/// How the answer says that things will go on.
track::Course course_of(const Plan& plan, const solve::Answer& answer);

/// What progress is measured against, and which tasks were critical in it: the baseline of the record or the file that
/// `--baseline` names; else the plan as it was before anything happened, levelled anew.  Errors go to the findings of
/// `read`.
struct Measure {
  track::Baseline baseline;
  std::vector<TaskId> critical;
  bool knows_critical = false;
};
Measure measure_of(formats::ReadPlan& read, const track::Record& record,
                   const solve::Answer& answer, const Options& options);

}  // namespace diaodu::cli
