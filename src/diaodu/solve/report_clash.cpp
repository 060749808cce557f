#include "diaodu/solve/report_clash.h"

#include <algorithm>
#include <string>
#include <vector>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/tree.h"
#include "diaodu/solve/limits.h"

namespace diaodu::solve {
namespace {

void report_never_free(const Plan& plan, TaskId task, ResourceId resource, const Sources& sources,
                       Findings& findings) {
  const auto name = [&](Language language) {
    return std::string(display_name(plan.tasks[task], language));
  };
  const auto resource_name = [&](Language language) {
    return resource ? std::string(display_name(plan.resources[resource], language))
                    : std::string("?");
  };
  findings.add(found::never_free, sources.at(TableKind::tasks, task.index(), "id"),
               {{name(Language::english), name(Language::chinese)},
                {resource_name(Language::english), resource_name(Language::chinese)}});
}

}  // namespace

void report_stuck(const Model& model, const Generator& generator, const Sources& sources,
                  Findings& findings) {
  if (generator.stuck() == kNoNode) {
    findings.add(found::no_schedule_found, {});
    return;
  }
  report_never_free(*model.network.plan, model.network.task[generator.stuck()],
                    generator.blocking(), sources, findings);
}

void report_clash(const Model& model, const Levelling& levelling, const Sources& sources,
                  Findings& findings) {
  const Plan& plan = *model.network.plan;
  std::vector<TaskId> tasks;
  for (const Node node : levelling.clashing_tasks) {
    const TaskId task = model.network.task[node];
    if (std::find(tasks.begin(), tasks.end(), task) == tasks.end()) tasks.push_back(task);
  }
  constexpr std::size_t kMostTold = 20;  // more than that explain nothing
  if (tasks.empty() || tasks.size() > kMostTold) {
    findings.add(found::no_schedule_exists, {});
    return;
  }
  std::vector<ResourceId> resources;
  for (const std::uint32_t number : levelling.clashing_resources) {
    const ResourceId resource = model.renewables[number].id;
    if (std::find(resources.begin(), resources.end(), resource) == resources.end())
      resources.push_back(resource);
  }
  if (tasks.size() == 1 && resources.size() == 1)
    return report_never_free(plan, tasks.front(), resources.front(), sources, findings);
  findings.add(found::tasks_clash, sources.at(TableKind::tasks, tasks.front().index(), "id"),
               {list_text(plan, tasks), list_text(plan, resources)});
}

}  // namespace diaodu::solve
