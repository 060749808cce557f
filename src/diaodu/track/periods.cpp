#include "diaodu/track/periods.h"

#include <algorithm>

#include "diaodu/core/civil.h"
#include "diaodu/track/shares.h"

namespace diaodu::track {
namespace {

Instant midnight(Date date, const Zone& zone) { return zone.to_instant(LocalTime::at(date, 0)); }

/// Divisions one after the other, the first that of `date`, until `until` is reached.
template <class Next>
std::vector<Interval> divisions(Date date, Instant until, const Zone& zone, Next next) {
  std::vector<Interval> divisions;
  Instant from = midnight(date, zone);
  do {
    date = next(date);
    const Instant to = midnight(date, zone);
    divisions.push_back({from, to});
    from = to;
  } while (from < until);
  return divisions;
}

/// Money that came at some time, put into the period in which it did.
class Buckets {
 public:
  explicit Buckets(const std::vector<Interval>& periods) : periods_(periods) {}

  std::size_t period_of(Instant when) const {
    const auto after =
        std::upper_bound(periods_.begin(), periods_.end(), when,
                         [](Instant at, const Interval& period) { return at < period.from; });
    const auto number = static_cast<std::size_t>(after - periods_.begin());
    return number > 0 ? number - 1 : 0;
  }

  /// What grows from nothing at `from` to its end at `to`; `so_far` says how much there is at the end of a period.  What
  /// comes all at once where one period ends and the next begins belongs to the one that ends, as finishes do.
  template <class SoFar, class Take>
  void spread(Instant from, Instant to, SoFar so_far, Take take) const {
    Money before;
    for (std::size_t i = period_of(from - Elapsed{1}); i < periods_.size(); ++i) {
      const bool is_last = periods_[i].to >= to || i + 1 == periods_.size();
      const Money now = so_far(is_last ? to : periods_[i].to);
      if (now != before) take(i, now - before);
      before = now;
      if (is_last) return;
    }
  }

 private:
  const std::vector<Interval>& periods_;
};

}  // namespace

std::vector<Interval> months(const Interval& range, const Zone& zone) {
  const YearMonthDay first = year_month_day(zone.to_local(range.from).date());
  return divisions(Date::from(first.year, first.month, 1), range.to, zone, [](Date date) {
    const YearMonthDay at = year_month_day(date);
    constexpr int kMonths = 12;
    return at.month == kMonths ? Date::from(at.year + 1, 1, 1)
                               : Date::from(at.year, at.month + 1, 1);
  });
}

std::vector<Interval> weeks(const Interval& range, const Zone& zone) {
  const Date first = zone.to_local(range.from).date();
  constexpr int kDays = 7;
  return divisions(first - static_cast<int>(weekday(first)), range.to, zone,
                   [](Date date) { return date + kDays; });
}

std::vector<PeriodStatus> period_values(const Plan& plan, const Schedule& schedule,
                                        const Budget& budget, const Earnings& earnings,
                                        const Facts& facts, Instant as_of,
                                        const std::vector<Interval>& periods) {
  std::vector<PeriodStatus> values;
  for (const Interval& period : periods)
    values.push_back({.during = period, .is_past = period.from < as_of});
  if (values.empty()) return values;
  const Buckets buckets(periods);
  bool has_own_costs = false;
  for (const TaskId task : plan.tasks.ids()) {
    const auto lines = budget.of(task);
    if (lines.empty()) continue;
    const Interval& during = budget.during(task);
    const auto value_at = [&](const Share& share) {
      Money sum;
      for (const CostLine& line : lines) sum += part_of(line.cost, share);
      return sum;
    };
    buckets.spread(
        during.from, during.to, [&](Instant at) { return value_at(budget.share(task, at)); },
        [&](std::size_t period, Money more) { values[period].planned += more; });
    if (plan.tasks[task].kind == TaskKind::summary) {
      has_own_costs = true;
      continue;
    }
    const auto start = earnings.start(task);
    if (!start || *start > as_of) continue;
    buckets.spread(
        *start, as_of, [&](Instant at) { return value_at(earnings.share(task, at)); },
        [&](std::size_t period, Money more) { values[period].earned += more; });
  }
  if (has_own_costs) {
    Money before;
    for (PeriodStatus& period : values) {
      if (!period.is_past) break;
      const Instant at = std::min(period.during.to, as_of);
      const auto shares = shares_at(plan, schedule, budget, earnings, at);
      Money now;
      for (const TaskId task : plan.tasks.ids()) {
        if (plan.tasks[task].kind != TaskKind::summary) continue;
        for (const CostLine& line : budget.of(task)) now += part_of(line.cost, shares[task]);
      }
      period.earned += now - before;
      before = now;
    }
  }
  for (const Spending& spent : facts.costs) {
    PeriodStatus& period = values[buckets.period_of(within_day(spent))];
    period.actual += spent.amount;
    period.is_past = true;  // even where it begins at the status date
  }
  Money planned;
  Money earned;
  Money actual;
  for (PeriodStatus& period : values) {
    period.planned_so_far = planned += period.planned;
    period.earned_so_far = earned += period.earned;
    period.actual_so_far = actual += period.actual;
  }
  return values;
}

}  // namespace diaodu::track
