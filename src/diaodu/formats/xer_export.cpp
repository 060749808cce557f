#include "diaodu/formats/xer_export.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_set>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/settings.h"
#include "diaodu/formats/xer_rows.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/hammock.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"

namespace diaodu::formats {
namespace {

using Stage = TaskState::Stage;

constexpr Words kModes{"only its first way to be done is kept", "只保留第一种实施方式"};
constexpr Words kMaxLag{"the largest lag of a link after it is not kept", "其后关系的最大间隔未保留"};
constexpr Words kElapsedLag{"a lag on the clock after it becomes working time",
                            "其后关系的日历间隔变为工作时间"};
constexpr Words kShareLag{"a lag after it in percent becomes hours", "其后关系的百分比间隔变为小时"};
constexpr Words kSummaryLink{"its link is not kept: Primavera links no summaries",
                             "其关系未保留：Primavera 不支持汇总任务的关系"};
constexpr Words kSummaryDates{"dates of a summary are not kept", "汇总任务的日期条件未保留"};
constexpr Words kSummaryDemand{"a summary's demand is not kept", "汇总任务的资源需求未保留"};
constexpr Words kOptional{"that it may be left out is not kept", "可选标记未保留"};
constexpr Words kElapsed{"it becomes work on a calendar around the clock", "改为全天候日历上的工作"};
constexpr Words kRenamed{"its id has letters that no cell holds, or is taken; it is changed",
                         "编号含无法保存的字符或已被占用，已更改"};
constexpr Words kPhysical{"its physical progress is not kept", "实物进度未保留"};
constexpr Words kSkill{"its demand for a skill is not kept", "对技能的需求未保留"};
constexpr Words kFills{"what it fills up is not kept", "其补充的储备未保留"};
constexpr Words kStock{"it becomes a material, without its limit", "改为材料，其上限未保留"};
constexpr Words kNoCapacity{"a time in which there is none of it is not kept", "其不可用时段未保留"};
constexpr Words kSummaryIds{"ids of summaries become paths of the work breakdown",
                            "汇总任务的编号变为工作分解结构的路径"};
constexpr Words kHardDates{"dates to start or finish by are only wanted there: float below zero shows what is missed",
                           "最晚日期在其中仅为期望：错过时显示为负浮时"};
constexpr Words kZone{"the time zone is not kept: dates stand there as its clocks show them",
                      "时区未保留：日期按当地时钟写出"};
constexpr Words kUncertain{"estimates, risks, targets, groups and routes are not kept",
                           "估算、风险、指标、人员与路线未保留"};

template <class Value>
struct Name {
  Value value;
  std::string_view name;
};
template <class Value, std::size_t kSize>
std::string_view name_of(const std::array<Name<Value>, kSize>& names, Value value) {
  for (const auto& each : names) {
    if (each.value == value) return each.name;
  }
  return {};
}

constexpr std::array kConstraints = std::to_array<Name<ConstraintKind>>(
    {{ConstraintKind::start_on, "CS_MSO"},
     {ConstraintKind::start_on_or_after, "CS_MSOA"},
     {ConstraintKind::start_on_or_before, "CS_MSOB"},
     {ConstraintKind::finish_on, "CS_MEO"},
     {ConstraintKind::finish_on_or_after, "CS_MEOA"},
     {ConstraintKind::finish_on_or_before, "CS_MEOB"},
     {ConstraintKind::as_late_as_possible, "CS_ALAP"},
     {ConstraintKind::mandatory_start, "CS_MANDSTART"},
     {ConstraintKind::mandatory_finish, "CS_MANDFIN"}});
constexpr std::array kLinkTypes =
    std::to_array<Name<LinkType>>({{LinkType::finish_to_start, "PR_FS"},
                                   {LinkType::start_to_start, "PR_SS"},
                                   {LinkType::finish_to_finish, "PR_FF"},
                                   {LinkType::start_to_finish, "PR_SF"}});
constexpr std::array kPriorities = std::to_array<Name<std::int32_t>>(
    {{900, "PT_Top"}, {700, "PT_High"}, {500, "PT_Normal"}, {300, "PT_Low"}, {100, "PT_Lowest"}});
constexpr std::array kLagCalendars = std::to_array<Name<Options::LagCalendar>>(
    {{Options::LagCalendar::predecessor, "rcal_Predecessor"},
     {Options::LagCalendar::successor, "rcal_Successor"},
     {Options::LagCalendar::project, "rcal_ProjDefault"},
     {Options::LagCalendar::around_the_clock, "rcal_24Hour"}});
constexpr std::array kTotalFloats =
    std::to_array<Name<Options::TotalFloat>>({{Options::TotalFloat::finish, "FT_FF"},
                                              {Options::TotalFloat::start, "FT_SF"},
                                              {Options::TotalFloat::smaller, "FT_MIN"}});

class Exporter {
 public:
  Exporter(const Plan& plan, const PlannedTable& dates, Findings& findings)
      : plan_(plan),
        dates_(dates),
        findings_(findings),
        times_(plan),
        states_(plan, times_),
        first_mode_(plan.tasks.size()),
        rows_({"22.12", to_string(local(now()).date()), "Project", "diaodu", "diaodu", "",
               "Project Management", plan.currency}) {}

