#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/plan/work_pattern.h"

namespace diaodu::formats {

/// Between two readings of the project's clock.
struct TjpInterval {
  LocalTime from;
  LocalTime to;
};

/// At most so much of one resource in each day, week or month.
struct TjpLimit {
  enum class Period : std::uint8_t { day, week, month };
  Period period = Period::day;
  std::int64_t minutes = 0;
};

struct TjpAllocation {
  std::vector<std::string> candidates;  ///< ids; any one of them
  Where where;
};

struct TjpLink {
  std::string target;          ///< full id
  bool is_other_end = false;   ///< `onstart` of a predecessor, `onend` of a successor
  std::int64_t gap_clock = 0;  ///< `gapduration`, in minutes on the clock
  std::int64_t gap_work = 0;   ///< `gaplength`, in working minutes
  Where where;
};

struct TjpBooking {
  std::string task;
  std::string resource;
  std::vector<TjpInterval> intervals;
  int overtime = 0;  ///< 1: off hours count, 2: and leaves too
  int sloppy = 0;    ///< 1: off hours may lie inside, 2: and leaves too
  Where where;
};

inline constexpr std::size_t kNoTjpParent = static_cast<std::size_t>(-1);

struct TjpTask {
  std::string id;  ///< full: `phase.build`
  std::string name;
  std::string note;
  std::string owner;
  std::size_t parent = kNoTjpParent;
  Where where;
  std::optional<LocalTime> start;
  std::optional<LocalTime> end;
  std::optional<LocalTime> max_end;
  std::optional<std::int64_t> effort;    ///< minutes of work of one
  std::optional<std::int64_t> length;    ///< working minutes
  std::optional<std::int64_t> duration;  ///< minutes on the clock
  std::optional<std::int64_t> effort_done;
  std::vector<TjpAllocation> allocations;
  std::vector<TjpLink> depends;
  std::vector<TjpLink> precedes;
  std::vector<TjpLimit> limits;
  std::int64_t priority = 500;
  bool is_milestone = false;
  bool is_as_late_as_possible = false;
  bool has_own_direction = false;
  bool has_children = false;
};

struct TjpHours {
  std::array<DayShifts, 7> week;  ///< Monday first
};

struct TjpShift {
  std::string id;
  TjpHours hours;
  std::vector<TjpInterval> leaves;
  bool replaces = false;  ///< leaves of others do not count in it
};

struct TjpResource {
  struct OnShift {
    std::string shift;
    std::optional<TjpInterval> during;
    Where where;
  };
  std::string id;
  std::string name;
  std::size_t parent = kNoTjpParent;
  Where where;
  TjpHours hours;
  std::vector<TjpInterval> leaves;
  std::vector<OnShift> shifts;
  std::vector<TjpLimit> limits;
  std::int64_t efficiency = 1000;  ///< thousandths
  std::string rate;                ///< for a day
  bool has_children = false;
};

/// A TaskJuggler project, as far as it can become a plan.
struct TjpDocument {
  std::string name;
  std::string zone;
  std::string currency;
  std::optional<LocalTime> start;
  std::optional<LocalTime> end;
  std::optional<LocalTime> now;
  Where where;
  std::int64_t minutes_per_day = 480;
  TjpHours hours;
  std::vector<TjpInterval> leaves;
  std::vector<TjpTask> tasks;
  std::vector<TjpResource> resources;
  std::vector<TjpShift> shifts;
  std::vector<TjpBooking> bookings;
};

/// Reads the text; what has no place in a plan is told once by its word.
TjpDocument read_tjp_document(std::string_view text, const std::string& file, Findings& findings);

}  // namespace diaodu::formats
