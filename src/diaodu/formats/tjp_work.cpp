#include "diaodu/formats/tjp_work.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "diaodu/formats/tjp_hours.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kLimitsOfMany{"limits on several resources together are not kept",
                              "多个资源的共同限额未保留"};
constexpr Words kUneven{"its resources work at different hours; they are taken to work together",
                        "各资源工作时间不同，按共同工作处理"};
constexpr Words kShared{
    "its resources work at different hours; each has a share of the work, which begins when it can",
    "各资源工作时间不同，各自承担一部分工作，能开始时即开始"};
constexpr Words kAnyOf{"which of its alternatives work is left to the plan, each as a skill",
                       "备选资源按技能处理，由计划选择"};

constexpr Words kNotBesideChoices{
    "its limits, and shifts of its allocations, are not kept beside alternatives or a given length",
    "有备选资源或固定工期时，其限额及分配的班次未保留"};

/// How long all together need, of so many thousandths of one.
std::int64_t shared(std::int64_t effort, std::int64_t efficiency) {
  return efficiency <= 0 ? effort : (effort * 1000 + efficiency - 1) / efficiency;
}

}  // namespace

TjpWorkMaker::TjpWorkMaker(const TjpDocument& document, TjpPeople& people,
                           const TjpBookedTasks& booked, const TjpTaskLimits& limits,
                           const TjpSkills& skills, TjpTables& tables, Findings& findings)
    : document_(document),
      people_(people),
      booked_(booked),
      limits_(limits),
      skills_(skills),
      tables_(tables),
      findings_(findings) {
  for (const TjpTask& task : document.tasks) {
    count_users(task);
    for (const auto* links : {&task.depends, &task.precedes}) {
      for (const TjpLink& link : *links) {
        if (link.is_other_end) bound_.insert(link.target);
      }
    }
  }
}

void TjpWorkMaker::count_users(const TjpTask& task) {
  if (!task.effort) return;
  std::set<std::size_t> users;
  for (const TjpAllocation& allocation : task.allocations) {
    for (const std::string& one : allocation.candidates) {
      if (!people_.find(one)) continue;
      for (const std::size_t member : people_.members_of(one, allocation.where))
        users.insert(member);
    }
  }
  for (const std::size_t one : users) ++num_users_[one];
}

void TjpWorkMaker::add_demands(std::size_t place) {
  const TjpTask& task = document_.tasks[place];
  tell_lost(place, task);
  for (const TjpMember& one : people_.team_of(task))
    add_demand(task.where, task.id, "", one.resource);
}

void TjpWorkMaker::tell_lost(std::size_t place, const TjpTask& task) {
  const bool has_shifts = std::any_of(task.allocations.begin(), task.allocations.end(),
                                      [](const TjpAllocation& one) { return !one.shifts.empty(); });
  if (has_shifts || !limits_.of_task[place].empty())
    findings_.add(found::not_kept, task.where, {task.id, kNotBesideChoices});
}

TjpWork TjpWorkMaker::work_of_effort(std::size_t place) {
  const TjpTask& task = document_.tasks[place];
  TjpWork work{.duration = "", .kind = "task", .calendar = "", .is_effort = true};
  const auto booked = booked_.find(task.id);
  const std::int64_t done = booked == booked_.end() ? 0 : booked->second.minutes;
  const std::int64_t effort = task.is_scheduled ? done : task.effort.value_or(done);
  const auto choice = std::find_if(task.allocations.begin(), task.allocations.end(), has_choice);
  if (booked != booked_.end() || choice == task.allocations.end()) {
    add_team(place, effort, work);
    return work;
  }
  tell_lost(place, task);
  if (is_by_skill(task)) {
    add_skills(task, effort, work);
  } else {
    add_choices(task, effort, *choice);
  }
  return work;
}

void TjpWorkMaker::add_skills(const TjpTask& task, std::int64_t effort, TjpWork& work) {
  findings_.add(found::read_otherwise, task.where, {kAnyOf});
  std::int64_t efficiency = 0;
  for (const TjpAllocation& allocation : task.allocations) {
    if (has_choice(allocation)) {
      tables_.add_demand(allocation.where, task.id, "", "", skills_.name_of(allocation));
      efficiency += 1000;
    } else {
      efficiency += add_demand(task, allocation.candidates.front(), allocation.where, "");
    }
  }
  work.duration = work_text(shared(effort, efficiency));
}

void TjpWorkMaker::add_choices(const TjpTask& task, std::int64_t effort,
                               const TjpAllocation& choice) {
  for (const std::string& candidate : choice.candidates) {
    std::int64_t efficiency = 0;
    for (const TjpAllocation& allocation : task.allocations) {
      const bool is_chosen = &allocation == &choice;
      efficiency += add_demand(task, is_chosen ? candidate : allocation.candidates.front(),
                               allocation.where, candidate);
    }
    tables_.add_mode(choice.where, task.id, candidate, shared(effort, efficiency));
  }
}

