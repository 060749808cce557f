#include <algorithm>
#include <cassert>
#include <numeric>

#include "diaodu/solve/timetable.h"

// The overload check of time-table edge finding: `Timetable::check_energy`.

namespace diaodu::solve {

using Time = Problem::Time;

/// Of the profile, from the beginning to `time`.
std::int64_t Timetable::energy_before(Time time) const {
  if (profile_.size() == 0) return 0;
  const std::size_t at = profile_.step_at(time);
  const std::int64_t inside = std::max<std::int64_t>(0, time - profile_.from(at));
  return energy_[at] + inside * profile_.height(at);
}

bool Timetable::check_energy(Deduction& deduction) {
  if (!is_straight_) return true;
  loose_.clear();
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Time earliest = deduction.least(tasks_[i]);
    const Time latest = deduction.most(tasks_[i]);
    if (earliest == latest) continue;
    const Time loose = duration_[i] - std::max(0, earliest + duration_[i] - latest);
    loose_.push_back({earliest, latest + duration_[i], std::int64_t{loose} * demand_[i]});
  }
  if (loose_.size() < 2) return true;
  energy_.assign(1, 0);
  for (std::size_t step = 0; step < profile_.size(); ++step) {
    // The last one has no end and no height.
    const std::int64_t length =
        profile_.height(step) == 0 ? 0 : profile_.to(step) - profile_.from(step);
    energy_.push_back(energy_.back() + length * profile_.height(step));
  }
  std::sort(loose_.begin(), loose_.end(),
            [](const Loose& a, const Loose& b) { return a.earliest_start > b.earliest_start; });
  by_finish_.resize(loose_.size());
  std::iota(by_finish_.begin(), by_finish_.end(), 0U);
  std::sort(by_finish_.begin(), by_finish_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return loose_[a].latest_finish < loose_[b].latest_finish;
  });
  energy_at_start_.clear();
  for (const Loose& task : loose_) energy_at_start_.push_back(energy_before(task.earliest_start));
  Time last = -1;
  for (const std::uint32_t number : by_finish_) {
    const Time to = loose_[number].latest_finish;
    if (to == last) continue;
    last = to;
    const std::int64_t until = energy_before(to);
    std::int64_t inside = 0;
    for (std::size_t i = 0; i < loose_.size(); ++i) {
      if (loose_[i].latest_finish > to) continue;
      inside += loose_[i].energy;
      const Time from = loose_[i].earliest_start;
      if (inside + until - energy_at_start_[i] <= std::int64_t{capacity_} * (to - from)) continue;
      explain_overload(deduction, from, to);
      return deduction.contradict(
          atoms_, {.rule = Inference::Rule::energy, .number = resource_, .from = from, .to = to});
    }
  }
  return true;
}

/// Into `atoms_`: why `[from, to)` has to hold more than it can.  A task of duration d does at least m inside
/// if  from + m - d <= start <= to - m.
void Timetable::explain_overload(const Deduction& deduction, Time from, Time to) {
  atoms_.clear();
  std::int64_t excess = -std::int64_t{capacity_} * (to - from);
  for (const auto& block : blocks_) {
    const Time inside = std::min(block.to, to) - std::max(block.from, from);
    if (inside > 0) excess += std::int64_t{inside} * block.amount;
  }
  const auto least_inside = [&](std::size_t i) {
    const Time by_start = deduction.least(tasks_[i]) + duration_[i] - from;
    const Time by_finish = to - deduction.most(tasks_[i]);
    return std::min({to - from, duration_[i], by_start, by_finish});
  };
  chosen_.clear();
  for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
    const Time inside = least_inside(i);
    if (inside <= 0) continue;
    excess += std::int64_t{inside} * demand_[i];
    chosen_.push_back(i);
  }
  assert(excess > 0);
  // What is too much already goes to leave tasks out, the smallest first, or to ask less of one.
  std::sort(chosen_.begin(), chosen_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return least_inside(a) * demand_[a] < least_inside(b) * demand_[b];
  });
  for (const std::uint32_t i : chosen_) {
    const View start = view_of(tasks_[i]);
    Time inside = least_inside(i);
    const auto atoms_for = [&](Time least) {
      return std::pair{Atom{start, from + least - duration_[i]}, Atom{negative(start), least - to}};
    };
    const auto [late, early] = atoms_for(inside);
    if (deduction.holds_always(late) && deduction.holds_always(early)) continue;
    const auto spared =
        static_cast<Time>(std::min<std::int64_t>((excess - 1) / demand_[i], inside));
    excess -= std::int64_t{spared} * demand_[i];
    inside -= spared;
    if (inside == 0) continue;
    const auto [from_atom, by_atom] = atoms_for(inside);
    atoms_.push_back(from_atom);
    atoms_.push_back(by_atom);
  }
}

}  // namespace diaodu::solve
