#include "diaodu/forecast/relevel.h"

#include <gtest/gtest.h>

#include "diaodu/check/relevel.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/forecast/risk.h"
#include "diaodu/forecast/side.h"
#include "diaodu/solve/solve.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/tables.h"

namespace diaodu::forecast {
namespace {

using solve::Node;

struct Levelled {
  formats::ReadPlan read;
  solve::Answer answer;
};

Levelled levelled(const std::vector<TableText>& tables, std::string_view toml) {
  Levelled all{read_tables(tables, toml), {}};
  solve::Request request;
  request.limits.steps = 1000;
  all.answer = solve::solve(all.read.plan, all.read.sources, request);
  return all;
}

std::string day(int number) {
  return "2024-01-" + std::string(number < 10 ? "0" : "") + std::to_string(number);
}

/// What a resource order does not know: shifts that take turns on one crane, a crane in overhaul, steel that arrives
/// in lots, a tank, people chosen by skill; and links of all kinds, dates, and what has happened.
class RandomTexts {
 public:
  RandomTexts() {
    const int n = number(3, 12);
    const bool has_progress = one_in(3);
    const bool has_lags = one_in(2);
    constexpr std::array kLinks = {"", "SS+4h", "FF+2h", "SF+1d", "FS+1d", "FS-2h"};
    for (int i = 0; i < n; ++i) {
      const std::string id = "T" + std::to_string(i);
      std::string before;
      for (int j = 0; j < i; ++j) {
        if (!one_in(4)) continue;
        before += (before.empty() ? "T" : "; T") + std::to_string(j);
        if (has_lags) before += kLinks[static_cast<std::size_t>(number(0, 6))];
      }
      const std::string duration =
          i + 1 < n && one_in(8) ? "0d" : std::to_string(number(1, 30)) + "h";
      tasks_ += id + "," + duration + "," + before + "," + (one_in(3) ? "night" : "") + "," +
                (one_in(6) ? "SNET," + day(number(2, 12)) : ",") + "\n";
      const bool is_milestone = duration == "0d";
      if (!is_milestone && one_in(2))
        demands_ += id + ",crew,," + std::to_string(number(1, 3)) + "\n";
      if (!is_milestone && one_in(3)) demands_ += id + ",crane,,1\n";
      if (one_in(4)) demands_ += id + ",steel,," + std::to_string(number(1, 2)) + "\n";
      if (one_in(5)) demands_ += id + ",tank,," + std::to_string(number(-2, 1)) + "\n";
      if (!is_milestone && one_in(4)) demands_ += id + ",,weld,1\n";
      if (has_progress && i < std::min(3, n - 1)) {
        progress_ +=
            id + ",2024-01-01 08:00," +
            (one_in(2) ? "2024-01-02 12:00,\n" : ",," + std::to_string(number(1, 9)) + "h\n");
      }
    }
    toml_ = "[plan]\nstart = 2024-01-01\n";
    if (has_progress) toml_ += "data_date = \"2024-01-03 08:00\"\n";
    toml_ += "[calendars.night]\nweekdays = \"14:00-22:00\"\n";
    if (!has_progress) progress_ = "task,actual_start,actual_finish,remaining\n";
    availability_ += "crane," + day(number(3, 5)) + "," + day(number(6, 9)) + ",0\n";
    availability_ += "crew," + day(number(4, 8)) + "," + day(number(9, 12)) + ",3\n";
    availability_ += "steel," + day(1) + "," + day(6) + ",2\n";
  }

  Levelled solve() const {
    return levelled({{"tasks", tasks_},
                     {"demands", demands_},
                     {"resources", kResources},
                     {"availability", availability_},
                     {"progress", progress_},
                     {"uncertainty", "task,shape,low,likely,high\n*,triangular,40%,100%,250%\n"}},
                    toml_);
  }
  std::string text() const { return toml_ + tasks_ + demands_ + availability_ + progress_; }

