#include "diaodu/dispatch/field_labs.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "diaodu/check/laboratory_check.h"
#include "diaodu/dispatch/faults.h"
#include "diaodu/dispatch/field_tours.h"

namespace diaodu::dispatch {
namespace {

constexpr Minutes kCurveStep = 60;
constexpr Minutes kNeverReported = std::numeric_limits<Minutes>::infinity();
constexpr std::array<std::int64_t, 4> kUsualPools = {1, 5, 10, 20};

/// Tubes that go to one laboratory together, though in several lots.
struct Consignment {
  LaboratoryId laboratory;  ///< unset: whichever reports it first
  std::vector<LotOutcome> lots;
};

/// Full tubes, and one with whoever is left.
void add_lots(LotOutcome lot, std::int64_t people, std::vector<LotOutcome>& lots) {
  const std::int64_t pool = lot.people_per_tube;
  lot.tubes = people / pool;
  if (lot.tubes > 0) lots.push_back(lot);
  if (people % pool == 0) return;
  lot.tubes = 1;
  lot.people_per_tube = people % pool;
  lots.push_back(lot);
}

std::vector<Consignment> consignments_of(const Plan& plan, const std::vector<TestingDay>& days) {
  std::vector<Consignment> all;
  for (std::size_t row = 0; row < plan.arrivals.size(); ++row) {
    const TubeLot& lot = plan.arrivals[row];
    if (lot.tubes == 0) continue;
    all.push_back({.laboratory = lot.laboratory,
                   .lots = {{.lot = row,
                             .place = lot.place,
                             .leaves = lot.at,
                             .tubes = lot.tubes,
                             .people_per_tube = lot.people_per_tube,
                             .prevalence = lot.prevalence}}});
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    const TestingDay& day = days[i];
    Consignment consignment;
    // What is sampled in an hour leaves at its end; the last tube holds whoever is left.
    const auto hours = static_cast<std::int64_t>(std::ceil(plan.field.sampling_hours));
    const std::int64_t full = day.people_sampled / day.people_per_tube;
    for (std::int64_t hour = 0; hour < hours; ++hour) {
      const std::int64_t tubes = full * (hour + 1) / hours - full * hour / hours;
      const std::int64_t left =
          hour + 1 == hours ? day.people_sampled % day.people_per_tube : std::int64_t{0};
      const LotOutcome lot{.testing = i,
                           .place = day.place,
                           .leaves = day.day + Elapsed{60 * (hour + 1)},
                           .people_per_tube = day.people_per_tube,
                           .prevalence = day.prevalence};
      add_lots(lot, tubes * day.people_per_tube + left, consignment.lots);
    }
    if (!consignment.lots.empty()) all.push_back(std::move(consignment));
  }
  std::stable_sort(all.begin(), all.end(), [](const Consignment& a, const Consignment& b) {
    return a.lots.front().leaves < b.lots.front().leaves;
  });
  return all;
}

/// How long tubes are on the road; only ways that are asked for are worked out.
class Roads {
 public:
  explicit Roads(const Plan& plan) : plan_(plan) {}

  Elapsed between(PlaceId from, PlaceId to) {
    if (!from || !to || from == to) return {};
    const auto [entry, is_new] = known_.try_emplace({from, to});
    if (is_new) entry->second = worked_out(from, to);
    return entry->second;
  }

 private:
  /// None where either is nowhere that is told.
  Elapsed worked_out(PlaceId from, PlaceId to) const {
    for (const TravelTime& told : plan_.travel_times) {
      const bool is_told =
          (told.from == from && told.to == to) || (told.from == to && told.to == from);
      if (is_told) return way(from, to);
    }
    const auto is_nowhere = [this](PlaceId place) {
      return plan_.places[place].latitude == 0 && plan_.places[place].longitude == 0;
    };
    return is_nowhere(from) || is_nowhere(to) ? Elapsed{} : way(from, to);
  }

