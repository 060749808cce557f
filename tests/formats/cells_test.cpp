#include "diaodu/formats/cells.h"

#include "diaodu/formats/window_cell.h"
#include "support/property.h"
#include "support/tables.h"

namespace diaodu::formats {
namespace {

/// Eight hours a day, five days a week.
const NamedCalendar& standard() {
  static const Plan plan = read_tables({{"tasks", "id,duration\nA,1d\n"}}).plan;
  return plan.calendars[plan.calendar];
}

std::optional<std::int64_t> in_minutes(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? minutes(*duration, standard()) : std::nullopt;
}

std::string local(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return "none";
  return date->has_clock ? to_string(date->time) : to_string(date->time.date());
}

TEST(Duration, days_weeks_and_months_are_the_calendars) {
  const std::vector<std::pair<const char*, std::int64_t>> examples = {
      {"3d", 1440},      {"2.5 days", 1200},   {"2,5d", 1200},    {"16h", 960},   {"90min", 90},
      {"90 m", 90},      {"2w", 4800},         {"1mo", 9600},     {"3天", 1440},  {"16小时", 960},
      {"2周", 4800},     {"1个月", 9600},      {"5 days?", 2400}, {"-2d", -960},  {"+2d", 960},
      {"0d", 0},         {"3ed", 4320},        {"2 eh", 120},     {"1ew", 10080}, {"1emo", 43200},
      {"3日历天", 4320}, {"10个工作日", 4800}, {" 1 D ", 480},    {"3", 1440},    {"0.001h", 0},
      {"0.01h", 1},      {"90分钟", 90},       {"1.0005d", 480},
  };
  for (const auto& [text, expected] : examples) EXPECT_EQ(in_minutes(text), expected) << text;
}

TEST(Duration, other_text_is_none) {
  for (const char* text : {"", "d", "3x", "three days", "3 d 4 h", "--3d", "3d4", "1.2.3d", "∞",
                           "1,000d",  // a thousand, or one?
                           "9999999w", "-9999999w", "99999999999999999999d"}) {
    EXPECT_FALSE(in_minutes(text)) << text;
  }
}

TEST(Duration, what_is_written_is_read_back) {
  holds(10'000, [] {
    const std::int64_t time = *rc::gen::inRange(-1'000'000, 1'000'000);
    const bool is_elapsed = *rc::gen::arbitrary<bool>();
    const auto back = parse_duration(duration_string(time, standard(), is_elapsed));
    RC_ASSERT(back && minutes(*back, standard()) == time);
    RC_ASSERT(back->is_elapsed == is_elapsed);
  });
  EXPECT_EQ(duration_string(1440, standard(), false), "3d");
  EXPECT_EQ(duration_string(1440, standard(), true), "1ed");
  EXPECT_EQ(duration_string(540, standard(), false), "9h");
  EXPECT_EQ(duration_string(45, standard(), true), "45emin");
}

TEST(Lag, is_a_duration_with_a_sign_or_a_share) {
  const auto lag = [](std::string_view text) { return parse_lag(text, standard()); };
  EXPECT_EQ(lag("2d"), (Lag{960, Lag::Unit::work}));
  EXPECT_EQ(lag("-16h"), (Lag{-960, Lag::Unit::work}));
  EXPECT_EQ(lag("+1ew"), (Lag{10080, Lag::Unit::elapsed}));
  EXPECT_EQ(lag("50%"), (Lag{5000, Lag::Unit::percent}));
  EXPECT_EQ(lag("-12.5 %"), (Lag{-1250, Lag::Unit::percent}));
  EXPECT_EQ(lag("25e%"), (Lag{2500, Lag::Unit::elapsed_percent}));
  for (const char* text : {"%", "e%", "x%", "100001%", "-100001%", "FS", "9999999w"}) {
    EXPECT_FALSE(lag(text)) << text;
  }
}

TEST(Lag, what_is_written_is_read_back) {
  holds(10'000, [] {
    const Lag lag{*rc::gen::inRange(-1'000'000, 1'000'000),
                  static_cast<Lag::Unit>(*rc::gen::inRange(0, 4))};
    RC_ASSERT(parse_lag(lag_string(lag, standard()), standard()) == lag);
  });
}

