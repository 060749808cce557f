#include "diaodu/check/quality.h"

#include <algorithm>

#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {
namespace {

using FlawKind = QualityFlaw::Kind;
using QualityVerdict = QualityResult::Verdict;

constexpr std::int64_t kThousandths = 1000;
constexpr double kWhole = 10'000;        // hundredths of a percent
constexpr std::int64_t kUsualDay = 480;  // minutes, where no calendar says

bool is_hard(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::start_on:
    case ConstraintKind::finish_on:
    case ConstraintKind::start_on_or_before:
    case ConstraintKind::finish_on_or_before:
    case ConstraintKind::mandatory_start:
    case ConstraintKind::mandatory_finish:
      return true;
    case ConstraintKind::none:
    case ConstraintKind::start_on_or_after:
    case ConstraintKind::finish_on_or_after:
    case ConstraintKind::as_late_as_possible:
      return false;
  }
  return false;
}

/// Which ends of a task links hold, and which ends hold others; its own links and those of summaries above it.
struct Ends {
  bool start_is_held = false;
  bool finish_is_held = false;
  bool start_holds = false;
  bool finish_holds = false;

  bool has_predecessor() const { return start_is_held || finish_is_held; }
  bool has_successor() const { return start_holds || finish_holds; }
  void add(const Ends& other) {
    start_is_held |= other.start_is_held;
    finish_is_held |= other.finish_is_held;
    start_holds |= other.start_holds;
    finish_holds |= other.finish_holds;
  }
};

class Measure {
 public:
  Measure(const Plan& plan, const QualityEvidence& evidence)
      : plan_(plan), evidence_(evidence), times_(plan), states_(plan, times_) {
    for (std::size_t i = 0; i < kNumQualityPoints; ++i)
      quality_.points[i].point = static_cast<QualityPoint>(i);
    for (const TaskId task : plan.tasks.ids()) {
      if (!counts(task)) continue;
      tasks_.push_back(task);
      if (is_open(task)) open_.push_back(task);
    }
    quality_.num_open = open_.size();
    quality_.num_completed = tasks_.size() - open_.size();
  }

  Quality run() {
    measure_logic();
    measure_links();
    measure_constraints();
    measure_floats();
    measure_work();
    measure_dates();
    measure_baseline();
    measure_delay();
    measure_path();
    return std::move(quality_);
  }

 private:
  bool counts(TaskId task) const {
    return plan_.tasks[task].kind != TaskKind::summary && evidence_.dates[task].is_scheduled;
  }
  bool is_open(TaskId task) const { return states_[task].stage != TaskState::Stage::completed; }
  bool has_work(TaskId task) const { return plan_.tasks[task].kind == TaskKind::task; }
  QualityResult& at(QualityPoint point) { return quality_.points[static_cast<std::size_t>(point)]; }
  std::optional<Interval> baseline(TaskId task) const {
    return evidence_.baseline.empty() ? std::nullopt : evidence_.baseline[task];
  }

  /// True where the time is more than so many thousandths of a day of the task's calendar.
  bool is_beyond(WorkTime time, std::int64_t days, TaskId task) const {
    const Task& row = plan_.tasks[task];
    const CalendarId calendar = row.calendar ? row.calendar : plan_.calendar;
    const std::int64_t day = row.is_elapsed ? kMinutesPerDay
                             : calendar     ? plan_.calendars[calendar].day.count()
                                            : kUsualDay;
    return static_cast<__int128>(time.count()) * kThousandths > static_cast<__int128>(days) * day;
  }

  void judge(QualityPoint point, double value) {
    QualityResult& result = at(point);
    result.value = value;
    const std::optional<int> limit = plan_.quality[point];
    if (!limit) {
      result.verdict = QualityVerdict::not_judged;
      return;
    }
    const double threshold = *limit / kWhole;
    const bool is_kept = rule_of(point).is_least ? value >= threshold : value <= threshold;
    result.verdict = is_kept ? QualityVerdict::kept : QualityVerdict::broken;
  }

  /// A share of nothing is not applicable.
  void judge_share(QualityPoint point, std::size_t count, std::size_t of) {
    at(point).count = count;
    at(point).of = of;
    if (of > 0) judge(point, static_cast<double>(count) / static_cast<double>(of));
  }

