// Measures the muster: `bench_dispatch large` a generated one of 100,000 people, 20 origins, 10 hubs, 50
// destinations and 96 quarter-hours; `bench_dispatch disruptions PLAN` 200 random disruptions of a plan.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "diaodu/check/muster_check.h"
#include "diaodu/core/random.h"
#include "diaodu/dispatch/muster.h"
#include "diaodu/formats/plan_file.h"

namespace diaodu {
namespace {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Coaches from every origin to every hub and from there to every destination; each hub has a departure
/// to one of five far airports every quarter of an hour.
Plan large_plan(std::int64_t people) {
  constexpr std::size_t kOrigins = 20;
  constexpr std::size_t kHubs = 10;
  constexpr std::size_t kFar = 5;
  constexpr std::size_t kDestinations = 50;
  constexpr int kQuarters = 96;
  Plan plan;
  RandomStream random(7);
  const auto below = [&random](std::size_t bound) {
    return static_cast<std::int64_t>(random.below(bound));
  };
  const auto add_places = [&plan](const char* letter, std::size_t count, Elapsed transfer) {
    const std::size_t first = plan.places.size();
    for (std::size_t i = 0; i < count; ++i) {
      Place place{.id = plan.text(letter + std::to_string(i))};
      place.transfer = transfer;
      plan.places.add(place);
    }
    return first;
  };
  const std::size_t origin = add_places("origin", kOrigins, Elapsed{15});
  const std::size_t hub = add_places("hub", kHubs, Elapsed{60});
  const std::size_t far = add_places("far", kFar, Elapsed{30});
  const std::size_t destination = add_places("county", kDestinations, Elapsed{30});
  for (std::size_t i = 0; i < kHubs; ++i) plan.places[PlaceId{hub + i}].throughput = kOne * 1500;
  const auto add_route = [&plan](std::size_t from, std::size_t to, Elapsed duration, Money cost) {
    Route route{.from = PlaceId{from}, .to = PlaceId{to}};
    route.id = plan.text("r" + std::to_string(plan.routes.size()));
    route.duration = duration;
    route.cost = cost;
    plan.routes.push_back(route);
  };
  for (std::size_t i = 0; i < kOrigins; ++i) {
    for (std::size_t j = 0; j < kHubs; ++j) {
      const std::int64_t quarters = 2 + below(12);
      add_route(origin + i, hub + j, Elapsed{15 * quarters}, Money{quarters * 15'00});
    }
  }
  for (std::size_t i = 0; i < kHubs; ++i) {
    for (int quarter = 8; quarter < kQuarters; ++quarter) {
      add_route(hub + i, far + static_cast<std::size_t>(below(kFar)), Elapsed{15 * (8 + below(6))},
                Money{800'00 + below(400) * 100});
      plan.routes.back().departs = plan.start + Elapsed{15 * quarter};
      plan.routes.back().seats = kOne * (120 + below(80));
    }
  }
  for (std::size_t i = 0; i < kFar; ++i) {
    for (std::size_t j = 0; j < kDestinations; ++j) {
      const std::int64_t quarters = 2 + below(16);
      add_route(far + i, destination + j, Elapsed{15 * quarters}, Money{quarters * 15'00});
    }
  }
  const std::vector<std::pair<const char*, std::int64_t>> roles = {
      {"sampler", 90}, {"leader", 6}, {"expert", 4}};
  for (const auto& [role, percent] : roles) {
    const std::int64_t all = people * percent / 100;
    for (std::size_t i = 0; i < kOrigins; ++i) {
      Group group{.id = plan.text(role + std::to_string(i)), .place = PlaceId{origin + i}};
      group.role = plan.text(role);
      group.count = all / static_cast<std::int64_t>(kOrigins);
      plan.groups.add(group);
    }
    for (std::size_t j = 0; j < kDestinations; ++j) {
      const std::int64_t count = all / static_cast<std::int64_t>(kDestinations);
      const auto need = [&](std::int64_t num, int hour) {
        Need row{.place = PlaceId{destination + j}, .role = plan.text(role), .count = num};
        row.by = plan.start + Elapsed{60 * hour};
        plan.needs.push_back(row);
      };
      need(count / 2, 16);
      need(count, 30);
    }
  }
  return plan;
}

int large(std::int64_t people) {
  const Plan plan = large_plan(people);
  const double begin = seconds_now();
  const auto answer = dispatch::muster(plan, {.has_bottlenecks = false});
  const double took = seconds_now() - begin;
  const auto verdict = check::judge(plan, answer.movement);
  const auto minutes = [&plan](Instant instant) {
    return static_cast<long long>((instant - plan.start).count());
  };
  std::printf(
      "%lld people, %.2f s, %s: unmet %lld (bound %lld), missing %lld (bound %lld), full strength "
      "%lld min (bound %lld), cost %.2f (bound %.2f), %lld ways, %lld programs%s\n",
      static_cast<long long>(people), took, verdict.is_legal() ? "legal" : "ILLEGAL",
      static_cast<long long>(answer.value.unmet), static_cast<long long>(answer.bound.unmet),
      static_cast<long long>(answer.value.missing), static_cast<long long>(answer.bound.missing),
      minutes(answer.value.full_strength), minutes(answer.bound.full_strength),
      static_cast<double>(answer.value.cost.count()) / 100,
      static_cast<double>(answer.bound.cost.count()) / 100,
      static_cast<long long>(answer.num_columns), static_cast<long long>(answer.num_programs),
      answer.is_optimal ? ", optimal" : "");
  return verdict.is_legal() ? 0 : 1;
}

/// A departure is cancelled, or a place needs twice as many.
void disturb(Plan& plan, RandomStream& random) {
  if (random.one_in(2)) {
    std::vector<std::size_t> departures;
    for (std::size_t row = 0; row < plan.routes.size(); ++row) {
      if (plan.routes[row].departs) departures.push_back(row);
    }
    plan.routes[departures[random.below(departures.size())]].seats = Amount{};
    return;
  }
  const PlaceId place = plan.needs[random.below(plan.needs.size())].place;
  for (Need& need : plan.needs) {
    if (need.place == place) need.count *= 2;
  }
}

int disruptions(const std::string& path, int count) {
  const auto read = formats::read_plan(path);
  if (read.findings.has_errors()) return 1;
  const Plan& plan = read.plan;
  std::int64_t people = 0;
  for (const Group& group : plan.groups) people += group.count;
  const auto published = dispatch::muster(plan, {.has_bottlenecks = false});
  RandomStream random(20220812);
  std::vector<double> times;
  std::vector<double> shares;
  std::vector<double>
      allowed;     // of those where the bound on changes is below a tenth of the people
  int fewest = 0;  // proven: no movement changes fewer
  int illegal = 0;
  int optimal = 0;
  for (int i = 0; i < count; ++i) {
    Plan now = plan;
    disturb(now, random);
    const double begin = seconds_now();
    const auto answer =
        dispatch::muster(now, {.published = &published.movement, .has_bottlenecks = false});
    times.push_back(seconds_now() - begin);
    illegal += check::judge(now, answer.movement).is_legal() ? 0 : 1;
    optimal += answer.is_optimal ? 1 : 0;
    shares.push_back(100.0 * static_cast<double>(answer.value.changed) /
                     static_cast<double>(people));
    const bool is_same_need =
        answer.bound.unmet == answer.value.unmet && answer.bound.missing == answer.value.missing;
    fewest += is_same_need && answer.bound.changed == answer.value.changed ? 1 : 0;
    if (answer.bound.changed * 10 < people) allowed.push_back(shares.back());
  }
  std::sort(times.begin(), times.end());
  std::sort(shares.begin(), shares.end());
  std::sort(allowed.begin(), allowed.end());
  std::printf(
      "%d disruptions: %d illegal, %d optimal; seconds median %.3f, most %.3f; changed %% median "
      "%.1f, most %.1f\n",
      count, illegal, optimal, times[times.size() / 2], times.back(), shares[shares.size() / 2],
      shares.back());
  std::printf(
      "proven in %d: no movement changes fewer orders; where under 10 %% may change, in %zu: "
      "changed %% median %.1f\n",
      fewest, allowed.size(), allowed.empty() ? 0.0 : allowed[allowed.size() / 2]);
  return illegal == 0 ? 0 : 1;
}

}  // namespace
}  // namespace diaodu

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "large") return diaodu::large(argc > 2 ? std::stoll(argv[2]) : 100'000);
  if (what == "disruptions" && argc > 2) return diaodu::disruptions(argv[2], 200);
  std::fprintf(stderr, "usage: bench_dispatch large [PEOPLE] | disruptions PLAN\n");
  return 2;
}
