#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "cli/program.h"
#include "diaodu/cli/options.h"
#include "diaodu/report/terminal.h"
#include "support/temporary.h"
#include "support/text.h"

namespace diaodu::cli {
namespace {

using nlohmann::json;

void expect_fits(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(report::display_width(line), 80) << line;
}

/// A town with two industries and a plant that is being built; quarters of five years and the first half of 2026.
class ForecastCommand : public testing::Test {
 protected:
  ForecastCommand() {
    folder_.write("p/plan.toml",
                  "[plan]\nname = \"Town\"\nname_zh = \"城\"\nstart = 2026-01-05\ntime_zone = "
                  "\"Asia/Shanghai\"\n");
    folder_.write("p/tasks.csv", "id,name,duration\nP,Plant,150d\n");
    folder_.write("p/effects.csv", "task,target,amount\nP,steel,2\n");
    folder_.write(
        "p/targets.csv",
        "id,name,name_zh,parent,weight,measure,goal,by,roll_up,share,of,rule,effort_gain\n"
        "all,Output,产出,,1,growth,5,2026-12-31,growth,,,threshold,\n"
        "steel,Steel,钢铁,all,0,growth,6,2026-12-31,,60,,,1\n"
        "cloth,Cloth,纺织,all,0,growth,3,2026-12-31,,40,,,1\n");
    folder_.write("facts.csv", facts());
  }

  /// Growth of 5 % and 3 % a year with a season; what is published comes on the 20th of the month after.
  static std::string facts() {
    std::ostringstream text;
    text << "target,period,measure,value,published\n";
    for (int quarter = 0; quarter < 22; ++quarter) {
      const int year = 2021 + quarter / 4;
      const int of_year = quarter % 4 + 1;
      const double wave = 1 + 0.01 * std::sin(1.7 * quarter);
      const double season = 1 + 0.1 * of_year;
      const std::string period = std::to_string(year) + "-Q" + std::to_string(of_year);
      const int month = of_year == 4 ? 1 : 3 * of_year + 1;
      const std::string day = std::to_string(of_year == 4 ? year + 1 : year) +
                              (month < 10 ? "-0" : "-") + std::to_string(month) + "-20";
      text << "steel," << period << ",level," << 100 * std::pow(1.05, quarter / 4.0) * wave * season
           << ',' << day << '\n';
      text << "cloth," << period << ",level," << 50 * std::pow(1.03, quarter / 4.0) / wave * season
           << ',' << day << '\n';
    }
    return text.str();
  }

  Outcome run(const std::vector<std::string>& words) const {
    return diaodu(words, {.folder = folder_.path()});
  }
  void import_facts() const {
    ASSERT_EQ(run({"log", "p", "import", "facts.csv", "--author", "lin"}).status, kDone);
  }
  json run_json(std::vector<std::string> words) const {
    words.emplace_back("--json");
    return json::parse(run(words).out);
  }

