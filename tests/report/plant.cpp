#include "report/plant.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "diaodu/check/schedule_check.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/plan_tables.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/solve/critical_path.h"

namespace diaodu::report {
namespace {

constexpr std::string_view kPlantToml = R"([plan]
name = "Battery plant, hall 2"
name_zh = "电池工厂二号厂房"
start = 2024-03-01
time_zone = "Asia/Shanghai"
calendar = "standard"
)";

constexpr std::string_view kPlantTasks =
    R"(id,name,name_zh,parent,duration,kind,predecessors,constraint,date,deadline,cost
A,Site,场地准备,,,,,,,,
A1,Permit to build,施工许可,A,0d,milestone,,start_on_or_after,2024-03-04,,
A2,Clear and level the site,清理平整场地,A,5d,,A1,,,,80000
A3,Excavate the foundation pit,基坑开挖,A,8d,,A2,,,,260000
A4,Site ready,场地就绪,A,0d,milestone,A3,,,2024-03-22,
B,Hall,厂房主体,,,,,,,,
B1,Piles,打桩,B,10d,,A3SS+3d,,,,900000
B2,Pour the floor slab,浇筑地坪,B,6d,,A4;B1,,,,410000
B3,Curing,养护,B,7ed,,B2,,,,
B4,Erect the steel frame,吊装钢结构,B,12d,,B3,,,,1200000
B5,Roof,屋面,B,8d,,B4FS-3d,,,,340000
B6,Façade & windows <east>,外墙与门窗（东侧）,B,10d,,B4,,,,300000
B7,Hall weathertight,厂房封闭,B,0d,milestone,B5;B6,,,2024-05-31,
C,Fitting out,设备安装,,,,,,,,
C1,Order the coating line,涂布线订货,C,60ed,,A1,,,,5200000
C2,Lift in the coating line,涂布线吊装就位,C,3d,,C1;B4,,,,50000
C3,Power and air,供电与压缩空气,C,15d,,B4SS+5d,,,,760000
C4,Dry rooms,干燥间,C,12d,,B7,,,,980000
C5,Trial run with the first thousand cells and acceptance by the customer,首千只电芯试生产与客户验收,C,10d,,C2;C3;C4,,,,200000
C6,Start of production,投产,C,0d,milestone,C5,,,2024-06-20,
)";

constexpr std::string_view kPlantResources = R"(id,name,name_zh,kind,capacity,rate
crane,Mobile crane,汽车吊,machine,1,900
crew,Civil crew,土建班组,people,2,300
steel,Steel erectors,钢构班组,people,1,450
fit,Fitters,安装工,people,6,120
)";

constexpr std::string_view kPlantDemands = R"(task,resource,amount
A2,crew,1
A3,crew,1
B1,crew,1
B1,crane,1
B2,crew,2
B4,crane,1
B4,steel,1
B5,steel,1
B5,crane,1
B6,crew,2
C2,crane,1
C2,fit,4
C3,fit,4
C4,fit,4
C5,fit,3
)";

/// What has been placed, and what it holds.
struct Taken {
  ResourceId resource;
  Interval during;
  Amount amount;
  TaskId task;
};

using solve::Reason;

Reason reason_of(const solve::Network& network, const solve::CriticalPath& path, solve::Node node) {
  const Plan& plan = *network.plan;
  const solve::Driver driver = path.driver[node];
  if (driver >= 0) {
    const solve::Arc& arc = network.arcs[static_cast<std::size_t>(driver)];
    const TaskId by = network.task[arc.from];
    if (!arc.link) return {.kind = Reason::Kind::children, .by = by};
    return {.kind = Reason::Kind::link, .link = arc.link, .by = by};
  }
  const TaskId task = network.task[node];
  switch (driver) {
    case solve::kByStartFrom:
      return {.kind = Reason::Kind::start_date, .date = plan.tasks[task].constraint.date};
    case solve::kByFinishFrom:
      return {.kind = Reason::Kind::finish_date, .date = plan.tasks[task].constraint.date};
    case solve::kByRecord:
      return {.kind = Reason::Kind::record};
    default:
      return {.kind = plan.data_date ? Reason::Kind::data_date : Reason::Kind::plan_start};
  }
}

