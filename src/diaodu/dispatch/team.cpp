#include "diaodu/dispatch/team.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "diaodu/core/random.h"
#include "diaodu/dispatch/team_flow.h"
#include "diaodu/dispatch/team_reasons.h"
#include "diaodu/dispatch/team_state.h"

namespace diaodu::dispatch {

namespace {

using Kind = TeamRule::Kind;

constexpr double kColdest = 0.05;
constexpr std::uint64_t kMoveOneIn = 8;
constexpr std::uint64_t kTogetherOneIn = 16;
constexpr int kLooks = 8;
constexpr std::int64_t kTeamStepsBetweenLooks = 256;

/// Exchanges tried one after the other, and taken back where they are not accepted.
class Search {
 public:
  Search(TeamState& state, std::uint64_t seed)
      : state_(state), problem_(state.problem()), random_(seed) {
    // The least weight is warm, half the mean is hot, a twentieth of the least is cold.
    double sum = 0;
    double least = 0;
    for (std::size_t rule = 0; rule < problem_.rules.size(); ++rule) {
      const auto weight = static_cast<double>(problem_.rules[rule].weight);
      if (weight <= 0) continue;
      sum += weight;
      least = least == 0 ? weight : std::min(least, weight);
      has_stay_ = has_stay_ || problem_.rules[rule].kind == Kind::stay;
      if (problem_.rules[rule].kind == Kind::together && problem_.rules[rule].people.size() > 1)
        together_.push_back(rule);
    }
    warm_ = std::max(1.0, least) / 2;
    cold_ = 2 * kColdest * warm_;
    hot_ = std::max(cold_,
                    sum / static_cast<double>(std::max<std::size_t>(1, problem_.rules.size())) / 2);
  }

  std::int64_t run(std::int64_t bound, Budget& budget) {
    std::int64_t steps = 0;
    std::int64_t least = state_.cost();
    std::vector<std::size_t> best = state_.teams();
    while (!budget.is_spent() && least > bound) {
      // First warm, so that what the flow has brought about is kept; then hot, lest it be a trap.
      if (steps % kTeamStepsBetweenLooks == 0) {
        const double twice = 2 * std::min(1.0, budget.share());
        const double first = twice < 1 ? warm_ : hot_;
        temperature_ = first * std::pow(cold_ / first, twice < 1 ? twice : twice - 1);
      }
      step();
      if (state_.cost() < least) {
        least = state_.cost();
        best = state_.teams();
      }
      ++steps;
      budget.spend(1);
    }
    for (std::size_t person = 0; person < best.size(); ++person) state_.move(person, best[person]);
    return steps;
  }

 private:
  void step() {
    const std::int64_t before = state_.cost();
    moved_.clear();
    if (!together_.empty() && random_.one_in(kTogetherOneIn)) {
      gather();
    } else {
      std::size_t person = random_.below(problem_.people.size());
      std::size_t team = random_.below(problem_.num_teams);
      // Every other time somebody who is away from yesterday's team goes back.
      const bool goes_back = has_stay_ && random_.one_in(2);
      if (goes_back) {
        for (int i = 0; i < kLooks && !is_away(person); ++i)
          person = random_.below(problem_.people.size());
        if (is_away(person)) team = problem_.people[person].yesterday;
      }
      const std::size_t here = state_.team_of(person);
      if (team == here) return;
      if (random_.one_in(kMoveOneIn) && state_.may_leave(here) && state_.may_join(team)) {
        put(person, team);
      } else if (!state_.members(team).empty()) {
        const std::vector<std::size_t>& there = state_.members(team);
        std::size_t other = there[random_.below(there.size())];
        for (int i = 0; goes_back && i < kLooks && is_home(other); ++i)
          other = there[random_.below(there.size())];
        put(person, team);
        put(other, here);
      }
    }
    const std::int64_t more = state_.cost() - before;
    if (more <= 0) return;
    if (static_cast<double>(more) < -temperature_ * std::log(1 - random_.unit())) return;
    for (std::size_t i = moved_.size(); i-- > 0;) state_.move(moved_[i].first, moved_[i].second);
  }

  bool is_home(std::size_t person) const {
    return problem_.people[person].yesterday == state_.team_of(person);
  }
  bool is_away(std::size_t person) const {
    return problem_.people[person].yesterday < problem_.num_teams && !is_home(person);
  }

  /// Brings all of one list into one team, each in exchange for somebody who is not of the list.
  void gather() {
    const TeamRule& rule = problem_.rules[together_[random_.below(together_.size())]];
    const std::size_t team = random_.below(problem_.num_teams);
    const auto is_listed = [&](std::size_t person) {
      return std::find(rule.people.begin(), rule.people.end(), person) != rule.people.end();
    };
    for (const std::size_t person : rule.people) {
      const std::size_t here = state_.team_of(person);
      if (here == team) continue;
      const std::vector<std::size_t>& there = state_.members(team);
      if (there.empty()) return;
      const std::size_t first = random_.below(there.size());
      std::size_t other = kNoTeam;
      for (std::size_t i = 0; i < there.size() && other == kNoTeam; ++i)
        if (!is_listed(there[(first + i) % there.size()]))
          other = there[(first + i) % there.size()];
      if (other == kNoTeam) return;
      put(person, team);
      put(other, here);
    }
  }

  void put(std::size_t person, std::size_t team) {
    moved_.emplace_back(person, state_.team_of(person));
    state_.move(person, team);
  }

  TeamState& state_;
  const TeamProblem& problem_;
  RandomStream random_;
  std::vector<std::size_t> together_;
  std::vector<std::pair<std::size_t, std::size_t>> moved_;  ///< and from where
  bool has_stay_ = false;
  double warm_ = 1;
  double hot_ = 1;
  double cold_ = 1;
  double temperature_ = 1;
};

}  // namespace

TeamAnswer make_teams(const TeamProblem& problem, Budget& budget, std::uint64_t seed) {
  TeamAnswer answer;
  const std::vector<TeamSize> sizes = sizes_of(problem);
  if (problem.num_teams == 0) {
    answer.exists = problem.people.empty();
    answer.outcomes.resize(problem.rules.size());
    return answer;
  }
  std::vector<std::size_t> start;
  std::int64_t start_cost = 0;
  for (const std::vector<std::size_t>& bundle : bundles_of(problem)) {
    const auto flow = solve_flow(problem, bundle);
    if (!flow) return answer;
    answer.bound += flow->cost;
    const TeamState tried(problem, sizes, flow->team_of);
    if (!start.empty() && tried.cost() >= start_cost) continue;
    start = flow->team_of;
    start_cost = tried.cost();
  }
  answer.exists = true;
  if (problem.people.empty()) start.clear();
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule) {
    const Kind kind = problem.rules[rule].kind;
    if (kind == Kind::together || kind == Kind::apart)
      answer.bound += problem.rules[rule].weight * least_broken(problem, rule);
  }
  TeamState state(problem, sizes, std::move(start));
  if (state.cost() > answer.bound) answer.steps = Search(state, seed).run(answer.bound, budget);
  answer.team_of = state.teams();
  answer.cost = state.cost();
  answer.outcomes = outcomes_of(state);
  answer.reasons = explain_teams(state);
  return answer;
}

}  // namespace diaodu::dispatch
