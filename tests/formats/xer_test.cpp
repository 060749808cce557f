#include "diaodu/formats/xer.h"

#include "formats/xer_text.h"

namespace diaodu::formats {
namespace {

using Row = XerText::Row;
using Lines = std::vector<std::string>;

Instant at(int day, int hour) {
  return Instant{LocalTime::at(Date::from(2024, 3, day), hour * 60).minutes};
}

// --- grammar

TEST(Xer, a_project_has_its_name_dates_currency_and_calendar) {
  const ReadPlan read = XerText()
                            .set("PROJECT", "plan_end_date", "2024-06-28 17:00")
                            .set("PROJECT", "last_recalc_date", "2024-03-06 08:00")
                            .set("PROJECT", "critical_drtn_hr_cnt", "8")
                            .task("A", {{"task_name", "Dig"}, {"priority_type", "PT_High"}})
                            .read();
  EXPECT_EQ(found_in(read), Lines{});
  EXPECT_EQ(read.plan.name, "Hall");
  EXPECT_EQ(read.plan.currency, "EUR");
  EXPECT_EQ(read.plan.start, at(4, 8));
  EXPECT_EQ(read.plan.data_date, at(6, 8));
  EXPECT_EQ(read.plan.must_finish,
            Instant{LocalTime::at(Date::from(2024, 6, 28), 17 * 60).minutes});
  EXPECT_EQ(read.plan.options.critical_float, WorkTime{480});
  EXPECT_EQ(read.plan.calendars[read.plan.calendar].rule.id, "Office");
  EXPECT_EQ(named(read.plan, "A").name, "Dig");
  EXPECT_EQ(named(read.plan, "A").duration, WorkTime{960});
  EXPECT_EQ(named(read.plan, "A").priority, 700);
}

TEST(Xer, lines_that_fit_nowhere_are_reported_and_the_rest_is_read) {
  const ReadPlan read = read_xer(
      "%R\t1\n"                                               // 1: outside any table
      "ERMHDR\t22.12\n"                                       // 2
      "%T\tPROJECT\n"                                         // 3
      "%R\t7\n"                                               // 4: before its fields
      "%F\tproj_id\tplan_start_date\n"                        // 5
      "%R\t1\t2024-03-04 08:00\n"                             // 6
      "and a second line of a note\n"                         // 7
      "\n"                                                    // 8: nothing to say
      "%T\tPROJECT\n%F\tproj_id\n%R\t2\n"                     // 9 to 11: once too often
      "%T\tTASK\n%F\ttask_id\ttask_code\n%R\t1\tA\t\tmore\n"  // 12 to 14
      "%E\n%R\t2\tB\n",                                       // 15, 16: after the end
      "bad.xer");
  EXPECT_EQ(found_in(read), (Lines{"1: xer_bad_line", "4: xer_bad_line", "7: xer_bad_line",
                                   "9: xer_bad_line", "14: row_too_long", "16: xer_bad_line"}));
  EXPECT_EQ(read.plan.tasks.size(), 1U);
}

TEST(Xer, a_file_without_its_first_line_is_no_export) {
  EXPECT_EQ(found_in(read_xer("", "no.xer")),
            (Lines{"0: no_start", "0: no_tasks", "1: xer_no_header"}));
}

TEST(Xer, windows_1251_1252_gb18030_and_utf8_are_told_apart) {
  const auto name = [](const std::string& bytes) {
    const ReadPlan read = XerText().task("A", {{"task_name", bytes}}).read();
    return named(read.plan, "A").name.str();
  };
  EXPECT_EQ(name("Fa\xE7"
                 "ade"),
            "Façade");
  EXPECT_EQ(name("\xBB\xF9\xB4\xA1\xCA\xA9\xB9\xA4"), "基础施工");
  EXPECT_EQ(name("基础施工"), "基础施工");
  EXPECT_EQ(name("\xCF\xEE\xE4\xE3\xEE\xF2\xEE\xE2\xEA\xE0"), "Подготовка");
}

// --- what becomes of the tables

TEST(Xer, elements_of_the_work_breakdown_become_summaries_named_by_their_paths) {
  const ReadPlan read =
      XerText()
          .add("PROJWBS", {{"wbs_id", "3"},
                           {"proj_id", "1"},
                           {"wbs_short_name", "A"},
                           {"parent_wbs_id", "2"},
                           {"wbs_name", "Walls"}})
          .add("PROJWBS", {{"wbs_id", "2"},
                           {"proj_id", "1"},
                           {"wbs_short_name", "Hall"},
                           {"parent_wbs_id", "9999"}})
          .add("PROJWBS",
               {{"wbs_id", "4"}, {"proj_id", "1"}, {"wbs_short_name", "A"}, {"parent_wbs_id", "2"}})
          .task("Hall", {{"wbs_id", "3"}})
          .read();
  EXPECT_EQ(found_in(read), Lines{});
  ASSERT_EQ(read.plan.tasks.size(), 4U);
  // `Hall` is taken by a task, and `A` by its brother.
  EXPECT_EQ(read.plan.tasks[TaskId{0}].id, "Hall#2.A");
  EXPECT_EQ(read.plan.tasks[TaskId{1}].id, "Hall#2");
  EXPECT_EQ(read.plan.tasks[TaskId{2}].id, "Hall#2.A#4");
  EXPECT_EQ(read.plan.tasks[TaskId{0}].kind, TaskKind::summary);
  EXPECT_EQ(named(read.plan, "Hall").parent, TaskId{0});
  EXPECT_EQ(read.sources.at(TableKind::tasks, 3).line, 15);
}

TEST(Xer, a_circle_in_the_work_breakdown_is_reported) {
  const ReadPlan read =
      XerText()
          .add("PROJWBS", {{"wbs_id", "2"}, {"wbs_short_name", "A"}, {"parent_wbs_id", "3"}})
          .add("PROJWBS", {{"wbs_id", "3"}, {"wbs_short_name", "B"}, {"parent_wbs_id", "2"}})
          .task("T")
          .read();
  EXPECT_EQ(found_in(read), Lines{"10: circle_of_parents"});
}

TEST(Xer, every_constraint_has_its_kind_and_both_are_read) {
  using enum ConstraintKind;
  const std::map<std::string, ConstraintKind> kinds = {{"CS_MSO", start_on},
                                                       {"CS_MSOA", start_on_or_after},
                                                       {"CS_MSOB", start_on_or_before},
                                                       {"CS_MEO", finish_on},
                                                       {"CS_MEOA", finish_on_or_after},
                                                       {"CS_MEOB", finish_on_or_before},
                                                       {"CS_MANDSTART", mandatory_start},
                                                       {"CS_MANDFIN", mandatory_finish}};
  for (const auto& [name, kind] : kinds) {
    const ReadPlan read = XerText()
                              .task("A", {{"cstr_type", name},
                                          {"cstr_date", "2024-03-06 08:00"},
                                          {"cstr_type2", "CS_MEOB"},
                                          {"cstr_date2", "2024-03-08 17:00"}})
                              .read();
    EXPECT_EQ(found_in(read), Lines{}) << name;
    const Task& task = named(read.plan, "A");
    EXPECT_EQ(task.constraint.kind, kind) << name;
    EXPECT_EQ(task.constraint.date, at(6, 8)) << name;
    EXPECT_EQ(task.second_constraint.kind, finish_on_or_before);
    EXPECT_EQ(task.second_constraint.date, at(8, 17));
  }
  const ReadPlan late = XerText().task("A", {{"cstr_type", "CS_ALAP"}}).read();
  EXPECT_EQ(found_in(late), Lines{});
  EXPECT_EQ(named(late.plan, "A").constraint.kind, as_late_as_possible);
}

TEST(Xer, a_constraint_unknown_or_without_its_date_is_reported) {
  const ReadPlan read = XerText()
                            .task("A", {{"cstr_type", "CS_WHENEVER"}})
                            .task("B", {{"cstr_type", "CS_MSO"}})
                            .task("C", {{"cstr_type", "CS_MSO"}, {"cstr_date", "soon"}})
                            .read();
  EXPECT_EQ(found_in(read), (Lines{"10: xer_unsupported_constraint", "11: constraint_without_date",
                                   "12: bad_date"}));
  for (const Task& task : read.plan.tasks) EXPECT_EQ(task.constraint.kind, ConstraintKind::none);
}

TEST(Xer, milestones_belong_to_mornings_or_evenings) {
  const ReadPlan read = XerText()
                            .task("S", {{"task_type", "TT_Mile"}})
                            .task("F", {{"task_type", "TT_FinMile"}})
                            .read();
  EXPECT_EQ(named(read.plan, "S").kind, TaskKind::start_milestone);
  EXPECT_EQ(named(read.plan, "F").kind, TaskKind::finish_milestone);
  EXPECT_EQ(named(read.plan, "F").duration, WorkTime{});
}

TEST(Xer, levels_of_effort_and_wbs_summaries_become_hammocks_with_their_links) {
  const ReadPlan read = XerText()
                            .task("A")
                            .task("L", {{"task_type", "TT_LOE"}})
                            .task("W", {{"task_type", "TT_WBS"}})
                            .task("B")
                            .link("A", "L", "PR_SS")
                            .link("L", "B", "PR_FF")
                            .link("A", "B")
                            .read();
  EXPECT_EQ(found_in(read), Lines{});
  EXPECT_EQ(named(read.plan, "L").kind, TaskKind::hammock);
  EXPECT_EQ(named(read.plan, "W").kind, TaskKind::hammock);
  EXPECT_EQ(named(read.plan, "L").duration, WorkTime{});
  ASSERT_EQ(read.plan.links.size(), 3U);
  EXPECT_EQ(read.sources.at(TableKind::links, 2).line, 18);
}

TEST(Xer, links_have_four_types_and_lags_in_hours) {
  const ReadPlan read = XerText()
                            .task("A")
                            .task("B")
                            .link("A", "B", "PR_FS", "1.5")
                            .link("A", "B", "PR_SS", "-8")
                            .link("A", "B", "PR_FF", "0,25")
                            .link("A", "B", "PR_SF")
                            .read();
  EXPECT_EQ(found_in(read), Lines{});
  ASSERT_EQ(read.plan.links.size(), 4U);
  const LinkType types[] = {LinkType::finish_to_start, LinkType::start_to_start,
                            LinkType::finish_to_finish, LinkType::start_to_finish};
  const std::int32_t lags[] = {90, -480, 15, 0};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read.plan.links[LinkId{i}].type, types[i]);
    EXPECT_EQ(read.plan.links[LinkId{i}].lag, (Lag{.amount = lags[i], .unit = Lag::Unit::work}));
  }
}

