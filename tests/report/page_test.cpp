#include "diaodu/report/page.h"

#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/plan_file.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/page_calendars.h"
#include "diaodu/report/page_findings.h"
#include "diaodu/report/page_resources.h"
#include "diaodu/report/schedule_json.h"
#include "diaodu/solve/solve.h"
#include "formats/random_plan.h"
#include "report/plant.h"
#include "report/python.h"
#include "support/property.h"

namespace diaodu::report {
namespace {

using nlohmann::json;

/// Every column as long as its table: a single entry stands for all rows.
void unfold(json& table, const char* counted) {
  const std::size_t num_rows = table[counted].size();
  for (auto& [name, column] : table.items()) {
    EXPECT_TRUE(column.size() == num_rows || column.size() == 1) << name;
    while (column.size() < num_rows) column.push_back(json(column[0]));
  }
}

/// The sentence with the names that its references stand for.
std::string with_names(std::string sentence, const json& page, bool is_chinese) {
  for (std::size_t open = sentence.find('{'); open != std::string::npos;
       open = sentence.find('{', open)) {
    const std::size_t close = sentence.find('}', open);
    const std::size_t row = std::stoul(sentence.substr(open + 2, close - open - 2));
    const json& tasks = page["tasks"];
    std::string name;
    if (sentence[open + 1] == 'r') {
      name = page["resources"][row]["name"][is_chinese ? 1 : 0];
    } else {
      const bool is_other = is_chinese && !tasks["name_zh"][row].is_null();
      name = tasks[is_other ? "name_zh" : "name"][row];
    }
    sentence.replace(open, close - open + 1, name);
    open += name.size();
  }
  return sentence;
}

json document(const Plan& plan, const solve::Answer& answer, const PageOptions& options = {}) {
  json page = json::parse(page_document(plan, answer, options));
  unfold(page["tasks"], "id");
  unfold(page["links"], "from");
  return page;
}

TEST(PageDocument, a_column_that_says_the_same_in_every_row_says_it_once) {
  const Plan plan = make_plant();
  const json page = json::parse(page_document(plan, answer(plan), {}));
  const std::size_t num_tasks = page["tasks"]["id"].size();
  ASSERT_GT(num_tasks, 1U);
  for (const auto& [name, column] : page["tasks"].items()) {
    const bool is_uniform = std::all_of(column.begin(), column.end(),
                                        [&](const json& each) { return each == column[0]; });
    EXPECT_EQ(column.size(), is_uniform ? 1U : num_tasks) << name;
  }
}

formats::ReadPlan example(const std::string& name) {
  return formats::read_plan(std::string(DIAODU_SOURCE_DIR) + "/examples/" + name);
}

solve::Answer solved(const formats::ReadPlan& read, std::int64_t steps,
                     const Baseline& baseline = {}) {
  solve::Request request;
  request.limits.steps = steps;
  request.baseline = baseline;
  return solve::solve(read.plan, read.sources, request);
}

/// As `show` writes it: the document's times are those of the plan's clocks.
std::string shown(const json& minutes) { return to_string(LocalTime{minutes.get<std::int64_t>()}); }
json shown_or_null(const json& minutes) {
  return minutes.is_null() ? json() : json(shown(minutes));
}

json column(const json& rows, const char* name) {
  json values = json::array();
  for (const json& row : rows) values.push_back(row[name]);
  return values;
}

TEST(PageDocument, agrees_with_the_json_of_schedule_on_all_examples) {
  for (const std::string name : {"battery-plant", "city-year", "expo"}) {
    SCOPED_TRACE(name);
    const formats::ReadPlan read = example(name);
    const solve::Answer answer = solved(read, 5'000);
    const json page = document(read.plan, answer);
    const json english = json::parse(schedule_json(read.plan, answer, Language::english));
    const json chinese = json::parse(schedule_json(read.plan, answer, Language::chinese));
    const json& tasks = page["tasks"];
    EXPECT_EQ(tasks["id"], column(english["tasks"], "id"));
    EXPECT_EQ(tasks["name"], column(english["tasks"], "name"));
    EXPECT_EQ(tasks["kind"], column(english["tasks"], "kind"));
    EXPECT_EQ(tasks["total_float"], column(english["tasks"], "total_float"));
    EXPECT_EQ(tasks["free_float"], column(english["tasks"], "free_float"));
    EXPECT_EQ(page["answer"]["status"], english["status"]);
    EXPECT_EQ(shown(page["answer"]["finish"]), english["finish"]);
    EXPECT_EQ(shown(page["answer"]["bound"]), english["bound"]);
    EXPECT_EQ(page["answer"]["verified"], english["bound_verified"]);
    EXPECT_EQ(page["says"]["headline"], json({english["text"], chinese["text"]}));
    EXPECT_EQ(page["says"]["why_no_earlier"],
              json({english["proof"]["text"], chinese["proof"]["text"]}));
    for (std::size_t i = 0; i < english["tasks"].size(); ++i) {
      const json& task = english["tasks"][i];
      SCOPED_TRACE(task["id"]);
      const json& other_name = tasks["name_zh"][i];
      EXPECT_EQ(other_name.is_null() ? tasks["name"][i] : other_name, chinese["tasks"][i]["name"]);
      EXPECT_EQ(tasks["scheduled"][i] == 1, !task["start"].is_null());
      if (task["start"].is_null()) continue;
      EXPECT_EQ(shown(tasks["start"][i]), task["start"]);
      EXPECT_EQ(shown(tasks["finish"][i]), task["finish"]);
      EXPECT_EQ(shown_or_null(tasks["earliest_start"][i]), task["earliest_start"]);
      EXPECT_EQ(shown_or_null(tasks["latest_finish"][i]), task["latest_finish"]);
      EXPECT_EQ(shown_or_null(tasks["deadline"][i]), task.value("deadline", json()));
      EXPECT_EQ(tasks["critical"][i] == 1, task["critical"]);
      EXPECT_EQ(with_names(tasks["why"][i], page, false), task["why"]["text"]);
      EXPECT_EQ(with_names(tasks["why_zh"][i], page, true), chinese["tasks"][i]["why"]["text"]);
      EXPECT_EQ(tasks["why_kind"][i], task["why"]["kind"]);
      const int by = tasks["held_by"][i];
      if (task["why"].contains("by")) {
        EXPECT_EQ(tasks["id"][static_cast<std::size_t>(by)], task["why"]["by"]);
      }
      EXPECT_EQ(tasks["resources"][i].size(), 2 * task["resources"].size());
    }
    json chain = json::array();
    for (const std::size_t task : page["critical_chain"]) chain.push_back(tasks["id"][task]);
    EXPECT_EQ(chain, english["critical_chain"]);
    EXPECT_EQ(page["links"]["from"].size(), read.plan.links.size());
  }
}

/// The fields of an interface that `web/src/document.ts` declares; of a nested object only its name.
std::set<std::string> declared(const std::string& interface) {
  std::ifstream file(std::string(DIAODU_SOURCE_DIR) + "/web/src/document.ts");
  std::set<std::string> fields;
  bool is_inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "export interface " + interface + " {") is_inside = true;
    if (line == "}") is_inside = false;
    const std::size_t colon = line.find(':');
    const bool is_field = is_inside && colon != std::string::npos && colon > 2 &&
                          line.starts_with("  ") && std::isalpha(line[2]) != 0;
    if (is_field) fields.insert(line.substr(2, colon - 2));
  }
  return fields;
}

std::set<std::string> fields_of(const json& object) {
  std::set<std::string> fields;
  for (const auto& [name, value] : object.items()) fields.insert(name);
  return fields;
}

TEST(PageDocument, has_the_fields_that_the_page_is_told_of_and_the_documentation_names_them) {
  const Plan plan = make_plant();
  const json page = document(plan, answer(plan));
  EXPECT_EQ(fields_of(page), declared("PlanDocument"));
  EXPECT_EQ(fields_of(page["tasks"]), declared("TaskColumns"));
  EXPECT_EQ(fields_of(page["links"]), declared("LinkColumns"));
  EXPECT_EQ(fields_of(page["resources"][0]), declared("ResourceDocument"));
  EXPECT_EQ(fields_of(page["calendars"][0]), declared("CalendarDocument"));
  std::ifstream file(std::string(DIAODU_SOURCE_DIR) + "/docs/page_format.md");
  const std::string documentation{std::istreambuf_iterator<char>(file), {}};
  const auto judge = [&](const json& object) {
    for (const std::string& field : fields_of(object)) {
      EXPECT_NE(documentation.find('`' + field + '`'), std::string::npos) << field;
    }
  };
  for (const json& each :
       {page, page["plan"], page["answer"], page["says"], page["tasks"], page["links"],
        page["resources"][0], page["calendars"][0], page["milestones"][0], page["improvements"][0],
        page["divisions"], page["objectives"][0]}) {
    judge(each);
  }
}

/// That every column is as long as its table, and every reference one of a row that there is.
void judge_form(const json& page) {
  ASSERT_EQ(page["form"], "diaodu page 1");
  const bool is_scheduled = page["answer"]["scheduled"];
  const auto rows = [&](const char* count) {
    return is_scheduled ? page["plan"][count].get<std::size_t>() : 0;
  };
  const auto refers = [](const json& values, std::size_t size, int least) {
    for (const int value : values) {
      EXPECT_GE(value, least);
      EXPECT_LT(value, static_cast<int>(size));
    }
  };
  for (const auto& [name, values] : page["tasks"].items()) {
    EXPECT_EQ(values.size(), rows("num_tasks")) << name;
  }
  for (const auto& [name, values] : page["links"].items()) {
    EXPECT_EQ(values.size(), rows("num_links")) << name;
  }
  EXPECT_EQ(page["resources"].size(), rows("num_resources"));
  refers(page["tasks"]["parent"], rows("num_tasks"), -1);
  refers(page["tasks"]["held_by"], rows("num_tasks"), -1);
  refers(page["tasks"]["calendar"], page["calendars"].size(), 0);
  refers(page["links"]["from"], rows("num_tasks"), 0);
  refers(page["links"]["to"], rows("num_tasks"), 0);
  refers(page["critical_chain"], rows("num_tasks"), 0);
  EXPECT_LT(page["plan"]["calendar"].get<std::size_t>(), page["calendars"].size());
  const std::size_t num_divisions = page["divisions"]["from"].size();
  EXPECT_LE(num_divisions, static_cast<std::size_t>(kMostDivisions) + 2);
  for (const json& resource : page["resources"]) {
    EXPECT_EQ(resource["share"].size(), num_divisions);
    EXPECT_EQ(resource["load"].size() % 4, 0U);
    for (std::size_t i = 0; i + 4 < resource["load"].size(); i += 4) {
      EXPECT_LT(resource["load"][i], resource["load"][i + 1]);
      EXPECT_LE(resource["load"][i + 1], resource["load"][i + 4]);
    }
  }
  for (std::size_t i = 0; i < rows("num_tasks"); ++i) {
    EXPECT_LE(page["tasks"]["start"][i], page["tasks"]["finish"][i]);
    const double percent = page["tasks"]["percent"][i];
    EXPECT_TRUE(percent >= 0 && percent <= 100);
    EXPECT_TRUE(page["tasks"]["done"][i] == 0 || percent == 100);
    const json& resources = page["tasks"]["resources"][i];
    for (std::size_t j = 0; j < resources.size(); j += 2) {
      EXPECT_LT(resources[j].get<std::size_t>(), page["resources"].size());
    }
  }
}

/// A plan that can be carried out, drawn at random: links go from earlier rows to later ones.
formats::ReadPlan random_plan() {
  const auto number = [](int from, int below) { return *rc::gen::inRange(from, below); };
  const auto one_in = [&](int of) { return *rc::gen::resize(100, rc::gen::inRange(0, of)) == 0; };
  const int num_tasks = number(0, 12);
  const bool has_progress = one_in(3);
  std::string tasks = "id,name_zh,parent,duration,kind,predecessors,deadline,owner\n";
  std::string demands = "task,resource,amount\n";
  std::string progress = "task,actual_start,percent\n";
  for (int i = 0; i < num_tasks; ++i) {
    const std::string id = "T" + std::to_string(i);
    const bool is_milestone = one_in(5);
    tasks += id + (one_in(2) ? ",任务" + id : ",") + "," + (one_in(2) ? "S" : "") + "," +
             (is_milestone ? "0d,milestone" : std::to_string(number(1, 9)) + "d,") + ",";
    if (i > 0 && !one_in(3))
      tasks += "T" + std::to_string(number(0, i)) + (one_in(3) ? "SS+1d" : "");
    tasks += one_in(4) ? ",2024-03-20,Lin\n" : ",,\n";
    if (!is_milestone && !one_in(3)) demands += id + ",crew," + std::to_string(number(1, 3)) + "\n";
    if (!is_milestone && one_in(4)) demands += id + ",steel,2.5\n";
    if (has_progress && i == 0)
      progress += id + ",2024-03-01," + std::to_string(number(0, 99)) + "\n";
  }
  tasks += "S,汇总,,,summary,,,\n";
  Findings findings;
  std::vector<formats::Sheet> sheets;
  sheets.reserve(4);
  const std::string resources =
      "id,kind,capacity\ncrew,people,2\nsteel,material," + std::to_string(number(30, 90)) + "\n";
  sheets.push_back(formats::read_csv(tasks, "tasks.csv", "tasks", findings));
  sheets.push_back(formats::read_csv(resources, "resources.csv", "resources", findings));
  sheets.push_back(formats::read_csv(demands, "demands.csv", "demands", findings));
  if (has_progress && num_tasks > 0) {
    sheets.push_back(formats::read_csv(progress, "progress.csv", "progress", findings));
  }
  const std::string toml =
      "[plan]\nname = \"R\"\nstart = 2024-03-01\ntime_zone = \"Europe/Paris\"\n" +
      std::string(has_progress ? "data_date = 2024-03-06\n" : "");
  return formats::make_plan(formats::read_toml(toml, "plan.toml", findings), sheets, findings);
}

TEST(PageDocument, every_column_is_as_long_as_its_table_whatever_the_plan) {
  int num_scheduled = 0;
  holds(200, [&] {
    const formats::ReadPlan read = random_plan();
    if (read.findings.has_errors()) return;
    Baseline baseline;
    if (read.plan.tasks.size() > 1 && *rc::gen::arbitrary<bool>()) {
      for (std::size_t i = 0; i < read.plan.tasks.size(); ++i) {
        baseline.add(i % 3 == 2 ? kNever : read.plan.start + Elapsed{i * 700});
      }
    }
    const solve::Answer answer = solved(read, 50, baseline);
    num_scheduled += answer.has_schedule ? 1 : 0;
    judge_form(document(read.plan, answer));
    RC_ASSERT(!testing::Test::HasFailure());
  });
  EXPECT_GT(num_scheduled, 100);
}

TEST(PageDocument, odd_letters_and_plans_that_cannot_be_carried_out_make_a_document_of_findings) {
  holds(1'000, [] {
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    const Plan plan = RandomPlan(seed, 8).make();
    solve::Answer none;
    none.start = kEver;
    none.bound.finish = kEver;
    none.findings.add(found::unknown_table, {.file = "</script>.csv"}, {"\xFF", "tasks"});
    const json page = document(plan, none);
    judge_form(page);
    RC_ASSERT(page["findings"][0]["where"] == "</script>.csv");
    RC_ASSERT(!testing::Test::HasFailure());
  });
}

