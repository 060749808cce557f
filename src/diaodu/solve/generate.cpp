#include "diaodu/solve/generate.h"

#include <algorithm>
#include <functional>
#include <queue>

#include "diaodu/solve/objectives.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

/// One unit too much of something that is used up, or a pinned node without room, weighs like so many minutes.
constexpr std::int64_t kMinutesPerExcess = 1000;

/// Who looks for a place from `from` on and has found none here will find none.  Where people come and go by
/// calendars that never meet, the search would walk on for years; but once all bookings (until `finishes`) and
/// exceptions are over, what one week does not offer no later one does.  (Two, so that none is cut short.)
Instant hopeless_from(const Model& model, const std::vector<Instant>& finishes, Instant from) {
  constexpr Elapsed kTwoWeeks{2 * kMinutesPerWeek};
  Instant last = std::max(from, model.settled_from);
  for (const Instant finish : finishes) last = std::max(last, finish);
  return last >= model.give_up_at ? model.give_up_at : std::min(model.give_up_at, last + kTwoWeeks);
}

/// What changes while the line stands still does not change on it.
std::vector<CapacityStep> capacity_on(const Line& line, const std::vector<CapacityStep>& capacity) {
  std::vector<CapacityStep> steps;
  for (const CapacityStep& step : capacity) {
    const Instant from = line.point_of(step.from);
    if (!steps.empty() && steps.back().from == from) steps.pop_back();
    if (steps.empty() || steps.back().amount != step.amount) steps.push_back({from, step.amount});
  }
  return steps;
}

}  // namespace

Generator::Generator(const Model& model)
    : model_(model),
      network_(model.network),
      way_(model.size(), 0),
      is_placed_(model.size(), 0),
      release_(model.size(), kEver),
      timelines_(model.renewables.size()),
      levels_(model.stocks.size()),
      left_(model.stocks.size()),
      late_start_(model.size()),
      late_finish_(model.size()),
      rank_(model.size()) {
  const auto is_marked = [](char mark) { return mark != 0; };
  // Each raises one start; of many largest lags each may ask for its own.
  most_restarts_ = num_restarts(*network_.plan);
  has_first_ = std::any_of(model.is_history.begin(), model.is_history.end(), is_marked) ||
               std::any_of(model.is_fixed_first.begin(), model.is_fixed_first.end(), is_marked);
  path_.earliest_start.assign(model.size(), kEver);
  path_.earliest_finish.assign(model.size(), kEver);
  for (const Renewable& renewable : model.renewables) {
    first_line_.push_back(static_cast<std::uint32_t>(line_capacity_.size()));
    for (const Line& line : model.lines_of(renewable))
      line_capacity_.push_back(capacity_on(line, renewable.capacity));
  }
  line_timelines_.resize(line_capacity_.size());
  asked_.resize(model.lines.size());
}

Cost Generator::forward(const Genes& genes) {
  if (model_.has_choice_of_ways) {
    for (Node node = 0; node < model_.size(); ++node) {
      way_[node] = genes.way[node];
      if (model_.ways_of(node).size() > 1) set_mode(network_, node, way_of(node).mode);
    }
  }
  if (model_.has_knots) release_ = model_.early.earliest_start;
  if (!genes.release.empty()) {
    release_ = genes.release;
  } else if (!model_.has_knots) {
    std::fill(release_.begin(), release_.end(), kEver);
  }
  for (int restart = 0; restart < most_restarts_; ++restart) {
    reset();
    if (place_all(genes)) return cost();
    if (stuck_ != kNoNode) break;
  }
  return {.broken = Cost::kNothingFits};
}

void Generator::reset() {
  stuck_ = kNoNode;
  num_crowded_ = 0;
  std::fill(is_placed_.begin(), is_placed_.end(), 0);
  std::fill(path_.earliest_start.begin(), path_.earliest_start.end(), kEver);
  std::fill(path_.earliest_finish.begin(), path_.earliest_finish.end(), kEver);
  assignments_.clear();
  free_all();
  for (std::size_t i = 0; i < left_.size(); ++i) {
    const Stock& stock = model_.stocks[i];
    if (stock.is_reservoir) levels_[i].reset({{kEver, stock.amount}});
    left_[i].clear();
    for (const Availability& row : stock.rows) left_[i].push_back(row.capacity);
    left_[i].push_back(stock.amount);
  }
}