TEST(Xer, a_link_to_what_is_not_in_the_file_is_noted) {
  const ReadPlan read = XerText().task("A").link("elsewhere", "A").link("A", "elsewhere").read();
  EXPECT_EQ(found_in(read), (Lines{"13: xer_external_link", "14: xer_external_link"}));
  EXPECT_TRUE(read.plan.links.empty());
}

TEST(Xer, of_several_projects_the_exported_one_is_read) {
  const ReadPlan read = XerText()
                            .set("PROJECT", "export_flag", "N")
                            .add("PROJECT", {{"proj_id", "2"},
                                             {"proj_short_name", "Roof"},
                                             {"export_flag", "Y"},
                                             {"plan_start_date", "2024-03-11 08:00"}})
                            .task("A")
                            .task("B", {{"proj_id", "2"}})
                            .link("A", "B")
                            .read();
  EXPECT_EQ(found_in(read),
            (Lines{"4: read_otherwise", "5: xer_one_of_projects", "15: xer_external_link"}));
  EXPECT_EQ(read.plan.name, "Roof");
  EXPECT_EQ(read.plan.tasks.size(), 1U);
  EXPECT_EQ(named(read.plan, "B").duration, WorkTime{960});
}

TEST(Xer, of_several_exported_projects_the_one_with_the_most_activities_is_read) {
  const ReadPlan read = XerText()
                            .add("PROJECT", {{"proj_id", "2"},
                                             {"proj_short_name", "Roof"},
                                             {"export_flag", "Y"},
                                             {"plan_start_date", "2024-03-11 08:00"}})
                            .task("A")
                            .task("B", {{"proj_id", "2"}})
                            .task("C", {{"proj_id", "2"}})
                            .read();
  EXPECT_EQ(read.plan.name, "Roof");
  EXPECT_EQ(read.plan.tasks.size(), 2U);
}