/// The tasks that leave too little of a resource for `task` in `during`.
std::vector<Taken> conflicts(const Plan& plan, TaskId task, const Interval& during,
                             const std::vector<Taken>& taken) {
  for (const Demand& demand : plan.demands) {
    if (demand.task != task || !demand.resource) continue;
    Amount used = demand.amount;
    std::vector<Taken> users;
    for (const Taken& each : taken) {
      if (each.resource != demand.resource || !overlap(each.during, during)) continue;
      used += each.amount;
      users.push_back(each);
    }
    if (used > plan.resources[demand.resource].capacity) return users;
  }
  return {};
}

/// In the order of the network's nodes, each task as soon as links and resources allow.
void level(const solve::Network& network, const solve::CriticalPath& path, solve::Answer& answer) {
  const Plan& plan = *network.plan;
  std::vector<Instant> start(network.size());
  std::vector<Instant> finish(network.size());
  std::vector<Taken> taken;
  for (solve::Node node = 0; node < network.size(); ++node) {
    const TaskId task = network.task[node];
    Instant from = path.earliest_start[node];
    Reason reason = reason_of(network, path, node);
    for (const solve::Arc& arc : network.arcs_into(node)) {
      const Instant tail = arc.leaves_start ? start[arc.from] : finish[arc.from];
      const Instant head = solve::earliest(arc, tail, *network.times);
      if (!arc.arrives_start || !arc.link || head <= from) continue;
      from = head;
      reason = {.kind = Reason::Kind::link, .link = arc.link, .by = network.task[arc.from]};
    }
    solve::Span span = solve::place(network, node, from, kEver);
    while (network.role[node] == solve::Network::Role::task) {
      const auto users = conflicts(plan, task, {span.start, span.finish}, taken);
      if (users.empty()) break;
      Instant free = kNever;
      for (const Taken& user : users) free = std::min(free, user.during.to);
      reason = {.kind = Reason::Kind::resource, .resource = users.front().resource, .date = free};
      for (const Taken& user : users) reason.tasks.push_back(user.task);
      span = solve::place(network, node, free, kEver);
      reason.waits_for_calendar = span.start > free;
    }
    start[node] = span.start;
    finish[node] = span.finish;
    for (const Demand& demand : plan.demands) {
      if (demand.task != task || !demand.resource) continue;
      taken.push_back({demand.resource, {span.start, span.finish}, demand.amount, task});
    }
    if (network.role[node] != solve::Network::Role::task) continue;
    if (!answer.dates[task].has_float) continue;  // it has happened
    const TaskState state = (*network.states)[task];
    answer.schedule.placements[task] = {.start = state.actual_start.value_or(span.start),
                                        .finish = span.finish,
                                        .resumes = span.start};
    if (state.actual_start) reason = {.kind = Reason::Kind::record};
    answer.reasons[task] = reason;
  }
}

}  // namespace

Plan make_plan(std::string_view toml, std::string_view tasks, std::string_view resources,
               std::string_view demands, std::string_view progress) {
  Findings findings;
  std::vector<formats::Sheet> sheets;
  sheets.reserve(4);  // their cells are views into themselves: they must not be copied
  const auto add = [&](std::string_view csv, const std::string& name) {
    if (!csv.empty()) sheets.push_back(formats::read_csv(csv, name + ".csv", name, findings));
  };
  add(tasks, "tasks");
  add(resources, "resources");
  add(demands, "demands");
  add(progress, "progress");
  auto settings = formats::read_toml(toml, "plan.toml", findings);
  formats::ReadPlan read = formats::make_plan(std::move(settings), sheets, findings);
  for (const Finding& finding : read.findings.kept()) {
    EXPECT_NE(finding.kind->severity, Severity::error) << to_string(finding, Language::english);
  }
  return std::move(read.plan);
}

Plan make_plant() { return make_plan(kPlantToml, kPlantTasks, kPlantResources, kPlantDemands); }