TEST(PageDocument, is_one_line_in_which_no_text_can_end_a_script) {
  std::string tasks = "id,name,name_zh,duration\n";
  tasks += "A,</script><script>alert(1)</script>,<!-- <script>,1d\n";
  tasks += "B,\"say \"\"so\"\" 😀\",\xE2\x80\xA8line\xE2\x80\xA9,1d\n";
  tasks += "C," + std::string(300, 'n') + ",\xE2\x80\xAEoverride,1d\n";
  const Plan plan = make_plan("[plan]\nname = \"<b>&\"\nstart = 2024-03-01\n", tasks);
  const std::string text = page_document(plan, answer(plan), {});
  for (const std::string_view forbidden : {"<", "\n", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden;
  }
  const json page = json::parse(text);
  EXPECT_EQ(page["plan"]["name"][0], "<b>&");
  EXPECT_EQ(page["tasks"]["name"][0], "</script><script>alert(1)</script>");
  EXPECT_EQ(page["tasks"]["name_zh"][0], "<!-- <script>");
  EXPECT_EQ(page["tasks"]["name"][1], "say \"so\" 😀");
  EXPECT_EQ(page["tasks"]["name_zh"][1], "\xE2\x80\xA8line\xE2\x80\xA9");
  EXPECT_EQ(page["tasks"]["name"][2], std::string(300, 'n'));
}

TEST(PageDocument, holds_no_blanks_between_its_values) {
  const Plan plan = make_benchmark();
  const std::string text = page_document(plan, answer(plan), {});
  EXPECT_EQ(text, json::parse(text).is_object() ? text : "");
  for (const std::string_view blank : {"\": ", ", \"", ", [", "[ "}) {
    EXPECT_EQ(text.find(blank), std::string::npos) << blank;
  }
}

// A is done, B half: 2 of its 4 days remain.  The summary has 2 + 4 days of work, of which 2 + 2 are done.
TEST(PageDocument, a_summary_is_done_by_the_work_of_its_tasks) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-03-04\ndata_date = 2024-03-08\n",
                "id,parent,duration,kind\nS,,,summary\nA,S,2d,\nB,S,4d,\nC,,1d,\n", {}, {},
                "task,actual_start,actual_finish,remaining\nA,2024-03-04 08:00,2024-03-05 17:00,\n"
                "B,2024-03-06 08:00,,2d\n");
  const json tasks = document(plan, answer(plan))["tasks"];
  EXPECT_EQ(tasks["percent"], json({66.7, 100, 50, 0}));
  EXPECT_EQ(tasks["done"], json({0, 1, 0, 0}));
  EXPECT_EQ(tasks["total_float"][1], json());
}

