#include "diaodu/formats/xer_export.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diaodu/formats/xer_exporter.h"
#include "diaodu/formats/xer_losses.h"
#include "diaodu/formats/xer_words.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/hammock.h"
#include "diaodu/plan/tree.h"

namespace diaodu::formats {
namespace {

using Stage = TaskState::Stage;

constexpr Words kModes{"only its first way to be done is kept", "只保留第一种实施方式"};
constexpr Words kMaxLag{"the largest lag of a link after it is not kept",
                        "其后关系的最大间隔未保留"};
constexpr Words kElapsedLag{"a lag on the clock after it becomes working time",
                            "其后关系的日历间隔变为工作时间"};
constexpr Words kShareLag{"a lag after it in percent becomes hours",
                          "其后关系的百分比间隔变为小时"};
constexpr Words kSummaryLink{"its link is not kept: Primavera links no summaries",
                             "其关系未保留：Primavera 不支持汇总任务的关系"};
constexpr Words kSpreadLink{"its links become links of the tasks it holds",
                            "其关系改为其所含任务之间的关系"};
constexpr Words kLateDeadline{
    "its deadline is not kept: it lies after the plan's finish, and would count as float there",
    "期限未保留：晚于计划完成日期，在其中会计入浮时"};
constexpr Words kOptional{"that it may be left out is not kept", "可选标记未保留"};
constexpr Words kElapsed{"it becomes work on a calendar around the clock",
                         "改为全天候日历上的工作"};
constexpr Words kRenamed{"its id has letters that no cell holds, or is taken; it is changed",
                         "编号含无法保存的字符或已被占用，已更改"};
constexpr Words kPhysical{"its physical progress is not kept", "实物进度未保留"};

constexpr std::string_view kTaskFields =
    "task_id proj_id=1 wbs_id clndr_id phys_complete_pct=0 rev_fdbk_flag=N est_wt=1 "
    "lock_plan_flag=N "
    "auto_compute_act_flag=N complete_pct_type=CP_Drtn task_type duration_type=DT_FixedDrtn "
    "status_code task_code task_name rsrc_id total_float_hr_cnt free_float_hr_cnt "
    "remain_drtn_hr_cnt act_work_qty=0 remain_work_qty=0 target_work_qty=0 target_drtn_hr_cnt "
    "target_equip_qty=0 act_equip_qty=0 remain_equip_qty=0 cstr_date act_start_date act_end_date "
    "late_start_date late_end_date expect_end_date early_start_date early_end_date restart_date "
    "reend_date target_start_date target_end_date rem_late_start_date rem_late_end_date cstr_type "
    "priority_type suspend_date resume_date float_path float_path_order guid tmpl_guid cstr_date2 "
    "cstr_type2 driving_path_flag=N act_this_per_work_qty=0 act_this_per_equip_qty=0 "
    "external_early_start_date external_late_end_date create_date update_date create_user "
    "update_user location_id crt_path_num";
constexpr std::string_view kLinkFields =
    "task_pred_id task_id pred_task_id proj_id=1 pred_proj_id=1 pred_type lag_hr_cnt comments "
    "float_path aref arls";

std::string_view nearest_priority(const Task& task) {
  const auto nearest = std::min_element(
      kXerPriorities.begin(), kXerPriorities.end(), [&](const auto& a, const auto& b) {
        return std::abs(a.value - task.priority) < std::abs(b.value - task.priority);
      });
  return nearest->word;
}

std::string_view status_of(Stage stage) {
  switch (stage) {
    case Stage::not_started:
      return "TK_NotStart";
    case Stage::started:
      return "TK_Active";
    case Stage::completed:
      return "TK_Complete";
  }
  return {};
}

class TaskWriter {
 public:
  explicit TaskWriter(XerExporter& exporter)
      : exporter_(exporter),
        plan_(exporter.plan),
        rows_(exporter.rows),
        is_linked_(plan_.tasks.size(), 0),
        has_next_(plan_.tasks.size(), 0) {
    for (const Link& link : plan_.links) {
      is_linked_[link.from] = is_linked_[link.to] = 1;
      if (binds(plan_, link)) has_next_[link.from] = 1;
    }
    for (TaskId id : outline(plan_)) {  // what follows a summary follows all in it
      const TaskId parent = plan_.tasks[id].parent;
      if (parent && has_next_[parent] != 0) has_next_[id] = 1;
    }
    for (const PlannedDates& each : exporter.dates) {
      if (each.is_scheduled) finish_ = std::max(finish_, each.earliest_finish);
    }
    if (plan_.must_finish) finish_ = *plan_.must_finish;
  }