 private:
  static constexpr std::string_view kResources =
      "id,kind,capacity,skills,calendar\ncrew,people,4,,\ncrane,machine,1,,\nsteel,material,9,,\n"
      "tank,reservoir,3,,\nann,people,1,weld,\nbob,people,1,weld; lift,\n";
  std::string toml_;
  std::string tasks_ = "id,duration,predecessors,calendar,constraint,date\n";
  std::string demands_ = "task,resource,skill,amount\n";
  std::string availability_ = "resource,from,to,capacity\n";
  std::string progress_ = "task,actual_start,actual_finish,remaining\n";
};

/// Dates and people.
bool is_same(const std::optional<Schedule>& twin, const Schedule& schedule) {
  if (!twin) return false;
  for (const TaskId task : schedule.placements.ids()) {
    const Placement& a = twin->placements[task];
    const Placement& b = schedule.placements[task];
    if (a.start != b.start || a.resumes != b.resumes || a.finish != b.finish) return false;
  }
  return std::is_permutation(
      twin->assignments.begin(), twin->assignments.end(), schedule.assignments.begin(),
      schedule.assignments.end(), [](const Assignment& a, const Assignment& b) {
        return a.demand == b.demand && a.resource == b.resource && a.amount == b.amount;
      });
}

TEST(Relevel, every_trial_is_legal_and_what_the_witness_makes_of_its_durations) {
  constexpr std::int64_t kTrials = 12;
  int num_judged = 0;
  holds(1000, [&] {
    const RandomTexts texts;
    const Levelled of = texts.solve();
    RC_LOG() << texts.text();
    for (const std::string& line : found_in(of.read.findings)) RC_LOG() << line << "\n";
    RC_ASSERT(!of.read.findings.has_errors());
    if (!of.answer.has_schedule || of.answer.status == solve::Status::infeasible) return;
    const RiskRequest asked{.trials = kTrials, .kind = RiskRequest::Kind::relevel};
    const Forecast told = simulate(of.read.plan, of.answer, asked);
    if (!told.has_trials) return;
    RC_ASSERT(told.kind == RiskRequest::Kind::relevel);
    const solve::ScheduleNetwork links(of.read.plan, of.answer.schedule);
    const std::vector<TaskId> order = Releveller(links, of.answer.schedule).order();
    Instant last = kEver;
    for (std::int64_t n = 0; n < kTrials; ++n) {
      const Trial each = trial(of.read.plan, of.answer, asked, n);
      if (each.finish >= kNever) continue;  // the tank stays too low, for one
      const check::Verdict verdict = check::judge(each.plan, each.schedule);
      for (const check::Violation& violation : verdict.first)
        RC_LOG() << check::to_string(violation, each.plan, Language::english) << "\n";
      RC_ASSERT(verdict.is_legal);
      RC_ASSERT(is_same(check::relevel(each.plan, each.schedule, order), each.schedule));
      last = std::max(last, each.finish);
      ++num_judged;
    }
    RC_ASSERT(told.sampled.num_within == told.sampled.num_judged);
    if (told.num_without_dates == 0) RC_ASSERT(told.finish().dates.p90 <= last);
  });
  EXPECT_GT(num_judged, 6000);
}

TEST(Relevel, as_planned_it_is_the_schedule_or_earlier) {
  int num_same = 0;
  holds(500, [&] {
    const RandomTexts texts;
    const Levelled of = texts.solve();
    if (!of.answer.has_schedule || of.answer.status == solve::Status::infeasible) return;
    const Side side(of.read.plan, of.answer.schedule, RiskRequest::Kind::relevel);
    const FlowEngine::Block block = side.engine.make_block();
    Plan plan = of.read.plan;
    Schedule schedule = of.answer.schedule;
    RC_LOG() << texts.text();
    RC_ASSERT(rebuild(side, block, 0, 0, plan, schedule));
    bool is_same = true;
    for (const TaskId task : plan.tasks.ids()) {
      const Placement& planned = of.answer.schedule.placements[task];
      RC_ASSERT(schedule.placements[task].finish <= planned.finish);
      is_same = is_same && schedule.placements[task].finish == planned.finish;
    }
    num_same += is_same ? 1 : 0;
  });
  EXPECT_GT(num_same, 400);
}

TEST(Relevel, is_the_forward_pass_where_nobody_is_needed) {
  int num_compared = 0;
  holds(1000, [&] {
    const bool has_calendars = one_in(2);
    Plan plan = random_plan({.has_calendars = has_calendars, .has_max_lags = false});
    solve::Request request;
    const solve::Answer answer = solve::solve(plan, Sources(), request);
    if (!answer.has_schedule) return;
    const Side relevel(plan, answer.schedule, RiskRequest::Kind::relevel);
    const Side links(plan, answer.schedule, RiskRequest::Kind::links_only);
    FlowEngine::Block block = relevel.engine.make_block();
    for (Node node = 0; node < relevel.net.network.size(); ++node) {
      if (relevel.net.network.work[node] == WorkTime{}) continue;
      for (std::size_t lane = 0; lane < Releveller::kLanes; ++lane)
        block.work[node * Releveller::kLanes + lane] = number(1, 40);
    }
    FlowEngine::Block other = block;
    Side::Scratch scratch;
    Side::Scratch other_scratch;
    relevel.run(block, 0, Releveller::kLanes, scratch);
    links.run(other, 0, Releveller::kLanes, other_scratch);
    RC_ASSERT(block.start == other.start);
    RC_ASSERT(block.finish == other.finish);
    // Of all that holds the finish it tells one chain.
    std::vector<std::uint64_t> chain;
    std::vector<std::uint64_t> critical;
    relevel.find_critical(block, scratch, chain);
    links.find_critical(other, other_scratch, critical);
    std::uint64_t any = 0;
    for (Node node = 0; node < relevel.net.network.size(); ++node) {
      any |= chain[node];
      if (relevel.net.network.work[node] == WorkTime{}) continue;
      // A reason may have room within a night; what is critical has none.
      if (!has_calendars) RC_ASSERT((chain[node] & ~critical[node]) == 0);
    }
    if (answer.finish > plan.start) RC_ASSERT(any == ~std::uint64_t{0});
    ++num_compared;
  });
  EXPECT_GT(num_compared, 900);
}

TEST(Relevel, waits_for_a_crane_in_overhaul_and_hands_it_on) {
  //  A then B use the crane, which is away on the third and the fourth day.  A takes two days or three: then it has
  //  to wait for the overhaul to end, and B for A.
  const Levelled of =
      levelled({{"tasks", "id,duration,predecessors\nA,48h,\nB,24h,A\n"},
                {"demands", "task,resource\nA,crane\nB,crane\n"},
                {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                {"availability", "resource,from,to,capacity\ncrane,2024-01-03,2024-01-05,0\n"},
                {"uncertainty", "task,shape,values\nA,discrete,100%:0.5; 150%:0.5\n"}},
               "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\n");
  EXPECT_EQ(found_in(of.read.findings), std::vector<std::string>{});
  const Forecast told = simulate(of.read.plan, of.answer, {.trials = 1000});
  EXPECT_EQ(told.kind, RiskRequest::Kind::relevel) << "the capacity changes";
  constexpr std::int64_t kDay = kMinutesPerDay;
  EXPECT_EQ(told.finish().dates.p10, of.read.plan.start + Elapsed{5 * kDay});
  EXPECT_EQ(told.finish().dates.p90, of.read.plan.start + Elapsed{8 * kDay});
  EXPECT_EQ(told.sampled.num_within, told.sampled.num_judged);
  ASSERT_EQ(told.drivers.size(), 2U);
  for (const Driver& driver : told.drivers) {
    // As planned, the crane's overhaul holds B, and nobody else.
    const bool is_a = of.read.plan.tasks[driver.task].id == "A";
    EXPECT_NEAR(driver.criticality, is_a ? 0.5 : 1, is_a ? 0.06 : 0);
  }
}

TEST(Relevel, is_the_same_on_any_number_of_threads) {
  holds(20, [] {
    const RandomTexts of_case;
    const Levelled of = of_case.solve();
    if (!of.answer.has_schedule) return;
    RiskRequest asked{.trials = 500, .kind = RiskRequest::Kind::relevel};
    const Forecast one = simulate(of.read.plan, of.answer, asked);
    asked.threads = 3;
    const Forecast other = simulate(of.read.plan, of.answer, asked);
    RC_ASSERT(one.has_trials == other.has_trials);
    if (!one.has_trials) return;
    RC_ASSERT(one.histogram.counts == other.histogram.counts);
    RC_ASSERT(one.drivers.size() == other.drivers.size());
    for (std::size_t i = 0; i < one.drivers.size(); ++i)
      RC_ASSERT(one.drivers[i].criticality == other.drivers[i].criticality);
  });
}

}  // namespace
}  // namespace diaodu::forecast
