#include "diaodu/check/schedule_check.h"
#include "diaodu/formats/xer_write.h"
#include "solve/scheduled_xer.h"

// Primavera's rules, one by one, in files as it writes them.  The project begins on Monday, 4 March 2024; tasks take
// 16 hours, two days of 08:00-12:00 13:00-17:00, Monday to Friday, unless they say otherwise.
namespace diaodu::solve {
namespace {

// --- dates that are missed

TEST(PrimaveraRules, a_date_to_finish_by_that_is_missed_shows_as_negative_float) {
  // A and B take Monday to Thursday; B should finish on Tuesday evening: two days late, and so is A.
  const Scheduled it(XerText()
                         .task("A")
                         .task("B", {{"cstr_type", "CS_MEOB"}, {"cstr_date", "2024-03-05 17:00"}})
                         .link("A", "B"));
  EXPECT_EQ(it.early("B"), "6 08:00 - 7 17:00");
  EXPECT_EQ(it.late("B"), "4 08:00 - 5 17:00");
  EXPECT_EQ(it.total("B"), -16);
  EXPECT_EQ(it.total("A"), -16);
  EXPECT_EQ(it.answer.status, Status::optimal);  // the dates are as early as links allow
  EXPECT_TRUE(it.finds("constraint_missed"));
  EXPECT_FALSE(it.answer.findings.has_errors());
}

TEST(PrimaveraRules, every_kind_of_upper_date_bounds_late_dates_alone) {
  // B follows A: Wednesday and Thursday.  Tuesday is two days too early for each of its ends.
  struct Case {
    const char* kind;
    const char* date;
    std::int64_t total;
  };
  for (const Case& each : {Case{"CS_MSOB", "2024-03-04 08:00", -16},
                           {"CS_MSO", "2024-03-04 08:00", -16},
                           {"CS_MEOB", "2024-03-05 17:00", -16},
                           {"CS_MEO", "2024-03-05 17:00", -16}}) {
    const Scheduled it(XerText()
                           .task("A")
                           .task("B", {{"cstr_type", each.kind}, {"cstr_date", each.date}})
                           .link("A", "B"));
    EXPECT_EQ(it.early("B"), "6 08:00 - 7 17:00") << each.kind;
    EXPECT_EQ(it.total("B"), each.total) << each.kind;
    EXPECT_EQ(it.answer.status, Status::optimal) << each.kind;
  }
}

TEST(PrimaveraRules, a_start_on_and_a_finish_on_date_hold_the_early_dates_too) {
  // Nothing comes before: start on Wednesday, finish on Friday.
  const Scheduled it(XerText()
                         .task("S", {{"cstr_type", "CS_MSO"}, {"cstr_date", "2024-03-06 08:00"}})
                         .task("F", {{"cstr_type", "CS_MEO"}, {"cstr_date", "2024-03-08 17:00"}})
                         .task("L", hours("80")));
  EXPECT_EQ(it.early("S"), "6 08:00 - 7 17:00");
  EXPECT_EQ(it.total("S"), 0);
  EXPECT_EQ(it.early("F"), "7 08:00 - 8 17:00");
  EXPECT_EQ(it.total("F"), 0);
}

TEST(PrimaveraRules, mandatory_dates_break_links_and_have_no_float) {
  // M must start on Tuesday though A, before it, takes until Tuesday evening; A is a day late for that.
  const Scheduled it(
      XerText()
          .task("A")
          .task("M", {{"cstr_type", "CS_MANDSTART"}, {"cstr_date", "2024-03-05 08:00"}})
          .link("A", "M"));
  EXPECT_EQ(it.early("M"), "5 08:00 - 6 17:00");
  EXPECT_EQ(it.late("M"), "5 08:00 - 6 17:00");
  EXPECT_EQ(it.total("M"), 0);
  EXPECT_EQ(it.total("A"), -8);
  EXPECT_TRUE(it.finds("link_broken_by_mandatory"));
  EXPECT_TRUE(it.answer.has_schedule);
}

TEST(PrimaveraRules, a_project_that_must_finish_earlier_has_negative_float_and_is_no_error) {
  // A takes until Tuesday; the project must finish on Monday evening.
  const Scheduled it(XerText().set("PROJECT", "plan_end_date", "2024-03-04 17:00").task("A"));
  EXPECT_EQ(it.late("A"), "1 08:00 - 4 17:00");
  EXPECT_EQ(it.total("A"), -8);
  EXPECT_EQ(it.answer.status, Status::optimal);
  EXPECT_TRUE(it.finds("wanted_finish_missed"));
}

TEST(PrimaveraRules, a_late_date_of_another_project_is_wanted_and_counts_for_an_open_end_alone) {
  // A should finish on Monday for others, and cannot: one day late.  B's date, Monday the 11th, lies after
  // the project's own finish on Friday: four days more than its Tuesday.
  const Scheduled it(XerText()
                         .task("A", {{"external_late_end_date", "2024-03-04 17:00"}})
                         .task("B", {{"external_late_end_date", "2024-03-11 17:00"}})
                         .task("L", hours("40")));
  EXPECT_EQ(it.total("A"), -8);
  EXPECT_EQ(it.total("B"), 32);
  EXPECT_FALSE(it.answer.findings.has_errors());
}

// --- levels of effort

TEST(PrimaveraRules, a_level_of_effort_spans_from_the_first_start_to_the_last_finish_it_hangs_on) {
  // A: Monday and Tuesday; B: Wednesday and Thursday; C, one day, may wait until Thursday.
  // The level of effort starts with A and C and ends with B and C: Monday to Thursday, early and late.
  const Scheduled it(XerText()
                         .task("A")
                         .task("B")
                         .task("C", hours("8"))
                         .task("LOE", {{"task_type", "TT_LOE"}})
                         .link("A", "B")
                         .link("A", "LOE", "PR_SS")
                         .link("B", "LOE", "PR_FF")
                         .link("LOE", "C", "PR_FF"));
  EXPECT_EQ(it.placed("LOE"), "4 08:00 - 7 17:00");
  EXPECT_EQ(it.early("LOE"), "4 08:00 - 7 17:00");
  EXPECT_EQ(it.late("LOE"), "4 08:00 - 7 17:00");
  EXPECT_EQ(it.total("LOE"), 0);
  EXPECT_FALSE(it.dates("LOE").is_critical);
  // It holds nobody: C may end on Thursday, and begins on Monday.
  EXPECT_EQ(it.early("C"), "4 08:00 - 4 17:00");
  EXPECT_EQ(it.total("C"), 24);
  EXPECT_EQ(it.free("C"), 24);
  EXPECT_TRUE(check::judge(it.plan(), it.answer.schedule).is_legal);
}

TEST(PrimaveraRules, lags_of_a_level_of_effort_count_towards_what_it_hangs_on) {
  // Starts 8 h after A starts: Tuesday.  Ends 8 h before D starts on Friday morning, which is Thursday morning, or,
  // as a finish, Wednesday evening.
  const Scheduled it(XerText()
                         .task("A")
                         .task("B")
                         .task("D")
                         .task("LOE", {{"task_type", "TT_LOE"}})
                         .link("A", "B")
                         .link("B", "D")
                         .link("A", "LOE", "PR_SS", "8")
                         .link("LOE", "D", "PR_FS", "8"));
  EXPECT_EQ(it.early("D"), "8 08:00 - 11 17:00");
  EXPECT_EQ(it.early("LOE"), "5 08:00 - 6 17:00");
}

TEST(PrimaveraRules, a_level_of_effort_under_way_goes_on_from_the_data_date) {
  // A began on Monday, and 8 h are left: Wednesday.  The level of effort began with it.
  const Scheduled it(on_wednesday()
                         .task("A", started("2024-03-04 08:00", "8"))
                         .task("LOE", {{"task_type", "TT_LOE"}})
                         .link("A", "LOE", "PR_SS")
                         .link("A", "LOE", "PR_FF"));
  EXPECT_EQ(it.placed("LOE"), "4 08:00 - 6 17:00");
  EXPECT_EQ(it.early("LOE"), "6 08:00 - 6 17:00");
  EXPECT_TRUE(it.dates("LOE").has_float);
}

TEST(PrimaveraRules, a_level_of_effort_between_completed_activities_is_completed) {
  const Scheduled it(on_wednesday()
                         .task("A", completed("2024-03-04 08:00", "2024-03-05 12:00"))
                         .task("B")
                         .task("LOE", {{"task_type", "TT_LOE"}})
                         .link("A", "LOE", "PR_SS")
                         .link("A", "LOE", "PR_FF"));
  EXPECT_EQ(it.placed("LOE"), "4 08:00 - 5 12:00");
  EXPECT_FALSE(it.dates("LOE").has_float);
}

TEST(PrimaveraRules, levels_of_effort_may_hang_on_each_other) {
  const Scheduled it(XerText()
                         .task("OUTER", {{"task_type", "TT_LOE"}})
                         .task("INNER", {{"task_type", "TT_LOE"}})
                         .task("A")
                         .task("B")
                         .link("A", "B")
                         .link("INNER", "OUTER", "PR_SS")
                         .link("INNER", "OUTER", "PR_FF")
                         .link("A", "INNER", "PR_SS")
                         .link("B", "INNER", "PR_FF"));
  EXPECT_EQ(it.early("INNER"), "4 08:00 - 7 17:00");
  EXPECT_EQ(it.early("OUTER"), "4 08:00 - 7 17:00");
}

TEST(PrimaveraRules, a_wbs_summary_activity_spans_what_lies_in_its_element) {
  const Scheduled it(
      XerText()
          .add("PROJWBS", {{"wbs_id", "2"}, {"proj_id", "1"}, {"wbs_short_name", "Hall"}})
          .add("PROJWBS", {{"wbs_id", "3"},
                           {"proj_id", "1"},
                           {"wbs_short_name", "Walls"},
                           {"parent_wbs_id", "2"}})
          .task("A", {{"wbs_id", "2"}})
          .task("B", {{"wbs_id", "3"}})
          .task("C", {{"wbs_id", "3"}})
          .task("W", {{"wbs_id", "3"}, {"task_type", "TT_WBS"}})
          .link("A", "B")
          .link("B", "C"));
  EXPECT_EQ(it.early("W"), "6 08:00 - 11 17:00");
  EXPECT_EQ(it.late("W"), "6 08:00 - 11 17:00");
  EXPECT_EQ(it.placed("Hall.Walls"), "6 08:00 - 11 17:00");
}

TEST(PrimaveraRules, the_dates_of_levels_of_effort_are_written_back) {
  const XerText text = XerText()
                           .task("A", {{"early_start_date", ""}, {"early_end_date", ""}})
                           .task("LOE", {{"task_type", "TT_LOE"}, {"early_start_date", ""}})
                           .link("A", "LOE", "PR_SS")
                           .link("A", "LOE", "PR_FF");
  const Scheduled it(text);
  const formats::ReadPlan read = text.read();
  formats::PlannedTable dates(read.plan.tasks.size());
  for (TaskId task : read.plan.tasks.ids()) {
    const TaskDates& of = it.answer.dates[task];
    dates[task] = {.start = it.answer.schedule.placements[task].start,
                   .finish = it.answer.schedule.placements[task].finish,
                   .earliest_start = of.earliest_start,
                   .earliest_finish = of.earliest_finish,
                   .latest_start = of.latest_start,
                   .latest_finish = of.latest_finish,
                   .total_float = of.total_float,
                   .free_float = of.free_float};
  }
  Findings findings;
  const std::string written =
      formats::rewrite_xer(text.str(), read.plan, read.sources, dates, findings);
  EXPECT_NE(written.find("\t2024-03-05 17:00\t2024-03-04 08:00\t1\t16\tTK_NotStart\t16\tLOE"),
            std::string::npos)
      << written;
}

// --- calendars

TEST(PrimaveraRules, free_float_counts_on_the_activitys_own_calendar) {
  // A works seven days, Monday and Tuesday; L takes Monday to Friday; B, on weekdays, follows both.
  // A could end on Sunday evening: Wednesday to Sunday, five days of its calendar.
  XerText text;
  add_site(text)
      .task("A", {{"clndr_id", "11"}})
      .task("L", hours("40"))
      .task("B")
      .link("A", "B")
      .link("L", "B");
  const Scheduled it(text);
  EXPECT_EQ(it.early("B"), "11 08:00 - 12 17:00");
  EXPECT_EQ(it.free("A"), 40);
  EXPECT_EQ(it.total("A"), 40);
  EXPECT_EQ(it.late("A"), "9 08:00 - 10 17:00");
}

TEST(PrimaveraRules, a_finish_that_must_follow_a_weekend_finish_takes_float_below_zero) {
  // A works seven days, six of them: Monday to Saturday.  B, weekdays, ends with A: its own last evening is Friday.
  // The project ends with A on Saturday; B must end by then, on Friday at the latest.  Reversed, A must
  // end when B does, on Friday: one day less than it takes.
  XerText text;
  add_site(text)
      .task("A", with(hours("48"), {{"clndr_id", "11"}}))
      .task("B")
      .link("A", "B", "PR_FF");
  const Scheduled it(text);
  EXPECT_EQ(it.early("A"), "4 08:00 - 9 17:00");
  EXPECT_EQ(it.early("B"), "7 08:00 - 8 17:00");
  EXPECT_EQ(it.late("A"), "3 08:00 - 8 17:00");
  EXPECT_EQ(it.total("A"), -8);
  EXPECT_EQ(it.free("A"), 0);
}

TEST(PrimaveraRules, a_lag_counts_on_the_calendar_that_the_options_name) {
  // A ends on Friday 17:00 (40 h).  24 h of lag, and then B:
  //   predecessor (Office): Monday to Wednesday, so Thursday;  successor (Site, daily): Saturday to Monday,
  //   so Tuesday;  project (Office): Thursday;  24 hours: Saturday 17:00, so Sunday morning on the site.
  const auto early = [](const char* calendar) {
    XerText text;
    add_site(text)
        .set("SCHEDOPTIONS", "proj_id", "1")
        .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
        .set("SCHEDOPTIONS", "sched_calendar_on_relationship_lag", calendar)
        .task("A", hours("40"))
        .task("B", with(hours("8"), {{"clndr_id", "11"}}))
        .link("A", "B", "PR_FS", "24");
    return Scheduled(text).early("B");
  };
  EXPECT_EQ(early("rcal_Predecessor"), "14 08:00 - 14 17:00");
  EXPECT_EQ(early("rcal_Successor"), "12 08:00 - 12 17:00");
  EXPECT_EQ(early("rcal_ProjDefault"), "14 08:00 - 14 17:00");
  EXPECT_EQ(early("rcal_24Hour"), "10 08:00 - 10 17:00");
}

TEST(PrimaveraRules, a_lead_reversed_counts_forward_on_the_same_calendar) {
  // A (weekdays) may overlap B (seven days) by 8 h: B begins on Tuesday 08:00 and takes until Wednesday.
  // B's late start is Tuesday; A's late finish a day later, Tuesday 17:00: no float.
  XerText text;
  add_site(text).task("A").task("B", {{"clndr_id", "11"}}).link("A", "B", "PR_FS", "-8");
  const Scheduled it(text);
  EXPECT_EQ(it.early("B"), "5 08:00 - 6 17:00");
  EXPECT_EQ(it.late("A"), "4 08:00 - 5 17:00");
  EXPECT_EQ(it.total("A"), 0);
}

TEST(PrimaveraRules, milestones_begin_mornings_or_end_evenings_and_tasks_of_no_time_begin) {
  // All follow A, which ends on Tuesday 17:00.
  const Scheduled it(XerText()
                         .task("A")
                         .task("S", with(hours("0"), {{"task_type", "TT_Mile"}}))
                         .task("F", with(hours("0"), {{"task_type", "TT_FinMile"}}))
                         .task("Z", hours("0"))
                         .link("A", "S")
                         .link("A", "F")
                         .link("A", "Z"));
  EXPECT_EQ(it.early("S"), "6 08:00 - 6 08:00");
  EXPECT_EQ(it.early("F"), "5 17:00 - 5 17:00");
  EXPECT_EQ(it.early("Z"), "6 08:00 - 6 08:00");
  EXPECT_EQ(it.total("F"), 0);
}

TEST(PrimaveraRules, an_activity_without_a_calendar_works_on_the_projects) {
  const Scheduled it(XerText().task("A", {{"clndr_id", ""}}));
  EXPECT_EQ(it.early("A"), "4 08:00 - 5 17:00");
}

TEST(PrimaveraRules, float_is_counted_between_finishes_starts_or_where_it_is_smaller) {
  // A, one day, Site; its successor by its finish B (weekdays) begins on Monday after L's week.  A's late finish is
  // Sunday, its late start too: as many days between the starts as between the finishes.
  for (const char* type : {"FT_FF", "FT_SF", "FT_MIN"}) {
    XerText text;
    add_site(text)
        .set("SCHEDOPTIONS", "proj_id", "1")
        .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
        .set("SCHEDOPTIONS", "sched_float_type", type)
        .task("A", with(hours("8"), {{"clndr_id", "11"}}))
        .task("L", hours("40"))
        .task("B")
        .link("A", "B")
        .link("L", "B");
    EXPECT_EQ(Scheduled(text).total("A"), 48) << type;
  }
}

// --- as late as possible

TEST(PrimaveraRules, a_chain_that_wants_to_be_late_moves_together_and_has_no_free_float) {
  // L: Monday to Friday, then E.  Y, before E, ends on Friday; X before Y, on Wednesday.
  const Scheduled it(XerText()
                         .task("X", {{"cstr_type", "CS_ALAP"}})
                         .task("Y", {{"cstr_type", "CS_ALAP"}})
                         .task("L", hours("40"))
                         .task("E")
                         .link("X", "Y")
                         .link("Y", "E")
                         .link("L", "E"));
  EXPECT_EQ(it.placed("X"), "5 08:00 - 6 17:00");
  EXPECT_EQ(it.placed("Y"), "7 08:00 - 8 17:00");
  // Its early dates are these too, and what float is left is counted from them.
  EXPECT_EQ(it.early("X"), "5 08:00 - 6 17:00");
  EXPECT_EQ(it.early("Y"), "7 08:00 - 8 17:00");
  EXPECT_EQ(it.total("X"), 0);
  EXPECT_EQ(it.free("X"), 0);
  EXPECT_EQ(it.free("Y"), 0);
}

TEST(PrimaveraRules, without_a_successor_as_late_as_possible_is_the_projects_finish) {
  const Scheduled it(XerText().task("A", {{"cstr_type", "CS_ALAP"}}).task("L", hours("40")));
  EXPECT_EQ(it.placed("A"), "7 08:00 - 8 17:00");
}

// --- what Primavera allows and others might not

TEST(PrimaveraRules, an_assignment_above_all_there_is_takes_all_there_is) {
  const formats::ReadPlan read =
      formats::with_crew()
          .task("A")
          .add("TASKRSRC", {{"task_id", "A"}, {"rsrc_id", "1"}, {"target_qty_per_hr", "9"}})
          .read();
  EXPECT_FALSE(read.findings.has_errors());
  ASSERT_EQ(read.plan.demands.size(), 1U);
  EXPECT_EQ(read.plan.demands[DemandId{0}].amount, Amount{6000});
}

TEST(PrimaveraRules, a_calendar_that_never_works_does_not_keep_the_file_from_opening) {
  const Scheduled it(XerText()
                         .add("CALENDAR", {{"clndr_id", "12"},
                                           {"clndr_name", "Idle"},
                                           {"clndr_data",
                                            "(0||CalendarData()((0||DaysOfWeek()((0||1()())"
                                            "))(0||Exceptions()())))"}})
                         .task("A"));
  EXPECT_TRUE(it.finds("xer_bad_calendar"));
  EXPECT_EQ(it.early("A"), "4 08:00 - 5 17:00");
}

TEST(PrimaveraRules, a_calendar_without_hours_is_monday_to_friday_from_eight_to_four) {
  // 16 h from Monday 08:00 are two days until 16:00.
  const Scheduled it(
      XerText()
          .add("CALENDAR", {{"clndr_id", "12"}, {"clndr_name", "Blank"}, {"day_hr_cnt", "10"}})
          .task("A", {{"clndr_id", "12"}}));
  EXPECT_EQ(it.early("A"), "4 08:00 - 5 16:00");
}

TEST(PrimaveraRules, nothing_begins_before_the_planned_start_unless_that_is_later_the_same_day) {
  // A works around the clock.
  const auto early = [](const char* data_date) {
    const Scheduled it(
        XerText()
            .set("PROJECT", "last_recalc_date", data_date)
            .add("CALENDAR",
                 {{"clndr_id", "24"},
                  {"clndr_name", "Always"},
                  {"clndr_data",
                   "(0||CalendarData()((0||DaysOfWeek()("
                   "(0||1()((0||0(f|00:00|s|00:00)())))(0||2()((0||0(s|00:00|f|00:00)())))"
                   "(0||3()((0||0(f|00:00|s|00:00)())))(0||4()((0||0(s|00:00|f|00:00)())))"
                   "(0||5()((0||0(f|00:00|s|00:00)())))(0||6()((0||0(s|00:00|f|00:00)())))"
                   "(0||7()((0||0(f|00:00|s|00:00)())))))))"}})
            .task("A", {{"clndr_id", "24"}}));
    return it.early("A");
  };
  EXPECT_EQ(early("2024-03-04 00:00"), "4 00:00 - 4 16:00");
  EXPECT_EQ(early("2024-03-01 00:00"), "4 08:00 - 5 00:00");
  EXPECT_EQ(early(""), "4 08:00 - 5 00:00");
}

}  // namespace
}  // namespace diaodu::solve
