#include "diaodu/formats/benchmark_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "diaodu/core/decimal.h"
#include "support/data.h"
#include "support/property.h"
#include "support/tables.h"

namespace diaodu::formats {
namespace {

using Lines = std::vector<std::string>;
using Reader = ReadPlan (*)(std::string_view, const std::string&);

constexpr std::string_view kSingleMode = R"(****************************************
file with basedata            : small.bas
initial value random generator: 28123
****************************************
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  12
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
****************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0        7        2        7
****************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
****************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
----------------------------------------
  1      1     0       0    0
  2      1     5       3    0
  3      1     7       1    2
  4      1     0       0    0
****************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    3    2
****************************************
)";

constexpr std::string_view kMultiMode = R"(jobs  (incl. supersource/sink ):	3
RESOURCES
- renewable                 : 1 R
- nonrenewable              : 1 N
- doubly constrained        : 1 D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
1	1	1		2
2	2	1		3
3	1	0
************************************************************************
REQUESTS/DURATIONS
jobnr.	mode	dur	R1	N1	D1
------------------------------------------------------------------------
1	1	0	0	0	0
2	1	3	2	0	4
	2	6	1	8	0
3	1	0	0	0	0
************************************************************************

 RESOURCE AVAILABILITIES
	R 1	N 1	D 1
	2	9	30	5
)";

constexpr std::string_view kPatterson = R"(4 2
 3 2
 0 0 0 2 2 3
 5 3 0 1 4
 7 1 2 1
   4
 0 0 0 0
)";

/// Job 1 starts at least 4 and at most 9 after job 0; job 3 at most 6 after job 1.
constexpr std::string_view kProgenMax = R"(2	1	0	0
0	1	1	1	[4]
1	1	2	0	2	[-9]	[2]
2	1	1	3	[3]
3	1	1	1	[-6]
0	1	0	0
1	1	2	1
2	1	3	1
3	1	0	0
1
)";

/// Two projects on R1 and R2; the second may begin at 4, is due at 9, and waits for job 2 of the first.
constexpr std::string_view kPortfolio = R"(  2
  2
     3    2

   3    0
   1   1

   0   0   0   1 1:2
   5   3   0   2 1:3 2:1
   0   0   0   0

   3    4    9
   1   0

   0   0   0   1 2:2
   7   1   0   1 2:3
   0   0   0   0
)";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result(text);
  const std::size_t at = result.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return result.replace(at, from.size(), to);
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string durations(const Plan& plan) {
  std::string all;
  for (const Task& task : plan.tasks) {
    all += task.id.str() + (task.is_milestone() ? ":milestone " : ":") +
           (task.is_milestone() ? "" : std::to_string(task.duration.count()) + " ");
  }
  return all;
}

/// `2 R1 3` or, in the second mode, `2.2 N1 8`.
Lines demands(const Plan& plan) {
  Lines all;
  for (const Demand& demand : plan.demands) {
    std::string line = plan.tasks[demand.task].id.str();
    if (demand.mode) line += '.' + plan.modes[demand.mode].id.str();
    all.push_back(line + ' ' + plan.resources[demand.resource].id.str() + ' ' +
                  to_string(demand.amount));
  }
  return all;
}

Lines resources(const Plan& plan) {
  Lines all;
  for (const Resource& resource : plan.resources) {
    all.push_back(resource.id.str() + ' ' + to_string(resource.capacity) +
                  (is_renewable(resource.kind) ? "" : " in all"));
  }
  return all;
}

Lines links(const Plan& plan) {
  Lines all;
  for (const Link& link : plan.links) {
    std::string line = plan.tasks[link.from].id.str() + "->" + plan.tasks[link.to].id.str();
    if (link.type == LinkType::start_to_start) line += " SS " + std::to_string(link.lag.amount);
    if (link.has_max_lag) line += ".." + std::to_string(link.max_lag.amount);
    all.push_back(line);
  }
  return all;
}