// The baseline has A, three days of work, on Thursday: it would have ended on Monday evening.
TEST(PageDocument, a_baseline_ends_where_the_present_work_would_have_ended) {
  const Plan plan = make_plan("[plan]\nstart = 2024-03-04\n", "id,duration\nA,3d\nB,1d\n");
  solve::Answer of_plan = answer(plan);
  const Instant thursday = plan.zone.to_instant(LocalTime::at(Date::from(2024, 3, 7), 8 * 60));
  of_plan.baseline.add(thursday);
  of_plan.baseline.add(kNever);
  const json page = document(plan, of_plan);
  EXPECT_EQ(shown(page["tasks"]["baseline_start"][0]), "2024-03-07 08:00");
  EXPECT_EQ(shown(page["tasks"]["baseline_finish"][0]), "2024-03-11 17:00");
  EXPECT_EQ(page["tasks"]["baseline_finish"][1], json());
  EXPECT_EQ(page["answer"]["moved"]["farthest"], -1);
}

// In Shanghai a day begins eight hours before it does in UTC: 08:00 there is minute 480 of the day.
TEST(PageDocument, times_are_those_of_the_plans_clocks) {
  const Plan plan = make_plan("[plan]\nstart = 1970-01-05\ntime_zone = \"Asia/Shanghai\"\n",
                              "id,duration\nA,1d\n");
  const json page = document(plan, answer(plan));
  EXPECT_EQ(page["tasks"]["start"][0], 4 * 1440 + 480);
  EXPECT_EQ(page["tasks"]["finish"][0], 4 * 1440 + 17 * 60);
  EXPECT_EQ(page["divisions"]["scale"], "day");
  EXPECT_EQ(page["divisions"]["from"], json({4 * 1440}));
  EXPECT_EQ(page["divisions"]["to"], 5 * 1440);
}

