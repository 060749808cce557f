#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/solve/hours.h"
#include "diaodu/solve/model.h"

namespace diaodu::solve {

/// A plan in whole numbers: the resource-constrained project scheduling problem with minimum and maximum
/// time lags (RCPSP/max; Bartusch, Mohring & Radermacher 1988).  Tasks are numbered as the model's nodes.
///
///   start[to] >= start[from] + gap                  for every precedence (from `to` back with a negative one: a largest lag)
///   earliest[i] <= start[i] <= latest[i]
///   sum of demands of the tasks in progress at t, and of the blocks there, <= capacity    at every t
///   makespan = the largest start[i] + duration[i]
///
/// On several calendars all this is said in units of work.  A start counts what its task's hours could have
/// worked before, so that it knows no rests; a precedence may be a `Passage` from one task's hours to
/// another's.  Tasks hold resources while they work, like the teeth of a comb: so a resource whose users work
/// different hours becomes several, one for each set of users that ever work at once, and its time runs only
/// while just these do (its line).  There the teeth of a task stand shoulder to shoulder.
struct Problem {
  using Time = std::int32_t;
  static constexpr Time kNoLimit = std::numeric_limits<Time>::max() / 4;

  struct Precedence {
    std::uint32_t from;
    std::uint32_t to;
    Time gap;
    std::int32_t passage = -1;  ///< instead of the gap, number in `passages`
  };
  struct Demand {
    std::uint32_t resource;
    std::int32_t amount;
  };
  /// So much of a resource is not there in `[from, to)` of its line.
  struct Block {
    std::uint32_t resource;
    Time from;
    Time to;
    std::int32_t amount;
  };

  std::vector<Time> duration;
  std::vector<Time> earliest;
  std::vector<Time> latest;  ///< kNoLimit: none
  std::vector<Precedence> precedences;
  std::vector<std::uint32_t> in_arcs, first_in;    ///< numbers of precedences into task i
  std::vector<std::uint32_t> out_arcs, first_out;  ///< numbers of precedences out of task i
  std::vector<Demand> demands;  ///< of task i: [first_demand[i], first_demand[i + 1])
  std::vector<std::uint32_t> first_demand;
  std::vector<std::int32_t> capacity;    ///< of each resource that can be short
  std::vector<std::uint32_t> renewable;  ///< its number in the model
  std::vector<std::int64_t> measure;     ///< the amount that counts as 1
  std::vector<Block> blocks;
  std::vector<std::uint32_t>
      along;                 ///< the tasks in an order that follows all arcs that run upwards
  bool has_circles = false;  ///< largest lags: arcs that run back
  bool has_limits = false;   ///< some task has a latest start

  /// Empty where all is around the clock; otherwise the first is, and others follow.
  std::vector<std::shared_ptr<const Hours>> hours;
  std::vector<std::uint32_t> hours_of_task;     ///< number in `hours`
  std::vector<std::uint32_t> line_of_resource;  ///< likewise
  std::vector<Passage> passages;
  Time horizon = kNoLimit;  ///< nothing later is of interest; hours are known until then

  Instant origin;            ///< time 0 on the model's axis
  std::int64_t minutes = 1;  ///< on the axis, of one unit of time

  std::size_t size() const { return duration.size(); }
  std::span<const Demand> demands_of(std::size_t task) const {
    return std::span(demands).subspan(first_demand[task],
                                      first_demand[task + 1] - first_demand[task]);
  }
  std::span<const std::uint32_t> into(std::size_t task) const {
    return std::span(in_arcs).subspan(first_in[task], first_in[task + 1] - first_in[task]);
  }
  std::span<const std::uint32_t> out_of(std::size_t task) const {
    return std::span(out_arcs).subspan(first_out[task], first_out[task + 1] - first_out[task]);
  }
  bool is_plain() const { return hours.empty(); }
  const Hours& hours_of(std::size_t task) const { return *hours[hours_of_task[task]]; }
  const Hours& line_of(std::size_t resource) const { return *hours[line_of_resource[resource]]; }
  /// The least start of `arc.to` with which `arc.from` can start at `start`.
  Time bound_by(const Precedence& arc, Time start) const {
    return arc.passage < 0 ? start + arc.gap
                           : passages[static_cast<std::size_t>(arc.passage)](start);
  }
  /// When a task starts, or ends, by the clock.
  Time starts_at(std::size_t task, Time start) const {
    return is_plain() ? start : hours_of(task).last(start);
  }
  Time ends_at(std::size_t task, Time start) const {
    if (is_plain()) return start + duration[task];
    if (duration[task] == 0) return hours_of(task).last(start);
    return hours_of(task).first(start + duration[task]);
  }

  /// Where a task ends by the clock, as a bound of the makespan.
  Passage to_the_end(std::size_t task) const {
    return {.tail = &hours_of(task),
            .done = duration[task],
            .leaves_rested = duration[task] == 0,
            .head = hours.front().get()};
  }

  Instant to_axis(Time time) const { return origin + Elapsed{time * minutes}; }
  Time from_axis(Instant instant) const {
    return static_cast<Time>((instant - origin).count() / minutes);
  }
  /// The start of a task that begins then.
  Time start_from_axis(std::size_t task, Instant instant) const {
    const Time time = from_axis(instant);
    return is_plain() ? time : hours_of(task).work(time);
  }
};

/// Lays out the arcs by their ends, once durations, precedences and demands stand.
void lay_out(Problem& problem);

/// The model as a problem, if it is one: one way to do each task, nothing used up that could run short, no
/// skills to choose people by.  `until`: a finish that is known to be possible, and nothing later is of
/// interest; without it, and on calendars, the problem ends where some schedule would have ended if there were
/// any at all.
std::optional<Problem> make_problem(const Model& model, std::optional<Instant> until = {});

/// The earliest starts by precedences and windows alone; empty if these cannot hold together.
std::vector<Problem::Time> earliest_starts(const Problem& problem);

/// How long each task's start is from the end of everything at least: makespan >= start + tail.  In plain
/// problems only.
std::vector<Problem::Time> tails(const Problem& problem);

/// No task can start later if all is to end by `horizon`; in plain problems, precedences are heeded.
std::vector<Problem::Time> latest_starts(const Problem& problem, Problem::Time horizon);

/// If there is a schedule at all, one ends by then.
Problem::Time horizon_of(const Problem& problem);

}  // namespace diaodu::solve
