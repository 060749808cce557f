#include "diaodu/track/status.h"

#include <algorithm>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/tree.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/track/budget.h"
#include "diaodu/track/earned_schedule.h"
#include "diaodu/track/earning.h"
#include "diaodu/track/facts.h"
#include "diaodu/track/light.h"
#include "diaodu/track/look_ahead.h"
#include "diaodu/track/periods.h"
#include "diaodu/track/shares.h"
#include "diaodu/track/slippage.h"

namespace diaodu::track {
namespace {

class Assessment {
 public:
  Assessment(const Plan& plan, const Record& record, const Course& course,
             const StatusRequest& request)
      : plan_(plan),
        course_(course),
        request_(request),
        as_of_(request.as_of),
        times_(plan),
        facts_(read_facts(plan, record, request.as_of)),
        costs_(plan, course.schedule),
        budget_(plan, times_, course.schedule, costs_, request.baseline, facts_.findings),
        earnings_(plan, times_, course.schedule, facts_, request.as_of),
        shares_(shares_at(plan, course.schedule, budget_, earnings_, request.as_of)) {}

  Status assess() {
    status_.as_of = as_of_;
    status_.baseline = request_.baseline.name;
    status_.baseline_dates = budget_.dates();
    status_.tasks = Table<TaskId, TaskStatus>(plan_.tasks.size());
    check_rules();
    for (const TaskId task : plan_.tasks.ids()) set_dates(task);
    roll_up_dates();
    set_values();
    set_critical();
    set_slips();
    set_schedule();
    set_periods();
    status_.ahead_until = as_of_ + Elapsed{kMinutesPerDay * std::max(0, request_.days_ahead)};
    status_.ahead = look_ahead(plan_, status_.tasks, {as_of_, status_.ahead_until});
    set_lights(plan_, request_, status_);
    status_.findings = std::move(facts_.findings);
    return std::move(status_);
  }

 private:
  void check_rules() {
    Table<TaskId, std::int64_t> weights(plan_.tasks.size(), 0);
    for (const Step& step : plan_.steps) weights[step.task] += step.weight;
    for (const TaskId task : plan_.tasks.ids()) {
      const bool needs_steps = plan_.tasks[task].earned_by == EarningRule::steps &&
                               plan_.tasks[task].kind != TaskKind::summary;
      if (needs_steps && weights[task] == 0)
        facts_.findings.add(found::rule_without_steps, {}, {plan_.tasks[task].id.str()});
    }
  }

  void set_dates(TaskId task) {
    TaskStatus& status = status_.tasks[task];
    const TaskFacts& known = facts_.tasks[task];
    const Placement& placed = course_.schedule.placements[task];
    status.stage = earnings_.stage(task);
    status.share = shares_[task];
    if (!known.reports.empty()) status.reported = known.reports.back().when;
    status.has_baseline = budget_.has(task);
    status.baseline = budget_.during(task);
    status.now = {placed.start, placed.finish};
    if (const auto start = earnings_.start(task)) status.now.from = *start;
    if (known.actual_finish) {
      status.now.to = *known.actual_finish;
    } else if (status.stage == Stage::started) {
      status.now.to = std::max({placed.is_scheduled ? placed.finish : as_of_, status.now.from});
    } else if (!placed.is_scheduled) {
      status.stage = Stage::left_out;
    }
    if (!course_.total_float.empty() && status.stage != Stage::completed)
      status.total_float = course_.total_float[task];
  }

  /// Summaries span what is below them, and are as far as that is.
  void roll_up_dates() {
    struct Span {
      Interval now{kNever, kEver};
      Interval baseline{kNever, kEver};
      std::optional<Instant> reported;
      bool is_any = false;
      bool is_begun = false;
      bool is_done = true;
    };
    Table<TaskId, Span> spans(plan_.tasks.size());
    for (const TaskId task : children_first(plan_)) {
      TaskStatus& status = status_.tasks[task];
      if (plan_.tasks[task].kind == TaskKind::summary) {
        const Span& span = spans[task];
        status.stage = !span.is_any    ? Stage::left_out
                       : span.is_done  ? Stage::completed
                       : span.is_begun ? Stage::started
                                       : Stage::not_started;
        if (span.is_any) status.now = span.now;
        status.reported = span.reported;
        if (!status.has_baseline && span.baseline.from <= span.baseline.to) {
          status.has_baseline = true;
          status.baseline = span.baseline;
        }
        if (status.stage == Stage::completed) status.total_float.reset();
      }
      const TaskId parent = plan_.tasks[task].parent;
      if (!parent) continue;
      Span& above = spans[parent];
      if (status.has_baseline) widen(above.baseline, status.baseline);
      if (status.stage == Stage::left_out) continue;
      widen(above.now, status.now);
      above.is_any = true;
      above.is_begun = above.is_begun || status.stage != Stage::not_started;
      above.is_done = above.is_done && status.stage == Stage::completed;
      if (status.reported)
        above.reported = std::max(above.reported.value_or(kEver), *status.reported);
    }
    status_.finish = plan_.start;
    for (const TaskId task : plan_.tasks.ids()) {
      const TaskStatus& status = status_.tasks[task];
      if (does_work(plan_.tasks[task]) && status.stage != Stage::left_out)
        status_.finish = std::max(status_.finish, status.now.to);
    }
  }

  static void widen(Interval& to_hold, const Interval& interval) {
    to_hold = {std::min(to_hold.from, interval.from), std::max(to_hold.to, interval.to)};
  }