TEST(DateCell, comes_in_every_form_that_people_and_programs_write) {
  const std::vector<std::pair<const char*, const char*>> examples = {
      {"2024-04-12", "2024-04-12"},
      {" 2024-04-12 16:00 ", "2024-04-12 16:00"},
      {"2024-04-12T16:00:59", "2024-04-12 16:00"},
      {"2024-04-12T16:00:00.000Z", "2024-04-12 16:00"},
      {"2024-4-2 8:05", "2024-04-02 08:05"},
      {"2024-04-12 24:00", "2024-04-13 00:00"},
      {"2024/4/12", "2024-04-12"},
      {"2024.4.12", "2024-04-12"},
      {"12.04.2024", "2024-04-12"},
      {"3.4.2024", "2024-04-03"},
      {"20240412", "2024-04-12"},
      {"2024年4月12日", "2024-04-12"},
      {"2024年 4月 12号 16:30", "2024-04-12 16:30"},
      {"2024年4月12日16:30", "2024-04-12 16:30"},
      {"2024年4月12", "2024-04-12"},
      {"4/15/2024", "2024-04-15"},
      {"15/4/2024", "2024-04-15"},
      {"4/4/2024", "2024-04-04"},
      {"4/15/2024 4:00 PM", "2024-04-15 16:00"},
      {"4/15/2024 12:30 AM", "2024-04-15 00:30"},
      {"4/15/2024 12:30pm", "2024-04-15 12:30"},
      {"45394", "2024-04-12"},
      {"45394.5", "2024-04-12 12:00"},
      {"45393.9999999", "2024-04-12"},
      {"1900-01-01", "1900-01-01"},
      {"2199-12-31", "2199-12-31"},
  };
  for (const auto& [text, expected] : examples) EXPECT_EQ(local(text), expected) << text;
}

TEST(DateCell, other_text_is_none) {
  for (const char* text : {"",
                           "soon",
                           "2024-04-31",
                           "2024-13-01",
                           "1899-12-31",
                           "2200-01-01",
                           "24-04-12",
                           "1/2/24",
                           "2024-04-12 25:00",
                           "2024-04-12 16:60",
                           "2024-04-12 16:00:60",
                           "2024-04-12 13:00 PM",
                           "2024-04-12 0:30 AM",
                           "16:00",
                           "T16:00",
                           "2024年4月",
                           "4月12日",
                           "2024月4年12日",
                           "14999",
                           "300000",
                           "2024.4",
                           "2024041",
                           "1.5",
                           "2024-04-12 16",
                           "2024-04-12-13",
                           "0x2024-4-12",
                           "2024--4-12",
                           "2024-04-12 16:00 and then some more words"}) {
    EXPECT_EQ(local(text), "none") << text;
  }
}

TEST(DateCell, day_and_month_that_could_be_either_are_unclear) {
  for (const char* text : {"3/4/2024", "3-4-2024", "12/11/2024 16:00"}) {
    EXPECT_EQ(local(text), "none") << text;
    EXPECT_TRUE(is_unclear_date(text)) << text;
  }
  for (const char* text : {"4/4/2024", "13/4/2024", "2024-3-4", "3.4.2024", "3/4", "x/4/2024"}) {
    EXPECT_FALSE(is_unclear_date(text)) << text;
  }
}