  std::string run() {
    for (std::size_t i = plan_.modes.size(); i-- > 0;) {
      const ModeId mode{i};
      if (first_mode_[plan_.modes[mode].task]) lose(plan_.modes[mode].task, kModes);
      first_mode_[plan_.modes[mode].task] = mode;
    }
    progress_.assign(plan_.tasks.size(), nullptr);
    for (const Progress& progress : plan_.progress) progress_[progress.task.index()] = &progress;
    find_calendars();
    write_project();
    write_calendars();
    write_options();
    write_breakdown();
    write_resources();
    write_tasks();
    write_links();
    write_demands();
    tell_of_columns();
    return rows_.take();
  }

 private:
  // --- what is lost

  void lose(TaskId task, const Words& what) {
    findings_.add(found::not_kept, {}, {plan_.tasks[task].id.str(), what});
  }
  void lose(const Resource& resource, const Words& what) {
    findings_.add(found::not_kept, {}, {resource.id.str(), what});
  }
  void lose(const Words& what) { findings_.add(found::read_otherwise, {}, {what}); }

  template <class Rows, class Has>
  void tell_of_column(const Rows& rows, std::string_view column, Has has) {
    const auto count = std::count_if(rows.begin(), rows.end(), has);
    if (count == 0) return;
    const std::string number = std::to_string(count);
    findings_.add(found::read_otherwise, {},
                  {{"column " + std::string(column) + " is not kept, in rows: " + number,
                    "列 " + std::string(column) + " 未保留，行数：" + number}});
  }

  void tell_of_columns() {
    const auto& tasks = plan_.tasks;
    tell_of_column(tasks, "tasks.name_zh",
                   [](const Task& t) { return !t.name.empty() && !t.name_zh.empty(); });
    tell_of_column(tasks, "tasks.owner", [](const Task& t) { return !t.owner.empty(); });
    tell_of_column(tasks, "tasks.notes", [](const Task& t) { return !t.notes.empty(); });
    tell_of_column(tasks, "tasks.place", [](const Task& t) { return bool{t.place}; });
    tell_of_column(tasks, "tasks.decision", [](const Task& t) { return bool{t.decision}; });
    tell_of_column(tasks, "tasks.cost", [](const Task& t) { return t.cost != Money{}; });
    tell_of_column(tasks, "tasks.weight", [](const Task& t) { return t.weight != Task{}.weight; });
    tell_of_column(tasks, "tasks.earned_by",
                   [](const Task& t) { return t.earned_by != EarningRule::duration; });
    tell_of_column(tasks, "tasks.priority",
                   [](const Task& t) { return name_of(kPriorities, t.priority).empty(); });
    tell_of_column(plan_.resources, "resources.name_zh",
                   [](const Resource& r) { return !r.name.empty() && !r.name_zh.empty(); });
    tell_of_column(plan_.resources, "resources.skills",
                   [](const Resource& r) { return !r.skills.empty(); });
    tell_of_column(plan_.resources, "resources.place",
                   [](const Resource& r) { return bool{r.place}; });
    tell_of_column(plan_.steps, "steps", [](const Step&) { return true; });
    tell_of_column(plan_.costs, "costs", [](const Spending&) { return true; });
    for (const ForeignColumn& column : plan_.foreign)
      tell_of_column(column.cells, column.table + "." + column.name, [](const auto&) { return true; });
    if (!plan_.estimates.empty() || !plan_.uncertainties.empty() || !plan_.risks.empty() ||
        !plan_.targets.empty() || !plan_.routes.empty() || !plan_.groups.empty()) {
      lose(kUncertain);
    }
    const bool has_zone = plan_.zone.name() != "UTC" || !plan_.zone.changes().empty();
    if (has_zone) lose(kZone);
    const auto is_upper = [this](const Constraint& constraint) {
      Options wanted = plan_.options;
      wanted.late_dates = Options::LateDates::wanted;
      return kept(wanted, constraint).kind != constraint.kind;
    };
    const bool has_upper =
        plan_.must_finish || std::any_of(tasks.begin(), tasks.end(), [&](const Task& task) {
          return is_upper(task.constraint) || is_upper(task.second_constraint);
        });
    if (has_upper && plan_.options.late_dates == Options::LateDates::kept) lose(kHardDates);
  }

