#include "diaodu/formats/tjp.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/made_sheet.h"
#include "diaodu/formats/tjp_bookings.h"
#include "diaodu/formats/tjp_check.h"
#include "diaodu/formats/tjp_hours.h"
#include "diaodu/formats/tjp_limits.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kOpenSpan{"it has no length and lies between others; it is taken for a milestone",
                          "没有工期且位于其他任务之间，按里程碑处理"};
constexpr Words kLimitsOfMany{"limits on several resources together are not kept",
                              "多个资源的共同限额未保留"};
constexpr Words kUneven{"its resources work at different hours; they are taken to work together",
                        "各资源工作时间不同，按共同工作处理"};
constexpr Words kShared{
    "its resources work at different hours; each has a share of the work, which begins when it can",
    "各资源工作时间不同，各自承担一部分工作，能开始时即开始"};
constexpr Words kAnyOf{"which of its alternatives work is left to the plan, each as a skill",
                       "备选资源按技能处理，由计划选择"};

constexpr std::size_t kMostLimited = 300;  // calendars of limits, each of which names its days
constexpr std::size_t kMostDemands = 1'000'000;  // groups of many, allocated to many

std::string in_words(LocalTime time) { return to_string(time); }
std::string work_text(std::int64_t minutes) { return std::to_string(minutes) + "min"; }
std::string clock_text(std::int64_t minutes) { return std::to_string(minutes) + "emin"; }

class PlanMaker {
 public:
  PlanMaker(TjpDocument document, std::string file, Findings findings)
      : document_(std::move(document)),
        file_(std::move(file)),
        findings_(std::move(findings)),
        people_(document_, findings_),
        booked_(booked_work(document_, people_, findings_)) {}

  ReadPlan run() {
    check_tasks(document_, booked_, findings_);
    for (const TjpTask& task : document_.tasks) {
      count_users(task);
      for (const auto* links : {&task.depends, &task.precedes}) {
        for (const TjpLink& link : *links) linked_to_.insert(link.target);
      }
    }
    limits_ = limits_of_tasks(document_, people_, findings_);
    add_project();
    add_resources();
    for (std::size_t i = 0; i < document_.tasks.size(); ++i) add_task(i);
    for (const auto& [before, after] : limits_.sequence) {
      links_.add(document_.tasks[after].where.line,
                 {{document_.tasks[before].id}, {document_.tasks[after].id}, {"FS"}, {""}});
    }
    std::vector<Sheet> sheets;
    sheets.push_back(tasks_.take());
    for (MadeSheet* sheet : {&resources_, &modes_, &links_, &demands_, &progress_}) {
      if (sheet->num_rows() > 0) sheets.push_back(sheet->take());
    }
    return make_plan(std::move(settings_), sheets, std::move(findings_));
  }

