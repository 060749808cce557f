// How levelling grows with the plan: generated plans of 1,000, 10,000 and 100,000 tasks with 50 resources.
// Prints, for each: how strongly its tasks are ordered, the seconds to the first legal schedule, the
// makespan of each priority rule, makespan and bound after some seconds, placements a second, peak memory.
//
//   bench_scale [--sizes 1000,10000,100000] [--calendars clock,shared,several] [--seconds 10] [--steps N]
//               [--threads 2] [--strength 0.2] [--reach 0.05] [--first]
//
// `strength` is Kolisch's resource strength: 0 gives each resource what its most demanding task needs, 1 the
// peak of the earliest dates.  `reach`: a task's two predecessors lie within this share of the plan before
// it; the smaller, the stronger the order.  `--first` stops after the first schedule and the answer's reasons.

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/check/schedule_check.h"
#include "diaodu/core/random.h"
#include "diaodu/solve/level.h"
#include "diaodu/solve/rules.h"
#include "diaodu/solve/solve.h"

namespace {

using namespace diaodu;

struct Shape {
  std::size_t num_tasks = 1000;
  std::string calendars = "clock";
  double strength = 0.2;
  double reach = 0.05;
};

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Of the processor, so that a shared machine tells the same as an idle one; one thread.
double seconds_of(const std::function<void()>& work) {
  const double begin = processor_seconds();
  work();
  return processor_seconds() - begin;
}

double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void add_calendars(Plan& plan, const std::string& which) {
  const auto built_in = built_in_calendars();
  const auto add = [&plan](CalendarRule rule) {
    const CalendarRule* chain[] = {&rule};
    return plan.calendars.add(make_calendar(rule, chain, plan.zone));
  };
  if (which == "clock") {
    plan.calendar = add(built_in[0]);
    return;
  }
  plan.calendar = add(built_in[1]);
  if (which == "shared") return;
  CalendarRule two_shifts;
  two_shifts.id = "two shifts";
  two_shifts.week.fill(DayShifts{{6 * 60, 22 * 60}});
  two_shifts.week[6] = DayShifts{};
  add(two_shifts);
  CalendarRule six_days;
  six_days.id = "six days";
  six_days.week.fill(DayShifts{{7 * 60, 17 * 60}});
  six_days.week[6] = DayShifts{};
  add(six_days);
}

/// The most that the earliest dates would use of each resource at once, nights left out.
std::vector<Amount> peaks(const Plan& plan) {
  std::vector<std::int64_t> finish(plan.tasks.size(), 0);
  std::vector<std::int64_t> start(plan.tasks.size(), 0);
  std::size_t link = 0;
  for (std::size_t i = 0; i < finish.size(); ++i) {
    for (; link < plan.links.size() && plan.links[LinkId{link}].to.index() == i; ++link) {
      start[i] = std::max(start[i], finish[plan.links[LinkId{link}].from.index()]);
    }
    finish[i] = start[i] + plan.tasks[TaskId{i}].duration.count();
  }
  std::vector<std::map<std::int64_t, Amount>> changes(plan.resources.size());
  for (const Demand& demand : plan.demands) {
    auto& of_resource = changes[demand.resource.index()];
    of_resource[start[demand.task.index()]] += demand.amount;
    of_resource[finish[demand.task.index()]] -= demand.amount;
  }
  std::vector<Amount> peaks;
  for (const auto& of_resource : changes) {
    Amount used;
    Amount peak;
    for (const auto& [when, change] : of_resource) peak = std::max(peak, used += change);
    peaks.push_back(peak);
  }
  return peaks;
}

/// Tasks of one hour to ten days; each follows two of those shortly before it and needs one to three of
/// fifty resources.
Plan generate(const Shape& shape) {
  constexpr std::size_t kResources = 50;
  Plan plan;
  plan.start = Instant{std::int64_t{19'723} * kMinutesPerDay};  // 2024-01-01
  add_calendars(plan, shape.calendars);
  RandomStream random(shape.num_tasks);
  plan.tasks.reserve(shape.num_tasks);
  plan.links.reserve(2 * shape.num_tasks);
  std::vector<Amount> most(kResources);
  for (std::size_t i = 0; i < kResources; ++i) {
    plan.resources.add({.id = plan.text("R" + std::to_string(i))});
  }
  const auto reach = std::max<std::size_t>(
      2, static_cast<std::size_t>(static_cast<double>(shape.num_tasks) * shape.reach));
  for (std::size_t i = 0; i < shape.num_tasks; ++i) {
    Task task;
    task.id = plan.text("T" + std::to_string(i));
    task.duration = WorkTime{60 * static_cast<std::int64_t>(1 + random.below(80))};
    if (shape.calendars == "several")
      task.calendar = CalendarId{static_cast<std::size_t>(random.below(3))};
    const TaskId id = plan.tasks.add(task);
    for (int k = 0; i >= 2 && k < 2; ++k) {
      plan.links.add({.from = TaskId{i - 1 - random.below(std::min(i, reach))}, .to = id});
    }
    const std::size_t first = random.below(kResources);
    const std::size_t num_needs = 1 + random.below(3);
    for (std::size_t k = 0; k < num_needs; ++k) {
      const std::size_t resource = (first + k * 17) % kResources;
      const Amount amount = kOne * (1 + static_cast<std::int64_t>(random.below(10)));
      most[resource] = std::max(most[resource], amount);
      plan.demands.add({.task = id, .resource = ResourceId{resource}, .amount = amount});
    }
  }
  const std::vector<Amount> peak = peaks(plan);
  for (std::size_t i = 0; i < kResources; ++i) {
    const double above = shape.strength * static_cast<double>((peak[i] - most[i]).count() / 1000);
    plan.resources[ResourceId{i}].capacity = most[i] + kOne * static_cast<std::int64_t>(above);
  }
  return plan;
}

/// The share of pairs of tasks that are ordered, directly or not, from a sample of tasks.
double order_strength(const Plan& plan) {
  std::vector<std::vector<std::size_t>> after(plan.tasks.size());
  for (const Link& link : plan.links) after[link.from.index()].push_back(link.to.index());
  RandomStream random(1);
  constexpr int kSamples = 200;
  double reached = 0;
  for (int sample = 0; sample < kSamples; ++sample) {
    std::vector<char> is_after(plan.tasks.size(), 0);
    is_after[random.below(plan.tasks.size())] = 1;
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (is_after[i] == 0) continue;
      for (const std::size_t to : after[i]) {
        reached += is_after[to] == 0 ? 1 : 0;
        is_after[to] = 1;
      }
    }
  }
  return 2 * reached / kSamples / static_cast<double>(plan.tasks.size() - 1);
}

const char* name_of(solve::Rule rule) {
  switch (rule) {
    case solve::Rule::priority:
      return "priority";
    case solve::Rule::latest_finish:
      return "latest finish";
    case solve::Rule::latest_start:
      return "latest start";
    case solve::Rule::most_successors:
      return "most successors";
    case solve::Rule::greatest_rank:
      return "greatest rank";
    case solve::Rule::most_resources:
      return "most resources";
  }
  return "";
}

class Measure {
 public:
  Measure(const Shape& shape, const Budget::Limits& limits, int threads)
      : plan_(generate(shape)), limits_(limits), threads_(threads) {
    std::printf("\n%zu tasks, calendars: %s, order strength %.2f, resource strength %.2f\n",
                shape.num_tasks, shape.calendars.c_str(), order_strength(plan_), shape.strength);
  }

  void first() {
    solve::Request request{.limits = {.steps = 1}};
    solve::Answer answer;
    const double seconds = seconds_of([&] { answer = solve::solve(plan_, {}, request); });
    const bool is_legal = check::judge(plan_, answer.schedule).is_legal;
    std::printf(
        "  answer with a first schedule, its bound and reasons %9.2f s  makespan %.1f days%s\n",
        seconds, days(answer.finish), is_legal ? "" : "  ILLEGAL");
    std::printf("  peak memory so far %.0f MiB\n", peak_mebibytes());
  }

  void search() {
    std::unique_ptr<solve::Model> model;
    std::unique_ptr<WorkingTimes> times;
    std::unique_ptr<TaskStates> states;
    const double compiling = seconds_of([&] {
      times = std::make_unique<WorkingTimes>(plan_);
      states = std::make_unique<TaskStates>(plan_, *times);
      model = std::make_unique<solve::Model>(
          solve::make_model(solve::make_network(plan_, *times, *states)));
    });
    solve::CriticalPath late = model->early;
    solve::backward_pass(model->network, late, late.finish);
    const auto on_clock = [&](Instant at) { return days(model->axis.from_axis(at)); };
    std::printf("  compiled in %.2f s; critical path %.1f days\n", compiling,
                on_clock(late.finish));
    double best = 0;
    for (const solve::Rule rule : solve::kRules) {
      solve::Generator generator(*model);
      solve::Cost cost;
      const double seconds = seconds_of([&] {
        solve::Genes genes{.order = std::vector<solve::Node>(model->size()),
                           .way = std::vector<std::uint16_t>(model->size(), 0)};
        const std::vector<double> values = solve::priority_values(*model, late, rule);
        std::iota(genes.order.begin(), genes.order.end(), solve::Node{0});
        std::stable_sort(genes.order.begin(), genes.order.end(),
                         [&](solve::Node a, solve::Node b) { return values[a] < values[b]; });
        generator.make_legal(genes.order);
        cost = generator.forward(genes);
      });
      std::printf("  %-16s %9.1f days %7.3f s  %lld steps\n", name_of(rule), on_clock(cost.finish),
                  seconds, static_cast<long long>(generator.steps()));
      if (best == 0 || on_clock(cost.finish) < best) best = on_clock(cost.finish);
    }
    Budget budget(limits_);
    const double begin = processor_seconds();
    double last_shown = 0;
    const solve::LevelRequest request{
        .threads = threads_, .on_progress = [&](const solve::Improvement& state) {
          if (state.seconds < last_shown * 2 && last_shown > 0) return;
          last_shown = std::max(0.25, state.seconds);
          std::printf("    after %6.2f s, %lld steps: %.1f days, bound %.1f\n", state.seconds,
                      static_cast<long long>(state.steps), days(state.finish), days(state.bound));
        }};
    const solve::Levelling levelling = solve::level(*model, request, budget);
    const double found = on_clock(levelling.cost.finish);
    const double bound = days(levelling.bound.finish);
    std::printf(
        "  after %.1f s: %.1f days, bound %.1f; gap to bound %.2f %%, better than the best rule by "
        "%.2f %%\n",
        budget.seconds(), found, bound, 100 * (found / bound - 1), 100 * (1 - found / best));
    const double busy = processor_seconds() - begin;
    std::printf("  %.1f s of processors, %.0f steps in each; peak memory so far %.0f MiB\n", busy,
                static_cast<double>(budget.steps()) / busy, peak_mebibytes());
    std::fflush(stdout);
  }

 private:
  double days(Instant at) const {
    return static_cast<double>((at - plan_.start).count()) / kMinutesPerDay;
  }

  Plan plan_;
  Budget::Limits limits_;
  int threads_;
};

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    words.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return words;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> sizes = {"1000", "10000", "100000"};
  std::vector<std::string> calendars = {"clock", "shared", "several"};
  Shape shape;
  Budget::Limits limits{.seconds = 10};
  int threads = 2;
  bool is_first_only = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view option = arguments[i];
    const char* value = i + 1 < count ? arguments[i + 1] : "";
    if (option == "--first") {
      is_first_only = true;
      continue;
    }
    if (option == "--sizes") sizes = split(value);
    if (option == "--calendars") calendars = split(value);
    if (option == "--seconds") limits.seconds = std::stod(value);
    if (option == "--steps") limits.steps = std::stoll(value);
    if (option == "--threads") threads = std::stoi(value);
    if (option == "--strength") shape.strength = std::stod(value);
    if (option == "--reach") shape.reach = std::stod(value);
    ++i;
  }
  for (const std::string& which : calendars) {
    for (const std::string& size : sizes) {
      shape.num_tasks = std::stoul(size);
      shape.calendars = which;
      Measure measure(shape, limits, threads);
      if (is_first_only) {
        measure.first();
      } else {
        measure.search();
      }
    }
  }
}
