#include <algorithm>
#include <map>

#include "diaodu/plan/members.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/dispatch_cells.h"
#include "diaodu/report/field_tables.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using dispatch::TeamMember;
using Kind = PlannedTeamRule::Kind;

std::string member_id(const Plan& plan, const Roster& roster, const Member& member) {
  if (member.person) return plan.people[member.person].id.str();
  return roster.id(member.group, member.number);
}

std::string_view role_of(const Plan& plan, const Member& member) {
  if (member.person && !plan.people[member.person].role.empty())
    return plan.people[member.person].role;
  return member.group ? plan.groups[member.group].role.view() : std::string_view{};
}

bool is_meant(const Dispatched& told, const Roster& roster, const TeamMember& member) {
  return told.only.empty() || (member.team && told.plan.teams[member.team].id == told.only) ||
         is_called(told.plan, member.who, told.only) ||
         member_id(told.plan, roster, member.who) == told.only;
}

std::string reason_in_words(const Plan& plan, const Roster& roster, const TeamMember& member,
                            Language language) {
  if (!member.team) return say(words::field_no_team_there, language);
  if (!member.elsewhere) return say(words::field_nowhere_else, language);
  const std::string where = cells::name(plan.teams, member.elsewhere, language);
  if (member.more_cost == 0) return say(words::field_could_as_well, language, {where});
  const std::string rule =
      member.rule ? rule_in_words(plan, plan.team_rules[*member.rule], language) : std::string("—");
  if (member.exchanged_with) {
    return say(words::field_exchange_costs, language,
               {where, member_name(plan, roster, *member.exchanged_with, language),
                std::to_string(member.more_cost), rule});
  }
  return say(words::field_move_costs, language, {where, std::to_string(member.more_cost), rule});
}

}  // namespace

std::string member_name(const Plan& plan, const Roster& roster, const Member& member,
                        Language language) {
  if (member.person) return std::string(display_name(plan.people[member.person], language));
  return roster.name(member.group, member.number, language);
}

std::string rule_in_words(const Plan& plan, const PlannedTeamRule& rule, Language language) {
  std::vector<std::string> names;
  for (const Text name : rule.people) names.push_back(name.str());
  std::string trait = rule.trait.str();
  for (const Place& place : plan.places) {
    if (place.id == rule.trait)
      trait = say(words::field_from_place, language, {std::string(display_name(place, language))});
  }
  if (trait == "local") trait = say(words::field_local, language);
  if (trait == "leader") trait = say(words::field_leader, language);
  switch (rule.kind) {
    case Kind::balance:
      return say(words::field_rule_balance, language, {trait});
    case Kind::at_least:
      return say(words::field_rule_at_least, language, {std::to_string(rule.count), trait});
    case Kind::at_most:
      return say(words::field_rule_at_most, language, {std::to_string(rule.count), trait});
    case Kind::together:
      return say(words::field_rule_together, language, {joined(names, language)});
    case Kind::apart:
      return say(words::field_rule_apart, language, {joined(names, language)});
    case Kind::stay:
      break;
  }
  return say(words::field_rule_stay, language);
}

DispatchTable teams_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "teams", .name = &words::field_teams};
  table.columns = {
      {"team", &words::field_team, 14},          {"name", &words::field_called, 20},
      {"place", &words::dispatch_place, 20},     {"people", &words::dispatch_people, 9, true},
      {"locals", &words::field_locals, 9, true}, {"roles", &words::dispatch_roles, 40},
      {"basis", &words::dispatch_basis, 24}};
  if (!told.field.teams) return table;
  struct Sum {
    std::int64_t people = 0;
    std::int64_t locals = 0;
    std::map<std::string_view, std::int64_t> roles;
  };
  Table<TeamId, Sum> sums(plan.teams.size());
  for (const TeamMember& member : told.field.teams->members) {
    if (!member.team) continue;
    Sum& sum = sums[member.team];
    ++sum.people;
    sum.locals += member.who.person && plan.people[member.who.person].is_local ? 1 : 0;
    if (const std::string_view role = role_of(plan, member.who); !role.empty()) ++sum.roles[role];
  }
  for (TeamId each : plan.teams.ids()) {
    const PlannedTeam& team = plan.teams[each];
    if (!told.only.empty() && team.id != told.only) continue;
    std::vector<std::string> roles;
    for (const auto& [role, count] : sums[each].roles)
      roles.push_back(std::string(role) + ' ' + std::to_string(count));
    table.rows.push_back({team.id.str(), cells::name(plan.teams, each, language),
                          cells::text(cells::name(plan.places, team.place, language)),
                          cells::number(sums[each].people), cells::number(sums[each].locals),
                          cells::text(joined(roles, language, 6)), cells::text(team.basis)});
  }
  return table;
}

