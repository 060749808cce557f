#include <algorithm>
#include <cmath>
#include <map>

#include "diaodu/dispatch/field_labs.h"

namespace diaodu::dispatch {
namespace {

constexpr std::int64_t kLargestPool = 20;   // the largest that is in use
constexpr std::size_t kLongestSerial = 60;  // days from a case to whom it infects
constexpr std::size_t kWindow = 7;          // days whose reproduction goes on
constexpr std::int64_t kSamplingBegins = 8 * 60;
constexpr double kMostSampled = 1e8;  // as in the table `testing`

std::int32_t day_of(const Plan& plan, Instant instant) {
  return plan.zone.to_local(instant).date().days;
}

Instant instant_of(const Plan& plan, std::int32_t day, std::int64_t minute) {
  return plan.zone.to_instant(LocalTime::at(Date{day}, minute));
}

/// Sampling begins when the row says, or at eight where it names only the day.
Instant begin_of(const Plan& plan, Instant day) {
  const LocalTime local = plan.zone.to_local(day);
  if (local.minute_of_day() != 0) return day;
  return instant_of(plan, local.date().days, kSamplingBegins);
}

std::int64_t rounded_up(double value) { return static_cast<std::int64_t>(std::ceil(value - 1e-9)); }

/// Whoever stays is told no time to pass, but is present after the transfer like anybody who starts
/// there.
Instant present_from(const Plan& plan, const Party& party) {
  const Stop& last = party.stops.back();
  const bool is_staying = party.legs.empty() && last.ready == kNever;
  return is_staying ? last.arrives + plan.places[last.place].transfer : last.ready;
}

/// People with the role of samplers who are ready there by then.
std::int64_t samplers_at(const Plan& plan, const Movement& movement, PlaceId place, Instant when) {
  const std::string_view role =
      plan.field.sampler.empty() ? std::string_view("sampler") : plan.field.sampler.view();
  std::int64_t count = 0;
  for (const Party& party : movement.parties) {
    if (party.stops.back().place == place && present_from(plan, party) <= when &&
        plan.groups[party.group].role == role) {
      count += party.count;
    }
  }
  return count;
}

const CasesToCome* expected_on(const Plan& plan, const std::vector<Outbreak>& outbreaks,
                               PlaceId place, Instant day) {
  for (const Outbreak& outbreak : outbreaks) {
    if (outbreak.place != place) continue;
    const std::int64_t first = day_of(plan, outbreak.first_day) + outbreak.days;
    const std::int64_t ahead = day_of(plan, day) - first;
    if (ahead >= 0 && ahead < static_cast<std::int64_t>(outbreak.to_come.size()))
      return &outbreak.to_come[static_cast<std::size_t>(ahead)];
  }
  return nullptr;
}

void complete_day(const Plan& plan, const std::vector<Outbreak>& outbreaks, const Testing& asked,
                  const Movement* movement, TestingDay& day) {
  const FieldOptions& field = plan.field;
  const CasesToCome* expected = expected_on(plan, outbreaks, asked.place, asked.day);
  if (expected != nullptr) {
    day.expected_cases = expected->mean;
    day.cases_low = expected->low;
    day.cases_high = expected->high;
  }
  const double cases = expected != nullptr ? expected->mean : 0;
  day.is_given = asked.people.has_value();
  const double by_cases = cases * static_cast<double>(field.people_per_case);
  day.is_cut = !day.is_given && by_cases > kMostSampled;
  day.people = asked.people.value_or(rounded_up(std::min(by_cases, kMostSampled)));
  const double share =
      day.people > 0 ? std::min(1.0, cases / static_cast<double>(day.people)) : 0.0;
  day.prevalence = asked.prevalence.value_or(share);
  day.people_per_tube = asked.people_per_tube.value_or(best_pool(day.prevalence, kLargestPool));
  const double a_day = static_cast<double>(field.samples_per_hour) * field.sampling_hours;
  day.samplers_needed = rounded_up(static_cast<double>(day.people) / a_day);
  day.people_sampled = day.people;
  if (movement != nullptr) {
    day.samplers_there = samplers_at(plan, *movement, day.place, day.day);
    const double most = static_cast<double>(*day.samplers_there) * a_day;
    if (*day.samplers_there < day.samplers_needed)
      day.people_sampled = static_cast<std::int64_t>(std::floor(most + 1e-9));
  }
  day.people_late = day.people_sampled;  // until a laboratory says otherwise
  day.by = asked.by.value_or(instant_of(plan, day_of(plan, day.day) + 2, 0));
}

}  // namespace

std::vector<Outbreak> find_outbreaks(const Plan& plan, std::uint64_t seed) {
  std::map<PlaceId, std::map<std::int32_t, std::int64_t>> counts;
  for (const CaseCount& count : plan.cases)
    counts[count.place][day_of(plan, count.day)] += count.cases;
  const std::vector<double> serial =
      serial_interval(plan.field.serial_mean, plan.field.serial_deviation, kLongestSerial);
  std::vector<Outbreak> outbreaks;
  for (const auto& [place, days] : counts) {
    const std::int32_t first = days.begin()->first;
    const std::int32_t last = days.rbegin()->first;
    std::vector<std::int64_t> cases(static_cast<std::size_t>(last - first) + 1, 0);
    for (const auto& [day, count] : days) cases[static_cast<std::size_t>(day - first)] = count;
    std::int64_t ahead = plan.field.days;
    for (const Testing& testing : plan.testing) {
      if (testing.place == place)
        ahead = std::max<std::int64_t>(ahead, day_of(plan, testing.day) - last);
    }
    Outbreak outbreak{.place = place,
                      .first_day = instant_of(plan, first, 0),
                      .days = static_cast<std::int64_t>(cases.size())};
    outbreak.growth = growth(cases);
    outbreak.reproduction =
        instantaneous_reproduction(cases, serial, first_telling_day(cases, kWindow), cases.size());
    outbreak.to_come =
        cases_to_come(cases, serial, kWindow,
                      static_cast<std::size_t>(std::min(ahead, kMostDaysToCome)), 1000, seed);
    outbreaks.push_back(std::move(outbreak));
  }
  return outbreaks;
}

std::vector<TestingDay> find_testing(const Plan& plan, const std::vector<Outbreak>& outbreaks,
                                     const Movement* movement) {
  std::vector<Testing> asked = plan.testing;
  if (asked.empty()) {
    for (const Outbreak& outbreak : outbreaks) {
      const std::int32_t first =
          day_of(plan, outbreak.first_day) + static_cast<std::int32_t>(outbreak.days);
      for (std::int32_t day = 0; day < plan.field.days; ++day)
        asked.push_back({.place = outbreak.place, .day = instant_of(plan, first + day, 0)});
    }
  }
  std::vector<TestingDay> days;
  for (const Testing& each : asked) {
    TestingDay day{.place = each.place, .day = begin_of(plan, each.day)};
    complete_day(plan, outbreaks, each, movement, day);
    day.tubes = (day.people_sampled + day.people_per_tube - 1) / day.people_per_tube;
    days.push_back(day);
  }
  std::stable_sort(days.begin(), days.end(),
                   [](const TestingDay& a, const TestingDay& b) { return a.day < b.day; });
  return days;
}

}  // namespace diaodu::dispatch
