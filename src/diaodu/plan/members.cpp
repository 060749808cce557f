#include "diaodu/plan/members.h"

#include <algorithm>
#include <unordered_set>

namespace diaodu {

std::vector<Member> members_of(const Plan& plan) {
  Table<GroupId, std::vector<PersonId>> named(plan.groups.size());
  std::vector<Member> members;
  std::vector<Member> alone;
  for (PersonId person : plan.people.ids()) {
    if (plan.people[person].group) {
      named[plan.people[person].group].push_back(person);
    } else {
      alone.push_back({.person = person});
    }
  }
  for (GroupId group : plan.groups.ids()) {
    for (std::int64_t i = 0; i < plan.groups[group].count; ++i) {
      Member member{.group = group, .number = i};
      const auto number = static_cast<std::size_t>(i);
      if (number < named[group].size()) member.person = named[group][number];
      members.push_back(member);
    }
  }
  members.insert(members.end(), alone.begin(), alone.end());
  return members;
}

PlaceId home_of(const Plan& plan, const Member& member) {
  if (member.person && plan.people[member.person].place) return plan.people[member.person].place;
  return member.group ? plan.groups[member.group].place : PlaceId{};
}

std::vector<std::string_view> traits_of(const Plan& plan, const Member& member) {
  std::vector<std::string_view> traits;
  std::unordered_set<std::string_view> known;
  const auto add = [&](std::string_view trait) {
    if (!trait.empty() && known.insert(trait).second) traits.push_back(trait);
  };
  const Person* person = member.person ? &plan.people[member.person] : nullptr;
  if (person != nullptr && !person->role.empty()) {
    add(person->role);
  } else if (member.group) {
    add(plan.groups[member.group].role);
  }
  if (const PlaceId home = home_of(plan, member)) add(plan.places[home].id);
  if (person == nullptr) return traits;
  for (const SkillId skill : person->skills) add(plan.skills[skill].id);
  for (const SkillId language : person->languages) add(plan.skills[language].id);
  if (person->is_local) add("local");
  if (person->is_leader) add("leader");
  return traits;
}

std::array<std::string_view, 3> names_of(const Plan& plan, const Member& member) {
  std::array<std::string_view, 3> names;
  if (member.person) names[0] = plan.people[member.person].id;
  if (!member.group) return names;
  const Group& group = plan.groups[member.group];
  if (group.id.view() != names[0]) names[1] = group.id;
  if (group.team.view() != names[0] && group.team.view() != names[1]) names[2] = group.team;
  return names;
}

bool is_called(const Plan& plan, const Member& member, std::string_view name) {
  const auto names = names_of(plan, member);
  return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace diaodu
