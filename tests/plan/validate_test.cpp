#include "diaodu/plan/validate.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/tables.h"

namespace diaodu {
namespace {

using Lines = std::vector<std::string>;

/// Tables, and what `validate` finds wrong with them.
struct Case {
  const char* says;
  std::vector<TableText> tables;
  Lines expected;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"a plan without tasks", {{"tasks", "id,duration\n"}}, {"tasks.csv no_tasks"}},
      {"a task that is its own ancestor",
       {{"tasks", "id,duration,parent\nA,,B\nB,,C\nC,,A\nD,1d,A\n"}},
       {"tasks.csv:2:3 circle_of_parents"}},
      {"a target that is its own ancestor",
       {{"tasks", "id,duration\nA,1d\n"}, {"targets", "id,parent\ngdp,gdp\n"}},
       {"targets.csv:2:2 circle_of_targets"}},
      {"rules of scoring that cannot work",
       {{"tasks", "id,duration\nA,1d\n"},
        {"targets",
         "id,parent,of,rule,base,goal,low,high,roll_up\nA,,,threshold,,,,,sum\nB,A,,proportional,,"
         "0,,,\n"
         "C,A,,efficacy,2,2,,,growth\nD,A,,rank,,1,,,\nE,A,,per_point,,,,,\nF,A,G,efficacy,,,,,\n"
         "G,A,A,threshold,,,,,\nH,A,I,rank,,,,,\nI,A,,per_point,,,,,\n"},
        {"peers", "target,id\nI,x\nI,y\nI,x\nB,x\n"}},
       {"peers.csv:4:2 repeated_peer", "targets.csv:2:4 rule_misses",
        "targets.csv:3:6 share_of_nothing", "targets.csv:4:8 no_scale",
        "targets.csv:4:9 roll_up_of_nothing", "targets.csv:5:4 rank_of_one",
        "targets.csv:6:4 rule_misses", "targets.csv:7:3 scores_a_score",
        "targets.csv:7:4 rule_misses", "targets.csv:7:4 rule_misses",
        "targets.csv:8:4 rule_misses"}},
      {"a deadline before the plan begins",
       {{"tasks", "id,duration,deadline\nA,1d,2022-07-30\nB,1d,2022-08-01\n"}},
       {"tasks.csv:2:3 deadline_before_start"}},
      {"a summary with a duration, modes and demands of its own",
       {{"tasks", "id,duration,parent\nA,3d,\nB,1d,A\n"},
        {"modes", "task,mode,duration\nA,fast,1d\nA,slow,2d\n"},
        {"resources", "id,capacity\ncrew,2\n"},
        {"demands", "task,resource\nA,crew\nB,crew\n"}},
       {"tasks.csv:2 summary_with_work", "tasks.csv:2 summary_with_work",
        "tasks.csv:2:2 summary_with_work"}},
      {"a summary with constraints that only tasks can keep",
       {{"tasks",
         "id,duration,parent,constraint,date,second_constraint,second_date\n"
         "A,,,finish_on,2022-08-09,as_late_as_possible,\n"
         "B,1d,A,,,,\n"
         "C,,,start_on_or_after,2022-08-09,finish_on_or_before,2022-09-09\n"
         "D,1d,C,finish_on,2022-08-19,,\n"}},
       {"tasks.csv:2:4 constraint_on_summary", "tasks.csv:2:6 constraint_on_summary"}},
      {"a hammock with a duration, a constraint and demands, which spans what it is linked with",
       {{"tasks",
         "id,duration,kind,constraint,date\nA,1d,,,\nB,1d,,,\nH,2d,hammock,start_on,2022-08-09\n"},
        {"links", "from,to,type\nA,H,SS\nB,H,FF\n"},
        {"resources", "id\ncrew\n"},
        {"demands", "task,resource\nH,crew\n"}},
       {"demands.csv:2:1 hammock_with_work", "tasks.csv:4:2 hammock_with_work",
        "tasks.csv:4:4 hammock_with_work"}},
      {"a task both elapsed and in modes",
       {{"tasks", "id,duration\nA,3ed\n"}, {"modes", "task,mode,duration\nA,x,1d\nA,y,2d\n"}},
       {"tasks.csv:2:2 elapsed_with_modes"}},
      {"a task linked to itself",
       {{"tasks", "id,duration\nA,1d\n"}, {"links", "from,to\nA,A\n"}},
       {"links.csv:2:2 link_to_itself"}},
      {"links between a task and the summaries above it",
       {{"tasks", "id,duration,parent\nA,,\nB,,A\nC,1d,B\nD,1d,\n"},
        {"links", "from,to,type\nA,C,FS\nC,A,FF\nC,B,SF\nD,A,FS\nB,D,FS\n"}},
       {"links.csv:2:1 link_to_ancestor", "links.csv:3:2 link_to_ancestor",
        "links.csv:4:2 link_to_ancestor"}},
      {"links at an end of a summary that its children decide",
       {{"tasks", "id,duration,parent\nA,,\nB,1d,A\nC,1d,\n"},
        {"links", "from,to,type\nC,A,FF\nC,A,SF\nA,C,SS\nA,C,SF\nA,C,FS\nA,C,FF\nC,A,SS\n"}},
       {"links.csv:2:3 link_into_summary_finish", "links.csv:3:3 link_into_summary_finish",
        "links.csv:4:3 link_out_of_summary_start", "links.csv:5:3 link_out_of_summary_start"}},
      {"links of a summary that ask for what only the schedule tells",
       {{"tasks", "id,duration,parent\nA,,\nB,1d,A\nC,1d,\n"},
        {"links", "from,to,type,lag,max_lag\nA,C,FS,50%,\nC,A,FS,,1d\nA,C,FF,0%,2d\n"}},
       {"links.csv:2:4 lag_by_summary", "links.csv:3:5 max_lag_of_summary",
        "links.csv:4:5 max_lag_of_summary"}},
      {"the same link twice",
       {{"tasks", "id,duration\nA,1d\nB,1d\n"}, {"links", "from,to,type\nA,B,FS\nA,B,SS\nA,B,\n"}},
       {"links.csv:4:2 repeated_link"}},
      {"a largest lag below the lag",
       {{"tasks", "id,duration\nA,1d\nB,1d\n"},
        {"links", "from,to,type,lag,max_lag\nA,B,FS,2d,1d\nB,A,SS,2d,1ed\nA,B,SF,1d,1d\n"}},
       {"links.csv:2:5 max_lag_below_lag"}},  // days of two kinds cannot be compared beforehand
      {"a milestone that asks for people",
       {{"tasks", "id,duration\nA,0d\n"},
        {"resources", "id,kind,capacity\ncrew,people,2\nsand,material,5\n"},
        {"demands", "task,resource\nA,crew\nA,sand\n"}},
       {"demands.csv:2:1 milestone_with_demand"}},
      {"demands above all there ever is",
       {{"tasks", "id,duration\nA,1d\nB,1d\n"},
        {"resources", "id,capacity,skills\ncrew,2,dig\nspare,1,dig\ncrane,1,\n"},
        {"availability", "resource,from,to,capacity\ncrane,2022-08-01,2022-08-09,4\n"},
        {"demands", "task,resource,amount\nA,crew,3\nB,crane,4\nB,dig,3\nA,dig,4\n"}},
       {"demands.csv:2:3 demand_above_capacity", "demands.csv:5:3 demand_above_capacity"}},
      {"more used up than there is, in whatever mode",
       // A: 3 + the cheaper of (4, 1) = 4; B is optional; C: 2.  6 of sand, of which there are 5.
       {{"tasks", "id,duration,optional\nA,1d,\nB,1d,yes\nC,1d,\n"},
        {"modes", "task,mode,duration\nA,x,1d\nA,y,1d\n"},
        {"resources", "id,kind,capacity\nsand,material,5\ncash,money,6\nlake,reservoir,1\n"},
        {"demands",
         "task,mode,resource,amount\nA,,sand,3\nA,x,sand,4\nA,y,sand,1\nB,,sand,9\nC,,sand,2\n"
         "A,x,cash,9\nC,,cash,6\nC,,lake,9\n"}},
       {"resources.csv:2:3 used_up_above_capacity"}},
      {"rows of availability that overlap, or end before they begin",
       {{"tasks", "id,duration\nA,1d\n"},
        {"resources", "id\ncrew\nteam\n"},
        {"availability",
         "resource,from,to,capacity\n"
         "crew,2022-08-01,2022-08-20,1\n"
         "crew,2022-08-02,2022-08-03,1\n"  // inside the first
         "crew,2022-08-04,2022-08-05,1\n"  // so is this, though apart from the one before
         "crew,2022-08-20,2022-08-21,1\n"  // the end is outside
         "team,2022-08-02,2022-08-03,1\n"  // another's
         "team,2022-08-05,2022-08-04,1\n"}},
       {"availability.csv:3:2 overlapping_availability",
        "availability.csv:4:2 overlapping_availability", "availability.csv:7:3 empty_interval"}},
      {"progress that contradicts itself",
       {{"plan", "key,value\ndata_date,2022-08-10\n"},
        {"tasks", "id,duration\nA,1d\nB,1d\nC,1d\nD,1d\n"},
        {"progress",
         "task,actual_start,actual_finish\n"
         "A,2022-08-03 08:00,2022-08-02 17:00\n"
         "B,,2022-08-02 17:00\n"
         "C,2022-08-11,\n"
         "D,2022-08-02,2022-08-12\n"
         "A,2022-08-03,\n"}},
       {"progress.csv:2:3 finish_before_start", "progress.csv:3:2 finish_without_start",
        "progress.csv:4:2 actual_after_data_date", "progress.csv:5:3 actual_after_data_date",
        "progress.csv:6:1 repeated_progress"}},
      {"progress without a data date",
       {{"tasks", "id,duration\nA,1d\n"}, {"progress", "task,actual_start\nA,2022-08-02\n"}},
       {"progress.csv progress_without_data_date"}},
      {"progress of what has not begun",
       {{"plan", "key,value\ndata_date,2022-08-10\n"},
        {"tasks", "id,duration\nA,5d\nB,5d\nC,5d\n"},
        {"progress", "task,percent,remaining,physical_percent\nA,50,,\nB,,2d,\nC,0,,10\n"}},
       {"progress.csv:2:2 progress_without_start", "progress.csv:3:3 progress_without_start",
        "progress.csv:4:2 progress_without_start"}},
      {"an empty row of progress says nothing",
       {{"tasks", "id,duration\nA,1d\n"}, {"progress", "task,percent\nA,0\n"}},
       {}},
      {"distributions that are none",
       {{"tasks", "id,duration\nA,4d\nB,1d\nC,1d\nD,1d\nE,1d\nF,1d\nG,1d\n"},
        {"uncertainty",
         "task,shape,low,likely,high,values,percentiles\n"
         "A,,110%,,120%,,\n"
         "B,,2d,3d,2d,,\n"
         "C,uniform,2d,,2d,,yes\n"
         "D,lognormal,0%,,120%,,\n"
         "E,discrete,,,,1d:0; 2d:0,\n"
         "F,lognormal,1d,3d,4d,,\n"
         "G,normal,90%,,90%,,\n"}},
       {"uncertainty.csv:2:3 ends_out_of_order", "uncertainty.csv:3:3 ends_out_of_order",
        "uncertainty.csv:4:3 no_spread", "uncertainty.csv:5:3 lognormal_not_positive",
        "uncertainty.csv:6:6 bad_weights", "uncertainty.csv:7:3 lognormal_leans",
        "uncertainty.csv:8:3 no_spread"}},
      {"uncertainty that concerns nothing, and the same twice",
       {{"tasks", "id,duration,parent,cost\nS,,,\nA,1d,S,\nM,0d,,\nT,,,\nN,0d,T,\nC,1d,,5\n"},
        {"resources", "id\ncrew\nspare\n"},
        {"demands", "task,resource\nC,crew\n"},
        {"uncertainty",
         "task,resource,of,likely\n"
         "M,,,110%\nT,,,110%\nS,,cost,110%\nS,,cost,110%\n,spare,,110%\nS,crew,,110%\n"
         "C,crew,rate,110%\n*,,,110%\n,,,120%\nS,,,110%\n*,,cost,110%\n"}},
       {"uncertainty.csv:2:1 uncertainty_of_nothing", "uncertainty.csv:3:1 uncertainty_of_nothing",
        "uncertainty.csv:4:1 uncertainty_of_nothing", "uncertainty.csv:5:1 repeated_uncertainty",
        "uncertainty.csv:5:1 uncertainty_of_nothing", "uncertainty.csv:6:2 uncertainty_of_nothing",
        "uncertainty.csv:7:2 uncertainty_of_nothing", "uncertainty.csv:10:1 repeated_uncertainty"}},
      {"impacts of risks that are none",
       {{"tasks", "id,duration\nA,4d\n"},
        {"risks", "id,task,probability,impact,cost_impact\nr,A,0.1,5d/4d/6d,30/20/40\n"}},
       {"risks.csv:2:4 ends_out_of_order", "risks.csv:2:5 ends_out_of_order"}},
      {"correlations, weather and branches that contradict each other",
       {{"tasks", "id,duration\nA,4d\nB,1d\nC,1d\n"},
        {"correlations", "a,b,value\nA,A,1\nA,B,0.5\nB,A,0.5\nB,A,0.4\n"},
        {"weather", "calendar,month,likely\ncn,6,2\ncn,Jun,2\nstandard,6,2\n"},
        {"branches", "group,task,probability\ng,A,0.6\ng,B,0.5\nh,A,0.1\nk,C,1\n"}},
       {"branches.csv:3:3 probabilities_above_one", "branches.csv:4:2 repeated_branch",
        "correlations.csv:2:2 correlation_with_itself", "correlations.csv:5:3 repeated_correlation",
        "weather.csv:3:2 repeated_weather"}},
  };
  return all;
}