/// All people and machines.
void Generator::free_all() {
  for (std::size_t i = 0; i < timelines_.size(); ++i)
    timelines_[i].reset(model_.renewables[i].capacity);
  for (std::size_t i = 0; i < line_timelines_.size(); ++i)
    line_timelines_[i].reset(line_capacity_[i]);
}

/// What has happened, what is pinned, and what is under way and waits for nobody.  False as `place_all`.
bool Generator::place_first(const Genes& genes) {
  for (Node node = 0; node < model_.size(); ++node) {
    if (model_.is_history[node] != 0) {
      place_node(node);
    } else if (has_begun(node)) {
      draw(way_of(node), *state_of(network_, node).actual_start, false);
    }
  }
  for (const Node node : genes.order) {
    if (!is_pinned(network_.window(node)) || is_placed_[node] != 0) continue;
    if (!place_and_raise(node)) return false;
  }
  for (const Node node : genes.order) {  // summaries may stand between those under way
    const bool is_first =
        model_.is_fixed_first[node] != 0 || network_.role[node] != Network::Role::task;
    if (is_first && is_placed_[node] == 0 && is_ready(node) && !place_and_raise(node)) return false;
  }
  return true;
}

/// False if the node finds no place (`stuck_`), or raises the limit of another.
bool Generator::place_and_raise(Node node) {
  return place_node(node) && !(model_.has_knots && raises_release(node));
}

/// False if generation has to begin anew, or (`stuck_`) cannot end well.
bool Generator::place_all(const Genes& genes) {
  if (has_first_ && !place_first(genes)) return false;
  if (!model_.has_reservoirs) {
    for (const Node node : genes.order) {
      if (is_placed_[node] == 0 && !place_and_raise(node)) return false;
    }
    return true;
  }
  // What draws from a reservoir may have to wait, in the order too, for what fills it.
  waiting_ = genes.order;
  while (!waiting_.empty()) {
    std::size_t kept = 0;
    for (const Node node : waiting_) {
      if (is_placed_[node] != 0) continue;
      if (!is_ready(node) || !place_node(node)) {
        waiting_[kept++] = node;
      } else if (model_.has_knots && raises_release(node)) {
        stuck_ = kNoNode;
        return false;
      }
    }
    if (kept == waiting_.size()) {
      stuck_ = waiting_.front();
      return false;
    }
    waiting_.resize(kept);
  }
  stuck_ = kNoNode;
  return true;
}

bool Generator::has_begun(Node node) const {
  return state_of(network_, node).stage != TaskState::Stage::not_started;
}

bool Generator::is_ready(Node node) const {
  const bool goes_on_alone = ignores_links(network_, state_of(network_, node));
  for (const Arc& arc : network_.arcs_into(node)) {
    if (goes_on_alone && arc.arrives_start != 0) continue;
    const bool is_backward =
        arc.is_at_most != 0 || arc.from >= node;  // in a knot: it may come later
    if (is_placed_[arc.from] == 0 && model_.is_history[arc.from] == 0 && !is_backward) return false;
  }
  return true;
}

bool Generator::place_node(Node node) {
  ++steps_;
  const Way& way = way_of(node);
  const TaskState state = state_of(network_, node);
  if (state.stage == TaskState::Stage::completed) {
    // It hands down what the links pass through it, as in the forward pass.
    path_.earliest_start[node] = model_.early.earliest_start[node];
    path_.earliest_finish[node] = model_.early.earliest_finish[node];
    is_placed_[node] = 1;
    draw(way, *state.actual_start, false);
    fill(way, *state.actual_finish, false);
    return true;
  }
  const Window& window = network_.window(node);
  Span span;
  if (is_pinned(window)) {
    span = pinned_span(network_, node, window);
    if (span.finish < kNever && !has_room(way, node, span)) ++num_crowded_;
  } else {
    Hold hold = hold_of(node);
    hold.start_from = std::max(hold.start_from, release_[node]);
    span = place(network_, node, hold.start_from, hold.finish_from);
    constexpr int kManyTries = 32;  // from here on it pays to ask whether there is any hope
    int num_tries = 0;
    Instant give_up_at = model_.give_up_at;
    while (true) {
      const Instant retry = next_try(way, node, span);
      if (retry <= span.start) break;
      ++steps_;
      if (++num_tries == kManyTries)
        give_up_at = hopeless_from(model_, path_.earliest_finish, span.start);
      if (retry >= give_up_at) {
        stuck_ = node;
        return false;
      }
      span = place(network_, node, retry, hold.finish_from);
    }
  }
  if (span.finish >= kNever) {  // its calendar never works so long
    stuck_ = node;
    blocking_ = {};
    return false;
  }
  path_.earliest_start[node] = span.start;
  path_.earliest_finish[node] = span.finish;
  is_placed_[node] = 1;
  book(way, node, span);
  return true;
}

