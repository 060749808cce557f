#include "diaodu/forecast/risk.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <utility>

#include "diaodu/check/schedule_check.h"
#include "diaodu/check/usage.h"
#include "diaodu/forecast/side.h"
#include "diaodu/forecast/statistics.h"
#include "diaodu/forecast/task_dates.h"
#include "diaodu/forecast/trials.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/tree.h"
#include "diaodu/solve/schedule_network.h"

namespace diaodu::forecast {
namespace {

using solve::Node;
using Stage = TaskState::Stage;

constexpr std::size_t kLanes = FlowEngine::kLanes;
constexpr std::int32_t kUndated = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kMostWatched = 300;
constexpr std::int64_t kMostWatchedNumbers = std::int64_t{1} << 27;  // 512 MiB
constexpr std::int64_t kMostJudged = 20;
constexpr std::size_t kJudgedTasks = 50'000;  // judged over all trials
constexpr int kNumBatches = 20;
constexpr int kNumBins = 20;

/// A date that is watched in all trials.
struct Watch {
  DateForecast::Kind kind = DateForecast::Kind::finish;
  TaskId task;
  std::vector<Node> ends;
  Instant happened = kEver;           // the latest finish of what is completed
  std::vector<std::int32_t> minutes;  // of each trial, since the plan's start
};

struct Sums {
  std::vector<std::int64_t> critical;    // of each node: trials
  std::vector<std::int64_t> delay;       // minutes beyond the plan while critical
  std::vector<std::int64_t> excess;      // minutes beyond the plan
  std::vector<__int128> squares;         // of them
  std::vector<std::int64_t> num_struck;  // of each risk: trials with a date
  std::vector<std::int64_t> struck;      // minutes of their finishes

  Sums(std::size_t nodes, std::size_t risks)
      : critical(nodes),
        delay(nodes),
        excess(nodes),
        squares(nodes),
        num_struck(risks),
        struck(risks) {}
  void add(const Sums& other) {
    const auto plus = [](auto& mine, const auto& theirs) {
      for (std::size_t i = 0; i < mine.size(); ++i) mine[i] += theirs[i];
    };
    plus(critical, other.critical);
    plus(delay, other.delay);
    plus(excess, other.excess);
    plus(squares, other.squares);
    plus(num_struck, other.num_struck);
    plus(struck, other.struck);
  }
};

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

std::int64_t trials_asked(const Plan& plan, const RiskRequest& request) {
  return request.trials > 0 ? request.trials : plan.risk.trials;
}

using Kind = RiskRequest::Kind;

/// How the trials are made: never automatic.
Kind kind_of(const Plan& plan, const solve::Answer& answer, const RiskRequest& request) {
  if (!answer.is_levelled) return Kind::links_only;
  if (request.kind != Kind::automatic) return request.kind;
  if (plan.demands.empty()) return Kind::flow;
  const solve::ScheduleNetwork links(plan, answer.schedule);
  return solve::schedule_model(links, answer.schedule).is_told_by_order ? Kind::flow
                                                                        : Kind::relevel;
}

/// Of the finishes of the trials, in minutes since the plan's start: whole days from midnight on, unless all is
/// over within some.  The outermost bins hold the tails.
Histogram histogram_of(const Plan& plan, std::vector<std::int32_t> minutes) {
  Histogram told;
  std::erase(minutes, kUndated);
  if (minutes.empty()) return told;
  constexpr double kTail = 0.005;
  const std::int64_t least = quantile(minutes, kTail);
  const std::int64_t most = quantile(minutes, 1 - kTail);
  // Bins begin at midnight and hold whole days, unless all is over within some.
  const bool has_days = !plan.is_abstract && most - least >= kNumBins * kMinutesPerDay / 4;
  Instant from = plan.start + Elapsed{least};
  std::int64_t grain = 1;
  if (has_days) {
    grain = kMinutesPerDay;
    const LocalTime local = plan.zone.to_local(from);
    from = from - Elapsed{((local.minutes % grain) + grain) % grain};
  }
  const std::int64_t length = (plan.start + Elapsed{most} - from).count() + 1;
  const std::int64_t width = ((length + kNumBins - 1) / kNumBins + grain - 1) / grain * grain;
  told.from = from;
  told.width = Elapsed{width};
  told.counts.assign(static_cast<std::size_t>((length + width - 1) / width), 0);
  const auto last = static_cast<std::int64_t>(told.counts.size()) - 1;
  for (const std::int32_t each : minutes) {
    const std::int64_t bin = (plan.start + Elapsed{each} - from).count() / width;
    ++told.counts[static_cast<std::size_t>(std::clamp<std::int64_t>(bin, 0, last))];
  }
  return told;
}

class Simulation {
 public:
  Simulation(const Plan& plan, const solve::Answer& answer, const RiskRequest& request)
      : plan_(plan),
        answer_(answer),
        request_(request),
        num_trials_(std::clamp<std::int64_t>(trials_asked(plan, request), 1, kMostTrials)),
        kind_(kind_of(plan, answer, request)),
        main_(plan, answer.schedule, kind_),
        trials_(plan, answer.schedule, main_.net.states, source_of(request, num_trials_)) {}