Plan make_benchmark() {
  return make_plan(
      "[plan]\nname = \"j4\"\nstart = 2024-01-01\ntime = \"periods\"\ncalendar = \"24h\"\n",
      "id,duration,predecessors\n1,4min,\n2,3min,1\n3,5min,1\n4,2min,2;3\n", "id,capacity\nR1,2\n",
      "task,resource,amount\n1,R1,1\n2,R1,2\n3,R1,1\n4,R1,2\n");
}

solve::Answer answer(const Plan& plan, bool is_levelled) {
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const solve::Network network = solve::make_network(plan, times, states);
  solve::CriticalPath path = solve::forward_pass(network).path;
  solve::Answer answer;
  answer.is_levelled = is_levelled;
  answer.has_schedule = true;
  answer.status = is_levelled ? solve::Status::feasible : solve::Status::optimal;
  answer.start = plan.start;
  answer.schedule.placements = Table<TaskId, Placement>(plan.tasks.size());
  answer.reasons = Table<TaskId, Reason>(plan.tasks.size());
  answer.dates = Table<TaskId, solve::TaskDates>(plan.tasks.size());
  for (TaskId task : plan.tasks.ids()) {
    const solve::Node node = network.node_of[task];
    if (node == solve::kNoNode) continue;
    const Instant start = path.earliest_start[node];
    answer.schedule.placements[task] = {
        .start = start, .finish = path.earliest_finish[node], .resumes = start};
    const TaskState state = states[task];
    if (state.actual_start) answer.schedule.placements[task].start = *state.actual_start;
    if (state.actual_finish) answer.schedule.placements[task].finish = *state.actual_finish;
    answer.dates[task].has_float = state.stage != TaskState::Stage::completed;
    answer.reasons[task] = reason_of(network, path, node);
  }
  if (is_levelled) level(network, path, answer);
  roll_up(answer.schedule, plan);
  answer.finish = finish(answer.schedule, plan);
  solve::backward_pass(network, path, std::max(answer.finish, path.finish));
  for (TaskId task : plan.tasks.ids()) {
    const solve::Node node = network.node_of[task];
    solve::TaskDates& dates = answer.dates[task];
    if (plan.tasks[task].kind == TaskKind::summary) {
      answer.reasons[task] = {.kind = Reason::Kind::children};
      const Placement& placed = answer.schedule.placements[task];
      dates.earliest_start = dates.latest_start = placed.start;
      dates.earliest_finish = dates.latest_finish = placed.finish;
    }
    if (node == solve::kNoNode) continue;
    const Calendar& calendar = network.calendar_of(node);
    dates.earliest_start = path.earliest_start[node];
    dates.earliest_finish = path.earliest_finish[node];
    dates.latest_start = path.latest_start[node];
    dates.latest_finish = path.latest_finish[node];
    dates.total_float =
        calendar.work_between(answer.schedule.placements[task].finish, path.latest_finish[node]);
    dates.free_float = solve::free_float(network, path, node);
    dates.is_critical = dates.has_float && dates.total_float <= WorkTime{};
  }
  TaskId last;
  for (TaskId task : plan.tasks.ids()) {
    const Placement& placed = answer.schedule.placements[task];
    if (plan.tasks[task].kind == TaskKind::summary) continue;
    if (placed.finish == answer.finish) last = task;
  }
  for (TaskId at = last; at;) {
    answer.critical_chain.insert(answer.critical_chain.begin(), at);
    answer.dates[at].is_critical = answer.dates[at].has_float;
    const Reason& reason = answer.reasons[at];
    at = reason.kind == Reason::Kind::link       ? reason.by
         : reason.kind == Reason::Kind::resource ? reason.tasks.front()
                                                 : TaskId{};
  }
  answer.bound = {.finish = path.finish, .tasks = {}};
  if (!is_levelled) answer.bound.tasks = answer.critical_chain;
  answer.log = {{0.01, 100, answer.finish, path.finish}};
  answer.seconds = 1.25;
  answer.seed = 7;
  return answer;
}

TaskId find_task(const Plan& plan, std::string_view id) {
  for (TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].id == id) return task;
  }
  ADD_FAILURE() << "no task " << id;
  return {};
}

}  // namespace diaodu::report
