#include "diaodu/forecast/risk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "diaodu/check/schedule_check.h"
#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/statistics.h"
#include "diaodu/forecast/trials.h"
#include "diaodu/solve/schedule_network.h"
#include "diaodu/solve/solve.h"
#include "forecast/statistics.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/tables.h"

namespace diaodu::forecast {
namespace {

/// Around the clock from Monday midnight, so that dates are sums of durations.
constexpr std::string_view kClock = "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\n";

constexpr std::size_t kLanesHere = FlowEngine::kLanes;

struct Solved {
  formats::ReadPlan read;
  solve::Answer answer;
};

Solved solved(const std::vector<TableText>& tables, std::string_view toml = kClock,
              bool with_resources = true) {
  Solved all{read_tables(tables, toml), {}};
  EXPECT_EQ(found_in(all.read.findings), std::vector<std::string>{});
  solve::Request request;
  request.with_resources = with_resources;
  request.limits.steps = 2000;
  all.answer = solve::solve(all.read.plan, all.read.sources, request);
  EXPECT_TRUE(all.answer.has_schedule);
  return all;
}

double minutes(const Plan& plan, Instant instant) {
  return static_cast<double>((instant - plan.start).count());
}

Forecast forecast_of(const Solved& of, std::int64_t trials, std::uint64_t seed, int threads = 1) {
  return simulate(of.read.plan, of.answer, {.trials = trials, .seed = seed, .threads = threads});
}

TEST(Risk, a_chain_of_normals_is_normal) {
  // 10 tasks of 1000 minutes +-300 at three deviations: mean 10000, deviation 100 sqrt(10).
  std::string tasks = "id,duration,predecessors\nT0,1000min,\n";
  for (int i = 1; i < 10; ++i)
    tasks += "T" + std::to_string(i) + ",1000min,T" + std::to_string(i - 1) + "\n";
  const Solved of =
      solved({{"tasks", tasks}, {"uncertainty", "task,shape,low,high\n*,normal,70%,130%\n"}});
  constexpr std::int64_t kTrials = 1000;
  const double deviation = 100 * std::sqrt(10.0);
  Scores means;
  Scores shares;
  for (int seed = 0; seed < kNumSeeds; ++seed) {
    const Forecast told = forecast_of(of, kTrials, static_cast<std::uint64_t>(seed));
    const double mean = minutes(of.read.plan, told.finish().dates.mean);
    means.add((mean - 10000) / (deviation / std::sqrt(double{kTrials})));
    // Of the trials no later than planned, half (rounding to whole minutes moves that by a thousandth).
    const double half = told.finish().planned_share;
    const double at_most = normal_cdf(0.5 / deviation);
    shares.add((half - at_most) / std::sqrt(0.25 / double{kTrials}));
    EXPECT_EQ(told.drivers.size(), 10U);
    for (const Driver& driver : told.drivers) EXPECT_EQ(driver.criticality, 1);
  }
  means.expect_inside();
  shares.expect_inside();
}

TEST(Risk, the_later_of_two_uniforms) {
  // Both between 0 and 10000: the share no later than t is (t / 10000)^2; each is the later in half of all.
  const Solved of = solved({{"tasks", "id,duration\nA,5000min\nB,5000min\n"},
                            {"uncertainty", "task,shape,low,high\n*,uniform,0%,200%\n"}});
  constexpr std::int64_t kTrials = 1000;
  Scores shares;
  Scores critical;
  Scores p80;
  for (int seed = 0; seed < kNumSeeds; ++seed) {
    const Forecast told = forecast_of(of, kTrials, static_cast<std::uint64_t>(seed));
    const double n = kTrials;
    shares.add((told.finish().planned_share - 0.25) / std::sqrt(0.25 * 0.75 / n));
    ASSERT_EQ(told.drivers.size(), 2U);
    critical.add((told.drivers[0].task == task_of(of.read.plan, "A")
                      ? told.drivers[0].criticality
                      : told.drivers[1].criticality) *
                     2 * std::sqrt(n) -
                 std::sqrt(n));
    const double at_p80 = minutes(of.read.plan, told.finish().dates.p80) / 10000;
    p80.add((at_p80 * at_p80 - 0.8) / std::sqrt(0.8 * 0.2 / n));
  }
  shares.expect_inside();
  critical.expect_inside();
  p80.expect_inside();
}

TEST(Risk, a_discrete_network_as_enumerated) {
  // A (1 or 3) before B (2 or 4), beside C (4 or 6), in hours; D (0 or 1) after both.
  const Solved of = solved(
      {{"tasks", "id,duration,predecessors\nA,1h,\nB,2h,A\nC,4h,\nD,1h,B; C\n"},
       {"uncertainty",
        "task,values\nA,1h:0.6; 3h:0.4\nB,2h:0.5; 4h:0.5\nC,4h:0.7; 6h:0.3\nD,0h:0.2; 1h:0.8\n"}});
  std::map<int, double> exact;  // the finish in hours
  for (const auto& [a, pa] : {std::pair{1, 0.6}, {3, 0.4}})
    for (const auto& [b, pb] : {std::pair{2, 0.5}, {4, 0.5}})
      for (const auto& [c, pc] : {std::pair{4, 0.7}, {6, 0.3}})
        for (const auto& [d, pd] : {std::pair{0, 0.2}, {1, 0.8}})
          exact[std::max(a + b, c) + d] += pa * pb * pc * pd;
  constexpr std::int64_t kTrials = 1000;
  std::map<int, Scores> scores;
  for (int seed = 0; seed < kNumSeeds; ++seed) {
    Plan plan = of.read.plan;
    for (const auto& [hours, probability] : exact) {
      solve::Answer answer =
          of.answer;  // the share no later than a date is told for the planned one
      answer.finish = plan.start + Elapsed{hours * 60};
      const Forecast told =
          simulate(plan, answer, {.trials = kTrials, .seed = static_cast<std::uint64_t>(seed)});
      double share = 0;
      for (const auto& [other, p] : exact) share += other <= hours ? p : 0;
      if (share > 1 - 1e-9) {
        EXPECT_EQ(told.finish().planned_share, 1);
      } else {
        scores[hours].add((told.finish().planned_share - share) /
                          std::sqrt(share * (1 - share) / double{kTrials}));
      }
    }
  }
  EXPECT_GE(scores.size(), 4U);
  for (const auto& [hours, each] : scores) each.expect_inside();
}

std::string random_tables(std::vector<TableText>& tables, std::array<std::string, 6>& texts) {
  texts[0] = "id,duration,predecessors,deadline\n";
  texts[1] = "task,resource,amount\n";
  const int n = number(4, 14);
  for (int i = 0; i < n; ++i) {
    std::string before;
    for (int j = 0; j < i; ++j) {
      if (one_in(4)) before += (before.empty() ? "T" : "; T") + std::to_string(j);
    }
    texts[0] += "T" + std::to_string(i) + "," + std::to_string(number(0, 5)) + "d," + before + "," +
                (one_in(4) ? "2024-01-20" : "") + "\n";
    if (!one_in(3))
      texts[1] += "T" + std::to_string(i) + ",crew," + std::to_string(number(1, 3)) + "\n";
    if (one_in(3)) texts[1] += "T" + std::to_string(i) + ",crane,1\n";
  }
  texts[2] = "id,kind,capacity,rate\ncrew,people,4,50\ncrane,machine,1,80\n";
  texts[3] = "task,shape,low,likely,high,factor,loading\n*,triangular,50%,100%,200%,site,0.5\n";
  texts[4] =
      "id,task,probability,impact,cost_impact\nR1,T0; T1,0.4,1d/2d/4d,1000\nR2,T2,0.3,50%,\n";
  texts[5] = "group,task,probability\nway,T2,0.5\nway,T3,0.5\n";
  constexpr std::array<std::string_view, 6> kNames = {"tasks",       "demands", "resources",
                                                      "uncertainty", "risks",   "branches"};
  for (std::size_t i = 0; i < texts.size(); ++i) tables.emplace_back(kNames[i], texts[i]);
  return one_in(2) ? "[plan]\nstart = 2024-01-01\n" : std::string(kClock);
}

TEST(Risk, a_trial_rebuilt_is_legal_by_its_own_durations) {
  int num_moved = 0;
  holds(300, [&] {
    std::vector<TableText> tables;
    std::array<std::string, 6> texts;
    const std::string toml = random_tables(tables, texts);
    Solved of{read_tables(tables, toml), {}};
    RC_ASSERT(!of.read.findings.has_errors());
    solve::Request request;
    request.limits.steps = 2000;
    of.answer = solve::solve(of.read.plan, of.read.sources, request);
    RC_ASSERT(of.answer.has_schedule);
    const RiskRequest asked{.trials = 100, .seed = 7};
    const Forecast told = simulate(of.read.plan, of.answer, asked);
    RC_ASSERT(told.sampled.num_within == told.sampled.num_judged);
    double sum = 0;
    for (std::int64_t n = 0; n < 100; ++n) {
      const Trial each = trial(of.read.plan, of.answer, asked, n);
      sum += minutes(of.read.plan, each.finish);
      num_moved += each.finish != of.answer.finish ? 1 : 0;
      if (n >= 10) continue;  // judging takes its time
      const check::Verdict verdict = check::judge(each.plan, each.schedule);
      for (const check::Violation& violation : verdict.first)
        std::cerr << check::to_string(violation, each.plan, Language::english) << "\n";
      RC_ASSERT(verdict.is_legal);
      if (each.struck.empty()) {
        // Branches that are not taken cost nothing here, and have no fixed cost there.
        const double cost = static_cast<double>(check::cost(each.plan, each.schedule).count());
        RC_ASSERT(std::abs(each.cost - cost) <= 20);  // each price is rounded there
      }
    }
    // The simulated dates are those of the trials rebuilt: their mean is the same to the minute.
    RC_ASSERT(std::abs(minutes(of.read.plan, told.finish().dates.mean) - sum / 100) <= 1);
  });
  EXPECT_GT(num_moved, 10'000);
}

TEST(Risk, is_the_same_on_any_number_of_threads) {
  holds(20, [] {
    std::vector<TableText> tables;
    std::array<std::string, 6> texts;
    const std::string toml = random_tables(tables, texts);
    Solved of{read_tables(tables, toml), {}};
    solve::Request request;
    request.limits.steps = 2000;
    of.answer = solve::solve(of.read.plan, of.read.sources, request);
    const Forecast one = forecast_of(of, 1000, 3, 1);
    for (const int threads : {2, 3}) {
      const Forecast other = forecast_of(of, 1000, 3, threads);
      RC_ASSERT(other.num_trials == one.num_trials);
      RC_ASSERT(other.p80_error == one.p80_error);
      RC_ASSERT(other.histogram.counts == one.histogram.counts);
      RC_ASSERT(other.cost->costs.mean == one.cost->costs.mean);
      RC_ASSERT(other.links_only.has_value() == one.links_only.has_value());
      if (one.links_only) RC_ASSERT(other.links_only->finish.p80 == one.links_only->finish.p80);
      RC_ASSERT(other.drivers.size() == one.drivers.size());
      for (std::size_t i = 0; i < one.drivers.size(); ++i) {
        RC_ASSERT(other.drivers[i].task == one.drivers[i].task);
        RC_ASSERT(other.drivers[i].swing == one.drivers[i].swing);
        RC_ASSERT(other.drivers[i].delay == one.drivers[i].delay);
        RC_ASSERT(other.drivers[i].sensitivity == one.drivers[i].sensitivity);
      }
      for (std::size_t i = 0; i < one.risks.size(); ++i)
        RC_ASSERT(other.risks[i].delay == one.risks[i].delay);
      for (std::size_t i = 0; i < one.dates.size(); ++i) {
        RC_ASSERT(other.dates[i].dates.p10 == one.dates[i].dates.p10);
        RC_ASSERT(other.dates[i].dates.p80 == one.dates[i].dates.p80);
        RC_ASSERT(other.dates[i].deadline_share == one.dates[i].deadline_share);
      }
    }
  });
}

TEST(Risk, critical_is_what_a_minute_more_would_delay) {
  // The slow twin: a task is critical if, taking a minute more, it moves the finish; around the clock, where
  // dates have no rooms in which a minute gets lost.
  holds(100, [] {
    std::vector<TableText> tables;
    std::array<std::string, 6> texts;
    random_tables(tables, texts);
    Solved of{read_tables(tables, kClock), {}};
    solve::Request request;
    request.limits.steps = 2000;
    of.answer = solve::solve(of.read.plan, of.read.sources, request);
    const Plan& plan = of.read.plan;
    const solve::ScheduleNetwork net(plan, of.answer.schedule,
                                     solve::resource_order(plan, of.answer.schedule));
    const FlowEngine engine(net.network);
    FlowEngine::Block block = engine.make_block();
    FlowEngine::Scratch scratch;
    for (solve::Node node = 0; node < net.network.size(); ++node) {
      if (net.network.work[node] == WorkTime{}) continue;  // a milestone stays one
      for (std::size_t lane = 0; lane < kLanesHere; ++lane)
        block.work[node * kLanesHere + lane] = number(1, 9) * 60;
    }
    engine.run(block, scratch);
    std::vector<solve::Node> all;
    for (solve::Node node = 0; node < net.network.size(); ++node) all.push_back(node);
    std::vector<std::uint64_t> bits;
    engine.find_critical(block, all, bits);
    const auto latest = [&](const FlowEngine::Block& of_block) {
      std::vector<Minute> last(kLanesHere, 0);
      engine.latest(of_block, all, last);
      return last;
    };
    const std::vector<Minute> before = latest(block);
    for (const solve::Node node : all) {
      if (net.network.work[node] == WorkTime{}) continue;
      FlowEngine::Block more = block;
      for (std::size_t lane = 0; lane < kLanesHere; ++lane) ++more.work[node * kLanesHere + lane];
      engine.run(more, scratch);
      const std::vector<Minute> after = latest(more);
      for (std::size_t lane = 0; lane < kLanesHere; ++lane)
        RC_ASSERT(((bits[node] >> lane & 1) != 0) == (after[lane] > before[lane]));
    }
  });
}

/// The work of one task over many trials, in minutes.
std::vector<Minute> works_of(const Solved& of, std::string_view id, std::size_t trials = 640) {
  const Plan& plan = of.read.plan;
  const solve::ScheduleNetwork net(plan, of.answer.schedule);
  const Stream stream(5);
  const Trials drawing(plan, of.answer.schedule, net.states,
                       [&](std::uint64_t variable, std::uint64_t first, std::span<Uniform> out) {
                         stream.uniforms(variable, first, out);
                       });
  const FlowEngine engine(net.network);
  FlowEngine::Block block = engine.make_block();
  Trials::Drawn drawn;
  const std::size_t at = net.network.node_of[task_of(plan, id)] * kLanesHere;
  std::vector<Minute> works;
  for (std::size_t first = 0; first < trials; first += kLanesHere) {
    drawing.fill(net.network, first, kLanesHere, block, drawn);
    works.insert(works.end(), block.work.begin() + static_cast<std::ptrdiff_t>(at),
                 block.work.begin() + static_cast<std::ptrdiff_t>(at + kLanesHere));
  }
  return works;
}

/// Where all trials agree.
Minute certain_work(const Solved& of, std::string_view id) {
  const std::vector<Minute> works = works_of(of, id, 64);
  EXPECT_EQ(std::count(works.begin(), works.end(), works.front()), 64) << id;
  return works.front();
}

TEST(Trials, the_most_particular_row_counts) {
  // All tasks take 100 minutes; each row says another number, so that it is seen which one counts.
  const std::string tasks =
      "id,parent,duration\nS,,\nI,S,\nown,I,100min\nestimated,I,100min/100min/100min\n"
      "inner,I,100min\ninner_crew,I,100min\nouter,S,100min\nouter_crew,S,100min\n"
      "crewed,,100min\nother,,100min\nmoded,I,\n";
  const Solved of = solved(
      {{"tasks", tasks},
       {"modes", "task,mode,duration\nmoded,fast,100min\n"},
       {"resources", "id,kind,capacity\ncrew,people,99\n"},
       {"demands",
        "task,resource\nown,crew\nestimated,crew\ninner_crew,crew\nouter_crew,crew\n"
        "crewed,crew\nmoded,crew\n"},
       {"uncertainty",
        "task,resource,mode,shape,likely\n*,,,fixed,101%\n,crew,,fixed,102%\nS,,,fixed,103%\n"
        "S,crew,,fixed,104%\nI,,,fixed,105%\nI,crew,,fixed,106%\nown,,,fixed,107%\n"
        "moded,,fast,fixed,108%\nmoded,,,fixed,109%\n"}});
  EXPECT_EQ(certain_work(of, "moded"), 108);
  EXPECT_EQ(certain_work(of, "own"), 107);
  EXPECT_EQ(certain_work(of, "estimated"), 100);
  EXPECT_EQ(certain_work(of, "inner_crew"), 106);
  EXPECT_EQ(certain_work(of, "inner"), 105);
  EXPECT_EQ(certain_work(of, "outer_crew"), 104);
  EXPECT_EQ(certain_work(of, "outer"), 103);
  EXPECT_EQ(certain_work(of, "crewed"), 102);
  EXPECT_EQ(certain_work(of, "other"), 101);
}

TEST(Trials, a_risk_strikes_all_its_tasks_at_once) {
  const Solved of =
      solved({{"tasks", "id,parent,duration\nS,,\nA,S,100min\nB,S,200min\nC,,100min\n"},
              {"risks", "id,task,probability,impact\nR,S,0.25,50%\nQ,C,0.5,10min/20min/60min\n"}});
  const std::vector<Minute> a = works_of(of, "A");
  const std::vector<Minute> b = works_of(of, "B");
  const std::vector<Minute> c = works_of(of, "C");
  int num_struck = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool strikes = a[i] == 150;
    EXPECT_EQ(a[i], strikes ? 150 : 100);
    EXPECT_EQ(b[i], strikes ? 300 : 200);
    EXPECT_TRUE(c[i] == 100 || (c[i] >= 110 && c[i] <= 160)) << c[i];
    num_struck += strikes ? 1 : 0;
  }
  EXPECT_LT(std::abs(num_struck - 160), kBand * std::sqrt(640 * 0.25 * 0.75));
}

TEST(Trials, of_a_branch_one_task_is_done) {
  const Solved of = solved({{"tasks", "id,duration\nA,100min\nB,200min\nC,300min\n"},
                            {"branches", "group,task,probability\ng,A,0.2\ng,B,0.3\ng,C,0.5\n"}});
  const std::vector<Minute> a = works_of(of, "A");
  const std::vector<Minute> b = works_of(of, "B");
  const std::vector<Minute> c = works_of(of, "C");
  for (std::size_t i = 0; i < a.size(); ++i)
    EXPECT_EQ(int{a[i] == 100} + int{b[i] == 200} + int{c[i] == 300}, 1);
  const auto num_b = std::count(b.begin(), b.end(), 200);
  EXPECT_LT(std::abs(static_cast<double>(num_b) - 640 * 0.3), kBand * std::sqrt(640 * 0.3 * 0.7));
}

TEST(Trials, given_correlations_and_factors_tie_durations) {
  const Solved of = solved({{"tasks", "id,duration\nA,9999min\nB,9999min\nC,9999min\nD,9999min\n"},
                            {"uncertainty",
                             "task,shape,low,high,factor,loading\nA,uniform,50%,150%,,\n"
                             "B,uniform,50%,150%,,\nC,uniform,50%,150%,f,0.9\n"
                             "D,uniform,50%,150%,f,-0.9\n"},
                            {"correlations", "a,b,value\nA,B,0.7\n"}});
  const auto a = works_of(of, "A", 6400);
  const auto b = works_of(of, "B", 6400);
  const auto c = works_of(of, "C", 6400);
  const auto d = works_of(of, "D", 6400);
  const auto correlation = [](const auto& x, const auto& y) {
    return rank_correlation(std::span<const Minute>(x), std::span<const Minute>(y));
  };
  EXPECT_NEAR(correlation(a, b), 0.7, 0.03);
  EXPECT_NEAR(correlation(c, d), rank_correlation_of(-0.81), 0.03);
  EXPECT_NEAR(correlation(a, c), 0, 0.05);
}

TEST(Risk, what_is_done_stays_and_of_what_is_under_way_the_rest_changes) {
  const Solved of =
      solved({{"tasks", "id,duration,predecessors\nA,100min,\nB,200min,A\nC,100min,B\n"},
              {"progress",
               "task,actual_start,actual_finish,remaining\n"
               "A,2024-01-01 00:00,2024-01-01 01:40,\nB,2024-01-01 01:40,,100min\n"},
              {"uncertainty", "task,shape,likely\n*,fixed,150%\n"},
              {"risks", "id,task,probability,impact\nR,A; C,1,100%\n"}},
             "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\ndata_date = \"2024-01-01 03:20\"\n");
  const Forecast told = forecast_of(of, 64, 1);
  // From 200: 150 for B, and for C 150 and as much again.
  EXPECT_EQ(minutes(of.read.plan, told.finish().dates.p50), 200 + 150 + 300);
  EXPECT_EQ(minutes(of.read.plan, told.finish().dates.p10), 200 + 150 + 300);
}

// A crane that two tasks want, a summary, a milestone, a task under way, one that is done: each date of each task is
// that of the trials rebuilt one by one.
TEST(Risk, dates_of_tasks_and_points_are_those_of_the_trials_one_by_one) {
  const Solved of = solved(
      {{"tasks",
        "id,parent,duration,predecessors,kind,cost\nS,,,,summary,\nA,S,5d,,,100\nB,S,4d,A,,200\n"
        "C,,6d,,,300\nM,,0d,B; C,milestone,\nD,,2d,,,\nE,,8d,,,\n"},
       {"resources", "id,kind,capacity,rate\ncrane,machine,1,10\n"},
       {"demands", "task,resource,amount\nB,crane,1\nC,crane,1\n"},
       {"progress", "task,actual_start,actual_finish\nD,2024-01-01,2024-01-02\nE,2024-01-01,\n"},
       {"uncertainty", "task,low,high\n*,70%,140%\n"}},
      "[plan]\nstart = 2024-01-01\ndata_date = 2024-01-03\n");
  constexpr std::int64_t kTrials = 70;  // more than a block
  for (const auto kind : {RiskRequest::Kind::flow, RiskRequest::Kind::relevel}) {
    const RiskRequest request{.trials = kTrials, .seed = 5, .threads = 2, .kind = kind};
    const Plan& plan = of.read.plan;
    const Forecast told = simulate(plan, of.answer, request);
    ASSERT_EQ(told.points.size(), static_cast<std::size_t>(kTrials));
    Table<TaskId, std::vector<std::int32_t>> starts(plan.tasks.size());
    Table<TaskId, std::vector<std::int32_t>> finishes(plan.tasks.size());
    for (std::int64_t i = 0; i < kTrials; ++i) {
      const Trial one = trial(plan, of.answer, request, i);
      EXPECT_EQ(told.points[static_cast<std::size_t>(i)].finish, one.finish);
      EXPECT_DOUBLE_EQ(told.points[static_cast<std::size_t>(i)].cost, one.cost);
      for (const TaskId task : plan.tasks.ids()) {
        const Placement& placed = one.schedule.placements[task];
        starts[task].push_back(static_cast<std::int32_t>(minutes(plan, placed.start)));
        finishes[task].push_back(static_cast<std::int32_t>(minutes(plan, placed.finish)));
      }
    }
    for (const TaskId task : plan.tasks.ids()) {
      SCOPED_TRACE(plan.tasks[task].id.view());
      const auto expect = [&](const TaskDates::Quantiles& dates, std::vector<std::int32_t>& all) {
        EXPECT_EQ(minutes(plan, dates.p10), quantile(all, 0.1));
        EXPECT_EQ(minutes(plan, dates.p50), quantile(all, 0.5));
        EXPECT_EQ(minutes(plan, dates.p80), quantile(all, 0.8));
        EXPECT_EQ(minutes(plan, dates.p90), quantile(all, 0.9));
      };
      EXPECT_TRUE(told.tasks[task].is_there);
      if (!plan.tasks[task].is_milestone()) expect(told.tasks[task].start, starts[task]);
      expect(told.tasks[task].finish, finishes[task]);
    }
  }
}

// On one calendar dates are counted in working minutes, of which an evening and the next morning are one.
TEST(Risk, a_milestone_of_the_morning_is_not_told_on_the_evening_before) {
  const Solved of = solved({{"tasks",
                             "id,duration,kind,deadline,predecessors\nA,5d,,,\n"
                             "M,0d,start_milestone,2026-03-06,A\nB,3d,,,\n"},
                            {"uncertainty", "task,low,high\nB,80%,130%\n"}},
                           "[plan]\nstart = 2026-03-02\n");
  const Plan& plan = of.read.plan;
  const Instant monday = at(plan, "2026-03-09", "08:00");
  const Forecast told = forecast_of(of, 64, 1);
  EXPECT_EQ(of.answer.finish, monday);
  ASSERT_EQ(told.dates.size(), 2U);
  for (const DateForecast& each : told.dates) {  // the plan's end, and M
    EXPECT_EQ(each.dates.p10, monday);
    EXPECT_EQ(each.dates.p90, monday);
  }
  EXPECT_EQ(told.dates[1].deadline_share, 0);
  EXPECT_EQ(told.tasks[task_of(plan, "M")].start.p50, monday);
  EXPECT_EQ(trial(plan, of.answer, {.trials = 64, .seed = 1}, 3).finish, monday);
}

// Thirty rows of three milestones, each before all of the next row: more ways through them than can be walked one by one.
TEST(Risk, milestones_in_a_lattice_are_looked_at_once) {
  std::string tasks = "id,duration,predecessors\nA,5d,\n";
  std::string before = "A";
  for (int row = 0; row < 30; ++row) {
    std::string these;
    for (const char* column : {"a", "b", "c"}) {
      const std::string id = column + std::to_string(row);
      tasks += id + ",0d," + before + "\n";
      these += (these.empty() ? "" : "; ") + id;
    }
    before = these;
  }
  const Solved of = solved({{"tasks", tasks}, {"uncertainty", "task,low,high\nA,80%,130%\n"}},
                           "[plan]\nstart = 2026-03-02\n");
  EXPECT_GT(forecast_of(of, 64, 1).finish().dates.p90, of.answer.finish);
}

TEST(Risk, hammocks_take_no_part_in_trials) {
  Solved of{
      read_tables({{"tasks", "id,kind,duration,predecessors\nA,,5d,\nH,hammock,30d,ASS\nB,,2d,A\n"},
                   {"resources", "id,kind,capacity,rate\nsand,material,9,7\n"},
                   {"demands", "task,resource,amount\nH,sand,1\nB,sand,2\n"},
                   {"uncertainty", "task,low,high\nA,80%,130%\n"}},
                  kClock),
      {}};
  of.answer = solve::solve(of.read.plan, of.read.sources, {});
  const Forecast told = forecast_of(of, 256, 1);
  EXPECT_GT(minutes(of.read.plan, told.finish().dates.p90), 7 * kMinutesPerDay);
  EXPECT_LT(minutes(of.read.plan, told.finish().dates.p90), 9 * kMinutesPerDay);
  EXPECT_FALSE(told.tasks[task_of(of.read.plan, "H")].is_there);
  ASSERT_TRUE(told.cost.has_value());
  EXPECT_EQ(told.cost->costs.p50, told.cost->planned);
}

TEST(Risk, a_choice_that_has_been_made_is_not_drawn_again) {
  const std::vector<TableText> tables = {
      {"tasks", "id,duration,predecessors\nA,5d,\nB,9d,\nC,1d,A; B\n"},
      {"branches", "group,task,probability\ng,A,0.3\ng,B,0.7\n"}};
  const std::string_view toml =
      "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\ndata_date = 2024-01-06\n";
  auto with = [&](std::string_view progress) {
    auto all = tables;
    all.push_back({"progress", progress});
    return solved(all, toml);
  };
  // A is over, or under way with a day left: B is left out in every trial, and C a day long.
  const Solved over = with("task,actual_start,actual_finish\nA,2024-01-01,2024-01-05\n");
  EXPECT_EQ(minutes(over.read.plan, forecast_of(over, 200, 1).finish().dates.p90),
            6 * kMinutesPerDay);
  const Solved begun = with("task,actual_start,remaining\nA,2024-01-01,1d\n");
  const Forecast told = forecast_of(begun, 200, 1);
  EXPECT_EQ(minutes(begun.read.plan, told.finish().dates.p10), 7 * kMinutesPerDay);
  EXPECT_EQ(minutes(begun.read.plan, told.finish().dates.p90), 7 * kMinutesPerDay);
}

TEST(Risk, a_milestone_that_takes_time_takes_it_in_trials_too) {
  const Solved of = solved({{"tasks", "id,kind,duration,predecessors\nA,,5d,\nM,milestone,3d,A\n"},
                            {"uncertainty", "task,low,high\nA,100%,120%\n"}});
  EXPECT_EQ(minutes(of.read.plan, of.answer.finish), 8 * kMinutesPerDay);
  EXPECT_GE(minutes(of.read.plan, forecast_of(of, 64, 1).finish().dates.p10), 8 * kMinutesPerDay);
}

TEST(Risk, of_what_is_under_way_a_trial_tells_all_that_it_takes) {
  const Solved of =
      solved({{"tasks", "id,duration\nA,5d\n"},
              {"progress", "task,actual_start,remaining\nA,2024-01-01,3d\n"},
              {"uncertainty", "task,shape,likely\n*,fixed,200%\n"},
              {"risks", "id,task,probability,impact\nR,A,0.5,1d\n"}},
             "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\ndata_date = 2024-01-03\n");
  const TaskId task = task_of(of.read.plan, "A");
  for (std::int64_t i = 0; i < 8; ++i) {
    const Trial one = trial(of.read.plan, of.answer, {.trials = 8, .seed = 1}, i);
    const WorkTime left = one.plan.progress.front().remaining.value_or(WorkTime{});
    EXPECT_EQ(one.plan.tasks[task].duration, WorkTime{2 * kMinutesPerDay} + left);
  }
}

TEST(Risk, percentiles_are_the_quantiles) {
  holds(1'000, [] {
    const auto values = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::int32_t>>(rc::gen::inRange(-50, 50)));
    const std::vector<std::int32_t> told = percentiles(values);
    RC_ASSERT(told.size() == 101U);
    for (std::size_t percent = 0; percent <= 100; ++percent) {
      std::vector<std::int32_t> all = values;
      RC_ASSERT(told[percent] == quantile(all, static_cast<double>(percent) / 100));
    }
  });
  EXPECT_TRUE(percentiles({}).empty());
}

