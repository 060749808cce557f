#include "diaodu/formats/xer_write.h"

#include "formats/xer_text.h"

namespace diaodu::formats {
namespace {

Instant on_day(int day, int hour) {
  return Instant{LocalTime::at(Date::from(2024, 3, day), hour * 60).minutes};
}

PlannedTable all_on_the_fifth(const Plan& plan) {
  PlannedTable dates(plan.tasks.size());
  for (PlannedDates& each : dates) {
    each.earliest_start = on_day(5, 8);
    each.earliest_finish = on_day(6, 17);
    each.latest_start = on_day(7, 8);
    each.latest_finish = on_day(8, 17);
    each.total_float = WorkTime{16 * 60};
    each.free_float = WorkTime{100};
  }
  return dates;
}

TEST(XerWrite, dates_and_floats_are_written_and_all_else_stays_byte_for_byte) {
  const XerText::Row fields = {{"early_start_date", "2024-03-04 08:00"},
                               {"early_end_date", ""},
                               {"late_end_date", ""},
                               {"total_float_hr_cnt", "16.0"},
                               {"free_float_hr_cnt", ""},
                               {"user_field_7", " Caf\xE9 "}};
  const std::string before = XerText()
                                 .task("A", fields)
                                 .add("UDFVALUE", {{"fk_id", "A"}, {"udf_text", "\xBD\xBD kept"}})
                                 .str();
  const ReadPlan read = read_xer(before, "hall.xer");
  Findings findings;
  const std::string after =
      rewrite_xer(before, read.plan, read.sources, all_on_the_fifth(read.plan), findings);
  // Fields lie in the order of their names.  100 minutes are 1.6667 hours; 16.0 hours are 16 already.
  std::string expected = before;
  const auto replace = [&expected](const std::string& from, const std::string& to) {
    expected.replace(expected.find(from), from.size(), to);
  };
  replace("\t\t2024-03-04 08:00\t\t\t",
          "\t2024-03-06 17:00\t2024-03-05 08:00\t1.6667\t2024-03-08 17:00\t");
  EXPECT_EQ(after, expected);
  EXPECT_TRUE(findings.is_empty());
}

TEST(XerWrite, completed_activities_and_files_without_such_fields_stay_as_they_are) {
  const std::string before = XerText()
                                 .task("A", {{"act_start_date", "2024-03-04 08:00"},
                                             {"act_end_date", "2024-03-05 17:00"},
                                             {"status_code", "TK_Complete"},
                                             {"early_start_date", ""}})
                                 .str();
  const ReadPlan read = read_xer(before, "hall.xer");
  PlannedTable dates = all_on_the_fifth(read.plan);
  dates[TaskId{0}].has_float = false;
  Findings findings;
  EXPECT_EQ(rewrite_xer(before, read.plan, read.sources, dates, findings), before);
}

}  // namespace
}  // namespace diaodu::formats
