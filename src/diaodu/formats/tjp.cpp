#include "diaodu/formats/tjp.h"

#include <algorithm>
#include <map>
#include <set>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/made_sheet.h"
#include "diaodu/formats/tjp_hours.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kContainerLength{"a task with tasks inside has no length of its own",
                                 "含子任务的任务不能自带工期"};
constexpr Words kContainerMilestone{"a task with tasks inside is no milestone",
                                    "含子任务的任务不能是里程碑"};
constexpr Words kContainerBooking{"nobody works on a task with tasks inside",
                                  "含子任务的任务不能有工时记录"};
constexpr Words kMilestoneLength{"a milestone has no length", "里程碑没有工期"};
constexpr Words kMilestoneSpan{
    "a milestone cannot end when it has not begun: its start and end differ",
    "里程碑的开始与结束不能不同"};
constexpr Words kMilestoneBooking{"nobody works on a milestone", "里程碑不能有工时记录"};
constexpr Words kTwoLengths{"it has more than one of effort, length and duration",
                            "effort、length、duration 只能有一个"};
constexpr Words kStartEndLength{"its start, end and length say the same twice",
                                "开始、结束与工期重复规定"};
constexpr Words kNobody{"it has effort, but nobody is allocated", "有工作量，但未分配人员"};
constexpr Words kNoEffort{"its effort must be above zero", "工作量须大于零"};
constexpr Words kEndBeforeStart{"it ends before it starts", "结束早于开始"};
constexpr Words kOffDuty{"the resource is not at work then", "该资源此时不工作"};
constexpr Words kTwice{"the resource is booked for two tasks at once", "该资源同时记录了两项任务"};
constexpr Words kOpenSpan{"it has no length and lies between others; it is taken for a milestone",
                          "没有工期且位于其他任务之间，按里程碑处理"};
constexpr Words kLimitsOfMany{"limits on several resources together are not kept",
                              "多个资源的共同限额未保留"};
constexpr Words kUneven{"its resources work at different hours; they are taken to work together",
                        "各资源工作时间不同，按共同工作处理"};