  // --- cells

  Instant now() const { return plan_.data_date.value_or(plan_.start); }
  LocalTime local(Instant instant) const { return plan_.zone.to_local(instant); }
  void date(std::optional<Instant> instant) {
    const bool is_date = instant && *instant > kEver && *instant < kNever;
    is_date ? rows_.date(local(*instant)) : rows_.none();
  }
  static std::int64_t number_of(TaskId task) { return static_cast<std::int64_t>(task.index()) + 1000; }
  static std::int64_t number_of(ResourceId id) { return static_cast<std::int64_t>(id.index()) + 1; }
  static std::string_view name_in_one(Text name, Text name_zh) {
    return name.empty() ? name_zh.view() : name.view();
  }

  // --- calendars

  struct Written {
    std::string name;
    const WorkPattern* pattern = nullptr;
    WorkTime day;
    WorkTime week;
  };

  std::int64_t calendar_of(CalendarId id) const {
    return static_cast<std::int64_t>((id ? id : plan_.calendar).index()) + 1;
  }

  /// A task's own, the plan's, or, where several meet or none rests, one made for it.
  std::int64_t calendar_of(TaskId id) {
    const Task& task = plan_.tasks[id];
    const std::uint32_t number = times_.number_of(id);
    const CalendarId own = task.calendar ? task.calendar : plan_.calendar;
    if (!task.is_elapsed && times_.number_of(own) == number) return calendar_of(own);
    return static_cast<std::int64_t>(plan_.calendars.size() + number) + 1;
  }

  void find_calendars() {
    const auto built_in = built_in_calendars();
    std::vector<char> is_used(plan_.calendars.size(), 0);
    const auto use = [&](CalendarId id) {
      if (id) is_used[id.index()] = 1;
    };
    use(plan_.calendar);
    for (const Task& task : plan_.tasks) use(task.calendar);
    for (const Resource& resource : plan_.resources) use(resource.calendar);
    for (CalendarId id : plan_.calendars.ids()) {
      const NamedCalendar& named = plan_.calendars[id];
      if (is_used[id.index()] == 0 && id.index() < built_in.size()) continue;
      calendars_[calendar_of(id)] = {named.rule.id, &named.pattern, named.day, named.week};
    }
    const NamedCalendar& usual = plan_.calendars[plan_.calendar];
    for (TaskId task : plan_.tasks.ids()) {
      if (plan_.tasks[task].kind == TaskKind::summary) continue;
      const std::int64_t number = calendar_of(task);
      if (calendars_.contains(number)) continue;
      const WorkPattern& pattern = times_.pattern(times_.number_of(task));
      std::string name = times_.number_of(task) == 0 ? "around the clock" : "";
      for (CalendarId part : times_.combined(task)) {
        if (times_.number_of(task) == 0) break;
        name += (name.empty() ? "" : " + ") + plan_.calendars[part].rule.id;
      }
      calendars_[number] = {name, &pattern, usual.day, usual.week};
    }
  }

  void write_calendars() {
    rows_.begin_table("CALENDAR",
                      {"clndr_id", "default_flag", "clndr_name", "proj_id", "base_clndr_id",
                       "last_chng_date", "clndr_type", "day_hr_cnt", "week_hr_cnt", "month_hr_cnt",
                       "year_hr_cnt", "rsrc_private", "clndr_data"});
    for (const auto& [number, calendar] : calendars_) {
      rows_.row().number(number).flag(number == calendar_of(plan_.calendar)).cell(calendar.name);
      rows_.none().none().none().cell("CA_Base");
      rows_.hours(calendar.day.count()).hours(calendar.week.count());
      rows_.hours(calendar.week.count() * 52 / 12).hours(calendar.week.count() * 52).flag(false);
      rows_.cell(xer_hours_of(*calendar.pattern));
    }
  }

