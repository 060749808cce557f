#pragma once

#include <optional>
#include <span>
#include <vector>

#include "diaodu/core/quantity.h"
#include "diaodu/core/time.h"

namespace diaodu::track {

/// Earned value of a task, a summary, a resource or a plan at the status date (PMI, Practice Standard for Earned
/// Value Management, 2011; its letters in brackets).  Money adds up: the value of a summary is the sum over its
/// children and its own fixed cost, of every field, to the cent.
///
///   earned <= budget,  planned <= budget
///
/// Ratios are nothing where they would be divided by nothing; no infinite number and no NaN leaves here.
struct EarnedValue {
  Money budget;   ///< at completion (BAC), of the baseline
  Money planned;  ///< of the work that should be done by now (PV)
  Money earned;   ///< of the work that is done (EV)
  Money actual;   ///< what was spent (AC)
  Money
      to_spend;  ///< what remains will cost, by the plan as it is now: bottom-up estimate to complete
  bool has_actual = false;  ///< somebody recorded a cost; else `actual` is unknown, not 0

  Money schedule_variance() const { return earned - planned; }  ///< SV = EV - PV
  std::optional<Money> cost_variance() const;                   ///< CV = EV - AC
  std::optional<double> schedule_performance() const;           ///< SPI = EV / PV
  std::optional<double> cost_performance() const;               ///< CPI = EV / AC
  std::optional<double> share_planned() const;                  ///< PV / BAC
  std::optional<double> share_earned() const;                   ///< EV / BAC
  std::optional<double> share_spent() const;                    ///< AC / BAC

  EarnedValue& operator+=(const EarnedValue& other);
  friend bool operator==(const EarnedValue&, const EarnedValue&) = default;
};

/// What it will have cost in the end (EAC).  Each supposes something else of the work that remains; rounded to the
/// cent, half away from zero.  Nothing where no cost is recorded, where it would be divided by nothing, or where
/// money cannot hold it.
struct EstimatesAtCompletion {
  std::optional<Money> by_cost_performance;  ///< goes on as dear as so far: BAC / CPI
  std::optional<Money> by_budget;            ///< costs what was planned: AC + (BAC - EV)
  std::optional<Money> by_both;              ///< as dear and as slow: AC + (BAC - EV) / (CPI x SPI)
  std::optional<Money> bottom_up;            ///< costs what the plan says now: AC + `to_spend`

  /// The one that is told where there is room for one: by cost performance, else by budget.
  std::optional<Money> usual() const {
    return by_cost_performance ? by_cost_performance : by_budget;
  }
};
EstimatesAtCompletion estimates_at_completion(const EarnedValue& value);

/// ETC = EAC - AC, and VAC = BAC - EAC.
Money estimate_to_complete(const EarnedValue& value, Money at_completion);
Money variance_at_completion(const EarnedValue& value, Money at_completion);

/// What performance the rest needs to end at `total` (the budget, or an estimate at completion):
/// TCPI = (BAC - EV) / (total - AC).  Nothing where no money is left: it cannot be reached.
std::optional<double> to_complete_performance(const EarnedValue& value, Money total);

/// Earned schedule (W. Lipke, "Schedule is Different", The Measurable News, 2003): at which time the plan would have
/// earned what is earned now.  Unlike SV in money it does not return to 0 at the end of a late plan.
///
/// Time is the plan's working time from the baseline's start:
///
///   SV(t) = ES - AT,   SPI(t) = ES / AT,   IEAC(t) = PD / SPI(t)
///
/// Planned value is known to the minute, so that ES need not be interpolated within a period; where the planned value
/// stands still, every instant would do, and the one nearest to the status date is taken (of a rest, its beginning).  So SV(t) = 0 exactly where
/// just what was planned is earned.
struct EarnedSchedule {
  Instant date;      ///< where the plan has planned what is earned now
  WorkTime earned;   ///< ES
  WorkTime actual;   ///< AT: to the status date, or to the actual finish of all
  WorkTime planned;  ///< PD: the baseline's duration
  std::optional<WorkTime> at_completion;  ///< IEAC(t)
  std::optional<Instant> finish;          ///< where that ends

  WorkTime variance() const { return earned - actual; }
  std::optional<double> performance() const;
};

/// The same as most people work it out, by hand: of the planned value cumulated to the end of each period, in
/// periods, linear within one.  ES = N + (EV - PV_N) / (PV_N+1 - PV_N), N the last period that is earned in full;
/// where the planned value stands still, the earliest.  Nothing if nothing is planned.
std::optional<double> earned_periods(std::span<const Money> planned, Money earned);

}  // namespace diaodu::track
