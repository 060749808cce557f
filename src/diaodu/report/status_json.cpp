#include "diaodu/report/status_json.h"

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/json.h"
#include "diaodu/report/status_words.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using track::EarnedValue;
using track::Slip;
using track::Status;
using track::TaskStatus;

class StatusWriter {
 public:
  StatusWriter(JsonWriter& json, const Plan& plan, const Status& status, Language language)
      : json_(json), plan_(plan), status_(status), language_(language) {}

  void write() {
    json_.key("plan").text(title_of(plan_, language_));
    date("as_of", status_.as_of);
    write_baseline();
    date("finish", status_.finish);
    json_.key("currency").text(plan_.currency);
    write_light(status_.light, {});
    write_value(status_.value);
    write_schedule();
    write_slip(status_.slip, {});
    json_.key("tasks").begin_array();
    for (const TaskId task : outline(plan_)) write_task(task);
    json_.end_array();
    json_.key("resources").begin_array();
    for (const track::ResourceStatus& each : status_.resources) {
      json_.begin_object();
      json_.key("resource");
      each.resource ? json_.text(plan_.resources[each.resource].id) : json_.null();
      json_.key("name").text(each.resource ? display_name(plan_.resources[each.resource], language_)
                                           : words::status_fixed.in(language_));
      write_value(each.value);
      json_.end_object();
    }
    json_.end_array();
    write_periods("months", status_.months);
    write_periods("weeks", status_.weeks);
    write_ids("new_critical", status_.new_critical);
    write_ids("cleared_critical", status_.cleared_critical);
    write_ahead();
  }

 private:
  void date(std::string_view key, const std::optional<Instant>& instant) {
    json_.key(key);
    if (!instant || *instant >= kNever || *instant <= kEver) {
      json_.null();
    } else if (plan_.is_abstract) {
      json_.number((*instant - plan_.start).count());
    } else {
      json_.text(show(plan_, *instant));
    }
  }
  void money(std::string_view key, const std::optional<Money>& money) {
    json_.key(key);
    money ? json_.number(static_cast<double>(money->count()) / kCentsInOne) : json_.null();
  }
  void ratio(std::string_view key, const std::optional<double>& ratio) {
    json_.key(key);
    ratio ? json_.number(*ratio) : json_.null();
  }
  void time(std::string_view key, const std::optional<WorkTime>& time) {
    json_.key(key);
    time ? json_.number(time->count()) : json_.null();
  }
  void id(std::string_view key, TaskId task) {
    json_.key(key);
    task ? json_.text(plan_.tasks[task].id) : json_.null();
  }
  void write_ids(std::string_view key, const std::vector<TaskId>& tasks) {
    json_.key(key).begin_array();
    for (const TaskId task : tasks) json_.text(plan_.tasks[task].id);
    json_.end_array();
  }

  void write_baseline() {
    json_.key("baseline");
    if (status_.baseline_dates == Interval{}) {
      json_.null();
      return;
    }
    json_.begin_object();
    json_.key("name").text(status_.baseline);
    date("start", status_.baseline_dates.from);
    date("finish", status_.baseline_dates.to);
    json_.end_object();
  }

