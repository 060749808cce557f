#include "diaodu/forecast/flow.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "diaodu/forecast/vectorised.h"
#include "diaodu/solve/circle.h"
#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/tail.h"

namespace diaodu::forecast {
namespace {

using solve::Arc;
using solve::CriticalPath;
using solve::Hold;
using solve::Network;
using solve::Node;
using solve::Span;
using Stage = TaskState::Stage;

constexpr std::size_t kLanes = FlowEngine::kLanes;
using Lanes = std::array<Minute, kLanes>;

DIAODU_VECTORISED
void raise(Minute* values, const Minute* by, Minute lag) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    values[i] = std::max(values[i], std::min(by[i] + lag, kBeyond));
  }
}

DIAODU_VECTORISED
void add(Minute* values, const Minute* more) {
  for (std::size_t i = 0; i < kLanes; ++i) values[i] = std::min(values[i] + more[i], kBeyond);
}

DIAODU_VECTORISED
void shift(Minute* values, Minute by) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    values[i] = values[i] >= kBeyond ? kBeyond : values[i] + by;
  }
}

/// How far tables reach: trials take longer than planned, rarely more than some times as long.
Instant end_of_tables(const Network& network, const CriticalPath& early, Instant base) {
  const Elapsed planned = std::max(early.finish - base, Elapsed{kMinutesPerDay});
  Instant end = base + Elapsed{planned.count() * 4 + 30 * kMinutesPerDay};
  for (const solve::Window& window : network.windows) {
    if (window.start_from < kNever) end = std::max(end, window.start_from);
  }
  constexpr std::int64_t kMost = kBeyond / 4;  // half a millennium
  return std::min(end, base + Elapsed{kMost});
}

}  // namespace

FlowEngine::FlowEngine(const Network& network)
    : axis_(solve::work_axis(network)),
      mapped_(axis_ ? solve::on_axis(network, *axis_) : Network()),
      clock_network_(network),
      network_(axis_ ? mapped_ : network) {
  const Instant planned = earliest_remaining(*network.plan);
  floor_ = axis_ ? axis_->to_axis(planned) : planned;
  const CriticalPath early = solve::forward_pass(network_, floor_).path;
  base_ = std::min(floor_, network.plan->start);
  if (axis_) base_ = floor_;
  for (Node node = 0; node < network_.size(); ++node) {
    const TaskState state = solve::state_of(network_, node);
    if (state.actual_start) base_ = std::min(base_, *state.actual_start);
  }
  base_ = base_ - Elapsed{7 * kMinutesPerDay};
  end_ = end_of_tables(network_, early, base_);
  for (std::size_t i = 0; i < network_.times->size(); ++i) {
    if (axis_ && i > 0) break;  // no calendar is asked any more
    tables_.emplace_back(network_.times->calendar(i), base_, end_);
  }
  compile(early);
  collect_points();
}

Minute FlowEngine::minute(Instant instant) const {
  return instant >= end_ ? kBeyond : minute_on_axis(instant);
}

Minute FlowEngine::minute_on_axis(Instant instant) const {
  if (instant <= base_) return 0;
  const std::int64_t minutes = (instant - base_).count();
  return minutes >= kBeyond ? kBeyond : static_cast<Minute>(minutes);
}

Instant FlowEngine::axis_instant(Minute date) const {
  return date >= kBeyond ? kNever : base_ + Elapsed{date};
}

Instant FlowEngine::finish_of(Minute date) const {
  const Instant on_axis = axis_instant(date);
  return axis_ ? axis_->from_axis(on_axis) : on_axis;
}

Span FlowEngine::dates(const Block& block, Node node, std::size_t lane,
                       const Points& points) const {
  const std::size_t at = std::size_t{node} * kLanes + lane;
  Span span{finish_of(block.start[at]), finish_of(block.finish[at])};
  if (!axis_ || span.start >= kNever) return span;
  // A point of the axis is closing time and the next morning; see `Axis::from_axis`.
  const bool has_work = block.work[at] > 0;
  if (has_work || nodes_[node].is_of_the_morning)
    span.start = axis_->calendar()->next_working(span.start);
  if (may_end_later(node)) span.start = points[static_cast<std::size_t>(point_of_[node])];
  if (!has_work) span.finish = span.start;
  return span;
}