  Forecast run() {
    begin();
    if (!trials_.is_uncertain()) {
      forecast_.findings.add(found::nothing_uncertain, {});
      return std::move(forecast_);
    }
    if (kind_ != Kind::links_only && !plan_.demands.empty())
      links_ = std::make_unique<Side>(plan_, answer_.schedule, Kind::links_only);
    watch();
    simulate_all();
    if (num_trials_ == 0) return std::move(forecast_);
    forecast_.has_trials = true;
    forecast_.num_trials = num_trials_;
    tell_error();
    tell_drivers();
    tell_risks();
    tell_points();
    tell_cost();
    forecast_.histogram = histogram_of(plan_, watched_.front().minutes);
    forecast_.curve = curve_of(watched_.front().minutes);
    for (Watch& each : watched_) tell_dates(each);
    tell_tasks();
    judge_some();
    return std::move(forecast_);
  }

  Trial rebuild_one(std::int64_t number) {
    Trial trial{.plan = plan_, .schedule = answer_.schedule};
    FlowEngine::Block block = main_.engine.make_block();
    Trials::Drawn drawn;
    trials_.fill(main_.net.network, static_cast<std::uint64_t>(number), 1, block, drawn);
    rebuild(main_, block, 0, trial.plan, trial.schedule);
    trial.finish = finish(trial.schedule, plan_);
    trial.cost = drawn.cost[0];
    for (std::size_t r = 0; r < drawn.struck.size(); ++r) {
      if ((drawn.struck[r] & 1) != 0) trial.struck.push_back(r);
    }
    return trial;
  }

 private:
  void begin() {
    forecast_.kind = kind_;
    forecast_.num_asked = trials_asked(plan_, request_);
    forecast_.seed = request_.seed;
    forecast_.latin_hypercube = request_.latin_hypercube;
    forecast_.confidence = request_.confidence > 0 ? request_.confidence : plan_.risk.confidence;
    forecast_.findings.append(trials_.findings());
    if (num_trials_ < forecast_.num_asked) {
      forecast_.findings.add(found::trials_cut, {},
                             {std::to_string(forecast_.num_asked), std::to_string(num_trials_)});
    }
  }

  void add_watch(DateForecast::Kind kind, TaskId task, const Table<TaskId, char>& is_in) {
    Watch each{.kind = kind, .task = task, .ends = ends_of(main_.net, is_in)};
    for (const TaskId member : plan_.tasks.ids()) {
      const TaskState state = main_.net.states[member];
      if (is_in[member] != 0 && state.stage == Stage::completed)
        each.happened = std::max(each.happened, *state.actual_finish);
    }
    if (each.ends.empty() && kind != DateForecast::Kind::finish) return;  // it has happened
    const bool has_room =
        watched_.size() < kMostWatched &&
        static_cast<std::int64_t>(watched_.size() + 1) * num_trials_ <= kMostWatchedNumbers;
    if (!has_room && !watched_.empty()) {
      ++forecast_.num_not_watched;
      return;
    }
    each.minutes.assign(static_cast<std::size_t>(num_trials_), kUndated);
    watched_.push_back(std::move(each));
  }

