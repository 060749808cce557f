#include "formats/xer_text.h"

namespace diaodu::formats {
namespace {

using Row = XerText::Row;
using Lines = std::vector<std::string>;

TEST(XerResources, resources_have_the_capacity_and_price_of_their_rates) {
  const ReadPlan read = with_crew().task("A").read();
  EXPECT_EQ(found_in(read), Lines{});
  ASSERT_EQ(read.plan.resources.size(), 3U);
  const Resource& crew = read.plan.resources[ResourceId{0}];
  EXPECT_EQ(crew.id, "CREW");
  EXPECT_EQ(crew.kind, ResourceKind::people);
  EXPECT_EQ(crew.capacity, kOne * 4);
  EXPECT_EQ(crew.rate, Money{5050});
  EXPECT_EQ(read.plan.calendars[crew.calendar].rule.id, "Crew");
  ASSERT_EQ(read.plan.availability.size(), 1U);
  EXPECT_EQ(read.plan.availability[0].during.from,
            Instant{LocalTime::at(Date::from(2024, 3, 11), 0).minutes});
  EXPECT_EQ(read.plan.availability[0].capacity, kOne * 6);
  // P6 does not level the crane; a material's maximum is no stock.
  EXPECT_EQ(read.plan.resources[ResourceId{1}].kind, ResourceKind::machine);
  EXPECT_EQ(read.plan.resources[ResourceId{1}].capacity, kUnlimited);
  EXPECT_EQ(read.plan.resources[ResourceId{2}].kind, ResourceKind::material);
  EXPECT_EQ(read.plan.resources[ResourceId{2}].capacity, kUnlimited);
}

TEST(XerResources, a_material_costs_what_it_costs_at_the_plans_start) {
  const ReadPlan read =
      with_crew()
          .add("RSRCRATE",
               {{"rsrc_id", "3"}, {"cost_per_qty", "100"}, {"start_date", "2015-01-01 00:00"}})
          .add("RSRCRATE",
               {{"rsrc_id", "3"}, {"cost_per_qty", "200"}, {"start_date", "2024-01-01 00:00"}})
          .task("A")
          .read();
  EXPECT_EQ(read.plan.resources[ResourceId{2}].rate, Money{200'00});
}

TEST(XerResources, assignments_become_demands) {
  const ReadPlan read = with_crew()
                            .task("A")
                            .task("B", {{"act_start_date", "2024-03-04 08:00"}})
                            .add("TASKRSRC", {{"task_id", "A"},
                                              {"rsrc_id", "1"},
                                              {"target_qty_per_hr", "0.5"},
                                              {"remain_qty_per_hr", "2"}})
                            .add("TASKRSRC", {{"task_id", "B"},
                                              {"rsrc_id", "1"},
                                              {"target_qty_per_hr", "0.5"},
                                              {"remain_qty_per_hr", "2"}})
                            .add("TASKRSRC", {{"task_id", "A"},
                                              {"rsrc_id", "3"},
                                              {"target_qty", "120"},
                                              {"target_qty_per_hr", "15"}})
                            .add("TASKRSRC", {{"task_id", "A"}, {"rsrc_id", "77"}})
                            .read();
  EXPECT_EQ(found_in(read), Lines{"29: not_kept"});
  ASSERT_EQ(read.plan.demands.size(), 3U);
  EXPECT_EQ(read.plan.demands[DemandId{0}].amount, Amount{500});
  EXPECT_EQ(read.plan.demands[DemandId{1}].amount, Amount{2000});
  EXPECT_EQ(read.plan.demands[DemandId{2}].amount, kOne * 120);
}

TEST(XerResources, only_resource_dependent_tasks_follow_the_calendars_of_resources) {
  const Row crew{{"rsrc_id", "1"}, {"target_qty_per_hr", "1"}};
  const auto assigned = [&crew](const char* task) {
    Row row = crew;
    row["task_id"] = task;
    return row;
  };
  const ReadPlan read = with_crew()
                            .task("A")
                            .task("B", {{"task_type", "TT_Rsrc"}})
                            .task("C", {{"task_type", "TT_Rsrc"}, {"rsrc_id", "1"}})
                            .task("D", {{"task_type", "TT_Rsrc"}})
                            .add("TASKRSRC", assigned("A"))
                            .add("TASKRSRC", assigned("B"))
                            .add("TASKRSRC", assigned("C"))
                            .read();
  EXPECT_EQ(found_in(read), Lines{});
  const auto calendar = [&read](const char* id) {
    const CalendarId its = named(read.plan, id).calendar;
    return its ? read.plan.calendars[its].rule.id : "none";
  };
  EXPECT_EQ(calendar("A"), "Office");
  EXPECT_TRUE(named(read.plan, "A").ignores_resource_calendars);
  EXPECT_EQ(calendar("B"), "Crew");
  EXPECT_EQ(calendar("C"), "Crew");    // its primary resource's
  EXPECT_EQ(calendar("D"), "Office");  // has no resources
}

TEST(XerResources, of_several_calendars_of_resources_that_drive_the_one_of_the_least_hours_counts) {
  // The crew works five days of eight hours, the pump two.  A has both, B both but the pump does not drive its dates;
  // C has the pump as its primary resource and is done by the crew.
  const auto assigned = [](const char* task, const char* resource, const char* drives) {
    return Row{{"task_id", task},
               {"rsrc_id", resource},
               {"target_qty_per_hr", "1"},
               {"rollup_dates_flag", drives}};
  };
  const std::string two_days =
      "(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|08:00|f|16:00)())))"
      "(0||3()((0||0(f|16:00|s|08:00)())))))))";
  const ReadPlan read =
      with_crew()
          .add("CALENDAR", {{"clndr_id", "12"}, {"clndr_name", "Pump"}, {"clndr_data", two_days}})
          .add("RSRC", {{"rsrc_id", "4"},
                        {"rsrc_short_name", "PUMP"},
                        {"rsrc_type", "RT_Equip"},
                        {"clndr_id", "12"}})
          .task("A", {{"task_type", "TT_Rsrc"}})
          .task("B", {{"task_type", "TT_Rsrc"}})
          .task("C", {{"task_type", "TT_Rsrc"}, {"rsrc_id", "4"}})
          .add("TASKRSRC", assigned("A", "1", "Y"))
          .add("TASKRSRC", assigned("A", "4", "Y"))
          .add("TASKRSRC", assigned("B", "1", "Y"))
          .add("TASKRSRC", assigned("B", "4", "N"))
          .add("TASKRSRC", assigned("C", "1", "Y"))
          .read();
  const auto calendar = [&read](const char* id) {
    return read.plan.calendars[named(read.plan, id).calendar].rule.id;
  };
  EXPECT_EQ(calendar("A"), "Pump");
  EXPECT_EQ(calendar("B"), "Crew");
  EXPECT_EQ(calendar("C"), "Crew");
  EXPECT_EQ(found_in(read), Lines{"24: not_kept"});  // of A alone
}

}  // namespace
}  // namespace diaodu::formats
