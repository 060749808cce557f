#include "diaodu/solve/hours.h"

#include <gtest/gtest.h>

#include "support/property.h"

namespace diaodu::solve {
namespace {

using Time = Hours::Time;

std::vector<Hours::Rest> random_rests() {
  std::vector<Hours::Rest> rests;
  Time at = number(0, 3);
  for (int i = number(0, 6); i > 0; --i) {
    const Time to = at + number(1, 5);
    rests.push_back({at, to});
    at = to + number(1, 5);
  }
  return rests;
}

bool works(const std::vector<Hours::Rest>& rests, Time time) {
  for (const Hours::Rest& rest : rests) {
    if (rest.from <= time && time < rest.to) return false;
  }
  return true;
}

TEST(Hours, count_what_is_worked_unit_by_unit) {
  holds(10'000, [] {
    const std::vector<Hours::Rest> rests = random_rests();
    const Hours hours(rests);
    Time worked = 0;
    for (Time time = 0; time < 60; ++time) {
      RC_ASSERT(hours.work(time) == worked);
      RC_ASSERT(hours.first(worked) <= time && hours.last(worked) >= time);
      RC_ASSERT(hours.work(hours.first(worked)) == worked);
      RC_ASSERT(hours.work(hours.first(worked) - 1) < worked);
      RC_ASSERT(hours.work(hours.last(worked)) == worked);
      RC_ASSERT(works(rests, hours.last(worked)));
      worked += works(rests, time) ? 1 : 0;
    }
  });
}

TEST(Hours, of_two_are_worked_where_both_work) {
  holds(10'000, [] {
    const std::vector<Hours::Rest> a = random_rests();
    const std::vector<Hours::Rest> b = random_rests();
    const Hours both = Hours::both(Hours(a), Hours(b));
    Time longest = 0;
    Time run = 0;
    for (Time time = 0; time < 70; ++time) {
      const bool works_both = works(a, time) && works(b, time);
      RC_ASSERT((both.work(time + 1) > both.work(time)) == works_both);
      run = works_both ? 0 : run + (works(a, time) ? 1 : 0);
      longest = std::max(longest, run);
    }
    RC_ASSERT(Hours(a).longest_without(both) == longest);
  });
}

TEST(Passage, its_inverse_is_the_least_start_that_reaches_the_bound) {
  holds(10'000, [] {
    const Hours tail(random_rests());
    const Hours lag(random_rests());
    const Hours head(random_rests());
    const Passage passage{.tail = &tail,
                          .done = number(0, 4),
                          .leaves_rested = number(0, 2) == 0,
                          .lag = static_cast<Passage::Lag>(number(0, 3)),
                          .lag_hours = &lag,
                          .lag_work = number(-4, 5),
                          .head = &head,
                          .ahead = number(0, 4),
                          .is_exact = number(0, 2) == 0};
    for (Time start = 0; start < 40; ++start) RC_ASSERT(passage(start) <= passage(start + 1));
    for (Time bound = 1; bound < 30; ++bound) {
      const Time least = passage.least_start(bound);
      RC_ASSERT(passage(least) >= bound);
      RC_ASSERT(passage(least - 1) < bound);
    }
  });
}

}  // namespace
}  // namespace diaodu::solve
