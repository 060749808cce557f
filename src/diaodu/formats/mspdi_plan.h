#pragma once

#include <string>

#include "diaodu/formats/mspdi_document.h"
#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

/// The plan that a document of Project tells, completed and validated.
ReadPlan mspdi_plan(const MspdiDocument& document, std::string file, Findings findings);

}  // namespace diaodu::formats