  void run() {
    rows_.begin_table("TASK", kTaskFields);
    for (TaskId id : outline(plan_)) {
      if (exporter_.has_place(id)) write(id);
    }
    for (const Progress& progress : plan_.progress) {
      if (progress.physical_percent) exporter_.lose(progress.task, kPhysical);
    }
  }

 private:
  std::string_view type_of(TaskId id) const {
    switch (plan_.tasks[id].kind) {
      case TaskKind::start_milestone:
        return "TT_Mile";
      case TaskKind::finish_milestone:
        return "TT_FinMile";
      case TaskKind::hammock:
        return is_linked_[id] != 0 ? "TT_LOE" : "TT_WBS";
      case TaskKind::task:
      case TaskKind::summary:
        break;
    }
    return "TT_Task";
  }

  /// The id as a cell holds it, each once.
  std::string code_of(TaskId id) {
    const std::string number = std::to_string(XerExporter::number_of(id));
    std::string code = clean_cell(plan_.tasks[id].id.view());
    if (code.empty()) code = "A" + number;
    while (!codes_.insert(code).second) code += "#" + number;
    if (code != plan_.tasks[id].id.view()) exporter_.lose(id, kRenamed);
    return code;
  }

  void write(TaskId id) {
    const Task& task = plan_.tasks[id];
    const TaskState state = exporter_.states[id];
    const WorkTime whole = exporter_.duration_of(id);
    const WorkTime left = state.stage == Stage::not_started ? whole : state.remaining;
    rows_.row().set("task_id", XerExporter::number_of(id));
    rows_.set("wbs_id", task.parent ? XerExporter::number_of(task.parent) : kXerRoot);
    rows_.set("clndr_id", exporter_.calendar_of(id)).set("task_type", type_of(id));
    rows_.set("status_code", status_of(state.stage)).set("task_code", code_of(id));
    rows_.set("task_name", XerExporter::name_in_one(task.name, task.name_zh));
    rows_.set("priority_type", nearest_priority(task));
    rows_.hours("target_drtn_hr_cnt", whole.count()).hours("remain_drtn_hr_cnt", left.count());
    exporter_.date("act_start_date", state.actual_start);
    exporter_.date("act_end_date", state.actual_finish);
    exporter_.date("create_date", exporter_.now());
    exporter_.date("update_date", exporter_.now());
    if (state.resumes) {
      exporter_.date("suspend_date", state.actual_start);
      exporter_.date("resume_date", state.resumes);
    }
    if (!task.is_hammock()) write_wishes(id);
    if (!exporter_.dates.empty() && exporter_.dates[id].is_scheduled)
      write_dates(exporter_.dates[id], state.stage);
    if (task.is_optional) exporter_.lose(id, kOptional);
    if (task.is_elapsed) exporter_.lose(id, kElapsed);
  }

  /// A second constraint that stands alone becomes the first.
  void write_wishes(TaskId id) {
    const Task& task = plan_.tasks[id];
    Constraint first = task.constraint;
    Constraint second = task.second_constraint;
    if (first.kind == ConstraintKind::none) std::swap(first, second);
    const auto write = [this](const Constraint& constraint, std::string_view kind,
                              std::string_view date) {
      if (constraint.kind == ConstraintKind::none) return;
      rows_.set(kind, word_of(kXerConstraints, constraint.kind));
      if (constraint.kind != ConstraintKind::as_late_as_possible)
        exporter_.date(date, constraint.date);
    };
    write(first, "cstr_type", "cstr_date");
    write(second, "cstr_type2", "cstr_date2");
    // There an external date of an open end may lie beyond the project's finish; here none does.
    const bool is_beyond = plan_.options.late_dates == Options::LateDates::kept &&
                           has_next_[id] == 0 && finish_ > kEver && task.deadline < kNever &&
                           task.deadline > finish_;
    if (is_beyond) {
      exporter_.lose(id, kLateDeadline);
    } else {
      exporter_.date("external_late_end_date", task.deadline);
    }
  }

