#include "diaodu/formats/schedule_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/plan_reader.h"
#include "diaodu/formats/work_days.h"
#include "diaodu/formats/workbook.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

std::size_t column_of(const Sheet& sheet, std::string_view english, std::string_view chinese) {
  for (std::size_t i = 0; i < sheet.header.size(); ++i) {
    if (folded(sheet.header[i]) == english || sheet.header[i] == chinese) return i;
  }
  return kAbsent;
}

std::string_view cell_of(const Sheet& sheet, const Sheet::Row& row, std::size_t column) {
  return column == kAbsent ? std::string_view{} : sheet.cell(row, column);
}

/// A benchmark instance counts periods from its start.
std::optional<Instant> instant_of(const Sheet& sheet, const Sheet::Row& row, std::size_t column,
                                  const Plan& plan, Findings& findings) {
  const std::string_view written = cell_of(sheet, row, column);
  if (written.empty()) return {};
  if (plan.is_abstract) {
    if (const auto periods = parse_number(written, 0, false)) return plan.start + Elapsed{*periods};
  } else if (const auto date = parse_date(written)) {
    return plan.zone.to_instant(date->time);
  }
  findings.add(found::bad_date, sheet.where(row, column), {written});
  return {};
}

/// The dates of a task in its row.  A bare one means that day's work: of a start the first minute, of a finish the last.
/// What takes no time has one date, and is of the evening, unless it is of the morning by its kind.
class RowDates {
 public:
  RowDates(const Sheet& sheet, const Plan& plan, Findings& findings)
      : sheet_(sheet), plan_(plan), findings_(findings) {}

  std::optional<Instant> start(const Sheet::Row& row, std::size_t column, TaskId task,
                               ModeId mode) {
    const Task& of = plan_.tasks[task];
    const WorkTime work = mode ? plan_.modes[mode].duration : of.duration;
    const bool takes_no_time = does_work(of) && work == WorkTime{};
    const bool is_end = takes_no_time && of.kind != TaskKind::start_milestone;
    return date(row, column, is_end, task, mode);
  }
  std::optional<Instant> finish(const Sheet::Row& row, std::size_t column, TaskId task,
                                ModeId mode) {
    const bool is_end = plan_.tasks[task].kind != TaskKind::start_milestone;
    return date(row, column, is_end, task, mode);
  }

 private:
  std::optional<Instant> date(const Sheet::Row& row, std::size_t column, bool is_end, TaskId task,
                              ModeId mode) {
    const auto day = plan_.is_abstract ? std::nullopt : parse_date(cell_of(sheet_, row, column));
    if (!day || day->has_clock) return instant_of(sheet_, row, column, plan_, findings_);
    if (!times_) times_.emplace(plan_);
    const Calendar& works = times_->of(task, mode);
    if (!is_end) return opening(works, plan_.zone.to_instant(day->time));
    return closing(works, plan_.zone.to_instant(LocalTime{day->time.minutes + kMinutesPerDay}));
  }

  const Sheet& sheet_;
  const Plan& plan_;
  Findings& findings_;
  std::optional<WorkingTimes> times_;  // most files have clocks in all dates
};

void report_missing(const Sheet& sheet, std::string_view name, Findings& findings) {
  findings.add(found::missing_column, {.file = sheet.file, .line = sheet.header_line},
               {sheet.name, name});
}

/// What `find` finds under a name.  Tables of ours have an apostrophe before what a spreadsheet would take for a
/// formula, such as `-1`; where nothing has the name as it is written, the name without it is meant.
template <class Find>
auto find_written(std::string_view written, Find find) {
  const auto found = find(written);
  return found || !written.starts_with('\'') ? found : find(written.substr(1));
}

template <class IdType>
IdType find_id(std::string_view written, const NameMap<IdType>& names) {
  return find_written(written, [&names](std::string_view name) { return names.find(name); });
}

class ScheduleReader {
 public:
  ScheduleReader(const Sheet& sheet, const Plan& plan, Findings& findings)
      : sheet_(sheet), plan_(plan), findings_(findings), dates_(sheet, plan, findings) {
    schedule_.placements = Table<TaskId, Placement>(plan.tasks.size(), {.is_scheduled = false});
    for (TaskId task : plan.tasks.ids()) tasks_.add(plan.tasks[task].id, task);
    for (ResourceId resource : plan.resources.ids()) {
      resources_.add(plan.resources[resource].id, resource);
    }
    for (SkillId skill : plan.skills.ids()) skills_.add(plan.skills[skill].id, skill);
    for (ModeId mode : plan.modes.ids())
      modes_.insert({{plan.modes[mode].task, plan.modes[mode].id}, mode});
    for (DemandId demand : plan.demands.ids()) {
      const Demand& each = plan.demands[demand];
      if (each.skill)
        demands_.insert({{each.task, each.mode, each.skill}, demand});  // the first one stays
    }
  }

