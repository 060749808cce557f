#include "diaodu/formats/mspdi_rows.h"

#include <algorithm>
#include <unordered_map>

namespace diaodu::formats {
namespace {

enum class TaskField : std::uint8_t {
  uid,
  id,
  name,
  is_null,
  is_active,
  is_manual,
  level,
  number,
  wbs,
  priority,
  start,
  finish,
  duration,
  manual_start,
  manual_duration,
  duration_format,
  milestone,
  summary,
  external,
  percent,
  actual_start,
  actual_finish,
  remaining,
  resume,
  constraint,
  constraint_date,
  deadline,
  calendar,
  ignore,
  fixed_cost,
  levelling_delay,
  notes,
  contact,
};
const std::unordered_map<std::string_view, TaskField>& task_fields() {
  using enum TaskField;
  static const std::unordered_map<std::string_view, TaskField> kFields = {
      {"UID", uid},
      {"ID", id},
      {"Name", name},
      {"IsNull", is_null},
      {"Active", is_active},
      {"Manual", is_manual},
      {"OutlineLevel", level},
      {"OutlineNumber", number},
      {"WBS", wbs},
      {"Priority", priority},
      {"Start", start},
      {"Finish", finish},
      {"Duration", duration},
      {"ManualStart", manual_start},
      {"ManualDuration", manual_duration},
      {"DurationFormat", duration_format},
      {"Milestone", milestone},
      {"Summary", summary},
      {"ExternalTask", external},
      {"PercentComplete", percent},
      {"ActualStart", actual_start},
      {"ActualFinish", actual_finish},
      {"RemainingDuration", remaining},
      {"Resume", resume},
      {"ConstraintType", constraint},
      {"ConstraintDate", constraint_date},
      {"Deadline", deadline},
      {"CalendarUID", calendar},
      {"IgnoreResourceCalendar", ignore},
      {"FixedCost", fixed_cost},
      {"LevelingDelay", levelling_delay},
      {"Notes", notes},
      {"Contact", contact}};
  return kFields;
}

}  // namespace

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiDocument& d) {
  if (element == "Name") d.name = cell.text();
  if (element == "Title") d.title = cell.text();
  if (element == "CurrencyCode") d.currency = cell.text();
  if (element == "StartDate") cell.date(d.start);
  if (element == "FinishDate") cell.date(d.finish);
  if (element == "StatusDate") cell.date(d.status_date);
  if (element == "ScheduleFromStart") cell.flag(d.is_from_start);
  if (element == "CalendarUID") cell.uid(d.calendar);
  if (element == "MinutesPerDay") cell.whole(d.minutes_per_day, 1, kMinutesPerDay);
  if (element == "CriticalSlackLimit") cell.whole(d.critical_slack_days, 0, 9999);
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiField& field) {
  if (element == "FieldID") cell.uid(field.field);
  if (element == "FieldName") field.name = cell.text();
  if (element == "Alias") field.alias = cell.text();
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiAttribute& attribute) {
  if (element == "FieldID") cell.uid(attribute.field);
  if (element == "Value") attribute.value = cell.keep();
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiTask& task) {
  const auto field = task_fields().find(element);
  if (field == task_fields().end()) return;
  switch (field->second) {
    case TaskField::uid:
      return cell.uid(task.uid);
    case TaskField::id:
      return cell.uid(task.id);
    case TaskField::name:
      task.name = cell.keep();
      return;
    case TaskField::is_null:
      return cell.flag(task.is_null);
    case TaskField::is_active:
      return cell.flag(task.is_active);
    case TaskField::is_manual:
      return cell.flag(task.is_manual);
    case TaskField::level:
      return cell.whole(task.outline_level, 0, 65535);
    case TaskField::number:
      task.outline_number = cell.keep();
      return;
    case TaskField::wbs:
      task.wbs = cell.keep();
      return;
    case TaskField::priority:
      return cell.whole(task.priority, 0, 1000);
    case TaskField::start:
      return cell.date(task.start);
    case TaskField::finish:
      return cell.date(task.finish);
    case TaskField::duration:
      return cell.duration(task.duration);
    case TaskField::manual_start:
      return cell.date(task.manual_start);
    case TaskField::manual_duration:
      return cell.duration(task.manual_duration);
    case TaskField::duration_format:
      return cell.whole(task.duration_format, 0, 53);
    case TaskField::milestone:
      return cell.flag(task.is_milestone);
    case TaskField::summary:
      return cell.flag(task.is_summary);
    case TaskField::external:
      return cell.flag(task.is_external);
    case TaskField::percent:
      return cell.whole(task.percent, 0, 100);
    case TaskField::actual_start:
      return cell.date(task.actual_start);
    case TaskField::actual_finish:
      return cell.date(task.actual_finish);
    case TaskField::remaining:
      return cell.duration(task.remaining);
    case TaskField::resume:
      return cell.date(task.resume);
    case TaskField::constraint:
      return cell.whole(task.constraint, 0, 7);
    case TaskField::constraint_date:
      return cell.date(task.constraint_date);
    case TaskField::deadline:
      return cell.date(task.deadline);
    case TaskField::calendar:
      return cell.uid(task.calendar);
    case TaskField::ignore:
      return cell.flag(task.ignores_resource_calendars);
    case TaskField::fixed_cost:
      return cell.hundredths(task.fixed_cost);
    case TaskField::levelling_delay:
      return cell.whole(task.levelling_delay, 0, 2'000'000'000);
    case TaskField::notes:
      task.notes = cell.keep();
      return;
    case TaskField::contact:
      task.contact = cell.keep();
      return;
  }
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiLink& link) {
  constexpr std::int64_t kMostLag = std::int64_t{2'000'000'000} * 10;
  if (element == "PredecessorUID") cell.uid(link.from);
  if (element == "Type") cell.whole(link.type, 0, 3);
  if (element == "CrossProject") cell.flag(link.is_cross_project);
  if (element == "LinkLag") cell.whole(link.lag, -kMostLag, kMostLag);
  if (element == "LagFormat") cell.whole(link.lag_format, 0, 53);
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiBaseline& baseline) {
  if (element == "Number") cell.whole(baseline.number, 0, 10);
  if (element == "Start") cell.date(baseline.start);
  if (element == "Finish") cell.date(baseline.finish);
  if (element == "Duration") cell.duration(baseline.duration);
  if (element == "Work") cell.duration(baseline.work);
  if (element == "Cost") cell.hundredths(baseline.cost);
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiResource& resource) {
  if (element == "UID") cell.uid(resource.uid);
  if (element == "Name") resource.name = cell.keep();
  if (element == "Code") resource.code = cell.keep();
  if (element == "Type") cell.whole(resource.type, 0, 2);
  if (element == "IsNull") cell.flag(resource.is_null);
  if (element == "IsCostResource") cell.flag(resource.is_cost);
  if (element == "MaxUnits") cell.thousandths(resource.max_units);
  if (element == "CalendarUID") cell.uid(resource.calendar);
  if (element == "StandardRate") {
    constexpr std::int64_t kMost = 1'000'000'000'000;
    if (const auto rate = cell.number(2)) resource.standard_rate = std::clamp(*rate, -kMost, kMost);
  }
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiAvailability& availability) {
  if (element == "AvailableFrom") cell.date(availability.from);
  if (element == "AvailableTo") cell.date(availability.to);
  if (element == "AvailableUnits") cell.thousandths(availability.units);
}

void set_mspdi(std::string_view element, const MspdiCell& cell, MspdiAssignment& assignment) {
  if (element == "TaskUID") cell.uid(assignment.task);
  if (element == "ResourceUID") cell.uid(assignment.resource);
  if (element == "Units") cell.thousandths(assignment.units);
  if (element == "Cost") cell.hundredths(assignment.cost);
  if (element == "Delay") cell.whole(assignment.delay, -2'000'000'000, 2'000'000'000);
  if (element == "WorkContour") cell.whole(assignment.contour, 0, 8);
}

}  // namespace diaodu::formats