  void set_values() {
    std::vector<EarnedValue> of_resource(plan_.resources.size() + 1);
    const auto number_of = [this](ResourceId resource) {
      return resource ? resource.index() : plan_.resources.size();
    };
    for (const Spending& spent : facts_.costs) {
      const EarnedValue value{.actual = spent.amount, .has_actual = true};
      status_.tasks[spent.task].value += value;
      of_resource[number_of(spent.resource)] += value;
    }
    for (const TaskId task : plan_.tasks.ids()) {
      TaskStatus& status = status_.tasks[task];
      const Share planned = budget_.share(task, as_of_);
      for (const CostLine& line : budget_.of(task)) {
        const EarnedValue value{.budget = line.cost,
                                .planned = part_of(line.cost, planned),
                                .earned = part_of(line.cost, status.share)};
        status.value += value;
        of_resource[number_of(line.resource)] += value;
      }
      if (status.stage == Stage::completed || status.stage == Stage::left_out) continue;
      for (const CostLine& line : costs_.of(task)) {
        const EarnedValue value{.to_spend = part_of(line.cost, still_to_do(task, line.resource))};
        status.value += value;
        of_resource[number_of(line.resource)] += value;
      }
    }
    for (const TaskId task : children_first(plan_)) {
      const TaskId parent = plan_.tasks[task].parent;
      (parent ? status_.tasks[parent].value : status_.value) += status_.tasks[task].value;
    }
    for (std::size_t i = 0; i < of_resource.size(); ++i) {
      if (of_resource[i] == EarnedValue{}) continue;
      const bool is_fixed = i == plan_.resources.size();
      status_.resources.push_back({is_fixed ? ResourceId{} : ResourceId{i}, of_resource[i]});
    }
  }

  /// Of what a line costs by the plan of now.  People and machines cost their remaining working time.
  Share still_to_do(TaskId task, ResourceId resource) const {
    const TaskStatus& status = status_.tasks[task];
    if (status.stage == Stage::not_started) return {1, 1};
    const Placement& placed = course_.schedule.placements[task];
    const WorkTime duration =
        placed.mode ? plan_.modes[placed.mode].duration : plan_.tasks[task].duration;
    const bool takes_time = resource && is_renewable(plan_.resources[resource].kind) &&
                            placed.is_scheduled && duration > WorkTime{};
    if (!takes_time) return {status.share.whole - status.share.done, status.share.whole};
    const WorkTime left =
        times_.of(task, placed.mode).work_between(std::max(placed.resumes, as_of_), placed.finish);
    return {std::max(WorkTime{}, left).count(), duration.count()};
  }

  void set_critical() {
    for (const TaskId task : request_.was_critical) status_.tasks[task].was_critical = true;
    for (const TaskId task : course_.critical) status_.tasks[task].is_critical = true;
    if (!request_.knows_critical) return;
    for (const TaskId task : outline(plan_)) {
      const TaskStatus& status = status_.tasks[task];
      const bool is_over = status.stage == Stage::completed || status.stage == Stage::left_out;
      if (!does_work(plan_.tasks[task]) || is_over) continue;
      if (status.is_critical && !status.was_critical) status_.new_critical.push_back(task);
      if (!status.is_critical && status.was_critical) status_.cleared_critical.push_back(task);
    }
  }

  void set_slips() {
    const Slippage slippage(plan_, times_, course_, as_of_, status_.tasks);
    Table<TaskId, Slip> slips = slippage.slips();
    if (status_.baseline_dates != Interval{})
      status_.slip = slippage.slip_of_plan(status_.baseline_dates.to, slips);
    for (const TaskId task : plan_.tasks.ids()) status_.tasks[task].slip = std::move(slips[task]);
  }

  bool is_all_done() const {
    return std::all_of(status_.tasks.begin(), status_.tasks.end(), [](const TaskStatus& each) {
      return each.stage == Stage::completed || each.stage == Stage::left_out;
    });
  }

  void set_schedule() {
    const Instant until = is_all_done() ? std::min(as_of_, status_.finish) : as_of_;
    status_.schedule = earned_schedule(budget_, times_.of_project(), status_.value.earned, until);
  }

  void set_periods() {
    if (plan_.is_abstract || status_.baseline_dates.is_empty()) return;
    Interval range = status_.baseline_dates;
    widen(range, {as_of_, as_of_});
    for (const Spending& spent : facts_.costs) widen(range, {within_day(spent), spent.when});
    for (const TaskId task : plan_.tasks.ids()) {
      if (const auto start = earnings_.start(task)) widen(range, {*start, *start});
    }
    const auto values = [this](const std::vector<Interval>& periods) {
      return period_values(plan_, course_.schedule, budget_, earnings_, facts_, as_of_, periods);
    };
    status_.months = values(months(range, plan_.zone));
    status_.weeks = values(weeks(range, plan_.zone));
    std::vector<Money> planned;
    for (const PeriodStatus& month : status_.months) {
      if (month.during.to > status_.baseline_dates.from) planned.push_back(month.planned_so_far);
    }
    status_.earned_months = earned_periods(planned, status_.value.earned);
  }

  const Plan& plan_;
  const Course& course_;
  const StatusRequest& request_;
  Instant as_of_;
  WorkingTimes times_;
  Facts facts_;
  TaskCosts costs_;
  Budget budget_;
  Earnings earnings_;
  Table<TaskId, Share> shares_;
  Status status_;
};

}  // namespace

Status status(const Plan& plan, const Record& record, const Course& course,
              const StatusRequest& request) {
  return Assessment(plan, record, course, request).assess();
}

}  // namespace diaodu::track
