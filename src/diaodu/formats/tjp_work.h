#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "diaodu/formats/tjp_bookings.h"
#include "diaodu/formats/tjp_limits.h"
#include "diaodu/formats/tjp_skills.h"
#include "diaodu/formats/tjp_tables.h"

namespace diaodu::formats {

/// From effort, allocations, limits and bookings to durations, modes, demands and progress.
///
/// Alternatives are ways to do a task.  Without any, those who are not mandatory may be away: where others want them
/// too, and the team is small, each choice of them is a way; where they work at different hours, each has a share of
/// the work as a task of its own.
class TjpWorkMaker {
 public:
  /// All of these must outlive it.
  TjpWorkMaker(const TjpDocument& document, TjpPeople& people, const TjpBookedTasks& booked,
               const TjpTaskLimits& limits, const TjpSkills& skills, TjpTables& tables,
               Findings& findings);

  TjpWork work_of_effort(std::size_t task);

  /// Demands of a task whose length is given.
  void add_demands(std::size_t task);

 private:
  void count_users(const TjpTask& task);
  void tell_lost(std::size_t place, const TjpTask& task);
  std::vector<TjpMember> team_of(const TjpTask& task);
  void add_skills(const TjpTask& task, std::int64_t effort, TjpWork& work);
  void add_choices(const TjpTask& task, std::int64_t effort, const TjpAllocation& choice);
  void add_team(std::size_t place, std::int64_t effort, TjpWork& work);
  bool may_be_fewer(const std::vector<TjpMember>& team) const;
  void add_fewer(const TjpTask& task, std::int64_t effort, const std::vector<TjpMember>& team);
  bool add_shares(const TjpTask& task, std::int64_t effort, const std::vector<TjpMember>& team);
  std::string calendar_of(std::size_t place, const std::vector<TjpMember>& team, bool is_even);
  std::vector<TjpLimit> limits_on(const std::vector<TjpLimit>& limits,
                                  const std::vector<TjpMember>& team) const;
  std::int64_t add_demand(const Where& where, std::string_view task, std::string_view mode,
                          std::size_t resource);
  std::int64_t add_demand(const TjpTask& task, const std::string& id, const Where& where,
                          std::string_view mode);
  std::int64_t projected(const TjpTask& task, LocalTime from);
  void add_progress(const TjpTask& task, std::int64_t effort, std::int64_t efficiency);

  const TjpDocument& document_;
  TjpPeople& people_;
  const TjpBookedTasks& booked_;
  const TjpTaskLimits& limits_;
  const TjpSkills& skills_;
  TjpTables& tables_;
  Findings& findings_;
  std::set<std::string, std::less<>> bound_;  // whose start others follow, or whose end others meet
  std::map<std::size_t, std::size_t> num_users_;  // of each resource: tasks whose effort wants it
  std::size_t num_limited_ = 0;
  std::size_t num_shares_ = 0;
  bool is_sharing_told_ = false;
};

}  // namespace diaodu::formats
