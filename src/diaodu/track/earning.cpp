#include "diaodu/track/earning.h"

#include <algorithm>
#include <cmath>

namespace diaodu::track {
namespace {

constexpr std::int64_t kWhole = 100 * 100;  // hundredths of a percent

/// Between two shares, `done` of `all` minutes on the way.  Only the ends are exact.
Share between(const Share& from, const Share& to, std::int64_t done, std::int64_t all) {
  constexpr std::int64_t kParts = 1'000'000'000;
  const double way = static_cast<double>(done) / static_cast<double>(all);
  const double share = from.as_number() + (to.as_number() - from.as_number()) * way;
  return {std::llround(share * static_cast<double>(kParts)), kParts};
}

/// Whether a report says anything of how far a task is, by its rule.
bool tells(EarningRule rule, const TaskFacts::Report& report) {
  if (rule == EarningRule::physical) return report.physical_percent.has_value();
  if (rule == EarningRule::steps) return report.weight_done > 0;
  return report.remaining || report.percent;
}

}  // namespace

Earnings::Earnings(const Plan& plan, const WorkingTimes& times, const Schedule& schedule,
                   const Facts& facts, Instant as_of)
    : plan_(plan),
      facts_(facts),
      as_of_(as_of),
      weights_(plan.tasks.size(), 0),
      calendars_(plan.tasks.size()),
      points_(plan.tasks.size()) {
  for (const Step& step : plan.steps) weights_[step.task] += step.weight;
  for (const TaskId task : plan.tasks.ids()) {
    const ModeId mode = schedule.placements[task].mode;
    calendars_[task] = &times.of(task, mode);
    const WorkTime duration = mode ? plan.modes[mode].duration : plan.tasks[task].duration;
    points_[task] = points_of(task, duration, *calendars_[task]);
  }
}

std::vector<Earnings::Point> Earnings::points_of(TaskId task, WorkTime duration,
                                                 const Calendar& calendar) const {
  const TaskFacts& known = facts_.tasks[task];
  std::vector<Point> points;
  if (!known.actual_start && !known.actual_finish) return points;
  const Instant start =
      known.actual_start ? *known.actual_start : calendar.retreat(*known.actual_finish, duration);
  const EarningRule rule = plan_.tasks[task].earned_by;
  const bool is_stepwise = rule == EarningRule::zero_hundred || rule == EarningRule::fifty_fifty;
  const Share begun = rule == EarningRule::fifty_fifty ? Share{1, 2} : Share{};
  points.push_back({start, begun, true});
  if (!is_stepwise) {
    bool is_told = false;
    for (const TaskFacts::Report& report : known.reports) {
      if (!tells(rule, report)) continue;
      is_told = is_told || report.when >= start;
      const bool is_within =
          report.when > start && (!known.actual_finish || report.when < *known.actual_finish);
      if (is_within) points.push_back({report.when, by_rule(task, report, duration, calendar)});
      // Said on the day it began, before the first minute of work: that is where it starts from.
      if (report.when == start) points.front().share = by_rule(task, report, duration, calendar);
    }
    const bool is_assumed = rule == EarningRule::duration || rule == EarningRule::work;
    if (!is_told && is_assumed && !known.actual_finish && as_of_ > start)
      points.push_back({as_of_, by_rule(task, {.when = as_of_}, duration, calendar)});
  }
  if (known.actual_finish) points.push_back({*known.actual_finish, {1, 1}, is_stepwise});
  return points;
}

Share Earnings::by_rule(TaskId task, const TaskFacts::Report& report, WorkTime duration,
                        const Calendar& calendar) const {
  const auto percent = [](const std::optional<int>& said) {
    return Share{said.value_or(0), kWhole};
  };
  const TaskFacts& known = facts_.tasks[task];
  const Instant start = known.actual_start.value_or(report.when);
  const std::int64_t worked =
      std::max<std::int64_t>(0, calendar.work_between(start, report.when).count());
  switch (plan_.tasks[task].earned_by) {
    case EarningRule::zero_hundred:
      return {};
    case EarningRule::fifty_fifty:
      return {1, 2};
    case EarningRule::physical:
      return percent(report.physical_percent);
    case EarningRule::steps:
      return weights_[task] > 0 ? Share{report.weight_done, weights_[task]} : Share{};
    case EarningRule::duration: {
      if (!report.remaining && report.percent) return percent(report.percent);
      if (duration <= WorkTime{}) return {};
      const std::int64_t left =
          report.remaining ? report.remaining->count() : duration.count() - worked;
      return {std::clamp<std::int64_t>(duration.count() - left, 0, duration.count()),
              duration.count()};
    }
    case EarningRule::work: {
      if (!report.remaining && report.percent) return percent(report.percent);
      const std::int64_t left = report.remaining
                                    ? report.remaining->count()
                                    : std::max<std::int64_t>(0, duration.count() - worked);
      return worked + left > 0 ? Share{worked, worked + left} : Share{};
    }
  }
  return {};
}

Share Earnings::share(TaskId task, Instant when) const {
  const std::vector<Point>& points = points_[task];
  const auto after =
      std::upper_bound(points.begin(), points.end(), when,
                       [](Instant at, const Point& point) { return at < point.when; });
  if (after == points.begin()) return {};
  const Point& before = *(after - 1);
  if (after == points.end() || after->is_step) return before.share;
  const Calendar& calendar = *calendars_[task];
  const std::int64_t all = calendar.work_between(before.when, after->when).count();
  if (all <= 0) return before.share;
  return between(before.share, after->share, calendar.work_between(before.when, when).count(), all);
}

Stage Earnings::stage(TaskId task) const {
  if (facts_.tasks[task].actual_finish) return Stage::completed;
  return points_[task].empty() ? Stage::not_started : Stage::started;
}

std::optional<Instant> Earnings::start(TaskId task) const {
  if (points_[task].empty()) return {};
  return points_[task].front().when;
}

}  // namespace diaodu::track
