#include "diaodu/core/time.h"

#include "support/property.h"

namespace diaodu {
namespace {

TEST(Instant, moves_by_time_on_the_clock) {
  EXPECT_EQ(Instant{100} + Elapsed{20}, Instant{120});
  EXPECT_EQ(Instant{100} - Elapsed{20}, Instant{80});
  EXPECT_EQ(Instant{100} - Instant{30}, Elapsed{70});
  EXPECT_LT(kEver, Instant{});
  EXPECT_LT(Instant{}, kNever);
}

TEST(Instant, never_and_ever_survive_a_plans_quantities) {
  const Elapsed three_centuries{300LL * 366 * kMinutesPerDay};
  EXPECT_GT(kNever + three_centuries, kNever);
  EXPECT_LT(kEver - three_centuries, kEver);
  EXPECT_GT(kNever - kEver, Elapsed{});
}

TEST(Interval, its_end_is_outside) {
  const Interval morning{Instant{480}, Instant{720}};
  EXPECT_TRUE(morning.contains(Instant{480}));
  EXPECT_TRUE(morning.contains(Instant{719}));
  EXPECT_FALSE(morning.contains(Instant{720}));
  EXPECT_FALSE(morning.contains(Instant{479}));
  EXPECT_EQ(morning.length(), Elapsed{240});
  EXPECT_FALSE(morning.is_empty());
  EXPECT_TRUE((Interval{Instant{5}, Instant{5}}.is_empty()));
  EXPECT_TRUE((Interval{Instant{6}, Instant{5}}.is_empty()));
}

TEST(Interval, two_overlap_when_they_have_a_minute_in_common) {
  EXPECT_FALSE(overlap({Instant{0}, Instant{5}}, {Instant{5}, Instant{9}}));
  holds(10'000, [] {
    const auto minute = [] { return Instant{*rc::gen::inRange(0, 12)}; };
    const Interval a{minute(), minute()};
    const Interval b{minute(), minute()};
    RC_PRE(!a.is_empty() && !b.is_empty());
    bool has_common = false;
    for (Instant at{0}; at < Instant{12}; at = at + Elapsed{1}) {
      has_common = has_common || (a.contains(at) && b.contains(at));
    }
    RC_ASSERT(overlap(a, b) == has_common);
  });
}

}  // namespace
}  // namespace diaodu
