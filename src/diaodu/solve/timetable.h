#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/solve/deduction.h"
#include "diaodu/solve/problem.h"

namespace diaodu::solve {

/// One resource of a problem, as a rule of deduction (the cumulative constraint; Aggoun & Beldiceanu 1993).
///
/// A task with earliest start e, latest start l and duration d is certainly in progress in `[l, e + d)`.
/// What all tasks certainly use together is the profile; where the profile leaves too little for a task,
/// the task cannot be.  Explanations are pointwise (Schutt, Feydy, Stuckey & Wallace 2011): one instant t,
/// and of each task k that is certainly in progress there   start[k] >= t + 1 - d[k],   start[k] <= t.
///
/// O(n log n) for the profile, then O(n * segments met).
class Timetable {
 public:
  /// The variables 0 .. n - 1 of the deduction are the starts of the problem's tasks.
  Timetable(const Problem& problem, std::uint32_t resource);

  /// Deduces all that the profile says now; false at a conflict.  Moves may change the profile: ask again.
  bool filter(Deduction& deduction);

  /// Time-table edge finding's overload check (Vilim 2011): the profile, and beside it what is left of all
  /// tasks that lie wholly inside a stretch of time, exceed what the stretch can hold.  Explained by energy
  /// (Schutt, Feydy & Stuckey 2013): of each task the part that must be done inside, wherever it lies.
  /// O(n^2).  Needs the profile of a `filter` since which nothing has moved.
  bool check_energy(Deduction& deduction);

  const std::vector<std::uint32_t>& users() const { return tasks_; }

 private:
  struct Event {
    Problem::Time at;
    std::int32_t change;
  };
  struct Segment {
    Problem::Time from;
    Problem::Time to;
    std::int32_t height;
  };

  /// A task that is not fixed, and what the profile does not know of it.
  struct Loose {
    Problem::Time earliest_start;
    Problem::Time latest_finish;
    std::int64_t energy;
  };

  std::int64_t energy_before(Problem::Time time) const;
  void explain_overload(const Deduction& deduction, Problem::Time from, Problem::Time to);
  void build_profile(const Deduction& deduction);
  std::size_t segment_at(Problem::Time time) const;
  bool push_later(Deduction& deduction, std::size_t user);
  bool push_earlier(Deduction& deduction, std::size_t user);
  /// Into `atoms_`: tasks in progress at `time` that together with `demand` exceed the capacity.
  void explain(const Deduction& deduction, Problem::Time time, std::uint32_t but,
               std::int32_t demand);

  Inference overload_at(Problem::Time time) const {
    return {.rule = Inference::Rule::timetable, .number = resource_, .from = time};
  }

  std::uint32_t resource_;
  std::int32_t capacity_;
  std::vector<std::uint32_t> tasks_;     // that need it, the greediest first
  std::vector<std::int32_t> demand_;     // of each of these
  std::vector<Problem::Time> duration_;  // likewise
  std::vector<Problem::Block> blocks_;
  std::vector<Event> events_;
  std::vector<Segment> profile_;
  std::vector<std::int64_t> energy_;  // of the profile before each segment
  std::vector<Loose> loose_;
  std::vector<std::int64_t>
      energy_at_start_;  // of the profile before each loose task's earliest start
  std::vector<std::uint32_t> by_finish_;
  std::int32_t highest_ = 0;
  std::vector<Atom> atoms_;
  std::vector<std::uint32_t> chosen_;
};

}  // namespace diaodu::solve
