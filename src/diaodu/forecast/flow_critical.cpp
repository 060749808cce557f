#include <algorithm>
#include <array>

#include "diaodu/forecast/flow.h"
#include "diaodu/solve/tail.h"

namespace diaodu::forecast {
namespace {

using solve::Arc;
using solve::Node;
using Stage = TaskState::Stage;

using Lanes = std::array<Minute, FlowEngine::kLanes>;

std::uint64_t equal_lanes(const Minute* one, const Minute* other) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < FlowEngine::kLanes; ++i)
    bits |= std::uint64_t{one[i] == other[i]} << i;
  return bits;
}

}  // namespace

Minute FlowEngine::minute_of(Instant instant) const {
  return minute(axis_ ? axis_->to_axis(instant) : instant);
}

void FlowEngine::latest(const Block& block, std::span<const Node> nodes,
                        std::span<Minute> out) const {
  for (const Node node : nodes) {
    const Minute* const finish = block.finish.data() + std::size_t{node} * FlowEngine::kLanes;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::max(out[i], finish[i]);
  }
}

/// Where the arc lets its head begin (or end), as `place` works it out.
void FlowEngine::head_of(const FastArc& arc, const Block& block, std::span<Minute> head) const {
  const Minute* const tail = (arc.leaves_start ? block.start : block.finish).data() +
                             std::size_t{arc.from} * FlowEngine::kLanes;
  const CalendarTable& table = tables_[arc.table];
  std::copy_n(tail, FlowEngine::kLanes, head.begin());
  if (arc.lag == 0) return;
  const Minute far = minute(end_ - Elapsed{1});
  if (table.is_always()) {
    for (Minute& each : head) each += arc.lag;
    return;
  }
  for (Minute& each : head) each = std::clamp(each, 0, far);
  table.worked(head);
  for (Minute& each : head) each += arc.lag > 0 ? arc.lag : arc.lag + 1;
  table.reached(head);
  if (arc.lag < 0) {
    for (Minute& each : head) each -= 1;
  }
}

void FlowEngine::hand_back(Node node, const Block& block, std::vector<std::uint64_t>& bits) const {
  const FastNode& fast = nodes_[node];
  const CalendarTable& table = tables_[fast.table];
  const bool asks_calendar = fast.kind != Kind::point && !table.is_always();
  const Minute far = minute(end_ - Elapsed{1});
  const auto worked = [&](Lanes& dates) {
    if (!asks_calendar) return;
    for (Minute& each : dates) each = std::clamp(each, 0, far);
    table.worked(dates);
  };
  Lanes start;
  Lanes finish;
  std::copy_n(block.start.begin() + static_cast<std::ptrdiff_t>(node * FlowEngine::kLanes),
              FlowEngine::kLanes, start.begin());
  std::copy_n(block.finish.begin() + static_cast<std::ptrdiff_t>(node * FlowEngine::kLanes),
              FlowEngine::kLanes, finish.begin());
  worked(start);
  if (fast.has_finish_arcs) worked(finish);
  for (std::uint32_t i = fast.first_arc; i < fast.last_arc; ++i) {
    const FastArc& arc = arcs_[i];
    Lanes head;
    head_of(arc, block, head);
    worked(head);
    const Lanes& there = arc.arrives_start ? start : finish;
    bits[arc.from] |= bits[node] & equal_lanes(head.data(), there.data());
  }
}

/// By `solve`'s own rules, lane by lane.  True if it reached anything new.
bool FlowEngine::hand_back_slowly(Node node, const Block& block,
                                  std::vector<std::uint64_t>& bits) const {
  const TaskState state = solve::state_of(network_, node);
  if (state.stage == Stage::completed || solve::is_pinned(network_.window(node))) return false;
  const Calendar& calendar = network_.calendar_of(node);
  bool is_new = false;
  for (const Arc& arc : network_.arcs_into(node)) {
    if (arc.arrives_start && solve::ignores_links(network_, state)) continue;
    const Stage stage = solve::state_of(network_, arc.from).stage;
    if (stage == Stage::completed || (stage == Stage::started && arc.leaves_start)) continue;
    for (std::size_t lane = 0; lane < FlowEngine::kLanes; ++lane) {
      const std::uint64_t bit = std::uint64_t{1} << lane;
      if ((bits[node] & bit) == 0 || (bits[arc.from] & bit) != 0) continue;
      const std::size_t from = std::size_t{arc.from} * FlowEngine::kLanes + lane;
      const std::size_t to = std::size_t{node} * FlowEngine::kLanes + lane;
      const Instant tail = axis_instant(arc.leaves_start ? block.start[from] : block.finish[from]);
      const Instant there = axis_instant(arc.arrives_start ? block.start[to] : block.finish[to]);
      const Instant head = solve::earliest(arc, tail, *network_.times);
      const bool is_tight = head == there || (head < kNever && there < kNever &&
                                              calendar.work_between(head, there) == WorkTime{});
      if (!is_tight) continue;
      bits[arc.from] |= bit;
      is_new = true;
    }
  }
  return is_new;
}

void FlowEngine::find_critical(const Block& block, std::span<const Node> ends,
                               std::vector<std::uint64_t>& bits) const {
  bits.assign(nodes_.size(), 0);
  Lanes last{};
  latest(block, ends, last);
  std::uint64_t told = 0;
  const Minute far = minute(end_ - Elapsed{1});
  for (std::size_t i = 0; i < FlowEngine::kLanes; ++i) told |= std::uint64_t{last[i] <= far} << i;
  for (const Node node : ends) {
    bits[node] |= told & equal_lanes(block.finish.data() + std::size_t{node} * FlowEngine::kLanes,
                                     last.data());
  }
  auto knot = network_.knots.rbegin();
  for (Node node = static_cast<Node>(nodes_.size()); node-- > 0;) {
    if (nodes_[node].kind == Kind::in_a_knot) {
      while (knot != network_.knots.rend() && knot->first > node) ++knot;
      for (bool is_new = true; is_new;) {
        is_new = false;
        for (Node each = knot->last; each-- > knot->first;)
          is_new = (bits[each] != 0 && hand_back_slowly(each, block, bits)) || is_new;
      }
      node = knot->first;
    } else if (bits[node] == 0) {
      continue;
    } else if (nodes_[node].kind == Kind::slow) {
      hand_back_slowly(node, block, bits);
    } else {
      hand_back(node, block, bits);
    }
  }
}

}  // namespace diaodu::forecast
