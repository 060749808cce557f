#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/slots.h"

namespace diaodu::solve {

/// Finds good schedules of a problem: a population of task lists (Hartmann 1998; Valls, Ballestin & Quintanilla
/// 2008).  Each child mixes the lists of two parents, is made into a schedule (serial generation) and
/// justified to the right and to the left; a list is always kept in the order of its schedule's starts.  When
/// nothing better comes any more a new population begins, twice as large (Auger & Hansen 2005): the small ones
/// are soon good, the large ones get further.
///
/// Works where precedences suffice to say in which order tasks may be placed: one calendar, no largest lags.  A schedule
/// of 120 tasks costs some microseconds.
///
/// A schedule that keeps its latest starts is better than any that does not, and of those the one that is less late in all;
/// to the right, justification keeps them.
///
/// Where a successor may start before its predecessor (a negative gap: a long lead, a finish-to-finish link to a longer
/// task) it still stands behind it in the list, and justification may make a schedule longer: the shorter one is kept.
class Evolver {
 public:
  using Time = Problem::Time;

  /// True if this search can work on the problem.
  static bool suits(const Problem& problem);

  Evolver(const Problem& problem, RandomStream random);

  /// Goes on for about so many placements of tasks, or until a schedule ends by `target`.
  void run(std::int64_t steps, Time target, const std::function<bool()>& is_over);

  /// Not less than `Problem::kNoLimit` where no schedule that keeps all latest starts has been found.
  Time makespan() const { return best_.value; }
  const std::vector<Time>& starts() const { return best_.start; }  ///< empty before the first run
  std::int64_t steps() const { return steps_; }

  /// A schedule that another search found: later populations may begin with it.  The one at hand goes its own
  /// way.
  void learn(Time makespan, const std::vector<Time>& starts);

 private:
  using Order = std::vector<std::uint32_t>;
  static constexpr Time kWorst = 2 * Problem::kNoLimit;
  struct Individual {
    Time value = kWorst;  ///< the makespan; from kNoLimit on, how late it is
    Time makespan = Problem::kNoLimit;
    std::uint64_t fingerprint = 0;
    Order order;
    std::vector<Time> start;
  };

  void forward(const Order& order);
  void judge_lateness();
  bool backward(const Order& order, Time makespan);
  void sort_by_start();
  void sort_by_finish_downwards();
  Individual evaluate(Order order);
  Order sample();
  Order from_keys(const std::vector<double>& keys);
  Order behind_predecessors(const Order& by_priority);
  Order cross(const Order& mother, const Order& father);
  void shift_some(Order& order);
  void admit(Individual individual);
  const Individual& tournament();

  const Problem& problem_;
  RandomStream random_;
  Time horizon_;
  Slots slots_;
  bool is_finish_to_start_ = true;
  bool is_start_to_start_ = true;          // at least: no gap is negative
  std::vector<std::vector<double>> keys_;  // of each priority rule
  std::size_t num_samples_ = 0;
  std::vector<Time> start_;  // of the schedule in hand
  Time makespan_ = 0;        // likewise; kNoLimit where there was no room
  Time value_ = 0;           // likewise
  Order order_;              // likewise
  std::vector<std::uint32_t> count_;
  std::vector<char> is_taken_;
  std::vector<std::uint32_t> rank_;
  std::vector<std::uint32_t> missing_;
  std::vector<Individual> population_;
  std::size_t most_;  // individuals in it
  std::size_t num_barren_ = 0;
  Time best_of_population_ = kWorst;
  Individual best_;
  std::int64_t steps_ = 0;
};

}  // namespace diaodu::solve