// The office works 480 minutes a day; steps of the axis 1, 2, 5 ...: 1,000 periods make 200 of 5.
TEST(PageDocument, a_benchmark_counts_periods_and_has_at_most_400_divisions) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-01-01\ntime = \"periods\"\ncalendar = \"24h\"\n",
                "id,duration\nA,1000min\n", "id,capacity\nR,2\n", "task,resource\nA,R\n");
  const json page = document(plan, answer(plan));
  EXPECT_EQ(page["plan"]["abstract"], true);
  EXPECT_EQ(page["tasks"]["finish"][0], 1000);
  EXPECT_EQ(page["divisions"]["scale"], "period");
  EXPECT_EQ(page["divisions"]["from"].size(), 200U);
  EXPECT_EQ(page["resources"][0]["share"][7], 50);
  EXPECT_EQ(page["resources"][0]["load"], json({0, 1000, 1, 2}));
  EXPECT_EQ(page["answer"]["near_critical"], 50);
}

TEST(PageDocument, what_is_used_up_is_told_by_amount_and_what_is_used_by_share) {
  const Plan plan = make_plan("[plan]\nstart = 2024-03-04\n", "id,duration\nA,1d\nB,1d\n",
                              "id,kind,capacity\ncrew,people,4\nsteel,material,9\ncars,machine,\n",
                              "task,resource,amount\nA,crew,1\nA,steel,2.5\nB,steel,2\nB,cars,7\n");
  const json resources = document(plan, answer(plan))["resources"];
  EXPECT_EQ(resources[0]["share"], json({25}));
  EXPECT_EQ(resources[0]["used_up"], json());
  EXPECT_EQ(resources[1]["used_up"], 4.5);
  EXPECT_EQ(resources[1]["load"], json::array());
  EXPECT_EQ(resources[1]["share"], json::array({nullptr}));
  EXPECT_EQ(resources[2]["unlimited"], true);
  EXPECT_EQ(resources[2]["share"], json::array({nullptr}));
  EXPECT_EQ(resources[2]["peak"], 7);
}