Lines mistakes(Reader read, std::string_view text) { return found_in(read(text, "a").findings); }

/// What the first finding says.
std::string said(Reader read, std::string_view text, Language language = Language::english) {
  const Findings findings = read(text, "a").findings;
  return findings.is_empty() ? std::string() : findings.kept().front().message(language);
}

// --- what the formats mean

TEST(BenchmarkFiles, a_plan_counts_periods_around_the_clock_and_is_named_after_its_file) {
  const ReadPlan read = read_psplib(kSingleMode, "some/folder/j301_1.sm");
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(read.plan.name, "j301_1");
  EXPECT_TRUE(read.plan.is_abstract);
  EXPECT_EQ(read.plan.start, Instant{0});
  EXPECT_EQ(read.plan.zone.name(), "UTC");
  EXPECT_EQ(read.plan.calendars[read.plan.calendar].rule.id, "24h");
}

TEST(BenchmarkFiles, psplib_states_jobs_links_demands_and_capacities) {
  const Plan plan = read_psplib(kSingleMode, "a.sm").plan;
  EXPECT_EQ(durations(plan), "1:milestone 2:5 3:7 4:milestone ");
  EXPECT_EQ(links(plan), (Lines{"1->2", "1->3", "2->4", "3->4"}));
  EXPECT_EQ(demands(plan), (Lines{"2 R1 3", "3 R1 1", "3 R2 2"}));
  EXPECT_EQ(resources(plan), (Lines{"R1 3", "R2 2"}));
  EXPECT_TRUE(plan.modes.empty());
}

TEST(BenchmarkFiles, patterson_states_the_same_in_numbers_alone) {
  const ReadPlan read = read_patterson(kPatterson, "a.rcp");
  const Plan same = read_psplib(kSingleMode, "a.sm").plan;
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(durations(read.plan), durations(same));
  EXPECT_EQ(links(read.plan), links(same));
  EXPECT_EQ(demands(read.plan), demands(same));
  EXPECT_EQ(resources(read.plan), resources(same));
}

TEST(BenchmarkFiles, a_job_with_several_ways_has_modes_and_the_duration_of_the_first) {
  const ReadPlan read = read_psplib(kMultiMode, "a.mm");
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(durations(read.plan), "1:milestone 2:3 3:milestone ");
  ASSERT_EQ(read.plan.modes.size(), 2U);
  EXPECT_EQ(read.plan.modes[ModeId{1U}].id, "2");
  EXPECT_EQ(read.plan.modes[ModeId{1U}].duration, WorkTime{6});
}

TEST(BenchmarkFiles, what_is_doubly_constrained_is_needed_at_once_and_used_up_by_the_period) {
  const Plan plan = read_psplib(kMultiMode, "a.mm").plan;
  EXPECT_EQ(resources(plan), (Lines{"R1 2", "N1 9 in all", "D1 5", "D1-total 30 in all"}));
  EXPECT_EQ(demands(plan),
            (Lines{"2.1 R1 2", "2.1 D1 4", "2.1 D1-total 12", "2.2 R1 1", "2.2 N1 8"}));
}

TEST(BenchmarkFiles, time_lags_run_between_starts_and_a_longest_time_joins_the_least_one) {
  const ReadPlan read = read_progen_max(kProgenMax, "psp1.sch");
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(durations(read.plan), "1:milestone 2:2 3:3 4:milestone ");
  EXPECT_EQ(links(read.plan), (Lines{"1->2 SS 4..9", "2->3 SS 2", "3->4 SS 3", "4->2 SS -6"}));
  EXPECT_EQ(resources(read.plan), Lines{"R1 1"});
}

