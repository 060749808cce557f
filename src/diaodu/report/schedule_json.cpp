#include "diaodu/report/schedule_json.h"

#include <string_view>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/json.h"
#include "diaodu/report/milestones.h"
#include "diaodu/report/names.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/staff.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using solve::Answer;
using solve::LowerBound;
using solve::Reason;

/// The document, and the terms in which it speaks.
class Document {
 public:
  Document(const Plan& plan, const Answer& answer, Language language)
      : plan_(plan), answer_(answer), language_(language) {}

  /// One task, and the chain of tasks that holds it there.
  std::string write_one(TaskId task) {
    json_.begin_object();
    text("status", name_of(answer_.status));
    json_.key("task");
    if (answer_.has_schedule) {
      write_task(task);
    } else {
      json_.null();
    }
    json_.key("chain").begin_array();
    if (answer_.has_schedule) {
      for (TaskId held : chain_back(answer_, task)) write_task(held);
    }
    json_.end_array();
    write_findings();
    json_.end_object();
    return json_.take();
  }

  std::string write() {
    json_.begin_object();
    write_head();
    write_objectives();
    write_moves();
    json_.key("tasks").begin_array();
    if (answer_.has_schedule) {
      for (TaskId task : plan_.tasks.ids()) write_task(task);
    }
    json_.end_array();
    write_ids("critical_chain", answer_.critical_chain);
    write_paths();
    write_log();
    write_findings();
    json_.end_object();
    return json_.take();
  }

 private:
  void date(std::string_view key, Instant instant, bool is_there = true) {
    json_.key(key);
    if (!is_there || instant >= kNever || instant <= kEver) {
      json_.null();
    } else if (plan_.is_abstract) {
      json_.number((instant - plan_.start).count());
    } else {
      json_.text(show(plan_, instant));
    }
  }
  void text(std::string_view key, std::string_view value) { json_.key(key).text(value); }
  void text_or_null(std::string_view key, std::string_view value) {
    json_.key(key);
    value.empty() ? json_.null() : json_.text(value);
  }
  void minutes(std::string_view key, std::int64_t count, bool is_there = true) {
    json_.key(key);
    is_there ? json_.number(count) : json_.null();
  }
  void write_ids(std::string_view key, const std::vector<TaskId>& tasks) {
    json_.key(key).begin_array();
    for (const TaskId task : tasks) json_.text(plan_.tasks[task].id);
    json_.end_array();
  }

  void write_head() {
    const bool has_bound =
        answer_.bound.finish > kEver && answer_.status != solve::Status::infeasible;
    text("plan", plan_.name);
    text("name_zh", plan_.name_zh);
    date("start", answer_.start);
    text("status", name_of(answer_.status));
    json_.key("levelled").boolean(answer_.is_levelled);
    date("finish", answer_.finish, answer_.has_schedule);
    minutes("makespan", answer_.makespan().count(), answer_.has_schedule);
    date("bound", answer_.bound.finish, has_bound);
    json_.key("bound_verified");
    has_bound&& answer_.bound_verdict
        ? json_.boolean(*answer_.bound_verdict == check::BoundVerdict::verified)
        : json_.null();
    json_.key("gap");
    answer_.has_schedule&& has_bound ? json_.number(answer_.gap()) : json_.null();
    text("text", headline(plan_, answer_, language_));
    json_.key("proof");
    has_bound ? write_proof() : static_cast<void>(json_.null());
    write_proof_log();
    json_.key("seconds").number(answer_.seconds);
    json_.key("seconds_to_best").number(answer_.seconds_to_best);
    json_.key("steps").number(answer_.steps);
    json_.key("seed").number(answer_.seed);
    json_.key("cancelled").boolean(answer_.was_cancelled);
  }

  /// Finishes are dates; tardiness and stability minutes of working time.
  void write_value(std::string_view key, Objective objective, const ObjectiveValues& values) {
    switch (objective) {
      case Objective::finish:
        date(key, values.finish);
        break;
      case Objective::tardiness:
        minutes(key, values.tardiness.count());
        break;
      case Objective::stability:
        minutes(key, values.stability.count());
        break;
    }
  }

