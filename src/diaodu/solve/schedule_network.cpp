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

void keep_one_way(Model& model, const std::vector<std::uint16_t>& way) {
  std::vector<Way> kept;
  for (Node node = 0; node < model.size(); ++node) {
    const auto ways = model.ways_of(node);
    kept.push_back(ways[way[node]]);
    if (ways.size() > 1) set_mode(model.network, node, kept.back().mode);
  }
  model.ways = std::move(kept);
  for (Node node = 0; node <= model.size(); ++node) model.first_way[node] = node;
  model.has_choice_of_ways = false;
  model.line_fits = {};  // they are those of the ways that there were
}

bool is_told_by_order(const Model& model) {
  const auto is_plain = [&model](const Renewable& renewable) {
    const bool changes = std::any_of(
        renewable.capacity.begin(), renewable.capacity.end(), [&](const CapacityStep& step) {
          return step.amount != renewable.capacity.front().amount && step.from > model.floor;
        });
    return renewable.is_spanned && !changes && renewable.presence == nullptr;
  };
  return model.takes.empty() &&
         std::all_of(model.renewables.begin(), model.renewables.end(), is_plain);
}

}  // namespace

ScheduleModel schedule_model(const ScheduleNetwork& net, const Schedule& schedule) {
  ScheduleModel made{.model = make_model(net.network), .genes = {}};
  made.genes = genes_of(made.model, schedule);
  keep_one_way(made.model, made.genes.way);
  Generator(made.model).make_legal(made.genes.order);
  made.genes.release.assign(made.model.size(), kEver);
  made.is_told_by_order = is_told_by_order(made.model);
  return made;
}

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
                                 std::span<const ResourceOrder> orders,
                                 std::span<const CalendarId> kept_apart)
    : times(plan, kept_apart),
      states(plan, times),
      network(make_network(plan, times, states, modes_of(plan, schedule), orders)) {}

}  // namespace diaodu::solve
