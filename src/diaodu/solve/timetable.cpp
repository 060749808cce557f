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
}

void Timetable::build_profile(const Deduction& deduction) {
  events_.clear();
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Time latest_start = begins(i, deduction.most(tasks_[i]));
    const Time earliest_finish = ends(i, deduction.least(tasks_[i]));
    if (latest_start >= earliest_finish) continue;
    events_.push_back({latest_start, demand_[i]});
    events_.push_back({earliest_finish, -demand_[i]});
  }
  for (const auto& block : blocks_) {
    events_.push_back({block.from, block.amount});
    events_.push_back({block.to, -block.amount});
  }
  std::sort(events_.begin(), events_.end(),
            [](const Event& a, const Event& b) { return a.at < b.at; });
  profile_.clear();
  highest_ = 0;
  std::int32_t height = 0;
  for (std::size_t i = 0; i < events_.size();) {
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
  build_profile(deduction);
  if (highest_ > capacity_) {
    const auto over =
        std::find_if(profile_.begin(), profile_.end(),
                     [this](const Segment& segment) { return segment.height > capacity_; });
    atoms_.clear();
    const Time middle = over->from + (over->to - over->from) / 2;
    explain(deduction, middle, Problem::kNoLimit, 0);
    return deduction.contradict(atoms_, overload_at(middle));
  }
  for (std::size_t i = 0; i < tasks_.size() && highest_ + demand_[i] > capacity_; ++i) {
    if (deduction.least(tasks_[i]) == deduction.most(tasks_[i])) continue;
    if (!push_later(deduction, i) || !push_earlier(deduction, i)) return false;
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
