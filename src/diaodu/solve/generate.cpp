#include "diaodu/solve/generate.h"

#include <algorithm>
#include <functional>
#include <queue>

#include "diaodu/solve/objectives.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

/// One unit too much of something that is used up weighs like so many minutes.
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
  has_first_ = std::any_of(model.is_history.begin(), model.is_history.end(), is_marked) ||
               std::any_of(model.is_fixed_first.begin(), model.is_fixed_first.end(), is_marked);
  path_.earliest_start.assign(model.size(), kEver);
  path_.earliest_finish.assign(model.size(), kEver);
}

Cost Generator::forward(const Genes& genes) {
  if (model_.has_choice_of_ways) {
    for (Node node = 0; node < model_.size(); ++node) {
      way_[node] = genes.way[node];
      if (model_.ways_of(node).size() > 1) set_mode(network_, node, way_of(node).mode);
    }
  }
  constexpr int kMostRestarts = 300;
  if (model_.has_knots) release_ = model_.early.earliest_start;
  if (!genes.release.empty()) {
    release_ = genes.release;
  } else if (!model_.has_knots) {
    std::fill(release_.begin(), release_.end(), kEver);
  }
  for (int restart = 0; restart < kMostRestarts; ++restart) {
    reset();
    if (place_all(genes)) return cost();
    if (stuck_ != kNoNode) break;
  }
  return {.broken = Cost::kNothingFits};
}

void Generator::reset() {
  stuck_ = kNoNode;
  std::fill(is_placed_.begin(), is_placed_.end(), 0);
  std::fill(path_.earliest_start.begin(), path_.earliest_start.end(), kEver);
  std::fill(path_.earliest_finish.begin(), path_.earliest_finish.end(), kEver);
  assignments_.clear();
  for (std::size_t i = 0; i < timelines_.size(); ++i) {
    timelines_[i].reset(model_.renewables[i].capacity);
  }
  for (std::size_t i = 0; i < left_.size(); ++i) {
    const Stock& stock = model_.stocks[i];
    if (stock.is_reservoir) levels_[i].reset({{kEver, stock.amount}});
    left_[i].clear();
    for (const Availability& row : stock.rows) left_[i].push_back(row.capacity);
    left_[i].push_back(stock.amount);
  }
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
  path_.earliest_start[node] = span.start;
  path_.earliest_finish[node] = span.finish;
  is_placed_[node] = 1;
  book(way, node, span);
  return true;
}

Hold Generator::hold_of(Node node) const {
  Hold hold{.start_from = model_.floor};
  hold_by_arcs(network_, path_, node, ignores_links(network_, state_of(network_, node)), hold);
  hold_by_window(network_.window(node), hold);
  return hold;
}

Instant Generator::next_try(const Way& way, Node node, const Span& span) {
  for (const Need& need : model_.needs_of(way)) {
    const Instant end = conflict_end(need, node, span);
    if (end <= span.start) continue;
    blocking_renewable_ = need.resource;
    blocking_ = model_.renewables[need.resource].id;
    return end;
  }
  for (const Need& need : model_.takes_of(way)) {
    if (has_begun(node)) break;  // taken long ago
    const Stock& stock = model_.stocks[need.resource];
    blocking_ = stock.id;
    if (stock.is_reservoir) {
      if (need.amount <= Amount{}) continue;
      const Instant clear = levels_[need.resource].clear_from(span.start, kNever, need.amount);
      if (clear > span.start) return clear;
      continue;
    }
    for (std::size_t row = 0; row < stock.rows.size(); ++row) {
      if (!stock.rows[row].during.contains(span.start)) continue;
      if (left_[need.resource][row] < need.amount) return stock.rows[row].during.to;
    }
  }
  if (way.skill_needs.first != way.skill_needs.last) return next_try_skills(way, node, span);
  return span.start;
}

