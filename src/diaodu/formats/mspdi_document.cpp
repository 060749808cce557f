#include "diaodu/formats/mspdi_document.h"

#include <algorithm>
#include <unordered_map>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/mspdi_values.h"
#include "diaodu/formats/xml.h"
#include "diaodu/formats/xml_feed.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kMostDates = 2'000'000;  ///< of all calendars

/// Where in the document an element lies.
enum class Part : std::uint8_t {
  document,
  project,
  fields,
  field,
  calendars,
  calendar,
  days,
  day,
  shifts,
  shift,
  period,
  exceptions,
  exception,
  weeks,
  week,
  tasks,
  task,
  link,
  baseline,
  task_attribute,
  resources,
  resource,
  resource_attribute,
  availabilities,
  availability,
  assignments,
  assignment,
  leaf,
  ignored,
};

struct Nested {
  Part in;
  std::string_view element;
  Part is;
};
constexpr std::array kNested = std::to_array<Nested>({
    {Part::document, "Project", Part::project},
    {Part::project, "ExtendedAttributes", Part::fields},
    {Part::fields, "ExtendedAttribute", Part::field},
    {Part::project, "Calendars", Part::calendars},
    {Part::calendars, "Calendar", Part::calendar},
    {Part::calendar, "WeekDays", Part::days},
    {Part::week, "WeekDays", Part::days},
    {Part::days, "WeekDay", Part::day},
    {Part::day, "WorkingTimes", Part::shifts},
    {Part::exception, "WorkingTimes", Part::shifts},
    {Part::shifts, "WorkingTime", Part::shift},
    {Part::day, "TimePeriod", Part::period},
    {Part::exception, "TimePeriod", Part::period},
    {Part::week, "TimePeriod", Part::period},
    {Part::calendar, "Exceptions", Part::exceptions},
    {Part::exceptions, "Exception", Part::exception},
    {Part::calendar, "WorkWeeks", Part::weeks},
    {Part::weeks, "WorkWeek", Part::week},
    {Part::project, "Tasks", Part::tasks},
    {Part::tasks, "Task", Part::task},
    {Part::task, "PredecessorLink", Part::link},
    {Part::task, "Baseline", Part::baseline},
    {Part::task, "ExtendedAttribute", Part::task_attribute},
    {Part::project, "Resources", Part::resources},
    {Part::resources, "Resource", Part::resource},
    {Part::resource, "ExtendedAttribute", Part::resource_attribute},
    {Part::resource, "AvailabilityPeriods", Part::availabilities},
    {Part::availabilities, "AvailabilityPeriod", Part::availability},
    {Part::project, "Assignments", Part::assignments},
    {Part::assignments, "Assignment", Part::assignment},
});

/// What lies in rows that holds elements of its own, and is not read.
constexpr std::array<std::string_view, 6> kIgnored = {
    "TimephasedData", "Baseline", "Rates", "OutlineCode", "ExtendedAttribute", "OutlineCodes"};

Part part_of(Part in, std::string_view element) {
  if (in == Part::leaf || in == Part::ignored) return Part::ignored;
  for (const Nested& nested : kNested) {
    if (nested.in == in && nested.element == element) return nested.is;
  }
  switch (in) {
    case Part::project:
    case Part::field:
    case Part::calendar:
    case Part::day:
    case Part::shift:
    case Part::period:
    case Part::exception:
    case Part::week:
    case Part::task:
    case Part::link:
    case Part::baseline:
    case Part::task_attribute:
    case Part::resource:
    case Part::resource_attribute:
    case Part::availability:
    case Part::assignment:
      return std::find(kIgnored.begin(), kIgnored.end(), element) == kIgnored.end() ? Part::leaf
                                                                                    : Part::ignored;
    default:
      return Part::ignored;
  }
}

class DocumentReader final : public XmlListener {
 public:
  DocumentReader(const std::string& file, Findings& findings)
      : file_(file), findings_(findings), xml_(*this, file, file, findings, kXmlIsUtf8) {}

  MspdiDocument run(const Pieces& next) {
    bool is_sound = true;
    for (std::string_view piece = next(); !piece.empty() && is_sound; piece = next()) {
      is_sound = xml_.feed(piece);
    }
    if (is_sound) xml_.finish();
    return std::move(document_);
  }

  void begin(std::string_view element, const XmlAttributes&) override {
    const Part part = part_of(parts_.back(), element);
    parts_.push_back(part);
    text_.clear();
    if (part != Part::leaf && part != Part::ignored) open(part);
  }