  Table<TaskId, Ends> ends() const {
    Table<TaskId, Ends> own(plan_.tasks.size());
    for (const Link& link : plan_.links) {
      Ends& from = own[link.from];
      Ends& to = own[link.to];
      (leaves_from_start(link.type) ? from.start_holds : from.finish_holds) = true;
      (arrives_at_start(link.type) ? to.start_is_held : to.finish_is_held) = true;
    }
    Table<TaskId, Ends> all(plan_.tasks.size());
    for (const TaskId task : plan_.tasks.ids()) {
      for (TaskId above = task; above; above = plan_.tasks[above].parent) all[task].add(own[above]);
    }
    return all;
  }

  /// Of those without predecessor the one that begins the plan, of those without successor the one that ends it.
  struct OwnEnds {
    TaskId first;
    TaskId last;
  };
  OwnEnds own_ends(const Table<TaskId, Ends>& ends) const {
    OwnEnds own;
    for (const TaskId task : tasks_) {
      const PlannedDates& dates = evidence_.dates[task];
      if (!ends[task].has_predecessor() &&
          (!own.first || dates.start < evidence_.dates[own.first].start ||
           (dates.start == evidence_.dates[own.first].start && is_rather(task, own.first))))
        own.first = task;
      if (!ends[task].has_successor() &&
          (!own.last || dates.finish > evidence_.dates[own.last].finish ||
           (dates.finish == evidence_.dates[own.last].finish && is_rather(task, own.last))))
        own.last = task;
    }
    return own;
  }
  /// A milestone is rather meant to be an end of the plan than a task that happens to lie there.
  bool is_rather(TaskId task, TaskId than) const {
    return plan_.tasks[task].is_milestone() && !plan_.tasks[than].is_milestone();
  }

  void measure_logic() {
    const Table<TaskId, Ends> all = ends();
    const OwnEnds own = own_ends(all);
    QualityResult& result = at(QualityPoint::logic);
    std::size_t count = 0;
    for (const TaskId task : open_) {
      const Ends& held = all[task];
      const bool is_begun = states_[task].stage == TaskState::Stage::started;
      const bool lacks_first = !held.has_predecessor() && task != own.first;
      const bool lacks_next = !held.has_successor() && task != own.last;
      const auto add = [&](FlawKind kind) { result.flaws.push_back({.kind = kind, .task = task}); };
      if (lacks_first || lacks_next) {
        add(!lacks_next    ? FlawKind::no_predecessor
            : !lacks_first ? FlawKind::no_successor
                           : FlawKind::no_links);
        ++count;
        continue;
      }
      if (!has_work(task)) continue;
      if (!is_begun && held.has_predecessor() && !held.start_is_held) add(FlawKind::loose_start);
      if (held.has_successor() && !held.finish_holds) add(FlawKind::loose_finish);
    }
    judge_share(QualityPoint::logic, count, open_.size());
  }

  void measure_links() {
    std::size_t num_links = 0;
    std::size_t num_straight = 0;
    for (const LinkId id : plan_.links.ids()) {
      const Link& link = plan_.links[id];
      const bool is_summary = plan_.tasks[link.to].kind == TaskKind::summary;
      if (!is_summary && (!counts(link.to) || !is_open(link.to))) continue;
      ++num_links;
      const QualityFlaw flaw{.task = link.to, .link = id};
      const auto add = [&](QualityPoint point, FlawKind kind) {
        at(point).flaws.push_back(flaw);
        at(point).flaws.back().kind = kind;
      };
      if (link.lag.amount < 0) add(QualityPoint::leads, FlawKind::lead);
      if (link.lag.amount > 0) add(QualityPoint::lags, FlawKind::lag);
      if (link.type == LinkType::finish_to_start) {
        ++num_straight;
      } else {
        add(QualityPoint::link_types, FlawKind::link_type);
      }
    }
    for (const QualityPoint point : {QualityPoint::leads, QualityPoint::lags})
      judge_share(point, at(point).flaws.size(), num_links);
    judge_share(QualityPoint::link_types, num_straight, num_links);
  }

