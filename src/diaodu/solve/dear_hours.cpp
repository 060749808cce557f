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
  const auto& openings = model_.renewables[resource].openings;
  if (openings.empty() || !can_be_spelled_out(openings.back()) || knots_left_ <= 0) return {};
  Dearest dearest{.opening = opening_with_most(resource, loads), .owners = {}, .loads = {}};
  if (dearest.opening == nullptr) return {};
  dearest.owners = owners(*dearest.opening, loads);
  if (dearest.owners.size() < dearest.opening->calendars.size()) return {};
  for (const Load& load : loads) {
    const Effort effort = least_effort(*dearest.opening, resource, load);
    if (effort > Effort{}) dearest.loads.push_back({load.node, effort});
  }
  return dearest;
}

/// Neither here nor by the witness, which spells out all calendars of a claim, should that take long.
bool DearHours::can_be_spelled_out(const Opening& opening) const {
  constexpr std::int64_t kMostIntervals = 1'000'000;
  std::int64_t sum = opening.open.most_intervals(range_);
  for (const std::uint32_t calendar : opening.calendars)
    sum += model_.network.times->calendar(calendar).most_intervals(range_);
  return sum <= kMostIntervals;
}

/// Of all the calendar's work in a year, that in the opening.
double DearHours::mean_share(const Opening& opening, std::uint32_t calendar) {
  constexpr Elapsed kYear{std::int64_t{366} * kMinutesPerDay};
  const auto [known, is_new] = mean_share_.try_emplace({calendar, opening.calendars}, 0);
  if (is_new) {
    const Interval year{range_.from, std::min(range_.to, range_.from + kYear)};
    const LeastWork least(model_.network.times->calendar(calendar).intervals(year),
                          opening.open.intervals(year), looks_left_);
    known->second = least.mean_share();
  }
  return known->second;
}

/// If tasks lay anywhere.
const Opening* DearHours::opening_with_most(std::size_t resource, std::span<const Load> loads) {
  std::map<std::uint32_t, double> effort;  // by calendar
  for (const Load& load : loads)
    effort[model_.ways_of(load.node).front().calendar] += static_cast<double>(load.effort.count());
  const Opening* found = nullptr;
  double most = 0;
  for (const Opening& opening : model_.renewables[resource].openings) {
    double work = 0;
    for (const auto& [calendar, sum] : effort) work += mean_share(opening, calendar) * sum;
    const auto minutes =
        static_cast<double>(opening.open.work_between(range_.from, range_.to).count());
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
    least = std::min(least, amount * least_work(opening, way.calendar).of(way.work));
  }
  return least;
}

LeastWork& DearHours::least_work(const Opening& opening, std::uint32_t calendar) {
  auto& known = least_[{calendar, opening.calendars}];
  if (!known) {
    known = std::make_unique<LeastWork>(model_.network.times->calendar(calendar).intervals(range_),
                                        opening.open.intervals(range_), looks_left_);
    knots_left_ -= static_cast<std::int64_t>(known->num_knots());
  }
  return *known;
}

}  // namespace diaodu::solve
