#include "diaodu/plan/validate_field.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/members.h"

namespace diaodu {
namespace {

constexpr std::size_t kMostFieldSkills = 64;    // one bit each in `plan/tour.h`
constexpr std::size_t kMostTourPlaces = 3'000;  // of which travel times are a table
constexpr std::int64_t kMostTeamed = 200'000;
constexpr std::size_t kMostTries = 100'000'000;  // of visits on kinds of duties

bool has_all(const std::vector<SkillId>& skills, const std::vector<SkillId>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&skills](SkillId skill) {
    return std::find(skills.begin(), skills.end(), skill) != skills.end();
  });
}

class FieldValidator {
 public:
  FieldValidator(const Plan& plan, const Sources& sources, Findings& findings)
      : plan_(plan), sources_(sources), findings_(findings) {}

  void run() {
    check_duties();
    check_visits();
    check_meetings();
    check_travel();
    if ((plan_.teams.empty() && plan_.team_rules.empty()) || are_too_many()) return;
    check_teams();
    check_rules();
  }

 private:
  void add(const FindingKind& kind, TableKind table, std::size_t row, std::string_view column,
           std::vector<Argument> arguments = {}) {
    findings_.add(kind, sources_.at(table, row, column), std::move(arguments));
  }
  std::string clock(Instant instant) const { return to_string(plan_.zone.to_local(instant)); }

  void check_duties() {
    std::set<SkillId> skills;
    for (const PlannedVisit& visit : plan_.visits)
      skills.insert(visit.skills.begin(), visit.skills.end());
    for (DutyId each : plan_.duties.ids()) {
      const PlannedDuty& duty = plan_.duties[each];
      skills.insert(duty.skills.begin(), duty.skills.end());
      const auto judge = [&](Instant from, Instant until, std::string_view column) {
        if (until >= from) return;
        add(found::hours_are_backwards, TableKind::duties, each.index(), column,
            {duty.id.view(), clock(from), clock(until)});
      };
      judge(duty.from, duty.until, "until");
      if (duty.latest) judge(duty.until, *duty.latest, "latest");
      if (duty.pause > Elapsed{}) {
        judge(duty.pause_from.value_or(duty.from),
              duty.pause_until.value_or(duty.until) - Elapsed{1}, "pause_until");
      }
    }
    check_team_hours();
    if (skills.size() > kMostFieldSkills) {
      findings_.add(found::too_many_field_skills, sources_.at(TableKind::visits, 0, "skills"),
                    {std::to_string(kMostFieldSkills)});
      has_too_many_skills_ = true;
    }
    if (!plan_.visits.empty() && plan_.duties.empty())
      findings_.add(found::no_duties, {.file = sources_[TableKind::visits].file}, {});
  }

  /// A team makes one of its duties after the other.
  void check_team_hours() {
    std::map<std::string_view, std::vector<DutyId>> of_team;
    for (DutyId each : plan_.duties.ids()) {
      if (!plan_.duties[each].team.empty()) of_team[plan_.duties[each].team.view()].push_back(each);
    }
    for (auto& [team, duties] : of_team) {
      std::stable_sort(duties.begin(), duties.end(), [this](DutyId a, DutyId b) {
        return plan_.duties[a].from < plan_.duties[b].from;
      });
      DutyId longest = duties.front();
      for (std::size_t i = 1; i < duties.size(); ++i) {
        const PlannedDuty& before = plan_.duties[longest];
        const PlannedDuty& duty = plan_.duties[duties[i]];
        if (duty.from < last_of(before)) {
          add(found::duties_overlap, TableKind::duties, duties[i].index(), "from",
              {before.id.view(), duty.id.view(), team});
        }
        if (last_of(duty) > last_of(before)) longest = duties[i];
      }
    }
  }
  static Instant last_of(const PlannedDuty& duty) { return duty.latest.value_or(duty.until); }

  /// One of each kind of duties, which a visit can be tried on.
  std::vector<const PlannedDuty*> kinds_of_duties() const {
    const auto key = [](const PlannedDuty* duty) {
      return std::tie(duty->skills, duty->capacity, duty->from, duty->until, duty->latest);
    };
    const auto is_before = [&key](const PlannedDuty* a, const PlannedDuty* b) {
      return key(a) < key(b);
    };
    std::set<const PlannedDuty*, decltype(is_before)> seen(is_before);
    std::vector<const PlannedDuty*> kinds;
    for (const PlannedDuty& duty : plan_.duties) {
      if (seen.insert(&duty).second) kinds.push_back(&duty);
    }
    return kinds;
  }

