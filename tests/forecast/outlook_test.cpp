#include "diaodu/forecast/outlook.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "diaodu/forecast/additions.h"
#include "diaodu/forecast/joint.h"
#include "diaodu/forecast/news.h"
#include "diaodu/forecast/push.h"

namespace diaodu::forecast {
namespace {

using track::Measure;

/// Every future repeats last year, times 1, 1.01, 1.02 ... by the path's number.
Futures last_year_and_more(const Series& series, const PathRequest& request) {
  Paths paths{request.horizon, request.count, std::vector<double>(request.horizon * request.count)};
  const auto season = static_cast<std::size_t>(series.slots_per_year);
  if (series.size() < season) return CannotForecast{"too few", "太少"};
  for (std::size_t path = 0; path < request.count; ++path) {
    for (std::size_t step = 0; step < request.horizon; ++step) {
      const std::size_t back = series.size() + step - season * (1 + step / season);
      paths.at(path, step) = series.values[back] * (1 + 0.01 * static_cast<double>(path));
    }
  }
  return paths;
}

/// A plan for 2026 and a record of quarters, with as many futures as asked.
struct Case {
  Plan plan;
  track::Record record;
  OutlookRequest request;

  explicit Case(std::size_t num_paths = 3) {
    request.as_of = day(2026, 5, 1);
    request.num_paths = num_paths;
    request.forecaster = last_year_and_more;
  }
  static Instant day(int year, int month, int of) {
    return Instant{Date::from(year, month, of).days * kMinutesPerDay};
  }
  TargetId add(const char* id, TargetId parent = {}) {
    Target target;
    target.id = plan.text(id);
    target.parent = parent;
    return plan.targets.add(target);
  }
  void publish(const char* name, const char* period, double value, Measure measure = Measure::level,
               Instant when = day(2026, 4, 20)) {
    record.observations.push_back({name, *track::parse_period(period), measure, value, when, ""});
  }
  /// Four quarters of last year and the first of this.
  void quarters(const char* name, std::array<double, 5> values) {
    const std::array periods = {"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"};
    for (std::size_t i = 0; i < 5; ++i) publish(name, periods[i], values[i]);
    const std::array earlier = {"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"};
    for (std::size_t i = 0; i < 4; ++i) publish(name, earlier[i], values[i] * 0.9);
  }
  Outlook make() const { return outlook_of(plan, record, request); }
};

// 11 + 90 = 101, 101.9 and 102.8: two of three reach 101.9, one reaches more.
TEST(Outlook, the_chance_of_a_goal_is_the_share_of_futures_that_reach_it) {
  Case city;
  const TargetId output = city.add("output");
  city.quarters("output", {10, 20, 30, 40, 11});
  city.plan.targets[output].goal = 101.9;
  const Outlook outlook = city.make();
  EXPECT_EQ(outlook.year, 2026);
  EXPECT_NEAR(*outlook[output].probability, 2.0 / 3, 1e-12);
  EXPECT_NEAR(outlook[output].mean(), 101.9, 1e-9);
  EXPECT_NEAR(*outlook[output].now, 11, 1e-12);
  EXPECT_NEAR(*outlook[output].hand_rule, 110, 1e-9);  // +10 % so far, so +10 % in the year
  city.plan.targets[output].direction = Target::Direction::less_is_better;
  EXPECT_NEAR(*city.make()[output].probability, 2.0 / 3, 1e-12);
}

// What is to come must be 101.9 - 11 = 90.9, 1 % more than last year's 90; a year before it was 1/0.9 - 1 = 11 % more.
TEST(Outlook, says_at_what_rate_the_rest_must_run) {
  Case city;
  const TargetId output = city.add("output");
  city.quarters("output", {10, 20, 30, 40, 11});
  city.plan.targets[output].goal = 101.9;
  const Outlook outlook = city.make();
  ASSERT_TRUE(outlook[output].run_rate.has_value());
  EXPECT_NEAR(outlook[output].run_rate->needed, 1, 1e-9);
  EXPECT_NEAR(outlook[output].run_rate->so_far, 10, 1e-9);
  EXPECT_EQ(outlook[output].run_rate->num_years, 1U);
  EXPECT_EQ(outlook[output].run_rate->num_reached, 1U);
}

// The goal 105 is 10.5 by the first quarter if spread as last year: 0.5 ahead; of the rest 90.9 - 94.5 = -3.6.
TEST(Outlook, the_gap_is_what_was_and_what_is_to_come) {
  Case city;
  const TargetId output = city.add("output");
  city.quarters("output", {10, 20, 30, 40, 11});
  city.plan.targets[output].goal = 105;
  const Outlook outlook = city.make();
  ASSERT_TRUE(outlook[output].gap.has_value());
  EXPECT_NEAR(outlook[output].gap->so_far, 0.5, 1e-9);
  EXPECT_NEAR(outlook[output].gap->to_come, -3.6, 1e-9);
  EXPECT_NEAR(outlook[output].gap->so_far + outlook[output].gap->to_come,
              outlook[output].mean() - 105, 1e-9);
  EXPECT_NEAR(*outlook[output].fan[0].planned, 10.5, 1e-9);
  EXPECT_NEAR(*outlook[output].fan[3].planned, 105, 1e-9);
  EXPECT_EQ(outlook[output].fan[0].actual, 11);
  EXPECT_FALSE(outlook[output].fan[1].actual.has_value());
}

// Two industries of 60 % and 40 %.  Path 0 repeats last year, so growth comes from the first quarter alone:
// (11 - 10) / 100 = 1 % and (12 - 10) / 100 = 2 %: together 0.6 + 0.8 = 1.4 %.
TEST(Outlook, growths_roll_up_by_shares_and_the_accounts_differ) {
  Case city;
  const TargetId gdp = city.add("gdp");
  const TargetId industry = city.add("industry", gdp);
  const TargetId services = city.add("services", gdp);
  city.quarters("industry", {10, 20, 30, 40, 11});
  city.quarters("services", {10, 20, 30, 40, 12});
  city.plan.targets[gdp].roll_up = Target::RollUp::growth;
  for (const TargetId id : {gdp, industry, services}) {
    city.plan.targets[id].measure = Target::Measure::growth;
  }
  city.plan.targets[industry].share = 60;
  city.plan.targets[services].share = 40;
  city.plan.targets[industry].goal = 3;
  Outlook outlook = city.make();
  EXPECT_EQ(outlook[gdp].source, TargetOutlook::Source::children);
  // The paths were put in another order, of both alike or not; their means are what they are:
  // path 1 adds 0.9 % to each.
  EXPECT_NEAR(outlook[gdp].mean(), 1.4 + 0.9, 1e-9);
  EXPECT_NEAR(*outlook[gdp].now, 0.6 * 10 + 0.4 * 20, 1e-9);
  ASSERT_EQ(outlook[gdp].contributions.size(), 2U);
  EXPECT_NEAR(outlook[gdp].contributions[0].points, 0.6 * 1.9, 1e-9);
  EXPECT_NEAR(*outlook[gdp].contributions[0].gap, 0.6 * (1.9 - 3), 1e-9);
  EXPECT_FALSE(outlook[gdp].contributions[1].gap.has_value());
  // With figures of its own, which say 4 %, the rest is a discrepancy.
  city.quarters("gdp", {10, 20, 30, 40, 14});
  outlook = city.make();
  EXPECT_NEAR(outlook[gdp].mean(), 4.9, 1e-9);
  EXPECT_NEAR(*outlook[gdp].rolled_up, 2.3, 1e-9);
  ASSERT_EQ(outlook[gdp].contributions.size(), 3U);
  EXPECT_FALSE(outlook[gdp].contributions[2].child);
  EXPECT_NEAR(outlook[gdp].contributions[2].points, 2.6, 1e-9);
}

// Levels add, and their growth is weighted by what each was: 101 of 100 and 52 of 50 are 153 of 150, 2 %.
TEST(Outlook, levels_roll_up_by_adding) {
  Case city(1);
  const TargetId all = city.add("all");
  const TargetId one = city.add("one", all);
  const TargetId two = city.add("two", all);
  city.quarters("one", {10, 20, 30, 40, 11});
  city.quarters("two", {5, 10, 15, 20, 7});
  city.plan.targets[all].roll_up = Target::RollUp::sum;
  EXPECT_NEAR(city.make()[all].mean(), 153, 1e-9);
  city.plan.targets[all].measure = Target::Measure::growth;
  EXPECT_NEAR(city.make()[all].mean(), 2, 1e-9);
  city.plan.targets[two].measure = Target::Measure::growth;
  EXPECT_NEAR(city.make()[all].mean(), 2, 1e-9);
  city.plan.targets[all].measure = Target::Measure::level;
  EXPECT_NEAR(city.make()[all].mean(), 153, 1e-9);
  EXPECT_NEAR(roll_up_weight(city.plan, two, city.make().targets), 0.5, 1e-9);  // a point of 50
  (void)one;
}

// 11 of 10 and 5.5 of 5 are 10 % more, so by hand the year has 110 and 55: together the goal.
TEST(Outlook, a_sum_by_hand_is_the_sum_of_its_parts_by_hand) {
  Case city(1);
  const TargetId all = city.add("all");
  const TargetId one = city.add("one", all);
  const TargetId two = city.add("two", all);
  city.quarters("one", {10, 20, 30, 40, 11});
  city.quarters("two", {5, 10, 15, 20, 5.5});
  city.plan.targets[all].roll_up = Target::RollUp::sum;
  city.plan.targets[all].rule = Target::Rule::proportional;
  city.plan.targets[all].goal = 165;
  const TargetOutlook levels = city.make()[all];
  EXPECT_NEAR(levels.now.value(), 16.5, 1e-9);
  EXPECT_NEAR(levels.hand_rule.value(), 165, 1e-9);
  EXPECT_NEAR(levels.points_today.value(), 100, 1e-9);
  // A growth to date is a part of a level only with the base to date.
  city.plan.targets[two].measure = Target::Measure::growth;
  const TargetOutlook mixed = city.make()[all];
  EXPECT_FALSE(mixed.now.has_value());
  EXPECT_FALSE(mixed.hand_rule.has_value());
  EXPECT_FALSE(mixed.points_today.has_value());
  city.plan.targets[one].measure = Target::Measure::growth;
  city.plan.targets[all].measure = Target::Measure::growth;
  EXPECT_NEAR(city.make()[all].hand_rule.value(), 10, 1e-9);
}

// Its own figures say 154.5 of 150, 3 %.  The parts are 101 of 100, which is 1 % of two thirds, and 52 of 50, which is
// 4 % of one third; the rest is the discrepancy.
TEST(Outlook, the_parts_of_a_sum_of_levels_and_growths_add_up) {
  Case city(1);
  const TargetId all = city.add("all");
  city.add("one", all);
  const TargetId two = city.add("two", all);
  city.quarters("all", {15, 30, 45, 60, 19.5});
  city.quarters("one", {10, 20, 30, 40, 11});
  city.quarters("two", {5, 10, 15, 20, 7});
  city.plan.targets[all].roll_up = Target::RollUp::sum;
  const auto expect_parts = [&](double of_one, double of_two, double rest) {
    const auto parts = city.make()[all].contributions;
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_NEAR(parts[0].points, of_one, 1e-9);
    EXPECT_NEAR(parts[1].points, of_two, 1e-9);
    EXPECT_NEAR(parts[2].points, rest, 1e-9);
  };
  expect_parts(101, 52, 1.5);
  city.plan.targets[two].measure = Target::Measure::growth;
  expect_parts(101, 52, 1.5);
  city.plan.targets[all].measure = Target::Measure::growth;
  expect_parts(2.0 / 3, 4.0 / 3, 1);
}

// A plant adds 1 a month from July on, 6 in the year, if it finishes by 1 July; by 1 October it adds 3.
TEST(Outlook, a_slipping_plant_lowers_the_chance) {
  Case city(4);
  const TargetId output = city.add("output");
  city.quarters("output", {10, 20, 30, 40, 11});
  city.plan.targets[output].goal = 106.9;  // 101, 101.9, 102.8, 103.7 without the plant
  city.plan.tasks.add({});
  city.plan.effects.push_back({.task = TaskId{0}, .target = output, .amount = 1});
  city.request.scheduled = {Case::day(2026, 7, 1)};
  const Instant july = Case::day(2026, 7, 1);
  const Instant october = Case::day(2026, 10, 1);
  city.request.finishes = {{july, october, october, october}};
  const TargetOutlook outlook = city.make()[output];
  EXPECT_EQ(*outlook.probability_without_effects, 0);
  EXPECT_EQ(*outlook.probability_as_scheduled, 1);  // 107 at least
  EXPECT_EQ(*outlook.probability, 0.25);            // 107, 104.9, 105.8, 106.7
  // Finished in January it is in the figures of the first quarter.
  city.request.scheduled = {Case::day(2026, 1, 15)};
  city.request.finishes.clear();
  EXPECT_NEAR(city.make()[output].mean(), 102.35, 1e-9);
}

RC_GTEST_PROP(Outlook, what_a_month_gets_of_an_effect_is_its_integral, ()) {
  const double start = *rc::gen::inRange(-300, 1500) / 100.0;
  const int ramp = *rc::gen::inRange(0, 7);
  const int month = *rc::gen::inRange(0, 12);
  constexpr int kSteps = 20'000;
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double time = month + (i + 0.5) / kSteps;
    if (time < start) continue;
    sum += ramp == 0 ? 1.0 : std::min(1.0, (time - start) / ramp);
  }
  RC_ASSERT(std::abs(share_of_month(start, ramp, month) - sum / kSteps) < 1e-4);
}

TEST(Outlook, a_month_is_as_long_as_it_is) {
  EXPECT_NEAR(months_into(2026, Case::day(2026, 1, 1), Zone{}), 0, 1e-12);
  EXPECT_NEAR(months_into(2026, Case::day(2026, 2, 15), Zone{}), 1.5, 1e-12);
  EXPECT_NEAR(months_into(2026, Case::day(2027, 1, 1), Zone{}), 12, 1e-12);
  EXPECT_NEAR(months_into(2026, Case::day(2025, 12, 1), Zone{}), -1, 1e-12);
}

// As of 1 April nothing of this year is out; as of 1 May the first quarter is, and it was a surprise.
TEST(Outlook, news_sum_to_the_change) {
  Case city;
  const TargetId output = city.add("output");
  city.quarters("output", {10, 20, 30, 40, 11});
  for (auto& each : city.record.observations) {
    if (each.period.year < 2026) each.published = Case::day(2026, 1, 20);
  }
  // The last quarter of last year is revised from 40 to 41 with the new figure.
  city.publish("output", "2025-Q4", 41);
  city.plan.targets[output].goal = 101;
  city.plan.targets[output].by = Case::day(2027, 1, 1);
  city.request.as_of = Case::day(2026, 4, 1);
  const Outlook before = city.make();
  city.request.as_of = Case::day(2026, 5, 1);
  const Outlook after = city.make();
  const auto news = news_between(city.plan, city.record, before, after, last_year_and_more, 1);
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0].published.size(), 2U);
  // Before: 100 times 1, 1.01, 1.02.  With 41: 101 times those.  With 11 out: 11 + 91 times those.
  EXPECT_NEAR(news[0].before, 101, 1e-9);
  EXPECT_NEAR(news[0].revisions, 1.01, 1e-9);
  EXPECT_NEAR(news[0].surprise, 11 + 91 * 1.01 - 101 * 1.01, 1e-9);
  EXPECT_NEAR(news[0].rest, 0, 1e-9);
  EXPECT_NEAR(news[0].before + news[0].revisions + news[0].surprise + news[0].rest, news[0].after,
              1e-9);
  (void)output;
}

