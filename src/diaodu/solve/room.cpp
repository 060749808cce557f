#include <algorithm>

#include "diaodu/solve/generate.h"

// Where a task finds room on its resources, and what it takes of them there.

namespace diaodu::solve {

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
    const Instant end = short_until(need, span.start);
    if (end > span.start) return end;
  }
  if (way.skill_needs.first != way.skill_needs.last) return next_try_skills(way, node, span);
  return span.start;
}

/// Until when there is too little left for a start there of what is used up and comes in rows; `start` if there is not.
Instant Generator::short_until(const Need& need, Instant start) const {
  const Stock& stock = model_.stocks[need.resource];
  for (std::size_t row = 0; row < stock.rows.size(); ++row) {
    const Interval& during = stock.rows[row].during;
    if (during.contains(start) && left_[need.resource][row] < need.amount) return during.to;
  }
  return start;
}

/// Is all there for a pinned node that it needs, where it must lie?  Reservoirs aside: what fills them may be placed
/// later (`is_overdrawn_by`).  People are kept as in `next_try_skills`, if there are enough.
bool Generator::has_room(const Way& way, Node node, const Span& span) {
  bool has_all = true;
  for (const Need& need : model_.needs_of(way))
    has_all = has_all && conflict_end(need, node, span) <= span.start;
  for (const Need& need : model_.takes_of(way)) {
    if (has_begun(node) || model_.stocks[need.resource].is_reservoir) continue;
    has_all = has_all && short_until(need, span.start) <= span.start;
  }
  if (way.skill_needs.first == way.skill_needs.last) return has_all;
  if (next_try_skills(way, node, span) <= span.start) return has_all;
  tentative_.clear();
  return false;
}

/// Does the node draw from a reservoir that is empty then?
bool Generator::is_overdrawn_by(Node node) const {
  if (has_begun(node)) return false;
  const Instant start = path_.earliest_start[node];
  const auto needs = model_.takes_of(way_of(node));
  return std::any_of(needs.begin(), needs.end(), [&](const Need& need) {
    return model_.stocks[need.resource].is_reservoir && need.amount > Amount{} &&
           levels_[need.resource].least_free(start, start + Elapsed{1}) < Amount{};
  });
}

/// From where on there may again be enough of the resource for as long as the work takes, after the last
/// minute of the work in `span` that has too little; `span.start` if there is no such minute.  Any earlier
/// start would meet that minute too.
Instant Generator::conflict_end(const Need& need, Node node, const Span& span) const {
  if (span.start == span.finish) return span.start;
  if (model_.renewables[need.resource].is_spanned) {
    const Timeline& timeline = timelines_[need.resource];
    const Instant clear = timeline.clear_from(span.start, span.finish, need.amount);
    if (clear <= span.start || clear == kNever) return clear;
    return timeline.first_fit(clear, Elapsed{network_.work[node].count()}, need.amount);
  }
  return model_.lines_of(model_.renewables[need.resource]).empty()
             ? conflict_end_by_minutes(need, node, span)
             : conflict_end_on_lines(need, node, span);
}

/// The resource's lines on which the node works in `span`: the number of each among all timelines of lines, and
/// from where to where.
template <class Visit>
void Generator::on_lines(std::uint32_t resource, Node node, const Span& span, Visit&& visit) const {
  const Slice& lines = model_.renewables[resource].lines;
  const std::uint32_t calendar = network_.calendar[node];
  for (std::uint32_t i = lines.first; i < lines.last; ++i) {
    const Line& line = model_.lines[i];
    if (!line.runs_with(calendar)) continue;
    Asked& asked = asked_[i];
    if (asked.span.start != span.start || asked.span.finish != span.finish)
      asked = {span, {line.point_of(span.start), line.point_of(span.finish)}};
    const Interval points = asked.points;
    if (points.from < points.to)
      visit(line, first_line_[resource] + i - lines.first, points.from, points.to);
  }
}