  void watch() {
    add_watch(DateForecast::Kind::finish, {}, Table<TaskId, char>(plan_.tasks.size(), 1));
    Table<TaskId, std::vector<TaskId>> leaves(plan_.tasks.size());
    for (const TaskId task : children_first(plan_)) {
      if (plan_.tasks[task].kind != TaskKind::summary) leaves[task] = {task};
      if (const TaskId parent = plan_.tasks[task].parent) {
        auto& of_parent = leaves[parent];
        of_parent.insert(of_parent.end(), leaves[task].begin(), leaves[task].end());
      }
    }
    for (const TaskId task : plan_.tasks.ids()) {
      const Task& row = plan_.tasks[task];
      const bool is_summary = row.kind == TaskKind::summary;
      const bool has_deadline = row.deadline < kNever;
      if (!has_deadline && !row.is_milestone() && !(is_summary && !row.parent)) continue;
      Table<TaskId, char> is_in(plan_.tasks.size(), 0);
      for (const TaskId leaf : leaves[task]) is_in[leaf] = 1;
      add_watch(is_summary           ? DateForecast::Kind::summary
                : row.is_milestone() ? DateForecast::Kind::milestone
                                     : DateForecast::Kind::deadline,
                task, is_in);
    }
    cost_.assign(trials_.has_cost() ? static_cast<std::size_t>(num_trials_) : 0, 0.0);
    if (links_) links_finish_.assign(static_cast<std::size_t>(num_trials_), kUndated);
    for (const TaskId task : plan_.tasks.ids()) {
      if (trials_.is_uncertain(task)) uncertain_.push_back(main_.net.network.node_of[task]);
    }
    constexpr std::int64_t kMostNumbers = 1 << 23;
    constexpr std::int64_t kMost = 4096;
    constexpr std::int64_t kLeast = 256;
    const auto rows = static_cast<std::int64_t>(std::max<std::size_t>(uncertain_.size(), 1));
    num_correlated_ = std::min(num_trials_, std::clamp(kMostNumbers / rows, kLeast, kMost));
    sampled_work_.assign(uncertain_.size() * static_cast<std::size_t>(num_correlated_), 0);
  }

  std::int32_t clock_of(const FlowEngine& engine, Minute date) const {
    Instant instant = engine.finish_of(date);
    if (date >= kBeyond || instant >= kNever) return kUndated;
    // What takes no time at the very beginning ends there, not the evening before.
    if (!main_.net.states.is_any()) instant = std::max(instant, plan_.start);
    return static_cast<std::int32_t>((instant - plan_.start).count());
  }

  /// What a thread works with.
  struct Bench {
    FlowEngine::Block block;
    FlowEngine::Block links_block;
    Side::Scratch scratch;
    Side::Scratch links_scratch;
    Trials::Drawn drawn;
    std::vector<std::uint64_t> bits;
    Sums sums;
  };
  Bench make_bench() const {
    return {.block = main_.engine.make_block(),
            .links_block = links_ ? links_->engine.make_block() : FlowEngine::Block{},
            .scratch = {},
            .links_scratch = {},
            .drawn = {},
            .bits = {},
            .sums = Sums(main_.engine.num_nodes(), plan_.risks.size())};
  }

  void simulate_all() {
    const std::int64_t num_blocks = (num_trials_ + std::int64_t{kLanes} - 1) / std::int64_t{kLanes};
    const auto wanted = std::min<std::int64_t>(std::max(request_.threads, 1), num_blocks);
    std::atomic<std::int64_t> next{0};
    const auto is_cancelled = [this] {
      return request_.cancel != nullptr && request_.cancel->load(std::memory_order_relaxed);
    };
    std::vector<Bench> benches;
    for (std::int64_t i = 0; i < wanted; ++i) benches.push_back(make_bench());
    const auto work = [&](std::size_t number) {
      while (!is_cancelled()) {
        const std::int64_t each = next.fetch_add(1);
        if (each >= num_blocks) return;
        simulate_block(each, benches[number]);
        if (number == 0 && request_.on_progress)
          request_.on_progress(std::min((each + 1) * std::int64_t{kLanes}, num_trials_),
                               num_trials_);
      }
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < benches.size(); ++i) others.emplace_back(work, i);
    work(0);
    for (std::thread& thread : others) thread.join();
    // Whoever takes a block does it, so what was taken is what is done.
    const std::int64_t done =
        std::min(std::min(next.load(), num_blocks) * std::int64_t{kLanes}, num_trials_);
    forecast_.was_cancelled = done < num_trials_;
    num_trials_ = done;
    const auto cut = [done](auto& numbers) {
      if (!numbers.empty()) numbers.resize(static_cast<std::size_t>(done));
    };
    for (Watch& each : watched_) cut(each.minutes);
    cut(cost_);
    cut(links_finish_);
    for (const Bench& bench : benches) sums_.add(bench.sums);
  }

