#include <gtest/gtest.h>

#include "support/tables.h"

namespace diaodu::formats {
namespace {

using Lines = std::vector<std::string>;

constexpr TableText kTasks{"tasks", "id,duration\nA,1d\nB,1d\n"};

/// Tables, and all that reading them finds.
struct Case {
  const char* says;
  std::vector<TableText> tables;
  Lines expected;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"no tasks at all", {{"links", "from,to\n"}}, {"missing_table", "no_tasks"}},
      {"a sheet that is no table", {kTasks, {"Sheet1", "a\n1\n"}}, {"Sheet1.csv unknown_table"}},
      {"one table twice", {kTasks, {"任务", "编号,工期\nC,1d\n"}}, {"任务.csv repeated_table"}},
      {"headers that are missing, repeated, unknown or misspelt",
       {{"tasks", "编号,duraton,colour,,id,Duration\nA,2d,red,x,B,1d\n"}, {"links", "from\nA\n"}},
       {"links.csv:1 missing_column", "tasks.csv:1:2 similar_column",
        "tasks.csv:1:3 unknown_column", "tasks.csv:1:4 unknown_column",
        "tasks.csv:1:5 repeated_column"}},
      {"tasks whose cells hold nonsense",
       {{"places", "id\np\n"},
        {"tasks",
         "id,duration,kind,calendar,place,decision,priority,cost,optional,deadline,parent\n"
         ",1d\n"
         "A,soon,thing,moon,q,d9,1001,x,perhaps,3/4/2022,Z\n"
         "A,1d\n"
         "B,-1d,,,p,,high,,,2022-02-30,\n"
         "C,\n"
         "D,3\n"
         "E,1d/2d\n"
         "F,3d/2d/4d\n"
         "G,1d/x/4d\n"
         "H,1d/2d/3ed\n"}},
       {"tasks.csv:2:1 missing_cell",
        "tasks.csv:3:3 bad_duration",
        "tasks.csv:3:8 bad_choice",
        "tasks.csv:3:14 unknown_calendar",
        "tasks.csv:3:19 unknown_place",
        "tasks.csv:3:21 unknown_decision",
        "tasks.csv:3:24 number_out_of_range",
        "tasks.csv:3:29 bad_number",
        "tasks.csv:3:31 bad_yes_no",
        "tasks.csv:3:39 unclear_date",
        "tasks.csv:3:48 unknown_parent",
        "tasks.csv:4:1 duplicate_id",
        "tasks.csv:5:3 negative_duration",
        "tasks.csv:5:12 bad_number",
        "tasks.csv:5:19 bad_date",
        "tasks.csv:6:3 missing_cell",
        "tasks.csv:7:3 duration_without_unit",
        "tasks.csv:8:3 bad_duration",
        "tasks.csv:9:3 bad_estimate",
        "tasks.csv:10:3 bad_duration",
        "tasks.csv:11:3 bad_duration"}},
      {"constraints and dates that do not go together",
       {{"tasks",
         "id,duration,constraint,date,second_constraint,second_date\n"
         "A,1d,start_on,,,\n"
         "B,1d,,2022-08-03,,\n"
         "C,1d,asap,2022-08-03,alap,2022-08-03\n"
         "D,1d,perhaps,2022-08-03,,\n"
         "E,1d,start_on,soon,,\n"}},
       {"tasks.csv:2:6 constraint_without_date", "tasks.csv:3:7 date_without_constraint",
        "tasks.csv:4:11 date_without_constraint", "tasks.csv:4:27 date_without_constraint",
        "tasks.csv:5:6 bad_choice", "tasks.csv:6:15 bad_date"}},
      {"tasks without a duration column", {{"tasks", "id\nA\n"}}, {"tasks.csv:2:1 missing_cell"}},
      {"modes",
       {{"tasks", "id,duration\nA,\n"},
        {"modes",
         "task,mode,duration,cost\nZ,x,1d,\nA,,1d,\nA,x,,\nA,x,1d,\nA,x,2d,\nA,y,1ed,\nA,z,soon,\n"
         ",w,1d,\nA,v,1d,dear\n"}},
       {"modes.csv:2:1 unknown_task", "modes.csv:3:3 missing_cell", "modes.csv:4:5 missing_cell",
        "modes.csv:6:3 duplicate_id", "modes.csv:7:5 elapsed_with_modes",
        "modes.csv:8:5 bad_duration", "modes.csv:9:1 missing_cell", "modes.csv:10:8 bad_number"}},
      {"links",
       {kTasks,
        {"links",
         "from,to,type,lag,max_lag\nA,Z,,,\n,B,,,\nA,B,XX,,\nA,B,SS,soon,\nA,B,,,soon\nA,B,SS,1d,"
         "2d\n"}},
       {"links.csv:2:3 unknown_task", "links.csv:3:1 missing_cell", "links.csv:4:5 bad_choice",
        "links.csv:5:8 bad_duration", "links.csv:6:7 bad_duration"}},
      {"predecessors in short",
       {{"tasks", "id,duration,predecessors\nA,1d,\nB,1d,\"A; Z, AFS+soon\"\n"}},
       {"tasks.csv:3:6 unknown_task", "tasks.csv:3:6 bad_predecessors"}},
      {"resources",
       {kTasks,
        {"resources",
         "id,kind,capacity,calendar,place,rate\n,people,1,,,\ncrew,robots,-1,moon,mars,dear\n"
         "crew,,x,,,\n"}},
       {"resources.csv:2:1 missing_cell", "resources.csv:3:6 bad_choice",
        "resources.csv:3:13 number_out_of_range", "resources.csv:3:16 unknown_calendar",
        "resources.csv:3:21 unknown_place", "resources.csv:3:26 bad_number",
        "resources.csv:4:1 duplicate_id", "resources.csv:4:7 bad_number"}},
      {"demands",
       {kTasks,
        {"modes", "task,mode,duration\nA,x,1d\n"},
        {"resources", "id,skills\ncrew,weld\n"},
        {"demands",
         "task,mode,resource,skill,amount\n"
         "Z,,crew,,\n"
         "A,y,crew,,\n"
         "B,y,crew,,\n"
         "A,,crew,weld,\n"
         "A,,,,\n"
         "A,,crow,,\n"
         "A,,,wield,\n"
         "A,,crew,,-1\n"
         "A,,crew,,much\n"
         "A,,crew,,0\n"}},
       {"demands.csv:2:1 unknown_task", "demands.csv:3:3 unknown_mode",
        "demands.csv:4:3 unknown_mode", "demands.csv:5:9 both_resource_and_skill",
        "demands.csv:6:4 missing_cell", "demands.csv:7:4 unknown_resource_or_skill",
        "demands.csv:8:5 unknown_skill", "demands.csv:9:10 number_out_of_range",
        "demands.csv:10:10 bad_number"}},
      {"a demand for a mode does not stand in for a duration",
       {{"tasks", "id,duration\nA,\n"},
        {"resources", "id\ncrew\n"},
        {"demands", "task,mode,resource\nA,x,crew\n"}},
       {"demands.csv:2:3 unknown_mode", "tasks.csv:2:3 missing_cell"}},
      {"demands without a column of resources",
       {kTasks, {"demands", "task,skill\nA,\n"}},
       {"demands.csv:2:3 missing_cell"}},
      {"availability",
       {kTasks,
        {"resources", "id\ncrew\n"},
        {"availability",
         "resource,from,to,capacity\ncrow,2022-08-01,2022-08-02,1\ncrew,,2022-08-02,1\n"
         "crew,2022-08-01,,\ncrew,soon,2022-08-02,-1\n"}},
       {"availability.csv:2:1 unknown_resource", "availability.csv:3:6 missing_cell",
        "availability.csv:4:17 missing_cell", "availability.csv:4:18 missing_cell",
        "availability.csv:5:6 bad_date", "availability.csv:5:22 number_out_of_range"}},
      {"places and routes",
       {kTasks,
        {"places", "id,latitude,longitude\np,91,x\nq,20,110\np,0,0\n,1,1\n"},
        {"routes",
         "from,to,duration,seats,departs,cost\np,r,3,-1,soon,x\n,q,,,,\np,q,3h,50,,120\n"}},
       {"places.csv:2:3 number_out_of_range", "places.csv:2:6 bad_number",
        "places.csv:4:1 duplicate_id", "places.csv:5:1 missing_cell",
        "routes.csv:2:3 unknown_place", "routes.csv:2:5 duration_without_unit",
        "routes.csv:2:7 number_out_of_range", "routes.csv:2:10 bad_date",
        "routes.csv:2:15 bad_number", "routes.csv:3:1 missing_cell"}},
      {"targets",
       {kTasks,
        {"targets",
         "id,parent,weight,direction,base,goal,by\ngdp,none,-1,sideways,x,1e99,soon\ngdp,,,,,,\n,,"
         "2,"
         ",,,\n"}},
       {"targets.csv:2:5 unknown_target", "targets.csv:2:10 number_out_of_range",
        "targets.csv:2:13 bad_choice", "targets.csv:2:22 bad_number",
        "targets.csv:2:24 number_out_of_range", "targets.csv:2:29 bad_date",
        "targets.csv:3:1 duplicate_id", "targets.csv:4:1 missing_cell"}},
      {"what targets are scored by, ranked with and moved by",
       {kTasks,
        {"targets",
         "id,of,rule,measure,accrual,roll_up,step\nT,Z,luck,rate,most,all,-1\nU,,,,,,\n"},
        {"peers", "target,id\nZ,c\nU,\n"},
        {"effects", "task,target,amount,ramp\nZ,U,1,\nA,Z,x,-1\nA,U,,\n"}},
       {"effects.csv:2:1 unknown_task", "effects.csv:3:3 unknown_target",
        "effects.csv:3:5 bad_number", "effects.csv:3:7 number_out_of_range",
        "effects.csv:4:5 missing_cell", "peers.csv:2:1 unknown_target",
        "peers.csv:3:3 missing_cell", "targets.csv:2:3 unknown_target",
        "targets.csv:2:5 bad_choice", "targets.csv:2:10 bad_choice", "targets.csv:2:15 bad_choice",
        "targets.csv:2:20 bad_choice", "targets.csv:2:24 number_out_of_range"}},
      {"risks",
       {kTasks,
        {"risks",
         "id,task,probability,impact\nr,Z,0.1,1d\n,A,0.1,1d\ns,A,,1d\nt,A,2,1d\nu,A,0.1,bad\nv,A,0."
         "1,x%\n"
         "w,A,0.1,200000%\nr1,A,20%,5d\nr1,A,20%,5d\n"}},
       {"risks.csv:2:3 unknown_task", "risks.csv:3:1 missing_cell", "risks.csv:4:5 missing_cell",
        "risks.csv:5:5 number_out_of_range", "risks.csv:6:9 bad_duration",
        "risks.csv:7:9 bad_number", "risks.csv:8:9 number_out_of_range",
        "risks.csv:10:1 duplicate_id"}},
      {"risks of several tasks, in time and money",
       {kTasks,
        {"risks",
         "id,task,probability,impact,cost_impact,mitigated_probability,mitigation_cost\n"
         "a,A; X,nan,1d/2d,5%,1.2,\n"
         "b,A；B,inf,1d/20%/30%,x,-1,10\n"
         "c,\"A,B\",0.1,1d/2d/,1/2,,\n"
         "d,A,0.1,900000000000000000d,,,\n"
         "e,A,0.1,2ed,,,50\n"}},
       {"risks.csv:2:3 unknown_task", "risks.csv:2:8 bad_number", "risks.csv:2:12 bad_impact",
        "risks.csv:2:18 bad_number", "risks.csv:2:21 number_out_of_range",
        "risks.csv:3:7 bad_number", "risks.csv:3:11 mixed_units", "risks.csv:3:22 bad_number",
        "risks.csv:3:24 number_out_of_range", "risks.csv:4:13 bad_impact",
        "risks.csv:4:20 bad_impact", "risks.csv:5:9 bad_duration", "risks.csv:6:9 work_or_clock",
        "risks.csv:6:15 cell_without_use"}},
      {"what is uncertain",
       {{"tasks", "id,duration,parent\nS,,\nA,1d,S\nB,1d,\nE,2ed,\n"},
        {"resources", "id,rate\ncrew,100\n"},
        {"demands", "task,resource\nA,crew\n"},
        {"modes", "task,mode,duration\nB,fast,1d\nB,slow,2d\n"},
        {"uncertainty",
         "task,resource,mode,of,shape,low,likely,high,values,percentiles,factor,loading\n"
         "Z,crow,,,,80%,,120%,,,,\n"
         "S,,fast,,,80%,,120%,,,,\n"
         ",,fast,,,80%,,120%,,,,\n"
         "B,,quick,size,round,x,,120%,,,f,2\n"
         "A,,,rate,,80%,,120%,,,,\n"
         "A,,,,,80%,1d,2d,,,,\n"
         "A,,,,,,,,,,f,\n"
         "A,,,,,80%,,120%,,perhaps,,0.5\n"
         "A,,,,discrete,,,,,,,\n"
         "A,,,,discrete,,,,3d; 4d,,,\n"
         "A,,,,discrete,,,,3d:-1,,,\n"
         "A,,,,discrete,,,,3d:1; 20%:1,,,\n"
         "A,,,,discrete,,,, ; ,,,\n"
         "S,,,,triangular,1d,,3d,,,,\n"
         "A,,,,triangular,1d,,,,,,\n"
         "A,,,,,-200%,,120%,,,,\n"}},
       {"uncertainty.csv:2:1 unknown_task",         "uncertainty.csv:2:3 unknown_resource",
        "uncertainty.csv:3:4 mode_of_summary",      "uncertainty.csv:4:1 missing_cell",
        "uncertainty.csv:5:4 unknown_mode",         "uncertainty.csv:5:10 bad_choice",
        "uncertainty.csv:5:15 bad_choice",          "uncertainty.csv:5:21 bad_duration",
        "uncertainty.csv:5:33 number_out_of_range", "uncertainty.csv:6:5 rate_without_resource",
        "uncertainty.csv:7:7 mixed_units",          "uncertainty.csv:8:8 missing_cell",
        "uncertainty.csv:8:14 missing_cell",        "uncertainty.csv:9:18 bad_yes_no",
        "uncertainty.csv:9:26 missing_cell",        "uncertainty.csv:10:18 missing_cell",
        "uncertainty.csv:11:18 bad_values",         "uncertainty.csv:12:18 number_out_of_range",
        "uncertainty.csv:13:18 mixed_units",        "uncertainty.csv:14:18 bad_values",
        "uncertainty.csv:15:20 missing_cell",       "uncertainty.csv:16:21 missing_cell",
        "uncertainty.csv:17:7 number_out_of_range"}},
      {"cells that the shape has no use for, and days of the other kind",
       {{"tasks", "id,duration\nA,1d\nE,2ed\n"},
        {"uncertainty",
         "task,shape,low,likely,high,values,percentiles\n"
         "A,uniform,80%,90%,120%,90%:1,\n"
         "E,fixed,1d,3d,5d,,yes\n"}},
       {"uncertainty.csv:2:15 cell_without_use", "uncertainty.csv:2:24 cell_without_use",
        "uncertainty.csv:3:9 cell_without_use", "uncertainty.csv:3:9 work_or_clock",
        "uncertainty.csv:3:15 cell_without_use", "uncertainty.csv:3:19 cell_without_use"}},
      {"correlations, weather and branches",
       {kTasks,
        {"uncertainty", "likely,factor,loading\n110%,site,0.5\n"},
        {"correlations", "a,b,value\nA,sight,0.5\n,site,1.5\nA,B,nan\nA,B,\n"},
        {"weather",
         "calendar,month,shape,low,likely,high\nmoon,13,,1,2,3\ncn,,,1,2,3\ncn,1.5,,1,2,3\n"
         "cn,6,discrete,1,2,3\ncn,6,,1,,3\ncn,6,,1,2,99\ncn,6,,10%,2,3\n"},
        {"branches", "group,task,probability\n,Z,\ng,A,1.2\n"}},
       {"branches.csv:2:1 missing_cell", "branches.csv:2:2 unknown_task",
        "branches.csv:2:4 missing_cell", "branches.csv:3:5 number_out_of_range",
        "correlations.csv:2:3 unknown_task_or_factor", "correlations.csv:3:1 missing_cell",
        "correlations.csv:3:7 number_out_of_range", "correlations.csv:4:5 bad_number",
        "correlations.csv:5:5 missing_cell", "weather.csv:2:1 unknown_calendar",
        "weather.csv:2:6 bad_month", "weather.csv:3:4 missing_cell", "weather.csv:4:4 bad_month",
        "weather.csv:5:6 bad_choice", "weather.csv:6:9 missing_cell",
        "weather.csv:7:11 number_out_of_range", "weather.csv:8:7 bad_number"}},
      {"decisions",
       {kTasks, {"decisions", "id,date\nd1,soon\nd1,\n,2022-08-01\n"}},
       {"decisions.csv:2:4 bad_date", "decisions.csv:3:1 duplicate_id",
        "decisions.csv:4:1 missing_cell"}},
      {"progress",
       {{"plan", "key,value\ndata_date,2022-08-20\n"},
        kTasks,
        {"progress",
         "task,actual_start,actual_finish,remaining,percent\nZ,,,,\nA,soon,,,\nA,,,soon,\nA,,,,"
         "101\n"}},
       {"progress.csv:2:1 unknown_task", "progress.csv:3:3 bad_date",
        "progress.csv:4:5 bad_duration", "progress.csv:5:6 number_out_of_range"}},
  };
  return all;
}