constexpr Words kBeforeProject{"it starts before the project", "开始早于项目"};
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
      : document_(std::move(document)), file_(std::move(file)), findings_(std::move(findings)) {}

  ReadPlan run() {
    for (std::size_t i = 0; i < document_.resources.size(); ++i)
      resource_of_.insert({document_.resources[i].id, i});
    for (std::size_t i = 0; i < document_.tasks.size(); ++i)
      task_of_.insert({document_.tasks[i].id, i});
    add_project();
    add_resources();
    read_bookings();
    for (const TjpTask& task : document_.tasks) add_task(task);
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
  void contradict(const TjpTask& task, const Words& why) {
    findings_.add(found::tjp_contradiction, task.where, {task.id, why});
  }

  void add_project() {
    if (!document_.name.empty()) add("name", document_.name);
    if (document_.start) add("start", in_words(*document_.start));
    if (!document_.zone.empty()) add("time_zone", document_.zone);
    if (document_.currency.size() == 3) add("currency", document_.currency);
    const TjpResource nobody{.hours = document_.hours};
    project_ = hours_of(document_, nobody, findings_, days_left_);
    add_hours("project", project_, document_.where, settings_);
    add("hours_per_day", decimal_string((document_.minutes_per_day * 1000 + 59) / 60, 3),
        "calendars.project");
    add("calendar", "project");
    add("lag_calendar", "project", "options");
    add("progress", "progress_override", "options");
  }

  void add_resources() {
    for (const TjpResource& resource : document_.resources) {
      const std::size_t place = hours_.size();
      hours_.push_back(hours_of(document_, resource, findings_, days_left_));
      if (!resource.limits.empty() && num_limited_++ < kMostLimited)
        hours_.back() = limited(hours_.back(), resource.limits, document_);
      if (resource.has_children) continue;
      std::string calendar;
      if (hours_[place] != project_) {
        calendar = "hours of " + resource.id;
        add_hours(calendar, hours_[place], resource.where, settings_);
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

  /// The leaves of a group, or the resource itself.
  std::vector<std::size_t> members_of(const std::string& id, const Where& where) {
    const auto known = resource_of_.find(id);
    if (known == resource_of_.end()) {
      findings_.add(found::unknown_resource, where, {id, ""});
      return {};
    }
    std::vector<std::size_t> members;
    for (std::size_t i = known->second; i < document_.resources.size(); ++i) {
      bool is_inside = false;
      for (std::size_t at = i; at != kNoTjpParent; at = document_.resources[at].parent) {
        is_inside = is_inside || at == known->second;
      }
      if (!is_inside) break;
      if (!document_.resources[i].has_children) members.push_back(i);
    }
    return members;
  }

  void read_bookings() {
    std::map<std::string, std::vector<std::pair<TjpInterval, const TjpBooking*>>, std::less<>>
        of_resource;
    for (const TjpBooking& booking : document_.bookings) {
      if (!task_of_.contains(booking.task)) {
        findings_.add(found::unknown_task, booking.where, {booking.task, ""});
        continue;
      }
      const auto known = resource_of_.find(booking.resource);
      if (known == resource_of_.end()) {
        findings_.add(found::unknown_resource, booking.where, {booking.resource, ""});
        continue;
      }
      Booked& booked = booked_[booking.task];
      for (const TjpInterval& interval : booking.intervals) {
        const std::int64_t worked = worked_in(known->second, interval, booking.overtime);
        if (worked == 0 && booking.overtime == 0 && booking.sloppy == 0) {
          findings_.add(found::tjp_contradiction, booking.where, {booking.resource, kOffDuty});
        }
        booked.minutes += worked;
        booked.first = std::min(booked.first.value_or(interval.from), interval.from);
        booked.last = std::max(booked.last.value_or(interval.to), interval.to);
        of_resource[booking.resource].push_back({interval, &booking});
      }
    }
    for (auto& [resource, intervals] : of_resource) {
      std::stable_sort(intervals.begin(), intervals.end(),
                       [](const auto& a, const auto& b) { return a.first.from < b.first.from; });
      for (std::size_t i = 1; i < intervals.size(); ++i) {
        if (intervals[i].first.from >= intervals[i - 1].first.to) continue;
        if (intervals[i].second->task == intervals[i - 1].second->task) continue;
        findings_.add(found::tjp_contradiction, intervals[i].second->where, {resource, kTwice});
      }
    }
    add_data_date();
  }

  std::int64_t worked_in(std::size_t resource, const TjpInterval& interval, int overtime) {
    const std::int64_t all = std::max<std::int64_t>(0, interval.to.minutes - interval.from.minutes);
    if (overtime == 2) return all;
    std::int64_t worked = 0;
    for (Date day = interval.from.date(); LocalTime::at(day, 0) < interval.to && --days_left_ > 0;
         day = day + 1) {
      const std::int64_t midnight = LocalTime::at(day, 0).minutes;
      const auto& shifts = hours_[resource].on(day);
      const bool is_leave =
          shifts.empty() && !hours_[resource].week[static_cast<std::size_t>(weekday(day))].empty();
      for (const Shift& shift :
           overtime == 1 && !is_leave ? DayShifts{{0, static_cast<int>(kMinutesPerDay)}} : shifts) {
        worked +=
            std::max<std::int64_t>(0, std::min(midnight + shift.end, interval.to.minutes) -
                                          std::max(midnight + shift.begin, interval.from.minutes));
      }
    }
    return worked;
  }

  /// Now, if the file says when that is; else as late as lets everything booked begin, and nothing wait.
  void add_data_date() {
    if (booked_.empty()) return;
    std::optional<LocalTime> date = document_.now;
    if (!date) {
      LocalTime latest_first = booked_.begin()->second.first.value_or(LocalTime{});
      LocalTime earliest_last = booked_.begin()->second.last.value_or(LocalTime{});
      for (const auto& [task, booked] : booked_) {
        if (!booked.first || !booked.last) continue;
        latest_first = std::max(latest_first, *booked.first);
        earliest_last = std::min(earliest_last, *booked.last);
      }
      date = std::min(latest_first, earliest_last);
    }
    add("data_date", in_words(*date));
  }

  struct Booked {
    std::int64_t minutes = 0;
    std::optional<LocalTime> first;
    std::optional<LocalTime> last;
  };

  /// What it takes, as a cell; and who, as rows.
  struct Work {
    std::string duration;
    std::string kind;
    std::string calendar;
    bool is_effort = false;
  };

  void check(const TjpTask& task) {
    const int num_lengths = (task.effort ? 1 : 0) + (task.length ? 1 : 0) + (task.duration ? 1 : 0);
    const bool is_booked = booked_.contains(task.id);
    if (task.has_children) {
      if (num_lengths > 0) contradict(task, kContainerLength);
      if (task.is_milestone) contradict(task, kContainerMilestone);
      if (is_booked) contradict(task, kContainerBooking);
    } else if (task.is_milestone) {
      if (num_lengths > 0) contradict(task, kMilestoneLength);
      if (task.start && task.end && *task.start != *task.end) contradict(task, kMilestoneSpan);
      if (is_booked) contradict(task, kMilestoneBooking);
    } else if (num_lengths > 1) {
      contradict(task, kTwoLengths);
    } else if (num_lengths == 1 && task.start && task.end) {
      contradict(task, kStartEndLength);
    }
    if (task.effort && *task.effort <= 0) contradict(task, kNoEffort);
    if (task.effort && !task.has_children && task.allocations.empty()) contradict(task, kNobody);
    if (task.start && task.end && *task.end < *task.start) contradict(task, kEndBeforeStart);
    if (task.start && document_.start && *task.start < *document_.start)
      contradict(task, kBeforeProject);
  }

  void add_task(const TjpTask& task) {
    check(task);
    Work work = task.has_children ? Work{} : work_of(task);
    const auto [constraint, date] = limit_of(task, work);
    tasks_.add(
        task.where.line,
        {{task.id, task.where.column},
         {task.name, task.where.column},
         {task.parent == kNoTjpParent ? "" : document_.tasks[task.parent].id, task.where.column},
         {work.duration, task.where.column},
         {work.kind, task.where.column},
         {work.calendar, task.where.column},
         {std::to_string(task.priority), task.where.column},
         {constraint, task.where.column},
         {date, task.where.column},
         {task.max_end ? in_words(*task.max_end) : "", task.where.column},
         {task.owner, task.where.column},
         {task.note, task.where.column}});
    for (const TjpLink& link : task.depends)
      add_link(link.target, task.id, link.is_other_end ? "SS" : "FS", link);
    for (const TjpLink& link : task.precedes)
      add_link(task.id, link.target, link.is_other_end ? "FF" : "FS", link);
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

  Work work_of(const TjpTask& task) {
    if (task.is_milestone) return {.duration = "0min", .kind = "milestone", .calendar = "24h"};
    const auto booked = booked_.find(task.id);
    if (task.effort || booked != booked_.end()) return effort_of(task);
    if (task.length) {
      add_demands(task, "");
      return {.duration = work_text(*task.length), .kind = "task", .calendar = "project"};
    }
    if (task.duration) {
      add_demands(task, "");
      return {.duration = clock_text(*task.duration), .kind = "task", .calendar = ""};
    }
    if (task.start && task.end && *task.start <= *task.end) {
      return {.duration = clock_text(task.end->minutes - task.start->minutes),
              .kind = "task",
              .calendar = ""};
    }
    const bool has_before = task.start || !task.depends.empty();
    const bool has_behind = task.end || !task.precedes.empty();
    if (has_before && has_behind) findings_.add(found::not_kept, task.where, {task.id, kOpenSpan});
    return {.duration = "0min", .kind = "milestone", .calendar = "24h"};
  }

  /// One candidate of each allocation, all who work together.
  Work effort_of(const TjpTask& task) {
    Work work{.duration = "", .kind = "task", .calendar = "", .is_effort = true};
    const auto booked = booked_.find(task.id);
    const std::int64_t effort =
        task.effort.value_or(booked == booked_.end() ? 0 : booked->second.minutes);
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
      const std::int64_t efficiency = add_demands(task, "");
      work.duration = work_text(shared(effort, efficiency));
      work.calendar = limit_calendar(task);
      add_progress(task, effort, efficiency);
    }
    return work;
  }

  static std::int64_t shared(std::int64_t effort, std::int64_t efficiency) {
    return efficiency <= 0 ? effort : (effort * 1000 + efficiency - 1) / efficiency;
  }

  std::int64_t add_demands(const TjpTask& task, std::string_view mode) {
    std::int64_t efficiency = 0;
    std::set<std::size_t> members;
    for (const TjpAllocation& allocation : task.allocations) {
      for (const std::size_t member : members_of(allocation.candidates.front(), allocation.where))
        members.insert(member);
    }
    if (!members.empty()) {
      const bool is_even = std::all_of(members.begin(), members.end(), [&](std::size_t one) {
        return hours_[one] == hours_[*members.begin()];
      });
      if (!is_even) findings_.add(found::not_kept, task.where, {task.id, kUneven});
    }
    for (const std::size_t member : members) {
      if (demands_.num_rows() == kMostDemands) break;
      demands_.add(task.where.line,
                   {{task.id}, {mode}, {document_.resources[member].id}, {""}, {"1"}});
      efficiency += document_.resources[member].efficiency;
    }
    return efficiency;
  }
  std::int64_t add_demand(const TjpTask& task, const std::string& id, const Where& where,
                          std::string_view mode) {
    std::int64_t efficiency = 0;
    for (const std::size_t member : members_of(id, where)) {
      if (demands_.num_rows() == kMostDemands) break;
      demands_.add(where.line, {{task.id}, {mode}, {document_.resources[member].id}, {""}, {"1"}});
      efficiency += document_.resources[member].efficiency;
    }
    return efficiency;
  }

  /// The hours that the limits of the task leave to its one resource.
  std::string limit_calendar(const TjpTask& task) {
    if (task.limits.empty()) return {};
    const auto members = task.allocations.size() == 1
                             ? members_of(task.allocations.front().candidates.front(),
                                          task.allocations.front().where)
                             : std::vector<std::size_t>{};
    if (members.size() != 1 || num_limited_ >= kMostLimited) {
      findings_.add(found::not_kept, task.where, {task.id, kLimitsOfMany});
      return {};
    }
    ++num_limited_;
    const std::string id = "limits of " + task.id;
    add_hours(id, limited(hours_[members.front()], task.limits, document_), task.where, settings_);
    return id;
  }

  void add_progress(const TjpTask& task, std::int64_t effort, std::int64_t efficiency) {
    const auto booked = booked_.find(task.id);
    const bool is_booked = booked != booked_.end() && booked->second.first && booked->second.last;
    if (!is_booked && !(task.effort_done && task.start)) return;
    const std::int64_t done = is_booked ? booked->second.minutes : *task.effort_done;
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
    if (task.has_children) {
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
  WorkPattern project_;
  std::vector<WorkPattern> hours_;  // of each resource
  std::map<std::string, std::size_t, std::less<>> resource_of_;
  std::map<std::string, std::size_t, std::less<>> task_of_;
  std::map<std::string, Booked, std::less<>> booked_;
  std::map<std::string, std::set<std::string>, std::less<>> skills_;
  bool has_skills_ = false;
  std::size_t num_limited_ = 0;
  std::int64_t days_left_ = 3'000'000;  // of leaves and bookings that are looked at one by one
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

ReadPlan read_tjp(std::string_view bytes, std::string file) {
  Findings findings;
  const std::string text = to_utf8(bytes, file, findings);
  TjpDocument document = read_tjp_document(text, file, findings);
  return PlanMaker(std::move(document), std::move(file), std::move(findings)).run();
}

}  // namespace diaodu::formats