TEST(BenchmarkFiles, projects_of_a_portfolio_are_summaries_that_share_resources) {
  const ReadPlan read = read_mplib(kPortfolio, "MPLIB1_Set3_1.rcmp");
  const Plan& plan = read.plan;
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(durations(plan),
            "1:0 1:1:milestone 1:2:5 1:3:milestone 2:0 2:1:milestone 2:2:7 2:3:milestone ");
  EXPECT_EQ(links(plan), (Lines{"1:1->1:2", "1:2->1:3", "1:2->2:1", "2:1->2:2", "2:2->2:3"}));
  EXPECT_EQ(demands(plan), (Lines{"1:2 R1 3", "2:2 R1 1"}));
  EXPECT_EQ(resources(plan), (Lines{"R1 3", "R2 2"}));
  const Task& first = plan.tasks[TaskId{0}];
  const Task& second = plan.tasks[TaskId{4}];
  EXPECT_EQ(first.kind, TaskKind::summary);
  EXPECT_EQ(first.constraint.kind, ConstraintKind::none);
  EXPECT_EQ(first.deadline, kNever);
  EXPECT_EQ(second.constraint.kind, ConstraintKind::start_on_or_after);
  EXPECT_EQ(second.constraint.date, Instant{4});
  EXPECT_EQ(second.deadline, Instant{9});
  EXPECT_EQ(plan.tasks[TaskId{6}].parent, TaskId{4});
}

