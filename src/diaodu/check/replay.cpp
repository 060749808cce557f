#include "diaodu/check/replay.h"

#include <algorithm>

namespace diaodu::check {

ProofProblem::Time ProofProblem::horizon() const {
  Time sum = 0;
  Time last = 0;
  for (const Variable& variable : variables) {
    sum += variable.duration;
    last = std::max(last, variable.earliest);
  }
  for (const Link& link : links) sum += std::max<Time>(0, link.gap - variables[link.from].duration);
  // A block without end is there ever after; it is its beginning that comes to an end.
  for (const Block& block : blocks)
    last = std::max(last, block.to == kMost ? block.from : block.to);
  return sum + last;
}

Replay::Replay(const ProofProblem& problem)
    : problem_(problem),
      end_(static_cast<std::uint32_t>(problem.variables.size())),
      users_(problem.resources.size()),
      blocks_(problem.resources.size()),
      demands_of_(problem.variables.size()) {
  for (const auto& variable : problem.variables) {
    least_.push_back(variable.earliest);
    most_.push_back(variable.latest);
    has_failed_ = has_failed_ || variable.earliest > variable.latest;
  }
  least_.push_back(0);
  most_.push_back(ProofProblem::kMost);
  for (const auto& link : problem.links) arcs_.push_back({link.from, link.to, link.gap});
  for (std::uint32_t i = 0; i < end_; ++i) arcs_.push_back({i, end_, duration(i)});
  num_firm_ = arcs_.size();
  for (const auto& demand : problem.demands) {
    if (duration(demand.variable) == 0) continue;  // it is never in progress
    users_[demand.resource].push_back({demand.variable, demand.amount});
    demands_of_[demand.variable].emplace_back(demand.resource, demand.amount);
  }
  for (const auto& block : problem.blocks) blocks_[block.resource].push_back(block);
}

bool Replay::add_pair(std::uint32_t first, std::uint32_t second) {
  bool exceeds = false;
  for (const auto& [resource, amount] : demands_of_[first]) {
    for (const auto& [other, too] : demands_of_[second]) {
      exceeds =
          exceeds || (resource == other && amount + too > problem_.resources[resource].capacity);
    }
  }
  if (!exceeds || first == second) return false;
  const auto order = static_cast<std::uint32_t>(num_variables());
  least_.push_back(0);
  most_.push_back(1);
  arcs_.push_back({first, second, duration(first), true, {order, true, 1}});
  arcs_.push_back({second, first, duration(second), true, {order, false, 0}});
  return true;
}

void Replay::require(ProofAtom atom) {
  if (has_failed_ || holds(atom)) return;
  if (fails(atom)) {
    has_failed_ = true;
    return;
  }
  std::int64_t& bound = atom.is_least ? least_[atom.variable] : most_[atom.variable];
  if (is_marked_) changes_.push_back({atom.variable, atom.is_least, bound});
  bound = atom.value;
}

void Replay::back() {
  for (; !changes_.empty(); changes_.pop_back()) {
    const Change& change = changes_.back();
    (change.is_least ? least_ : most_)[change.variable] = change.before;
  }
  is_marked_ = false;
  has_failed_ = false;
}

void Replay::follow_links() {
  // Bellman & Ford: without a circle that drives itself, so many sweeps settle everything.  A log that would
  // have us sweep for hours gets less done, not more.
  constexpr std::size_t kMostSteps = std::size_t{1} << 29;
  std::size_t steps = 0;
  for (std::size_t sweep = 0; sweep <= least_.size() + 1 && !has_failed_; ++sweep) {
    const std::vector<std::int64_t> least = least_;
    const std::vector<std::int64_t> most = most_;
    for (std::size_t i = 0; i < num_firm_; ++i) use_arc(i);
    if (least == least_ && most == most_) return;
    steps += num_firm_;
    if (steps > kMostSteps) return;
  }
  has_failed_ = true;
}

void Replay::use_arc(std::size_t number) {
  const Arc& arc = arcs_[number];
  if (arc.is_conditional && !holds(arc.condition)) {
    if (least_[arc.from] + arc.gap > most_[arc.to]) require(opposite(arc.condition));
    return;
  }
  require({arc.to, true, least_[arc.from] + arc.gap});
  require({arc.from, false, most_[arc.to] - arc.gap});
}

void Replay::use_clause(std::span<const ProofAtom> clause) {
  const ProofAtom* open = nullptr;
  for (const ProofAtom& atom : clause) {
    if (fails(atom)) continue;
    if (open != nullptr) return;
    open = &atom;
  }
  if (open == nullptr) {
    has_failed_ = true;
  } else {
    require(*open);
  }
}

void Replay::use_timetable(std::size_t resource, std::int64_t time) {
  const auto is_certain = [&](std::uint32_t task) {
    return most_[task] <= time && time < least_[task] + duration(task);
  };
  const std::int64_t capacity = problem_.resources[resource].capacity;
  std::int64_t used = 0;
  for (const auto& block : blocks_[resource]) {
    if (block.from <= time && time < block.to) used += block.amount;
  }
  for (const User& user : users_[resource]) {
    if (is_certain(user.variable)) used += user.amount;
  }
  if (used > capacity) has_failed_ = true;
  for (const User& user : users_[resource]) {
    const std::uint32_t task = user.variable;
    if (used + user.amount <= capacity || is_certain(task)) continue;
    // It cannot be in progress then: if it cannot be over before, it begins after, and the other way round.
    if (least_[task] + duration(task) > time) require({task, true, time + 1});
    if (most_[task] <= time) require({task, false, time - duration(task)});
  }
}

void Replay::use_energy(std::size_t resource, std::int64_t from, std::int64_t to) {
  if (from >= to) return;
  const std::int64_t room = problem_.resources[resource].capacity * (to - from);
  std::int64_t used = 0;
  for (const auto& block : blocks_[resource]) {
    const std::int64_t inside = std::min(block.to, to) - std::max(block.from, from);
    if (inside > 0 && used <= room) used += inside * block.amount;
  }
  for (const User& user : users_[resource]) {
    const std::uint32_t task = user.variable;
    const std::int64_t inside = std::min(
        {to - from, duration(task), least_[task] + duration(task) - from, to - most_[task]});
    if (inside > 0 && used <= room) used += inside * user.amount;
  }
  if (used > room) has_failed_ = true;
}

}  // namespace diaodu::check