TEST(Risk, the_curve_holds_the_quantiles_of_the_finish) {
  const Solved of = solved({{"tasks", "id,duration,predecessors\nA,5d,\nB,5d,A\n"},
                            {"uncertainty", "task,low,high\n*,80%,130%\n"}});
  const Forecast told = forecast_of(of, 777, 1);
  ASSERT_EQ(told.curve.size(), 101U);
  EXPECT_TRUE(std::is_sorted(told.curve.begin(), told.curve.end()));
  EXPECT_EQ(told.curve[10], told.finish().dates.p10);
  EXPECT_EQ(told.curve[50], told.finish().dates.p50);
  EXPECT_EQ(told.curve[80], told.finish().dates.p80);
  EXPECT_EQ(told.curve[90], told.finish().dates.p90);
}

TEST(Risk, nothing_uncertain_is_told) {
  const Solved of = solved({{"tasks", "id,duration\nA,1d\n"}});
  const Forecast told = forecast_of(of, 100, 1);
  EXPECT_FALSE(told.has_trials);
  EXPECT_EQ(found_in(told.findings), std::vector<std::string>{"nothing_uncertain"});
}

TEST(Risk, milestones_and_finished_plans_have_nothing_uncertain) {
  const Solved milestones =
      solved({{"tasks", "id,duration,predecessors\nA,0d,\nB,0d,A\n"},
              {"risks", "id,task,probability,impact,cost_impact\nR,A,0.5,,100\n"}});
  const Forecast told = forecast_of(milestones, 100, 1);
  EXPECT_TRUE(told.has_trials);  // of cost
  EXPECT_EQ(told.finish().dates.p10, milestones.answer.finish);
  EXPECT_EQ(told.finish().dates.p90, milestones.answer.finish);
  const Solved finished = solved(
      {{"tasks", "id,duration\nA,100min\n"},
       {"progress", "task,actual_start,actual_finish\nA,2024-01-01 00:00,2024-01-01 02:00\n"},
       {"risks", "id,task,probability,impact\nR,A,0.5,1d\n"}},
      "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\ndata_date = \"2024-01-02 00:00\"\n");
  EXPECT_FALSE(forecast_of(finished, 100, 1).has_trials);
}

