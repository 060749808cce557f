#include "diaodu/report/page_risk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "diaodu/core/civil.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/report/page_document.h"
#include "diaodu/report/risk_json.h"
#include "diaodu/solve/solve.h"
#include "report/page_fields.h"
#include "report/plant.h"

namespace diaodu::report {
namespace {

using nlohmann::json;

/// A plan, solved and simulated.
struct Case {
  formats::ReadPlan read;
  solve::Answer answer;
  forecast::Forecast forecast;

  explicit Case(const std::string& name, std::int64_t trials = 1'000)
      : read(formats::read_plan(std::string(DIAODU_SOURCE_DIR) + "/examples/" + name)) {
    solve::Request request;
    request.limits.steps = 2'000;
    answer = solve::solve(read.plan, read.sources, request);
    forecast::RiskRequest risk;
    risk.trials = trials;
    forecast = forecast::simulate(read.plan, answer, risk);
  }
  json page() const {
    return json::parse(page_document(read.plan, answer, {.forecast = &forecast}));
  }
};

const Case& battery_plant() {
  static const Case plant("battery-plant");
  return plant;
}

std::string shown(const json& minutes) { return to_string(LocalTime{minutes.get<std::int64_t>()}); }

TEST(PageRisk, is_null_where_nobody_asked_or_nothing_varies) {
  const Plan plan = make_plant();
  const solve::Answer solved = answer(plan);
  EXPECT_TRUE(json::parse(page_document(plan, solved, {}))["risk"].is_null());
  const forecast::Forecast none = forecast::simulate(plan, solved, {});
  EXPECT_FALSE(none.has_trials);
  EXPECT_TRUE(json::parse(page_document(plan, solved, {.forecast = &none}))["risk"].is_null());
}

TEST(PageRisk, has_the_fields_that_the_page_is_told_of_and_the_documentation_names_them) {
  const json risk = battery_plant().page()["risk"];
  EXPECT_EQ(fields_of(risk), declared("RiskDocument"));
  EXPECT_EQ(fields_of(risk["finish"]), declared("DateQuantiles"));
  EXPECT_EQ(fields_of(risk["sampled"]), declared("SampledDocument"));
  EXPECT_EQ(fields_of(risk["tasks"]), declared("RiskColumns"));
  const std::string documentation = file_text("docs/page_format.md");
  for (const json& each :
       {risk, risk["finish"], risk["histogram"], risk["links_only"], risk["dates"][0], risk["cost"],
        risk["points"], risk["drivers"][0], risk["risks"][0], risk["sampled"], risk["tasks"]}) {
    for (const std::string& field : fields_of(each)) {
      const bool is_told = documentation.find('`' + field + '`') != std::string::npos;
      EXPECT_TRUE(is_told) << field;
    }
  }
}

TEST(PageRisk, agrees_with_the_json_of_risk) {
  const Case& plant = battery_plant();
  const json risk = plant.page()["risk"];
  const json told =
      json::parse(risk_json(plant.read.plan, plant.answer, plant.forecast, {}, Language::english));
  for (const char* key : {"p10", "p50", "p80", "p90", "at_confidence", "mean"}) {
    EXPECT_EQ(shown(risk["finish"][key]), told["finish"][key]) << key;
    EXPECT_EQ(shown(risk["links_only"]["finish"][key]), told["links_only"]["finish"][key]) << key;
  }
  EXPECT_EQ(shown(risk["planned"]), told["deterministic"]["finish"]);
  EXPECT_EQ(risk["links_only"]["too_early"], told["links_only"]["too_early"]);
  EXPECT_EQ(risk["histogram"]["counts"], told["histogram"]["counts"]);
  EXPECT_EQ(shown(risk["histogram"]["edges"][0]), told["histogram"]["from"]);
  EXPECT_EQ(risk["kind"], told["kind"]);
  ASSERT_EQ(risk["dates"].size(), told["dates"].size());
  for (std::size_t i = 0; i < told["dates"].size(); ++i) {
    EXPECT_EQ(shown(risk["dates"][i]["p80"]), told["dates"][i]["p80"]);
    EXPECT_EQ(risk["dates"][i]["chance"].is_null(), told["dates"][i]["chance"].is_null());
  }
  ASSERT_EQ(risk["risks"].size(), told["risks"].size());
  for (std::size_t i = 0; i < told["risks"].size(); ++i) {
    EXPECT_EQ(risk["risks"][i]["id"], told["risks"][i]["risk"]);
    EXPECT_NEAR(risk["risks"][i]["delay"], told["risks"][i]["delay"], 0.5);
  }
}

TEST(PageRisk, the_curve_ascends_through_the_quantiles_and_the_quarters_are_all_trials) {
  const json risk = battery_plant().page()["risk"];
  const auto curve = risk["curve"].get<std::vector<std::int64_t>>();
  ASSERT_EQ(curve.size(), 101U);
  EXPECT_TRUE(std::is_sorted(curve.begin(), curve.end()));
  EXPECT_EQ(curve[10], risk["finish"]["p10"]);
  EXPECT_EQ(curve[50], risk["finish"]["p50"]);
  EXPECT_EQ(curve[80], risk["finish"]["p80"]);
  EXPECT_EQ(curve[90], risk["finish"]["p90"]);
  EXPECT_EQ(risk["histogram"]["edges"].size(), risk["histogram"]["counts"].size() + 1);
  std::int64_t sum = 0;
  for (const std::int64_t count : risk["histogram"]["counts"]) sum += count;
  EXPECT_EQ(sum, risk["trials"]);
  const json& cost = risk["cost"];
  double quarters = 0;
  for (const char* key : {"joint_share", "in_time_dearer", "late_cheaper", "late_dearer"}) {
    EXPECT_GE(cost[key], 0) << key;
    quarters += cost[key].get<double>();
  }
  EXPECT_NEAR(quarters, 1, 3e-4);  // four digits are told of each
}

TEST(PageRisk, drivers_are_ranked_by_the_days_they_cost) {
  const Case& plant = battery_plant();
  const json page = plant.page();
  const json& drivers = page["risk"]["drivers"];
  ASSERT_EQ(drivers.size(), kMostPageDrivers);
  EXPECT_GT(page["risk"]["num_drivers"], kMostPageDrivers);
  double last = 1e9;
  for (const json& each : drivers) {
    const std::size_t calendar = page["tasks"]["calendar"][each["task"].get<std::size_t>()];
    const double days =
        each["delay"].get<double>() / page["calendars"][calendar]["day"].get<double>();
    EXPECT_LE(days, last + 1e-3);
    last = days;
  }
}

TEST(PageRisk, tasks_tell_how_much_later_than_planned) {
  const Case& plant = battery_plant();
  const json page = plant.page();
  const json& later = page["risk"]["tasks"];
  const auto at = [](const json& column, std::size_t row) {
    return column[column.size() == 1 ? 0 : row].get<std::int64_t>();
  };
  for (const TaskId task : plant.read.plan.tasks.ids()) {
    const forecast::TaskDates& dates = plant.forecast.tasks[task];
    const std::size_t row = task.index();
    const auto local = [&](Instant instant) {
      return plant.read.plan.zone.to_local(instant).minutes;
    };
    ASSERT_TRUE(dates.is_there);
    const std::int64_t finish = at(page["tasks"]["finish"], row);
    EXPECT_EQ(at(page["tasks"]["start"], row) + at(later["start_p90"], row),
              local(dates.start.p90));
    EXPECT_EQ(finish + at(later["finish_p10"], row), local(dates.finish.p10));
    EXPECT_EQ(finish + at(later["finish_p80"], row), local(dates.finish.p80));
    EXPECT_EQ(finish + at(later["finish_p90"], row), local(dates.finish.p90));
  }
}

// The deadline of the milestone that ends the plan is the plan's; that of one on the way is not.
TEST(PageRisk, the_deadline_of_the_finish_is_that_of_what_ends_with_the_plan) {
  const json page = battery_plant().page();
  const json& deadline = page["risk"]["deadline"];
  ASSERT_FALSE(deadline.is_null());
  EXPECT_EQ(page["tasks"]["id"][deadline["task"].get<std::size_t>()], "MS3");
  const json& tasks = page["tasks"];
  EXPECT_EQ(deadline["time"], tasks["deadline"][deadline["task"].get<std::size_t>()]);
}

}  // namespace
}  // namespace diaodu::report
