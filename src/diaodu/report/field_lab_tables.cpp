#include <algorithm>
#include <cmath>
#include <numbers>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/dispatch_cells.h"
#include "diaodu/report/field_tables.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using dispatch::LaboratoryOutcome;
using dispatch::TestingDay;

Instant instant_of(const LaboratoryOutcome& laboratory, dispatch::Minutes minutes) {
  return laboratory.origin + Elapsed{static_cast<std::int64_t>(std::ceil(minutes))};
}

/// Empty where it never comes.
Cell whole_minutes(dispatch::Minutes minutes) {
  if (!std::isfinite(minutes)) return {};
  return std::ceil(minutes);
}

std::string two_digits(double value) { return decimal_string(std::llround(value * 100), 2); }

/// `12 (5–23)`
std::string range(double middle, std::int64_t low, std::int64_t high) {
  return std::to_string(std::llround(middle)) + " (" + std::to_string(low) + "–" +
         std::to_string(high) + ")";
}

}  // namespace

std::string minutes_in_words(const Plan& plan, dispatch::Minutes minutes, Language language) {
  if (!std::isfinite(minutes)) return "—";
  return show(plan, Elapsed{static_cast<std::int64_t>(std::ceil(minutes))}, language);
}

DispatchTable testing_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "testing", .name = &words::field_testing};
  table.columns = {{"place", &words::dispatch_place, 16},
                   {"day", &words::field_day, 17},
                   {"cases", &words::field_cases_expected, 16},
                   {"people", &words::field_to_sample, 10, true},
                   {"sampled", &words::field_sampled, 10, true},
                   {"samplers_needed", &words::field_samplers_needed, 12, true},
                   {"samplers_there", &words::field_samplers_there, 12, true},
                   {"pool", &words::field_pool, 9, true},
                   {"tubes", &words::field_tubes, 9, true},
                   {"laboratory", &words::field_laboratory, 16},
                   {"last_result", &words::field_last_result, 17},
                   {"by", &words::dispatch_by, 17},
                   {"late", &words::field_people_late, 12, true}};
  for (const TestingDay& day : told.field.days) {
    table.rows.push_back(
        {cells::name(plan.places, day.place, language), cells::instant(day.day),
         day.expected_cases ? Cell{range(*day.expected_cases, day.cases_low, day.cases_high)}
                            : Cell{},
         cells::number(day.people), cells::number(day.people_sampled),
         cells::number(day.samplers_needed),
         day.samplers_there ? cells::number(*day.samplers_there) : Cell{},
         cells::number(day.people_per_tube), cells::number(day.tubes),
         cells::text(cells::name(plan.laboratories, day.laboratory, language)),
         cells::instant(day.last_result), cells::instant(day.by), cells::number(day.people_late)});
  }
  return table;
}

DispatchTable outbreaks_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "outbreaks", .name = &words::field_outbreaks};
  table.columns = {
      {"place", &words::dispatch_place, 16},    {"from", &words::field_first_day, 17},
      {"days", &words::field_days, 7, true},    {"growth", &words::field_growth, 12},
      {"doubling", &words::field_doubling, 12}, {"reproduction", &words::field_reproduction, 18},
      {"to_come", &words::field_to_come, 40}};
  for (const dispatch::Outbreak& outbreak : told.field.outbreaks) {
    std::vector<std::string> to_come;
    for (const dispatch::CasesToCome& day : outbreak.to_come)
      to_come.push_back(range(day.mean, day.low, day.high));
    const double rate = outbreak.growth.rate.mean;
    table.rows.push_back(
        {cells::name(plan.places, outbreak.place, language), cells::instant(outbreak.first_day),
         cells::number(outbreak.days),
         outbreak.growth.is_known ? Cell{percentage(std::expm1(rate), language)} : Cell{},
         outbreak.growth.is_known && rate > 0
             ? Cell{say(words::field_in_days, language, {two_digits(std::numbers::ln2 / rate)})}
             : Cell{},
         two_digits(outbreak.reproduction.mean) + " (" + two_digits(outbreak.reproduction.low) +
             "–" + two_digits(outbreak.reproduction.high) + ")",
         cells::text(joined(to_come, language, 7))});
  }
  return table;
}

