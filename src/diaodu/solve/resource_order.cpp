#include "diaodu/solve/resource_order.h"

#include <algorithm>

namespace diaodu::solve {
namespace {

/// One task's hold on one resource.
struct Use {
  Node node;
  Amount amount;
};

/// A task that is done with so many units, which nobody has taken up yet.
struct Owner {
  Node node;
  Amount amount;
};

void hand_on(const Generator& generator, std::vector<Use>& uses,
             std::vector<ResourceOrder>& orders) {
  const Network& network = generator.network();
  std::sort(uses.begin(), uses.end(), [&](const Use& a, const Use& b) {
    return std::pair{generator.start(a.node), a.node} < std::pair{generator.start(b.node), b.node};
  });
  std::vector<Owner> owners;  // those done, or still at work, in the order of their finish
  for (const Use& use : uses) {
    Amount wanted = use.amount;
    const Instant start = generator.start(use.node);
    // The latest to finish hand on first: they are the ones that were waited for.
    for (std::size_t i = owners.size(); i-- > 0 && wanted > Amount{};) {
      Owner& owner = owners[i];
      if (generator.finish(owner.node) > start) continue;
      const Amount given = std::min(wanted, owner.amount);
      owner.amount -= given;
      wanted -= given;
      orders.push_back({network.task[owner.node], network.task[use.node]});
    }
    std::erase_if(owners, [](const Owner& owner) { return owner.amount <= Amount{}; });
    const auto place = std::upper_bound(
        owners.begin(), owners.end(), generator.finish(use.node),
        [&](Instant finish, const Owner& owner) { return finish < generator.finish(owner.node); });
    owners.insert(place, {use.node, use.amount});
  }
}

}  // namespace

std::vector<ResourceOrder> resource_order(const Model& model, const Generator& generator,
                                          const Genes& genes) {
  std::vector<std::vector<Use>> uses(model.renewables.size());
  for (Node node = 0; node < model.size(); ++node) {
    if (generator.start(node) >= generator.finish(node)) continue;
    const std::size_t way = genes.way.empty() ? 0 : genes.way[node];
    for (const Need& need : model.needs_of(model.ways_of(node)[way])) {
      uses[need.resource].push_back({node, need.amount});
    }
  }
  for (const Assignment& each : generator.assignments()) {
    const TaskId task = model.network.plan->demands[each.demand].task;
    uses[model.number_of[each.resource]].push_back({model.network.node_of[task], each.amount});
  }
  std::vector<ResourceOrder> orders;
  for (auto& of_resource : uses) hand_on(generator, of_resource, orders);
  const auto as_pair = [](const ResourceOrder& order) {
    return std::pair{order.before, order.after};
  };
  std::sort(orders.begin(), orders.end(), [&](const ResourceOrder& a, const ResourceOrder& b) {
    return as_pair(a) < as_pair(b);
  });
  orders.erase(std::unique(orders.begin(), orders.end(),
                           [&](const ResourceOrder& a, const ResourceOrder& b) {
                             return as_pair(a) == as_pair(b);
                           }),
               orders.end());
  return orders;
}

}  // namespace diaodu::solve