TEST(Validate, finds_what_is_wrong_and_says_where) {
  for (const Case& each : cases()) {
    SCOPED_TRACE(each.says);
    EXPECT_EQ(found_in(read_tables(each.tables).findings), each.expected);
  }
}

TEST(Validate, a_calendar_without_hours_is_an_error_and_one_with_a_single_worked_date_is_not) {
  const auto read = read_tables({{"tasks", "id,duration\nA,1d\n"}},
                                "[plan]\nstart = 2022-08-01\n[calendars.never]\n"
                                "[calendars.once]\nexceptions = [{ dates = '2022-08-06', hours = "
                                "'08:00-12:00' }]\n");
  EXPECT_EQ(found_in(read.findings), (Lines{"plan.toml calendar_never_works"}));
}

TEST(Validate, an_estimate_in_memory_must_rise_too) {
  auto read = read_tables({{"tasks", "id,duration\nA,3d\nB,3d\n"}});
  read.plan.estimates = {{TaskId{0}, WorkTime{100}, WorkTime{1000}},  // 3d are 1440 min: outside
                         {TaskId{1}, WorkTime{100}, WorkTime{1440}}};
  Findings findings;
  validate(read.plan, read.sources, findings);
  EXPECT_EQ(found_in(findings), (Lines{"tasks.csv:2:2 bad_estimate"}));
}

