#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/program.h"
#include "diaodu/cli/options.h"
#include "diaodu/cli/plan_watch.h"
#include "support/temporary.h"
#include "support/text.h"

namespace diaodu::cli {
namespace {

using nlohmann::json;

/// The data in a page; null where it is none (yet).
json document_in(const std::string& page) {
  const std::string_view begin = "id=\"document\">";
  const std::size_t from = page.find(begin);
  if (from == std::string::npos) return {};
  const std::size_t end = page.find("</script>", from);
  return json::parse(page.substr(from + begin.size(), end - from - begin.size()));
}

class ReportCommand : public testing::Test {
 protected:
  ReportCommand() { EXPECT_EQ(run({"init", "my-plan"}).status, kDone); }

  Outcome run(const std::vector<std::string>& words, Setting setting = {}) const {
    setting.folder = folder_.path();
    return diaodu(words, setting);
  }
  json page(const std::string& file = "report.html") const {
    return document_in(folder_.read(file));
  }
  bool is_there(const std::string& file) const {
    return std::filesystem::exists(folder_.path() / file);
  }
  void replace(const std::string& file, std::string_view old, std::string_view by) const {
    std::string text = folder_.read(file);
    const std::size_t at = text.find(old);
    ASSERT_NE(at, std::string::npos) << old;
    folder_.write(file, text.replace(at, old.size(), by));
  }

