#include "diaodu/forecast/weather.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "diaodu/check/relevel.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/side.h"
#include "diaodu/plan/show.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/tables.h"

namespace diaodu::forecast {
namespace {

/// A site that works every day, and one that it is like but for the weather.
constexpr std::string_view kEveryDay = R"(
[plan]
start = 2024-01-01
calendar = "site"
[calendars.site]
every_day = "08:00-16:00"
[calendars.hall]
every_day = "08:00-16:00"
)";

struct Solved {
  formats::ReadPlan read;
  solve::Answer answer;
};

Solved solved(const std::vector<TableText>& tables, std::string_view toml = kEveryDay) {
  Solved all{read_tables(tables, toml), {}};
  for (const std::string& line : found_in(all.read.findings)) ADD_FAILURE() << line;
  solve::Request request;
  request.limits.steps = 1000;
  all.answer = solve::solve(all.read.plan, all.read.sources, request);
  return all;
}

Forecast forecast(const Solved& of, const RiskRequest& request) {
  return simulate(of.read.plan, of.answer, request);
}

Instant at(const Solved& of, int month, int day, int hour) {
  return of.read.plan.zone.to_instant(LocalTime::at(Date::from(2024, month, day), hour * 60));
}

TEST(Weather, so_many_days_a_month_as_the_table_says_are_lost) {
  //  31 days from 1 January, of which 10 are lost: what 21 days do not do, 10 of February must, which has 29 days
  //  and loses 9 of them.  The 10th day of 20 among 29 lies on the (29 + 1) / (20 + 1) * 10th on average: 14.29.
  const Solved of = solved({{"tasks", "id,duration\nA,31d\n"},
                            {"weather", "calendar,month,likely\nsite,1,10\nsite,2,9\n"}});
  const Forecast told = forecast(of, {.trials = 20'000});
  ASSERT_TRUE(told.has_trials);
  EXPECT_EQ(told.num_without_dates, 0);
  const double mean =
      static_cast<double>((told.finish().dates.mean - at(of, 1, 31, 16)).count()) / kMinutesPerDay;
  // Of the j-th of m chosen among n:  variance j (m + 1 - j) (n + 1) (n - m) / ((m + 1)^2 (m + 2)).
  const double variance = 10.0 * 11 * 30 * 9 / (21.0 * 21 * 22);
  EXPECT_NEAR(mean, 30.0 / 21 * 10, 4 * std::sqrt(variance / 20'000));
}

TEST(Weather, days_are_drawn_from_all_of_the_month_alike) {
  //  One day of January is lost, so a task of the first 10 days ends on the 10th unless it is one of these: 10 in 31.
  const Solved of =
      solved({{"tasks", "id,duration\nA,10d\n"}, {"weather", "calendar,month,likely\nsite,1,1\n"}});
  const Forecast told = forecast(of, {.trials = 20'000});
  const double share = told.finish().planned_share;
  EXPECT_NEAR(share, 21.0 / 31, 4 * std::sqrt(21.0 / 31 * 10 / 31 / 20'000));
}

TEST(Weather, numbers_are_rounded_to_whole_days) {
  //  Uniform on 0 ... 2: no day below a half, two from one and a half on.  The first day is lost to one in 31 with
  //  probability 1/2 and to two in 31 with 1/4: it ends on time with 1 - 1/62 - 2/124.
  const Solved of = solved({{"tasks", "id,duration\nA,1d\n"},
                            {"weather", "calendar,month,shape,low,high\nsite,1,uniform,0,2\n"}});
  const Forecast told = forecast(of, {.trials = 40'000});
  const double lost = 1.0 / 31;
  EXPECT_NEAR(told.finish().planned_share, 1 - lost, 4 * std::sqrt(lost * (1 - lost) / 40'000));
}

TEST(Weather, no_more_days_are_lost_than_a_month_has) {
  //  All of January is lost, so work begins in February.
  const Solved of =
      solved({{"tasks", "id,duration\nA,1d\n"}, {"weather", "calendar,month,likely\nsite,1,31\n"}});
  const Forecast told = forecast(of, {.trials = 100});
  EXPECT_EQ(told.finish().dates.p10, at(of, 2, 1, 16));
  EXPECT_EQ(told.finish().dates.p90, at(of, 2, 1, 16));
}

TEST(Weather, where_it_never_ends_there_are_no_dates) {
  std::string rows = "calendar,month,likely\n";
  for (int month = 1; month <= 12; ++month) rows += "site," + std::to_string(month) + ",31\n";
  for (const char* demands : {"task,resource\n", "task,resource\nA,crane\n"}) {
    const Solved of = solved({{"tasks", "id,duration\nA,3d\n"},
                              {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                              {"demands", demands},
                              {"weather", rows}});
    for (const auto kind : {RiskRequest::Kind::flow, RiskRequest::Kind::relevel}) {
      const Forecast told = forecast(of, {.trials = 1000, .kind = kind});
      EXPECT_EQ(told.num_without_dates, 1000);
      EXPECT_GE(trial(of.read.plan, of.answer, {.kind = kind}, 17).finish, kNever);
    }
  }
}

TEST(Weather, what_it_does_not_touch_is_as_without) {
  const std::vector<TableText> tables = {{"tasks", "id,duration,calendar\nA,3d/4d/6d,hall\n"}};
  std::vector<TableText> with = tables;
  with.push_back({"weather", "calendar,month,likely\nsite,1,10\n"});
  const Forecast one = forecast(solved(tables), {.trials = 1000});
  const Forecast other = forecast(solved(with), {.trials = 1000});
  EXPECT_EQ(one.finish().dates.p80, other.finish().dates.p80);
  EXPECT_EQ(one.finish().dates.mean, other.finish().dates.mean);

  // Two calendars that work the same minutes are told apart: only one of them is rained on.
  with.back() = {"weather", "calendar,month,likely\nhall,1,10\n"};
  EXPECT_GT(forecast(solved(with), {.trials = 1000}).finish().dates.mean, one.finish().dates.mean);
}

TEST(Weather, days_before_the_data_date_stay_as_they_were) {
  //  All of January is lost, but A was done on the 2nd, and B has done 1 of 2 days by the data date.
  const Solved of =
      solved({{"tasks", "id,duration,predecessors\nA,1d,\nB,2d,A\n"},
              {"weather", "calendar,month,likely\nsite,1,31\n"},
              {"progress",
               "task,actual_start,actual_finish,remaining\nA,2024-01-02 08:00,2024-01-02 16:00,\n"
               "B,2024-01-03 08:00,,1d\n"}},
             std::string(kEveryDay).insert(kEveryDay.find("calendar"), "data_date = 2024-01-04\n"));
  const Trial one = trial(of.read.plan, of.answer, {}, 3);
  EXPECT_EQ(one.schedule.placements[task_of(of.read.plan, "A")].finish, at(of, 1, 2, 16));
  EXPECT_EQ(one.finish, at(of, 2, 1, 16));
  EXPECT_TRUE(check::judge(one.plan, one.schedule).is_legal);
  const Calendar& site = one.plan.calendars[one.plan.calendar].calendar;
  EXPECT_TRUE(site.is_working(at(of, 1, 3, 9)));
  EXPECT_FALSE(site.is_working(at(of, 1, 4, 9)));
}

std::string day(int number) {
  return "2024-01-" + std::string(number < 10 ? "0" : "") + std::to_string(number);
}

/// Plans on three calendars, two of them in the rain, with cranes, crews and welders on their own.
class RainyTexts {
 public:
  RainyTexts() {
    const int n = number(2, 9);
    const bool has_progress = one_in(4);
    constexpr std::array kLinks = {"", "SS+4h", "FF+2h", "SF+1d", "FS+1d", "FS-2h"};
    for (int i = 0; i < n; ++i) {
      const std::string id = "T" + std::to_string(i);
      std::string before;
      for (int j = 0; j < i; ++j) {
        if (!one_in(4)) continue;
        before += (before.empty() ? "T" : "; T") + std::to_string(j);
        before += kLinks[static_cast<std::size_t>(number(0, 6))];
      }
      constexpr std::array kCalendars = {"", "hall", "night"};
      tasks_ += id + "," + std::to_string(number(1, 60)) + "h," + before + "," +
                kCalendars[static_cast<std::size_t>(number(0, 3))] + "\n";
      if (one_in(2)) demands_ += id + ",crew,," + std::to_string(number(1, 3)) + "\n";
      if (one_in(3)) demands_ += id + ",crane,,1\n";
      if (one_in(4)) demands_ += id + ",,weld,1\n";
      if (has_progress && i == 0) progress_ += id + ",2024-01-01 08:00,,9h\n";
    }
    toml_ = "[plan]\nstart = 2024-01-01\ncalendar = \"site\"\n";
    if (has_progress) toml_ += "data_date = \"2024-01-03 10:00\"\n";
    toml_ +=
        "[calendars.site]\nweekdays = \"08:00-16:00\"\n[calendars.hall]\nweekdays = "
        "\"08:00-16:00\"\n"
        "[calendars.night]\nweekdays = \"20:00-04:00\"\n";
    availability_ += "crew," + day(number(4, 8)) + "," + day(number(9, 12)) + ",3\n";
  }

  Solved solve(
      std::string_view weather =
          "calendar,month,low,likely,high\nsite,1,3,8,20\nsite,2,0,5,9\nnight,1,2,9,25\n") const {
    return solved({{"tasks", tasks_},
                   {"demands", demands_},
                   {"resources", kResources},
                   {"availability", availability_},
                   {"progress", progress_},
                   {"uncertainty", "task,shape,low,likely,high\n*,triangular,40%,100%,250%\n"},
                   {"weather", weather}},
                  toml_);
  }
  std::string text() const { return toml_ + tasks_ + demands_ + availability_ + progress_; }

 private:
  static constexpr std::string_view kResources =
      "id,kind,capacity,skills,calendar\ncrew,people,4,,\ncrane,machine,1,,site\nann,people,1,weld,"
      "site\n"
      "bob,people,1,weld; lift,\n";
  std::string toml_;
  std::string tasks_ = "id,duration,predecessors,calendar\n";
  std::string demands_ = "task,resource,skill,amount\n";
  std::string availability_ = "resource,from,to,capacity\n";
  std::string progress_ = "task,actual_start,actual_finish,remaining\n";
};

bool is_of_resources(const check::Violation& violation) {
  return violation.resource || violation.kind == check::Violation::Kind::wrong_assignment;
}

TEST(Weather, every_trial_is_legal_by_its_own_durations_and_calendars) {
  constexpr std::int64_t kTrials = 8;
  int num_judged = 0;
  int num_longer = 0;
  holds(500, [&] {
    const RainyTexts texts;
    const Solved of = texts.solve();
    RC_LOG() << texts.text();
    if (!of.answer.has_schedule || of.answer.status == solve::Status::infeasible) return;
    for (const auto kind : {RiskRequest::Kind::relevel, RiskRequest::Kind::links_only}) {
      const RiskRequest asked{.trials = kTrials, .kind = kind};
      const Forecast told = forecast(of, asked);
      RC_ASSERT(told.has_trials);
      Instant last = kEver;
      for (std::int64_t n = 0; n < kTrials; ++n) {
        const Trial each = trial(of.read.plan, of.answer, asked, n);
        if (each.finish >= kNever) continue;
        last = std::max(last, each.finish);
        const check::Verdict verdict = check::judge(each.plan, each.schedule);
        for (const check::Violation& violation : verdict.first) {
          if (kind == RiskRequest::Kind::links_only && is_of_resources(violation)) continue;
          RC_FAIL(check::to_string(violation, each.plan, Language::english));
        }
        num_longer += each.finish > of.answer.finish ? 1 : 0;
        ++num_judged;
        if (kind == RiskRequest::Kind::links_only) continue;
        const solve::ScheduleNetwork links(of.read.plan, of.answer.schedule);
        const Releveller releveller(links, of.answer.schedule);
        const auto twin = check::relevel(each.plan, each.schedule, releveller.order());
        RC_ASSERT(twin.has_value());
        for (const TaskId task : each.plan.tasks.ids()) {
          RC_ASSERT(twin->placements[task].resumes == each.schedule.placements[task].resumes);
          RC_ASSERT(twin->placements[task].finish == each.schedule.placements[task].finish);
        }
      }
      // What is simulated is what is rebuilt.
      const Instant latest = told.finish().dates.p90;
      if (told.num_without_dates == 0) RC_ASSERT(latest == last);
    }
  });
  EXPECT_GT(num_judged, 4000);
  EXPECT_GT(num_longer, 2000);
}

TEST(Weather, that_never_takes_a_day_changes_nothing) {
  // Less than half a day is none; but trials go one by one, each by `solve`'s own rules.
  holds(300, [&] {
    const RainyTexts texts;
    const Solved dry = texts.solve("calendar,month,likely\n");
    const Solved wet =
        texts.solve("calendar,month,shape,low,high\nsite,1,uniform,0,0.4\nnight,2,uniform,0,0.4\n");
    RC_LOG() << texts.text();
    if (!dry.answer.has_schedule || dry.answer.status == solve::Status::infeasible) return;
    for (const auto kind : {RiskRequest::Kind::flow, RiskRequest::Kind::relevel}) {
      const Forecast one = forecast(dry, {.trials = 70, .kind = kind});
      const Forecast other = forecast(wet, {.trials = 70, .kind = kind});
      RC_ASSERT(one.num_without_dates == other.num_without_dates);
      RC_ASSERT(one.finish().dates.p10 == other.finish().dates.p10);
      RC_ASSERT(one.finish().dates.mean == other.finish().dates.mean);
      RC_ASSERT(one.drivers.size() == other.drivers.size());
      for (std::size_t i = 0; i < one.drivers.size(); ++i) {
        RC_ASSERT(one.drivers[i].task == other.drivers[i].task);
        RC_ASSERT(one.drivers[i].criticality == other.drivers[i].criticality);
      }
    }
  });
}

TEST(Weather, is_the_same_on_any_number_of_threads) {
  const Solved of = solved({{"tasks", "id,duration,predecessors\nA,20d,\nB,3d/5d/9d,A\nC,30d,\n"},
                            {"weather", "calendar,month,low,likely,high\nsite,1,1,6,20\n"}});
  const Forecast one = forecast(of, {.trials = 1000, .threads = 1});
  for (const int threads : {2, 5}) {
    const Forecast other = forecast(of, {.trials = 1000, .threads = threads});
    EXPECT_EQ(one.finish().dates.p10, other.finish().dates.p10);
    EXPECT_EQ(one.finish().dates.p80, other.finish().dates.p80);
    EXPECT_EQ(one.finish().dates.mean, other.finish().dates.mean);
    EXPECT_EQ(one.drivers.front().criticality, other.drivers.front().criticality);
  }
  const Trial of_few = trial(of.read.plan, of.answer, {.trials = 100}, 17);
  const Trial of_many = trial(of.read.plan, of.answer, {.trials = 50'000}, 17);
  EXPECT_EQ(of_few.finish, of_many.finish);
}

TEST(Weather, calendars_of_a_trial_are_those_of_its_plan) {
  // The fast way (stretches cut out of calendars) and the slow one (patterns with days off).
  holds(300, [] {
    const RainyTexts texts;
    const Solved of = texts.solve();
    const auto weather = weather_of(
        of.read.plan,
        [stream = Stream(7)](std::uint64_t variable, std::uint64_t first, std::span<Uniform> out) {
          stream.uniforms(variable, first, out);
        },
        7, of.answer.finish);
    if (!weather) return;
    const solve::ScheduleNetwork net(of.read.plan, of.answer.schedule, {}, weather->calendars());
    WeatherDays::Season season(*weather, net.network);
    weather->settle(static_cast<std::uint64_t>(number(0, 1000)), season, [] { return kEver; });
    Plan plan = of.read.plan;
    weather->put(season, plan);
    for (NamedCalendar& each : plan.calendars) each.calendar = Calendar(each.pattern, plan.zone);
    const WorkingTimes slow(plan);
    for (const TaskId task : plan.tasks.ids()) {
      const Calendar& fast =
          season.times().calendar(net.network.calendar[net.network.node_of[task]]);
      const Interval during{plan.start, plan.start + Elapsed{200 * kMinutesPerDay}};
      RC_ASSERT(fast.intervals(during) == slow.of(task, {}).intervals(during));
    }
  });
}

}  // namespace
}  // namespace diaodu::forecast
