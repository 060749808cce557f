#include "diaodu/forecast/figures.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace diaodu::forecast {
namespace {

using track::Measure;
using track::Period;

/// Figures as people publish them: `{"2026-01..02", Measure::level, 100}`.
struct Published {
  const char* period;
  Measure measure;
  double value;
  int day = 0;
};

Figures figures_from(std::initializer_list<Published> rows) {
  Figures figures;
  for (const Published& row : rows) {
    figures.add(
        {"T", *track::parse_period(row.period), row.measure, row.value, Instant{row.day}, ""});
  }
  return figures;
}

TEST(Figures, the_latest_publication_counts_and_the_first_is_kept) {
  const std::vector<track::Observation> all = {
      {"T", {2026, 3, 3}, Measure::level, 10, Instant{1}, ""},
      {"U", {2026, 3, 3}, Measure::level, 99, Instant{1}, ""},
      {"T", {2026, 3, 3}, Measure::level, 11, Instant{2}, ""},
      {"T", {2026, 3, 3}, Measure::level, 12, Instant{3}, ""},
  };
  EXPECT_EQ(figures_of(all, "T", Instant{2}).find(Measure::level, {2026, 3, 3}), 11);
  const Figures figures = figures_of(all, "T", Instant{9});
  EXPECT_EQ(figures.entries().begin()->second.first, 10);
  EXPECT_EQ(figures.entries().begin()->second.latest, 12);
  EXPECT_TRUE(figures_of(all, "T", Instant{0}).is_empty());
}

TEST(Figures, to_date_means_from_january_however_it_is_written) {
  const Figures figures = figures_from({{"2026-03", Measure::level_to_date, 30}});
  EXPECT_EQ(figures.find(Measure::level_to_date, {2026, 1, 3}), 30);
}

TEST(Figures, a_year_is_cut_as_finely_as_it_is_published) {
  EXPECT_EQ(slots_of(figures_from({{"2026-01", Measure::level, 1}, {"2026-02", Measure::level, 1}}))
                .size(),
            12U);
  EXPECT_EQ(slots_of(figures_from({{"2026-Q1", Measure::level, 1}, {"2026-Q2", Measure::level, 1}}))
                .size(),
            4U);
  EXPECT_EQ(
      slots_of(figures_from({{"2026-H1", Measure::level, 1}, {"2026", Measure::level, 1}})).size(),
      2U);
  EXPECT_EQ(slots_of(figures_from({{"2025", Measure::level, 1}})).size(), 1U);
  // Retail: January and February come together, and February's growth to date alone.
  const SlotCalendar retail =
      slots_of(figures_from({{"2026-01..02", Measure::level, 1}, {"2026-03", Measure::level, 1}}));
  ASSERT_EQ(retail.size(), 11U);
  EXPECT_EQ(retail.slots[0].first, 1);
  EXPECT_EQ(retail.slots[0].last, 2);
  EXPECT_EQ(retail.slots[1].first, 3);
  EXPECT_EQ(slots_of(figures_from({{"2026-02", Measure::growth_to_date, 5},
                                   {"2026-03", Measure::growth_to_date, 6}}))
                .size(),
            11U);
}

// Investment is published to date alone: 10 by February, 18 by March, 29 by April; the slots are 10, 8 and 11.
TEST(Levels, differences_of_what_is_to_date_are_slots) {
  const Figures figures = figures_from({{"2026-02", Measure::level_to_date, 10},
                                        {"2026-03", Measure::level_to_date, 18},
                                        {"2026-04", Measure::level_to_date, 29}});
  const Levels levels = levels_of(figures, slots_of(figures), Target::Accrual::sum);
  EXPECT_FALSE(levels.is_chained);
  EXPECT_EQ(levels.series.values, (std::vector<double>{10, 8, 11}));
  EXPECT_EQ(levels.value(2026, 1), 8);
  EXPECT_TRUE(std::isnan(levels.value(2026, 3)));
  EXPECT_TRUE(std::isnan(levels.value(2025, 0)));
}

// An index: its mean of January to March is 102, of January to February 101.5: March was 3 * 102 - 2 * 101.5 = 103.
TEST(Levels, of_a_mean_to_date_months_are_told_apart) {
  const Figures figures = figures_from({{"2026-01", Measure::level_to_date, 101},
                                        {"2026-02", Measure::level_to_date, 101.5},
                                        {"2026-03", Measure::level_to_date, 102}});
  const Levels levels = levels_of(figures, slots_of(figures), Target::Accrual::mean);
  EXPECT_EQ(levels.series.values, (std::vector<double>{101, 102, 103}));
}

// Growth alone.  The year before is 3 months a quarter; 2025: +10 % and +20 %; 2026: +10 % on that.
TEST(Levels, are_chained_from_growths_where_none_are_published) {
  const Figures figures = figures_from({{"2025-Q1", Measure::growth, 10},
                                        {"2025-Q2", Measure::growth, 20},
                                        {"2025-Q3", Measure::growth, 0},
                                        {"2025-Q4", Measure::growth, 0},
                                        {"2026-Q1", Measure::growth, 10},
                                        {"2026-Q2", Measure::growth_to_date, 10}});
  const Levels levels = levels_of(figures, slots_of(figures), Target::Accrual::sum);
  EXPECT_TRUE(levels.is_chained);
  ASSERT_EQ(levels.series.size(), 10U);
  EXPECT_NEAR(levels.value(2025, 0), 3.3, 1e-12);
  EXPECT_NEAR(levels.value(2025, 1), 3.6, 1e-12);
  EXPECT_NEAR(levels.value(2026, 0), 3.63, 1e-12);
  // To date +10 %: (3.3 + 3.6) * 1.1 - 3.63 = 3.96.
  EXPECT_NEAR(levels.value(2026, 1), 3.96, 1e-12);
}

// What chaining makes of growths to date gives back those very growths, for every year after the first.
RC_GTEST_PROP(Levels, chained_from_growths_to_date_grow_so, ()) {
  Figures figures;
  std::vector<std::vector<double>> growths(4);
  for (int year = 0; year < 4; ++year) {
    for (int month = 2; month <= 12; ++month) {
      growths[static_cast<std::size_t>(year)].push_back(*rc::gen::inRange(-80, 120) / 10.0);
      figures.add({"T",
                   {2020 + year, month, month},
                   Measure::growth_to_date,
                   growths[static_cast<std::size_t>(year)].back(),
                   Instant{},
                   ""});
    }
  }
  const SlotCalendar calendar = slots_of(figures);
  RC_ASSERT(calendar.size() == 11U);
  const Levels levels = levels_of(figures, calendar, Target::Accrual::sum);
  for (int year = 0; year < 4; ++year) {
    double now = 0;
    double before = 0;
    for (std::size_t slot = 0; slot < 11; ++slot) {
      now += levels.value(2020 + year, slot);
      before += levels.value(2019 + year, slot);
      RC_ASSERT(std::abs((now / before - 1) * 100 - growths[static_cast<std::size_t>(year)][slot]) <
                1e-6);
    }
  }
}

TEST(Levels, of_nothing_are_nothing) {
  EXPECT_EQ(levels_of({}, slots_of({}), Target::Accrual::sum).series.size(), 0U);
}

}  // namespace
}  // namespace diaodu::forecast
