#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/forecast/calendar_table.h"
#include "diaodu/solve/axis.h"
#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/network.h"

namespace diaodu::forecast {

/// Dates of many trials at once: the critical path of a network whose nodes take other work in each
/// trial.  With a schedule's resource flow among its arcs (`solve::resource_order`), each trial is one
/// that the plan's people and machines can carry out, in the order of that schedule: whoever waits for a
/// unit waits for the task that hands it on (Artigues, Michelon & Reusser 2003).
///
/// A trial whose largest lags cannot all hold has no dates: all are `kNever`.
///
/// Semantics are those of `solve::forward_pass`, the slow twin: for each trial the same dates, to the
/// minute.  Nodes that are as late as possible are as early here.
///
/// A block is `kLanes` trials side by side, so that one instruction places a node in many of them.  What
/// has happened, pins, largest lags and finish windows go trial by trial, through `solve`'s own rules.
/// Costs O((nodes + arcs) kLanes) a block; thread-safe.
class FlowEngine {
 public:
  static constexpr std::size_t kLanes = 64;

  /// Node n, lane l is entry n * kLanes + l.  Dates are in minutes that `instant` understands.
  struct Block {
    std::vector<Minute> work;    ///< in: still to be done, in working minutes
    std::vector<Minute> start;   ///< out: of what remains; of a completed node, see `passes_on`
    std::vector<Minute> finish;  ///< out
  };

  /// `network` has early dates (no circle) and must outlive the engine.
  explicit FlowEngine(const solve::Network& network);

  /// What a thread needs besides, made at its first use: one trial, for `solve`'s own rules.
  struct Scratch {
    solve::Network network;  // with the trial's work
    solve::CriticalPath path;
  };

  Block make_block() const;
  void run(Block& block, Scratch& scratch) const;

  /// Where milestones of one lane lie on the clock which an axis of working minutes takes for closing time, though they
  /// may lie later, in the next morning mostly; see `may_end_later`.
  using Points = std::vector<Instant>;
  std::vector<Points> points_of(const Block& block, std::size_t lanes) const;
  /// Of a node's dates in a block, with the points of that lane; `kNever` where they lie beyond what the engine can tell.
  /// A task that takes no time in some trial lies at closing time, or first of all in the morning.
  solve::Span dates(const Block& block, solve::Node node, std::size_t lane,
                    const Points& points) const;
  /// Of a finish, whatever the node: closing time, where it may be the morning after too.
  Instant finish_of(Minute date) const;
  /// Is the node one of those of `points_of`?
  bool may_end_later(solve::Node node) const { return point_of_[node] >= 0; }
  /// The minute at which an instant of the clock lies.
  Minute minute_of(Instant instant) const;
  /// The minute at which an instant of the network's axis lies (`solve::work_axis`; the clock where it has none),
  /// however late.
  Minute minute_on_axis(Instant instant) const;
  /// The latest finish of some nodes in each lane; no earlier than `out` says already.  Of a completed node
  /// the block says what it passes on, so none may be among them.
  void latest(const Block& block, std::span<const solve::Node> nodes, std::span<Minute> out) const;

  /// In which lanes a node holds back the latest of `ends`: a bit a lane for each node.  It does where it is
  /// one of the latest, or where an arc from it leaves no room: an earlier date of its own would let what it
  /// holds begin earlier, or other arcs that are as tight would have to give way too.  Lanes that outran
  /// the tables have no bits.
  void find_critical(const Block& block, std::span<const solve::Node> ends,
                     std::vector<std::uint64_t>& bits) const;
  std::size_t num_nodes() const { return nodes_.size(); }
  /// How many nodes go trial by trial.
  std::size_t num_slow() const;

  FlowEngine(const FlowEngine&) = delete;
  FlowEngine& operator=(const FlowEngine&) = delete;

 private:
  struct FastArc {
    solve::Node from;
    Minute lag;
    std::uint32_t table;  // whose minutes the lag counts
    bool leaves_start;
    bool arrives_start;
  };
  enum class Kind : std::uint8_t {
    work,  // begins in a working minute, ends after so much work
    sums,  // the same where every minute is worked, and nothing holds the finish: sums and maxima are all
    point,      // no work: stays where its arcs say
    morning,    // no work: at the beginning of a working minute
    slow,       // by `solve`'s rules, trial by trial
    in_a_knot,  // slow, and settled together with those around it
  };
  struct FastNode {
    Kind kind;
    bool has_finish_arcs;
    bool is_of_the_morning;  // without work it still begins in a working minute
    bool is_first;           // nothing comes before
    std::uint32_t table;
    std::uint32_t first_arc;
    std::uint32_t last_arc;
    Minute from;  // no earlier start
  };

  Minute minute(Instant instant) const;
  Kind kind_of(solve::Node node) const;
  bool is_plain(const solve::Arc& arc) const;
  void find_settled();
  void compile(const solve::CriticalPath& early);
  static void place_by_sums(const FastNode& node, std::span<const FastArc> arcs, solve::Node number,
                            Block& block);
  void place(const FastNode& node, solve::Node number, Block& block) const;
  void place_slowly(solve::Node first, solve::Node last, Block& block, Scratch& scratch) const;
  void repeat_exactly(std::size_t lane, Block& block, Scratch& scratch) const;
  Instant axis_instant(Minute date) const;
  void collect_points();
  void find_points(const Block& block, std::size_t lane, Points& points) const;
  Instant point(const Block& block, solve::Node node, std::size_t lane, const Points& points) const;
  void head_of(const FastArc& arc, const Block& block, std::span<Minute> head) const;
  void hand_back(solve::Node node, const Block& block, std::vector<std::uint64_t>& bits) const;
  bool hand_back_slowly(solve::Node node, const Block& block,
                        std::vector<std::uint64_t>& bits) const;

  std::optional<solve::Axis> axis_;
  solve::Network mapped_;  // on the axis; empty if that is the clock
  const solve::Network& clock_network_;
  const solve::Network& network_;  // of the two, the one that counts
  Instant floor_;                  // nothing that remains begins before; on the axis
  Instant base_;                   // minute 0; on the axis
  Instant end_;                    // of the tables; on the axis
  std::vector<char> is_settled_;
  std::vector<std::uint32_t> num_out_;  // arcs out of each node
  std::vector<FastNode> nodes_;
  std::vector<FastArc> arcs_;
  std::vector<solve::Node> points_;     // ascending
  std::vector<std::int32_t> point_of_;  // number in `points_` of each node, or -1
  std::vector<CalendarTable> tables_;
};

}  // namespace diaodu::forecast
