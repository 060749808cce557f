#include "diaodu/report/page_outlook.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "diaodu/core/civil.h"
#include "diaodu/report/page_document.h"
#include "report/page_fields.h"
#include "report/plant.h"

namespace diaodu::report {
namespace {

using nlohmann::json;
using track::Measure;

/// Every future repeats last year, times 1, 1.01, 1.02 ... by the path's number.
forecast::Futures last_year_and_more(const forecast::Series& series,
                                     const forecast::PathRequest& request) {
  forecast::Paths paths{request.horizon, request.count,
                        std::vector<double>(request.horizon * request.count)};
  const auto season = static_cast<std::size_t>(series.slots_per_year);
  if (series.size() < season) return forecast::CannotForecast{"too few", "太少"};
  for (std::size_t path = 0; path < request.count; ++path) {
    for (std::size_t step = 0; step < request.horizon; ++step) {
      const std::size_t back = series.size() + step - season * (1 + step / season);
      paths.at(path, step) = series.values[back] * (1 + 0.01 * static_cast<double>(path));
    }
  }
  return paths;
}

/// A city with GDP of two industries, and a service of which too little is known.  Figures of quarters: two
/// years, and the first of 2026; a month later the first quarter of industry is revised.
struct City {
  Plan plan = make_plant();
  track::Record record;
  ToldOutlook told;