TEST(Validate, the_hint_names_what_to_link_instead) {
  const auto read = read_tables(
      {{"tasks", "id,duration,parent\nA,,\nB,1d,A\nC,1d,\n"}, {"links", "from,to,type\nC,A,FF\n"}});
  EXPECT_EQ(
      to_string(read.findings.kept().front(), Language::english),
      "links.csv:2:3: error: a link from 'C' cannot arrive at the finish of summary 'A', which "
      "its children decide\n  hint: link 'C' to the last child of 'A' instead");
}

TEST(Validate, a_long_circle_of_parents_is_named_in_part) {
  std::string tasks = "id,duration,parent\n";
  for (int i = 0; i < 20; ++i) {
    tasks += "T" + std::to_string(i) + ",,T" + std::to_string((i + 1) % 20) + "\n";
  }
  const auto read = read_tables({{"tasks", tasks}});
  ASSERT_EQ(read.findings.kept().size(), 1U);
  EXPECT_EQ(read.findings.kept().front().arguments[1].en,
            "T0 → T1 → T2 → T3 → T4 → T5 → T6 → T7 → T8 → T9 → T10 → T11 → … → T0");
}

TEST(Complete, tasks_with_children_become_summaries) {
  Plan plan;
  const TaskId parent = plan.tasks.add(Task{});
  plan.tasks.add(Task{.parent = parent});
  Findings findings;
  complete(plan, Sources{}, findings);
  EXPECT_EQ(plan.tasks[parent].kind, TaskKind::summary);
  EXPECT_TRUE(findings.is_empty());
}