  TemporaryFolder folder_;
};

TEST_F(ForecastCommand, tells_chances_in_both_languages) {
  import_facts();
  for (const char* language : {"en", "zh"}) {
    const Outcome told = run({"forecast", "p", "--as-of", "2026-07-25", "--since", "2026-06-25",
                              "--trials", "500", "--lang", language});
    EXPECT_EQ(told.status, kDone) << told.err;
    const bool is_chinese = std::string_view(language) == "zh";
    for (const char* part :
         {is_chinese ? "钢铁" : "Steel", is_chinese ? "把握" : "chance",
          is_chinese ? "得分" : "Scores", is_chinese ? "何处加力" : "Where a push helps",
          is_chinese ? "以来的变化" : "What changed since", "2026-07-25 24:00", "2026-06-25 24:00",
          is_chinese ? "任务的成效" : "What tasks add"})
      EXPECT_TRUE(contains(told.out, part)) << part << "\n" << told.out;
    expect_fits(told.out);
  }
}

TEST_F(ForecastCommand, counts_what_was_published_by_the_day_it_is_asked_of) {
  import_facts();
  const json july = run_json({"forecast", "p", "--as-of", "2026-07-25", "--trials", "500"});
  EXPECT_EQ(july["year"], 2026);
  const json& steel = july["targets"][1];
  EXPECT_EQ(steel["id"], "steel");
  EXPECT_EQ(steel["known_to"], "2026-H1");
  EXPECT_EQ(steel["source"], "figures");
  EXPECT_EQ(july["targets"][0]["source"], "children");
  EXPECT_EQ(july["targets"][0]["contributions"].size(), 2U);
  const json april = run_json({"forecast", "p", "--as-of", "2026-04-25", "--trials", "500"});
  EXPECT_EQ(april["targets"][1]["known_to"], "2026-Q1");
  // Each fan has a point a quarter, and the known ones have no width.
  EXPECT_EQ(steel["fan"].size(), 4U);
  EXPECT_EQ(steel["fan"][1]["quantiles"].front(), steel["fan"][1]["quantiles"].back());
  EXPECT_LT(steel["fan"][3]["quantiles"].front(), steel["fan"][3]["quantiles"].back());
}

TEST_F(ForecastCommand, the_same_seed_tells_the_same_on_any_number_of_threads) {
  import_facts();
  const std::vector<std::string> words = {"forecast", "p",   "--as-of", "2026-07-25",
                                          "--trials", "300", "--json"};
  std::vector<std::string> threads = words;
  threads.insert(threads.end(), {"--threads", "3"});
  EXPECT_EQ(run(words).out, run(threads).out);
}

// Without `by` the year is that of the day it is asked of; what was expected in December is told of it too.
TEST_F(ForecastCommand, news_of_january_are_of_the_year_that_has_begun) {
  import_facts();
  const std::vector<std::string> words = {"forecast", "p",          "--as-of",  "2026-01-25",
                                          "--since",  "2025-12-20", "--trials", "200"};
  const json told = run_json(words);
  EXPECT_FALSE(told["news"].empty());
  std::string targets = folder_.read("p/targets.csv");
  constexpr std::string_view kBy = "2026-12-31";
  for (std::size_t at = targets.find(kBy); at != std::string::npos; at = targets.find(kBy))
    targets.erase(at, kBy.size());
  folder_.write("p/targets.csv", targets);
  EXPECT_EQ(run_json(words)["news"], told["news"]);
}

TEST_F(ForecastCommand, dates_that_break_limits_leave_an_outlook_with_status_1) {
  import_facts();
  folder_.write("p/plan.toml", "[plan]\nstart = 2026-01-05\nmust_finish = 2026-02-01\n");
  const Outcome told = run({"forecast", "p", "--as-of", "2026-07-25", "--trials", "100"});
  EXPECT_EQ(told.status, kPlanIsWrong);
  EXPECT_TRUE(contains(told.err, "the plan must finish by")) << told.err;
  EXPECT_TRUE(contains(told.out, "Steel")) << told.out;
}

TEST_F(ForecastCommand, says_what_is_missing) {
  const Outcome without = run({"forecast", "p"});
  EXPECT_EQ(without.status, kDone) << without.err;
  EXPECT_TRUE(contains(without.out, "Nothing is scored")) << without.out;
  const Outcome wrong = run({"forecast", "p", "--since", "soon"});
  EXPECT_EQ(wrong.status, kPlanIsWrong);
  EXPECT_TRUE(contains(wrong.err + wrong.out, "soon"));
  folder_.write("q/plan.toml", "[plan]\nname = \"Q\"\nstart = 2026-01-05\n");
  folder_.write("q/tasks.csv", "id,duration\nA,1d\n");
  EXPECT_TRUE(contains(run({"forecast", "q"}).out, "The plan has no targets."));
}

TEST_F(ForecastCommand, a_brief_is_one_page_of_sentences) {
  import_facts();
  for (const char* language : {"en", "zh"}) {
    const Outcome told = run({"report", "p", "--as-of", "2026-07-25", "--brief", "--trials", "500",
                              "-o", "b.html", "--lang", language});
    EXPECT_EQ(told.status, kDone) << told.err;
    expect_fits(told.out);
    std::ifstream file(folder_.path() / "b.html");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    const bool is_chinese = std::string_view(language) == "zh";
    EXPECT_TRUE(contains(page, is_chinese ? "<html lang=\"zh\">" : "<html lang=\"en\">"));
    EXPECT_TRUE(contains(page, is_chinese ? "城简报" : "Town: brief")) << page;
    EXPECT_TRUE(contains(page, "2026-07-25"));
    EXPECT_FALSE(contains(page, "<script"));
    EXPECT_FALSE(contains(page, "nan"));
  }
  EXPECT_EQ(run({"report", "p", "--brief", "-o", "b.pdf"}).status, kWrongUsage);
  EXPECT_EQ(run({"report", "p", "--brief", "--watch"}).status, kWrongUsage);
}

}  // namespace
}  // namespace diaodu::cli
