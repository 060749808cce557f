#include "diaodu/forecast/simulation.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <utility>

#include "diaodu/check/usage.h"
#include "diaodu/forecast/confidence.h"
#include "diaodu/plan/tree.h"
#include "diaodu/solve/schedule_network.h"

namespace diaodu::forecast {

using solve::Node;
using Stage = TaskState::Stage;
using Kind = RiskRequest::Kind;

namespace {

constexpr std::size_t kLanes = FlowEngine::kLanes;
constexpr std::int64_t kFirstRound = 16;  // blocks; each round doubles what there is
constexpr std::size_t kMostWatched = 300;
constexpr std::int64_t kMostWatchedNumbers = std::int64_t{1} << 27;  // 512 MiB

Source source_of(const RiskRequest& request, std::int64_t trials) {
  if (request.latin_hypercube) {
    return [cube = LatinHypercube(request.seed, static_cast<std::uint32_t>(trials))](
               std::uint64_t variable, std::uint64_t first, std::span<Uniform> out) {
      cube.uniforms(variable, static_cast<std::uint32_t>(first), out);
    };
  }
  return [stream = Stream(request.seed)](std::uint64_t variable, std::uint64_t first,
                                         std::span<Uniform> out) {
    stream.uniforms(variable, first, out);
  };
}

/// How the trials are made: never automatic.
Kind kind_of(const Plan& plan, const solve::Answer& answer, const RiskRequest& request) {
  if (!answer.is_levelled) return Kind::links_only;
  if (request.kind != Kind::automatic) return request.kind;
  if (plan.demands.empty()) return Kind::flow;
  const solve::ScheduleNetwork links(plan, answer.schedule);
  return solve::schedule_model(links, answer.schedule).is_told_by_order ? Kind::flow
                                                                        : Kind::relevel;
}

std::int64_t num_wanted_of(const Plan& plan, const RiskRequest& request) {
  return std::clamp<std::int64_t>(trials_asked(plan, request), 1, kMostTrials);
}

}  // namespace

std::int64_t trials_asked(const Plan& plan, const RiskRequest& request) {
  return request.trials > 0 ? request.trials : plan.risk.trials;
}

Simulation::Simulation(const Plan& plan, const solve::Answer& answer, const RiskRequest& request,
                       Scope scope)
    : plan_(plan),
      answer_(answer),
      request_(request),
      scope_(scope),
      num_wanted_(num_wanted_of(plan, request)),
      kind_(kind_of(plan, answer, request)),
      weather_(weather_of(plan, source_of(request, num_wanted_), request.seed, answer.finish)),
      main_(plan, answer.schedule, kind_, weather_.get()),
      trials_(plan, answer.schedule, main_.net.states, source_of(request, num_wanted_)),
      sample_(plan, scope == Scope::all ? num_wanted_ : 1) {
  record_.sums = Sums(main_.engine.num_nodes(), plan.risks.size());
}

void Simulation::run() {
  if (scope_ == Scope::all && kind_ != Kind::links_only && !plan_.demands.empty())
    links_ = std::make_unique<Side>(plan_, answer_.schedule, Kind::links_only, weather_.get());
  watch();
  simulate_all();
}

void Simulation::run_watching(std::span<const TaskId> tasks) {
  also_watched_.assign(tasks.begin(), tasks.end());
  run();
}

void Simulation::run_beside(const Simulation& base, std::size_t risk) {
  base_ = &base;
  changed_risk_ = risk;
  run();
}

Table<TaskId, TaskDates> Simulation::task_dates() {
  Table<TaskId, TaskDates> told =
      sample_.tell(plan_, answer_.schedule, main_.net.states, record_.num_trials);
  const solve::Network& network = main_.net.network;
  for (Node node = 0; node < network.size(); ++node) {
    if (network.role[node] == solve::Network::Role::task)
      told[network.task[node]].criticality = static_cast<double>(record_.sums.critical[node]) /
                                             static_cast<double>(record_.num_trials);
  }
  return told;
}

Trial Simulation::rebuild_one(std::int64_t number) const {
  Trial trial{.plan = plan_, .schedule = answer_.schedule};
  FlowEngine::Block block = main_.engine.make_block();
  Trials::Drawn drawn;
  trials_.fill(main_.net.network, static_cast<std::uint64_t>(number), 1, block, drawn);
  rebuild(main_, block, 0, static_cast<std::uint64_t>(number), trial.plan, trial.schedule);
  trial.finish = finish(trial.schedule, plan_);
  trial.cost = drawn.cost[0];
  for (std::size_t r = 0; r < drawn.struck.size(); ++r) {
    if ((drawn.struck[r] & 1) != 0) trial.struck.push_back(r);
  }
  return trial;
}

void Simulation::add_watch(DateForecast::Kind kind, TaskId task, std::span<const TaskId> leaves) {
  const auto is_open = [this](TaskId leaf) {
    return does_work(plan_.tasks[leaf]) && main_.net.states[leaf].stage != Stage::completed;
  };
  const bool has_happened = std::none_of(leaves.begin(), leaves.end(), is_open);
  if (has_happened && kind != DateForecast::Kind::finish) return;
  const bool has_room =
      record_.watched.size() < kMostWatched &&
      static_cast<std::int64_t>(record_.watched.size() + 1) * num_wanted_ <= kMostWatchedNumbers;
  if (!has_room && !record_.watched.empty()) {
    ++record_.num_not_watched;
    return;
  }
  Watch each{.kind = kind, .task = task};
  Table<TaskId, char> is_in(plan_.tasks.size(), 0);
  for (const TaskId leaf : leaves) {
    is_in[leaf] = 1;
    const TaskState state = main_.net.states[leaf];
    if (state.stage == Stage::completed)
      each.happened = std::max(each.happened, *state.actual_finish);
  }
  each.ends = ends_of(main_.net, is_in);
  each.later_ends = later_ends_of(main_.engine, each.ends);
  each.minutes.assign(static_cast<std::size_t>(num_wanted_), kUndated);
  record_.watched.push_back(std::move(each));
}

void Simulation::watch() {
  std::vector<TaskId> all;
  for (const TaskId task : plan_.tasks.ids()) {
    if (plan_.tasks[task].kind != TaskKind::summary) all.push_back(task);
  }
  add_watch(DateForecast::Kind::finish, {}, all);
  record_.cost.assign(trials_.has_cost() ? static_cast<std::size_t>(num_wanted_) : 0, 0.0);
  if (scope_ == Scope::finish && also_watched_.empty()) return;
  Table<TaskId, std::vector<TaskId>> leaves(plan_.tasks.size());
  for (const TaskId task : children_first(plan_)) {
    if (plan_.tasks[task].kind != TaskKind::summary) leaves[task] = {task};
    if (const TaskId parent = plan_.tasks[task].parent) {
      auto& of_parent = leaves[parent];
      of_parent.insert(of_parent.end(), leaves[task].begin(), leaves[task].end());
    }
  }
  for (const TaskId task : also_watched_) {
    add_watch(DateForecast::Kind::deadline, task, leaves[task]);
  }
  if (scope_ == Scope::finish) return;
  for (const TaskId task : plan_.tasks.ids()) {
    const Task& row = plan_.tasks[task];
    const bool is_summary = row.kind == TaskKind::summary;
    const bool has_deadline = row.deadline < kNever;
    if (!has_deadline && !row.is_milestone() && !(is_summary && !row.parent)) continue;
    add_watch(is_summary           ? DateForecast::Kind::summary
              : row.is_milestone() ? DateForecast::Kind::milestone
                                   : DateForecast::Kind::deadline,
              task, leaves[task]);
  }
  if (links_) record_.links_finish.assign(static_cast<std::size_t>(num_wanted_), kUndated);
  for (const TaskId task : plan_.tasks.ids()) {
    if (trials_.is_uncertain(task)) record_.uncertain.push_back(main_.net.network.node_of[task]);
  }
  constexpr std::int64_t kMostNumbers = 1 << 23;
  constexpr std::int64_t kMost = 4096;
  constexpr std::int64_t kLeast = 256;
  const auto rows = static_cast<std::int64_t>(std::max<std::size_t>(record_.uncertain.size(), 1));
  record_.num_sampled = std::min(num_wanted_, std::clamp(kMostNumbers / rows, kLeast, kMost));
  record_.sampled_work.assign(
      record_.uncertain.size() * static_cast<std::size_t>(record_.num_sampled), 0);
  record_.num_words = (static_cast<std::size_t>(record_.num_sampled) + kLanes - 1) / kLanes;
  record_.sampled_struck.assign(plan_.risks.size() * record_.num_words, 0);
}

/// The minutes since the plan's start of what finishes last in each lane, `later_ends` among it.
std::array<std::int32_t, FlowEngine::kLanes> Simulation::on_clock(
    const FlowEngine& engine, const FlowEngine::Block& block, std::span<const Node> later_ends,
    std::span<const FlowEngine::Points> points, std::span<const Minute> last,
    std::size_t lanes) const {
  std::array<std::int32_t, kLanes> minutes{};
  for (std::size_t i = 0; i < lanes; ++i) minutes[i] = clock_of(engine, last[i]);
  for (const Node node : later_ends) {
    for (std::size_t i = 0; i < lanes; ++i) {
      if (minutes[i] == kUndated || block.finish[std::size_t{node} * kLanes + i] != last[i])
        continue;
      const Instant finish = engine.dates(block, node, i, points[i]).finish;
      minutes[i] = std::max(minutes[i], static_cast<std::int32_t>((finish - plan_.start).count()));
    }
  }
  return minutes;
}

std::int32_t Simulation::clock_of(const FlowEngine& engine, Minute date) const {
  Instant instant = engine.finish_of(date);
  if (date >= kBeyond || instant >= kNever) return kUndated;
  // What takes no time at the very beginning ends there, not the evening before.
  if (!main_.net.states.is_any()) instant = std::max(instant, plan_.start);
  return static_cast<std::int32_t>((instant - plan_.start).count());
}

/// What a thread works with.
struct Simulation::Bench {
  FlowEngine::Block block;
  FlowEngine::Block links_block;
  Side::Scratch scratch;
  Side::Scratch links_scratch;
  Trials::Drawn drawn;
  FlowEngine::Block base_block;
  Trials::Drawn base_drawn;
  std::vector<std::uint64_t> bits;
  Sums sums;
};
Simulation::Bench Simulation::make_bench() const {
  return {.block = main_.engine.make_block(),
          .links_block = links_ ? links_->engine.make_block() : FlowEngine::Block{},
          .scratch = {},
          .links_scratch = {},
          .drawn = {},
          .base_block = base_ != nullptr ? base_->main_.engine.make_block() : FlowEngine::Block{},
          .base_drawn = {},
          .bits = {},
          .sums = Sums(main_.engine.num_nodes(), plan_.risks.size())};
}

void Simulation::simulate_all() {
  const std::int64_t num_blocks = (num_wanted_ + std::int64_t{kLanes} - 1) / std::int64_t{kLanes};
  const auto wanted = std::min<std::int64_t>(std::max(request_.threads, 1), num_blocks);
  std::atomic<std::int64_t> next{0};
  const auto is_cancelled = [this] {
    return request_.cancel != nullptr && request_.cancel->load(std::memory_order_relaxed);
  };
  std::vector<Bench> benches;
  for (std::int64_t i = 0; i < wanted; ++i) benches.push_back(make_bench());
  // A part of a Latin hypercube is none.
  const bool goes_in_rounds = request_.until > Elapsed{} && !request_.latin_hypercube;
  std::int64_t last = goes_in_rounds ? std::min(kFirstRound, num_blocks) : num_blocks;
  const auto work = [&](std::size_t number) {
    while (!is_cancelled()) {
      const std::int64_t each = next.fetch_add(1);
      if (each >= last) return;
      simulate_block(each, benches[number]);
      if (number == 0 && request_.on_progress)
        request_.on_progress(std::min((each + 1) * std::int64_t{kLanes}, num_wanted_), num_wanted_);
    }
  };
  std::int64_t done = 0;
  while (true) {
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < benches.size(); ++i) others.emplace_back(work, i);
    work(0);
    for (std::thread& thread : others) thread.join();
    // Whoever takes a block does it, so what was taken is what is done.
    const std::int64_t blocks = std::min(next.load(), last);
    done = std::min(blocks * std::int64_t{kLanes}, num_wanted_);
    if (blocks < last || last == num_blocks || is_sure_enough(done)) break;
    next = last;
    last = std::min(2 * last, num_blocks);
  }
  record_.was_cancelled = is_cancelled() && done < num_wanted_;
  record_.num_trials = done;
  const auto cut = [done](auto& numbers) {
    if (!numbers.empty()) numbers.resize(static_cast<std::size_t>(done));
  };
  for (Watch& each : record_.watched) cut(each.minutes);
  cut(record_.cost);
  cut(record_.links_finish);
  for (const Bench& bench : benches) record_.sums.add(bench.sums);
}