  void simulate_block(std::int64_t number, Bench& bench) {
    const auto first = static_cast<std::uint64_t>(number) * kLanes;
    const auto lanes = static_cast<std::size_t>(
        std::min<std::int64_t>(std::int64_t{kLanes}, num_trials_ - number * std::int64_t{kLanes}));
    trials_.fill(main_.net.network, first, lanes, bench.block, bench.drawn);
    main_.run(bench.block, lanes, bench.scratch);
    for (Watch& each : watched_) {
      std::array<Minute, kLanes> last;
      last.fill(main_.engine.minute_of(std::max(each.happened, first_date(each))));
      main_.engine.latest(bench.block, each.ends, last);
      for (std::size_t i = 0; i < lanes; ++i)
        each.minutes[first + i] = clock_of(main_.engine, last[i]);
    }
    if (!cost_.empty())
      std::copy_n(bench.drawn.cost.begin(), lanes,
                  cost_.begin() + static_cast<std::ptrdiff_t>(first));
    sample_.take(main_, bench.block, first, lanes);
    if (links_) simulate_links(first, lanes, bench);
    add_up(first, lanes, bench);
  }

  /// A plan in which nothing remains ends where it began at the earliest.
  Instant first_date(const Watch& each) const {
    return each.kind == DateForecast::Kind::finish ? plan_.start : kEver;
  }

  /// The same numbers on the other network.
  void simulate_links(std::uint64_t first, std::size_t lanes, Bench& bench) {
    const solve::Network& from = main_.net.network;
    const solve::Network& to = links_->net.network;
    for (Node node = 0; node < to.size(); ++node) {
      if (to.role[node] != solve::Network::Role::task) continue;
      const Node other = from.node_of[to.task[node]];
      std::copy_n(bench.block.work.begin() + static_cast<std::ptrdiff_t>(other * kLanes), kLanes,
                  bench.links_block.work.begin() + static_cast<std::ptrdiff_t>(node * kLanes));
    }
    links_->run(bench.links_block, lanes, bench.links_scratch);
    std::array<Minute, kLanes> last;
    last.fill(links_->engine.minute_of(std::max(watched_.front().happened, plan_.start)));
    links_->engine.latest(bench.links_block, links_->ends, last);
    for (std::size_t i = 0; i < lanes; ++i)
      links_finish_[first + i] = clock_of(links_->engine, last[i]);
  }

  void add_up(std::uint64_t first, std::size_t lanes, Bench& bench) {
    const solve::Network& network = main_.net.network;
    Sums& sums = bench.sums;
    const std::uint64_t all = lanes == kLanes ? ~std::uint64_t{0} : (std::uint64_t{1} << lanes) - 1;
    main_.find_critical(bench.block, bench.scratch, bench.bits);
    for (Node node = 0; node < network.size(); ++node) {
      const std::uint64_t bits = bench.bits[node] & all;
      sums.critical[node] += __builtin_popcountll(bits);
    }
    for (std::size_t u = 0; u < uncertain_.size(); ++u) {
      const Node node = uncertain_[u];
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
      sums.excess[node] += excess;
      sums.delay[node] += delay;
      sums.squares[node] += squares;
      for (std::size_t i = 0; i < lanes; ++i) {
        const auto trial = static_cast<std::int64_t>(first + i);
        if (trial < num_correlated_)
          sampled_work_[u * static_cast<std::size_t>(num_correlated_) + first + i] = work[i];
      }
    }
    const std::vector<std::int32_t>& finish = watched_.front().minutes;
    for (std::size_t r = 0; r < bench.drawn.struck.size(); ++r) {
      for (std::size_t i = 0; i < lanes; ++i) {
        if ((bench.drawn.struck[r] >> i & 1) == 0 || finish[first + i] == kUndated) continue;
        ++sums.num_struck[r];
        sums.struck[r] += finish[first + i];
      }
    }
  }

