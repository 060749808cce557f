#include <algorithm>
#include <array>
#include <string>

#include "diaodu/formats/xer_reader.h"
#include "diaodu/formats/xer_words.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

class TaskReader {
 public:
  explicit TaskReader(XerReader& reader) : reader_(reader), cells_(reader, "TASK") {}

  void run() {
    reader_.sources[TableKind::tasks].file = reader_.file.file;
    reader_.sources[TableKind::progress].file = reader_.file.file;
    name_columns();
    for (const XerTable::Row& row : cells_.rows()) {
      if (cells_.is_ours(row, project_)) {
        read(row);
      } else {
        reader_.others.insert({cells_.text(row, id_), &row});
      }
    }
  }

 private:
  void name_columns() {
    auto& tasks = reader_.sources[TableKind::tasks].columns;
    tasks = {{"duration", XerFile::number_of(duration_)},
             {"constraint", XerFile::number_of(constraint_)},
             {"second_constraint", XerFile::number_of(second_constraint_)}};
    auto& progress = reader_.sources[TableKind::progress].columns;
    progress = {{"task", XerFile::number_of(code_)},
                {"actual_start", XerFile::number_of(actual_start_)},
                {"actual_finish", XerFile::number_of(actual_finish_)}};
    for (auto* columns : {&tasks, &progress}) {
      std::erase_if(*columns, [](const auto& column) { return column.second <= 1; });
    }
  }

  void read(const XerTable::Row& row) {
    const std::string_view code = cells_.text(row, code_);
    if (!cells_.require(row, id_, "task_id") || !cells_.require(row, code_, "task_code")) return;
    const std::string_view type = cells_.text(row, type_);
    const TaskId id{reader_.plan.tasks.size()};
    if (!reader_.tasks.insert({cells_.text(row, id_), id}).second) {
      const auto first = XerReader::find(reader_.tasks, cells_.text(row, id_));
      cells_.report(found::duplicate_id, row, id_, {cells_.text(row, id_), line_of(first)});
      return;
    }
    if (const auto [first, is_new] = codes_.insert({code, id}); !is_new) {
      reader_.tasks[cells_.text(row, id_)] = TaskId{};
      cells_.report(found::duplicate_id, row, code_, {code, line_of(first->second)});
      return;
    }
    Task task;
    task.id = reader_.plan.text(code);
    task.name = reader_.plan.text(cells_.text(row, name_));
    task.parent = XerReader::find(reader_.summaries, cells_.text(row, wbs_));
    if (const auto* priority = value_of(kXerPriorities, cells_.text(row, priority_))) {
      task.priority = *priority;
    }
    read_kind(row, type, task);
    if (type == "TT_Rsrc") {
      const ResourceId primary = XerReader::find(reader_.resources, cells_.text(row, resource_));
      reader_.resource_dependent.emplace_back(id, primary);
    }
    if (task.is_hammock()) {  // all else about it follows from other activities
      reader_.plan.tasks.add(task);
      reader_.accept(TableKind::tasks, row);
      return;
    }
    task.constraint = constraint(row, code, constraint_, constraint_date_);
    task.second_constraint = constraint(row, code, second_constraint_, second_constraint_date_);
    add_external_dates(row, code, task);
    const bool is_started = has_begun(row);
    if (!task.is_milestone()) {
      const auto planned = cells_.duration(row, duration_);
      const auto remaining = cells_.duration(row, remaining_);
      // What is not begun takes what remains: P6 schedules by that.
      task.duration = is_started ? planned.value_or(remaining.value_or(WorkTime{}))
                                 : remaining.value_or(planned.value_or(WorkTime{}));
      // An activity that takes no time is one of the morning.
      if (!is_started && task.duration == WorkTime{}) task.kind = TaskKind::start_milestone;
    }
    reader_.plan.tasks.add(task);
    reader_.accept(TableKind::tasks, row);
    if (is_started) read_progress(row, id);
  }

  std::string line_of(TaskId task) const {
    if (!task) return "?";
    return std::to_string(reader_.sources[TableKind::tasks].lines[task.index()]);
  }

