#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/tail.h"

// The late dates and floats of `critical_path`.

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

/// `head` without what is left of the lag of an arc whose tail has happened.
Instant before_lag_left(const Network& network, const Arc& arc, Instant head, Instant actual) {
  const WorkTime left = lag_left(network, arc, actual);
  if (head == kNever || left == WorkTime{}) return head;
  return network.times->calendar(arc.calendar).retreat(head, left);
}

/// Those that a plan is told, by its options, or those that no schedule can exceed.
enum class Late : std::uint8_t { told, possible };

class Backward {
 public:
  Backward(const Network& network, CriticalPath& path, Late late)
      : network_(network),
        path_(path),
        is_told_(late == Late::told),
        is_mirrored_(is_told_ && is_mirrored(network)),
        hands_back_(is_told_ && network.states->is_any() &&
                    network.plan->options.progress_rule == Options::ProgressRule::retained_logic),
        handed_back_(hands_back_ ? network.size() : 0, kNever) {}

  void run() {
    if (hands_back_ && !is_mirrored_) find_flows();
    path_.latest_start.assign(network_.size(), path_.horizon);
    path_.latest_finish.assign(network_.size(), path_.horizon);
    std::size_t knots_left = network_.knots.size();
    for (Node node = static_cast<Node>(network_.size()); node-- > 0;) {
      if (knots_left > 0 && network_.knots[knots_left - 1].last == node + 1) {
        const Network::Knot& knot = network_.knots[--knots_left];
        settle(knot);
        node = knot.first;
      } else {
        update(node);
      }
    }
    if (hands_back_ && !is_mirrored_) find_needed_by();
  }

  void delay_those_that_want_it() {
    const Plan& plan = *network_.plan;
    for (Node node = static_cast<Node>(network_.size()); node-- > 0;) {
      if (network_.role[node] != Network::Role::task) continue;
      // Those after it may have moved.
      if (!path_.needed_by.empty() && state(node).stage == Stage::completed)
        path_.needed_by[node] = needed_by(node);
      const Task& task = plan.tasks[network_.task[node]];
      const bool wants = task.constraint.kind == ConstraintKind::as_late_as_possible ||
                         task.second_constraint.kind == ConstraintKind::as_late_as_possible;
      const Stage stage = state(node).stage;
      // Primavera delays what remains of a task under way too.
      if (!wants || stage == Stage::completed || (stage == Stage::started && !is_mirrored_))
        continue;
      const WorkTime work = network_.work[node];
      const Calendar& calendar = network_.calendar_of(node);
      Instant finish_by = kNever;
      Instant start_by = kNever;
      for (const std::uint32_t i : network_.arcs_out_of(node)) {
        const Arc& arc = network_.arcs[i];
        // What is completed hands on the dates it has got, if they still move anything.
        const bool is_over = state(arc.to).stage == Stage::completed;
        if (is_over && !hands_back_) continue;
        if (stage == Stage::started && arc.leaves_start != 0 && !leaves_what_remains(network_, arc))
          continue;
        const Instant head = is_over && !is_mirrored_ ? path_.needed_by[arc.to] : early_head(arc);
        if (head == kNever) continue;
        const bool leaves_rest = stage == Stage::started && arc.leaves_start != 0;
        const Instant tail = leaves_rest
                                 ? before_lag_left(network_, arc, head, *state(node).actual_start)
                                 : tail_of(arc, head);
        Instant& bound = arc.leaves_start ? start_by : finish_by;
        bound = std::min(bound, tail);
      }
      // A date that is only wanted takes no float that its successors leave.
      const bool has_successor = finish_by < kNever || start_by < kNever;
      if (!is_mirrored_ || !has_successor)
        finish_by = std::min(finish_by, path_.latest_finish[node]);
      if (finish_by == kNever) finish_by = calendar.advance(start_by, work);
      Instant start = std::min(
          start_by, work > WorkTime{} ? calendar.retreat(calendar.previous_working(finish_by), work)
                                      : finish_by);
      if (work > WorkTime{}) start = calendar.next_working(start);
      // By Primavera's rules it may stand in a rest.
      const bool is_of_the_morning = task.kind == TaskKind::start_milestone && !is_mirrored_;
      if (is_of_the_morning && !calendar.is_working(start))
        start = calendar.previous_working(start) - Elapsed{1};
      if (start <= path_.earliest_start[node]) continue;
      path_.earliest_start[node] = start;
      path_.earliest_finish[node] = calendar.advance(start, work);
      path_.driver[node] = kAsLateAsPossible;
    }
  }

 private:
  TaskState state(Node node) const {
    return network_.role[node] == Network::Role::task ? (*network_.states)[network_.task[node]]
                                                      : TaskState{};
  }

