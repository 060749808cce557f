#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/core/quantity.h"
#include "diaodu/core/text.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

enum class ResourceKind : std::uint8_t {
  people,
  machine,
  material,   ///< used up: the plan's tasks share the capacity once
  money,      ///< used up, likewise
  reservoir,  ///< filled and drawn: positive demands draw at start, negative ones fill at finish
};

constexpr bool is_renewable(ResourceKind kind) {
  return kind == ResourceKind::people || kind == ResourceKind::machine;
}

/// "No limit": more than any plan's demands can add up to.
inline constexpr Amount kUnlimited{std::int64_t{1} << 50};

struct Resource {
  Text id;
  Text name;
  Text name_zh;
  ResourceKind kind = ResourceKind::people;
  /// Renewable: how much may be in use at once.  Used up: how much there is in all.  Reservoir: what
  /// it holds at the start.
  Amount capacity = kOne;
  CalendarId calendar;  ///< none: at work whenever its tasks are
  PlaceId place;
  Money rate;  ///< renewable: for one hour of one unit; otherwise for one unit
  std::vector<SkillId> skills;
};

struct Skill {
  Text id;
};

/// What a task needs, in one of its modes or (no mode) in all of them: so much of a resource, or of
/// anybody who has the skill.
struct Demand {
  TaskId task;
  ModeId mode;
  ResourceId resource;  ///< exactly one of `resource` and `skill` is set
  SkillId skill;
  Amount amount = kOne;
};

/// The capacity of a resource during `[from, to)`, in place of `Resource::capacity`.  For what is used
/// up: how much of it tasks that start in that time may take.
struct Availability {
  ResourceId resource;
  Interval during;
  Amount capacity;
};

}  // namespace diaodu
