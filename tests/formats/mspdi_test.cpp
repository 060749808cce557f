#include "diaodu/formats/mspdi.h"

#include "diaodu/formats/mspdi_calendar.h"
#include "diaodu/formats/plan_file.h"
#include "formats/mspdi_text.h"
#include "formats/xer_text.h"
#include "support/findings.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

using Lines = std::vector<std::string>;
using Elements = MspdiText::Elements;

Instant in_march(int day, int hour) {
  return Instant{LocalTime::at(Date::from(2024, 3, day), hour * 60).minutes};
}

Lines codes(const ReadPlan& read) {
  Lines codes;
  for (const Finding& finding : read.findings.kept()) codes.emplace_back(finding.kind->code);
  return codes;
}

const Task& named(const Plan& plan, std::string_view name) {
  static const Task none;
  for (const Task& task : plan.tasks) {
    if (task.name == name) return task;
  }
  return none;
}

std::string cell(const Plan& plan, std::string_view column, std::size_t row) {
  for (const ForeignColumn& foreign : plan.foreign) {
    if (foreign.name == column) return std::string(foreign.cell(row));
  }
  return "no such column";
}

TEST(Mspdi, a_project_has_its_name_dates_currency_calendar_and_slack) {
  const ReadPlan read = MspdiText()
                            .project("CurrencyCode", "EUR")
                            .project("StatusDate", "2024-03-08T17:00:00")
                            .project("CriticalSlackLimit", "2")
                            .task("Dig", "PT16H0M0S")
                            .read();
  EXPECT_EQ(codes(read), Lines{});
  EXPECT_EQ(read.plan.name, "Hall");
  EXPECT_EQ(read.plan.currency, "EUR");
  EXPECT_EQ(read.plan.start, in_march(4, 8));
  EXPECT_EQ(read.plan.data_date, in_march(8, 17));
  EXPECT_EQ(read.plan.options.critical_float, WorkTime{2 * 480});
  EXPECT_EQ(read.plan.options.total_float, Options::TotalFloat::smaller);
  EXPECT_EQ(read.plan.calendars[read.plan.calendar].rule.id, "Standard");
  EXPECT_EQ(named(read.plan, "Dig").duration, WorkTime{960});
}

TEST(Mspdi, it_is_recognised_by_its_content) {
  const TemporaryFolder folder;
  folder.write("plan.txt", MspdiText().task("Dig", "PT8H0M0S").str());
  EXPECT_EQ(recognise(folder.path() / "plan.txt"), FileFormat::mspdi);
  EXPECT_EQ(read_plan(folder.path() / "plan.txt").plan.tasks.size(), 1U);
}

TEST(Mspdi, outline_levels_make_summaries) {
  const ReadPlan read =
      MspdiText()
          .task("Works", "PT24H0M0S", {{"OutlineLevel", "1"}, {"Summary", "1"}})
          .task("Dig", "PT8H0M0S", {{"OutlineLevel", "2"}})
          .task("Pour", "PT8H0M0S", {{"OutlineLevel", "2"}})
          .task("Handover", "PT0H0M0S", {{"OutlineLevel", "1"}, {"Milestone", "1"}})
          .read();
  EXPECT_EQ(codes(read), Lines{});
  EXPECT_EQ(named(read.plan, "Works").kind, TaskKind::summary);
  EXPECT_EQ(named(read.plan, "Works").duration, WorkTime{});
  EXPECT_EQ(named(read.plan, "Pour").parent, TaskId{0});
  EXPECT_FALSE(named(read.plan, "Handover").parent);
  EXPECT_EQ(named(read.plan, "Handover").kind, TaskKind::finish_milestone);
}

TEST(Mspdi, the_project_summary_and_empty_rows_are_no_tasks) {
  std::string text = MspdiText().task("Dig", "PT8H0M0S", {{"OutlineLevel", "1"}}).str();
  text.insert(text.find("<Tasks>") + 7,
              "<Task><UID>0</UID><ID>0</ID><Name>Hall</Name><OutlineLevel>0</"
              "OutlineLevel><Summary>1</Summary></Task>"
              "<Task><UID>9</UID><ID>7</ID><IsNull>1</IsNull></Task>");
  const ReadPlan read = read_mspdi(text, "hall.xml");
  EXPECT_EQ(codes(read), Lines{});
  EXPECT_EQ(read.plan.tasks.size(), 1U);
}

