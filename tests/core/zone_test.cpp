#include "diaodu/core/zone.h"

#include "support/property.h"

namespace diaodu {
namespace {

TEST(Zone, a_default_one_shows_utc) {
  const Zone zone;
  EXPECT_EQ(zone.name(), "UTC");
  EXPECT_EQ(zone.to_local(Instant{90}), LocalTime{90});
  EXPECT_EQ(zone.to_instant(LocalTime{-90}), Instant{-90});
}

TEST(Zone, a_skipped_reading_is_the_jump_and_a_repeated_one_its_first_occurrence) {
  //  UTC    ..99 | 100 ..        At 100 the clocks jump from 100 to 160,
  //  local  ..99 | 160 ..        at 500 they fall back from 560 to 500.
  const Zone zone("Test/Spring", 0, {{Instant{100}, 60}, {Instant{500}, 0}});
  EXPECT_EQ(zone.to_instant(LocalTime{99}), Instant{99});
  EXPECT_EQ(zone.to_instant(LocalTime{100}), Instant{100});  // skipped
  EXPECT_EQ(zone.to_instant(LocalTime{159}), Instant{100});  // skipped
  EXPECT_EQ(zone.to_instant(LocalTime{160}), Instant{100});
  EXPECT_EQ(zone.to_instant(LocalTime{161}), Instant{101});
  EXPECT_EQ(zone.to_instant(LocalTime{500}), Instant{440});  // shown at 440 and again at 500
  EXPECT_EQ(zone.to_instant(LocalTime{559}), Instant{499});
  EXPECT_EQ(zone.to_instant(LocalTime{560}), Instant{560});  // shown once
  EXPECT_EQ(zone.offset_at(Instant{99}), 0);
  EXPECT_EQ(zone.offset_at(Instant{100}), 60);
  EXPECT_EQ(zone.offset_at(Instant{500}), 0);
  EXPECT_EQ(zone.changes().size(), 2U);
}

TEST(Zone, to_instant_is_the_first_instant_whose_clocks_have_reached_the_reading) {
  // The slow twin walks minute by minute until the clock on the wall shows the reading or a later
  // one.
  holds(10'000, [] {
    std::vector<Zone::Change> changes;
    Instant from{0};
    const int num_changes = *rc::gen::inRange(0, 4);
    for (int i = 0; i < num_changes; ++i) {
      from = from + Elapsed{*rc::gen::inRange(60, 100)};
      changes.push_back({from, *rc::gen::inRange(-20, 20)});
    }
    const Zone zone("Test/Random", *rc::gen::inRange(-20, 20), changes);
    const LocalTime wanted{*rc::gen::inRange(-20, 420)};
    Instant walked{-60};
    while (zone.to_local(walked) < wanted) walked = walked + Elapsed{1};
    RC_ASSERT(zone.to_instant(wanted) == walked);
    RC_ASSERT(zone.to_instant(LocalTime{wanted.minutes + 1}) >= walked);  // never runs backwards
  });
}

}  // namespace
}  // namespace diaodu
