#include <gtest/gtest.h>

#include <sstream>

#include "diaodu/report/gantt_rows.h"
#include "diaodu/report/gantt_svg.h"
#include "diaodu/report/gantt_text.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/xml.h"
#include "report/plant.h"
#include "report/python.h"
#include "support/text.h"

namespace diaodu::report {
namespace {

TEST(GanttText, no_line_is_wider_than_asked_in_either_language) {
  const Plan plan = make_plant();
  const solve::Answer of_plant = answer(plan);
  for (const Language language : kBoth) {
    for (const int width : {40, 60, 80, 133}) {
      for (const bool is_ascii : {false, true}) {
        const std::string chart = gantt_text(
            plan, of_plant, {.language = language, .width = width, .is_ascii = is_ascii});
        std::istringstream lines(chart);
        for (std::string line; std::getline(lines, line);)
          EXPECT_LE(display_width(line), width) << line;
      }
    }
  }
}

TEST(GanttText, bars_lie_under_their_dates) {
  // Two days of ten columns each: A on Monday, B on Tuesday, the milestone at the end of Tuesday.
  const Plan plan = make_plan("[plan]\nstart = 2024-03-04\n",
                              "id,name,duration,kind,predecessors\n"
                              "A,Dig,1d,,\nB,Pour,1d,,A\nC,Ready,0d,milestone,B\n");
  EXPECT_EQ(gantt_text(plan, answer(plan), {.width = 29}),
            "         │Mar 2024\n"
            "         4         5\n"
            "Dig         █████\n"
            "Pour                  █████\n"
            "Ready                     ◆\n"
            "█ critical   ▒ task   ◆ mile…\n");
}

TEST(GanttText, a_terminal_without_block_letters_gets_plain_ones) {
  const Plan plan = make_plant();
  const std::string chart = gantt_text(plan, answer(plan), {.is_ascii = true});
  for (const std::string_view letter : {"█", "▒", "◆", "┌", "│"})
    EXPECT_FALSE(contains(chart, letter));
  EXPECT_TRUE(contains(chart, "#####"));
}

TEST(GanttText, where_rows_are_few_the_upper_levels_of_the_outline_are_shown) {
  const Plan plan = make_plant();
  const GanttRows chosen = gantt_rows(plan, answer(plan), 8);
  EXPECT_EQ(chosen.rows.size(), 3U);  // Site, Hall, Fitting out
  EXPECT_EQ(chosen.num_left_out, 17U);
  EXPECT_TRUE(contains(gantt_text(plan, answer(plan), {.max_rows = 8}), "… and 17 more"));
  EXPECT_EQ(gantt_rows(plan, answer(plan), 2).rows.size(), 2U);
}

TEST(GanttText, without_a_schedule_there_is_no_chart) {
  EXPECT_EQ(gantt_text(make_plant(), solve::Answer{}), "");
}

/// What an independent XML reader finds: elements by name and class, and the texts.
constexpr const char* kReadSvg =
    "import sys, xml.etree.ElementTree as E\n"
    "root = E.fromstring(sys.stdin.buffer.read())\n"
    "n = '{http://www.w3.org/2000/svg}'\n"
    "assert root.tag == n + 'svg'\n"
    "def count(tag, c): return sum(1 for e in root.iter(n + tag) if e.get('class') == c)\n"
    "texts = [e.text for e in root.iter(n + 'text')]\n"
    "titles = [e.text for e in root.iter(n + 'title')]\n";

TEST(GanttSvg, it_is_well_formed_and_has_a_mark_for_every_task) {
  const Plan plan = make_plant();
  const solve::Answer of_plant = answer(plan);
  for (const Language language : kBoth) {
    // 20 tasks: 3 summaries, 4 milestones, 13 bars; 10 of the chain of 12 are bars, 2 are
    // milestones.
    EXPECT_EQ(python(kReadSvg + std::string("print(count('path', 'sumbar'),"
                                            " count('path', 'mile') + count('path', 'mile c') - 1,"
                                            " count('rect', 'bar c') - 1, count('rect', 'bar') - 1,"
                                            " count('path', 'link w c'), len(titles))\n"),
                     gantt_svg(plan, of_plant, {.language = language})),
              "3 4 10 3 3 24\n");
  }
}

TEST(GanttSvg, names_with_letters_that_xml_reserves_survive) {
  const Plan plan = make_plant();
  EXPECT_EQ(python(kReadSvg + std::string("print('Façade & windows <east>' in texts)\n"),
                   gantt_svg(plan, answer(plan))),
            "True\n");
  EXPECT_EQ(xml_text("a<b>&\"c\"\x01\xFF"), "a&lt;b&gt;&amp;&quot;c&quot;\xEF\xBF\xBD");
}

TEST(GanttSvg, nothing_is_drawn_beside_the_picture) {
  const Plan plan = make_plant();
  EXPECT_EQ(python(kReadSvg +
                       std::string("w, h = float(root.get('width')), float(root.get('height'))\n"
                                   "for e in root.iter(n + 'rect'):\n"
                                   "  if e.get('x') is None: continue\n"
                                   "  x, y = float(e.get('x')), float(e.get('y'))\n"
                                   "  assert 0 <= x and x + float(e.get('width')) <= w, e.attrib\n"
                                   "  assert 0 <= y and y + float(e.get('height')) <= h, e.attrib\n"
                                   "  assert float(e.get('width')) > 0, e.attrib\n"
                                   "print(w, h > 20 * 26)\n"),
                   gantt_svg(plan, answer(plan))),
            "1280.0 True\n");
}

TEST(GanttSvg, the_same_answer_gives_the_same_bytes) {
  const Plan plan = make_plant();
  EXPECT_EQ(gantt_svg(plan, answer(plan)), gantt_svg(plan, answer(plan)));
}

TEST(GanttSvg, a_plan_under_way_shows_what_is_done_and_the_data_date) {
  const Plan plan =
      make_plan("[plan]\nname = \"Hall\"\nstart = 2024-03-01\ndata_date = 2024-03-13\n",
                "id,duration,predecessors,deadline\nA,5d,,\nB,10d,A,2024-03-20\n", {}, {},
                "task,actual_start,actual_finish,percent\n"
                "A,2024-03-01 08:00,2024-03-07 17:00,\nB,2024-03-08 08:00,,20%\n");
  const std::string picture = gantt_svg(plan, answer(plan));
  for (const std::string_view part : {"class=\"bar d\"", "class=\"part\"", "class=\"now\"",
                                      "data date 12 Mar",  // at its end
                                      "class=\"dead x\""}) {
    EXPECT_TRUE(contains(picture, part)) << part;
  }
}

TEST(GanttSvg, a_benchmark_shows_periods_and_no_schedule_shows_why) {
  const Plan plan = make_benchmark();
  EXPECT_EQ(python(kReadSvg + std::string("print('13' in texts, '2024' in ''.join(texts))\n"),
                   gantt_svg(plan, answer(plan))),
            "True False\n");
  solve::Answer none;
  none.status = solve::Status::infeasible;
  EXPECT_EQ(python(kReadSvg + std::string("print(texts)\n"), gantt_svg(plan, none)),
            "['j4', 'No schedule exists']\n");
}

}  // namespace
}  // namespace diaodu::report