// 30 tasks a day for 400 days and two shifts a day on each of 30 machines: 24,000 stretches.
TEST(PageDocument, many_stretches_of_load_are_told_one_a_division) {
  std::string tasks = "id,duration\n";
  std::string resources = "id,kind,capacity\n";
  std::string demands = "task,resource\n";
  for (int i = 0; i < 30; ++i) {
    const std::string number = std::to_string(i);
    tasks += "T" + number + ",400d\n";
    resources += "R" + number + ",machine,2\n";
    demands += "T" + number + ",R" + number + "\n";
  }
  const Plan plan = make_plan("[plan]\nstart = 2024-01-01\n", tasks, resources, demands);
  const json page = document(plan, answer(plan));
  const json& resource = page["resources"][0];
  EXPECT_EQ(resource["exact"], false);
  EXPECT_EQ(page["divisions"]["scale"], "week");
  EXPECT_EQ(resource["load"].size(), 4 * page["divisions"]["from"].size());
  EXPECT_EQ(resource["load"][2], 1);
  EXPECT_EQ(resource["load"][3], 2);
}

TEST(PageDocument, a_date_has_the_name_of_its_exception_or_of_the_holiday) {
  const Plan plan = make_plan(
      "[plan]\nstart = 2024-04-01\ncalendar = \"site\"\n[calendars.site]\nbase = \"cn\"\n"
      "exceptions = [{ dates = \"2024-04-08\", hours = \"\", name = \"Survey\" }]\n",
      "id,duration\nA,9d\n");
  const CalendarRule& rule = plan.calendars[plan.calendar].rule;
  EXPECT_EQ(name_of_date(plan, rule, Date::from(2024, 4, 8)).en, "Survey");
  EXPECT_EQ(name_of_date(plan, rule, Date::from(2024, 4, 4)).zh, "清明节");
  EXPECT_EQ(name_of_date(plan, rule, Date::from(2024, 4, 10)).en, "");
}

