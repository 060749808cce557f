#include "diaodu/solve/dear_hours.h"

#include <algorithm>

namespace diaodu::solve {

bool lies_in(const Model& model, const Opening& opening, Node node) {
  const auto ways = model.ways_of(node);
  return std::all_of(ways.begin(), ways.end(), [&](const Way& way) {
    return std::find(opening.calendars.begin(), opening.calendars.end(), way.calendar) !=
           opening.calendars.end();
  });
}

DearHours::Dearest DearHours::dearest(std::size_t resource, std::span<const Load> loads) {
  constexpr Elapsed kMost{std::int64_t{100} * 366 * kMinutesPerDay};  // hours must be spelled out
  if (range_.length() > kMost) return {};
  Dearest dearest{.opening = opening_with_most(resource, loads), .owners = {}, .loads = {}};
  if (dearest.opening == nullptr) return {};
  dearest.owners = owners(*dearest.opening, loads);
  if (dearest.owners.size() < dearest.opening->calendars.size()) return {};
  for (const Load& load : loads) {
    // What is pinned to the past is not in the range.
    const bool is_in_range = model_.early.earliest_start[load.node] >= range_.from;
    if (!is_in_range && !lies_in(model_, *dearest.opening, load.node)) continue;
    const Effort effort =
        is_in_range ? least_effort(*dearest.opening, resource, load) : load.effort;
    if (effort > Effort{}) dearest.loads.push_back({load.node, effort});
  }
  return dearest;
}

/// If tasks lay anywhere; judged by the first year.
const Opening* DearHours::opening_with_most(std::size_t resource, std::span<const Load> loads) {
  constexpr Elapsed kYear{std::int64_t{366} * kMinutesPerDay};
  const Interval range{range_.from, std::min(range_.to, range_.from + kYear)};
  std::map<std::uint32_t, double> effort;  // by calendar
  for (const Load& load : loads)
    effort[model_.ways_of(load.node).front().calendar] += static_cast<double>(load.effort.count());
  const Opening* found = nullptr;
  double most = 0;
  for (const Opening& opening : model_.renewables[resource].openings) {
    double work = 0;
    for (const auto& [calendar, sum] : effort)
      work += least_work(opening, calendar, range).mean_share() * sum;
    const auto minutes =
        static_cast<double>(opening.open.work_between(range.from, range.to).count());
    if (work <= most * minutes) continue;
    most = work / minutes;
    found = &opening;
  }
  return found;
}

std::vector<Node> DearHours::owners(const Opening& opening, std::span<const Load> loads) const {
  std::map<std::uint32_t, Node> owners;
  for (const Load& load : loads) {
    if (!lies_in(model_, opening, load.node)) continue;
    for (const Way& way : model_.ways_of(load.node)) owners.try_emplace(way.calendar, load.node);
  }
  std::vector<Node> nodes;
  for (const auto& [calendar, node] : owners) nodes.push_back(node);
  return nodes;
}

/// In the way that asks least of the opening.
Effort DearHours::least_effort(const Opening& opening, std::size_t resource, const Load& load) {
  Effort least = load.effort;
  for (const Way& way : model_.ways_of(load.node)) {
    Amount amount;
    for (const Need& need : model_.needs_of(way)) {
      if (need.resource == resource) amount = need.amount;
    }
    least = std::min(least, amount * least_work(opening, way.calendar, range_).of(way.work));
  }
  return least;
}

LeastWork& DearHours::least_work(const Opening& opening, std::uint32_t calendar, Interval range) {
  auto& known = least_[{range.to, calendar, opening.calendars}];
  if (!known) {
    auto& worked = worked_[{range.to, calendar}];
    if (worked.empty()) worked = model_.network.times->calendar(calendar).intervals(range);
    known = std::make_unique<LeastWork>(worked, opening.open.intervals(range));
  }
  return *known;
}

}  // namespace diaodu::solve
