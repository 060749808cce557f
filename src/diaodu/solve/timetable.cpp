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
  for (const auto& block : problem.blocks) {
    if (block.resource == resource) blocks_.push_back(block);
  }
}

void Timetable::build_profile(const Deduction& deduction) {
  events_.clear();
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Time latest_start = deduction.most(tasks_[i]);
    const Time earliest_finish = deduction.least(tasks_[i]) + duration_[i];
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
    if (deduction.most(tasks_[i]) > time || deduction.least(tasks_[i]) + duration_[i] <= time)
      continue;
    excess += demand_[i];
    chosen_.push_back(i);
  }
  // Whoever can be spared, the least greedy first, is left out: fewer reasons, stronger clauses.
  for (auto i = chosen_.rbegin(); i != chosen_.rend(); ++i) {
    const std::uint32_t task = tasks_[*i];
    const Atom from{view_of(task), time + 1 - duration_[*i]};
    const Atom by{negative(view_of(task)), -time};
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

bool Timetable::push_later(Deduction& deduction, std::size_t user) {
  const std::uint32_t task = tasks_[user];
  const Time duration = duration_[user];
  Time start = deduction.least(task);
  const Time latest = deduction.most(task);
  for (std::size_t i = segment_at(start);
       i < profile_.size() && profile_[i].from < std::min(start + duration, latest); ++i) {
    if (profile_[i].height + demand_[user] <= capacity_) continue;
    while (start < profile_[i].to) {
      const Time next = std::min(profile_[i].to, start + duration);
      atoms_.clear();
      atoms_.push_back({view_of(task), next - duration});
      explain(deduction, next - 1, task, demand_[user]);
      if (!deduction.imply({view_of(task), next}, atoms_, overload_at(next - 1))) return false;
      start = next;
      if (start >= latest) return true;
    }
  }
  return true;
}

bool Timetable::push_earlier(Deduction& deduction, std::size_t user) {
  const std::uint32_t task = tasks_[user];
  const Time duration = duration_[user];
  const Time earliest_finish = deduction.least(task) + duration;
  Time finish = deduction.most(task) + duration;
  for (std::size_t after = std::min(segment_at(finish - 1) + 1, profile_.size()); after > 0;
       --after) {
    const std::size_t i = after - 1;
    if (profile_[i].to <= std::max(finish - duration, earliest_finish)) break;
    if (profile_[i].from >= finish || profile_[i].height + demand_[user] <= capacity_) continue;
    while (finish > profile_[i].from) {
      const Time next = std::max(profile_[i].from, finish - duration);
      atoms_.clear();
      atoms_.push_back({negative(view_of(task)), -next});
      explain(deduction, next, task, demand_[user]);
      if (!deduction.imply({negative(view_of(task)), duration - next}, atoms_, overload_at(next)))
        return false;
      finish = next;
      if (finish <= earliest_finish) return true;
    }
  }
  return true;
}

}  // namespace diaodu::solve
