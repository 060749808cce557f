#pragma once

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/plan/plan.h"

namespace diaodu::dispatch {

/// A small muster: two origins, two hubs, two destinations, coaches and a few planes, roles that share
/// seats, teams, hours that let few people through.
class RandomMuster {
 public:
  explicit RandomMuster(std::uint64_t seed) : random_(seed) {}

  Plan make() {
    static const std::vector<std::string> kPlaces = {"a", "b", "p", "q", "x", "y"};
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
      Place place{.id = plan_.text(kPlaces[i])};
      place.transfer = Elapsed{below(3) * 30};
      if (i >= 2 && one_in(4)) place.throughput = kOne * static_cast<std::int64_t>(1 + below(6));
      plan_.places.add(place);
    }
    for (const std::size_t origin : {0, 1}) {
      for (const std::size_t hub : {2, 3}) {
        if (!one_in(5)) add_route(origin, hub, false);
      }
      if (one_in(8)) add_route(origin, 4 + below(2), false);
    }
    if (one_in(3)) add_route(2, 3, false);
    if (one_in(3)) add_route(4, 5, false);
    for (std::size_t i = 1 + below(4); i-- > 0;) add_route(2 + below(2), 4 + below(2), true);
    for (std::size_t i = 1 + below(4); i-- > 0;) {
      Group group{.id = plan_.text("g" + std::to_string(i)), .place = PlaceId{below(2)}};
      group.role = role();
      group.count = static_cast<std::int64_t>(below(7));
      if (one_in(2)) group.ready = Instant{below(4) * 30};
      plan_.groups.add(group);
    }
    for (std::size_t i = below(3); i-- > 0;) {
      const PlaceId home{below(2)};
      for (std::size_t part = 1 + below(2); part-- > 0;) {
        Group group{.id = plan_.text("t" + std::to_string(i) + std::to_string(part)),
                    .place = home};
        group.role = role();
        group.count = static_cast<std::int64_t>(1 + below(4));
        group.team = plan_.text("T" + std::to_string(i));
        plan_.groups.add(group);
      }
    }
    for (const std::size_t place : {4, 5}) {
      for (const char* each : {"sampler", "expert"}) {
        std::int64_t count = 0;
        for (std::size_t step = below(3); step-- > 0;) {
          Need need{.place = PlaceId{place}, .role = plan_.text(each)};
          need.count = count += static_cast<std::int64_t>(1 + below(5));
          if (step > 0 || one_in(2)) need.by = Instant{180 + below(12) * 30 - 200 * (step > 0)};
          plan_.needs.push_back(need);
        }
      }
    }
    return std::move(plan_);
  }

 private:
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }
  bool one_in(std::size_t of) { return random_.one_in(of); }
  Text role() { return plan_.text(one_in(3) ? "expert" : "sampler"); }

  void add_route(std::size_t from, std::size_t to, bool departs) {
    Route route{.from = PlaceId{from}, .to = PlaceId{to}};
    route.id = plan_.text("r" + std::to_string(plan_.routes.size()));
    route.duration = Elapsed{30 + below(4) * 30};
    route.cost = Money{static_cast<std::int64_t>(below(5)) * 100'00};
    if (departs) {
      route.departs = Instant{60 + below(14) * 30};
      route.seats = kOne * static_cast<std::int64_t>(below(9));
    }
    plan_.routes.push_back(route);
  }

  Plan plan_;
  RandomStream random_;
};

}  // namespace diaodu::dispatch
