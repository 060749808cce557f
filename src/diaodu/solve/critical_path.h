#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/solve/network.h"

namespace diaodu::solve {

/// What holds a node where it is.  Values from 0 up are the number of an arc in the network.
using Driver = std::int32_t;
inline constexpr Driver kByPlanStart = -1;   ///< the plan's start, or the data date
inline constexpr Driver kByStartFrom = -2;   ///< its own earliest start
inline constexpr Driver kByFinishFrom = -3;  ///< its own earliest finish
inline constexpr Driver kByPin = -4;         ///< a mandatory date
inline constexpr Driver kByRecord = -5;      ///< it has happened
inline constexpr Driver kAsLateAsPossible = -6;

/// The dates of every node by links and windows alone, without regard to resources (Kelley & Walker
/// 1959; calendars and link types as Primavera and MS Project have them).
///
///   earliest_start[n]  is the least solution of all arcs and lower windows;
///   latest_finish[n]   the greatest that still ends the project by `horizon` and keeps upper windows.
///
/// An earliest start lies at the beginning of a working minute of the node's calendar, an earliest
/// finish at the end of one; milestones follow their kind (see `TaskKind`).
struct CriticalPath {
  std::vector<Instant> earliest_start;  ///< of what remains; of a completed node, see `passes_on`
  std::vector<Instant> earliest_finish;
  std::vector<Instant> latest_start;
  std::vector<Instant> latest_finish;
  std::vector<Driver> driver;
  /// Of a completed node under retained logic, the early dates after it that what it hands on must not pass; kNever
  /// where nothing waits.  Empty where nothing has happened, and by Primavera's arithmetic.
  std::vector<Instant> needed_by;
  Instant finish;   ///< the latest earliest finish
  Instant horizon;  ///< where the late dates count back from: the plan's must-finish, else `finish`

  std::size_t size() const { return earliest_start.size(); }
};

/// Arcs that no dates can satisfy: round they go, and each round takes time.
struct Circle {
  std::vector<std::uint32_t> arcs;  ///< each leaves the node that the one before arrives at
};

/// Early dates, or the circle that forbids any.  Nothing that remains begins before `floor` (default:
/// the plan's data date, else its start).  Costs O(nodes + arcs) calendar look-ups; knots are swept
/// until they settle.
struct ForwardPass {
  CriticalPath path;
  std::optional<Circle> circle;
};
ForwardPass forward_pass(const Network& network, std::optional<Instant> floor = std::nullopt);

/// Places the nodes [first, last) alone, whole knots of them, where `path` has the early dates of all that
/// comes before them, and `kEver` for their own.  False if they go round in a circle.
bool place_nodes(const Network& network, Instant floor, Node first, Node last, CriticalPath& path);

/// Adds the late dates, counted back from `horizon` (default: the plan's must-finish, else the early
/// finish).
void backward_pass(const Network& network, CriticalPath& path,
                   std::optional<Instant> horizon = std::nullopt);

/// Likewise the dates that no schedule which ends by `horizon` can exceed, whatever the plan's options tell as late:
/// what bounds rest on.  Dates that are only wanted, open ends that are called critical and records hold nobody.
void latest_possible(const Network& network, CriticalPath& path, Instant horizon);

/// Moves nodes that want to be as late as possible: as far as no successor leaves its early dates, later
/// nodes first, so that a chain of such tasks moves together.  Needs the late dates.
void place_as_late_as_possible(const Network& network, CriticalPath& path);

/// Where a node would start (and finish) if only `start_from` and `finish_from` held it.
struct Span {
  Instant start;
  Instant finish;
};
Span place(const Network& network, Node node, Instant start_from, Instant finish_from);

/// Where arc number `i` alone would place the node that it runs to.
Span place_by_arc(const Network& network, const CriticalPath& path, std::uint32_t i);

/// By how much where a node is pinned breaks what its mandatory date does not overrule: its other dates, and the
/// largest lags of links that leave it, whose tasks come too late.  Not after those that hang on a summary.
Elapsed broken_by_pin(const Network& network, const CriticalPath& path, Node node);

/// Working time between its early and its late dates, on the node's own calendar, by the plan's choice
/// of start, finish or the smaller; negative when it is already too late.
WorkTime total_float(const Network& network, const CriticalPath& path, Node node);

/// How long the node can slip without moving any successor's early dates.
WorkTime free_float(const Network& network, const CriticalPath& path, Node node);

/// Slack of one arc: working time, on the calendar of its tail, by which the tail's end could move
/// before the arc pushes its head.
WorkTime arc_slack(const Network& network, const CriticalPath& path, std::uint32_t arc);

/// Nodes on a chain of driving arcs that ends with the latest finish ("longest path").
std::vector<char> longest_path(const Network& network, const CriticalPath& path);

}  // namespace diaodu::solve
