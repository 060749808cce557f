#include <algorithm>
#include <optional>

#include "diaodu/formats/settings.h"
#include "diaodu/formats/xer_exporter.h"
#include "diaodu/plan/tree.h"

namespace diaodu::formats {
namespace {

constexpr Words kSummaryDates{"dates of a summary are not kept", "汇总任务的日期条件未保留"};
constexpr Words kSummaryIds{"ids of summaries become paths of the work breakdown",
                            "汇总任务的编号变为工作分解结构的路径"};

// The fields of each table as Primavera writes them, in its order, with what they hold unless they are set.
constexpr std::string_view kCurrencyFields =
    "curr_id=1 decimal_digit_cnt=2 curr_symbol decimal_symbol=. digit_group_symbol=, "
    "pos_curr_fmt_type=#1.1 neg_curr_fmt_type=(#1.1) curr_type curr_short_name group_digit_cnt=3 "
    "base_exch_rate=1";
constexpr std::string_view kObsFields = "obs_id=1 parent_obs_id guid seq_num=0 obs_name obs_descr";
constexpr std::string_view kProjectFields =
    "proj_id=1 fy_start_month_num=1 rsrc_self_add_flag=Y allow_complete_flag=Y "
    "rsrc_multi_assign_flag=Y checkout_flag=N project_flag=Y step_complete_flag=N "
    "cost_qty_recalc_flag=N batch_sum_flag=Y name_sep_char=. def_complete_pct_type=CP_Drtn "
    "proj_short_name acct_id orig_proj_id source_proj_id base_type_id clndr_id sum_base_proj_id "
    "task_code_base=1000 task_code_step=10 priority_num=10 wbs_max_sum_level=2 "
    "strgy_priority_num=500 last_checksum critical_drtn_hr_cnt=0 def_cost_per_qty=0.0000 "
    "last_recalc_date plan_start_date plan_end_date scd_end_date add_date last_tasksum_date "
    "fcst_start_date def_duration_type=DT_FixedDrtn task_code_prefix=A guid def_qty_type=QT_Hour "
    "add_by_name web_local_root_path proj_url def_rate_type=COST_PER_QTY add_act_remain_flag=N "
    "act_this_per_link_flag=Y def_task_type=TT_Task act_pct_link_flag=N "
    "critical_path_type=CT_TotFloat task_code_prefix_flag=Y def_rollup_dates_flag=Y "
    "use_project_baseline_flag=Y rem_target_link_flag=Y reset_planned_flag=Y allow_neg_act_flag=N "
    "sum_assign_level=SL_Taskrsrc last_fin_dates_id fintmpl_id last_baseline_update_date "
    "cr_external_key apply_actuals_date location_id last_schedule_date loaded_scope_level=7 "
    "export_flag=Y new_fin_dates_id baselines_to_export baseline_names_to_export next_data_date "
    "close_period_flag sum_refresh_date trsrcsum_loaded sumtask_loaded";
constexpr std::string_view kCalendarFields =
    "clndr_id default_flag=N clndr_name proj_id base_clndr_id last_chng_date clndr_type=CA_Base "
    "day_hr_cnt week_hr_cnt month_hr_cnt year_hr_cnt rsrc_private=N clndr_data";
constexpr std::string_view kOptionFields =
    "schedoptions_id=1 proj_id=1 sched_outer_depend_type=SD_Both sched_open_critical_flag "
    "sched_lag_early_start_flag sched_retained_logic sched_setplantoforecast=N sched_float_type "
    "sched_calendar_on_relationship_lag sched_use_expect_end_flag=N sched_progress_override "
    "level_float_thrs_cnt=0 level_outer_assign_flag=N level_outer_assign_priority=5 "
    "level_over_alloc_pct=25 level_within_float_flag=N level_keep_sched_date_flag=Y "
    "level_all_rsrc_flag=Y sched_use_project_end_date_for_float=Y "
    "enable_multiple_longest_path_calc=N limit_multiple_longest_path_calc=Y "
    "max_multiple_longest_path=10 use_total_float_multiple_longest_paths=Y "
    "key_activity_for_multiple_longest_paths LevelPriorityList";
constexpr std::string_view kBreakdownFields =
    "wbs_id proj_id=1 obs_id=1 seq_num est_wt=1 proj_node_flag=N sum_data_flag=Y "
    "status_code=WS_Open wbs_short_name wbs_name phase_id parent_wbs_id ev_user_pct=6 "
    "ev_etc_user_value=0.88 orig_cost=0.0000 indep_remain_total_cost=0.0000 ann_dscnt_rate_pct "
    "dscnt_period_type indep_remain_work_qty anticip_start_date anticip_end_date "
    "ev_compute_type=EC_Cmp_pct ev_etc_compute_type=EE_Rem_hr guid tmpl_guid plan_open_state";

std::string_view name_of(Options::LagCalendar calendar) {
  switch (calendar) {
    case Options::LagCalendar::predecessor:
      return "rcal_Predecessor";
    case Options::LagCalendar::successor:
      return "rcal_Successor";
    case Options::LagCalendar::project:
      return "rcal_ProjDefault";
    case Options::LagCalendar::around_the_clock:
      return "rcal_24Hour";
  }
  return {};
}

std::string_view name_of(Options::TotalFloat total_float) {
  switch (total_float) {
    case Options::TotalFloat::finish:
      return "FT_FF";
    case Options::TotalFloat::start:
      return "FT_SF";
    case Options::TotalFloat::smaller:
      return "FT_MIN";
  }
  return {};
}

std::string project_name(const Plan& plan) {
  const std::string name = clean_cell(plan.name.empty() ? plan.name_zh : plan.name);
  return name.empty() ? "PLAN" : name;
}

void find_calendars(XerExporter& exporter) {
  const Plan& plan = exporter.plan;
  const WorkingTimes& times = exporter.times;
  std::vector<char> is_used(plan.calendars.size(), 0);
  const auto use = [&](CalendarId id) {
    if (id) is_used[id.index()] = 1;
  };
  use(plan.calendar);
  for (const Task& task : plan.tasks) use(task.calendar);
  for (const Resource& resource : plan.resources) use(resource.calendar);
  for (CalendarId id : plan.calendars.ids()) {
    const NamedCalendar& named = plan.calendars[id];
    if (is_used[id.index()] == 0 && id.index() < built_in_calendars().size()) continue;
    exporter.calendars[exporter.calendar_of(id)] = {named.rule.id, &named.pattern, named.day,
                                                    named.week};
  }
  const NamedCalendar& usual = plan.calendars[plan.calendar];
  for (TaskId task : plan.tasks.ids()) {
    const std::int64_t number = exporter.calendar_of(task);
    if (!exporter.has_place(task) || exporter.calendars.contains(number)) continue;
    const std::uint32_t combined = times.number_of(task);
    std::string name = combined == 0 ? "around the clock" : "";
    if (combined != 0) {
      for (CalendarId part : times.combined(task))
        name += (name.empty() ? "" : " + ") + plan.calendars[part].rule.id;
    }
    exporter.calendars[number] = {name, &times.pattern(combined), usual.day, usual.week};
  }
}

void write_calendars(XerExporter& exporter) {
  find_calendars(exporter);
  XerRows& rows = exporter.rows;
  rows.begin_table("CALENDAR", kCalendarFields);
  for (const auto& [number, calendar] : exporter.calendars) {
    constexpr std::int64_t kWeeks = 52;
    constexpr std::int64_t kMonths = 12;
    const std::int64_t week = calendar.week.count();
    rows.row().set("clndr_id", number).set("clndr_name", calendar.name);
    rows.flag("default_flag", number == exporter.calendar_of(exporter.plan.calendar));
    rows.hours("day_hr_cnt", calendar.day.count()).hours("week_hr_cnt", week);
    rows.hours("month_hr_cnt", week * kWeeks / kMonths).hours("year_hr_cnt", week * kWeeks);
    exporter.date("last_chng_date", exporter.now());
    rows.set("clndr_data", xer_hours_of(*calendar.pattern));
  }
}

void write_options(XerExporter& exporter) {
  using Rule = Options::ProgressRule;
  const Options& options = exporter.plan.options;
  XerRows& rows = exporter.rows;
  rows.begin_table("SCHEDOPTIONS", kOptionFields);
  rows.row().flag("sched_open_critical_flag", options.open_ends_are_critical);
  rows.flag("sched_lag_early_start_flag", options.start_lag == Options::StartLag::early_start);
  rows.flag("sched_retained_logic", options.progress_rule == Rule::retained_logic);
  rows.flag("sched_progress_override", options.progress_rule == Rule::progress_override);
  rows.set("sched_float_type", name_of(options.total_float));
  rows.set("sched_calendar_on_relationship_lag", name_of(options.lag_calendar));
}

/// The one summary that everything lies in, if there is one.
TaskId root_of(const Plan& plan) {
  TaskId root;
  for (TaskId id : plan.tasks.ids()) {
    if (plan.tasks[id].parent) continue;
    if (root || plan.tasks[id].kind != TaskKind::summary) return {};
    root = id;
  }
  return root;
}

}  // namespace

void write_xer_project(XerExporter& exporter) {
  const Plan& plan = exporter.plan;
  XerRows& rows = exporter.rows;
  rows.begin_table("CURRTYPE", kCurrencyFields);
  rows.row().set("curr_symbol", plan.currency).set("curr_type", plan.currency);
  rows.set("curr_short_name", plan.currency);
  rows.begin_table("OBS", kObsFields);
  rows.row().set("obs_name", "Enterprise");
  rows.begin_table("PROJECT", kProjectFields);
  rows.row().set("proj_short_name", project_name(plan));
  rows.set("clndr_id", exporter.calendar_of(plan.calendar));
  rows.hours("critical_drtn_hr_cnt", plan.options.critical_float.count());
  exporter.date("plan_start_date", plan.start);
  exporter.date("plan_end_date", plan.must_finish);
  exporter.date("last_recalc_date", exporter.now());
  exporter.date("add_date", exporter.now());
  std::optional<Instant> finish;
  for (const PlannedDates& dates : exporter.dates) {
    if (dates.is_scheduled) finish = finish ? std::max(*finish, dates.finish) : dates.finish;
  }
  exporter.date("scd_end_date", finish);
  write_calendars(exporter);
  write_options(exporter);
}

void write_xer_breakdown(XerExporter& exporter) {
  const Plan& plan = exporter.plan;
  XerRows& rows = exporter.rows;
  rows.begin_table("PROJWBS", kBreakdownFields);
  const TaskId top = root_of(plan);
  if (!top) {
    const std::string name = project_name(plan);
    rows.row().set("wbs_id", kXerRoot).set("seq_num", std::int64_t{0}).flag("proj_node_flag", true);
    rows.set("wbs_short_name", name).set("wbs_name", name);
  }
  bool is_renamed = !top;
  std::int64_t sequence = 0;
  for (TaskId id : outline(plan)) {
    const Task& task = plan.tasks[id];
    if (task.kind != TaskKind::summary) continue;
    std::string own = clean_cell(task.id.view());
    if (task.parent) {
      const std::string above = plan.tasks[task.parent].id.str() + ".";
      is_renamed = is_renamed || !own.starts_with(above);
      if (own.starts_with(above)) own.erase(0, above.size());
      rows.row().set("parent_wbs_id", XerExporter::number_of(task.parent));
    } else {
      rows.row();
      if (id != top) rows.set("parent_wbs_id", kXerRoot);
    }
    rows.set("wbs_id", XerExporter::number_of(id)).set("seq_num", ++sequence);
    rows.flag("proj_node_flag", id == top).set("wbs_short_name", own);
    rows.set("wbs_name", XerExporter::name_in_one(task.name, task.name_zh));
    const bool has_dates = task.constraint.kind != ConstraintKind::none ||
                           task.second_constraint.kind != ConstraintKind::none ||
                           task.deadline != kNever;
    if (has_dates) exporter.lose(id, kSummaryDates);
  }
  if (is_renamed && sequence > 0) exporter.lose(kSummaryIds);
}

}  // namespace diaodu::formats
