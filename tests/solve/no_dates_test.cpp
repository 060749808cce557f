#include <algorithm>

#include "diaodu/solve/solve.h"
#include "support/findings.h"
#include "support/tables.h"

namespace diaodu::solve {
namespace {

using Lines = std::vector<std::string>;

Lines found(const std::string& tasks, const std::string& links) {
  const auto read = read_tables({{"tasks", tasks}, {"links", links}});
  const Answer of = solve(read.plan, read.sources, {.with_resources = false});
  EXPECT_EQ(of.findings.has_errors(), !of.has_schedule);
  return found_in(of.findings);
}

TEST(NoDates, a_circle_of_links_is_found_where_its_first_link_stands) {
  EXPECT_EQ(found("id,duration\nA,1d\nB,1d\nC,1d\n", "from,to\nA,B\nB,C\nC,A\n").size(), 1U);
  EXPECT_EQ(found("id,duration\nA,1d\nB,1d\n", "from,to\nA,B\n"), Lines{});
}

TEST(NoDates, a_circle_of_cells_points_at_a_task) {
  const Lines lines = found("id,duration,predecessors\nA,1d,B\nB,1d,A\n", "from,to\n");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_TRUE(lines[0].starts_with("tasks.csv:")) << lines[0];
}

TEST(NoDates, a_circle_of_two_hundred_thousand_links_is_one_short_finding) {
  constexpr int kNum = 200'000;
  std::string tasks = "id,duration\n";
  std::string links = "from,to\n";
  for (int i = 0; i < kNum; ++i) {
    tasks += std::to_string(i) + ",1d\n";
    links += std::to_string(i) + ',' + std::to_string((i + 1) % kNum) + '\n';
  }
  const auto read = read_tables({{"tasks", tasks}, {"links", links}});
  const Findings findings = solve(read.plan, read.sources, {.with_resources = false}).findings;
  ASSERT_EQ(count_of(findings, found::circle_of_links), 1U);
  EXPECT_LT(findings.kept()[0].message(Language::english).size(), 200U);
}

TEST(Limits, a_chain_that_misses_a_date_at_each_of_its_tasks_is_told_in_time) {
  constexpr int kNum = 20'000;
  std::string tasks = "id,duration,constraint,date,predecessors\n";
  for (int i = 0; i < kNum; ++i) {
    tasks += std::to_string(i) + ",1h,finish_on_or_before,2022-08-01," +
             (i > 0 ? std::to_string(i - 1) : "") + '\n';
  }
  const auto read = read_tables({{"tasks", tasks}});
  const Answer of = solve(read.plan, read.sources, {.with_resources = false});
  // The first Monday holds eight of the hours.
  EXPECT_EQ(count_of(of.findings, found::too_late_for_constraint), kNum - 8U);
}

TEST(NoDates, time_that_runs_out_is_found) {
  EXPECT_EQ(found("id,duration\nA,90000d\nB,90000d\n", "from,to\nA,B\n").size(), 1U);
}

TEST(NoDates, a_circle_through_a_completed_task_is_found_too) {
  //  A is done, out of turn: A -> B -> C -> A.  What is left of it (retained logic) goes round.
  const auto read =
      read_tables({{"tasks", "id,duration,predecessors\nA,2d,C\nB,3d,A\nC,1d,B\n"},
                   {"progress", "task,actual_start,actual_finish\nA,2024-01-02,2024-01-03\n"}});
  EXPECT_EQ(count_of(solve(read.plan, read.sources, {}).findings, found::circle_of_links), 1U);
}

TEST(NoDates, summaries_alone_need_no_search_even_against_a_baseline) {
  const auto read = read_tables({{"tasks", "id,kind\nS,summary\n"}});
  Baseline baseline(read.plan.tasks.size(), read.plan.start);
  const Answer of = solve(read.plan, read.sources, {.baseline = baseline});
  EXPECT_EQ(of.status, Status::optimal);
  EXPECT_EQ(of.finish, read.plan.start);
}

}  // namespace
}  // namespace diaodu::solve
