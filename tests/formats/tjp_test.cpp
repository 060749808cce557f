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
           // Circles that take no time have no dates there either.
           {"task a \"A\" { depends b { onstart } duration 1d } task b \"B\" { depends a { onstart "
            "} "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { precedes b { onend } duration 1d } task b \"B\" { precedes a { onend } "
            "duration 1d }",
            "circle_of_links"},
           {"task a \"A\" { milestone depends c } task b \"B\" { milestone depends a } task c "
            "\"C\" { "
            "milestone depends b }",
            "circle_of_links"},
           {"task a \"A\" { task s \"S\" { length 1d depends !!c.s } } task b \"B\" { depends !a "
            "task s "
            "\"S\" { length 1d } } task c \"C\" { task s \"S\" { length 1d depends !!b } }",
            "circle_of_links"},
           {"task a \"A\" { task s \"S\" { length 1d precedes !!c.s } } task b \"B\" { precedes !a "
            "task s "
            "\"S\" { length 1d } } task c \"C\" { task s \"S\" { length 1d precedes !!b } }",
            "circle_of_links"},
           {"task a \"A\" { task x \"X\" { task s \"S\" { length 1d depends !!y } task t \"T\" { "
            "length 1d "
            "depends !s } } task y \"Y\" { task s \"S\" { length 1d } task t \"T\" { length 1d "
            "depends "
            "!!x.t } } }",
            "circle_of_links"},
           {"task a \"A\" { depends m task s \"S\" { precedes m length 1d } } task m \"M\" { "
            "milestone }",
            "circle_of_links"},
           {"task a \"A\" { precedes m task s \"S\" { depends m length 1d } } task m \"M\" { "
            "milestone }",
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
           {"task a \"A\" { end 2000-01-20 duration 10d } task b \"B\" { precedes a start "
            "2000-01-15 }",
            "too_late_for_constraint"},
           {"task a \"A\" { end 2000-01-20 duration 10d } task b \"B\" { precedes a start "
            "2000-01-04 "
            "duration 8d }",
            "too_late_for_constraint"},
           {"task a \"A\" { start 2000-01-10 duration 2w } task b \"B\" { depends a end 2000-01-15 "
            "}",
            "too_late_for_constraint"},
           {"task a \"A\" { duration 10d maxend 2000-01-05 }", "deadline_missed"},
           {"task a \"A\" { start 2000-01-05 maxstart 2000-01-04 }", "deadline_missed"},
           {"task b \"B\" { duration 3d } task a \"A\" { depends b duration 2d maxstart 2000-01-02 "
            "}",
            "deadline_missed"},
           {"task a \"A\" { start 2000-01-05 minstart 2000-01-06 }", "not_kept"},
           {"task a \"A\" { end 2000-01-05 minend 2000-01-06 }", "not_kept"},
           {"task a \"A\" { allocate r effort 1d booking r 2000-01-05-9:00 +8h, 2000-01-06-9:00 "
            "+1h }",
            "tjp_contradiction"},
           {"task a \"A\" { allocate r length 1d booking r 2000-01-05-9:00 +8h, 2000-01-06-9:00 "
            "+1h }",
            "tjp_contradiction"},
           {"task a \"A\" { allocate r duration 1d booking r 2000-01-05-9:00 +8h, 2000-01-06-9:00 "
            "+1h "
            "}",
            "tjp_contradiction"},
           {"task a \"A\" { allocate r length 2d booking r 2000-01-05-9:00 +8h }", "not_kept"},
           {"task a \"A\" { end ${projectend} effort 10d allocate r booking r 2000-01-05-10:00 +2h "
            "}",
            "tjp_contradiction"},
           {"task a \"A\" { start ${projectstart} length 2d scheduled }", "tjp_contradiction"},
           {"task a \"A\" { limits { weeklymax 60h } task b \"B\" { effort 5d allocate r } task c "
            "\"C\" { "
            "effort 5d allocate s } }",
            "not_kept"},
           {"resource q \"Q\" { workinghours fri off } task a \"A\" { effort 5d allocate q, r } "
            "task b \"B\" { "
            "depends a { onstart } duration 1d }",
            "not_kept"},
           {"resource g \"G\" { limits { dailymax 4h } resource h \"H\" } task a \"A\" { effort 5d "
            "allocate h }",
            "not_kept"},
           {"task a \"A\" { effort 5d allocate r { alternative s } limits { dailymax 4h } }",
            "not_kept"},
           {"task a \"A\" { depends b start 2000-01-05 precedes c } task b \"B\" { duration 1d } "
            "task c "
            "\"C\" { duration 1d }",
            "not_kept"},
           {"task a \"A\" { duration 1d } task a \"A\" { duration 2d }", "duplicate_id"},
           {"", "no_tasks"},
           {"task a \"A\" { start soon }", "tjp_syntax"},
           {"task a \"A\" { duration 3 }", "tjp_syntax"},
           {"task a \"A\" { duration 3d", "tjp_syntax"},
           {"task a \"A\" { ${nothing} duration 1d }", "tjp_unknown_macro"},
           {"macro m duration 1d\ntask a \"A\" { duration 1d }", "tjp_bad_macro"},
           {"macro m [ duration 1d task a \"A\" { duration 1d }", "tjp_bad_macro"},
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

TEST(Tjp, what_it_computes_in_two_directions_has_dates_here) {
  // From the first milestone forward to the second, and from that back to the first: a loop to TaskJuggler, which
  // computes each date from one other; no link of these waits for itself.
  const std::string head = "project \"Loop\" 2000-01-01 - 2000-01-08\n";
  expect_facts(head + R"(
task m1 "M1" { start 2000-01-01 scheduling asap milestone }
task a1 "A1" { depends m1 length 1d }
task b1 "B1" { length 1d depends a1 precedes m2 { onend } scheduling asap }
task a2 "A2" { precedes b2 depends m1 { onstart } scheduling alap }
task b2 "B2" { precedes m2 length 1d }
task m2 "M2" { scheduling alap milestone }
)",
               {{"m1", "2000-01-01", "2000-01-01"},
                {"a1", "2000-01-03 09:00", "2000-01-03 17:00"},
                {"b1", "2000-01-04 09:00", "2000-01-04 17:00"},
                {"m2", "2000-01-08", "2000-01-08"}});
}