  Schedule read() {
    id_ = column("id", "编号");
    start_ = column("start", "开始");
    finish_ = column("finish", "完成");
    mode_ = column("mode", "方式");
    resumes_ = column("resumes", "继续");
    assigned_ = column("assigned", "指派");
    for (const auto& [found, name] :
         {std::pair{id_, "id"}, {start_, "start"}, {finish_, "finish"}}) {
      if (found != kAbsent) continue;
      report_missing(sheet_, name, findings_);
    }
    if (findings_.has_errors()) return std::move(schedule_);
    for (const Sheet::Row& row : sheet_.rows) read_row(row);
    roll_up(schedule_, plan_);
    return std::move(schedule_);
  }

 private:
  std::size_t column(std::string_view english, std::string_view chinese) const {
    return column_of(sheet_, english, chinese);
  }
  std::string_view text(const Sheet::Row& row, std::size_t column) const {
    return cell_of(sheet_, row, column);
  }

  void read_row(const Sheet::Row& row) {
    const std::string_view id = text(row, id_);
    if (id.empty()) return;
    const TaskId task = find_id(id, tasks_);
    if (!task) {
      findings_.add(found::unknown_task, sheet_.where(row, id_),
                    {id, did_you_mean(tasks_.nearest(id))});
      return;
    }
    if (plan_.tasks[task].kind == TaskKind::summary) return;
    const std::string_view mode = text(row, mode_);
    const ModeId in_mode = find_written(mode, [&](std::string_view name) {
      const auto named = modes_.find({task, name});
      return named == modes_.end() ? ModeId{} : named->second;
    });
    const auto start = dates_.start(row, start_, task, in_mode);
    const auto finish = dates_.finish(row, finish_, task, in_mode);
    if (!start || !finish) return;
    schedule_.placements[task] = {
        .start = *start,
        .finish = *finish,
        .resumes = dates_.start(row, resumes_, task, in_mode).value_or(*start),
        .mode = in_mode};
    if (!mode.empty() && !in_mode) {
      findings_.add(found::unknown_mode, sheet_.where(row, mode_),
                    {plan_.tasks[task].id.view(), mode});
    }
    read_assigned(row, task, text(row, assigned_));
  }

  /// `weld=anna 1; lift=crew 2`
  void read_assigned(const Sheet::Row& row, TaskId task, std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(';'), text.size());
      const std::string_view part = trimmed(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      const std::size_t equals = part.find('=');
      const std::size_t blank = part.rfind(' ');
      if (equals == std::string_view::npos || blank == std::string_view::npos || blank < equals) {
        findings_.add(found::unknown_resource, sheet_.where(row, assigned_), {part, ""});
        continue;
      }
      const SkillId skill = find_id(trimmed(part.substr(0, equals)), skills_);
      const ResourceId resource =
          resources_.find(trimmed(part.substr(equals + 1, blank - equals - 1)));
      const auto amount = parse_number(part.substr(blank + 1), 3, false);
      if (!skill || !resource || !amount) {
        findings_.add(found::unknown_resource, sheet_.where(row, assigned_), {part, ""});
        continue;
      }
      const DemandId of_all = demand(task, ModeId{}, skill);
      const DemandId of_mode = demand(task, schedule_.placements[task].mode, skill);
      const DemandId first = !of_all ? of_mode : !of_mode ? of_all : std::min(of_all, of_mode);
      if (first) schedule_.assignments.push_back({first, resource, Amount{*amount}});
    }
  }

  DemandId demand(TaskId task, ModeId mode, SkillId skill) const {
    const auto entry = demands_.find({task, mode, skill});
    return entry == demands_.end() ? DemandId{} : entry->second;
  }

  const Sheet& sheet_;
  const Plan& plan_;
  Findings& findings_;
  RowDates dates_;
  Schedule schedule_;
  NameMap<TaskId> tasks_;
  NameMap<ResourceId> resources_;
  NameMap<SkillId> skills_;
  std::map<std::pair<TaskId, std::string_view>, ModeId> modes_;
  std::map<std::tuple<TaskId, ModeId, SkillId>, DemandId> demands_;  // of each, the first
  std::size_t id_ = kAbsent;
  std::size_t start_ = kAbsent;
  std::size_t finish_ = kAbsent;
  std::size_t mode_ = kAbsent;
  std::size_t resumes_ = kAbsent;
  std::size_t assigned_ = kAbsent;
};

/// `'B2', 'C1', ...`
std::string some_of(const std::vector<std::string_view>& ids) {
  constexpr std::size_t kMostNamed = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(ids.size(), kMostNamed); ++i) {
    if (i > 0) text += ", ";
    text += ids[i];
  }
  if (ids.size() > kMostNamed) text += ", … (" + std::to_string(ids.size()) + ")";
  return text;
}

/// Calls `take` with every row of a task of the plan; those of others are reported together.
template <class Take>
void for_each_task(const Sheet& sheet, std::size_t id, const Plan& plan, Findings& findings,
                   Take take) {
  NameMap<TaskId> tasks;
  for (TaskId task : plan.tasks.ids()) tasks.add(plan.tasks[task].id, task);
  std::vector<std::string_view> strangers;
  Where first;
  for (const Sheet::Row& row : sheet.rows) {
    const std::string_view name = cell_of(sheet, row, id);
    if (name.empty()) continue;
    if (const TaskId task = find_id(name, tasks)) {
      take(row, task);
      continue;
    }
    if (strangers.empty()) first = sheet.where(row, id);
    strangers.push_back(name);
  }
  if (!strangers.empty()) findings.add(found::not_in_plan, first, {some_of(strangers)});
}

