#include "diaodu/report/reason.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "diaodu/report/lag.h"
#include "diaodu/report/terminal.h"
#include "report/plant.h"

namespace diaodu::report {
namespace {

using solve::Answer;
using solve::Reason;

std::string why(const Plan& plan, const Answer& answer, std::string_view id,
                Language language = Language::english) {
  return why_line(plan, answer, find_task(plan, id), language);
}

TEST(Reason, a_line_names_what_holds_the_task) {
  const Plan plan = make_plant();
  const Answer of_plant = answer(plan);
  EXPECT_EQ(why(plan, of_plant, "A3"), "after 'Clear and level the site'");
  EXPECT_EQ(why(plan, of_plant, "A3", Language::chinese), "在“清理平整场地”之后");
  EXPECT_EQ(why(plan, of_plant, "B1"), "3 d after 'Excavate the foundation pit' begins");
  EXPECT_EQ(why(plan, of_plant, "B1", Language::chinese), "“基坑开挖”开始3天后");
  EXPECT_EQ(why(plan, of_plant, "A1"), "not before its date 2024-03-04 00:00");
  EXPECT_EQ(why(plan, of_plant, "C2"),
            "'Mobile crane' busy until 2024-05-09 17:00: 'Roof'; then no working time");
  EXPECT_EQ(why_brief(plan, of_plant, find_task(plan, "C2"), Language::english),
            "Mobile crane busy: B5");
  EXPECT_EQ(why_brief(plan, of_plant, find_task(plan, "B1"), Language::chinese), "A3 开始3天后");
}

TEST(Reason, beside_a_column_of_dates_a_date_need_not_be_told_again) {
  const Plan plan = make_plant();
  EXPECT_EQ(why_brief(plan, answer(plan), find_task(plan, "A1"), Language::english),
            "its own date");
}

TEST(Reason, every_link_type_with_lag_or_lead_is_told_in_plain_words) {
  const Plan plan =
      make_plan("[plan]\nstart = 2024-03-01\n",
                "id,duration,predecessors\n"
                "A,4d,\nB,4d,A\nC,4d,AFS-1d\nD,4d,ASS\nE,4d,AFF+2d\nF,4d,ASF\nG,4d,ASS+50%\n");
  const auto line = [&](std::size_t link, Language language) {
    return link_line(plan, LinkId{link}, plan.links[LinkId{link}].to, language);
  };
  EXPECT_EQ(line(0, Language::english), "after 'A'");
  EXPECT_EQ(line(1, Language::english), "1 d before 'A' ends");
  EXPECT_EQ(line(2, Language::english), "with 'A'");
  EXPECT_EQ(line(3, Language::english), "so as to end 2 d after 'A'");
  EXPECT_EQ(line(4, Language::english), "so as to end when 'A' begins");
  EXPECT_EQ(line(5, Language::english), "50 % after 'A' begins");
  EXPECT_EQ(line(3, Language::chinese), "在“A”完成2天后完成");
}

TEST(Reason, every_kind_has_words_in_both_languages) {
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  const TaskId task = find_task(plan, "B5");
  for (int kind = 0; kind <= static_cast<int>(Reason::Kind::left_out); ++kind) {
    of_plant.reasons[task] = {.kind = static_cast<Reason::Kind>(kind),
                              .link = LinkId{0},
                              .by = find_task(plan, "B4"),
                              .resource = ResourceId{0},
                              .tasks = {find_task(plan, "B4")},
                              .date = plan.start,
                              .waits_for_calendar = true};
    for (const Language language : {Language::english, Language::chinese}) {
      EXPECT_FALSE(why_line(plan, of_plant, task, language).empty()) << kind;
      EXPECT_FALSE(why_brief(plan, of_plant, task, language).empty()) << kind;
      EXPECT_FALSE(why_story(plan, of_plant, task, language).empty()) << kind;
    }
  }
}

TEST(Reason, the_story_goes_back_step_by_step_to_the_plans_start) {
  //  A1 → A2 → A3 ~ss~> B1 → B2 → B3 → B4 (steel) ⇒ B5 (crane) ⇒ C2 (fitters) ⇒ C4 → C5
  const Plan plan = make_plant();
  const Answer of_plant = answer(plan);
  std::string ids;
  for (const TaskId task : chain_back(of_plant, find_task(plan, "C5"))) {
    ids += plan.tasks[task].id.str() + ' ';
  }
  EXPECT_EQ(ids, "C5 C4 C2 B5 B4 B3 B2 B1 A3 A2 A1 ");
  const std::string story =
      why_story(plan, of_plant, find_task(plan, "C4"), Language::english, 100);
  EXPECT_NE(story.find("It needs 'Fitters', which 'Lift in the coating line' occupies until"),
            std::string::npos)
      << story;
  EXPECT_NE(story.find("Links and dates alone would allow Tue 2024-05-14 08:00."),
            std::string::npos)
      << story;
  EXPECT_NE(story.find("more of 'Fitters', or 'Lift in the coating line' done at another time"),
            std::string::npos)
      << story;
}

TEST(Reason, a_story_tells_what_a_delay_would_move) {
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  const TaskId task = find_task(plan, "C4");
  const auto told = [&](std::int64_t total, std::int64_t free) {
    of_plant.dates[task].has_float = true;
    of_plant.dates[task].is_critical = false;
    of_plant.dates[task].total_float = WorkTime{total};
    of_plant.dates[task].free_float = WorkTime{free};
    return why_story(plan, of_plant, task, Language::chinese, 200);
  };
  EXPECT_NE(told(960, 480).find("可推迟2天而不影响完工；推迟1天以内不影响任何其他任务。"),
            std::string::npos);
  EXPECT_NE(told(960, 0).find("可推迟2天而不影响完工，但任何延误都会影响其他任务。"),
            std::string::npos);
  EXPECT_NE(told(960, 960).find("可推迟2天而不影响完工，也不影响任何其他任务。"),
            std::string::npos);
}

TEST(Reason, a_story_that_runs_in_a_circle_still_ends) {
  const Plan plan = make_plant();
  Answer of_plant = answer(plan);
  const TaskId a = find_task(plan, "B4");
  const TaskId b = find_task(plan, "B5");
  of_plant.reasons[a] = {.kind = Reason::Kind::resource, .resource = ResourceId{0}, .tasks = {b}};
  of_plant.reasons[b] = {.kind = Reason::Kind::resource, .resource = ResourceId{0}, .tasks = {a}};
  EXPECT_EQ(chain_back(of_plant, a), (std::vector<TaskId>{a, b}));
}

TEST(Reason, no_line_of_a_story_is_wider_than_asked) {
  const Plan plan = make_plant();
  const Answer of_plant = answer(plan);
  for (const TaskId task : plan.tasks.ids()) {
    for (const Language language : {Language::english, Language::chinese}) {
      for (const int width : {40, 80}) {
        std::istringstream lines(why_story(plan, of_plant, task, language, width));
        for (std::string line; std::getline(lines, line);)
          EXPECT_LE(display_width(line), width) << line;
      }
    }
  }
}

TEST(Reason, without_a_schedule_there_is_nothing_to_explain) {
  const Plan plan = make_plant();
  const Answer none;
  EXPECT_EQ(why(plan, none, "A1"), "");
  EXPECT_NE(why_story(plan, none, find_task(plan, "A1"), Language::english).find("no schedule"),
            std::string::npos);
}

}  // namespace
}  // namespace diaodu::report