TEST(Complete, the_latest_actual_date_becomes_the_data_date) {
  const auto read = read_tables({{"tasks", "id,duration\nA,1d\nB,1d\n"},
                                 {"progress",
                                  "task,actual_start,actual_finish\n"
                                  "A,2022-08-01 08:00,2022-08-03 17:00\nB,2022-08-02 08:00,\n"}});
  EXPECT_EQ(read.plan.data_date, at(read.plan, "2022-08-03", "17:00"));
}

TEST(FindingKinds, every_sentence_uses_the_same_arguments_in_both_languages) {
  for (const FindingKind* kind : found::all_kinds()) {
    SCOPED_TRACE(kind->code);
    EXPECT_FALSE(kind->message.en.empty());
    EXPECT_FALSE(kind->message.zh.empty());
    EXPECT_EQ(kind->hint.en.empty(), kind->hint.zh.empty());
    for (char number = '0'; number <= '9'; ++number) {
      const std::string slot = {'{', number, '}'};
      for (const Words& words : {kind->message, kind->hint}) {
        EXPECT_EQ(words.en.find(slot) == std::string_view::npos,
                  words.zh.find(slot) == std::string_view::npos)
            << slot;
      }
    }
  }
}

TEST(Validate, what_no_reader_would_let_through_is_found_in_a_plan_made_in_memory) {
  Plan plan = read_tables({{"tasks", "id,duration\nA,1d\n"}}).plan;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  plan.uncertainties.push_back({.task = TaskId{0}, .loading = 2});
  plan.uncertainties.back().distribution = {.likely = nan};
  plan.risks.push_back({.tasks = {TaskId{0}}, .probability = nan});
  plan.risks.back().impact.likely = infinity;
  plan.risks.back().cost_impact = {.shape = Distribution::Shape::discrete};
  plan.correlations.push_back({.a = plan.text("A"), .b = plan.text("f"), .value = -infinity});
  plan.weather.push_back({.calendar = CalendarId{0}, .month = 13});
  plan.branches.push_back({.group = plan.text("g"), .task = TaskId{0}, .probability = nan});
  plan.risks.back().mitigated_probability = 1.2;
  Findings findings;
  validate(plan, {}, findings);
  EXPECT_EQ(found_in(findings),
            (Lines{"beyond_measure", "number_out_of_range", "number_out_of_range",
                   "number_out_of_range", "beyond_measure", "bad_weights", "number_out_of_range",
                   "number_out_of_range", "number_out_of_range"}));
}

}  // namespace
}  // namespace diaodu
