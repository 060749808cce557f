#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/plan/movement.h"
#include "diaodu/plan/plan.h"

namespace diaodu::dispatch {

/// How good a movement is.  The first that differs decides.
struct MusterValue {
  std::int64_t unmet = 0;    ///< people who are needed somewhere and never come
  std::int64_t missing = 0;  ///< people who miss a deadline, each deadline counted
  std::int64_t changed = 0;  ///< people whose orders differ from the published ones
  /// When everybody who comes and is needed is there; `kEver` where nobody is.
  Instant full_strength = kEver;
  Money cost;

  friend auto operator<=>(const MusterValue&, const MusterValue&) = default;
};

/// Why fewer come than are needed.
enum class ShortfallReason : std::uint8_t {
  too_few,      ///< there are not as many people of this role
  unreachable,  ///< no way leads there from where they are, or every way is closed
  no_room,      ///< seats or throughput, here or where others are needed as much
  whole_teams,  ///< there is room, but for no whole team
};

struct Shortfall {
  PlaceId place;
  Text role;
  std::int64_t needed = 0;
  std::int64_t missing = 0;
  ShortfallReason reason = ShortfallReason::no_room;
};

/// What holds the muster back, and what one more of it would bring: the whole muster solved again.
struct Bottleneck {
  RouteId route;  ///< one more vehicle like this departure's; or
  PlaceId place;  ///< twice the throughput of this place
  MusterValue before;
  MusterValue after;  ///< of `unmet`, `missing` and `full_strength` only
};

struct MusterOptions {
  const Movement* published = nullptr;  ///< what people were told: changes to it count
  bool has_bottlenecks = true;
  int max_nodes = 300;  ///< of a search tree for whole numbers, of which there are several
  std::size_t max_columns = 4'000;  ///< that are tried to prove that nothing is better
};

struct MusterAnswer {
  Movement movement;
  MusterValue value;
  /// No movement is better than this: each number with those before it as in `value`.
  MusterValue bound;
  bool is_optimal = false;
  std::vector<Shortfall> shortfalls;
  std::vector<Bottleneck> bottlenecks;
  std::int64_t num_columns = 0;   ///< ways that were considered, of all crews
  std::int64_t num_programs = 0;  ///< linear programs that were solved
};

/// Sends the plan's groups to where its needs are: fewest unmet needs, then fewest people late, then
/// (with a published movement) fewest changed orders, then the earliest full strength, then the least
/// cost.  Where ways cost the same, fewer legs are better.
///
/// Each crew (people alike, or a team) chooses among the ways of `find_ways`; seats and hours are
/// shared.  The linear program over all ways is solved by column generation (Ford & Fulkerson 1958;
/// Barnhart et al. 1998), which gives the bound; whole numbers come from rounding that keeps counts
/// and limits, and, where that leaves a gap, from branch and bound over all ways whose reduced cost
/// is within the gap, which proves the optimum when it ends.
///
/// The plan has no errors.  The same plan gives the same answer.
MusterAnswer muster(const Plan& plan, const MusterOptions& options = {});

}  // namespace diaodu::dispatch
