#include <algorithm>

#include "diaodu/plan/show.h"
#include "diaodu/report/dispatch_cells.h"
#include "diaodu/report/field_tables.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using dispatch::DutyTour;
using dispatch::LeftOut;
using dispatch::PlannedStop;

bool is_meant(const Dispatched& told, const DutyTour& tour, VisitId visit = {}) {
  if (told.only.empty()) return true;
  const PlannedDuty& duty = told.plan.duties[tour.duty];
  return duty.id == told.only || duty.team == told.only ||
         (visit && told.plan.visits[visit].id == told.only);
}

const Words& reason_words(LeftOut::Reason reason) {
  switch (reason) {
    case LeftOut::Reason::no_skill:
      return words::field_no_skill;
    case LeftOut::Reason::too_heavy:
      return words::field_too_heavy;
    case LeftOut::Reason::no_hours:
      return words::field_no_hours;
    case LeftOut::Reason::no_partner:
      return words::field_no_partner;
    case LeftOut::Reason::not_worth:
      return words::field_not_worth;
    case LeftOut::Reason::no_room:
      return words::field_no_room;
  }
  return words::field_no_room;
}

/// `D1 09:30`, `—` where nobody comes.
std::string told_in_words(const Plan& plan, DutyId duty, const std::optional<Instant>& begins,
                          Language language) {
  if (!duty) return "—";
  std::string words = cells::name(plan.duties, duty, language);
  if (begins) words += ' ' + show(plan, *begins);
  return words;
}

}  // namespace

DispatchTable tours_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "tours", .name = &words::field_tours};
  table.columns = {{"duty", &words::field_duty, 16},
                   {"name", &words::field_called, 20},
                   {"team", &words::field_team, 14},
                   {"leaves", &words::dispatch_departs, 17},
                   {"back", &words::field_back, 17},
                   {"visits", &words::field_visits, 9, true},
                   {"travel", &words::field_travel_minutes, 12, true},
                   {"overtime", &words::field_overtime, 12, true},
                   {"load", &words::field_load, 9, true},
                   {"basis", &words::dispatch_basis, 24}};
  if (!told.field.tours) return table;
  for (const DutyTour& tour : told.field.tours->tours) {
    if (!is_meant(told, tour)) continue;
    const PlannedDuty& duty = plan.duties[tour.duty];
    const auto visits = std::count_if(tour.stops.begin(), tour.stops.end(),
                                      [](const PlannedStop& stop) { return bool{stop.visit}; });
    table.rows.push_back(
        {duty.id.str(), cells::name(plan.duties, tour.duty, language), cells::text(duty.team),
         tour.is_used() ? cells::instant(tour.leaves) : Cell{},
         tour.is_used() ? cells::instant(tour.back) : Cell{}, cells::number(visits),
         cells::number(tour.travel.count()), cells::number(tour.overtime.count()),
         cells::number(tour.load), cells::text(duty.basis)});
  }
  return table;
}

DispatchTable stops_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "stops", .name = &words::field_stops};
  table.columns = {
      {"duty", &words::field_duty, 16},       {"step", &words::field_step, 6, true},
      {"visit", &words::field_visit, 16},     {"name", &words::field_called, 24},
      {"place", &words::dispatch_place, 20},  {"arrives", &words::dispatch_arrives, 17},
      {"begins", &words::field_begins, 17},   {"ends", &words::field_ends, 17},
      {"late", &words::field_late, 12, true}, {"together", &words::field_together, 12},
      {"basis", &words::dispatch_basis, 24}};
  if (!told.field.tours) return table;
  for (const DutyTour& tour : told.field.tours->tours) {
    std::int64_t step = 0;
    for (const PlannedStop& stop : tour.stops) {
      ++step;
      if (!is_meant(told, tour, stop.visit)) continue;
      std::vector<Cell> row = {plan.duties[tour.duty].id.str(), cells::number(step)};
      if (stop.visit) {
        const PlannedVisit& visit = plan.visits[stop.visit];
        const std::int64_t late =
            visit.due && stop.begins > *visit.due ? (stop.begins - *visit.due).count() : 0;
        row.insert(row.end(), {visit.id.str(), cells::name(plan.visits, stop.visit, language),
                               cells::name(plan.places, stop.place, language),
                               cells::instant(stop.arrives), cells::instant(stop.begins),
                               cells::instant(stop.ends), late > 0 ? cells::number(late) : Cell{},
                               cells::text(visit.together), cells::text(visit.basis)});
      } else {
        row.insert(row.end(), {Cell{}, say(words::field_pause, language), Cell{}, Cell{},
                               cells::instant(stop.begins), cells::instant(stop.ends), Cell{},
                               Cell{}, Cell{}});
      }
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

DispatchTable unmade_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "not_visited", .name = &words::field_unmade};
  table.columns = {
      {"visit", &words::field_visit, 16},          {"name", &words::field_called, 24},
      {"place", &words::dispatch_place, 20},       {"priority", &words::field_priority, 9, true},
      {"why", &words::dispatch_reason, 50},        {"duty", &words::field_nearest_duty, 16},
      {"instead_of", &words::field_instead_of, 24}};
  if (!told.field.tours) return table;
  for (const dispatch::UnmadeVisit& unmade : told.field.tours->left_out) {
    const PlannedVisit& visit = plan.visits[unmade.visit];
    if (!told.only.empty() && visit.id != told.only) continue;
    std::vector<std::string> others;
    for (const VisitId other : unmade.instead_of) others.push_back(plan.visits[other].id.str());
    table.rows.push_back({visit.id.str(), cells::name(plan.visits, unmade.visit, language),
                          cells::name(plan.places, visit.place, language),
                          cells::number(visit.priority), say(reason_words(unmade.reason), language),
                          unmade.duty ? Cell{plan.duties[unmade.duty].id.str()} : Cell{},
                          cells::text(joined(others, language, 8))});
  }
  return table;
}

DispatchTable visit_changes_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "visit_changes", .name = &words::field_visit_changes};
  table.columns = {{"visit", &words::field_visit, 16},
                   {"place", &words::dispatch_place, 20},
                   {"before", &words::dispatch_before, 36},
                   {"now", &words::dispatch_after, 36}};
  if (!told.field.tours) return table;
  for (const dispatch::VisitChange& change : told.field.tours->changes) {
    const PlannedVisit& visit = plan.visits[change.visit];
    table.rows.push_back({visit.id.str(), cells::name(plan.places, visit.place, language),
                          told_in_words(plan, change.before, change.began, language),
                          told_in_words(plan, change.now, change.begins, language)});
  }
  return table;
}

}  // namespace diaodu::report
