#include "diaodu/solve/kernel.h"

#include <algorithm>
#include <thread>

#include "diaodu/core/budget.h"

namespace diaodu::solve {
namespace {

/// Beyond this many tasks one propagation takes longer than people wait for a proof.
constexpr std::size_t kMostTasksToProve = 2500;
/// A placement in a flat array costs a fraction of a propagated bound.
constexpr std::int64_t kPlacementsPerStep = 4;

}  // namespace

bool Kernel::suits(const Problem& problem) {
  return Evolver::suits(problem) || problem.size() <= kMostTasksToProve;
}

Kernel::Kernel(const Problem& problem, int threads, std::uint64_t seed, ProofLog* log)
    : threads_(static_cast<std::size_t>(std::max(1, threads))), log_(log) {
  const RandomStream random(seed);
  if (problem.size() <= kMostTasksToProve) {
    provers_.push_back(std::make_unique<Prover>(problem, horizon_of(problem),
                                                Prover::Aim::lowest_end, RandomStream{1}, log));
    if (!Evolver::suits(problem)) {
      provers_.push_back(
          std::make_unique<Prover>(problem, horizon_of(problem), Prover::Aim::better_end));
    }
  }
  if (!Evolver::suits(problem)) return;
  const std::size_t finders =
      std::max<std::size_t>(1, threads_ - std::min(threads_, provers_.size()));
  for (std::size_t i = 0; i < finders; ++i) {
    evolvers_.push_back(std::make_unique<Evolver>(problem, random.split(i)));
  }
  if (provers_.empty()) return;
  // Beside each population one that searches neighbourhoods: where the one gets stuck the other goes on.
  for (std::size_t i = 0; i < finders; ++i) {
    provers_.push_back(std::make_unique<Prover>(problem, horizon_of(problem),
                                                Prover::Aim::near_best, random.split(finders + i)));
  }
}

void Kernel::run(const Round& round) {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < threads_; ++i)
    threads.emplace_back([this, i, &round] { work(i, round); });
  work(0, round);
  for (std::thread& thread : threads) thread.join();
  exchange();
}

/// The workers are dealt to the threads in turn.
void Kernel::work(std::size_t thread, const Round& round) {
  const std::size_t workers = evolvers_.size() + provers_.size();
  std::size_t mine = 0;
  for (std::size_t i = thread; i < workers; i += threads_) ++mine;
  if (mine == 0) return;
  const auto is_cancelled = [&round] {
    return round.cancel != nullptr && round.cancel->load(std::memory_order_relaxed);
  };
  for (std::size_t i = thread; i < workers; i += threads_) {
    Budget turn({.seconds = round.seconds > 0 ? round.seconds / static_cast<double>(mine)
                                              : std::numeric_limits<double>::infinity()});
    const auto is_over = [&] {
      turn.spend(1);
      return turn.is_spent() || is_cancelled();
    };
    const std::int64_t steps =
        round.seconds > 0 ? std::numeric_limits<std::int64_t>::max() / 8 : round.steps;
    if (i < evolvers_.size()) {
      evolvers_[i]->run(steps * (round.seconds > 0 ? 1 : kPlacementsPerStep), bound_, is_over);
    } else {
      provers_[i - evolvers_.size()]->run(steps, is_over);
    }
  }
}

void Kernel::exchange() {
  for (const auto& evolver : evolvers_) learn(evolver->makespan(), evolver->starts());
  for (std::size_t i = 0; i < provers_.size(); ++i) {
    const auto& prover = provers_[i];
    if (!prover->starts().empty()) learn(prover->makespan(), prover->starts());
    if (!may_prove(i)) continue;
    bound_ = std::max(bound_, prover->bound());
    is_exhausted_ = is_exhausted_ || prover->is_done();
  }
  if (is_exhausted_ && !starts_.empty()) bound_ = makespan_;
  if (starts_.empty()) return;
  for (const auto& evolver : evolvers_) evolver->learn(makespan_, starts_);
  for (const auto& prover : provers_) {
    prover->learn(makespan_, starts_);
    prover->raise_bound(bound_);
  }
}

void Kernel::end_log() {
  if (log_ != nullptr) log_->end(bound_, is_infeasible());
}

void Kernel::learn(Time makespan, const std::vector<Time>& starts) {
  if (starts.empty() || makespan >= makespan_) return;
  makespan_ = makespan;
  starts_ = starts;
}

std::int64_t Kernel::steps() const {
  std::int64_t steps = 0;
  for (const auto& evolver : evolvers_) steps += evolver->steps();
  for (const auto& prover : provers_) steps += prover->steps();
  return steps;
}

}  // namespace diaodu::solve