TEST(Tjp, bookings_choose_among_alternatives) {
  // s began; 24 of the 40 hours remain to him, from Thursday the 6th to Monday the 10th.
  expect_facts(R"(project "P" 2000-01-01 +1m { now 2000-01-06 }
resource r "R" resource s "S"
task t "T" { effort 5d allocate r { alternative s } booking s 2000-01-04-9:00 +8h, 2000-01-05-9:00 +8h }
)",
               {{"t", "2000-01-04 09:00", "2000-01-10 17:00"}});
}

TEST(Tjp, of_several_scenarios_it_tells_which_is_read_and_that_there_is_no_other) {
  const std::string_view text =
      "project \"P\" 2000-01-01 +1m { scenario s1 \"1\" { scenario s2 \"2\" } }\ntask t \"T\" { "
      "duration "
      "1d s2:duration 2d }\n";
  const ReadPlan first = read_tjp(text, "p.tjp");
  EXPECT_NE(words_of(first.findings).find("of the scenarios s1, s2, s1 is read"), std::string::npos)
      << words_of(first.findings);
  expect_facts(first, {{"t", "2000-01-01", "2000-01-02"}});
  expect_facts(text, {{"t", "2000-01-01", "2000-01-03"}}, "s2");
  EXPECT_TRUE(has(read_tjp(text, "p.tjp", "s3").findings, found::tjp_contradiction));
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

TEST(Tjp, macros_in_arguments_of_macros_end) {
  const std::string inner = "${f \"${f \"" + std::string(200, 'x') + "\"} ${1}\"} ";
  Findings findings;
  const TjpText expanded("macro f [ " + inner + inner + inner + "]\n${f \"y\"}", "p.tjp", {},
                         findings);
  EXPECT_TRUE(has(findings, found::file_too_large));
}

TEST(Tjp, a_hundred_years_of_limits_for_many_are_more_than_is_looked_at) {
  const auto read = [](int num_resources) {
    std::string text = "project x \"X\" 1950-01-01 +100y\n";
    std::string limits;
    for (int i = 0; i < 9; ++i) limits += "dailymax 1h ";
    for (int i = 0; i < num_resources; ++i)
      text += "resource r" + std::to_string(i) + " \"R\" { limits { " + limits + "} }\n";
    return count_of(read_tjp(text + "task a \"A\" { duration 1d }\n", "p.tjp").findings,
                    found::too_many);
  };
  // Twenty thousand days of each, and as many of each of its limits.
  EXPECT_EQ(read(3), 0U);
  EXPECT_EQ(read(20), 1U);
}

TEST(Tjp, more_shifts_than_anybody_has_are_told) {
  std::string text = "project x \"X\" 2000-01-01 +1m\n";
  for (int i = 0; i <= 2'000; ++i) text += "shift s" + std::to_string(i) + " \"S\"\n";
  const ReadPlan read = read_tjp(text + "task a \"A\" { duration 1d }\n", "p.tjp");
  EXPECT_EQ(found_in(read.findings), std::vector<std::string>{"p.tjp:2002:7 too_many"});
}

TEST(Tjp, what_children_inherit_is_bounded) {
  std::string text = "project x \"X\" 2000-01-01 +1m\nresource g \"G\" {\n";
  for (int i = 0; i < 5'000; ++i) text += "vacation 2000-01-03\n";
  for (int i = 0; i < 5'000; ++i) text += "resource r" + std::to_string(i) + " \"R\"\n";
  const ReadPlan group = read_tjp(text + "}\ntask a \"A\" { duration 1d }\n", "p.tjp");
  EXPECT_EQ(count_of(group.findings, found::too_many), 2U);  // the days too
  text = "project x \"X\" 2000-01-01 +1m\ntask a \"A\" {\nresponsible " + std::string(100, 'x');
  for (int i = 0; i < 1'000; ++i) text += ", " + std::string(100, 'x');
  text += '\n';
  for (int i = 0; i < 4'000; ++i) text += "task b" + std::to_string(i) + " \"B\" {}\n";
  EXPECT_EQ(count_of(read_tjp(text + "}\n", "p.tjp").findings, found::too_many), 1U);
}

TEST(Tjp, links_from_above_are_bounded) {
  std::string text =
      "project x \"X\" 2000-01-01 +1m\ntask a \"A\" { start 2000-01-03 }\n"
      "task z \"Z\" { end 2000-01-28 }\ntask b \"B\" {\n";
  for (int i = 0; i < 250; ++i) text += "depends a\nprecedes z\n";
  for (int i = 0; i < 500; ++i) text += "task c" + std::to_string(i) + " \"C\" {}\n";
  EXPECT_EQ(count_of(read_tjp(text + "}\n", "p.tjp").findings, found::too_many), 1U);
}

TEST(Tjp, members_of_groups_are_bounded) {
  std::string text = "project x \"X\" 2000-01-01 +1m\nresource g \"G\" {\n";
  for (int i = 0; i < 5'000; ++i) text += "resource r" + std::to_string(i) + " \"R\" {}\n";
  text += "}\n";
  for (int i = 0; i < 2'500; ++i)
    text += "task a" + std::to_string(i) + " \"A\" { duration 1d allocate g }\n";
  // Members that are looked at, and people on tasks.
  EXPECT_EQ(count_of(read_tjp(text, "p.tjp").findings, found::too_many), 2U);
}

TEST(Tjp, a_group_to_which_a_supplement_adds_has_all_its_members) {
  const ReadPlan read = read_tjp(
      "project x \"X\" 2000-01-03 +1m\nresource g \"G\" { resource a \"A\" {} }\n"
      "resource h \"H\" {}\nsupplement resource g { resource b \"B\" {} }\n"
      "task t \"T\" { effort 2d allocate g }\n",
      "p.tjp");
  EXPECT_EQ(read.plan.demands.size(), 2U);
}

TEST(Tjp, of_many_alternatives_a_skill_names_the_first) {
  std::string text = "project x \"X\" 2000-01-03 +1m\n";
  std::string others;
  for (int i = 0; i < 11; ++i) {
    text += "resource r" + std::to_string(i) + " \"R\" {}\n";
    if (i > 0 && i < 9) others += (i > 1 ? ", r" : "r") + std::to_string(i);
  }
  const std::string choice = "allocate r0 { alternative " + others + " }\n";
  const std::string choice_of_more = "allocate r0 { alternative " + others + ", r9 }\n";
  const std::string choice_of_last =
      "allocate r0 { alternative " + others.substr(0, others.size() - 1) + "10 }\n";
  const ReadPlan read =
      read_tjp(text + "task t \"T\" { effort 2d " + choice + choice_of_more + choice_of_last +
                   "}\ntask u \"U\" { effort 2d " + choice + choice_of_more + "}\n",
               "p.tjp");
  std::vector<std::string> names;
  for (const Skill& skill : read.plan.skills) names.push_back(skill.id.str());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names,
            (std::vector<std::string>{"r0 or 8 others", "r0 or 8 others (2)", "r0 or 9 others"}));
}

TEST(Tjp, a_second_project_and_scenarios_without_end_are_not_read) {
  std::string text = "project x \"X\" 2000-01-03 +1m {\n";
  for (int i = 0; i <= 1'000; ++i) text += "scenario s" + std::to_string(i) + " \"S\"\n";
  text += "}\nproject y \"Y\" 2001-01-03 +1m\ntask t \"T\" { duration 1d }\n";
  const ReadPlan read = read_tjp(text, "p.tjp", "s0");
  EXPECT_EQ(count_of(read.findings, found::too_many), 1U);
  EXPECT_TRUE(has(read.findings, found::tjp_not_read));
  EXPECT_EQ(read.plan.name, "X");
}

TEST(Tjp, names_and_paths_longer_than_any_are_told) {
  const ReadPlan read =
      read_tjp("project x \"X\" 2000-01-03 +1m\nresource " + std::string(201, 'r') +
                   " \"R\" {}\ntask t \"T\" { duration 1d }\n",
               "p.tjp");
  EXPECT_EQ(found_in(read.findings).front(), "p.tjp:2:10 too_many");
  std::string path = "a";
  for (int i = 0; i < 250; ++i) path += ".a";
  const ReadPlan linked = read_tjp(
      "project x \"X\" 2000-01-03 +1m\ntask t \"T\" { duration 1d depends " + path + " }\n",
      "p.tjp");
  EXPECT_EQ(count_of(linked.findings, found::too_many), 1U);
}

TEST(Tjp, calls_that_are_not_closed_are_counted_letter_by_letter) {
  std::string calls;
  for (int i = 0; i < 20'000; ++i) calls += "${ ";
  Findings findings;
  const TjpText body("macro m [ " + calls + "]\n${m}", "p.tjp", {}, findings);
  EXPECT_TRUE(has(findings, found::file_too_large));
}

TEST(Tjp, a_place_far_along_a_line_is_counted_as_one_near_its_beginning) {
  std::string text = "project x \"X\" 2000-01-01 +1m\n";
  for (int i = 0; i < 5'000; ++i) text += "  task 中" + std::to_string(i) + " ";
  Findings findings;
  const TjpText expanded(text, "p.tjp", {}, findings);
  // Forwards, backwards, and from a new text each time.
  for (const std::size_t step : {std::size_t{1'000}, text.size() - 2'000}) {
    for (std::size_t at = 100, i = 0; i < 100; at = (at + step) % text.size(), ++i) {
      const TjpText fresh(text, "p.tjp", {}, findings);
      EXPECT_EQ(expanded.where(at), fresh.where(at)) << at;
    }
  }
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