  /// The date at an arc's tail that goes with the date `head` of its head: the last that would do, or, mirrored,
  /// what is left of `head` without the lag.
  Instant tail_of(const Arc& arc, Instant head) const {
    if (head == kNever || !is_mirrored_ || arc.is_at_most != 0 || arc.lag >= 0)
      return latest(arc, head, *network_.times);
    return network_.times->calendar(arc.calendar).advance(head, WorkTime{-arc.lag});
  }

  /// A finish at an arc's head, as its tail has to respect it.
  Instant finish_to_meet(const Arc& arc, Instant finish) const {
    return is_mirrored_ && arc.is_at_most == 0 ? finish : latest_met_by(network_, arc, finish);
  }

  /// Late dates can contradict each other (an upper window inside a knot); then they would sink for
  /// ever.  The early pass has settled, so a bounded number of sweeps tells all there is to tell.
  void settle(const Network::Knot& knot) {
    const std::size_t most_sweeps = std::min<std::size_t>(knot.last - knot.first + 2, 1000);
    bool moved = true;
    for (std::size_t sweep = 0; moved && sweep < most_sweeps; ++sweep) {
      moved = false;
      for (Node node = knot.last; node-- > knot.first;) moved = update(node) || moved;
    }
  }

  /// The late date at an arc's head, as its tail has to respect it; kNever: not at all.
  Instant late_head(const Arc& arc) const {
    const TaskState head = state(arc.to);
    if (head.stage == Stage::completed) return hands_back_ ? handed_back_[arc.to] : kNever;
    if (head.stage == Stage::started && arc.arrives_start) {
      switch (network_.plan->options.progress_rule) {
        case Options::ProgressRule::retained_logic:
          break;
        case Options::ProgressRule::progress_override:
          return kNever;
        case Options::ProgressRule::actual_dates:
          return is_told_ ? *head.actual_start : kNever;
      }
    }
    return arc.arrives_start ? path_.latest_start[arc.to]
                             : finish_to_meet(arc, path_.latest_finish[arc.to]);
  }

  Instant early_head(const Arc& arc) const {
    return arc.arrives_start ? path_.earliest_start[arc.to]
                             : finish_to_meet(arc, path_.earliest_finish[arc.to]);
  }

