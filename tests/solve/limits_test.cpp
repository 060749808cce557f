#include "diaodu/solve/limits.h"

#include <gtest/gtest.h>

#include "diaodu/plan/holidays_cn.h"
#include "diaodu/solve/solve.h"
#include "support/findings.h"
#include "support/tables.h"

namespace diaodu::solve {
namespace {

Answer answer_of(const std::vector<TableText>& tables, std::string_view toml = kMonday) {
  const auto read = read_tables(tables, toml);
  EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  return solve(read.plan, read.sources, {});
}

// All plans start on Monday 2022-08-01; a day is 08:00-12:00 13:00-17:00.

TEST(Limits, a_constraint_that_comes_too_late_names_the_chain_before_it) {
  // A Mon-Wed, B Thu-Fri, C from Monday 08-08 to its evening; it must be done by Friday.
  const Answer of = answer_of(
      {{"tasks",
        "id,duration,predecessors,constraint,date\nA,3d,,,\nB,2d,A,,\nC,1d,B,finish_on_or_before,"
        "2022-08-05\n"}});
  EXPECT_EQ(of.status, Status::infeasible);
  ASSERT_EQ(count_of(of.findings, found::too_late_for_constraint), 1U);
  const std::string words = words_of(of.findings);
  EXPECT_NE(words.find("'C' must finish by 2022-08-05"), std::string::npos) << words;
  EXPECT_NE(words.find("A → B → C"), std::string::npos) << words;
}

TEST(Limits, a_start_by_a_date_without_work_may_wait_for_the_next_morning) {
  // A works Monday to Friday; B starts on Monday 08-08, 08:00.  "By Saturday" means the same to its
  // calendar; "by Friday" does not.
  const auto by = [](const std::string& date) {
    return answer_of({{"tasks",
                       "id,duration,predecessors,constraint,date\nA,5d,,,\n"
                       "B,1d,A,start_on_or_before," +
                           date + "\n"}});
  };
  EXPECT_EQ(by("2022-08-06 10:00").status, Status::optimal);
  EXPECT_EQ(by("2022-08-05 10:00").status, Status::infeasible);
}

TEST(Limits, a_deadline_is_a_wish) {
  // Three days from Monday end on Wednesday, a day late.
  const Answer of = answer_of({{"tasks", "id,duration,deadline\nA,3d,2022-08-02\n"}});
  EXPECT_EQ(of.status, Status::optimal);
  EXPECT_EQ(count_of(of.findings, found::deadline_missed), 1U);
  EXPECT_FALSE(of.findings.has_errors());
}

TEST(Limits, a_plan_that_must_finish_earlier_than_its_chain_has_no_schedule) {
  // Three days from Monday end on Wednesday; the plan must be done by Tuesday, and by Wednesday it is.
  const std::vector<TableText> tables = {{"tasks", "id,duration\nA,3d\n"}};
  const auto by = [&](const std::string& date) {
    return answer_of(tables, "[plan]\nstart = 2022-08-01\nmust_finish = " + date + "\n");
  };
  const Answer late = by("2022-08-02");
  EXPECT_EQ(late.status, Status::infeasible);
  EXPECT_EQ(count_of(late.findings, found::must_finish_missed), 1U);
  EXPECT_EQ(by("2022-08-03").status, Status::optimal);
}

TEST(Limits, a_mandatory_start_breaks_the_link_that_forbids_it_and_says_so) {
  // A Mon-Wed, so its link allows B from Thursday 08-04; B starts on Tuesday all the same.
  const Answer of = answer_of({{"tasks",
                                "id,duration,predecessors,constraint,date\nA,3d,,,\n"
                                "B,1d,A,mandatory_start,2022-08-02\n"}});
  ASSERT_EQ(count_of(of.findings, found::link_broken_by_mandatory), 1U);
  const std::string words = words_of(of.findings);
  EXPECT_NE(words.find("'B' breaks its link from 'A'"), std::string::npos) << words;
}

TEST(Limits, years_whose_holidays_nobody_knows_yet_are_a_warning_on_calendars_that_have_them) {
  // A day's work in the year after the last one announced.
  const int year = last_statutory_year_cn() + 1;
  const auto on = [year](const std::string& calendar) {
    const std::string date = std::to_string(year) + "-03-01";
    const std::string toml = "[plan]\nstart = " + date + "\ncalendar = \"" + calendar +
                             "\"\n[calendars.site]\nbase = \"cn\"\nsunday = \"08:00-12:00\"\n";
    const Answer of = answer_of({{"tasks", "id,duration\nA,1d\n"}}, toml);
    EXPECT_EQ(of.status, Status::optimal);
    return count_of(of.findings, found::holidays_not_announced);
  };
  EXPECT_EQ(on("cn"), 1U);
  EXPECT_EQ(on("site"), 1U) << "what it is based on counts too";
  EXPECT_EQ(on("standard"), 0U);
}

}  // namespace
}  // namespace diaodu::solve
