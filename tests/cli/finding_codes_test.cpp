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
  const char* code;
  std::vector<std::pair<const char*, const char*>> files;  ///< besides a plan of two tasks
  std::vector<std::string> words;
};

constexpr const char* kPlan = "[plan]\nstart = 2024-01-01\n";
constexpr const char* kOneForTwo = "task,resource\nA,r\nB,r\n";

std::vector<std::string> codes_of(const Outcome& told) {
  std::vector<std::string> codes;
  const json document = json::parse(told.out);
  for (const json& finding : document["findings"]) codes.push_back(finding["code"]);
  return codes;
}

TEST(FindingCodes, what_only_a_whole_run_can_find_is_found) {
  const std::vector<Case> cases = {
      {"unknown_group", {{"people.csv", "id,group\np,x\n"}}, {"check"}},
      {"beyond_time", {{"tasks.csv", "id,duration\nA,70000d\n"}}, {"check"}},
      {"calendars_never_meet",
       {{"plan.toml",
         "[plan]\nstart = 2024-01-01\n[calendars.am]\nbase = 'standard'\nweekdays = '08:00-12:00'\n"
         "[calendars.pm]\nbase = 'standard'\nweekdays = '13:00-17:00'\n"},
        {"resources.csv", "id,calendar\na,am\nb,pm\n"},
        {"demands.csv", "task,resource\nA,a\nA,b\n"}},
       {"check"}},
      {"tardiness_without_deadlines",
       {{"plan.toml", "[plan]\nstart = 2024-01-01\n[options]\nobjective = 'tardiness'\n"}},
       {"schedule"}},
      {"no_such_trial",
       {{"uncertainty.csv", "task,shape,low,high\nA,uniform,50%,150%\n"}},
       {"risk", "--trial", "99999999999"}},
      {"correlations_repaired",
       {{"tasks.csv", "id,duration\nA,1d\nB,1d\nC,1d\n"},
        {"uncertainty.csv", "task,shape,low,high\n*,uniform,50%,150%\n"},
        {"correlations.csv", "a,b,value\nA,B,0.9\nB,C,0.9\nA,C,-0.9\n"}},
       {"risk"}},
      {"tasks_clash",
       {{"resources.csv", "id,capacity\nr,1\n"},
        {"demands.csv", kOneForTwo},
        {"links.csv", "from,to,type,lag,max_lag\nA,B,SS,0d,0.5d\n"}},
       {"schedule"}},
      {"proof_not_a_log", {{"x.log", "hello\n"}}, {"check", "--proof", "p/x.log"}},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.code);
    const TemporaryFolder folder;
    folder.write("p/plan.toml", kPlan);
    folder.write("p/tasks.csv", "id,duration\nA,1d\nB,1d\n");
    for (const auto& [name, text] : each.files) folder.write(std::string("p/") + name, text);
    std::vector<std::string> words = {each.words.front(), "p", "--json"};
    words.insert(words.end(), each.words.begin() + 1, each.words.end());
    const std::vector<std::string> codes = codes_of(diaodu(words, {.folder = folder.path()}));
    EXPECT_TRUE(std::find(codes.begin(), codes.end(), each.code) != codes.end())
        << testing::PrintToString(codes);
  }
}

TEST(FindingCodes, no_two_kinds_share_a_code) {
  std::vector<std::string_view> codes;
  for (const FindingKind* kind : found::all_kinds()) codes.push_back(kind->code);
  std::sort(codes.begin(), codes.end());
  EXPECT_TRUE(std::adjacent_find(codes.begin(), codes.end()) == codes.end());
}

TEST(FindingCodes, a_proof_that_was_tampered_with_says_how) {
  const TemporaryFolder folder;
  folder.write("p/plan.toml", kPlan);
  folder.write("p/tasks.csv", "id,duration\nA,1d\nB,2d\nC,3d\n");
  folder.write("p/resources.csv", "id,capacity\nr,1\n");
  folder.write("p/demands.csv", "task,resource\nA,r\nB,r\nC,r\n");
  const auto run = [&](std::vector<std::string> words) {
    return diaodu(words, {.folder = folder.path()});
  };
  ASSERT_EQ(run({"schedule", "p", "--proof", "x.log"}).status, 0);
  const std::string log = folder.read("x.log");
  const auto first_code = [&](const std::string& text, const std::string& plan = "p") {
    folder.write("y.log", text);
    const std::vector<std::string> codes =
        codes_of(run({"check", plan, "--proof", "y.log", "--json"}));
    return codes.empty() ? std::string() : codes.front();
  };
  EXPECT_EQ(first_code(log), "");
  const std::size_t last = log.find_last_of('\n', log.size() - 2) + 1;
  EXPECT_EQ(first_code(log.substr(0, last)), "proof_unfinished");
  EXPECT_EQ(first_code(log.substr(0, last) + "nonsense\n" + log.substr(last)), "proof_bad_line");
  folder.write("q/plan.toml", kPlan);
  folder.write("q/tasks.csv", "id,duration\nA,1d\nB,1d\nC,1d\n");
  folder.write("q/resources.csv", "id,capacity\nr,1\n");
  folder.write("q/demands.csv", "task,resource\nA,r\nB,r\nC,r\n");
  EXPECT_EQ(first_code(log, "q"), "proof_of_other_plan");
}

}  // namespace
}  // namespace diaodu::cli
