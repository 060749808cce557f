#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "diaodu/check/muster_check.h"
#include "diaodu/dispatch/field.h"
#include "diaodu/dispatch/muster.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/report/dispatch_document.h"
#include "diaodu/report/dispatch_hours.h"
#include "diaodu/report/dispatch_tables.h"
#include "diaodu/report/words.h"
#include "report/page_fields.h"
#include "support/tables.h"

namespace diaodu::report {
namespace {

using nlohmann::json;

constexpr const char* kDeclared = "web/src/dispatch/document.ts";

/// The example, and what its page holds.
struct Hainan {
  Plan plan;
  dispatch::MusterAnswer answer;
  dispatch::FieldAnswer field;
  json page;

  explicit Hainan(bool has_all = false) {
    const auto path = std::filesystem::path(DIAODU_SOURCE_DIR) / "examples" / "hainan";
    plan = formats::read_plan(path).plan;
    Movement published;
    if (has_all) {
      published = dispatch::muster(plan, {.has_bottlenecks = false}).movement;
      for (Route& route : plan.routes) {
        if (route.id == "DD103") route.seats = Amount{};
      }
    }
    answer = dispatch::muster(plan, {.published = has_all ? &published : nullptr});
    if (has_all) field = dispatch::plan_field(plan, {.steps = 200, .movement = &answer.movement});
    const Mustered mustered{
        .plan = plan, .answer = answer, .published = has_all ? &published : nullptr};
    const Dispatched told{.plan = plan, .field = field, .muster = &mustered};
    page = json::parse(dispatch_document(told, {}, {}));
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
  const json& field = page["field"];
  EXPECT_EQ(fields_of(field), declared("FieldDocument", kDeclared));
  EXPECT_EQ(fields_of(field["tours"][0]), declared("TourDocument", kDeclared));
  EXPECT_EQ(fields_of(field["tours"][0]["stops"][0]), declared("StopDocument", kDeclared));
  EXPECT_EQ(fields_of(field["teams"][0]), declared("TeamDocument", kDeclared));
  EXPECT_EQ(fields_of(field["laboratories"][0]), declared("LaboratoryDocument", kDeclared));
  EXPECT_EQ(fields_of(field["tables"][0]), declared("TableDocument", kDeclared));
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
    for (const std::string& name : fields_of(each))
      EXPECT_NE(documentation.find('`' + name + '`'), std::string::npos) << name;
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

TEST(PageDispatch, who_stays_is_not_on_the_way_and_who_passes_is_not_there) {
  const Plan plan =
      read_tables(
          {{"places", "id\nA\nB\n"},
           {"routes", "id,from,to,duration,seats,departs\ncoach,A,B,1h,9,2022-08-01 12:00\n"},
           {"groups",
            "id,place,role,count\ndoctor,A,doctor,1\nnurse,A,nurse,1\nspare,A,driver,1\n"},
           {"needs", "place,role,count\nA,nurse,1\nB,doctor,1\n"}})
          .plan;
  const Movement movement = dispatch::muster(plan).movement;
  const auto doing = [&](std::string_view clock) {
    const Doing each = doing_at(plan, movement, at(plan, "2022-08-01", clock));
    return std::vector{each.at_start, each.on_the_way, each.moving, each.ready, each.all};
  };
  EXPECT_EQ(doing("10:00"), (std::vector<std::int64_t>{2, 0, 0, 1, 3}));
  EXPECT_EQ(doing("12:30"), (std::vector<std::int64_t>{1, 0, 1, 1, 3}));
  EXPECT_EQ(doing("14:00"), (std::vector<std::int64_t>{1, 0, 0, 2, 3}));
}

TEST(PageDispatch, orders_to_a_place_that_is_no_more_are_told_without_its_name) {
  const Plan plan =
      read_tables({{"places", "id\nA\n"}, {"groups", "id,place,role,count\ng,A,nurse,1\n"}}).plan;
  Party party{.group = GroupId{0}, .first = 0, .count = 1, .stops = {Stop{}}, .legs = {}};
  EXPECT_EQ(way_in_words(plan, party, Language::english), "stays at —");
}

TEST(PageDispatch, a_need_that_is_met_too_late_is_not_one_of_too_few_people) {
  const Plan plan =
      read_tables(
          {{"places", "id\nA\nX\n"},
           {"routes", "id,from,to,duration,seats,departs\ncoach,A,X,2h,9,2022-08-01 10:00\n"},
           {"groups", "id,place,role,count\ng,A,sampler,8\n"},
           {"needs",
            "place,role,count,by\nX,sampler,5,2022-08-01 10:00\nX,sampler,10,2022-08-01 18:00\n"}})
          .plan;
  const dispatch::MusterAnswer answer = dispatch::muster(plan);
  const Mustered mustered{.plan = plan, .answer = answer};
  EXPECT_EQ(reason_of(mustered, plan.needs[0]), &words::dispatch_come_later);
  EXPECT_EQ(reason_of(mustered, plan.needs[1]), &words::dispatch_too_few);
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

TEST(PageDispatch, every_visit_of_a_tour_lies_within_it_and_every_table_has_its_columns) {
  const json page = Hainan(true).page;
  std::size_t num_visits = 0;
  for (const json& tour : page["field"]["tours"]) {
    json last = tour["leaves"];
    for (const json& stop : tour["stops"]) {
      EXPECT_LE(last, stop["begins"]);
      EXPECT_LE(stop["begins"], stop["ends"]);
      last = stop["ends"];
      num_visits += stop["visit"] != "" ? 1 : 0;
    }
    EXPECT_LE(last, tour["back"]);  // both null where there are no stops
  }
  EXPECT_GT(num_visits, 0U);
  for (const json& laboratory : page["field"]["laboratories"]) {
    EXPECT_EQ(laboratory["times"].size(), laboratory["tubes"].size());
    EXPECT_EQ(laboratory["times"].size(), laboratory["people"].size());
    EXPECT_EQ(laboratory["turnaround"].size(), 5U);
  }
  for (const json& table : page["field"]["tables"]) {
    EXPECT_EQ(table["assumed"].size(), table["rows"].size());
    for (const json& row : table["rows"]) {
      ASSERT_EQ(row.size(), table["columns"].size()) << table["key"];
      for (std::size_t i = 0; i < row.size(); ++i)
        EXPECT_TRUE(row[i].is_null() ||
                    row[i].is_array() == (table["columns"][i]["kind"] == "text"));
    }
  }
}

TEST(PageDispatch, without_anybody_to_send_its_lists_are_empty) {
  const Plan plan;
  const dispatch::FieldAnswer nothing;
  const json page = json::parse(dispatch_document({.plan = plan, .field = nothing}, {}, {}));
  EXPECT_FALSE(page["answer"]["mustered"].get<bool>());
  EXPECT_TRUE(page["field"].is_null());
  EXPECT_TRUE(page["hours"]["times"].empty());
  EXPECT_TRUE(page["departures"].empty());
  EXPECT_TRUE(page["answer"]["value"]["full_strength"].is_null());
}

}  // namespace
}  // namespace diaodu::report