TEST(BenchmarkFiles, a_successor_in_a_portfolio_is_a_job_of_a_project) {
  EXPECT_EQ(mistakes(read_mplib, replaced(kPortfolio, "2:3\n", "3:3\n")),
            Lines{"a:16:18 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_mplib, replaced(kPortfolio, "2:3\n", "2:4\n")),
            Lines{"a:16 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_mplib, replaced(kPortfolio, "2:3\n", "2 3\n")),
            Lines{"a:16:20 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_mplib, replaced(kPortfolio, "   1   0\n", "   1   2\n")),
            Lines{"a:13:8 benchmark_syntax"});
}

TEST(BenchmarkFiles, a_longest_time_below_the_least_one_is_no_mistake_of_the_file) {
  const ReadPlan read = read_progen_max(replaced(kProgenMax, "[-9]", "[-3]"), "a.sch");
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(links(read.plan).back(), "4->2 SS -6");
  EXPECT_EQ(links(read.plan)[3], "2->1 SS -3");
}

TEST(BenchmarkFiles, a_job_that_takes_no_time_but_uses_something_is_no_milestone) {
  const ReadPlan read = read_psplib(
      replaced(kSingleMode, "4      1     0       0    0", "4      1     0       1    0"), "a.sm");
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(durations(read.plan), "1:milestone 2:5 3:7 4:0 ");
}

TEST(BenchmarkFiles, line_ends_marks_and_utf_16_make_no_difference) {
  std::string dos;
  std::string wide = "\xFF\xFE";
  for (const char c : kSingleMode) {
    if (c == '\n') dos += '\r';
    dos += c;
    wide += c;
    wide += '\0';
  }
  for (const std::string& text : {dos, "\xEF\xBB\xBF" + std::string(kSingleMode), wide}) {
    const ReadPlan read = read_psplib(text, "a.sm");
    EXPECT_FALSE(read.findings.has_errors());
    EXPECT_EQ(demands(read.plan), (Lines{"2 R1 3", "3 R1 1", "3 R2 2"}));
  }
}

TEST(BenchmarkFiles, a_demand_above_the_capacity_is_found_in_its_line) {
  EXPECT_EQ(mistakes(read_psplib, replaced(kSingleMode, "    3    2\n", "    2    2\n")),
            Lines{"a:28 demand_above_capacity"});
}

// --- files that break their format

TEST(BenchmarkFiles, a_finding_says_what_is_expected_and_where) {
  const std::string text = replaced(kSingleMode, "5       3    0", "5       x    0");
  EXPECT_EQ(mistakes(read_psplib, text), Lines{"a:28:24 benchmark_syntax"});
  EXPECT_EQ(said(read_psplib, text), "a demand (0 to 1000000000) expected here");
  EXPECT_EQ(said(read_psplib, text, Language::chinese), "此处应为资源需求（0 至 1000000000）");
}

TEST(BenchmarkFiles, columns_count_letters_not_bytes) {
  EXPECT_EQ(mistakes(read_patterson, "2 1\n三 x"), Lines{"a:2:1 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_patterson, "1 三"), Lines{"a:1:3 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_psplib, "jobs (含首尾) 4"), Lines{"a:1:13 benchmark_syntax"});
}

TEST(BenchmarkFiles, an_empty_file_is_not_read) {
  for (const Reader read : {read_psplib, read_patterson, read_progen_max, read_mplib}) {
    EXPECT_EQ(mistakes(read, ""), Lines{"a:1:1 benchmark_syntax"});
    EXPECT_EQ(mistakes(read, "\n \n\t"), Lines{"a:3:2 benchmark_syntax"});
  }
}

TEST(BenchmarkFiles, a_thousand_million_jobs_are_not_believed) {
  EXPECT_EQ(mistakes(read_psplib, replaced(kSingleMode, ":  4\n", ":  1000000000\n")),
            Lines{"a:6:34 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_patterson, "1000000000 4 1 1 1 1"), Lines{"a:1:1 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_patterson, "4 1000000000 1 1 1 1 1 1 1 1"),
            Lines{"a:1:3 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_progen_max, "1000000000 5 0 0"), Lines{"a:1:1 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_mplib, "1000000000 0 1 0 1 1 0 0"), Lines{"a:1:1 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_mplib, "1 0 1000000000 0 1 1 0 0"), Lines{"a:1:5 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_patterson, replaced(kPatterson, "0 0 0 2 2 3", "0 0 0 1000000000 2 3")),
            Lines{"a:3:8 benchmark_syntax"});
}

TEST(BenchmarkFiles, numbers_that_overflow_or_are_negative_are_refused) {
  for (const char* number : {"-1", "99999999999999999999999999", "-99999999999999999999999999",
                             "100000001", "1.5", "0x10", "1e3", "+", "-", "nan"}) {
    EXPECT_EQ(
        mistakes(read_patterson, replaced(kPatterson, "5 3 0 1", std::string(number) + " 3 0 1")),
        Lines{"a:4:2 benchmark_syntax"})
        << number;
    EXPECT_EQ(mistakes(read_progen_max, replaced(kProgenMax, "1\t1\t2\t1\n",
                                                 "1\t1\t" + std::string(number) + "\t1\n")),
              Lines{"a:7:5 benchmark_syntax"})
        << number;
  }
}

TEST(BenchmarkFiles, the_largest_numbers_that_are_read_do_not_overflow_what_follows) {
  const std::string text =
      replaced(replaced(kMultiMode, "2\t1\t3\t2\t0\t4", "2\t1\t100000000\t2\t0\t1000000000"),
               "2\t9\t30\t5", "1000000000\t1000000000\t1000000000\t1000000000");
  const ReadPlan read = read_psplib(text, "a");
  EXPECT_EQ(demands(read.plan)[2], "2.1 D1-total 1000000001");
}

TEST(BenchmarkFiles, a_successor_that_is_no_job_is_refused) {
  for (const char* successor : {"0", "5", "-1"}) {
    EXPECT_EQ(
        mistakes(read_patterson, replaced(kPatterson, "   4\n", std::string("   ") + successor)),
        Lines{"a:6:4 benchmark_syntax"});
  }
}

TEST(BenchmarkFiles, rows_out_of_order_are_refused) {
  EXPECT_EQ(mistakes(read_psplib, replaced(kSingleMode, "   3        1          1 ",
                                           "   4        1          1 ")),
            Lines{"a:21:4 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_psplib, replaced(kMultiMode, "\t2\t6", "\t3\t6")),
            Lines{"a:18:2 benchmark_syntax"});
}

TEST(BenchmarkFiles, a_section_that_is_missing_is_named) {
  EXPECT_EQ(said(read_psplib, replaced(kSingleMode, "REQUESTS/DURATIONS", "DURATIONS")),
            "the section REQUESTS/DURATIONS expected here");
}

TEST(BenchmarkFiles, more_than_the_format_holds_is_refused) {
  EXPECT_EQ(mistakes(read_patterson, std::string(kPatterson) + "\n\n 7"),
            Lines{"a:10:2 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_progen_max, std::string(kProgenMax) + "7"),
            Lines{"a:11:1 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_mplib, std::string(kPortfolio) + "7"), Lines{"a:18:1 benchmark_syntax"});
}

TEST(BenchmarkFiles, time_lags_stand_in_brackets_one_for_each_successor) {
  EXPECT_EQ(mistakes(read_progen_max, replaced(kProgenMax, "[4]", "4")),
            Lines{"a:2:9 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_progen_max, replaced(kProgenMax, "[4]", "[4")),
            Lines{"a:3:1 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_progen_max, replaced(kProgenMax, "[4]", "[4 5]")),
            Lines{"a:2:12 benchmark_syntax"});
  EXPECT_EQ(mistakes(read_progen_max, replaced(kProgenMax, "[4]", "")),
            Lines{"a:3:1 benchmark_syntax"});
}

TEST(BenchmarkFiles, nul_bytes_are_found_in_their_line) {
  std::string text(kPatterson);
  text[text.find('5')] = '\0';
  const Lines lines = mistakes(read_patterson, text);
  EXPECT_EQ(lines.front(), "a:4 nul_bytes");
}

TEST(BenchmarkFiles, a_truncated_file_is_never_read_as_a_whole_one) {
  const std::map<Reader, std::string_view> files = {{read_psplib, kMultiMode},
                                                    {read_patterson, kPatterson},
                                                    {read_progen_max, kProgenMax},
                                                    {read_mplib, kPortfolio}};
  for (const auto& [read, text] : files) {
    const std::size_t last = text.find_last_not_of("\n");
    for (std::size_t size = 0; size < last; ++size) {
      EXPECT_TRUE(read(text.substr(0, size), "a").findings.has_errors()) << text.substr(0, size);
    }
    EXPECT_FALSE(read(text.substr(0, last + 1), "a").findings.has_errors());
  }
}

TEST(BenchmarkFiles, damaged_files_are_read_or_refused_but_never_more) {
  const std::vector<std::pair<Reader, std::string_view>> files = {{read_psplib, kSingleMode},
                                                                  {read_psplib, kMultiMode},
                                                                  {read_patterson, kPatterson},
                                                                  {read_progen_max, kProgenMax},
                                                                  {read_mplib, kPortfolio}};
  holds(500, [&files] {
    const auto& [read, whole] = files[*rc::gen::inRange<std::size_t>(0, files.size())];
    std::string text(whole);
    const int num_changes = *rc::gen::inRange(1, 6);
    for (int i = 0; i < num_changes; ++i) {
      const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size());
      const std::string with =
          *rc::gen::element<std::string>("", " ", "\n", "-", "0", "1", "9", "99999999999", "[", "]",
                                         ":", "x", "\xFF", std::string(1, '\0'));
      text.replace(at, *rc::gen::inRange<std::size_t>(0, 4), with);
    }
    const ReadPlan result = read(text, "a");
    for (const Link& link : result.plan.links) {
      RC_ASSERT(link.from.index() < result.plan.tasks.size());
      RC_ASSERT(link.to.index() < result.plan.tasks.size());
    }
    for (const Finding& finding : result.findings.kept()) RC_ASSERT(finding.where.line >= 0);
  });
}

TEST(BenchmarkFiles, a_large_file_takes_time_in_proportion) {
  constexpr int kJobs = 200'000;
  std::string text = std::to_string(kJobs) + " 1\n 5\n";
  for (int job = 1; job < kJobs; ++job) text += "3 2 1 " + std::to_string(job + 1) + '\n';
  text += "0 0 0";
  const ReadPlan read = read_patterson(text, "a");
  EXPECT_EQ(found_in(read.findings), Lines{});
  EXPECT_EQ(read.plan.links.size(), static_cast<std::size_t>(kJobs - 1));
}

// --- the instances of the libraries

struct Collection {
  const char* folder;
  Reader read;
  std::map<std::string, std::size_t> num_jobs;  ///< of each sub-folder, source and sink included
  std::size_t num_instances;
};

/// The instances, as `j10/psp112.sch`, that are known to have no schedule.
std::set<std::string> unsolvable_in(const std::filesystem::path& folder) {
  constexpr std::string_view kUnsolvable = ",unsat";
  std::set<std::string> names;
  std::ifstream reference(folder / "reference.csv");
  for (std::string line; std::getline(reference, line);) {
    if (line.find(kUnsolvable) != std::string::npos) names.insert(line.substr(0, line.find(',')));
  }
  return names;
}

/// Some instances without a schedule ask for more than there is, which validation finds.
void expect_readable(const Collection& collection) {
  const std::filesystem::path folder = data_folder() / collection.folder;
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no data in " << folder;
  const std::set<std::string> unsolvable = unsolvable_in(folder);
  std::size_t num_instances = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".csv") continue;
    const ReadPlan read = collection.read(bytes_of(entry.path()), entry.path().filename().string());
    const std::string set = entry.path().parent_path().filename().string();
    const std::string name = set + '/' + entry.path().filename().string();
    for (const Finding& finding : read.findings.kept()) {
      if (finding.kind->code == found::demand_above_capacity.code && unsolvable.contains(name))
        continue;
      ADD_FAILURE() << to_string(finding, Language::english);
    }
    const auto num_jobs = collection.num_jobs.find(set);
    ASSERT_NE(num_jobs, collection.num_jobs.end()) << set;
    EXPECT_EQ(read.plan.tasks.size(), num_jobs->second) << entry.path();
    EXPECT_EQ(std::count_if(read.plan.tasks.begin(), read.plan.tasks.end(),
                            [](const Task& task) { return task.is_milestone(); }),
              2)
        << entry.path();
    ++num_instances;
  }
  EXPECT_EQ(num_instances, collection.num_instances);
}

TEST(BenchmarkFiles, all_original_files_of_psplib_are_read) {
  expect_readable(
      {"psplib-sm", read_psplib, {{"j30", 32}, {"j60", 62}, {"j90", 92}, {"j120", 122}}, 130});
}

TEST(BenchmarkFiles, all_files_in_pattersons_format_are_read) {
  expect_readable({"rcpsp",
                   read_patterson,
                   {{"j30", 32}, {"j60", 62}, {"j90", 92}, {"j120", 122}, {"rg300", 302}},
                   1259});
}

TEST(BenchmarkFiles, all_multi_mode_files_are_read) {
  expect_readable({"mrcpsp", read_psplib, {{"mm50", 52}, {"mm100", 102}}, 510});
}

TEST(BenchmarkFiles, all_files_with_time_lags_are_read) {
  expect_readable({"rcpsp-max",
                   read_progen_max,
                   {{"j10", 12},
                    {"j20", 22},
                    {"j30", 32},
                    {"ubo10", 12},
                    {"ubo20", 22},
                    {"ubo50", 52},
                    {"ubo100", 102},
                    {"ubo200", 202}},
                   394});
}

TEST(BenchmarkFiles, all_portfolios_are_read) {
  const std::filesystem::path folder = data_folder() / "rcmpsp";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no data in " << folder;
  std::size_t num_instances = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    const ReadPlan read = read_mplib(bytes_of(entry.path()), entry.path().filename().string());
    EXPECT_EQ(found_in(read.findings), Lines{}) << entry.path();
    EXPECT_EQ(read.plan.tasks.size(), 24U * (1 + 62)) << entry.path();  // the set's projects, alike
    EXPECT_EQ(read.plan.resources.size(), 4U);
    ++num_instances;
  }
  EXPECT_EQ(num_instances, 67U);
}

}  // namespace
}  // namespace diaodu::formats
