#include "diaodu/report/page_tasks.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "diaodu/plan/progress.h"
#include "diaodu/plan/tree.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/report/lag.h"
#include "diaodu/report/names.h"
#include "diaodu/report/page_progress.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/staff.h"

namespace diaodu::report {
namespace {

using solve::Answer;
using solve::Reason;

/// The plan with `{t12}` for the name of task 12, and `{r3}` for that of resource 3.
Plan with_references(const Plan& plan) {
  Plan named = plan;
  named.texts = std::make_shared<TextPool>();
  const auto refer = [&named](auto& row, std::string_view kind, std::size_t index) {
    row.name = named.text('{' + std::string(kind) + std::to_string(index) + '}');
    row.name_zh = {};
  };
  for (const TaskId task : named.tasks.ids()) refer(named.tasks[task], "t", task.index());
  for (const ResourceId resource : named.resources.ids()) {
    refer(named.resources[resource], "r", resource.index());
  }
  return named;
}

/// What the columns are written from.
class TaskPart {
 public:
  TaskPart(PageWriter& writer, const Plan& plan, const Answer& answer,
           const PageCalendars& calendars)
      : writer_(writer),
        json_(writer.json()),
        plan_(plan),
        answer_(answer),
        calendars_(calendars),
        times_(plan),
        states_(plan, times_),
        staff_(plan, answer.schedule),
        work_(plan.tasks.size()),
        baseline_finish_(plan.tasks.size(), kNever) {
    if (!answer.has_schedule) return;
    done_ = done_of(plan, answer.schedule, states_);
    for (const TaskId task : plan.tasks.ids()) {
      const Placement& placed = placed_at(task);
      if (placed.is_scheduled) {
        work_[task] = times_.of(task, placed.mode).work_between(placed.start, placed.finish);
      }
    }
    if (!answer.baseline.empty()) find_baseline_finishes();
  }

  void write_tasks() {
    json_.key("tasks").begin_object();
    write_names();
    write_dates();
    write_floats();
    write_targets();
    write_reasons();
    json_.end_object();
  }

  void write_links() {
    json_.key("links").begin_object();
    link_column("from", [&](LinkId link) { json_.number(plan_.links[link].from.index()); });
    link_column("to", [&](LinkId link) { json_.number(plan_.links[link].to.index()); });
    link_column("type", [&](LinkId link) { json_.text(name_of(plan_.links[link].type)); });
    link_column("lag", [&](LinkId link) { write_lag(plan_.links[link]); });
    link_column("driving", [&](LinkId link) { flag(drives(link)); });
    json_.end_object();
  }

 private:
  /// A column whose entries are all the same has one, unless the rows are counted by it.
  template <class Rows, class Write>
  void write_column(std::string_view name, const Rows& rows, bool is_counted, Write&& write) {
    json_.key(name).begin_array();
    json_.watch_entries();
    if (answer_.has_schedule) {
      for (const auto row : rows.ids()) {
        write(row);
        json_.note_entry();
      }
    }
    if (!is_counted) json_.fold_entries();
    json_.end_array();
  }
  template <class Write>
  void column(std::string_view name, Write&& write) {
    write_column(name, plan_.tasks, name == "id", std::forward<Write>(write));
  }
  template <class Write>
  void link_column(std::string_view name, Write&& write) {
    write_column(name, plan_.links, name == "from", std::forward<Write>(write));
  }
  void flag(bool is_set) { json_.number(is_set ? 1 : 0); }

  const Placement& placed_at(TaskId task) const { return answer_.schedule.placements[task]; }
  bool is_there(TaskId task) const { return placed_at(task).is_scheduled; }
  bool has_float(TaskId task) const { return is_there(task) && answer_.dates[task].has_float; }
  bool is_summary(TaskId task) const { return plan_.tasks[task].kind == TaskKind::summary; }

  /// A baseline knows starts only: from there on the task takes what it takes now.
  void find_baseline_finishes() {
    for (const TaskId task : children_first(plan_)) {
      const Instant start = answer_.baseline[task];
      if (is_summary(task) || start >= kNever || !is_there(task)) continue;
      const Instant finish = times_.of(task, placed_at(task).mode).advance(start, work_[task]);
      baseline_finish_[task] = finish;
      for (TaskId above = plan_.tasks[task].parent; above; above = plan_.tasks[above].parent) {
        Instant& latest = baseline_finish_[above];
        if (finish < kNever && (latest >= kNever || finish > latest)) latest = finish;
      }
    }
  }

