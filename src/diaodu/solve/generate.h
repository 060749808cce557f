#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/plan/schedule.h"
#include "diaodu/solve/cost.h"
#include "diaodu/solve/model.h"
#include "diaodu/solve/tail.h"
#include "diaodu/solve/timeline.h"

namespace diaodu::solve {

/// In which order nodes get their resources, and in which of its ways each is done.
struct Genes {
  std::vector<Node> order;         ///< all nodes, each after those it depends on
  std::vector<std::uint16_t> way;  ///< number among the node's ways
  std::vector<Instant> release;    ///< no node starts earlier; empty: no such limits
};

/// Makes schedules of genes, one after the other, without allocating.
class Generator {
 public:
  explicit Generator(const Model& model);

  /// Lets the node take other work than the model says, from the next `forward` on; of a node with a choice of
  /// ways until that chooses.  Without work it needs nobody.
  void set_work(Node node, WorkTime work) {
    network_.work[node] = work;
    has_own_work_ = true;
  }
  /// Lets work and lags count on other calendars, numbered as the model's.
  void set_times(const WorkingTimes& times) {
    network_.times = &times;
    has_own_work_ = true;
  }

  /// Serial schedule generation (Kelley 1963): each node, in the order given, as early as links,
  /// calendars and what is left of its resources allow.  The schedule then stands in `start`, `finish`
  /// and `assignments` until the next call.  Maximum lags that do not hold raise the lower bound of the
  /// earlier end, and generation begins anew (Franck, Neumann & Schwindt 2001), a bounded number of times.
  Cost forward(const Genes& genes);

  /// Shifts the schedule just made as far right as it goes without ending later, latest first, and
  /// sorts `order` by the starts that this gives (justification; Valls, Ballestin & Quintanilla 2005).
  /// Only the order counts: `forward` makes the schedule.
  void order_by_latest(Genes& genes);

  /// Likewise, but no node further than to where the baseline has it; and lets those that start later come back
  /// as far as there: `release` says so.  What comes before stability gets no worse by the shift.
  void approach_baseline(Genes& genes);

  /// Sorts `order` by the starts of the schedule just made.
  void order_by_start(Genes& genes);

  /// Moves tasks that want to be as late as possible right, as far as their successors in the schedule
  /// and their resources let them.
  void delay_late_ones();

  /// What keeps a node of the schedule from starting earlier, besides its links and dates.
  struct Blocked {
    std::uint32_t renewable = 0;  ///< number in the model; meaningless for a stock
    ResourceId resource;
    Interval during;  ///< its last stretch with too little left before the node's start
  };
  struct Hindrance {
    Hold hold;   ///< by links and dates
    Span alone;  ///< where these alone would place it
    std::optional<Blocked> blocked;
    bool is_free = false;  ///< nothing keeps it from starting earlier
  };
  Hindrance hindrance(Node node);

  /// Turns `order` into one in which every node follows those it depends on, keeping what can be kept.
  void make_legal(std::vector<Node>& order);

  /// Of the schedule as it stands.
  Cost cost() const;

  Instant start(Node node) const { return path_.earliest_start[node]; }
  Instant finish(Node node) const { return path_.earliest_finish[node]; }
  const std::vector<Assignment>& assignments() const { return assignments_; }
  const Network& network() const { return network_; }  ///< in the ways of the last schedule
  const CriticalPath& path() const { return path_; }   ///< its early dates are the schedule
  std::int64_t steps() const { return steps_; }        ///< nodes placed so far

  /// A node that found no time in which its resources suffice, after a schedule that is `broken`.
  Node stuck() const { return stuck_; }
  /// What it waits for.
  ResourceId blocking() const { return blocking_; }

 private:
  std::size_t number_of_way(Node node) const { return model_.first_way[node] + way_[node]; }
  const Way& way_of(Node node) const { return model_.ways[number_of_way(node)]; }
  const Calendar& calendar_of(Node node) const { return network_.calendar_of(node); }

  void reset();
  void free_all();
  bool place_first(const Genes& genes);
  bool place_all(const Genes& genes);
  bool place_and_raise(Node node);
  bool place_node(Node node);
  bool has_begun(Node node) const;
  bool is_ready(Node node) const;
  /// From where to try again; `span.start` itself if everything it needs is free; kNever if it never is.
  Instant next_try(const Way& way, Node node, const Span& span);
  bool has_room(const Way& way, Node node, const Span& span);
  bool is_overdrawn_by(Node node) const;
  Instant short_until(const Need& need, Instant start) const;
  Instant next_try_skills(const Way& way, Node node, const Span& span);
  Hold hold_of(Node node) const;
  Instant conflict_end(const Need& need, Node node, const Span& span) const;
  Instant conflict_end_on_lines(const Need& need, Node node, const Span& span) const;
  Instant first_fit(const Line& line, std::size_t number, const Timeline& timeline, Instant from,
                    Amount amount, Node node) const;
  Instant conflict_end_by_minutes(const Need& need, Node node, const Span& span) const;
  template <class Visit>
  void on_lines(std::uint32_t resource, Node node, const Span& span, Visit&& visit) const;
  Instant clear_until(const Need& need, Node node, const Span& span) const;
  Instant absence_end(std::uint32_t member, Node node, const Span& span) const;
  Amount least_free(std::uint32_t resource, Node node, const Span& span) const;
  void book(const Way& way, Node node, const Span& span);
  void give_back(const Way& way, Node node, const Span& span);
  void draw(const Way& way, Instant start, bool is_given_back);
  void fill(const Way& way, Instant finish, bool is_given_back);
  void restore(Node node, const std::vector<Assignment>& assigned);
  std::uint32_t renewable_of(const Assignment& assignment) const;
  void take(std::uint32_t resource, Node node, Instant from, Instant to, Amount amount);
  bool raises_release(Node node);
  void shift_right(Genes& genes, Instant horizon, bool keeps_deadlines, bool stops_at_baseline);
  Instant latest_finish() const;

  const Model& model_;
  Network network_;
  CriticalPath path_;
  std::vector<std::uint16_t> way_;
  std::vector<char> is_placed_;
  std::vector<Instant> release_;           // what maximum lags have taught so far
  std::vector<Timeline> timelines_;        // of renewables
  std::vector<Timeline> line_timelines_;   // of each line of those that have any
  std::vector<std::uint32_t> first_line_;  // of each renewable among these
  std::vector<std::vector<CapacityStep>> line_capacity_;
  /// Where a line of the model was last asked for: the needs of a node ask one after the other.
  struct Asked {
    Span span;
    Interval points;
  };
  mutable std::vector<Asked> asked_;
  std::vector<Timeline> levels_;           // of reservoirs, by stock
  std::vector<std::vector<Amount>> left_;  // of each row of each stock; the last: in all
  std::vector<Assignment> assignments_;
  std::vector<Assignment> tentative_;  // for the node in hand; `resource` counts in the plan
  std::vector<Node> waiting_;
  std::vector<std::uint32_t> num_before_;
  std::vector<Instant> late_start_;
  std::vector<Instant> late_finish_;
  std::vector<std::uint32_t> rank_;
  bool has_own_work_ = false;  // or other calendars, than the model says
  int most_restarts_ = 0;
  bool has_first_ = false;        // something has happened, is under way or pinned
  std::int64_t num_crowded_ = 0;  // pinned nodes without room
  std::int64_t steps_ = 0;
  Node stuck_ = kNoNode;
  ResourceId blocking_;  // what the last `next_try` waits for
  std::uint32_t blocking_renewable_ = 0;
};

}  // namespace diaodu::solve