  bool has_begun(const XerTable::Row& row) const {
    return !cells_.text(row, actual_start_).empty() || !cells_.text(row, actual_finish_).empty() ||
           cells_.text(row, status_) == "TK_Complete";
  }

  void read_kind(const XerTable::Row& row, std::string_view type, Task& task) {
    task.calendar = XerReader::find(reader_.calendars, cells_.text(row, calendar_));
    task.ignores_resource_calendars = true;
    if (cells_.text(row, percent_type_) == "CP_Phys") task.earned_by = EarningRule::physical;
    if (type == "TT_Mile") {
      task.kind = TaskKind::start_milestone;
    } else if (type == "TT_FinMile") {
      task.kind = TaskKind::finish_milestone;
    } else if (type == "TT_LOE" || type == "TT_WBS") {
      task.kind = TaskKind::hammock;
    } else if (type != "TT_Task" && type != "TT_Rsrc" && !type.empty()) {
      cells_.report(found::bad_choice, row, type_,
                    {type, "TT_Task, TT_Rsrc, TT_Mile, TT_FinMile, TT_LOE, TT_WBS"});
    }
  }

  Constraint constraint(const XerTable::Row& row, std::string_view code, std::size_t kind_column,
                        std::size_t date_column) {
    const std::string_view written = cells_.text(row, kind_column);
    if (written.empty()) return {};
    const auto* kind = value_of(kXerConstraints, written);
    if (kind == nullptr) {
      cells_.report(found::xer_unsupported_constraint, row, kind_column, {code, written});
      return {};
    }
    if (*kind == ConstraintKind::as_late_as_possible) return {.kind = *kind};
    const std::size_t num_errors = reader_.findings.num_errors();
    const auto date = cells_.date(row, date_column);
    if (date) return {.kind = *kind, .date = *date};
    if (reader_.findings.num_errors() == num_errors) {
      cells_.report(found::constraint_without_date, row, kind_column, {written});
    }
    return {};
  }

  /// What links to projects that are not in the file demand; P6 keeps them with the task.
  void add_external_dates(const XerTable::Row& row, std::string_view code, Task& task) {
    if (reader_.ignores_external_dates) return;
    constexpr Words kNoRoomForBoth{
        "a date from another project is ignored: it has two constraints already",
        "来自其他项目的日期已忽略：该任务已有两个约束"};
    // The late date is only wanted, like a deadline, which Primavera knows none besides.
    if (const auto finish = cells_.date(row, external_finish_)) task.deadline = *finish;
    const auto start = cells_.date(row, external_start_);
    if (!start || !cells_.text(row, actual_finish_).empty()) return;
    Constraint* const place = task.constraint.kind == ConstraintKind::none ? &task.constraint
                              : task.second_constraint.kind == ConstraintKind::none
                                  ? &task.second_constraint
                                  : nullptr;
    if (place == nullptr) {
      cells_.report(found::not_kept, row, external_start_, {code, kNoRoomForBoth});
    } else {
      *place = {.kind = ConstraintKind::start_on_or_after, .date = *start};
    }
  }

