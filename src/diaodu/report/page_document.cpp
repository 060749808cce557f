#include "diaodu/report/page_document.h"

#include <algorithm>
#include <vector>

#include "diaodu/check/schedule_check.h"
#include "diaodu/formats/settings.h"
#include "diaodu/report/milestones.h"
#include "diaodu/report/names.h"
#include "diaodu/report/objectives.h"
#include "diaodu/report/page_calendars.h"
#include "diaodu/report/page_findings.h"
#include "diaodu/report/page_outlook.h"
#include "diaodu/report/page_parts.h"
#include "diaodu/report/page_resources.h"
#include "diaodu/report/page_risk.h"
#include "diaodu/report/page_status.h"
#include "diaodu/report/page_tasks.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/verdict.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using solve::Answer;

/// Floats up to five days of the plan's calendar are nearly critical; in a benchmark instance up to a
/// twentieth of its length.
WorkTime nearly_critical(const Plan& plan, const Answer& answer) {
  constexpr std::int64_t kDays = 5;
  constexpr std::int64_t kPart = 20;
  if (!plan.is_abstract) return formats::calendar_of(plan, {}).day * kDays;
  const std::int64_t length = answer.has_schedule ? answer.makespan().count() : 0;
  return WorkTime{std::max<std::int64_t>(1, length / kPart)};
}

/// All dates that the page may show, and a few weeks of air to look around in.
Interval shown_range(const Plan& plan, const Answer& answer, const forecast::Forecast* forecast) {
  constexpr Elapsed kAir{35 * kMinutesPerDay};
  Interval range{plan.start, plan.start};
  const auto widen = [&range](Instant instant) {
    if (instant <= kEver || instant >= kNever) return;
    range.from = std::min(range.from, instant);
    range.to = std::max(range.to, instant);
  };
  if (plan.data_date) widen(*plan.data_date);
  widen(last_shown(forecast));
  if (answer.has_schedule) {
    for (const TaskId task : plan.tasks.ids()) {
      const Placement& placed = answer.schedule.placements[task];
      if (!placed.is_scheduled) continue;
      widen(placed.start);
      widen(placed.finish);
      widen(answer.dates[task].latest_finish);
      widen(plan.tasks[task].deadline);
      if (!answer.baseline.empty()) widen(answer.baseline[task]);
    }
  }
  return {range.from - kAir, range.to + kAir};
}

class PageDocument {
 public:
  PageDocument(const Plan& plan, const Answer& answer, const PageOptions& options)
      : plan_(plan), answer_(answer), options_(options), calendars_(plan), writer_(plan) {}

  std::string write() {
    json_.begin_object();
    json_.key("form").text("diaodu page 1");
    json_.key("by").text(options_.by);
    json_.key("language").text(options_.language == Language::chinese ? "zh" : "en");
    json_.key("watched").boolean(options_.watched);
    write_plan();
    write_answer();
    write_sentences();
    write_objectives();
    calendars_.write(writer_, shown_range(plan_, answer_, options_.forecast));
    write_page_tasks(writer_, plan_, answer_, calendars_);
    write_page_resources(writer_, plan_, answer_);
    write_milestones();
    write_page_outlook(writer_, plan_, options_.outlook);
    write_page_status(writer_, plan_, options_.status);
    write_page_risk(writer_, plan_, answer_.schedule, options_.forecast);
    write_references("critical_chain", answer_.critical_chain);
    write_paths();
    write_improvements();
    write_page_findings(writer_, answer_.findings);
    json_.end_object();
    return writer_.take();
  }

 private:
  bool is_there() const { return answer_.has_schedule; }
  Instant start() const { return answer_.start > kEver ? answer_.start : plan_.start; }

  void write_plan() {
    json_.key("plan").begin_object();
    writer_.pair("name", [&](Language language) { return title_of(plan_, language); });
    json_.key("abstract").boolean(plan_.is_abstract);
    json_.key("start");
    writer_.time(plan_.start);
    json_.key("data_date");
    writer_.time_or_null(plan_.data_date.value_or(kNever));
    json_.key("currency").text(plan_.currency);
    json_.key("zone").text(plan_.zone.name());
    json_.key("calendar").number(calendars_.of_plan());
    json_.key("num_tasks").number(plan_.tasks.size());
    json_.key("num_links").number(plan_.links.size());
    json_.key("num_resources").number(plan_.resources.size());
    json_.end_object();
  }

