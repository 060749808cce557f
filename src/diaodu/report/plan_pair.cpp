#include "diaodu/report/plan_pair.h"

#include "diaodu/plan/show.h"

namespace diaodu::report {
namespace {

std::unordered_map<std::string_view, TaskId> tasks_by_id(const Plan& plan) {
  std::unordered_map<std::string_view, TaskId> tasks;
  for (const TaskId task : plan.tasks.ids()) tasks.insert({plan.tasks[task].id.view(), task});
  return tasks;
}

/// Tasks of one plan whose ids the other does not know, by their names; null where several have the name.
std::unordered_map<std::string_view, const Task*> strangers(
    const Plan& plan, const std::unordered_map<std::string_view, TaskId>& known) {
  std::unordered_map<std::string_view, const Task*> by_name;
  for (const Task& task : plan.tasks) {
    const std::string_view name = task.name.empty() ? task.name_zh.view() : task.name.view();
    if (name.empty() || known.contains(task.id.view())) continue;
    const auto [entry, is_new] = by_name.insert({name, &task});
    if (!is_new) entry->second = nullptr;
  }
  return by_name;
}

}  // namespace

PlanPair::PlanPair(const Plan& a, const Plan& b, Language in)
    : before(a), after(b), language(in), tasks_before(tasks_by_id(a)), tasks_after(tasks_by_id(b)) {
  const auto gone = strangers(before, tasks_after);
  const auto come = strangers(after, tasks_before);
  for (const auto& [name, task] : gone) {
    const auto found = come.find(name);
    if (task == nullptr || found == come.end() || found->second == nullptr) continue;
    renamed.insert({task->id.view(), found->second->id.view()});
  }
}

TaskId PlanPair::earlier(std::string_view id) const {
  const auto found = tasks_before.find(id);
  return found == tasks_before.end() ? TaskId{} : found->second;
}

TaskId PlanPair::later(std::string_view id) const {
  const auto other = renamed.find(id);
  const auto found = tasks_after.find(other == renamed.end() ? id : other->second);
  return found == tasks_after.end() ? TaskId{} : found->second;
}

std::string PlanPair::call(std::string_view id) const {
  if (const auto found = tasks_after.find(id); found != tasks_after.end())
    return quoted(after, found->second, language);
  if (const TaskId task = earlier(id)) return quoted(before, task, language);
  return std::string(id);
}

}  // namespace diaodu::report
