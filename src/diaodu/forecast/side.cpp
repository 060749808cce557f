#include "diaodu/forecast/side.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/tail.h"

namespace diaodu::forecast {

using solve::Node;
using Stage = TaskState::Stage;

std::vector<Node> ends_of(const solve::ScheduleNetwork& net, const Table<TaskId, char>& is_in) {
  const solve::Network& network = net.network;
  const auto counts = [&](Node node) {
    const TaskId task = network.task[node];
    return network.role[node] == solve::Network::Role::task && is_in[task] != 0 &&
           does_work(network.plan->tasks[task]);
  };
  const auto covers = [&](const solve::Arc& arc) {
    // A finish that must come after another may lie before it, by minutes in which its own calendar rests.
    const bool follows = !arc.leaves_start && arc.arrives_start && !arc.is_at_most && arc.lag >= 0;
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

std::vector<Node> later_ends_of(const FlowEngine& engine, std::span<const Node> ends) {
  std::vector<Node> later_ends;
  std::copy_if(ends.begin(), ends.end(), std::back_inserter(later_ends),
               [&engine](Node node) { return engine.may_end_later(node); });
  return later_ends;
}

namespace {

std::vector<solve::ResourceOrder> orders_of(const Plan& plan, const Schedule& schedule,
                                            RiskRequest::Kind kind) {
  return kind == RiskRequest::Kind::flow ? solve::resource_order(plan, schedule)
                                         : std::vector<solve::ResourceOrder>{};
}

}  // namespace

Side::Side(const Plan& plan, const Schedule& schedule, RiskRequest::Kind kind,
           const WeatherDays* lost)
    : net(plan, schedule, orders_of(plan, schedule, kind),
          lost == nullptr ? std::span<const CalendarId>{} : lost->calendars()),
      engine(net.network),
      ends(ends_of(net, Table<TaskId, char>(plan.tasks.size(), 1))),
      later_ends(later_ends_of(engine, ends)),
      weather(lost) {
  if (kind == RiskRequest::Kind::relevel)
    releveller = std::make_unique<Releveller>(net, schedule, weather);
}

void Side::run(FlowEngine::Block& block, std::uint64_t first, std::size_t lanes,
               Scratch& scratch) const {
  if (releveller) {
    releveller->run(engine, ends, block, first, lanes, scratch.wanted, scratch.relevel);
  } else if (weather != nullptr) {
    run_one_by_one(block, first, lanes, scratch);
  } else {
    engine.run(block, scratch.flow);
  }
}

namespace {

/// The same as `FlowEngine`, by the rules themselves.  False if the trial has no dates.
bool run_one(const Side& side, const FlowEngine::Block& block, std::size_t lane,
             std::uint64_t number, SeasonScratch& scratch) {
  solve::Network& network = scratch.network;
  for (Node node = 0; node < network.size(); ++node) {
    if (network.role[node] == solve::Network::Role::task)
      network.work[node] = WorkTime{block.work[std::size_t{node} * FlowEngine::kLanes + lane]};
  }
  return side.weather->settle(number, scratch.season, [&] {
    solve::ForwardPass pass = solve::forward_pass(network);
    scratch.path = std::move(pass.path);
    return pass.circle ? kNever : scratch.path.finish;
  });
}

/// Where an arc lets its head begin or end, that is where it does, give or take a rest.
bool is_tight(const solve::Network& network, const solve::CriticalPath& path, std::uint32_t i) {
  const solve::Arc& arc = network.arcs[i];
  const Instant head = solve::earliest_head(network, path, i);
  const Instant there =
      arc.arrives_start ? path.earliest_start[arc.to] : path.earliest_finish[arc.to];
  const bool is_date = head > kEver && head < kNever;
  if (!is_date || network.work[arc.to] == WorkTime{}) return head == there;
  return network.calendar_of(arc.to).work_between(head, there) == WorkTime{};
}

/// Which nodes hold the latest of `ends`, a bit each in `lane`: see `FlowEngine::find_critical`.
void mark_critical(const solve::Network& network, const solve::CriticalPath& path,
                   std::span<const Node> ends, std::size_t lane, std::vector<std::uint64_t>& bits) {
  const std::uint64_t bit = std::uint64_t{1} << lane;
  std::vector<Node> open;
  const auto mark = [&](Node node) {
    if ((bits[node] & bit) != 0) return;
    bits[node] |= bit;
    open.push_back(node);
  };
  Instant last = kEver;
  for (const Node node : ends) last = std::max(last, path.earliest_finish[node]);
  for (const Node node : ends) {
    if (path.earliest_finish[node] == last) mark(node);
  }
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    const TaskState state = solve::state_of(network, node);
    if (state.stage == Stage::completed || solve::is_pinned(network.window(node))) continue;
    for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
      const solve::Arc& arc = network.arcs[i];
      if (arc.arrives_start && solve::ignores_links(network, state)) continue;
      const Stage stage = solve::state_of(network, arc.from).stage;
      const bool has_left =
          stage == Stage::completed || (stage == Stage::started && arc.leaves_start);
      if (!has_left && is_tight(network, path, i)) mark(arc.from);
    }
  }
}

}  // namespace

void Side::run_one_by_one(FlowEngine::Block& block, std::uint64_t first, std::size_t lanes,
                          Scratch& scratch) const {
  if (!scratch.season) scratch.season = std::make_unique<SeasonScratch>(*weather, net.network);
  SeasonScratch& one = *scratch.season;
  const auto num_nodes = static_cast<Node>(net.network.size());
  one.bits.assign(num_nodes, 0);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if ((scratch.wanted >> lane & 1) == 0) continue;
    const bool has_dates = run_one(*this, block, lane, first + lane, one);
    for (Node node = 0; node < num_nodes; ++node) {
      const std::size_t at = std::size_t{node} * FlowEngine::kLanes + lane;
      block.start[at] = has_dates ? engine.minute_on_axis(one.path.earliest_start[node]) : kBeyond;
      block.finish[at] =
          has_dates ? engine.minute_on_axis(one.path.earliest_finish[node]) : kBeyond;
    }
    if (has_dates) mark_critical(one.network, one.path, ends, lane, one.bits);
  }
}

