#pragma once

#include <array>
#include <cstdint>
#include <map>
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

/// At most so much work in each day, in each week from Monday on, or in each 30 days from the first day of the month
/// in which the limit begins: the language counts months so.
struct TjpLimit {
  enum class Period : std::uint8_t { day, week, month };
  Period period = Period::day;
  std::int64_t minutes = 0;
  std::optional<TjpInterval> during;   ///< what is worked outside does not count
  std::vector<std::string> resources;  ///< of these alone; empty: of all
};

/// A shift that holds for a while, or always.
struct TjpOnShift {
  std::string shift;
  std::optional<TjpInterval> during;
  Where where;
};

struct TjpAllocation {
  std::vector<std::string> candidates;  ///< ids; any one of them
  std::vector<TjpOnShift> shifts;
  bool is_mandatory = false;  ///< the others work only when these do
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

inline constexpr std::size_t kLongestTjpId = 500;  ///< bytes of a full id

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
  std::optional<LocalTime> min_start;  ///< these four are checked, and place nothing
  std::optional<LocalTime> max_start;
  std::optional<LocalTime> min_end;
  std::optional<LocalTime> max_end;
  std::optional<std::int64_t> effort;    ///< minutes of work of one
  std::optional<std::int64_t> length;    ///< working minutes
  std::optional<std::int64_t> duration;  ///< minutes on the clock
  std::optional<std::int64_t> effort_done;
  std::vector<TjpAllocation> allocations;
  std::vector<TjpLink> depends;
  std::vector<TjpLink> precedes;
  std::vector<TjpLimit> limits;  ///< its own, which hold for all in it together
  std::int64_t priority = 500;
  bool is_milestone = false;
  bool is_scheduled = false;  ///< its bookings are all there is
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
  std::string id;
  std::string name;
  std::size_t parent = kNoTjpParent;
  Where where;
  TjpHours hours;
  std::vector<TjpInterval> leaves;
  std::vector<TjpOnShift> shifts;
  std::vector<TjpLimit> limits;
  std::int64_t efficiency = 1000;  ///< thousandths
  std::string rate;                ///< for a day
  bool has_children = false;
};

inline constexpr std::size_t kNoTjpScenario = static_cast<std::size_t>(-1);

struct TjpScenario {
  std::string id;
  std::size_t parent = kNoTjpScenario;
  bool is_projection = false;  ///< what is not booked lies after now
  bool is_strict = false;      ///< what was booked until now is all that was done until now
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
  std::map<std::string, std::size_t, std::less<>> place_of_shift;  ///< the first of that id
  std::vector<TjpBooking> bookings;
  std::vector<TjpScenario> scenarios;  ///< at least one, in the file's order
  std::size_t scenario = 0;            ///< the one that is read
};

/// Reads the text; what has no place in a plan is told once by its word.  Of the scenarios that of this name, or the
/// first: what is said of it and of those that it is derived from.
TjpDocument read_tjp_document(std::string_view text, const std::string& file,
                              std::string_view scenario, Findings& findings);

}  // namespace diaodu::formats
