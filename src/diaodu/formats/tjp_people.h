#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/tjp_document.h"
#include "diaodu/formats/tjp_hours.h"
#include "diaodu/formats/tjp_patterns.h"

namespace diaodu::formats {

/// One who works on a task, and when that is.
struct TjpMember {
  std::size_t resource = 0;
  const WorkPattern* hours = nullptr;  ///< of the people's patterns; equal ones are the same
  bool is_mandatory = false;
};

inline constexpr std::size_t kMostLimited = 300;  ///< calendars of limits, which name their days

/// The resources of a project: who they are, and at which hours they work.  The document must outlive it.
class TjpPeople {
 public:
  TjpPeople(const TjpDocument& document, Findings& findings);

  const WorkPattern* project() const { return project_; }
  const WorkPattern* hours(std::size_t resource) const { return hours_[resource]; }
  std::int64_t efficiency(std::size_t resource) const {  ///< in thousandths
    return document_.resources[resource].efficiency;
  }
  std::optional<std::size_t> find(std::string_view id) const;

  /// Tells it if there were more days or members than are looked at: some leaves, limits and members do not
  /// count then.
  void tell_if_spent() const;

  /// Whether a calendar of that name may still be written for these hours: each of its days bears the name.
  bool may_write(const WorkPattern& hours, std::string_view name) {
    constexpr std::size_t kShortName = 64;
    days_left_ -=
        static_cast<std::int64_t>((7 + hours.dated.size()) * (1 + name.size() / kShortName));
    return days_left_ > 0;
  }

  /// Those of `hours` that the limits leave.
  const WorkPattern* within(const WorkPattern& hours, std::span<const TjpLimit> limits) {
    return patterns_.keep(limited(hours, limits, document_, days_left_));
  }
  const WorkPattern* both(const WorkPattern* a, const WorkPattern* b) {
    return patterns_.both(a, b, days_left_);
  }

  /// Those in a group, or the resource itself; that there is none is a finding.
  std::vector<std::size_t> members_of(const std::string& id, const Where& where);

  /// Minutes of the interval in which the resource works; with overtime 1 those off duty too, with 2 leaves too.
  std::int64_t worked_in(std::size_t resource, const TjpInterval& interval, int overtime) {
    return worked_in(*hours_[resource], interval, overtime);
  }
  std::int64_t worked_in(const WorkPattern& hours, const TjpInterval& interval, int overtime);

  /// All who are allocated, of alternatives the first: each in the hours of its own, on the shifts of its
  /// allocation, and only when all who are mandatory work.
  std::vector<TjpMember> team_of(const TjpTask& task);

  /// How long each works until together they have done so many minutes of work of one, as whole hours of the clock
  /// end; empty if they never do.
  std::vector<std::int64_t> shares_of(const std::vector<TjpMember>& team, std::int64_t effort,
                                      LocalTime from);

 private:
  const TjpDocument& document_;
  Findings& findings_;
  std::map<std::string, std::size_t, std::less<>> place_of_;
  std::vector<std::vector<std::size_t>> inside_;  // of each resource, the last first
  TjpPatterns patterns_;
  const WorkPattern* project_;
  std::vector<const WorkPattern*> hours_;  // of each resource
  static constexpr std::int64_t kMostDays = 3'000'000;
  static constexpr std::int64_t kMostMembers = 10'000'000;
  /// Of leaves, shifts, bookings, limits and shares of work, looked at one by one, and of calendars that are made
  /// of them.
  std::int64_t days_left_ = kMostDays;
  std::int64_t members_left_ = kMostMembers;  // of groups, once for each task that has one
};

}  // namespace diaodu::formats