DispatchTable team_sheets_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "team_sheets", .name = &words::field_team_sheets};
  table.columns = {{"team", &words::field_team, 14},        {"person", &words::dispatch_person, 16},
                   {"name", &words::dispatch_name, 24},     {"role", &words::dispatch_role, 12},
                   {"home", &words::field_home, 16},        {"traits", &words::field_traits, 24},
                   {"before", &words::dispatch_before, 14}, {"why", &words::field_why_here, 60}};
  if (!told.field.teams) return table;
  const Roster roster(plan);
  std::vector<const TeamMember*> members;
  for (const TeamMember& member : told.field.teams->members) {
    if (is_meant(told, roster, member)) members.push_back(&member);
  }
  const auto is_leader = [&plan](const TeamMember* member) {
    return (member->who.person && plan.people[member->who.person].is_leader) ||
           role_of(plan, member->who) == "leader";
  };
  // Leaders first; who is in no team last (an id that names nothing is the largest).
  std::stable_sort(members.begin(), members.end(), [&](const TeamMember* a, const TeamMember* b) {
    return a->team != b->team ? a->team < b->team : is_leader(a) && !is_leader(b);
  });
  for (const TeamMember* member : members) {
    const std::string_view role = role_of(plan, member->who);
    const PlaceId home = home_of(plan, member->who);
    std::vector<std::string> traits;
    for (const std::string_view trait : traits_of(plan, member->who)) {
      if (trait != role && !(home && plan.places[home].id == trait)) traits.emplace_back(trait);
    }
    table.rows.push_back({member->team ? Cell{plan.teams[member->team].id.str()} : Cell{},
                          member_id(plan, roster, member->who),
                          member_name(plan, roster, member->who, language), cells::text(role),
                          cells::text(cells::name(plan.places, home, language)),
                          cells::text(joined(traits, language, 8)),
                          member->before ? Cell{plan.teams[member->before].id.str()} : Cell{},
                          reason_in_words(plan, roster, *member, language)});
  }
  return table;
}

DispatchTable team_rules_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "team_rules", .name = &words::field_rules};
  table.columns = {{"rule", &words::field_rule, 36},
                   {"place", &words::dispatch_place, 16},
                   {"weight", &words::field_weight, 9, true},
                   {"broken", &words::field_broken, 9, true},
                   {"at_best", &words::field_at_best, 12, true},
                   {"teams", &words::field_where_broken, 30}};
  if (!told.field.teams) return table;
  for (const dispatch::RuleOutcome& outcome : told.field.teams->outcomes) {
    const PlannedTeamRule& rule = plan.team_rules[outcome.rule];
    std::vector<std::string> teams;
    for (const TeamId team : outcome.teams) teams.push_back(plan.teams[team].id.str());
    table.rows.push_back({rule_in_words(plan, rule, language),
                          cells::text(cells::name(plan.places, outcome.place, language)),
                          cells::number(rule.weight), cells::number(outcome.broken),
                          cells::number(outcome.broken_at_best),
                          outcome.broken > 0 ? cells::text(joined(teams, language)) : Cell{}});
  }
  return table;
}

DispatchTable team_changes_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "team_changes", .name = &words::field_team_changes};
  table.columns = {{"person", &words::dispatch_person, 16},
                   {"name", &words::dispatch_name, 24},
                   {"before", &words::dispatch_before, 16},
                   {"now", &words::dispatch_after, 16}};
  if (!told.field.teams) return table;
  const Roster roster(plan);
  for (const TeamMember& member : told.field.teams->members) {
    if (!member.before || member.before == member.team) continue;
    table.rows.push_back({member_id(plan, roster, member.who),
                          member_name(plan, roster, member.who, language),
                          plan.teams[member.before].id.str(),
                          member.team ? plan.teams[member.team].id.str() : std::string("—")});
  }
  return table;
}

}  // namespace diaodu::report
