#include "solve/scheduled_xer.h"

// Primavera's rules for work that has begun or is done.  Projects as in `primavera_rules_test`; the data date is
// Wednesday, 6 March 2024, 08:00.
namespace diaodu::solve {
namespace {

TEST(PrimaveraProgress, what_remains_begins_at_the_data_date_and_has_finish_float) {
  // A has 8 h left on Wednesday; L takes Wednesday to Friday: two days of float.
  const Scheduled it(
      on_wednesday().task("A", started("2024-03-04 08:00", "8")).task("L", hours("24")));
  EXPECT_EQ(it.early("A"), "6 08:00 - 6 17:00");
  EXPECT_EQ(it.late("A"), "8 08:00 - 8 17:00");
  EXPECT_EQ(it.total("A"), 16);
  EXPECT_EQ(it.free("A"), 16);
  EXPECT_EQ(it.placed("A"), "4 08:00 - 6 17:00");
}

TEST(PrimaveraProgress, out_of_sequence_work_waits_overrides_or_counts_as_it_happened) {
  // B began before A, which has 8 h left, was done.  B has 8 h left as well.
  const auto early = [](const char* retained, const char* overridden) {
    const Scheduled it(on_wednesday()
                           .set("SCHEDOPTIONS", "proj_id", "1")
                           .set("SCHEDOPTIONS", "sched_retained_logic", retained)
                           .set("SCHEDOPTIONS", "sched_progress_override", overridden)
                           .task("A", started("2024-03-04 08:00", "8"))
                           .task("B", started("2024-03-05 08:00", "8"))
                           .link("A", "B"));
    return it.early("B") + ", " + std::to_string(it.total("A"));
  };
  EXPECT_EQ(early("Y", "N"), "7 08:00 - 7 17:00, 0");
  EXPECT_EQ(early("N", "Y"), "6 08:00 - 6 17:00, 0");
  // Actual dates: A should have been done when B began, on Tuesday 08:00, two days before its Wednesday 17:00.
  EXPECT_EQ(early("N", "N"), "6 08:00 - 6 17:00, -16");
}

TEST(PrimaveraProgress, a_default_export_counts_start_lags_from_what_remains) {
  // Without options: A's 24 h of lag, of which Monday and Tuesday have passed, leave 8 h after Wednesday 08:00.
  const Scheduled it(on_wednesday()
                         .task("A", started("2024-03-04 08:00", "16"))
                         .task("B")
                         .link("A", "B", "PR_SS", "24"));
  EXPECT_EQ(it.early("B"), "7 08:00 - 8 17:00");
}

TEST(PrimaveraProgress, free_float_ends_where_completed_work_hands_demands_on) {
  // C was done before P, which now takes Wednesday and Thursday; S follows C, and so, in fact, P.
  const Scheduled it(on_wednesday()
                         .task("P")
                         .task("C", completed("2024-03-04 08:00", "2024-03-05 17:00"))
                         .task("S")
                         .link("P", "C")
                         .link("C", "S"));
  EXPECT_EQ(it.early("S"), "8 08:00 - 11 17:00");
  EXPECT_EQ(it.free("P"), 0);
  EXPECT_FALSE(it.dates("C").has_float);
}

// --- what Primavera's own runs have shown of completed work

TEST(PrimaveraProgress, a_lag_after_completed_work_counts_what_is_left_of_it_at_the_data_date) {
  // A ended on Monday 17:00.  On Wednesday morning 8 h of its lag, Tuesday, have passed.
  //   24 h: 16 are left, Wednesday and Thursday, so Friday;  8 h: none is left, so Wednesday;
  //   a lead: nothing.
  const auto early = [](const char* lag) {
    const Scheduled it(on_wednesday()
                           .task("A", completed("2024-03-04 08:00", "2024-03-04 17:00"))
                           .task("B", hours("8"))
                           .link("A", "B", "PR_FS", lag));
    return it.early("B");
  };
  EXPECT_EQ(early("24"), "8 08:00 - 8 17:00");
  EXPECT_EQ(early("8"), "6 08:00 - 6 17:00");
  EXPECT_EQ(early("-8"), "6 08:00 - 6 17:00");
}

TEST(PrimaveraProgress, a_date_recorded_after_the_data_date_demands_nothing) {
  // A is said to have ended on Friday, two days after the data date.  B begins at the data date all the same;
  // C, with 16 h of lag, 16 h later: none of it has passed.
  const Scheduled it(on_wednesday()
                         .task("A", completed("2024-03-04 08:00", "2024-03-08 17:00"))
                         .task("B", hours("8"))
                         .task("C", hours("8"))
                         .link("A", "B")
                         .link("A", "C", "PR_FS", "16"));
  EXPECT_EQ(it.early("B"), "6 08:00 - 6 17:00");
  EXPECT_EQ(it.early("C"), "8 08:00 - 8 17:00");
  EXPECT_TRUE(it.finds("actual_after_data_date"));
  EXPECT_EQ(it.answer.status, Status::optimal);
}

TEST(PrimaveraProgress, what_a_completed_task_hands_on_comes_before_what_is_left_of_its_lag) {
  // C was done on Tuesday evening before P, which takes Wednesday and Thursday.  S follows C by 8 h, of which
  // nothing has passed on Wednesday morning: after Thursday evening comes Friday, so Monday the 11th.
  const Scheduled it(on_wednesday()
                         .task("P")
                         .task("C", completed("2024-03-04 08:00", "2024-03-05 17:00"))
                         .task("S", hours("8"))
                         .link("P", "C")
                         .link("C", "S", "PR_FS", "8"));
  EXPECT_EQ(it.early("S"), "11 08:00 - 11 17:00");
  // And backward: S ends the project on the 11th; 8 h before its start is Friday 08:00, which is Thursday evening.
  EXPECT_EQ(it.late("P"), "6 08:00 - 7 17:00");
  EXPECT_EQ(it.total("P"), 0);
  EXPECT_EQ(it.free("P"), 0);
}

TEST(PrimaveraProgress, unfinished_work_before_completed_work_has_the_float_of_what_follows) {
  // P, one day, C completed out of sequence, S one day: Wednesday and Thursday.  L takes Wednesday to the 12th,
  // five days: S may end three days later, and so may P.
  const auto file = [](const char* retained, const char* overridden) {
    return Scheduled(on_wednesday()
                         .set("SCHEDOPTIONS", "proj_id", "1")
                         .set("SCHEDOPTIONS", "sched_retained_logic", retained)
                         .set("SCHEDOPTIONS", "sched_progress_override", overridden)
                         .task("P", hours("8"))
                         .task("C", completed("2024-03-04 08:00", "2024-03-05 17:00"))
                         .task("S", hours("8"))
                         .task("L", hours("40"))
                         .link("P", "C")
                         .link("C", "S"));
  };
  const Scheduled retained = file("Y", "N");
  EXPECT_EQ(retained.early("S"), "7 08:00 - 7 17:00");
  EXPECT_EQ(retained.total("S"), 24);
  EXPECT_EQ(retained.total("P"), 24);
  EXPECT_EQ(retained.free("P"), 0);
  // Overridden, nothing is handed on: S begins on Wednesday; P is bound by the project's end alone, four days on.
  const Scheduled overridden = file("N", "Y");
  EXPECT_EQ(overridden.early("S"), "6 08:00 - 6 17:00");
  EXPECT_EQ(overridden.total("P"), 32);
}

TEST(PrimaveraProgress,
     a_lag_into_completed_work_counts_but_for_one_from_a_start_that_has_happened) {
  // P, not begun, takes Wednesday and Thursday: 8 h after it is Friday evening, which C, completed, hands to S.
  const Scheduled ahead(on_wednesday()
                            .task("P")
                            .task("C", completed("2024-03-04 08:00", "2024-03-05 17:00"))
                            .task("S", hours("8"))
                            .link("P", "C", "PR_FS", "8")
                            .link("C", "S"));
  EXPECT_EQ(ahead.early("S"), "11 08:00 - 11 17:00");
  // P began on Tuesday; 24 h of lag from its start, 8 passed: yet C hands on the start of what remains alone.
  const Scheduled begun(on_wednesday()
                            .task("P", started("2024-03-05 08:00", "8"))
                            .task("C", completed("2024-03-04 08:00", "2024-03-05 17:00"))
                            .task("S", hours("8"))
                            .link("P", "C", "PR_SS", "24")
                            .link("C", "S"));
  EXPECT_EQ(begun.early("S"), "6 08:00 - 6 17:00");
}

TEST(PrimaveraProgress, lags_from_actual_starts_are_laid_from_the_data_date) {
  // A began on Tuesday and waits for P: its 8 h are Friday.  B follows its start by 16 h, 8 of which have passed.
  //   Counted from the early start: Friday and 8 h, so Monday.  From the actual start: Wednesday and 8 h: Thursday.
  // A link from start to finish asks for the first either way: F ends on Friday evening, and begins on Friday.
  const auto file = [](const char* from_early) {
    return Scheduled(on_wednesday()
                         .set("SCHEDOPTIONS", "proj_id", "1")
                         .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
                         .set("SCHEDOPTIONS", "sched_lag_early_start_flag", from_early)
                         .task("P")
                         .task("A", started("2024-03-05 08:00", "8"))
                         .task("B", hours("8"))
                         .task("F", hours("8"))
                         .link("P", "A")
                         .link("A", "B", "PR_SS", "16")
                         .link("A", "F", "PR_SF", "16"));
  };
  const Scheduled early = file("Y");
  EXPECT_EQ(early.early("A"), "8 08:00 - 8 17:00");
  EXPECT_EQ(early.early("B"), "11 08:00 - 11 17:00");
  EXPECT_EQ(early.early("F"), "8 08:00 - 8 17:00");
  const Scheduled actual = file("N");
  EXPECT_EQ(actual.early("B"), "7 08:00 - 7 17:00");
  EXPECT_EQ(actual.early("F"), "8 08:00 - 8 17:00");
  // The project ends with A and F on Friday: B's late start is Friday 08:00, A's 8 h before, Thursday: -8 h.
  EXPECT_EQ(actual.total("B"), 8);
  EXPECT_EQ(actual.total("A"), -8);
}

TEST(PrimaveraProgress,
     no_date_to_finish_on_holds_what_is_under_way_but_one_to_finish_by_bounds_it) {
  // A has 8 h left on Wednesday; L takes until Friday.  Each date is Thursday evening.
  struct Case {
    const char* kind;
    std::int64_t total;
  };
  for (const Case& each :
       {Case{"CS_MEOA", 16}, {"CS_MEO", 8}, {"CS_MEOB", 8}, {"CS_MANDFIN", 16}}) {
    const Scheduled it(
        on_wednesday()
            .task("A", with(started("2024-03-04 08:00", "8"),
                            {{"cstr_type", each.kind}, {"cstr_date", "2024-03-07 17:00"}}))
            .task("L", hours("24")));
    EXPECT_EQ(it.early("A"), "6 08:00 - 6 17:00") << each.kind;
    EXPECT_EQ(it.total("A"), each.total) << each.kind;
    EXPECT_EQ(it.answer.status, Status::optimal) << each.kind;
  }
}

TEST(PrimaveraProgress, suspended_work_goes_on_when_it_resumes) {
  // 8 h are left, and it resumes on Friday.
  const Scheduled it(on_wednesday().task(
      "A", with(started("2024-03-04 08:00", "8"),
                {{"suspend_date", "2024-03-05 17:00"}, {"resume_date", "2024-03-08 08:00"}})));
  EXPECT_EQ(it.early("A"), "8 08:00 - 8 17:00");
}

// --- expected finishes

XerText with_expected_finishes() {
  return on_wednesday()
      .set("SCHEDOPTIONS", "proj_id", "1")
      .set("SCHEDOPTIONS", "sched_retained_logic", "Y")
      .set("SCHEDOPTIONS", "sched_use_expect_end_flag", "Y");
}

TEST(PrimaveraProgress, work_with_an_expected_finish_ends_there) {
  // A is under way and goes on on Wednesday morning: until Friday noon that is 20 h, not 8.  B begins on Thursday, as
  // the file says: until Monday 17:00 there are 24 h.  Both are expected by then.
  const Scheduled it(with_expected_finishes()
                         .task("A", with(started("2024-03-04 08:00", "8"),
                                         {{"expect_end_date", "2024-03-08 12:00"}}))
                         .task("P", hours("8"))
                         .task("B", {{"expect_end_date", "2024-03-11 17:00"},
                                     {"early_start_date", "2024-03-07 08:00"}})
                         .link("P", "B"));
  EXPECT_EQ(it.early("A"), "6 08:00 - 8 12:00");
  EXPECT_EQ(it.early("B"), "7 08:00 - 11 17:00");
}

TEST(PrimaveraProgress, an_expected_finish_that_has_passed_leaves_work_to_those_who_are_assigned) {
  // Monday is over: nothing is left of A; B keeps its 8 h, because the crane is assigned to it.
  const Scheduled it(
      with_expected_finishes()
          .add("RSRC", {{"rsrc_id", "1"}, {"rsrc_short_name", "CRANE"}, {"rsrc_type", "RT_Equip"}})
          .task("A",
                with(started("2024-03-04 08:00", "8"), {{"expect_end_date", "2024-03-04 17:00"}}))
          .task("B",
                with(started("2024-03-04 08:00", "8"), {{"expect_end_date", "2024-03-04 17:00"}}))
          .add("TASKRSRC", {{"task_id", "B"}, {"rsrc_id", "1"}, {"target_qty_per_hr", "1"}}));
  EXPECT_EQ(it.early("A"), "6 08:00 - 6 08:00");
  EXPECT_EQ(it.early("B"), "6 08:00 - 6 17:00");
}

TEST(PrimaveraProgress, an_expected_finish_counts_where_the_options_use_it_and_a_start_is_known) {
  const auto file = [](const char* is_used) {
    return Scheduled(with_expected_finishes()
                         .set("SCHEDOPTIONS", "sched_use_expect_end_flag", is_used)
                         .task("A", with(hours("8"), {{"expect_end_date", "2024-03-08 17:00"}})));
  };
  EXPECT_EQ(file("N").early("A"), "6 08:00 - 6 17:00");
  EXPECT_FALSE(file("N").finds("not_kept"));
  EXPECT_EQ(file("Y").early("A"), "6 08:00 - 6 17:00");
  EXPECT_TRUE(file("Y").finds("not_kept"));
}

}  // namespace
}  // namespace diaodu::solve