/// From where on there may again be enough of the resource for as long as the work takes, after the last
/// minute of the work in `span` that has too little; `span.start` if there is no such minute.  Any earlier
/// start would meet that minute too.
Instant Generator::conflict_end(const Need& need, Node node, const Span& span) const {
  if (span.start == span.finish) return span.start;
  const Timeline& timeline = timelines_[need.resource];
  if (model_.renewables[need.resource].is_spanned) {
    const Instant clear = timeline.clear_from(span.start, span.finish, need.amount);
    if (clear <= span.start || clear == kNever) return clear;
    return timeline.first_fit(clear, Elapsed{network_.work[node].count()}, need.amount);
  }
  const Calendar& calendar = calendar_of(node);
  for (Instant to = span.finish; to > span.start;) {
    const Interval too_little = timeline.last_short(span.start, to, need.amount);
    if (too_little.is_empty()) break;
    if (calendar.previous_working(too_little.to) > too_little.from) {
      return too_little.to < to ? too_little.to
                                : timeline.clear_from(to - Elapsed{1}, to, need.amount);
    }
    to = too_little.from;
  }
  return span.start;
}

/// Where the last stretch of the work in `span` ends in which a member of a pool is away; `span.start` if
/// there is none.
Instant Generator::absence_end(std::uint32_t member, Node node, const Span& span) const {
  const Calendar* presence = model_.renewables[member].presence;
  if (presence == nullptr || network_.plan->tasks[network_.task[node]].ignores_resource_calendars)
    return span.start;
  const auto worked = calendar_of(node).intervals({span.start, span.finish});
  for (auto interval = worked.rbegin(); interval != worked.rend(); ++interval) {
    const Instant last = interval->to - Elapsed{1};
    if (!presence->is_working(last)) return presence->next_working(last);
    const Instant back =
        presence->intervals(*interval).back().from;  // there without a break from then on
    if (back > interval->from) return back;
  }
  return span.start;
}

Amount Generator::least_free(std::uint32_t resource, Node node, const Span& span) const {
  const Timeline& timeline = timelines_[resource];
  if (model_.renewables[resource].is_spanned) return timeline.least_free(span.start, span.finish);
  Amount least = kUnlimited;
  for (const Interval& worked : calendar_of(node).intervals({span.start, span.finish})) {
    least = std::min(least, timeline.least_free(worked.from, worked.to));
  }
  return least;
}

/// Fills the needs for skills with free people, whole ones where whole ones are wanted, and keeps them
/// in `tentative_`.
Instant Generator::next_try_skills(const Way& way, Node node, const Span& span) {
  tentative_.clear();
  if (span.start == span.finish) return span.start;
  const auto reserved = [&](std::uint32_t member) {  // for this task itself, by name or for a skill
    Amount sum;
    for (const Need& need : model_.needs_of(way)) {
      if (need.resource == member) sum += need.amount;
    }
    for (const Assignment& each : tentative_) {
      if (each.resource == model_.renewables[member].id) sum += each.amount;
    }
    return sum;
  };
  // Who is too few now may be enough as soon as anybody can do more, for this skill or for one before.
  Instant retry = kNever;
  for (const SkillNeed& need : model_.skill_needs_of(way)) {
    Amount missing = need.amount;
    for (const std::uint32_t member : model_.pools[need.pool].members) {
      if (missing <= Amount{}) break;
      const ResourceId person = model_.renewables[member].id;
      const Amount wanted = std::min(missing, kOne);
      const Amount taken = reserved(member);
      const Instant back = absence_end(member, node, span);
      const Amount free = least_free(member, node, span) - taken;
      Amount given;
      if (back <= span.start && free >= wanted) {  // a crew may give several whole people
        const Amount whole{free.count() / kOne.count() * kOne.count()};
        given = std::min(missing, std::max(wanted, whole));
      }
      missing -= given;
      if (missing > Amount{}) {
        const Amount more = taken + given + std::min(missing, kOne);
        const Instant end = std::max(back, conflict_end({member, more}, node, span));
        if (end > span.start && end < retry) {
          retry = end;
          blocking_renewable_ = member;
          blocking_ = person;
        }
      }
      if (given > Amount{}) tentative_.push_back({need.demand, person, given});
    }
    if (missing > Amount{}) return retry;
  }
  return span.start;
}