  void check_visits() {
    if (plan_.duties.empty() || has_too_many_skills_) return;
    const std::vector<const PlannedDuty*> duties = kinds_of_duties();
    std::size_t num_tries = 0;
    for (VisitId each : plan_.visits.ids()) {
      const PlannedVisit& visit = plan_.visits[each];
      const std::size_t row = each.index();
      if (visit.start && !visit.duty)
        add(found::visit_told_half, TableKind::visits, row, "start", {visit.id.view()});
      bool is_skilled = false;
      bool is_light = false;
      bool is_open = false;
      // Beyond these, whoever plans the tours tells whom nobody can serve.
      num_tries += duties.size();
      if (num_tries > kMostTries) return;
      for (const PlannedDuty* const each_duty : duties) {
        const PlannedDuty& duty = *each_duty;
        if (!has_all(duty.skills, visit.skills)) continue;
        is_skilled = true;
        if (duty.capacity && visit.load > *duty.capacity) continue;
        is_light = true;
        const Instant last = duty.latest.value_or(duty.until) - visit.duration;
        is_open = visit.windows.empty() && last >= duty.from;
        for (const Interval& window : visit.windows)
          is_open = is_open || (window.from <= last && duty.from < window.to);
        if (is_open) break;
      }
      if (!is_skilled) {
        std::string names;
        for (const SkillId skill : visit.skills)
          names += (names.empty() ? "" : ", ") + plan_.skills[skill].id.str();
        add(found::visit_lacks_skills, TableKind::visits, row, "skills", {visit.id.view(), names});
      } else if (!is_light) {
        add(found::visit_too_heavy, TableKind::visits, row, "load",
            {visit.id.view(), std::to_string(visit.load)});
      } else if (!is_open) {
        add(found::visit_out_of_hours, TableKind::visits, row, "windows", {visit.id.view()});
      }
    }
  }

  void check_meetings() {
    std::map<std::string_view, std::vector<std::size_t>> meetings;
    for (VisitId each : plan_.visits.ids()) {
      if (const Text& word = plan_.visits[each].together; !word.empty())
        meetings[word.view()].push_back(each.index());
    }
    std::set<std::string_view> teams;
    std::size_t num_teams = 0;
    for (const PlannedDuty& duty : plan_.duties)
      num_teams += duty.team.empty() || teams.insert(duty.team.view()).second ? 1 : 0;
    for (const auto& [word, rows] : meetings) {
      if (rows.size() == 1) {
        add(found::visit_meets_nobody, TableKind::visits, rows.front(), "together",
            {plan_.visits[VisitId{rows.front()}].id.view(), word});
      } else if (rows.size() > num_teams) {
        add(found::together_too_many, TableKind::visits, rows.front(), "together",
            {word, std::to_string(rows.size()), std::to_string(num_teams)});
      }
    }
  }

  void check_travel() {
    std::set<std::pair<PlaceId, PlaceId>> told;
    for (std::size_t row = 0; row < plan_.travel_times.size(); ++row) {
      const TravelTime& travel = plan_.travel_times[row];
      if (!told.insert({travel.from, travel.to}).second) {
        add(found::travel_repeated, TableKind::travel_times, row, "to",
            {plan_.places[travel.from].id.view(), plan_.places[travel.to].id.view()});
      }
    }
    std::map<PlaceId, std::pair<TableKind, std::size_t>> used;
    for (VisitId each : plan_.visits.ids())
      used.emplace(plan_.visits[each].place, std::pair(TableKind::visits, each.index()));
    for (DutyId each : plan_.duties.ids()) {
      used.emplace(plan_.duties[each].start, std::pair(TableKind::duties, each.index()));
      used.emplace(plan_.duties[each].end, std::pair(TableKind::duties, each.index()));
    }
    if (used.size() > kMostTourPlaces) {
      findings_.add(found::too_many, sources_.at(TableKind::visits, 0, "place"),
                    {std::to_string(kMostTourPlaces),
                     Words{"places of visits and duties", "走访与出勤的地点"}});
      return;
    }
    const auto is_somewhere = [this](PlaceId place) {
      return plan_.places[place].latitude != 0 || plan_.places[place].longitude != 0;
    };
    for (const auto& [place, from] : used) {
      if (is_somewhere(place)) continue;
      for (const auto& [other, row] : used) {
        if (place == other || told.contains({place, other}) || told.contains({other, place}))
          continue;
        add(found::nowhere_on_earth, from.first, from.second,
            from.first == TableKind::visits ? "place" : "start",
            {plan_.places[place].id.view(), plan_.places[other].id.view()});
        break;
      }
    }
  }

