#include "diaodu/cli/for_page.h"

#include <algorithm>
#include <utility>

#include "diaodu/cli/measure.h"
#include "diaodu/cli/outlook.h"
#include "diaodu/core/civil.h"

namespace diaodu::cli {
namespace {

/// The same day of the month before; the 28th where that month may have none.
std::string month_before(const Plan& plan, Instant instant) {
  constexpr int kDayOfAllMonths = 28;
  constexpr std::size_t kDateLetters = 10;  // 2026-06-20
  const YearMonthDay date = year_month_day(plan.zone.to_local(instant).date());
  const int month = date.month == 1 ? 12 : date.month - 1;
  const int year = date.month == 1 ? date.year - 1 : date.year;
  const Date before = Date::from(year, month, std::min(date.day, kDayOfAllMonths));
  return to_string(LocalTime{before.days * kMinutesPerDay}).substr(0, kDateLetters);
}

}  // namespace

std::optional<report::ToldOutlook> outlook_for_page(RecordedPlan& recorded,
                                                    const solve::Answer& answer,
                                                    const Options& options) {
  const Plan& plan = recorded.read.plan;
  if (plan.targets.empty()) return std::nullopt;
  Instant latest = kEver;
  for (const track::Observation& each : recorded.record.observations) {
    if (each.published <= recorded.as_of) latest = std::max(latest, each.published);
  }
  if (latest <= kEver) return std::nullopt;
  Options asked = options;
  if (asked.since.empty()) asked.since = month_before(plan, latest);
  return outlook_with_progress(recorded, asked, answer.has_schedule ? &answer : nullptr);
}

std::optional<track::Status> status_for_page(RecordedPlan& recorded, const solve::Answer& answer,
                                             const Options& options) {
  const track::Record& record = recorded.record;
  const bool has_happened = !record.tasks.empty() || !record.costs.empty();
  if (!has_happened || !answer.has_schedule || status_of(answer) != 0) return std::nullopt;
  formats::ReadPlan& read = recorded.read;
  Measure measure = measure_of(read, record, answer, options);
  if (read.findings.has_errors()) return std::nullopt;
  return track::status(read.plan, record, course_of(read.plan, answer),
                       {.as_of = read.plan.data_date.value_or(read.plan.start),
                        .baseline = std::move(measure.baseline),
                        .was_critical = std::move(measure.critical),
                        .knows_critical = measure.knows_critical,
                        .days_ahead = options.days,
                        .tolerances = {}});
}

}  // namespace diaodu::cli