TEST(Mspdi, all_constraint_types_are_known) {
  using enum ConstraintKind;
  const std::vector<ConstraintKind> kinds = {none,
                                             as_late_as_possible,
                                             start_on,
                                             finish_on,
                                             start_on_or_after,
                                             start_on_or_before,
                                             finish_on_or_after,
                                             finish_on_or_before};
  for (std::size_t type = 0; type < kinds.size(); ++type) {
    const ReadPlan read = MspdiText()
                              .task("Dig", "PT8H0M0S",
                                    {{"ConstraintType", std::to_string(type)},
                                     {"ConstraintDate", "2024-03-06T08:00:00"}})
                              .read();
    EXPECT_EQ(named(read.plan, "Dig").constraint.kind, kinds[type]) << type;
    if (type > 1) {
      EXPECT_EQ(named(read.plan, "Dig").constraint.date, in_march(6, 8));
    }
  }
}

TEST(Mspdi, elapsed_durations_and_parts_of_minutes_are_understood) {
  // 8 is elapsed days, 40 the same when estimated; 30 seconds make half a minute, which becomes a whole one.
  const ReadPlan read = MspdiText()
                            .task("Cure", "PT72H0M0S", {{"DurationFormat", "8"}})
                            .task("Dry", "PT24H0M0S", {{"DurationFormat", "40"}})
                            .task("Wipe", "PT0H2M30S", {{"DurationFormat", "3"}})
                            .read();
  EXPECT_EQ(codes(read), Lines{"read_otherwise"});
  EXPECT_TRUE(named(read.plan, "Cure").is_elapsed);
  EXPECT_EQ(named(read.plan, "Cure").duration, WorkTime{72 * 60});
  EXPECT_TRUE(named(read.plan, "Dry").is_elapsed);
  EXPECT_FALSE(named(read.plan, "Wipe").is_elapsed);
  EXPECT_EQ(named(read.plan, "Wipe").duration, WorkTime{3});
}

TEST(Mspdi, what_is_scheduled_by_hand_is_pinned) {
  const ReadPlan read = MspdiText()
                            .task("Visit", "PT8H0M0S",
                                  {{"Manual", "1"},
                                   {"Start", "2024-03-07T08:00:00"},
                                   {"ManualStart", "2024-03-07T08:00:00"},
                                   {"ManualDuration", "PT16H0M0S"}})
                            .task("Some day", "PT8H0M0S", {{"Manual", "1"}})
                            .read();
  EXPECT_EQ(codes(read), Lines{"not_kept"});
  EXPECT_EQ(named(read.plan, "Visit").constraint.kind, ConstraintKind::mandatory_start);
  EXPECT_EQ(named(read.plan, "Visit").constraint.date, in_march(7, 8));
  EXPECT_EQ(named(read.plan, "Visit").duration, WorkTime{960});
  EXPECT_EQ(named(read.plan, "Some day").constraint.kind, ConstraintKind::none);
}

TEST(Mspdi, lags_come_in_all_formats) {
  struct Case {
    const char* lag;
    const char* format;
    Lag is;
  };
  using Unit = Lag::Unit;
  // Tenths of minutes: 4800 is a working day, 14400 a day on the clock.
  const std::vector<Case> cases = {
      {"4800", "7", {480, Unit::work}},      {"-4800", "7", {-480, Unit::work}},
      {"24000", "9", {2400, Unit::work}},    {"600", "5", {60, Unit::work}},
      {"14400", "8", {1440, Unit::elapsed}}, {"14400", "40", {1440, Unit::elapsed}},
      {"50", "19", {5000, Unit::percent}},   {"-25", "20", {-2500, Unit::elapsed_percent}},
      {"15", "3", {2, Unit::work}},          {"0", "8", {0, Unit::work}}};
  for (const Case& each : cases) {
    const ReadPlan read =
        MspdiText()
            .task("Dig", "PT8H0M0S")
            .task("Pour", "PT8H0M0S", {MspdiText::after(1, "3", each.lag, each.format)})
            .read();
    ASSERT_EQ(read.plan.links.size(), 1U);
    EXPECT_EQ(read.plan.links[LinkId{0}].type, LinkType::start_to_start);
    EXPECT_EQ(read.plan.links[LinkId{0}].lag, each.is) << each.lag << ' ' << each.format;
  }
}

