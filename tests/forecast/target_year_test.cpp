#include "diaodu/forecast/target_year.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace diaodu::forecast {
namespace {

using track::Measure;

/// Every future repeats last year, times one plus a hundredth of the path's number.
Futures last_year_again(const Series& series, const PathRequest& request) {
  Paths paths{request.horizon, request.count, std::vector<double>(request.horizon * request.count)};
  const auto season = static_cast<std::size_t>(series.slots_per_year);
  for (std::size_t path = 0; path < request.count; ++path) {
    for (std::size_t step = 0; step < request.horizon; ++step) {
      const std::size_t back = series.size() + step - season * (1 + step / season);
      paths.at(path, step) = series.values[back] * (1 + 0.01 * static_cast<double>(path));
    }
  }
  return paths;
}

struct Published {
  const char* period;
  Measure measure;
  double value;
};

Figures figures_from(std::initializer_list<Published> rows) {
  Figures figures;
  for (const Published& row : rows) {
    figures.add({"T", *track::parse_period(row.period), row.measure, row.value, Instant{}, ""});
  }
  return figures;
}

TargetYear year(const Figures& figures, YearQuestion question, const Additions& additions = {}) {
  question.year = 2026;
  question.num_paths = 3;
  const auto answer = year_of(figures, question, last_year_again, additions);
  EXPECT_TRUE(std::holds_alternative<TargetYear>(answer));
  return std::get<TargetYear>(answer);
}

// Two years of quarters, 10 20 30 40 and 11 of the next.  Path 0 repeats 20 30 40: 11 + 90 = 101, which is +1 %.
// Path 1 has 1 % more: 11 + 90.9 = 101.9; its half year is 11 + 20.2 = 31.2 against 30.
const std::initializer_list<Published> kQuarters = {
    {"2024-Q1", Measure::level, 9},  {"2024-Q2", Measure::level, 19},
    {"2024-Q3", Measure::level, 29}, {"2024-Q4", Measure::level, 39},
    {"2025-Q1", Measure::level, 10}, {"2025-Q2", Measure::level, 20},
    {"2025-Q3", Measure::level, 30}, {"2025-Q4", Measure::level, 40},
    {"2026-Q1", Measure::level, 11}};

TEST(TargetYear, is_what_is_known_and_what_is_to_come) {
  const TargetYear level = year(figures_from(kQuarters), {});
  EXPECT_EQ(level.num_known, 1U);
  EXPECT_NEAR(level.value(0), 101, 1e-9);
  EXPECT_NEAR(level.value(1), 101.9, 1e-9);
  EXPECT_NEAR(level.value_to_date(1, 1), 31.2, 1e-9);
  const TargetYear growth = year(figures_from(kQuarters), {.measure = Target::Measure::growth});
  EXPECT_NEAR(growth.value(0), 1, 1e-9);
  EXPECT_NEAR(growth.value_to_date(1, 1), 4, 1e-9);
  EXPECT_NEAR(growth.value_to_date(2, 0), 10, 1e-9);
}

TEST(TargetYear, a_mean_weighs_months_and_an_end_is_the_last) {
  const TargetYear mean = year(figures_from(kQuarters), {.accrual = Target::Accrual::mean});
  EXPECT_NEAR(mean.value(0), 101.0 / 4, 1e-9);
  const TargetYear end = year(figures_from(kQuarters), {.accrual = Target::Accrual::last,
                                                        .measure = Target::Measure::growth});
  EXPECT_NEAR(end.value(0), 0, 1e-9);
  EXPECT_NEAR(end.value(2), 2, 1e-9);
}

// The first quarter's 11 were published as growth of 4.7619 %: the base is 10.5, not the 10 published last year.
// All of last year was then 105: path 0 comes to 101 / 105 - 1 = -3.8095 %.
TEST(TargetYear, growth_is_on_the_base_as_revised) {
  Figures figures = figures_from(kQuarters);
  figures.add({"T", {2026, 1, 3}, Measure::growth_to_date, 100 * (11 / 10.5 - 1), Instant{}, ""});
  const TargetYear growth = year(figures, {.measure = Target::Measure::growth});
  EXPECT_NEAR(growth.base_revision, 1.05, 1e-9);
  EXPECT_NEAR(growth.value(0), 100 * (101.0 / 105 - 1), 1e-9);
  EXPECT_NEAR(growth.value_to_date(0, 0), 100 * (11 / 10.5 - 1), 1e-9);
}

// Three quarters are still to come: 90 in path 0.  One percent of them is 0.9; one point of their growth is one
// percent of last year's 90, the same here.
TEST(TargetYear, a_push_adds_to_what_is_to_come) {
  const TargetYear level = year(figures_from(kQuarters), {});
  EXPECT_NEAR(level.pushed(0, 1), 101.9, 1e-9);
  EXPECT_NEAR(level.pushed(1, 1), 101.9 + 0.909, 1e-9);
  const TargetYear growth = year(figures_from(kQuarters), {.measure = Target::Measure::growth});
  EXPECT_NEAR(growth.pushed(0, 1), 1.9, 1e-9);
  EXPECT_NEAR(growth.pushed(0, 0), growth.value(0), 1e-12);
}

TEST(TargetYear, what_a_task_adds_comes_on_top_of_what_is_to_come) {
  const TargetYear level = year(figures_from(kQuarters), {}, Additions(12, 2.5));
  EXPECT_NEAR(level.value(0), 101 + 3 * 2.5, 1e-9);  // the first quarter is over
}

// The year before has not ended: its last quarter is forecast too, and both years differ by path.
TEST(TargetYear, may_begin_before_the_year_before_has_ended) {
  Figures figures;
  for (const Published& row : kQuarters) {
    const auto period = *track::parse_period(row.period);
    if (period.year < 2026 && !(period.year == 2025 && period.first > 7)) {
      figures.add({"T", period, row.measure, row.value, Instant{}, ""});
    }
  }
  const TargetYear growth = year(figures, {.measure = Target::Measure::growth});
  EXPECT_EQ(growth.num_known, 0U);
  // Path 0: 2025 ends with 39, 2026 is 10 20 30 39 again.
  EXPECT_NEAR(growth.value(0), 0, 1e-9);
  EXPECT_NEAR(growth.bases[3], 39 * 1.01, 1e-9);  // mean of 39, 39.39 and 39.78
}

TEST(TargetYear, that_is_over_is_known) {
  Figures figures = figures_from(kQuarters);
  for (int quarter = 2; quarter <= 4; ++quarter) {
    figures.add({"T", {2026, 3 * quarter - 2, 3 * quarter}, Measure::level, 50, Instant{}, ""});
  }
  const TargetYear level = year(figures, {});
  EXPECT_EQ(level.num_known, 4U);
  for (std::size_t path = 0; path < 3; ++path) {
    EXPECT_NEAR(level.value(path), 161, 1e-9);
    EXPECT_NEAR(level.pushed(path, 5), 161, 1e-9);
  }
}

// Seven quarters were published twice, the second time 2 % up or 1 % down in turns: so may be the one that is out.
TEST(TargetYear, figures_of_the_year_may_be_revised_as_others_were) {
  Figures figures;
  bool is_up = false;
  for (const Published& row : kQuarters) {
    const auto period = *track::parse_period(row.period);
    figures.add({"T", period, row.measure, row.value, Instant{}, ""});
    if (period.year == 2026 || period.first == 1) continue;
    is_up = !is_up;
    figures.add({"T", period, row.measure, row.value * (is_up ? 1.02 : 0.99), Instant{1}, ""});
  }
  const TargetYear level = year(figures, {});
  EXPECT_EQ(level.num_revisions, 6U);
  EXPECT_NEAR(level.value_to_date(0, 0), 11 * 1.02, 1e-9);
  EXPECT_NEAR(level.value_to_date(1, 0), 11 * 0.99, 1e-9);
}

TEST(TargetYear, says_what_it_cannot) {
  YearQuestion question{.year = 2026, .num_paths = 3};
  EXPECT_TRUE(std::holds_alternative<CannotForecast>(year_of({}, question, last_year_again)));
  const Figures growths =
      figures_from({{"2025-Q1", Measure::growth, 5}, {"2025-Q2", Measure::growth, 5}});
  const auto answer = year_of(growths, question, last_year_again);
  ASSERT_TRUE(std::holds_alternative<CannotForecast>(answer));
  EXPECT_NE(std::get<CannotForecast>(answer).why.find("only growth"), std::string::npos);
}

TEST(TargetYear, paths_may_change_places) {
  TargetYear level = year(figures_from(kQuarters), {});
  const TargetYear before = level;
  level.reorder(std::vector<std::uint32_t>{2, 0, 1});
  EXPECT_EQ(level.value(0), before.value(2));
  EXPECT_EQ(level.total[1], before.total[0]);
  EXPECT_EQ(level.value_to_date(2, 1), before.value_to_date(1, 1));
}

TEST(TargetYear, without_its_first_figures_a_sum_is_not_told) {
  YearQuestion question{.year = 2026, .num_paths = 3};
  const auto sum = year_of(figures_from({{"2026-03", Measure::level, 10},
                                         {"2026-04", Measure::level, 11},
                                         {"2026-05", Measure::level, 10},
                                         {"2026-06", Measure::level, 12}}),
                           question, [](const Series&, const PathRequest& request) -> Futures {
                             return Paths{request.horizon, request.count,
                                          std::vector<double>(request.horizon * request.count, 1)};
                           });
  EXPECT_TRUE(std::holds_alternative<CannotForecast>(sum));
}

TEST(TargetYear, what_stands_at_the_end_of_a_quarter_may_be_its_last_months) {
  const Figures loans = figures_from({{"2025-03", Measure::level, 100},
                                      {"2025-06", Measure::level, 102},
                                      {"2025-09", Measure::level, 104},
                                      {"2025-12", Measure::level, 106},
                                      {"2026-03", Measure::level, 109}});
  const TargetYear level = year(loans, {.accrual = Target::Accrual::last});
  EXPECT_EQ(level.num_known, 1U);
  EXPECT_NEAR(level.known[0], 109, 1e-12);
}

TEST(TargetYear, nothing_grows_from_zero_or_from_a_loss) {
  YearQuestion question{.measure = Target::Measure::growth};
  question.year = 2026;
  question.num_paths = 3;
  const auto profit = year_of(figures_from({{"2025-Q1", Measure::level, -20},
                                            {"2025-Q2", Measure::level, -10},
                                            {"2025-Q3", Measure::level, -10},
                                            {"2025-Q4", Measure::level, -10},
                                            {"2026-Q1", Measure::level, 5}}),
                              question, last_year_again);
  EXPECT_TRUE(std::holds_alternative<CannotForecast>(profit));
}

TEST(TargetYear, a_gap_after_nothing_is_last_years_figure) {
  const TargetYear level = year(figures_from({{"2025-Q1", Measure::level, 0},
                                              {"2025-Q2", Measure::level, 2},
                                              {"2025-Q3", Measure::level, 1},
                                              {"2025-Q4", Measure::level, 1},
                                              {"2026-Q1", Measure::level, 1},
                                              {"2026-Q3", Measure::level, 1}}),
                                {});
  EXPECT_EQ(level.num_filled, 1U);
  EXPECT_NEAR(level.levels[1], 2, 1e-12);
}

TEST(TargetYear, what_is_out_is_told_as_it_is_whatever_revisions_may_come) {
  Figures figures = figures_from(kQuarters);
  for (const char* quarter : {"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"}) {
    const track::Period period = *track::parse_period(quarter);
    const double first = *figures.find(Measure::level, period);
    figures.add({"T", period, Measure::level, first * 1.02, Instant{1}, ""});
  }
  const TargetYear level = year(figures, {});
  EXPECT_GT(level.num_revisions, 0U);
  EXPECT_NEAR(level.value_to_date(0, 0), 11 * 1.02, 1e-9);
  EXPECT_NEAR(level.known[0], 11, 1e-12);
}

}  // namespace
}  // namespace diaodu::forecast
