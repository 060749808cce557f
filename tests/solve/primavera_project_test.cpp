#include "solve/scheduled_xer.h"

// One project as an update in the middle of its course looks like: four calendars, work that is done, under way, out of
// sequence and suspended, all four links with lags and leads, upper dates that are missed.
//
// March 2024: the 4th is a Monday.  Calendars (hours of work):
//   Office  Mon-Fri 08:00-12:00 13:00-17:00, but not on Friday the 8th
//   Site    the same hours, every day
//   Six     Mon-Sat 07:00-12:00 12:30-15:30
//   Always  around the clock
// The data date is Wednesday the 6th, 10:00; the project must finish on Thursday the 14th, 17:00.
namespace diaodu::solve {
namespace {

std::string calendar_of(const std::string& first_day, int days, const std::string& shifts) {
  std::string week;
  for (int day = 1; day <= 7; ++day) {
    const bool works = days == 7 || (day >= first_day[0] - '0' && day < first_day[0] - '0' + days);
    week += "(0||" + std::to_string(day) + "()(" + (works ? shifts : "") + "))";
  }
  return "(0||CalendarData()((0||DaysOfWeek()(" + week + "))(0||Exceptions()())))";
}

XerText update() {
  const Row by_site{{"clndr_id", "11"}};
  XerText text;
  add_site(text);
  text.set("PROJECT", "last_recalc_date", "2024-03-06 10:00")
      .set("PROJECT", "plan_end_date", "2024-03-14 17:00")
      .add("CALENDAR",
           {{"clndr_id", "12"},
            {"clndr_name", "Six"},
            {"clndr_data",
             calendar_of("2", 6, "(0||0(f|12:00|s|07:00)())(0||1(s|12:30|f|15:30)())")}})
      .add("CALENDAR", {{"clndr_id", "13"},
                        {"clndr_name", "Office with a holiday"},
                        {"clndr_data", XerText::week("(0||0(d|45359)())")}})  // 2024-03-08
      .add("CALENDAR", {{"clndr_id", "24"},
                        {"clndr_name", "Always"},
                        {"clndr_data", calendar_of("1", 7, "(0||0(s|00:00|f|00:00)())")}})
      .add("RSRC", {{"rsrc_id", "1"},
                    {"rsrc_short_name", "CREW"},
                    {"rsrc_type", "RT_Labor"},
                    {"clndr_id", "12"}})
      .set("SCHEDOPTIONS", "proj_id", "1")
      .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
      .set("SCHEDOPTIONS", "sched_lag_early_start_flag", "Y");
  const auto office = [](const Row& row) { return with({{"clndr_id", "13"}}, row); };
  text.task("A", office(completed("2024-03-04 08:00", "2024-03-05 17:00")))
      .task("B", office(started("2024-03-05 08:00", "12")))
      .task("C", with(hours("8"), {{"clndr_id", "12"}}))
      .task("D", with(hours("8"), {{"clndr_id", "24"}}))
      .task("E", office({}))
      .task("F", office(with(hours("0"), {{"task_type", "TT_FinMile"}})))
      .task("G", office(completed("2024-03-05 13:00", "2024-03-06 09:00")))
      .task("H", with(hours("8"), by_site))
      .task("J", office(with(hours("8"), {{"cstr_type", "CS_ALAP"}})))
      .task("K",
            office(with(hours("8"), {{"cstr_type", "CS_MEOB"}, {"cstr_date", "2024-03-11 17:00"}})))
      .task("L", office({{"task_type", "TT_LOE"}}))
      .task("M", office(with(hours("8"), {{"external_early_start_date", "2024-03-12 13:00"}})))
      .task("N", office(hours("4")))
      .task("P", office(with(hours("8"), {{"task_type", "TT_Rsrc"}, {"rsrc_id", "1"}})))
      .task("Q",
            office(with(started("2024-03-04 08:00", "4"), {{"suspend_date", "2024-03-05 12:00"},
                                                           {"resume_date", "2024-03-11 10:00"}})))
      .link("A", "B")
      .link("B", "C", "PR_SS", "16")
      .link("C", "D", "PR_FS", "-2")
      .link("D", "E", "PR_FF", "4")
      .link("B", "E")
      .link("E", "F")
      .link("C", "F")
      .link("B", "G")
      .link("G", "H", "PR_FS", "4")
      .link("J", "H")
      .link("E", "K")
      .link("B", "L", "PR_SS")
      .link("E", "L", "PR_FF")
      .link("B", "N", "PR_SF", "20")
      .add("TASKRSRC", {{"task_id", "P"}, {"rsrc_id", "1"}, {"target_qty_per_hr", "1"}});
  return text;
}

TEST(PrimaveraProject, every_date_and_float_of_an_update_follows_from_the_rules) {
  const Scheduled it(update());
  struct Row {
    const char* task;
    const char* early;
    const char* late;
    double total;
    double free;
  };
  const Row rows[] = {
      // 12 h from Wednesday 10:00: 6, then 6 on Thursday.  It must end before E's late start, Wednesday 08:00: Tuesday
      // evening, 8 + 6 h too late.  (By C: 16 h of lag, 10 passed, 6 h before Wednesday 09:00 is Tuesday 11:00, and 12 h
      // later Wednesday 16:00.  By G, which hands H's back: Wednesday the 13th.)  E follows at once.
      {"B", "6 10:00 - 7 15:00", "4 13:00 - 5 17:00", -14, 0},
      // 6 h of lag are left after Wednesday 10:00: 17:00, so Thursday 07:00.  Late: D's start, Thursday 05:00, and 2 h of
      // Six more: 09:00; six hours of work before its finish.  D follows at once.
      {"C", "7 07:00 - 7 15:30", "6 09:00 - 7 09:00", -6, 0},
      // 2 h before C's finish.  Late: 4 h before E's finish.  From its 21:30 and 4 h, Friday 01:30, to E's finish on the
      // 12th, 15:00, there are 109.5 h.
      {"D", "7 13:30 - 7 21:30", "7 05:00 - 7 13:00", -8.5, 109.5},
      // After B: 2 h on Thursday, none on the 8th, 8 on Monday, 6 on Tuesday.  K must start on Monday 08:00, so E ends on
      // Thursday evening.
      {"E", "7 15:00 - 12 15:00", "6 08:00 - 7 17:00", -14, 0},
      // Where E ends; nothing follows: to the end of the project's work, Wednesday 15:00, there are 8 h, to the date by
      // which it must finish 2 + 8 + 8.
      {"F", "12 15:00 - 12 15:00", "14 17:00 - 14 17:00", 18, 8},
      // G hands B's Thursday 15:00 on.  Of its 4 h of lag one has passed: 2 h on Thursday and one on Monday, 09:00.
      {"H", "11 09:00 - 12 09:00", "14 08:00 - 14 17:00", 23, 13},
      // As late as H lets it: an hour on Monday, seven on Thursday.  Late: before H's late start.
      {"J", "7 09:00 - 11 09:00", "13 08:00 - 13 17:00", 23, 0},
      // After E; missed by 8 + 6 h; it is the last of all.
      {"K", "12 15:00 - 13 15:00", "11 08:00 - 11 17:00", -14, 0},
      // Another project lets it begin on Tuesday 13:00.
      {"M", "12 13:00 - 13 12:00", "14 08:00 - 14 17:00", 12, 2},
      // 10 h of 20 are left after B's start: it ends no earlier than Thursday noon.
      {"N", "7 08:00 - 7 12:00", "14 13:00 - 14 17:00", 36, 26},
      // By the crew's calendar: 5 h on Wednesday, 3 on Thursday.  Late: until Thursday the 14th, 15:30.
      {"P", "6 10:00 - 7 10:00", "14 07:00 - 14 15:30", 53, 44.5},
      // Goes on when it resumes.
      {"Q", "11 10:00 - 11 15:00", "14 13:00 - 14 17:00", 26, 16},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(it.early(row.task), row.early) << row.task;
    EXPECT_EQ(it.late(row.task), row.late) << row.task;
    EXPECT_DOUBLE_EQ(static_cast<double>(it.dates(row.task).total_float.count()) / 60, row.total)
        << row.task;
    EXPECT_DOUBLE_EQ(static_cast<double>(it.dates(row.task).free_float.count()) / 60, row.free)
        << row.task;
  }
  EXPECT_EQ(it.early("L"), "6 10:00 - 12 15:00");  // with B, which has begun, to E
  for (const char* done : {"A", "G"}) EXPECT_FALSE(it.dates(done).has_float) << done;
  EXPECT_EQ(it.answer.status, Status::optimal);
  EXPECT_FALSE(it.answer.findings.has_errors());
}

// --- several projects

XerText two_projects() {
  return XerText()
      .add("PROJECT", {{"proj_id", "2"},
                       {"proj_short_name", "Roof"},
                       {"export_flag", "Y"},
                       {"clndr_id", "10"},
                       {"last_recalc_date", "2024-02-28 08:00"},
                       {"plan_start_date", "2024-02-01 08:00"}})
      .add("TASK", {{"task_id", "91"},
                    {"proj_id", "2"},
                    {"task_code", "A"},
                    {"clndr_id", "10"},
                    {"early_start_date", "2024-03-04 08:00"},
                    {"early_end_date", "2024-03-06 17:00"},
                    {"late_start_date", "2024-03-07 08:00"},
                    {"late_end_date", "2024-03-11 17:00"}})
      .task("A")
      .task("B")
      .task("L", hours("40"));
}

TEST(PrimaveraProject, what_is_linked_with_another_project_of_the_file_keeps_to_its_dates) {
  // Roof's A ends on Wednesday evening: 8 h later is Thursday evening, so A begins on Friday.  B, Monday and Tuesday,
  // comes before Roof's late start on Thursday morning: a day of float, though A goes on until Monday.
  const Scheduled it(two_projects().link("91", "A", "PR_FS", "8").link("B", "91"));
  EXPECT_EQ(it.early("A"), "8 08:00 - 11 17:00");
  EXPECT_EQ(it.late("B"), "5 08:00 - 6 17:00");
  EXPECT_EQ(it.total("B"), 8);
  EXPECT_TRUE(it.finds("read_otherwise"));  // Roof's activities are not scheduled
  EXPECT_FALSE(it.finds("xer_external_link"));
}

TEST(PrimaveraProject, links_to_other_projects_count_for_nothing_where_the_options_say_so) {
  const Scheduled it(two_projects()
                         .set("SCHEDOPTIONS", "proj_id", "1")
                         .set("SCHEDOPTIONS", "sched_outer_depend_type", "SD_None")
                         .link("91", "A", "PR_FS", "8")
                         .link("B", "91"));
  EXPECT_EQ(it.early("A"), "4 08:00 - 5 17:00");
  EXPECT_EQ(it.total("B"), 24);
  EXPECT_TRUE(it.finds("xer_external_link"));
}

TEST(PrimaveraProject, each_kind_of_link_to_another_project_binds_the_end_it_names) {
  // Roof's A: Monday 08:00 to Wednesday 17:00.  Start to start by 16 h: Tuesday evening, so Wednesday; finish to
  // finish: Wednesday evening, so Tuesday; start to finish by 24 h: the same; two of one kind: the later.
  EXPECT_EQ(Scheduled(two_projects().link("91", "A", "PR_SS", "16")).early("A"),
            "6 08:00 - 7 17:00");
  EXPECT_EQ(Scheduled(two_projects().link("91", "A", "PR_FF")).early("A"), "5 08:00 - 6 17:00");
  EXPECT_EQ(Scheduled(two_projects().link("91", "A", "PR_SF", "24")).early("A"),
            "5 08:00 - 6 17:00");
  EXPECT_EQ(
      Scheduled(two_projects().link("91", "A", "PR_SS", "16").link("91", "A", "PR_FS")).early("A"),
      "7 08:00 - 8 17:00");
}

}  // namespace
}  // namespace diaodu::solve