  /// What completed nodes hand on, by the dates that are to be explained.
  void find_flows() {
    flow_.assign(network_.size(), kEver);
    for (Node node = 0; node < network_.size(); ++node) {
      if (state(node).stage != Stage::completed) continue;
      for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i) {
        const Node from = network_.arcs[i].from;
        const bool is_over = state(from).stage == Stage::completed;
        flow_[node] =
            std::max(flow_[node], is_over ? flow_[from] : earliest_head(network_, path_, i));
      }
    }
  }

  /// Does who follows a completed node wait for what it hands on?  Where people are levelled it waits for what links
  /// alone demand of those before, not for where they lie.
  bool waits(const Arc& arc) const {
    return flow_.empty() || state(arc.to).stage == Stage::completed ||
           early_head(arc) >= flow_[arc.from];
  }

  Instant needed_by(Node node) const {
    Instant by = kNever;
    for (const std::uint32_t i : network_.arcs_out_of(node)) {
      const Arc& arc = network_.arcs[i];
      if (arc.is_at_most != 0 || !waits(arc)) continue;
      const bool is_over = state(arc.to).stage == Stage::completed;
      by = std::min(by, is_over ? path_.needed_by[arc.to] : early_head(arc));
    }
    return by;
  }

  void find_needed_by() {
    path_.needed_by.assign(network_.size(), kNever);
    for (Node node = static_cast<Node>(network_.size()); node-- > 0;) {
      if (state(node).stage == Stage::completed) path_.needed_by[node] = needed_by(node);
    }
  }

  bool is_open_end(Node node) const {
    return network_.role[node] == Network::Role::task && network_.arcs_out_of(node).empty();
  }

  /// Under retained logic what waits for a completed node waits for its unfinished predecessors: the reverse of what
  /// the early pass hands on, by Primavera's arithmetic with what is left of the lag.
  bool hand_back(Node node) {
    Instant by = kNever;
    for (const std::uint32_t i : network_.arcs_out_of(node)) {
      const Arc& arc = network_.arcs[i];
      const Instant head = late_head(arc);
      if (head == kNever || arc.is_at_most != 0 || !waits(arc)) continue;
      const TaskState own = state(node);
      const Instant actual = arc.leaves_start ? *own.actual_start : *own.actual_finish;
      const bool is_over = state(arc.to).stage == Stage::completed;
      by = std::min(by,
                    is_over || !is_mirrored_ ? head : before_lag_left(network_, arc, head, actual));
    }
    const bool moved = by < handed_back_[node];
    handed_back_[node] = by;
    return moved;
  }

  bool update(Node node) {
    if (state(node).stage == Stage::completed) {
      path_.latest_start[node] = *state(node).actual_start;
      path_.latest_finish[node] = *state(node).actual_finish;
      return hands_back_ && hand_back(node);
    }
    const Window& window = network_.window(node);
    // A date that another project sets for an open end may lie beyond this project's own finish.
    const bool has_other_end = is_mirrored_ && window.wanted_by != kNever && is_open_end(node);
    Instant finish_by = std::min(has_other_end ? kNever : path_.horizon, window.finish_by);
    Instant start_by = latest_start_allowed(network_, node);
    if (is_told_) {
      finish_by = std::min({finish_by, window.wanted_by, window.late_finish});
      start_by = std::min(start_by, window.late_start);
      if (network_.plan->options.open_ends_are_critical && is_open_end(node))
        finish_by = std::min(finish_by, path_.earliest_finish[node]);
    }
    for (const std::uint32_t i : network_.arcs_out_of(node)) {
      const Arc& arc = network_.arcs[i];
      const Instant head = late_head(arc);
      if (head == kNever) continue;
      if (arc.leaves_start && state(node).stage == Stage::started) {
        if (!is_told_ || !leaves_what_remains(network_, arc)) continue;  // it has left
        start_by =
            std::min(start_by, before_lag_left(network_, arc, head, *state(node).actual_start));
        continue;
      }
      Instant& bound = arc.leaves_start ? start_by : finish_by;
      bound = std::min(bound, tail_of(arc, head));
    }
    const WorkTime work = network_.work[node];
    const Calendar& calendar = network_.calendar_of(node);
    Instant finish = finish_by;
    Instant start = std::min(start_by, finish_by);
    if (work == WorkTime{}) {
      finish = start;
    } else {
      finish = calendar.previous_working(finish_by);
      if (start_by != kNever) {
        finish = std::min(finish, calendar.advance(calendar.next_working(start_by), work));
      }
      start = calendar.retreat(finish, work);
    }
    if (is_pinned(window)) {
      start = path_.earliest_start[node];
      finish = path_.earliest_finish[node];
      if (window.pinned_by != kNever) {
        finish = window.pinned_by;
        start = std::max(start, calendar.retreat(finish, work));
      }
    }
    const bool moved = start < path_.latest_start[node] || finish < path_.latest_finish[node];
    path_.latest_start[node] = start;
    path_.latest_finish[node] = finish;
    return moved;
  }

  const Network& network_;
  CriticalPath& path_;
  bool is_told_;
  bool is_mirrored_;
  bool hands_back_;                   ///< completed nodes pass late dates on
  std::vector<Instant> handed_back_;  ///< by which they would have to be over, if they were not
  std::vector<Instant> flow_;         ///< what they hand on; empty by Primavera's arithmetic
};

}  // namespace

void backward_pass(const Network& network, CriticalPath& path, std::optional<Instant> horizon) {
  path.horizon = horizon.value_or(network.plan->must_finish.value_or(path.finish));
  Backward(network, path, Late::told).run();
}

void latest_possible(const Network& network, CriticalPath& path, Instant horizon) {
  path.horizon = horizon;
  Backward(network, path, Late::possible).run();
}

void place_as_late_as_possible(const Network& network, CriticalPath& path) {
  Backward(network, path, Late::told).delay_those_that_want_it();
}

WorkTime total_float(const Network& network, const CriticalPath& path, Node node) {
  const Calendar& calendar = network.calendar_of(node);
  const WorkTime by_finish =
      calendar.work_between(path.earliest_finish[node], path.latest_finish[node]);
  const WorkTime by_start =
      calendar.work_between(path.earliest_start[node], path.latest_start[node]);
  switch (network.plan->options.total_float) {
    case Options::TotalFloat::finish:
      return by_finish;
    case Options::TotalFloat::start:
      return by_start;
    case Options::TotalFloat::smaller:
      // What is under way has begun: Primavera asks for its finish alone.
      if (is_mirrored(network) && state_of(network, node).stage == Stage::started) return by_finish;
      return std::min(by_start, by_finish);
  }
  return by_finish;
}

