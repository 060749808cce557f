#pragma once

#include <algorithm>

#include "diaodu/solve/critical_path.h"

namespace diaodu::solve {

/// The early date at an arc's tail.
inline Instant early_tail(const CriticalPath& path, const Arc& arc) {
  return arc.leaves_start ? path.earliest_start[arc.from] : path.earliest_finish[arc.from];
}

/// The last instant that still leads an arc to a head that finishes at `finish`: where the head's calendar
/// stops then, all that comes before it works again is met by the same finish.
inline Instant latest_met_by(const Network& network, const Arc& arc, Instant finish) {
  const bool is_exact = arc.is_at_most || network.work[arc.to] == WorkTime{};
  return is_exact ? finish : network.calendar_of(arc.to).next_working(finish);
}

/// What is left by the data date of the lag of an arc that leaves an end which has happened; of a lead, nothing.
inline WorkTime lag_left(const Network& network, const Arc& arc, Instant actual) {
  const Calendar& calendar = network.times->calendar(arc.calendar);
  const Instant now = network.now;
  const WorkTime passed = std::max(WorkTime{}, calendar.work_between(actual, now));
  return std::max(WorkTime{}, WorkTime{arc.lag} - passed);
}

/// Dates by Primavera's arithmetic, late ones by the early ones' reversed.
inline bool is_mirrored(const Network& network) {
  return network.plan->options.late_dates == Options::LateDates::wanted;
}

inline TaskState state_of(const Network& network, Node node) {
  return network.role[node] == Network::Role::task ? (*network.states)[network.task[node]]
                                                   : TaskState{};
}

/// Does the arc leave the start of what remains, not the start that is history?  Primavera's option to count from
/// the actual start moves no more than where the lag of a start-to-start link is laid.
inline bool leaves_what_remains(const Network& network, const Arc& arc) {
  return arc.leaves_start != 0 && arc.is_at_most == 0 &&
         (is_mirrored(network) ||
          network.plan->options.start_lag == Options::StartLag::early_start);
}

/// The first instant that an arc allows which leaves the start of a node under way.
inline Instant head_after_start(const Network& network, const Arc& arc, Instant early_start,
                                Instant actual_start) {
  if (!leaves_what_remains(network, arc)) return earliest(arc, actual_start, *network.times);
  const bool is_laid_from_now =
      arc.arrives_start != 0 && network.plan->options.start_lag == Options::StartLag::actual_start;
  const Instant tail = is_laid_from_now ? network.now : early_start;
  if (tail == kEver) return kEver;
  // What is completed already takes the start itself.
  const bool is_over = state_of(network, arc.to).stage == TaskState::Stage::completed;
  const WorkTime left =
      is_over && is_mirrored(network) ? WorkTime{} : lag_left(network, arc, actual_start);
  return left == WorkTime{} ? tail : network.times->calendar(arc.calendar).advance(tail, left);
}

/// The first instant that an arc allows which leaves a completed node, by Primavera's rule: from the data date, or what
/// the node hands on (`tail`) if that is later, comes what is left of the lag.  A date recorded after the data date
/// demands nothing.
inline Instant head_after_completed(const Network& network, const Arc& arc, Instant tail,
                                    Instant actual) {
  const Instant stamp = std::max(tail, network.now);
  const WorkTime left = lag_left(network, arc, actual);
  return left == WorkTime{} ? stamp : network.times->calendar(arc.calendar).advance(stamp, left);
}

/// The first instant that arc number `i` allows at its head, by the early dates found so far.
///
/// What has happened speaks with its actual dates: a completed predecessor's lag runs from them, and so
/// does the lag from the start of one that is under way.  Under retained logic a completed node still
/// passes on, without lag, what its own unfinished predecessors demand; its early dates hold that.
inline Instant earliest_head(const Network& network, const CriticalPath& path, std::uint32_t i) {
  const Arc& arc = network.arcs[i];
  const Instant tail = early_tail(path, arc);
  if (!network.states->is_any() || network.role[arc.from] != Network::Role::task) {
    return tail == kEver ? kEver : earliest(arc, tail, *network.times);
  }
  const TaskState state = (*network.states)[network.task[arc.from]];
  switch (state.stage) {
    case TaskState::Stage::not_started:
      break;
    case TaskState::Stage::started:
      if (arc.leaves_start) return head_after_start(network, arc, tail, *state.actual_start);
      break;
    case TaskState::Stage::completed: {
      const bool retains =
          network.plan->options.progress_rule == Options::ProgressRule::retained_logic;
      const Instant handed_on = retains ? tail : kEver;
      const Instant actual = arc.leaves_start ? *state.actual_start : *state.actual_finish;
      if (is_mirrored(network) && arc.is_at_most == 0)
        return head_after_completed(network, arc, handed_on, actual);
      return std::max(handed_on, earliest(arc, actual, *network.times));
    }
  }
  return tail == kEver ? kEver : earliest(arc, tail, *network.times);
}

/// The first instant not before `head` at which the node can finish.  An at-most arc allows no more
/// than it says, so here non-working time is not forgiven.
inline Instant exact_finish(const Network& network, Node node, Instant head) {
  if (network.work[node] == WorkTime{} || head == kEver) return head;
  const Calendar& calendar = network.calendar_of(node);
  return calendar.previous_working(head) == head ? head : calendar.advance(head, WorkTime{1});
}

/// What holds a node back, and what of it comes last.
struct Hold {
  Instant start_from = kEver;
  Instant finish_from = kEver;
  Driver start_driver = kByPlanStart;
  Driver finish_driver = kByPlanStart;
};

/// From when on the node may start if nothing else is said.  Summaries begin and end with their children, which may
/// have happened or been pinned to the past.
inline Instant begin_of(const Network& network, Node node, Instant floor) {
  return network.role[node] == Network::Role::task ? floor : kEver;
}

/// A start milestone belongs to the morning.  Others stay where their predecessors end; with nothing before them there
/// is no evening to stay in, unless their finish has a date.
inline bool is_of_the_morning(const Network& network, Node node) {
  if (network.role[node] != Network::Role::task) return false;
  return network.plan->tasks[network.task[node]].kind == TaskKind::start_milestone ||
         network.first_in[node] == network.first_in[node + 1];
}

/// Adds what the arcs into a node that is not completed demand, by the dates in `path`.
inline void hold_by_arcs(const Network& network, const CriticalPath& path, Node node,
                         bool ignores_links, Hold& hold) {
  for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
    const Arc& arc = network.arcs[i];
    if (ignores_links && arc.arrives_start) continue;
    const Instant head = earliest_head(network, path, i);
    if (arc.arrives_start) {
      if (head > hold.start_from) {
        hold.start_from = head;
        hold.start_driver = static_cast<Driver>(i);
      }
    } else {
      const Instant bound = arc.is_at_most ? exact_finish(network, node, head) : head;
      if (bound > hold.finish_from) {
        hold.finish_from = bound;
        hold.finish_driver = static_cast<Driver>(i);
      }
    }
  }
}