TEST(Mspdi, link_types_are_numbered_as_project_numbers_them) {
  const std::vector<LinkType> types = {LinkType::finish_to_finish, LinkType::finish_to_start,
                                       LinkType::start_to_finish, LinkType::start_to_start};
  for (std::size_t type = 0; type < types.size(); ++type) {
    const ReadPlan read = MspdiText()
                              .task("Dig", "PT8H0M0S")
                              .task("Pour", "PT8H0M0S", {MspdiText::after(1, std::to_string(type))})
                              .read();
    EXPECT_EQ(read.plan.links[LinkId{0}].type, types[type]);
  }
}

TEST(Mspdi, inactive_tasks_and_ends_outside_the_file_are_left_out_with_their_links) {
  const ReadPlan read = MspdiText()
                            .task("Dig", "PT8H0M0S", {{"Active", "0"}})
                            .task("Pour", "PT8H0M0S", {MspdiText::after(1), MspdiText::after(99)})
                            .read();
  EXPECT_EQ(codes(read), (Lines{"left_out", "xer_external_link"}));
  EXPECT_EQ(read.plan.tasks.size(), 1U);
  EXPECT_TRUE(read.plan.links.empty());
}

TEST(Mspdi, progress_baselines_deadlines_wbs_and_own_fields_are_kept) {
  const ReadPlan read =
      MspdiText()
          .project("ExtendedAttributes",
                   "<ExtendedAttribute><FieldID>188743731</FieldID><FieldName>Text1</FieldName>"
                   "<Alias>Ward</Alias></ExtendedAttribute>")
          .task("Dig", "PT16H0M0S",
                {{"WBS", "H.7"},
                 {"OutlineNumber", "1"},
                 {"ActualStart", "2024-03-04T08:00:00"},
                 {"PercentComplete", "50"},
                 {"RemainingDuration", "PT8H0M0S"},
                 {"Deadline", "2024-03-08T17:00:00"},
                 {"FixedCost", "12345"},
                 {"Priority", "700"},
                 {"Notes", "soft ground"},
                 {"ExtendedAttribute", "<FieldID>188743731</FieldID><Value>North</Value>"},
                 {"Baseline",
                  "<Number>0</Number><Start>2024-03-01T08:00:00</Start>"
                  "<Finish>2024-03-04T17:00:00</Finish><Duration>PT16H0M0S</Duration>"},
                 {"Baseline", "<Number>10</Number><Start>2024-02-29T08:00:00</Start>"}})
          .read();
  EXPECT_EQ(codes(read), Lines{"progress_without_data_date"});
  const Task& dig = named(read.plan, "Dig");
  EXPECT_EQ(dig.deadline, in_march(8, 17));
  EXPECT_EQ(dig.cost, Money{12345});
  EXPECT_EQ(dig.priority, 700);
  EXPECT_EQ(dig.notes, "soft ground");
  ASSERT_EQ(read.plan.progress.size(), 1U);
  EXPECT_EQ(read.plan.progress[0].actual_start, in_march(4, 8));
  EXPECT_EQ(read.plan.progress[0].remaining, WorkTime{480});
  EXPECT_EQ(read.plan.progress[0].percent, 5000);
  EXPECT_EQ(cell(read.plan, "WBS", 0), "H.7");
  EXPECT_EQ(cell(read.plan, "Ward", 0), "North");
  EXPECT_EQ(cell(read.plan, "Baseline start", 0), "2024-03-01 08:00");
  EXPECT_EQ(cell(read.plan, "Baseline finish", 0), "2024-03-04 17:00");
  EXPECT_EQ(cell(read.plan, "Baseline duration", 0), "960min");
  EXPECT_EQ(cell(read.plan, "Baseline 10 start", 0), "2024-02-29 08:00");
}