TEST(Xer, the_calendar_marked_as_default_serves_a_project_without_one) {
  const ReadPlan read = XerText()
                            .set("PROJECT", "clndr_id", "")
                            .add("CALENDAR", {{"clndr_id", "11"},
                                              {"clndr_name", "Site"},
                                              {"default_flag", "Y"},
                                              {"clndr_data", XerText::week()}})
                            .task("A")
                            .read();
  EXPECT_EQ(read.plan.calendars[read.plan.calendar].rule.id, "Site");
}

TEST(Xer, options_say_how_dates_are_worked_out) {
  using P = Options::ProgressRule;
  using L = Options::LagCalendar;
  using F = Options::TotalFloat;
  const auto options = [](const Row& row) {
    const ReadPlan read = XerText().add("SCHEDOPTIONS", row).task("A").read();
    EXPECT_EQ(found_in(read), Lines{});
    return read.plan.options;
  };
  const auto lag = [&](const char* name) {
    return options({{"sched_calendar_on_relationship_lag", name}}).lag_calendar;
  };
  EXPECT_EQ(lag("rcal_Predecessor"), L::predecessor);
  EXPECT_EQ(lag("rcal_Successor"), L::successor);
  EXPECT_EQ(lag("rcal_ProjDefault"), L::project);
  EXPECT_EQ(lag("rcal_24Hour"), L::around_the_clock);
  const auto total_float = [&](const char* name) {
    return options({{"sched_float_type", name}}).total_float;
  };
  EXPECT_EQ(total_float("FT_FF"), F::finish);
  EXPECT_EQ(total_float("FT_SF"), F::start);
  EXPECT_EQ(total_float("FT_MIN"), F::smaller);
  EXPECT_EQ(total_float("FT_Min"), F::smaller);
  const auto rule = [&](const char* retained, const char* overridden) {
    return options({{"sched_retained_logic", retained}, {"sched_progress_override", overridden}})
        .progress_rule;
  };
  EXPECT_EQ(rule("Y", "N"), P::retained_logic);
  EXPECT_EQ(rule("N", "Y"), P::progress_override);
  EXPECT_EQ(rule("N", "N"), P::actual_dates);
  const ReadPlan odd =
      XerText().add("SCHEDOPTIONS", {{"sched_float_type", "FT_X"}}).task("A").read();
  EXPECT_EQ(found_in(odd), Lines{"10: bad_choice"});
}

