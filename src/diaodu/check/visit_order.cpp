#include "diaodu/check/visit_order.h"

#include <algorithm>
#include <utility>

namespace diaodu::check {
namespace {

/// Of each visit, those that come after it.
Lists visits_after(const Plan& plan, const Lists& links_from) {
  const std::size_t size = plan.tasks.size();
  const auto is_summary = [&](TaskId task) { return plan.tasks[task].kind == TaskKind::summary; };
  const auto entry = [&](TaskId task) { return task.index() + (is_summary(task) ? size : 0); };
  std::vector<Lists::Pair> arcs;
  for (TaskId task : plan.tasks.ids()) {
    for (const std::uint32_t number : links_from.of(task.index())) {
      const Link& link = plan.links[LinkId{number}];
      arcs.emplace_back(task.index(),
                        arrives_at_start(link.type) ? entry(link.to) : link.to.index());
    }
    if (is_summary(task)) arcs.emplace_back(task.index() + size, task.index());
    if (const TaskId parent = plan.tasks[task].parent) {
      arcs.emplace_back(task.index(), parent.index());
      arcs.emplace_back(parent.index() + size, entry(task));
    }
  }
  return {2 * size, arcs};
}

}  // namespace

std::vector<Visit> visit_order(const Plan& plan, const Lists& links_from) {
  const std::size_t num_visits = 2 * plan.tasks.size();
  const Lists after = visits_after(plan, links_from);
  std::vector<Visit> order;
  order.reserve(num_visits);
  std::vector<char> is_seen(num_visits, 0);
  std::vector<std::pair<Visit, std::size_t>> open;  // and how many after it were looked at
  for (std::size_t root = 0; root < num_visits; ++root) {
    if (is_seen[root] != 0) continue;
    is_seen[root] = 1;
    open.emplace_back(static_cast<Visit>(root), 0);
    while (!open.empty()) {
      const Visit at = open.back().first;
      const auto targets = after.of(at);
      if (open.back().second == targets.size()) {
        order.push_back(at);
        open.pop_back();
        continue;
      }
      const Visit target = targets[open.back().second++];
      if (is_seen[target] != 0) continue;
      is_seen[target] = 1;
      open.emplace_back(target, 0);
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace diaodu::check