TEST(Mspdi, resources_become_people_material_and_money) {
  const ReadPlan read =
      MspdiText()
          .calendar({{"UID", "5"},
                     {"Name", "Crew"},
                     {"IsBaseCalendar", "0"},
                     {"BaseCalendarUID", "1"},
                     {"WeekDays", MspdiText::day(6, "")}})
          .resource({{"UID", "0"}, {"ID", "0"}})
          .resource(
              {{"UID", "1"},
               {"Name", "Crew"},
               {"Type", "1"},
               {"MaxUnits", "4.00"},
               {"CalendarUID", "5"},
               {"StandardRate", "50.5"},
               {"AvailabilityPeriods",
                "<AvailabilityPeriod><AvailableFrom>2024-03-11T00:00:00</AvailableFrom>"
                "<AvailableTo>2024-03-15T23:59:00</AvailableTo><AvailableUnits>2</AvailableUnits>"
                "</AvailabilityPeriod>"}})
          .resource({{"UID", "2"}, {"Name", "Sand"}, {"Type", "0"}, {"StandardRate", "7"}})
          .resource({{"UID", "3"}, {"Name", "Permit"}, {"Type", "2"}})
          .task("Dig", "PT8H0M0S")
          .assignment(
              {{"TaskUID", "1"}, {"ResourceUID", "1"}, {"Units", "2"}, {"Work", "PT16H0M0S"}})
          .assignment({{"TaskUID", "1"}, {"ResourceUID", "2"}, {"Units", "12.5"}})
          .assignment({{"TaskUID", "1"}, {"ResourceUID", "3"}, {"Cost", "50000"}})
          .assignment({{"TaskUID", "1"}, {"ResourceUID", "-65535"}, {"Units", "1"}})
          .read();
  EXPECT_EQ(codes(read), Lines{});
  const Plan& plan = read.plan;
  ASSERT_EQ(plan.resources.size(), 3U);
  const Resource& crew = plan.resources[ResourceId{0}];
  EXPECT_EQ(crew.id, "Crew");
  EXPECT_EQ(crew.capacity, Amount{4000});
  EXPECT_EQ(crew.rate, Money{5050});
  EXPECT_EQ(plan.calendars[crew.calendar].rule.base, "Standard");
  EXPECT_EQ(plan.resources[ResourceId{1}].kind, ResourceKind::material);
  EXPECT_EQ(plan.resources[ResourceId{2}].kind, ResourceKind::money);
  // Outside of its periods nobody of the crew is there.
  ASSERT_EQ(plan.availability.size(), 3U);
  EXPECT_EQ(plan.availability[0].during, (Interval{in_march(11, 0), in_march(16, 0)}));
  EXPECT_EQ(plan.availability[1].during, (Interval{in_march(4, 8), in_march(11, 0)}));
  EXPECT_EQ(plan.availability[1].capacity, Amount{});
  EXPECT_EQ(plan.availability[2].during.from, in_march(16, 0));
  EXPECT_EQ(plan.availability[2].capacity, Amount{});
  ASSERT_EQ(plan.demands.size(), 3U);
  EXPECT_EQ(plan.demands[DemandId{0}].amount, Amount{2000});
  EXPECT_EQ(plan.demands[DemandId{1}].amount, Amount{12500});
  EXPECT_EQ(plan.demands[DemandId{2}].amount, Amount{500'000});  // 500 of the currency
}

TEST(Mspdi, who_is_overallocated_gives_all_there_is) {
  const ReadPlan read =
      MspdiText()
          .resource({{"UID", "1"}, {"Name", "Crane"}, {"Type", "1"}, {"MaxUnits", "1"}})
          .resource({{"UID", "2"}, {"Name", "Expert"}, {"Type", "1"}, {"MaxUnits", "0"}})
          .task("Lift", "PT8H0M0S")
          .assignment({{"TaskUID", "1"}, {"ResourceUID", "1"}, {"Units", "2"}})
          .assignment({{"TaskUID", "1"}, {"ResourceUID", "2"}, {"Units", "1"}})
          .read();
  EXPECT_EQ(codes(read), (Lines{"not_kept", "not_kept"}));
  const std::string words = words_of(read.findings);
  EXPECT_NE(words.find("'Lift': needs 2 of Crane, of which there are never more than 1; it takes "
                       "all of it"),
            std::string::npos)
      << words;
  EXPECT_NE(words.find("'Lift': needs 1 of Expert, of which there are never more than 0; it gets "
                       "none"),
            std::string::npos)
      << words;
  ASSERT_EQ(read.plan.demands.size(), 1U);
  EXPECT_EQ(read.plan.demands[DemandId{0}].amount, kOne);
}

TEST(Mspdi, numbers_may_have_exponents) {
  const ReadPlan read =
      MspdiText()
          .resource({{"UID", "1"},
                     {"Name", "Crew"},
                     {"Type", "1"},
                     {"MaxUnits", "2E+00"},
                     {"StandardRate", "1E-05"}})
          .task("Dig", "PT8H0M0S")
          .assignment({{"TaskUID", "1"}, {"ResourceUID", "1"}, {"Units", "5.0E-1"}})
          .read();
  EXPECT_EQ(codes(read), Lines{});
  EXPECT_EQ(read.plan.resources[ResourceId{0}].capacity, Amount{2000});
  EXPECT_EQ(read.plan.resources[ResourceId{0}].rate, Money{});
  EXPECT_EQ(read.plan.demands[DemandId{0}].amount, Amount{500});
}

TEST(Mspdi, splits_contours_delays_and_levelling_are_told_by_row) {
  // Dig works 8 hours but stands from Monday to Wednesday: 24 hours.
  const ReadPlan read =
      MspdiText()
          .task("Dig", "PT8H0M0S",
                {{"Start", "2024-03-04T08:00:00"}, {"Finish", "2024-03-06T17:00:00"}})
          .task("Pour", "PT8H0M0S", {{"LevelingDelay", "4800"}})
          .resource({{"UID", "1"}, {"Name", "Crew"}, {"Type", "1"}})
          .assignment(
              {{"TaskUID", "2"}, {"ResourceUID", "1"}, {"Delay", "4800"}, {"WorkContour", "3"}})
          .read();
  EXPECT_EQ(codes(read), (Lines{"not_kept", "not_kept", "not_kept", "not_kept"}));
}

TEST(Mspdi, a_project_scheduled_from_its_finish_has_tasks_as_late_as_possible) {
  const ReadPlan read = MspdiText()
                            .project("ScheduleFromStart", "0")
                            .project("FinishDate", "2024-03-15T17:00:00")
                            .task("Dig", "PT8H0M0S")
                            .task("Pour", "PT8H0M0S", {{"ConstraintType", "1"}})
                            .read();
  EXPECT_EQ(codes(read), Lines{"read_otherwise"});
  EXPECT_EQ(read.plan.must_finish, in_march(15, 17));
  EXPECT_EQ(named(read.plan, "Dig").constraint.kind, ConstraintKind::as_late_as_possible);
  EXPECT_EQ(named(read.plan, "Pour").constraint.kind, ConstraintKind::as_late_as_possible);
}

// --- calendars

WorkTime work_on(const Plan& plan, Date date) {
  const Instant from{LocalTime::at(date, 0).minutes};
  return plan.calendars[plan.calendar].calendar.work_between(from, from + Elapsed{kMinutesPerDay});
}

TEST(Mspdi, exceptions_and_working_weeks_change_the_week) {
  MspdiText text;
  text.calendar(
          {{"UID", "2"},
           {"Name", "Site"},
           {"IsBaseCalendar", "1"},
           {"WeekDays", MspdiText::week()},
           {"Exceptions",
            MspdiText::element(
                "Exception", MspdiText::period("2024-03-06", "2024-03-07") +
                                 "<Name>Inventory</Name><Type>1</Type><DayWorking>0</DayWorking>") +
                MspdiText::element("Exception",
                                   MspdiText::period("2024-03-09", "2024-03-09") +
                                       "<Type>1</Type><DayWorking>1</DayWorking><WorkingTimes>" +
                                       MspdiText::shift("08:00", "12:00") + "</WorkingTimes>")},
           {"WorkWeeks",
            MspdiText::element("WorkWeek",
                               MspdiText::period("2024-03-11", "2024-03-24") + "<WeekDays>" +
                                   MspdiText::day(7, MspdiText::shift("09:00", "11:00")) +
                                   "</WeekDays>")}})
      .project("CalendarUID", "2")
      .task("Dig", "PT8H0M0S");
  const ReadPlan read = text.read();
  EXPECT_EQ(codes(read), Lines{});
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 5)), WorkTime{480});
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 6)), WorkTime{0});
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 7)), WorkTime{0});
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 9)), WorkTime{240});   // a Saturday
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 16)), WorkTime{120});  // in the working weeks
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 23)), WorkTime{120});
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 30)), WorkTime{0});
}

