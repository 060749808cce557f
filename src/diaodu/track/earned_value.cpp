#include "diaodu/track/earned_value.h"

#include <algorithm>
#include <cmath>

namespace diaodu::track {
namespace {

std::optional<double> ratio(Money a, Money b) {
  if (b == Money{}) return {};
  return static_cast<double>(a.count()) / static_cast<double>(b.count());
}

/// Nothing where money cannot hold it.  Long doubles have more digits than any money.
std::optional<Money> rounded(long double cents) {
  constexpr long double kMost = 4e18L;
  if (!(std::abs(cents) < kMost)) return {};
  return Money{std::llround(cents)};
}

std::optional<Money> sum(Money a, const std::optional<Money>& b) {
  if (!b) return {};
  return rounded(static_cast<long double>(a.count()) + static_cast<long double>(b->count()));
}

}  // namespace

std::optional<Money> EarnedValue::cost_variance() const {
  return has_actual ? std::optional(earned - actual) : std::nullopt;
}
std::optional<double> EarnedValue::schedule_performance() const { return ratio(earned, planned); }
std::optional<double> EarnedValue::cost_performance() const {
  return has_actual ? ratio(earned, actual) : std::nullopt;
}
std::optional<double> EarnedValue::share_planned() const { return ratio(planned, budget); }
std::optional<double> EarnedValue::share_earned() const { return ratio(earned, budget); }
std::optional<double> EarnedValue::share_spent() const {
  return has_actual ? ratio(actual, budget) : std::nullopt;
}

EarnedValue& EarnedValue::operator+=(const EarnedValue& other) {
  budget += other.budget;
  planned += other.planned;
  earned += other.earned;
  actual += other.actual;
  to_spend += other.to_spend;
  has_actual = has_actual || other.has_actual;
  return *this;
}

EstimatesAtCompletion estimates_at_completion(const EarnedValue& value) {
  EstimatesAtCompletion estimates;
  if (!value.has_actual) return estimates;
  const auto number = [](Money money) { return static_cast<long double>(money.count()); };
  const Money rest = value.budget - value.earned;
  estimates.by_budget = value.actual + rest;
  estimates.bottom_up = value.actual + value.to_spend;
  if (value.earned == Money{}) return estimates;
  // BAC / CPI = BAC x AC / EV, and where nothing was spent for what was earned, nothing can be said of the rest.
  if (value.actual == Money{}) return estimates;
  estimates.by_cost_performance =
      rounded(number(value.budget) * number(value.actual) / number(value.earned));
  if (value.planned == Money{}) return estimates;
  // (BAC - EV) / (CPI x SPI) = (BAC - EV) x AC x PV / EV^2
  const long double dear = number(value.actual) / number(value.earned);
  const long double slow = number(value.planned) / number(value.earned);
  estimates.by_both = sum(value.actual, rounded(number(rest) * dear * slow));
  return estimates;
}

Money estimate_to_complete(const EarnedValue& value, Money at_completion) {
  return at_completion - value.actual;
}

Money variance_at_completion(const EarnedValue& value, Money at_completion) {
  return value.budget - at_completion;
}

std::optional<double> to_complete_performance(const EarnedValue& value, Money total) {
  const Money left = total - value.actual;
  if (!value.has_actual || left <= Money{}) return {};
  return ratio(value.budget - value.earned, left);
}

std::optional<double> EarnedSchedule::performance() const {
  if (actual <= WorkTime{}) return {};
  return static_cast<double>(earned.count()) / static_cast<double>(actual.count());
}

std::optional<double> earned_periods(std::span<const Money> planned, Money earned) {
  if (planned.empty() || planned.back() <= Money{}) return {};
  if (earned <= Money{}) return 0;
  const auto reached = std::lower_bound(planned.begin(), planned.end(), earned);
  const auto full = static_cast<double>(reached - planned.begin());
  if (reached == planned.end()) return full;
  const Money before = reached == planned.begin() ? Money{} : *(reached - 1);
  const auto part = static_cast<double>((earned - before).count());
  return full + part / static_cast<double>((*reached - before).count());
}

}  // namespace diaodu::track