/// Without alternatives: all at once; or any of them, where others want them too; or each a share of its own, where
/// they work at different hours.
void TjpWorkMaker::add_team(std::size_t place, std::int64_t effort, TjpWork& work) {
  const TjpTask& task = document_.tasks[place];
  const std::vector<TjpMember> team = team_of(task);
  const std::vector<TjpLimit>& limits = limits_.of_task[place];
  const bool is_even = std::all_of(team.begin(), team.end(), [&](const TjpMember& one) {
    return one.hours == team.front().hours;
  });
  const bool is_under_way = booked_.contains(task.id) || task.effort_done.has_value();
  if (is_even && limits.empty() && !is_under_way && may_be_fewer(team)) {
    add_fewer(task, effort, team);
    return;
  }
  // As a summary it has no start of its own for others to follow.
  const bool may_share = !task.is_as_late_as_possible && !task.end && !bound_.contains(task.id);
  if (!is_even && limits.empty() && !is_under_way && may_share) {
    work.is_shared = add_shares(task, effort, team);
    if (work.is_shared) {
      work.kind.clear();
      return;
    }
  }
  if (!is_even) findings_.add(found::not_kept, task.where, {task.id, kUneven});
  std::int64_t efficiency = 0;
  for (const TjpMember& one : team) efficiency += add_demand(task.where, task.id, "", one.resource);
  work.duration = work_text(shared(effort, efficiency));
  work.calendar = calendar_of(place, team, is_even);
  add_progress(task, effort, efficiency);
}

/// Those who are allocated; where nobody is, or bookings have chosen among alternatives, those who are booked.
std::vector<TjpMember> TjpWorkMaker::team_of(const TjpTask& task) {
  const auto booked = booked_.find(task.id);
  const bool is_chosen = task.allocations.empty() ||
                         std::any_of(task.allocations.begin(), task.allocations.end(), has_choice);
  if (!is_chosen || booked == booked_.end()) return people_.team_of(task);
  std::vector<TjpMember> team;
  for (const std::size_t one : booked->second.resources)
    team.push_back({one, people_.hours(one), true});
  return team;
}

/// Whoever is not mandatory may be away on another task, and the others work on.
bool TjpWorkMaker::may_be_fewer(const std::vector<TjpMember>& team) const {
  constexpr std::size_t kMostFree = 3;
  constexpr std::size_t kMostInTeam = 6;  // all named in each of its ways
  std::size_t num_free = 0;
  bool is_wanted = false;
  for (const TjpMember& one : team) {
    if (one.is_mandatory) continue;
    ++num_free;
    const auto users = num_users_.find(one.resource);
    is_wanted = is_wanted || (users != num_users_.end() && users->second > 1);
  }
  return team.size() > 1 && team.size() <= kMostInTeam && is_wanted && num_free <= kMostFree;
}

void TjpWorkMaker::add_fewer(const TjpTask& task, std::int64_t effort,
                             const std::vector<TjpMember>& team) {
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < team.size(); ++i) {
    if (!team[i].is_mandatory) free.push_back(i);
  }
  // From all of them down, so that the first way is that of all.
  for (std::size_t chosen = std::size_t{1} << free.size(); chosen-- > 0;) {
    std::string mode;
    std::vector<std::size_t> workers;
    std::int64_t efficiency = 0;
    for (std::size_t i = 0; i < team.size(); ++i) {
      const auto place = std::find(free.begin(), free.end(), i);
      const bool is_chosen = place == free.end() || ((chosen >> (place - free.begin())) & 1U) != 0;
      if (!is_chosen) continue;
      workers.push_back(team[i].resource);
      mode += (mode.empty() ? "" : " + ") + document_.resources[team[i].resource].id;
      efficiency += people_.efficiency(team[i].resource);
    }
    if (efficiency <= 0) continue;
    for (const std::size_t one : workers) add_demand(task.where, task.id, mode, one);
    tables_.add_mode(task.where, task.id, mode, shared(effort, efficiency));
  }
}

/// A task inside for each of them.
bool TjpWorkMaker::add_shares(const TjpTask& task, std::int64_t effort,
                              const std::vector<TjpMember>& team) {
  constexpr std::size_t kMostShares = 100'000;
  constexpr Words kShares{"shares of work", "份工作份额"};
  if (num_shares_ + team.size() > kMostShares) {
    if (!is_sharing_told_)
      findings_.add(found::too_many, task.where, {std::to_string(kMostShares), kShares});
    is_sharing_told_ = true;
    return false;
  }
  LocalTime from = document_.start.value_or(LocalTime{});
  const TjpTask* at = &task;
  while (!at->start && at->parent != kNoTjpParent) at = &document_.tasks[at->parent];
  if (at->start) from = std::max(from, *at->start);
  const std::vector<std::int64_t> shares = people_.shares_of(team, effort, from);
  if (shares.empty()) return false;
  num_shares_ += team.size();
  findings_.add(found::read_otherwise, task.where, {kShared});
  for (std::size_t i = 0; i < team.size(); ++i) {
    if (shares[i] == 0) continue;
    const TjpResource& resource = document_.resources[team[i].resource];
    const std::string id = task.id + '.' + resource.id;
    TjpWork work{
        .duration = work_text(shares[i]), .kind = "task", .calendar = "", .is_effort = true};
    if (team[i].hours != people_.hours(team[i].resource) && people_.may_write(*team[i].hours, id)) {
      work.calendar = "hours of " + id;
      tables_.add_calendar(work.calendar, *team[i].hours, task.where);
    }
    tables_.add_task(task.where, {.id = id,
                                  .name = resource.name,
                                  .parent = task.id,
                                  .work = work,
                                  .priority = task.priority});
    add_demand(task.where, id, "", team[i].resource);
  }
  return true;
}

