#include "diaodu/solve/axis.h"

#include <algorithm>

#include "diaodu/solve/tail.h"

namespace diaodu::solve {

namespace {

/// Does something without work take from a stock whose amounts change over time?  On an axis of working minutes it
/// could not be told whether it does so in the evening or the next morning.
bool takes_at_a_point(const Network& network) {
  const Plan& plan = *network.plan;
  Table<ResourceId, char> has_rows(plan.resources.size(), 0);
  for (const Availability& row : plan.availability) has_rows[row.resource] = 1;
  return std::any_of(plan.demands.begin(), plan.demands.end(), [&](const Demand& demand) {
    if (!demand.resource || is_renewable(plan.resources[demand.resource].kind)) return false;
    const Node node = network.node_of[demand.task];
    const bool is_point = node != kNoNode && network.work[node] == WorkTime{};
    return is_point && has_rows[demand.resource] != 0;
  });
}

/// What happened at night counts as of the evening, or of the next morning.  That is too rough where it draws on what is
/// there from a day on, and where something must not be later than so long after.
bool counts_from_nights(const Network& network) {
  const Plan& plan = *network.plan;
  const bool takes =
      std::any_of(plan.demands.begin(), plan.demands.end(), [&plan](const Demand& demand) {
        return demand.resource && !is_renewable(plan.resources[demand.resource].kind);
      });
  return takes || std::any_of(network.arcs.begin(), network.arcs.end(),
                              [](const Arc& arc) { return arc.is_at_most != 0; });
}

/// Is something completed before what has a choice of modes, and hands on what that demands?  How long that is no network
/// of one mode tells.
bool hands_on_a_choice(const Network& network) {
  const auto is_out_of_order = [&network](const Arc& arc) {
    return state_of(network, arc.to).stage == TaskState::Stage::completed &&
           state_of(network, arc.from).stage != TaskState::Stage::completed;
  };
  return network.plan->modes.size() > 0 &&
         std::any_of(network.arcs.begin(), network.arcs.end(), is_out_of_order);
}

}  // namespace

std::optional<Axis> work_axis(const Network& network, bool may_have_begun) {
  if (network.size() == 0 || network.times->keeps_apart()) return {};
  if (network.states->is_any() &&
      (!may_have_begun || counts_from_nights(network) || hands_on_a_choice(network)))
    return {};
  std::optional<std::uint32_t> shared;
  for (Node node = 0; node < network.size(); ++node) {
    // Gates and ends of summaries have no calendar of their own: they never wait for one.
    if (network.role[node] != Network::Role::task) continue;
    if (shared.value_or(network.calendar[node]) != network.calendar[node]) return {};
    shared = network.calendar[node];
  }
  if (!shared || network.times->calendar(*shared).is_always()) return {};
  const auto counts_otherwise = [&](const Arc& arc) {
    return arc.calendar != *shared && (arc.lag != 0 || arc.is_at_most != 0);
  };
  if (std::any_of(network.arcs.begin(), network.arcs.end(), counts_otherwise)) return {};
  if (takes_at_a_point(network)) return {};
  const auto wants_skill = [](const Demand& demand) { return bool(demand.skill); };
  const auto& demands = network.plan->demands;
  if (std::any_of(demands.begin(), demands.end(), wants_skill))
    return {};  // people have calendars too
  for (ModeId mode : network.plan->modes.ids()) {
    if (network.times->number_of(mode) != *shared) return {};
  }
  return Axis(network.times->calendar(*shared), network.plan->start);
}

Network on_axis(const Network& network, const Axis& axis) {
  Network mapped = network;
  if (axis.is_clock()) return mapped;
  mapped.is_on_work_axis = true;
  const auto to_axis = [&axis](Instant instant) { return axis.to_axis(instant); };
  mapped.now = to_axis(network.now);
  if (network.states->is_any()) {
    mapped.own_states = std::make_shared<const TaskStates>(network.states->moved(to_axis));
    mapped.states = mapped.own_states.get();
  }
  std::fill(mapped.calendar.begin(), mapped.calendar.end(), 0);
  for (Arc& arc : mapped.arcs) arc.calendar = 0;
  for (Window& window : mapped.windows) {
    for (Instant* instant :
         {&window.start_from, &window.start_by, &window.start_within, &window.finish_from,
          &window.finish_by, &window.wanted_by, &window.late_start, &window.late_finish,
          &window.pinned_start, &window.pinned_finish}) {
      *instant = axis.to_axis(*instant);
    }
  }
  return mapped;
}

}  // namespace diaodu::solve
