#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/dispatch/ways.h"

namespace diaodu::dispatch {

/// Some of a group: `[first, first + count)`.
struct Slice {
  GroupId group;
  std::int64_t first = 0;
  std::int64_t count = 0;
};

/// So many people of a unit were told to do this.
struct ToldPart {
  const Party* party = nullptr;
  std::int64_t count = 0;
  bool stays = false;  ///< where they are
};

/// People who may do the same: those of one role, place and time (and, if told already, with the same
/// orders), who go each on their own; or a team, which goes as one.
struct Crew {
  std::vector<Slice> slices;
  std::uint32_t start = Ways::Arc::kNone;
  std::int64_t units = 0;                                     ///< people, or one team
  std::int64_t size = 1;                                      ///< people in a unit
  std::vector<std::pair<std::size_t, std::int64_t>> make_up;  ///< role and people of it, of a unit
  std::vector<ToldPart> told;  ///< of a unit; who is in none of them was told nothing
};

/// At this place by then.
struct Step {
  Instant by;
  std::int64_t count = 0;
};

/// What a place needs of a role: so many in all, and by some times so many of them.
struct Want {
  PlaceId place;
  std::size_t role = 0;
  std::int64_t count = 0;
  std::vector<Step> steps;  ///< by time, counts growing
};

struct Crews {
  std::vector<std::string_view> roles;
  std::vector<Crew> crews;
  std::vector<Want> wants;  ///< by place and role
};

Crews find_crews(const Plan& plan, const Ways& ways, const Movement* published);

}  // namespace diaodu::dispatch
