#include "diaodu/formats/mspdi.h"
#include "diaodu/formats/mspdi_write.h"
#include "diaodu/formats/settings.h"
#include "formats/random_plan.h"
#include "formats/told_by_project.h"
#include "support/findings.h"
#include "support/property.h"
#include "support/tables.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

Plan random_plan(std::uint64_t seed, std::size_t size) { return RandomPlan(seed, size).make(); }

std::size_t times_told(const Findings& lost, std::string_view part) {
  const std::vector<Finding>& all = lost.kept();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [part](const Finding& each) {
        return to_string(each, Language::english).find(part) != std::string::npos;
      }));
}

std::string foreign_cell(const Plan& plan, std::string_view column, std::size_t row) {
  for (const ForeignColumn& foreign : plan.foreign) {
    if (foreign.name == column) return std::string(foreign.cell(row));
  }
  return "no such column";
}

TEST(MspdiRoundTrip, what_project_has_a_place_for_reads_back_equal) {
  holds(1'000, [] {
    Plan plan =
        random_plan(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 12));
    Findings lost;
    const std::string text = mspdi_of(plan, {}, lost);
    const ReadPlan read = read_mspdi(text, "plan.xml");
    RC_LOG() << words_of(read.findings) << text;
    const std::size_t num_cut = cut_lags(plan);
    RC_ASSERT(times_told(lost, "loses its parts of a percent") == num_cut);
    RC_ASSERT(ToldByProject(read.plan).str() == ToldByProject(plan).str());
  });
}

TEST(MspdiRoundTrip, what_takes_no_time_and_is_no_milestone_has_no_start_made_up_for_it) {
  // A milestone began when it ended; of a task nobody has said when it began.
  const ReadPlan read =
      read_tables({{"tasks", "id,duration,kind\nA,0d,task\nM,0d,milestone\n"},
                   {"progress", "task,actual_finish\nA,2022-08-02 12:00\nM,2022-08-03 12:00\n"}});
  Findings lost;
  const ReadPlan back = read_mspdi(mspdi_of(read.plan, {}, lost), "plan.xml");
  ASSERT_EQ(back.plan.progress.size(), 2U);
  EXPECT_EQ(back.plan.tasks[TaskId{0}].kind, TaskKind::task);
  EXPECT_FALSE(back.plan.progress[0].actual_start.has_value());
  EXPECT_TRUE(back.plan.progress[1].actual_start == read.plan.progress[1].actual_finish);
}

TEST(MspdiRoundTrip, written_read_and_written_again_it_is_the_same_file) {
  holds(1'000, [] {
    const Plan plan =
        random_plan(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 12));
    Findings lost;
    const ReadPlan once = read_mspdi(mspdi_of(plan, {}, lost), "plan.xml");
    const ReadPlan twice = read_mspdi(mspdi_of(once.plan, {}, lost), "plan.xml");
    RC_ASSERT(ToldByProject(once.plan).str() == ToldByProject(twice.plan).str());
  });
}

TEST(MspdiRoundTrip, names_of_resources_sums_of_money_and_built_in_calendars_come_back) {
  // Two units at 10,000 are a sum of 20,000, which is all that Project knows of money.
  Plan plan;
  plan.start = Instant{Date::from(2024, 3, 4).days * kMinutesPerDay};
  Findings ignored;
  Sources sources;
  apply_settings({}, plan, sources, ignored);
  const std::size_t num_calendars = plan.calendars.size();
  plan.calendar = find_calendar(plan, "cn");
  const TaskId a = plan.tasks.add({.id = plan.text("A"), .duration = WorkTime{480}});
  const ResourceId crane =
      plan.resources.add({.id = plan.text("crane"), .name = plan.text("Large crane")});
  const ResourceId capex = plan.resources.add({.id = plan.text("capex"),
                                               .kind = ResourceKind::money,
                                               .capacity = kUnlimited,
                                               .rate = Money{10'000'00}});
  plan.demands.add({.task = a, .resource = crane});
  plan.demands.add({.task = a, .resource = capex, .amount = Amount{2000}});
  Findings lost;
  const Plan back = read_mspdi(mspdi_of(plan, {}, lost), "plan.xml").plan;
  EXPECT_EQ(words_of(lost), "");
  EXPECT_EQ(back.calendars.size(), num_calendars);
  EXPECT_EQ(back.calendars[back.calendar].rule.id, "cn");
  ASSERT_EQ(back.demands.size(), 2U);
  EXPECT_EQ(back.resources[ResourceId{0}].id, "crane");
  EXPECT_EQ(back.resources[ResourceId{0}].name, "Large crane");
  const Demand& sum = back.demands[DemandId{1}];
  EXPECT_EQ(cost(sum.amount, back.resources[sum.resource].rate), Money{20'000'00});
}

