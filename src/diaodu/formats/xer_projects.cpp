#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "diaodu/formats/xer_reader.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kNoRoom{"a date from another project is ignored: it has two constraints already",
                        "来自其他项目的日期已忽略：该任务已有两个约束"};

/// Says what each other project that holds activities loses.
void tell_of_others(const XerCells& projects, const XerTable::Row& chosen,
                    const std::unordered_map<std::string_view, std::size_t>& num_tasks) {
  const std::size_t name = projects.column("proj_short_name");
  for (const XerTable::Row& row : projects.rows()) {
    const auto count = num_tasks.find(projects.text(row, projects.column("proj_id")));
    if (&row == &chosen || count == num_tasks.end()) continue;
    const std::string project(projects.text(row, name));
    const std::string number = std::to_string(count->second);
    projects.report(
        found::read_otherwise, row, name,
        {{"activities of project '" + project +
              "' are not scheduled; what is linked with them keeps to their dates: " + number,
          "项目“" + project + "”的作业不参与排程，与其相连的任务按其日期处理，作业数：" + number}});
  }
}

/// An activity that is not read: where its dates stand, and by which calendar it works.
class OtherActivity {
 public:
  OtherActivity(XerReader& reader, const XerTable::Row& row)
      : reader_(reader), cells_(reader, "TASK"), row_(row) {}

  std::optional<Instant> date(std::string_view field) const {
    return cells_.date(row_, cells_.column(field));
  }
  CalendarId calendar() const {
    return XerReader::find(reader_.calendars, cells_.text(row_, cells_.column("clndr_id")));
  }

 private:
  XerReader& reader_;
  XerCells cells_;
  const XerTable::Row& row_;
};

/// `date` moved by a lag, which the calendar of one of its ends counts.
Instant moved(const XerReader& reader, Instant date, std::int64_t lag, CalendarId predecessor,
              CalendarId successor) {
  const Plan& plan = reader.plan;
  if (plan.options.lag_calendar == Options::LagCalendar::around_the_clock)
    return date + Elapsed{lag};
  CalendarId by = plan.calendar;
  if (plan.options.lag_calendar == Options::LagCalendar::predecessor && predecessor)
    by = predecessor;
  if (plan.options.lag_calendar == Options::LagCalendar::successor && successor) by = successor;
  const Calendar& calendar = plan.calendars[by].calendar;
  if (lag == 0) return date;
  return lag > 0 ? calendar.advance(date, WorkTime{lag}) : calendar.retreat(date, WorkTime{-lag});
}

/// False if there is no room for it.
bool add_constraint(Task& task, ConstraintKind kind, Instant date) {
  for (Constraint* place : {&task.constraint, &task.second_constraint}) {
    if (place->kind == kind) {
      place->date = std::max(place->date, date);
      return true;
    }
  }
  for (Constraint* place : {&task.constraint, &task.second_constraint}) {
    if (place->kind != ConstraintKind::none) continue;
    *place = {.kind = kind, .date = date};
    return true;
  }
  return false;
}

}  // namespace

const XerTable::Row* choose_xer_project(XerReader& reader, const XerCells& projects) {
  const std::vector<XerTable::Row>& rows = projects.rows();
  if (rows.empty()) return nullptr;
  const std::size_t number = projects.column("proj_id");
  const std::size_t is_exported = projects.column("export_flag");
  std::unordered_map<std::string_view, std::size_t> num_tasks;
  const XerCells tasks(reader, "TASK");
  const std::size_t project_of_task = tasks.column("proj_id");
  for (const XerTable::Row& row : tasks.rows()) ++num_tasks[tasks.text(row, project_of_task)];
  const auto rank = [&](const XerTable::Row& row) {
    const auto count = num_tasks.find(projects.text(row, number));
    return std::pair{projects.is_yes(row, is_exported),
                     count == num_tasks.end() ? 0 : count->second};
  };
  const XerTable::Row& chosen = *std::max_element(
      rows.begin(), rows.end(),
      [&](const XerTable::Row& a, const XerTable::Row& b) { return rank(a) < rank(b); });
  reader.project = projects.text(chosen, number);
  if (rows.size() > 1) {
    const std::size_t name = projects.column("proj_short_name");
    projects.report(found::xer_one_of_projects, chosen, name,
                    {std::to_string(rows.size()), projects.text(chosen, name)});
    tell_of_others(projects, chosen, num_tasks);
  }
  return &chosen;
}

bool bind_to_other_project(XerReader& reader, const XerTable::Row& link, LinkType type) {
  if (reader.ignores_external_dates) return false;
  const XerCells links(reader, "TASKPRED");
  const std::string_view from = links.text(link, links.column("pred_task_id"));
  const std::string_view to = links.text(link, links.column("task_id"));
  const std::int64_t lag = links.hours(link, links.column("lag_hr_cnt")).value_or(0);
  const TaskId head = XerReader::find(reader.tasks, to);
  const TaskId id = head ? head : XerReader::find(reader.tasks, from);
  const auto row = reader.others.find(head ? from : to);
  if (!id || row == reader.others.end() || reader.plan.tasks[id].is_hammock()) return false;
  const OtherActivity other(reader, *row->second);
  Task& task = reader.plan.tasks[id];
  const auto& all = reader.plan.progress;  // in the order of their tasks
  const auto progress = std::lower_bound(
      all.begin(), all.end(), id,
      [](const Progress& each, TaskId of) { return each.task.index() < of.index(); });
  const bool has_begun = progress != all.end() && progress->task == id;
  if (has_begun && progress->actual_finish) return true;  // it can wait for nobody any more

  if (head) {
    const bool leaves_start = leaves_from_start(type);
    auto date = other.date(leaves_start ? "act_start_date" : "act_end_date");
    if (!date) date = other.date(leaves_start ? "early_start_date" : "early_end_date");
    if (!date) return false;
    const Instant from_date = moved(reader, *date, lag, other.calendar(), task.calendar);
    const auto kind = arrives_at_start(type) ? ConstraintKind::start_on_or_after
                                             : ConstraintKind::finish_on_or_after;
    if (!add_constraint(task, kind, from_date))
      links.report(found::not_kept, link, links.column("pred_task_id"), {task.id.str(), kNoRoom});
    return true;
  }
  if (other.date("act_end_date")) return true;
  const auto date = other.date(arrives_at_start(type) ? "late_start_date" : "late_end_date");
  if (!date) return false;
  Instant by = moved(reader, *date, -lag, task.calendar, other.calendar());
  if (leaves_from_start(type)) {
    if (has_begun) return true;  // it has left
    const CalendarId own = task.calendar ? task.calendar : reader.plan.calendar;
    const Calendar& calendar = reader.plan.calendars[own].calendar;
    by = calendar.advance(calendar.next_working(by), task.duration);
  }
  task.deadline = std::min(task.deadline, by);
  return true;
}

}  // namespace diaodu::formats
