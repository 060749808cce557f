#include "diaodu/formats/pmxml.h"

#include "diaodu/formats/plan_file.h"
#include "formats/xer_text.h"
#include "support/describe.h"
#include "support/findings.h"
#include "support/tables.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string object(const std::string& name, const Fields& fields, const std::string& more = "") {
  std::string text = "<" + name + ">";
  for (const auto& [field, value] : fields) text += "<" + field + ">" + value + "</" + field + ">";
  return text + more + "</" + name + ">\n";
}

std::string week() {
  std::string days;
  for (const char* day :
       {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}) {
    const bool works = day[0] != 'S';
    days += "<StandardWorkHours><DayOfWeek>" + std::string(day) + "</DayOfWeek>" +
            (works ? "<WorkTime><Start>08:00:00</Start><Finish>11:59:00</Finish></WorkTime>"
                     "<WorkTime><Start>13:00:00</Start><Finish>16:59:00</Finish></WorkTime>"
                   : "<WorkTime xsi:nil=\"true\"/>") +
            "</StandardWorkHours>";
  }
  return "<StandardWorkWeek>" + days +
         "</StandardWorkWeek><HolidayOrExceptions><HolidayOrException>"
         "<Date>2024-03-08T00:00:00</Date><WorkTime "
         "xsi:nil=\"true\"/></HolidayOrException></HolidayOrExceptions>";
}

Fields activity(const std::string& id, const Fields& more) {
  Fields fields = {{"ObjectId", id},           {"Id", id},
                   {"CalendarObjectId", "10"}, {"Type", "Task Dependent"},
                   {"Status", "Not Started"},  {"PlannedDuration", "16"},
                   {"RemainingDuration", "16"}};
  for (const auto& [field, value] : more) {
    std::erase_if(fields, [&](const auto& pair) { return pair.first == field; });
    fields.emplace_back(field, value);
  }
  return fields;
}

/// A hall: dug and poured in a structure of two levels, with progress, constraints, people and sand.
std::string hall() {
  const std::string project = object(
      "Project",
      {{"ObjectId", "1"},
       {"Id", "Hall"},
       {"Name", "The hall"},
       {"WBSObjectId", "100"},
       {"ActivityDefaultCalendarObjectId", "10"},
       {"DataDate", "2024-03-04T08:00:00"},
       {"PlannedStartDate", "2024-03-04T08:00:00"},
       {"MustFinishByDate", "2024-05-01T17:00:00"}},
      object("WBS", {{"ObjectId", "101"}, {"Code", "CIV"}, {"Name", "Civil"}}) +
          object("WBS", {{"ObjectId", "102"},
                         {"Code", "EARTH"},
                         {"Name", "Earth"},
                         {"ParentObjectId", "101"}}) +
          object("Activity", activity("A", {{"Name", "Dig"},
                                            {"WBSObjectId", "102"},
                                            {"Status", "In Progress"},
                                            {"ActualStartDate", "2024-03-01T08:00:00"},
                                            {"RemainingDuration", "8"},
                                            {"LevelingPriority", "High"}})) +
          object("Activity", activity("B", {{"Name", "Pour"},
                                            {"WBSObjectId", "101"},
                                            {"PrimaryConstraintType", "Start On or After"},
                                            {"PrimaryConstraintDate", "2024-03-11T08:00:00"},
                                            {"SecondaryConstraintType", "Finish On or Before"},
                                            {"SecondaryConstraintDate", "2024-04-01T17:00:00"}})) +
          object("Activity", activity("M", {{"Type", "Finish Milestone"}})) +
          object("Relationship", {{"PredecessorActivityObjectId", "A"},
                                  {"SuccessorActivityObjectId", "B"},
                                  {"Type", "Start to Start"},
                                  {"Lag", "4"}}) +
          object("Relationship", {{"PredecessorActivityObjectId", "B"},
                                  {"SuccessorActivityObjectId", "M"},
                                  {"Type", "Finish to Start"},
                                  {"Lag", "-8"}}) +
          object("ResourceAssignment", {{"ActivityObjectId", "A"},
                                        {"ResourceObjectId", "1"},
                                        {"PlannedUnitsPerTime", "2"},
                                        {"RemainingUnitsPerTime", "1.5"},
                                        {"PlannedUnits", "32"}}) +
          object("ResourceAssignment",
                 {{"ActivityObjectId", "B"}, {"ResourceObjectId", "2"}, {"PlannedUnits", "40"}}) +
          object("ScheduleOptions",
                 {{"RelationshipLagCalendar", "Successor Activity Calendar"},
                  {"OutOfSequenceScheduleType", "Progress Override"},
                  {"ComputeTotalFloatType", "Smallest of Start Float and Finish Float"}}));
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<APIBusinessObjects "
         "xmlns=\"http://xmlns.oracle.com/Primavera/P6/V8.3/API/BusinessObjects\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n" +
         object("Calendar", {{"ObjectId", "10"}, {"Name", "Office"}}, week()) +
         object("Resource", {{"ObjectId", "1"},
                             {"Id", "CREW"},
                             {"Name", "Crew"},
                             {"ResourceType", "Labor"},
                             {"CalendarObjectId", "10"}}) +
         object("Resource", {{"ObjectId", "2"}, {"Id", "SAND"}, {"ResourceType", "Material"}}) +
         object("ResourceRate", {{"ResourceObjectId", "1"},
                                 {"MaxUnitsPerTime", "3"},
                                 {"PricePerUnit", "50"},
                                 {"EffectiveDate", "2020-01-01T00:00:00"}}) +
         project +
         "<BaselineProject><ObjectId>9</ObjectId><Activity><ObjectId>Z</ObjectId><Id>Z</Id></"
         "Activity></BaselineProject>\n</APIBusinessObjects>\n";
}

