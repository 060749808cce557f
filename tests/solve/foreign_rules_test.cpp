#include "diaodu/solve/critical_path.h"
#include "formats/mspdi_text.h"
#include "formats/xer_text.h"

namespace diaodu::solve {
namespace {

using formats::MspdiText;
using formats::XerText;

/// A file's dates by its own program's rules, by links alone: `4 08:00`, day of March 2024 and clock.
class DatesOf {
 public:
  explicit DatesOf(const formats::ReadPlan& read)
      : read_(read), times_(read.plan), states_(read.plan, times_) {
    EXPECT_FALSE(read.findings.has_errors())
        << to_string(read.findings.kept().front(), Language::english);
    network_ = make_network(read.plan, times_, states_);
    ForwardPass forward = forward_pass(network_);
    EXPECT_FALSE(forward.circle);
    path_ = forward.path;
    backward_pass(network_, path_);
    place_as_late_as_possible(network_, path_);
  }

  std::string early(std::string_view task) const {
    return span(path_.earliest_start[node(task)], path_.earliest_finish[node(task)]);
  }
  std::string late(std::string_view task) const {
    return span(path_.latest_start[node(task)], path_.latest_finish[node(task)]);
  }
  std::int64_t total(std::string_view task) const {
    return total_float(network_, path_, node(task)).count() / 60;
  }
  std::int64_t free(std::string_view task) const {
    return free_float(network_, path_, node(task)).count() / 60;
  }

 private:
  Node node(std::string_view task) const {
    for (TaskId id : read_.plan.tasks.ids()) {
      if (read_.plan.tasks[id].id == task || read_.plan.tasks[id].name == task)
        return network_.node_of[id];
    }
    ADD_FAILURE() << "no task " << task;
    return 0;
  }
  static std::string one(Instant instant) {
    const LocalTime time{instant.minutes()};
    return std::to_string(year_month_day(time.date()).day) + " " +
           clock_string(time.minute_of_day());
  }
  static std::string span(Instant from, Instant to) { return one(from) + " - " + one(to); }

