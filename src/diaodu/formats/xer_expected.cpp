#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>

#include "diaodu/formats/xer_reader.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/progress.h"

namespace diaodu::formats {
namespace {

constexpr Words kNoStart{
    "its expected finish is not applied: the file tells no early start to count from",
    "预期完成日期未应用：文件中没有可供计算的最早开始"};

std::unordered_set<std::string_view> assigned_tasks(XerReader& reader) {
  const XerCells cells(reader, "TASKRSRC");
  const std::size_t task = cells.column("task_id");
  std::unordered_set<std::string_view> assigned;
  for (const XerTable::Row& row : cells.rows()) assigned.insert(cells.text(row, task));
  return assigned;
}

}  // namespace

void apply_expected_finishes(XerReader& reader) {
  if (!reader.uses_expected_finish) return;
  Plan& plan = reader.plan;
  std::map<TaskId, Progress*> progress_of;
  for (Progress& progress : plan.progress) progress_of[progress.task] = &progress;
  const std::unordered_set<std::string_view> assigned = assigned_tasks(reader);
  const XerCells cells(reader, "TASK");
  const std::size_t number = cells.column("task_id");
  const std::size_t expected = cells.column("expect_end_date");
  for (const XerTable::Row& row : cells.rows()) {
    if (cells.text(row, expected).empty()) continue;
    const TaskId id = XerReader::find(reader.tasks, cells.text(row, number));
    if (!id || plan.tasks[id].kind != TaskKind::task) continue;
    Task& task = plan.tasks[id];
    const auto record = progress_of.find(id);
    Progress* const progress = record == progress_of.end() ? nullptr : record->second;
    if (progress != nullptr && progress->actual_finish) continue;
    const auto finish = cells.date(row, expected);
    if (!finish) continue;

    auto start = cells.date(row, cells.column("restart_date"));
    if (!start) start = cells.date(row, cells.column("early_start_date"));
    if (!start && progress == nullptr) {
      cells.report(found::not_kept, row, expected, {task.id.str(), kNoStart});
      continue;
    }
    const Instant now = earliest_remaining(plan);
    const Calendar& calendar =
        plan.calendars[task.calendar ? task.calendar : plan.calendar].calendar;
    Instant from = std::max(now, start.value_or(now));
    if (progress != nullptr) from = std::max(from, progress->resumes.value_or(from));
    const WorkTime left =
        std::max(WorkTime{}, calendar.work_between(calendar.next_working(from), *finish));
    // Primavera takes no work away from those who are assigned to it.
    if (left == WorkTime{} && assigned.contains(cells.text(row, number))) continue;
    if (progress != nullptr) {
      progress->remaining = left;
    } else {
      task.duration = left;
      if (left == WorkTime{}) task.kind = TaskKind::start_milestone;
    }
  }
}

}  // namespace diaodu::formats