/// Whether the 95 % band of the P80, after so many trials, is as narrow as is asked.
bool Simulation::is_sure_enough(std::int64_t num_trials) const {
  constexpr double kBand = 1.96;
  const double error = p80_error_of(record_.finish(), num_trials);
  return kBand * error <= static_cast<double>(request_.until.count());
}

void Simulation::simulate_block(std::int64_t number, Bench& bench) {
  const auto first = static_cast<std::uint64_t>(number) * kLanes;
  const auto lanes = static_cast<std::size_t>(
      std::min<std::int64_t>(std::int64_t{kLanes}, num_wanted_ - number * std::int64_t{kLanes}));
  trials_.fill(main_.net.network, first, lanes, bench.block, bench.drawn);
  if (base_ != nullptr) {
    base_->trials_.fill(base_->main_.net.network, first, lanes, bench.base_block, bench.base_drawn);
    bench.scratch.wanted =
        bench.drawn.struck[changed_risk_] ^ bench.base_drawn.struck[changed_risk_];
  }
  main_.run(bench.block, first, lanes, bench.scratch);
  const bool has_later_ends =
      std::any_of(record_.watched.begin(), record_.watched.end(),
                  [](const Watch& each) { return !each.later_ends.empty(); });
  const auto points = has_later_ends ? main_.engine.points_of(bench.block, lanes)
                                     : std::vector<FlowEngine::Points>{};
  for (Watch& each : record_.watched) {
    std::array<Minute, kLanes> last;
    last.fill(main_.engine.minute_of(std::max(each.happened, first_date(each))));
    main_.engine.latest(bench.block, each.ends, last);
    const auto minutes = on_clock(main_.engine, bench.block, each.later_ends, points, last, lanes);
    for (std::size_t i = 0; i < lanes; ++i) {
      const bool is_as_in_base = (bench.scratch.wanted >> i & 1) == 0;
      each.minutes[first + i] = is_as_in_base ? base_->record_.finish()[first + i] : minutes[i];
    }
  }
  if (!record_.cost.empty())
    std::copy_n(bench.drawn.cost.begin(), lanes,
                record_.cost.begin() + static_cast<std::ptrdiff_t>(first));
  if (scope_ == Scope::finish) return;
  sample_.take(main_, bench.block, first, lanes);
  if (links_) simulate_links(first, lanes, bench);
  add_up(first, lanes, bench);
}