/// Those without work that are first of all or of the morning, have a date of their own, or follow at once what may lie
/// later than closing time.
void FlowEngine::collect_points() {
  point_of_.assign(network_.size(), -1);
  if (!axis_) return;
  for (Node node = 0; node < network_.size(); ++node) {
    if (network_.work[node] > WorkTime{}) continue;
    const auto into = network_.arcs_into(node);
    const solve::Window& window = network_.window(node);
    const bool has_date =
        solve::is_pinned(window) || window.start_from > kEver || window.finish_from > kEver;
    const auto is_later = [&](const Arc& arc) {
      if (arc.is_at_most != 0 || arc.lag > 0) return false;
      const bool is_known = arc.from < node;  // outside of a knot
      return arc.lag < 0 || arc.leaves_start != 0 || !is_known || point_of_[arc.from] >= 0;
    };
    if (!into.empty() && !nodes_[node].is_of_the_morning && !has_date &&
        std::none_of(into.begin(), into.end(), is_later))
      continue;
    point_of_[node] = static_cast<std::int32_t>(points_.size());
    points_.push_back(node);
  }
}

std::vector<FlowEngine::Points> FlowEngine::points_of(const Block& block, std::size_t lanes) const {
  std::vector<Points> points(lanes);
  for (std::size_t lane = 0; lane < lanes; ++lane) find_points(block, lane, points[lane]);
  return points;
}

void FlowEngine::find_points(const Block& block, std::size_t lane, Points& points) const {
  constexpr int kMostSweeps = 20;  // of knots, inside a night only
  points.assign(points_.size(), kEver);
  bool has_moved = true;
  for (int sweep = network_.knots.empty() ? kMostSweeps - 1 : 0; has_moved && sweep < kMostSweeps;
       ++sweep) {
    has_moved = false;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const Instant at = point(block, points_[i], lane, points);
      has_moved = has_moved || at != points[i];
      points[i] = at;
    }
  }
}

Instant FlowEngine::point(const Block& block, Node node, std::size_t lane,
                          const Points& points) const {
  const Minute minute = block.start[std::size_t{node} * kLanes + lane];
  Instant at = finish_of(minute);
  if (at >= kNever) return at;
  const solve::Window& window = clock_network_.window(node);
  if (solve::is_pinned(window))
    return solve::pinned_span(*axis_->calendar(), WorkTime{}, window).start;
  at = std::max(at, solve::begin_of(clock_network_, node, earliest_remaining(*network_.plan)));
  for (const Instant date : {window.start_from, window.finish_from}) {
    if (axis_->to_axis(date) <= axis_instant(minute)) at = std::max(at, date);
  }
  const Task& task = network_.plan->tasks[network_.task[node]];
  bool is_in_the_morning = nodes_[node].is_of_the_morning &&
                           (task.kind == TaskKind::start_milestone || window.finish_from < at);
  for (const Arc& arc : network_.arcs_into(node)) {
    const std::size_t tail = std::size_t{arc.from} * kLanes + lane;
    const Minute date = (arc.leaves_start ? block.start : block.finish)[tail];
    if (arc.is_at_most != 0 || arc.lag > 0 || date + arc.lag != minute) continue;
    const bool has_work = block.work[tail] > 0;
    if (arc.lag < 0 || (arc.leaves_start != 0 && has_work)) is_in_the_morning = true;
    if (arc.lag == 0 && may_end_later(arc.from))
      at = std::max(at, points[static_cast<std::size_t>(point_of_[arc.from])]);
  }
  return is_in_the_morning ? axis_->calendar()->next_working(at) : at;
}

std::size_t FlowEngine::num_slow() const {
  return static_cast<std::size_t>(
      std::count_if(nodes_.begin(), nodes_.end(), [](const FastNode& node) {
        return node.kind == Kind::slow || node.kind == Kind::in_a_knot;
      }));
}

/// True if its head follows from the tail's date and the lag alone.
bool FlowEngine::is_plain(const Arc& arc) const {
  if (is_settled_[arc.from] != 0) return arc.arrives_start != 0;
  if (arc.is_at_most) return false;
  switch (solve::state_of(network_, arc.from).stage) {
    case Stage::not_started:
      return true;
    case Stage::started:
      return arc.leaves_start == 0;
    case Stage::completed:
      return false;
  }
  return false;
}

