#include "diaodu/dispatch/team_reasons.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "diaodu/dispatch/team_flow.h"

namespace diaodu::dispatch {

namespace {

using Kind = TeamRule::Kind;

/// What rules can tell of a person: whoever has the same is the same to them.
using Signature = std::tuple<std::vector<std::size_t>, std::vector<std::size_t>, std::size_t>;

std::vector<std::size_t> signatures_of(const TeamProblem& problem) {
  std::vector<bool> is_counted;
  for (const TeamRule& rule : problem.rules) {
    if (rule.trait >= is_counted.size()) is_counted.resize(rule.trait + 1);
    is_counted[rule.trait] = true;
  }
  std::vector<std::vector<std::size_t>> lists(problem.people.size());
  bool has_stay = false;
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule) {
    has_stay = has_stay || problem.rules[rule].kind == Kind::stay;
    for (const std::size_t person : problem.rules[rule].people) lists[person].push_back(rule);
  }
  std::map<Signature, std::size_t> numbers;
  std::vector<std::size_t> all;
  for (std::size_t person = 0; person < problem.people.size(); ++person) {
    std::vector<std::size_t> traits;
    for (const std::size_t trait : problem.people[person].traits)
      if (trait < is_counted.size() && is_counted[trait]) traits.push_back(trait);
    std::sort(traits.begin(), traits.end());
    const Signature signature{std::move(traits), lists[person],
                              has_stay ? problem.people[person].yesterday : kNoTeam};
    all.push_back(numbers.emplace(signature, numbers.size()).first->second);
  }
  return all;
}

/// What rules cost in two teams, and as a whole where that is how they are broken.
std::vector<std::int64_t> costs_around(const TeamState& state, std::size_t one, std::size_t other) {
  const TeamProblem& problem = state.problem();
  std::vector<std::int64_t> costs;
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule) {
    const TeamRule& what = problem.rules[rule];
    const bool is_whole = what.kind == Kind::stay || what.kind == Kind::together;
    const std::int64_t units =
        is_whole ? state.broken(rule) : state.broken_in(rule, one) + state.broken_in(rule, other);
    costs.push_back(what.weight * units);
  }
  return costs;
}

/// One of each signature in each team: an exchange with another like them comes to the same.
std::vector<std::vector<std::size_t>> one_of_each(const TeamState& state,
                                                  const std::vector<std::size_t>& signature) {
  std::vector<std::vector<std::size_t>> people(state.problem().num_teams);
  for (std::size_t team = 0; team < people.size(); ++team) {
    std::set<std::size_t> seen;
    for (const std::size_t person : state.members(team))
      if (seen.insert(signature[person]).second) people[team].push_back(person);
  }
  return people;
}

TeamReason explain(TeamState& state, std::size_t person, const std::vector<std::size_t>& signature,
                   const std::vector<std::vector<std::size_t>>& others) {
  TeamReason best;
  const std::size_t here = state.team_of(person);
  const std::int64_t cost = state.cost();
  const auto offer = [&](std::size_t team, std::size_t with) {
    const std::int64_t more = state.cost() - cost;
    if (best.elsewhere != kNoTeam && more >= best.more_cost) return;
    best = {.elsewhere = team, .exchanged_with = with, .more_cost = more};
  };
  for (std::size_t team = 0; team < state.problem().num_teams; ++team) {
    if (team == here) continue;
    if (state.may_leave(here) && state.may_join(team)) {
      state.move(person, team);
      offer(team, kNoTeam);
      state.move(person, here);
    }
    for (const std::size_t other : others[team]) {
      if (signature[other] == signature[person]) continue;
      state.exchange(person, other);
      offer(team, other);
      state.exchange(person, other);
    }
  }
  if (best.elsewhere == kNoTeam) return best;

  const std::vector<std::int64_t> before = costs_around(state, here, best.elsewhere);
  const auto go = [&](std::size_t team) {
    if (best.exchanged_with == kNoTeam) {
      state.move(person, team);
    } else {
      state.exchange(person, best.exchanged_with);
    }
  };
  go(best.elsewhere);
  const std::vector<std::int64_t> after = costs_around(state, here, best.elsewhere);
  go(here);
  std::int64_t most = 0;
  for (std::size_t rule = 0; rule < before.size(); ++rule) {
    if (after[rule] - before[rule] <= most) continue;
    most = after[rule] - before[rule];
    best.rule = rule;
  }
  return best;
}

}  // namespace

std::vector<TeamReason> explain_teams(TeamState& state) {
  const std::vector<std::size_t> signature = signatures_of(state.problem());
  const std::vector<std::vector<std::size_t>> others = one_of_each(state, signature);
  // Whoever is alike and in one team is there for one reason.
  std::map<std::pair<std::size_t, std::size_t>, TeamReason> known;
  std::vector<TeamReason> reasons;
  for (std::size_t person = 0; person < state.problem().people.size(); ++person) {
    const auto [entry, is_new] = known.try_emplace({signature[person], state.team_of(person)});
    if (is_new) entry->second = explain(state, person, signature, others);
    reasons.push_back(entry->second);
  }
  return reasons;
}

std::int64_t least_broken(const TeamProblem& problem, std::size_t rule) {
  const TeamRule& what = problem.rules[rule];
  if (what.kind == Kind::together || what.kind == Kind::apart) {
    std::vector<std::size_t> people = what.people;
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    const auto count = static_cast<std::int64_t>(people.size());
    if (what.kind == Kind::apart)
      return std::max<std::int64_t>(0, count - static_cast<std::int64_t>(problem.num_teams));
    std::int64_t room = 0;
    for (const TeamSize& size : sizes_of(problem)) room = std::max(room, size.max);
    return std::max<std::int64_t>(0, count - room);
  }
  TeamProblem alone{.people = problem.people,
                    .num_teams = problem.num_teams,
                    .sizes = problem.sizes,
                    .rules = {what}};
  alone.rules.front().weight = 1;
  const std::size_t first[] = {0};
  const auto flow = solve_flow(alone, first);
  return flow ? flow->cost : 0;
}

std::vector<TeamRuleOutcome> outcomes_of(const TeamState& state) {
  const TeamProblem& problem = state.problem();
  std::vector<TeamRuleOutcome> outcomes;
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule) {
    TeamRuleOutcome outcome{.broken = state.broken(rule), .teams = {}};
    if (outcome.broken > 0) outcome.broken_at_best = least_broken(problem, rule);
    std::vector<bool> is_broken(problem.num_teams);
    const TeamRule& what = problem.rules[rule];
    for (std::size_t team = 0; team < problem.num_teams; ++team)
      is_broken[team] = state.broken_in(rule, team) > 0;
    if (what.kind == Kind::stay && outcome.broken > 0) {
      for (std::size_t person = 0; person < problem.people.size(); ++person) {
        const std::size_t yesterday = problem.people[person].yesterday;
        if (yesterday < problem.num_teams && yesterday != state.team_of(person))
          is_broken[yesterday] = true;
      }
    }
    if (what.kind == Kind::together && outcome.broken > 0)
      for (const std::size_t person : what.people) is_broken[state.team_of(person)] = true;
    for (std::size_t team = 0; team < problem.num_teams; ++team)
      if (is_broken[team]) outcome.teams.push_back(team);
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace diaodu::dispatch