  City() {
    const TargetId gdp = add("gdp", {});
    const TargetId industry = add("industry", gdp);
    const TargetId services = add("services", gdp);
    const TargetId parks = add("parks", {});
    plan.targets[gdp].roll_up = Target::RollUp::sum;
    plan.targets[gdp].goal = 210;
    plan.targets[gdp].rule = Target::Rule::proportional;
    plan.targets[industry].goal = 103;
    plan.targets[industry].rule = Target::Rule::threshold;
    plan.targets[industry].effort_gain = 1;
    plan.targets[industry].name_zh = plan.text("工业");
    plan.targets[services].goal = 99;
    plan.targets[services].rule = Target::Rule::proportional;
    plan.targets[services].effort_gain = 1;
    for (const TargetId id : {gdp, industry, services}) plan.targets[id].unit = plan.text("亿元");
    for (const char* name : {"industry", "services"}) {
      const std::array year = {10.0, 20.0, 30.0, 40.0};
      for (int quarter = 0; quarter < 4; ++quarter) {
        const std::string number = std::to_string(quarter + 1);
        const double level = year[static_cast<std::size_t>(quarter)];
        publish(name, "2024-Q" + number, 0.9 * level, day(2025, 1, 20));
        publish(name, "2025-Q" + number, level, day(2026, 1, 20));
      }
      publish(name, "2026-Q1", 11, day(2026, 4, 20));
    }
    publish("industry", "2026-Q1", 12, day(2026, 5, 20));
    publish("parks", "2026-Q1", 1, day(2026, 4, 20));
    static_cast<void>(parks);
    forecast::OutlookRequest request;
    request.num_paths = 5;
    request.forecaster = last_year_and_more;
    request.as_of = day(2026, 5, 1);
    const forecast::Outlook before = forecast::outlook_of(plan, record, request);
    told.since = request.as_of;
    request.as_of = day(2026, 6, 1);
    told.outlook = forecast::outlook_of(plan, record, request);
    told.pushes = forecast::rank_pushes(plan, told.outlook, 1);
    told.news = forecast::news_between(plan, record, before, told.outlook, request.forecaster, 1);
  }
  static Instant day(int year, int month, int of) {
    return Instant{Date::from(year, month, of).days * kMinutesPerDay};
  }
  TargetId add(const char* id, TargetId parent) {
    Target target;
    target.id = plan.text(id);
    target.parent = parent;
    return plan.targets.add(target);
  }
  void publish(const char* name, const std::string& period, double value, Instant when) {
    record.observations.push_back({.target = name,
                                   .period = *track::parse_period(period),
                                   .measure = Measure::level,
                                   .value = value,
                                   .published = when});
  }
  json outlook() const {
    return json::parse(page_document(plan, answer(plan), {.outlook = &told}))["outlook"];
  }
};

TEST(PageOutlook, is_null_where_nobody_asked_or_there_are_no_targets) {
  const Plan plan = make_plant();
  EXPECT_TRUE(json::parse(page_document(plan, answer(plan), {}))["outlook"].is_null());
  const ToldOutlook nothing;
  const json page = json::parse(page_document(plan, answer(plan), {.outlook = &nothing}));
  EXPECT_TRUE(page["outlook"].is_null());
}

TEST(PageOutlook, has_the_fields_that_the_page_is_told_of_and_the_documentation_names_them) {
  const json outlook = City().outlook();
  EXPECT_EQ(fields_of(outlook), declared("OutlookDocument"));
  EXPECT_EQ(fields_of(outlook["targets"][0]), declared("TargetDocument"));
  ASSERT_FALSE(outlook["pushes"].empty());
  EXPECT_EQ(fields_of(outlook["pushes"][0]), declared("PushDocument"));
  ASSERT_FALSE(outlook["news"].empty());
  EXPECT_EQ(fields_of(outlook["news"][0]), declared("NewsDocument"));
  const std::string documentation = file_text("docs/page_format.md");
  const json& industry = outlook["targets"][1];
  for (const json& each :
       {outlook, outlook["score"], industry, industry["expected"], industry["run_rate"],
        industry["gap"], industry["fan"][0], industry["points"], outlook["targets"][0]["parts"][0],
        outlook["pushes"][0], outlook["news"][0]}) {
    for (const std::string& field : fields_of(each)) {
      EXPECT_NE(documentation.find('`' + field + '`'), std::string::npos) << field;
    }
  }
}

// Industry: 12 + 90, 90.9 ... 93.6 = 102, 102.9, 103.8, 104.7, 105.6: three of five reach 103.  Of the rest 91 must come, 1/90
// more than last year.
TEST(PageOutlook, tells_what_the_outlook_says_of_a_target) {
  const City city;
  const json industry = city.outlook()["targets"][1];
  EXPECT_EQ(industry["id"], "industry");
  EXPECT_EQ(industry["name"][1], "工业");
  EXPECT_EQ(industry["parent"], 0);
  EXPECT_EQ(industry["source"], "figures");
  EXPECT_EQ(industry["now"], 12);
  EXPECT_EQ(industry["known_to"], "2026-Q1");
  EXPECT_NEAR(industry["expected"]["mean"], 103.8, 1e-9);
  EXPECT_NEAR(industry["chance"], 0.6, 1e-9);
  EXPECT_NEAR(industry["run_rate"]["needed"], 100.0 / 90, 1e-4);
  ASSERT_EQ(industry["fan"].size(), 4U);
  EXPECT_EQ(industry["fan"][0]["actual"], 12);
  EXPECT_TRUE(industry["fan"][1]["actual"].is_null());
  EXPECT_EQ(industry["fan"][3]["quantiles"].size(), 7U);
  EXPECT_NEAR(industry["fan"][3]["planned"], 103, 1e-9);
  EXPECT_NEAR(industry["gap"]["so_far"].get<double>() + industry["gap"]["to_come"].get<double>(),
              103.8 - 103, 1e-4);
}

TEST(PageOutlook, tells_parents_by_their_parts_and_what_cannot_be_told_with_the_reason) {
  const json targets = City().outlook()["targets"];
  const json& gdp = targets[0];
  EXPECT_EQ(gdp["parent"], -1);
  EXPECT_EQ(gdp["source"], "children");
  ASSERT_EQ(gdp["parts"].size(), 2U);
  EXPECT_EQ(gdp["parts"][0]["target"], 1);
  EXPECT_NEAR(
      gdp["expected"]["mean"].get<double>(),
      targets[1]["expected"]["mean"].get<double>() + targets[2]["expected"]["mean"].get<double>(),
      1e-3);
  EXPECT_EQ(targets[3]["id"], "parks");
  EXPECT_TRUE(targets[3]["expected"].is_null());
  ASSERT_FALSE(targets[3]["cannot"].is_null());
  EXPECT_NE(targets[3]["cannot"][0], targets[3]["cannot"][1]);
}

// A revision of the first quarter from 11 to 12 and nothing else: the expected year is 1 more, or what futures make of it.
TEST(PageOutlook, the_parts_of_news_sum_to_the_change) {
  const json news = City().outlook()["news"];
  // The parent's changes with it.
  ASSERT_EQ(news.size(), 2U);
  EXPECT_EQ(news[0]["target"], 0);
  EXPECT_EQ(news[0]["published"], 0);
  EXPECT_EQ(news[1]["target"], 1);
  EXPECT_EQ(news[1]["published"], 1);
  const auto part = [&](const char* key) { return news[1][key].get<double>(); };
  EXPECT_NEAR(part("after") - part("before"), part("revisions") + part("surprise") + part("rest"),
              1e-3);
  EXPECT_GT(part("revisions"), 0);
}

TEST(PageOutlook, a_number_has_six_digits_that_matter) {
  const Plan plan = make_plant();
  PageWriter writer(plan);
  writer.json().begin_array();
  for (const double value : {1234567.891, 0.000123456789, -103.80000001, 0.0}) writer.figure(value);
  writer.figure(std::numeric_limits<double>::quiet_NaN());
  writer.json().end_array();
  EXPECT_EQ(writer.take(), "[1234570,0.000123457,-103.8,0,null]");
}

}  // namespace
}  // namespace diaodu::report
