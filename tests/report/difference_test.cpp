#include "diaodu/report/difference.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "diaodu/solve/solve.h"
#include "formats/random_plan.h"
#include "support/property.h"
#include "support/tables.h"

namespace diaodu::report {
namespace {

using Change = Difference::Change;

/// Every difference as `tasks B duration 5d -> 8d`.
std::vector<std::string> told(const std::vector<Difference>& all) {
  std::vector<std::string> lines;
  for (const Difference& each : all) {
    const char* change = each.change == Change::added     ? "+ "
                         : each.change == Change::removed ? "- "
                                                          : "";
    lines.push_back(change + each.table + ' ' + each.key + ' ' + each.field + ": " + each.before +
                    " -> " + each.after);
  }
  return lines;
}

solve::Answer dates_of(const formats::ReadPlan& read) {
  solve::Request request;
  request.with_resources = false;
  return solve::solve(read.plan, read.sources, request);
}

TEST(Difference, a_plan_differs_in_nothing_from_itself) {
  holds(200, [] {
    const Plan plan = RandomPlan(*rc::gen::arbitrary<std::uint64_t>(), 10).make();
    RC_ASSERT(stated_differences(plan, plan, Language::english).empty());
    RC_ASSERT(stated_differences(plan, plan, Language::chinese).empty());
  });
}

/// One thing changed, and the one line that must tell it.
struct Mutation {
  std::string table;
  std::string field;
  Change change = Change::changed;
};

std::optional<Mutation> mutate(Plan& plan, int which, std::size_t seed) {
  const auto some = [seed](const auto& rows) {
    using IdType = decltype(*rows.ids().begin());
    return IdType{seed % rows.size()};
  };
  if (which < 8 && plan.tasks.empty()) return {};
  switch (which) {
    case 0:
      plan.tasks[some(plan.tasks)].notes = plan.text("something else");
      return Mutation{"tasks", "notes"};
    case 1:
      plan.tasks[some(plan.tasks)].cost += Money{12'345};
      return Mutation{"tasks", "cost"};
    case 2:
      plan.tasks[some(plan.tasks)].priority ^= 1;
      return Mutation{"tasks", "priority"};
    case 3: {
      Task& task = plan.tasks[some(plan.tasks)];
      task.deadline = task.deadline == kNever ? plan.start : kNever;
      return Mutation{"tasks", "deadline"};
    }
    case 4: {
      Task& task = plan.tasks[some(plan.tasks)];
      if (task.constraint.kind == ConstraintKind::none ||
          task.constraint.kind == ConstraintKind::as_late_as_possible)
        return {};
      task.constraint.date = task.constraint.date + Elapsed{1};
      return Mutation{"tasks", "date"};
    }
    case 5:
      plan.tasks[some(plan.tasks)].name = plan.text("Another name");
      return Mutation{"tasks", "name"};
    case 6: {
      Task task;
      task.id = plan.text("quite new");
      task.duration = WorkTime{480};
      plan.tasks.add(task);
      return Mutation{"tasks", "", Change::added};
    }
    case 7:
      plan.links.add({.from = some(plan.tasks), .to = some(plan.tasks)});
      return Mutation{"links", "", Change::added};
    case 8: {
      if (plan.links.empty()) return {};
      Table<LinkId, Link> fewer;
      for (std::size_t i = 0; i + 1 < plan.links.size(); ++i) fewer.add(plan.links[LinkId{i}]);
      plan.links = fewer;
      return Mutation{"links", "", Change::removed};
    }
    case 9: {
      if (plan.links.empty()) return {};
      Lag& lag = plan.links[some(plan.links)].lag;
      lag = lag == Lag{7, Lag::Unit::elapsed} ? Lag{} : Lag{7, Lag::Unit::elapsed};
      return Mutation{"links", "lag"};
    }
    case 10: {
      if (plan.links.empty()) return {};
      Link& link = plan.links[some(plan.links)];
      link.type = link.type == LinkType::finish_to_start ? LinkType::start_to_start
                                                         : LinkType::finish_to_start;
      return Mutation{"links", "type"};
    }
    case 11:
      if (plan.resources.empty()) return {};
      plan.resources[some(plan.resources)].rate += Money{777};
      return Mutation{"resources", "rate"};
    case 12:
      if (plan.demands.empty()) return {};
      plan.demands[some(plan.demands)].amount += Amount{500};
      return Mutation{"demands", "amount"};
    case 13:
      plan.currency = plan.currency == "XYZ" ? "CNY" : "XYZ";
      return Mutation{"plan", "value"};
    case 14:
      if (plan.targets.empty()) return {};
      plan.targets[some(plan.targets)].unit = plan.text("leagues");
      return Mutation{"targets", "unit"};
    case 15:
      if (plan.places.empty()) return {};
      plan.places[some(plan.places)].basis = plan.text("hearsay");
      return Mutation{"places", "basis"};
    default:
      return {};
  }
}

TEST(Difference, whatever_is_changed_is_told_and_nothing_else) {
  holds(1'500, [] {
    const Plan before = RandomPlan(*rc::gen::arbitrary<std::uint64_t>(), 8).make();
    Plan after = before;
    const auto mutation =
        mutate(after, *rc::gen::inRange(0, 16), *rc::gen::inRange<std::size_t>(0, 1000));
    if (!mutation) return;
    const Language language = *rc::gen::element(Language::english, Language::chinese);
    const std::vector<Difference> found = stated_differences(before, after, language);
    for (const std::string& line : told(found)) RC_LOG() << line << '\n';
    RC_ASSERT(found.size() == 1);
    RC_ASSERT(found[0].table == mutation->table);
    RC_ASSERT(found[0].field == mutation->field);
    RC_ASSERT(found[0].change == mutation->change);
    // And back again.
    const std::vector<Difference> back = stated_differences(after, before, language);
    RC_ASSERT(back.size() == 1);
    RC_ASSERT(back[0].before == found[0].after);
    RC_ASSERT(back[0].after == found[0].before);
  });
}

TEST(Difference, the_order_of_rows_is_none) {
  const auto a = read_tables({{"tasks", "id,duration\nA,1d\nB,2d\n"}});
  const auto b = read_tables({{"tasks", "id,duration\nB,2d\nA,1d\n"}});
  EXPECT_TRUE(stated_differences(a.plan, b.plan, Language::english).empty());
}

TEST(Difference, a_task_under_another_id_is_the_same_task) {
  //  Pour was B and is B1; its link follows it, and is none of the differences.
  const auto a =
      read_tables({{"tasks", "id,name,duration,predecessors\nA,Dig,1d,\nB,Pour,2d,A\n"}});
  const auto b =
      read_tables({{"tasks", "id,name,duration,predecessors\nA,Dig,1d,\nB1,Pour,2d,A\n"}});
  EXPECT_EQ(told(stated_differences(a.plan, b.plan, Language::english)),
            (std::vector<std::string>{"tasks B1 id: B -> B1"}));
  //  Two of a name could be either.
  const auto c = read_tables({{"tasks", "id,name,duration\nA,Dig,1d\nC,Pour,2d\nD,Pour,2d\n"}});
  EXPECT_EQ(stated_differences(a.plan, c.plan, Language::english).size(), 4U);
}

TEST(Difference, what_follows_is_told_by_working_days) {
  //  A(2d) --> B(2d), C(3d) beside them.  B becomes 4d long: the plan ends on Monday instead of Thursday, 2 working
  //  days later; C's float grows from 1 d to 3 d; nothing else moves.
  const auto a =
      read_tables({{"tasks", "id,name,duration,predecessors\nA,,2d,\nB,,2d,A\nC,,3d,\n"}});
  const auto b =
      read_tables({{"tasks", "id,name,duration,predecessors\nA,,2d,\nB,,4d,A\nC,,3d,\n"}});
  const Differences found =
      differences(a.plan, dates_of(a), b.plan, dates_of(b), Language::english);
  ASSERT_TRUE(found.finish);
  EXPECT_EQ(found.finish->by, WorkTime{2 * 480});
  EXPECT_EQ(told(found.all),
            (std::vector<std::string>{"schedule B finish: 2022-08-04 17:00 -> 2022-08-08 17:00",
                                      "tasks B duration: 2d -> 4d",
                                      "schedule C total_float: 1 d -> 3 d"}));
  EXPECT_EQ(found.all[2].by, WorkTime{2 * 480});
}

TEST(Difference, tasks_become_critical_and_cease_to_be) {
  //  A(3d) and C(2d) side by side; C becomes 4d long and takes the critical path over.
  const auto a = read_tables({{"tasks", "id,duration\nA,3d\nC,2d\n"}});
  const auto b = read_tables({{"tasks", "id,duration\nA,3d\nC,4d\n"}});
  const Differences found =
      differences(a.plan, dates_of(a), b.plan, dates_of(b), Language::english);
  ASSERT_GE(found.all.size(), 2U);
  EXPECT_EQ(told({found.all[0], found.all[1]}),
            (std::vector<std::string>{"schedule A critical: yes -> no",
                                      "schedule C critical: no -> yes"}));
}

}  // namespace
}  // namespace diaodu::report