/// A plan in which nothing remains ends where it began at the earliest.
Instant Simulation::first_date(const Watch& each) const {
  return each.kind == DateForecast::Kind::finish ? plan_.start : kEver;
}

/// The same numbers on the other network.
void Simulation::simulate_links(std::uint64_t first, std::size_t lanes, Bench& bench) {
  const solve::Network& from = main_.net.network;
  const solve::Network& to = links_->net.network;
  for (Node node = 0; node < to.size(); ++node) {
    if (to.role[node] != solve::Network::Role::task) continue;
    const Node other = from.node_of[to.task[node]];
    std::copy_n(bench.block.work.begin() + static_cast<std::ptrdiff_t>(other * kLanes), kLanes,
                bench.links_block.work.begin() + static_cast<std::ptrdiff_t>(node * kLanes));
  }
  links_->run(bench.links_block, first, lanes, bench.links_scratch);
  std::array<Minute, kLanes> last;
  last.fill(links_->engine.minute_of(std::max(record_.watched.front().happened, plan_.start)));
  links_->engine.latest(bench.links_block, links_->ends, last);
  const auto points = links_->later_ends.empty()
                          ? std::vector<FlowEngine::Points>{}
                          : links_->engine.points_of(bench.links_block, lanes);
  const auto minutes =
      on_clock(links_->engine, bench.links_block, links_->later_ends, points, last, lanes);
  std::copy_n(minutes.begin(), lanes,
              record_.links_finish.begin() + static_cast<std::ptrdiff_t>(first));
}