Hold Generator::hold_of(Node node) const {
  Hold hold{.start_from = begin_of(network_, node, model_.floor)};
  hold_by_arcs(network_, path_, node, ignores_links(network_, state_of(network_, node)), hold);
  hold_by_window(network_.window(node), hold);
  return hold;
}

/// True if the node, where it now lies, forbids the place of one that was placed before it.
bool Generator::raises_release(Node node) {
  bool raises = false;
  for (const std::uint32_t i : network_.arcs_out_of(node)) {
    const Arc& arc = network_.arcs[i];
    if (is_placed_[arc.to] == 0 || model_.is_history[arc.to] != 0) continue;
    if (is_pinned(network_.window(arc.to))) continue;
    if (arc.arrives_start != 0 && ignores_links(network_, state_of(network_, arc.to))) continue;
    const Span span = place_by_arc(network_, path_, i);
    if (span.start <= path_.earliest_start[arc.to]) continue;
    release_[arc.to] = std::max(release_[arc.to], span.start);
    raises = true;
  }
  return raises;
}

Cost Generator::cost() const {
  Cost cost{.broken = 0, .values = {}, .finish = model_.floor};
  const auto over = [](Instant instant, Instant limit) {
    return instant > limit ? (instant - limit).count() : 0;
  };
  for (Node node = 0; node < model_.size(); ++node) {
    if (model_.is_history[node] != 0) continue;
    cost.finish = std::max(cost.finish, path_.earliest_finish[node]);
    if (network_.window_of[node] < 0) continue;
    const Window& window = network_.window(node);
    cost.broken += over(path_.earliest_start[node], latest_start_allowed(network_, node));
    cost.broken += over(path_.earliest_finish[node], window.finish_by);
    if (!is_pinned(window)) continue;
    cost.broken += broken_by_pin(network_, path_, node).count();
    if (is_overdrawn_by(node)) cost.broken += kMinutesPerExcess;
  }
  cost.broken += over(cost.finish, model_.wanted.finish_by);
  cost.broken += num_crowded_ * kMinutesPerExcess;
  for (std::size_t stock = 0; stock < left_.size(); ++stock) {
    if (model_.stocks[stock].is_reservoir) continue;
    const Amount left = left_[stock].back();
    if (left < Amount{}) cost.broken += -left.count() * kMinutesPerExcess;
  }
  const Wanted& wanted = model_.wanted;
  cost.values[wanted.rank(Objective::finish)] = cost.finish.minutes();
  std::int64_t& tardiness = cost.values[wanted.rank(Objective::tardiness)];
  for (const Due& due : wanted.dues) {
    tardiness += due.weight * lateness(model_, network_, due.node, path_.earliest_finish[due.node]);
  }
  std::int64_t& stability = cost.values[wanted.rank(Objective::stability)];
  for (Node node = 0; node < wanted.baseline.size(); ++node) {
    if (wanted.baseline[node] == kNever) continue;
    stability += displacement(model_, network_.calendar_of(node), node, path_.earliest_start[node]);
  }
  return cost;
}

void Generator::make_legal(std::vector<Node>& order) {
  // Always the foremost of those whose predecessors are out; inside a knot anything may come first.
  num_before_.assign(model_.size(), 0);
  for (const Arc& arc : network_.arcs) {
    if (arc.from < arc.to && arc.is_at_most == 0) ++num_before_[arc.to];
  }
  for (std::uint32_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
  for (Node node = 0; node < model_.size(); ++node) {
    if (num_before_[node] == 0) ready.push(rank_[node]);
  }
  const std::vector<Node> by_rank = order;
  order.clear();
  while (!ready.empty()) {
    const Node node = by_rank[ready.top()];
    ready.pop();
    order.push_back(node);
    for (const std::uint32_t i : network_.arcs_out_of(node)) {
      const Arc& arc = network_.arcs[i];
      if (arc.from < arc.to && arc.is_at_most == 0 && --num_before_[arc.to] == 0) {
        ready.push(rank_[arc.to]);
      }
    }
  }
}

}  // namespace diaodu::solve