  Instant instant(std::int32_t minutes) const {
    return minutes == kUndated ? kNever : plan_.start + Elapsed{minutes};
  }

  Quantiles<Instant> quantiles(std::vector<std::int32_t>& minutes) const {
    std::int64_t sum = 0;
    std::int64_t count = 0;
    for (const std::int32_t each : minutes) {
      if (each == kUndated) continue;
      sum += each;
      ++count;
    }
    Quantiles<Instant> all;
    all.mean = count == 0
                   ? kNever
                   : plan_.start + Elapsed{static_cast<std::int64_t>(std::llround(
                                       static_cast<double>(sum) / static_cast<double>(count)))};
    all.p10 = instant(quantile(minutes, 0.1));
    all.p50 = instant(quantile(minutes, 0.5));
    all.p80 = instant(quantile(minutes, 0.8));
    all.p90 = instant(quantile(minutes, 0.9));
    all.at_confidence = instant(quantile(minutes, forecast_.confidence));
    return all;
  }

  std::vector<Instant> curve_of(const std::vector<std::int32_t>& minutes) const {
    std::vector<Instant> curve;
    for (const std::int32_t each : percentiles(minutes)) curve.push_back(instant(each));
    return curve;
  }

  double share_by(const std::vector<std::int32_t>& minutes, Instant date) const {
    const auto in_time = std::count_if(minutes.begin(), minutes.end(), [&](std::int32_t each) {
      return each != kUndated && instant(each) <= date;
    });
    return static_cast<double>(in_time) / static_cast<double>(minutes.size());
  }

  void tell_dates(Watch& each) {
    DateForecast told{.kind = each.kind, .task = each.task};
    told.planned = each.task ? answer_.schedule.placements[each.task].finish : answer_.finish;
    told.planned_share = share_by(each.minutes, told.planned);
    if (each.task && plan_.tasks[each.task].deadline < kNever) {
      told.deadline = plan_.tasks[each.task].deadline;
      told.deadline_share = share_by(each.minutes, told.deadline);
    }
    told.dates = quantiles(each.minutes);
    forecast_.dates.push_back(told);
  }

  /// Before the finishes are reordered.
  void tell_error() {
    const std::vector<std::int32_t>& minutes = watched_.front().minutes;
    forecast_.num_without_dates = std::count(minutes.begin(), minutes.end(), kUndated);
    const std::size_t size = minutes.size() / kNumBatches;
    constexpr std::size_t kLeast = 10;
    if (size < kLeast) return;
    std::array<double, kNumBatches> p80{};
    for (std::size_t i = 0; i < kNumBatches; ++i) {
      const auto begin = minutes.begin() + static_cast<std::ptrdiff_t>(i * size);
      std::vector<std::int32_t> batch(begin, begin + static_cast<std::ptrdiff_t>(size));
      p80[i] = quantile(batch, 0.8);
    }
    const double mean = std::accumulate(p80.begin(), p80.end(), 0.0) / kNumBatches;
    double squares = 0;
    for (const double each : p80) squares += (each - mean) * (each - mean);
    forecast_.p80_error = std::sqrt(squares / (kNumBatches - 1) / kNumBatches);
  }

