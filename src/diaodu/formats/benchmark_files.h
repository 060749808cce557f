#pragma once

#include <string>
#include <string_view>

#include "diaodu/formats/plan_tables.h"

namespace diaodu::formats {

// The instances on which schedulers are compared.  They know no dates: the plan is abstract, begins
// at period 0 and counts periods around the clock.  Jobs become the tasks `1`, `2` ... in the
// file's order, those that take no time and need nothing milestones; resources are named `R1`
// (renewable), `N1` (used up), `D1` (renewable, with all that it ever gives in `D1-total`).  `file`
// names the file in findings, and the plan after its stem.
//
// A file that breaks its format is read up to that place, which a `benchmark_syntax` finding names.
// Time and memory stay in proportion to the bytes given, whatever numbers they claim.

/// The files of PSPLIB and MMLIB, as ProGen wrote them: `.sm` (a job has one mode) and `.mm`
/// (several). Release and due dates of the projects are not read.
ReadPlan read_psplib(std::string_view bytes, const std::string& file);

/// Patterson's format, `.rcp`: numbers only, in lines of any length.
ReadPlan read_patterson(std::string_view bytes, const std::string& file);

/// ProGen/max, `.sch`: least times between starts, where a negative one is the longest time the
/// other way round.  Jobs, numbered from 0 in the file, are numbered from 1 in the plan.  A longest
/// time goes into the link that states the least time of the same two jobs; where there is none, it
/// is a lead.
ReadPlan read_progen_max(std::string_view bytes, const std::string& file);

/// MPLIB, `.rcmp`: projects that share resources.  Each is a summary `1`, `2` ... of its jobs `1:1`,
/// `1:2` ..., released and due when the file says so.  Which resources a project uses its jobs' demands say.
ReadPlan read_mplib(std::string_view bytes, const std::string& file);

}  // namespace diaodu::formats