FlowEngine::Kind FlowEngine::kind_of(Node node) const {
  const solve::Window& window = network_.window(node);
  const auto arcs = network_.arcs_into(node);
  const bool has_happened = solve::state_of(network_, node).stage != Stage::not_started;
  if (has_happened || solve::is_pinned(window) || window.finish_from > kEver) return Kind::slow;
  if (!std::all_of(arcs.begin(), arcs.end(), [this](const Arc& arc) { return is_plain(arc); }))
    return Kind::slow;
  const bool is_task = network_.role[node] == Network::Role::task;
  const Task& task = network_.plan->tasks[network_.task[node]];
  // A task that is planned with work may have none in some trial; `place` tells the two apart by lane.
  if (is_task && (!task.is_milestone() || network_.work[node] > WorkTime{})) return Kind::work;
  if (!is_task) return Kind::point;
  const bool is_first = arcs.empty();
  return task.kind == TaskKind::start_milestone || is_first ? Kind::morning : Kind::point;
}

/// Completed, or the end of a summary, and all that comes before is completed: the same in every trial.
void FlowEngine::find_settled() {
  is_settled_.assign(network_.size(), 0);
  for (Node node = 0; node < network_.size(); ++node) {
    const auto arcs = network_.arcs_into(node);
    const bool is_done = solve::state_of(network_, node).stage == Stage::completed ||
                         network_.role[node] == Network::Role::end;
    is_settled_[node] = is_done && std::all_of(arcs.begin(), arcs.end(), [&](const Arc& arc) {
                          return is_settled_[arc.from] != 0;
                        });
  }
}

void FlowEngine::compile(const CriticalPath& early) {
  find_settled();
  nodes_.resize(network_.size());
  num_out_.assign(network_.size(), 0);
  for (const Arc& arc : network_.arcs) ++num_out_[arc.from];
  auto knot = network_.knots.begin();
  for (Node node = 0; node < network_.size(); ++node) {
    while (knot != network_.knots.end() && knot->last <= node) ++knot;
    FastNode& fast = nodes_[node];
    const bool is_knotted = knot != network_.knots.end() && knot->first <= node;
    fast.kind = is_knotted ? Kind::in_a_knot : kind_of(node);
    fast.table = network_.calendar[node];
    fast.from =
        minute(std::max(solve::begin_of(network_, node, floor_), network_.window(node).start_from));
    fast.has_finish_arcs = false;
    fast.is_first = network_.arcs_into(node).empty();
    fast.is_of_the_morning = solve::is_of_the_morning(network_, node);
    fast.first_arc = static_cast<std::uint32_t>(arcs_.size());
    if (fast.kind != Kind::slow && fast.kind != Kind::in_a_knot) {
      for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i) {
        const Arc& arc = network_.arcs[i];
        if (is_settled_[arc.from] != 0) {
          fast.from = std::max(fast.from, minute(solve::earliest_head(network_, early, i)));
          continue;
        }
        arcs_.push_back(
            {arc.from, arc.lag, arc.calendar, arc.leaves_start != 0, arc.arrives_start != 0});
        fast.has_finish_arcs = fast.has_finish_arcs || arc.arrives_start == 0;
      }
    }
    fast.last_arc = static_cast<std::uint32_t>(arcs_.size());
    const auto is_sum = [&](const FastArc& arc) {
      return arc.arrives_start && (arc.lag == 0 || tables_[arc.table].is_always());
    };
    const auto first = arcs_.begin() + fast.first_arc;
    if (fast.kind == Kind::work && tables_[fast.table].is_always() &&
        std::all_of(first, arcs_.end(), is_sum))
      fast.kind = Kind::sums;
  }
}

FlowEngine::Block FlowEngine::make_block() const {
  const std::size_t size = nodes_.size() * kLanes;
  Block block{std::vector<Minute>(size), std::vector<Minute>(size), std::vector<Minute>(size)};
  for (Node node = 0; node < nodes_.size(); ++node) {
    const auto planned = static_cast<Minute>(network_.work[node].count());
    std::fill_n(block.work.begin() + static_cast<std::ptrdiff_t>(node * kLanes), kLanes, planned);
  }
  return block;
}

