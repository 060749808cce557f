#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "diaodu/formats/tjp.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/solve/solve.h"
#include "support/findings.h"
#include "support/tables.h"

namespace diaodu::formats {

inline solve::Answer answer_of(const ReadPlan& read) {
  solve::Request request;
  request.with_resources = !read.plan.demands.empty();
  request.limits = {.steps = 5'000};
  return solve::solve(read.plan, read.sources, request);
}

/// When a task must begin and end; an empty date is not told.
struct Fact {
  std::string_view task;
  std::string_view start;
  std::string_view finish;
};

/// `2009-02-04`, `2009-02-04 09:00`
inline Instant instant(const Plan& plan, std::string_view written) {
  return written.size() > 10 ? at(plan, written.substr(0, 10), written.substr(11))
                             : at(plan, written);
}

/// The same, or the same to the calendar on which the task is worked: Friday 17:00 is Monday 9:00 to it.
inline bool is_same(const ReadPlan& read, TaskId task, ModeId mode, Instant a, Instant b) {
  if (a == b) return true;
  const WorkingTimes times(read.plan);
  const Calendar& works =
      read.plan.tasks[task].kind == TaskKind::summary ? times.of_project() : times.of(task, mode);
  return works.work_between(a, b) == WorkTime{};
}

inline void expect_facts(const ReadPlan& read, const std::vector<Fact>& facts) {
  ASSERT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  const solve::Answer answer = answer_of(read);
  ASSERT_TRUE(answer.has_schedule) << words_of(answer.findings);
  EXPECT_FALSE(answer.findings.has_errors()) << words_of(answer.findings);
  for (const Fact& fact : facts) {
    const TaskId task = task_of(read.plan, fact.task);
    ASSERT_TRUE(task) << fact.task;
    const Placement& placed = answer.schedule.placements[task];
    const auto expect = [&](std::string_view wanted, Instant got, const char* which) {
      if (wanted.empty()) return;
      EXPECT_TRUE(is_same(read, task, placed.mode, instant(read.plan, wanted), got))
          << fact.task << ' ' << which << ": " << wanted << " wanted, "
          << to_string(read.plan.zone.to_local(got));
    };
    expect(fact.start, placed.start, "start");
    expect(fact.finish, placed.finish, "finish");
  }
}

inline void expect_facts(std::string_view text, const std::vector<Fact>& facts,
                         std::string_view scenario = {}) {
  expect_facts(read_tjp(text, "p.tjp", scenario), facts);
}

/// A legal schedule, and the tasks that have a finish have it no later.
inline void expect_no_later(std::string_view text, const std::vector<Fact>& facts) {
  const ReadPlan read = read_tjp(text, "p.tjp");
  ASSERT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  const solve::Answer answer = answer_of(read);
  ASSERT_TRUE(answer.has_schedule) << words_of(answer.findings);
  EXPECT_NE(answer.status, solve::Status::infeasible) << words_of(answer.findings);
  for (const Fact& fact : facts) {
    const TaskId task = task_of(read.plan, fact.task);
    const Instant finish = task ? answer.schedule.placements[task].finish : answer.finish;
    EXPECT_LE(finish, instant(read.plan, fact.finish))
        << (task ? fact.task : "all") << ' ' << to_string(read.plan.zone.to_local(finish));
  }
}

}  // namespace diaodu::formats
