#include "diaodu/report/summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/terminal.h"
#include "report/plant.h"
#include "support/text.h"

namespace diaodu::report {
namespace {

using solve::Answer;
using solve::LowerBound;
using solve::Status;

int widest_line(const std::string& text) {
  int widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

TEST(Summary, no_line_is_wider_than_asked_in_either_language) {
  const Plan plan = make_plant();
  for (const bool is_levelled : {true, false}) {
    const Answer of_plant = answer(plan, is_levelled);
    for (const Language language : kBoth) {
      for (const int width : {40, 60, 80, 120}) {
        EXPECT_LE(widest_line(summary(plan, of_plant, language, width)), width);
        EXPECT_LE(widest_line(summary(plan, of_plant, language, width, true)), width);
      }
    }
  }
}

TEST(Summary, each_objective_has_its_value_and_what_is_proven_of_it) {
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  of_plant.objectives = {Objective::tardiness, Objective::finish, Objective::stability};
  of_plant.values = {of_plant.finish, WorkTime{3 * 480}, WorkTime{960}};
  of_plant.bounds = {of_plant.finish - Elapsed{1440}, WorkTime{3 * 480}, WorkTime{480}};
  of_plant.baseline = Baseline(plan.tasks.size(), plan.start);
  of_plant.moves = {.num_compared = 15,
                    .num_moved = 2,
                    .total = WorkTime{960},
                    .largest = WorkTime{480},
                    .farthest = find_task(plan, "C3")};
  const std::string english = summary(plan, of_plant, Language::english, 100);
  EXPECT_TRUE(contains(english, "Tardiness  3 d               proven")) << english;
  EXPECT_TRUE(contains(english, "not proven; none before")) << english;
  EXPECT_TRUE(contains(english, "not proven; no less than 1 d")) << english;
  EXPECT_TRUE(contains(english,
                       "tasks have moved, by 2 d in all; the farthest is 'Power and air', by 1 d."))
      << english;
  const std::string chinese = summary(plan, of_plant, Language::chinese, 100);
  EXPECT_TRUE(contains(chinese, "尚未证明；不少于1天")) << chinese;
  EXPECT_TRUE(contains(chinese, "15 项任务中有 2 项移动，合计2天")) << chinese;
  EXPECT_FALSE(contains(summary(plan, answer(plan), Language::english, 100), "Objectives"));
}

TEST(Summary, it_fits_on_one_screen_however_many_tasks_there_are) {
  std::string tasks = "id,name,duration,kind,predecessors,deadline\n0,Begin,1d,,,\n";
  std::string demands = "task,resource\n";
  std::string resources = "id,capacity\n";
  for (int i = 1; i <= 300; ++i) {
    const std::string id = std::to_string(i);
    const std::string before = std::to_string(i - 1);
    tasks += id + ",Task number " + id + (i % 5 == 0 ? ",0d,milestone," : ",1d,,") + before +
             (i % 10 == 0 ? ",2024-02-01\n" : ",\n");
    if (i <= 12) resources += "R" + id + ",1\n";
    if (i % 5 != 0) demands += id + ",R" + std::to_string(i % 12 + 1) + "\n";
  }
  const Plan plan =
      make_plan("[plan]\nname = \"Long\"\nstart = 2024-01-01\n", tasks, resources, demands);
  Answer long_answer = answer(plan);
  for (int i = 0; i < 20; ++i) {
    long_answer.findings.add(found::unknown_table, {.file = "plan"}, {"x", "y"});
  }
  for (const Language language : kBoth) {
    const std::string text = summary(plan, long_answer, language, 80);
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 44) << text;
    EXPECT_LE(widest_line(text), 80);
  }
  EXPECT_TRUE(contains(summary(plan, long_answer, Language::english), "… and 55 more"));
}

TEST(Summary, the_headline_says_when_and_whether_it_is_proven) {
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  EXPECT_EQ(headline(plan, of_plant, Language::english),
            "Finish Thu 2024-06-13 17:00 — not proven optimal");
  of_plant.status = Status::optimal;
  EXPECT_EQ(headline(plan, of_plant, Language::english),
            "Finish Thu 2024-06-13 17:00 — proven optimal");
  EXPECT_EQ(headline(plan, of_plant, Language::chinese),
            "完工 2024-06-13 周四 17:00 — 已证明为最优");
}

TEST(Summary, a_gap_is_told_in_time_and_in_percent) {
  // 105 days from 1 March 00:00 to 13 June 17:00 (104.7); the bound is a day before: 0.96 %.
  const Plan plan = make_plant();
  const std::string text = summary(plan, answer(plan), Language::english);
  EXPECT_TRUE(
      contains(text, "At most 1 d (1 %) better is possible: nothing can finish before 2024-06-12"))
      << text;
}

TEST(Summary, a_resources_load_proves_a_bound_in_words) {
  // 265 working days of eight hours for one crane: 127,200 minutes of work, and room for no more.
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  of_plant.status = Status::optimal;
  of_plant.bound = {.finish = of_plant.finish,
                    .kind = LowerBound::Kind::resource_load,
                    .resource = ResourceId{0},
                    .during = {plan.start, of_plant.finish},
                    .work = Effort{265 * 480 * 1000},
                    .room = Effort{265 * 480 * 1000},
                    .tasks = {find_task(plan, "B1"), find_task(plan, "B4")}};
  EXPECT_EQ(
      why_no_earlier(plan, of_plant, Language::english),
      "'Mobile crane' must do 265 d of work between 2024-03-01 00:00 and 2024-06-13 17:00, and can "
      "do no more than 265 d there. It is the work of 'Piles', 'Erect the steel frame'.");
  EXPECT_EQ(
      why_no_earlier(plan, of_plant, Language::chinese),
      "“汽车吊”在 2024-03-01 00:00 至 2024-06-13 17:00 "
      "之间须完成265天的工作，而这段时间最多只能完成265天。这是“打桩”、“吊装钢结构”的工作量。");
}

TEST(Summary, tasks_in_each_others_way_prove_a_bound_in_words) {
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  of_plant.bound = {.finish = of_plant.finish,
                    .kind = LowerBound::Kind::packing,
                    .during = {plan.start, of_plant.finish},
                    .work = Effort{20 * 480 * 6},
                    .room = Effort{19 * 480 * 6},
                    .tasks = {find_task(plan, "B1"), find_task(plan, "B4")},
                    .weights = {6, 3},
                    .limit = 6};
  EXPECT_EQ(
      why_no_earlier(plan, of_plant, Language::english),
      "2 tasks stand in each other's way: too few of them fit in side by side, or links keep "
      "them apart. Weighed by that they are 20 d of work between 2024-03-01 00:00 and "
      "2024-06-13 17:00, which has 19 d. It is the work of 'Piles', 'Erect the steel frame'.");
  EXPECT_EQ(why_no_earlier(plan, of_plant, Language::chinese),
            "2 "
            "项任务互相妨碍：资源容不下它们同时进行，或逻辑关系要求它们先后进行。按妨碍程度折算，20"
            "24-03-01 "
            "00:00 至 2024-06-13 17:00 之间须完成20天的工作，而这段时间只有19天。"
            "这是“打桩”、“吊装钢结构”的工作量。");
}

TEST(Summary, it_says_whether_check_proved_the_bound_again) {
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  of_plant.bound.kind = LowerBound::Kind::critical_path;
  EXPECT_FALSE(contains(summary(plan, of_plant, Language::english, 120), "erified"));
  of_plant.bound_verdict = check::BoundVerdict::verified;
  EXPECT_TRUE(
      contains(summary(plan, of_plant, Language::english, 120), "(Verified from the plan alone.)"));
  of_plant.bound_verdict = check::BoundVerdict::not_verified;
  EXPECT_TRUE(contains(summary(plan, of_plant, Language::english, 120),
                       "(Not verified from the plan alone.)"));
  EXPECT_TRUE(
      contains(summary(plan, of_plant, Language::chinese, 120), "（未能仅凭计划数据核实。）"));
}

TEST(Summary, when_nothing_is_levelled_it_says_who_is_overloaded_when_and_by_whom) {
  //  crane    Erect [12 .. 29 April], Roof [25 April ..]     both from 25 April: 2 of 1
  const Plan plan = make_plant();
  const std::string text = summary(plan, answer(plan, false), Language::english, 120);
  EXPECT_TRUE(contains(
      text, "Mobile crane    5 d, up to 2 of 1  2024-04-25 08:00  'Erect the steel frame', 'Roof'"))
      << text;
}

TEST(Summary, a_missed_deadline_says_by_how_much) {
  const Plan plan = make_plan("[plan]\nstart = 2024-03-01\n",
                              "id,duration,deadline\nA,3d,2024-03-01 17:00\nB,1d,2024-03-20\n");
  const std::string text = summary(plan, answer(plan), Language::english);
  // A takes Friday, Monday and Tuesday, 5 March 17:00: four days after the deadline.
  EXPECT_TRUE(contains(text, "missed by 4 d")) << text;
  EXPECT_TRUE(contains(text, "met, 19 d to spare")) << text;
}

TEST(Summary, without_a_schedule_it_says_what_stands_in_the_way) {
  const Plan plan = make_plant();
  Answer none;
  none.status = Status::infeasible;
  none.findings.add(found::missing_table, {.file = "plan"}, {"tasks"});
  const std::string text = summary(plan, none, Language::english);
  EXPECT_TRUE(contains(text, "No schedule exists")) << text;
  EXPECT_TRUE(contains(text, "Proven: no dates keep all the rules")) << text;
  EXPECT_TRUE(contains(text, "plan: the plan has no table 'tasks'")) << text;
  none.status = Status::unknown;
  none.seconds = 2.5;
  EXPECT_TRUE(
      contains(summary(plan, none, Language::english), "ended after 2.5 s without a schedule"));
  EXPECT_TRUE(contains(summary(plan, none, Language::chinese), "搜索在 2.5 秒后结束"));
}

TEST(Summary, a_benchmark_is_told_in_periods) {
  const Plan plan = make_benchmark();
  const std::string text = summary(plan, answer(plan), Language::english);
  EXPECT_TRUE(contains(text, "Finish 14 — not proven optimal")) << text;
  EXPECT_TRUE(contains(text, "At most 3 periods (21.4 %)")) << text;
}

}  // namespace
}  // namespace diaodu::report