DispatchTable laboratories_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "laboratories", .name = &words::field_laboratories};
  table.columns = {{"laboratory", &words::field_laboratory, 16},
                   {"tubes", &words::field_tubes, 9, true},
                   {"people", &words::dispatch_people, 10, true},
                   {"tubes_tested", &words::field_tubes_tested, 11, true},
                   {"people_reported", &words::field_reported, 11, true},
                   {"people_unreported", &words::field_unreported, 11, true},
                   {"median", &words::field_median, 14, true},
                   {"p90", &words::field_p90, 14, true},
                   {"p95", &words::field_p95, 14, true},
                   {"p99", &words::field_p99, 14, true},
                   {"longest", &words::field_longest, 14, true},
                   {"peak", &words::field_peak, 11, true},
                   {"peak_at", &words::field_peak_at, 17},
                   {"until", &words::dispatch_by, 17},
                   {"capacity", &words::field_capacity, 14, true},
                   {"basis", &words::dispatch_basis, 24}};
  for (const LaboratoryOutcome& each : told.field.laboratories) {
    const dispatch::LabOutcome& outcome = each.outcome;
    const auto peak =
        std::max_element(outcome.curve.begin(), outcome.curve.end(),
                         [](const auto& a, const auto& b) { return a.tubes < b.tubes; });
    const bool has_peak = peak != outcome.curve.end() && peak->tubes > 0;
    const dispatch::Turnaround& people = outcome.of_people;
    const auto time = [&people](dispatch::Minutes minutes) {
      return people.count > 0 ? whole_minutes(minutes) : Cell{};
    };
    table.rows.push_back(
        {cells::name(plan.laboratories, each.laboratory, language),
         cells::number(outcome.tubes_received), cells::number(outcome.people_sampled),
         cells::number(outcome.tubes_tested), cells::number(outcome.people_reported),
         cells::number(outcome.people_unreported), time(people.median), time(people.p90),
         time(people.p95), time(people.p99), time(people.longest),
         has_peak ? cells::number(peak->tubes) : Cell{},
         has_peak ? cells::instant(instant_of(each, peak->at)) : Cell{}, cells::instant(each.until),
         each.capacity ? cells::number(*each.capacity) : Cell{},
         cells::text(plan.laboratories[each.laboratory].basis)});
  }
  return table;
}

DispatchTable lab_stages_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "lab_stages", .name = &words::field_lab_stages};
  table.columns = {{"laboratory", &words::field_laboratory, 16},
                   {"stage", &words::field_stage, 16},
                   {"batches", &words::field_batches, 9, true},
                   {"tubes", &words::field_tubes, 9, true},
                   {"utilisation", &words::field_utilisation, 12},
                   {"mean_wait", &words::field_mean_wait, 14, true},
                   {"failures", &words::field_failures, 9, true}};
  for (const LaboratoryOutcome& each : told.field.laboratories) {
    std::size_t number = 0;
    for (const LaboratoryStage& stage : plan.lab_stages) {
      if (stage.laboratory != each.laboratory) continue;
      const dispatch::StageOutcome& outcome = each.outcome.stages[number++];
      if (outcome.batches == 0) continue;
      table.rows.push_back({cells::name(plan.laboratories, each.laboratory, language),
                            stage.id.str(), cells::number(outcome.batches),
                            cells::number(outcome.tubes), percentage(outcome.utilisation, language),
                            whole_minutes(outcome.mean_wait), cells::number(outcome.failures)});
    }
  }
  return table;
}

DispatchTable lab_pools_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "pools", .name = &words::field_pools};
  table.columns = {{"laboratory", &words::field_laboratory, 16},
                   {"pool", &words::field_pool, 9, true},
                   {"tests_per_person", &words::field_tests_per_person, 14},
                   {"tubes_tested", &words::field_tubes_tested, 11, true},
                   {"people_unreported", &words::field_unreported, 11, true},
                   {"p95", &words::field_p95, 14, true},
                   {"best", &words::field_best, 40}};
  for (const LaboratoryOutcome& each : told.field.laboratories) {
    for (const dispatch::LaboratoryPool& pool : each.pools) {
      const bool is_short = pool.people_unreported > 0;
      table.rows.push_back(
          {cells::name(plan.laboratories, each.laboratory, language), cells::number(pool.pool),
           decimal_string(std::llround(pool.tests_per_person * 1000), 3),
           cells::number(pool.tubes_tested), cells::number(pool.people_unreported),
           whole_minutes(pool.p95),
           pool.is_best
               ? Cell{say(is_short ? words::field_best_short_unreported : words::field_best_short,
                          language)}
               : Cell{}});
    }
  }
  return table;
}