  void write_objectives() {
    json_.key("objectives").begin_array();
    for (const Objective objective : answer_.objectives) {
      if (!answer_.has_schedule) break;
      json_.begin_object();
      text("objective", name_of(objective));
      write_value("value", objective, answer_.values);
      write_value("bound", objective, answer_.bounds);
      json_.key("proven").boolean(answer_.is_proven(objective));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_moves() {
    json_.key("baseline");
    if (answer_.baseline.empty() || !answer_.has_schedule) {
      json_.null();
      return;
    }
    const check::Moves& moves = answer_.moves;
    json_.begin_object();
    json_.key("compared").number(moves.num_compared);
    json_.key("moved").number(moves.num_moved);
    minutes("total", moves.total.count());
    minutes("largest", moves.largest.count());
    text_or_null("farthest",
                 moves.farthest ? plan_.tasks[moves.farthest].id.view() : std::string_view());
    json_.end_object();
  }

  void write_proof() {
    const LowerBound& bound = answer_.bound;
    json_.begin_object();
    text("kind", name_of(bound.kind));
    text("text", why_no_earlier(plan_, answer_, language_));
    date("finish", bound.finish);
    const bool is_packing = bound.kind == LowerBound::Kind::packing;
    if (is_packing || bound.kind == LowerBound::Kind::resource_load) {
      if (!is_packing) text("resource", plan_.resources[bound.resource].id);
      date("from", bound.during.from);
      date("to", bound.during.to);
      write_effort("work", bound.work, is_packing ? bound.limit : kOne.count());
      write_effort("room", bound.room, is_packing ? bound.limit : kOne.count());
    }
    if (bound.kind != LowerBound::Kind::search) write_ids("tasks", bound.tasks);
    if (!bound.hours_of.empty()) write_ids("hours_of", bound.hours_of);
    if (is_packing) {
      json_.key("weights").begin_array();
      for (const std::int64_t weight : bound.weights) json_.number(weight);
      json_.end_array();
      json_.key("limit").number(bound.limit);
    }
    json_.end_object();
  }

  void write_proof_log() {
    const solve::ProofOutcome& log = answer_.proof_log;
    json_.key("proof_log");
    if (log.kind == solve::ProofOutcome::Kind::not_asked) {
      json_.null();
      return;
    }
    json_.begin_object();
    text("state", name_of(log.kind));
    date("finish", log.finish, log.is_written() && !log.is_infeasible);
    json_.key("infeasible").boolean(log.is_infeasible);
    json_.key("bytes").number(log.bytes);
    json_.end_object();
  }

  /// Minutes of `one`: one unit of the resource, or the limit of a packing.
  void write_effort(std::string_view key, Effort effort, std::int64_t one) {
    json_.key(key).number(static_cast<double>(effort.count()) / static_cast<double>(one));
  }

  void write_task(TaskId task) {
    const Task& row = plan_.tasks[task];
    const Placement& placed = answer_.schedule.placements[task];
    const solve::TaskDates& dates = answer_.dates[task];
    const bool is_there = placed.is_scheduled;
    json_.begin_object();
    text("id", row.id);
    text("name", display_name(row, language_));
    text("kind", name_of(row.kind));
    date("start", placed.start, is_there);
    date("finish", placed.finish, is_there);
    date("earliest_start", dates.earliest_start, is_there);
    date("earliest_finish", dates.earliest_finish, is_there);
    date("latest_start", dates.latest_start, is_there && dates.has_float);
    date("latest_finish", dates.latest_finish, is_there && dates.has_float);
    minutes("total_float", dates.total_float.count(), is_there && dates.has_float);
    minutes("free_float", dates.free_float.count(), is_there && dates.has_float);
    json_.key("critical").boolean(is_there && dates.is_critical);
    text_or_null("mode", placed.mode ? plan_.modes[placed.mode].id.view() : std::string_view());
    if (has_deadline(row)) {
      date("deadline", row.deadline);
      json_.key("missed").boolean(is_there && is_missed(row, placed));
    }
    if (!answer_.baseline.empty()) {
      date("baseline_start", answer_.baseline[task]);
      minutes("moved", moved_[task].count());
    }
    write_staff(task);
    write_why(task);
    json_.end_object();
  }

  void write_staff(TaskId task) {
    json_.key("resources").begin_array();
    for (const Share& share : staff_.of(task)) {
      json_.begin_object();
      text("id", plan_.resources[share.resource].id);
      json_.key("amount").number(static_cast<double>(share.amount.count()) /
                                 static_cast<double>(kOne.count()));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_why(TaskId task) {
    const Reason& reason = answer_.reasons[task];
    json_.key("why").begin_object();
    text("kind", name_of(reason.kind));
    text("text", why_line(plan_, answer_, task, language_));
    if (reason.by) text("by", plan_.tasks[reason.by].id);
    if (reason.kind == Reason::Kind::link) text("link", name_of(plan_.links[reason.link].type));
    if (reason.kind == Reason::Kind::resource) {
      text("resource", plan_.resources[reason.resource].id);
      write_ids("tasks", reason.tasks);
    }
    const bool has_date =
        reason.kind == Reason::Kind::resource || reason.kind == Reason::Kind::calendar ||
        reason.kind == Reason::Kind::start_date || reason.kind == Reason::Kind::finish_date ||
        reason.kind == Reason::Kind::mandatory;
    if (has_date) date("date", reason.date);
    json_.key("waits_for_calendar").boolean(reason.waits_for_calendar);
    json_.end_object();
  }

  void write_paths() {
    json_.key("float_paths").begin_array();
    for (const Answer::FloatPath& path : answer_.float_paths) {
      json_.begin_object();
      minutes("total_float", path.total_float.count());
      write_ids("tasks", path.tasks);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_log() {
    json_.key("log").begin_array();
    for (const solve::Improvement& step : answer_.log) {
      json_.begin_object();
      json_.key("seconds").number(step.seconds);
      json_.key("steps").number(step.steps);
      date("finish", step.finish);
      date("bound", step.bound);
      for (const Objective objective : {Objective::tardiness, Objective::stability}) {
        if (!answer_.wants(objective)) continue;
        const bool is_late = objective == Objective::tardiness;
        minutes(name_of(objective), (is_late ? step.tardiness : step.stability).count());
      }
      json_.end_object();
    }
    json_.end_array();
  }

  void write_findings() { write_findings_json(json_, answer_.findings, language_); }

  const Plan& plan_;
  const Answer& answer_;
  Language language_;
  Staff staff_{plan_, answer_.schedule};
  Table<TaskId, WorkTime> moved_ =
      check::moves_of_tasks(plan_, answer_.schedule, answer_.baseline);  // none without a baseline
  JsonWriter json_;
};

}  // namespace

std::string schedule_json(const Plan& plan, const Answer& answer, Language language) {
  return Document(plan, answer, language).write();
}

std::string why_json(const Plan& plan, const Answer& answer, TaskId task, Language language) {
  return Document(plan, answer, language).write_one(task);
}

}  // namespace diaodu::report
