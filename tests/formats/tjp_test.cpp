#include "diaodu/formats/tjp.h"

#include "diaodu/formats/plan_file.h"
#include "diaodu/formats/tjp_text.h"
#include "support/temporary.h"
#include "support/tjp.h"

namespace diaodu::formats {
namespace {

// Facts of TaskJuggler's own tests, written anew: its Optimize files, and its diagnostics.  `tjp_schedule_test` has the
// dates.

/// The plan finishes by then, which is when TaskJuggler's own schedule does.
void expect_by(const std::string& text, std::string_view finish) {
  expect_no_later(text, {{"", "", finish}});
}

TEST(Tjp, where_taskjuggler_optimises_diaodu_finishes_no_later) {
  const std::string head =
      "project x \"X\" 2000-01-01-0:00 +2m\nresource tux1 \"1\" resource tux2 \"2\" resource tux3 "
      "\"3\"\n";
  expect_by(head +
                "task t1 \"1\" { effort 2d allocate tux1 { alternative tux2 persistent } }\ntask "
                "t2 \"2\" { effort 4d allocate tux1 }\n",
            "2000-01-06 17:00");
  expect_by(head +
                "task t1 \"1\" { effort 10d allocate tux2 { alternative tux1 persistent } }\ntask "
                "t2 \"2\" { effort 4d allocate tux2 }\ntask t3 \"3\" { depends !t2 effort 10d "
                "allocate tux2 }\n",
            "2000-01-20 17:00");
  expect_by(head +
                "task t1 \"1\" { start 2000-01-04 effort 5d allocate tux1 }\ntask t2 \"2\" { start "
                "2000-01-10 effort 5d allocate tux1 }\ntask t3 \"3\" { start 2000-01-02 effort 4d "
                "allocate tux1 { alternative tux2 persistent } }\n",
            "2000-01-17 17:00");
  expect_by(head +
                "task t1 \"1\" { effort 5d allocate tux1 }\ntask t2 \"2\" { effort 6d allocate "
                "tux1 }\ntask t3 \"3\" { depends !t1 effort 10d allocate tux1, tux2 }\n",
            "2000-01-24 17:00");
  expect_by(head +
                "task t0 \"0\" { effort 5d allocate tux1 { alternative tux3 } }\ntask t1 \"1\" { "
                "effort 5d allocate tux1 }\ntask t2 \"2\" { effort 5d allocate tux2 }\ntask t3 "
                "\"3\" { depends !t1, !t2 effort 4d allocate tux1, tux2 }\ntask t4 \"4\" { depends "
                "!t3 effort 5d allocate tux1 }\ntask t5 \"5\" { depends !t3 effort 10d allocate "
                "tux2 }\ntask t6 \"6\" { effort 5d allocate tux1 }\n",
            "2000-01-25 17:00");
}

struct Wrong {
  std::string_view text;
  std::string_view expected;  ///< a finding of the reader, or of the schedule
};

TEST(Tjp, what_is_wrong_is_told) {
  const std::string head = "project x \"X\" 2000-01-01 - 2000-03-01\n";
  const std::string people = "resource r \"R\" resource s \"S\" { vacation 2000-01-05 } ";
  for (const Wrong& wrong : std::vector<Wrong>{
           {"task a \"A\" { depends a duration 1d }", "link_to_itself"},
           {"task a \"A\" { depends b duration 1d } task b \"B\" { depends a duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { depends b duration 1d } task b \"B\" { depends c } task c \"C\" { "
            "depends a }",
            "circle_of_links"},
           {"task a \"A\" { precedes b duration 1d } task b \"B\" { precedes a }",
            "circle_of_links"},
           {"task a \"A\" { precedes b duration 1d } task b \"B\" { precedes c } task c \"C\" { "
            "precedes a }",
            "circle_of_links"},
           {"task a \"A\" { depends b task c \"C\" { duration 1d } } task b \"B\" { depends a.c "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { task c \"C\" { duration 1d depends b } } task b \"B\" { depends a "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { task c \"C\" { duration 1d precedes b } } task b \"B\" { precedes a "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { depends b { onstart gaplength 1d } duration 1d } task b \"B\" { "
            "depends a { onstart gaplength 1d } duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { precedes b { onend gaplength 1d } duration 1d } task b \"B\" { "
            "precedes a { onend gaplength 1d } duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { task b \"B\" { depends a duration 1d } }", "link_to_ancestor"},
           {"task a \"A\" { depends a.b task b \"B\" { duration 1d } }", "link_to_ancestor"},
           {"task a \"A\" { depends nobody duration 1d }", "unknown_task"},
           {"task a \"A\" { precedes nobody duration 1d }", "unknown_task"},
           {"task a \"A\" { duration 1d } task b \"B\" { depends a, a duration 1d }",
            "repeated_link"},
           {"task a \"A\" { start 2000-01-05 end 2000-01-08 duration 3d }", "tjp_contradiction"},
           {"task a \"A\" { start 2000-01-05 end 2000-01-08 length 3d }", "tjp_contradiction"},
           {"task a \"A\" { start 2000-01-05 end 2000-01-08 effort 3d allocate r }",
            "tjp_contradiction"},
           {"task a \"A\" { duration 3d length 3d }", "tjp_contradiction"},
           {"task a \"A\" { duration 3d duration 4d }", "tjp_contradiction"},
           {"task a \"A\" { milestone duration 3d }", "tjp_contradiction"},
           {"task a \"A\" { milestone start 2000-01-05 end 2000-01-06 }", "tjp_contradiction"},
           {"task a \"A\" { milestone booking r 2000-01-05 +8h }", "tjp_contradiction"},
           {"task a \"A\" { duration 3d task b \"B\" { duration 1d } }", "tjp_contradiction"},
           {"task a \"A\" { milestone task b \"B\" { duration 1d } }", "tjp_contradiction"},
           {"task a \"A\" { booking r 2000-01-05-9:00 +8h { sloppy 1 } task b \"B\" { duration 1d "
            "} }",
            "tjp_contradiction"},
           {"task a \"A\" { effort 3d }", "tjp_contradiction"},
           {"task a \"A\" { effort 0d allocate r }", "tjp_contradiction"},
           {"task a \"A\" { start 2000-01-08 end 2000-01-05 }", "tjp_contradiction"},
           {"task a \"A\" { start 1999-12-08 duration 1d }", "tjp_contradiction"},
           {"task a \"A\" { effort 3d allocate nobody }", "unknown_resource"},
           {"task a \"A\" { effort 3d allocate r booking nobody 2000-01-05 +8h }",
            "unknown_resource"},
           {"task a \"A\" { effort 3d allocate s booking s 2000-01-05-9:00 +8h }",
            "tjp_contradiction"},
           {"task a \"A\" { effort 3d allocate r booking r 2000-01-08-9:00 +8h }",
            "tjp_contradiction"},
           {"task a \"A\" { effort 3d allocate r booking r 2000-01-05-9:00 +8h } task b \"B\" { "
            "effort 3d allocate r booking r 2000-01-05-10:00 +3h }",
            "tjp_contradiction"},
           {"task a \"A\" { duration 10d } task b \"B\" { start 2000-01-05 duration 1d depends a }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d } task b \"B\" { start 2000-01-11 duration 1d depends a { "
            "gapduration 5d } }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d } task b \"B\" { start 2000-01-11 duration 1d depends a { "
            "gaplength 5d } }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d } task b \"B\" { end 2000-01-08 duration 1d depends a }",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d maxend 2000-01-05 }", "deadline_missed"},
           {"task a \"A\" { duration 1d } task a \"A\" { duration 2d }", "duplicate_id"},
           {"", "no_tasks"},
           {"task a \"A\" { start soon }", "tjp_syntax"},
           {"task a \"A\" { duration 3 }", "tjp_syntax"},
           {"task a \"A\" { duration 3d", "tjp_syntax"},
           {"task a \"A\" { ${nothing} duration 1d }", "tjp_unknown_macro"},
           {"macro m [ ${m} ] task a \"A\" { ${m} duration 1d }", "tjp_deep_macro"},
           {"resource t \"T\" { shifts none 2000-01-05 +1d } task a \"A\" { duration 1d }",
            "unknown_shift"}}) {
    const ReadPlan read = read_tjp(head + people + "\n" + std::string(wrong.text), "p.tjp");
    Findings all = read.findings;
    if (!read.findings.has_errors()) all.append(answer_of(read).findings);
    std::string codes;
    for (const std::string& line : found_in(all)) codes += line + '\n';
    EXPECT_NE(codes.find(std::string(wrong.expected) + '\n'), std::string::npos)
        << wrong.text << "\ngives\n"
        << words_of(all);
  }
}

TEST(Tjp, findings_name_the_place_in_the_file_and_the_call_of_a_macro) {
  const ReadPlan read = read_tjp(
      "project x \"X\" 2000-01-01 +1m\n# a comment\nmacro bad [ depends nobody ]\ntask a \"A\" {\n "
      " duration 1d\n  ${bad}\n}\ntask b \"B\" { duration 1d  depends nobody }\n",
      "p.tjp");
  EXPECT_EQ(found_in(read.findings),
            (std::vector<std::string>{"p.tjp:6:3 unknown_task", "p.tjp:8:35 unknown_task"}));
}

TEST(Tjp, what_has_no_place_in_a_plan_is_told_once_and_skipped_with_its_block) {
  const ReadPlan read = read_tjp(
      "project x \"X\" 2000-01-01 +1m { timeformat \"%Y\" }\nflags red, blue\ntask a \"A\" { "
      "duration 1d flags red }\ntask b \"B\" { duration 1d flags blue\n plan:priority 700\n "
      "other:priority 1 }\ntaskreport r \"R\" {\n  columns name { title \"N\" }, start\n}\n",
      "p.tjp");
  EXPECT_FALSE(read.findings.has_errors()) << words_of(read.findings);
  EXPECT_EQ(count_of(read.findings, found::tjp_not_read),
            4U);  // timeformat, flags, other, taskreport
  EXPECT_EQ(read.plan.tasks[TaskId{1}].priority, 700);
}

TEST(Tjp, macros_that_call_each_other_a_thousand_million_times_end) {
  std::string text = "project x \"X\" 2000-01-01 +1m\nmacro m0 []\n";
  for (int i = 1; i < 15; ++i) {
    const std::string inner = "${m" + std::to_string(i - 1) + "}";
    text += "macro m" + std::to_string(i) + " [ ";
    for (int k = 0; k < 10; ++k) text += inner;
    text += " ]\n";
  }
  Findings findings;
  const TjpText expanded(text + "${m14}", "p.tjp", {}, findings);
  EXPECT_TRUE(has(findings, found::file_too_large));
  EXPECT_LE(expanded.text().size(), TjpText::kMost + 1);
}

TEST(Tjp, it_is_known_by_its_content) {
  EXPECT_TRUE(looks_like_tjp("/* x */\n# y\nproject \"P\" 2000-01-01 +1m\n"));
  EXPECT_FALSE(looks_like_tjp("project management is hard\n"));
  const TemporaryFolder folder;
  const auto path =
      folder.write("plan.txt", "project \"P\" 2000-01-01 +1m\ntask a \"A\" { duration 1d }\n");
  EXPECT_EQ(recognise(path), FileFormat::tjp);
  EXPECT_EQ(read_plan(path).plan.tasks.size(), 1U);
}

}  // namespace
}  // namespace diaodu::formats
