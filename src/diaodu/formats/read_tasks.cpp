#include <algorithm>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

class TasksReader {
 public:
  TasksReader(PlanReader& reader, const Sheet& sheet)
      : reader_(reader), table_(reader.table(TableKind::tasks, sheet)) {}

  void run() {
    if (!table_.is_usable()) return;
    reader_.plan.tasks.reserve(table_.num_rows());
    reader_.tasks.reserve(table_.num_rows());
    for (std::size_t row = 0; row < table_.num_rows(); ++row) read(row);
    for (std::size_t i = 0; i < rows_.size(); ++i) read_parent(TaskId{i}, rows_[i]);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      check_duration(TaskId{i}, rows_[i]);
    }
  }

 private:
  void read(std::size_t row) {
    const auto id = table_.required(row, id_);
    if (!id) return;
    Plan& plan = reader_.plan;
    Task task;
    task.id = plan.text(*id);
    if (!reader_.tasks.add(task.id, TaskId{plan.tasks.size()})) {
      const TaskId taken = reader_.tasks.find(task.id);
      const auto line = reader_.sources[TableKind::tasks].lines[taken.index()];
      table_.report(found::duplicate_id, row, id_, {*id, std::to_string(line)});
      return;
    }
    task.name = plan.text(table_.text(row, name_));
    task.name_zh = plan.text(table_.text(row, name_zh_));
    task.owner = plan.text(table_.text(row, owner_));
    task.notes = plan.text(table_.text(row, notes_));
    task.calendar =
        reader_.refer(table_, row, calendar_, reader_.calendars, found::unknown_calendar);
    task.place = reader_.refer(table_, row, place_, reader_.places, found::unknown_place);
    task.decision =
        reader_.refer(table_, row, decision_, reader_.decisions, found::unknown_decision);
    task.kind = table_.choice<TaskKind>(row, kind_, kTaskKinds).value_or(TaskKind::task);
    task.earned_by =
        table_.choice<EarningRule>(row, earned_by_, kEarningRules).value_or(EarningRule::duration);
    if (const auto priority = table_.number(row, priority_, 0, 0, 1000)) {
      task.priority = static_cast<std::int32_t>(*priority);
    }
    if (const auto weight = table_.number(row, weight_, 0, 0, kMostWeight)) {
      task.weight = static_cast<std::int32_t>(*weight);
    }
    task.cost = table_.money(row, cost_).value_or(Money{});
    task.is_optional = table_.yes_no(row, optional_).value_or(false);
    task.ignores_resource_calendars = table_.yes_no(row, ignore_).value_or(false);
    task.deadline = table_.date(row, deadline_, true).value_or(kNever);
    task.constraint = constraint(row, constraint_, date_);
    task.second_constraint = constraint(row, second_constraint_, second_date_);
    read_duration(row, task);
    reader_.plan.tasks.add(task);
    if (const std::string_view cell = table_.text(row, predecessors_); !cell.empty()) {
      reader_.predecessors.push_back(
          {TaskId{reader_.plan.tasks.size() - 1}, cell, table_.where(row, predecessors_)});
    }
    table_.accept(row);
    rows_.push_back(row);
  }

  /// `3d`, or low/likely/high as `3d/4d/6d`.
  void read_duration(std::size_t row, Task& task) {
    const std::string_view text = table_.text(row, duration_);
    if (text.empty()) return;
    const NamedCalendar& calendar = reader_.calendar_of(task.calendar);
    const std::size_t first = text.find('/');
    if (first == std::string_view::npos) {
      if (const auto duration = table_.duration(row, duration_, calendar)) {
        task.duration = duration->time;
        task.is_elapsed = duration->is_elapsed;
      }
      return;
    }
    const std::size_t second = text.find('/', first + 1);
    if (second == std::string_view::npos) {
      table_.report(found::bad_duration, row, duration_, {text});
      return;
    }
    const auto low = table_.duration_of(text.substr(0, first), row, duration_, calendar);
    const auto likely =
        table_.duration_of(text.substr(first + 1, second - first - 1), row, duration_, calendar);
    const auto high = table_.duration_of(text.substr(second + 1), row, duration_, calendar);
    if (!low || !likely || !high) return;
    if (low->is_elapsed != likely->is_elapsed || high->is_elapsed != likely->is_elapsed) {
      table_.report(found::bad_duration, row, duration_, {text});  // days of two kinds
      return;
    }
    if (low->time > likely->time || likely->time > high->time) {
      table_.report(found::bad_estimate, row, duration_, {text});
      return;
    }
    task.duration = likely->time;
    task.is_elapsed = likely->is_elapsed;
    reader_.plan.estimates.push_back(
        {.task = TaskId{reader_.plan.tasks.size()}, .low = low->time, .high = high->time});
  }

  Constraint constraint(std::size_t row, std::size_t kind_column, std::size_t date_column) {
    Constraint constraint;
    const auto kind = table_.choice<ConstraintKind>(row, kind_column, kConstraintKinds);
    constraint.kind = kind.value_or(ConstraintKind::none);
    const auto date = table_.date(row, date_column, counts_to_end_of_day(constraint.kind));
    const bool is_written = !table_.text(row, date_column).empty();
    const bool wants_date = constraint.kind != ConstraintKind::none &&
                            constraint.kind != ConstraintKind::as_late_as_possible;
    if (wants_date && !is_written) {
      table_.report(found::constraint_without_date, row, kind_column,
                    {table_.text(row, kind_column)});
    }
    const bool is_choice_bad = !kind && !table_.text(row, kind_column).empty();
    if (!wants_date && is_written && !is_choice_bad) {
      table_.report(found::date_without_constraint, row, date_column, {});
    }
    if (wants_date && !date) return {};
    if (date) constraint.date = *date;
    return constraint;
  }

  void read_parent(TaskId task, std::size_t row) {
    reader_.plan.tasks[task].parent =
        reader_.refer(table_, row, parent_, reader_.tasks, found::unknown_parent);
    if (const TaskId parent = reader_.plan.tasks[task].parent) {
      reader_.plan.tasks[parent].kind = TaskKind::summary;
    }
  }

  /// A task without children needs a duration; none at all is not "one day".  Zero makes a
  /// milestone, unless the row says that it is a task.
  void check_duration(TaskId id, std::size_t row) {
    Task& task = reader_.plan.tasks[id];
    if (task.kind != TaskKind::task) return;
    if (!table_.text(row, duration_).empty()) {
      if (!table_.text(row, kind_).empty()) return;  // who says task means task
      const bool is_zero =
          task.duration == WorkTime{} && parse_duration(table_.text(row, duration_));
      if (is_zero) task.kind = TaskKind::finish_milestone;
      return;
    }
    const bool has_column = duration_ != TableReader::kAbsent;
    reader_.without_duration.emplace_back(id, table_.where(row, has_column ? duration_ : id_));
  }

  PlanReader& reader_;
  TableReader table_;
  std::vector<std::size_t> rows_;  // of each task
  const std::size_t id_ = table_.column("id");
  const std::size_t name_ = table_.column("name");
  const std::size_t name_zh_ = table_.column("name_zh");
  const std::size_t parent_ = table_.column("parent");
  const std::size_t duration_ = table_.column("duration");
  const std::size_t kind_ = table_.column("kind");
  const std::size_t calendar_ = table_.column("calendar");
  const std::size_t place_ = table_.column("place");
  const std::size_t owner_ = table_.column("owner");
  const std::size_t priority_ = table_.column("priority");
  const std::size_t constraint_ = table_.column("constraint");
  const std::size_t date_ = table_.column("date");
  const std::size_t second_constraint_ = table_.column("second_constraint");
  const std::size_t second_date_ = table_.column("second_date");
  const std::size_t deadline_ = table_.column("deadline");
  const std::size_t weight_ = table_.column("weight");
  const std::size_t optional_ = table_.column("optional");
  const std::size_t ignore_ = table_.column("ignore_resource_calendars");
  const std::size_t cost_ = table_.column("cost");
  const std::size_t earned_by_ = table_.column("earned_by");
  const std::size_t decision_ = table_.column("decision");
  const std::size_t predecessors_ = table_.column("predecessors");
  const std::size_t notes_ = table_.column("notes");
};

}  // namespace