  Elapsed way(PlaceId from, PlaceId to) const {
    return Elapsed{travel_times(plan_, {from, to}).between(0, 1)};
  }

  const Plan& plan_;
  std::map<std::pair<PlaceId, PlaceId>, Elapsed> known_;
};

/// A laboratory with the lots that it has so far.
struct Desk {
  Lab lab;
  std::vector<LotOutcome> lots;
};

void sort_lots(std::vector<LotOutcome>& lots) {
  std::stable_sort(lots.begin(), lots.end(),
                   [](const LotOutcome& a, const LotOutcome& b) { return a.arrives < b.arrives; });
}

std::vector<TubeArrival> arrivals_of(const std::vector<LotOutcome>& lots, Instant origin) {
  std::vector<TubeArrival> arrivals;
  for (const LotOutcome& lot : lots) {
    arrivals.push_back({.at = static_cast<Minutes>((lot.arrives - origin).count()),
                        .tubes = lot.tubes,
                        .people_per_tube = lot.people_per_tube,
                        .prevalence = lot.prevalence});
  }
  return arrivals;
}

/// When all people of the lots that `is_meant` names have their results.
template <class IsMeant>
Minutes last_result(const LabOutcome& outcome, const std::vector<LotOutcome>& lots,
                    IsMeant&& is_meant) {
  std::int64_t people = 0;
  for (const LotOutcome& lot : lots) people += is_meant(lot) ? lot.tubes * lot.people_per_tube : 0;
  Minutes last = 0;
  for (const ResultPoint& point : outcome.results) {
    if (!is_meant(lots[point.arrival])) continue;
    people -= point.people;
    last = point.at;
  }
  return people > 0 ? kNeverReported : last;
}

std::vector<LotOutcome> sent_to(const Plan& plan, Roads& roads, LaboratoryId laboratory,
                                std::vector<LotOutcome> lots) {
  for (LotOutcome& lot : lots) {
    lot.laboratory = laboratory;
    lot.arrives = lot.leaves + roads.between(lot.place, plan.laboratories[laboratory].place);
  }
  return lots;
}

bool is_same(const LotOutcome& a, const LotOutcome& b) {
  return a.lot == b.lot && a.testing == b.testing;
}

/// The laboratory that reports it first, beside what each has already.
LaboratoryId best_laboratory(const Plan& plan, Roads& roads, const Consignment& consignment,
                             const Table<LaboratoryId, Desk>& desks, Instant origin,
                             std::uint64_t seed) {
  LaboratoryId best;
  std::pair<std::int64_t, Minutes> least;
  for (LaboratoryId each : plan.laboratories.ids()) {
    std::vector<LotOutcome> lots = desks[each].lots;
    const std::vector<LotOutcome> more = sent_to(plan, roads, each, consignment.lots);
    lots.insert(lots.end(), more.begin(), more.end());
    sort_lots(lots);
    const LabOutcome outcome = simulate_lab(desks[each].lab, arrivals_of(lots, origin), seed);
    const Minutes last = last_result(outcome, lots, [&](const LotOutcome& lot) {
      return is_same(lot, consignment.lots.front());
    });
    const std::pair<std::int64_t, Minutes> value{
        last == kNeverReported ? outcome.people_unreported : 0, last};
    if (best && value >= least) continue;
    best = each;
    least = value;
  }
  return best;
}

std::vector<LaboratoryPool> compare(const Plan& plan, LaboratoryId laboratory, const Lab& lab,
                                    const std::vector<LotOutcome>& lots, Instant origin,
                                    std::uint64_t seed) {
  const auto& asked = plan.laboratories[laboratory].pools;
  std::vector<std::int64_t> sizes(asked.begin(), asked.end());
  if (sizes.empty()) sizes.assign(kUsualPools.begin(), kUsualPools.end());
  std::int64_t people = 0;
  double infected = 0;
  for (const LotOutcome& lot : lots) {
    people += lot.tubes * lot.people_per_tube;
    infected += static_cast<double>(lot.tubes * lot.people_per_tube) * lot.prevalence;
  }
  std::vector<LaboratoryPool> pools;
  if (people == 0) return pools;
  std::vector<std::tuple<std::int64_t, Minutes, Minutes, std::int64_t>> values;
  for (const std::int64_t size : sizes) {
    std::vector<LotOutcome> pooled;
    for (const LotOutcome& lot : lots) {
      LotOutcome again = lot;
      again.people_per_tube = size;
      add_lots(again, lot.tubes * lot.people_per_tube, pooled);
    }
    const LabOutcome outcome = simulate_lab(lab, arrivals_of(pooled, origin), seed);
    pools.push_back(
        {.pool = size,
         .tests_per_person = tests_per_person(infected / static_cast<double>(people), size),
         .tubes_tested = outcome.tubes_tested,
         .people_unreported = outcome.people_unreported,
         .p95 = outcome.of_people.p95});
    values.emplace_back(outcome.people_unreported, outcome.of_people.p95, outcome.of_people.mean,
                        outcome.tubes_tested);
  }
  const auto best = std::min_element(values.begin(), values.end()) - values.begin();
  pools[static_cast<std::size_t>(best)].is_best = true;
  return pools;
}

bool is_conserved(const LabOutcome& outcome, const std::vector<LotOutcome>& lots) {
  std::vector<check::LaboratoryCount::Lot> counted;
  for (const LotOutcome& lot : lots)
    counted.push_back({.tubes = lot.tubes, .people_per_tube = lot.people_per_tube});
  for (const ResultPoint& point : outcome.results)
    counted[point.arrival].people_with_result += point.people;
  std::vector<check::LaboratoryCount::Point> curve;
  for (const BacklogPoint& point : outcome.curve)
    curve.push_back({.at = point.at, .tubes = point.tubes, .people = point.people});
  return check::is_conserved({.lots = counted,
                              .curve = curve,
                              .tubes_received = outcome.tubes_received,
                              .tubes_tested = outcome.tubes_tested,
                              .tubes_unfinished = outcome.tubes_unfinished,
                              .people_sampled = outcome.people_sampled,
                              .people_reported = outcome.people_reported,
                              .people_unreported = outcome.people_unreported,
                              .mean_in_lab = outcome.mean_in_lab,
                              .little_in_lab = outcome.little_in_lab});
}

void complete_days(const LaboratoryOutcome& laboratory, std::vector<TestingDay>& days) {
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto is_meant = [i](const LotOutcome& lot) { return lot.testing == i; };
    if (std::none_of(laboratory.lots.begin(), laboratory.lots.end(), is_meant)) continue;
    TestingDay& day = days[i];
    day.laboratory = laboratory.laboratory;
    const Minutes last = last_result(laboratory.outcome, laboratory.lots, is_meant);
    if (last != kNeverReported)
      day.last_result = laboratory.origin + Elapsed{static_cast<std::int64_t>(std::ceil(last))};
    day.people_late = day.people_sampled;
    for (const ResultPoint& point : laboratory.outcome.results) {
      const Instant at =
          laboratory.origin + Elapsed{static_cast<std::int64_t>(std::ceil(point.at))};
      if (is_meant(laboratory.lots[point.arrival]) && at <= day.by) day.people_late -= point.people;
    }
  }
}

}  // namespace