  const formats::ReadPlan& read_;
  WorkingTimes times_;
  TaskStates states_;
  Network network_;
  CriticalPath path_;
};

// --- Primavera.  The project begins on Monday, 4 March 2024; tasks take 16 hours, two days.

XerText::Row started(const std::string& at, const std::string& hours_left) {
  return {{"act_start_date", at}, {"status_code", "TK_Active"}, {"remain_drtn_hr_cnt", hours_left}};
}

XerText on_wednesday() { return XerText().set("PROJECT", "last_recalc_date", "2024-03-06 08:00"); }

TEST(PrimaveraRules, a_lag_from_a_start_counts_from_what_remains_or_from_the_actual_start) {
  //  A works since Monday and has 8 h left, but waits for P, which takes Wednesday and Thursday.
  //  B starts 3 days after A's start.  Two of these days have passed by Wednesday:
  //    early start:  A goes on Friday; one day of lag is left: B on Monday the 11th.
  //    actual start: Monday the 4th and three days: B on Thursday the 7th.
  for (const bool is_early : {true, false}) {
    const formats::ReadPlan read =
        on_wednesday()
            .set("SCHEDOPTIONS", "proj_id", "1")
            .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
            .set("SCHEDOPTIONS", "sched_lag_early_start_flag", is_early ? "Y" : "N")
            .task("P")
            .task("A", started("2024-03-04 08:00", "8"))
            .task("B")
            .link("P", "A")
            .link("A", "B", "PR_SS", "24")
            .read();
    const DatesOf dates(read);
    EXPECT_EQ(dates.early("A"), "8 08:00 - 8 17:00");
    EXPECT_EQ(dates.early("B"), is_early ? "11 08:00 - 12 17:00" : "7 08:00 - 8 17:00");
    // The project ends with B.  Counted from what remains, B's lag holds A as well: no float.
    if (is_early) {
      EXPECT_EQ(dates.total("A"), 0);
    }
    if (is_early) {
      EXPECT_EQ(dates.total("P"), 0);
    }
  }
}

TEST(PrimaveraRules, an_interrupted_task_goes_on_when_it_resumes) {
  XerText::Row row = started("2024-03-04 08:00", "8");
  row["suspend_date"] = "2024-03-05 17:00";
  row["resume_date"] = "2024-03-11 08:00";
  const formats::ReadPlan read = on_wednesday().task("A", row).read();
  EXPECT_EQ(DatesOf(read).early("A"), "11 08:00 - 11 17:00");
}

TEST(PrimaveraRules, open_ends_may_have_no_float) {
  // A takes 2 days and B 4 weeks.  Where open ends are critical, A must end when it does.
  for (const bool is_critical : {true, false}) {
    const formats::ReadPlan read =
        XerText()
            .set("SCHEDOPTIONS", "proj_id", "1")
            .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
            .set("SCHEDOPTIONS", "sched_open_critical_flag", is_critical ? "Y" : "N")
            .task("A")
            .task("B", {{"remain_drtn_hr_cnt", "40"}, {"target_drtn_hr_cnt", "40"}})
            .read();
    EXPECT_EQ(DatesOf(read).total("A"), is_critical ? 0 : 24);
  }
}

TEST(PrimaveraRules, dates_of_links_to_other_projects_hold_unless_they_are_ignored) {
  for (const bool is_ignored : {true, false}) {
    const formats::ReadPlan read =
        XerText()
            .set("SCHEDOPTIONS", "proj_id", "1")
            .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
            .set("SCHEDOPTIONS", "sched_outer_depend_type", is_ignored ? "SD_None" : "SD_Both")
            .task("A", {{"external_early_start_date", "2024-03-07 08:00"},
                        {"external_late_end_date", "2024-03-08 17:00"}})
            .task("B", {{"remain_drtn_hr_cnt", "80"}, {"target_drtn_hr_cnt", "80"}})
            .read();
    const DatesOf dates(read);
    EXPECT_EQ(dates.early("A"), is_ignored ? "4 08:00 - 5 17:00" : "7 08:00 - 8 17:00");
    EXPECT_EQ(dates.late("A"), is_ignored ? "14 08:00 - 15 17:00" : "7 08:00 - 8 17:00");
  }
}

TEST(PrimaveraRules, a_lead_counts_back_on_the_predecessors_calendar) {
  // A: Monday and Tuesday.  B may begin 8 h before A ends: Tuesday morning.
  const formats::ReadPlan read = XerText().task("A").task("B").link("A", "B", "PR_FS", "-8").read();
  EXPECT_EQ(DatesOf(read).early("B"), "5 08:00 - 6 17:00");
}

TEST(PrimaveraRules, a_link_from_start_to_finish_makes_the_finish_wait_for_the_start) {
  // P takes Monday and Tuesday, A starts on Wednesday; B ends no earlier than that and 8 h: Wednesday 17:00.
  const formats::ReadPlan read =
      XerText().task("P").task("A").task("B").link("P", "A").link("A", "B", "PR_SF", "8").read();
  EXPECT_EQ(DatesOf(read).early("B"), "5 08:00 - 6 17:00");
}

TEST(PrimaveraRules, as_late_as_possible_takes_free_float_only) {
  // B waits for L, which takes four days; A, as late as possible, ends just before B starts on Friday.
  const formats::ReadPlan read =
      XerText()
          .task("A", {{"cstr_type", "CS_ALAP"}})
          .task("L", {{"remain_drtn_hr_cnt", "32"}, {"target_drtn_hr_cnt", "32"}})
          .task("B")
          .link("A", "B")
          .link("L", "B")
          .read();
  EXPECT_EQ(DatesOf(read).early("A"), "6 08:00 - 7 17:00");
  EXPECT_EQ(DatesOf(read).early("B"), "8 08:00 - 11 17:00");
}

TEST(PrimaveraRules, unfinished_work_holds_back_what_follows_a_completed_task) {
  // C is done though P, before it, is not: S still waits for P, Wednesday and Thursday.
  const formats::ReadPlan read = on_wednesday()
                                     .task("P")
                                     .task("C", {{"act_start_date", "2024-03-04 08:00"},
                                                 {"act_end_date", "2024-03-05 17:00"},
                                                 {"status_code", "TK_Complete"}})
                                     .task("S")
                                     .link("P", "C")
                                     .link("C", "S")
                                     .read();
  EXPECT_EQ(DatesOf(read).early("S"), "8 08:00 - 11 17:00");
}

TEST(PrimaveraRules, a_lag_after_a_completed_task_runs_from_its_actual_finish) {
  // Done on Tuesday evening, and three days: S on Monday the 11th.
  const formats::ReadPlan read = on_wednesday()
                                     .task("C", {{"act_start_date", "2024-03-04 08:00"},
                                                 {"act_end_date", "2024-03-05 17:00"},
                                                 {"status_code", "TK_Complete"}})
                                     .task("S")
                                     .link("C", "S", "PR_FS", "24")
                                     .read();
  EXPECT_EQ(DatesOf(read).early("S"), "11 08:00 - 12 17:00");
}

// --- MS Project.  The same project.

TEST(ProjectRules, the_four_relations_with_lags_and_leads) {
  struct Case {
    const char* type;
    const char* lag;
    const char* early;
  };
  // A takes Monday and Tuesday, B one day.
  const std::vector<Case> cases = {
      {"1", "0", "6 08:00 - 6 17:00"},      // after A
      {"1", "4800", "7 08:00 - 7 17:00"},   // a day later
      {"1", "-4800", "5 08:00 - 5 17:00"},  // a day earlier: A's second
      {"3", "0", "4 08:00 - 4 17:00"},      // with A
      {"3", "2400", "4 13:00 - 5 12:00"},   // half a day later
      {"0", "0", "5 08:00 - 5 17:00"},      // ends with A
      {"0", "4800", "6 08:00 - 6 17:00"},   // a day after A ends
      {"2", "9600", "5 08:00 - 5 17:00"}};  // ends two days after A starts
  for (const Case& each : cases) {
    const formats::ReadPlan read =
        MspdiText()
            .task("A", "PT16H0M0S")
            .task("B", "PT8H0M0S", {MspdiText::after(1, each.type, each.lag)})
            .read();
    EXPECT_EQ(DatesOf(read).early("B"), each.early) << each.type << ' ' << each.lag;
  }
}

TEST(ProjectRules, lags_on_the_clock_and_in_percent) {
  // A ends on Tuesday 17:00.  Three elapsed days: Friday 17:00, so B begins on Monday.  Half of A: one day.
  const auto early = [](const char* lag, const char* format) {
    const formats::ReadPlan read =
        MspdiText()
            .task("A", "PT16H0M0S")
            .task("B", "PT8H0M0S", {MspdiText::after(1, "1", lag, format)})
            .read();
    return DatesOf(read).early("B");
  };
  EXPECT_EQ(early("43200", "8"), "11 08:00 - 11 17:00");
  EXPECT_EQ(early("50", "19"), "7 08:00 - 7 17:00");
}

TEST(ProjectRules, an_elapsed_duration_works_around_the_clock) {
  const formats::ReadPlan read = MspdiText()
                                     .task("Cure", "PT48H0M0S", {{"DurationFormat", "8"}})
                                     .task("Strip", "PT8H0M0S", {MspdiText::after(1)})
                                     .read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.early("Cure"), "4 08:00 - 6 08:00");
  EXPECT_EQ(dates.early("Strip"), "6 08:00 - 6 17:00");
}

TEST(ProjectRules, a_task_calendar_decides_and_lags_count_on_it) {
  // B works nights 20:00-24:00 only: eight hours are two nights.  Its lag of four hours is one of its nights.
  MspdiText text;
  std::string nights;
  for (int day = 1; day <= 7; ++day)
    nights += MspdiText::day(day, MspdiText::shift("20:00", "00:00"));
  text.calendar({{"UID", "3"}, {"Name", "Nights"}, {"IsBaseCalendar", "1"}, {"WeekDays", nights}})
      .task("A", "PT8H0M0S")
      .task("B", "PT8H0M0S", {{"CalendarUID", "3"}, MspdiText::after(1, "1", "2400")});
  const formats::ReadPlan read = text.read();
  EXPECT_EQ(DatesOf(read).early("B"), "5 20:00 - 7 00:00");
}

TEST(ProjectRules, a_resources_calendar_decides_unless_it_is_ignored) {
  // The crew does not work on Tuesdays.
  for (const bool ignored : {false, true}) {
    MspdiText text;
    text.calendar({{"UID", "5"},
                   {"Name", "Crew"},
                   {"IsBaseCalendar", "0"},
                   {"BaseCalendarUID", "1"},
                   {"WeekDays", MspdiText::day(3, "")}})
        .resource({{"UID", "1"}, {"Name", "Crew"}, {"Type", "1"}, {"CalendarUID", "5"}})
        .task("A", "PT16H0M0S",
              {{"CalendarUID", ignored ? "1" : "-1"},
               {"IgnoreResourceCalendar", ignored ? "1" : "0"}})
        .assignment({{"TaskUID", "1"}, {"ResourceUID", "1"}});
    const formats::ReadPlan read = text.read();
    EXPECT_EQ(DatesOf(read).early("A"), ignored ? "4 08:00 - 5 17:00" : "4 08:00 - 6 17:00");
  }
}

TEST(ProjectRules, total_slack_is_the_smaller_and_a_deadline_takes_it_away) {
  // A has a day, B three; both end the project.  A's deadline is Tuesday: one day of slack, not two.
  const formats::ReadPlan read = MspdiText()
                                     .task("A", "PT8H0M0S")
                                     .task("B", "PT24H0M0S")
                                     .task("C", "PT8H0M0S", {{"Deadline", "2024-03-05T17:00:00"}})
                                     .read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.total("A"), 16);
  EXPECT_EQ(dates.total("B"), 0);
  EXPECT_EQ(dates.total("C"), 8);
}

