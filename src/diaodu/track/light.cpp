#include "diaodu/track/light.h"

#include <algorithm>
#include <vector>

#include "diaodu/plan/tree.h"

namespace diaodu::track {
namespace {

using Kind = LightReason::Kind;

/// The task at or below one that lost the most.
struct Loss {
  Money money;
  TaskId task;

  void take(const Loss& other) {
    if (other.money > money) *this = other;
  }
};

struct Below {
  Loss cost;      ///< spent more than earned
  Loss schedule;  ///< earned less than planned
  std::size_t num_red = 0;
  TaskId first_red;
};

class Judge {
 public:
  Judge(const Plan& plan, const StatusRequest& request, Status& status)
      : plan_(plan), request_(request), status_(status), below_(plan.tasks.size()) {}

  void run() {
    for (const TaskId task : children_first(plan_)) {
      const bool is_summary = plan_.tasks[task].kind == TaskKind::summary;
      status_.tasks[task].light = is_summary ? of_summary(task) : of_task(task);
      pass_on(task, is_summary);
    }
    status_.light = of_plan();
  }

 private:
  void pass_on(TaskId task, bool is_summary) {
    const TaskStatus& status = status_.tasks[task];
    Below& own = below_[task];
    if (!is_summary) {
      const EarnedValue& value = status.value;
      if (value.has_actual) own.cost.take({value.actual - value.earned, task});
      own.schedule.take({value.planned - value.earned, task});
      if (status.light.light == Light::red) {
        own.num_red = 1;
        own.first_red = task;
      }
    }
    const TaskId parent = plan_.tasks[task].parent;
    Below& above = parent ? below_[parent] : whole_;
    above.cost.take(own.cost);
    above.schedule.take(own.schedule);
    above.num_red += own.num_red;
    if (!above.first_red) above.first_red = own.first_red;
  }

  TrafficLight of_task(TaskId task) const {
    const TaskStatus& status = status_.tasks[task];
    TrafficLight light;
    if (status.stage == Stage::left_out) return light;
    judge_dates(task, light);
    const EarningRule rule = plan_.tasks[task].earned_by;
    const bool earns_along = rule != EarningRule::zero_hundred && rule != EarningRule::fifty_fifty;
    judge_value(status.value, status.stage == Stage::completed || earns_along, {}, light);
    return finish(light, status);
  }

  TrafficLight of_summary(TaskId task) const {
    const TaskStatus& status = status_.tasks[task];
    TrafficLight light;
    if (status.stage == Stage::left_out) return light;
    judge_dates(task, light);
    judge_value(status.value, true, &below_[task], light);
    judge_below(below_[task], light);
    return finish(light, status);
  }

  TrafficLight of_plan() const {
    TrafficLight light;
    const Slip& slip = status_.slip;
    if (slip.total > WorkTime{}) {
      const auto planned = status_.schedule ? status_.schedule->planned : WorkTime{};
      const double allowed = request_.tolerances.red_slip *
                             static_cast<double>(std::max<std::int64_t>(1, planned.count()));
      const bool is_red = static_cast<double>(slip.total.count()) > allowed;
      add(light, {.kind = Kind::slips_from_baseline,
                  .light = is_red ? Light::red : Light::amber,
                  .time = slip.total,
                  .task = slip.root});
    }
    if (plan_.must_finish && status_.finish > *plan_.must_finish) {
      add(light, {.kind = Kind::deadline_will_miss,
                  .light = Light::red,
                  .date = status_.finish,
                  .other_date = *plan_.must_finish});
    }
    judge_value(status_.value, true, &whole_, light);
    judge_below(whole_, light);
    TaskStatus whole;
    const bool is_done =
        std::all_of(status_.tasks.begin(), status_.tasks.end(), [](const auto& each) {
          return each.stage == Stage::completed || each.stage == Stage::left_out;
        });
    whole.stage = is_done && !status_.tasks.empty() ? Stage::completed : Stage::started;
    whole.now.to = status_.finish;
    return finish(light, whole);
  }

