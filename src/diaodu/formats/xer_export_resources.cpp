#include <algorithm>
#include <iterator>
#include <map>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/xer_exporter.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using Stage = TaskState::Stage;

constexpr Words kSummaryDemand{"a summary's demand is not kept", "汇总任务的资源需求未保留"};
constexpr Words kSkill{"its demand for a skill is not kept", "对技能的需求未保留"};
constexpr Words kFills{"what it fills up is not kept", "其补充的储备未保留"};
constexpr Words kStock{"it becomes a material, without its limit", "改为材料，其上限未保留"};
constexpr Words kNoCapacity{"a time in which there is none of it is not kept",
                            "其不可用时段未保留"};

constexpr std::string_view kResourceFields =
    "rsrc_id parent_rsrc_id clndr_id role_id shift_id user_id pobs_id guid rsrc_seq_num email_addr "
    "employee_code office_phone other_phone rsrc_name rsrc_short_name rsrc_title_name "
    "def_qty_per_hr=1 cost_qty_type=QT_Hour ot_factor active_flag=Y auto_compute_act_flag=Y "
    "def_cost_qty_link_flag=Y ot_flag=N curr_id=1 unit_id rsrc_type location_id rsrc_notes "
    "load_tasks_flag level_flag last_checksum";
constexpr std::string_view kRateFields =
    "rsrc_rate_id rsrc_id max_qty_per_hr=0 cost_per_qty=0.0000 start_date shift_period_id "
    "cost_per_qty2 "
    "cost_per_qty3 cost_per_qty4 cost_per_qty5";
constexpr std::string_view kDemandFields =
    "taskrsrc_id task_id proj_id=1 cost_qty_link_flag=Y role_id acct_id rsrc_id pobs_id "
    "skill_level "
    "remain_qty=0 target_qty=0 remain_qty_per_hr target_lag_drtn_hr_cnt=0 target_qty_per_hr "
    "act_ot_qty=0 act_reg_qty=0 relag_drtn_hr_cnt=0 ot_factor cost_per_qty=0.0000 "
    "target_cost=0.0000 act_reg_cost=0.0000 act_ot_cost=0.0000 remain_cost=0.0000 act_start_date "
    "act_end_date restart_date reend_date target_start_date target_end_date rem_late_start_date "
    "rem_late_end_date rollup_dates_flag=Y target_crv remain_crv actual_crv ts_pend_act_end_flag=N "
    "guid rate_type=COST_PER_QTY act_this_per_cost=0.0000 act_this_per_qty=0 curv_id rsrc_type "
    "cost_per_qty_source_type=ST_Rsrc create_user create_date has_rsrchours taskrsrc_sum_id";

std::string_view type_of(ResourceKind kind) {
  if (!is_renewable(kind)) return "RT_Mat";
  return kind == ResourceKind::machine ? "RT_Equip" : "RT_Labor";
}

void lose(XerExporter& exporter, const Resource& resource, const Words& what) {
  exporter.findings.add(found::not_kept, {}, {resource.id.str(), what});
}

/// From when on there is how much of it.  The first row begins before all others and the plan.
void write_rates_of(XerExporter& exporter, ResourceId id, std::int64_t& number) {
  const Plan& plan = exporter.plan;
  const Resource& resource = plan.resources[id];
  const bool is_renewed = is_renewable(resource.kind);
  // A rate of none is no limit there.
  if (is_renewed && resource.capacity <= Amount{}) lose(exporter, resource, kNoCapacity);
  std::map<Instant, Amount> steps;
  for (const Availability& each : plan.availability) {
    if (each.resource != id || !is_renewed) continue;
    if (each.capacity <= Amount{}) {
      lose(exporter, resource, kNoCapacity);
      continue;
    }
    steps[each.during.from] = each.capacity;
    steps.try_emplace(each.during.to, resource.capacity);
  }
  const Instant first =
      steps.empty() ? plan.start : std::min(plan.start, steps.begin()->first - Elapsed{1});
  steps.try_emplace(first, resource.capacity);
  for (const auto& [from, capacity] : steps) {
    exporter.rows.row().set("rsrc_rate_id", ++number).set("rsrc_id", XerExporter::number_of(id));
    if (is_renewed && capacity < kUnlimited)
      exporter.rows.set("max_qty_per_hr", decimal_string(capacity.count(), 3));
    exporter.rows.set("cost_per_qty", decimal_string(resource.rate.count(), 2));
    exporter.date("start_date", from);
  }
}