TEST(Mspdi, the_exceptions_of_2003_count_where_there_are_no_others) {
  MspdiText text;
  text.calendar({{"UID", "2"},
                 {"Name", "Old"},
                 {"IsBaseCalendar", "1"},
                 {"WeekDays", MspdiText::week() +
                                  "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>" +
                                  MspdiText::period("2024-03-05", "2024-03-05") + "</WeekDay>"}})
      .project("CalendarUID", "2")
      .task("Dig", "PT8H0M0S");
  const ReadPlan read = text.read();
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 5)), WorkTime{0});
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 6)), WorkTime{480});
}

TEST(Mspdi, midnight_to_midnight_is_the_whole_day) {
  MspdiText text;
  text.calendar({{"UID", "2"},
                 {"Name", "24 Hours"},
                 {"IsBaseCalendar", "1"},
                 {"WeekDays", MspdiText::day(2, MspdiText::shift("00:00", "00:00")) +
                                  MspdiText::day(3, MspdiText::shift("20:00", "23:59"))}})
      .project("CalendarUID", "2")
      .task("Dig", "PT8H0M0S");
  const ReadPlan read = text.read();
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 4)), WorkTime{1440});
  EXPECT_EQ(work_on(read.plan, Date::from(2024, 3, 5)), WorkTime{240});
}

