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
    is_straight_ = std::all_of(tasks_.begin(), tasks_.end(), [&](std::uint32_t task) {
      return problem.hours_of_task[task] == line;
    });
    if (!is_straight_) {
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
  // No window is like that: all have moved.
  seen_.assign(tasks_.size(), {.least = Problem::kNoLimit, .negative_most = Problem::kNoLimit});
  part_.resize(tasks_.size());
  is_pending_early_.assign(tasks_.size(), 1);
  is_pending_late_.assign(tasks_.size(), 1);
  for (const auto& block : blocks_) profile_.add(block.from, block.to, block.amount);
  highest_ = profile_.highest();
}

Timetable::Part Timetable::part_of(std::size_t user, Deduction::Window window) const {
  const Part part{begins(user, window.most()), ends(user, window.least)};
  return part.is_empty() ? Part{} : part;
}

/// What has moved since the last look, and the profile with it.
void Timetable::look(const Deduction& deduction) {
  bool is_moved = false;
  Time rise_from = Problem::kNoLimit;  // the profile has not risen outside
  Time rise_to = 0;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Deduction::Window window = deduction.window(tasks_[i]);
    const Deduction::Window before = seen_[i];
    if (window == before) continue;
    // A window that has grown may now show what the task's own certain part has hidden from its other end.
    const bool has_grown =
        window.least < before.least || window.negative_most < before.negative_most;
    if (has_grown || window.least != before.least) is_pending_early_[i] = 1;
    if (has_grown || window.negative_most != before.negative_most) is_pending_late_[i] = 1;
    seen_[i] = window;
    const Part part = part_of(i, window);
    const Part old = part_[i];
    if (part == old) continue;
    is_moved = true;
    const auto rise = [&](Time from, Time to) {
      rise_from = std::min(rise_from, from);
      rise_to = std::max(rise_to, to);
    };
    if (!old.is_empty()) profile_.remove(old.from, old.to, demand_[i]);
    if (!part.is_empty()) {
      profile_.add(part.from, part.to, demand_[i]);
      if (old.is_empty()) {
        rise(part.from, part.to);
      } else {
        if (part.from < old.from) rise(part.from, std::min(part.to, old.from));
        if (part.to > old.to) rise(std::max(part.from, old.to), part.to);
      }
    }
    part_[i] = part;
  }
  if (!is_moved) return;
  highest_ = profile_.highest();
  if (rise_from < rise_to) expect_rise(rise_from, rise_to);
}

/// Whoever meets the stretch where the profile has risen is looked at again, if it is too greedy for what is left there.
void Timetable::expect_rise(Time from, Time to) {
  const std::int32_t highest = profile_.highest_in(from, to);
  const auto meets = [&](std::size_t i, Time start) {
    return (begins(i, start) < to) & (ends(i, start) > from);
  };
  for (std::size_t i = 0; i < tasks_.size() && highest + demand_[i] > capacity_; ++i) {
    is_pending_early_[i] |= meets(i, seen_[i].least) ? 1 : 0;
    is_pending_late_[i] |= meets(i, seen_[i].most()) ? 1 : 0;
  }
}

