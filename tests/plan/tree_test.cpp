#include "diaodu/plan/tree.h"

#include <algorithm>
#include <set>

#include "support/property.h"

namespace diaodu {
namespace {

/// A plan of tasks with these parents; -1 is the top.
Plan forest(const std::vector<int>& parents) {
  Plan plan;
  for (std::size_t i = 0; i < parents.size(); ++i) {
    Task task;
    task.id = plan.text("T" + std::to_string(i));
    if (parents[i] >= 0) task.parent = TaskId{static_cast<std::size_t>(parents[i])};
    plan.tasks.add(task);
  }
  return plan;
}

std::vector<int> numbers(const std::vector<TaskId>& tasks) {
  std::vector<int> numbers;
  for (TaskId task : tasks) numbers.push_back(static_cast<int>(task.index()));
  return numbers;
}

//      0        4
//     / \       |
//    1   3      5
//    |
//    2
const std::vector<int> kForest = {-1, 0, 1, 0, -1, 4};

TEST(Tree, children_come_before_their_parents) {
  const std::vector<int> order = numbers(children_first(forest(kForest)));
  EXPECT_EQ(order, (std::vector<int>{2, 3, 5, 1, 4, 0}));
}

TEST(Tree, an_outline_goes_down_before_it_goes_on) {
  EXPECT_EQ(numbers(outline(forest(kForest))), (std::vector<int>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(numbers(outline(forest({2, 2, -1, 0}))), (std::vector<int>{2, 0, 3, 1}));
}

TEST(Tree, depth_counts_from_the_top) {
  const auto depth = depths(forest(kForest));
  EXPECT_EQ((std::vector<int>(depth.begin(), depth.end())), (std::vector<int>{0, 1, 2, 1, 0, 1}));
}

TEST(Tree, what_hangs_on_a_circle_is_left_out) {
  const Plan plan = forest({1, 0, 0, -1});  // 0 and 1 are each other's parents, 2 hangs below 0
  EXPECT_EQ(numbers(outline(plan)), (std::vector<int>{3}));
  EXPECT_EQ(numbers(children_first(plan)), (std::vector<int>{2, 3}));   // 0 and 1 wait for ever
  EXPECT_FALSE(path_name(plan, TaskId{2}, Language::english).empty());  // and ends
}

TEST(Tree, every_task_of_a_forest_is_visited_once_in_both_orders) {
  holds(10'000, [] {
    const auto size = *rc::gen::inRange(1, 12);
    std::vector<int> parents;
    for (int i = 0; i < size; ++i) parents.push_back(*rc::gen::inRange(-1, i));
    const Plan plan = forest(parents);
    for (const auto& order : {outline(plan), children_first(plan)}) {
      RC_ASSERT(order.size() == plan.tasks.size());
      RC_ASSERT(std::set<TaskId>(order.begin(), order.end()).size() == plan.tasks.size());
    }
    const auto place = [](const std::vector<TaskId>& order, TaskId task) {
      return std::find(order.begin(), order.end(), task) - order.begin();
    };
    for (TaskId task : plan.tasks.ids()) {
      const TaskId parent = plan.tasks[task].parent;
      if (!parent) continue;
      RC_ASSERT(place(outline(plan), parent) < place(outline(plan), task));
      RC_ASSERT(place(children_first(plan), task) < place(children_first(plan), parent));
    }
  });
}

TEST(Tree, a_path_names_everything_from_the_top_in_the_language_that_has_a_name) {
  Plan plan = forest({-1, 0, 1});
  plan.tasks[TaskId{0}].name = plan.text("Plant");
  plan.tasks[TaskId{1}].name = plan.text("Civil works");
  plan.tasks[TaskId{1}].name_zh = plan.text("土建");
  EXPECT_EQ(path_name(plan, TaskId{2}, Language::english), "Plant / Civil works / T2");
  EXPECT_EQ(path_name(plan, TaskId{2}, Language::chinese), "Plant / 土建 / T2");
  EXPECT_EQ(path_name(plan, TaskId{0}, Language::chinese), "Plant");
}

}  // namespace
}  // namespace diaodu
