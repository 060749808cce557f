#include "diaodu/dispatch/team_state.h"

#include <algorithm>
#include <map>

namespace diaodu::dispatch {

namespace {
using Kind = TeamRule::Kind;

constexpr std::int64_t kMostCosts = 4'000'000;  // that are kept
}  // namespace

TeamState::TeamState(const TeamProblem& problem, std::vector<TeamSize> sizes,
                     std::vector<std::size_t> team_of)
    : problem_(&problem),
      sizes_(std::move(sizes)),
      shares_(shares_of(problem)),
      team_of_(std::move(team_of)),
      members_(problem.num_teams),
      at_(problem.people.size()),
      slot_of_rule_(problem.rules.size(), kNoTeam),
      slots_of_(problem.people.size()) {
  std::map<std::size_t, std::size_t> slot_of_trait;
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule) {
    const TeamRule& what = problem.rules[rule];
    if (what.kind == Kind::stay) {
      stay_ += what.weight;
      continue;
    }
    const bool is_list = what.kind == Kind::together || what.kind == Kind::apart;
    if (!is_list) {
      const auto [found, is_new] = slot_of_trait.emplace(what.trait, slots_.size());
      if (!is_new) {
        slot_of_rule_[rule] = found->second;
        slots_[found->second].rules.push_back(rule);
        continue;
      }
    }
    const std::size_t slot = slots_.size();
    slot_of_rule_[rule] = slot;
    slots_.push_back({.rules = {rule}, .is_together = what.kind == Kind::together});
    const auto note = [&](std::size_t person) {
      if (!slots_of_[person].empty() && slots_of_[person].back() == slot) return;
      slots_of_[person].push_back(slot);
      ++slots_[slot].all;
    };
    if (is_list) {
      std::vector<std::size_t> people = what.people;
      std::sort(people.begin(), people.end());
      for (const std::size_t person : people) note(person);
    } else {
      for (std::size_t person = 0; person < problem.people.size(); ++person)
        for (const std::size_t trait : problem.people[person].traits)
          if (trait == what.trait) note(person);
    }
  }

  // What each count costs in each team, worked out once.  Of many teams that may be large the high
  // counts, which hardly occur, are not kept.
  const auto rows = static_cast<std::int64_t>(slots_.size() * problem.num_teams);
  const std::int64_t most_kept = kMostCosts / std::max<std::int64_t>(1, rows);
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    for (std::size_t team = 0; team < problem.num_teams; ++team) {
      first_cost_.push_back(costs_.size());
      // A move may put one more into a team for a moment, before another leaves it.
      const std::int64_t last = std::min({slots_[slot].all, sizes_[team].max + 1, most_kept});
      for (std::int64_t have = 0; have <= last; ++have)
        costs_.push_back(worked_out(slot, team, have));
    }
  }
  first_cost_.push_back(costs_.size());

  counts_.assign(slots_.size() * problem.num_teams, 0);
  for (std::size_t person = 0; person < team_of_.size(); ++person) {
    const std::size_t team = team_of_[person];
    at_[person] = members_[team].size();
    members_[team].push_back(person);
    for (const std::size_t slot : slots_of_[person]) ++count(slot, team);
    const std::size_t yesterday = problem.people[person].yesterday;
    if (yesterday != kNoTeam && yesterday != team) cost_ += stay_;
  }
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule)
    if (problem.rules[rule].kind != Kind::stay) cost_ += problem.rules[rule].weight * broken(rule);
}

std::int64_t TeamState::most_together(std::size_t slot) const {
  const auto first = counts_.begin() + static_cast<std::ptrdiff_t>(slot * problem_->num_teams);
  return *std::max_element(first, first + static_cast<std::ptrdiff_t>(problem_->num_teams));
}

std::int64_t TeamState::worked_out(std::size_t slot, std::size_t team, std::int64_t have) const {
  std::int64_t cost = 0;
  for (const std::size_t rule : slots_[slot].rules) {
    const TeamRule& what = problem_->rules[rule];
    if (what.kind == Kind::apart) {
      cost += what.weight * std::max<std::int64_t>(0, have - 1);
    } else {
      cost += what.weight * units_broken(what, have, slots_[slot].all, shares_[team]);
    }
  }
  return cost;
}

void TeamState::change(std::size_t slot, std::size_t team, int by) {
  if (slots_[slot].is_together) {
    const std::int64_t weight = problem_->rules[slots_[slot].rules.front()].weight;
    cost_ += weight * most_together(slot);
    count(slot, team) += by;
    cost_ -= weight * most_together(slot);
    return;
  }
  std::int64_t& have = count(slot, team);
  cost_ -= cost_of(slot, team, have);
  have += by;
  cost_ += cost_of(slot, team, have);
}

void TeamState::move(std::size_t person, std::size_t team) {
  const std::size_t from = team_of_[person];
  if (from == team) return;
  for (const std::size_t slot : slots_of_[person]) {
    change(slot, from, -1);
    change(slot, team, 1);
  }
  const std::size_t yesterday = problem_->people[person].yesterday;
  if (yesterday == from) cost_ += stay_;
  if (yesterday == team) cost_ -= stay_;
  const std::size_t last = members_[from].back();
  members_[from][at_[person]] = last;
  at_[last] = at_[person];
  members_[from].pop_back();
  at_[person] = members_[team].size();
  members_[team].push_back(person);
  team_of_[person] = team;
}

std::int64_t TeamState::broken_in(std::size_t rule, std::size_t team) const {
  const TeamRule& what = problem_->rules[rule];
  if (what.kind == Kind::stay || what.kind == Kind::together) return 0;
  const std::size_t slot = slot_of_rule_[rule];
  const std::int64_t have = count(slot, team);
  if (what.kind == Kind::apart) return std::max<std::int64_t>(0, have - 1);
  return units_broken(what, have, slots_[slot].all, shares_[team]);
}

std::int64_t TeamState::broken(std::size_t rule) const {
  std::int64_t sum = 0;
  switch (problem_->rules[rule].kind) {
    case Kind::together:
      return slots_[slot_of_rule_[rule]].all - most_together(slot_of_rule_[rule]);
    case Kind::stay:
      for (std::size_t person = 0; person < team_of_.size(); ++person) {
        const std::size_t yesterday = problem_->people[person].yesterday;
        sum += yesterday != kNoTeam && yesterday != team_of_[person] ? 1 : 0;
      }
      return sum;
    case Kind::balance:
    case Kind::at_least:
    case Kind::at_most:
    case Kind::apart:
      for (std::size_t team = 0; team < problem_->num_teams; ++team) sum += broken_in(rule, team);
  }
  return sum;
}

}  // namespace diaodu::dispatch