TEST(MspdiRoundTrip, columns_that_only_begin_like_those_of_a_baseline_become_text_fields) {
  const ReadPlan read = read_tables(
      {{"tasks",
        "id,duration,Baseline remark,Baseline Start,Baseline start,Baseline 10 duration\n"
        "A,1d,agreed,2022-08-01,2022-08-01 08:00,2d\nB,1d,,,soon,-2d\n"}});
  Findings lost;
  const Plan back = read_mspdi(mspdi_of(read.plan, {}, lost), "plan.xml").plan;
  EXPECT_EQ(foreign_cell(back, "Baseline remark", 0), "agreed");
  EXPECT_EQ(foreign_cell(back, "Baseline Start", 0), "2022-08-01");
  EXPECT_EQ(foreign_cell(back, "Baseline start", 0), "2022-08-01 08:00");
  EXPECT_EQ(foreign_cell(back, "Baseline 10 duration", 0), "960min");
  EXPECT_EQ(foreign_cell(back, "Baseline start", 1), "");
  EXPECT_EQ(times_told(lost, "column tasks.Baseline start is not kept, in rows: 1"), 1U);
  EXPECT_EQ(times_told(lost, "column tasks.Baseline 10 duration is not kept, in rows: 1"), 1U);
}

TEST(MspdiRoundTrip, parts_of_a_percent_stand_in_what_remains) {
  // Of 40 hours an eighth is done: 35 are left.
  const ReadPlan read = read_tables({{"tasks", "id,duration\nA,5d\n"},
                                     {"progress",
                                      "task,actual_start,percent\n"
                                      "A,2022-08-01 08:00,12.5\n"}});
  Findings lost;
  const Plan back = read_mspdi(mspdi_of(read.plan, {}, lost), "plan.xml").plan;
  ASSERT_EQ(back.progress.size(), 1U);
  EXPECT_EQ(back.progress[0].percent, 12'00);
  EXPECT_EQ(back.progress[0].remaining, WorkTime{35 * 60});
}

TEST(MspdiRoundTrip, a_hundred_levels_have_outline_numbers) {
  // With those of all 20,000 the file would have more than a thousand million letters.
  constexpr std::size_t kDepth = 20'000;
  Plan plan = nested_plan(kDepth, Instant{Date::from(2024, 3, 4).days * kMinutesPerDay});
  Findings lost;
  const std::string text = mspdi_of(plan, {}, lost);
  EXPECT_LT(text.size(), std::size_t{100} << 20);
  EXPECT_EQ(times_told(lost, "tasks below a hundred levels have no outline number"), 1U);
  EXPECT_NE(text.find("<OutlineLevel>20001</OutlineLevel>"), std::string::npos);
}

TEST(MspdiRoundTrip, a_lag_that_counts_other_hours_there_is_told_with_its_task) {
  // The lag counts A's hours, round the clock; Project counts those of the plan, for B has none of its own.
  Plan plan;
  plan.start = Instant{Date::from(2024, 3, 4).days * kMinutesPerDay};
  Findings ignored;
  Sources sources;
  apply_settings({}, plan, sources, ignored);
  plan.calendar = find_calendar(plan, "standard");
  const TaskId a = plan.tasks.add({.id = plan.text("A"), .duration = WorkTime{480}});
  const TaskId b = plan.tasks.add({.id = plan.text("B"), .duration = WorkTime{480}});
  plan.tasks[a].calendar = find_calendar(plan, "24h");
  plan.links.add({.from = a, .to = b, .lag = {.amount = 60}});
  plan.must_finish = plan.start + Elapsed{10 * kMinutesPerDay};
  Findings lost;
  mspdi_of(plan, {}, lost);
  EXPECT_EQ(lost.kept().size(), 2U) << words_of(lost);
  EXPECT_NE(words_of(lost).find("'A': the lag of a link after it counts other hours there"),
            std::string::npos);
  EXPECT_NE(words_of(lost).find("the date by which the plan must finish is not kept"),
            std::string::npos);
}

}  // namespace
}  // namespace diaodu::formats
