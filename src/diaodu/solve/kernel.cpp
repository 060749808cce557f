#include "diaodu/solve/kernel.h"

#include <algorithm>
#include <thread>

#include "diaodu/core/budget.h"

namespace diaodu::solve {
namespace {

/// A placement in a flat array costs a fraction of a propagated bound.
constexpr std::int64_t kPlacementsPerStep = 4;
/// A proof that has not come by then seldom comes at all.
constexpr std::int64_t kRoundsOfProof = 200;
/// Populations find more than neighbourhoods do, but not the same.
constexpr std::int64_t kSeldom = 2;

}  // namespace

Kernel::Kernel(const Problem& problem, int threads, std::uint64_t seed, ProofLog* log)
    : threads_(static_cast<std::size_t>(std::max(1, threads))), random_(seed), log_(log) {
  const Time horizon = horizon_of(problem);
  const std::size_t last = threads_ - 1;
  if (!Evolver::suits(problem)) {
    add_prover(problem, horizon, Prover::Aim::lowest_end, 0, Pace::always);
    add_prover(problem, horizon,
               problem.is_plain() ? Prover::Aim::better_end : Prover::Aim::near_best, last,
               Pace::always);
    return;
  }
  // The last thread is the proof's, and lends itself to a search when no proof has come.
  const std::size_t finders = std::max<std::size_t>(1, last);
  for (std::size_t i = 0; i < finders; ++i) add_evolver(problem, i, Pace::always);
  add_prover(problem, horizon, Prover::Aim::lowest_end, last, Pace::early);
  if (last > 0) add_evolver(problem, last, Pace::late);
  // Beside each population one that searches neighbourhoods: where the one gets stuck the other goes on.
  for (std::size_t i = 0; i < finders; ++i)
    add_prover(problem, horizon, Prover::Aim::near_best, i, Pace::seldom);
}

void Kernel::add_evolver(const Problem& problem, std::size_t thread, Pace pace) {
  evolvers_.push_back(std::make_unique<Evolver>(problem, random_.split(workers_.size())));
  workers_.push_back({.evolver = evolvers_.back().get(), .thread = thread, .pace = pace});
}

void Kernel::add_prover(const Problem& problem, Time horizon, Prover::Aim aim, std::size_t thread,
                        Pace pace) {
  provers_.push_back(std::make_unique<Prover>(problem, horizon, aim, random_.split(workers_.size()),
                                              aim == Prover::Aim::lowest_end ? log_ : nullptr));
  workers_.push_back({.prover = provers_.back().get(), .thread = thread, .pace = pace});
}

bool Kernel::is_due(Pace pace) const {
  switch (pace) {
    case Pace::always:
      return true;
    case Pace::early:
      return num_rounds_ < kRoundsOfProof || num_rounds_ % 2 == 0;
    case Pace::late:
      return num_rounds_ >= kRoundsOfProof && num_rounds_ % 2 == 1;
    case Pace::seldom:
      return num_rounds_ % kSeldom == kSeldom - 1;
  }
  return false;
}

void Kernel::run(const Round& round) {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < threads_; ++i)
    threads.emplace_back([this, i, &round] { work(i, round); });
  work(0, round);
  for (std::thread& thread : threads) thread.join();
  ++num_rounds_;
  exchange();
}

/// Those of this thread whose turn it is share the round evenly.
void Kernel::work(std::size_t thread, const Round& round) {
  std::vector<const Worker*> mine;
  for (const Worker& worker : workers_) {
    if (worker.thread == thread && is_due(worker.pace)) mine.push_back(&worker);
  }
  const bool is_timed = round.seconds > 0;
  const auto is_cancelled = [&round] {
    return round.cancel != nullptr && round.cancel->load(std::memory_order_relaxed);
  };
  for (const Worker* worker : mine) {
    Budget turn({.seconds = is_timed ? round.seconds / static_cast<double>(mine.size())
                                     : std::numeric_limits<double>::infinity()});
    const auto is_over = [&] {
      turn.spend(1);
      return turn.is_spent() || is_cancelled();
    };
    const std::int64_t steps =
        is_timed ? std::numeric_limits<std::int64_t>::max() / 8 : round.steps;
    if (worker->evolver != nullptr) {
      worker->evolver->run(steps * (is_timed ? 1 : kPlacementsPerStep), bound_, is_over);
    } else {
      worker->prover->run(steps, is_over);
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
