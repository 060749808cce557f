#pragma once

#include <string>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/core/time.h"

namespace diaodu {

/// How the clocks of a place run against UTC: a list of dated offsets.  Plain data; `formats` fills it
/// from the machine's time-zone database.  A default zone is UTC without summer time, which is also
/// what plans without a zone use: their readings are then taken as they stand.
class Zone {
 public:
  struct Change {
    Instant from;            ///< from here on ...
    int offset_minutes = 0;  ///< ... local = UTC + offset
  };

  Zone() = default;
  /// `changes` ascend in time.
  Zone(std::string name, int first_offset_minutes, std::vector<Change> changes);

  const std::string& name() const { return name_; }
  const std::vector<Change>& changes() const { return changes_; }

  int offset_at(Instant instant) const;

  LocalTime to_local(Instant instant) const;

  /// A reading that the clocks skip (spring) becomes the instant of the jump; one that they show
  /// twice (autumn) its first occurrence.  So `to_instant` never runs backwards.
  Instant to_instant(LocalTime local) const;

 private:
  std::string name_ = "UTC";
  int first_offset_ = 0;
  std::vector<Change> changes_;
};

}  // namespace diaodu
