#include <algorithm>

#include "diaodu/solve/generate.h"
#include "diaodu/solve/tail.h"

// Forward-backward improvement of a `Generator`: its schedule shifted to the right, late ones and the baseline apart.

namespace diaodu::solve {
namespace {

/// The last place of the node that ends by `finish_by` and starts by `start_by`.
Span place_late(const Network& network, const Axis& axis, Node node, Instant start_by,
                Instant finish_by) {
  const WorkTime work = network.work[node];
  const Calendar& calendar = network.calendar_of(node);
  if (work == WorkTime{}) {
    Instant at = std::min(start_by, finish_by);
    // Where `place` would move it on to the next morning, it has to come before the night.
    if (!is_of_the_morning(network, node)) return {at, at};
    if (!axis.is_clock()) {
      if (!axis.calendar()->is_working(axis.from_axis(at))) at = at - Elapsed{1};
    } else if (!calendar.is_working(at)) {
      at = calendar.previous_working(at) - Elapsed{1};
    }
    return {at, at};
  }
  Instant finish = calendar.previous_working(finish_by);
  if (start_by != kNever) {
    finish = std::min(finish, calendar.advance(calendar.next_working(start_by), work));
  }
  return {calendar.retreat(finish, work), finish};
}

}  // namespace

void Generator::order_by_start(Genes& genes) {
  std::sort(genes.order.begin(), genes.order.end(), [this](Node a, Node b) {
    const Instant start_a = path_.earliest_start[a];
    const Instant start_b = path_.earliest_start[b];
    return start_a != start_b ? start_a < start_b : a < b;
  });
  if (!model_.starts_follow_arcs) make_legal(genes.order);
}

Instant Generator::latest_finish() const {
  Instant latest = model_.floor;
  for (Node node = 0; node < model_.size(); ++node) {
    latest = std::max(latest, path_.earliest_finish[node]);
  }
  return latest;
}

void Generator::order_by_latest(Genes& genes) {
  const bool keeps_deadlines = model_.wanted.order.front() == Objective::tardiness;
  shift_right(genes, latest_finish(), keeps_deadlines, false);
  std::sort(genes.order.begin(), genes.order.end(), [this](Node a, Node b) {
    return late_start_[a] != late_start_[b] ? late_start_[a] < late_start_[b] : a < b;
  });
  // Who starts after another starts may end before it, and then has been moved later than it.
  if (!model_.finishes_follow_arcs) make_legal(genes.order);
}

void Generator::approach_baseline(Genes& genes) {
  const Wanted& wanted = model_.wanted;
  const std::size_t rank = wanted.rank(Objective::stability);
  const bool keeps_finish = wanted.rank(Objective::finish) < rank;
  const bool keeps_deadlines = wanted.rank(Objective::tardiness) < rank;
  const Instant last = std::min(model_.give_up_at, wanted.finish_by);
  shift_right(genes, keeps_finish ? latest_finish() : last, keeps_deadlines, true);
  std::sort(genes.order.begin(), genes.order.end(), [this](Node a, Node b) {
    return late_start_[a] != late_start_[b] ? late_start_[a] < late_start_[b] : a < b;
  });
  genes.release.assign(model_.size(), kEver);
  for (Node node = 0; node < model_.size(); ++node) {
    if (wanted.baseline[node] == kNever) continue;
    genes.release[node] = std::min(wanted.baseline[node], late_start_[node]);
  }
  if (!model_.finishes_follow_arcs) make_legal(genes.order);
}

/// Into `late_start_` and `late_finish_`.
void Generator::shift_right(Genes& genes, Instant horizon, bool keeps_deadlines,
                            bool stops_at_baseline) {
  std::sort(genes.order.begin(), genes.order.end(), [this](Node a, Node b) {
    const Instant finish_a = path_.earliest_finish[a];
    const Instant finish_b = path_.earliest_finish[b];
    return finish_a != finish_b ? finish_a > finish_b : a > b;
  });
  free_all();
  late_start_.assign(model_.size(), kNever);
  late_finish_.assign(model_.size(), kNever);
  for (const Node node : genes.order) {
    ++steps_;
    const Way& way = way_of(node);
    Span span{path_.earliest_start[node], path_.earliest_finish[node]};
    if (model_.is_history[node] == 0 && model_.is_fixed_first[node] == 0) {
      const Window& window = network_.window(node);
      Instant finish_by = std::min(horizon, std::max(window.finish_by, span.finish));
      Instant start_by = std::max(window.start_by, span.start);
      if (keeps_deadlines) finish_by = std::min(finish_by, std::max(window.wanted_by, span.finish));
      if (stops_at_baseline)
        start_by = std::min(start_by, std::max(model_.wanted.baseline[node], span.start));
      for (const std::uint32_t i : network_.arcs_out_of(node)) {
        const Arc& arc = network_.arcs[i];
        const Instant head = arc.arrives_start != 0 ? late_start_[arc.to] : late_finish_[arc.to];
        if (head == kNever || model_.is_history[arc.to] != 0) continue;
        Instant& bound = arc.leaves_start != 0 ? start_by : finish_by;
        bound = std::min(bound, latest(arc, head, *network_.times));
      }
      Span late = place_late(network_, model_.axis, node, start_by, finish_by);
      bool moved = true;
      while (moved && late.start > span.start) {
        moved = false;
        for (const Need& need : model_.needs_of(way)) {
          const Instant clear = clear_until(need, node, late);
          if (clear >= late.finish) continue;
          late = place_late(network_, model_.axis, node, start_by, clear);
          moved = true;
          break;
        }
      }
      if (late.start > span.start) span = late;
    }
    late_start_[node] = span.start;
    late_finish_[node] = span.finish;
    for (const Need& need : model_.needs_of(way))
      take(need.resource, node, span.start, span.finish, need.amount);
  }
}

void Generator::delay_late_ones() {
  const Plan& plan = *network_.plan;
  const Instant horizon = latest_finish();
  std::vector<Node> late_ones;
  for (Node node = 0; node < model_.size(); ++node) {
    if (network_.role[node] != Network::Role::task) continue;
    const Task& task = plan.tasks[network_.task[node]];
    const bool wants = task.constraint.kind == ConstraintKind::as_late_as_possible ||
                       task.second_constraint.kind == ConstraintKind::as_late_as_possible;
    // Who fills a reservoir stays: others may have drawn on it since.
    const auto takes = model_.takes_of(way_of(node));
    const bool fills = std::any_of(takes.begin(), takes.end(),
                                   [](const Need& need) { return need.amount < Amount{}; });
    const bool is_kept = !model_.wanted.baseline.empty() && model_.wanted.baseline[node] != kNever;
    const bool is_fixed =
        is_kept || model_.is_history[node] != 0 || model_.is_fixed_first[node] != 0;
    if (wants && !fills && !is_fixed) late_ones.push_back(node);
  }
  std::sort(late_ones.begin(), late_ones.end(), [this](Node a, Node b) {
    return std::pair{path_.earliest_finish[a], a} > std::pair{path_.earliest_finish[b], b};
  });
  for (const Node node : late_ones) {
    const Window& window = network_.window(node);
    const Way& way = way_of(node);
    const Span span{path_.earliest_start[node], path_.earliest_finish[node]};
    Instant finish_by = std::min({horizon, std::max(window.finish_by, span.finish),
                                  std::max(window.wanted_by, span.finish)});
    Instant start_by = std::max(window.start_by, span.start);
    for (const std::uint32_t i : network_.arcs_out_of(node)) {
      const Arc& arc = network_.arcs[i];
      if (model_.is_history[arc.to] != 0) continue;
      const Instant head =
          arc.arrives_start != 0 ? path_.earliest_start[arc.to] : path_.earliest_finish[arc.to];
      Instant& bound = arc.leaves_start != 0 ? start_by : finish_by;
      bound = std::min(bound, latest(arc, head, *network_.times));
    }
    const std::vector<Assignment> assigned = assignments_;
    give_back(way, node, span);
    Span late = place_late(network_, model_.axis, node, start_by, finish_by);
    // Back from the latest place until everything it needs is free there.
    const auto is_free = [&] {
      return late.start <= window.start_within && next_try(way, node, late) <= late.start;
    };
    while (late.start > span.start && !is_free()) {
      Instant before = late.finish - Elapsed{1};
      for (const Need& need : model_.needs_of(way))
        before = std::min(before, clear_until(need, node, late));
      late = place_late(network_, model_.axis, node, start_by, before);
    }
    if (late.start <= span.start) {
      late = span;
      restore(node, assigned);
    } else {
      late = place(network_, node, late.start, kEver);
    }
    path_.earliest_start[node] = late.start;
    path_.earliest_finish[node] = late.finish;
    if (late.start > span.start && raises_release(node)) {  // a night that a milestone cannot cross
      late = span;
      restore(node, assigned);
      path_.earliest_start[node] = late.start;
      path_.earliest_finish[node] = late.finish;
    }
    book(way, node, late);
  }
}

/// The same people again for a node that is about to be booked where it was.
void Generator::restore(Node node, const std::vector<Assignment>& assigned) {
  tentative_.clear();
  for (const Assignment& each : assigned) {
    if (network_.plan->demands[each.demand].task == network_.task[node]) tentative_.push_back(each);
  }
}

Generator::Hindrance Generator::hindrance(Node node) {
  Hindrance result{.hold = hold_of(node)};
  const Span span{path_.earliest_start[node], path_.earliest_finish[node]};
  result.alone = place(network_, node, result.hold.start_from, result.hold.finish_from);
  if (result.alone.start >= span.start) return result;
  const Way& way = way_of(node);
  const bool has_skills = way.skill_needs.first != way.skill_needs.last;
  const std::vector<Assignment> assigned = has_skills ? assignments_ : std::vector<Assignment>{};
  give_back(way, node, span);
  Span at = result.alone;
  while (at.start < span.start) {
    const Instant retry = next_try(way, node, at);
    if (retry <= at.start) {
      result.is_free = true;
      break;
    }
    result.blocked = Blocked{blocking_renewable_, blocking_, {at.start, retry}};
    at = place(network_, node, retry, result.hold.finish_from);
  }
  restore(node, assigned);
  book(way, node, span);
  return result;
}

}  // namespace diaodu::solve
