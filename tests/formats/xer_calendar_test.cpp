#include "diaodu/formats/xer_calendar.h"

#include "formats/xer_text.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kMonday = 0;
constexpr std::size_t kSunday = 6;

std::string day(const std::string& number, const std::string& shifts) {
  return "(0||CalendarData()((0||DaysOfWeek()((0||" + number + "()(" + shifts + "))))))";
}

std::string shifts_on(const XerHours& hours, std::size_t weekday) {
  return hours.week[weekday] ? to_string(*hours.week[weekday]) : "unset";
}

TEST(XerCalendar, a_week_begins_on_sunday) {
  const XerHours hours = parse_xer_hours(XerText::week());
  EXPECT_TRUE(hours.is_whole);
  EXPECT_EQ(shifts_on(hours, kMonday), "08:00-12:00 13:00-17:00");
  EXPECT_EQ(shifts_on(hours, kSunday), "");
}

TEST(XerCalendar, the_end_of_a_shift_may_stand_before_its_beginning) {
  const XerHours hours = parse_xer_hours(day("1", "(0||0(f|12:00|s|8:00)())"));
  EXPECT_TRUE(hours.is_whole);
  EXPECT_EQ(shifts_on(hours, kSunday), "08:00-12:00");
}

TEST(XerCalendar, a_shift_that_ends_at_midnight_lasts_to_the_end_of_the_day) {
  EXPECT_EQ(shifts_on(parse_xer_hours(day("1", "(0||0(s|13:00|f|00:00)())")), kSunday),
            "13:00-24:00");
  EXPECT_EQ(shifts_on(parse_xer_hours(day("1", "(0||0(s|00:00|f|00:00)())")), kSunday),
            "00:00-24:00");
  EXPECT_EQ(shifts_on(parse_xer_hours(day("1", "(0||0(s|00:00|f|23:59)())")), kSunday),
            "00:00-24:00");
}

TEST(XerCalendar, line_breaks_and_blanks_between_nodes_mean_nothing) {
  std::string text;
  for (const char c : day("2", "(0||0(s|08:00|f|12:00)())")) {
    if (c == '(' && text.ends_with('(')) text += "\x7F\x7F  ";
    text += c;
  }
  const XerHours hours = parse_xer_hours(text);
  EXPECT_TRUE(hours.is_whole);
  EXPECT_EQ(shifts_on(hours, kMonday), "08:00-12:00");
}

TEST(XerCalendar, exceptions_count_days_as_spreadsheets_do) {
  // 45292 days after 1899-12-30 is 2024-01-01.
  const XerHours hours =
      parse_xer_hours(XerText::week("(0||0(d|45292)())(0||1(d|45297)((0||0(s|09:00|f|12:00)())))"));
  EXPECT_TRUE(hours.is_whole);
  ASSERT_EQ(hours.exceptions.size(), 2U);
  EXPECT_EQ(to_string(hours.exceptions[0].first), "2024-01-01");
  EXPECT_TRUE(hours.exceptions[0].shifts.empty());
  EXPECT_EQ(to_string(hours.exceptions[1].first), "2024-01-06");
  EXPECT_EQ(to_string(hours.exceptions[1].shifts), "09:00-12:00");
}

TEST(XerCalendar, the_outermost_node_may_go_without_a_name_and_others_with_any) {
  const XerHours hours = parse_xer_hours(
      "(0||()((0||VIEW(ShowTotal|Y)())(0||DaysOfWeek()((0||2()((0||0(s|08:00|f|16:00)())))))))");
  EXPECT_TRUE(hours.is_whole);
  EXPECT_EQ(shifts_on(hours, kMonday), "08:00-16:00");
}

TEST(XerCalendar, empty_text_is_whole_and_tells_nothing) {
  const XerHours hours = parse_xer_hours("");
  EXPECT_TRUE(hours.is_whole);
  EXPECT_EQ(shifts_on(hours, kMonday), "unset");
}

TEST(XerCalendar, a_text_that_breaks_off_keeps_the_days_before) {
  const std::string whole = XerText::week("(0||0(d|45292)())");
  for (std::size_t length = 1; length < whole.size(); ++length) {
    EXPECT_FALSE(parse_xer_hours(whole.substr(0, length)).is_whole) << length;
  }
  const XerHours hours = parse_xer_hours(whole.substr(0, whole.find("(0||3()")));
  EXPECT_EQ(shifts_on(hours, kMonday), "08:00-12:00 13:00-17:00");
  EXPECT_EQ(shifts_on(hours, kMonday + 1), "unset");
}