// As of 20 December the last quarter is not out: 2026 repeats 10 20 30 of 2025 and 36 of 2024; then it is 40.
TEST(Outlook, news_across_the_new_year_are_of_one_year) {
  Case city(2);
  city.add("output");
  const std::array levels = {9.0, 18.0, 27.0, 36.0, 10.0, 20.0, 30.0};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const std::string period =
        (i < 4 ? "2024-Q" : "2025-Q") + std::to_string(static_cast<int>(i) % 4 + 1);
    city.publish("output", period.c_str(), levels[i], Measure::level, Case::day(2025, 10, 20));
  }
  city.publish("output", "2025-Q4", 40, Measure::level, Case::day(2026, 1, 20));
  city.request.as_of = Case::day(2026, 1, 25);
  const Outlook after = city.make();
  EXPECT_EQ(after.year, 2026);
  city.request.as_of = Case::day(2025, 12, 20);
  city.request.year = after.year;
  const Outlook before = city.make();
  EXPECT_EQ(before.year, 2026);
  const auto news = news_between(city.plan, city.record, before, after, last_year_and_more, 1);
  ASSERT_EQ(news.size(), 1U);
  EXPECT_NEAR(news[0].before, 96 * 1.005, 1e-9);
  EXPECT_NEAR(news[0].after, 100 * 1.005, 1e-9);
  EXPECT_NEAR(news[0].surprise, 4 * 1.005, 1e-9);
  EXPECT_NEAR(news[0].rest, 0, 1e-9);
}

