#include <algorithm>
#include <cassert>

#include "diaodu/solve/circle.h"
#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

class Forward {
 public:
  explicit Forward(const Network& network)
      : network_(network), plan_(*network.plan), floor_(earliest_remaining(plan_)) {
    const std::size_t size = network.size();
    path_.earliest_start.assign(size, kEver);
    path_.earliest_finish.assign(size, kEver);
    path_.driver.assign(size, kByPlanStart);
  }

  ForwardPass run() {
    std::optional<Circle> circle;
    auto knot = network_.knots.begin();
    for (Node node = 0; node < network_.size() && !circle;) {
      if (knot != network_.knots.end() && knot->first == node) {
        circle = settle(*knot);
        node = knot->last;
        ++knot;
      } else {
        update(node);
        ++node;
      }
    }
    path_.finish = floor_;
    for (Node node = 0; node < network_.size() && !circle; ++node) {
      if (network_.role[node] == Network::Role::gate) continue;  // nothing ends there
      path_.finish = std::max(path_.finish, project_end(node));
    }
    path_.horizon = plan_.must_finish.value_or(path_.finish);
    return {std::move(path_), std::move(circle)};
  }

 private:
  /// A node's part in the project's finish.
  Instant project_end(Node node) const {
    const TaskState state = (*network_.states)[network_.task[node]];
    if (state.stage == Stage::completed && network_.role[node] == Network::Role::task) {
      return *state.actual_finish;
    }
    return path_.earliest_finish[node];
  }

  /// Places the node by what is known of its predecessors.  True if it moved.
  bool update(Node node) {
    const bool is_task = network_.role[node] == Network::Role::task;
    const TaskState state = is_task ? (*network_.states)[network_.task[node]] : TaskState{};
    const bool ignores_links =
        state.stage == Stage::started &&
        plan_.options.progress_rule != Options::ProgressRule::retained_logic;

    const bool is_completed = state.stage == Stage::completed;
    Instant start_from = is_completed ? kEver : floor_;
    Instant finish_from = kEver;
    Driver start_driver = is_completed ? kByRecord : kByPlanStart;
    Driver finish_driver = kByPlanStart;
    for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i) {
      const Arc& arc = network_.arcs[i];
      if (ignores_links && arc.arrives_start) continue;
      const Instant head =
          is_completed ? passed_on(i) : earliest_head(network_, path_, i);
      if (arc.arrives_start) {
        if (head > start_from) start_from = head, start_driver = static_cast<Driver>(i);
      } else {
        const Instant bound = arc.is_at_most ? exact_finish(node, head) : head;
        if (bound > finish_from) finish_from = bound, finish_driver = static_cast<Driver>(i);
      }
    }
    if (is_completed) {
      const Instant flow = std::max(start_from, finish_from);
      const bool moved = flow > path_.earliest_finish[node];
      path_.earliest_start[node] = path_.earliest_finish[node] = flow;
      path_.driver[node] = kByRecord;
      return moved;
    }

    const Window& window = network_.window(node);
    if (window.start_from > start_from) start_from = window.start_from, start_driver = kByStartFrom;
    if (window.finish_from > finish_from) {
      finish_from = window.finish_from;
      finish_driver = kByFinishFrom;
    }
    Span span = place(network_, node, start_from, finish_from);
    Driver driver = start_driver;
    if (finish_from != kEver && place(network_, node, start_from, kEver).start < span.start) {
      driver = finish_driver;
    }
    const Calendar& calendar = network_.calendar_of(node);
    if (window.pinned_start != kNever) {
      span.start = network_.work[node] > WorkTime{} ? calendar.next_working(window.pinned_start)
                                                    : window.pinned_start;
      span.finish = calendar.advance(span.start, network_.work[node]);
      driver = kByPin;
    } else if (window.pinned_finish != kNever) {
      span.finish = network_.work[node] > WorkTime{}
                        ? calendar.previous_working(window.pinned_finish)
                        : window.pinned_finish;
      span.start = calendar.retreat(span.finish, network_.work[node]);
      driver = kByPin;
    }
    const bool moved = span.start > path_.earliest_start[node] ||
                       span.finish > path_.earliest_finish[node];
    if (moved || path_.earliest_start[node] == kEver) {
      path_.earliest_start[node] = span.start;
      path_.earliest_finish[node] = span.finish;
      path_.driver[node] = driver;
    }
    return moved;
  }

  /// What a completed node hands down: the demands of unfinished work before it, not the record.
  Instant passed_on(std::uint32_t i) const {
    const Arc& arc = network_.arcs[i];
    const bool is_from_completed =
        network_.role[arc.from] == Network::Role::task &&
        (*network_.states)[network_.task[arc.from]].stage == Stage::completed;
    return is_from_completed ? path_.earliest_finish[arc.from]
                             : earliest_head(network_, path_, i);
  }

  /// The first instant not before `head` at which the node can finish.  An at-most arc allows no more
  /// than it says, so here non-working time is not forgiven.
  Instant exact_finish(Node node, Instant head) const {
    if (network_.work[node] == WorkTime{} || head == kEver) return head;
    const Calendar& calendar = network_.calendar_of(node);
    return calendar.previous_working(head) == head ? head : calendar.advance(head, WorkTime{1});
  }

  std::optional<Circle> settle(const Network::Knot& knot) {
    if (auto circle = structural_circle(network_, knot)) return circle;
    return sweep_until_settled(network_, knot, path_, [this](Node node) { return update(node); });
  }

  const Network& network_;
  const Plan& plan_;
  Instant floor_;
  CriticalPath path_;
};

}  // namespace

Span place(const Network& network, Node node, Instant start_from, Instant finish_from) {
  const Calendar& calendar = network.calendar_of(node);
  const WorkTime work = network.work[node];
  if (work == WorkTime{}) {
    Instant at = std::max(start_from, finish_from);
    if (network.role[node] != Network::Role::task) return {at, at};
    // A start milestone belongs to the morning.  Others stay where their predecessors end; with
    // nothing before them there is no evening to stay in.
    const bool is_first = network.first_in[node] == network.first_in[node + 1];
    const bool snaps =
        network.plan->tasks[network.task[node]].kind == TaskKind::start_milestone ||
        (is_first && finish_from < at);
    if (snaps) at = calendar.next_working(at);
    return {at, at};
  }
  Instant start = calendar.next_working(start_from);
  if (finish_from != kEver) {
    start = std::max(start, calendar.next_working(calendar.retreat(finish_from, work)));
  }
  return {start, calendar.advance(start, work)};
}

ForwardPass forward_pass(const Network& network) { return Forward(network).run(); }

}  // namespace diaodu::solve
