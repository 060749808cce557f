#include "diaodu/dispatch/field_teams.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "diaodu/check/team_check.h"
#include "diaodu/dispatch/faults.h"
#include "diaodu/plan/members.h"

namespace diaodu::dispatch {
namespace {

constexpr std::int64_t kUsualTeamSteps = 300'000;  // of all places together

TeamRule::Kind kind_of(PlannedTeamRule::Kind kind) {
  switch (kind) {
    case PlannedTeamRule::Kind::balance:
      return TeamRule::Kind::balance;
    case PlannedTeamRule::Kind::at_least:
      return TeamRule::Kind::at_least;
    case PlannedTeamRule::Kind::at_most:
      return TeamRule::Kind::at_most;
    case PlannedTeamRule::Kind::together:
      return TeamRule::Kind::together;
    case PlannedTeamRule::Kind::apart:
      return TeamRule::Kind::apart;
    case PlannedTeamRule::Kind::stay:
      break;
  }
  return TeamRule::Kind::stay;
}

/// Somebody, as a name that both plans know.
std::string name_of(const Plan& plan, const Member& member) {
  if (member.person) return plan.people[member.person].id.str();
  return plan.groups[member.group].id.str() + '\n' + std::to_string(member.number);
}

/// In which team everybody was yesterday, or was told to be.
std::vector<TeamId> teams_before(const Plan& plan, const std::vector<Member>& members,
                                 const FieldRun& run) {
  std::map<std::string, std::string_view> told;
  if (run.before != nullptr && run.published != nullptr && run.published->teams) {
    for (const TeamMember& member : run.published->teams->members) {
      if (member.team) told[name_of(*run.before, member.who)] = run.before->teams[member.team].id;
    }
  }
  std::map<std::string_view, TeamId> teams;
  for (TeamId team : plan.teams.ids()) teams.emplace(plan.teams[team].id, team);
  std::vector<TeamId> before;
  for (const Member& member : members) {
    TeamId team = member.person ? plan.people[member.person].team : TeamId{};
    if (const auto known = told.find(name_of(plan, member)); known != told.end()) {
      const auto same = teams.find(known->second);
      if (same != teams.end()) team = same->second;
    }
    before.push_back(team);
  }
  return before;
}

/// Those who can be in the same teams.
struct Bucket {
  PlaceId place;
  std::vector<TeamId> teams;
  std::vector<std::size_t> members;
};

std::vector<Bucket> buckets_of(const Plan& plan, const std::vector<PlaceId>& places) {
  std::map<PlaceId, std::size_t> with_teams;
  std::vector<Bucket> buckets;
  for (TeamId team : plan.teams.ids()) {
    const PlaceId place = plan.teams[team].place;
    const auto [entry, is_new] = with_teams.emplace(place, buckets.size());
    if (is_new) buckets.push_back({.place = place});
    buckets[entry->second].teams.push_back(team);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto bucket = with_teams.find(places[i]);
    if (bucket == with_teams.end()) bucket = with_teams.find(PlaceId{});
    if (bucket != with_teams.end()) buckets[bucket->second].members.push_back(i);
  }
  return buckets;
}

class TeamMaker {
 public:
  TeamMaker(const Plan& plan, const FieldRun& run)
      : plan_(plan),
        run_(run),
        members_(members_of(plan)),
        before_(teams_before(plan, members_, run)),
        rules_(plan.team_rules) {
    const bool is_told = run.published != nullptr && run.published->teams;
    const bool has_stay = std::any_of(rules_.begin(), rules_.end(), [](const auto& rule) {
      return rule.kind == PlannedTeamRule::Kind::stay;
    });
    // Whoever has been told something stays, unless a rule that the plan has is worth more.
    if (is_told && !has_stay) rules_.push_back({.kind = PlannedTeamRule::Kind::stay});
    answer_.is_published = is_told;
    answer_.is_legal = true;
  }

  Teams run() {
    const std::vector<PlaceId> places = places_of(plan_, members_, run_.movement);
    answer_.members.resize(members_.size());
    for (std::size_t i = 0; i < members_.size(); ++i)
      answer_.members[i] = {.who = members_[i], .place = places[i], .before = before_[i]};
    const std::vector<Bucket> buckets = buckets_of(plan_, places);
    for (const Bucket& bucket : buckets) fill(bucket, buckets.size());
    return std::move(answer_);
  }