TEST(ProjectRules, manual_tasks_stay_and_push_what_follows) {
  const formats::ReadPlan read =
      MspdiText()
          .task("A", "PT40H0M0S")
          .task("M", "PT8H0M0S",
                {{"Manual", "1"}, {"ManualStart", "2024-03-06T08:00:00"}, MspdiText::after(1)})
          .task("B", "PT8H0M0S", {MspdiText::after(2)})
          .read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.early("M"), "6 08:00 - 6 17:00");
  EXPECT_EQ(dates.early("B"), "7 08:00 - 7 17:00");
}

TEST(ProjectRules, from_its_finish_a_project_is_as_late_as_possible) {
  // B ends on Friday the 8th, A before it.
  const formats::ReadPlan read = MspdiText()
                                     .project("ScheduleFromStart", "0")
                                     .project("FinishDate", "2024-03-08T17:00:00")
                                     .task("A", "PT8H0M0S")
                                     .task("B", "PT16H0M0S", {MspdiText::after(1)})
                                     .read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.early("B"), "7 08:00 - 8 17:00");
  EXPECT_EQ(dates.early("A"), "6 08:00 - 6 17:00");
}

TEST(ProjectRules, as_in_the_example_of_sixteen_linked_tasks_lags_of_days_and_weeks_add_up) {
  // Days 1 2, weeks 1 2 after a task of a day each: lags in working time.
  //  A Mon 4; B after 2 days: Thu 7; C after a week: Fri 15; D after two weeks: Mon 1 April.
  const formats::ReadPlan read =
      MspdiText()
          .task("A", "PT8H0M0S")
          .task("B", "PT8H0M0S", {MspdiText::after(1, "1", "9600", "7")})
          .task("C", "PT8H0M0S", {MspdiText::after(2, "1", "24000", "9")})
          .task("D", "PT8H0M0S", {MspdiText::after(3, "1", "48000", "9")})
          .read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.early("B"), "7 08:00 - 7 17:00");
  EXPECT_EQ(dates.early("C"), "15 08:00 - 15 17:00");
  EXPECT_EQ(dates.early("D"), "1 08:00 - 1 17:00");
}