void Timetable::explain(const Deduction& deduction, Time time, std::uint32_t but,
                        std::int32_t demand) {
  std::int32_t excess = demand - capacity_;
  for (const auto& block : blocks_) {
    if (block.from <= time && time < block.to) excess += block.amount;
  }
  // Without branches: nobody can foretell who is in progress.
  std::size_t num_chosen = 0;
  chosen_.resize(tasks_.size());
  for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
    const Deduction::Window window = deduction.window(tasks_[i]);
    const Time latest = latest_at(i, time);
    const bool is_chosen =
        (window.most() <= latest) & (window.least > latest - duration_[i]) & (tasks_[i] != but);
    excess += is_chosen ? demand_[i] : 0;
    chosen_[num_chosen] = i;
    num_chosen += is_chosen ? 1 : 0;
  }
  chosen_.resize(num_chosen);
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
    std::size_t over = 0;
    while (profile_.height(over) <= capacity_) ++over;
    atoms_.clear();
    const Time middle = profile_.from(over) + (profile_.to(over) - profile_.from(over)) / 2;
    explain(deduction, middle, Problem::kNoLimit, 0);
    return deduction.contradict(atoms_, overload_at(middle));
  }
  // The greediest stand in front: whoever comes after one that fits in everywhere does so, too.
  std::size_t i = 0;
  for (; i < tasks_.size() && highest_ + demand_[i] > capacity_; ++i) {
    if (is_pending_early_[i] == 0 && is_pending_late_[i] == 0) continue;
    const Deduction::Window seen = seen_[i];
    const bool is_fixed = seen.least == seen.most();
    if (!is_fixed && is_pending_early_[i] != 0 && !push_later(deduction, i)) return false;
    if (!is_fixed && is_pending_late_[i] != 0 && !push_earlier(deduction, i)) return false;
    // Whoever was pushed from here would be pushed again, should it come back before the next look.
    const Deduction::Window window = deduction.window(tasks_[i]);
    is_pending_early_[i] = window.least != seen.least ? 1 : 0;
    is_pending_late_[i] = window == seen ? 0 : 1;
  }
  std::fill(is_pending_early_.begin() + static_cast<std::ptrdiff_t>(i), is_pending_early_.end(), 0);
  std::fill(is_pending_late_.begin() + static_cast<std::ptrdiff_t>(i), is_pending_late_.end(), 0);
  return true;
}

/// True if what is not there bars the task by itself, so that the step has to be passed as a whole.  (In plain
/// problems steps of the task's duration do, and a proof log can tell of them.)
bool Timetable::is_blocked(std::size_t step, std::size_t user) const {
  if (blocks_.empty() || is_straight_ || always_meets_[user] == 0) return false;
  const Time from = profile_.from(step);
  std::int32_t blocked = demand_[user];
  for (const auto& block : blocks_) {
    if (block.from <= from && from < block.to) blocked += block.amount;
  }
  return blocked > capacity_;
}

bool Timetable::push_later(Deduction& deduction, std::size_t user) {
  const std::uint32_t task = tasks_[user];
  const Time latest = begins(user, deduction.most(task));
  Time begin = begins(user, deduction.least(task));
  Time end = ends(user, deduction.least(task));
  for (std::size_t i = profile_.step_at(begin);
       i < profile_.size() && profile_.from(i) < std::min(end, latest); ++i) {
    if (profile_.height(i) + demand_[user] <= capacity_) continue;
    const bool is_blocked = this->is_blocked(i, user);
    const Time from = profile_.from(i);
    const Time to = profile_.to(i);
    while (std::max(begin, from) < std::min(end, to)) {
      const Time time = is_blocked ? to - 1 : std::min(to, end) - 1;
      const Time next = latest_at(user, time) + 1;
      atoms_.clear();
      if (is_blocked) {
        atoms_.push_back({view_of(task), earliest_at(user, from)});
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
  for (std::size_t after = std::min(profile_.step_at(end - 1) + 1, profile_.size()); after > 0;
       --after) {
    const std::size_t i = after - 1;
    const Time from = profile_.from(i);
    const Time to = profile_.to(i);
    if (to <= std::max(begin, earliest_finish)) break;
    if (from >= end || profile_.height(i) + demand_[user] <= capacity_) continue;
    const bool is_blocked = this->is_blocked(i, user);
    while (std::max(begin, from) < std::min(end, to)) {
      const Time time = is_blocked ? from : std::max(from, begin);
      const Time next = earliest_at(user, time) - 1;
      atoms_.clear();
      if (is_blocked) {
        atoms_.push_back({negative(view_of(task)), -latest_at(user, to - 1)});
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