  TemporaryFolder folder_;
};

TEST_F(ReportCommand, writes_a_page_and_says_where) {
  const Outcome outcome = run({"report", "my-plan", "--lang", "zh"});
  EXPECT_EQ(outcome.status, kDone);
  EXPECT_EQ(outcome.err, "已写入 report.html\n");
  EXPECT_TRUE(contains(outcome.out, "已证明为最优")) << outcome.out;
  const json document = page();
  EXPECT_EQ(document["language"], "zh");
  EXPECT_EQ(document["watched"], false);
  EXPECT_EQ(document["answer"]["status"], "optimal");
  EXPECT_TRUE(document["by"].get<std::string>().starts_with("diaodu "));
}

TEST_F(ReportCommand, writes_the_drawings_beside_the_page) {
  EXPECT_EQ(
      run({"report", "my-plan", "-o", "plan.xlsx", "-o", "a b.html", "--pdf", "--svg"}).status,
      kDone);
  EXPECT_TRUE(is_there("plan.xlsx"));
  EXPECT_TRUE(folder_.read("a b.pdf").starts_with("%PDF-"));
  EXPECT_TRUE(contains(folder_.read("a b.svg"), "<svg"));
  EXPECT_FALSE(is_there("report.html"));
  EXPECT_EQ(run({"schedule", "my-plan", "-o", "x.html", "-o", "y.pdf"}).status, kDone);
  EXPECT_EQ(page("x.html")["answer"]["scheduled"], true);
  EXPECT_TRUE(folder_.read("y.pdf").starts_with("%PDF-"));
}

TEST_F(ReportCommand, a_plan_with_errors_has_a_page_of_findings_and_status_1) {
  replace("my-plan/demands.csv", "crane", "crain");
  const Outcome outcome = run({"report", "my-plan", "--pdf"});
  EXPECT_EQ(outcome.status, kPlanIsWrong);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(contains(outcome.err, "written: report.html")) << outcome.err;
  EXPECT_FALSE(is_there("report.pdf"));
  const json document = page();
  EXPECT_EQ(document["answer"]["scheduled"], false);
  EXPECT_EQ(document["findings"][0]["where"], "demands.csv:7:5");
}

TEST_F(ReportCommand, a_plan_that_is_not_there_replaces_no_page) {
  ASSERT_EQ(run({"report", "my-plan"}).status, kDone);
  const std::string before = folder_.read("report.html");
  for (const char* option : {"--pdf", "--json", "--watch"}) {
    EXPECT_EQ(run({"report", "my-plam", option}).status, kPlanIsWrong) << option;
  }
  EXPECT_EQ(folder_.read("report.html"), before);
  EXPECT_FALSE(is_there("report.pdf"));
}

// 1.1 waits for 3.3, which waits for 1.1.
TEST_F(ReportCommand, a_plan_that_no_dates_can_keep_has_a_page_that_says_why) {
  replace("my-plan/tasks.csv", "Survey the site,1,3d,,", "Survey the site,1,3d,3.3,");
  EXPECT_EQ(run({"report", "my-plan"}).status, kPlanIsWrong);
  const json document = page();
  EXPECT_EQ(document["answer"]["status"], "infeasible");
  EXPECT_EQ(document["answer"]["scheduled"], false);
  EXPECT_FALSE(document["findings"].empty());
}

TEST_F(ReportCommand, a_brief_of_dates_that_break_limits_says_so_with_status_1) {
  folder_.write("q/plan.toml", "[plan]\nstart = 2024-01-01\nmust_finish = 2024-01-09\n");
  folder_.write("q/tasks.csv", "id,duration\nA,20d\n");
  const Outcome outcome = run({"report", "q", "--brief"});
  EXPECT_EQ(outcome.status, kPlanIsWrong);
  EXPECT_TRUE(contains(outcome.err, "the plan must finish by")) << outcome.err;
  EXPECT_TRUE(is_there("brief.html"));
}

// Three-point durations are uncertain; a plan that says nothing of the kind has no risk to tell.
TEST_F(ReportCommand, tells_how_sure_the_dates_are_where_anything_is_uncertain) {
  for (const char* plan : {"sure/plan.toml", "unsure/plan.toml"})
    folder_.write(plan, "[plan]\nstart = 2024-03-01\n");
  folder_.write("sure/tasks.csv", "id,duration,predecessors\nA,3d,\nB,2d,A\n");
  folder_.write("unsure/tasks.csv", "id,duration,predecessors\nA,3d/4d/9d,\nB,2d,A\n");
  ASSERT_EQ(run({"report", "sure"}).status, kDone);
  EXPECT_TRUE(page()["risk"].is_null());
  ASSERT_EQ(
      run({"report", "unsure", "--trials", "200", "--confidence", "90%", "--seed", "7"}).status,
      kDone);
  const json risk = page()["risk"];
  EXPECT_EQ(risk["trials"], 200);
  EXPECT_EQ(risk["seed"], 7);
  EXPECT_EQ(risk["confidence"], 0.9);
  EXPECT_EQ(risk["finish"]["at_confidence"], risk["finish"]["p90"]);
  const json told = json::parse(
      run({"risk", "unsure", "--trials", "200", "--confidence", "90%", "--seed", "7", "--json"})
          .out);
  EXPECT_EQ(told["histogram"]["counts"], risk["histogram"]["counts"]);
  ASSERT_EQ(run({"report", "unsure", "--without-risk"}).status, kDone);
  EXPECT_TRUE(page()["risk"].is_null());
}

// It was uncertain until it was done: no trials, no complaint.
TEST_F(ReportCommand, what_has_happened_is_sure) {
  folder_.write("done/plan.toml", "[plan]\nstart = 2024-03-01\ndata_date = 2024-04-01\n");
  folder_.write("done/tasks.csv", "id,duration\nA,3d/4d/9d\n");
  folder_.write("done/progress.csv", "task,actual_start,actual_finish\nA,2024-03-04,2024-03-08\n");
  const Outcome outcome = run({"report", "done"});
  EXPECT_EQ(outcome.status, kDone) << outcome.err;
  EXPECT_TRUE(page()["risk"].is_null());
  EXPECT_FALSE(contains(outcome.out + outcome.err, "uncertain")) << outcome.out << outcome.err;
}

TEST_F(ReportCommand, json_is_one_document_and_the_page_is_written_too) {
  const Outcome outcome = run({"report", "my-plan", "--json"});
  EXPECT_EQ(json::parse(outcome.out)["status"], "optimal");
  EXPECT_EQ(page()["answer"]["status"], "optimal");
  EXPECT_EQ(run({"report", "my-plan", "--json", "--watch"}).status, kWrongUsage);
}

/// Waits until the page says what is asked; a minute is more than any machine takes.
template <class Says>
bool becomes(const std::string& file, Says&& says) {
  for (int i = 0; i < 1200; ++i) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const json document = document_in(text);
    if (!document.is_null() && says(document)) return true;
    ::usleep(50'000);
  }
  return false;
}

TEST_F(ReportCommand, watch_writes_again_whenever_the_plan_changes_until_ctrl_c) {
  const std::string file = (folder_.path() / "my-plan/report.html").string();
  const std::string demands = folder_.read("my-plan/demands.csv");
  std::vector<std::string> seen;
  const auto await = [&](const char* what, auto&& says) {
    if (becomes(file, says)) seen.emplace_back(what);
  };
  const Setting setting{
      .is_interrupted = true, .meanwhile = [&] {
        await("first", [](const json& page) { return page["answer"]["scheduled"] == true; });
        replace("my-plan/demands.csv", "crane", "crain");
        await("errors", [](const json& page) { return page["answer"]["scheduled"] == false; });
        folder_.write("my-plan/demands.csv", demands);
        await("again", [](const json& page) { return page["answer"]["scheduled"] == true; });
      }};
  // The page lies in the plan's folder, and is no change of the plan.
  const Outcome outcome =
      run({"report", "my-plan", "--watch", "-o", "my-plan/report.html"}, setting);
  EXPECT_EQ(outcome.status, kDone) << outcome.err;
  EXPECT_EQ(seen, (std::vector<std::string>{"first", "errors", "again"})) << outcome.out;
  EXPECT_TRUE(contains(outcome.out, "watching my-plan; Ctrl-C ends")) << outcome.out;
  // One error, or more where it looked while the file was half written.
  EXPECT_TRUE(contains(outcome.out, "written my-plan/report.html: no dates, ")) << outcome.out;
  EXPECT_EQ(document_in(folder_.read("my-plan/report.html"))["watched"], true);
}

TEST(PlanWatch, tells_of_tables_that_change_come_and_go_and_of_nothing_else) {
  const TemporaryFolder folder;
  folder.write("plan/tasks.csv", "id\nA\n");
  const auto other = folder.write("base.csv", "id,start\n");
  PlanWatch watch(folder.path() / "plan", {other});
  EXPECT_TRUE(watch.has_changed());  // nobody has read it yet
  EXPECT_FALSE(watch.has_changed());
  folder.write("plan/tasks.csv", "id\nA\nB\n");
  EXPECT_TRUE(watch.has_changed());
  EXPECT_FALSE(watch.has_changed());
  folder.write("plan/report.html", "<html>");
  folder.write("plan/.tasks.csv.swp", "...");
  EXPECT_FALSE(watch.has_changed());
  folder.write("plan/links.csv", "from,to\n");
  EXPECT_TRUE(watch.has_changed());
  std::filesystem::remove(folder.path() / "plan/links.csv");
  EXPECT_TRUE(watch.has_changed());
  folder.write("base.csv", "id,start\nA,2024-03-01\n");
  EXPECT_TRUE(watch.has_changed());
  // The same size, another time.
  std::filesystem::last_write_time(other,
                                   std::filesystem::last_write_time(other) - std::chrono::hours(1));
  EXPECT_TRUE(watch.has_changed());
  std::filesystem::remove_all(folder.path() / "plan");
  EXPECT_TRUE(watch.has_changed());
  EXPECT_FALSE(watch.has_changed());
}

TEST(PlanWatch, a_workbook_is_one_file) {
  const TemporaryFolder folder;
  const auto file = folder.write("plan.xlsx", "PK");
  PlanWatch watch(file, {});
  EXPECT_TRUE(watch.has_changed());
  EXPECT_FALSE(watch.has_changed());
  folder.write("plan.xlsx", "PK..");
  EXPECT_TRUE(watch.has_changed());
}

}  // namespace
}  // namespace diaodu::cli