TEST(ProjectRules, durations_of_all_units_working_and_elapsed) {
  // Project writes a working duration in working hours, an elapsed one in hours of the clock:
  //   a minute, an hour, a day of 8, a week of 40, a month of 160 hours (20 days: Friday the 29th);
  //   elapsed, a day of 24 hours, a week of 168, and 30 days of the clock: Wednesday, 3 April.
  struct Case {
    const char* duration;
    const char* format;
    const char* early;
  };
  const std::vector<Case> cases = {
      {"PT0H1M0S", "3", "4 08:00 - 4 08:01"},     {"PT1H0M0S", "5", "4 08:00 - 4 09:00"},
      {"PT8H0M0S", "7", "4 08:00 - 4 17:00"},     {"PT40H0M0S", "9", "4 08:00 - 8 17:00"},
      {"PT160H0M0S", "11", "4 08:00 - 29 17:00"}, {"PT0H1M0S", "4", "4 08:00 - 4 08:01"},
      {"PT1H0M0S", "6", "4 08:00 - 4 09:00"},     {"PT24H0M0S", "8", "4 08:00 - 5 08:00"},
      {"PT168H0M0S", "10", "4 08:00 - 11 08:00"}, {"PT720H0M0S", "12", "4 08:00 - 3 08:00"}};
  for (const Case& each : cases) {
    const formats::ReadPlan read =
        MspdiText().task("A", each.duration, {{"DurationFormat", each.format}}).read();
    EXPECT_EQ(DatesOf(read).early("A"), each.early) << each.duration << ' ' << each.format;
  }
}