TEST(XerCalendar, what_makes_no_sense_is_not_whole) {
  const std::string in_order = day("2", "(0||0(s|08:00|f|12:00)())");
  ASSERT_TRUE(parse_xer_hours(in_order).is_whole);
  for (const std::string& text :
       {day("8", ""), day("0", ""), day("", ""), day("99999999999999999999", ""),
        day("2", "(0||0(s|25:00|f|26:00)())"), day("2", "(0||0(s|08:00)())"),
        day("2", "(0||0()())"), XerText::week("(0||0(d|999999999999)())"),
        XerText::week("(0||0(d|-5)())"), XerText::week("(0||0(d|9999999)())"),
        XerText::week("(0||0()())"), in_order + ")", in_order + "rubbish", std::string("hello"),
        std::string(")"), std::string("()"), std::string("(0||x(y)"),
        std::string("\0(0||x()())", 11)}) {
    const bool is_nul_only = text.starts_with('\0');
    EXPECT_EQ(parse_xer_hours(text).is_whole, is_nul_only) << text;
  }
}

TEST(XerCalendar, a_million_parentheses_cost_no_stack) {
  constexpr std::size_t kMany = 1'000'000;
  EXPECT_FALSE(parse_xer_hours(std::string(kMany, '(')).is_whole);
  EXPECT_FALSE(parse_xer_hours(std::string(kMany, ')')).is_whole);
  std::string nested;
  for (std::size_t i = 0; i < kMany; ++i) nested += "(0||x()(";
  EXPECT_FALSE(parse_xer_hours(nested).is_whole);
  std::string pairs;
  for (std::size_t i = 0; i < kMany; ++i) pairs += "(0||x()())";
  EXPECT_TRUE(parse_xer_hours(pairs).is_whole);
}

TEST(XerCalendar, hours_that_cannot_be_read_are_assumed_and_said_to_be) {
  for (const std::string data : {"(0||CalendarData()(", "", "((((((((((", "no hours"}) {
    const ReadPlan read = XerText().set("CALENDAR", "clndr_data", data).task("A").read();
    ASSERT_EQ(read.findings.kept().size(), 1U) << data;
    EXPECT_EQ(read.findings.kept()[0].kind, &found::xer_bad_calendar);
    EXPECT_EQ(read.findings.kept()[0].where.line, 7);
    const NamedCalendar& calendar = read.plan.calendars[read.plan.calendar];
    EXPECT_EQ(calendar.rule.id, "Office");
    EXPECT_EQ(calendar.week, WorkTime{40 * 60});
  }
}

TEST(XerCalendar, a_calendar_takes_what_it_does_not_tell_from_its_base) {
  const ReadPlan read =
      XerText()
          .set("CALENDAR", "clndr_data", XerText::week("(0||0(d|45356)())"))  // 2024-03-05 off
          .add("CALENDAR", {{"clndr_id", "11"}, {"clndr_name", "Crew"}, {"base_clndr_id", "10"}})
          .add("CALENDAR", {{"clndr_id", "12"}, {"clndr_name", "Far"}, {"base_clndr_id", "11"}})
          .task("A", {{"clndr_id", "11"}})
          .read();
  const CalendarId crew = named(read.plan, "A").calendar;
  ASSERT_TRUE(crew);
  EXPECT_EQ(read.plan.calendars[crew].week, WorkTime{40 * 60});
  EXPECT_TRUE(read.plan.calendars[crew].pattern.on(Date::from(2024, 3, 5)).empty());
  // A base of a base is more than P6 writes.
  EXPECT_EQ(found_in(read),
            (std::vector<std::string>{"9: xer_bad_calendar", "9: xer_bad_calendar"}));
}

TEST(XerCalendar, calendars_of_one_name_are_told_apart_by_their_numbers) {
  const ReadPlan read =
      XerText()
          .add("CALENDAR",
               {{"clndr_id", "11"}, {"clndr_name", "Office"}, {"clndr_data", XerText::week()}})
          .add("CALENDAR",
               {{"clndr_id", "12"}, {"clndr_name", "standard"}, {"clndr_data", XerText::week()}})
          .task("A", {{"clndr_id", "11"}})
          .task("B", {{"clndr_id", "12"}})
          .read();
  EXPECT_TRUE(read.findings.is_empty());
  EXPECT_EQ(read.plan.calendars[named(read.plan, "A").calendar].rule.id, "Office#11");
  EXPECT_EQ(read.plan.calendars[named(read.plan, "B").calendar].rule.id, "standard#12");
}

}  // namespace
}  // namespace diaodu::formats
