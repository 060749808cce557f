#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "diaodu/core/zone.h"
#include "diaodu/forecast/target_year.h"
#include "diaodu/plan/plan.h"

namespace diaodu::forecast {

/// What the effects on a target add to the slots of a year.  `finishes(row, path)` is when the task of that row of
/// `Plan::effects` finishes; before `known_to` (the end of the last slot that is out) its effect is in the figures
/// already, and nothing is added.
///
/// A month gets `amount` for the share of it that lies after the finish, grown evenly over `ramp` months; a slot
/// the sum of its months, or their mean, or the last, as the year does.
template <class FinishOf>
Additions additions_of(const Plan& plan, TargetId target, const SlotCalendar& calendar, int year,
                       Target::Accrual accrual, Instant known_to, std::size_t num_paths,
                       FinishOf finish_of);

/// Months from the beginning of `year` to an instant, with a fraction.
double months_into(int year, Instant instant, const Zone& zone);

/// What a month (0 is January) gets of an effect that begins `start` months into the year.
double share_of_month(double start, int ramp, int month);

template <class FinishOf>
Additions additions_of(const Plan& plan, TargetId target, const SlotCalendar& calendar, int year,
                       Target::Accrual accrual, Instant known_to, std::size_t num_paths,
                       FinishOf finish_of) {
  Additions additions(num_paths * calendar.size(), 0.0);
  for (std::size_t row = 0; row < plan.effects.size(); ++row) {
    const Effect& effect = plan.effects[row];
    if (effect.target != target) continue;
    for (std::size_t path = 0; path < num_paths; ++path) {
      const Instant finish = finish_of(row, path);
      if (finish <= known_to || finish == kNever) continue;
      const double start = months_into(year, finish, plan.zone);
      for (std::size_t slot = 0; slot < calendar.size(); ++slot) {
        const auto& [first, last] = calendar.slots[slot];
        double sum = 0;
        for (int month = first - 1; month < last; ++month) {
          const double share = share_of_month(start, effect.ramp, month);
          sum = accrual == Target::Accrual::last ? share : sum + share;
        }
        if (accrual == Target::Accrual::mean) sum /= last - first + 1;
        additions[path * calendar.size() + slot] += effect.amount * sum;
      }
    }
  }
  return additions;
}

}  // namespace diaodu::forecast