void Simulation::add_up(std::uint64_t first, std::size_t lanes, Bench& bench) {
  const solve::Network& network = main_.net.network;
  const std::uint64_t all = lanes == kLanes ? ~std::uint64_t{0} : (std::uint64_t{1} << lanes) - 1;
  main_.find_critical(bench.block, bench.scratch, bench.bits);
  for (Node node = 0; node < network.size(); ++node)
    bench.sums.critical[node] += __builtin_popcountll(bench.bits[node] & all);
  add_up_work(first, lanes, bench);
  add_up_risks(first, lanes, bench);
}

void Simulation::add_up_work(std::uint64_t first, std::size_t lanes, Bench& bench) {
  const solve::Network& network = main_.net.network;
  const auto num_sampled = static_cast<std::size_t>(record_.num_sampled);
  for (std::size_t u = 0; u < record_.uncertain.size(); ++u) {
    const Node node = record_.uncertain[u];
    const Minute* const work = bench.block.work.data() + std::size_t{node} * kLanes;
    const auto planned = network.work[node].count();
    std::int64_t excess = 0;
    std::int64_t delay = 0;
    __int128 squares = 0;
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::int64_t more = work[i] - planned;
      excess += more;
      squares += more * more;
      if ((bench.bits[node] >> i & 1) != 0) delay += more;
    }
    bench.sums.excess[node] += excess;
    bench.sums.delay[node] += delay;
    bench.sums.squares[node] += squares;
    for (std::size_t i = 0; i < lanes && first + i < num_sampled; ++i)
      record_.sampled_work[u * num_sampled + first + i] = work[i];
  }
}

