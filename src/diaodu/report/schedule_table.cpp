#include "diaodu/report/schedule_table.h"

#include <cmath>
#include <string_view>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/csv.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/letters.h"
#include "diaodu/report/milestones.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/staff.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

std::string text_of(std::string_view text) { return valid_utf8(text); }

const Words& kind_word(TaskKind kind) {
  switch (kind) {
    case TaskKind::task:
      return words::kind_task;
    case TaskKind::summary:
      return words::kind_summary;
    case TaskKind::start_milestone:
    case TaskKind::finish_milestone:
      return words::kind_milestone;
    case TaskKind::hammock:
      return words::kind_hammock;
  }
  return words::kind_task;
}

/// In days of the task's calendar; in a benchmark instance in periods.
double days_of(const Plan& plan, TaskId task, WorkTime time) {
  const std::int64_t day = plan.is_abstract              ? 1
                           : plan.tasks[task].is_elapsed ? kMinutesPerDay
                                                         : terms_of(plan, task).day.count();
  return static_cast<double>(time.count()) / static_cast<double>(day > 0 ? day : kMinutesPerDay);
}

/// Who fills each task's demands for skills, for programs: `weld=anna 1; lift=crew 2`.
Table<TaskId, std::string> assigned(const Plan& plan, const Schedule& schedule) {
  Table<TaskId, std::string> texts(plan.tasks.size());
  for (const Assignment& each : schedule.assignments) {
    const Demand& demand = plan.demands[each.demand];
    std::string& text = texts[demand.task];
    if (!text.empty()) text += "; ";
    text += plan.skills[demand.skill].id.view();
    text += "=";
    text += plan.resources[each.resource].id.view();
    text += " " + to_string(each.amount);
  }
  return texts;
}

std::vector<Cell> cells_of(const Plan& plan, const solve::Answer& answer, const Staff& staff,
                           std::string_view assigned_to, TaskId task, int depth,
                           Language language) {
  const Task& row = plan.tasks[task];
  const Placement& placed = answer.schedule.placements[task];
  const solve::TaskDates& dates = answer.dates[task];
  const bool is_there = placed.is_scheduled;
  const bool has_float = is_there && dates.has_float;
  const bool is_summary = row.kind == TaskKind::summary;
  const auto word = [&](const Words& words) { return Cell(say(words, language)); };
  const auto date = [&](Instant instant, bool has_date) {
    const bool is_shown = has_date && instant < kNever && instant > kEver;
    return is_shown ? Cell(instant) : Cell();
  };
  const auto days = [&](WorkTime time, bool has_time) {
    return has_time ? Cell(days_of(plan, task, time)) : Cell();
  };
  const WorkTime duration = placed.mode ? plan.modes[placed.mode].duration : row.duration;
  return {
      text_of(row.id),
      text_of(display_name(row, language)),
      static_cast<double>(depth + 1),
      word(kind_word(row.kind)),
      date(placed.start, is_there),
      date(placed.finish, is_there),
      days(duration, !is_summary),
      date(dates.earliest_start, is_there),
      date(dates.earliest_finish, is_there),
      date(dates.latest_start, has_float),
      date(dates.latest_finish, has_float),
      days(dates.total_float, has_float),
      days(dates.free_float, has_float),
      is_there ? word(dates.is_critical ? words::yes : words::no) : Cell(),
      placed.mode ? Cell(text_of(plan.modes[placed.mode].id)) : Cell(),
      text_of(staff.in_words(task, language)),
      date(row.deadline, has_deadline(row)),
      text_of(why_line(plan, answer, task, language)),
      date(placed.resumes, is_there && !is_summary && placed.resumes > placed.start),
      text_of(assigned_to),
  };
}

/// An instant in a benchmark instance is a number of periods.
std::string csv_text(const Plan& plan, const Cell& cell) {
  if (const auto* instant = std::get_if<Instant>(&cell)) return show(plan, *instant);
  if (const auto* number = std::get_if<double>(&cell)) {
    return decimal_string(static_cast<std::int64_t>(std::llround(*number * 100)), 2);
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr || text->empty()) return {};
  const bool is_like_formula =
      std::string_view("=+-@\t\r").find(text->front()) != std::string_view::npos;
  return formats::csv_cell(is_like_formula ? '\'' + *text : *text);
}

}  // namespace

ScheduleTable schedule_table(const Plan& plan, const solve::Answer& answer, Language language) {
  ScheduleTable table;
  table.columns = {{&words::id, 9},
                   {&words::task, 38},
                   {&words::outline, 6},
                   {&words::kind, 10},
                   {&words::start, 16},
                   {&words::finish_column, 16},
                   {&words::duration, 9},
                   {&words::earliest_start, 16},
                   {&words::earliest_finish, 16},
                   {&words::latest_start, 16},
                   {&words::latest_finish, 16},
                   {&words::total_float, 9},
                   {&words::free_float, 9},
                   {&words::critical, 8},
                   {&words::mode, 8},
                   {&words::resources, 28},
                   {&words::deadline, 16},
                   {&words::why, 60},
                   {&words::resumes, 16},
                   {&words::assigned, 24}};
  if (!answer.has_schedule) return table;
  const bool has_baseline = !answer.baseline.empty();
  if (has_baseline) {
    table.columns.push_back({&words::baseline_start, 16});
    table.columns.push_back({&words::moved_by, 9});
  }
  const Table<TaskId, WorkTime> moved =
      check::moves_of_tasks(plan, answer.schedule, answer.baseline);
  const Staff staff(plan, answer.schedule);
  const Table<TaskId, std::string> assigned_to = assigned(plan, answer.schedule);
  const Table<TaskId, int> depth = depths(plan);
  for (const TaskId task : outline(plan)) {
    table.rows.push_back(
        {.task = task,
         .depth = depth[task],
         .is_critical =
             answer.dates[task].is_critical && answer.schedule.placements[task].is_scheduled,
         .is_summary = plan.tasks[task].kind == TaskKind::summary,
         .cells = cells_of(plan, answer, staff, assigned_to[task], task, depth[task], language)});
    if (!has_baseline) continue;
    const Instant baseline = answer.baseline[task];
    const bool is_compared = baseline < kNever && plan.tasks[task].kind != TaskKind::summary;
    std::vector<Cell>& cells = table.rows.back().cells;
    cells.push_back(baseline < kNever ? Cell(baseline) : Cell());
    cells.push_back(is_compared ? Cell(days_of(plan, task, moved[task])) : Cell());
  }
  return table;
}

std::string schedule_csv(const Plan& plan, const solve::Answer& answer, Language language) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const ScheduleTable table = schedule_table(plan, answer, language);
  std::string csv(kMark);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) csv += ',';
    csv += formats::csv_cell(table.columns[i].header->in(language));
  }
  csv += "\r\n";
  for (const ScheduleTable::Row& row : table.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (i > 0) csv += ',';
      csv += csv_text(plan, row.cells[i]);
    }
    csv += "\r\n";
  }
  return csv;
}

}  // namespace diaodu::report