 private:
  TeamProblem problem_of(const Bucket& bucket) {
    TeamProblem problem{.num_teams = bucket.teams.size()};
    std::map<std::string_view, std::size_t> traits;
    std::map<TeamId, std::size_t> number;
    for (const TeamId team : bucket.teams) number.emplace(team, number.size());
    for (const std::size_t member : bucket.members) {
      TeamPerson person;
      for (const std::string_view trait : traits_of(plan_, members_[member]))
        person.traits.push_back(traits.emplace(trait, traits.size()).first->second);
      const auto before = number.find(before_[member]);
      if (before != number.end()) person.yesterday = before->second;
      problem.people.push_back(std::move(person));
    }
    bool is_sized = false;
    for (const TeamId team : bucket.teams)
      is_sized = is_sized || plan_.teams[team].min || plan_.teams[team].max;
    for (const TeamId team : bucket.teams) {
      if (!is_sized) break;
      const auto all = static_cast<std::int64_t>(bucket.members.size());
      const PlannedTeam& planned = plan_.teams[team];
      const std::int64_t min = planned.min.value_or(0);
      problem.sizes.push_back({.min = min, .max = planned.max.value_or(std::max(all, min))});
    }
    for (const PlannedTeamRule& planned : rules_) {
      TeamRule rule{
          .kind = kind_of(planned.kind), .count = planned.count, .weight = planned.weight};
      rule.trait = traits.emplace(planned.trait.view(), traits.size()).first->second;
      for (std::size_t i = 0; i < bucket.members.size() && !planned.people.empty(); ++i) {
        const Member& member = members_[bucket.members[i]];
        if (std::any_of(planned.people.begin(), planned.people.end(),
                        [&](const Text name) { return is_called(plan_, member, name); })) {
          rule.people.push_back(i);
        }
      }
      problem.rules.push_back(std::move(rule));
    }
    return problem;
  }

  void fill(const Bucket& bucket, std::size_t num_buckets) {
    const TeamProblem problem = problem_of(bucket);
    assert(faults_of(problem).empty());
    Budget::Limits limits;
    const auto parts = static_cast<std::int64_t>(num_buckets);
    if (run_.seconds) limits.seconds = *run_.seconds / static_cast<double>(num_buckets);
    if (run_.steps > 0) limits.steps = run_.steps;
    if (run_.steps <= 0 && !run_.seconds) limits.steps = kUsualTeamSteps / parts;
    Budget budget(limits);
    const TeamAnswer made = make_teams(problem, budget, run_.seed);
    if (!made.exists) {
      TeamShortage shortage{.place = bucket.place,
                            .people = static_cast<std::int64_t>(bucket.members.size())};
      for (const TeamSize& size : problem.sizes) {
        shortage.min += size.min;
        shortage.max += size.max;
      }
      answer_.shortages.push_back(shortage);
      return;
    }
    answer_.cost += made.cost;
    answer_.bound += made.bound;
    answer_.steps += made.steps;
    tell(bucket, made);
    judge(bucket, made);
  }

  void tell(const Bucket& bucket, const TeamAnswer& made) {
    for (std::size_t i = 0; i < bucket.members.size(); ++i) {
      TeamMember& member = answer_.members[bucket.members[i]];
      const TeamReason& reason = made.reasons[i];
      member.team = bucket.teams[made.team_of[i]];
      member.more_cost = reason.more_cost;
      if (reason.elsewhere != kNoTeam) member.elsewhere = bucket.teams[reason.elsewhere];
      if (reason.exchanged_with != kNoTeam)
        member.exchanged_with = members_[bucket.members[reason.exchanged_with]];
      if (reason.rule < plan_.team_rules.size()) member.rule = reason.rule;
    }
    for (std::size_t rule = 0; rule < plan_.team_rules.size(); ++rule) {
      const TeamRuleOutcome& outcome = made.outcomes[rule];
      RuleOutcome told{.rule = rule,
                       .place = bucket.place,
                       .broken = outcome.broken,
                       .broken_at_best = outcome.broken_at_best};
      for (const std::size_t team : outcome.teams) told.teams.push_back(bucket.teams[team]);
      answer_.outcomes.push_back(std::move(told));
    }
  }

  void judge(const Bucket& bucket, const TeamAnswer& made) {
    check::TeamRoster roster{.teams = bucket.teams};
    for (std::size_t i = 0; i < bucket.members.size(); ++i) {
      const TeamId before = before_[bucket.members[i]];
      const bool is_here =
          std::find(bucket.teams.begin(), bucket.teams.end(), before) != bucket.teams.end();
      roster.members.push_back(members_[bucket.members[i]]);
      roster.team_of.push_back(bucket.teams[made.team_of[i]]);
      roster.yesterday.push_back(is_here ? before : TeamId{});
    }
    const check::TeamVerdict verdict = check::judge_teams(plan_, rules_, roster);
    answer_.is_legal = answer_.is_legal && verdict.is_legal && verdict.cost == made.cost;
  }

  const Plan& plan_;
  const FieldRun& run_;
  std::vector<Member> members_;
  std::vector<TeamId> before_;
  std::vector<PlannedTeamRule> rules_;
  Teams answer_;
};

}  // namespace

std::vector<PlaceId> places_of(const Plan& plan, const std::vector<Member>& members,
                               const Movement* movement) {
  Table<GroupId, std::vector<const Party*>> parties(plan.groups.size());
  if (movement != nullptr) {
    for (const Party& party : movement->parties) parties[party.group].push_back(&party);
  }
  std::vector<PlaceId> places;
  for (const Member& member : members) {
    PlaceId place = home_of(plan, member);
    if (member.group) {
      for (const Party* party : parties[member.group]) {
        const bool is_in =
            party->first <= member.number && member.number < party->first + party->count;
        if (is_in && !party->legs.empty()) place = party->stops.back().place;
      }
    }
    places.push_back(place);
  }
  return places;
}

Teams plan_teams(const Plan& plan, const FieldRun& run) { return TeamMaker(plan, run).run(); }

}  // namespace diaodu::dispatch