void Simulation::add_up_risks(std::uint64_t first, std::size_t lanes, Bench& bench) {
  const std::vector<std::int32_t>& finish = record_.finish();
  for (std::size_t r = 0; r < bench.drawn.struck.size(); ++r) {
    const std::uint64_t bits = bench.drawn.struck[r];
    for (std::size_t i = 0; i < lanes; ++i) {
      if ((bits >> i & 1) == 0 || finish[first + i] == kUndated) continue;
      ++bench.sums.num_struck[r];
      bench.sums.struck[r] += finish[first + i];
    }
    const std::size_t word = first / kLanes;
    if (word < record_.num_words) record_.sampled_struck[r * record_.num_words + word] = bits;
  }
}

Sampled Simulation::judge(const Side& side, std::int64_t num) const {
  FlowEngine::Block block = side.engine.make_block();
  Trials::Drawn drawn;
  trials_.fill(side.net.network, 0, static_cast<std::size_t>(num), block, drawn);
  Plan plan = plan_;
  Schedule schedule = answer_.schedule;
  Sampled sampled;
  for (std::int64_t lane = 0; lane < num; ++lane) {
    const auto number = static_cast<std::uint64_t>(lane);
    if (!rebuild(side, block, static_cast<std::size_t>(lane), number, plan, schedule)) continue;
    ++sampled.num_judged;
    const WorkingTimes times(plan);
    const TaskStates states(plan, times);
    const auto violations = check::judge_resources(plan, schedule, times, states);
    if (violations.empty()) ++sampled.num_within;
    for (const check::Violation& each : violations) sampled.exceeded.push_back(each.resource);
  }
  auto& exceeded = sampled.exceeded;
  std::sort(exceeded.begin(), exceeded.end(),
            [](ResourceId a, ResourceId b) { return a.index() < b.index(); });
  exceeded.erase(std::unique(exceeded.begin(), exceeded.end()), exceeded.end());
  return sampled;
}

}  // namespace diaodu::forecast
