#include <algorithm>
#include <map>
#include <sstream>

#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/xer.h"
#include "diaodu/formats/xer_export.h"
#include "diaodu/formats/xer_rows.h"
#include "diaodu/solve/critical_path.h"
#include "formats/random_plan.h"
#include "formats/told_by_primavera.h"
#include "formats/xer_text.h"
#include "support/property.h"
#include "support/random_network.h"
#include "support/random_progress.h"

namespace diaodu::formats {
namespace {

/// Written and read again.
ReadPlan again(const Plan& plan, Findings* lost = nullptr) {
  Findings findings;
  const std::string text = xer_of(plan, {}, findings);
  if (lost != nullptr) *lost = findings;
  return read_xer(text, "again.xer");
}

/// Six dates and floats of each task, by id.
std::map<std::string, std::string> dates_of(const Plan& plan) {
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const solve::Network network = solve::make_network(plan, times, states);
  solve::CriticalPath path = solve::forward_pass(network).path;
  solve::backward_pass(network, path);
  solve::place_as_late_as_possible(network, path);
  std::map<std::string, std::string> dates;
  for (TaskId task : plan.tasks.ids()) {
    if (!does_work(plan.tasks[task]) || states[task].stage == TaskState::Stage::completed) continue;
    const solve::Node node = network.node_of[task];
    std::ostringstream text;
    for (const auto* each :
         {&path.earliest_start, &path.earliest_finish, &path.latest_start, &path.latest_finish}) {
      text << ((*each)[node] - plan.start).count() << ' ';
    }
    text << solve::total_float(network, path, node).count() << ' '
         << solve::free_float(network, path, node).count();
    dates[plan.tasks[task].id.str()] = text.str();
  }
  return dates;
}

/// A network of all that Primavera holds.
Plan random_project() {
  Plan plan = random_plan({.has_max_lags = false, .has_upper_windows = true});
  plan.options.late_dates = Options::LateDates::wanted;
  plan.options.start_lag = static_cast<Options::StartLag>(number(0, 2));
  plan.options.total_float = static_cast<Options::TotalFloat>(number(0, 3));
  plan.options.progress_rule = static_cast<Options::ProgressRule>(number(0, 3));
  plan.options.open_ends_are_critical = one_in(6);
  if (one_in(4)) plan.must_finish = plan.start + Elapsed{number(0, 60)};
  for (Link& link : plan.links) {
    const bool is_clock = plan.options.lag_calendar == Options::LagCalendar::around_the_clock;
    if (link.lag.unit == Lag::Unit::elapsed_percent) link.lag.unit = Lag::Unit::percent;
    if (link.lag.unit == Lag::Unit::elapsed && !is_clock) link.lag.unit = Lag::Unit::work;
  }
  if (one_in(2)) add_progress(plan);
  return plan;
}

TEST(XerRoundTrip, a_plan_written_and_read_again_has_the_same_dates_and_floats) {
  holds(1'000, [] {
    const Plan plan = random_project();
    const ReadPlan read = again(plan);
    for (const Finding& finding : read.findings.kept())
      RC_ASSERT(finding.kind->severity != Severity::error);
    RC_ASSERT(dates_of(read.plan) == dates_of(plan));
  });
}

TEST(XerRoundTrip, any_plan_keeps_all_that_an_export_has_a_place_for) {
  for (std::uint64_t seed = 1; seed <= 500 && !testing::Test::HasFailure(); ++seed) {
    Plan plan = RandomPlan(seed, 6).make();
    narrow_to_primavera(plan);
    const std::vector<std::string> before = ToldByPrimavera(plan).lines();
    const ReadPlan read = again(plan);
    for (const Finding& finding : read.findings.kept()) {
      // Links at random may tie a task to itself, and demands ask for what there is not.
      const std::string_view code = finding.kind->code;
      if (finding.kind->severity == Severity::error && code != "link_to_itself")
        ADD_FAILURE() << seed << ": " << to_string(finding, Language::english);
    }
    const std::vector<std::string> after = ToldByPrimavera(read.plan).lines();
    if (before == after) continue;
    std::string different;
    for (const auto& line : before)
      if (std::find(after.begin(), after.end(), line) == after.end())
        different += "- " + line + "\n";
    for (const auto& line : after)
      if (std::find(before.begin(), before.end(), line) == before.end())
        different += "+ " + line + "\n";
    for (const auto& line : before) {
      const auto times = std::count(before.begin(), before.end(), line);
      const auto now = std::count(after.begin(), after.end(), line);
      if (times != now)
        different += std::to_string(times) + " -> " + std::to_string(now) + " " + line + "\n";
    }
    ADD_FAILURE() << seed << '\n' << different;
  }
}

TEST(XerRoundTrip, calendars_crews_and_what_they_cost_come_back) {
  // with_crew(): four people, from the 11th on six.
  const ReadPlan read =
      with_crew()
          .task("A", {{"task_type", "TT_Rsrc"}})
          .add("TASKRSRC", {{"task_id", "A"}, {"rsrc_id", "1"}, {"target_qty_per_hr", "2"}})
          .add("TASKRSRC", {{"task_id", "A"}, {"rsrc_id", "3"}, {"target_qty", "12.5"}})
          .read();
  const ReadPlan back = again(read.plan);
  EXPECT_FALSE(back.findings.has_errors());
  ASSERT_EQ(back.plan.resources.size(), 3U);
  const Resource& crew = back.plan.resources[ResourceId{0}];
  EXPECT_EQ(crew.capacity, Amount{4000});
  EXPECT_EQ(crew.rate, read.plan.resources[ResourceId{0}].rate);
  ASSERT_EQ(back.plan.availability.size(), 1U);
  EXPECT_EQ(back.plan.availability[0].during.from, read.plan.availability[0].during.from);
  EXPECT_EQ(back.plan.availability[0].capacity, Amount{6000});
  EXPECT_EQ(back.plan.resources[ResourceId{1}].capacity, kUnlimited);
  ASSERT_EQ(back.plan.demands.size(), 2U);
  EXPECT_EQ(back.plan.demands[DemandId{0}].amount, Amount{2000});
  EXPECT_EQ(back.plan.demands[DemandId{1}].amount, Amount{12500});
  EXPECT_EQ(dates_of(back.plan), dates_of(read.plan));
}

TEST(XerRoundTrip, hammocks_stay_levels_of_effort_and_wbs_summary_activities) {
  const ReadPlan read =
      XerText()
          .add("PROJWBS", {{"wbs_id", "2"}, {"proj_id", "1"}, {"wbs_short_name", "H"}})
          .task("A", {{"wbs_id", "2"}})
          .task("L", {{"wbs_id", "2"}, {"task_type", "TT_LOE"}})
          .task("W", {{"wbs_id", "2"}, {"task_type", "TT_WBS"}})
          .link("A", "L", "PR_SS")
          .read();
  Findings lost;
  const std::string text = xer_of(read.plan, {}, lost);
  EXPECT_NE(text.find("\tTT_LOE\t"), std::string::npos);
  EXPECT_NE(text.find("\tTT_WBS\t"), std::string::npos);
  EXPECT_EQ(lost.num_errors(), 0U);
  const ReadPlan back = read_xer(text, "back.xer");
  EXPECT_EQ(named(back.plan, "L").kind, TaskKind::hammock);
  EXPECT_EQ(back.plan.links.size(), 1U);
  EXPECT_EQ(named(back.plan, "H").kind, TaskKind::summary);
  EXPECT_EQ(back.plan.tasks.size(), read.plan.tasks.size());
}

TEST(XerRoundTrip, what_primavera_cannot_hold_is_told_by_row) {
  Plan plan;
  plan.start = Instant{19'000 * kMinutesPerDay};
  Findings ignored;
  Sources sources;
  apply_settings({}, plan, sources, ignored);
  const TaskId a = plan.tasks.add({.id = plan.text("A"), .duration = WorkTime{480}});
  const TaskId b = plan.tasks.add({.id = plan.text("B"), .duration = WorkTime{480}});
  plan.tasks[a].is_optional = true;
  plan.tasks[b].owner = plan.text("Li");
  plan.links.add({.from = a, .to = b, .max_lag = {.amount = 60}, .has_max_lag = true});
  const ResourceId crane = plan.resources.add(
      {.id = plan.text("crane"), .kind = ResourceKind::machine, .capacity = Amount{}});
  plan.availability.push_back({.resource = crane,
                               .during = {plan.start, plan.start + Elapsed{kMinutesPerDay}},
                               .capacity = kOne});
  Findings lost;
  xer_of(plan, {}, lost);
  std::vector<std::string> told;
  for (const Finding& finding : lost.kept()) told.push_back(to_string(finding, Language::english));
  const auto is_told = [&](std::string_view part) {
    return std::any_of(told.begin(), told.end(), [part](const std::string& each) {
      return each.find(part) != std::string::npos;
    });
  };
  EXPECT_TRUE(is_told("'A': that it may be left out is not kept"));
  EXPECT_TRUE(is_told("'A': the largest lag"));
  EXPECT_TRUE(is_told("'crane': a time in which there is none of it is not kept"));
  EXPECT_TRUE(is_told("column tasks.owner is not kept, in rows: 1"));
}

TEST(XerRoundTrip, what_follows_a_summary_follows_the_tasks_in_it) {
  // S holds A, two days, and B, one; T holds C and D, one day each, and comes a day after S: Monday and Tuesday,
  // Wednesday, then Thursday, early and late; B has a day of float.
  Plan plan;
  plan.start = Instant{(Date::from(2024, 3, 4).days * kMinutesPerDay) + 8 * 60};
  Findings ignored;
  Sources sources;
  apply_settings({}, plan, sources, ignored);
  const TaskId s = plan.tasks.add({.id = plan.text("S"), .kind = TaskKind::summary});
  const TaskId t = plan.tasks.add({.id = plan.text("T"), .kind = TaskKind::summary});
  const auto add = [&plan](const char* id, int hours, TaskId parent) {
    return plan.tasks.add(
        {.id = plan.text(id), .duration = WorkTime{hours * 60}, .parent = parent});
  };
  add("A", 16, s);
  add("B", 8, s);
  add("C", 8, t);
  add("D", 8, t);
  plan.links.add({.from = s, .to = t, .lag = {.amount = 8 * 60}});
  Findings lost;
  const ReadPlan back = again(plan, &lost);
  EXPECT_EQ(back.plan.links.size(), 4U);
  EXPECT_EQ(dates_of(back.plan), dates_of(plan));
  const auto tells_of_links = [](const Finding& finding) {
    return to_string(finding, Language::english).find("links of the tasks it holds") !=
           std::string::npos;
  };
  EXPECT_EQ(std::count_if(lost.kept().begin(), lost.kept().end(), tells_of_links), 2);
}

TEST(XerRoundTrip, tasks_are_not_listed_for_each_of_fifty_thousand_summaries_above_them) {
  // Each summary holds a task and the next summary: the first holds all of them, the last one.
  constexpr std::size_t kDepth = 50'000;
  Plan plan = nested_plan(kDepth, Instant{(Date::from(2024, 3, 4).days * kMinutesPerDay) + 8 * 60});
  const TaskId after = plan.tasks.add({.id = plan.text("Z"), .duration = WorkTime{480}});
  plan.links.add({.from = TaskId{0}, .to = after});
  plan.links.add({.from = TaskId{2 * kDepth - 2}, .to = after});  // the innermost
  Findings lost;
  const std::string text = xer_of(plan, {}, lost);
  const std::size_t first = text.find("\tPR_FS\t");
  EXPECT_NE(first, std::string::npos);
  EXPECT_EQ(text.find("\tPR_FS\t", first + 1), std::string::npos);
  EXPECT_TRUE(std::any_of(lost.kept().begin(), lost.kept().end(), [](const Finding& finding) {
    return to_string(finding, Language::english).find("'S0': its link is not kept") !=
           std::string::npos;
  }));
}

TEST(XerRoundTrip, a_deadline_after_the_finish_gives_an_open_end_no_float) {
  // A: Monday; L: Monday to Friday.  A's deadline is the Monday after: its float ends on Friday all the same.
  Plan plan;
  plan.start = Instant{(Date::from(2024, 3, 4).days * kMinutesPerDay) + 8 * 60};
  Findings ignored;
  Sources sources;
  apply_settings({}, plan, sources, ignored);
  const TaskId a = plan.tasks.add({.id = plan.text("A"), .duration = WorkTime{480}});
  plan.tasks.add({.id = plan.text("L"), .duration = WorkTime{5 * 480}});
  plan.tasks[a].deadline = plan.start + Elapsed{7 * kMinutesPerDay};
  PlannedTable dates(plan.tasks.size());
  dates[TaskId{1}].earliest_finish = plan.start + Elapsed{4 * kMinutesPerDay + 9 * 60};
  dates[TaskId{1}].is_scheduled = true;
  Findings lost;
  const ReadPlan back = read_xer(xer_of(plan, dates, lost), "again.xer");
  EXPECT_EQ(named(back.plan, "A").deadline, kNever);
  EXPECT_EQ(dates_of(back.plan), dates_of(plan));
  EXPECT_EQ(lost.kept().size(), 1U);
}

TEST(XerRoundTrip, a_lag_on_the_clock_becomes_the_working_time_that_it_spans) {
  // From Monday, 4 March, 00:00 a week on the clock is five days of eight hours.
  Plan plan;
  plan.start = Instant{Date::from(2024, 3, 4).days * kMinutesPerDay};
  Findings ignored;
  Sources sources;
  apply_settings({}, plan, sources, ignored);
  const TaskId a = plan.tasks.add({.id = plan.text("A"), .duration = WorkTime{480}});
  const TaskId b = plan.tasks.add({.id = plan.text("B"), .duration = WorkTime{480}});
  plan.links.add({.from = a, .to = b, .lag = {.amount = 7 * 24 * 60, .unit = Lag::Unit::elapsed}});
  EXPECT_EQ(again(plan).plan.links[LinkId{0}].lag, (Lag{.amount = 5 * 8 * 60}));
}

TEST(XerRoundTrip, chinese_letters_come_back) {
  Plan plan;
  plan.start = Instant{19'000 * kMinutesPerDay};
  Findings ignored;
  Sources sources;
  apply_settings({}, plan, sources, ignored);
  plan.name = "医院";
  plan.tasks.add({.id = plan.text("A"), .name = plan.text("浇筑底板"), .duration = WorkTime{480}});
  const ReadPlan read = again(plan);
  EXPECT_EQ(named(read.plan, "A").name, "浇筑底板");
  EXPECT_EQ(read.plan.name, "医院");
}

}  // namespace
}  // namespace diaodu::formats
