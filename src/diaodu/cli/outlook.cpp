#include "diaodu/cli/outlook.h"

#include <algorithm>
#include <thread>

#include "diaodu/cli/count_line.h"
#include "diaodu/cli/simulate.h"
#include "diaodu/forecast/combination.h"
#include "diaodu/forecast/finishes.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

constexpr std::int64_t kFutures = 2000;

/// When the tasks with effects finish, as scheduled and as simulated.
void find_finishes(RecordedPlan& recorded, const Options& options, const solve::Answer* scheduled,
                   forecast::OutlookRequest& request) {
  const Plan& plan = recorded.read.plan;
  if (plan.effects.empty()) return;
  solve::Answer own;
  if (scheduled == nullptr) {
    own = solve_with_progress(recorded.read, options, {});
    recorded.read.findings.append(own.findings);
  }
  const solve::Answer& answer = scheduled == nullptr ? own : *scheduled;
  if (!answer.has_schedule) return;
  std::vector<TaskId> tasks;
  for (const Effect& effect : plan.effects) {
    tasks.push_back(effect.task);
    request.scheduled.push_back(answer.schedule.placements[effect.task].finish);
  }
  if (!has_uncertainty(plan)) return;
  forecast::RiskRequest risk = risk_request_of(options);
  risk.trials = static_cast<std::int64_t>(request.num_paths);
  request.finishes = forecast::finishes_in_trials(plan, answer, risk, tasks);
}

}  // namespace

std::optional<report::ToldOutlook> outlook_with_progress(RecordedPlan& recorded,
                                                         const Options& options,
                                                         const solve::Answer* scheduled) {
  const Plan& plan = recorded.read.plan;
  if (plan.targets.empty()) return std::nullopt;
  forecast::OutlookRequest request;
  request.as_of = recorded.as_of;
  request.num_paths = static_cast<std::size_t>(options.trials.value_or(kFutures));
  request.seed = options.seed;
  request.num_threads =
      options.threads.value_or(std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
  const bool is_chinese = plan.zone.name() == "Asia/Shanghai";
  request.forecaster =
      forecast::combination_of(forecast::standard_methods({.has_china_calendar = is_chinese}));
  CountLine line(report::words::cli_forecast_progress, options.language);
  request.on_progress = [&line](std::size_t done, std::size_t all) {
    line.show(static_cast<std::int64_t>(done), static_cast<std::int64_t>(all));
  };
  find_finishes(recorded, options, scheduled, request);
  report::ToldOutlook told;
  told.seed = options.seed;
  told.outlook = forecast::outlook_of(plan, recorded.record, request);
  told.pushes = forecast::rank_pushes(plan, told.outlook, options.seed);
  if (options.since.empty()) return told;
  const auto since = instant_of(plan, options.since);
  if (!since) {
    recorded.read.findings.add(found::bad_date, {.file = "--since"}, {options.since});
    return told;
  }
  told.since = *since;
  forecast::OutlookRequest before = request;
  before.as_of = *since;
  before.year = told.outlook.year;
  told.news = forecast::news_between(plan, recorded.record,
                                     forecast::outlook_of(plan, recorded.record, before),
                                     told.outlook, request.forecaster, options.seed);
  return told;
}

}  // namespace diaodu::cli
