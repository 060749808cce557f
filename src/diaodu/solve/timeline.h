#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "diaodu/solve/model.h"

namespace diaodu::solve {

/// How much of one resource is free over time: a step function.  With free(t) the amount during the
/// minute that begins at t:
///
///   clear_from(a, b, n)   a, if free(t) >= n for all t in [a, b); otherwise, c being the last t that
///                         breaks this, the first x > c with free(x) >= n (kNever: there is none)
///   clear_until(a, b, n)  b, if free(t) >= n for all t in [a, b); otherwise, c being the first t that
///                         breaks this, the last x <= c with free(x - 1) >= n (kEver: there is none)
///   first_fit(a, w, n)    the first x >= a with free(t) >= n for all t in [x, x + w) (kNever: there is none)
///   last_short(a, b, n)   the last stretch of free(t) < n that meets [a, b), cut to it; empty: there is none
///   take(a, b, n)         free'(t) = free(t) - n for t in [a, b), free(t) elsewhere
///
/// So what needs n during [a, b) and does not fit there cannot begin at any x in [a, clear_from), and cannot
/// end at any x in (clear_until, b].
///
/// Neighbouring steps of one amount are always joined: taking and giving back leaves no trace.  Steps lie
/// in blocks of a few dozen, each with its least and its most; what does not matter is skipped by blocks,
/// and what lies behind never moves.  With s steps, k of them inside: `take` and the questions cost
/// O(log s + k / block + block), `take` now and then (when a block splits) s / block more.  Up to one block
/// this is a flat array; a tree was not needed, since s / block are some hundreds even for 100,000 tasks.
class Timeline {
 public:
  /// `capacity`: ascending, the first from `kEver`.
  void reset(const std::vector<CapacityStep>& capacity);

  Instant clear_from(Instant from, Instant to, Amount amount) const;
  Instant clear_until(Instant from, Instant to, Amount amount) const;
  Instant first_fit(Instant from, Elapsed length, Amount amount) const;
  Interval last_short(Instant from, Instant to, Amount amount) const;

  /// The least that is free inside `[from, to)`, not empty.
  Amount least_free(Instant from, Instant to) const;

  /// May leave less than nothing, where a date is forced.  A negative amount gives back.
  void take(Instant from, Instant to, Amount amount);

  std::size_t num_steps() const;

 private:
  static constexpr std::uint32_t kMostSteps = 64;

  struct Block {
    std::uint32_t size = 0;
    Amount shift;  // to be added to every `free`
    std::array<Instant, kMostSteps> from;
    std::array<Amount, kMostSteps> free;
  };
  struct Place {
    std::size_t block;   // in order of time
    std::uint32_t step;  // in the block
  };

  Block& block(std::size_t number) { return pool_[order_[number]]; }
  const Block& block(std::size_t number) const { return pool_[order_[number]]; }
  Amount free_at(Place at) const { return block(at.block).free[at.step] + block(at.block).shift; }
  Instant end_of(Place at) const {
    const bool is_last = at.step + 1 == block(at.block).size;
    return begin_of(is_last ? Place{at.block + 1, 0} : Place{at.block, at.step + 1});
  }
  Place place_of(Instant instant) const;  // the step that `instant` lies in
  Place split(Instant instant);           // makes a step begin there
  void join(Place at);                    // with the step before, if that is of the same amount
  void append(const CapacityStep& step);
  void halve(std::size_t number);
  void add_block(std::size_t number);
  void summarise(std::size_t number);
  Place next_enough(Place at, Amount amount) const;
  Place next_short(Place at, Amount amount) const;
  Instant begin_of(Place at) const {
    return at.block < order_.size() ? block(at.block).from[at.step] : kNever;
  }
  Instant previous_enough(Place at, Amount amount) const;

  std::vector<Block>
      pool_;  // never shrinks, so that schedules follow each other without allocating
  std::vector<std::uint32_t> order_;  // blocks by time: numbers in the pool
  std::vector<Instant> first_;        // of each block in order: where it begins,
  std::vector<Amount> least_;         // the least and the most that is free in it
  std::vector<Amount> most_;
  std::vector<std::uint32_t> spare_;  // emptied blocks
  std::uint32_t num_used_ = 0;        // of the pool
  /// Where the last question was: the next is mostly about the same time.  So not even questions may be
  /// asked by two threads at once; each search has timelines of its own.
  mutable std::size_t near_ = 0;
};

}  // namespace diaodu::solve