Lab lab_of(const Plan& plan, LaboratoryId laboratory, Instant origin) {
  const Laboratory& planned = plan.laboratories[laboratory];
  Lab lab;
  lab.recall = planned.recall ? static_cast<Minutes>(planned.recall->count()) : -1;
  lab.retests_first = planned.retests_first;
  lab.curve_step = kCurveStep;
  lab.notes_results = true;
  std::vector<std::string_view> names;
  for (const LaboratoryStage& stage : plan.lab_stages) {
    if (stage.laboratory != laboratory) continue;
    names.push_back(stage.id);
    lab.stages.push_back({.machines = stage.machines,
                          .batch = stage.batch,
                          .duration = static_cast<Minutes>(stage.duration.count()),
                          .longest_wait = static_cast<Minutes>(stage.longest_wait.count()),
                          .between_failures = static_cast<Minutes>(stage.between_failures.count()),
                          .repair = static_cast<Minutes>(stage.repair.count())});
  }
  std::map<Instant, LabShift> shifts;
  // Rows for all stages first: those for one say more.
  for (const bool is_for_one : {false, true}) {
    for (const LaboratoryShift& row : plan.lab_shifts) {
      if (row.laboratory != laboratory || row.stage.empty() == is_for_one) continue;
      const auto [entry, is_new] = shifts.emplace(
          row.hours.from, LabShift{.from = static_cast<Minutes>((row.hours.from - origin).count()),
                                   .until = static_cast<Minutes>((row.hours.to - origin).count())});
      LabShift& shift = entry->second;
      // Stages that no row of a shift names stand still.
      if (is_new) shift.machines.assign(lab.stages.size(), 0);
      for (std::size_t i = 0; i < names.size(); ++i) {
        const std::int64_t all = lab.stages[i].machines;
        if (row.stage.empty() || row.stage == names[i])
          shift.machines[i] = std::min(row.machines.value_or(all), all);
      }
    }
  }
  // A stage that no row ever names works whenever the laboratory does.
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_named = std::any_of(
        plan.lab_shifts.begin(), plan.lab_shifts.end(), [&](const LaboratoryShift& row) {
          return row.laboratory == laboratory && (row.stage.empty() || row.stage == names[i]);
        });
    if (is_named) continue;
    for (auto& [from, shift] : shifts) shift.machines[i] = lab.stages[i].machines;
  }
  for (auto& [from, shift] : shifts) lab.shifts.push_back(std::move(shift));
  return lab;
}

