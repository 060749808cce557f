#include "diaodu/dispatch/field_tours.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <string_view>

#include "diaodu/check/tour_check.h"
#include "diaodu/dispatch/faults.h"
#include "diaodu/dispatch/tour_settle.h"

namespace diaodu::dispatch {
namespace {

constexpr std::int64_t kUsualTourSteps = 20'000;

/// Gives numbers to things as they are met.
template <class Key>
class Numbers {
 public:
  std::size_t operator[](const Key& key) {
    const auto [entry, is_new] = numbers_.emplace(key, numbers_.size());
    if (is_new) keys.push_back(key);
    return entry->second;
  }
  std::vector<Key> keys;

 private:
  std::map<Key, std::size_t> numbers_;
};

std::uint64_t bits_of(const std::vector<SkillId>& skills, Numbers<SkillId>& numbers) {
  std::uint64_t bits = 0;
  for (const SkillId skill : skills) bits |= std::uint64_t{1} << numbers[skill];
  return bits;
}

Tick tick(Instant instant) { return instant.minutes(); }

Duty duty_of(const PlannedDuty& planned, Numbers<PlaceId>& places, Numbers<SkillId>& skills,
             Numbers<std::string_view>& teams) {
  Duty duty{.start_place = places[planned.start], .end_place = places[planned.end]};
  duty.from = tick(planned.from);
  duty.until = tick(planned.until);
  duty.latest = tick(planned.latest.value_or(planned.until));
  duty.skills = bits_of(planned.skills, skills);
  if (planned.capacity) duty.capacity = *planned.capacity;
  if (planned.pause > Elapsed{}) {
    duty.pauses.push_back({.from = tick(planned.pause_from.value_or(planned.from)),
                           .until = tick(planned.pause_until.value_or(planned.until)),
                           .duration = planned.pause.count()});
  }
  if (!planned.team.empty()) duty.team = teams[planned.team.view()];
  return duty;
}

Visit visit_of(const PlannedVisit& planned, Numbers<PlaceId>& places, Numbers<SkillId>& skills,
               Numbers<std::string_view>& meetings) {
  Visit visit{.place = places[planned.place], .duration = planned.duration.count()};
  for (const Interval& window : planned.windows)
    visit.windows.push_back({.from = tick(window.from), .until = tick(window.to)});
  if (planned.due) visit.due = tick(*planned.due);
  visit.priority = planned.priority;
  visit.prize = planned.prize.count();
  visit.skills = bits_of(planned.skills, skills);
  visit.load = planned.load;
  if (!planned.together.empty()) visit.together = meetings[planned.together.view()];
  if (planned.duty) visit.published = planned.duty.index();
  return visit;
}

DutyTour tour_of(const FieldTourProblem& field, DutyId each, const std::vector<TourStep>& stops) {
  const TourProblem& problem = field.problem;
  const Duty& duty = problem.duties[each.index()];
  DutyTour tour{.duty = each, .leaves = Instant{duty.from}, .back = Instant{duty.from}};
  const bool is_used =
      std::any_of(stops.begin(), stops.end(), [](const TourStep& stop) { return !stop.is_pause; });
  if (!is_used) return tour;
  std::size_t place = duty.start_place;
  Tick ready = duty.from;  // may leave this place
  Tick paused = 0;         // since then
  Tick pause_end = duty.from;
  for (const TourStep& stop : stops) {
    if (stop.is_pause) {
      const Tick duration = duty.pauses[stop.index].duration;
      paused += duration;
      pause_end = stop.start + duration;
      tour.stops.push_back({.arrives = Instant{stop.start},
                            .begins = Instant{stop.start},
                            .ends = Instant{pause_end}});
      continue;
    }
    const Visit& visit = problem.visits[stop.index];
    const Tick way = problem.travel.between(place, visit.place);
    const Tick arrives = std::max(pause_end, ready + paused + way);
    tour.travel += Elapsed{way};
    tour.load += visit.load;
    tour.stops.push_back({.visit = VisitId{stop.index},
                          .place = field.places[visit.place],
                          .arrives = Instant{arrives},
                          .begins = Instant{stop.start},
                          .ends = Instant{stop.start + visit.duration}});
    place = visit.place;
    ready = stop.start + visit.duration;
    pause_end = ready;
    paused = 0;
  }
  const Tick way = problem.travel.between(place, duty.end_place);
  const Tick back = std::max(pause_end, ready + paused + way);
  tour.travel += Elapsed{way};
  tour.back = Instant{back};
  tour.overtime = Elapsed{std::max<Tick>(back - duty.until, 0)};
  // Nobody needs to leave before the first visit asks for it.
  const auto first = std::find_if(tour.stops.begin(), tour.stops.end(),
                                  [](const PlannedStop& stop) { return bool{stop.visit}; });
  if (first == tour.stops.begin()) {
    const Elapsed slack = first->begins - first->arrives;
    tour.leaves = tour.leaves + slack;
    first->arrives = first->begins;
  }
  return tour;
}

/// Who makes each visit and when.
struct Told {
  DutyId duty;
  std::optional<Instant> begins;
};

std::vector<VisitChange> changes_of(const Plan& plan, const std::vector<DutyTour>& tours) {
  Table<VisitId, Told> now(plan.visits.size());
  for (const DutyTour& tour : tours) {
    for (const PlannedStop& stop : tour.stops) {
      if (stop.visit) now[stop.visit] = {tour.duty, stop.begins};
    }
  }
  std::vector<VisitChange> changes;
  for (VisitId each : plan.visits.ids()) {
    const PlannedVisit& visit = plan.visits[each];
    const Told& then = now[each];
    if (!visit.duty && !then.duty) continue;
    if (visit.duty == then.duty && (!visit.start || visit.start == then.begins)) continue;
    changes.push_back({.visit = each,
                       .before = visit.duty,
                       .now = then.duty,
                       .began = visit.duty ? visit.start : std::nullopt,
                       .begins = then.begins});
  }
  return changes;
}

/// The tours that people were told, as far as visits name them, by the starts told.
TourPlan told_tours(const Plan& plan) {
  TourPlan told;
  told.tours.resize(plan.duties.size());
  for (VisitId each : plan.visits.ids()) {
    const PlannedVisit& visit = plan.visits[each];
    if (!visit.duty) continue;
    told.tours[visit.duty.index()].push_back(
        {.index = each.index(), .start = visit.start ? visit.start->minutes() : kNoTick});
  }
  for (auto& tour : told.tours) {
    std::stable_sort(tour.begin(), tour.end(),
                     [](const TourStep& a, const TourStep& b) { return a.start < b.start; });
  }
  return told;
}

}  // namespace

TravelTimes travel_times(const Plan& plan, const std::vector<PlaceId>& places) {
  std::vector<Coordinates> coordinates;
  for (const PlaceId place : places)
    coordinates.push_back({plan.places[place].latitude, plan.places[place].longitude});
  TravelTimes travel =
      great_circle_times(coordinates, plan.field.road_factor, plan.field.speed / 60);
  std::map<PlaceId, std::size_t> number;
  for (std::size_t i = 0; i < places.size(); ++i) number.emplace(places[i], i);
  const auto set = [&](PlaceId from, PlaceId to, Elapsed duration) {
    const auto a = number.find(from);
    const auto b = number.find(to);
    if (a == number.end() || b == number.end()) return;
    travel.ticks[a->second * places.size() + b->second] = duration.count();
  };
  // The ways back first, so that a way's own row is what counts.
  for (const TravelTime& each : plan.travel_times) set(each.to, each.from, each.duration);
  for (const TravelTime& each : plan.travel_times) set(each.from, each.to, each.duration);
  return travel;
}

FieldTourProblem tour_problem(const Plan& plan) {
  Numbers<PlaceId> places;
  Numbers<SkillId> skills;
  Numbers<std::string_view> teams;
  Numbers<std::string_view> meetings;
  FieldTourProblem field;
  bool is_told = false;
  for (const PlannedDuty& duty : plan.duties)
    field.problem.duties.push_back(duty_of(duty, places, skills, teams));
  for (const PlannedVisit& visit : plan.visits) {
    field.problem.visits.push_back(visit_of(visit, places, skills, meetings));
    is_told = is_told || visit.duty;
  }
  field.places = std::move(places.keys);
  field.problem.travel = travel_times(plan, field.places);
  if (is_told) {
    using enum TourCriterion;
    field.problem.order = {unserved, lateness, overtime, change, travel};
  }
  return field;
}

Plan with_published(const Plan& plan, const Plan& before, const Tours& tours) {
  std::map<std::string_view, std::pair<std::string_view, Instant>> told;
  for (const DutyTour& tour : tours.tours) {
    for (const PlannedStop& stop : tour.stops) {
      if (stop.visit)
        told[before.visits[stop.visit].id] = {before.duties[tour.duty].id, stop.begins};
    }
  }
  std::map<std::string_view, DutyId> duties;
  for (DutyId duty : plan.duties.ids()) duties.emplace(plan.duties[duty].id, duty);
  Plan now = plan;
  for (PlannedVisit& visit : now.visits) {
    const auto known = told.find(visit.id);
    if (visit.duty || known == told.end()) continue;
    const auto duty = duties.find(known->second.first);
    if (duty == duties.end()) continue;
    visit.duty = duty->second;
    visit.start = known->second.second;
  }
  return now;
}

Tours plan_tours(const Plan& original, const FieldRun& run) {
  const bool has_before = run.before != nullptr && run.published != nullptr && run.published->tours;
  const Plan with_told =
      has_before ? with_published(original, *run.before, *run.published->tours) : Plan{};
  const Plan& plan = has_before ? with_told : original;
  const FieldTourProblem field = tour_problem(plan);
  assert(faults_of(field.problem).empty());
  Tours tours;
  tours.is_published =
      has_before || std::any_of(plan.visits.begin(), plan.visits.end(),
                                [](const auto& visit) { return bool{visit.duty}; });
  Budget::Limits limits;
  if (run.seconds) limits.seconds = *run.seconds;
  if (run.steps > 0 || !run.seconds) limits.steps = run.steps > 0 ? run.steps : kUsualTourSteps;
  Budget budget(limits);
  const TourPlan told = told_tours(plan);
  TourAnswer answer = solve_tours(field.problem, budget,
                                  {.seed = run.seed, .from = tours.is_published ? &told : nullptr});
  tours.is_legal = check::judge_tours(field.problem, answer.plan).is_legal();
  settle_pauses(field.problem, answer.plan);
  if (tours.is_published) keep_told(field.problem, told, answer.plan);
  answer.plan.cost = check::judge_tours(field.problem, answer.plan).cost;
  tours.is_legal = tours.is_legal && check::judge_tours(field.problem, answer.plan).is_legal();
  tours.cost = answer.plan.cost;
  tours.steps = answer.steps;
  for (DutyId duty : plan.duties.ids())
    tours.tours.push_back(tour_of(field, duty, answer.plan.tours[duty.index()]));
  for (const LeftOut& left : answer.left_out) {
    UnmadeVisit unmade{.visit = VisitId{left.visit}, .reason = left.reason};
    if (left.duty != kNobody) unmade.duty = DutyId{left.duty};
    for (const std::size_t visit : left.instead_of) unmade.instead_of.emplace_back(visit);
    tours.left_out.push_back(std::move(unmade));
  }
  if (tours.is_published) tours.changes = changes_of(plan, tours.tours);
  return tours;
}

}  // namespace diaodu::dispatch