  void write_dates(const PlannedDates& dates, Stage stage) {
    if (dates.has_float) {
      rows_.hours("total_float_hr_cnt", dates.total_float.count());
      rows_.hours("free_float_hr_cnt", dates.free_float.count());
    }
    exporter_.date("early_start_date", dates.earliest_start);
    exporter_.date("early_end_date", dates.earliest_finish);
    exporter_.date("late_start_date", dates.latest_start);
    exporter_.date("late_end_date", dates.latest_finish);
    exporter_.date("target_start_date", dates.start);
    exporter_.date("target_end_date", dates.finish);
    if (stage == Stage::completed) return;
    exporter_.date("restart_date", dates.earliest_start);
    exporter_.date("reend_date", dates.earliest_finish);
    exporter_.date("rem_late_start_date", dates.latest_start);
    exporter_.date("rem_late_end_date", dates.latest_finish);
  }

  XerExporter& exporter_;
  const Plan& plan_;
  XerRows& rows_;
  Table<TaskId, char> is_linked_;
  Table<TaskId, char> has_next_;
  Instant finish_ = kEver;  // late dates count back from there
  std::unordered_set<std::string> codes_;
};

const Calendar& lag_calendar_of(const XerExporter& exporter, const Link& link) {
  static const Calendar around_the_clock;
  switch (exporter.plan.options.lag_calendar) {
    case Options::LagCalendar::predecessor:
      return exporter.times.of(link.from, exporter.first_mode[link.from]);
    case Options::LagCalendar::successor:
      return exporter.times.of(link.to, exporter.first_mode[link.to]);
    case Options::LagCalendar::project:
      return exporter.times.of_project();
    case Options::LagCalendar::around_the_clock:
      break;
  }
  return around_the_clock;
}

/// The working time that a lag on the clock spans: where it lies by the dates, else from the plan's start on.
std::int64_t worked_in(const XerExporter& exporter, const Link& link, Elapsed lag) {
  Instant from = exporter.now();
  if (!exporter.dates.empty() && exporter.dates[link.from].is_scheduled) {
    const PlannedDates& dates = exporter.dates[link.from];
    from = leaves_from_start(link.type) ? dates.start : dates.finish;
  }
  return lag_calendar_of(exporter, link).work_between(from, from + lag).count();
}

std::int64_t lag_of(XerExporter& exporter, const Link& link) {
  using enum Lag::Unit;
  const Lag& lag = link.lag;
  if (lag.amount == 0) return 0;
  const bool is_share = lag.unit == percent || lag.unit == elapsed_percent;
  const bool is_on_clock = lag.unit == elapsed || lag.unit == elapsed_percent;
  if (is_share) exporter.lose(link.from, kShareLag);
  const bool counts_clock =
      exporter.plan.options.lag_calendar == Options::LagCalendar::around_the_clock;
  const std::int64_t minutes =
      is_share ? exporter.duration_of(link.from).count() * lag.amount / (100 * 100) : lag.amount;
  if (!is_on_clock || counts_clock) return minutes;
  exporter.lose(link.from, kElapsedLag);
  return worked_in(exporter, link, Elapsed{minutes});
}

/// A link of a summary as links of the tasks in it: what follows the last of several follows each of them.
class LinkWriter {
 public:
  explicit LinkWriter(XerExporter& exporter)
      : exporter_(exporter),
        plan_(exporter.plan),
        is_told_(plan_.tasks.size(), 0),
        first_(plan_.tasks.size(), 0),
        end_(plan_.tasks.size(), 0) {
    const std::vector<TaskId> order = outline(plan_);
    for (TaskId task : order) {
      first_[task] = working_.size();
      if (does_work(plan_.tasks[task])) working_.push_back(task);
      end_[task] = working_.size();
    }
    for (std::size_t i = order.size(); i-- > 0;) {
      const TaskId parent = plan_.tasks[order[i]].parent;
      if (parent) end_[parent] = std::max(end_[parent], end_[order[i]]);
    }
  }

  void run() {
    exporter_.rows.begin_table("TASKPRED", kLinkFields);
    for (const Link& link : plan_.links) {
      if (exporter_.has_place(link.from) && exporter_.has_place(link.to)) {
        write(link);
      } else {
        spread(link);
      }
    }
  }

 private:
  void write(const Link& link) {
    if (link.has_max_lag) exporter_.lose(link.from, kMaxLag);
    XerRows& rows = exporter_.rows;
    rows.row().set("task_pred_id", ++number_).set("task_id", XerExporter::number_of(link.to));
    rows.set("pred_task_id", XerExporter::number_of(link.from));
    rows.set("pred_type", word_of(kXerLinkTypes, link.type));
    rows.hours("lag_hr_cnt", lag_of(exporter_, link));
  }

