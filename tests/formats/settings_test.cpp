#include "diaodu/formats/settings.h"

#include "support/property.h"
#include "support/tables.h"

namespace diaodu::formats {
namespace {

using Lines = std::vector<std::string>;

struct ReadSettings {
  Plan plan;
  Lines found;
  const NamedCalendar& calendar(std::string_view id) const {
    return plan.calendars[find_calendar(plan, id)];
  }
};
ReadSettings from_toml(std::string_view toml) {
  ReadSettings read;
  Findings findings;
  Sources sources;
  const auto settings = read_toml(toml, "plan.toml", findings);
  apply_settings(settings, read.plan, sources, findings);
  findings.sort();
  read.found = found_in(findings);
  return read;
}

TEST(Settings, a_plan_has_a_name_dates_a_zone_and_a_calendar) {
  const ReadSettings plan = from_toml(R"(
[plan]
name = "Battery plant"
name_zh = "电池厂"
start = 2024-03-01
data_date = 2024-03-04T12:00:00
must_finish = "2024-12-31"
time_zone = "Asia/Shanghai"
currency = "USD"
calendar = "cn"
)");
  EXPECT_EQ(plan.found, Lines{});
  EXPECT_EQ(plan.plan.name, "Battery plant");
  EXPECT_EQ(plan.plan.name_zh, "电池厂");
  EXPECT_EQ(plan.plan.start, at(plan.plan, "2024-03-01"));
  EXPECT_EQ(plan.plan.zone.offset_at(plan.plan.start), 480);
  EXPECT_EQ(plan.plan.data_date, at(plan.plan, "2024-03-04", "12:00"));
  EXPECT_EQ(plan.plan.must_finish, at(plan.plan, "2025-01-01"));  // the whole last day
  EXPECT_EQ(plan.plan.currency, "USD");
  EXPECT_EQ(plan.plan.calendars[plan.plan.calendar].rule.id, "cn");
  EXPECT_FALSE(plan.plan.is_abstract);
}

TEST(Settings, options_choose_among_the_conventions_of_other_tools) {
  const Plan plan = from_toml(
                        "[plan]\nstart = 2024-03-01\ntime = 'periods'\n[options]\n"
                        "progress = 'actual_dates'\nlag_calendar = '24h'\ntotal_float = 'smaller'\n"
                        "critical_float = '2d'\n")
                        .plan;
  EXPECT_EQ(plan.options.progress_rule, Options::ProgressRule::actual_dates);
  EXPECT_EQ(plan.options.lag_calendar, Options::LagCalendar::around_the_clock);
  EXPECT_EQ(plan.options.total_float, Options::TotalFloat::smaller);
  EXPECT_EQ(plan.options.critical_float, WorkTime{960});
  EXPECT_TRUE(plan.is_abstract);
}

TEST(Settings, a_calendar_says_what_it_adds_to_its_base) {
  const ReadSettings plan = from_toml(R"(
[plan]
start = 2024-03-01
[calendars.site]
name = "Site"
name_zh = "工地"
base = "standard"
hours_per_day = 7.5
saturday = "08:00-12:00"
exceptions = [
  { dates = "2024-05-01..2024-05-05", hours = "", name = "Labour day" },
  { dates = "2024-05-11", hours = "working day" },
  { dates = "2024年6月1日至2024年6月2日", hours = "22:00-06:00" },
]
[calendars.holiday]
base = "site"
holidays = "cn"
)");
  EXPECT_EQ(plan.found, Lines{});
  const NamedCalendar& site = plan.calendar("site");
  EXPECT_EQ(site.rule.name_zh, "工地");
  EXPECT_EQ(site.day, WorkTime{450});
  EXPECT_EQ(site.week, WorkTime{6 * 450});
  EXPECT_EQ(total(site.pattern.on(Date::from(2024, 3, 4))), WorkTime{480});
  EXPECT_EQ(total(site.pattern.on(Date::from(2024, 3, 2))), WorkTime{240});
  EXPECT_EQ(total(site.pattern.on(Date::from(2024, 5, 3))), WorkTime{});
  EXPECT_EQ(total(site.pattern.on(Date::from(2024, 5, 11))),
            WorkTime{240});  // a Saturday like others
  EXPECT_EQ(total(site.pattern.on(Date::from(2024, 6, 3))), WorkTime{6 * 60 + 480});
  EXPECT_EQ(total(plan.calendar("holiday").pattern.on(Date::from(2024, 10, 1))), WorkTime{});
}

TEST(Settings, a_days_own_hours_win_wherever_they_stand) {
  const ReadSettings plan = from_toml(R"(
[plan]
start = 2024-03-01
[calendars.site]
friday = "08:00-12:00"
saturday = "08:00-09:00"
every_day = "08:00-10:00"
weekdays = "08:00-16:00"
weekend = ""
)");
  const auto& week = plan.calendar("site").pattern.week;
  EXPECT_EQ(total(week[3]), WorkTime{480});
  EXPECT_EQ(total(week[4]), WorkTime{240});
  EXPECT_EQ(total(week[5]), WorkTime{60});
  EXPECT_EQ(total(week[6]), WorkTime{});
}

TEST(Settings, whatever_is_wrong_is_found_at_its_line) {
  struct Mistake {
    const char* toml;
    Lines expected;
  };
  const std::vector<Mistake> cases = {
      {"", {"no_start"}},
      {"[plan\n", {"no_start", "plan.toml:1:6 toml_error"}},
      {"x = 1\n [ ]\n", {"no_start", "plan.toml:2:4 toml_error"}},
      {"# [\n [(plan)]\n", {"no_start", "plan.toml:2 toml_error"}},
      {"[\"plan\"]\n[[=", {"no_start", "plan.toml:2 toml_error"}},
      {"[plan]\nname = 'x'\n", {"plan.toml no_start"}},
      {"speed = 3\n[plan]\nstart = 2024-03-01\n[people]\na = 1\n",
       {"plan.toml:1:1 unknown_key", "plan.toml:4:2 unknown_key"}},
      {"[plan]\nstart = 2024-03-01\nstrat = 1\n[options]\nx = 1\n",
       {"plan.toml:3:1 unknown_key", "plan.toml:5:1 unknown_key"}},
      {"[plan]\nstart = [2024]\n", {"no_start", "plan.toml:2:1 wrong_kind_of_value"}},
      {"[plan]\nstart = 'soon'\n", {"plan.toml:2:1 bad_date"}},
      {"[plan]\nstart = '3/4/2024'\n", {"plan.toml:2:1 unclear_date"}},
      {"[plan]\nstart = 2024-03-01\ntime_zone = 'Mars/Olympus'\n", {"plan.toml:3:1 unknown_zone"}},
      {"[plan]\nstart = 2024-03-01\ncalendar = 'moon'\n", {"plan.toml:3:1 unknown_calendar"}},
      {"[plan]\nstart = 2024-03-01\ntime = 'weeks'\n", {"plan.toml:3:1 bad_choice"}},
      {"[plan]\nstart = 2024-03-01\n[options]\nprogress = 'x'\ncritical_float = 'x'\n",
       {"plan.toml:4:1 bad_choice", "plan.toml:5:1 bad_duration"}},
      {"[plan]\nstart = 2024-03-01\n[quality]\nlogic = 5\nbei = 'x'\nleads = '-1%'\ncpi = 1\n",
       {"plan.toml:4:1 number_out_of_range", "plan.toml:5:1 bad_number",
        "plan.toml:6:1 number_out_of_range", "plan.toml:7:1 unknown_key"}},
      {"[plan]\nstart = 2024-03-01\n[calendars]\nx = 1\n", {"plan.toml:4:1 wrong_kind_of_value"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nbase = 'y'\n",
       {"plan.toml:3:12 unknown_calendar"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nbase = 'y'\n[calendars.y]\nbase = 'x'\n",
       {"plan.toml:3:12 circle_of_calendars", "plan.toml:5:12 circle_of_calendars"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.cn]\n", {"plan.toml:3:12 built_in_calendar"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nmonday = '8-12'\nholidays = 'us'\nspeed = 1\n"
       "hours_per_day = 25\n2024-02-30 = ''\n",
       {"plan.toml:4:1 bad_shifts", "plan.toml:5:1 bad_choice", "plan.toml:6:1 unknown_key",
        "plan.toml:7:1 number_out_of_range", "plan.toml:8:1 bad_dates"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nhours_per_day = 0.001\n",
       {"plan.toml:4:1 number_out_of_range"}},  // less than a minute
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nholidays = ''\nexceptions = 1\n",
       {"plan.toml:5:1 wrong_kind_of_value"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nexceptions = [\n"
       "{dates = '2024-01-06', hours = ['08:00-12:00', '13:00-17:00']}]\n",
       {"plan.toml:5:24 wrong_kind_of_value"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nexceptions = [\n1,\n{hours = ''},\n"
       "{dates = '2024-01-02..2024-01-01'},\n{dates = '2024-01-02 08:00'},\n"
       "{dates = '2024-01-01', hours = 'all'},\n{dates = '2024-01-01', colour = 1}]\n",
       {"plan.toml:4:1 wrong_kind_of_value", "plan.toml:6:1 missing_cell",
        "plan.toml:7:1 bad_dates", "plan.toml:8:1 bad_dates", "plan.toml:9:1 bad_shifts",
        "plan.toml:10:24 unknown_key"}},
      {"[plan]\nstart = 2024-03-01\n[calendars.x]\nexceptions = [\n"
       "{dates = '1900-01-01..2199-12-31', hours = ''},\n"
       "{dates = '1900-01-01..1900-01-02', hours = ''}]\n",
       {"plan.toml:5:1 too_many_exceptions"}},
  };
  for (const Mistake& each : cases) {
    SCOPED_TRACE(each.toml);
    EXPECT_EQ(from_toml(each.toml).found, each.expected);
  }
}

TEST(Settings, what_schedules_are_good_at_is_a_list_or_a_text_in_either_language) {
  using enum Objective;
  const std::vector<std::pair<const char*, std::vector<Objective>>> cases = {
      {"", {finish}},
      {"objective = 'tardiness'", {tardiness}},
      {"objective = ['tardiness', 'finish', 'stability']", {tardiness, finish, stability}},
      {"objective = ' Stability;  MAKESPAN '", {stability, finish}},
      {"objective = '延误、完工，稳定'", {tardiness, finish, stability}},
      {"objective = ['拖期', '工期']", {tardiness, finish}},
  };
  for (const auto& [line, expected] : cases) {
    const ReadSettings plan =
        from_toml(std::string("[plan]\nstart = 2024-03-01\n[options]\n") + line + "\n");
    EXPECT_EQ(plan.found, Lines{}) << line;
    EXPECT_EQ(plan.plan.options.objectives, expected) << line;
  }
  for (const char* wrong : {"'speed'", "''", "'finish,'", "['finish', 'makespan']", "[]"}) {
    EXPECT_EQ(
        from_toml(std::string("[plan]\nstart = 2024-03-01\n[options]\nobjective = ") + wrong).found,
        Lines{"plan.toml:4:1 bad_objective"})
        << wrong;
  }
  EXPECT_EQ(from_toml("[plan]\nstart = 2024-03-01\n[options]\nobjective = ['finish', 3]\n").found,
            Lines{"plan.toml:4:1 wrong_kind_of_value"});
}

TEST(Settings, letters_beyond_ascii_stand_in_quotes) {
  for (const char* fine : {"# 注释 “x”\n", "[calendars.'夜班']\nname_zh = \"夜\\\"班\"\n",
                           "name = \"\"\"两\n行\\\"\"\"\" # 完\n", "name = '''一\n二'''\n"}) {
    Findings findings;
    read_toml(fine, "plan.toml", findings);
    for (const Finding& finding : findings.kept())
      EXPECT_NE(finding.kind, &found::toml_error) << fine;
  }
  const std::vector<std::pair<const char*, const char*>> wrong = {
      {"[plan]\n名称 = 'x'\n", "plan.toml:2:1: error: not valid TOML: '名' has to stand in quotes"},
      {"[plan]\nname = “x”\n", "plan.toml:2:8: error: not valid TOML: '“' has to stand in quotes"},
      {"a = 6\"ö\"", "plan.toml:1:7: error: not valid TOML: 'ö' has to stand in quotes"},
      {"größe = 1", "plan.toml:1:3: error: not valid TOML: 'ö' has to stand in quotes"},
      {"x = 'open\n　y = 1", "plan.toml:2:1: error: not valid TOML: '　' has to stand in quotes"},
  };
  for (const auto& [text, expected] : wrong) {
    Findings findings;
    read_toml(text, "plan.toml", findings);
    ASSERT_EQ(findings.kept().size(), 1U) << text;
    const std::string said = to_string(findings.kept()[0], Language::english);
    EXPECT_EQ(said.substr(0, said.find('\n')), expected);  // the hint follows
  }
}

TEST(Settings, of_a_workbook_say_the_same_in_two_sheets) {
  const auto read =
      read_tables({{"plan", "key,value\nstart,2024-03-01\noptions.lag_calendar,project\n"},
                   {"calendars",
                    "calendar,setting,value,note\nsite,weekdays,08:00-16:00,\n"
                    "site,2024-05-01,,Labour day\nsite,Friday,08:00-12:00,\n,name,x,\n"},
                   {"tasks", "id,duration,calendar\nA,1d,site\n"}},
                  "");
  EXPECT_EQ(found_in(read.findings), Lines{"calendars.csv:5:1 missing_cell"});
  EXPECT_EQ(read.plan.options.lag_calendar, Options::LagCalendar::project);
  const NamedCalendar& site = read.plan.calendars[read.plan.tasks[TaskId{0}].calendar];
  EXPECT_EQ(site.day, WorkTime{480});
  EXPECT_EQ(site.rule.exceptions.at(0).name, "Labour day");
  EXPECT_EQ(
      found_in(read_tables({{"plan", "value\n1\n"}, {"tasks", "id,duration\nA,1d\n"}}).findings),
      Lines{"plan.csv:1 missing_column"});
}

TEST(Settings, written_as_toml_are_read_back) {
  const ReadSettings first = from_toml(R"(
[plan]
name = "With \"quotes\" and \\ and a tab\t\u0001 and 字"
name_zh = "两\n行\r"
start = "2024-03-01 07:30"
data_date = 2024-03-04
must_finish = 2024-12-31
time_zone = "Europe/Berlin"
currency = "EUR"
calendar = "Nacht schicht"
time = "periods"
[options]
progress = "progress_override"
lag_calendar = "successor"
total_float = "start"
critical_float = "90min"
[calendars."Nacht schicht"]
name = "N"
name_zh = "夜"
every_day = "22:00-06:00"
sunday = "05:00-23:00 22:00-06:00"
hours_per_day = 8.333
exceptions = [ { dates = "2024-05-01", hours = "00:00-24:00", name = "long" },
               { dates = "2024-05-02..2024-05-03", hours = "working day" } ]
[calendars.plain]
base = "Nacht schicht"
holidays = "cn"
[calendars.""]
base = "cn"
)");
  ASSERT_EQ(first.found, Lines{});
  const std::string written = toml_of(settings_of(first.plan));
  const ReadSettings second = from_toml(written);
  SCOPED_TRACE(written);
  EXPECT_EQ(second.found, Lines{});
  EXPECT_EQ(second.plan.name, first.plan.name);
  EXPECT_EQ(second.plan.name_zh, first.plan.name_zh);
  EXPECT_EQ(second.plan.start, first.plan.start);
  EXPECT_EQ(second.plan.data_date, first.plan.data_date);
  EXPECT_EQ(second.plan.must_finish, first.plan.must_finish);
  EXPECT_EQ(second.plan.zone.name(), "Europe/Berlin");
  EXPECT_EQ(second.plan.currency, "EUR");
  EXPECT_EQ(second.plan.options, first.plan.options);
  EXPECT_TRUE(second.plan.is_abstract);
  ASSERT_EQ(second.plan.calendars.size(), 6U);
  for (const NamedCalendar& calendar : first.plan.calendars) {
    SCOPED_TRACE(calendar.rule.id);
    const NamedCalendar& back = second.calendar(calendar.rule.id);
    EXPECT_EQ(back.pattern, calendar.pattern);
    EXPECT_EQ(back.day, calendar.day);
    EXPECT_EQ(back.rule.name, calendar.rule.name);
    EXPECT_EQ(back.rule.exceptions.size(), calendar.rule.exceptions.size());
  }
  EXPECT_EQ(toml_of(settings_of(second.plan)), written);
}

TEST(Settings, random_calendars_are_written_and_read_back) {
  holds(10'000, [] {
    const auto some_shifts = [] {
      DayShifts shifts;
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        const int begin = *rc::gen::inRange(0, 1440);
        shifts.push_back({begin, begin + *rc::gen::inRange(1, 1440)});
      }
      return normalised(std::move(shifts));
    };
    const DayShifts day = some_shifts();
    RC_ASSERT(parse_shifts(to_string(day)) == day);
    CalendarRule rule;
    rule.id = *rc::gen::element<std::string>("a", "b c", "日历", "a\"b", "x.y");
    for (auto& weekday : rule.week) {
      if (*rc::gen::arbitrary<bool>()) weekday = some_shifts();
    }
    const Date date{*rc::gen::inRange(0, 20'000)};
    rule.exceptions.push_back(
        {date, date + *rc::gen::inRange(0, 3), *rc::gen::arbitrary<bool>(), some_shifts(), "n"});
    if (*rc::gen::arbitrary<bool>()) rule.day = WorkTime{*rc::gen::inRange(1, 1441)};
    Plan plan;
    Findings findings;
    add_calendars({rule}, std::vector<Where>(1), plan, findings);
    plan.calendar = find_calendar(plan, "standard");
    const ReadSettings back = from_toml(toml_of(settings_of(plan)));
    RC_ASSERT(back.found.empty());
    RC_ASSERT(back.calendar(rule.id).pattern ==
              plan.calendars[find_calendar(plan, rule.id)].pattern);
    RC_ASSERT(back.calendar(rule.id).day == plan.calendars[find_calendar(plan, rule.id)].day);
  });
}

}  // namespace
}  // namespace diaodu::formats
