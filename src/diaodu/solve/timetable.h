#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/solve/deduction.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/profile.h"

namespace diaodu::solve {

/// One resource of a problem, as a rule of deduction (the cumulative constraint; Aggoun & Beldiceanu 1993).
///
/// A task with earliest start e, latest start l and duration d is certainly in progress in `[l, e + d)`.
/// What all tasks certainly use together is the profile; where the profile leaves too little for a task,
/// the task cannot be.  Explanations are pointwise (Schutt, Feydy, Stuckey & Wallace 2011): one instant t,
/// and of each task k that is certainly in progress there   start[k] >= t + 1 - d[k],   start[k] <= t.
///
/// Where tasks have hours of their own, all this happens on the resource's line (`Problem`): a start is first
/// turned into where the task's part begins and ends there.  The reasons are the same, told in each task's own
/// units of work:  with w units before the instant,  start[k] >= w + 1 - d[k],   start[k] <= w.
///
/// It remembers what it saw last.  Where no task's certain part has moved the profile stands, and an end of a task's
/// window is looked at again only if it has moved itself or the profile has risen where the task lies there.
///
/// O(n) and what a `Profile` takes for each certain part that has moved, then O(steps met) for each task that is looked
/// at.
class Timetable {
 public:
  /// The variables 0 .. n - 1 of the deduction are the starts of the problem's tasks.
  Timetable(const Problem& problem, std::uint32_t resource);

  /// Deduces all that the profile says now; false at a conflict.  Moves may change the profile: ask again.
  bool filter(Deduction& deduction);

  /// Time-table edge finding's overload check (Vilim 2011): the profile, and beside it what is left of all
  /// tasks that lie wholly inside a stretch of time, exceed what the stretch can hold.  Explained by energy
  /// (Schutt, Feydy & Stuckey 2013): of each task the part that must be done inside, wherever it lies.
  /// O(n^2).  Needs the profile of a `filter` since which nothing has moved.  Not where tasks have hours of
  /// their own: what part of them lies on the line may depend on when they start.
  bool check_energy(Deduction& deduction);

  const std::vector<std::uint32_t>& users() const { return tasks_; }

 private:
  /// A user's certain part; none: empty.
  struct Part {
    Problem::Time from = 0;
    Problem::Time to = 0;

    bool is_empty() const { return from >= to; }
    friend bool operator==(const Part&, const Part&) = default;
  };
  /// A task that is not fixed, and what the profile does not know of it.
  struct Loose {
    Problem::Time earliest_start;
    Problem::Time latest_finish;
    std::int64_t energy;
  };

  // Of user i, if it starts at `start`: its part of the line is [begins, ends), which may be empty.
  Problem::Time begins(std::size_t i, Problem::Time start) const {
    return is_straight_ ? start : line_->work(hours_[i]->last(start));
  }
  Problem::Time ends(std::size_t i, Problem::Time start) const {
    return is_straight_ ? start + duration_[i]
                        : line_->work(hours_[i]->first(start + duration_[i]));
  }
  // The last start, and the first, with which user i is in progress at `time` on the line.
  Problem::Time latest_at(std::size_t i, Problem::Time time) const {
    return is_straight_ ? time : hours_[i]->work(line_->last(time));
  }
  Problem::Time earliest_at(std::size_t i, Problem::Time time) const {
    return latest_at(i, time) + 1 - duration_[i];
  }
  Part part_of(std::size_t user, Deduction::Window window) const;
  bool is_blocked(std::size_t step, std::size_t user) const;
  std::int64_t energy_before(Problem::Time time) const;
  void explain_overload(const Deduction& deduction, Problem::Time from, Problem::Time to);
  void look(const Deduction& deduction);
  void expect_rise(Problem::Time from, Problem::Time to);
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
  std::vector<const Hours*> hours_;      // likewise; empty where all are those of the line
  bool is_straight_ = true;              // that is
  const Hours* line_ = nullptr;
  std::vector<char> always_meets_;  // likewise: wherever it starts, it meets the line
  std::vector<Problem::Block> blocks_;
  // Of each user, when it was last looked at.
  std::vector<Deduction::Window> seen_;
  std::vector<Part> part_;
  std::vector<char> is_pending_early_;  // the profile may bar it from where it can start first
  std::vector<char> is_pending_late_;   // ... last
  Profile profile_;                     // of these parts and the blocks
  std::vector<std::int64_t> energy_;    // of the profile before each step
  std::vector<Loose> loose_;
  std::vector<std::int64_t>
      energy_at_start_;  // of the profile before each loose task's earliest start
  std::vector<std::uint32_t> by_finish_;
  std::int32_t highest_ = 0;
  std::vector<Atom> atoms_;
  std::vector<std::uint32_t> chosen_;
};

}  // namespace diaodu::solve
