#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "diaodu/core/text.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

/// People who are alike: one role, one place where they start, one time from which they can go.
struct Group {
  static constexpr std::int64_t kAsNamed = -1;  ///< as many as `people` names, else one

  Text id;
  Text name;
  Text name_zh;
  PlaceId place;
  Text role;
  std::int64_t count = 0;        ///< never `kAsNamed` in a plan that is complete
  std::optional<Instant> ready;  ///< unset: the plan's start
  /// Groups of one team travel together, on the same vehicles to the same place, or not at all.
  Text team;
  Text basis;  ///< as of a place
};

/// One of a group, by name.  The first named is the group's first; those beyond the names are
/// known by their number.  What is said of a person beside the group counts when teams are made.
struct Person {
  Text id;
  Text name;
  Text name_zh;
  GroupId group;  ///< unset: not mustered
  PlaceId place;  ///< unset: the group's
  Text role;      ///< empty: the group's
  std::vector<SkillId> skills;
  std::vector<SkillId> languages;
  bool is_local = false;
  bool is_leader = false;
  TeamId team;  ///< of yesterday
  Text basis;   ///< as of a place
};

/// At least `count` people of that role shall be at the place by then, those of its earlier needs
/// included.
struct Need {
  PlaceId place;
  Text role;
  std::int64_t count = 0;
  std::optional<Instant> by;  ///< unset: as early as possible
  Text basis;                 ///< as of a place
};

}  // namespace diaodu