std::vector<std::string> recurring(MspdiException exception) {
  exception.from = Instant{LocalTime::at(Date::from(2024, 1, 1), 0).minutes};
  exception.to = Instant{LocalTime::at(Date::from(2024, 12, 31), 0).minutes};
  std::vector<std::string> dates;
  for (const CalendarException& each : dates_of(exception, 6))
    dates.push_back(to_string(each.first));
  return dates;
}

TEST(Mspdi, more_dates_that_recur_than_a_plan_has_are_told) {
  const auto read = [](int num) {
    std::string exceptions;
    for (int i = 0; i < num; ++i) {
      exceptions += MspdiText::element(
          "Exception", MspdiText::period("1990-01-01", "2080-01-01") +
                           "<Name>Every other "
                           "day</Name><Type>7</Type><Period>2</Period><DayWorking>0</DayWorking>");
    }
    MspdiText text;
    text.calendar(
            {{"UID", "2"}, {"Name", "Site"}, {"IsBaseCalendar", "1"}, {"Exceptions", exceptions}})
        .task("Dig", "PT8H0M0S");
    return count_of(text.read().findings, found::too_many);
  };
  EXPECT_EQ(read(2), 0U);
  EXPECT_EQ(read(30), 1U);  // of 16,436 dates each
}

TEST(Mspdi, exceptions_recur_daily_weekly_monthly_and_yearly) {
  // Every third day of 2024, three times.
  EXPECT_EQ(recurring({.is_by_occurrences = true, .occurrences = 3, .type = 7, .period = 3}),
            (Lines{"2024-01-01", "2024-01-04", "2024-01-07"}));
  // Every second week on Tuesday (4) and Saturday (64); 1 January is a Monday, its week began on 31 December.
  EXPECT_EQ(recurring({.is_by_occurrences = true,
                       .occurrences = 4,
                       .type = 6,
                       .period = 2,
                       .days_of_week = 68}),
            (Lines{"2024-01-02", "2024-01-06", "2024-01-16", "2024-01-20"}));
  // The 31st of every second month; June has 30, which is then its last.
  EXPECT_EQ(
      recurring(
          {.is_by_occurrences = true, .occurrences = 3, .type = 4, .period = 2, .month_day = 31}),
      (Lines{"2024-01-31", "2024-03-31", "2024-05-31"}));
  // The last Friday (8) of every third month: 26 January, 26 April, 26 July, 25 October.
  EXPECT_EQ(recurring({.type = 5, .period = 3, .month_item = 8, .month_position = 4}),
            (Lines{"2024-01-26", "2024-04-26", "2024-07-26", "2024-10-25"}));
  // The first weekday of May (4, from 0): Wednesday the 1st.
  EXPECT_EQ(recurring({.type = 3, .month = 4, .month_item = 1, .month_position = 0}),
            Lines{"2024-05-01"});
  // Every 1 October.
  EXPECT_EQ(recurring({.type = 2, .month = 9, .month_day = 1}), Lines{"2024-10-01"});
}