  void tell_drivers() {
    const solve::Network& network = main_.net.network;
    const auto n = static_cast<double>(num_trials_);
    const std::int64_t sampled = std::min(num_correlated_, num_trials_);
    const std::vector<std::int32_t>& minutes = watched_.front().minutes;
    const std::vector<double> finish =
        ranks_of(std::span(minutes).first(static_cast<std::size_t>(sampled)));
    std::vector<std::size_t> row_of(network.size(), uncertain_.size());
    for (std::size_t u = 0; u < uncertain_.size(); ++u) row_of[uncertain_[u]] = u;
    for (Node node = 0; node < network.size(); ++node) {
      const bool is_uncertain = row_of[node] < uncertain_.size();
      if (network.role[node] != solve::Network::Role::task) continue;
      if (!is_uncertain && sums_.critical[node] == 0) continue;
      Driver driver{.task = network.task[node]};
      driver.criticality = static_cast<double>(sums_.critical[node]) / n;
      driver.planned = static_cast<double>(network.work[node].count());
      const double excess = static_cast<double>(sums_.excess[node]) / n;
      const double square = static_cast<double>(sums_.squares[node]) / n;
      driver.mean = driver.planned + excess;
      driver.deviation = std::sqrt(std::max(0.0, square - excess * excess));
      driver.swing = driver.criticality * driver.deviation;
      driver.delay = static_cast<double>(sums_.delay[node]) / n;
      if (is_uncertain) {
        const std::size_t at = row_of[node] * static_cast<std::size_t>(num_correlated_);
        driver.sensitivity =
            correlation_of(ranks_of(std::span<const std::int32_t>(sampled_work_)
                                        .subspan(at, static_cast<std::size_t>(sampled))),
                           finish);
      }
      forecast_.drivers.push_back(driver);
    }
    forecast_.num_correlated = sampled;
    std::stable_sort(forecast_.drivers.begin(), forecast_.drivers.end(),
                     [](const Driver& a, const Driver& b) {
                       return std::pair{a.swing, a.criticality} > std::pair{b.swing, b.criticality};
                     });
  }

  void tell_risks() {
    std::int64_t sum = 0;
    std::int64_t count = 0;
    for (const std::int32_t each : watched_.front().minutes) {
      if (each == kUndated) continue;
      sum += each;
      ++count;
    }
    for (std::size_t r = 0; r < plan_.risks.size(); ++r) {
      const std::int64_t with = sums_.num_struck[r];
      const std::int64_t without = count - with;
      RiskEffect effect{.risk = r};
      if (count > 0) effect.struck = static_cast<double>(with) / static_cast<double>(count);
      if (with > 0 && without > 0) {
        effect.delay_if_struck =
            static_cast<double>(sums_.struck[r]) / static_cast<double>(with) -
            static_cast<double>(sum - sums_.struck[r]) / static_cast<double>(without);
      }
      effect.delay = effect.struck * effect.delay_if_struck;
      forecast_.risks.push_back(effect);
    }
    std::stable_sort(forecast_.risks.begin(), forecast_.risks.end(),
                     [](const RiskEffect& a, const RiskEffect& b) { return a.delay > b.delay; });
  }

  /// Before the costs are reordered.
  void tell_points() {
    constexpr std::size_t kMostPoints = 500;
    if (cost_.empty()) return;
    const auto [least, most] = std::minmax_element(cost_.begin(), cost_.end());
    if (*most - *least < 1) return;  // less than a cent is rounding
    const std::vector<std::int32_t>& minutes = watched_.front().minutes;
    for (std::size_t i = 0; i < std::min(cost_.size(), kMostPoints); ++i) {
      if (minutes[i] != kUndated) forecast_.points.push_back({instant(minutes[i]), cost_[i]});
    }
  }

  /// What is watched in all trials is told of all.
  void tell_tasks() {
    const solve::Network& network = main_.net.network;
    forecast_.tasks = sample_.tell(plan_, answer_.schedule, main_.net.states, num_trials_);
    for (Node node = 0; node < network.size(); ++node) {
      if (network.role[node] == solve::Network::Role::task)
        forecast_.tasks[network.task[node]].criticality =
            static_cast<double>(sums_.critical[node]) / static_cast<double>(num_trials_);
    }
    for (const DateForecast& each : forecast_.dates) {
      if (!each.task) continue;
      const Quantiles<Instant>& all = each.dates;
      TaskDates& told = forecast_.tasks[each.task];
      told.finish = {all.p10, all.p50, all.p80, all.p90};
      if (plan_.tasks[each.task].is_milestone()) told.start = told.finish;
    }
  }

