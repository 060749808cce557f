#include "diaodu/formats/tjp.h"

#include <algorithm>
#include <set>
#include <utility>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/tjp_bookings.h"
#include "diaodu/formats/tjp_check.h"
#include "diaodu/formats/tjp_limits.h"
#include "diaodu/formats/tjp_skills.h"
#include "diaodu/formats/tjp_tables.h"
#include "diaodu/formats/tjp_work.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kOpenSpan{"it has no length and lies between others; it is taken for a milestone",
                          "没有工期且位于其他任务之间，按里程碑处理"};
constexpr Words kEarlyStart{"it starts before its minstart", "开始早于 minstart"};
constexpr Words kEarlyEnd{"it ends before its minend", "结束早于 minend"};

class PlanMaker {
 public:
  PlanMaker(const TjpDocument& document, const std::string& file, Findings findings)
      : document_(document),
        findings_(std::move(findings)),
        people_(document_, findings_),
        booked_(booked_work(document_, people_, findings_)),
        limits_(limits_of_tasks(document_, people_, findings_)),
        tables_(file, document_.where),
        skills_(document_),
        work_(document_, people_, booked_, limits_, skills_, tables_, findings_) {}

  ReadPlan run() {
    check_tasks(document_, people_, booked_, findings_);
    for (const TjpTask& task : document_.tasks) {
      for (const auto* links : {&task.depends, &task.precedes}) {
        for (const TjpLink& link : *links) linked_to_.insert(link.target);
      }
    }
    add_project();
    add_resources();
    for (std::size_t i = 0; i < document_.tasks.size(); ++i) add_task(i);
    for (const auto& [before, after] : limits_.sequence) {
      TjpLink queue;
      queue.where = document_.tasks[after].where;
      tables_.add_link(document_.tasks[before].id, document_.tasks[after].id, "FS", queue);
    }
    people_.tell_if_spent();
    tables_.tell_if_full(findings_);
    return make_plan(tables_.take_settings(), tables_.take_sheets(), std::move(findings_));
  }

 private:
  void add_project() {
    if (!document_.name.empty()) tables_.set("name", document_.name);
    if (document_.start) tables_.set("start", to_string(*document_.start));
    if (!document_.zone.empty()) tables_.set("time_zone", document_.zone);
    if (document_.currency.size() == 3) tables_.set("currency", document_.currency);
    if (const auto date = known_until(document_, booked_))
      tables_.set("data_date", to_string(*date));
    tables_.add_calendar("project", *people_.project(), document_.where);
    tables_.set("hours_per_day", decimal_string((document_.minutes_per_day * 1000 + 59) / 60, 3),
                "calendars.project");
    tables_.set("calendar", "project");
    tables_.set("lag_calendar", "project", "options");
    tables_.set("progress", "progress_override", "options");
  }

  void add_resources() {
    for (std::size_t i = 0; i < document_.resources.size(); ++i) {
      const TjpResource& resource = document_.resources[i];
      if (resource.has_children) continue;
      std::string calendar;
      if (people_.hours(i) != people_.project()) {
        calendar = "hours of " + resource.id;
        tables_.add_calendar(calendar, *people_.hours(i), resource.where);
      }
      std::string rate;
      if (const auto per_day = parse_decimal(resource.rate, 2);
          per_day && document_.minutes_per_day > 0) {
        rate = decimal_string(*per_day * 60 / document_.minutes_per_day, 2);
      }
      tables_.add_resource(resource.where, {{resource.id, resource.where.column},
                                            {resource.name},
                                            {resource.efficiency == 0 ? "machine" : "people"},
                                            {"1"},
                                            {calendar},
                                            {rate},
                                            {skills_.of(resource.id)}});
    }
  }

  void add_task(std::size_t place) {
    const TjpTask& task = document_.tasks[place];
    const TjpWork work = task.has_children ? TjpWork{} : work_of(place);
    const auto [constraint, date] = limit_of(task, work);
    const auto deadline = deadline_of(task, work);
    check_earliest(task, work);
    tables_.add_task(task.where,
                     {.id = task.id,
                      .name = task.name,
                      .parent = task.parent == kNoTjpParent ? "" : document_.tasks[task.parent].id,
                      .work = work,
                      .priority = task.priority,
                      .constraint = constraint,
                      .date = date,
                      .deadline = deadline ? to_string(*deadline) : "",
                      .owner = task.owner,
                      .note = task.note});
    for (const TjpLink& link : task.depends) add_before(task, link);
    for (const TjpLink& link : task.precedes) add_behind(task, link);
  }
  void add_before(const TjpTask& task, const TjpLink& link) {
    tables_.add_link(link.target, task.id, link.is_other_end ? "SS" : "FS", link);
  }
  void add_behind(const TjpTask& task, const TjpLink& link) {
    tables_.add_link(task.id, link.target, link.is_other_end ? "FF" : "FS", link);
  }

