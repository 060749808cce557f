#include "diaodu/solve/schedule_network.h"

#include <algorithm>

#include "diaodu/solve/generate.h"
#include "diaodu/solve/model.h"

namespace diaodu::solve {
namespace {

Table<TaskId, ModeId> modes_of(const Plan& plan, const Schedule& schedule) {
  Table<TaskId, ModeId> modes(plan.tasks.size());
  for (const TaskId task : plan.tasks.ids()) modes[task] = schedule.placements[task].mode;
  return modes;
}

/// Genes that make the schedule again: each node in its way, held where it is.
Genes genes_of(const Model& model, const Schedule& schedule) {
  Genes genes;
  genes.way.assign(model.size(), 0);
  for (Node node = 0; node < model.size(); ++node) {
    const Placement& placed = schedule.placements[model.network.task[node]];
    const auto ways = model.ways_of(node);
    const auto found = std::find_if(ways.begin(), ways.end(),
                                    [&](const Way& way) { return way.mode == placed.mode; });
    if (found != ways.end()) {
      genes.way[node] = static_cast<std::uint16_t>(found - ways.begin());
    }
    const bool is_end = model.network.role[node] == Network::Role::end;
    genes.release.push_back(model.axis.to_axis(is_end ? placed.finish : placed.resumes));
    genes.order.push_back(node);
  }
  std::stable_sort(genes.order.begin(), genes.order.end(),
                   [&](Node a, Node b) { return genes.release[a] < genes.release[b]; });
  return genes;
}

}  // namespace

std::vector<ResourceOrder> resource_order(const Plan& plan, const Schedule& schedule) {
  const ScheduleNetwork links(plan, schedule);
  const Model model = make_model(links.network);
  Genes genes = genes_of(model, schedule);
  Generator generator(model);
  generator.make_legal(genes.order);
  generator.forward(genes);
  return resource_order(model, generator, genes);
}

ScheduleNetwork::ScheduleNetwork(const Plan& plan, const Schedule& schedule,
                                 std::span<const ResourceOrder> orders)
    : times(plan),
      states(plan, times),
      network(make_network(plan, times, states, modes_of(plan, schedule), orders)) {}

}  // namespace diaodu::solve