DispatchTable lab_curve_table(const Dispatched& told, Language language) {
  DispatchTable table{.key = "lab_curve", .name = &words::field_curve};
  table.columns = {{"laboratory", &words::field_laboratory, 16},
                   {"at", &words::dispatch_hour, 17},
                   {"tubes", &words::field_tubes_inside, 14, true},
                   {"people", &words::field_people_waiting, 14, true}};
  for (const LaboratoryOutcome& each : told.field.laboratories) {
    if (each.lots.empty()) continue;
    for (const dispatch::BacklogPoint& point : each.outcome.curve) {
      table.rows.push_back({cells::name(told.plan.laboratories, each.laboratory, language),
                            cells::instant(instant_of(each, point.at)), cells::number(point.tubes),
                            cells::number(point.people)});
    }
  }
  return table;
}

DispatchTable lab_lots_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "lots", .name = &words::field_lots};
  table.columns = {{"laboratory", &words::field_laboratory, 16},
                   {"from", &words::dispatch_from, 16},
                   {"leaves", &words::dispatch_departs, 17},
                   {"arrives", &words::dispatch_arrives, 17},
                   {"tubes", &words::field_tubes, 9, true},
                   {"people_per_tube", &words::field_pool, 9, true},
                   {"people", &words::dispatch_people, 9, true},
                   {"prevalence", &words::field_prevalence, 12}};
  for (const LaboratoryOutcome& each : told.field.laboratories) {
    for (const dispatch::LotOutcome& lot : each.lots) {
      table.rows.push_back(
          {cells::name(plan.laboratories, each.laboratory, language),
           cells::text(cells::name(plan.places, lot.place, language)), cells::instant(lot.leaves),
           cells::instant(lot.arrives), cells::number(lot.tubes),
           cells::number(lot.people_per_tube), cells::number(lot.tubes * lot.people_per_tube),
           lot.prevalence > 0 ? Cell{two_digits(lot.prevalence * 100) + " %"} : Cell{}});
    }
  }
  return table;
}

DispatchTable shipments_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "shipments", .name = &words::field_shipments};
  table.columns = {
      {"from", &words::field_gives, 16},     {"to", &words::field_takes, 16},
      {"good", &words::field_good, 16},      {"amount", &words::field_amount, 12, true},
      {"rank", &words::field_rank, 8, true}, {"cost", &words::field_cost, 14}};
  if (!told.field.exchange) return table;
  for (const dispatch::Shipment& each : told.field.exchange->shipments) {
    table.rows.push_back({cells::name(plan.places, each.from, language),
                          cells::name(plan.places, each.to, language), each.good.str(),
                          cells::number(each.amount), cells::number(each.rank),
                          each.cost == Money{} ? Cell{} : Cell{money_words(each.cost)}});
  }
  return table;
}

DispatchTable balances_table(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  DispatchTable table{.key = "balances", .name = &words::field_balances};
  table.columns = {
      {"place", &words::dispatch_place, 16},           {"good", &words::field_good, 16},
      {"offered", &words::field_offered, 10, true},    {"sent", &words::field_sent, 10, true},
      {"wanted", &words::field_wanted, 10, true},      {"got", &words::field_got, 10, true},
      {"missing", &words::dispatch_missing, 10, true}, {"why", &words::dispatch_reason, 30}};
  if (!told.field.exchange) return table;
  for (const dispatch::GoodBalance& each : told.field.exchange->balances) {
    const bool is_offer = each.wanted == 0 && each.got == 0;
    const std::int64_t missing = each.wanted - each.got;
    const Words& why = each.is_reachable ? words::field_all_taken : words::field_nobody_may_send;
    table.rows.push_back({cells::name(plan.places, each.place, language), each.good.str(),
                          is_offer ? cells::number(each.offered) : Cell{},
                          is_offer ? cells::number(each.sent) : Cell{},
                          is_offer ? Cell{} : cells::number(each.wanted),
                          is_offer ? Cell{} : cells::number(each.got),
                          is_offer ? Cell{} : cells::number(missing),
                          !is_offer && missing > 0 ? Cell{say(why, language)} : Cell{}});
  }
  return table;
}

}  // namespace diaodu::report
