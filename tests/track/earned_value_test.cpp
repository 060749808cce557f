#include "diaodu/track/earned_value.h"

#include <array>
#include <cmath>

#include "support/property.h"
#include "track/status_case.h"

namespace diaodu::track {
namespace {

EarnedValue value_of(std::int64_t budget, std::int64_t planned, std::int64_t earned,
                     std::int64_t actual) {
  return {.budget = yuan(budget),
          .planned = yuan(planned),
          .earned = yuan(earned),
          .actual = yuan(actual),
          .to_spend = {},
          .has_actual = true};
}

TEST(EarnedValue, a_project_that_is_late_and_dear) {
  //  A wall of four sides, 1,000 each, one a day.  After three days PV = 3,000; two and a half sides stand,
  //  EV = 2,500; 3,125 were spent.
  const EarnedValue value = value_of(4000, 3000, 2500, 3125);
  EXPECT_EQ(value.schedule_variance(), yuan(-500));  // 2,500 - 3,000
  EXPECT_EQ(*value.cost_variance(), yuan(-625));     // 2,500 - 3,125
  EXPECT_DOUBLE_EQ(*value.schedule_performance(), 2500.0 / 3000);
  EXPECT_DOUBLE_EQ(*value.cost_performance(), 0.8);  // 2,500 / 3,125
  const EstimatesAtCompletion eac = estimates_at_completion(value);
  EXPECT_EQ(*eac.by_cost_performance, yuan(5000));  // 4,000 / 0.8
  EXPECT_EQ(*eac.by_budget, yuan(4625));            // 3,125 + (4,000 - 2,500)
  // 3,125 + 1,500 / (0.8 x 0.8333...) = 3,125 + 1,500 / 0.6666... = 3,125 + 2,250
  EXPECT_EQ(*eac.by_both, yuan(5375));
  EXPECT_EQ(*eac.usual(), yuan(5000));
  EXPECT_EQ(estimate_to_complete(value, yuan(5000)), yuan(1875));     // 5,000 - 3,125
  EXPECT_EQ(variance_at_completion(value, yuan(5000)), yuan(-1000));  // 4,000 - 5,000
  // The rest is 1,500 of work; of the budget 875 are left, of the estimate 1,875.
  EXPECT_DOUBLE_EQ(*to_complete_performance(value, value.budget), 1500.0 / 875);
  EXPECT_DOUBLE_EQ(*to_complete_performance(value, yuan(5000)),
                   0.8);  // as before: that is what it supposes
}

TEST(EarnedValue, a_project_that_is_early_and_cheap) {
  //  BAC 100,000; planned 40,000; earned 50,000; spent 40,000.
  const EarnedValue value = value_of(100'000, 40'000, 50'000, 40'000);
  EXPECT_EQ(value.schedule_variance(), yuan(10'000));
  EXPECT_EQ(*value.cost_variance(), yuan(10'000));
  EXPECT_DOUBLE_EQ(*value.schedule_performance(), 1.25);  // 50 / 40
  EXPECT_DOUBLE_EQ(*value.cost_performance(), 1.25);
  const EstimatesAtCompletion eac = estimates_at_completion(value);
  EXPECT_EQ(*eac.by_cost_performance, yuan(80'000));  // 100,000 / 1.25
  EXPECT_EQ(*eac.by_budget, yuan(90'000));            // 40,000 + 50,000
  EXPECT_EQ(*eac.by_both, yuan(72'000));              // 40,000 + 50,000 / 1.5625
}

TEST(EarnedValue, money_spent_before_anything_is_earned_divides_nothing_by_nothing) {
  //  500 spent, nothing done: CPI = 0 / 500 = 0, and BAC / CPI would be divided by 0.
  const EarnedValue value = value_of(4000, 0, 0, 500);
  EXPECT_DOUBLE_EQ(*value.cost_performance(), 0);
  EXPECT_FALSE(value.schedule_performance());  // nothing was planned yet
  const EstimatesAtCompletion eac = estimates_at_completion(value);
  EXPECT_FALSE(eac.by_cost_performance);
  EXPECT_FALSE(eac.by_both);
  EXPECT_EQ(*eac.by_budget, yuan(4500));
  EXPECT_EQ(*eac.usual(), yuan(4500));
}

TEST(EarnedValue, a_budget_that_is_spent_cannot_be_kept) {
  const EarnedValue value = value_of(1000, 1000, 800, 1000);
  EXPECT_FALSE(to_complete_performance(value, value.budget));
  EXPECT_DOUBLE_EQ(*to_complete_performance(value, yuan(1250)), 0.8);  // 200 / 250
}

TEST(EarnedValue, without_records_of_cost_nothing_is_said_of_cost) {
  EarnedValue value = value_of(1000, 500, 500, 0);
  value.has_actual = false;
  EXPECT_FALSE(value.cost_variance());
  EXPECT_FALSE(value.cost_performance());
  EXPECT_FALSE(estimates_at_completion(value).by_budget);
  EXPECT_FALSE(to_complete_performance(value, value.budget));
}

TEST(EarnedSchedule, months_are_earned_as_by_hand) {
  //  Planned by the end of months 1 ... 5: 100, 250, 450, 600, 700.  Earned by now: 300.
  //  Two months are earned in full (250 <= 300), and of the third 50 of 200:  ES = 2.25.
  const std::array planned = {yuan(100), yuan(250), yuan(450), yuan(600), yuan(700)};
  EXPECT_DOUBLE_EQ(*earned_periods(planned, yuan(300)), 2.25);
  EXPECT_DOUBLE_EQ(*earned_periods(planned, yuan(450)), 3);
  EXPECT_DOUBLE_EQ(*earned_periods(planned, yuan(0)), 0);
  EXPECT_DOUBLE_EQ(*earned_periods(planned, yuan(700)), 5);
  EXPECT_DOUBLE_EQ(*earned_periods(planned, yuan(50)), 0.5);
  EXPECT_FALSE(earned_periods({}, yuan(1)));
  const std::array nothing = {Money{}, Money{}};
  EXPECT_FALSE(earned_periods(nothing, Money{}));
}

/// Any amounts with earned and planned within the budget.
EarnedValue any_value() {
  const auto below = [](std::int64_t most) { return *rc::gen::inRange<std::int64_t>(0, most + 1); };
  const std::int64_t budget = below(2'000'000'000'00);
  return {.budget = Money{budget},
          .planned = Money{below(budget)},
          .earned = Money{below(budget)},
          .actual = Money{below(3'000'000'000'00)},
          .to_spend = Money{below(2'000'000'000'00)},
          .has_actual = true};
}

TEST(EarnedValue, identities_of_all_estimates) {
  holds(20'000, [] {
    const EarnedValue value = any_value();
    const EstimatesAtCompletion eac = estimates_at_completion(value);
    RC_ASSERT(*eac.by_budget == value.actual + value.budget - value.earned);
    RC_ASSERT(*eac.bottom_up == value.actual + value.to_spend);
    for (const auto& total : {eac.by_cost_performance, eac.by_budget, eac.by_both, eac.bottom_up}) {
      if (!total) continue;
      RC_ASSERT(value.actual + estimate_to_complete(value, *total) == *total);
      RC_ASSERT(variance_at_completion(value, *total) + *total == value.budget);
      const auto needed = to_complete_performance(value, *total);
      if (needed) RC_ASSERT(std::isfinite(*needed) && *needed >= 0);
    }
    // What costs the budget for the rest needs a performance of 1 for it.
    if (const auto needed = to_complete_performance(value, *eac.by_budget))
      RC_ASSERT(*needed == 1.0);
    const auto cost = value.cost_performance();
    if (eac.by_cost_performance && cost && *cost > 0) {
      // EAC = BAC / CPI, to the cent; ten digits are what a double of that size can show.
      const double plain = static_cast<double>(value.budget.count()) / *cost;
      RC_ASSERT(std::abs(plain - static_cast<double>(eac.by_cost_performance->count())) <=
                0.51 + plain * 1e-12);
    }
    // Exactly on schedule, being slow changes nothing: AC + (BAC - EV) / CPI = BAC / CPI.
    EarnedValue punctual = value;
    punctual.planned = value.earned;
    const EstimatesAtCompletion same = estimates_at_completion(punctual);
    RC_ASSERT(same.by_both.has_value() == same.by_cost_performance.has_value());
    if (same.by_both) RC_ASSERT(std::abs((*same.by_both - *same.by_cost_performance).count()) <= 1);
    for (const auto& ratio : {value.cost_performance(), value.schedule_performance(),
                              value.share_earned(), value.share_planned(), value.share_spent()}) {
      if (ratio) RC_ASSERT(std::isfinite(*ratio));
    }
  });
}

TEST(EarnedSchedule, by_the_month_agrees_with_walking_along_the_curve) {
  holds(10'000, [] {
    std::vector<Money> planned;
    Money sum;
    for (int i = *rc::gen::inRange(1, 12); i > 0; --i) {
      sum += Money{*rc::gen::inRange(0, 4) * 25};
      planned.push_back(sum);
    }
    if (sum == Money{}) return;
    const Money earned{*rc::gen::inRange<std::int64_t>(0, sum.count() + 1)};
    const double found = *earned_periods(planned, earned);
    // The slow twin: a hundredth of a month after the other, until the line has reached what is earned.
    const auto line = [&](double at) {
      const auto full = static_cast<std::size_t>(at);
      const double before = full > 0 ? static_cast<double>(planned[full - 1].count()) : 0;
      if (full >= planned.size()) return before;
      return before + (static_cast<double>(planned[full].count()) - before) *
                          (at - static_cast<double>(full));
    };
    int step = 0;
    while (line(step / 100.0) < static_cast<double>(earned.count()) - 1e-9) ++step;
    RC_ASSERT(found <= step / 100.0 + 1e-9);
    RC_ASSERT(found > (step - 1) / 100.0 - 1e-9);
  });
}

}  // namespace
}  // namespace diaodu::track
