#include "diaodu/report/pdf.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "diaodu/report/gantt_svg.h"
#include "report/plant.h"
#include "support/text.h"

namespace diaodu::report {
namespace {

Plan many_tasks(int number) {
  std::string tasks = "id,name,duration,predecessors\n";
  for (int i = 0; i < number; ++i) {
    const std::string id = "T" + std::to_string(i);
    tasks += id + ",Task " + id + ".,2d," + (i > 0 ? "T" + std::to_string(i - 1) : "") + "\n";
  }
  return make_plan("[plan]\nname = \"Many\"\nstart = 2024-03-01\n", tasks);
}

std::string num_pages(const std::string& pdf) {
  const std::string key = "/Count ";
  const std::size_t at = pdf.find(key);
  if (at == std::string::npos) return "none";
  const std::size_t from = at + key.size();
  return pdf.substr(from, pdf.find_first_not_of("0123456789", from) - from);
}

TEST(Pdf, a_small_plan_takes_one_sheet_of_a4_across) {
  const Plan plan = make_plant();
  const std::string pdf = gantt_pdf(plan, answer(plan), Language::english);
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_EQ(num_pages(pdf), "1");
  EXPECT_TRUE(contains(pdf, "842 595"));
}

// A sheet of A3 has room for 43 rows, one of A4 for 28: 100 rows want four small sheets or three large ones.
TEST(Pdf, a_long_plan_takes_large_sheets) {
  const Plan plan = many_tasks(100);
  const std::string pdf = gantt_pdf(plan, answer(plan), Language::english);
  EXPECT_EQ(num_pages(pdf), "3");
  EXPECT_TRUE(contains(pdf, "1191 842"));
}

TEST(Pdf, the_same_plan_and_answer_give_the_same_bytes_and_no_plan_is_too_small) {
  const Plan plan = make_plant();
  EXPECT_EQ(gantt_pdf(plan, answer(plan), Language::chinese),
            gantt_pdf(plan, answer(plan), Language::chinese));
  EXPECT_FALSE(contains(gantt_pdf(plan, answer(plan), Language::chinese), "(D:202411"));
  const Plan empty = make_plan("[plan]\nstart = 2024-03-01\n", "id,duration\n");
  EXPECT_EQ(num_pages(gantt_pdf(empty, answer(empty), Language::english)), "1");
  EXPECT_EQ(num_pages(gantt_pdf(plan, solve::Answer{}, Language::english)), "1");
}

TEST(GanttPages, each_row_is_on_one_page_and_each_page_has_title_axis_and_number) {
  const Plan plan = many_tasks(30);
  const solve::Answer of_plan = answer(plan);
  const int height = 92 + 44 + 28 + 13 * 26;
  const std::size_t room = gantt_rows_in(height);
  EXPECT_EQ(room, 13U);
  for (int number = 1; number <= 3; ++number) {
    const auto first = static_cast<std::size_t>(number - 1) * room;
    const std::string picture = gantt_svg(
        plan, of_plan,
        {.page = GanttPage{
             .first_row = first, .num_rows = room, .number = number, .of = 3, .height = height}});
    EXPECT_TRUE(contains(picture, ">Many</text>"));
    EXPECT_TRUE(contains(picture, ">critical</text>"));
    EXPECT_TRUE(contains(picture, ">Mar 2024</text>"));
    EXPECT_TRUE(contains(picture, '>' + std::to_string(number) + " / 3</text>"));
    for (std::size_t row = 0; row < 30; ++row) {
      const std::string name = ">Task T" + std::to_string(row) + ".</text>";
      EXPECT_EQ(contains(picture, name), row / room + 1 == static_cast<std::size_t>(number))
          << name;
    }
  }
}

// The slow twin makes the chart anew for each page.  Links and waits of the plant cross from one page to another.
TEST(GanttPages, made_one_after_the_other_are_what_each_is_alone) {
  const Plan plan = make_plant();
  const solve::Answer of_plant = answer(plan);
  std::vector<GanttPage> pages;
  for (int number = 1; number <= 4; ++number) {
    pages.push_back({.first_row = static_cast<std::size_t>(number - 1) * 6,
                     .num_rows = 6,
                     .number = number,
                     .of = 4,
                     .height = 400});
  }
  std::vector<std::string> made;
  gantt_pages(plan, of_plant, {}, pages, [&](const std::string& svg) { made.push_back(svg); });
  ASSERT_EQ(made.size(), pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i)
    EXPECT_EQ(made[i], gantt_svg(plan, of_plant, {.page = pages[i]}));
}

}  // namespace
}  // namespace diaodu::report
