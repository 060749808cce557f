#include "diaodu/solve/kernel.h"

#include <algorithm>
#include <thread>

#include "diaodu/core/budget.h"

namespace diaodu::solve {
namespace {

/// A placement in a flat array costs a fraction of a propagated bound.
constexpr std::int64_t kPlacementsPerStep = 4;
/// A proof that has not come by then seldom comes at all, unless the bound is near.
constexpr std::int64_t kRoundsOfProof = 200;
/// A population soon finds what it finds at all.
constexpr std::int64_t kRoundsOfSearch = 40;
/// A schedule is near the bound if it is later by at most one unit in so many, or by one unit.  Where more lies between
/// them, searching on gives more than proving.
constexpr Problem::Time kNear = 50;

}  // namespace

Kernel::Kernel(const Problem& problem, int threads, std::uint64_t seed, ProofLog* log)
    : problem_(problem),
      threads_(static_cast<std::size_t>(std::max(1, threads))),
      random_(seed),
      log_(log) {
  const Time horizon = horizon_of(problem);
  const std::size_t last = threads_ - 1;
  if (!Evolver::suits(problem)) {
    add_prover(horizon, Prover::Aim::lowest_end, 0, Part::both);
    add_prover(horizon, problem.is_plain() ? Prover::Aim::better_end : Prover::Aim::near_best, last,
               Part::both);
    return;
  }
  // The last thread is the proof's, and lends itself to a search when no proof has come.
  const std::size_t finders = std::max<std::size_t>(1, last);
  for (std::size_t i = 0; i < finders; ++i) add_evolver(i, Part::search);
  add_prover(horizon, Prover::Aim::lowest_end, last, Part::proof);
  if (last > 0) add_evolver(last, Part::relief);
  // Beside each population one that searches neighbourhoods: where the one gets stuck the other goes on.
  for (std::size_t i = 0; i < finders; ++i)
    add_prover(horizon, Prover::Aim::near_best, i, Part::neighbours);
}

void Kernel::add_evolver(std::size_t thread, Part part) {
  evolvers_.push_back(std::make_unique<Evolver>(problem_, random_.split(workers_.size())));
  workers_.push_back({.evolver = evolvers_.back().get(), .thread = thread, .part = part});
}

void Kernel::add_prover(Time horizon, Prover::Aim aim, std::size_t thread, Part part) {
  provers_.push_back(std::make_unique<Prover>(problem_, horizon, aim,
                                              random_.split(workers_.size()),
                                              aim == Prover::Aim::lowest_end ? log_ : nullptr));
  if (log_ == nullptr && aim != Prover::Aim::near_best) provers_.back()->keep_lessons();
  workers_.push_back({.prover = provers_.back().get(), .thread = thread, .part = part});
}

/// A better schedule than one so near the bound is seldom there to be found: most time is the proof's from now on,
/// from below and from above, on all threads.  A log hears of one prover alone.
void Kernel::come_near() {
  if (is_near_ || log_ != nullptr || evolvers_.empty() || starts_.empty()) return;
  if (num_rounds_ < kRoundsOfSearch || makespan_ - bound_ > std::max<Time>(1, makespan_ / kNear))
    return;
  is_near_ = true;
  for (std::size_t thread = 0; thread + 1 < threads_; ++thread) {
    add_prover(makespan_, Prover::Aim::better_end, thread, Part::near_proof);
    provers_.back()->learn(makespan_, starts_);
    // Every other one follows it, as the prover from below does, but not to the letter.
    if (thread % 2 == 0) provers_.back()->leave_best();
    if (thread > 0) provers_.back()->wander();
    provers_.back()->raise_bound(bound_);
  }
}

bool Kernel::is_due(Part part) const {
  if (is_near_) return is_due_near(part);
  switch (part) {
    case Part::search:  // that limits cannot be kept is often proven at once
      return num_rounds_ > 0 || !problem_.has_limits;
    case Part::both:
      return true;
    case Part::neighbours:  // populations find more than neighbourhoods do, but not the same
      return num_rounds_ % 2 == 1;
    case Part::proof:
      return num_rounds_ < kRoundsOfProof || num_rounds_ % 2 == 0;
    case Part::relief:
      return num_rounds_ >= kRoundsOfProof && num_rounds_ % 2 == 1;
    case Part::near_proof:
      return false;
  }
  return false;
}

bool Kernel::is_due_near(Part part) const {
  constexpr std::int64_t kTurns = 8;  // a round of search, one of neighbours, and six
  const std::int64_t turn = num_rounds_ % kTurns;
  const bool is_search = turn == kTurns / 2 - 1;
  const bool is_neighbours = turn == kTurns - 1;
  switch (part) {
    case Part::search:
      return is_search;
    case Part::neighbours:
      return is_neighbours;
    case Part::proof:
      return threads_ > 1 || (!is_search && !is_neighbours);
    case Part::near_proof:
      return !is_search && !is_neighbours;
    case Part::relief:
    case Part::both:
      return false;
  }
  return false;
}

void Kernel::run(const Round& round) {
  come_near();
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < threads_; ++i)
    threads.emplace_back([this, i, &round] { work(i, round); });
  work(0, round);
  for (std::thread& thread : threads) thread.join();
  ++num_rounds_;
  exchange();
}

/// Those of this thread whose turn it is share the round's seconds; each has all of its steps.
void Kernel::work(std::size_t thread, const Round& round) {
  std::vector<const Worker*> mine;
  for (const Worker& worker : workers_) {
    if (worker.thread == thread && is_due(worker.part)) mine.push_back(&worker);
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
  if (!starts_.empty()) {
    // Who has heard what is true only of what is better than the best may claim more than that.
    bound_ = std::min(bound_, makespan_);
    for (const auto& evolver : evolvers_) evolver->learn(makespan_, starts_);
    for (const auto& prover : provers_) {
      prover->learn(makespan_, starts_);
      prover->raise_bound(bound_);
    }
  }
  exchange_lessons();
}

/// After all know the best schedule: what a prover has learnt is true of what is better than its own.  Who supposes
/// another end is not told: of what ends far earlier, or far later, it says too little.
void Kernel::exchange_lessons() {
  const auto supposed_end = [this](const Prover& prover) {
    return prover.aim() == Prover::Aim::lowest_end ? bound_ : makespan_ - 1;
  };
  for (const auto& prover : provers_) {
    const std::vector<Prover::Lesson> lessons = prover->take_lessons();
    for (const auto& other : provers_) {
      if (other == prover || !other->keeps_lessons()) continue;
      if (supposed_end(*other) == supposed_end(*prover)) other->learn(lessons);
    }
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
