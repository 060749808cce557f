#include "diaodu/forecast/task_dates.h"

#include <algorithm>
#include <limits>
#include <span>

#include "diaodu/forecast/statistics.h"
#include "diaodu/plan/tree.h"

namespace diaodu::forecast {
namespace {

using solve::Node;

constexpr std::int32_t kUndated = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kNothing = std::numeric_limits<std::int32_t>::min();

std::size_t size_of(const Plan& plan, std::int64_t num_trials) {
  constexpr std::int64_t kMostNumbers = 1 << 22;
  constexpr std::int64_t kMost = 4096;
  constexpr std::int64_t kLeast = 256;
  const auto rows = static_cast<std::int64_t>(std::max<std::size_t>(plan.tasks.size(), 1));
  const std::int64_t room = std::clamp(kMostNumbers / rows, kLeast, kMost);
  return static_cast<std::size_t>(std::clamp<std::int64_t>(num_trials, 1, room));
}

std::int32_t minutes_of(Instant start, Instant instant) {
  if (instant >= kNever) return kUndated;
  return static_cast<std::int32_t>((instant - start).count());
}

TaskDates::Quantiles quantiles_of(const Plan& plan, std::span<const std::int32_t> minutes) {
  std::vector<std::int32_t> values(minutes.begin(), minutes.end());
  const auto at = [&](double share) {
    const std::int32_t value = quantile(values, share);
    return value == kUndated ? kNever : plan.start + Elapsed{value};
  };
  return {.p10 = at(0.1), .p50 = at(0.5), .p80 = at(0.8), .p90 = at(0.9)};
}

}  // namespace

TaskSample::TaskSample(const Plan& plan, std::int64_t num_trials)
    : start_(plan.start),
      size_(size_of(plan, num_trials)),
      starts_(plan.tasks.size() * size_, kUndated),
      finishes_(plan.tasks.size() * size_, kUndated) {}

void TaskSample::take(const Side& side, const FlowEngine::Block& block, std::uint64_t first,
                      std::size_t lanes) {
  if (first >= size_) return;
  const std::size_t num = std::min(lanes, size_ - static_cast<std::size_t>(first));
  const solve::Network& network = side.net.network;
  const std::vector<FlowEngine::Points> points = side.engine.points_of(block, num);
  for (Node node = 0; node < network.size(); ++node) {
    if (network.role[node] != solve::Network::Role::task) continue;
    const std::size_t at = network.task[node].index() * size_ + static_cast<std::size_t>(first);
    for (std::size_t lane = 0; lane < num; ++lane) {
      const solve::Span dates = side.engine.dates(block, node, lane, points[lane]);
      starts_[at + lane] = minutes_of(start_, dates.start);
      finishes_[at + lane] = minutes_of(start_, dates.finish);
    }
  }
}

Table<TaskId, TaskDates> TaskSample::tell(const Plan& plan, const Schedule& schedule,
                                          const TaskStates& states, std::int64_t num_trials) {
  const std::size_t num = std::min(size_, static_cast<std::size_t>(num_trials));
  const auto row = [&](std::vector<std::int32_t>& of, TaskId task) {
    return std::span(of).subspan(task.index() * size_, num);
  };
  Table<TaskId, TaskDates> told(plan.tasks.size());
  Table<TaskId, char> is_in(plan.tasks.size(), 0);
  for (const TaskId task : plan.tasks.ids()) {
    const Placement& placed = schedule.placements[task];
    if (plan.tasks[task].kind == TaskKind::summary) {
      std::ranges::fill(row(starts_, task), kUndated);
      std::ranges::fill(row(finishes_, task), kNothing);
      continue;
    }
    is_in[task] = placed.is_scheduled && does_work(plan.tasks[task]) ? 1 : 0;
    const TaskState::Stage stage = states[task].stage;
    if (stage != TaskState::Stage::not_started)
      std::ranges::fill(row(starts_, task), minutes_of(start_, placed.start));
    if (stage == TaskState::Stage::completed)
      std::ranges::fill(row(finishes_, task), minutes_of(start_, placed.finish));
  }
  for (const TaskId task : children_first(plan)) {
    if (is_in[task] == 0) continue;
    told[task] = {.is_there = true,
                  .start = quantiles_of(plan, row(starts_, task)),
                  .finish = quantiles_of(plan, row(finishes_, task))};
    const TaskId parent = plan.tasks[task].parent;
    if (!parent) continue;
    is_in[parent] = 1;
    for (std::size_t i = 0; i < num; ++i) {
      const auto widen = [&](auto& of, auto&& choose) {
        std::int32_t& mine = row(of, parent)[i];
        mine = choose(mine, row(of, task)[i]);
      };
      widen(starts_, [](std::int32_t a, std::int32_t b) { return std::min(a, b); });
      widen(finishes_, [](std::int32_t a, std::int32_t b) { return std::max(a, b); });
    }
  }
  return told;
}

}  // namespace diaodu::forecast