TEST(ProjectRules, slack_of_a_short_task_beside_a_long_one) {
  // A takes a day and B a week; C, one day, follows both, on Monday the 11th.  D follows A alone and ends the project
  // when it likes: A could end four days later for C, and D's slack, Tuesday to Monday, is four days too.
  const formats::ReadPlan read =
      MspdiText()
          .task("A", "PT8H0M0S")
          .task("B", "PT40H0M0S")
          .task("C", "PT8H0M0S", {MspdiText::after(1), MspdiText::after(2)})
          .task("D", "PT8H0M0S", {MspdiText::after(1)})
          .read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.total("A"), 32);
  EXPECT_EQ(dates.free("A"), 0);  // D follows at once
  EXPECT_EQ(dates.total("B"), 0);
  EXPECT_EQ(dates.free("B"), 0);
  EXPECT_EQ(dates.total("C"), 0);
  EXPECT_EQ(dates.total("D"), 32);
  EXPECT_EQ(dates.free("D"), 32);
  EXPECT_EQ(dates.late("D"), "11 08:00 - 11 17:00");
}

TEST(ProjectRules, task_calendars_with_days_off_of_their_own) {
  // A on the calendar Site, which does not work on Wednesday the 6th: Monday, Tuesday, Thursday.
  // B, on Saturdays and Sundays only, follows A: the 9th and 10th.
  MspdiText text;
  text.calendar({{"UID", "3"},
                 {"Name", "Site"},
                 {"IsBaseCalendar", "1"},
                 {"BaseCalendarUID", "-1"},
                 {"WeekDays", MspdiText::week()},
                 {"Exceptions",
                  MspdiText::element(
                      "Exception", MspdiText::period("2024-03-06", "2024-03-06") +
                                       MspdiText::elements({{"Type", "1"}, {"DayWorking", "0"}}))}})
      .calendar({{"UID", "4"},
                 {"Name", "Weekend"},
                 {"IsBaseCalendar", "1"},
                 {"BaseCalendarUID", "-1"},
                 {"WeekDays", MspdiText::day(1, MspdiText::shift("08:00", "16:00")) +
                                  MspdiText::day(7, MspdiText::shift("08:00", "16:00"))}})
      .task("A", "PT24H0M0S", {{"CalendarUID", "3"}})
      .task("B", "PT16H0M0S", {{"CalendarUID", "4"}, MspdiText::after(1)});
  const formats::ReadPlan read = text.read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.early("A"), "4 08:00 - 7 17:00");
  EXPECT_EQ(dates.early("B"), "9 08:00 - 10 16:00");
}