  void tell_cost() {
    if (cost_.empty()) return;
    CostForecast told;
    told.planned = static_cast<double>(check::cost(plan_, answer_.schedule).count());
    const std::vector<std::int32_t>& minutes = watched_.front().minutes;
    const double most = told.planned + 0.5;  // half a cent is rounding
    std::int64_t cheap = 0;
    std::int64_t both = 0;
    for (std::size_t i = 0; i < cost_.size(); ++i) {
      const bool is_cheap = cost_[i] <= most;
      cheap += is_cheap ? 1 : 0;
      both += is_cheap && instant(minutes[i]) <= answer_.finish ? 1 : 0;
    }
    const auto n = static_cast<double>(cost_.size());
    told.planned_share = static_cast<double>(cheap) / n;
    told.joint_share = static_cast<double>(both) / n;
    told.costs.mean = std::accumulate(cost_.begin(), cost_.end(), 0.0) / n;
    told.costs.p10 = quantile(cost_, 0.1);
    told.costs.p50 = quantile(cost_, 0.5);
    told.costs.p80 = quantile(cost_, 0.8);
    told.costs.p90 = quantile(cost_, 0.9);
    told.costs.at_confidence = quantile(cost_, forecast_.confidence);
    forecast_.cost = told;
  }

  /// Rebuilds the first trials and has `check` look at their capacities.
  void judge_some() {
    const std::int64_t most = std::clamp<std::int64_t>(
        static_cast<std::int64_t>(kJudgedTasks / std::max<std::size_t>(plan_.tasks.size(), 1)), 1,
        kMostJudged);
    const std::int64_t judged = std::min(most, num_trials_);
    if (plan_.demands.empty()) return;
    forecast_.sampled = judge(main_, judged);
    if (!links_) return;
    LinksOnly told;
    told.finish = quantiles(links_finish_);
    told.curve = curve_of(links_finish_);
    told.too_early = told.finish.p80 >= kNever || forecast_.finish().dates.p80 >= kNever
                         ? Elapsed{}
                         : forecast_.finish().dates.p80 - told.finish.p80;
    told.sampled = judge(*links_, judged);
    forecast_.links_only = told;
  }

  Sampled judge(const Side& side, std::int64_t num) {
    FlowEngine::Block block = side.engine.make_block();
    Trials::Drawn drawn;
    trials_.fill(side.net.network, 0, static_cast<std::size_t>(num), block, drawn);
    Plan plan = plan_;
    Schedule schedule = answer_.schedule;
    Sampled sampled;
    for (std::int64_t lane = 0; lane < num; ++lane) {
      if (!rebuild(side, block, static_cast<std::size_t>(lane), plan, schedule)) continue;
      ++sampled.num_judged;
      const TaskStates states(plan, side.net.times);
      const auto violations = check::judge_resources(plan, schedule, side.net.times, states);
      if (violations.empty()) ++sampled.num_within;
      for (const check::Violation& each : violations) sampled.exceeded.push_back(each.resource);
    }
    auto& exceeded = sampled.exceeded;
    std::sort(exceeded.begin(), exceeded.end(),
              [](ResourceId a, ResourceId b) { return a.index() < b.index(); });
    exceeded.erase(std::unique(exceeded.begin(), exceeded.end()), exceeded.end());
    return sampled;
  }

  const Plan& plan_;
  const solve::Answer& answer_;
  const RiskRequest& request_;
  std::int64_t num_trials_;
  Kind kind_;
  Side main_;
  Trials trials_;
  std::unique_ptr<Side> links_;
  std::vector<Watch> watched_;
  std::vector<double> cost_;
  std::vector<std::int32_t> links_finish_;
  TaskSample sample_{plan_, num_trials_};
  std::vector<Node> uncertain_;
  std::int64_t num_correlated_ = 0;
  std::vector<std::int32_t> sampled_work_;  // of each uncertain node, in the first trials
  Sums sums_{main_.engine.num_nodes(), plan_.risks.size()};
  Forecast forecast_;
};

}  // namespace

Forecast simulate(const Plan& plan, const solve::Answer& answer, const RiskRequest& request) {
  return Simulation(plan, answer, request).run();
}

Trial trial(const Plan& plan, const solve::Answer& answer, const RiskRequest& request,
            std::int64_t number) {
  return Simulation(plan, answer, request).rebuild_one(number);
}

}  // namespace diaodu::forecast
