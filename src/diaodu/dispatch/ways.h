#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::dispatch {

/// Where somebody can be and when: the network of all ways through a plan's places, with a node only
/// for the moments that matter.
///
/// Nobody gains by passing later than at once, but where others crowd the hour, nor by taking a
/// vehicle that goes whenever wanted later than at once.  So people arrive at a place only when they
/// start, or a vehicle brings them; they pass on arrival or at the beginning of a later whole hour;
/// and they then go on at once, or by a departure.  Every best plan has such a form, and no grid of
/// time slots is needed: times are exact.
///
/// Arcs go forward in the order of the nodes.
struct Ways {
  enum class Moment : std::uint8_t {
    arrived,   ///< is there, and may begin the transfer
    ready,     ///< has passed
    boarding,  ///< waits for departures at this time or later
  };
  struct Node {
    PlaceId place;
    Instant time;
    Moment moment = Moment::arrived;
    std::uint32_t first_arc = 0;  ///< its arcs end where those of the next node begin
  };
  struct Arc {
    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
    std::uint32_t to = 0;
    std::uint32_t limit = kNone;  ///< which of `limits` it uses up
    RouteId route;                ///< of a leg
    std::int64_t cost = 0;        ///< of one person, in hundredths
  };
  /// What people share: the seats of a departure, or an hour of a place.
  struct Limit {
    RouteId route;
    PlaceId place;
    Instant hour;
    std::int64_t amount = 0;
  };

  std::vector<Node> nodes;  ///< by time, and a last one that only ends the arcs
  std::vector<Arc> arcs;
  std::vector<Limit> limits;
  Table<GroupId, std::uint32_t> start;  ///< of each group; `Arc::kNone`: no way leads anywhere

  std::size_t num_nodes() const { return nodes.size() - 1; }
};

/// When the group can be at its place: its team waits for the last.
Instant ready_time(const Plan& plan, GroupId group);

/// All ways of the plan's groups to places where somebody is needed, over at most eight legs.  They
/// are followed for two days after the last departure, deadline and ready time, and then as long as
/// eight legs on routes without departures and the longest queue take.  Nobody queues for more than
/// sixty days.
Ways find_ways(const Plan& plan);

}  // namespace diaodu::dispatch