TEST(Xer, what_has_begun_has_its_actual_dates_and_what_remains) {
  const ReadPlan read =
      XerText()
          .set("PROJECT", "last_recalc_date", "2024-03-08 08:00")
          .task("A", {{"status_code", "TK_Complete"},
                      {"act_start_date", "2024-03-04 08:00"},
                      {"act_end_date", "2024-03-05 17:00"},
                      {"remain_drtn_hr_cnt", "0"}})
          .task("B", {{"status_code", "TK_Active"},
                      {"act_start_date", "2024-03-06 08:00"},
                      {"remain_drtn_hr_cnt", "12"}})
          .task("C", {{"remain_drtn_hr_cnt", "24"}})
          .task("M", {{"task_type", "TT_FinMile"},
                      {"status_code", "TK_Complete"},
                      {"act_end_date", "2024-03-05 17:00"}})
          .task("D", {{"status_code", "TK_Complete"}, {"act_start_date", "2024-03-06 08:00"}})
          .read();
  EXPECT_EQ(found_in(read), Lines{"14: missing_cell"});
  ASSERT_EQ(read.plan.progress.size(), 4U);
  EXPECT_EQ(read.plan.progress[0].actual_finish, at(5, 17));
  EXPECT_EQ(read.plan.progress[1].actual_start, at(6, 8));
  EXPECT_EQ(read.plan.progress[1].remaining, WorkTime{720});
  EXPECT_EQ(named(read.plan, "B").duration, WorkTime{960});
  EXPECT_EQ(named(read.plan, "C").duration, WorkTime{1440});
  EXPECT_EQ(read.plan.progress[2].actual_start, at(5, 17));
}