/// A city of four industries that add to its output, scored by four rules; 300 futures.
Case scored_city() {
  Case city(300);
  const TargetId top = city.add("top");
  const TargetId all = city.add("all", top);
  city.plan.targets[all].roll_up = Target::RollUp::sum;
  city.plan.targets[all].rule = Target::Rule::threshold;
  city.plan.targets[all].goal = 800;
  const std::array rules = {Target::Rule::threshold, Target::Rule::proportional,
                            Target::Rule::efficacy, Target::Rule::rank};
  const std::array names = {"a", "b", "c", "d"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const TargetId id = city.add(names[i], all);
    Target& target = city.plan.targets[id];
    target.rule = rules[i];
    target.goal = 200 + 10 * static_cast<double>(i);
    target.base = 100;
    target.effort_gain = 3;
    city.quarters(names[i], {10, 20, 30, 40, 11 + static_cast<double>(i)});
  }
  city.plan.targets[TargetId{0}].weight = 2;
  // Scores of the industries count through nodes of their own, for `all` has a rule.
  for (std::size_t i = 0; i < names.size(); ++i) {
    const TargetId scorer = city.add("score", top);
    city.plan.targets[scorer].of = TargetId{2 + i};
    city.plan.targets[scorer].rule = rules[i];
    city.plan.targets[scorer].goal = 150 + 40 * static_cast<double>(i);
    city.plan.targets[scorer].base = 90;
    city.plan.targets[scorer].weight = 1 + static_cast<double>(i);
  }
  city.plan.peers.push_back({.target = TargetId{5}, .id = city.plan.text("x")});
  city.quarters("d@x", {10, 20, 30, 45, 11});
  return city;
}

