#include "diaodu/solve/timetable.h"

#include <algorithm>

namespace diaodu::solve {

using Time = Problem::Time;

Timetable::Timetable(const Problem& problem, std::uint32_t resource)
    : resource_(resource), capacity_(problem.capacity[resource]) {
  std::vector<std::pair<std::int32_t, std::uint32_t>> users;
  for (std::uint32_t task = 0; task < problem.size(); ++task) {
    if (problem.duration[task] == 0) continue;
    for (const auto& demand : problem.demands_of(task)) {
      if (demand.resource == resource && demand.amount > 0) users.push_back({-demand.amount, task});
    }
  }
  std::sort(users.begin(), users.end());
  for (const auto& [demand, task] : users) {
    tasks_.push_back(task);
    demand_.push_back(-demand);
    duration_.push_back(problem.duration[task]);
  }
  if (!problem.is_plain()) {
    const std::uint32_t line = problem.line_of_resource[resource];
    const bool is_straight = std::all_of(tasks_.begin(), tasks_.end(), [&](std::uint32_t task) {
      return problem.hours_of_task[task] == line;
    });
    if (!is_straight) {
      line_ = &problem.line_of(resource);
      for (std::size_t i = 0; i < tasks_.size(); ++i) {
        hours_.push_back(&problem.hours_of(tasks_[i]));
        const bool meets = duration_[i] > hours_[i]->longest_without(*line_);
        always_meets_.push_back(meets ? 1 : 0);
      }
    }
  }
  for (const auto& block : problem.blocks) {
    if (block.resource == resource) blocks_.push_back(block);
  }
  constexpr Time kNone = Problem::kNoLimit;
  seen_.assign(tasks_.size(), {.least = -1,
                               .most = -1,
                               .from = kNone,
                               .to = kNone,
                               .is_pending_early = true,
                               .is_pending_late = true});
  for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
    events_.push_back({kNone, demand_[i], i});
    events_.push_back({kNone, -demand_[i], i});
  }
  constexpr std::uint32_t kNobody = 0xFFFF'FFFF;
  for (const auto& block : blocks_) {
    events_.push_back({block.from, block.amount, kNobody});
    events_.push_back({block.to, -block.amount, kNobody});
  }
}

/// What has moved since the last look; the profile is built anew if a certain part has.
void Timetable::look(const Deduction& deduction) {
  bool is_moved = profile_.empty();
  Time rise_from = Problem::kNoLimit;  // the profile has not risen outside
  Time rise_to = 0;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    Seen& seen = seen_[i];
    const Time least = deduction.least(tasks_[i]);
    const Time most = deduction.most(tasks_[i]);
    if (least == seen.least && most == seen.most) continue;
    // A window that has grown may now show what the task's own certain part has hidden from its other end.
    const bool has_grown = least < seen.least || most > seen.most;
    seen.is_pending_early = seen.is_pending_early || has_grown || least != seen.least;
    seen.is_pending_late = seen.is_pending_late || has_grown || most != seen.most;
    seen.least = least;
    seen.most = most;
    Time from = begins(i, most);
    Time to = ends(i, least);
    if (from >= to) from = to = Problem::kNoLimit;
    if (from == seen.from && to == seen.to) continue;
    is_moved = true;
    if (from < seen.from) {
      rise_from = std::min(rise_from, from);
      rise_to = std::max(rise_to, std::min(to, seen.from));
    }
    if (from < to && to > seen.to) {
      rise_from = std::min(rise_from, std::max(from, seen.to));
      rise_to = std::max(rise_to, to);
    }
    seen.from = from;
    seen.to = to;
  }
  if (!is_moved) return;
  build_profile();
  if (rise_from >= rise_to) return;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    Seen& seen = seen_[i];
    const auto meets_rise = [&](Time start) {
      return begins(i, start) < rise_to && ends(i, start) > rise_from;
    };
    seen.is_pending_early = seen.is_pending_early || meets_rise(seen.least);
    seen.is_pending_late = seen.is_pending_late || meets_rise(seen.most);
  }
}

/// From the users' certain parts, in the order of the last time, which is nearly that of this one.
void Timetable::build_profile() {
  for (std::size_t i = 0; i < events_.size(); ++i) {
    Event event = events_[i];
    if (event.user < seen_.size()) {
      const Seen& seen = seen_[event.user];
      event.at = event.change > 0 ? seen.from : seen.to;
    }
    std::size_t at = i;
    for (; at > 0 && events_[at - 1].at > event.at; --at) events_[at] = events_[at - 1];
    events_[at] = event;
  }
  profile_.clear();
  highest_ = 0;
  std::int32_t height = 0;
  for (std::size_t i = 0; i < events_.size() && events_[i].at < Problem::kNoLimit;) {
    const Time at = events_[i].at;
    if (!profile_.empty()) profile_.back().to = at;
    for (; i < events_.size() && events_[i].at == at; ++i) height += events_[i].change;
    // Neighbours of one height stay apart: a task's own part begins or ends there.
    profile_.push_back({at, Problem::kNoLimit, height});
    highest_ = std::max(highest_, height);
  }
}

std::size_t Timetable::segment_at(Time time) const {
  const auto next =
      std::partition_point(profile_.begin(), profile_.end(),
                           [time](const Segment& segment) { return segment.to <= time; });
  return static_cast<std::size_t>(next - profile_.begin());
}