TEST(Risk, links_alone_are_too_early_where_a_crane_is_shared) {
  const Solved of = solved({{"tasks", "id,duration\nA,1000min\nB,1000min\n"},
                            {"resources", "id,kind,capacity\ncrane,machine,1\n"},
                            {"demands", "task,resource\nA,crane\nB,crane\n"},
                            {"uncertainty", "task,shape,low,high\n*,uniform,90%,110%\n"}});
  const Forecast told = forecast_of(of, 1000, 1);
  ASSERT_TRUE(told.links_only);
  EXPECT_GT(told.links_only->too_early, Elapsed{900});
  EXPECT_LT(told.links_only->too_early, Elapsed{1100});
  EXPECT_EQ(told.sampled.num_within, told.sampled.num_judged);
  EXPECT_EQ(told.links_only->sampled.num_within, 0);
}

TEST(Risk, a_cancelled_simulation_tells_what_it_has) {
  const Solved of = solved({{"tasks", "id,duration\nA,1000min\n"},
                            {"uncertainty", "task,shape,low,high\n*,uniform,90%,110%\n"}});
  std::atomic<bool> cancel{false};
  RiskRequest request{.trials = 100'000, .cancel = &cancel};
  request.on_progress = [&](std::int64_t done, std::int64_t) {
    if (done >= 640) cancel = true;
  };
  const Forecast told = simulate(of.read.plan, of.answer, request);
  EXPECT_TRUE(told.was_cancelled);
  EXPECT_EQ(told.num_trials, 640);
  EXPECT_EQ(forecast_of(of, 640, 1).finish().dates.p80, told.finish().dates.p80);
}

TEST(Risk, a_latin_hypercube_is_closer) {
  const Solved of = solved({{"tasks", "id,duration\nA,10000min\n"},
                            {"uncertainty", "task,shape,low,high\n*,uniform,0%,200%\n"}});
  const Forecast told =
      simulate(of.read.plan, of.answer, {.trials = 1000, .latin_hypercube = true});
  EXPECT_NEAR(minutes(of.read.plan, told.finish().dates.mean), 10000, 2);
  EXPECT_NEAR(minutes(of.read.plan, told.finish().dates.p80), 16000, 21);
}

}  // namespace
}  // namespace diaodu::forecast