// --- bad input

TEST(Mspdi, all_that_is_wrong_is_found_at_once_with_its_line) {
  const ReadPlan read =
      MspdiText()
          .task("Dig", "PT8", {{"Start", "yesterday"}, {"ConstraintType", "9"}})
          .task("Pour", "-PT8H0M0S", {{"ConstraintType", "4"}, {"Priority", "high"}})
          .read();
  const Lines expected = {"8: bad_duration",      "8: bad_date",   "8: number_out_of_range",
                          "9: negative_duration", "9: bad_number", "9: constraint_without_date"};
  Lines lines = found_in(read);
  for (const std::string& line : expected) {
    EXPECT_NE(std::find(lines.begin(), lines.end(), line), lines.end()) << line;
  }
  EXPECT_EQ(lines.size(), expected.size());
}

TEST(Mspdi, a_cut_file_keeps_what_came_before_and_says_so) {
  const std::string text = MspdiText().task("Dig", "PT8H0M0S").task("Pour", "PT8H0M0S").str();
  for (std::size_t size = 0; size < text.size(); size += 37) {
    const ReadPlan read = read_mspdi(std::string_view(text).substr(0, size), "cut.xml");
    EXPECT_TRUE(read.findings.has_errors()) << size;
  }
}

TEST(Mspdi, encodings_are_understood) {
  const std::string head =
      "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2024-03-04T08:00:00"
      "</StartDate><Tasks><Task><UID>1</UID><ID>1</ID><Name>";
  const std::string tail = "</Name><Duration>PT8H0M0S</Duration></Task></Tasks></Project>";
  const auto name = [&](const std::string& declared, const std::string& bytes) {
    const std::string start =
        declared.empty() ? "" : "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>";
    const ReadPlan read = read_mspdi(start + head + bytes + tail, "a.xml");
    return read.plan.tasks.empty() ? std::string("none") : read.plan.tasks[TaskId{0}].name.str();
  };
  EXPECT_EQ(name("UTF-8", "浇筑"), "浇筑");
  EXPECT_EQ(name("GB18030", "\xBD\xBD\xD6\xFE"), "浇筑");
  EXPECT_EQ(name("gb2312", "\xBD\xBD\xD6\xFE"), "浇筑");
  EXPECT_EQ(name("windows-1252", "Caf\xE9"), "Café");
  EXPECT_EQ(name("windows-1251", "\xCF\xEB\xE0\xED"), "План");
  EXPECT_EQ(name("UTF-8", "Caf\xE9"), "Café");  // it lies
  std::string wide = "\xFF\xFE";
  for (const char c : head + "A" + tail) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(read_mspdi(wide, "a.xml").plan.tasks.size(), 1U);
}

TEST(Mspdi, what_remains_of_a_task_resumes_when_project_says) {
  const ReadPlan read = MspdiText()
                            .task("Dig", "PT80H0M0S",
                                  {{"PercentComplete", "50"},
                                   {"ActualStart", "2024-03-04T08:00:00"},
                                   {"RemainingDuration", "PT40H0M0S"},
                                   {"Stop", "2024-03-08T17:00:00"},
                                   {"Resume", "2024-03-11T08:00:00"}})
                            .read();
  ASSERT_EQ(read.plan.progress.size(), 1U);
  EXPECT_EQ(read.plan.progress[0].resumes, in_march(11, 8));
}

}  // namespace
}  // namespace diaodu::formats