void Generator::book(const Way& way, Node node, const Span& span) {
  const bool wants_people = way.skill_needs.first != way.skill_needs.last;
  const bool has_people = wants_people && (!is_pinned(network_.window(node)) ||
                                           next_try_skills(way, node, span) <= span.start);
  for (const Need& need : model_.needs_of(way)) {
    take(need.resource, node, span.start, span.finish, need.amount);
  }
  if (!has_begun(node)) draw(way, span.start, false);  // else when it began
  fill(way, span.finish, false);
  if (!has_people) return;
  for (const Assignment& each : tentative_) {
    assignments_.push_back(each);
    take(renewable_of(each), node, span.start, span.finish, each.amount);
  }
}

/// What is used up or drawn is taken at the start.
void Generator::draw(const Way& way, Instant start, bool is_given_back) {
  for (const Need& need : model_.takes_of(way)) {
    const Stock& stock = model_.stocks[need.resource];
    const Amount amount = is_given_back ? -need.amount : need.amount;
    if (stock.is_reservoir) {
      if (need.amount > Amount{}) levels_[need.resource].take(start, kNever, amount);
      continue;
    }
    auto& left = left_[need.resource];
    for (std::size_t row = 0; row < stock.rows.size(); ++row) {
      if (stock.rows[row].during.contains(start)) left[row] -= amount;
    }
    left.back() -= amount;
  }
}

/// What is filled is there from the finish on.
void Generator::fill(const Way& way, Instant finish, bool is_given_back) {
  for (const Need& need : model_.takes_of(way)) {
    if (!model_.stocks[need.resource].is_reservoir || need.amount > Amount{}) continue;
    levels_[need.resource].take(finish, kNever, is_given_back ? -need.amount : need.amount);
  }
}

std::uint32_t Generator::renewable_of(const Assignment& assignment) const {
  const SkillId skill = model_.network.plan->demands[assignment.demand].skill;
  const auto& members = model_.pools[skill.index()].members;
  return *std::find_if(members.begin(), members.end(), [&](std::uint32_t candidate) {
    return model_.renewables[candidate].id == assignment.resource;
  });
}

/// Undoes `book`.
void Generator::give_back(const Way& way, Node node, const Span& span) {
  for (const Need& need : model_.needs_of(way)) {
    take(need.resource, node, span.start, span.finish, -need.amount);
  }
  if (!has_begun(node)) draw(way, span.start, true);
  fill(way, span.finish, true);
  if (way.skill_needs.first == way.skill_needs.last) return;
  const TaskId task = network_.task[node];
  std::erase_if(assignments_, [&](const Assignment& each) {
    if (network_.plan->demands[each.demand].task != task) return false;
    take(renewable_of(each), node, span.start, span.finish, -each.amount);
    return true;
  });
}

void Generator::take(std::uint32_t resource, Node node, Instant from, Instant to, Amount amount) {
  if (model_.renewables[resource].is_spanned) {
    timelines_[resource].take(from, to, amount);
    return;
  }
  for (const Interval& worked : calendar_of(node).intervals({from, to})) {
    timelines_[resource].take(worked.from, worked.to, amount);
  }
}

/// True if the node, where it now lies, forbids the place of one that was placed before it.
bool Generator::raises_release(Node node) {
  bool raises = false;
  for (const std::uint32_t i : network_.arcs_out_of(node)) {
    const Arc& arc = network_.arcs[i];
    if (is_placed_[arc.to] == 0 || model_.is_history[arc.to] != 0) continue;
    if (is_pinned(network_.window(arc.to))) continue;
    if (arc.arrives_start != 0 && ignores_links(network_, state_of(network_, arc.to))) continue;
    Hold hold;
    const Instant head = earliest_head(network_, path_, i);
    if (arc.arrives_start != 0) {
      hold.start_from = head;
    } else {
      hold.finish_from = arc.is_at_most != 0 ? exact_finish(network_, arc.to, head) : head;
    }
    const Span span = place(network_, arc.to, hold.start_from, hold.finish_from);
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
  }
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