/// The same facts, as an XER file has them.
std::string hall_as_xer() {
  XerText xer;
  xer.set("PROJECT", "plan_end_date", "2024-05-01 17:00");
  xer.set("CALENDAR", "clndr_data",
          XerText::week("(0||0(d|45359)())"));  // 8 March 2024 is day 45359
  xer.add("PROJWBS", {{"wbs_id", "100"},
                      {"proj_id", "1"},
                      {"wbs_short_name", "Hall"},
                      {"wbs_name", "The hall"},
                      {"parent_wbs_id", ""}});
  xer.add("PROJWBS", {{"wbs_id", "101"},
                      {"proj_id", "1"},
                      {"wbs_short_name", "CIV"},
                      {"wbs_name", "Civil"},
                      {"parent_wbs_id", "100"}});
  xer.add("PROJWBS", {{"wbs_id", "102"},
                      {"proj_id", "1"},
                      {"wbs_short_name", "EARTH"},
                      {"wbs_name", "Earth"},
                      {"parent_wbs_id", "101"}});
  xer.task("A", {{"task_name", "Dig"},
                 {"wbs_id", "102"},
                 {"status_code", "TK_Active"},
                 {"act_start_date", "2024-03-01 08:00"},
                 {"remain_drtn_hr_cnt", "8"},
                 {"priority_type", "PT_High"}});
  xer.task("B", {{"task_name", "Pour"},
                 {"wbs_id", "101"},
                 {"cstr_type", "CS_MSOA"},
                 {"cstr_date", "2024-03-11 08:00"},
                 {"cstr_type2", "CS_MEOB"},
                 {"cstr_date2", "2024-04-01 17:00"}});
  xer.task("M", {{"task_type", "TT_FinMile"}, {"wbs_id", "100"}});
  xer.link("A", "B", "PR_SS", "4").link("B", "M", "PR_FS", "-8");
  xer.add("RSRC", {{"rsrc_id", "1"},
                   {"rsrc_short_name", "CREW"},
                   {"rsrc_name", "Crew"},
                   {"rsrc_type", "RT_Labor"},
                   {"clndr_id", "10"}});
  xer.add("RSRC", {{"rsrc_id", "2"}, {"rsrc_short_name", "SAND"}, {"rsrc_type", "RT_Mat"}});
  xer.add("RSRCRATE", {{"rsrc_id", "1"},
                       {"max_qty_per_hr", "3"},
                       {"cost_per_qty", "50"},
                       {"start_date", "2020-01-01 00:00"}});
  xer.add("TASKRSRC", {{"task_id", "A"},
                       {"rsrc_id", "1"},
                       {"target_qty_per_hr", "2"},
                       {"remain_qty_per_hr", "1.5"},
                       {"target_qty", "32"}});
  xer.add("TASKRSRC", {{"task_id", "B"}, {"rsrc_id", "2"}, {"target_qty", "40"}});
  xer.add("SCHEDOPTIONS", {{"proj_id", "1"},
                           {"sched_calendar_on_relationship_lag", "rcal_Successor"},
                           {"sched_retained_logic", "N"},
                           {"sched_progress_override", "Y"},
                           {"sched_float_type", "FT_Min"}});
  return xer.str();
}

TEST(Pmxml, it_gives_the_plan_that_the_xer_file_of_the_same_facts_gives) {
  const ReadPlan xml = read_pmxml(hall(), "hall.xml");
  const ReadPlan xer = read_xer(hall_as_xer(), "hall.xer");
  EXPECT_FALSE(xml.findings.has_errors()) << words_of(xml.findings);
  Plan of_xer = xer.plan;
  of_xer.currency = xml.plan.currency;  // an XER file names it in its first line
  EXPECT_EQ(described(xml.plan), described(of_xer));
  EXPECT_EQ(xml.plan.tasks.size(), 6U);
  EXPECT_EQ(xml.plan.links.size(), 2U);
}

TEST(Pmxml, findings_name_the_line_of_the_object) {
  std::string text = hall();
  text.replace(text.find("<Lag>4</Lag>"), 12, "<Lag>four</Lag>");
  const ReadPlan read = read_pmxml(text, "hall.xml");
  ASSERT_EQ(count_of(read.findings, found::bad_number), 1U);
  for (const Finding& finding : read.findings.kept()) {
    if (finding.kind->code != "bad_number") continue;
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(text.find("<Lag>four")), '\n');
    EXPECT_EQ(finding.where.line, line);
  }
}

TEST(Pmxml, it_is_known_by_its_content_and_hostile_xml_is_refused) {
  const TemporaryFolder folder;
  EXPECT_EQ(recognise(folder.write("a.txt", hall())), FileFormat::pmxml);
  const ReadPlan laughs = read_pmxml(
      "<!DOCTYPE a [<!ENTITY b \"c\">]><APIBusinessObjects>&b;</APIBusinessObjects>", "x.xml");
  EXPECT_TRUE(has(laughs.findings, found::xml_entities));
  EXPECT_TRUE(read_pmxml("<APIBusinessObjects><Project>", "x.xml").findings.has_errors());
}

}  // namespace
}  // namespace diaodu::formats