void read_tasks(PlanReader& reader, const Sheet& sheet) { TasksReader(reader, sheet).run(); }

void read_modes(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::modes, sheet);
  if (!table.is_usable()) return;
  const std::size_t task_column = table.column("task");
  const std::size_t mode_column = table.column("mode");
  const std::size_t duration_column = table.column("duration");
  const std::size_t cost_column = table.column("cost");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const TaskId task =
        reader.refer_required(table, row, task_column, reader.tasks, found::unknown_task);
    const auto name = table.required(row, mode_column);
    const auto cost = table.money(row, cost_column);
    if (!task) continue;
    const auto written = table.required(row, duration_column);
    const auto duration = table.duration(row, duration_column, reader.calendar_of(task));
    if (!name || !written || !duration) continue;
    Mode mode;
    mode.task = task;
    mode.id = reader.plan.text(*name);
    mode.duration = duration->time;
    mode.cost = cost.value_or(Money{});
    NameMap<ModeId>& modes = reader.modes_of[task.index()];
    if (const ModeId same = modes.find(*name)) {
      const auto line = reader.sources[TableKind::modes].lines[same.index()];
      table.report(found::duplicate_id, row, mode_column, {*name, std::to_string(line)});
      continue;
    }
    if (duration->is_elapsed) {
      table.report(found::elapsed_with_modes, row, duration_column,
                   {reader.plan.tasks[task].id.str()});
      continue;
    }
    // A task that has only modes is as long as its first one, until a mode is chosen.
    Task& of = reader.plan.tasks[task];
    if (modes.is_empty() && of.duration == WorkTime{}) of.duration = mode.duration;
    modes.add(mode.id, reader.plan.modes.add(mode));
    table.accept(row);
  }
}

}  // namespace diaodu::formats