TEST(ReadTables, every_bad_cell_is_found_where_it_stands) {
  for (const Case& each : cases()) {
    SCOPED_TRACE(each.says);
    EXPECT_EQ(found_in(read_tables(each.tables).findings), each.expected);
  }
}

TEST(ReadTables, a_misspelt_name_is_answered_with_the_nearest_one) {
  const auto read = read_tables({{"tasks", "id,duration\npour-slab,1d\ndig,1d\n"},
                                 {"links", "from,to\ndig,pour-slap\ndig,quite else\n"}});
  ASSERT_EQ(read.findings.kept().size(), 2U);
  EXPECT_EQ(read.findings.kept()[0].hint(Language::english), "did you mean 'pour-slab'?");
  EXPECT_EQ(read.findings.kept()[0].hint(Language::chinese), "是否应为“pour-slab”？");
  EXPECT_EQ(read.findings.kept()[1].hint(Language::english), "");
}

TEST(ReadTables, a_finding_speaks_of_columns_and_words_in_the_readers_language) {
  const auto read = read_tables({{"tasks", "id\nA\n"}, {"resources", "id,kind\ncrew,persons\n"}});
  ASSERT_EQ(read.findings.kept().size(), 2U);
  EXPECT_EQ(read.findings.kept()[0].message(Language::english),
            "'persons' is not one of: people, machine, material, money, reservoir");
  EXPECT_EQ(read.findings.kept()[0].message(Language::chinese),
            "“persons”不在可选值之内：人员、机械、材料、资金、储备");
  EXPECT_EQ(read.findings.kept()[1].message(Language::english), "duration is missing");
  EXPECT_EQ(read.findings.kept()[1].message(Language::chinese), "缺少“工期”");
}

