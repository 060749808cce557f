#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/solve/model.h"

namespace diaodu::solve {

/// A plan in whole numbers: the resource-constrained project scheduling problem with minimum and maximum
/// time lags (RCPSP/max; Bartusch, Mohring & Radermacher 1988).  Tasks are numbered as the model's nodes.
///
///   start[to] >= start[from] + gap                  for every precedence (a negative gap is a largest lag)
///   earliest[i] <= start[i] <= latest[i]
///   sum of demands of the tasks in progress at t, and of the blocks there, <= capacity    at every t
///   makespan = the largest start[i] + duration[i]
struct Problem {
  using Time = std::int32_t;
  static constexpr Time kNoLimit = std::numeric_limits<Time>::max() / 4;

  struct Precedence {
    std::uint32_t from;
    std::uint32_t to;
    Time gap;
  };
  struct Demand {
    std::uint32_t resource;
    std::int32_t amount;
  };
  /// So much of a resource is not there in `[from, to)`.
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
  Instant to_axis(Time time) const { return origin + Elapsed{time * minutes}; }
  Time from_axis(Instant instant) const {
    return static_cast<Time>((instant - origin).count() / minutes);
  }
};

/// Lays out the arcs by their ends, once durations, precedences and demands stand.
void lay_out(Problem& problem);

/// The model as a problem, if it is one: all work on one calendar, one way to do each task, nothing under
/// way, nothing used up that could run short, no skills to choose people by.
std::optional<Problem> make_problem(const Model& model);

/// The earliest starts by precedences and windows alone; empty if these cannot hold together.
std::vector<Problem::Time> earliest_starts(const Problem& problem);

/// How long each task's start is from the end of everything at least: makespan >= start + tail.
std::vector<Problem::Time> tails(const Problem& problem);

/// If there is a schedule at all, one ends by then.
Problem::Time horizon_of(const Problem& problem);

}  // namespace diaodu::solve
