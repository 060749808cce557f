#include "diaodu/dispatch/crews.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace diaodu::dispatch {
namespace {

bool is_same_way(const Party& a, const Party& b) { return a.stops == b.stops && a.legs == b.legs; }

bool was_told(const Crew& crew, const Party* party) {
  if (party == nullptr) return crew.told.empty();
  return !crew.told.empty() && is_same_way(*crew.told.front().party, *party);
}

/// The group's people, in order, cut where their orders differ.
std::vector<std::pair<Slice, const Party*>> told_slices(const Plan& plan, GroupId group,
                                                        std::vector<const Party*> parties) {
  const std::int64_t count = plan.groups[group].count;
  std::stable_sort(parties.begin(), parties.end(),
                   [](const Party* a, const Party* b) { return a->first < b->first; });
  std::vector<std::pair<Slice, const Party*>> slices;
  std::int64_t next = 0;
  for (const Party* party : parties) {
    if (party->first > next) {
      const std::int64_t end = std::min(party->first, count);
      if (end > next) slices.push_back({{group, next, end - next}, nullptr});
    }
    const std::int64_t end = std::min(party->first + party->count, count);
    const std::int64_t first = std::max(party->first, next);
    if (end > first) slices.push_back({{group, first, end - first}, party});
    next = std::max(next, end);
  }
  if (next < count) slices.push_back({{group, next, count - next}, nullptr});
  return slices;
}

class CrewMaker {
 public:
  CrewMaker(const Plan& plan, const Ways& ways, const Movement* published)
      : plan_(plan), ways_(ways), told_(plan.groups.size()) {
    if (published == nullptr) return;
    for (const Party& party : published->parties) told_[party.group].push_back(&party);
  }

  Crews run() {
    for (GroupId group : plan_.groups.ids()) {
      if (plan_.groups[group].count == 0) continue;
      if (plan_.groups[group].team.empty()) {
        add_loose(group);
      } else {
        add_to_team(group);
      }
    }
    add_wants();
    return std::move(made_);
  }

 private:
  std::size_t role_of(std::string_view role) {
    const auto [at, is_new] = role_number_.try_emplace(role, made_.roles.size());
    if (is_new) made_.roles.push_back(role);
    return at->second;
  }

  /// Was the group told to stay where it is, not elsewhere?
  bool is_there(GroupId group, const Party& told) const {
    return told.legs.empty() && told.stops.front().place == plan_.groups[group].place;
  }

  void add_loose(GroupId group) {
    const std::size_t role = role_of(plan_.groups[group].role);
    for (const auto& [slice, told] : told_slices(plan_, group, told_[group])) {
      Crew* same = nullptr;
      for (const std::size_t i : loose_[{ways_.start[group], role, plan_.groups[group].place}]) {
        if (was_told(made_.crews[i], told)) same = &made_.crews[i];
      }
      if (same == nullptr) {
        loose_[{ways_.start[group], role, plan_.groups[group].place}].push_back(made_.crews.size());
        same = &made_.crews.emplace_back(Crew{.start = ways_.start[group], .make_up = {{role, 1}}});
        if (told != nullptr) same->told.push_back({told, 1, is_there(group, *told)});
      }
      same->slices.push_back(slice);
      same->units += slice.count;
    }
  }

  void add_to_team(GroupId group) {
    const Group& joins = plan_.groups[group];
    const auto [at, is_new] = team_.try_emplace(joins.team.view(), made_.crews.size());
    if (is_new) made_.crews.push_back({.start = ways_.start[group], .units = 1, .size = 0});
    Crew& crew = made_.crews[at->second];
    for (const auto& [slice, told] : told_slices(plan_, group, told_[group])) {
      if (told != nullptr) add_told(crew, *told, slice.count, is_there(group, *told));
    }
    crew.slices.push_back({group, 0, joins.count});
    crew.size += joins.count;
    const std::size_t role = role_of(joins.role);
    const auto same = std::find_if(crew.make_up.begin(), crew.make_up.end(),
                                   [role](const auto& part) { return part.first == role; });
    if (same == crew.make_up.end()) {
      crew.make_up.emplace_back(role, joins.count);
    } else {
      same->second += joins.count;
    }
  }

  /// A team may have been put together of people who were told different things.
  static void add_told(Crew& crew, const Party& party, std::int64_t count, bool stays) {
    for (ToldPart& part : crew.told) {
      if (!is_same_way(*part.party, party)) continue;
      part.count += count;
      return;
    }
    crew.told.push_back({&party, count, stays});
  }

  void add_wants() {
    std::map<std::pair<PlaceId, std::size_t>, std::vector<const Need*>> needs;
    for (const Need& need : plan_.needs) {
      if (need.count > 0) needs[{need.place, role_of(need.role)}].push_back(&need);
    }
    for (auto& [key, rows] : needs) {
      std::stable_sort(rows.begin(), rows.end(), [](const Need* a, const Need* b) {
        return a->by.value_or(kNever) < b->by.value_or(kNever);
      });
      Want& want = made_.wants.emplace_back(
          Want{.place = key.first, .role = key.second, .count = 0, .steps = {}});
      for (const Need* need : rows) {
        // A later row that asks for less asks for nothing; one by the same time counts in its place.
        if (need->count <= want.count) continue;
        want.count = need->count;
        if (!need->by) continue;
        if (!want.steps.empty() && want.steps.back().by == *need->by) want.steps.pop_back();
        want.steps.push_back({.by = *need->by, .count = need->count});
      }
    }
  }

  const Plan& plan_;
  const Ways& ways_;
  Table<GroupId, std::vector<const Party*>> told_;
  Crews made_;
  std::map<std::string_view, std::size_t> role_number_;
  std::map<std::string_view, std::size_t> team_;
  std::map<std::tuple<std::uint32_t, std::size_t, PlaceId>, std::vector<std::size_t>> loose_;
};

}  // namespace

Crews find_crews(const Plan& plan, const Ways& ways, const Movement* published) {
  return CrewMaker(plan, ways, published).run();
}

}  // namespace diaodu::dispatch