  void write_answer() {
    const bool has_bound =
        answer_.bound.finish > kEver && answer_.status != solve::Status::infeasible;
    json_.key("answer").begin_object();
    json_.key("status").text(name_of(answer_.status));
    json_.key("levelled").boolean(answer_.is_levelled);
    json_.key("scheduled").boolean(is_there());
    json_.key("cancelled").boolean(answer_.was_cancelled);
    json_.key("start");
    writer_.time(start());
    json_.key("finish");
    writer_.time_or_null(answer_.finish, is_there());
    json_.key("bound");
    writer_.time_or_null(answer_.bound.finish, has_bound);
    json_.key("verified");
    has_bound&& answer_.bound_verdict
        ? json_.boolean(*answer_.bound_verdict == check::BoundVerdict::verified)
        : json_.null();
    json_.key("gap");
    is_there() && has_bound ? writer_.share(answer_.gap()) : static_cast<void>(json_.null());
    write_cost();
    json_.key("seconds");
    writer_.seconds(answer_.seconds);
    json_.key("steps").number(answer_.steps);
    json_.key("near_critical").number(nearly_critical(plan_, answer_).count());
    write_moves();
    json_.end_object();
  }

  void write_cost() {
    constexpr double kHundredths = 100;
    const Money money = is_there() ? check::cost(plan_, answer_.schedule) : Money{};
    json_.key("cost");
    money == Money{} ? json_.null()
                     : json_.number(static_cast<double>(money.count()) / kHundredths);
  }

  void write_moves() {
    json_.key("moved");
    if (answer_.baseline.empty() || !is_there()) {
      json_.null();
      return;
    }
    const check::Moves& moves = answer_.moves;
    json_.begin_object();
    json_.key("compared").number(moves.num_compared);
    json_.key("moved").number(moves.num_moved);
    json_.key("total").number(moves.total.count());
    json_.key("largest").number(moves.largest.count());
    json_.key("farthest");
    writer_.reference(moves.farthest);
    json_.end_object();
  }

  void write_sentences() {
    json_.key("says").begin_object();
    const auto say_of = [&](std::string_view key, auto&& words) {
      writer_.pair(key, [&](Language language) { return words(plan_, answer_, language); });
    };
    say_of("headline", headline);
    say_of("length", length_words);
    say_of("gap", gap_words);
    say_of("why_no_earlier", proof_words);
    writer_.pair("moved", [&](Language language) {
      const bool is_compared = is_there() && !answer_.baseline.empty();
      return is_compared ? moves_in_words(plan_, answer_.moves, language) : std::string();
    });
    say_of("story", trouble_words);
    json_.end_object();
  }

  void write_objectives() {
    json_.key("objectives").begin_array();
    std::vector<ObjectiveRow> english;
    std::vector<ObjectiveRow> chinese;
    if (is_there()) {
      english = objective_rows(plan_, answer_, Language::english);
      chinese = objective_rows(plan_, answer_, Language::chinese);
    }
    for (std::size_t i = 0; i < english.size(); ++i) {
      const auto row = [&](Language language) -> const ObjectiveRow& {
        return language == Language::chinese ? chinese[i] : english[i];
      };
      json_.begin_object();
      json_.key("code").text(name_of(answer_.objectives[i]));
      writer_.pair("name", [&](Language language) { return row(language).name; });
      writer_.pair("value", [&](Language language) { return row(language).value; });
      writer_.pair("proof", [&](Language language) { return row(language).proof; });
      json_.key("proven").boolean(english[i].is_proven);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_references(std::string_view key, const std::vector<TaskId>& tasks) {
    writer_.list(key, tasks, [&](TaskId task) { json_.number(task.index()); });
  }

  void write_milestones() {
    const std::vector<TaskId> all =
        is_there() ? milestones(plan_, answer_.schedule) : std::vector<TaskId>();
    writer_.list("milestones", all, [&](TaskId task) {
      const Placement& placed = answer_.schedule.placements[task];
      json_.begin_object();
      json_.key("task").number(task.index());
      writer_.pair("deadline", [&](Language language) {
        return deadline_words(plan_, task, placed, language);
      });
      json_.key("missed").boolean(is_missed(plan_.tasks[task], placed));
      json_.end_object();
    });
  }

  void write_paths() {
    writer_.list("float_paths", answer_.float_paths, [&](const Answer::FloatPath& path) {
      json_.begin_object();
      json_.key("total_float").number(path.total_float.count());
      write_references("tasks", path.tasks);
      json_.end_object();
    });
  }

  void write_improvements() {
    json_.key("improvements").begin_array();
    for (const solve::Improvement& step : answer_.log) {
      if (step.finish >= kNever || step.finish <= kEver) continue;  // nothing was found yet
      json_.begin_object();
      json_.key("seconds");
      writer_.seconds(step.seconds);
      json_.key("finish");
      writer_.time(step.finish);
      json_.key("bound");
      writer_.time_or_null(step.bound);
      json_.end_object();
    }
    json_.end_array();
  }

  const Plan& plan_;
  const Answer& answer_;
  const PageOptions& options_;
  PageCalendars calendars_;
  PageWriter writer_;
  JsonWriter& json_ = writer_.json();
};

}  // namespace

std::string page_document(const Plan& plan, const Answer& answer, const PageOptions& options) {
  return PageDocument(plan, answer, options).write();
}

}  // namespace diaodu::report