  void measure_constraints() {
    QualityResult& result = at(QualityPoint::hard_constraints);
    for (const TaskId task : open_) {
      const Task& row = plan_.tasks[task];
      const Constraint& hard =
          is_hard(row.constraint.kind) ? row.constraint : row.second_constraint;
      if (is_hard(hard.kind))
        result.flaws.push_back({.kind = FlawKind::constraint, .task = task, .constraint = hard});
    }
    judge_share(QualityPoint::hard_constraints, result.flaws.size(), open_.size());
  }

  void measure_floats() {
    QualityResult& high = at(QualityPoint::high_float);
    QualityResult& negative = at(QualityPoint::negative_float);
    for (const TaskId task : open_) {
      const PlannedDates& dates = evidence_.dates[task];
      if (!dates.has_float) continue;
      if (is_beyond(dates.total_float, plan_.quality.float_days, task))
        high.flaws.push_back(
            {.kind = FlawKind::high_float, .task = task, .time = dates.total_float});
      if (dates.total_float < WorkTime{}) {
        negative.flaws.push_back(
            {.kind = FlawKind::negative_float, .task = task, .time = dates.total_float});
      }
    }
    judge_share(QualityPoint::high_float, high.flaws.size(), open_.size());
    judge_share(QualityPoint::negative_float, negative.flaws.size(), open_.size());
  }

  /// Durations and resources of what has work.
  void measure_work() {
    Table<TaskId, char> is_loaded(plan_.tasks.size(), 0);
    bool is_any_loaded = !plan_.demands.empty();
    for (const Demand& demand : plan_.demands) is_loaded[demand.task] = 1;
    const auto add_cost = [&](TaskId task, Money cost) {
      if (cost == Money{}) return;
      is_loaded[task] = 1;
      is_any_loaded = true;
    };
    for (const TaskId task : plan_.tasks.ids()) add_cost(task, plan_.tasks[task].cost);
    for (const Mode& mode : plan_.modes) add_cost(mode.task, mode.cost);
    QualityResult& longer = at(QualityPoint::long_durations);
    QualityResult& resources = at(QualityPoint::resources);
    std::size_t num_with_work = 0;
    for (const TaskId task : open_) {
      if (!has_work(task)) continue;
      ++num_with_work;
      const WorkTime duration = duration_of(task);
      if (is_beyond(duration, plan_.quality.duration_days, task))
        longer.flaws.push_back({.kind = FlawKind::long_duration, .task = task, .time = duration});
      if (is_any_loaded && is_loaded[task] == 0)
        resources.flaws.push_back({.kind = FlawKind::no_resource, .task = task});
    }
    judge_share(QualityPoint::long_durations, longer.flaws.size(), num_with_work);
    judge_share(QualityPoint::resources, resources.flaws.size(),
                is_any_loaded ? num_with_work : std::size_t{0});
  }
  WorkTime duration_of(TaskId task) {
    if (duration_.empty()) {
      duration_ = Table<TaskId, WorkTime>(plan_.tasks.size());
      for (const TaskId id : plan_.tasks.ids()) duration_[id] = plan_.tasks[id].duration;
      // Of several ways the first, as for the critical path.
      Table<TaskId, char> is_known(plan_.tasks.size(), 0);
      for (const Mode& mode : plan_.modes) {
        if (is_known[mode.task] == 0) duration_[mode.task] = mode.duration;
        is_known[mode.task] = 1;
      }
    }
    return duration_[task];
  }

  void measure_dates() {
    if (!plan_.data_date) return;
    const Instant now = *plan_.data_date;
    QualityResult& result = at(QualityPoint::invalid_dates);
    for (const TaskId task : tasks_) {
      const TaskState state = states_[task];
      const PlannedDates& dates = evidence_.dates[task];
      const auto add = [&](FlawKind kind, Instant date) {
        result.flaws.push_back({.kind = kind, .task = task, .date = date, .other_date = now});
      };
      if (state.actual_start && *state.actual_start > now) {
        add(FlawKind::actual_in_future, *state.actual_start);
      } else if (state.actual_finish && *state.actual_finish > now) {
        add(FlawKind::actual_in_future, *state.actual_finish);
      } else if (state.stage == TaskState::Stage::not_started && is_before(dates.start, now)) {
        add(FlawKind::start_in_past, dates.start);
      } else if (state.stage == TaskState::Stage::started && is_before(dates.finish, now)) {
        add(FlawKind::finish_in_past, dates.finish);
      }
    }
    judge_share(QualityPoint::invalid_dates, result.flaws.size(), tasks_.size());
  }
  /// By work: an evening is the next morning.
  bool is_before(Instant date, Instant now) const {
    return date < now && times_.of_project().work_between(date, now) > WorkTime{};
  }