  void spread(const Link& link) {
    constexpr std::size_t kMostLinks = 1000;  // for one
    const std::span<const TaskId> before = tasks_in(link.from);
    const std::span<const TaskId> after = tasks_in(link.to);
    const std::size_t count = before.size() * after.size();
    const bool is_small = count > 0 && count <= kMostLinks;
    for (TaskId end : {link.from, link.to}) {
      if (exporter_.has_place(end) || is_told_[end] != 0) continue;
      exporter_.lose(end, is_small ? kSpreadLink : kSummaryLink);
      is_told_[end] = is_small ? 1 : 0;
    }
    if (!is_small) return;
    if (link.has_max_lag) exporter_.lose(link.from, kMaxLag);
    for (TaskId from : before) {
      for (TaskId to : after) {
        Link each = link;
        each.has_max_lag = false;
        each.from = from;
        each.to = to;
        if (from != to) write(each);
      }
    }
  }

  /// The task itself, or all that do work in a summary.
  std::span<const TaskId> tasks_in(const TaskId& id) const {
    if (exporter_.has_place(id)) return {&id, 1};
    return std::span<const TaskId>(working_).subspan(first_[id], end_[id] - first_[id]);
  }

  XerExporter& exporter_;
  const Plan& plan_;
  Table<TaskId, char> is_told_;
  std::vector<TaskId> working_;  // in the order of the outline: those in a summary are neighbours
  Table<TaskId, std::size_t> first_;  // where those in a task begin there
  Table<TaskId, std::size_t> end_;
  std::int64_t number_ = 0;
};

}  // namespace

XerExporter::XerExporter(const Plan& of, const PlannedTable& its_dates, Findings& lost)
    : plan(of),
      dates(its_dates),
      findings(lost),
      times(of),
      states(of, times),
      first_mode(of.tasks.size()),
      rows({"22.12", to_string(of.zone.to_local(of.data_date.value_or(of.start)).date()), "Project",
            "diaodu", "diaodu", "", "Project Management", of.currency}) {
  Table<TaskId, char> has_more(plan.tasks.size(), 0);
  for (std::size_t i = plan.modes.size(); i-- > 0;) {
    const TaskId task = plan.modes[ModeId{i}].task;
    if (first_mode[task]) has_more[task] = 1;
    first_mode[task] = ModeId{i};
  }
  for (TaskId task : plan.tasks.ids()) {
    if (has_more[task] != 0) lose(task, kModes);
  }
}

void XerExporter::lose(TaskId task, const Words& what) {
  findings.add(found::not_kept, {}, {plan.tasks[task].id.str(), what});
}

void XerExporter::lose(const Words& what) { findings.add(found::read_otherwise, {}, {what}); }

void XerExporter::date(std::string_view field, std::optional<Instant> instant) {
  if (instant && *instant > kEver && *instant < kNever)
    rows.set(field, plan.zone.to_local(*instant));
}

WorkTime XerExporter::duration_of(TaskId id) const {
  const Task& task = plan.tasks[id];
  if (task.kind != TaskKind::task) return {};
  const ModeId mode = first_mode[id];
  return mode ? plan.modes[mode].duration : task.duration;
}

std::int64_t XerExporter::calendar_of(CalendarId id) const {
  return static_cast<std::int64_t>((id ? id : plan.calendar).index()) + 1;
}

std::int64_t XerExporter::calendar_of(TaskId id) const {
  const Task& task = plan.tasks[id];
  const std::uint32_t number = times.number_of(id);
  const CalendarId own = task.calendar ? task.calendar : plan.calendar;
  if (!task.is_elapsed && times.number_of(own) == number) return calendar_of(own);
  return static_cast<std::int64_t>(plan.calendars.size() + number) + 1;
}

void write_xer_tasks(XerExporter& exporter) { TaskWriter(exporter).run(); }

void write_xer_links(XerExporter& exporter) { LinkWriter(exporter).run(); }

std::string xer_of(const Plan& plan, const PlannedTable& dates, Findings& findings) {
  XerExporter exporter(plan, dates, findings);
  write_xer_project(exporter);
  write_xer_breakdown(exporter);
  write_xer_resources(exporter);
  write_xer_tasks(exporter);
  write_xer_links(exporter);
  write_xer_demands(exporter);
  tell_of_lost_columns(plan, findings);
  return exporter.rows.take();
}

}  // namespace diaodu::formats
