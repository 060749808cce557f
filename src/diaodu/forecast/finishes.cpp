#include "diaodu/forecast/finishes.h"

#include "diaodu/forecast/simulation.h"

namespace diaodu::forecast {

std::vector<std::vector<Instant>> finishes_in_trials(const Plan& plan, const solve::Answer& answer,
                                                     const RiskRequest& request,
                                                     std::span<const TaskId> tasks) {
  std::vector<std::vector<Instant>> finishes;
  for (const TaskId task : tasks) finishes.push_back({answer.schedule.placements[task].finish});
  Simulation simulation(plan, answer, request, Simulation::Scope::finish);
  if (tasks.empty() || !simulation.is_uncertain()) return finishes;
  simulation.run_watching(tasks);
  for (const Watch& watch : simulation.record().watched) {
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (watch.task != tasks[i] || watch.kind != DateForecast::Kind::deadline) continue;
      finishes[i].clear();
      for (const std::int32_t minutes : watch.minutes) {
        finishes[i].push_back(minutes == kUndated ? kNever : plan.start + Elapsed{minutes});
      }
    }
  }
  return finishes;
}

}  // namespace diaodu::forecast