// The slow twin: a push is an outlook of what is to come times 1.03, in the same futures.
TEST(Push, is_what_scoring_again_says) {
  const Case city = scored_city();
  const Outlook outlook = city.make();
  const auto pushes = rank_pushes(city.plan, outlook, 1, 50);
  ASSERT_EQ(pushes.size(), 4U);
  const track::ScoreTree tree(city.plan);
  const std::size_t size = city.plan.targets.size();
  const auto expected_points = [&](std::size_t pushed) {
    double sum = 0;
    for (std::size_t path = 0; path < 300; ++path) {
      std::vector<double> values(size, track::kUnknown);
      double all = 0;
      for (std::size_t i = 2; i < 6; ++i) {
        values[i] = outlook.targets[i].values[path];
        if (i == pushed) values[i] += 0.03 * outlook.targets[i].year->future[path];
        all += values[i];
      }
      values[1] = all;
      std::vector<double> points(size);
      const std::vector<double> peers = {outlook.peer_values[0][path]};
      tree.score({values, peers}, points);
      sum += points[0];
    }
    return sum / 300;
  };
  double last = 1e9;
  for (const Push& push : pushes) {
    EXPECT_NEAR(push.points, expected_points(push.target.index()) - expected_points(99), 1e-9);
    EXPECT_LE(push.points, last);
    last = push.points;
  }
  double first = 0;
  for (const Push& push : pushes) first += push.first_share;
  EXPECT_NEAR(first, 1, 1e-9);
}