  void end(std::string_view element) override {
    const Part part = parts_.back();
    parts_.pop_back();
    if (part == Part::leaf) {
      set(parts_.back(), element, trimmed(text_));
    } else if (part != Part::ignored) {
      close(part);
    }
    text_.clear();
  }

  void text(std::string_view letters) override {
    if (parts_.back() != Part::leaf) return;
    const std::size_t room = kMostCellBytes - std::min(kMostCellBytes, text_.size());
    text_ += letters.substr(0, room);
  }

 private:
  bool is_full(std::size_t size, std::size_t most, const Words& what) {
    if (size < most) return false;
    if (!is_full_) findings_.add(found::too_many, here(), {std::to_string(most), what});
    is_full_ = true;
    parts_.back() = Part::ignored;
    return true;
  }

  void open(Part part) {
    constexpr Words kTasks{"tasks", "任务"};
    constexpr Words kRows{"rows", "行"};
    constexpr Words kDates{"dates of calendars", "日历日期"};
    const std::int32_t line = xml_.line();
    const auto task = static_cast<std::int32_t>(document_.tasks.size()) - 1;
    const auto resource = static_cast<std::int32_t>(document_.resources.size()) - 1;
    switch (part) {
      case Part::project:
        document_.is_project = true;
        break;
      case Part::field:
        if (!is_full(document_.fields.size(), kMostColumns, kRows)) document_.fields.emplace_back();
        break;
      case Part::calendar:
        if (!is_full(document_.calendars.size(), 20'000, kRows))
          document_.calendars.emplace_back().line = line;
        break;
      case Part::day:
        if (!is_full(++num_dates_, kMostDates, kDates)) days().emplace_back();
        break;
      case Part::exception:
        if (!is_full(++num_dates_, kMostDates, kDates))
          document_.calendars.back().exceptions.emplace_back().line = line;
        break;
      case Part::week:
        if (!is_full(++num_dates_, kMostDates, kDates))
          document_.calendars.back().weeks.emplace_back();
        break;
      case Part::shift:
        shift_ = {-1, -1};
        break;
      case Part::task:
        if (!is_full(document_.tasks.size(), kMostNamedRows, kTasks))
          document_.tasks.emplace_back().line = line;
        break;
      case Part::link:
        if (!is_full(document_.links.size(), kMostRows, kRows))
          document_.links.push_back({.line = line, .to = task});
        break;
      case Part::baseline:
        if (!is_full(document_.baselines.size(), kMostRows, kRows))
          document_.baselines.push_back({.task = task});
        break;
      case Part::task_attribute:
        if (!is_full(document_.task_attributes.size(), kMostCells, kRows))
          document_.task_attributes.push_back({.of = task});
        break;
      case Part::resource:
        if (!is_full(document_.resources.size(), kMostNamedRows, kRows))
          document_.resources.emplace_back().line = line;
        break;
      case Part::resource_attribute:
        if (!is_full(document_.resource_attributes.size(), kMostCells, kRows))
          document_.resource_attributes.push_back({.of = resource});
        break;
      case Part::availability:
        if (!is_full(document_.availability.size(), kMostNamedRows, kRows))
          document_.availability.push_back({.line = line, .resource = resource});
        break;
      case Part::assignment:
        if (!is_full(document_.assignments.size(), kMostRows, kRows))
          document_.assignments.emplace_back().line = line;
        break;
      default:
        break;
    }
  }

  void close(Part part) {
    if (part != Part::shift) return;
    auto [begin, end] = shift_;
    if (begin < 0 || end < 0) return;
    if (end <= begin) end += static_cast<int>(kMinutesPerDay);  // 00:00 to 00:00 is the whole day
    DayShifts& shifts = current_shifts();
    constexpr std::size_t kMostShifts = 100;
    if (shifts.size() < kMostShifts) shifts.push_back({begin, end});
  }

  bool is_in_week() const {
    return std::find(parts_.begin(), parts_.end(), Part::week) != parts_.end();
  }
  bool is_in_exception() const {
    return std::find(parts_.begin(), parts_.end(), Part::exception) != parts_.end();
  }
  std::vector<MspdiDay>& days() {
    MspdiCalendar& calendar = document_.calendars.back();
    return is_in_week() ? calendar.weeks.back().days : calendar.days;
  }
  DayShifts& current_shifts() {
    if (is_in_exception()) return document_.calendars.back().exceptions.back().shifts;
    return days().back().shifts;
  }

  Where here() const { return {.file = file_, .line = xml_.line()}; }

  std::optional<std::int64_t> number(std::string_view text, int places = 0) {
    if (text.empty()) return {};
    std::optional<std::int64_t> value = parse_decimal(text, places);
    if (!value) {  // 1E-05
      value = parse_number(text, places, false);
    }
    if (!value) findings_.add(found::bad_number, here(), {text});
    return value;
  }
  template <class Whole>
  void whole(std::string_view text, Whole& value, std::int64_t least, std::int64_t most) {
    const auto read = number(text);
    if (!read) return;
    if (*read < least || *read > most) {
      findings_.add(found::number_out_of_range, here(),
                    {text, std::to_string(least), std::to_string(most)});
      return;
    }
    value = static_cast<Whole>(*read);
  }
  void uid(std::string_view text, std::int64_t& value) {
    whole(text, value, -65535, 4'000'000'000);
  }
  void thousandths(std::string_view text, std::int64_t& value) {
    constexpr std::int64_t kMost = 1'000'000'000'000;
    if (const auto read = number(text, 3)) value = std::clamp(*read, -kMost, kMost);
  }
  /// Money comes in hundredths, with a point or without.
  void hundredths(std::string_view text, std::int64_t& value) {
    constexpr std::int64_t kMost = 1'000'000'000'000'000;
    if (const auto read = number(text, 0)) value = std::clamp(*read, -kMost, kMost);
  }
  void flag(std::string_view text, bool& value) { value = text == "1" || text == "true"; }
  void date(std::string_view text, Instant& value) {
    if (text.empty() || text == "NA") return;
    bool is_rounded = false;
    if (const auto read = parse_mspdi_date(text, is_rounded)) {
      value = *read;
      document_.num_rounded += is_rounded ? 1 : 0;
    } else {
      findings_.add(found::bad_date, here(), {text});
    }
  }
  void duration(std::string_view text, std::int64_t& value) {
    if (text.empty()) return;
    bool is_rounded = false;
    const auto read = parse_mspdi_duration(text, is_rounded);
    if (!read) {
      findings_.add(found::bad_duration, here(), {text});
    } else if (*read < 0) {
      findings_.add(found::negative_duration, here(), {text});
    } else {
      value = *read;
      document_.num_rounded += is_rounded ? 1 : 0;
    }
  }
  std::string_view keep(std::string_view text) { return document_.letters.keep(text); }

  void set(Part in, std::string_view element, std::string_view text) {
    switch (in) {
      case Part::project:
        return set_project(element, text);
      case Part::field:
        return set_field(element, text);
      case Part::calendar:
        return set_calendar(element, text);
      case Part::day:
        return set_day(element, text);
      case Part::shift:
        return set_shift(element, text);
      case Part::period:
        return set_period(element, text);
      case Part::exception:
        return set_exception(element, text);
      case Part::week:
        if (element == "Name") document_.calendars.back().weeks.back().name = text;
        return;
      case Part::task:
        return set_task(element, text);
      case Part::link:
        return set_link(element, text);
      case Part::baseline:
        return set_baseline(element, text);
      case Part::task_attribute:
        return set_attribute(document_.task_attributes.back(), element, text);
      case Part::resource_attribute:
        return set_attribute(document_.resource_attributes.back(), element, text);
      case Part::resource:
        return set_resource(element, text);
      case Part::availability:
        return set_availability(element, text);
      case Part::assignment:
        return set_assignment(element, text);
      default:
        return;
    }
  }

  void set_project(std::string_view element, std::string_view text) {
    MspdiDocument& d = document_;
    if (element == "Name") d.name = text;
    if (element == "Title") d.title = text;
    if (element == "CurrencyCode") d.currency = text;
    if (element == "StartDate") date(text, d.start);
    if (element == "FinishDate") date(text, d.finish);
    if (element == "StatusDate") date(text, d.status_date);
    if (element == "ScheduleFromStart") flag(text, d.is_from_start);
    if (element == "CalendarUID") uid(text, d.calendar);
    if (element == "MinutesPerDay") whole(text, d.minutes_per_day, 1, kMinutesPerDay);
    if (element == "CriticalSlackLimit") whole(text, d.critical_slack_days, 0, 9999);
  }

  void set_field(std::string_view element, std::string_view text) {
    MspdiField& field = document_.fields.back();
    if (element == "FieldID") uid(text, field.field);
    if (element == "FieldName") field.name = text;
    if (element == "Alias") field.alias = text;
  }

  void set_attribute(MspdiAttribute& attribute, std::string_view element, std::string_view text) {
    if (element == "FieldID") uid(text, attribute.field);
    if (element == "Value") attribute.value = keep(text);
  }

  void set_calendar(std::string_view element, std::string_view text) {
    MspdiCalendar& calendar = document_.calendars.back();
    if (element == "UID") uid(text, calendar.uid);
    if (element == "Name") calendar.name = text;
    if (element == "IsBaseCalendar") flag(text, calendar.is_base);
    if (element == "BaseCalendarUID") uid(text, calendar.base);
  }

  void set_day(std::string_view element, std::string_view text) {
    MspdiDay& day = days().back();
    if (element == "DayType") whole(text, day.type, 0, 7);
    if (element == "DayWorking") flag(text, day.is_working);
  }

  void set_shift(std::string_view element, std::string_view text) {
    if (element != "FromTime" && element != "ToTime") return;
    const auto clock = parse_mspdi_clock(text);
    if (!clock) findings_.add(found::bad_date, here(), {text});
    const int minutes = clock.value_or(-1);
    if (element == "FromTime") {
      shift_.first = minutes == kMinutesPerDay ? 0 : minutes;
    } else {
      shift_.second = minutes;
    }
  }

  void set_period(std::string_view element, std::string_view text) {
    if (element != "FromDate" && element != "ToDate") return;
    Instant value = kNever;
    date(text, value);
    const bool is_from = element == "FromDate";
    if (is_in_exception()) {
      MspdiException& exception = document_.calendars.back().exceptions.back();
      (is_from ? exception.from : exception.to) = value;
    } else if (parts_[parts_.size() - 2] == Part::day) {
      (is_from ? days().back().from : days().back().to) = value;
    } else {
      MspdiWeek& week = document_.calendars.back().weeks.back();
      (is_from ? week.from : week.to) = value;
    }
  }

  void set_exception(std::string_view element, std::string_view text) {
    MspdiException& exception = document_.calendars.back().exceptions.back();
    if (element == "Name") exception.name = text;
    if (element == "DayWorking") flag(text, exception.is_working);
    if (element == "EnteredByOccurrences") flag(text, exception.is_by_occurrences);
    if (element == "Occurrences") whole(text, exception.occurrences, 0, 1'000'000);
    if (element == "Type") whole(text, exception.type, 0, 9);
    if (element == "Period") whole(text, exception.period, 0, 1'000'000);
    if (element == "DaysOfWeek") whole(text, exception.days_of_week, 0, 127);
    if (element == "Month") whole(text, exception.month, 0, 11);
    if (element == "MonthDay") whole(text, exception.month_day, 0, 31);
    if (element == "MonthItem") whole(text, exception.month_item, 0, 9);
    if (element == "MonthPosition") whole(text, exception.month_position, 0, 4);
  }

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
  static const std::unordered_map<std::string_view, TaskField>& task_fields() {
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

  void set_task(std::string_view element, std::string_view text) {
    const auto field = task_fields().find(element);
    if (field == task_fields().end()) return;
    MspdiTask& task = document_.tasks.back();
    switch (field->second) {
      case TaskField::uid:
        return uid(text, task.uid);
      case TaskField::id:
        return uid(text, task.id);
      case TaskField::name:
        task.name = keep(text);
        return;
      case TaskField::is_null:
        return flag(text, task.is_null);
      case TaskField::is_active:
        return flag(text, task.is_active);
      case TaskField::is_manual:
        return flag(text, task.is_manual);
      case TaskField::level:
        return whole(text, task.outline_level, 0, 65535);
      case TaskField::number:
        task.outline_number = keep(text);
        return;
      case TaskField::wbs:
        task.wbs = keep(text);
        return;
      case TaskField::priority:
        return whole(text, task.priority, 0, 1000);
      case TaskField::start:
        return date(text, task.start);
      case TaskField::finish:
        return date(text, task.finish);
      case TaskField::duration:
        return duration(text, task.duration);
      case TaskField::manual_start:
        return date(text, task.manual_start);
      case TaskField::manual_duration:
        return duration(text, task.manual_duration);
      case TaskField::duration_format:
        return whole(text, task.duration_format, 0, 53);
      case TaskField::milestone:
        return flag(text, task.is_milestone);
      case TaskField::summary:
        return flag(text, task.is_summary);
      case TaskField::external:
        return flag(text, task.is_external);
      case TaskField::percent:
        return whole(text, task.percent, 0, 100);
      case TaskField::actual_start:
        return date(text, task.actual_start);
      case TaskField::actual_finish:
        return date(text, task.actual_finish);
      case TaskField::remaining:
        return duration(text, task.remaining);
      case TaskField::constraint:
        return whole(text, task.constraint, 0, 7);
      case TaskField::constraint_date:
        return date(text, task.constraint_date);
      case TaskField::deadline:
        return date(text, task.deadline);
      case TaskField::calendar:
        return uid(text, task.calendar);
      case TaskField::ignore:
        return flag(text, task.ignores_resource_calendars);
      case TaskField::fixed_cost:
        return hundredths(text, task.fixed_cost);
      case TaskField::levelling_delay:
        return whole(text, task.levelling_delay, 0, 2'000'000'000);
      case TaskField::notes:
        task.notes = keep(text);
        return;
      case TaskField::contact:
        task.contact = keep(text);
        return;
    }
  }

  void set_link(std::string_view element, std::string_view text) {
    MspdiLink& link = document_.links.back();
    constexpr std::int64_t kMostLag = std::int64_t{2'000'000'000} * 10;
    if (element == "PredecessorUID") uid(text, link.from);
    if (element == "Type") whole(text, link.type, 0, 3);
    if (element == "CrossProject") flag(text, link.is_cross_project);
    if (element == "LinkLag") whole(text, link.lag, -kMostLag, kMostLag);
    if (element == "LagFormat") whole(text, link.lag_format, 0, 53);
  }

  void set_baseline(std::string_view element, std::string_view text) {
    MspdiBaseline& baseline = document_.baselines.back();
    if (element == "Number") whole(text, baseline.number, 0, 10);
    if (element == "Start") date(text, baseline.start);
    if (element == "Finish") date(text, baseline.finish);
    if (element == "Duration") duration(text, baseline.duration);
    if (element == "Work") duration(text, baseline.work);
    if (element == "Cost") hundredths(text, baseline.cost);
  }

  void set_resource(std::string_view element, std::string_view text) {
    MspdiResource& resource = document_.resources.back();
    if (element == "UID") uid(text, resource.uid);
    if (element == "Name") resource.name = keep(text);
    if (element == "Type") whole(text, resource.type, 0, 2);
    if (element == "IsNull") flag(text, resource.is_null);
    if (element == "IsCostResource") flag(text, resource.is_cost);
    if (element == "MaxUnits") thousandths(text, resource.max_units);
    if (element == "CalendarUID") uid(text, resource.calendar);
    if (element == "StandardRate") {
      constexpr std::int64_t kMost = 1'000'000'000'000;
      if (const auto rate = number(text, 2))
        resource.standard_rate = std::clamp(*rate, -kMost, kMost);
    }
  }

  void set_availability(std::string_view element, std::string_view text) {
    MspdiAvailability& availability = document_.availability.back();
    if (element == "AvailableFrom") date(text, availability.from);
    if (element == "AvailableTo") date(text, availability.to);
    if (element == "AvailableUnits") thousandths(text, availability.units);
  }

  void set_assignment(std::string_view element, std::string_view text) {
    MspdiAssignment& assignment = document_.assignments.back();
    if (element == "TaskUID") uid(text, assignment.task);
    if (element == "ResourceUID") uid(text, assignment.resource);
    if (element == "Units") thousandths(text, assignment.units);
    if (element == "Cost") hundredths(text, assignment.cost);
    if (element == "Delay") whole(text, assignment.delay, -2'000'000'000, 2'000'000'000);
    if (element == "WorkContour") whole(text, assignment.contour, 0, 8);
  }

  const std::string& file_;
  Findings& findings_;
  MspdiDocument document_;
  std::vector<Part> parts_ = {Part::document};
  std::string text_;
  std::pair<int, int> shift_ = {-1, -1};
  std::size_t num_dates_ = 0;
  bool is_full_ = false;
  XmlReader xml_;
};

}  // namespace

MspdiDocument read_mspdi_document(const Pieces& next, const std::string& file, Findings& findings) {
  return DocumentReader(file, findings).run(next);
}

}  // namespace diaodu::formats
