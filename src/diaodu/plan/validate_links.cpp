#include "diaodu/plan/validate_links.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/hammock.h"
#include "diaodu/plan/tree.h"

namespace diaodu {
namespace {

/// Who is above whom, by the places of tasks in the outline: a task's descendants follow it at once.
class Ancestry {
 public:
  explicit Ancestry(const Plan& plan) : place_(plan.tasks.size(), 0), size_(plan.tasks.size(), 1) {
    const std::vector<TaskId> order = outline(plan);
    for (std::size_t i = order.size(); i-- > 0;) {
      place_[order[i]] = i;
      if (const TaskId parent = plan.tasks[order[i]].parent) size_[parent] += size_[order[i]];
    }
  }
  bool is_above(TaskId ancestor, TaskId task) const {
    return place_[ancestor] < place_[task] && place_[task] < place_[ancestor] + size_[ancestor];
  }

 private:
  Table<TaskId, std::size_t> place_;
  Table<TaskId, std::size_t> size_;  // with all descendants
};

}  // namespace

void validate_links(const Plan& plan, const Sources& sources, Findings& findings) {
  const auto id = [&](TaskId task) { return plan.tasks[task].id.str(); };
  const auto add = [&](const FindingKind& kind, std::size_t row, std::vector<Argument> arguments,
                       std::string_view column) {
    findings.add(kind, sources.at(TableKind::links, row, column), std::move(arguments));
  };
  using Key = std::tuple<TaskId, TaskId, LinkType>;
  std::vector<std::pair<Key, std::size_t>> keys;
  keys.reserve(plan.links.size());
  const Ancestry ancestry(plan);
  for (LinkId link_id : plan.links.ids()) {
    const Link& link = plan.links[link_id];
    const std::size_t row = link_id.index();
    keys.push_back({{link.from, link.to, link.type}, row});
    if (link.from == link.to) {
      add(found::link_to_itself, row, {id(link.from)}, "to");
      continue;
    }
    if (!binds(plan, link)) continue;
    const bool from_is_summary = plan.tasks[link.from].kind == TaskKind::summary;
    const bool to_is_summary = plan.tasks[link.to].kind == TaskKind::summary;
    const bool leaves_above = from_is_summary && ancestry.is_above(link.from, link.to);
    const bool arrives_above = to_is_summary && ancestry.is_above(link.to, link.from);
    if (leaves_above) {
      add(found::link_to_ancestor, row, {id(link.to), id(link.from)}, "from");
    }
    if (arrives_above) {
      add(found::link_to_ancestor, row, {id(link.from), id(link.to)}, "to");
    }
    if (from_is_summary && !leaves_above && leaves_from_start(link.type)) {
      add(found::link_out_of_summary_start, row, {id(link.from), id(link.to)}, "type");
    }
    if (to_is_summary && !arrives_above && !arrives_at_start(link.type)) {
      add(found::link_into_summary_finish, row, {id(link.to), id(link.from)}, "type");
    }
    if (link.has_max_lag && (from_is_summary || to_is_summary)) {
      add(found::max_lag_of_summary, row, {id(from_is_summary ? link.from : link.to)}, "max_lag");
    }
    const bool is_share =
        link.lag.unit == Lag::Unit::percent || link.lag.unit == Lag::Unit::elapsed_percent;
    if (from_is_summary && is_share && link.lag.amount != 0) {
      add(found::lag_by_summary, row, {id(link.from)}, "lag");
    }
    if (link.has_max_lag && link.max_lag.unit == link.lag.unit &&
        link.max_lag.amount < link.lag.amount) {
      add(found::max_lag_below_lag, row, {}, "max_lag");
    }
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first != keys[i - 1].first) continue;
    const auto& [from, to, type] = keys[i].first;
    add(found::repeated_link, keys[i].second,
        {id(from), id(to), std::to_string(sources.at(TableKind::links, keys[i - 1].second).line)},
        "to");
  }
}

}  // namespace diaodu
