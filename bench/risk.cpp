// What a trial costs: task-evaluations a second of one thread and of two, sampling included, on generated plans; and the
// same networks as text for tools/bench_risk.py, which simulates them with NumPy.
//
//   bench_risk [--tasks 1000] [--calendars shared|several] [--trials 10000] [--network | --relevel]
//
// Every task takes 80 % to 130 % of what is planned (triangular) and has two predecessors among the fifty before
// it.  `--network` prints a line for each task, its minutes and its predecessors, and measures nothing.
// `--relevel` gives each task one or two of four crews and prints how many trials a second are levelled anew.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/trials.h"
#include "diaodu/forecast/vectorised.h"
#include "diaodu/solve/schedule_network.h"
#include "diaodu/solve/solve.h"

namespace {

using namespace diaodu;

/// Of this thread.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void add_crews(Plan& plan, RandomStream& random) {
  constexpr std::size_t kCrews = 4;
  for (std::size_t i = 0; i < kCrews; ++i) {
    plan.resources.add({.id = plan.text("R" + std::to_string(i)),
                        .kind = ResourceKind::people,
                        .capacity = Amount{12 * kOne.count()}});
  }
  for (const TaskId task : plan.tasks.ids()) {
    const std::size_t first = random.below(kCrews);
    const std::size_t second = random.below(kCrews);
    const auto demand = [&](std::size_t crew) {
      const auto people = static_cast<std::int64_t>(1 + random.below(4));
      plan.demands.add(
          {.task = task, .resource = ResourceId{crew}, .amount = Amount{people * kOne.count()}});
    };
    demand(first);
    if (second != first) demand(second);
  }
}

Plan make_plan(std::size_t tasks, bool has_several) {
  Plan plan;
  plan.start = Instant{28'000'000};
  const auto add = [&plan](const CalendarRule& rule) {
    const CalendarRule* chain[] = {&rule};
    return plan.calendars.add(make_calendar(rule, chain, plan.zone));
  };
  plan.calendar = add(built_in_calendars()[1]);
  CalendarRule two_shifts;
  two_shifts.id = "two shifts";
  two_shifts.week.fill(DayShifts{{6 * 60, 22 * 60}});
  two_shifts.week[6] = DayShifts{};
  const CalendarId other = add(two_shifts);
  RandomStream random(tasks);
  constexpr std::uint64_t kReach = 50;
  for (std::size_t i = 0; i < tasks; ++i) {
    Task task{.id = plan.text("T" + std::to_string(i)),
              .duration = WorkTime{480 * (1 + random.below(10))}};
    if (has_several && random.one_in(2)) task.calendar = other;
    const TaskId to = plan.tasks.add(task);
    std::set<std::size_t> before;
    for (int n = 0; n < 2 && i > 0; ++n)
      before.insert(i - 1 - random.below(std::min<std::uint64_t>(i, kReach)));
    for (const std::size_t from : before) plan.links.add({.from = TaskId{from}, .to = to});
  }
  plan.uncertainties.push_back({.distribution = {.shape = Distribution::Shape::triangular,
                                                 .low = 0.8,
                                                 .likely = 1,
                                                 .high = 1.3,
                                                 .is_relative = true}});
  return plan;
}

void print_network(const Plan& plan) {
  std::vector<std::vector<std::size_t>> before(plan.tasks.size());
  for (const Link& link : plan.links) before[link.to.index()].push_back(link.from.index());
  for (const TaskId task : plan.tasks.ids()) {
    std::printf("%lld", static_cast<long long>(plan.tasks[task].duration.count()));
    for (const std::size_t from : before[task.index()]) std::printf(" %zu", from);
    std::printf("\n");
  }
}

constexpr std::size_t kLanes = forecast::FlowEngine::kLanes;

DIAODU_VECTORISED
void raise(forecast::Minute* __restrict values, const forecast::Minute* __restrict by) {
  for (std::size_t i = 0; i < kLanes; ++i) values[i] = std::max(values[i], by[i]);
}

/// What one thread spent, in processor seconds, and what its trials come to.
struct Spent {
  double sampling = 0;
  double passes = 0;
  double finishes = 0;
  std::int64_t made = 0;
};

