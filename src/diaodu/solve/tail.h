#pragma once

#include <algorithm>

#include "diaodu/solve/critical_path.h"

namespace diaodu::solve {

/// The early date at an arc's tail.
inline Instant early_tail(const CriticalPath& path, const Arc& arc) {
  return arc.leaves_start ? path.earliest_start[arc.from] : path.earliest_finish[arc.from];
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
      if (arc.leaves_start) return earliest(arc, *state.actual_start, *network.times);
      break;
    case TaskState::Stage::completed: {
      const bool retains =
          network.plan->options.progress_rule == Options::ProgressRule::retained_logic;
      const Instant actual = arc.leaves_start ? *state.actual_start : *state.actual_finish;
      return std::max(retains ? tail : kEver, earliest(arc, actual, *network.times));
    }
  }
  return tail == kEver ? kEver : earliest(arc, tail, *network.times);
}

}  // namespace diaodu::solve
