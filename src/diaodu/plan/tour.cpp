#include "diaodu/plan/tour.h"

#include <cmath>
#include <numbers>

namespace diaodu {

double great_circle_km(Coordinates from, Coordinates to) {
  constexpr double kRadiusKm = 6371;
  constexpr double kRadians = std::numbers::pi / 180;
  const double north = std::sin((to.latitude - from.latitude) * kRadians / 2);
  const double east = std::sin((to.longitude - from.longitude) * kRadians / 2);
  const double half = north * north + std::cos(from.latitude * kRadians) *
                                          std::cos(to.latitude * kRadians) * east * east;
  return 2 * kRadiusKm * std::asin(std::sqrt(std::fmin(1.0, half)));
}

TravelTimes great_circle_times(std::span<const Coordinates> places, double factor,
                               double km_per_tick) {
  TravelTimes times{.num_places = places.size(), .ticks = {}};
  times.ticks.reserve(places.size() * places.size());
  // What is a whole number but for the rounding of doubles stays that number.
  constexpr double kTolerance = 1e-9;
  for (const Coordinates from : places) {
    for (const Coordinates to : places) {
      const double ticks = great_circle_km(from, to) * factor / km_per_tick;
      times.ticks.push_back(static_cast<Tick>(std::ceil(ticks - kTolerance)));
    }
  }
  return times;
}

}  // namespace diaodu