DIAODU_VECTORISED
void FlowEngine::place_by_sums(const FastNode& node, std::span<const FastArc> arcs, Node number,
                               Block& block) {
  Minute* const starts = block.start.data();
  Minute* const finishes = block.finish.data();
  const std::size_t at = std::size_t{number} * kLanes;
  Lanes from;
  from.fill(node.from);
  for (const FastArc& arc : arcs) {
    const Minute* const tail =
        (arc.leaves_start ? starts : finishes) + std::size_t{arc.from} * kLanes;
    const Minute lag = arc.lag;
    for (std::size_t i = 0; i < kLanes; ++i)
      from[i] = std::max(from[i], std::min(tail[i] + lag, kBeyond));
  }
  const Minute* __restrict const work = block.work.data() + at;
  Minute* __restrict const start = starts + at;
  Minute* __restrict const finish = finishes + at;
  for (std::size_t i = 0; i < kLanes; ++i) {
    start[i] = from[i];
    finish[i] = std::min(from[i] + work[i], kBeyond);
  }
}

void FlowEngine::place(const FastNode& node, Node number, Block& block) const {
  Lanes start_from;
  Lanes finish_from;
  start_from.fill(node.from);
  if (node.has_finish_arcs) finish_from.fill(0);
  for (std::uint32_t i = node.first_arc; i < node.last_arc; ++i) {
    const FastArc& arc = arcs_[i];
    const Minute* const tail =
        (arc.leaves_start ? block.start : block.finish).data() + std::size_t{arc.from} * kLanes;
    Minute* const head = arc.arrives_start ? start_from.data() : finish_from.data();
    const CalendarTable& table = tables_[arc.table];
    if (arc.lag == 0 || table.is_always()) {
      raise(head, tail, arc.lag);
      continue;
    }
    Lanes moved;
    std::copy_n(tail, kLanes, moved.begin());
    table.worked(moved);
    // Back to the beginning of a working minute, forward to the end of one.
    shift(moved.data(), arc.lag > 0 ? arc.lag : arc.lag + 1);
    table.reached(moved);
    if (arc.lag < 0) shift(moved.data(), -1);
    raise(head, moved.data(), 0);
  }
  const std::size_t at = std::size_t{number} * kLanes;
  Minute* const start = block.start.data() + at;
  Minute* const finish = block.finish.data() + at;
  const Minute* const work = block.work.data() + at;
  const CalendarTable& table = tables_[node.table];
  if (node.kind != Kind::work) {
    if (node.has_finish_arcs) raise(start_from.data(), finish_from.data(), 0);
    if (node.kind == Kind::morning && !table.is_always()) {
      table.worked(start_from);
      shift(start_from.data(), 1);
      table.reached(start_from);
      shift(start_from.data(), -1);
    }
    std::copy_n(start_from.begin(), kLanes, start);
    std::copy_n(start_from.begin(), kLanes, finish);
    return;
  }
  if (table.is_always()) {
    if (node.has_finish_arcs) {
      for (std::size_t i = 0; i < kLanes; ++i) {
        start_from[i] = std::max(start_from[i], finish_from[i] - work[i]);
      }
    }
    std::copy_n(start_from.begin(), kLanes, start);
    add(start_from.data(), work);
    std::copy_n(start_from.begin(), kLanes, finish);
    return;
  }
  const Lanes asked = start_from;
  const Lanes asked_finish = node.has_finish_arcs ? finish_from : Lanes{};
  table.worked(start_from);
  if (node.has_finish_arcs) {
    table.worked(finish_from);
    for (std::size_t i = 0; i < kLanes; ++i) {
      const bool is_beyond = finish_from[i] >= kBeyond;
      const Minute back = is_beyond ? kBeyond : finish_from[i] - work[i];
      start_from[i] = std::max(start_from[i], back);
    }
  }
  Lanes end = start_from;
  add(end.data(), work);
  table.reached(end);
  shift(start_from.data(), 1);
  table.reached(start_from);
  shift(start_from.data(), -1);
  for (std::size_t i = 0; i < kLanes; ++i) {
    // Without work it stays where its arcs say; with nothing before it, in the morning.
    const bool has_work = work[i] > 0;
    const Minute idle = node.is_first ? start_from[i] : std::max(asked[i], asked_finish[i]);
    start[i] = has_work ? start_from[i] : idle;
    finish[i] = has_work ? end[i] : idle;
  }
}