Instant Generator::conflict_end_on_lines(const Need& need, Node node, const Span& span) const {
  const std::span<const Line> lines = model_.lines_of(model_.renewables[need.resource]);
  const auto runs = [&](const Line& line) { return line.runs_with(network_.calendar[node]); };
  const bool has_one = std::count_if(lines.begin(), lines.end(), runs) == 1;
  Instant end = span.start;
  on_lines(need.resource, node, span,
           [&](const Line& line, std::size_t number, Instant from, Instant to) {
             const Timeline& timeline = line_timelines_[number];
             if (has_one) {  // all of its work lies on this line
               const Instant clear = timeline.clear_from(from, to, need.amount);
               if (clear <= from) return;
               const Elapsed length{network_.work[node].count()};
               end = clear == kNever
                         ? kNever
                         : line.first_at(timeline.first_fit(clear, length, need.amount));
               return;
             }
             const Interval too_little = timeline.last_short(from, to, need.amount);
             if (too_little.is_empty()) return;
             const auto at = static_cast<std::size_t>(&line - model_.lines.data());
             end = std::max(end, first_fit(line, at, timeline, too_little.to, need.amount, node));
           });
  return end;
}

/// When the line is free from `from` on (a point of it) for as long as the node takes of it at least; where that is
/// not known, when it comes to `from`.
Instant Generator::first_fit(const Line& line, std::size_t number, const Timeline& timeline,
                             Instant from, Amount amount, Node node) const {
  const std::size_t way = number_of_way(node);
  if (!has_own_work_ && model_.line_fits.last_start(way) != kEver) {
    const Elapsed length = model_.line_fits.least(way, number);
    // Who may keep clear of the line waits for no more than `from`.
    if (length > Elapsed{}) {
      const Instant fit = line.first_at(timeline.first_fit(from, length, amount));
      if (fit <= model_.line_fits.last_start(way)) return fit;
    }
  }
  return line.first_at(from);
}

/// Minute by minute on the clock: where there are too many lines, and for tests to compare.
Instant Generator::conflict_end_by_minutes(const Need& need, Node node, const Span& span) const {
  const Timeline& timeline = timelines_[need.resource];
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

/// By when the node must finish at the latest to have enough of the resource, as far as one look tells;
/// `span.finish` if it has where it lies.  Of a resource without lines the hours between its shifts are asked for too.
Instant Generator::clear_until(const Need& need, Node node, const Span& span) const {
  const Renewable& renewable = model_.renewables[need.resource];
  if (renewable.is_spanned || model_.lines_of(renewable).empty())
    return timelines_[need.resource].clear_until(span.start, span.finish, need.amount);
  Instant until = span.finish;
  on_lines(need.resource, node, span,
           [&](const Line& line, std::size_t number, Instant from, Instant to) {
             const Instant clear = line_timelines_[number].clear_until(from, to, need.amount);
             if (clear < to) until = std::min(until, line.last_at(clear));
           });
  return until;
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
  if (!model_.lines_of(model_.renewables[resource]).empty()) {
    on_lines(resource, node, span, [&](const Line&, std::size_t number, Instant from, Instant to) {
      least = std::min(least, line_timelines_[number].least_free(from, to));
    });
    return least;
  }
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
  for (const Need& need : model_.needs_of(way)) {
    take(need.resource, node, span.start, span.finish, need.amount);
  }
  if (!has_begun(node)) draw(way, span.start, false);  // else when it began
  fill(way, span.finish, false);
  if (way.skill_needs.first == way.skill_needs.last) return;
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
  if (!model_.lines_of(model_.renewables[resource]).empty()) {
    on_lines(resource, node, {from, to},
             [&](const Line&, std::size_t number, Instant first, Instant last) {
               line_timelines_[number].take(first, last, amount);
             });
    return;
  }
  for (const Interval& worked : calendar_of(node).intervals({from, to})) {
    timelines_[resource].take(worked.from, worked.to, amount);
  }
}

}  // namespace diaodu::solve