// --- what no export should hold

TEST(Xer, numbers_beyond_reason_are_reported) {
  const auto found = [](const std::string& hours) {
    const ReadPlan read =
        XerText().task("A", {{"target_drtn_hr_cnt", "8"}, {"remain_drtn_hr_cnt", hours}}).read();
    EXPECT_EQ(read.plan.tasks.size(), 1U);
    return found_in(read);
  };
  EXPECT_EQ(found("1E+300"), Lines{"10: bad_number"});
  EXPECT_EQ(found("nan"), Lines{"10: bad_number"});
  EXPECT_EQ(found("99999999999999999999999999"), Lines{"10: bad_number"});
  EXPECT_EQ(found("9999999999"), Lines{"10: number_out_of_range"});
  EXPECT_EQ(found("-8"), Lines{"10: negative_duration"});
  EXPECT_EQ(found("eight"), Lines{"10: bad_number"});
  EXPECT_EQ(found("1E+01"), Lines{});
}

TEST(Xer, rows_that_repeat_a_number_or_a_code_are_reported) {
  const ReadPlan read = XerText()
                            .task("A")
                            .task("A")
                            .task("B", {{"task_code", "A"}})
                            .task("C", {{"task_code", ""}})
                            .read();
  EXPECT_EQ(found_in(read), (Lines{"11: duplicate_id", "12: duplicate_id", "13: missing_cell"}));
  EXPECT_EQ(read.plan.tasks.size(), 1U);
}

TEST(Xer, nul_bytes_are_reported_and_the_rest_is_read) {
  std::string text = XerText().task("A").str();
  text[text.find("Hall")] = '\0';
  const ReadPlan read = read_xer(text, "hall.xer");
  EXPECT_EQ(found_in(read), Lines{"4: nul_bytes"});
  EXPECT_EQ(read.plan.name, "all");
}

TEST(Xer, a_file_cut_off_anywhere_or_with_any_byte_changed_is_read_as_far_as_it_goes) {
  const std::string whole =
      with_crew()
          .add("PROJWBS", {{"wbs_id", "2"}, {"wbs_short_name", "W"}})
          .task("A", {{"wbs_id", "2"}})
          .task("B", {{"cstr_type", "CS_MSO"}, {"cstr_date", "2024-03-06 08:00"}})
          .link("A", "B")
          .add("TASKRSRC", {{"task_id", "A"}, {"rsrc_id", "1"}, {"target_qty_per_hr", "1"}})
          .str();
  for (std::size_t length = 0; length < whole.size(); length += 3) {
    EXPECT_LE(read_xer(whole.substr(0, length), "cut.xer").plan.tasks.size(), 3U);
  }
  for (std::size_t i = 0; i < whole.size(); i += 3) {
    for (const char c : {'\t', '\n', '9', '\xFF'}) {
      std::string changed = whole;
      changed[i] = c;
      EXPECT_LE(read_xer(changed, "changed.xer").plan.tasks.size(), 3U);
    }
  }
}

}  // namespace
}  // namespace diaodu::formats