TEST(Outlook, is_the_same_on_any_number_of_threads) {
  Case city = scored_city();
  const Outlook alone = city.make();
  city.request.num_threads = 4;
  const Outlook together = city.make();
  for (std::size_t i = 0; i < alone.targets.size(); ++i) {
    EXPECT_EQ(alone.targets[i].values, together.targets[i].values);
    EXPECT_EQ(alone.targets[i].points_end, together.targets[i].points_end);
  }
  EXPECT_EQ(alone.points_end, together.points_end);
}

TEST(Outlook, of_what_cannot_be_told_says_why) {
  Case city;
  const TargetId output = city.add("output");
  const TargetId nothing = city.add("nothing");
  city.publish("output", "2026-Q1", 11);
  city.plan.targets[output].goal = 5;
  const Outlook outlook = city.make();
  ASSERT_TRUE(outlook[output].cannot.has_value());
  EXPECT_EQ(outlook[output].cannot->why, "too few");
  EXPECT_FALSE(outlook[output].probability.has_value());
  EXPECT_FALSE(outlook[nothing].cannot.has_value());
  EXPECT_TRUE(std::isnan(outlook.points_end));
}

// Two indicators whose growths move together, a third that goes its own way.
TEST(Joint, indicators_that_went_together_go_together) {
  std::vector<Levels> levels(3);
  const Stream stream(3);
  for (std::size_t i = 0; i < 120; ++i) {
    const double common = unit_of(stream.uniform(0, i));
    for (std::size_t k = 0; k < 3; ++k) {
      const double own = unit_of(stream.uniform(1 + k, i));
      levels[k].series.values.push_back(100 + 10 * (k < 2 ? common + 0.3 * own : own));
    }
  }
  const std::array<const Levels*, 3> all = {&levels[0], &levels[1], &levels[2]};
  const Matrix correlation = correlation_of_surprises(all);
  EXPECT_GT(correlation(0, 1), 0.6);
  EXPECT_LT(std::abs(correlation(0, 2)), 0.2);

  std::vector<std::vector<double>> outcomes(3);
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::size_t path = 0; path < 4000; ++path)
      outcomes[k].push_back(unit_of(stream.uniform(10 + k, path)));
  }
  const auto orders = joint_orders(correlation, outcomes, 7);
  const auto correlated = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t path = 0; path < 4000; ++path) {
      sum += (outcomes[a][orders[a][path]] - 0.5) * (outcomes[b][orders[b][path]] - 0.5);
    }
    return 12 * sum / 4000;
  };
  EXPECT_NEAR(correlated(0, 1), rank_correlation_of(correlation(0, 1)), 0.05);
  EXPECT_NEAR(correlated(0, 2), rank_correlation_of(correlation(0, 2)), 0.05);
  // Nobody's distribution has changed: an order is a permutation.
  for (const auto& order : orders) {
    std::vector<std::uint32_t> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (std::uint32_t path = 0; path < 4000; ++path) ASSERT_EQ(sorted[path], path);
  }
}