  void write_names() {
    column("id", [&](TaskId task) { json_.text(plan_.tasks[task].id); });
    column("name",
           [&](TaskId task) { json_.text(display_name(plan_.tasks[task], Language::english)); });
    column("name_zh", [&](TaskId task) {
      const Task& row = plan_.tasks[task];
      const std::string_view name = display_name(row, Language::chinese);
      name == display_name(row, Language::english) ? json_.null() : json_.text(name);
    });
    column("kind", [&](TaskId task) { json_.text(name_of(plan_.tasks[task].kind)); });
    column("parent", [&](TaskId task) { writer_.reference(plan_.tasks[task].parent); });
    column("owner", [&](TaskId task) { json_.text(plan_.tasks[task].owner); });
    column("calendar", [&](TaskId task) { json_.number(calendars_.of(task)); });
  }

  void write_dates() {
    const auto date = [&](TaskId task, Instant instant) {
      writer_.time(is_there(task) ? instant : answer_.start);
    };
    column("scheduled", [&](TaskId task) { flag(is_there(task)); });
    column("start", [&](TaskId task) { date(task, placed_at(task).start); });
    column("finish", [&](TaskId task) { date(task, placed_at(task).finish); });
    column("resumes", [&](TaskId task) {
      const Placement& placed = placed_at(task);
      writer_.time_or_null(placed.resumes,
                           is_there(task) && !is_summary(task) && placed.resumes > placed.start);
    });
    column("work", [&](TaskId task) { json_.number(work_[task].count()); });
    column("percent", [&](TaskId task) { writer_.percent(done_.percent[task]); });
    column("done", [&](TaskId task) { flag(done_.is_complete[task] != 0); });
  }

  void write_floats() {
    const auto& dates = answer_.dates;
    column("earliest_start",
           [&](TaskId task) { writer_.time_or_null(dates[task].earliest_start, is_there(task)); });
    column("latest_finish",
           [&](TaskId task) { writer_.time_or_null(dates[task].latest_finish, has_float(task)); });
    column("total_float",
           [&](TaskId task) { writer_.work_or_null(dates[task].total_float, has_float(task)); });
    column("free_float",
           [&](TaskId task) { writer_.work_or_null(dates[task].free_float, has_float(task)); });
    column("critical", [&](TaskId task) { flag(is_there(task) && dates[task].is_critical); });
  }

  void write_targets() {
    const bool has_baseline = !answer_.baseline.empty();
    column("deadline", [&](TaskId task) { writer_.time_or_null(plan_.tasks[task].deadline); });
    column("baseline_start", [&](TaskId task) {
      writer_.time_or_null(has_baseline ? answer_.baseline[task] : kNever);
    });
    column("baseline_finish", [&](TaskId task) {
      const bool is_known = has_baseline && answer_.baseline[task] < kNever;
      writer_.time_or_null(baseline_finish_[task], is_known);
    });
  }

  void write_reasons() {
    column("mode", [&](TaskId task) {
      const ModeId mode = placed_at(task).mode;
      json_.text(mode ? plan_.modes[mode].id.view() : std::string_view());
    });
    column("resources", [&](TaskId task) {
      json_.begin_array();
      for (const Share& share : staff_.of(task)) {
        json_.number(share.resource.index());
        writer_.amount(share.amount);
      }
      json_.end_array();
    });
    // Names repeat much in reasons: they stand as references.
    const Plan nameless = with_references(plan_);
    const auto why = [&](Language language) {
      return
          [&, language](TaskId task) { json_.text(why_line(nameless, answer_, task, language)); };
    };
    column("why", why(Language::english));
    column("why_zh", why(Language::chinese));
    column("why_kind", [&](TaskId task) { json_.text(name_of(answer_.reasons[task].kind)); });
    column("held_by", [&](TaskId task) { writer_.reference(held_by(answer_, task)); });
  }

  void write_lag(const Link& link) {
    if (link.lag.amount == 0) {
      json_.null();
      return;
    }
    writer_.pair([&](Language language) {
      return (link.lag.amount > 0 ? "+" : "−") + lag_words(plan_, link.lag, link.from, language);
    });
  }

  bool drives(LinkId link) const {
    const Reason& reason = answer_.reasons[plan_.links[link].to];
    return reason.kind == Reason::Kind::link && reason.link == link;
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Plan& plan_;
  const Answer& answer_;
  const PageCalendars& calendars_;
  WorkingTimes times_;
  TaskStates states_;
  Staff staff_;
  Done done_;
  Table<TaskId, WorkTime> work_;
  Table<TaskId, Instant> baseline_finish_;
};

}  // namespace

void write_page_tasks(PageWriter& writer, const Plan& plan, const Answer& answer,
                      const PageCalendars& calendars) {
  TaskPart part(writer, plan, answer, calendars);
  part.write_tasks();
  part.write_links();
}

}  // namespace diaodu::report
