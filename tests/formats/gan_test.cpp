#include "diaodu/formats/gan.h"

#include "diaodu/formats/plan_file.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

constexpr std::string_view kHouse = R"(<?xml version="1.0" encoding="UTF-8"?>
<project name="House" company="" webLink="" view-date="2024-04-01" view-index="0" version="3.3.3300">
 <calendars><day-types><day-type id="0"/><day-type id="1"/>
  <default-week id="1" name="default" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/></day-types>
  <date year="2024" month="4" date="4" type="HOLIDAY"/>
  <date year="2024" month="4" date="7" type="WORKING_DAY"/>
 </calendars>
 <tasks empty-milestones="true">
  <task id="0" name="Site" meeting="false" start="2024-04-01" duration="8" complete="0">
   <task id="1" name="Dig" meeting="false" start="2024-04-01" duration="3" complete="100" priority="2">
    <notes><![CDATA[by hand]]></notes>
    <depend id="2" type="2" difference="1" hardness="Strong"/>
   </task>
   <task id="2" name="Pour" meeting="false" start="2024-04-08" duration="4" complete="25" thirdDate="2024-04-08" thirdDate-constraint="1">
    <depend id="3" type="3" difference="-1" hardness="Rubber"/>
   </task>
  </task>
  <task id="3" name="Done" meeting="true" start="2024-04-12" duration="1" complete="0"/>
 </tasks>
 <resources><resource id="0" name="Anna" function="1"/><resource id="1" name="Bob" function="1"/></resources>
 <allocations><allocation task-id="1" resource-id="0" function="1" responsible="true" load="50.0"/>
  <allocation task-id="2" resource-id="1" function="1" responsible="true" load="100.0"/></allocations>
</project>
)";

