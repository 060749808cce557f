#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace diaodu {

/// What a round of visits is made of: who must be visited when, which teams are on duty, and which tours they make.
/// Plain numbers, so that whoever reads tables can fill them and whoever judges them needs no solver.

/// Instants and durations of tours: minutes of the plan, or any other unit that all of one problem share.
using Tick = std::int64_t;

inline constexpr Tick kNoTick =
    std::numeric_limits<Tick>::max() / 4;  ///< later than all that happens
inline constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

/// How long it takes from any place to any other; need be neither symmetric nor obey the triangle inequality.
struct TravelTimes {
  std::size_t num_places = 0;
  std::vector<Tick> ticks;  ///< of `num_places` rows, from; of as many columns, to

  Tick between(std::size_t from, std::size_t to) const { return ticks[from * num_places + to]; }
};

struct Coordinates {
  double latitude = 0;   ///< degrees north
  double longitude = 0;  ///< degrees east
};

/// Kilometres along the great circle, by the haversine formula on a sphere of 6371 km.
double great_circle_km(Coordinates from, Coordinates to);

/// Great circle × `factor` (what roads are longer than the crow flies) at `km_per_tick`, rounded up: no team
/// is promised to be sooner than it can.
TravelTimes great_circle_times(std::span<const Coordinates> places, double factor,
                               double km_per_tick);

/// When a visit may begin: `[from, until)`.
struct VisitWindow {
  Tick from = 0;
  Tick until = kNoTick;
};

/// Somebody must come to a place and stay for a while.
struct Visit {
  std::size_t place = 0;
  Tick duration = 0;
  std::vector<VisitWindow> windows;  ///< it begins in one of these; none: whenever wanted
  Tick due = kNoTick;                ///< begins later: late, by the difference
  std::int64_t priority = 1;         ///< what it counts if nobody comes
  /// Ticks of travel that it is worth; with a priority of 0, it is made if it costs no lateness and less travel.
  Tick prize = 0;
  std::uint64_t skills = 0;  ///< a bit each; the team must have all of them
  std::int64_t load = 0;     ///< of the team's capacity
  /// Visits with the same number begin at the same instant, each by another team, or none of them is made.
  std::size_t together = kNobody;
  /// The duty that makes it in the plan that people have been told; `kNobody`: none.
  std::size_t published = kNobody;
};

/// A pause that the team takes wherever it is then, on its way too, which it goes on afterwards; it begins in
/// `[from, until)`.  Who has been ready since t and paused for p in all since then is at the next place, d away, no
/// sooner than the last pause ends and than t + p + d.
struct Pause {
  Tick from = 0;
  Tick until = kNoTick;
  Tick duration = 0;
};

/// One team on one day: it leaves `start_place` at `from` or later and is at `end_place` by `until`, after that in
/// overtime, and never after `latest`.
struct Duty {
  std::size_t start_place = 0;
  std::size_t end_place = 0;
  Tick from = 0;
  Tick until = kNoTick;
  Tick latest = kNoTick;  ///< `until` where there may be no overtime
  std::uint64_t skills = 0;
  std::int64_t capacity = std::numeric_limits<std::int64_t>::max() / 4;
  std::vector<Pause> pauses;  ///< all are taken on a day on which the team makes a visit
  std::size_t team =
      kNobody;  ///< duties of the same team are its days; `kNobody`: a team of its own
};

/// What a tour plan costs, each less first by first.
enum class TourCriterion : std::uint8_t {
  unserved,  ///< priorities of the visits that nobody makes
  lateness,  ///< ticks by which visits begin after they are due
  overtime,  ///< ticks after the duties' `until`
  travel,    ///< ticks between places, and the prizes of visits not made
  change,    ///< visits made by another duty than published
};
inline constexpr std::size_t kTourCriteria = 5;

struct TourProblem {
  TravelTimes travel;
  std::vector<Visit> visits;
  std::vector<Duty> duties;
  /// Which counts before which.  When orders have gone out, `change` may count before `travel`.
  std::array<TourCriterion, kTourCriteria> order = {
      TourCriterion::unserved, TourCriterion::lateness, TourCriterion::overtime,
      TourCriterion::travel, TourCriterion::change};
};

/// Values in the order of `TourCriterion`, not of the problem.
struct TourCost {
  std::array<std::int64_t, kTourCriteria> values{};

  std::int64_t& operator[](TourCriterion which) { return values[static_cast<std::size_t>(which)]; }
  std::int64_t operator[](TourCriterion which) const {
    return values[static_cast<std::size_t>(which)];
  }
  friend bool operator==(const TourCost&, const TourCost&) = default;
};

/// Which is better for this problem: the first criterion of its order in which they differ decides.
inline std::strong_ordering compare(const TourProblem& problem, const TourCost& a,
                                    const TourCost& b) {
  for (const TourCriterion which : problem.order)
    if (a[which] != b[which]) return a[which] <=> b[which];
  return std::strong_ordering::equal;
}

/// A visit or a pause in a tour.
struct TourStep {
  bool is_pause = false;
  std::size_t index = 0;  ///< of the visit, or of the duty's pause
  Tick start = 0;
};

/// One tour a duty, its stops in order of time; and what is not made.
struct TourPlan {
  std::vector<std::vector<TourStep>> tours;
  TourCost cost;
};

}  // namespace diaodu
