#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/formats/planned_dates.h"
#include "diaodu/formats/xer_rows.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::formats {

/// The state of making an export of a plan.  The functions below each write some of its tables.
struct XerExporter {
  struct NamedPattern {
    std::string name;
    const WorkPattern* pattern = nullptr;
    WorkTime day;
    WorkTime week;
  };

  XerExporter(const Plan& of, const PlannedTable& its_dates, Findings& lost);

  const Plan& plan;
  const PlannedTable& dates;
  Findings& findings;
  WorkingTimes times;
  TaskStates states;
  Table<TaskId, ModeId> first_mode;
  std::map<std::int64_t, NamedPattern> calendars;  ///< by clndr_id
  XerRows rows;

  void lose(TaskId task, const Words& what);
  void lose(const Words& what);

  Instant now() const { return plan.data_date.value_or(plan.start); }
  /// Nothing where there is no such date.
  void date(std::string_view field, std::optional<Instant> instant);
  WorkTime duration_of(TaskId task) const;  ///< in its first mode
  std::int64_t calendar_of(CalendarId id) const;
  /// A task's own, the plan's, or, where several meet or none rests, one made for it.
  std::int64_t calendar_of(TaskId id) const;
  /// Summaries are elements of the work breakdown, which nothing else in an export names.
  bool has_place(TaskId task) const { return plan.tasks[task].kind != TaskKind::summary; }

  static std::int64_t number_of(TaskId task) {
    return static_cast<std::int64_t>(task.index()) + 1000;
  }
  static std::int64_t number_of(ResourceId id) { return static_cast<std::int64_t>(id.index()) + 1; }
  static std::string_view name_in_one(Text name, Text name_zh) {
    return name.empty() ? name_zh.view() : name.view();
  }
};

void write_xer_project(XerExporter& exporter);  ///< CURRTYPE, OBS, PROJECT, CALENDAR, SCHEDOPTIONS
void write_xer_breakdown(XerExporter& exporter);  ///< PROJWBS
void write_xer_resources(XerExporter& exporter);  ///< RSRC, RSRCRATE
void write_xer_tasks(XerExporter& exporter);      ///< TASK
void write_xer_links(XerExporter& exporter);      ///< TASKPRED
void write_xer_demands(XerExporter& exporter);    ///< TASKRSRC

inline constexpr std::int64_t kXerRoot = 999;  ///< wbs_id of an element that no summary is

}  // namespace diaodu::formats
