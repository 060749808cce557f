#include "diaodu/report/page_status.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/plan/tree.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/status_words.h"

namespace diaodu::report {
namespace {

using track::EarnedValue;
using track::Light;
using track::Slip;
using track::Status;
using track::TaskStatus;

class StatusPart {
 public:
  StatusPart(PageWriter& writer, const Plan& plan, const Status& status)
      : writer_(writer), json_(writer.json()), plan_(plan), status_(status) {}

  void write() {
    json_.key("status").begin_object();
    json_.key("as_of");
    writer_.time(status_.as_of);
    write_baseline();
    json_.key("finish");
    writer_.time_or_null(status_.finish);
    write_light(status_.light, {});
    json_.key("slip").number(status_.slip.total.count());
    write_stages();
    write_value();
    write_schedule();
    write_periods("months", status_.months);
    json_.key("weeks");
    status_.weeks.size() > kMostPageWeeks ? static_cast<void>(json_.null())
                                          : write_columns(status_.weeks);
    write_lights();
    write_slips();
    write_critical("new_critical", status_.new_critical);
    write_critical("cleared_critical", status_.cleared_critical);
    write_ahead();
    json_.end_object();
  }

 private:
  bool is_leaf(TaskId task) const { return plan_.tasks[task].kind != TaskKind::summary; }

  void money(std::string_view key, const std::optional<Money>& money) {
    json_.key(key);
    money ? json_.number(static_cast<double>(money->count()) / kCentsInOne) : json_.null();
  }
  void ratio(std::string_view key, const std::optional<double>& ratio) {
    json_.key(key);
    ratio ? writer_.figure(*ratio) : static_cast<void>(json_.null());
  }

  void write_baseline() {
    json_.key("baseline");
    if (status_.baseline_dates == Interval{}) {
      json_.null();
      return;
    }
    json_.begin_object();
    json_.key("name").text(status_.baseline);
    json_.key("start");
    writer_.time_or_null(status_.baseline_dates.from);
    json_.key("finish");
    writer_.time_or_null(status_.baseline_dates.to);
    json_.end_object();
  }

  /// Of a task; of none: of the plan.
  void write_light(const track::TrafficLight& light, TaskId task) {
    json_.key("light").text(name_of(light.light));
    writer_.list("reasons", light.reasons, [&](const track::LightReason& reason) {
      json_.begin_object();
      json_.key("light").text(name_of(reason.light));
      writer_.pair("words",
                   [&](Language language) { return reason_words(plan_, reason, task, language); });
      json_.end_object();
    });
  }

  void write_stages() {
    std::array<std::size_t, 4> stages{};
    for (const TaskId task : plan_.tasks.ids()) {
      if (is_leaf(task)) ++stages[static_cast<std::size_t>(status_.tasks[task].stage)];
    }
    json_.key("stages").begin_object();
    for (const auto stage :
         {track::Stage::completed, track::Stage::started, track::Stage::not_started}) {
      json_.key(name_of(stage)).number(stages[static_cast<std::size_t>(stage)]);
    }
    json_.end_object();
  }

  void write_value() {
    const EarnedValue& value = status_.value;
    json_.key("value");
    if (value.budget == Money{}) {
      json_.null();
      return;
    }
    const track::EstimatesAtCompletion eac = track::estimates_at_completion(value);
    json_.begin_object();
    money("bac", value.budget);
    money("pv", value.planned);
    money("ev", value.earned);
    money("ac", value.has_actual ? std::optional(value.actual) : std::nullopt);
    money("sv", value.schedule_variance());
    money("cv", value.cost_variance());
    ratio("spi", value.schedule_performance());
    ratio("cpi", value.cost_performance());
    ratio("tcpi", value.has_actual ? to_complete_performance(value, value.budget) : std::nullopt);
    money("eac", eac.usual());
    money("eac_by_cost_performance", eac.by_cost_performance);
    money("eac_by_budget", eac.by_budget);
    money("eac_by_both", eac.by_both);
    money("eac_bottom_up", eac.bottom_up);
    json_.end_object();
  }

  void write_schedule() {
    json_.key("schedule");
    if (!status_.schedule) {
      json_.null();
      return;
    }
    const track::EarnedSchedule& schedule = *status_.schedule;
    json_.begin_object();
    json_.key("earned").number(schedule.earned.count());
    json_.key("actual").number(schedule.actual.count());
    json_.key("planned").number(schedule.planned.count());
    ratio("performance", schedule.performance());
    json_.key("finish");
    writer_.time_or_null(schedule.finish.value_or(kNever));
    json_.end_object();
  }