/// Blocks of trials from `first` on, one in every `step`.
Spent run_blocks(const solve::Network& network, const forecast::FlowEngine& engine,
                 const forecast::Trials& drawing, std::int64_t trials, std::int64_t first,
                 std::int64_t step) {
  forecast::FlowEngine::Block block = engine.make_block();
  forecast::FlowEngine::Scratch scratch;
  forecast::Trials::Drawn drawn;
  Spent spent;
  constexpr std::int64_t kWidth{kLanes};
  for (std::int64_t trial = first * kWidth; trial < trials; trial += step * kWidth) {
    const double begin = processor_seconds();
    drawing.fill(network, static_cast<std::uint64_t>(trial), kLanes, block, drawn);
    const double drawn_at = processor_seconds();
    engine.run(block, scratch);
    spent.passes += processor_seconds() - drawn_at;
    spent.sampling += drawn_at - begin;
    forecast::Minute last[kLanes] = {};
    for (std::size_t node = 0; node < engine.num_nodes(); ++node)
      raise(last, block.finish.data() + node * kLanes);
    for (const forecast::Minute each : last) spent.finishes += each;
    spent.made += kWidth;
  }
  return spent;
}

/// The same trials on so many threads, by the clock on the wall.
double wall_seconds(int threads, const std::function<void(int)>& work) {
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) all.emplace_back(work, i);
  for (std::thread& each : all) each.join();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void measure(const Plan& plan, std::int64_t trials) {
  solve::Request request;
  request.with_resources = false;
  const solve::Answer answer = solve::solve(plan, Sources(), request);
  const solve::ScheduleNetwork net(plan, answer.schedule);
  const forecast::FlowEngine engine(net.network);
  const forecast::Stream stream(1);
  const forecast::Trials drawing(
      plan, answer.schedule, net.states,
      [&](std::uint64_t variable, std::uint64_t first, std::span<forecast::Uniform> out) {
        stream.uniforms(variable, first, out);
      });
  const Spent spent = run_blocks(net.network, engine, drawing, trials, 0, 1);
  constexpr int kThreads = 2;
  const double together = wall_seconds(kThreads, [&](int number) {
    run_blocks(net.network, engine, drawing, trials, number, kThreads);
  });
  const double begin = processor_seconds();
  const forecast::Forecast told = forecast::simulate(plan, answer, {.trials = trials});
  const double all = processor_seconds() - begin;
  const auto evaluations = static_cast<double>(spent.made) * static_cast<double>(plan.tasks.size());
  std::printf("%zu %lld %.4g %.4g %.4g %.4g %.4g %.6g\n", plan.tasks.size(),
              static_cast<long long>(told.num_trials),
              evaluations / (spent.sampling + spent.passes), evaluations / together,
              evaluations / spent.sampling, evaluations / spent.passes, evaluations / all,
              spent.finishes / static_cast<double>(spent.made));
}

void measure_relevelling(const Plan& plan, std::int64_t trials) {
  solve::Request request;
  request.limits = {.steps = 200'000};
  const solve::Answer answer = solve::solve(plan, Sources(), request);
  const double begin = processor_seconds();
  const forecast::Forecast told = forecast::simulate(
      plan, answer, {.trials = trials, .kind = forecast::RiskRequest::Kind::relevel});
  const double seconds = processor_seconds() - begin;
  std::printf("%zu %lld %.4g\n", plan.tasks.size(), static_cast<long long>(told.num_trials),
              static_cast<double>(told.num_trials) / seconds);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t tasks = 1000;
  std::int64_t trials = 10'000;
  bool has_several = false;
  bool prints = false;
  bool relevels = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const char* const next = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--tasks") tasks = std::strtoull(next, nullptr, 10);
    if (word == "--trials") trials = std::strtoll(next, nullptr, 10);
    if (word == "--calendars") has_several = std::strcmp(next, "several") == 0;
    if (word == "--network") prints = true;
    if (word == "--relevel") relevels = true;
  }
  Plan plan = make_plan(tasks, has_several);
  if (prints) {
    print_network(plan);
  } else if (relevels) {
    RandomStream random(1);
    add_crews(plan, random);
    measure_relevelling(plan, trials);
  } else {
    measure(plan, trials);
  }
}