  void read_progress(const XerTable::Row& row, TaskId id) {
    Progress progress{.task = id};
    progress.actual_start = cells_.date(row, actual_start_);
    progress.actual_finish = cells_.date(row, actual_finish_);
    const bool is_completed = cells_.text(row, status_) == "TK_Complete";
    if (reader_.plan.tasks[id].is_milestone()) {  // has one date; which cell holds it varies
      if (!progress.actual_start) progress.actual_start = progress.actual_finish;
      if (!progress.actual_finish) progress.actual_finish = progress.actual_start;
    }
    if (is_completed && !progress.actual_finish) {
      cells_.report(found::missing_cell, row, actual_finish_, {"act_end_date"});
    }
    if (reader_.plan.tasks[id].earned_by == EarningRule::physical) {
      const std::int64_t done = cells_.money(row, physical_).value_or(Money{}).count();
      progress.physical_percent = static_cast<int>(std::clamp<std::int64_t>(done, 0, 100'00));
    }
    if (!progress.actual_finish) {
      progress.remaining = cells_.duration(row, remaining_);
      if (!cells_.text(row, suspended_).empty()) progress.resumes = cells_.date(row, resumes_);
    }
    reader_.plan.progress.push_back(progress);
    reader_.accept(TableKind::progress, row);
  }

  XerReader& reader_;
  XerCells cells_;
  std::unordered_map<std::string_view, TaskId> codes_;
  std::size_t id_ = cells_.column("task_id");
  std::size_t project_ = cells_.column("proj_id");
  std::size_t wbs_ = cells_.column("wbs_id");
  std::size_t calendar_ = cells_.column("clndr_id");
  std::size_t resource_ = cells_.column("rsrc_id");
  std::size_t type_ = cells_.column("task_type");
  std::size_t status_ = cells_.column("status_code");
  std::size_t code_ = cells_.column("task_code");
  std::size_t name_ = cells_.column("task_name");
  std::size_t priority_ = cells_.column("priority_type");
  std::size_t duration_ = cells_.column("target_drtn_hr_cnt");
  std::size_t remaining_ = cells_.column("remain_drtn_hr_cnt");
  std::size_t constraint_ = cells_.column("cstr_type");
  std::size_t constraint_date_ = cells_.column("cstr_date");
  std::size_t second_constraint_ = cells_.column("cstr_type2");
  std::size_t second_constraint_date_ = cells_.column("cstr_date2");
  std::size_t percent_type_ = cells_.column("complete_pct_type");
  std::size_t physical_ = cells_.column("phys_complete_pct");
  std::size_t suspended_ = cells_.column("suspend_date");
  std::size_t resumes_ = cells_.column("resume_date");
  std::size_t external_start_ = cells_.column("external_early_start_date");
  std::size_t external_finish_ = cells_.column("external_late_end_date");
  std::size_t actual_start_ = cells_.column("act_start_date");
  std::size_t actual_finish_ = cells_.column("act_end_date");
};

}  // namespace

void read_xer_tasks(XerReader& reader) { TaskReader(reader).run(); }

void read_xer_links(XerReader& reader) {
  const XerCells cells(reader, "TASKPRED");
  const std::size_t to = cells.column("task_id");
  const std::size_t from = cells.column("pred_task_id");
  const std::size_t type = cells.column("pred_type");
  const std::size_t lag = cells.column("lag_hr_cnt");
  Sources::TableSource& source = reader.sources[TableKind::links];
  source.file = reader.file.file;
  for (const auto& [name, column] : {std::pair{"from", from}, {"to", to}, {"type", type}}) {
    if (column != XerTable::kAbsent) source.columns.emplace_back(name, XerFile::number_of(column));
  }
  // Ends in other projects, like ends outside of the file, leave one known end, or none.
  for (const XerTable::Row& row : cells.rows()) {
    const auto head = reader.tasks.find(cells.text(row, to));
    const auto tail = reader.tasks.find(cells.text(row, from));
    const bool has_head = head != reader.tasks.end();
    const bool has_tail = tail != reader.tasks.end();
    const std::string_view written = cells.text(row, type);
    if (!has_head || !has_tail) {
      const bool is_ours = cells.is_ours(row, cells.column("proj_id"));
      if (!is_ours && !has_head && !has_tail) continue;
      const auto* known = value_of(kXerLinkTypes, written);
      const bool is_bound =
          has_head != has_tail &&
          bind_to_other_project(reader, row, known != nullptr ? *known : LinkType::finish_to_start);
      if (!is_bound) cells.report(found::xer_external_link, row, has_head ? from : to);
      continue;
    }
    if (!head->second || !tail->second) continue;  // left out with the task
    Link link{.from = tail->second, .to = head->second};
    if (const auto* known = value_of(kXerLinkTypes, written)) {
      link.type = *known;
    } else if (!written.empty()) {
      cells.report(found::bad_choice, row, type, {written, "PR_FS, PR_SS, PR_FF, PR_SF"});
      continue;
    }
    if (const auto minutes = cells.hours(row, lag)) {
      link.lag.amount = static_cast<std::int32_t>(*minutes);
    }
    reader.plan.links.add(link);
    reader.accept(TableKind::links, row);
  }
}

}  // namespace diaodu::formats