TEST(Outlook, of_a_mean_the_gap_is_what_was_too) {
  Case air;
  const TargetId dust = air.add("dust");
  air.quarters("dust", {38, 38, 38, 38, 38});
  for (const char* quarter : {"2026-Q2", "2026-Q3", "2026-Q4"}) air.publish("dust", quarter, 38);
  Target& target = air.plan.targets[dust];
  target.accrual = Target::Accrual::mean;
  target.direction = Target::Direction::less_is_better;
  target.goal = 35;
  const Outlook outlook = air.make();
  ASSERT_TRUE(outlook[dust].gap);
  EXPECT_NEAR(outlook[dust].gap->so_far, 3, 1e-9);
  EXPECT_NEAR(outlook[dust].gap->to_come, 0, 1e-9);
}

TEST(Outlook, parts_of_a_sum_have_their_shares_of_it_and_none_may_be_missing) {
  Case city;
  const TargetId all = city.add("all");
  city.plan.targets[all].roll_up = Target::RollUp::sum;
  const TargetId one = city.add("one", all);
  const TargetId two = city.add("two", all);
  city.quarters("one", {20, 20, 20, 20, 20});
  EXPECT_TRUE(city.make()[all].values.empty());  // what "two" is, nobody knows
  city.quarters("two", {10, 10, 10, 10, 10});
  const Outlook outlook = city.make();
  ASSERT_EQ(outlook[all].contributions.size(), 2U);
  EXPECT_NEAR(outlook[all].contributions[0].weight, 2.0 / 3, 1e-9);
  EXPECT_NEAR(outlook[all].contributions[1].weight, 1.0 / 3, 1e-9);
  EXPECT_FALSE(outlook[one].values.empty() || outlook[two].values.empty());
  // Last year need not be known to add up levels.
  Case young;
  const TargetId sum = young.add("sum");
  young.plan.targets[sum].roll_up = Target::RollUp::sum;
  young.add("old", sum);
  young.add("new", sum);
  young.quarters("old", {20, 20, 20, 20, 20});
  for (const char* quarter : {"2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"})
    young.publish("new", quarter, 10);
  EXPECT_NEAR(young.make()[sum].mean(), 4 * 20 + 4 * 10, 2);  // futures are up to 2 % apart
}

}  // namespace
}  // namespace diaodu::forecast
