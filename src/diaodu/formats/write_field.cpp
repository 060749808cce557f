#include "diaodu/core/decimal.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/table_maker.h"
#include "diaodu/formats/window_cell.h"

namespace diaodu::formats {
namespace {

std::string count_text(const std::optional<std::int64_t>& count) {
  return count ? std::to_string(*count) : std::string();
}

std::string count_text(std::int64_t count, std::int64_t usual) {
  return count == usual ? std::string() : std::to_string(count);
}

/// Names apart by blanks; where one has a blank itself, each with a semicolon after it.
template <class Names>
std::string list_text(const Names& names) {
  std::string plain;
  std::string exact;
  bool is_plain = true;
  for (const std::string_view name : names) {
    if (!plain.empty()) plain += ' ';
    plain += name;
    if (!exact.empty()) exact += ' ';
    exact += std::string(name) + ';';
    for (const std::string_view separator : kListSeparators)
      is_plain = is_plain && name.find(separator) == std::string_view::npos;
  }
  return is_plain ? plain : exact;
}

}  // namespace

std::string skills_text(const Plan& plan, const std::vector<SkillId>& skills) {
  std::vector<std::string_view> names;
  for (const SkillId skill : skills) names.push_back(plan.skills[skill].id);
  return list_text(names);
}

WrittenTable write_people(const Plan& plan) {
  TableMaker maker(TableKind::people, plan.people.size());
  const auto person = [&plan](std::size_t row) -> const Person& {
    return plan.people[PersonId{row}];
  };
  maker.names(person)
      .column("group",
              [=, &plan](std::size_t row) { return id_of(plan.groups, person(row).group); })
      .column("place",
              [=, &plan](std::size_t row) { return id_of(plan.places, person(row).place); })
      .column("role", [=](std::size_t row) { return person(row).role.str(); })
      .column("skills",
              [=, &plan](std::size_t row) { return skills_text(plan, person(row).skills); })
      .column("languages",
              [=, &plan](std::size_t row) { return skills_text(plan, person(row).languages); })
      .column("local",
              [=](std::size_t row) { return std::string(person(row).is_local ? "yes" : ""); })
      .column("leader",
              [=](std::size_t row) { return std::string(person(row).is_leader ? "yes" : ""); })
      .column("team", [=, &plan](std::size_t row) { return id_of(plan.teams, person(row).team); })
      .column("basis", [=](std::size_t row) { return person(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_visits(const Plan& plan) {
  TableMaker maker(TableKind::visits, plan.visits.size());
  const auto visit = [&plan](std::size_t row) -> const PlannedVisit& {
    return plan.visits[VisitId{row}];
  };
  maker.names(visit)
      .column("place", [=, &plan](std::size_t row) { return id_of(plan.places, visit(row).place); })
      .column("windows",
              [=, &plan](std::size_t row) { return windows_text(plan, visit(row).windows); })
      .column("duration", [=](std::size_t row) { return clock_text(visit(row).duration); })
      .column("due", [=, &plan](std::size_t row) { return end_text(plan, visit(row).due); })
      .column("priority", [=](std::size_t row) { return count_text(visit(row).priority, 1); })
      .column("prize", [=](std::size_t row) { return clock_text(visit(row).prize); })
      .column("skills",
              [=, &plan](std::size_t row) { return skills_text(plan, visit(row).skills); })
      .column("load", [=](std::size_t row) { return count_text(visit(row).load, 0); })
      .column("together", [=](std::size_t row) { return visit(row).together.str(); })
      .column("duty", [=, &plan](std::size_t row) { return id_of(plan.duties, visit(row).duty); })
      .column("start", [=, &plan](std::size_t row) { return date_text(plan, visit(row).start); })
      .column("basis", [=](std::size_t row) { return visit(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_duties(const Plan& plan) {
  TableMaker maker(TableKind::duties, plan.duties.size());
  const auto duty = [&plan](std::size_t row) -> const PlannedDuty& {
    return plan.duties[DutyId{row}];
  };
  maker.names(duty)
      .column("team", [=](std::size_t row) { return duty(row).team.str(); })
      .column("start", [=, &plan](std::size_t row) { return id_of(plan.places, duty(row).start); })
      .column("end", [=, &plan](std::size_t row) { return id_of(plan.places, duty(row).end); })
      .column("from",
              [=, &plan](std::size_t row) { return date_text(plan, duty(row).from, false); })
      .column("until",
              [=, &plan](std::size_t row) { return date_text(plan, duty(row).until, true); })
      .column("latest", [=, &plan](std::size_t row) { return end_text(plan, duty(row).latest); })
      .column("skills", [=, &plan](std::size_t row) { return skills_text(plan, duty(row).skills); })
      .column("capacity", [=](std::size_t row) { return count_text(duty(row).capacity); })
      .column("pause", [=](std::size_t row) { return clock_text(duty(row).pause); })
      .column("pause_from",
              [=, &plan](std::size_t row) { return date_text(plan, duty(row).pause_from); })
      .column("pause_until",
              [=, &plan](std::size_t row) { return end_text(plan, duty(row).pause_until); })
      .column("basis", [=](std::size_t row) { return duty(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_travel_times(const Plan& plan) {
  TableMaker maker(TableKind::travel_times, plan.travel_times.size());
  const auto travel = [&plan](std::size_t row) -> const TravelTime& {
    return plan.travel_times[row];
  };
  maker.column("from", [=, &plan](std::size_t row) { return id_of(plan.places, travel(row).from); })
      .column("to", [=, &plan](std::size_t row) { return id_of(plan.places, travel(row).to); })
      .column("duration",
              [=](std::size_t row) {
                const std::string text = clock_text(travel(row).duration);
                return text.empty() ? std::string("0min") : text;
              })
      .column("basis", [=](std::size_t row) { return travel(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_teams(const Plan& plan) {
  TableMaker maker(TableKind::teams, plan.teams.size());
  const auto team = [&plan](std::size_t row) -> const PlannedTeam& {
    return plan.teams[TeamId{row}];
  };
  maker.names(team)
      .column("place", [=, &plan](std::size_t row) { return id_of(plan.places, team(row).place); })
      .column("min", [=](std::size_t row) { return count_text(team(row).min); })
      .column("max", [=](std::size_t row) { return count_text(team(row).max); })
      .column("basis", [=](std::size_t row) { return team(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_team_rules(const Plan& plan) {
  TableMaker maker(TableKind::team_rules, plan.team_rules.size());
  const auto rule = [&plan](std::size_t row) -> const PlannedTeamRule& {
    return plan.team_rules[row];
  };
  maker.column("kind", [=](std::size_t row) { return word_for(kTeamRules, rule(row).kind); })
      .column("trait", [=](std::size_t row) { return rule(row).trait.str(); })
      .column("count", [=](std::size_t row) { return count_text(rule(row).count, 1); })
      .column("people",
              [=](std::size_t row) {
                std::vector<std::string_view> names;
                for (const Text name : rule(row).people) names.push_back(name);
                return list_text(names);
              })
      .column("weight", [=](std::size_t row) { return count_text(rule(row).weight, 1); })
      .column("basis", [=](std::size_t row) { return rule(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_laboratories(const Plan& plan) {
  TableMaker maker(TableKind::laboratories, plan.laboratories.size());
  const auto laboratory = [&plan](std::size_t row) -> const Laboratory& {
    return plan.laboratories[LaboratoryId{row}];
  };
  maker.names(laboratory)
      .column("place",
              [=, &plan](std::size_t row) { return id_of(plan.places, laboratory(row).place); })
      .column("recall",
              [=](std::size_t row) {
                const auto& recall = laboratory(row).recall;
                if (!recall) return std::string();
                return *recall == Elapsed{} ? std::string("0min") : clock_text(*recall);
              })
      .column(
          "retests_first",
          [=](std::size_t row) { return std::string(laboratory(row).retests_first ? "" : "no"); })
      .column("pools",
              [=](std::size_t row) {
                std::string text;
                for (const std::int64_t pool : laboratory(row).pools) {
                  if (!text.empty()) text += ' ';
                  text += std::to_string(pool);
                }
                return text;
              })
      .column("until",
              [=, &plan](std::size_t row) { return end_text(plan, laboratory(row).until); })
      .column("basis", [=](std::size_t row) { return laboratory(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_lab_stages(const Plan& plan) {
  TableMaker maker(TableKind::lab_stages, plan.lab_stages.size());
  const auto stage = [&plan](std::size_t row) -> const LaboratoryStage& {
    return plan.lab_stages[row];
  };
  maker
      .column(
          "laboratory",
          [=, &plan](std::size_t row) { return id_of(plan.laboratories, stage(row).laboratory); })
      .column("id", [=](std::size_t row) { return stage(row).id.str(); })
      .column("machines", [=](std::size_t row) { return std::to_string(stage(row).machines); })
      .column("batch", [=](std::size_t row) { return count_text(stage(row).batch, 1); })
      .column("duration",
              [=](std::size_t row) {
                const std::string text = clock_text(stage(row).duration);
                return text.empty() ? std::string("0min") : text;
              })
      .column("longest_wait", [=](std::size_t row) { return clock_text(stage(row).longest_wait); })
      .column("between_failures",
              [=](std::size_t row) { return clock_text(stage(row).between_failures); })
      .column("repair", [=](std::size_t row) { return clock_text(stage(row).repair); })
      .column("basis", [=](std::size_t row) { return stage(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_lab_shifts(const Plan& plan) {
  TableMaker maker(TableKind::lab_shifts, plan.lab_shifts.size());
  const auto shift = [&plan](std::size_t row) -> const LaboratoryShift& {
    return plan.lab_shifts[row];
  };
  maker
      .column(
          "laboratory",
          [=, &plan](std::size_t row) { return id_of(plan.laboratories, shift(row).laboratory); })
      .column("from",
              [=, &plan](std::size_t row) { return date_text(plan, shift(row).hours.from, false); })
      .column("until",
              [=, &plan](std::size_t row) { return date_text(plan, shift(row).hours.to, true); })
      .column("stage", [=](std::size_t row) { return shift(row).stage.str(); })
      .column("machines", [=](std::size_t row) { return count_text(shift(row).machines); })
      .column("basis", [=](std::size_t row) { return shift(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_arrivals(const Plan& plan) {
  TableMaker maker(TableKind::arrivals, plan.arrivals.size());
  const auto lot = [&plan](std::size_t row) -> const TubeLot& { return plan.arrivals[row]; };
  maker
      .column("laboratory",
              [=, &plan](std::size_t row) { return id_of(plan.laboratories, lot(row).laboratory); })
      .column("place", [=, &plan](std::size_t row) { return id_of(plan.places, lot(row).place); })
      .column("at", [=, &plan](std::size_t row) { return date_text(plan, lot(row).at, false); })
      .column("tubes", [=](std::size_t row) { return std::to_string(lot(row).tubes); })
      .column("people_per_tube",
              [=](std::size_t row) { return count_text(lot(row).people_per_tube, 1); })
      .column("prevalence",
              [=](std::size_t row) {
                return lot(row).prevalence == 0 ? std::string() : real_text(lot(row).prevalence);
              })
      .column("basis", [=](std::size_t row) { return lot(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_cases(const Plan& plan) {
  TableMaker maker(TableKind::cases, plan.cases.size());
  const auto count = [&plan](std::size_t row) -> const CaseCount& { return plan.cases[row]; };
  maker
      .column("place", [=, &plan](std::size_t row) { return id_of(plan.places, count(row).place); })
      .column("day", [=, &plan](std::size_t row) { return date_text(plan, count(row).day, false); })
      .column("cases", [=](std::size_t row) { return std::to_string(count(row).cases); })
      .column("basis", [=](std::size_t row) { return count(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_testing(const Plan& plan) {
  TableMaker maker(TableKind::testing, plan.testing.size());
  const auto testing = [&plan](std::size_t row) -> const Testing& { return plan.testing[row]; };
  maker
      .column("place",
              [=, &plan](std::size_t row) { return id_of(plan.places, testing(row).place); })
      .column("day",
              [=, &plan](std::size_t row) { return date_text(plan, testing(row).day, false); })
      .column("people", [=](std::size_t row) { return count_text(testing(row).people); })
      .column("people_per_tube",
              [=](std::size_t row) { return count_text(testing(row).people_per_tube); })
      .column("prevalence",
              [=](std::size_t row) {
                const auto& prevalence = testing(row).prevalence;
                return prevalence ? real_text(*prevalence) : std::string();
              })
      .column("by", [=, &plan](std::size_t row) { return end_text(plan, testing(row).by); })
      .column("basis", [=](std::size_t row) { return testing(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_offers(const Plan& plan) {
  TableMaker maker(TableKind::offers, plan.offers.size());
  const auto offer = [&plan](std::size_t row) -> const Offer& { return plan.offers[row]; };
  maker
      .column("place", [=, &plan](std::size_t row) { return id_of(plan.places, offer(row).place); })
      .column("good", [=](std::size_t row) { return offer(row).good.str(); })
      .column("amount", [=](std::size_t row) { return std::to_string(offer(row).amount); })
      .column("cost", [=](std::size_t row) { return money_text(offer(row).cost); })
      .column("basis", [=](std::size_t row) { return offer(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_wishes(const Plan& plan) {
  TableMaker maker(TableKind::wishes, plan.wishes.size());
  const auto wish = [&plan](std::size_t row) -> const Wish& { return plan.wishes[row]; };
  maker.column("place", [=, &plan](std::size_t row) { return id_of(plan.places, wish(row).place); })
      .column("good", [=](std::size_t row) { return wish(row).good.str(); })
      .column("amount", [=](std::size_t row) { return std::to_string(wish(row).amount); })
      .column("priority", [=](std::size_t row) { return count_text(wish(row).priority, 1); })
      .column("basis", [=](std::size_t row) { return wish(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_preferences(const Plan& plan) {
  TableMaker maker(TableKind::preferences, plan.preferences.size());
  const auto pair = [&plan](std::size_t row) -> const Preference& { return plan.preferences[row]; };
  maker.column("from", [=, &plan](std::size_t row) { return id_of(plan.places, pair(row).from); })
      .column("to", [=, &plan](std::size_t row) { return id_of(plan.places, pair(row).to); })
      .column("good", [=](std::size_t row) { return pair(row).good.str(); })
      .column("rank", [=](std::size_t row) { return count_text(pair(row).rank, 1); })
      .column("capacity", [=](std::size_t row) { return count_text(pair(row).capacity); })
      .column("basis", [=](std::size_t row) { return pair(row).basis.str(); });
  return maker.take(plan);
}

}  // namespace diaodu::formats
