#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/track/status.h"

namespace diaodu::report {

// What a status says, in words; and what its enumerations are called in documents for programs.

const Words& light_word(track::Light light);

/// `3 d later than the baseline (from 'Dig'); 2 d of float left`.  `task` is the one that has the light; none: the plan.
std::string reason_words(const Plan& plan, const track::LightReason& reason, TaskId task,
                         Language language);

/// All reasons of a light, the worst first: `a; b`.
std::string reasons_words(const Plan& plan, const track::TrafficLight& light, TaskId task,
                          Language language, std::size_t most = 100);

/// `3 d waiting for 'Dig'`, of a slip of `task`.
std::string cause_words(const Plan& plan, const track::Slip::Cause& cause, TaskId task,
                        Language language);

/// Working time in the days of the task (none: of the plan), with its sign: `-2 d`.
std::string signed_days(const Plan& plan, WorkTime time, TaskId task, Language language);

/// The same as a number of days, or of periods in a benchmark instance.
double number_of_days(const Plan& plan, WorkTime time, TaskId task);

const Words& entry_word(track::LookAhead::Entry::Kind kind);

std::string_view name_of(track::Light light);
std::string_view name_of(track::Stage stage);
std::string_view name_of(track::LightReason::Kind kind);
std::string_view name_of(track::Slip::Cause::Kind kind);
std::string_view name_of(track::LookAhead::Entry::Kind kind);
std::string_view name_of(EarningRule rule);

/// Two decimals; a dash where there is no such ratio.
std::string ratio_words(const std::optional<double>& ratio);

}  // namespace diaodu::report