void Side::find_critical(const FlowEngine::Block& block, const Scratch& scratch,
                         std::vector<std::uint64_t>& bits) const {
  if (releveller) {
    const auto critical = Releveller::critical(scratch.relevel);
    bits.assign(critical.begin(), critical.end());
  } else if (weather != nullptr) {
    bits = scratch.season->bits;
  } else {
    engine.find_critical(block, ends, bits);
  }
}

bool rebuild(const Side& side, const FlowEngine::Block& block, std::size_t lane,
             std::uint64_t number, Plan& plan, Schedule& schedule) {
  solve::Network network = side.net.network;
  for (Node node = 0; node < network.size(); ++node) {
    const bool is_task = network.role[node] == solve::Network::Role::task;
    if (is_task)
      network.work[node] = WorkTime{block.work[std::size_t{node} * FlowEngine::kLanes + lane]};
  }
  Releveller::Dates dates;
  if (side.releveller) {
    dates = side.releveller->dates(block, lane, number, plan);
    schedule.assignments = dates.assignments;
  } else if (side.weather != nullptr) {
    SeasonScratch one(*side.weather, side.net.network);
    if (run_one(side, block, lane, number, one)) dates.path = std::move(one.path);
    side.weather->put(one.season, plan);
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
    if (plan.tasks[task].is_hammock()) {  // a trial does not say between which dates it hangs
      placed.is_scheduled = false;
      continue;
    }
    placed.start = placed.resumes = has_dates ? dates.path.earliest_start[node] : kNever;
    placed.finish = has_dates ? dates.path.earliest_finish[node] : kNever;
    const auto duration_in = [&](auto& of) -> auto& {
      return placed.mode ? of.modes[placed.mode].duration : of.tasks[task].duration;
    };
    const WorkTime planned = side.net.network.work[node];
    const WorkTime full = duration_in(*side.net.network.plan);
    if (state.stage == Stage::started) {
      placed.start = *state.actual_start;
      for (Progress& progress : plan.progress) {
        if (progress.task == task) progress.remaining = work;
      }
      duration_in(plan) = std::max(WorkTime{}, full - planned) + work;
    } else if (!plan.tasks[task].is_milestone() || planned > WorkTime{}) {
      duration_in(plan) = work;
    }
  }
  roll_up(schedule, plan);
  return has_dates;
}

}  // namespace diaodu::forecast
