#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::solve {

/// Number of a node; nodes are numbered so that almost every arc runs upwards (see `Network::knots`).
using Node = std::uint32_t;
inline constexpr Node kNoNode = 0xFFFF'FFFF;

/// Where a node may lie, besides its links.  Primavera's and MS Project's dated constraints come down
/// to these.
struct Window {
  Instant start_from = kEver;  ///< starts no earlier
  Instant start_by = kNever;   ///< starts no later, or when its calendar next works
  Instant start_within =
      kNever;                    ///< starts no later (a largest lag counted from what has happened)
  Instant finish_from = kEver;   ///< finishes no earlier
  Instant finish_by = kNever;    ///< finishes no later
  Instant wanted_by = kNever;    ///< should finish by then (deadline); only its late dates listen
  Instant late_start = kNever;   ///< only its late dates listen (`Options::LateDates::wanted`)
  Instant late_finish = kNever;  ///< likewise
  Instant pinned_start = kNever;   ///< starts then, whatever its links say (kNever: not pinned)
  Instant pinned_finish = kNever;  ///< likewise
  /// Of a pinned node whose ways differ (`Model::relaxed`): by when it finishes in any of them.
  Instant pinned_by = kNever;
};

/// One ordering between two ends of two nodes.  With W counting working minutes on the arc's calendar:
///
///   at least:  W(to)   >= W(from) + lag      (a link's lag)
///   at most:   W(from) >= W(to)   - lag      (a link's largest lag; such an arc runs from `to` back)
///
/// Either way the arc says: `to` comes no earlier than `earliest(arc, from)`.
struct Arc {
  Node from = kNoNode;
  Node to = kNoNode;
  std::int32_t lag = 0;                 ///< minutes; of an at-most arc, minus the largest lag
  std::uint32_t calendar : 29 = 0;      ///< number in `WorkingTimes`
  std::uint32_t leaves_start : 1 = 0;   ///< from the start of `from`, not its finish
  std::uint32_t arrives_start : 1 = 1;  ///< at the start of `to`, not its finish
  std::uint32_t is_at_most : 1 = 0;
  LinkId link;  ///< none: a summary's bracket around its children
};

/// The plan's tasks and links as critical-path arithmetic wants them: flat, numbered along the arcs.
///
/// A summary with links or dates becomes two nodes, a gate before its children and an end after them.
struct Network {
  enum class Role : std::uint8_t { task, gate, end };

  /// Nodes `[first, last)` hang together in a circle of arcs (leads, largest lags); all other nodes
  /// only depend on lower numbers.
  struct Knot {
    Node first;
    Node last;
  };

  const Plan* plan = nullptr;
  const WorkingTimes* times = nullptr;
  const TaskStates* states = nullptr;
  /// `states` on the work axis, where something has happened.
  std::shared_ptr<const TaskStates> own_states;
  Instant now;  ///< nothing that remains to be done begins before this
  /// True where all instants count working minutes of the one calendar that everything shares, so that
  /// no calendar need be asked any more (see `Axis`).
  bool is_on_work_axis = false;

  std::vector<TaskId> task;  ///< of each node
  std::vector<Role> role;
  std::vector<WorkTime> work;           ///< still to be done
  std::vector<std::uint32_t> calendar;  ///< number in `times`
  std::vector<ModeId> mode;             ///< how the task is done (none: its only way)
  std::vector<std::int32_t> window_of;  ///< index into `windows`, or -1
  std::vector<Window> windows;
  std::vector<Arc> arcs;                ///< sorted by `to`
  std::vector<std::uint32_t> first_in;  ///< arcs into node n: [first_in[n], first_in[n + 1])
  std::vector<std::uint32_t> out_arcs;  ///< numbers of arcs, sorted by `from`
  std::vector<std::uint32_t>
      first_out;                ///< arcs out of n: out_arcs[first_out[n] ... first_out[n+1])
  std::vector<Knot> knots;      ///< ascending
  Table<TaskId, Node> node_of;  ///< the task's node, or a summary's gate (kNoNode: none)
  Table<TaskId, Node> end_of;   ///< a summary's end; otherwise as `node_of`

  std::size_t size() const { return task.size(); }
  const Calendar& calendar_of(Node node) const { return times->calendar(calendar[node]); }
  std::span<const Arc> arcs_into(Node node) const {
    return std::span(arcs).subspan(first_in[node], first_in[node + 1] - first_in[node]);
  }
  std::span<const std::uint32_t> arcs_out_of(Node node) const {
    return std::span(out_arcs).subspan(first_out[node], first_out[node + 1] - first_out[node]);
  }
  const Window& window(Node node) const {
    static const Window open;
    return window_of[node] < 0 ? open : windows[static_cast<std::size_t>(window_of[node])];
  }
  bool is_milestone(Node node) const;
};

/// One task that begins only when another has finished, because it needs what the other used.
struct ResourceOrder {
  TaskId before;
  TaskId after;
};

/// `modes[task]` says how each task is done; an empty table: each in its first mode
/// that can ever be done.  `orders` become
/// arcs besides the plan's links.
/// The plan, the times and the states must outlive the network.  Costs O(n log n).
Network make_network(const Plan& plan, const WorkingTimes& times, const TaskStates& states,
                     const Table<TaskId, ModeId>& modes = {},
                     std::span<const ResourceOrder> orders = {});

/// Does the node's task in another mode from now on: its work, its calendar, and the lags of its links.
void set_mode(Network& network, Node node, ModeId mode);

/// The first instant that the arc allows at its head, given the instant at its tail.
inline Instant earliest(const Arc& arc, Instant tail, const WorkingTimes& times) {
  if (arc.is_at_most) {
    const Calendar& calendar = times.calendar(arc.calendar);
    const Instant back = arc.lag <= 0 ? calendar.retreat(tail, WorkTime{-arc.lag})
                                      : calendar.advance(tail, WorkTime{arc.lag});
    return calendar.previous_working(back);
  }
  if (arc.lag == 0) return tail;
  const Calendar& calendar = times.calendar(arc.calendar);
  return arc.lag > 0 ? calendar.advance(tail, WorkTime{arc.lag})
                     : calendar.retreat(tail, WorkTime{-arc.lag});
}

/// The last instant at the arc's tail for which `earliest` is not after `head`.
Instant latest(const Arc& arc, Instant head, const WorkingTimes& times);

/// The plan's link as an arc, with its lag in minutes of its calendar.
Arc arc_of(const Network& network, LinkId link);

}  // namespace diaodu::solve
