#include <algorithm>
#include <cassert>

#include "diaodu/solve/circle.h"
#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/tail.h"

// The early dates of `critical_path`.

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

class Forward {
 public:
  Forward(const Network& network, Instant floor, CriticalPath& path)
      : network_(network), plan_(*network.plan), floor_(floor), path_(path) {}

  std::optional<Circle> run() {
    std::optional<Circle> circle = place(0, static_cast<Node>(network_.size()));
    path_.finish = floor_;
    for (Node node = 0; node < network_.size() && !circle; ++node) {
      if (network_.role[node] == Network::Role::gate) continue;  // nothing ends there
      path_.finish = std::max(path_.finish, project_end(node));
    }
    path_.horizon = plan_.must_finish.value_or(path_.finish);
    return circle;
  }

  std::optional<Circle> place(Node first, Node last) {
    auto knot =
        std::lower_bound(network_.knots.begin(), network_.knots.end(), first,
                         [](const Network::Knot& each, Node node) { return each.first < node; });
    for (Node node = first; node < last;) {
      if (knot != network_.knots.end() && knot->first == node) {
        if (auto circle = settle(*knot)) return circle;
        node = knot->last;
        ++knot;
      } else {
        update(node);
        ++node;
      }
    }
    return {};
  }

 private:
  /// A node's part in the project's finish.
  Instant project_end(Node node) const {
    const TaskState state = state_of(network_, node);
    if (state.stage == Stage::completed) return *state.actual_finish;
    return path_.earliest_finish[node];
  }

  /// Places the node by what is known of its predecessors.  True if it moved.
  bool update(Node node) {
    const TaskState state = state_of(network_, node);
    if (state.stage == Stage::completed) return pass_on(node);
    Hold hold{.start_from = begin_of(network_, node, floor_)};
    hold_by_arcs(network_, path_, node, ignores_links(network_, state), hold);
    const Window& window = network_.window(node);
    hold_by_window(window, hold);
    Span span = solve::place(network_, node, hold.start_from, hold.finish_from);
    Driver driver = hold.start_driver;
    if (hold.finish_from != kEver &&
        solve::place(network_, node, hold.start_from, kEver).start < span.start) {
      driver = hold.finish_driver;
    }
    if (is_pinned(window)) {
      span = pinned_span(network_, node, window);
      driver = kByPin;
    }
    const bool moved =
        span.start > path_.earliest_start[node] || span.finish > path_.earliest_finish[node];
    if (moved || path_.earliest_start[node] == kEver) {
      path_.earliest_start[node] = span.start;
      path_.earliest_finish[node] = span.finish;
      path_.driver[node] = driver;
    }
    return moved;
  }

  /// What a completed node hands down: the demands of unfinished work before it, not the record.
  bool pass_on(Node node) {
    Instant flow = kEver;
    Driver driver = kByRecord;
    for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i) {
      const Node from = network_.arcs[i].from;
      const bool is_completed = state_of(network_, from).stage == Stage::completed;
      const Instant head =
          is_completed ? path_.earliest_finish[from] : earliest_head(network_, path_, i);
      if (head <= flow) continue;
      flow = head;
      driver = static_cast<Driver>(i);
    }
    const bool moved = flow > path_.earliest_finish[node];
    path_.earliest_start[node] = path_.earliest_finish[node] = flow;
    // While a knot settles, whoever looks for a circle must see through what has happened.
    path_.driver[node] = is_in_knot_ ? driver : kByRecord;
    return moved;
  }

  std::optional<Circle> settle(const Network::Knot& knot) {
    if (auto circle = structural_circle(network_, knot)) return circle;
    is_in_knot_ = true;
    auto circle =
        sweep_until_settled(network_, knot, path_, [this](Node node) { return update(node); });
    is_in_knot_ = false;
    for (Node node = knot.first; node < knot.last; ++node) {
      if (state_of(network_, node).stage == Stage::completed) path_.driver[node] = kByRecord;
    }
    return circle;
  }

  const Network& network_;
  const Plan& plan_;
  Instant floor_;
  CriticalPath& path_;
  bool is_in_knot_ = false;
};

}  // namespace

Span place(const Network& network, Node node, Instant start_from, Instant finish_from) {
  const Calendar& calendar = network.calendar_of(node);
  const WorkTime work = network.work[node];
  if (work == WorkTime{}) {
    Instant at = std::max(start_from, finish_from);
    if (network.role[node] != Network::Role::task) return {at, at};
    const bool is_start = network.plan->tasks[network.task[node]].kind == TaskKind::start_milestone;
    if (is_of_the_morning(network, node) && (is_start || finish_from < at))
      at = calendar.next_working(at);
    return {at, at};
  }
  Instant start = calendar.next_working(start_from);
  if (finish_from != kEver) {
    start = std::max(start, calendar.next_working(calendar.retreat(finish_from, work)));
  }
  return {start, calendar.advance(start, work)};
}

Span place_by_arc(const Network& network, const CriticalPath& path, std::uint32_t i) {
  const Arc& arc = network.arcs[i];
  const Instant head = earliest_head(network, path, i);
  if (arc.arrives_start != 0) return place(network, arc.to, head, kEver);
  return place(network, arc.to, kEver,
               arc.is_at_most != 0 ? exact_finish(network, arc.to, head) : head);
}

Elapsed broken_by_pin(const Network& network, const CriticalPath& path, Node node) {
  const Window& window = network.window(node);
  const bool takes_time = network.work[node] > WorkTime{};
  const Instant start = path.earliest_start[node];
  const Instant finish = path.earliest_finish[node];
  const auto last_work = [&](Instant date) {
    return takes_time && date > kEver ? network.calendar_of(node).previous_working(date) : date;
  };
  Elapsed sum;
  const auto not_before = [&](Instant date, Instant limit) {
    if (limit > kEver && date < limit) sum += limit - date;
  };
  not_before(start, window.start_from);
  not_before(finish, last_work(window.finish_from));
  if (window.pinned_start != kNever && window.pinned_finish != kNever) {
    not_before(finish, last_work(window.pinned_finish));
    not_before(window.pinned_finish, finish);
  }
  for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
    const Arc& arc = network.arcs[i];
    if (arc.is_at_most == 0 || network.role[arc.from] != Network::Role::task) continue;
    not_before(start,
               takes_time ? place_by_arc(network, path, i).start : earliest_head(network, path, i));
  }
  return sum;
}

ForwardPass forward_pass(const Network& network, std::optional<Instant> floor) {
  ForwardPass pass;
  pass.path.earliest_start.assign(network.size(), kEver);
  pass.path.earliest_finish.assign(network.size(), kEver);
  pass.path.driver.assign(network.size(), kByPlanStart);
  const Instant from = floor.value_or(network.now);
  pass.circle = Forward(network, from, pass.path).run();
  return pass;
}

bool place_nodes(const Network& network, Instant floor, Node first, Node last, CriticalPath& path) {
  return !Forward(network, floor, path).place(first, last);
}

}  // namespace diaodu::solve