/// Everybody is there from a task's start to its finish.
void write_dates(XerExporter& exporter, TaskId task) {
  const TaskState state = exporter.states[task];
  exporter.date("act_start_date", state.actual_start);
  exporter.date("act_end_date", state.actual_finish);
  if (exporter.dates.empty() || !exporter.dates[task].is_scheduled) return;
  const PlannedDates& dates = exporter.dates[task];
  exporter.date("target_start_date", dates.start);
  exporter.date("target_end_date", dates.finish);
  if (state.stage == Stage::completed) return;
  exporter.date("restart_date", dates.earliest_start);
  exporter.date("reend_date", dates.earliest_finish);
  exporter.date("rem_late_start_date", dates.latest_start);
  exporter.date("rem_late_end_date", dates.latest_finish);
}

void write_demand(XerExporter& exporter, const Demand& demand, std::int64_t number) {
  const Resource& resource = exporter.plan.resources[demand.resource];
  const bool is_renewed = is_renewable(resource.kind);
  const TaskState state = exporter.states[demand.task];
  const WorkTime whole = exporter.duration_of(demand.task);
  const WorkTime left = state.stage == Stage::not_started ? whole : state.remaining;
  const auto quantity = [&](WorkTime time) {
    const std::int64_t amount = demand.amount.count();
    return decimal_string(is_renewed ? amount * time.count() / 60 : amount, 3);
  };
  XerRows& rows = exporter.rows;
  rows.row().set("taskrsrc_id", number).set("task_id", XerExporter::number_of(demand.task));
  rows.set("rsrc_id", XerExporter::number_of(demand.resource));
  rows.set("rsrc_type", type_of(resource.kind));
  if (is_renewed) {
    const std::string rate = decimal_string(demand.amount.count(), 3);
    rows.set("target_qty_per_hr", rate).set("remain_qty_per_hr", rate);
  }
  rows.set("target_qty", quantity(whole)).set("remain_qty", quantity(left));
  rows.set("cost_per_qty", decimal_string(resource.rate.count(), 2));
  write_dates(exporter, demand.task);
}

}  // namespace

void write_xer_resources(XerExporter& exporter) {
  const Plan& plan = exporter.plan;
  if (plan.resources.empty()) return;
  XerRows& rows = exporter.rows;
  rows.begin_table("RSRC", kResourceFields);
  for (ResourceId id : plan.resources.ids()) {
    const Resource& resource = plan.resources[id];
    const bool is_limited = resource.capacity < kUnlimited;
    rows.row().set("rsrc_id", XerExporter::number_of(id));
    rows.set("rsrc_seq_num", XerExporter::number_of(id));
    if (resource.calendar) rows.set("clndr_id", exporter.calendar_of(resource.calendar));
    rows.flag("level_flag", is_renewable(resource.kind) && is_limited);
    rows.set("rsrc_type", type_of(resource.kind)).set("rsrc_short_name", resource.id.view());
    rows.set("rsrc_name", XerExporter::name_in_one(resource.name, resource.name_zh));
    const bool is_stock = resource.kind != ResourceKind::material || is_limited;
    if (!is_renewable(resource.kind) && is_stock) lose(exporter, resource, kStock);
  }
  rows.begin_table("RSRCRATE", kRateFields);
  std::int64_t number = 0;
  for (ResourceId id : plan.resources.ids()) write_rates_of(exporter, id, number);
}

void write_xer_demands(XerExporter& exporter) {
  if (exporter.plan.demands.empty()) return;
  exporter.rows.begin_table("TASKRSRC", kDemandFields);
  std::int64_t number = 0;
  for (const Demand& demand : exporter.plan.demands) {
    if (!exporter.has_place(demand.task)) {
      exporter.lose(demand.task, kSummaryDemand);
    } else if (demand.skill) {
      exporter.lose(demand.task, kSkill);
    } else if (demand.amount < Amount{}) {
      exporter.lose(demand.task, kFills);
    } else if (!demand.mode || demand.mode == exporter.first_mode[demand.task]) {
      write_demand(exporter, demand, ++number);
    }
  }
}

}  // namespace diaodu::formats