  void measure_baseline() {
    if (evidence_.baseline.empty() || !plan_.data_date) return;
    const Instant now = *plan_.data_date;
    std::size_t num_due = 0;
    std::size_t num_without = 0;
    QualityResult& missed = at(QualityPoint::missed_tasks);
    QualityResult& execution = at(QualityPoint::execution);
    for (const TaskId task : tasks_) {
      const std::optional<Interval> agreed = baseline(task);
      if (!agreed) {
        ++num_without;
        continue;
      }
      if (agreed->to > now) continue;
      ++num_due;
      const Instant finish = evidence_.dates[task].finish;
      const QualityFlaw flaw{.task = task, .date = finish, .other_date = agreed->to};
      if (is_later(finish, agreed->to, task) || is_open(task)) {
        missed.flaws.push_back(flaw);
        missed.flaws.back().kind = is_open(task) ? FlawKind::not_finished : FlawKind::finished_late;
      }
      if (is_open(task)) {
        execution.flaws.push_back(flaw);
        execution.flaws.back().kind = FlawKind::open_before_due;
      }
    }
    judge_share(QualityPoint::missed_tasks, missed.flaws.size(), num_due);
    judge_share(QualityPoint::execution, quality_.num_completed, num_due + num_without);
  }
  bool is_later(Instant finish, Instant than, TaskId task) const {
    return finish > than && times_.of(task, {}).work_between(than, finish) > WorkTime{};
  }

  void measure_delay() {
    if (!evidence_.delay || evidence_.delay->delay <= WorkTime{}) return;
    const DelayTest& test = *evidence_.delay;
    QualityResult& result = at(QualityPoint::critical_path_test);
    result.of = 1;
    judge(QualityPoint::critical_path_test,
          static_cast<double>(test.moved.count()) / static_cast<double>(test.delay.count()));
    if (result.verdict != QualityVerdict::broken) return;
    result.count = 1;
    result.flaws.push_back({.kind = FlawKind::not_followed,
                            .task = test.task,
                            .time = test.delay,
                            .other_time = test.moved,
                            .date = test.after,
                            .other_date = test.before});
  }

  void measure_path() {
    const Instant now = earliest_remaining(plan_);
    std::optional<Instant>& to_meet = quality_.to_meet;
    to_meet = plan_.must_finish;
    for (const TaskId task : tasks_) {
      if (plan_.must_finish) break;
      const std::optional<Interval> agreed = baseline(task);
      if (agreed && (!to_meet || agreed->to > *to_meet)) to_meet = agreed->to;
    }
    const Calendar& calendar = times_.of_project();
    quality_.path_length = calendar.work_between(now, evidence_.finish);
    if (!to_meet || open_.empty() || quality_.path_length <= WorkTime{}) return;
    quality_.path_float = calendar.work_between(evidence_.finish, *to_meet);
    judge(QualityPoint::critical_path_length,
          static_cast<double>((quality_.path_length + quality_.path_float).count()) /
              static_cast<double>(quality_.path_length.count()));
  }

  const Plan& plan_;
  const QualityEvidence& evidence_;
  WorkingTimes times_;
  TaskStates states_;
  std::vector<TaskId> tasks_;  // all that count
  std::vector<TaskId> open_;   // those that are not completed
  Table<TaskId, WorkTime> duration_;
  Quality quality_;
};

}  // namespace

Quality quality(const Plan& plan, const QualityEvidence& evidence) {
  return Measure(plan, evidence).run();
}

}  // namespace diaodu::check
