#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/program.h"
#include "diaodu/plan/finding_kinds.h"
#include "support/temporary.h"

// Kinds of findings that come of a whole run, not of one cell: each is produced once, from files that a user could write.
namespace diaodu::cli {
namespace {

using nlohmann::json;

struct Case {
  const char* found;                                       ///< as `found_in` has it
  std::vector<std::pair<const char*, std::string>> files;  ///< besides a plan of two tasks
  std::vector<std::string> words;
};

constexpr const char* kPlan = "[plan]\nstart = 2024-01-01\n";
constexpr const char* kOneForTwo = "task,resource\nA,r\nB,r\n";
constexpr const char* kAUncertain = "task,shape,low,high\nA,uniform,50%,150%\n";

/// Is there a `{0}`, of a sentence that lacks a word?
bool has_gap(const std::string& sentence) {
  for (std::size_t at = 0; (at = sentence.find('{', at)) != std::string::npos; ++at) {
    if (sentence.size() > at + 2 && sentence[at + 2] == '}') return true;
  }
  return false;
}

/// Every finding as `tasks.csv:2:5 unknown_task`, without the parts of its place that are not known.
std::vector<std::string> found_in(const Outcome& told) {
  std::vector<std::string> lines;
  const json document = json::parse(told.out);
  for (const json& finding : document["findings"]) {
    std::string line;
    if (finding["file"].is_string()) line += finding["file"];
    for (const char* part : {"line", "column"}) {
      if (finding[part].is_number()) line += ':' + std::to_string(finding[part].get<int>());
    }
    lines.push_back(line + (line.empty() ? "" : " ") + finding["code"].get<std::string>());
    for (const char* part : {"message", "hint"}) {
      EXPECT_FALSE(finding[part].is_string() && has_gap(finding[part])) << finding;
    }
  }
  return lines;
}

bool lists(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

/// 21 days of work for one machine between a beginning and an end that lie at most 20 days apart: no few of these tasks
/// are to blame, for any 20 fit.
std::string tasks_of_chain() {
  std::string text = "id,duration\nS,0d\nE,0d\n";
  for (int i = 0; i < 21; ++i) text += 'T' + std::to_string(i) + ",1d\n";
  return text;
}
std::string links_of_chain() {
  std::string text = "from,to,type,lag,max_lag\nS,E,FS,0d,20d\n";
  for (int i = 0; i < 21; ++i) {
    const std::string task = 'T' + std::to_string(i);
    text += "S," + task + ",FS,0d,\n" + task + ",E,FS,0d,\n";
  }
  return text;
}
std::string demands_of_chain() {
  std::string text = "task,resource\n";
  for (int i = 0; i < 21; ++i) text += 'T' + std::to_string(i) + ",r\n";
  return text;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"people.csv:2:3 unknown_group", {{"people.csv", "id,group\np,x\n"}}, {"check"}},
      {"tasks.csv:2:1 beyond_time", {{"tasks.csv", "id,duration\nA,70000d\n"}}, {"check"}},
      {"tasks.csv:2:1 calendars_never_meet",
       {{"plan.toml",
         "[plan]\nstart = 2024-01-01\n[calendars.am]\nbase = 'standard'\nweekdays = '08:00-12:00'\n"
         "[calendars.pm]\nbase = 'standard'\nweekdays = '13:00-17:00'\n"},
        {"resources.csv", "id,calendar\na,am\nb,pm\n"},
        {"demands.csv", "task,resource\nA,a\nA,b\n"}},
       {"check"}},
      {"plan.toml tardiness_without_deadlines",
       {{"plan.toml", "[plan]\nstart = 2024-01-01\n[options]\nobjective = 'tardiness'\n"}},
       {"schedule"}},
      {"no_such_trial", {{"uncertainty.csv", kAUncertain}}, {"risk", "--trial", "99999999999"}},
      {"correlations_repaired",
       {{"tasks.csv", "id,duration\nA,1d\nB,1d\nC,1d\n"},
        {"uncertainty.csv", "task,shape,low,high\n*,uniform,50%,150%\n"},
        {"correlations.csv", "a,b,value\nA,B,0.9\nB,C,0.9\nA,C,-0.9\n"}},
       {"risk"}},
      {"correlation_of_the_sure",  // B takes its day whatever comes
       {{"uncertainty.csv", kAUncertain}, {"correlations.csv", "a,b,value\nA,B,0.9\n"}},
       {"risk", "--trials", "100"}},
      {"tasks.csv:2:1 tasks_clash",
       {{"resources.csv", "id,capacity\nr,1\n"},
        {"demands.csv", kOneForTwo},
        {"links.csv", "from,to,type,lag,max_lag\nA,B,SS,0d,0.5d\n"}},
       {"schedule"}},
      // Five days of two machines, of which there are two for a day: searched by proof, and by order, since B has modes.
      {"tasks.csv:2:1 never_free",
       {{"tasks.csv", "id,duration\nA,5d\n"},
        {"resources.csv", "id,capacity\nr,1\n"},
        {"availability.csv", "resource,from,to,capacity\nr,2024-01-02,2024-01-03,2\n"},
        {"demands.csv", "task,resource,amount\nA,r,2\n"}},
       {"schedule"}},
      {"tasks.csv:2:1 never_free",
       {{"tasks.csv", "id,duration\nA,5d\nB,1d\n"},
        {"modes.csv", "task,mode,duration\nB,x,1d\nB,y,2d\n"},
        {"resources.csv", "id,capacity\nr,1\n"},
        {"availability.csv", "resource,from,to,capacity\nr,2024-01-02,2024-01-03,2\n"},
        {"demands.csv", "task,resource,amount\nA,r,2\n"}},
       {"schedule"}},
      {"no_schedule_exists",
       {{"tasks.csv", tasks_of_chain()},
        {"links.csv", links_of_chain()},
        {"resources.csv", "id,capacity\nr,1\n"},
        {"demands.csv", demands_of_chain()}},
       {"schedule"}},
      {"no_schedule_found",
       {{"tasks.csv", tasks_of_chain()},
        {"links.csv", links_of_chain()},
        {"resources.csv", "id,capacity\nr,1\n"},
        {"demands.csv", demands_of_chain()}},
       {"schedule", "--steps", "1"}},
      // Both must begin at once, on one machine.
      {"tasks.csv:2:1 rule_broken",
       {{"tasks.csv",
         "id,duration,constraint,date\nA,1d,mandatory_start,2024-01-02\nB,1d,mandatory_start,2024-"
         "01-02\n"},
        {"resources.csv", "id,capacity\nr,1\n"},
        {"demands.csv", kOneForTwo}},
       {"schedule"}},
      {"plan.toml:4:1 number_out_of_range",
       {{"plan.toml", "[plan]\nstart = 2024-01-01\n[risk]\ntrials = 10000001\n"}},
       {"check"}},
      {"x.log:1 proof_not_a_log", {{"x.log", "hello\n"}}, {"check", "--proof", "p/x.log"}},
      {"record.diaodu no_record", {}, {"schedule", "--as-of", "2024-01-03"}},
  };
  return all;
}

TEST(FindingCodes, what_only_a_whole_run_can_find_is_found_at_its_place) {
  bool is_chinese =
      false;  // in turns: tools/check_findings.py sees to it that both need the same words
  for (const Case& each : cases()) {
    SCOPED_TRACE(each.found);
    is_chinese = !is_chinese;
    const TemporaryFolder folder;
    folder.write("p/plan.toml", kPlan);
    folder.write("p/tasks.csv", "id,duration\nA,1d\nB,1d\n");
    for (const auto& [name, text] : each.files) folder.write(std::string("p/") + name, text);
    std::vector<std::string> words = {each.words.front(), "p", "--json", "--lang",
                                      is_chinese ? "zh" : "en"};
    words.insert(words.end(), each.words.begin() + 1, each.words.end());
    const std::vector<std::string> lines = found_in(diaodu(words, {.folder = folder.path()}));
    EXPECT_TRUE(lists(lines, each.found)) << testing::PrintToString(lines);
  }
}

TEST(FindingCodes, dates_that_must_be_and_cannot_are_no_mistake_of_ours) {
  const TemporaryFolder folder;
  folder.write("p/plan.toml", kPlan);
  folder.write("p/tasks.csv",
               "id,duration,constraint,date\nA,1d,mandatory_start,2024-01-02\n"
               "B,1d,mandatory_start,2024-01-02\n");
  folder.write("p/resources.csv", "id,capacity\nr,1\n");
  folder.write("p/demands.csv", kOneForTwo);
  const Outcome told = diaodu({"schedule", "p", "--json"}, {.folder = folder.path()});
  EXPECT_EQ(json::parse(told.out)["status"], "infeasible");
  EXPECT_EQ(found_in(told),
            (std::vector<std::string>{"tasks.csv:2:1 tasks_clash", "tasks.csv:2:1 rule_broken",
                                      "tasks.csv:2:1 rule_broken"}));
}

TEST(FindingCodes, material_that_no_modes_make_suffice_is_told_in_all) {
  // A takes all 5 of m or of n, and C takes 1 of each: 6 of one of them, whatever B chooses.
  const TemporaryFolder folder;
  folder.write("p/plan.toml", kPlan);
  folder.write("p/tasks.csv", "id,duration\nA,1d\nB,1d\nC,1d\n");
  folder.write("p/modes.csv", "task,mode,duration\nA,x,1d\nA,y,2d\nB,x,1d\nB,y,2d\n");
  folder.write("p/resources.csv", "id,kind,capacity\nm,material,5\nn,material,5\n");
  folder.write("p/demands.csv",
               "task,mode,resource,amount\nA,x,m,5\nA,y,n,5\nB,x,m,4\nB,y,n,4\nC,,m,1\nC,,n,1\n");
  const Outcome told = diaodu({"schedule", "p", "--json"}, {.folder = folder.path()});
  EXPECT_TRUE(lists(found_in(told), "tasks.csv:2:1 rule_broken"));
  EXPECT_NE(told.out.find("6 used up in all, but there are 5"), std::string::npos) << told.out;
}

TEST(FindingCodes, a_record_says_that_it_is_used_and_that_it_is_ahead) {
  const TemporaryFolder folder;
  folder.write("p/plan.toml", kPlan);
  folder.write("p/tasks.csv", "id,duration\nA,1d\nB,1d\n");
  const auto note = [&](const std::string& day) {
    return found_in(diaodu({"log", "p", "add", "note", "text=x", "--recorded", day, "--json"},
                           {.folder = folder.path()}));
  };
  EXPECT_EQ(note("2024-01-05"), std::vector<std::string>{});
  EXPECT_EQ(note("2024-01-03"), std::vector<std::string>{"recorded_later"});
  EXPECT_TRUE(lists(found_in(diaodu({"schedule", "p", "--json"}, {.folder = folder.path()})),
                    "record.diaodu record_used"));
}

TEST(FindingCodes, no_two_kinds_share_a_code) {
  std::vector<std::string_view> codes;
  for (const FindingKind* kind : found::all_kinds()) codes.push_back(kind->code);
  std::sort(codes.begin(), codes.end());
  EXPECT_TRUE(std::adjacent_find(codes.begin(), codes.end()) == codes.end());
}

TEST(FindingCodes, a_proof_that_was_tampered_with_says_how) {
  const TemporaryFolder folder;
  const auto write_plan = [&](const std::string& name, const std::string& tasks) {
    folder.write(name + "/plan.toml", kPlan);
    folder.write(name + "/tasks.csv", tasks);
    folder.write(name + "/resources.csv", "id,capacity\nr,1\n");
    folder.write(name + "/demands.csv", "task,resource\nA,r\nB,r\nC,r\n");
  };
  write_plan("p", "id,duration\nA,1d\nB,2d\nC,3d\n");
  const auto run = [&](std::vector<std::string> words) {
    return diaodu(words, {.folder = folder.path()});
  };
  ASSERT_EQ(run({"schedule", "p", "--proof", "x.log"}).status, 0);
  const std::string log = folder.read("x.log");
  const auto line_of = [&log](std::size_t at) {
    return std::to_string(
        1 + std::count(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  };
  const auto first = [&](const std::string& text, const std::string& plan = "p") {
    folder.write("y.log", text);
    const std::vector<std::string> lines =
        found_in(run({"check", plan, "--proof", "y.log", "--json"}));
    return lines.empty() ? std::string() : lines.front();
  };
  EXPECT_EQ(first(log), "");
  const std::size_t last = log.find_last_of('\n', log.size() - 2) + 1;
  const std::string at_end = "y.log:" + line_of(last) + ' ';
  EXPECT_EQ(first(log.substr(0, last)), "y.log:" + line_of(last - 1) + " proof_unfinished");
  EXPECT_EQ(first(log.substr(0, last) + "nonsense\n" + log.substr(last)),
            at_end + "proof_bad_line");
  // The tasks take 6 days one after the other: a bound of 7 does not follow.
  EXPECT_EQ(log.substr(last), "q 6\n");
  EXPECT_EQ(first(log.substr(0, last) + "q 7\n"), at_end + "proof_claims_too_much");
  // A clause from no rule at all.
  const std::size_t learnt = log.find("\nl ") + 1;
  ASSERT_NE(learnt, 0U);
  EXPECT_EQ(first(log.substr(0, learnt) + "l 3>=99 :\n" + log.substr(learnt)),
            "y.log:" + line_of(learnt) + " proof_step_fails");
  // Were there two of r, the first two could be done at once.
  std::string roomy = log;
  const std::size_t resource = log.find("resource 1 1 ");
  ASSERT_NE(resource, std::string::npos);
  roomy[resource + 11] = '2';
  EXPECT_EQ(first(roomy), "y.log:" + line_of(log.find("pair 0 1")) + " proof_pair_fits");
  write_plan("q", "id,duration\nA,1d\nB,1d\nC,1d\n");
  EXPECT_TRUE(first(log, "q").ends_with(" proof_of_other_plan")) << first(log, "q");
  write_plan("q", "id,duration,optional\nA,1d,yes\nB,2d,\nC,3d,\n");
  EXPECT_EQ(first(log, "q"), "y.log proof_not_compared");
}

}  // namespace
}  // namespace diaodu::cli