TEST(ReadTables, a_link_in_short_is_found_wrong_where_it_stands) {
  const auto read = read_tables({{"tasks", "id,duration,predecessors\nA,1d,\nB,1d,A;B\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{"tasks.csv:3:3 link_to_itself"});
}

TEST(ReadTables, a_file_that_is_wrong_throughout_gets_no_guesses_after_a_while) {
  std::string links = "from,to\n";
  for (int i = 0; i < 60; ++i) links += "A,alpha" + std::to_string(i) + "\n";
  const auto read = read_tables({{"tasks", "id,duration\nA,1d\nalpha,1d\n"}, {"links", links}});
  EXPECT_FALSE(read.findings.kept().front().hint(Language::english).empty());
  EXPECT_TRUE(read.findings.kept().back().hint(Language::english).empty());
}

TEST(ReadTables, choices_are_written_in_many_ways) {
  const std::vector<std::pair<const char*, ConstraintKind>> constraints = {
      {"start_on_or_after", ConstraintKind::start_on_or_after},
      {"Start No Earlier Than", ConstraintKind::start_on_or_after},
      {"不得早于...开始", ConstraintKind::start_on_or_after},
      {"不得晚于…完成", ConstraintKind::finish_on_or_before},
      {"snlt", ConstraintKind::start_on_or_before},
      {"必须开始于", ConstraintKind::start_on},
      {"FNET", ConstraintKind::finish_on_or_after},
      {"finish no later than", ConstraintKind::finish_on_or_before},
      {"mfo", ConstraintKind::finish_on},
      {"强制开始", ConstraintKind::mandatory_start},
      {"mandatory-finish", ConstraintKind::mandatory_finish},
      {"as late as possible", ConstraintKind::as_late_as_possible},
      {"asap", ConstraintKind::none},
  };
  for (const auto& [name, kind] : constraints) {
    SCOPED_TRACE(name);
    const std::string tasks =
        std::string("id,duration,constraint,date\nA,1d,") + name + ",2022-08-05\n";
    EXPECT_EQ(read_tables({{"tasks", tasks}}).plan.tasks[TaskId{0}].constraint.kind, kind);
  }
  const auto read = read_tables(
      {{"tasks", "id,duration,kind\nA,1d,任务\nB,,里程碑\nC,,start milestone\nD,,汇总\nE,0d,\n"},
       {"resources", "id,kind\na,人员\nb,设备\nc,材料\nd,资金\ne,水库\n"},
       {"links", "from,to,type\nA,B,完成-开始\nA,C,开始-开始\nA,E,结束-结束\nB,E,SF\n"},
       {"targets", "id,direction\nx,越多越好\ny,down\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(read.plan.tasks[TaskId{1}].kind, TaskKind::finish_milestone);
  EXPECT_EQ(read.plan.tasks[TaskId{2}].kind, TaskKind::start_milestone);
  EXPECT_EQ(read.plan.tasks[TaskId{3}].kind, TaskKind::summary);
  EXPECT_EQ(read.plan.tasks[TaskId{4}].kind, TaskKind::finish_milestone);  // takes no time
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(read.plan.resources[ResourceId{i}].kind, static_cast<ResourceKind>(i));
  }
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read.plan.links[LinkId{i}].type, static_cast<LinkType>(i));
  }
  EXPECT_EQ(read.plan.targets[TargetId{1}].direction, Target::Direction::less_is_better);
}

TEST(ReadTables, predecessors_in_short_become_links) {
  const auto read = read_tables({{"tasks",
                                  "id,duration,predecessors\n"
                                  "A,1d,\n"
                                  "SS,1d,A\n"
                                  "B,1d,\"A FS+2d; SSff-50%，A ss、A完成-完成+1ed\"\n"
                                  "C,1d,\"SSSS,\n A\"\n"},
                                 {"links", "from,to,shade\nA,SS,grey\n"}});
  EXPECT_EQ(found_in(read.findings),
            (Lines{"links.csv:1:3 unknown_column", "tasks.csv:3:3 repeated_link"}));
  std::vector<std::string> links;
  for (const Link& link : read.plan.links) {
    static constexpr std::array kTypes = {"FS", "SS", "FF", "SF"};
    links.push_back(read.plan.tasks[link.from].id.str() + ' ' +
                    kTypes[static_cast<std::size_t>(link.type)] + ' ' +
                    read.plan.tasks[link.to].id.str() + ' ' + std::to_string(link.lag.amount));
  }
  EXPECT_EQ(links, (Lines{"A FS SS 0", "A FS SS 0", "A FS B 960", "SS FF B -5000", "A SS B 0",
                          "A FF B 1440", "SS SS C 0", "A FS C 0"}));
  // A column that nobody knows belongs to the rows of its table, not to links from other cells.
  EXPECT_EQ(read.plan.foreign.at(0).cells.size(), 1U);
  EXPECT_EQ(read.plan.foreign.at(0).cell(0), "grey");
  EXPECT_EQ(read.plan.foreign.at(0).cell(7), "");
}

TEST(ReadTables, a_lag_is_counted_in_the_days_of_the_plans_choice) {
  const auto lag = [](std::string_view rule) {
    const std::string toml = "[plan]\nstart = 2022-08-01\n[options]\nlag_calendar = '" +
                             std::string(rule) +
                             "'\n[calendars.long]\nevery_day = '08:00-18:00'\n"
                             "[calendars.short]\nevery_day = '08:00-12:00'\n";
    return read_tables({{"tasks", "id,duration,calendar\nA,1d,long\nB,1d,short\n"},
                        {"links", "from,to,lag\nA,B,1d\n"}},
                       toml)
        .plan.links[LinkId{0}]
        .lag.amount;
  };
  EXPECT_EQ(lag("predecessor"), 600);
  EXPECT_EQ(lag("successor"), 240);
  EXPECT_EQ(lag("project"), 480);
  EXPECT_EQ(lag("24h"), 1440);
}

TEST(ReadTables, a_bare_date_means_the_whole_day) {
  const auto read = read_tables(
      {{"tasks",
        "id,duration,constraint,date,deadline\n"
        "A,1d,start_on_or_after,2022-08-05,2022-08-09\n"
        "B,1d,finish_on_or_before,2022-08-05,2022-08-09 12:00\n"
        "C,1d,start_on_or_before,2022-08-05,\n"
        "D,1d,start_on,2022-08-05,\n"},
       {"progress",
        "task,actual_start,actual_finish\nA,2022-08-02,2022-08-02\nB,2022-08-06,2022-08-07\n"},
       {"places", "id\np\n"},
       {"needs", "place,role,count,by\np,sampler,1,2022-08-05\np,guide,1,2022-08-05 12:00\n"},
       {"plan", "key,value\ndata_date,2022-08-08\n"}});
  const Plan& plan = read.plan;
  const auto date = [&](std::size_t task) { return plan.tasks[TaskId{task}].constraint.date; };
  EXPECT_EQ(date(0), at(plan, "2022-08-05"));
  EXPECT_EQ(date(1), at(plan, "2022-08-06"));
  EXPECT_EQ(date(2), at(plan, "2022-08-06"));
  EXPECT_EQ(date(3), at(plan, "2022-08-05"));
  EXPECT_EQ(plan.tasks[TaskId{0}].deadline, at(plan, "2022-08-10"));
  EXPECT_EQ(plan.tasks[TaskId{1}].deadline, at(plan, "2022-08-09", "12:00"));
  EXPECT_EQ(plan.progress[0].actual_start, at(plan, "2022-08-02", "08:00"));
  EXPECT_EQ(plan.progress[0].actual_finish, at(plan, "2022-08-02", "17:00"));
  EXPECT_EQ(plan.needs[0].by, at(plan, "2022-08-06"));
  EXPECT_EQ(plan.needs[1].by, at(plan, "2022-08-05", "12:00"));
  // On a weekend there is no working day to mean.
  EXPECT_EQ(plan.progress[1].actual_start, at(plan, "2022-08-06"));
  EXPECT_EQ(plan.progress[1].actual_finish, at(plan, "2022-08-08"));
}

TEST(ReadTables, a_percentage_may_carry_its_sign) {
  const auto percent = [](std::string_view written) {
    return read_tables({kTasks, {"progress", "task,percent\nA," + std::string(written) + "\n"}})
        .plan.progress.at(0)
        .percent;
  };
  EXPECT_EQ(percent("50"), 50'00);
  EXPECT_EQ(percent("50%"), 50'00);
  EXPECT_EQ(percent("12.5 %"), 12'50);
  EXPECT_EQ(percent("0.5"), 50);
}

TEST(ReadTables, what_every_table_holds_arrives_in_the_plan) {
  const auto read = read_tables(
      {{"decisions", "id,title,title_zh,date,source\nd1,Build,建设,2022-07-01,session 7\n"},
       {"places",
        "id,name,name_zh,latitude,longitude\np,Haikou,海口,20.04,110.2\nq,,,18.25,109.5\n"},
       {"resources",
        "id,name,capacity,calendar,skills,place,rate\ncrew,Crew,2.5,cn,\"weld dig、weld|paint\",p,"
        "\"1,000\"\n"
        "sand,,,,,,\n"},
       {"tasks",
        "id,name,name_zh,duration,place,owner,priority,decision,notes,cost,optional,ignore_"
        "resource_calendars\n"
        "A,Dig,开挖,2d/3d/5d,p,Li,700,d1,deep,1.5万,yes,是\n"},
       {"availability", "resource,from,to,capacity\ncrew,2022-08-01,2022-08-03,1\n"},
       {"routes",
        "from,to,via,duration,seats,departs,cost\np,q,rail,2h,600,2022-08-01 07:30,99.5\n"},
       {"targets",
        "id,name,weight,unit,direction,base,goal,by,rule,side,parent\n"
        "gdp,GDP,0.5,亿元,more,100,110.5,2022-12-31,proportional,production,\nind,,,,,,,,,,gdp\n"},
       {"risks", "id,name,task,probability,impact\nrain,Rain,A,20%,50%\nflood,,A,0.01,5d\n"},
       {"demands", "task,resource,skill,amount\nA,dig,,2\nA,crew,,1.5\nA,,paint,\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{});
  const Plan& plan = read.plan;
  const Task& task = plan.tasks[TaskId{0}];
  EXPECT_EQ(task.duration, WorkTime{1440});
  EXPECT_EQ(plan.estimates.at(0).low, WorkTime{960});
  EXPECT_EQ(plan.estimates.at(0).high, WorkTime{2400});
  EXPECT_EQ(task.owner, "Li");
  EXPECT_EQ(task.notes, "deep");
  EXPECT_EQ(task.priority, 700);
  EXPECT_EQ(task.cost, Money{15000'00});
  EXPECT_TRUE(task.is_optional);
  EXPECT_TRUE(task.ignores_resource_calendars);
  EXPECT_EQ(plan.decisions[task.decision].title_zh, "建设");
  EXPECT_EQ(plan.places[task.place].name, "Haikou");
  EXPECT_DOUBLE_EQ(plan.places[task.place].latitude, 20.04);
  const Resource& crew = plan.resources[ResourceId{0}];
  EXPECT_EQ(crew.capacity, Amount{2500});
  EXPECT_EQ(crew.rate, Money{1000'00});
  EXPECT_EQ(crew.skills.size(), 3U);
  EXPECT_EQ(plan.resources[ResourceId{1}].capacity, kUnlimited);
  EXPECT_EQ(plan.demands[DemandId{0}].skill, plan.demands[DemandId{0}].skill);
  EXPECT_TRUE(plan.demands[DemandId{0}].skill);  // a resource's column may name a skill
  EXPECT_EQ(plan.demands[DemandId{1}].amount, Amount{1500});
  EXPECT_EQ(plan.demands[DemandId{2}].amount, kOne);
  EXPECT_EQ(plan.availability.at(0).capacity, kOne);
  EXPECT_EQ(plan.routes.at(0).duration, Elapsed{120});
  EXPECT_EQ(plan.routes.at(0).seats, kOne * 600);
  EXPECT_EQ(plan.routes.at(0).departs, at(plan, "2022-08-01", "07:30"));
  EXPECT_EQ(plan.routes.at(0).cost, Money{99'50});
  const Target& gdp = plan.targets[TargetId{0}];
  EXPECT_DOUBLE_EQ(*gdp.goal, 110.5);
  EXPECT_EQ(gdp.by, at(plan, "2023-01-01"));
  EXPECT_EQ(gdp.unit, "亿元");
  EXPECT_EQ(plan.targets[TargetId{1}].parent, TargetId{0});
  EXPECT_DOUBLE_EQ(plan.targets[TargetId{1}].weight, 1);
  EXPECT_EQ(gdp.rule, Target::Rule::proportional);
  EXPECT_DOUBLE_EQ(plan.risks.at(0).probability, 0.2);
  EXPECT_DOUBLE_EQ(plan.risks.at(0).impact.likely, 0.5);
  EXPECT_TRUE(plan.risks.at(0).impact.is_relative);
  EXPECT_EQ(plan.risks.at(1).impact.likely, 2400);
}

TEST(ReadTables, what_is_uncertain_is_read_in_both_languages_and_with_what_an_empty_cell_means) {
  const auto read = read_tables(
      {{"tasks", "id,duration,cost\nA,4d,1000\nB,1d,\nC,8ed,\n"},
       {"resources", "id,rate\ncrew,100\n"},
       {"demands", "task,resource\nA,crew\n"},
       {"不确定性",
        "任务,资源,对象,形状,乐观,可能,悲观,取值,分位,因素,载荷\n"
        "*,,,,-20%,,+30%,,,工地,-0.5\n"
        "A,,,PERT,3天,,8天,,是,,\n"
        "A,,费用,均匀,900,,1500,,,,\n"
        "A,crew,费率,对数正态,90%,,120%,,,,\n"
        "B,,,,,3d,,,,,\n"
        "C,,,,,,,3ed:0.7；5ed:30%,,,\n"
        "A,crew,,经验,,,,90%；110%:2,,,\n"},
       {"风险",
        "编号,任务,概率,影响,费用影响,缓解后概率,缓解费用\n雨,A；B,0.2,1d/2d/4d,5万,10%,300\n"},
       {"相关", "甲,乙,相关系数\nA,工地,-0.5\n"},
       {"天气", "日历,月份,最少,可能,最多\ncn,6月,1,2.5,4\n"},
       {"分支", "分组,任务,概率\ng,A,70%\ng,B,30%\n"}},
      "[plan]\nstart = 2022-08-01\n[risk]\nestimate_shape = 'pert'\ntrials = 500\n"
      "confidence = '90%'\n");
  EXPECT_EQ(found_in(read.findings), Lines{});
  const Plan& plan = read.plan;
  EXPECT_EQ(plan.risk, (RiskOptions{Distribution::Shape::pert, 500, 0.9}));
  const auto expect = [&](std::size_t row, Distribution::Shape shape, std::vector<double> ends,
                          bool is_relative) {
    SCOPED_TRACE(row);
    const Distribution& distribution = plan.uncertainties.at(row).distribution;
    EXPECT_EQ(distribution.shape, shape);
    EXPECT_EQ((std::vector{distribution.low, distribution.likely, distribution.high}), ends);
    EXPECT_EQ(distribution.is_relative, is_relative);
  };
  using Shape = Distribution::Shape;
  expect(0, Shape::pert, {0.8, 1, 1.3}, true);
  expect(1, Shape::pert, {1440, 1920, 3840}, false);
  expect(2, Shape::uniform, {900'00, 1200'00, 1500'00}, false);
  expect(3, Shape::lognormal, {0.9, 0, 1.2}, true);
  expect(4, Shape::fixed, {1440, 1440, 1440}, false);
  EXPECT_EQ(plan.uncertainties[0].factor, "工地");
  EXPECT_EQ(plan.uncertainties[0].loading, -0.5);
  EXPECT_TRUE(plan.uncertainties[1].distribution.ends_are_percentiles);
  EXPECT_EQ(plan.uncertainties[3].of, Uncertainty::Of::rate);
  const Distribution& discrete = plan.uncertainties[5].distribution;
  EXPECT_EQ(discrete.shape, Shape::discrete);
  EXPECT_EQ(discrete.points.at(0).value, 3 * 1440);
  EXPECT_EQ(discrete.points.at(1).weight, 0.3);
  const Distribution& empirical = plan.uncertainties[6].distribution;
  EXPECT_EQ(empirical.points.at(0).weight, 1);
  EXPECT_EQ(empirical.points.at(1).value, 1.1);
  const Risk& rain = plan.risks.at(0);
  EXPECT_EQ(rain.tasks, (std::vector{TaskId{0}, TaskId{1}}));
  EXPECT_EQ(rain.impact.shape, Shape::pert);
  EXPECT_EQ(rain.impact.high, 1920);
  EXPECT_EQ(rain.cost_impact.likely, 50000'00);
  EXPECT_EQ(rain.mitigated_probability, 0.1);
  EXPECT_EQ(rain.mitigation_cost, Money{300'00});
  EXPECT_EQ(plan.correlations.at(0).value, -0.5);
  EXPECT_EQ(plan.weather.at(0).month, 6);
  EXPECT_EQ(plan.weather.at(0).days.likely, 2.5);
  EXPECT_EQ(plan.branches.at(1).probability, 0.3);
}

TEST(ReadTables, a_correlated_name_is_answered_with_the_nearest_task_or_factor) {
  const auto read = read_tables({kTasks,
                                 {"uncertainty", "likely,factor,loading\n110%,weather,0.5\n"},
                                 {"correlations", "a,b,value\nA,wether,0.5\n"}});
  ASSERT_EQ(read.findings.kept().size(), 1U);
  EXPECT_EQ(read.findings.kept()[0].hint(Language::english), "did you mean 'weather'?");
}

TEST(ReadTables, what_is_wrong_with_a_link_from_a_cell_points_at_its_task) {
  const auto read = read_tables({{"tasks", "id,duration,predecessors\nA,1d,\nB,1d,A;B\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{"tasks.csv:3:3 link_to_itself"});
}

TEST(ReadTables, with_semicolons_a_comma_is_the_point) {
  const auto read = read_tables({{"tasks", "id;duration;cost\nA;2,5d;1.234,56\n"},
                                 {"resources", "id;capacity\ncrew;2,5\n"},
                                 {"places", "id;latitude;longitude\np;20,5;110,25\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(read.plan.tasks[TaskId{0}].duration, WorkTime{1200});
  EXPECT_EQ(read.plan.tasks[TaskId{0}].cost, Money{1234'56});
  EXPECT_EQ(read.plan.resources[ResourceId{0}].capacity, Amount{2500});
  EXPECT_DOUBLE_EQ(read.plan.places[PlaceId{0}].longitude, 110.25);
}

TEST(ReadTables, a_column_without_a_header_is_kept_under_its_number) {
  const ReadPlan read = read_tables({{"tasks", "id,duration,,\nA,3d,call Anna first,\nB,1d,,\n"}});
  EXPECT_EQ(found_in(read.findings), Lines{"tasks.csv:1:3 unknown_column"});
  ASSERT_EQ(read.plan.foreign.size(), 1U);
  EXPECT_EQ(read.plan.foreign[0].name, "column 3");
  EXPECT_EQ(read.plan.foreign[0].cell(0), "call Anna first");
  EXPECT_EQ(read.plan.foreign[0].cells.size(), 1U);
}

TEST(ReadTables, columns_that_nobody_knows_are_kept_with_the_rows_that_are) {
  const auto read =
      read_tables({{"tasks", "id,duration,Shade\nA,1d,grey\nA,1d,lost\nB,1d,\nC,1d,red\n"}});
  ASSERT_EQ(read.plan.foreign.size(), 1U);
  EXPECT_EQ(read.plan.foreign[0].table, "tasks");
  EXPECT_EQ(read.plan.foreign[0].name, "Shade");
  const ForeignColumn& shade = read.plan.foreign[0];
  EXPECT_EQ(
      (Lines{std::string(shade.cell(0)), std::string(shade.cell(1)), std::string(shade.cell(2))}),
      (Lines{"grey", "", "red"}));
}

TEST(ReadTables, a_growth_in_percent_is_not_divided_by_a_hundred) {
  const ReadPlan read = read_tables({kTasks,
                                     {"targets",
                                      "id,measure,unit,goal,base\ngdp,growth,,6.4%,5.2\n"
                                      "share,level,%,30%,25\nrate,level,,30%,0.25\n"}});
  EXPECT_EQ(found_in(read.findings), std::vector<std::string>{});
  const auto& targets = read.plan.targets;
  EXPECT_DOUBLE_EQ(*targets[TargetId{0}].goal, 6.4);
  EXPECT_DOUBLE_EQ(*targets[TargetId{0}].base, 5.2);
  EXPECT_DOUBLE_EQ(*targets[TargetId{1}].goal, 30);
  EXPECT_DOUBLE_EQ(*targets[TargetId{2}].goal, 0.3);
}

}  // namespace
}  // namespace diaodu::formats