TEST(PageDocument, errors_come_first_and_too_many_findings_are_counted) {
  solve::Answer none;
  none.start = kEver;
  for (std::size_t i = 0; i < kMostPageFindings; ++i) {
    none.findings.add(found::unknown_table, {}, {"x", "tasks"});
  }
  none.findings.add(found::unknown_resource, {.file = "demands.csv", .line = 3}, {"crain"});
  const json page = document(make_plant(), none);
  ASSERT_EQ(page["findings"].size(), kMostPageFindings);
  EXPECT_EQ(page["findings"][0]["severity"], "error");
  EXPECT_EQ(page["findings"][0]["where"], "demands.csv:3");
  EXPECT_EQ(page["num_findings_dropped"], 1);
  EXPECT_EQ(page["says"]["story"][0], "The plan has errors, so there are no dates. What is wrong:");
}

constexpr std::string_view kReadPage = R"(
import base64, hashlib, json, sys
from html.parser import HTMLParser

class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.texts, self.policy, self.others = [], {}, '', []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if attributes.get('http-equiv') == 'Content-Security-Policy': self.policy = attributes['content']
        if attributes.get('src') or attributes.get('href'): self.others.append(attributes)
        if tag in ('script', 'style', 'title', 'noscript'):
            self.stack.append(tag + ('#' + attributes['id'] if 'id' in attributes else ''))
            assert self.stack[-1] not in self.texts, self.stack[-1]
            self.texts[self.stack[-1]] = ''
    def handle_endtag(self, tag):
        if self.stack and self.stack[-1].split('#')[0] == tag: self.stack.pop()
    def handle_data(self, data):
        if self.stack: self.texts[self.stack[-1]] += data