WorkTime arc_slack(const Network& network, const CriticalPath& path, std::uint32_t i) {
  const Arc& arc = network.arcs[i];
  if (is_mirrored(network) && arc.is_at_most == 0) {
    // What has happened demands nothing any more, but what it hands on; nothing that remains begins before the data
    // date.
    const Instant now = network.now;
    const bool hands_on =
        network.plan->options.progress_rule == Options::ProgressRule::retained_logic ||
        state_of(network, arc.to).stage != Stage::completed;
    const Instant head = !hands_on                ? now
                         : arc.arrives_start != 0 ? path.earliest_start[arc.to]
                                                  : path.earliest_finish[arc.to];
    Instant allowed = earliest_head(network, path, i);
    if (arc.lag < 0) allowed = std::max(allowed, now);
    return network.calendar_of(arc.from).work_between(allowed, std::max(head, now));
  }
  Instant head = arc.arrives_start ? path.earliest_start[arc.to]
                                   : latest_met_by(network, arc, path.earliest_finish[arc.to]);
  // A gate may lie before all that remains, which it does not hold then.
  if (network.role[arc.to] == Network::Role::gate) head = std::max(head, network.now);
  const Instant limit = latest(arc, head, *network.times);
  return network.calendar_of(arc.from).work_between(early_tail(path, arc), limit);
}

namespace {

/// Primavera's: the least slack of its links, none below zero; of several to the same successor the least, unless
/// one is negative, then the largest.
WorkTime mirrored_free_float(const Network& network, const CriticalPath& path, Node node) {
  const Window& window = network.window(node);
  if (window.pinned_finish != kNever) return {};
  const bool is_started = state_of(network, node).stage == Stage::started;
  std::vector<std::pair<Node, WorkTime>> slacks;
  for (const std::uint32_t i : network.arcs_out_of(node)) {
    const Arc& arc = network.arcs[i];
    if (is_started && arc.leaves_start != 0 && !leaves_what_remains(network, arc)) continue;
    slacks.emplace_back(arc.to, arc_slack(network, path, i));
  }
  const auto from_finish = [&] {
    return network.calendar_of(node).work_between(
        path.earliest_finish[node], std::max(path.finish, path.earliest_finish[node]));
  };
  if (slacks.empty()) return window.pinned_start != kNever ? WorkTime{} : from_finish();
  std::sort(slacks.begin(), slacks.end());
  std::optional<WorkTime> least;
  for (std::size_t i = 0; i < slacks.size();) {
    std::size_t last = i;
    while (last + 1 < slacks.size() && slacks[last + 1].first == slacks[i].first) ++last;
    const WorkTime slack = slacks[i].second < WorkTime{} ? slacks[last].second : slacks[i].second;
    least = least ? std::min(*least, slack) : slack;
    i = last + 1;
  }
  return std::max(*least, WorkTime{});
}

}  // namespace

WorkTime free_float(const Network& network, const CriticalPath& path, Node node) {
  if (is_mirrored(network)) return mirrored_free_float(network, path, node);
  const auto is_completed = [&](Node other) {
    return network.role[other] == Network::Role::task &&
           (*network.states)[network.task[other]].stage == Stage::completed;
  };
  const bool is_started = state_of(network, node).stage == Stage::started;
  std::optional<WorkTime> least;
  for (const std::uint32_t i : network.arcs_out_of(node)) {
    const Arc& arc = network.arcs[i];
    if (is_started && arc.leaves_start != 0 && !leaves_what_remains(network, arc)) continue;
    WorkTime slack;
    if (is_completed(arc.to)) {
      const Instant by = path.needed_by.empty() ? kNever : path.needed_by[arc.to];
      if (by == kNever) continue;
      slack = network.calendar_of(node).work_between(early_tail(path, arc),
                                                     latest(arc, by, *network.times));
    } else {
      slack = arc_slack(network, path, i);
    }
    least = least ? std::min(*least, slack) : slack;
  }
  if (least) return std::max(*least, WorkTime{});
  return network.calendar_of(node).work_between(path.earliest_finish[node],
                                                std::max(path.finish, path.earliest_finish[node]));
}

std::vector<char> longest_path(const Network& network, const CriticalPath& path) {
  std::vector<char> is_on(network.size(), 0);
  std::vector<Node> pending;
  const auto reach = [&](Node node) {
    if (is_on[node] != 0 || path.driver[node] == kByRecord) return;
    is_on[node] = 1;
    pending.push_back(node);
  };
  for (Node node = 0; node < network.size(); ++node) {
    if (path.earliest_finish[node] == path.finish) reach(node);
  }
  while (!pending.empty()) {
    const Node node = pending.back();
    pending.pop_back();
    // Every arc that alone would put the node where it is drives it.
    for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
      const Arc& arc = network.arcs[i];
      if (path.driver[node] < 0) break;
      const Instant head = earliest_head(network, path, i);
      if (head == kEver) continue;
      const Span alone =
          arc.arrives_start ? place(network, node, head, kEver) : place(network, node, kEver, head);
      if (alone.start >= path.earliest_start[node]) reach(arc.from);
    }
  }
  return is_on;
}

}  // namespace diaodu::solve