TEST(Gan, a_project_is_read_with_its_calendar_links_people_and_progress) {
  const ReadPlan read = read_gan(kHouse, "house.gan");
  EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  const Plan& plan = read.plan;
  EXPECT_EQ(plan.name, "House");
  EXPECT_EQ(plan.start, at(plan, "2024-04-01"));
  ASSERT_EQ(plan.tasks.size(), 4U);
  EXPECT_EQ(plan.tasks[TaskId{0}].kind, TaskKind::summary);
  EXPECT_EQ(plan.tasks[TaskId{1}].parent, TaskId{0});
  EXPECT_EQ(plan.tasks[TaskId{1}].duration, WorkTime{3 * 480});
  EXPECT_EQ(plan.tasks[TaskId{1}].priority, 700);
  EXPECT_EQ(plan.tasks[TaskId{1}].notes.view(), "by hand");
  EXPECT_EQ(plan.tasks[TaskId{2}].constraint.kind, ConstraintKind::start_on_or_after);
  EXPECT_EQ(plan.tasks[TaskId{3}].kind, TaskKind::finish_milestone);
  // Thursday the 4th is off, Sunday the 7th is worked.
  const Calendar& works = plan.calendars[plan.calendar].calendar;
  EXPECT_FALSE(works.is_working(at(plan, "2024-04-04", "09:00")));
  EXPECT_TRUE(works.is_working(at(plan, "2024-04-07", "09:00")));
  ASSERT_EQ(plan.links.size(), 2U);
  EXPECT_EQ(plan.links[LinkId{0}].from, TaskId{1});
  EXPECT_EQ(plan.links[LinkId{0}].lag.amount, 480);
  EXPECT_EQ(plan.links[LinkId{1}].type, LinkType::finish_to_finish);
  EXPECT_EQ(plan.links[LinkId{1}].lag.amount, -480);
  ASSERT_EQ(plan.demands.size(), 2U);
  EXPECT_EQ(plan.demands[DemandId{0}].amount, Amount{500});
  ASSERT_EQ(plan.progress.size(), 2U);
  EXPECT_EQ(plan.progress[0].actual_finish, at(plan, "2024-04-03", "17:00"));
  EXPECT_EQ(plan.progress[1].percent, 25'00);
}

TEST(Gan, a_long_task_that_is_done_ends_where_counting_day_by_day_ends) {
  for (const int days : {1, 4, 5, 6, 10, 11, 52, 1'000}) {
    std::string text(kHouse);
    const std::string old = "start=\"2024-04-01\" duration=\"3\"";
    text.replace(text.find(old), old.size(),
                 "start=\"2024-04-03\" duration=\"" + std::to_string(days) + "\"");
    Date last = Date::from(2024, 4, 3);
    for (int left = days; true; last = last + 1) {
      const bool is_holiday = last == Date::from(2024, 4, 4);
      const bool is_worked = static_cast<int>(weekday(last)) < 5 && !is_holiday;
      if ((is_worked || last == Date::from(2024, 4, 7)) && --left == 0) break;
    }
    const ReadPlan read = read_gan(text, "house.gan");
    EXPECT_EQ(read.plan.progress[0].actual_finish, at(read.plan, to_string(last), "17:00")) << days;
  }
}

TEST(Gan, an_id_of_thousands_of_letters_is_none) {
  std::string text(kHouse);
  text.replace(text.find("id=\"2\""), 6, "id=\"" + std::string(5'000, '2') + "\"");
  EXPECT_TRUE(read_gan(text, "house.gan").findings.has_errors());
}

TEST(Gan, who_is_overallocated_gives_all_there_is) {
  std::string text(kHouse);
  text.replace(text.find("load=\"100.0\""), 12, "load=\"150.0\"");
  const ReadPlan read = read_gan(text, "house.gan");
  EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  EXPECT_EQ(count_of(read.findings, found::not_kept), 1U);
  ASSERT_EQ(read.plan.demands.size(), 2U);
  EXPECT_EQ(read.plan.demands[DemandId{1}].amount, kOne);
}

TEST(Gan, what_is_wrong_is_found_at_its_line) {
  std::string text(kHouse);
  text.replace(text.find("type=\"3\""), 8, "type=\"9\"");
  text.replace(text.find("task-id=\"2\""), 11, "task-id=\"7\"");
  text.replace(text.find("month=\"4\" date=\"4\""), 18, "month=\"4\" date=\"44\"");
  const ReadPlan read = read_gan(text, "house.gan");
  EXPECT_EQ(count_of(read.findings, found::bad_choice), 1U);
  EXPECT_EQ(count_of(read.findings, found::unknown_task), 1U);
  EXPECT_EQ(count_of(read.findings, found::bad_date), 1U);
  const std::vector<std::string> all = found_in(read.findings);
  EXPECT_EQ(std::count(all.begin(), all.end(), "house.gan:5 bad_date"), 1);
}

TEST(Gan, it_is_known_by_its_content_and_hostile_xml_is_refused) {
  const TemporaryFolder folder;
  EXPECT_EQ(recognise(folder.write("a.txt", kHouse)), FileFormat::gan);
  EXPECT_TRUE(has(
      read_gan("<!DOCTYPE a [<!ENTITY b \"c\">]><project name=\"&b;\"><tasks/></project>", "x.gan")
          .findings,
      found::xml_entities));
}

TEST(Gan, weekends_that_are_only_shown_are_worked) {
  std::string text(kHouse);
  const std::string_view dates = "  <date year=\"2024\" month=\"4\" date=\"4\"";
  text.insert(text.find(dates), "  <only-show-weekends value=\"true\"/>\n");
  const ReadPlan read = read_gan(text, "house.gan");
  const Calendar& works = read.plan.calendars[read.plan.calendar].calendar;
  EXPECT_TRUE(works.is_working(at(read.plan, "2024-04-06", "09:00")));
  EXPECT_FALSE(works.is_working(at(read.plan, "2024-04-04", "09:00")));
}

TEST(Gan, notes_that_are_too_long_are_cut_at_a_letter_and_it_is_told) {
  std::string text(kHouse);
  std::string notes = "a";
  for (int i = 0; i < 30'000; ++i) notes += "字";
  text.replace(text.find("by hand"), 7, notes);
  const ReadPlan read = read_gan(text, "house.gan");
  EXPECT_EQ(count_of(read.findings, found::not_kept), 1U);
  const std::string_view kept = read.plan.tasks[TaskId{1}].notes.view();
  EXPECT_EQ(kept.size(), 1U + 21'845U * 3 - 3 + 3);
  EXPECT_TRUE(kept.ends_with("字"));
}

}  // namespace
}  // namespace diaodu::formats