  void write_light(const track::TrafficLight& light, TaskId task) {
    json_.key("light").text(name_of(light.light));
    json_.key("reasons").begin_array();
    for (const track::LightReason& reason : light.reasons) {
      json_.begin_object();
      json_.key("kind").text(name_of(reason.kind));
      json_.key("light").text(name_of(reason.light));
      json_.key("words").text(reason_words(plan_, reason, task, language_));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_value(const EarnedValue& value) {
    const track::EstimatesAtCompletion eac = track::estimates_at_completion(value);
    const auto usual = eac.usual();
    json_.key("value").begin_object();
    money("bac", value.budget);
    money("pv", value.planned);
    money("ev", value.earned);
    money("ac", value.has_actual ? std::optional(value.actual) : std::nullopt);
    money("sv", value.schedule_variance());
    money("cv", value.cost_variance());
    ratio("spi", value.schedule_performance());
    ratio("cpi", value.cost_performance());
    json_.key("eac").begin_object();
    money("cpi", eac.by_cost_performance);
    money("budget", eac.by_budget);
    money("both", eac.by_both);
    money("bottom_up", eac.bottom_up);
    money("usual", usual);
    json_.end_object();
    money("etc", usual ? std::optional(estimate_to_complete(value, *usual)) : std::nullopt);
    money("vac", usual ? std::optional(variance_at_completion(value, *usual)) : std::nullopt);
    ratio("tcpi_bac", to_complete_performance(value, value.budget));
    ratio("tcpi_eac", usual ? to_complete_performance(value, *usual) : std::nullopt);
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
    date("date", schedule.date);
    time("earned", schedule.earned);
    time("actual", schedule.actual);
    time("planned", schedule.planned);
    time("variance", schedule.variance());
    ratio("performance", schedule.performance());
    time("at_completion", schedule.at_completion);
    date("finish", schedule.finish);
    ratio("months", status_.earned_months);
    json_.end_object();
  }

  void write_slip(const Slip& slip, TaskId task) {
    json_.key("slip").begin_object();
    time("total", slip.total);
    time("start", slip.start);
    id("root", slip.root);
    json_.key("causes").begin_array();
    for (const Slip::Cause& cause : slip.causes) {
      json_.begin_object();
      json_.key("kind").text(name_of(cause.kind));
      time("time", cause.time);
      id("task", cause.task);
      json_.key("resource");
      cause.resource ? json_.text(plan_.resources[cause.resource].id) : json_.null();
      json_.key("words").text(cause_words(plan_, cause, task, language_));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void write_task(TaskId number) {
    const Task& task = plan_.tasks[number];
    const TaskStatus& status = status_.tasks[number];
    json_.begin_object();
    json_.key("id").text(task.id);
    json_.key("name").text(display_name(task, language_));
    json_.key("owner").text(task.owner);
    json_.key("stage").text(name_of(status.stage));
    write_light(status.light, number);
    json_.key("earned_by");
    task.kind == TaskKind::summary ? json_.null() : json_.text(name_of(task.earned_by));
    json_.key("share").number(status.share.as_number());
    write_value(status.value);
    date("reported", status.reported);
    const bool is_there = status.stage != track::Stage::left_out;
    date("start", is_there ? std::optional(status.now.from) : std::nullopt);
    date("finish", is_there ? std::optional(status.now.to) : std::nullopt);
    date("baseline_start",
         status.has_baseline ? std::optional(status.baseline.from) : std::nullopt);
    date("baseline_finish", status.has_baseline ? std::optional(status.baseline.to) : std::nullopt);
    write_slip(status.slip, number);
    time("total_float", status.total_float);
    json_.key("critical").boolean(status.is_critical);
    json_.key("was_critical").boolean(status.was_critical);
    json_.end_object();
  }

  void write_periods(std::string_view key, const std::vector<track::PeriodStatus>& periods) {
    json_.key(key).begin_array();
    for (const track::PeriodStatus& each : periods) {
      json_.begin_object();
      date("from", each.during.from);
      date("to", each.during.to);
      json_.key("past").boolean(each.is_past);
      money("planned", each.planned);
      money("earned", each.earned);
      money("actual", each.actual);
      money("planned_so_far", each.planned_so_far);
      money("earned_so_far", each.earned_so_far);
      money("actual_so_far", each.actual_so_far);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_ahead() {
    json_.key("ahead").begin_object();
    date("until", status_.ahead_until);
    json_.key("owners").begin_array();
    for (const track::LookAhead& list : status_.ahead) {
      json_.begin_object();
      json_.key("owner").text(list.owner);
      json_.key("entries").begin_array();
      for (const track::LookAhead::Entry& entry : list.entries) {
        json_.begin_object();
        json_.key("kind").text(name_of(entry.kind));
        id("task", entry.task);
        json_.key("name").text(display_name(plan_.tasks[entry.task], language_));
        date("when", entry.when);
        date("expected", entry.expected);
        json_.end_object();
      }
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  JsonWriter& json_;
  const Plan& plan_;
  const Status& status_;
  Language language_;
};

}  // namespace

void write_status(JsonWriter& json, const Plan& plan, const Status& status, Language language) {
  StatusWriter(json, plan, status, language).write();
}

std::string status_json(const Plan& plan, const Status& status, const Findings& findings,
                        Language language) {
  JsonWriter json;
  json.begin_object();
  write_status(json, plan, status, language);
  write_findings_json(json, findings, language);
  json.end_object();
  return json.take();
}

std::string no_status_json(const Plan& plan, const Findings& findings, Language language) {
  JsonWriter json;
  json.begin_object();
  json.key("plan").text(title_of(plan, language));
  write_findings_json(json, findings, language);
  json.end_object();
  return json.take();
}

}  // namespace diaodu::report
