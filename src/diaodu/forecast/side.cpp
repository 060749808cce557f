#include "diaodu/forecast/side.h"

#include <algorithm>
#include <utility>

#include "diaodu/solve/critical_path.h"

namespace diaodu::forecast {

using solve::Node;
using Stage = TaskState::Stage;

std::vector<Node> ends_of(const solve::ScheduleNetwork& net, const Table<TaskId, char>& is_in) {
  const solve::Network& network = net.network;
  const auto counts = [&](Node node) {
    return network.role[node] == solve::Network::Role::task && is_in[network.task[node]] != 0;
  };
  const auto covers = [&](const solve::Arc& arc) {
    const bool follows = !arc.leaves_start && !arc.is_at_most && arc.lag >= 0;
    if (!follows || !counts(arc.to)) return false;
    const solve::Window& window = network.window(arc.to);
    const bool is_pinned = window.pinned_start != kNever || window.pinned_finish != kNever;
    return !is_pinned && net.states[network.task[arc.to]].stage == Stage::not_started;
  };
  std::vector<Node> ends;
  for (Node node = 0; node < network.size(); ++node) {
    if (!counts(node) || net.states[network.task[node]].stage == Stage::completed) continue;
    const auto out = network.arcs_out_of(node);
    const bool is_covered = std::any_of(
        out.begin(), out.end(), [&](std::uint32_t arc) { return covers(network.arcs[arc]); });
    if (!is_covered) ends.push_back(node);
  }
  return ends;
}

namespace {

std::vector<solve::ResourceOrder> orders_of(const Plan& plan, const Schedule& schedule,
                                            RiskRequest::Kind kind) {
  return kind == RiskRequest::Kind::flow ? solve::resource_order(plan, schedule)
                                         : std::vector<solve::ResourceOrder>{};
}

}  // namespace

Side::Side(const Plan& plan, const Schedule& schedule, RiskRequest::Kind kind)
    : net(plan, schedule, orders_of(plan, schedule, kind)),
      engine(net.network),
      ends(ends_of(net, Table<TaskId, char>(plan.tasks.size(), 1))) {
  if (kind == RiskRequest::Kind::relevel) releveller = std::make_unique<Releveller>(net, schedule);
}

void Side::run(FlowEngine::Block& block, std::size_t lanes, Scratch& scratch) const {
  if (releveller) {
    releveller->run(engine, ends, block, lanes, scratch.relevel);
  } else {
    engine.run(block, scratch.flow);
  }
}

void Side::find_critical(const FlowEngine::Block& block, const Scratch& scratch,
                         std::vector<std::uint64_t>& bits) const {
  if (!releveller) return engine.find_critical(block, ends, bits);
  const auto critical = Releveller::critical(scratch.relevel);
  bits.assign(critical.begin(), critical.end());
}

bool rebuild(const Side& side, const FlowEngine::Block& block, std::size_t lane, Plan& plan,
             Schedule& schedule) {
  solve::Network network = side.net.network;
  for (Node node = 0; node < network.size(); ++node) {
    const bool is_task = network.role[node] == solve::Network::Role::task;
    if (is_task)
      network.work[node] = WorkTime{block.work[std::size_t{node} * FlowEngine::kLanes + lane]};
  }
  Releveller::Dates dates;
  if (side.releveller) {
    dates = side.releveller->dates(block, lane);
    schedule.assignments = dates.assignments;
  } else {
    solve::ForwardPass pass = solve::forward_pass(network);
    if (!pass.circle) dates.path = std::move(pass.path);
  }
  const bool has_dates = dates.path.finish < kNever && !dates.path.earliest_start.empty();
  for (Node node = 0; node < network.size(); ++node) {
    if (network.role[node] != solve::Network::Role::task) continue;
    const TaskId task = network.task[node];
    const TaskState state = side.net.states[task];
    if (state.stage == Stage::completed) continue;
    const WorkTime work = network.work[node];
    Placement& placed = schedule.placements[task];
    placed.start = placed.resumes = has_dates ? dates.path.earliest_start[node] : kNever;
    placed.finish = has_dates ? dates.path.earliest_finish[node] : kNever;
    if (state.stage == Stage::started) {
      placed.start = *state.actual_start;
      for (Progress& progress : plan.progress) {
        if (progress.task == task) progress.remaining = work;
      }
    } else if (placed.mode) {
      plan.modes[placed.mode].duration = work;
    } else if (!plan.tasks[task].is_milestone()) {
      plan.tasks[task].duration = work;
    }
  }
  roll_up(schedule, plan);
  return has_dates;
}

}  // namespace diaodu::forecast