 private:
  void add(std::string key, std::string value, std::string section = "plan") {
    settings_.push_back(
        {std::move(section), std::move(key), std::move(value), "", document_.where});
  }
  /// How many tasks want each resource.
  void count_users(const TjpTask& task) {
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

  void add_project() {
    if (!document_.name.empty()) add("name", document_.name);
    if (document_.start) add("start", in_words(*document_.start));
    if (!document_.zone.empty()) add("time_zone", document_.zone);
    if (document_.currency.size() == 3) add("currency", document_.currency);
    if (const auto date = known_until(document_, booked_)) add("data_date", in_words(*date));
    add_hours("project", people_.project(), document_.where, settings_);
    add("hours_per_day", decimal_string((document_.minutes_per_day * 1000 + 59) / 60, 3),
        "calendars.project");
    add("calendar", "project");
    add("lag_calendar", "project", "options");
    add("progress", "progress_override", "options");
  }

  void add_resources() {
    for (std::size_t i = 0; i < document_.resources.size(); ++i) {
      const TjpResource& resource = document_.resources[i];
      if (resource.has_children) continue;
      std::string calendar;
      if (people_.hours(i) != people_.project()) {
        calendar = "hours of " + resource.id;
        add_hours(calendar, people_.hours(i), resource.where, settings_);
      }
      std::string rate;
      if (const auto per_day = parse_decimal(resource.rate, 2);
          per_day && document_.minutes_per_day > 0) {
        rate = decimal_string(*per_day * 60 / document_.minutes_per_day, 2);
      }
      std::string skills;
      for (const std::string& skill : skills_of(resource.id))
        skills += (skills.empty() ? "" : ";") + skill;
      if (!skills.empty()) skills += ';';
      resources_.add(resource.where.line, {{resource.id, resource.where.column},
                                           {resource.name},
                                           {resource.efficiency == 0 ? "machine" : "people"},
                                           {"1"},
                                           {calendar},
                                           {rate},
                                           {skills}});
    }
  }

  /// Several allocations with alternatives in one task: anybody of these.
  static bool is_by_skill(const TjpTask& task) {
    return std::count_if(task.allocations.begin(), task.allocations.end(),
                         [](const TjpAllocation& one) { return one.candidates.size() > 1; }) > 1;
  }
  static std::string skill_of(const TjpAllocation& allocation) {
    std::string name;
    for (const std::string& one : allocation.candidates) name += (name.empty() ? "" : " or ") + one;
    return name;
  }
  std::set<std::string> skills_of(const std::string& resource) {
    if (!has_skills_) {
      has_skills_ = true;
      for (const TjpTask& task : document_.tasks) {
        if (!is_by_skill(task)) continue;
        for (const TjpAllocation& allocation : task.allocations) {
          if (allocation.candidates.size() < 2) continue;
          for (const std::string& one : allocation.candidates)
            skills_[one].insert(skill_of(allocation));
        }
      }
    }
    const auto known = skills_.find(resource);
    return known == skills_.end() ? std::set<std::string>{} : known->second;
  }

  /// What it takes, as a cell; and who, as rows.
  struct Work {
    std::string duration;
    std::string kind;
    std::string calendar;
    bool is_effort = false;
    bool is_shared = false;  ///< a summary of shares
  };

  void add_task(std::size_t place) {
    const TjpTask& task = document_.tasks[place];
    const Work work = task.has_children ? Work{} : work_of(place);
    const auto [constraint, date] = limit_of(task, work);
    const auto deadline = deadline_of(task);
    add_row(task.where, task.id, task.name,
            task.parent == kNoTjpParent ? "" : document_.tasks[task.parent].id, work, task.priority,
            constraint, date, deadline ? in_words(*deadline) : "", task.owner, task.note);
    for (const TjpLink& link : task.depends)
      add_link(link.target, task.id, link.is_other_end ? "SS" : "FS", link);
    for (const TjpLink& link : task.precedes)
      add_link(task.id, link.target, link.is_other_end ? "FF" : "FS", link);
  }

  void add_row(const Where& where, std::string_view id, std::string_view name,
               std::string_view parent, const Work& work, std::int64_t priority,
               std::string_view constraint = "", std::string_view date = "",
               std::string_view deadline = "", std::string_view owner = "",
               std::string_view note = "") {
    const int column = where.column;
    tasks_.add(where.line, {{id, column},
                            {name, column},
                            {parent, column},
                            {work.duration, column},
                            {work.kind, column},
                            {work.calendar, column},
                            {std::to_string(priority), column},
                            {constraint, column},
                            {date, column},
                            {deadline, column},
                            {owner, column},
                            {note, column}});
  }

  /// What is checked of its end; of its start, where the end follows from it.
  std::optional<LocalTime> deadline_of(const TjpTask& task) {
    if (!task.max_start) return task.max_end;
    if (!task.is_milestone && !task.duration) {
      if (!std::exchange(has_told_max_start_, true))
        findings_.add(found::tjp_not_read, task.where, {"maxstart"});
      return task.max_end;
    }
    const LocalTime latest{task.max_start->minutes + task.duration.value_or(0)};
    return std::min(latest, task.max_end.value_or(latest));
  }

  void add_link(std::string_view from, std::string_view to, std::string_view type,
                const TjpLink& link) {
    const auto add = [&](std::string_view lag) {
      links_.add(link.where.line,
                 {{from, link.where.column}, {to, link.where.column}, {type}, {lag}});
    };
    if (link.gap_clock > 0) add(clock_text(link.gap_clock));
    if (link.gap_work > 0) add(work_text(link.gap_work));
    if (link.gap_clock <= 0 && link.gap_work <= 0) add("");
  }

  Work work_of(std::size_t place) {
    const TjpTask& task = document_.tasks[place];
    if (task.is_milestone) return {.duration = "0min", .kind = "milestone", .calendar = "24h"};
    const auto booked = booked_.find(task.id);
    if (task.effort || booked != booked_.end()) return effort_of(place);
    if (task.length) {
      add_demands(task);
      return {.duration = work_text(*task.length), .kind = "task", .calendar = "project"};
    }
    if (task.duration) {
      add_demands(task);
      return {.duration = clock_text(*task.duration), .kind = "task", .calendar = ""};
    }
    if (task.start && task.end && *task.start <= *task.end) {
      return {.duration = clock_text(task.end->minutes - task.start->minutes),
              .kind = "task",
              .calendar = ""};
    }
    if (hangs(task)) return {.kind = "hammock"};
    const bool has_before = task.start || !task.depends.empty();
    const bool has_behind = task.end || !task.precedes.empty();
    if (has_before && has_behind) findings_.add(found::not_kept, task.where, {task.id, kOpenSpan});
    return {.duration = "0min", .kind = "milestone", .calendar = "24h"};
  }

  /// Without a length and with links on both sides, of its own or of those above, it spans what lies between.
  bool hangs(const TjpTask& task) {
    if (task.start || task.end || linked_to_.contains(task.id)) return false;
    if (!task.depends.empty() || !task.precedes.empty())
      return !task.depends.empty() && !task.precedes.empty();
    std::vector<const TjpLink*> before;
    std::vector<const TjpLink*> behind;
    for (std::size_t at = task.parent; at != kNoTjpParent; at = document_.tasks[at].parent) {
      for (const TjpLink& link : document_.tasks[at].depends) before.push_back(&link);
      for (const TjpLink& link : document_.tasks[at].precedes) behind.push_back(&link);
    }
    if (before.empty() || behind.empty()) return false;
    for (const TjpLink* link : before)
      add_link(link->target, task.id, link->is_other_end ? "SS" : "FS", *link);
    for (const TjpLink* link : behind)
      add_link(task.id, link->target, link->is_other_end ? "FF" : "FS", *link);
    return true;
  }

  /// One candidate of each allocation, all who work together.
  Work effort_of(std::size_t place) {
    const TjpTask& task = document_.tasks[place];
    Work work{.duration = "", .kind = "task", .calendar = "", .is_effort = true};
    const auto booked = booked_.find(task.id);
    const std::int64_t done = booked == booked_.end() ? 0 : booked->second.minutes;
    const std::int64_t effort = task.is_scheduled ? done : task.effort.value_or(done);
    const auto with_choice =
        std::find_if(task.allocations.begin(), task.allocations.end(),
                     [](const TjpAllocation& one) { return one.candidates.size() > 1; });
    if (is_by_skill(task)) {
      findings_.add(found::read_otherwise, task.where, {kAnyOf});
      std::int64_t efficiency = 0;
      for (const TjpAllocation& allocation : task.allocations) {
        if (allocation.candidates.size() > 1) {
          demands_.add(allocation.where.line,
                       {{task.id}, {""}, {""}, {skill_of(allocation)}, {"1"}});
          efficiency += 1000;
        } else {
          efficiency += add_demand(task, allocation.candidates.front(), allocation.where, "");
        }
      }
      work.duration = work_text(shared(effort, efficiency));
    } else if (with_choice != task.allocations.end()) {
      for (const std::string& candidate : with_choice->candidates) {
        std::int64_t efficiency = 0;
        for (const TjpAllocation& allocation : task.allocations) {
          const bool is_chosen = &allocation == &*with_choice;
          efficiency += add_demand(task, is_chosen ? candidate : allocation.candidates.front(),
                                   allocation.where, candidate);
        }
        modes_.add(with_choice->where.line,
                   {{task.id}, {candidate}, {work_text(shared(effort, efficiency))}});
      }
    } else {
      add_team(place, effort, work);
    }
    return work;
  }

  /// Without alternatives: all at once; or any of them, where others want them too; or each a share of its own, where
  /// they work at different hours.
  void add_team(std::size_t place, std::int64_t effort, Work& work) {
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
    if (!is_even && limits.empty() && !is_under_way && !task.is_as_late_as_possible && !task.end) {
      work.is_shared = add_shares(task, effort, team);
      if (work.is_shared) {
        work.kind.clear();
        return;
      }
    }
    if (!is_even) findings_.add(found::not_kept, task.where, {task.id, kUneven});
    std::int64_t efficiency = 0;
    for (const TjpMember& one : team)
      efficiency += add_demand(task.where, task.id, "", one.resource);
    work.duration = work_text(shared(effort, efficiency));
    work.calendar = calendar_of(place, team, is_even);
    add_progress(task, effort, efficiency);
  }

  /// Those who are allocated; of what is only booked, those who are booked.
  std::vector<TjpMember> team_of(const TjpTask& task) {
    if (!task.allocations.empty()) return people_.team_of(task);
    std::vector<TjpMember> team;
    for (const TjpBooking& booking : document_.bookings) {
      const auto resource = people_.find(booking.resource);
      if (booking.task != task.id || !resource || document_.resources[*resource].has_children)
        continue;
      const bool is_known = std::any_of(team.begin(), team.end(), [&](const TjpMember& one) {
        return one.resource == *resource;
      });
      if (!is_known) team.push_back({*resource, people_.hours(*resource), true});
    }
    return team;
  }

  /// Whoever is not mandatory may be away on another task, and the others work on.
  bool may_be_fewer(const std::vector<TjpMember>& team) const {
    constexpr std::size_t kMostFree = 3;
    std::size_t num_free = 0;
    bool is_wanted = false;
    for (const TjpMember& one : team) {
      if (one.is_mandatory) continue;
      ++num_free;
      const auto users = num_users_.find(one.resource);
      is_wanted = is_wanted || (users != num_users_.end() && users->second > 1);
    }
    return team.size() > 1 && is_wanted && num_free <= kMostFree;
  }

  void add_fewer(const TjpTask& task, std::int64_t effort, const std::vector<TjpMember>& team) {
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
        const bool is_chosen =
            place == free.end() || ((chosen >> (place - free.begin())) & 1U) != 0;
        if (!is_chosen) continue;
        workers.push_back(team[i].resource);
        mode += (mode.empty() ? "" : " + ") + document_.resources[team[i].resource].id;
        efficiency += people_.efficiency(team[i].resource);
      }
      if (efficiency <= 0) continue;
      for (const std::size_t one : workers) add_demand(task.where, task.id, mode, one);
      modes_.add(task.where.line, {{task.id}, {mode}, {work_text(shared(effort, efficiency))}});
    }
  }

  /// A task inside for each of them.
  bool add_shares(const TjpTask& task, std::int64_t effort, const std::vector<TjpMember>& team) {
    LocalTime from = document_.start.value_or(LocalTime{});
    const TjpTask* at = &task;
    while (!at->start && at->parent != kNoTjpParent) at = &document_.tasks[at->parent];
    if (at->start) from = std::max(from, *at->start);
    const std::vector<std::int64_t> shares = people_.shares_of(team, effort, from);
    if (shares.empty()) return false;
    findings_.add(found::read_otherwise, task.where, {kShared});
    for (std::size_t i = 0; i < team.size(); ++i) {
      if (shares[i] == 0) continue;
      const TjpResource& resource = document_.resources[team[i].resource];
      const std::string id = task.id + '.' + resource.id;
      Work work{
          .duration = work_text(shares[i]), .kind = "task", .calendar = "", .is_effort = true};
      if (team[i].hours != people_.hours(team[i].resource)) {
        work.calendar = "hours of " + id;
        add_hours(work.calendar, team[i].hours, task.where, settings_);
      }
      add_row(task.where, id, resource.name, task.id, work, task.priority);
      add_demand(task.where, id, "", team[i].resource);
    }
    return true;
  }

  /// The hours that shifts of the allocations and limits leave to those who work together; empty where they are
  /// just those of all of them.
  std::string calendar_of(std::size_t place, const std::vector<TjpMember>& team, bool is_even) {
    const TjpTask& task = document_.tasks[place];
    if (team.empty()) return {};
    WorkPattern hours = team.front().hours;
    WorkPattern own = people_.hours(team.front().resource);
    for (const TjpMember& one : team) {
      hours = intersection(hours, one.hours);
      own = intersection(own, people_.hours(one.resource));
    }
    const std::vector<TjpLimit> limits = limits_on(limits_.of_task[place], team);
    if (!limits_.of_task[place].empty() &&
        (!is_even || limits.size() < limits_.of_task[place].size() ||
         num_limited_ >= kMostLimited)) {
      findings_.add(found::not_kept, task.where, {task.id, kLimitsOfMany});
      return {};
    }
    if (!limits.empty()) {
      ++num_limited_;
      hours = limited(hours, limits, document_);
    }
    if (hours == own) return {};
    const std::string id = (limits.empty() ? "hours of " : "limits of ") + task.id;
    add_hours(id, hours, task.where, settings_);
    return id;
  }

  /// As limits of each of them, who all work alike: of what all may do together an equal part.  One that is on some
  /// of them alone has no place.
  std::vector<TjpLimit> limits_on(const std::vector<TjpLimit>& limits,
                                  const std::vector<TjpMember>& team) const {
    std::vector<TjpLimit> all;
    for (TjpLimit limit : limits) {
      if (limit.resources.empty()) {
        limit.minutes /= static_cast<std::int64_t>(team.size());
      } else {
        const bool is_on_all = std::all_of(team.begin(), team.end(), [&](const TjpMember& one) {
          const std::string& id = document_.resources[one.resource].id;
          return std::find(limit.resources.begin(), limit.resources.end(), id) !=
                 limit.resources.end();
        });
        if (!is_on_all) continue;
      }
      all.push_back(std::move(limit));
    }
    return all;
  }

  static std::int64_t shared(std::int64_t effort, std::int64_t efficiency) {
    return efficiency <= 0 ? effort : (effort * 1000 + efficiency - 1) / efficiency;
  }

  std::int64_t add_demand(const Where& where, std::string_view task, std::string_view mode,
                          std::size_t resource) {
    if (demands_.num_rows() < kMostDemands)
      demands_.add(where.line, {{task}, {mode}, {document_.resources[resource].id}, {""}, {"1"}});
    return people_.efficiency(resource);
  }
  std::int64_t add_demand(const TjpTask& task, const std::string& id, const Where& where,
                          std::string_view mode) {
    std::int64_t efficiency = 0;
    for (const std::size_t member : people_.members_of(id, where))
      efficiency += add_demand(where, task.id, mode, member);
    return efficiency;
  }
  void add_demands(const TjpTask& task) {
    for (const TjpMember& one : people_.team_of(task))
      add_demand(task.where, task.id, "", one.resource);
  }

  /// Between the last booking and now a projection that is not strict takes work to have gone on.
  std::int64_t projected(const TjpTask& task, LocalTime from) {
    const TjpScenario& scenario = document_.scenarios[document_.scenario];
    if (!scenario.is_projection || scenario.is_strict || !document_.now) return 0;
    std::int64_t minutes = 0;
    for (const TjpMember& one : people_.team_of(task))
      minutes += people_.worked_in(one.resource, {from, *document_.now}, 0) *
                 people_.efficiency(one.resource) / 1000;
    return minutes;
  }

  void add_progress(const TjpTask& task, std::int64_t effort, std::int64_t efficiency) {
    const auto booked = booked_.find(task.id);
    const bool is_booked = booked != booked_.end() && booked->second.first && booked->second.last;
    if (!is_booked && !(task.effort_done && task.start)) return;
    std::int64_t done = is_booked ? booked->second.minutes : *task.effort_done;
    if (is_booked && !task.is_scheduled) done += projected(task, *booked->second.last);
    const LocalTime begun = is_booked ? *booked->second.first : *task.start;
    const std::int64_t left = shared(std::max<std::int64_t>(0, effort - done), efficiency);
    if (left == 0 && is_booked) {
      progress_.add(task.where.line,
                    {{task.id}, {in_words(begun)}, {in_words(*booked->second.last)}});
    } else {
      const std::string resumes = is_booked ? in_words(*booked->second.last) : std::string();
      progress_.add(task.where.line,
                    {{task.id}, {in_words(begun)}, {""}, {work_text(left)}, {resumes}});
    }
  }

  std::pair<std::string, std::string> limit_of(const TjpTask& task, const Work& work) const {
    if (work.kind == "hammock") return {};
    if (task.has_children || work.is_shared) {
      if (task.start) return {"start_on_or_after", in_words(*task.start)};
      if (task.end) return {"finish_on_or_before", in_words(*task.end)};
      return {};
    }
    if (task.start)
      return {work.is_effort ? "start_on_or_after" : "start_on", in_words(*task.start)};
    if (task.end) return {"finish_on", in_words(*task.end)};
    if (!task.is_as_late_as_possible) return {};
    if (!task.precedes.empty()) return {"as_late_as_possible", ""};
    for (std::size_t above = task.parent; above != kNoTjpParent;
         above = document_.tasks[above].parent) {
      const TjpTask& outer = document_.tasks[above];
      if (!outer.precedes.empty()) return {"as_late_as_possible", ""};
      if (outer.end) return {"finish_on", in_words(*outer.end)};
    }
    return document_.end
               ? std::pair<std::string, std::string>{"finish_on", in_words(*document_.end)}
               : std::pair<std::string, std::string>{};
  }

  TjpDocument document_;
  std::string file_;
  Findings findings_;
  std::vector<Setting> settings_;
  TjpPeople people_;
  TjpBookedTasks booked_;
  TjpTaskLimits limits_;
  std::set<std::string, std::less<>> linked_to_;
  std::map<std::size_t, std::size_t> num_users_;  // of each resource that effort needs
  std::map<std::string, std::set<std::string>, std::less<>> skills_;
  bool has_skills_ = false;
  bool has_told_max_start_ = false;
  std::size_t num_limited_ = 0;
  MadeSheet tasks_{"tasks",
                   file_,
                   {{"id"},
                    {"name"},
                    {"parent"},
                    {"duration"},
                    {"kind"},
                    {"calendar"},
                    {"priority"},
                    {"constraint"},
                    {"date"},
                    {"deadline"},
                    {"owner"},
                    {"notes"}}};
  MadeSheet resources_{
      "resources",
      file_,
      {{"id"}, {"name"}, {"kind"}, {"capacity"}, {"calendar"}, {"rate"}, {"skills"}}};
  MadeSheet modes_{"modes", file_, {{"task"}, {"mode"}, {"duration"}}};
  MadeSheet links_{"links", file_, {{"from"}, {"to"}, {"type"}, {"lag"}}};
  MadeSheet demands_{"demands", file_, {{"task"}, {"mode"}, {"resource"}, {"skill"}, {"amount"}}};
  MadeSheet progress_{"progress",
                      file_,
                      {{"task"}, {"actual_start"}, {"actual_finish"}, {"remaining"}, {"resumes"}}};
};

}  // namespace

bool looks_like_tjp(std::string_view text) {
  // Comments, then `project`, and a date or a text behind it.
  while (true) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return false;
    text.remove_prefix(first);
    if (text.starts_with('#') || text.starts_with("//")) {
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    } else if (text.starts_with("/*")) {
      const std::size_t end = text.find("*/");
      if (end == std::string_view::npos) return false;
      text.remove_prefix(end + 2);
    } else if (text.starts_with("macro ")) {
      const std::size_t project = text.find("\nproject ");
      if (project == std::string_view::npos) return false;
      text.remove_prefix(project);
    } else {
      break;
    }
  }
  constexpr std::size_t kHead = 400;
  return text.starts_with("project ") &&
         text.substr(0, kHead).find_first_of("\"'") != std::string_view::npos;
}

ReadPlan read_tjp(std::string_view bytes, std::string file, std::string_view scenario) {
  Findings findings;
  const std::string text = to_utf8(bytes, file, findings);
  TjpDocument document = read_tjp_document(text, file, scenario, findings);
  return PlanMaker(std::move(document), std::move(file), std::move(findings)).run();
}

}  // namespace diaodu::formats