void Timetable::explain(const Deduction& deduction, Time time, std::uint32_t but,
                        std::int32_t demand) {
  std::int32_t excess = demand - capacity_;
  for (const auto& block : blocks_) {
    if (block.from <= time && time < block.to) excess += block.amount;
  }
  chosen_.clear();
  for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
    if (tasks_[i] == but) continue;
    const Time latest = latest_at(i, time);
    if (deduction.most(tasks_[i]) > latest || deduction.least(tasks_[i]) + duration_[i] <= latest)
      continue;
    excess += demand_[i];
    chosen_.push_back(i);
  }
  // Whoever can be spared, the least greedy first, is left out: fewer reasons, stronger clauses.
  for (auto i = chosen_.rbegin(); i != chosen_.rend(); ++i) {
    const std::uint32_t task = tasks_[*i];
    const Time latest = latest_at(*i, time);
    const Atom from{view_of(task), latest + 1 - duration_[*i]};
    const Atom by{negative(view_of(task)), -latest};
    const bool is_given = deduction.holds_always(from) && deduction.holds_always(by);
    if (!is_given && demand_[*i] < excess) {
      excess -= demand_[*i];
      continue;
    }
    if (is_given) continue;
    atoms_.push_back(from);
    atoms_.push_back(by);
  }
}

bool Timetable::filter(Deduction& deduction) {
  look(deduction);
  if (highest_ > capacity_) {
    const auto over =
        std::find_if(profile_.begin(), profile_.end(),
                     [this](const Segment& segment) { return segment.height > capacity_; });
    atoms_.clear();
    const Time middle = over->from + (over->to - over->from) / 2;
    explain(deduction, middle, Problem::kNoLimit, 0);
    return deduction.contradict(atoms_, overload_at(middle));
  }
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    Seen& seen = seen_[i];
    if (!seen.is_pending_early && !seen.is_pending_late) continue;
    const bool is_free = seen.least == seen.most || highest_ + demand_[i] <= capacity_;
    if (!is_free && seen.is_pending_early && !push_later(deduction, i)) return false;
    if (!is_free && seen.is_pending_late && !push_earlier(deduction, i)) return false;
    // Whoever was pushed from here would be pushed again, should it come back before the next look.
    seen.is_pending_early = deduction.least(tasks_[i]) != seen.least;
    seen.is_pending_late = seen.is_pending_early || deduction.most(tasks_[i]) != seen.most;
  }
  return true;
}

/// True if what is not there bars the task by itself, so that the segment has to be passed as a whole.  (In plain
/// problems steps of the task's duration do, and a proof log can tell of them.)
bool Timetable::is_blocked(const Segment& segment, std::size_t user) const {
  if (blocks_.empty() || is_straight() || always_meets_[user] == 0) return false;
  std::int32_t blocked = demand_[user];
  for (const auto& block : blocks_) {
    if (block.from <= segment.from && segment.from < block.to) blocked += block.amount;
  }
  return blocked > capacity_;
}

bool Timetable::push_later(Deduction& deduction, std::size_t user) {
  const std::uint32_t task = tasks_[user];
  const Time latest = begins(user, deduction.most(task));
  Time begin = begins(user, deduction.least(task));
  Time end = ends(user, deduction.least(task));
  for (std::size_t i = segment_at(begin);
       i < profile_.size() && profile_[i].from < std::min(end, latest); ++i) {
    if (profile_[i].height + demand_[user] <= capacity_) continue;
    const bool is_blocked = this->is_blocked(profile_[i], user);
    while (std::max(begin, profile_[i].from) < std::min(end, profile_[i].to)) {
      const Time time = is_blocked ? profile_[i].to - 1 : std::min(profile_[i].to, end) - 1;
      const Time next = latest_at(user, time) + 1;
      atoms_.clear();
      if (is_blocked) {
        atoms_.push_back({view_of(task), earliest_at(user, profile_[i].from)});
      } else {
        atoms_.push_back({view_of(task), next - duration_[user]});
        explain(deduction, time, task, demand_[user]);
      }
      if (!deduction.imply({view_of(task), next}, atoms_, overload_at(time))) return false;
      begin = begins(user, next);
      end = ends(user, next);
      if (begin >= latest) return true;
    }
  }
  return true;
}

bool Timetable::push_earlier(Deduction& deduction, std::size_t user) {
  const std::uint32_t task = tasks_[user];
  const Time earliest_finish = ends(user, deduction.least(task));
  Time begin = begins(user, deduction.most(task));
  Time end = ends(user, deduction.most(task));
  for (std::size_t after = std::min(segment_at(end - 1) + 1, profile_.size()); after > 0; --after) {
    const std::size_t i = after - 1;
    if (profile_[i].to <= std::max(begin, earliest_finish)) break;
    if (profile_[i].from >= end || profile_[i].height + demand_[user] <= capacity_) continue;
    const bool is_blocked = this->is_blocked(profile_[i], user);
    while (std::max(begin, profile_[i].from) < std::min(end, profile_[i].to)) {
      const Time time = is_blocked ? profile_[i].from : std::max(profile_[i].from, begin);
      const Time next = earliest_at(user, time) - 1;
      atoms_.clear();
      if (is_blocked) {
        atoms_.push_back({negative(view_of(task)), -latest_at(user, profile_[i].to - 1)});
      } else {
        atoms_.push_back({negative(view_of(task)), -next - duration_[user]});
        explain(deduction, time, task, demand_[user]);
      }
      if (!deduction.imply({negative(view_of(task)), -next}, atoms_, overload_at(time)))
        return false;
      begin = begins(user, next);
      end = ends(user, next);
      if (end <= earliest_finish) return true;
    }
  }
  return true;
}

}  // namespace diaodu::solve
