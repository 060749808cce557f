#include "diaodu/report/json.h"

#include <gtest/gtest.h>

#include <cmath>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/report/schedule_json.h"
#include "report/plant.h"
#include "report/python.h"

namespace diaodu::report {
namespace {

TEST(Json, values_nest_and_plain_arrays_stay_on_one_line) {
  JsonWriter json;
  json.begin_object();
  json.key("ids").begin_array().text("a").text("b").end_array();
  json.key("rows").begin_array();
  json.begin_object().key("n").number(1).end_object();
  json.end_array();
  json.key("none").begin_array().end_array();
  json.end_object();
  EXPECT_EQ(json.take(),
            "{\n  \"ids\": [\"a\", \"b\"],\n  \"rows\": [\n    {\n      \"n\": 1\n    }\n  ],\n"
            "  \"none\": []\n}\n");
}

TEST(Json, letters_are_escaped_where_they_must_and_repaired_where_they_are_no_utf8) {
  JsonWriter json;
  json.text("a\"b\\c\n\t\x01 调度 \xFF");
  EXPECT_EQ(json.take(), "\"a\\\"b\\\\c\\n\\t\\u0001 调度 \xEF\xBF\xBD\"\n");
}

TEST(Json, numbers_need_no_locale_and_what_is_none_is_null) {
  JsonWriter json;
  json.begin_array().number(0.1).number(-3).number(1e300).number(std::nan("")).end_array();
  EXPECT_EQ(json.take(), "[0.1, -3, 1e+300, null]\n");
}

TEST(ScheduleJson, a_packing_has_its_weights_and_minutes) {
  const Plan plan = make_plant();
  solve::Answer of_plant = answer(plan);
  of_plant.bound = {.finish = of_plant.finish,
                    .kind = solve::LowerBound::Kind::packing,
                    .during = {plan.start, of_plant.finish},
                    .work = Effort{20 * 480 * 6},
                    .room = Effort{19 * 480 * 6},
                    .tasks = {find_task(plan, "B1"), find_task(plan, "B4")},
                    .weights = {6, 3},
                    .limit = 6};
  EXPECT_EQ(python("import json,sys\n"
                   "p = json.load(sys.stdin)['proof']\n"
                   "assert p['kind'] == 'packing' and 'resource' not in p\n"
                   "assert p['tasks'] == ['B1', 'B4'] and p['weights'] == [6, 3]\n"
                   "assert p['limit'] == 6 and p['work'] == 9600 and p['room'] == 9120\n"
                   "print('ok')\n",
                   schedule_json(plan, of_plant, Language::english)),
            "ok\n");
}

TEST(ScheduleJson, python_reads_every_field_back) {
  const Plan plan = make_plant();
  solve::Answer of_plant = answer(plan);
  of_plant.findings.add(found::unknown_table, {.file = "x.csv", .line = 3}, {"x", "tasks"});
  of_plant.float_paths = {{WorkTime{480}, {find_task(plan, "A1"), find_task(plan, "C1")}}};
  of_plant.bound_verdict = check::BoundVerdict::verified;
  EXPECT_EQ(
      python("import json,sys\n"
             "d = json.load(sys.stdin)\n"
             "t = {t['id']: t for t in d['tasks']}\n"
             "assert d['status'] == 'feasible' and d['finish'] == '2024-06-13 17:00'\n"
             "assert d['bound'] == '2024-06-12 17:00' and abs(d['gap'] - 1440/150780) < 1e-9\n"
             "assert d['bound_verified'] is True\n"
             "assert d['makespan'] == 150780 and d['proof']['kind'] == 'critical_path'\n"
             "assert len(t) == 20 and t['B']['kind'] == 'summary'\n"
             "assert t['C2']['why']['kind'] == 'resource' and t['C2']['why']['tasks'] == ['B5']\n"
             "assert t['C2']['resources'][1] == {'id': 'fit', 'amount': 4.0}\n"
             "assert t['A3']['why']['link'] == 'FS' and t['A3']['why']['by'] == 'A2'\n"
             "assert t['A4']['missed'] is False and t['A4']['deadline'] == '2024-03-23 00:00'\n"
             "assert t['C3']['total_float'] > 0 and not t['C3']['critical']\n"
             "assert t['C5']['name'].startswith('首千只')\n"
             "assert d['critical_chain'][0] == 'A1' and d['critical_chain'][-1] == 'C6'\n"
             "assert d['float_paths'] == [{'total_float': 480, 'tasks': ['A1', 'C1']}]\n"
             "assert d['findings'][0]['line'] == 3 and d['findings'][0]['column'] is None\n"
             "assert d['log'][0]['steps'] == 100 and d['seed'] == 7\n"
             "print('ok')\n",
             schedule_json(plan, of_plant, Language::chinese)),
      "ok\n");
}

TEST(ScheduleJson, a_completed_task_has_no_floats) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-03-01\ndata_date = 2024-03-06\n",
                "id,duration,predecessors\nA,3d,\nB,2d,A\n", {}, {},
                "task,actual_start,actual_finish\nA,2024-03-01 08:00,2024-03-05 17:00\n");
  EXPECT_EQ(python("import json,sys\n"
                   "a, b = json.load(sys.stdin)['tasks']\n"
                   "print(a['total_float'], a['free_float'], a['latest_finish'], a['start'], "
                   "b['total_float'])\n",
                   schedule_json(plan, answer(plan), Language::english)),
            "None None None 2024-03-01 08:00 0\n");
}

TEST(ScheduleJson, a_benchmark_counts_periods) {
  const Plan plan = make_benchmark();
  EXPECT_EQ(
      python("import json,sys\n"
             "d = json.load(sys.stdin)\n"
             "print(d['start'], d['finish'], d['makespan'], d['bound'], [t['start'] for t in "
             "d['tasks']])\n"
             "print([(s['seconds'], s['steps'], s['finish'], s['bound']) for s in d['log']])\n",
             schedule_json(plan, answer(plan), Language::english)),
      "0 14 14 11 [0, 4, 7, 12]\n[(0.01, 100, 14, 11)]\n");
}

TEST(ScheduleJson, without_a_schedule_dates_are_null_and_no_task_is_listed) {
  solve::Answer none;
  none.status = solve::Status::infeasible;
  EXPECT_EQ(
      python("import json,sys\n"
             "d = json.load(sys.stdin)\n"
             "print(d['status'], d['finish'], d['bound'], d['gap'], d['proof'], d['tasks'])\n",
             schedule_json(make_plant(), none, Language::english)),
      "infeasible None None None None []\n");
}

}  // namespace
}  // namespace diaodu::report
