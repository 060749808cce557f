#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/solve/evolve.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/prove.h"

namespace diaodu::solve {

/// Search and proof at once: those who find schedules and those who prove bounds work side by side in rounds
/// and tell each other between rounds; all stop when the best schedule meets the bound.
///
/// A round is so many steps for each worker, and then the same problem, seed and threads give the same result;
/// or, where a person waits, so many seconds.
class Kernel {
 public:
  using Time = Problem::Time;

  struct Round {
    std::int64_t steps = 0;  ///< about, for each worker; used where `seconds` is 0
    double seconds = 0;
    const std::atomic<bool>* cancel = nullptr;
  };

  /// With a log, bounds are those of the one prover that writes it, and of nobody else.  The problem must outlive it.
  Kernel(const Problem& problem, int threads, std::uint64_t seed, ProofLog* log = nullptr);

  void run(const Round& round);

  /// A schedule from elsewhere, or a bound.
  void learn(Time makespan, const std::vector<Time>& starts);
  void raise_bound(Time bound) {
    if (log_ == nullptr) bound_ = std::max(bound_, bound);
  }
  /// Writes the last line of the log: what has been proven.
  void end_log();

  const std::vector<Time>& starts() const { return starts_; }  ///< empty while none is known
  Time makespan() const { return makespan_; }
  Time bound() const { return bound_; }
  /// Proven: no schedule exists.
  bool is_infeasible() const { return is_exhausted_ && starts_.empty(); }
  bool is_done() const { return is_exhausted_ || (!starts_.empty() && bound_ >= makespan_); }
  std::int64_t steps() const;
  /// The best schedule is so near the bound that most time is the proof's.
  bool is_near() const { return is_near_; }

 private:
  /// What a worker is there for: it says in which rounds it works.
  enum class Part : std::uint8_t {
    search,      ///< finds schedules
    neighbours,  ///< finds them near the best one
    proof,       ///< raises the bound
    relief,      ///< finds schedules where the proof makes way for it
    near_proof,  ///< refutes, or finds, what is better than the best schedule, where that is near the bound
    both,  ///< proves and finds by itself
  };
  struct Worker {
    Evolver* evolver = nullptr;  // either
    Prover* prover = nullptr;    // or
    std::size_t thread = 0;
    Part part = Part::both;
  };

  void add_evolver(std::size_t thread, Part part);
  void add_prover(Time horizon, Prover::Aim aim, std::size_t thread, Part part);
  void come_near();
  bool is_due(Part part) const;
  bool is_due_near(Part part) const;
  void work(std::size_t thread, const Round& round);
  void exchange();
  void exchange_lessons();

  bool may_prove(std::size_t prover) const { return log_ == nullptr || prover == 0; }

  const Problem& problem_;
  std::size_t threads_;
  RandomStream random_;
  ProofLog* log_;
  std::vector<std::unique_ptr<Evolver>> evolvers_;
  std::vector<std::unique_ptr<Prover>> provers_;
  std::vector<Worker> workers_;
  std::int64_t num_rounds_ = 0;
  bool is_near_ = false;
  std::vector<Time> starts_;
  Time makespan_ = Problem::kNoLimit;
  Time bound_ = 0;
  bool is_exhausted_ = false;
};

}  // namespace diaodu::solve