  // --- the project

  void write_project() {
    rows_.begin_table("CURRTYPE", {"curr_id", "decimal_digit_cnt", "curr_symbol", "decimal_symbol",
                                   "digit_group_symbol", "pos_curr_fmt_type", "neg_curr_fmt_type",
                                   "curr_type", "curr_short_name", "group_digit_cnt", "base_exch_rate"});
    rows_.row().number(1).number(2).cell(plan_.currency).cell(".").cell(",").cell("#1.1");
    rows_.cell("(#1.1)").cell(plan_.currency).cell(plan_.currency).number(3).number(1);
    rows_.begin_table("PROJECT",
                      {"proj_id", "proj_short_name", "export_flag", "clndr_id", "plan_start_date",
                       "plan_end_date", "scd_end_date", "last_recalc_date", "critical_drtn_hr_cnt",
                       "critical_path_type", "def_duration_type", "project_flag"});
    rows_.row().number(1).cell(project_name()).flag(true).number(calendar_of(plan_.calendar));
    date(plan_.start);
    date(plan_.must_finish);
    date(last_early_finish());
    date(now());
    rows_.hours(plan_.options.critical_float.count()).cell("CT_TotFloat").cell("DT_FixedDrtn");
    rows_.flag(true);
  }

  std::string project_name() const {
    const std::string name = clean_cell(plan_.name.empty() ? plan_.name_zh : plan_.name);
    return name.empty() ? "PLAN" : name;
  }
  std::optional<Instant> last_early_finish() const {
    std::optional<Instant> last;
    for (const PlannedDates& dates : dates_) {
      if (dates.is_scheduled) last = last ? std::max(*last, dates.finish) : dates.finish;
    }
    return last;
  }

  void write_options() {
    const Options& options = plan_.options;
    rows_.begin_table(
        "SCHEDOPTIONS",
        {"schedoptions_id", "proj_id", "sched_outer_depend_type", "sched_open_critical_flag",
         "sched_lag_early_start_flag", "sched_retained_logic", "sched_setplantoforecast",
         "sched_float_type", "sched_calendar_on_relationship_lag", "sched_use_expect_end_flag",
         "sched_progress_override"});
    rows_.row().number(1).number(1).cell("SD_Both").flag(options.open_ends_are_critical);
    rows_.flag(options.start_lag == Options::StartLag::early_start);
    rows_.flag(options.progress_rule == Options::ProgressRule::retained_logic).flag(false);
    rows_.cell(name_of(kTotalFloats, options.total_float));
    rows_.cell(name_of(kLagCalendars, options.lag_calendar)).flag(false);
    rows_.flag(options.progress_rule == Options::ProgressRule::progress_override);
  }

  // --- the work breakdown

  /// The one summary that everything lies in, if there is one.
  TaskId root() const {
    TaskId root;
    for (TaskId id : plan_.tasks.ids()) {
      if (plan_.tasks[id].parent) continue;
      if (root || plan_.tasks[id].kind != TaskKind::summary) return {};
      root = id;
    }
    return root;
  }

  void write_breakdown() {
    rows_.begin_table("PROJWBS",
                      {"wbs_id", "proj_id", "obs_id", "seq_num", "est_wt", "proj_node_flag",
                       "sum_data_flag", "status_code", "wbs_short_name", "wbs_name", "parent_wbs_id"});
    const TaskId top = root();
    if (!top) {
      rows_.row().number(kRoot).number(1).none().number(0).number(1).flag(true).flag(true);
      rows_.cell("WS_Open").cell(project_name()).cell(project_name()).none();
    }
    bool is_renamed = !top;
    std::int64_t sequence = 0;
    for (TaskId id : outline(plan_)) {
      const Task& task = plan_.tasks[id];
      if (task.kind != TaskKind::summary) continue;
      std::string own = clean_cell(task.id.view());
      if (task.parent) {
        const std::string above = plan_.tasks[task.parent].id.str() + ".";
        is_renamed = is_renamed || !own.starts_with(above);
        if (own.starts_with(above)) own.erase(0, above.size());
      }
      rows_.row().number(number_of(id)).number(1).none().number(++sequence).number(1);
      rows_.flag(id == top).flag(true).cell("WS_Open").cell(own);
      rows_.cell(name_in_one(task.name, task.name_zh));
      id == top ? rows_.none() : rows_.number(task.parent ? number_of(task.parent) : kRoot);
      const bool has_dates = task.constraint.kind != ConstraintKind::none ||
                             task.second_constraint.kind != ConstraintKind::none ||
                             task.deadline != kNever;
      if (has_dates) lose(id, kSummaryDates);
    }
    if (is_renamed && sequence > 0) lose(kSummaryIds);
  }

