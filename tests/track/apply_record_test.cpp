#include "diaodu/track/apply_record.h"

#include <gtest/gtest.h>

#include "diaodu/track/import.h"
#include "diaodu/track/replay.h"
#include "support/temporary.h"

namespace diaodu::track {
namespace {

constexpr Instant day(int number) { return Instant{number * kMinutesPerDay}; }

/// A plan of two tasks whose own progress is of day 10: dig began on day 2 and has 3 hours left.
Plan small_plan() {
  Plan plan;
  plan.data_date = day(10);
  for (const char* id : {"dig", "pour"}) plan.tasks.add({.id = plan.text(id)});
  plan.progress = {
      {.task = TaskId{0}, .actual_start = day(2), .remaining = WorkTime{180}, .percent = 40'00}};
  return plan;
}

TaskFact percent(const char* task, int when, int of_hundred) {
  return {.task = task, .when = day(when), .percent = of_hundred * 100};
}

TEST(ApplyRecord, later_facts_change_what_they_say_and_leave_the_rest) {
  Plan plan = small_plan();
  Findings findings;
  Record record;
  record.tasks = {percent("dig", 12, 70)};
  const Applied applied = apply_record(plan, record, kNever, "record", findings);
  EXPECT_EQ(applied.num_tasks, 1U);
  EXPECT_EQ(applied.status_date, day(12));
  EXPECT_EQ(plan.data_date, day(12));
  ASSERT_EQ(plan.progress.size(), 1U);
  EXPECT_EQ(plan.progress[0].actual_start, day(2));
  EXPECT_EQ(plan.progress[0].percent, 70'00);
  EXPECT_EQ(plan.progress[0].remaining, std::nullopt)
      << "three hours were left at 40 %, not at 70 %";
  EXPECT_TRUE(findings.is_empty());
}

TEST(ApplyRecord, what_the_record_has_no_word_for_stays_in_the_plans_rows) {
  Plan plan = small_plan();
  plan.progress[0].resumes = day(20);
  plan.progress[0].physical_percent = 30'00;
  plan.progress.push_back({.task = TaskId{1}, .physical_percent = 5'00});
  Findings findings;
  Record record;
  record.tasks = {percent("dig", 12, 70),
                  {.task = "pour", .when = day(12), .physical_percent = 15'00}};
  apply_record(plan, record, kNever, "record", findings);
  ASSERT_EQ(plan.progress.size(), 2U);
  EXPECT_EQ(plan.progress[0].percent, 70'00);
  EXPECT_EQ(plan.progress[0].resumes, day(20));
  EXPECT_EQ(plan.progress[0].physical_percent, 30'00);
  EXPECT_EQ(plan.progress[1].physical_percent, 15'00) << "the later of the two";
}

TEST(ApplyRecord, facts_older_than_the_plan_fill_its_gaps_only) {
  Plan plan = small_plan();
  Findings findings;
  Record record;
  TaskFact fact = percent("dig", 5, 20);
  fact.actual_start = day(3);
  record.tasks = {fact, {.task = "pour", .when = day(6), .actual_start = day(6)}};
  apply_record(plan, record, kNever, "record", findings);
  EXPECT_EQ(plan.data_date, day(10));
  ASSERT_EQ(plan.progress.size(), 2U);
  EXPECT_EQ(plan.progress[0].actual_start, day(2));
  EXPECT_EQ(plan.progress[0].percent, 40'00);
  EXPECT_EQ(plan.progress[1].actual_start, day(6));
}

TEST(ApplyRecord, before_the_plans_data_date_its_rows_were_not_known) {
  Plan plan = small_plan();
  Findings findings;
  apply_record(plan, {}, day(9), "record", findings);
  EXPECT_EQ(plan.data_date, std::nullopt);
  EXPECT_TRUE(plan.progress.empty());

  plan = small_plan();
  Record record;
  record.tasks = {percent("dig", 5, 20)};
  apply_record(plan, record, day(9), "record", findings);
  EXPECT_EQ(plan.data_date, day(5));
  ASSERT_EQ(plan.progress.size(), 1U);
  EXPECT_EQ(plan.progress[0].percent, 20'00);
  EXPECT_EQ(plan.progress[0].actual_start, std::nullopt);
}

TEST(ApplyRecord, tells_of_strangers_and_of_ends_before_beginnings) {
  Plan plan = small_plan();
  Findings findings;
  Record record;
  record.tasks = {percent("roof", 11, 10),
                  {.task = "dig", .when = day(12), .actual_finish = day(1)}};
  apply_record(plan, record, kNever, "record", findings);
  ASSERT_EQ(findings.kept().size(), 2U);
  EXPECT_EQ(findings.kept()[0].kind->code, "finish_before_start");
  EXPECT_EQ(findings.kept()[1].kind->code, "record_of_unknown_task");
}

TEST(Import, twice_changes_nothing) {
  const TemporaryFolder folder;
  Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
  const auto cost = [](int amount) {
    return Event{.fact = CostFact{"dig", "", day(1), Money{amount}}, .recorded = day(1)};
  };
  // Two invoices of the same day and amount are two.
  const std::vector<Event> facts = {{.fact = percent("dig", 1, 10), .recorded = day(1)},
                                    {.fact = percent("dig", 2, 20), .recorded = day(2)},
                                    cost(5),
                                    cost(5)};
  const auto import = [&](const std::vector<Event>& events) {
    Import made;
    ledger.append([&] { return (made = prepare_import(ledger, events)).events; });
    return made;
  };
  EXPECT_EQ(import(facts).events.size(), 4U);
  EXPECT_EQ(import(facts).num_known, 4U);
  EXPECT_EQ(ledger.head().sequence, 4U);

  // Another percentage for day 2 corrects; a third invoice adds.
  std::vector<Event> more = facts;
  more[1].fact = percent("dig", 2, 25);
  more.push_back(cost(5));
  const Import second = import(more);
  EXPECT_EQ(second.num_known, 3U);
  EXPECT_EQ(second.num_corrections, 1U);
  EXPECT_EQ(second.origin, (std::vector<std::size_t>{1, 4}));
  EXPECT_EQ(replay(ledger).costs.size(), 3U);
  EXPECT_EQ(replay(ledger).tasks.back().percent, 25'00);

  // The old file does not undo the correction.
  EXPECT_EQ(import(facts).num_known, 4U);
  EXPECT_EQ(replay(ledger).tasks.back().percent, 25'00);
}

TEST(Import, keeps_every_vintage_of_a_number) {
  const TemporaryFolder folder;
  Ledger ledger = Ledger::open_or_create(folder.path() / "record.diaodu");
  const auto number = [](double value, int published) {
    return Event{
        .fact = Observation{"gdp", {2026, 1, 3}, Measure::growth, value, day(published), ""},
        .recorded = day(published)};
  };
  ledger.append(std::vector{number(5.2, 100)});
  const Import revision = prepare_import(ledger, {number(5.3, 200)});
  EXPECT_EQ(revision.num_corrections, 0U) << "published later: a revision, and both stay";
  const Import misprint = prepare_import(ledger, {number(5.1, 100)});
  EXPECT_EQ(misprint.events.at(0).replaces, 1U) << "published then: it was entered wrongly";
}

}  // namespace
}  // namespace diaodu::track