page = Page()
page.feed(sys.stdin.read())
def policy_hash(tag): return "'sha256-" + base64.b64encode(hashlib.sha256(page.texts[tag].encode()).digest()).decode() + "'"
document = json.loads(page.texts['script#document'])
)";

std::string read_page(const Plan& plan, const solve::Answer& answer, const std::string& asks,
                      const PageOptions& options = {}) {
  return python(std::string(kReadPage) + asks, page(plan, answer, options));
}

TEST(Page, its_policy_names_its_script_and_style_and_nothing_comes_from_elsewhere) {
  const Plan plan = make_plant();
  EXPECT_EQ(read_page(plan, answer(plan),
                      "parts = dict(p.strip().split(' ', 1) for p in page.policy.split(';'))\n"
                      "assert parts['script-src'] == policy_hash('script'), page.policy\n"
                      "assert parts['style-src'] == policy_hash('style'), page.policy\n"
                      "assert parts['default-src'] == \"'none'\" and not page.others\n"
                      "assert len(page.texts['script']) > 100\n"
                      "print(page.texts['title'], document['by'], document['language'])\n",
                      {.language = Language::chinese, .by = "diaodu 9"}),
            "电池工厂二号厂房 diaodu 9 zh\n");
}

TEST(Page, no_name_ends_the_title_the_data_or_what_stands_without_a_script) {
  std::string tasks = "id,name,duration\nA,</script></noscript><script>alert(1)</script><!--,1d\n";
  const Plan plan = make_plan(
      "[plan]\nname = \"</title></noscript><script>alert(2)</script>\"\nstart = 2024-03-01\n",
      tasks);
  EXPECT_EQ(read_page(plan, answer(plan),
                      "print(sorted(page.texts))\nprint(page.texts['title'])\n"
                      "print(document['tasks']['name'][0])\n"),
            "['noscript', 'script', 'script#document', 'style', 'title']\n"
            "</title></noscript><script>alert(2)</script>\n"
            "</script></noscript><script>alert(1)</script><!--\n");
}

TEST(Page, the_same_plan_and_answer_give_the_same_bytes) {
  const Plan plan = make_plant();
  const PageOptions options{.language = Language::chinese, .watched = true, .by = "diaodu"};
  EXPECT_EQ(page(plan, answer(plan), options), page(plan, answer(plan), options));
}

TEST(Page, every_kind_of_plan_has_one) {
  const std::string start = "[plan]\nstart = 2024-03-01\n";
  const std::vector<std::pair<const char*, Plan>> plans = [&] {
    std::vector<std::pair<const char*, Plan>> all;
    all.emplace_back("no task", make_plan(start, "id,duration\n"));
    all.emplace_back("one task", make_plan(start, "id,duration\nA,3d\n"));
    all.emplace_back("a minute", make_plan(start, "id,duration\nA,1min\n"));
    all.emplace_back("a century", make_plan(start, "id,duration\nA,36500ed\nB,1d\n"));
    all.emplace_back("a milestone", make_plan(start, "id,duration,kind\nA,0d,milestone\n"));
    all.emplace_back("periods", make_benchmark());
    return all;
  }();
  for (const auto& [name, plan] : plans) {
    SCOPED_TRACE(name);
    judge_form(document(plan, answer(plan)));
    EXPECT_EQ(read_page(plan, answer(plan), "print(document['answer']['scheduled'])\n"), "True\n");
  }
  solve::Answer none;
  none.status = solve::Status::infeasible;
  none.bound.finish = kEver;
  judge_form(document(make_plant(), none));
  EXPECT_EQ(read_page(make_plant(), none,
                      "print(document['answer']['scheduled'], document['says']['headline'][0])\n"),
            "False No schedule exists\n");
}

}  // namespace
}  // namespace diaodu::report