  // --- tasks

  std::string_view type_of(TaskId id) const {
    switch (plan_.tasks[id].kind) {
      case TaskKind::start_milestone:
        return "TT_Mile";
      case TaskKind::finish_milestone:
        return "TT_FinMile";
      case TaskKind::hammock: {
        const bool is_linked =
            std::any_of(plan_.links.begin(), plan_.links.end(),
                        [id](const Link& link) { return link.from == id || link.to == id; });
        return is_linked ? "TT_LOE" : "TT_WBS";
      }
      case TaskKind::task:
      case TaskKind::summary:
        break;
    }
    return "TT_Task";
  }

  WorkTime duration_of(TaskId id) const {
    const Task& task = plan_.tasks[id];
    if (task.kind != TaskKind::task) return {};
    const ModeId mode = first_mode_[id];
    return mode ? plan_.modes[mode].duration : task.duration;
  }

  /// The id as a cell holds it, each once.
  std::string code_of(TaskId id) {
    std::string code = clean_cell(plan_.tasks[id].id.view());
    if (code.empty()) code = "A" + std::to_string(number_of(id));
    while (!codes_.insert(code).second) code += "#" + std::to_string(number_of(id));
    if (code != plan_.tasks[id].id.view()) lose(id, kRenamed);
    return code;
  }

  void write_tasks() {
    rows_.begin_table(
        "TASK",
        {"task_id", "proj_id", "wbs_id", "clndr_id", "complete_pct_type", "task_type",
         "duration_type", "status_code", "task_code", "task_name", "priority_type",
         "total_float_hr_cnt", "free_float_hr_cnt", "target_drtn_hr_cnt", "remain_drtn_hr_cnt",
         "cstr_type", "cstr_date", "cstr_type2", "cstr_date2", "act_start_date", "act_end_date",
         "suspend_date", "resume_date", "external_late_end_date", "early_start_date",
         "early_end_date", "late_start_date", "late_end_date", "target_start_date",
         "target_end_date", "restart_date", "reend_date", "rem_late_start_date",
         "rem_late_end_date"});
    for (TaskId id : outline(plan_)) {
      if (plan_.tasks[id].kind != TaskKind::summary) write_task(id);
    }
  }

  void write_task(TaskId id) {
    const Task& task = plan_.tasks[id];
    const TaskState state = states_[id];
    rows_.row().number(number_of(id)).number(1);
    rows_.number(task.parent ? number_of(task.parent) : kRoot).number(calendar_of(id));
    rows_.cell("CP_Drtn").cell(type_of(id)).cell("DT_FixedDrtn");
    rows_.cell(state.stage == Stage::completed ? "TK_Complete"
               : state.stage == Stage::started ? "TK_Active"
                                               : "TK_NotStart");
    rows_.cell(code_of(id)).cell(name_in_one(task.name, task.name_zh)).cell(priority_of(task));
    const PlannedDates* dates = dates_.empty() || !dates_[id].is_scheduled ? nullptr : &dates_[id];
    if (dates != nullptr && dates->has_float) {
      rows_.hours(dates->total_float.count()).hours(dates->free_float.count());
    } else {
      rows_.none().none();
    }
    rows_.hours(duration_of(id).count());
    rows_.hours(state.stage == Stage::completed ? 0
                : state.stage == Stage::started ? state.remaining.count()
                                                : duration_of(id).count());
    write_constraints(id);
    date(state.actual_start);
    date(state.actual_finish);
    date(state.resumes ? state.actual_start : std::nullopt);
    date(state.resumes);
    date(task.is_hammock() ? kNever : task.deadline);
    write_dates(dates, state.stage);
    if (task.is_optional) lose(id, kOptional);
    if (task.is_elapsed) lose(id, kElapsed);
    if (progress_[id.index()] != nullptr && progress_[id.index()]->physical_percent) lose(id, kPhysical);
  }