  /// Sums up to the end of each; whole units of money are enough for a curve.
  void write_columns(const std::vector<track::PeriodStatus>& periods) {
    const auto sum = [&](Money money) {
      json_.number(std::llround(static_cast<double>(money.count()) / kCentsInOne));
    };
    const auto past = [&](bool is_told, Money money) {
      is_told ? sum(money) : static_cast<void>(json_.null());
    };
    json_.begin_object();
    writer_.list("from", periods, [&](const auto& each) { writer_.time(each.during.from); });
    writer_.list("to", periods, [&](const auto& each) { writer_.time(each.during.to); });
    writer_.list("planned", periods, [&](const auto& each) { sum(each.planned_so_far); });
    writer_.list("earned", periods,
                 [&](const auto& each) { past(each.is_past, each.earned_so_far); });
    writer_.list("actual", periods, [&](const auto& each) {
      past(each.is_past && status_.value.has_actual, each.actual_so_far);
    });
    json_.end_object();
  }
  void write_periods(std::string_view key, const std::vector<track::PeriodStatus>& periods) {
    json_.key(key);
    write_columns(periods);
  }

  /// The worst first; equal ones in the order of the outline.
  void write_lights() {
    std::vector<TaskId> tasks;
    for (const TaskId task : outline(plan_)) {
      if (is_leaf(task) && status_.tasks[task].light.light >= Light::amber) tasks.push_back(task);
    }
    const std::size_t num_all = tasks.size();
    const auto num_red = std::count_if(tasks.begin(), tasks.end(), [&](TaskId task) {
      return status_.tasks[task].light.light == Light::red;
    });
    std::stable_sort(tasks.begin(), tasks.end(), [&](TaskId a, TaskId b) {
      return status_.tasks[a].light.light > status_.tasks[b].light.light;
    });
    tasks.resize(std::min(num_all, kMostPageLights));
    writer_.list("lights", tasks, [&](TaskId task) {
      const TaskStatus& each = status_.tasks[task];
      json_.begin_object();
      json_.key("task").number(task.index());
      json_.key("share");
      writer_.share(each.share.as_number());
      write_light(each.light, task);
      json_.end_object();
    });
    json_.key("num_lights").number(num_all);
    json_.key("num_red").number(num_red);
  }

  /// What slips by itself first: the rest follows from it.
  void write_slips() {
    std::vector<TaskId> tasks;
    for (const TaskId task : plan_.tasks.ids()) {
      if (is_leaf(task) && status_.tasks[task].slip.total > WorkTime{}) tasks.push_back(task);
    }
    const std::size_t num_all = tasks.size();
    const auto rank = [&](TaskId task) {
      const Slip& slip = status_.tasks[task].slip;
      return std::pair(slip.root != task, -slip.total.count());
    };
    std::stable_sort(tasks.begin(), tasks.end(),
                     [&](TaskId a, TaskId b) { return rank(a) < rank(b); });
    tasks.resize(std::min(num_all, kMostPageSlips));
    writer_.list("slips", tasks, [&](TaskId task) {
      const TaskStatus& each = status_.tasks[task];
      json_.begin_object();
      json_.key("task").number(task.index());
      json_.key("total").number(each.slip.total.count());
      json_.key("root");
      writer_.reference(each.slip.root);
      json_.key("baseline");
      writer_.time_or_null(each.baseline.to);
      json_.key("now");
      writer_.time_or_null(each.now.to);
      writer_.list("causes", each.slip.causes, [&](const Slip::Cause& cause) {
        json_.begin_object();
        json_.key("kind").text(name_of(cause.kind));
        json_.key("time").number(cause.time.count());
        json_.key("task");
        writer_.reference(cause.task);
        writer_.pair("words",
                     [&](Language language) { return cause_words(plan_, cause, task, language); });
        json_.end_object();
      });
      json_.end_object();
    });
    json_.key("num_slips").number(num_all);
  }

  void write_critical(std::string_view key, const std::vector<TaskId>& tasks) {
    json_.key(key).begin_object();
    json_.key("count").number(tasks.size());
    json_.key("tasks").begin_array();
    for (std::size_t i = 0; i < std::min(tasks.size(), kMostPageCritical); ++i) {
      json_.number(tasks[i].index());
    }
    json_.end_array();
    json_.end_object();
  }

  void write_ahead() {
    json_.key("ahead_until");
    writer_.time_or_null(status_.ahead_until);
    std::size_t num_all = 0;
    std::size_t num_told = 0;
    json_.key("ahead").begin_array();
    for (const track::LookAhead& list : status_.ahead) {
      num_all += list.entries.size();
      if (num_told == kMostPageAhead || list.entries.empty()) continue;
      json_.begin_object();
      json_.key("owner").text(list.owner);
      json_.key("entries").begin_array();
      for (const track::LookAhead::Entry& entry : list.entries) {
        if (num_told == kMostPageAhead) break;
        ++num_told;
        json_.begin_object();
        json_.key("kind").text(name_of(entry.kind));
        json_.key("task").number(entry.task.index());
        json_.key("when");
        writer_.time_or_null(entry.when);
        json_.key("expected");
        writer_.time_or_null(entry.expected);
        json_.end_object();
      }
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
    json_.key("num_ahead").number(num_all);
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Plan& plan_;
  const Status& status_;
};

}  // namespace

void write_page_status(PageWriter& writer, const Plan& plan, const Status* status) {
  if (status == nullptr) {
    writer.json().key("status").null();
    return;
  }
  StatusPart(writer, plan, *status).write();
}

}  // namespace diaodu::report