TEST(DateCell, serials_count_the_leap_day_that_never_was) {
  EXPECT_EQ(to_string(date_of_serial(1, false)->time.date()), "1900-01-01");
  EXPECT_EQ(to_string(date_of_serial(59, false)->time.date()), "1900-02-28");
  EXPECT_EQ(to_string(date_of_serial(61, false)->time.date()), "1900-03-01");
  EXPECT_EQ(to_string(date_of_serial(0, true)->time.date()), "1904-01-01");
  EXPECT_TRUE(date_of_serial(61.25, false)->has_clock);
  EXPECT_FALSE(date_of_serial(-1, false));
  EXPECT_FALSE(date_of_serial(200'001, false));
  EXPECT_FALSE(date_of_serial(std::numeric_limits<double>::quiet_NaN(), false));
}

TEST(DateCell, every_day_of_every_year_is_read_back) {
  holds(10'000, [] {
    const Date date{*rc::gen::inRange(Date::from(1900, 1, 1).days, Date::from(2199, 12, 31).days)};
    const LocalTime time = LocalTime::at(date, *rc::gen::inRange(0, 1440));
    RC_ASSERT(parse_date(to_string(time))->time == time);
    RC_ASSERT(parse_date(to_string(date))->time == LocalTime::at(date, 0));
  });
}

TEST(Number, may_be_grouped_priced_and_counted_in_wan) {
  const auto number = [](std::string_view text, bool comma = false) {
    return parse_number(text, 2, comma);
  };
  EXPECT_EQ(number("1,234.5"), 123450);
  EXPECT_EQ(number("1 234"), 123400);
  EXPECT_EQ(number("1'234'567"), 123456700);
  EXPECT_EQ(number("1.234,5", true), 123450);
  EXPECT_EQ(number("2,5", true), 250);
  EXPECT_EQ(number("-3"), -300);
  EXPECT_EQ(number("¥12.34"), 1234);
  EXPECT_EQ(number("￥1.5万"), 1500000);
  EXPECT_EQ(number("2亿"), 20000000000);
  EXPECT_EQ(number("1.5万元"), 1500000);
  EXPECT_EQ(number("$ 7"), 700);
  EXPECT_EQ(number("€7"), 700);
  EXPECT_EQ(number("20%"), 20);
  EXPECT_EQ(parse_number("20%", 4, false), 2000);
  for (const char* text :
       {"", "x", "1,23", "12,34.5", "1,2345", ",123", "0,125", "-0,125", "1.2,345", "1,,234", "1e3",
        "万", "99999999999999999999", "9999999999亿"}) {
    EXPECT_FALSE(number(text)) << text;
  }
  EXPECT_FALSE(parse_number("5%", 0, false));
}

TEST(Windows, the_midnight_at_the_end_of_a_day_ends_it) {
  const auto instant = [](int day, int hour) {
    return Instant{LocalTime::at(Date::from(2022, 8, day), hour * 60).minutes};
  };
  std::optional<BadWindow> bad;
  const std::vector<Interval> windows = parse_windows(
      "2022-08-13 20:00..24:00; 2022-08-13 08:00..12:00; 2022-08-13 20:00..2022-08-14 24:00",
      Zone(), bad);
  EXPECT_FALSE(bad);
  EXPECT_EQ(windows, (std::vector<Interval>{{instant(13, 20), instant(14, 0)},
                                            {instant(13, 8), instant(13, 12)},
                                            {instant(13, 20), instant(15, 0)}}));
  EXPECT_TRUE(parse_windows("2022-08-13 20:00..00:00", Zone(), bad).empty());
  ASSERT_TRUE(bad);
  EXPECT_TRUE(bad->is_backwards);
}

TEST(YesNo, is_answered_in_many_ways) {
  for (const char* yes : {"yes", "Y", "TRUE", "1", "是", "x", "√"})
    EXPECT_EQ(parse_yes_no(yes), true) << yes;
  for (const char* no : {"no", "N", "false", "0", "否", "", " "})
    EXPECT_EQ(parse_yes_no(no), false) << no;
  EXPECT_FALSE(parse_yes_no("maybe"));
}

TEST(Folded, case_blanks_and_dashes_do_not_matter) {
  EXPECT_EQ(folded(" Task  Name "), "task_name");
  EXPECT_EQ(folded("task-name"), "task_name");
  EXPECT_EQ(folded("Task\nName"), "task_name");
  EXPECT_EQ(folded("任务 名称"), "任务_名称");
}

TEST(Cells, no_text_whatever_upsets_a_reader) {
  const auto letter = rc::gen::element<std::string>("0", "1", "2", "9", ".", ",", "-", "+", "/",
                                                    ":", " ", "T", "年", "月", "日", "%", "e", "d",
                                                    "h", "P", "M", "万", "亿", "¥");
  holds(10'000, [&] {
    std::string text;
    for (const std::string& each : *rc::gen::container<std::vector<std::string>>(letter))
      text += each;
    if (const auto duration = parse_duration(text)) minutes(*duration, standard());
    if (const auto date = parse_date(text)) {
      RC_ASSERT(date->time.date() >= Date::from(kFirstYear, 1, 1));
      RC_ASSERT(date->time.date() <= Date::from(kLastYear + 1, 1, 1));
    }
    parse_lag(text, standard());
    parse_number(text, 3, false);
    parse_number(text, 9, true);
    parse_yes_no(text);
    is_unclear_date(text);
  });
}

TEST(Duration, elapsed_ones_have_plurals_too) {
  for (const auto& [written, unit] : {std::pair{"2 ewks", DurationText::Unit::week},
                                      std::pair{"12 ehrs", DurationText::Unit::hour},
                                      std::pair{"30 emins", DurationText::Unit::minute},
                                      std::pair{"1 emon", DurationText::Unit::month}}) {
    const auto read = parse_duration(written);
    ASSERT_TRUE(read) << written;
    EXPECT_EQ(read->unit, unit) << written;
    EXPECT_TRUE(read->is_elapsed) << written;
  }
}

}  // namespace
}  // namespace diaodu::formats
