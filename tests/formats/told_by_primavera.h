#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/formats/xer_rows.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::formats {

/// Summaries lie in one, their names tell them apart, and nothing is linked with them; only what has begun has
/// been done, and lags count working time.
inline void narrow_to_primavera(Plan& plan) {
  Task top{.id = plan.text("TOP"), .name = plan.text("Top")};
  top.kind = TaskKind::summary;
  const TaskId root = plan.tasks.add(top);
  const auto is_summary = [&plan](TaskId id) { return plan.tasks[id].kind == TaskKind::summary; };
  for (TaskId id : plan.tasks.ids()) {
    if (id != root && !plan.tasks[id].parent) plan.tasks[id].parent = root;
    if (is_summary(id)) plan.tasks[id].name = plan.tasks[id].id;
  }
  std::erase_if(plan.progress, [&](const Progress& progress) {
    return plan.tasks[progress.task].kind != TaskKind::task || !progress.actual_start ||
           (progress.actual_finish && *progress.actual_finish < *progress.actual_start);
  });
  for (const Progress& progress : plan.progress) {
    Task& task = plan.tasks[progress.task];
    if (task.duration == WorkTime{}) task.duration = WorkTime{60};
  }
  for (Mode& mode : plan.modes) {
    if (mode.duration == WorkTime{}) mode.duration = WorkTime{60};
  }
  Table<LinkId, Link> links;
  for (Link link : plan.links) {
    if (is_summary(link.from) || is_summary(link.to)) continue;
    if (link.lag.unit == Lag::Unit::elapsed) link.lag.unit = Lag::Unit::work;
    if (link.lag.unit == Lag::Unit::elapsed_percent) link.lag.unit = Lag::Unit::percent;
    links.add(link);
  }
  plan.links = std::move(links);
}

/// What an export has a place for, in words.
class ToldByPrimavera {
 public:
  explicit ToldByPrimavera(const Plan& plan) : plan_(plan), first_mode_(plan.tasks.size()) {
    for (std::size_t i = plan.modes.size(); i-- > 0;)
      first_mode_[plan.modes[ModeId{i}].task] = ModeId{i};
  }

  std::vector<std::string> lines() {
    const WorkingTimes times(plan_);
    const TaskStates states(plan_, times);
    for (TaskId id : plan_.tasks.ids()) {
      const Task& task = plan_.tasks[id];
      if (task.kind == TaskKind::summary) continue;
      std::ostringstream text;
      text << "task " << code(id) << '|' << clean_cell(task.name.empty() ? task.name_zh : task.name)
           << '|' << static_cast<int>(kind(id)) << ' ' << duration(id) << ' '
           << (task.is_hammock() ? kNever.minutes() : date(task.deadline)) << ' '
           << std::min(told(task.constraint), told(task.second_constraint)) << ' '
           << std::max(told(task.constraint), told(task.second_constraint)) << " under "
           << (task.parent ? clean_cell(plan_.tasks[task.parent].name.empty()
                                            ? plan_.tasks[task.parent].name_zh
                                            : plan_.tasks[task.parent].name)
                           : "-");
      const TaskState state = states[id];
      if (state.actual_start) text << " began " << date(*state.actual_start);
      if (state.actual_finish) text << " ended " << date(*state.actual_finish);
      if (state.stage == TaskState::Stage::started) text << " left " << state.remaining.count();
      if (state.resumes) text << " resumes " << date(*state.resumes);
      lines_.push_back(text.str());
    }
    for (const Link& link : plan_.links) {
      if (is_summary(link.from) || is_summary(link.to)) continue;
      const bool is_share =
          link.lag.unit == Lag::Unit::percent || link.lag.unit == Lag::Unit::elapsed_percent;
      const std::int64_t lag =
          is_share ? duration(link.from) * link.lag.amount / 10'000 : link.lag.amount;
      lines_.push_back("link " + code(link.from) + " > " + code(link.to) + " " +
                       std::to_string(static_cast<int>(link.type)) + " " + std::to_string(lag));
    }
    for (const Resource& resource : plan_.resources) {
      const bool is_renewed = is_renewable(resource.kind);
      lines_.push_back("resource " + clean_cell(resource.id) + " " +
                       std::to_string(is_renewed ? static_cast<int>(resource.kind) : 2) + " " +
                       std::to_string(resource.rate.count()));
    }
    std::sort(lines_.begin(), lines_.end());
    return lines_;
  }

 private:
  bool is_summary(TaskId id) const { return plan_.tasks[id].kind == TaskKind::summary; }
  std::string code(TaskId id) const { return clean_cell(plan_.tasks[id].id); }
  std::int64_t date(Instant instant) const {
    return instant == kNever ? kNever.minutes() : plan_.zone.to_local(instant).minutes;
  }
  std::int64_t duration(TaskId id) const {
    if (plan_.tasks[id].kind != TaskKind::task) return 0;
    const ModeId mode = first_mode_[id];
    return (mode ? plan_.modes[mode].duration : plan_.tasks[id].duration).count();
  }
  /// A task of no time is one of the morning there.
  TaskKind kind(TaskId id) const {
    const TaskKind kind = plan_.tasks[id].kind;
    return kind == TaskKind::task && duration(id) == 0 ? TaskKind::start_milestone : kind;
  }
  std::string told(const Constraint& constraint) const {
    const bool has_date = constraint.kind != ConstraintKind::none &&
                          constraint.kind != ConstraintKind::as_late_as_possible;
    return std::to_string(static_cast<int>(constraint.kind)) + "@" +
           (has_date ? std::to_string(date(constraint.date)) : "-");
  }

  const Plan& plan_;
  Table<TaskId, ModeId> first_mode_;
  std::vector<std::string> lines_;
};

}  // namespace diaodu::formats