std::vector<LaboratoryOutcome> run_laboratories(const Plan& plan, std::vector<TestingDay>& days,
                                                std::uint64_t seed) {
  std::vector<LaboratoryOutcome> outcomes;
  if (plan.laboratories.size() == 0) return outcomes;
  Roads roads(plan);
  const std::vector<Consignment> consignments = consignments_of(plan, days);
  Instant origin = plan.start;
  for (const Consignment& consignment : consignments)
    origin = std::min(origin, consignment.lots.front().leaves);
  Table<LaboratoryId, Desk> desks(plan.laboratories.size());
  for (LaboratoryId each : plan.laboratories.ids()) desks[each].lab = lab_of(plan, each, origin);
  for (const Consignment& consignment : consignments) {
    const LaboratoryId where = consignment.laboratory
                                   ? consignment.laboratory
                                   : best_laboratory(plan, roads, consignment, desks, origin, seed);
    std::vector<LotOutcome>& lots = desks[where].lots;
    const std::vector<LotOutcome> more = sent_to(plan, roads, where, consignment.lots);
    lots.insert(lots.end(), more.begin(), more.end());
    sort_lots(lots);
  }
  for (LaboratoryId each : plan.laboratories.ids()) {
    Desk& desk = desks[each];
    const std::vector<TubeArrival> arrivals = arrivals_of(desk.lots, origin);
    assert(faults_of(desk.lab, arrivals).empty());
    LaboratoryOutcome& outcome =
        outcomes.emplace_back(LaboratoryOutcome{.laboratory = each, .origin = origin});
    outcome.outcome = simulate_lab(desk.lab, arrivals, seed);
    outcome.lots = desk.lots;
    outcome.pools = compare(plan, each, desk.lab, desk.lots, origin, seed);
    outcome.until = plan.laboratories[each].until;
    if (outcome.until && !arrivals.empty()) {
      outcome.capacity = capacity_by(desk.lab, arrivals.front(),
                                     static_cast<Minutes>((*outcome.until - origin).count()), seed);
    }
    outcome.is_legal = is_conserved(outcome.outcome, outcome.lots);
    complete_days(outcome, days);
  }
  return outcomes;
}

}  // namespace diaodu::dispatch