/// Adds what the node's own dates demand.
inline void hold_by_window(const Window& window, Hold& hold) {
  if (window.start_from > hold.start_from) {
    hold.start_from = window.start_from;
    hold.start_driver = kByStartFrom;
  }
  if (window.finish_from > hold.finish_from) {
    hold.finish_from = window.finish_from;
    hold.finish_driver = kByFinishFrom;
  }
}

/// The last start that the node's own dates allow.
inline Instant latest_start_allowed(const Network& network, Node node) {
  const Window& window = network.window(node);
  Instant start_by = window.start_by;
  if (start_by != kNever) start_by = network.calendar_of(node).next_working(start_by);
  return std::min(start_by, window.start_within);
}

/// Where the window pins so much work on this calendar: mandatory dates, whatever else is said.  At kNever if the
/// calendar does not work so long there, ever.
inline Span pinned_span(const Calendar& calendar, WorkTime work, const Window& window) {
  if (window.pinned_start != kNever) {
    const Instant start =
        work > WorkTime{} ? calendar.next_working(window.pinned_start) : window.pinned_start;
    return {start, calendar.advance(start, work)};
  }
  const Instant finish =
      work > WorkTime{} ? calendar.previous_working(window.pinned_finish) : window.pinned_finish;
  const Instant start = calendar.retreat(finish, work);
  if (start <= kEver) return {kNever, kNever};
  return {start, finish};
}
inline Span pinned_span(const Network& network, Node node, const Window& window) {
  return pinned_span(network.calendar_of(node), network.work[node], window);
}

inline bool is_pinned(const Window& window) {
  return window.pinned_start != kNever || window.pinned_finish != kNever;
}

/// Under which the links into a task no longer hold its start.
inline bool ignores_links(const Network& network, const TaskState& state) {
  return state.stage == TaskState::Stage::started &&
         network.plan->options.progress_rule != Options::ProgressRule::retained_logic;
}

}  // namespace diaodu::solve