  static std::string_view priority_of(const Task& task) {
    const auto nearest = std::min_element(
        kPriorities.begin(), kPriorities.end(), [&](const auto& a, const auto& b) {
          return std::abs(a.value - task.priority) < std::abs(b.value - task.priority);
        });
    return nearest->name;
  }

  /// A second constraint that stands alone becomes the first.
  void write_constraints(TaskId id) {
    const Task& task = plan_.tasks[id];
    Constraint first = task.is_hammock() ? Constraint{} : task.constraint;
    Constraint second = task.is_hammock() ? Constraint{} : task.second_constraint;
    if (first.kind == ConstraintKind::none) std::swap(first, second);
    for (const Constraint& constraint : {first, second}) {
      const bool has_date = constraint.kind != ConstraintKind::none &&
                            constraint.kind != ConstraintKind::as_late_as_possible;
      rows_.cell(name_of(kConstraints, constraint.kind));
      date(has_date ? std::optional(constraint.date) : std::nullopt);
    }
  }

  void write_dates(const PlannedDates* dates, Stage stage) {
    const auto span = [this](std::optional<Instant> from, std::optional<Instant> to) {
      date(from);
      date(to);
    };
    if (dates == nullptr) {
      for (int i = 0; i < 5; ++i) span({}, {});
      return;
    }
    const bool is_open = stage != Stage::completed;
    span(dates->earliest_start, dates->earliest_finish);
    span(dates->latest_start, dates->latest_finish);
    span(dates->start, dates->finish);
    span(is_open ? std::optional(dates->earliest_start) : std::nullopt,
         is_open ? std::optional(dates->earliest_finish) : std::nullopt);
    span(is_open ? std::optional(dates->latest_start) : std::nullopt,
         is_open ? std::optional(dates->latest_finish) : std::nullopt);
  }

  // --- links

  void write_links() {
    rows_.begin_table("TASKPRED", {"task_pred_id", "task_id", "pred_task_id", "proj_id",
                                   "pred_proj_id", "pred_type", "lag_hr_cnt"});
    std::int64_t number = 0;
    for (const Link& link : plan_.links) {
      for (TaskId end : {link.from, link.to}) {
        if (plan_.tasks[end].kind == TaskKind::summary) lose(end, kSummaryLink);
      }
      if (!has_place(link.from) || !has_place(link.to)) continue;
      rows_.row().number(++number).number(number_of(link.to)).number(number_of(link.from));
      rows_.number(1).number(1).cell(name_of(kLinkTypes, link.type)).hours(lag_of(link));
      if (link.has_max_lag) lose(link.from, kMaxLag);
    }
  }
  bool has_place(TaskId task) const { return plan_.tasks[task].kind != TaskKind::summary; }

  std::int64_t lag_of(const Link& link) {
    const bool is_share =
        link.lag.unit == Lag::Unit::percent || link.lag.unit == Lag::Unit::elapsed_percent;
    const bool is_on_clock =
        link.lag.unit == Lag::Unit::elapsed || link.lag.unit == Lag::Unit::elapsed_percent;
    if (link.lag.amount == 0) return 0;
    if (is_share) lose(link.from, kShareLag);
    const bool counts_clock =
        plan_.options.lag_calendar == Options::LagCalendar::around_the_clock;
    if (is_on_clock && !counts_clock) lose(link.from, kElapsedLag);
    return is_share ? duration_of(link.from).count() * link.lag.amount / (100 * 100) : link.lag.amount;
  }

  // --- resources

  void write_resources() {
    if (plan_.resources.empty()) return;
    rows_.begin_table("RSRC", {"rsrc_id", "clndr_id", "rsrc_seq_num", "cost_qty_type", "active_flag",
                               "level_flag", "def_qty_per_hr", "rsrc_type", "rsrc_name",
                               "rsrc_short_name", "curr_id"});
    for (ResourceId id : plan_.resources.ids()) {
      const Resource& resource = plan_.resources[id];
      const bool is_renewed = is_renewable(resource.kind);
      rows_.row().number(number_of(id));
      resource.calendar ? rows_.number(calendar_of(resource.calendar)) : rows_.none();
      rows_.number(number_of(id)).cell("QT_Hour").flag(true);
      rows_.flag(is_renewed && resource.capacity < kUnlimited).number(1);
      rows_.cell(!is_renewed                             ? "RT_Mat"
                 : resource.kind == ResourceKind::machine ? "RT_Equip"
                                                          : "RT_Labor");
      rows_.cell(name_in_one(resource.name, resource.name_zh)).cell(resource.id).number(1);
      const bool is_stock = resource.kind != ResourceKind::material || resource.capacity < kUnlimited;
      if (!is_renewed && is_stock) lose(resource, kStock);
    }
    write_rates();
  }

