#include "diaodu/solve/problem.h"

#include <algorithm>
#include <numeric>

#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Time = Problem::Time;

/// Relaxes arcs until nothing moves; false if that never ends (Bellman & Ford).
template <class Relax>
bool settle(std::size_t size, Relax&& relax) {
  for (std::size_t sweep = 0; sweep <= size; ++sweep) {
    if (!relax()) return true;
  }
  return false;
}

}  // namespace

void lay_out(Problem& problem) {
  const auto by_end = [&](auto end, std::vector<std::uint32_t>& arcs,
                          std::vector<std::uint32_t>& first) {
    first.assign(problem.size() + 1, 0);
    for (const auto& precedence : problem.precedences) ++first[end(precedence) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    arcs.resize(problem.precedences.size());
    std::vector<std::uint32_t> next = first;
    for (std::uint32_t i = 0; i < arcs.size(); ++i) arcs[next[end(problem.precedences[i])]++] = i;
  };
  by_end([](const Problem::Precedence& arc) { return arc.to; }, problem.in_arcs, problem.first_in);
  by_end([](const Problem::Precedence& arc) { return arc.from; }, problem.out_arcs,
         problem.first_out);
}

std::vector<Time> earliest_starts(const Problem& problem) {
  std::vector<Time> start = problem.earliest;
  bool is_beyond = false;
  const auto sweep = [&] {
    bool moved = false;
    for (const std::uint32_t task : problem.along) {
      for (const std::uint32_t i : problem.into(task)) {
        const auto& arc = problem.precedences[i];
        const Time bound = problem.bound_by(arc, start[arc.from]);
        if (bound <= start[task]) continue;
        start[task] = bound;
        moved = true;
        is_beyond = is_beyond || bound > problem.horizon;
      }
    }
    return moved && problem.has_circles && !is_beyond;
  };
  if (problem.is_plain()) {
    if (!settle(problem.size(), sweep)) return {};
  } else {
    // A circle may go round more often than there are tasks until calendars let it hold.
    while (sweep()) {
    }
  }
  for (std::size_t task = 0; task < problem.size(); ++task) {
    if (start[task] > problem.latest[task]) return {};
  }
  return start;
}

std::vector<Time> latest_starts(const Problem& problem, Time horizon) {
  std::vector<Time> latest = problem.latest;
  if (problem.is_plain()) {
    const std::vector<Time> tail = tails(problem);
    for (std::size_t task = 0; task < problem.size(); ++task)
      latest[task] = std::min(latest[task], horizon - tail[task]);
    return latest;
  }
  for (std::size_t task = 0; task < problem.size(); ++task) {
    const Hours& own = problem.hours_of(task);
    const Time duration = problem.duration[task];
    const Time last = duration > 0 ? own.work(horizon) - duration : own.work(horizon + 1) - 1;
    latest[task] = std::min(latest[task], last);
  }
  return latest;
}

std::vector<Time> tails(const Problem& problem) {
  std::vector<Time> tail = problem.duration;
  settle(problem.size(), [&] {
    bool moved = false;
    for (auto task = problem.along.rbegin(); task != problem.along.rend(); ++task) {
      for (const std::uint32_t i : problem.out_of(*task)) {
        const auto& arc = problem.precedences[i];
        if (tail[arc.to] + arc.gap <= tail[*task]) continue;
        tail[*task] = tail[arc.to] + arc.gap;
        moved = true;
      }
    }
    return moved && problem.has_circles;
  });
  return tail;
}

Time horizon_of(const Problem& problem) {
  if (!problem.is_plain()) return problem.horizon;
  std::int64_t sum = 0;
  for (const Time duration : problem.duration) sum += duration;
  for (const auto& arc : problem.precedences)
    sum += std::max(0, arc.gap - problem.duration[arc.from]);
  Time last = 0;
  for (const Time earliest : problem.earliest) last = std::max(last, earliest);
  for (const auto& block : problem.blocks) {
    const bool is_for_ever = block.to == Problem::kNoLimit;
    last = std::max(last, is_for_ever ? block.from : block.to);
  }
  return static_cast<Time>(std::min<std::int64_t>(sum + last + 1, Problem::kNoLimit));
}

}  // namespace diaodu::solve
