#include "diaodu/solve/evolve.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>

namespace diaodu::solve {
namespace {

using Time = Problem::Time;

constexpr std::size_t kLeastPopulation = 40;
constexpr std::size_t kMostPopulation = 1280;
constexpr std::size_t kMostBarren = 75;  // children for each of the population
constexpr int kMostTurns = 4;

/// A large plan has more to recombine, and less time to begin anew.
std::size_t first_population(std::size_t size) {
  return std::clamp(size * size / 300, kLeastPopulation, kMostPopulation / 4);
}

/// The latest starts with which nothing breaks a limit, and nothing makes the longest chain longer.
std::vector<Time> limits(const Problem& problem, const std::vector<Time>& early,
                         const std::vector<Time>& tail) {
  Time longest = 0;
  for (std::size_t task = 0; task < problem.size(); ++task)
    longest = std::max(longest, early[task] + tail[task]);
  std::vector<Time> limit = latest_starts(problem, longest);
  for (auto task = problem.along.rbegin(); task != problem.along.rend(); ++task) {
    for (const std::uint32_t i : problem.out_of(*task)) {
      const auto& arc = problem.precedences[i];
      limit[*task] = std::min(limit[*task], limit[arc.to] - arc.gap);
    }
  }
  return limit;
}

}  // namespace

bool Evolver::suits(const Problem& problem) {
  if (!problem.is_plain() || problem.has_circles || problem.size() == 0) return false;
  return Slots::suits(problem, horizon_of(problem));
}

Evolver::Evolver(const Problem& problem, RandomStream random)
    : problem_(problem),
      random_(random),
      horizon_(horizon_of(problem)),
      slots_(problem, horizon_),
      start_(problem.size()),
      order_(problem.size()),
      is_taken_(problem.size()),
      rank_(problem.size()),
      missing_(problem.size()),
      most_(first_population(problem.size())) {
  for (const auto& arc : problem.precedences) {
    is_finish_to_start_ = is_finish_to_start_ && arc.gap >= problem.duration[arc.from];
    is_start_to_start_ = is_start_to_start_ && arc.gap >= 0;
  }
  // Latest starts and finishes, the usual rules: the tail says how urgent a task is, and so do limits.
  const std::vector<Time> tail = tails(problem);
  std::vector<Time> early = earliest_starts(problem);
  if (early.empty()) early = problem.earliest;  // they break limits
  std::vector<double> latest_start;
  std::vector<double> latest_finish;
  std::vector<double> earliest_start;
  const std::vector<Time> limit =
      problem.has_limits ? limits(problem, early, tail) : std::vector<Time>();
  for (std::size_t task = 0; task < problem.size(); ++task) {
    const Time latest = limit.empty() ? -tail[task] : limit[task];
    latest_start.push_back(latest);
    latest_finish.push_back(problem.duration[task] + latest);
    earliest_start.push_back(early[task]);
  }
  keys_ = {latest_finish, latest_start, earliest_start};
}

void Evolver::run(std::int64_t steps, Time target, const std::function<bool()>& is_over) {
  const std::int64_t until = steps_ + steps;
  bool is_first = best_.order.empty();
  while (is_first || (steps_ < until && best_.value > target && !is_over())) {
    is_first = false;
    if (population_.size() < most_) {
      admit(evaluate(sample()));
    } else if (num_barren_ > kMostBarren * most_) {
      num_barren_ = 0;
      population_.clear();
      most_ = std::min(2 * most_, kMostPopulation);
      best_of_population_ = kWorst;
      if (random_.one_in(2)) {
        population_.push_back(best_);
        best_of_population_ = best_.value;
      }
    } else {
      Order child = cross(tournament().order, tournament().order);
      shift_some(child);
      admit(evaluate(std::move(child)));
    }
  }
}

void Evolver::learn(Time makespan, const std::vector<Time>& starts) {
  if (makespan >= best_.value) return;
  start_ = starts;
  sort_by_start();
  best_ = evaluate(order_);
  if (best_.value > makespan) {  // some successor starts first there, and stands behind in the list
    best_.value = best_.makespan = makespan;
    best_.start = starts;
  }
}

/// Serial generation: each task in turn as early as its predecessors and its resources allow.
void Evolver::forward(const Order& order) {
  slots_.clear();
  steps_ += static_cast<std::int64_t>(order.size());
  makespan_ = 0;
  for (const std::uint32_t task : order) {
    Time start = problem_.earliest[task];
    for (const std::uint32_t i : problem_.into(task)) {
      const auto& arc = problem_.precedences[i];
      start = std::max(start, start_[arc.from] + arc.gap);
    }
    const Time duration = problem_.duration[task];
    if (duration > 0) {
      start = slots_.first_fit(task, start, duration);
      if (start < 0) {
        makespan_ = Problem::kNoLimit;
        value_ = kWorst;
        return;
      }
      slots_.take(task, start, duration);
    }
    start_[task] = start;
    makespan_ = std::max(makespan_, start + duration);
  }
  value_ = makespan_;
  if (problem_.has_limits) judge_lateness();
}

void Evolver::judge_lateness() {
  std::int64_t late = 0;
  for (std::size_t task = 0; task < start_.size(); ++task)
    late += std::max<Time>(0, start_[task] - problem_.latest[task]);
  if (late > 0)
    value_ = static_cast<Time>(std::min<std::int64_t>(Problem::kNoLimit + late, kWorst));
}

/// Each task as late as it goes without ending later; false if one finds no place (then nothing is moved).
bool Evolver::backward(const Order& order, Time makespan) {
  slots_.clear();
  steps_ += static_cast<std::int64_t>(order.size());
  for (const std::uint32_t task : order) {
    const Time duration = problem_.duration[task];
    Time start = std::min(makespan - duration, problem_.latest[task]);
    for (const std::uint32_t i : problem_.out_of(task)) {
      const auto& arc = problem_.precedences[i];
      start = std::min(start, start_[arc.to] - arc.gap);
    }
    if (start < 0) return false;
    if (duration > 0) {
      start = slots_.last_fit(task, start, duration);
      if (start < 0) return false;
      slots_.take(task, start, duration);
    }
    start_[task] = start;
  }
  return true;
}

/// Into `order_`, all tasks by their starts, predecessors first among equals (counting sort), and first anyway where a
/// successor may start before them.
void Evolver::sort_by_start() {
  const Time last = *std::max_element(start_.begin(), start_.end());
  count_.assign(static_cast<std::size_t>(last) + 2, 0);
  for (const Time start : start_) ++count_[static_cast<std::size_t>(start) + 1];
  std::partial_sum(count_.begin(), count_.end(), count_.begin());
  for (const std::uint32_t task : problem_.along)
    order_[count_[static_cast<std::size_t>(start_[task])]++] = task;
  if (!is_start_to_start_) order_ = behind_predecessors(order_);
}

/// Into `order_`, all tasks by their finishes, the last first, successors first among equals.  Then each
/// still fits where it was.  Where a successor may finish first, by their starts, and that may not be so.
void Evolver::sort_by_finish_downwards() {
  if (!is_finish_to_start_) {
    sort_by_start();
    std::reverse(order_.begin(), order_.end());
    return;
  }
  Time last = 0;
  for (std::size_t task = 0; task < start_.size(); ++task)
    last = std::max(last, start_[task] + problem_.duration[task]);
  count_.assign(static_cast<std::size_t>(last) + 2, 0);
  const auto from_end = [&](std::uint32_t task) {
    return static_cast<std::size_t>(last - start_[task] - problem_.duration[task]);
  };
  for (std::uint32_t task = 0; task < start_.size(); ++task) ++count_[from_end(task) + 1];
  std::partial_sum(count_.begin(), count_.end(), count_.begin());
  for (auto task = problem_.along.rbegin(); task != problem_.along.rend(); ++task)
    order_[count_[from_end(*task)]++] = *task;
}

Evolver::Individual Evolver::evaluate(Order order) {
  Individual individual;
  forward(order);
  const auto keep = [&] {
    individual.value = value_;
    individual.makespan = makespan_;
    individual.start = start_;
  };
  keep();
  for (int turn = 0; turn < kMostTurns && individual.makespan < Problem::kNoLimit; ++turn) {
    sort_by_finish_downwards();
    if (!backward(order_, individual.makespan)) break;
    sort_by_start();
    forward(order_);
    const bool is_better = value_ < individual.value;
    if (value_ <= individual.value) keep();
    if (!is_better) break;
  }
  start_ = individual.start;
  if (individual.makespan < Problem::kNoLimit) {
    sort_by_start();
    individual.order = order_;
  } else {
    individual.order = std::move(order);
  }
  for (const Time start : individual.start) {
    individual.fingerprint =
        (individual.fingerprint ^ static_cast<std::uint64_t>(start)) * 0x9E37'79B9'7F4A'7C15;
    individual.fingerprint ^= individual.fingerprint >> 29;
  }
  return individual;
}

Evolver::Order Evolver::sample() {
  const std::size_t number = num_samples_++;
  if (number < keys_.size()) return from_keys(keys_[number]);
  std::vector<double> keys = keys_[random_.below(keys_.size())];
  const auto [low, high] = std::minmax_element(keys.begin(), keys.end());
  const double noise = (*high - *low) * 0.5 * random_.unit();
  for (double& key : keys) key += noise * random_.unit();
  return from_keys(keys);
}

/// The tasks by their keys, the smaller first, each after its predecessors.
Evolver::Order Evolver::from_keys(const std::vector<double>& keys) {
  Order by_key = problem_.along;
  std::stable_sort(by_key.begin(), by_key.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  return behind_predecessors(by_key);
}

/// Each task in turn as soon as all its predecessors are listed.
Evolver::Order Evolver::behind_predecessors(const Order& by_priority) {
  for (std::uint32_t i = 0; i < by_priority.size(); ++i) rank_[by_priority[i]] = i;
  std::fill(missing_.begin(), missing_.end(), 0);
  for (const auto& arc : problem_.precedences) ++missing_[arc.to];
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
  for (std::uint32_t task = 0; task < problem_.size(); ++task) {
    if (missing_[task] == 0) ready.push(rank_[task]);
  }
  Order order;
  order.reserve(problem_.size());
  while (!ready.empty()) {
    const std::uint32_t task = by_priority[ready.top()];
    ready.pop();
    order.push_back(task);
    for (const std::uint32_t i : problem_.out_of(task)) {
      const std::uint32_t next = problem_.precedences[i].to;
      if (--missing_[next] == 0) ready.push(rank_[next]);
    }
  }
  return order;
}

const Evolver::Individual& Evolver::tournament() {
  const Individual& a = population_[random_.below(population_.size())];
  const Individual& b = population_[random_.below(population_.size())];
  return b.value < a.value ? b : a;
}

/// The mother's order at both ends, the father's in the middle.  Both orders are legal, so the child's is.
Evolver::Order Evolver::cross(const Order& mother, const Order& father) {
  const std::size_t size = mother.size();
  std::size_t first = random_.below(size + 1);
  std::size_t last = random_.below(size + 1);
  if (first > last) std::swap(first, last);
  std::fill(is_taken_.begin(), is_taken_.end(), 0);
  Order child;
  child.reserve(size);
  for (std::size_t i = 0; i < first; ++i) {
    child.push_back(mother[i]);
    is_taken_[mother[i]] = 1;
  }
  for (std::size_t i = 0; i < size && child.size() < last; ++i) {
    if (is_taken_[father[i]] != 0) continue;
    child.push_back(father[i]);
    is_taken_[father[i]] = 1;
  }
  for (const std::uint32_t task : mother) {
    if (is_taken_[task] == 0) child.push_back(task);
  }
  return child;
}

/// Moves some tasks some places forward or back, past nothing that they depend on or that depends on them.
void Evolver::shift_some(Order& order) {
  constexpr std::size_t kFarthest = 12;
  const auto is_tied = [this](std::uint32_t earlier, std::uint32_t later) {
    for (const std::uint32_t i : problem_.into(later)) {
      if (problem_.precedences[i].from == earlier) return true;
    }
    return false;
  };
  const std::size_t moves = random_.below(order.size() / 20 + 2);
  for (std::size_t move = 0; move < moves; ++move) {
    std::size_t at = random_.below(order.size());
    const std::size_t distance = 1 + random_.below(kFarthest);
    if (random_.one_in(2)) {
      for (std::size_t k = 0; k < distance && at > 0 && !is_tied(order[at - 1], order[at]);
           ++k, --at) {
        std::swap(order[at - 1], order[at]);
      }
    } else {
      for (std::size_t k = 0;
           k < distance && at + 1 < order.size() && !is_tied(order[at], order[at + 1]); ++k, ++at) {
        std::swap(order[at], order[at + 1]);
      }
    }
  }
}

/// Keeps the best, and in the population whoever is as good as its worst and like nobody in it.
void Evolver::admit(Individual individual) {
  ++num_barren_;
  if (individual.value < best_of_population_) {
    best_of_population_ = individual.value;
    num_barren_ = 0;
  }
  if (best_.order.empty() || individual.value < best_.value) best_ = individual;
  const bool is_known = std::any_of(
      population_.begin(), population_.end(),
      [&](const Individual& other) { return other.fingerprint == individual.fingerprint; });
  if (population_.size() < most_) {
    // While it grows, a twin is as good as nobody; but a plan with one order only must not wait for more.
    if (!is_known || num_barren_ > 4 * most_) population_.push_back(std::move(individual));
    return;
  }
  if (is_known) return;
  const auto worst =
      std::max_element(population_.begin(), population_.end(),
                       [](const Individual& a, const Individual& b) { return a.value < b.value; });
  if (individual.value <= worst->value) *worst = std::move(individual);
}

}  // namespace diaodu::solve