  void write_rates() {
    rows_.begin_table("RSRCRATE",
                      {"rsrc_rate_id", "rsrc_id", "max_qty_per_hr", "cost_per_qty", "start_date"});
    std::int64_t number = 0;
    for (ResourceId id : plan_.resources.ids()) {
      const Resource& resource = plan_.resources[id];
      std::map<Instant, Amount> steps{{kEver, resource.capacity}};
      for (const Availability& each : plan_.availability) {
        if (each.resource != id || !is_renewable(resource.kind)) continue;
        if (each.capacity <= Amount{}) {
          lose(resource, kNoCapacity);
          continue;
        }
        steps[each.during.from] = each.capacity;
        steps.try_emplace(each.during.to, resource.capacity);
      }
      const Instant first = std::min(plan_.start, std::next(steps.begin()) == steps.end()
                                                      ? plan_.start
                                                      : std::next(steps.begin())->first - Elapsed{1});
      for (const auto& [from, capacity] : steps) {
        rows_.row().number(++number).number(number_of(id));
        const bool is_limited = is_renewable(resource.kind) && capacity < kUnlimited;
        rows_.cell(is_limited ? decimal_string(capacity.count(), 3) : std::string());
        rows_.cell(decimal_string(resource.rate.count(), 2));
        date(from == kEver ? first : from);
      }
    }
  }

  void write_demands() {
    if (plan_.demands.empty()) return;
    rows_.begin_table("TASKRSRC", {"taskrsrc_id", "task_id", "proj_id", "rsrc_id", "rsrc_type",
                                   "target_qty_per_hr", "remain_qty_per_hr", "target_qty",
                                   "remain_qty", "cost_per_qty"});
    std::int64_t number = 0;
    for (const Demand& demand : plan_.demands) {
      if (!has_place(demand.task)) {
        lose(demand.task, kSummaryDemand);
      } else if (demand.skill) {
        lose(demand.task, kSkill);
      } else if (demand.amount < Amount{}) {
        lose(demand.task, kFills);
      } else if (!demand.mode || demand.mode == first_mode_[demand.task]) {
        write_demand(demand, ++number);
      }
    }
  }

  void write_demand(const Demand& demand, std::int64_t number) {
    const Resource& resource = plan_.resources[demand.resource];
    const bool is_renewed = is_renewable(resource.kind);
    const TaskState state = states_[demand.task];
    const WorkTime left = state.stage == Stage::not_started ? duration_of(demand.task) : state.remaining;
    const auto quantity = [&](WorkTime time) {
      return is_renewed ? demand.amount.count() * time.count() / 60 : demand.amount.count();
    };
    rows_.row().number(number).number(number_of(demand.task)).number(1);
    rows_.number(number_of(demand.resource));
    rows_.cell(!is_renewed                             ? "RT_Mat"
               : resource.kind == ResourceKind::machine ? "RT_Equip"
                                                        : "RT_Labor");
    const std::string rate = is_renewed ? decimal_string(demand.amount.count(), 3) : std::string();
    rows_.cell(rate).cell(rate).cell(decimal_string(quantity(duration_of(demand.task)), 3));
    rows_.cell(decimal_string(quantity(left), 3)).cell(decimal_string(resource.rate.count(), 2));
  }

  static constexpr std::int64_t kRoot = 999;

  const Plan& plan_;
  const PlannedTable& dates_;
  Findings& findings_;
  WorkingTimes times_;
  TaskStates states_;
  Table<TaskId, ModeId> first_mode_;
  std::vector<const Progress*> progress_;
  std::map<std::int64_t, Written> calendars_;  // by clndr_id
  std::unordered_set<std::string> codes_;
  XerRows rows_;
};

}  // namespace

std::string xer_of(const Plan& plan, const PlannedTable& dates, Findings& findings) {
  return Exporter(plan, dates, findings).run();
}

}  // namespace diaodu::formats