Baseline baseline_of(const Sheet& sheet, const Plan& plan, Findings& findings) {
  const std::size_t id = column_of(sheet, "id", "编号");
  const std::size_t start = column_of(sheet, "start", "开始");
  if (id == kAbsent) report_missing(sheet, "id", findings);
  if (start == kAbsent) report_missing(sheet, "start", findings);
  Baseline baseline(plan.tasks.size(), kNever);
  if (id == kAbsent || start == kAbsent) return baseline;
  for_each_task(sheet, id, plan, findings, [&](const Sheet::Row& row, TaskId task) {
    baseline[task] = instant_of(sheet, row, start, plan, findings).value_or(kNever);
  });
  return baseline;
}

AgreedSchedule agreed_in(const Sheet& sheet, const Plan& plan, Findings& findings) {
  const std::size_t id = column_of(sheet, "id", "编号");
  const std::size_t start = column_of(sheet, "start", "开始");
  const std::size_t finish = column_of(sheet, "finish", "完成");
  const std::size_t critical = column_of(sheet, "critical", "关键");
  for (const auto& [column, name] : {std::pair{id, "id"}, {start, "start"}, {finish, "finish"}}) {
    if (column == kAbsent) report_missing(sheet, name, findings);
  }
  AgreedSchedule agreed{
      .dates = Table<TaskId, Interval>(plan.tasks.size(), {kNever, kNever}),
      .critical = Table<TaskId, char>(plan.tasks.size(), 0),
      .knows_critical = critical != kAbsent,
  };
  if (id == kAbsent || start == kAbsent || finish == kAbsent) return agreed;
  RowDates dates(sheet, plan, findings);
  for_each_task(sheet, id, plan, findings, [&](const Sheet::Row& row, TaskId task) {
    const auto from = dates.start(row, start, task, {});
    const auto to = dates.finish(row, finish, task, {});
    if (from && to && *to < *from) {
      findings.add(found::baseline_reversed, sheet.where(row, finish), {plan.tasks[task].id.str()});
    } else if (from && to) {
      agreed.dates[task] = {*from, *to};
    }
    const std::string said = folded(cell_of(sheet, row, critical));
    agreed.critical[task] = said == "yes" || said == "是" ? 1 : 0;
  });
  return agreed;
}

/// The one sheet of a CSV file, or the schedule in a workbook.
template <class Take>
void with_schedule_sheet(std::string_view bytes, std::string file, Findings& findings, Take take) {
  if (!may_be_workbook(bytes)) {
    take(read_csv(bytes, std::move(file), "schedule", findings));
    return;
  }
  constexpr std::array<std::string_view, 2> kSheets = {"Schedule", "进度计划"};
  read_sheet(bytes, file, kSheets, findings, take);
}

}  // namespace

Schedule read_schedule(const std::filesystem::path& path, const Plan& plan, Findings& findings) {
  const std::string file = shown(path.filename());
  const auto bytes = read_file(path, shown(path), findings);
  if (!bytes) return {};
  return read_schedule(*bytes, file, plan, findings);
}

Schedule read_schedule(std::string_view bytes, std::string file, const Plan& plan,
                       Findings& findings) {
  const Sheet sheet = read_csv(bytes, std::move(file), "schedule", findings);
  return ScheduleReader(sheet, plan, findings).read();
}

Baseline read_baseline(const std::filesystem::path& path, const Plan& plan, Findings& findings) {
  const std::string file = shown(path.filename());
  const auto bytes = read_file(path, shown(path), findings);
  if (!bytes) return {};
  return read_baseline(*bytes, file, plan, findings);
}

Baseline read_baseline(std::string_view bytes, std::string file, const Plan& plan,
                       Findings& findings) {
  Baseline baseline(plan.tasks.size(), kNever);
  with_schedule_sheet(bytes, std::move(file), findings,
                      [&](const Sheet& sheet) { baseline = baseline_of(sheet, plan, findings); });
  return baseline;
}

AgreedSchedule read_agreed(const std::filesystem::path& path, const Plan& plan,
                           Findings& findings) {
  const std::string file = shown(path.filename());
  const auto bytes = read_file(path, shown(path), findings);
  if (!bytes) return {};
  return read_agreed(*bytes, file, plan, findings);
}

AgreedSchedule read_agreed(std::string_view bytes, std::string file, const Plan& plan,
                           Findings& findings) {
  AgreedSchedule agreed{.dates = Table<TaskId, Interval>(plan.tasks.size(), {kNever, kNever}),
                        .critical = Table<TaskId, char>(plan.tasks.size(), 0)};
  with_schedule_sheet(bytes, std::move(file), findings,
                      [&](const Sheet& sheet) { agreed = agreed_in(sheet, plan, findings); });
  return agreed;
}

}  // namespace diaodu::formats
