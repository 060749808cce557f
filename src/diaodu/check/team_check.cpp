#include "diaodu/check/team_check.h"

#include <algorithm>

#include "diaodu/plan/members.h"

namespace diaodu::check {
namespace {

using RuleKind = PlannedTeamRule::Kind;

class TeamJudge {
 public:
  TeamJudge(const Plan& plan, const TeamRoster& roster) : plan_(plan), roster_(roster) {}

  bool keeps_sizes() const {
    bool is_sized = false;
    for (const TeamId team : roster_.teams)
      is_sized = is_sized || plan_.teams[team].min || plan_.teams[team].max;
    const auto teams = static_cast<std::int64_t>(roster_.teams.size());
    for (const TeamId team : roster_.teams) {
      const std::int64_t size = std::count(roster_.team_of.begin(), roster_.team_of.end(), team);
      const PlannedTeam& planned = plan_.teams[team];
      const std::int64_t least = is_sized ? planned.min.value_or(0) : people() / teams;
      const std::int64_t most =
          is_sized ? planned.max.value_or(people()) : (people() + teams - 1) / teams;
      if (size < least || size > most) return false;
    }
    return std::all_of(roster_.team_of.begin(), roster_.team_of.end(), [this](TeamId team) {
      return std::find(roster_.teams.begin(), roster_.teams.end(), team) != roster_.teams.end();
    });
  }

  std::int64_t broken(const PlannedTeamRule& rule) const {
    std::int64_t units = 0;
    std::int64_t all = 0;
    std::int64_t most = 0;
    std::vector<bool> is_counted;
    for (const Member& member : roster_.members) {
      is_counted.push_back(is_meant(rule, member));
      all += is_counted.back() ? 1 : 0;
    }
    for (const TeamId team : roster_.teams) {
      const std::int64_t here = counted(is_counted, team);
      most = std::max(most, here);
      if (rule.kind == RuleKind::balance) units += beyond_share(team, here, all);
      if (rule.kind == RuleKind::at_least) units += std::max<std::int64_t>(rule.count - here, 0);
      if (rule.kind == RuleKind::at_most) units += std::max<std::int64_t>(here - rule.count, 0);
      if (rule.kind == RuleKind::apart) units += std::max<std::int64_t>(here - 1, 0);
    }
    if (rule.kind == RuleKind::together) units = all - most;
    if (rule.kind == RuleKind::stay) {
      for (std::size_t i = 0; i < roster_.members.size(); ++i)
        units += roster_.yesterday[i] && roster_.yesterday[i] != roster_.team_of[i] ? 1 : 0;
    }
    return units;
  }

 private:
  std::int64_t people() const { return static_cast<std::int64_t>(roster_.members.size()); }

  bool is_meant(const PlannedTeamRule& rule, const Member& member) const {
    if (rule.kind == RuleKind::together || rule.kind == RuleKind::apart) {
      return std::any_of(rule.people.begin(), rule.people.end(),
                         [&](const Text name) { return is_called(plan_, member, name); });
    }
    const auto traits = traits_of(plan_, member);
    return std::find(traits.begin(), traits.end(), rule.trait.view()) != traits.end();
  }

  std::int64_t counted(const std::vector<bool>& is_counted, TeamId team) const {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < roster_.members.size(); ++i)
      count += roster_.team_of[i] == team && is_counted[i] ? 1 : 0;
    return count;
  }

  /// One team's share is what it may hold on average, of what all of them may.
  std::int64_t beyond_share(TeamId team, std::int64_t here, std::int64_t all) const {
    bool is_sized = false;
    std::int64_t whole = 0;
    const auto twice_on_average = [this](const PlannedTeam& planned) {
      return planned.min.value_or(0) + planned.max.value_or(people());
    };
    for (const TeamId each : roster_.teams) {
      is_sized = is_sized || plan_.teams[each].min || plan_.teams[each].max;
      whole += twice_on_average(plan_.teams[each]);
    }
    const std::int64_t part = is_sized ? twice_on_average(plan_.teams[team]) : 1;
    if (!is_sized) whole = static_cast<std::int64_t>(roster_.teams.size());
    if (whole == 0) return 0;
    const std::int64_t low = all * part / whole;
    const std::int64_t high = (all * part + whole - 1) / whole;
    return std::max({std::int64_t{0}, low - here, here - high});
  }

  const Plan& plan_;
  const TeamRoster& roster_;
};

}  // namespace

TeamVerdict judge_teams(const Plan& plan, std::span<const PlannedTeamRule> rules,
                        const TeamRoster& roster) {
  TeamVerdict verdict;
  if (roster.team_of.size() != roster.members.size()) return verdict;
  const TeamJudge judge(plan, roster);
  verdict.is_legal = roster.members.empty() || judge.keeps_sizes();
  for (const PlannedTeamRule& rule : rules) {
    verdict.broken.push_back(judge.broken(rule));
    verdict.cost += rule.weight * verdict.broken.back();
  }
  return verdict;
}

}  // namespace diaodu::check
