#include "diaodu/track/observation.h"

#include <gtest/gtest.h>

namespace diaodu::track {
namespace {

TEST(Period, is_written_in_its_shortest_form_and_read_back) {
  for (int first = 1; first <= 12; ++first) {
    for (int last = first; last <= 12; ++last) {
      const Period period{2026, first, last};
      EXPECT_EQ(parse_period(show(period)), period) << show(period);
    }
  }
  EXPECT_EQ(show({2026, 3, 3}), "2026-03");
  EXPECT_EQ(show({2026, 1, 2}), "2026-01..02");
  EXPECT_EQ(show({2026, 4, 6}), "2026-Q2");
  EXPECT_EQ(show({2026, 7, 12}), "2026-H2");
  EXPECT_EQ(show({2026, 1, 12}), "2026");
}

TEST(Period, is_not_read_from_what_no_year_has) {
  for (const char* text :
       {"", "26", "202x", "2026-", "2026-13", "2026-00", "2026-1", "2026-Q5", "2026-Q0", "2026-H3",
        "2026-03..02", "2026-01..13", "2026-01-02", "2026-01..", "2026/01", "2026-Q12"}) {
    EXPECT_EQ(parse_period(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace diaodu::track
