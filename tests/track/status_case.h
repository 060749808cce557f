#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/solve/solve.h"
#include "diaodu/track/budget.h"
#include "diaodu/track/facts.h"
#include "diaodu/track/status.h"
#include "support/findings.h"
#include "support/tables.h"

namespace diaodu::track {

/// A plan as a user writes it, levelled as it was before anything happened (the baseline) and as it is now.
struct StatusCase {
  formats::ReadPlan read;
  Record record;
  Course course;
  StatusRequest request;

  explicit StatusCase(const std::vector<TableText>& tables, std::string_view toml = kMonday)
      : read(read_tables(tables, toml)) {
    EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
    record = record_in(plan());
    const solve::Answer now = solved(plan());
    course.schedule = now.schedule;
    course.holds = Table<TaskId, Hold>(plan().tasks.size());
    course.total_float = Table<TaskId, std::optional<WorkTime>>(plan().tasks.size());
    for (const TaskId task : plan().tasks.ids()) {
      const solve::Reason& reason = now.reasons[task];
      if (reason.kind == solve::Reason::Kind::resource) {
        course.holds[task] = {Hold::By::resource,
                              reason.tasks.empty() ? TaskId{} : reason.tasks.front(),
                              reason.resource};
      }
      if (now.dates[task].has_float) course.total_float[task] = now.dates[task].total_float;
    }
    course.critical = critical(now);
    Plan before = plan();
    before.progress.clear();
    before.data_date.reset();
    const solve::Answer then = solved(before);
    request.as_of = plan().data_date.value_or(plan().start);
    request.baseline = take_baseline(before, then.schedule, "agreed", before.start);
    request.was_critical = critical(then);
    request.knows_critical = true;
  }

  const Plan& plan() const { return read.plan; }
  Status status() const { return track::status(plan(), record, course, request); }
  TaskId task(std::string_view id) const { return task_of(plan(), id); }
  Instant at(std::string_view date, std::string_view clock = "17:00") const {
    return diaodu::at(plan(), date, clock);
  }

 private:
  solve::Answer solved(const Plan& of) const {
    solve::Request asked;
    asked.limits.steps = 2000;
    solve::Answer answer = solve::solve(of, read.sources, asked);
    EXPECT_TRUE(answer.has_schedule);
    return answer;
  }
  std::vector<TaskId> critical(const solve::Answer& answer) const {
    std::vector<TaskId> tasks;
    for (const TaskId task : plan().tasks.ids()) {
      const bool is_leaf = plan().tasks[task].kind != TaskKind::summary;
      if (is_leaf && answer.dates[task].is_critical) tasks.push_back(task);
    }
    return tasks;
  }
};

/// Whole units of money, for people who read tests.
constexpr Money yuan(std::int64_t amount) { return Money{amount * 100}; }

}  // namespace diaodu::track