/// The hours that shifts of the allocations and limits leave to those who work together; empty where they are
/// just those of all of them.
std::string TjpWorkMaker::calendar_of(std::size_t place, const std::vector<TjpMember>& team,
                                      bool is_even) {
  const TjpTask& task = document_.tasks[place];
  if (team.empty()) return {};
  const WorkPattern* hours = team.front().hours;
  const WorkPattern* own = people_.hours(team.front().resource);
  for (const TjpMember& one : team) {
    hours = people_.both(hours, one.hours);
    own = people_.both(own, people_.hours(one.resource));
  }
  const std::vector<TjpLimit> limits = limits_on(limits_.of_task[place], team);
  if (!limits_.of_task[place].empty() &&
      (!is_even || limits.size() < limits_.of_task[place].size() || num_limited_ >= kMostLimited)) {
    findings_.add(found::not_kept, task.where, {task.id, kLimitsOfMany});
    return {};
  }
  if (!limits.empty()) {
    ++num_limited_;
    hours = people_.within(*hours, limits);
  }
  if (hours == own || !people_.may_write(*hours, task.id)) return {};
  const std::string id = (limits.empty() ? "hours of " : "limits of ") + task.id;
  tables_.add_calendar(id, *hours, task.where);
  return id;
}

/// As limits of each of them, who all work alike: of what all may do together an equal part.  One that is on some
/// of them alone has no place.
std::vector<TjpLimit> TjpWorkMaker::limits_on(const std::vector<TjpLimit>& limits,
                                              const std::vector<TjpMember>& team) const {
  std::vector<TjpLimit> all;
  for (TjpLimit limit : limits) {
    if (limit.resources.empty()) {
      limit.minutes /= static_cast<std::int64_t>(team.size());
    } else {
      const std::set<std::string_view> on(limit.resources.begin(), limit.resources.end());
      const bool is_on_all = std::all_of(team.begin(), team.end(), [&](const TjpMember& one) {
        return on.contains(document_.resources[one.resource].id);
      });
      if (!is_on_all) continue;
    }
    all.push_back(std::move(limit));
  }
  return all;
}

std::int64_t TjpWorkMaker::add_demand(const Where& where, std::string_view task,
                                      std::string_view mode, std::size_t resource) {
  tables_.add_demand(where, task, mode, document_.resources[resource].id);
  return people_.efficiency(resource);
}
std::int64_t TjpWorkMaker::add_demand(const TjpTask& task, const std::string& id,
                                      const Where& where, std::string_view mode) {
  std::int64_t efficiency = 0;
  for (const std::size_t member : people_.members_of(id, where))
    efficiency += add_demand(where, task.id, mode, member);
  return efficiency;
}

/// Between the last booking and now a projection that is not strict takes work to have gone on.
std::int64_t TjpWorkMaker::projected(const TjpTask& task, LocalTime from) {
  const TjpScenario& scenario = document_.scenarios[document_.scenario];
  if (!scenario.is_projection || scenario.is_strict || !document_.now) return 0;
  std::int64_t minutes = 0;
  for (const TjpMember& one : team_of(task))
    minutes += people_.worked_in(one.resource, {from, *document_.now}, 0) *
               people_.efficiency(one.resource) / 1000;
  return minutes;
}

void TjpWorkMaker::add_progress(const TjpTask& task, std::int64_t effort, std::int64_t efficiency) {
  const auto booked = booked_.find(task.id);
  const bool is_booked = booked != booked_.end() && booked->second.first && booked->second.last;
  if (!is_booked && !(task.effort_done && task.start)) return;
  std::int64_t done = is_booked ? booked->second.minutes : *task.effort_done;
  if (is_booked && !task.is_scheduled) done += projected(task, *booked->second.last);
  const LocalTime begun = is_booked ? *booked->second.first : *task.start;
  const std::int64_t left = shared(std::max<std::int64_t>(0, effort - done), efficiency);
  if (left == 0 && is_booked) {
    tables_.add_progress(task.where,
                         {{task.id}, {to_string(begun)}, {to_string(*booked->second.last)}});
  } else {
    const std::string resumes = is_booked ? to_string(*booked->second.last) : std::string();
    tables_.add_progress(task.where,
                         {{task.id}, {to_string(begun)}, {""}, {work_text(left)}, {resumes}});
  }
}

}  // namespace diaodu::formats