  /// No list of them is made before it is known to be short.
  bool are_too_many() {
    auto people = static_cast<std::int64_t>(plan_.people.size());
    for (const Group& group : plan_.groups) people += group.count;
    if (people <= kMostTeamed) return false;
    findings_.add(found::too_many, {.file = sources_[TableKind::teams].file},
                  {std::to_string(kMostTeamed), Words{"people for teams", "参加编组的人员"}});
    return true;
  }

  void check_teams() {
    std::int64_t min = 0;
    std::int64_t max = 0;
    bool is_sized = false;
    bool is_placed = false;
    for (TeamId each : plan_.teams.ids()) {
      const PlannedTeam& team = plan_.teams[each];
      is_placed = is_placed || team.place;
      is_sized = is_sized || team.min || team.max;
      min += team.min.value_or(0);
      max += team.max.value_or(1'000'000'000);
      if (team.min && team.max && *team.min > *team.max) {
        add(found::team_min_above_max, TableKind::teams, each.index(), "max",
            {team.id.view(), std::to_string(*team.min), std::to_string(*team.max)});
      }
    }
    if (plan_.teams.empty() || is_placed || !is_sized) return;
    const auto people = static_cast<std::int64_t>(members_of(plan_).size());
    if (people < min || people > max) {
      add(found::team_sizes_miss, TableKind::teams, 0, people < min ? "min" : "max",
          {std::to_string(people), std::to_string(min), std::to_string(max)});
    }
  }

  /// How many each name means that rules may call people by.
  std::map<std::string_view, std::int64_t> members_by_name(
      const std::vector<Member>& members) const {
    std::map<std::string_view, std::int64_t> called;
    for (const Member& member : members) {
      for (const std::string_view name : names_of(plan_, member)) {
        if (!name.empty()) ++called[name];
      }
    }
    return called;
  }

  void check_rules() {
    using Kind = PlannedTeamRule::Kind;
    if (plan_.team_rules.empty()) return;
    if (plan_.teams.empty())
      findings_.add(found::no_teams, {.file = sources_[TableKind::team_rules].file}, {});
    const std::vector<Member> members = members_of(plan_);
    std::map<std::string_view, std::int64_t> there;
    for (const Member& member : members) {
      for (const std::string_view trait : traits_of(plan_, member)) ++there[trait];
    }
    const std::map<std::string_view, std::int64_t> called = members_by_name(members);
    const auto num_teams = static_cast<std::int64_t>(plan_.teams.size());
    std::map<std::string_view, std::int64_t> most;
    for (const PlannedTeamRule& rule : plan_.team_rules) {
      if (rule.kind != Kind::at_most) continue;
      const auto [entry, is_new] = most.emplace(rule.trait.view(), rule.count);
      entry->second = std::min(entry->second, rule.count);
    }
    for (std::size_t row = 0; row < plan_.team_rules.size(); ++row) {
      const PlannedTeamRule& rule = plan_.team_rules[row];
      const auto complain = [&](const FindingKind& kind, std::string_view column,
                                std::vector<Argument> arguments = {}) {
        add(kind, TableKind::team_rules, row, column, std::move(arguments));
      };
      if (rule.kind == Kind::balance || rule.kind == Kind::at_least || rule.kind == Kind::at_most) {
        const std::string_view trait = rule.trait;
        if (trait.empty()) {
          complain(found::rule_lacks_trait, "trait");
          continue;
        }
        if (!there.contains(trait)) {
          complain(found::trait_of_nobody, "trait", {trait});
        } else if (rule.kind == Kind::at_least && there[trait] < num_teams * rule.count) {
          complain(found::rule_above_supply, "count",
                   {std::to_string(num_teams), std::to_string(rule.count), trait,
                    std::to_string(there[trait])});
        }
        const auto limit = most.find(trait);
        if (rule.kind == Kind::at_least && limit != most.end() && limit->second < rule.count) {
          complain(found::rules_contradict, "count",
                   {trait, std::to_string(rule.count), std::to_string(limit->second)});
        }
      } else if (rule.kind == Kind::together || rule.kind == Kind::apart) {
        std::int64_t meant = 0;
        for (const Text name : rule.people) {
          const std::int64_t count = called.contains(name) ? called.at(name) : 0;
          if (count == 0) complain(found::unknown_member, "people", {name.view()});
          meant += count;
        }
        if (meant < 2) complain(found::rule_lacks_people, "people");
      }
    }
  }

  const Plan& plan_;
  const Sources& sources_;
  Findings& findings_;
  bool has_too_many_skills_ = false;
};

}  // namespace

void validate_field(const Plan& plan, const Sources& sources, Findings& findings) {
  FieldValidator(plan, sources, findings).run();
  validate_laboratories(plan, sources, findings);
}

}  // namespace diaodu
