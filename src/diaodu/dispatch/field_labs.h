#pragma once

#include "diaodu/dispatch/field.h"

namespace diaodu::dispatch {

/// How outbreaks go, from the plan's cases; the days to come reach as far as `plan.testing` asks.
std::vector<Outbreak> find_outbreaks(const Plan& plan, std::uint64_t seed);

/// Need by place and day: from the table `testing`, else from the cases to come; how many samplers it takes and how many
/// are there, and how many tubes it makes.
std::vector<TestingDay> find_testing(const Plan& plan, const std::vector<Outbreak>& outbreaks,
                                     const Movement* movement);

/// Sends tubes to laboratories (where the table does not say: each lot to that which reports it first, lots in the order
/// in which they leave) and simulates each.  Completes `days` by who tests them and when the last result is there.
std::vector<LaboratoryOutcome> run_laboratories(const Plan& plan, std::vector<TestingDay>& days,
                                                std::uint64_t seed);

/// The laboratory as numbers, in minutes from `origin`.
Lab lab_of(const Plan& plan, LaboratoryId laboratory, Instant origin);

}  // namespace diaodu::dispatch