TEST(ProjectRules, constraints_hold_starts_and_finishes) {
  // Each alone, two days, in a project of two weeks.  Types 2 to 7: must start on, must finish on, start no earlier, start
  // no later, finish no earlier, finish no later; all on Thursday the 7th, mornings for starts, evenings for
  // finishes.
  struct Case {
    const char* type;
    const char* date;
    const char* early;
    const char* late;
  };
  const char* morning = "2024-03-07T08:00:00";
  const char* evening = "2024-03-07T17:00:00";
  const std::vector<Case> cases = {{"2", morning, "7 08:00 - 8 17:00", "7 08:00 - 8 17:00"},
                                   {"3", evening, "6 08:00 - 7 17:00", "6 08:00 - 7 17:00"},
                                   {"4", morning, "7 08:00 - 8 17:00", "14 08:00 - 15 17:00"},
                                   {"5", morning, "4 08:00 - 5 17:00", "7 08:00 - 8 17:00"},
                                   {"6", evening, "6 08:00 - 7 17:00", "14 08:00 - 15 17:00"},
                                   {"7", evening, "4 08:00 - 5 17:00", "6 08:00 - 7 17:00"}};
  for (const Case& each : cases) {
    const formats::ReadPlan read =
        MspdiText()
            .task("A", "PT16H0M0S", {{"ConstraintType", each.type}, {"ConstraintDate", each.date}})
            .task("L", "PT80H0M0S")
            .read();
    const DatesOf dates(read);
    EXPECT_EQ(dates.early("A"), each.early) << each.type;
    EXPECT_EQ(dates.late("A"), each.late) << each.type;
  }
}

TEST(ProjectRules, what_is_done_stays_and_what_is_under_way_goes_on_from_the_status_date) {
  // A was done on Monday and Tuesday.  B, two days, began on Wednesday and is half done on Thursday morning: it goes on.
  const formats::ReadPlan read = MspdiText()
                                     .project("StatusDate", "2024-03-07T08:00:00")
                                     .task("A", "PT16H0M0S",
                                           {{"PercentComplete", "100"},
                                            {"ActualStart", "2024-03-04T08:00:00"},
                                            {"ActualFinish", "2024-03-05T17:00:00"}})
                                     .task("B", "PT16H0M0S",
                                           {{"PercentComplete", "50"},
                                            {"ActualStart", "2024-03-06T08:00:00"},
                                            {"RemainingDuration", "PT8H0M0S"},
                                            MspdiText::after(1)})
                                     .task("C", "PT8H0M0S", {MspdiText::after(2)})
                                     .read();
  const DatesOf dates(read);
  EXPECT_EQ(dates.early("B"), "7 08:00 - 7 17:00");
  EXPECT_EQ(dates.early("C"), "8 08:00 - 8 17:00");
}

}  // namespace
}  // namespace diaodu::solve
