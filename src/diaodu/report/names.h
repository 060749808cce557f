#pragma once

#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/forecast/outlook.h"
#include "diaodu/plan/objective.h"
#include "diaodu/plan/resource.h"
#include "diaodu/plan/task.h"
#include "diaodu/report/time_axis.h"
#include "diaodu/solve/answer.h"

namespace diaodu::report {

// What enumerations are called in documents for programs; stable, whatever the language.

std::string_view name_of(solve::ProofOutcome::Kind kind);
std::string_view name_of(solve::Status status);
std::string_view name_of(solve::LowerBound::Kind kind);
std::string_view name_of(solve::Reason::Kind kind);
std::string_view name_of(Objective objective);
std::string_view name_of(TaskKind kind);
std::string_view name_of(LinkType type);  ///< `FS`
std::string_view name_of(ResourceKind kind);
std::string_view name_of(Scale scale);
std::string_view name_of(Severity severity);
std::string_view name_of(forecast::TargetOutlook::Source source);

}  // namespace diaodu::report
