#include "diaodu/plan/tree.h"

#include <algorithm>
#include <string>

namespace diaodu {

std::vector<TaskId> children_first(const Plan& plan) {
  Table<TaskId, std::uint32_t> num_open_children(plan.tasks.size());
  for (const Task& task : plan.tasks) {
    if (task.parent) ++num_open_children[task.parent];
  }
  std::vector<TaskId> order;
  order.reserve(plan.tasks.size());
  for (TaskId task : plan.tasks.ids()) {
    if (num_open_children[task] == 0) order.push_back(task);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    const TaskId parent = plan.tasks[order[next]].parent;
    if (parent && --num_open_children[parent] == 0) order.push_back(parent);
  }
  return order;
}

std::vector<TaskId> outline(const Plan& plan) {
  // Children of each task, in table order, as singly linked lists built from the back.
  Table<TaskId, TaskId> first_child(plan.tasks.size());
  Table<TaskId, TaskId> next_sibling(plan.tasks.size());
  TaskId first_root;
  for (std::size_t i = plan.tasks.size(); i-- > 0;) {
    const TaskId task{i};
    const TaskId parent = plan.tasks[task].parent;
    TaskId& head = parent ? first_child[parent] : first_root;
    next_sibling[task] = head;
    head = task;
  }
  std::vector<TaskId> order;
  order.reserve(plan.tasks.size());
  std::vector<TaskId> pending;
  if (first_root) pending.push_back(first_root);
  while (!pending.empty()) {
    const TaskId task = pending.back();
    pending.pop_back();
    order.push_back(task);
    if (next_sibling[task]) pending.push_back(next_sibling[task]);
    if (first_child[task]) pending.push_back(first_child[task]);
  }
  return order;
}

Table<TaskId, int> depths(const Plan& plan) {
  Table<TaskId, int> depth(plan.tasks.size(), 0);
  for (TaskId task : outline(plan)) {
    if (const TaskId parent = plan.tasks[task].parent) depth[task] = depth[parent] + 1;
  }
  return depth;
}

std::string path_name(const Plan& plan, TaskId task, Language language) {
  std::vector<std::string_view> names;
  for (TaskId at = task; at && names.size() < plan.tasks.size(); at = plan.tasks[at].parent) {
    names.push_back(display_name(plan.tasks[at], language));
  }
  std::string path;
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    if (!path.empty()) path += " / ";
    path += *name;
  }
  return path;
}

}  // namespace diaodu