void FlowEngine::place_slowly(Node first, Node last, Block& block, Scratch& scratch) const {
  Network& network = scratch.network;
  CriticalPath& path = scratch.path;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    bool is_beyond = false;
    for (Node node = first; node < last; ++node) {
      network.work[node] = WorkTime{block.work[std::size_t{node} * kLanes + lane]};
      path.earliest_start[node] = path.earliest_finish[node] = kEver;
      for (const Arc& arc : network.arcs_into(node)) {
        if (arc.from >= first && arc.from < last) continue;
        const std::size_t at = std::size_t{arc.from} * kLanes + lane;
        path.earliest_start[arc.from] = axis_instant(block.start[at]);
        path.earliest_finish[arc.from] = axis_instant(block.finish[at]);
        is_beyond = is_beyond || block.finish[at] >= kBeyond;
      }
    }
    is_beyond = is_beyond || !solve::place_nodes(network, floor_, first, last, path);
    if (is_beyond) {  // the whole trial will be done again
      for (Node node = first; node < last; ++node) {
        const std::size_t at = std::size_t{node} * kLanes + lane;
        block.start[at] = block.finish[at] = kBeyond;
      }
      continue;
    }
    for (Node node = first; node < last; ++node) {
      const std::size_t at = std::size_t{node} * kLanes + lane;
      block.start[at] = minute(path.earliest_start[node]);
      block.finish[at] = minute(path.earliest_finish[node]);
    }
  }
}

/// A trial that outran the tables, by the calendars themselves.
void FlowEngine::repeat_exactly(std::size_t lane, Block& block, Scratch& scratch) const {
  Network& network = scratch.network;
  for (Node node = 0; node < nodes_.size(); ++node) {
    network.work[node] = WorkTime{block.work[std::size_t{node} * kLanes + lane]};
  }
  const solve::ForwardPass pass = solve::forward_pass(network, floor_);
  const auto far = [&](Instant instant) {
    const bool is_date = !pass.circle && instant < kNever;
    const std::int64_t minutes = is_date ? (instant - base_).count() : kBeyond;
    return static_cast<Minute>(std::clamp<std::int64_t>(minutes, 0, kBeyond));
  };
  for (Node node = 0; node < nodes_.size(); ++node) {
    const std::size_t at = std::size_t{node} * kLanes + lane;
    block.start[at] = far(pass.path.earliest_start[node]);
    block.finish[at] = far(pass.path.earliest_finish[node]);
  }
}

void FlowEngine::run(Block& block, Scratch& scratch) const {
  if (scratch.network.size() != nodes_.size()) {
    scratch.network = network_;
    scratch.path.earliest_start.assign(nodes_.size(), kEver);
    scratch.path.earliest_finish.assign(nodes_.size(), kEver);
    scratch.path.driver.assign(nodes_.size(), solve::kByPlanStart);
  }
  auto knot = network_.knots.begin();
  for (Node node = 0; node < nodes_.size();) {
    switch (nodes_[node].kind) {
      case Kind::in_a_knot:
        while (knot->last <= node) ++knot;
        place_slowly(knot->first, knot->last, block, scratch);
        node = knot->last;
        continue;
      case Kind::slow:
        place_slowly(node, node + 1, block, scratch);
        break;
      case Kind::sums: {
        const FastNode& fast = nodes_[node];
        place_by_sums(fast,
                      std::span(arcs_).subspan(fast.first_arc, fast.last_arc - fast.first_arc),
                      node, block);
        break;
      }
      default:
        place(nodes_[node], node, block);
    }
    ++node;
  }
  // What lies beyond the tables pushes all that follows it there too.
  Lanes latest{};
  for (Node node = 0; node < nodes_.size(); ++node) {
    if (num_out_[node] == 0)
      raise(latest.data(), block.finish.data() + std::size_t{node} * kLanes, 0);
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    if (latest[lane] >= kBeyond) repeat_exactly(lane, block, scratch);
  }
}

}  // namespace diaodu::forecast
