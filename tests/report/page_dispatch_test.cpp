#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "diaodu/check/muster_check.h"
#include "diaodu/dispatch/muster.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/report/dispatch_document.h"
#include "report/page_fields.h"

namespace diaodu::report {
namespace {

using nlohmann::json;

constexpr const char* kDeclared = "web/src/dispatch/document.ts";

/// The example, and what its page holds.
struct Hainan {
  Plan plan;
  dispatch::MusterAnswer answer;
  json page;

  explicit Hainan(bool is_cancelled = false) {
    const auto path = std::filesystem::path(DIAODU_SOURCE_DIR) / "examples" / "hainan";
    plan = formats::read_plan(path).plan;
    Movement published;
    if (is_cancelled) {
      published = dispatch::muster(plan, {.has_bottlenecks = false}).movement;
      for (Route& route : plan.routes) {
        if (route.id == "DD103") route.seats = Amount{};
      }
    }
    answer = dispatch::muster(plan, {.published = is_cancelled ? &published : nullptr});
    const Mustered mustered{
        .plan = plan, .answer = answer, .published = is_cancelled ? &published : nullptr};
    page = json::parse(dispatch_document(mustered, {}, {}));
  }
};

TEST(PageDispatch, has_the_fields_that_the_page_is_told_of_and_the_documentation_names_them) {
  const json page = Hainan(true).page;
  const json& hours = page["hours"];
  EXPECT_EQ(fields_of(page), declared("DispatchDocument", kDeclared));
  EXPECT_EQ(fields_of(page["answer"]["value"]), declared("ValueDocument", kDeclared));
  EXPECT_EQ(fields_of(page["places"][0]), declared("PlaceDocument", kDeclared));
  EXPECT_EQ(fields_of(page["arcs"][0]), declared("ArcDocument", kDeclared));
  EXPECT_EQ(fields_of(hours), declared("HoursDocument", kDeclared));
  EXPECT_EQ(fields_of(page["course"]), declared("CourseDocument", kDeclared));
  EXPECT_EQ(fields_of(page["flow"]), declared("FlowDocument", kDeclared));
  EXPECT_EQ(fields_of(page["needs"][0]), declared("NeedDocument", kDeclared));
  EXPECT_EQ(fields_of(page["bottlenecks"][0]), declared("BottleneckDocument", kDeclared));
  EXPECT_EQ(fields_of(page["departures"][0]), declared("DepartureDocument", kDeclared));
  EXPECT_EQ(fields_of(page["groups"][0]), declared("GroupDocument", kDeclared));
  EXPECT_EQ(fields_of(page["parties"][0]), declared("PartyDocument", kDeclared));
  EXPECT_EQ(fields_of(page["sheets"][0]), declared("SheetDocument", kDeclared));
  const std::string documentation = file_text("docs/page_format.md");
  for (const json& each : {page,
                           page["plan"],
                           page["says"],
                           page["answer"],
                           page["answer"]["value"],
                           page["places"][0],
                           page["arcs"][0],
                           hours,
                           page["course"],
                           page["need"],
                           page["flow"],
                           page["flow"]["nodes"][0],
                           page["needs"][0],
                           page["shortfalls"][0],
                           page["bottlenecks"][0],
                           page["departures"][0],
                           page["groups"][0],
                           page["parties"][0],
                           page["parties"][0]["stops"][0],
                           page["sheets"][0],
                           page["changes"][0]}) {
    for (const std::string& field : fields_of(each))
      EXPECT_NE(documentation.find('`' + field + '`'), std::string::npos) << field;
  }
}

std::int64_t sum_at(const json& lists, std::size_t step) {
  std::int64_t sum = 0;
  for (const json& list : lists) sum += list[step].get<std::int64_t>();
  return sum;
}

TEST(PageDispatch, everybody_is_somewhere_at_every_step) {
  const json page = Hainan().page;
  const json& hours = page["hours"];
  ASSERT_EQ(hours["times"].size(), 69U);  // 08:00 ... 01:00 by quarters of an hour
  for (std::size_t step = 0; step < hours["times"].size(); ++step) {
    const auto told = [&](const char* key) { return hours[key][step].get<std::int64_t>(); };
    EXPECT_EQ(told("all"), 1015);
    EXPECT_EQ(sum_at(hours["at"], step), told("in_places"));
    EXPECT_EQ(sum_at(hours["under_way"], step), told("moving"));
    EXPECT_EQ(told("in_places") + told("moving") + told("not_yet"), 1015);
    EXPECT_EQ(told("at_start") + told("on_the_way") + told("moving") + told("present"), 1015);
  }
}

TEST(PageDispatch, manifests_flow_and_sheets_hold_everybody) {
  const json page = Hainan().page;
  const auto people = [&](const json& parties) {
    std::int64_t sum = 0;
    for (const json& party : parties)
      sum += page["parties"][party.get<std::size_t>()]["count"].get<std::int64_t>();
    return sum;
  };
  for (const json& departure : page["departures"])
    EXPECT_EQ(people(departure["parties"]), departure["people"]) << departure["route"];
  std::int64_t on_sheets = 0;
  for (const json& sheet : page["sheets"]) {
    EXPECT_EQ(people(sheet["parties"]), sheet["people"]);
    on_sheets += sheet["people"].get<std::int64_t>();
  }
  EXPECT_EQ(on_sheets, 1015);
  // Each column of the flow: all leave from a city, by an airport, to an airport, for a county.
  std::vector<std::int64_t> columns(page["flow"]["columns"].get<std::size_t>());
  for (const json& node : page["flow"]["nodes"])
    columns[node["column"].get<std::size_t>()] += node["people"].get<std::int64_t>();
  EXPECT_EQ(columns, (std::vector<std::int64_t>{1015, 1015, 1015, 1015}));
}

TEST(PageDispatch, what_is_needed_grows_to_all_and_is_there_at_full_strength) {
  const Hainan hainan;
  const json& need = hainan.page["need"];
  // 125 + 75 + 75 + 125 + 100 samplers by 22:00; 1,000 with ten leaders and five experts by 06:00.
  EXPECT_EQ(need["count"], (json{500, 1015}));
  EXPECT_EQ(need["open"], 0);
  const json& course = hainan.page["course"];
  for (std::size_t i = 0; i < course["times"].size(); ++i) {
    const bool is_full = course["times"][i] >= hainan.page["answer"]["value"]["full_strength"];
    EXPECT_EQ(course["present"][i] == 1015, is_full);
  }
}

TEST(PageDispatch, without_anybody_to_send_its_lists_are_empty) {
  const Plan plan;
  const dispatch::MusterAnswer nothing;
  const json page = json::parse(dispatch_document({.plan = plan, .answer = nothing}, {}, {}));
  EXPECT_TRUE(page["hours"]["times"].empty());
  EXPECT_TRUE(page["departures"].empty());
  EXPECT_TRUE(page["answer"]["value"]["full_strength"].is_null());
}

}  // namespace
}  // namespace diaodu::report