  /// What is checked of its end; of its start, where the end follows from it.
  std::optional<LocalTime> deadline_of(const TjpTask& task, const TjpWork& work) {
    if (!task.max_start) return task.max_end;
    if (work.kind != "milestone" && !task.duration) {
      tell_not_read(task, "maxstart");
      return task.max_end;
    }
    const LocalTime latest{task.max_start->minutes + task.duration.value_or(0)};
    return std::min(latest, task.max_end.value_or(latest));
  }

  /// A date that the file itself gives can be judged here; what follows from others has no such check in a plan.
  void check_earliest(const TjpTask& task, const TjpWork& work) {
    const bool is_milestone = work.kind == "milestone";
    std::optional<LocalTime> start = task.start;
    std::optional<LocalTime> end = task.end;
    if (is_milestone && !start) start = end;
    if (is_milestone && !end) end = start;
    if (task.min_start && !start) tell_not_read(task, "minstart");
    if (task.min_end && !end) tell_not_read(task, "minend");
    if (task.min_start && start && *start < *task.min_start)
      findings_.add(found::not_kept, task.where, {task.id, kEarlyStart});
    if (task.min_end && end && *end < *task.min_end)
      findings_.add(found::not_kept, task.where, {task.id, kEarlyEnd});
  }
  void tell_not_read(const TjpTask& task, const char* word) {
    if (told_.insert(word).second) findings_.add(found::tjp_not_read, task.where, {word});
  }

  TjpWork work_of(std::size_t place) {
    const TjpTask& task = document_.tasks[place];
    if (task.is_milestone) return {.duration = "0min", .kind = "milestone", .calendar = "24h"};
    if (task.effort || booked_.contains(task.id)) return work_.work_of_effort(place);
    if (task.length) {
      work_.add_demands(place);
      return {.duration = work_text(*task.length), .kind = "task", .calendar = "project"};
    }
    if (task.duration) {
      work_.add_demands(place);
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
    std::size_t num_before = 0;
    std::size_t num_behind = 0;
    for (std::size_t at = task.parent; at != kNoTjpParent; at = document_.tasks[at].parent) {
      num_before += document_.tasks[at].depends.size();
      num_behind += document_.tasks[at].precedes.size();
    }
    if (num_before == 0 || num_behind == 0 || !may_inherit(num_before + num_behind)) return false;
    for (std::size_t at = task.parent; at != kNoTjpParent; at = document_.tasks[at].parent) {
      for (const TjpLink& link : document_.tasks[at].depends) add_before(task, link);
      for (const TjpLink& link : document_.tasks[at].precedes) add_behind(task, link);
    }
    return true;
  }

  /// False, told once, when so many links were taken over from above that no more are.
  bool may_inherit(std::size_t num_links) {
    constexpr std::size_t kMost = 200'000;
    constexpr Words kLinks{"links that tasks without a length have from above",
                           "个无工期任务承自上级的关系"};
    num_inherited_ += num_links;
    if (num_inherited_ <= kMost) return true;
    if (told_.insert("links from above").second)
      findings_.add(found::too_many, document_.where, {std::to_string(kMost), kLinks});
    return false;
  }

  std::pair<std::string, std::string> limit_of(const TjpTask& task, const TjpWork& work) const {
    if (work.kind == "hammock") return {};
    if (task.has_children || work.is_shared) {
      if (task.start) return {"start_on_or_after", to_string(*task.start)};
      if (task.end) return {"finish_on_or_before", to_string(*task.end)};
      return {};
    }
    if (task.start)
      return {work.is_effort ? "start_on_or_after" : "start_on", to_string(*task.start)};
    if (task.end) return {"finish_on", to_string(*task.end)};
    if (!task.is_as_late_as_possible) return {};
    if (!task.precedes.empty()) return {"as_late_as_possible", ""};
    for (std::size_t above = task.parent; above != kNoTjpParent;
         above = document_.tasks[above].parent) {
      const TjpTask& outer = document_.tasks[above];
      if (!outer.precedes.empty()) return {"as_late_as_possible", ""};
      if (outer.end) return {"finish_on", to_string(*outer.end)};
    }
    return document_.end
               ? std::pair<std::string, std::string>{"finish_on", to_string(*document_.end)}
               : std::pair<std::string, std::string>{};
  }

  const TjpDocument& document_;
  Findings findings_;
  TjpPeople people_;
  TjpBookedTasks booked_;
  TjpTaskLimits limits_;
  TjpTables tables_;
  TjpSkills skills_;
  TjpWorkMaker work_;
  std::set<std::string, std::less<>> linked_to_;
  std::set<std::string, std::less<>> told_;
  std::size_t num_inherited_ = 0;
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
  const TjpDocument document = read_tjp_document(text, file, scenario, findings);
  return PlanMaker(document, file, std::move(findings)).run();
}

}  // namespace diaodu::formats