  void judge_dates(TaskId id, TrafficLight& light) const {
    const Task& task = plan_.tasks[id];
    const TaskStatus& status = status_.tasks[id];
    const bool is_done = status.stage == Stage::completed;
    const Light if_critical = status.is_critical ? Light::red : Light::amber;
    if (task.deadline < kNever && status.now.to > task.deadline) {
      add(light, {.kind = is_done ? Kind::deadline_missed : Kind::deadline_will_miss,
                  .light = Light::red,
                  .date = status.now.to,
                  .other_date = task.deadline});
    }
    // Nobody reports of a hammock.
    if (is_done || task.is_hammock()) return;
    if (status.slip.total > WorkTime{}) add(light, slip_of(status));
    const bool is_summary = task.kind == TaskKind::summary;
    const bool is_due = status.has_baseline && status.baseline.to <= request_.as_of;
    if (is_due) {
      add(light, {.kind = Kind::not_finished, .light = if_critical, .date = status.baseline.to});
    } else if (status.has_baseline && status.stage == Stage::not_started && !is_summary &&
               status.baseline.from < request_.as_of) {
      add(light, {.kind = Kind::not_begun, .light = if_critical, .date = status.baseline.from});
    }
    const bool should_be_told =
        !is_summary && (status.stage == Stage::started ||
                        (status.has_baseline && status.baseline.from < request_.as_of));
    const Elapsed patience{kMinutesPerDay * request_.tolerances.days_without_report};
    const Instant silent_since =
        status.reported.value_or(status.has_baseline ? status.baseline.from : request_.as_of);
    if (should_be_told && request_.as_of - silent_since > patience) {
      add(light, {.kind = Kind::no_report,
                  .light = Light::amber,
                  .date = status.reported.value_or(kEver)});
    }
  }

  LightReason slip_of(const TaskStatus& status) const {
    LightReason reason{.kind = Kind::slips_from_baseline,
                       .light = Light::amber,
                       .time = status.slip.total,
                       .task = status.slip.root};
    if (!status.total_float) return reason;
    const bool has_float = *status.total_float > WorkTime{};
    reason.kind = has_float ? Kind::slips_within_float : Kind::slips_beyond_float;
    reason.other_time = *status.total_float;
    if (!has_float && status_.slip.total > WorkTime{}) reason.light = Light::red;
    return reason;
  }

  void judge_value(const EarnedValue& value, bool earns_along, const Below* below,
                   TrafficLight& light) const {
    const auto cost = value.cost_performance();
    if (cost && value.earned > Money{}) {
      if (const Light is = judge(*cost); is != Light::green) {
        add(light, {.kind = Kind::costs_more,
                    .light = is,
                    .ratio = *cost,
                    .money = below != nullptr ? below->cost.money : value.actual - value.earned,
                    .task = below != nullptr ? below->cost.task : TaskId{}});
      }
    }
    const auto schedule = value.schedule_performance();
    if (schedule && earns_along) {
      if (const Light is = judge(*schedule); is != Light::green) {
        add(light,
            {.kind = Kind::earns_less,
             .light = is,
             .ratio = *schedule,
             .money = below != nullptr ? below->schedule.money : value.planned - value.earned,
             .task = below != nullptr ? below->schedule.task : TaskId{}});
      }
    }
  }

  void judge_below(const Below& below, TrafficLight& light) const {
    if (below.num_red == 0) return;
    add(light, {.kind = Kind::worse_below,
                .light = Light::amber,
                .task = below.first_red,
                .count = below.num_red});
  }

  Light judge(double performance) const {
    if (performance < request_.tolerances.red_performance) return Light::red;
    return performance < request_.tolerances.amber_performance ? Light::amber : Light::green;
  }

  static void add(TrafficLight& light, const LightReason& reason) {
    light.reasons.push_back(reason);
  }

  TrafficLight finish(TrafficLight light, const TaskStatus& status) const {
    if (status.stage == Stage::completed) {
      add(light, {.kind = Kind::completed, .date = status.now.to});
    } else if (light.reasons.empty()) {
      add(light, {.kind = Kind::on_plan});
    }
    std::stable_sort(light.reasons.begin(), light.reasons.end(),
                     [](const auto& a, const auto& b) { return a.light > b.light; });
    light.light = light.reasons.front().light;
    return light;
  }

  const Plan& plan_;
  const StatusRequest& request_;
  Status& status_;
  Table<TaskId, Below> below_;
  Below whole_;
};

}  // namespace

void set_lights(const Plan& plan, const StatusRequest& request, Status& status) {
  Judge(plan, request, status).run();
}

}  // namespace diaodu::track
