#include "diaodu/formats/mspdi_write.h"

#include <algorithm>
#include <array>
#include <optional>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/lost_columns.h"
#include "diaodu/formats/mspdi_fields.h"
#include "diaodu/formats/mspdi_losses.h"
#include "diaodu/formats/mspdi_values.h"
#include "diaodu/formats/mspdi_write_calendar.h"
#include "diaodu/formats/plan_reader.h"
#include "diaodu/formats/settings.h"
#include "diaodu/formats/xml_writer.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/hammock.h"
#include "diaodu/plan/tree.h"

namespace diaodu::formats {
namespace {

constexpr Amount kMostUnits{60'000'000};  // Project's own limit

constexpr Words kModes{"only its first way to be done is kept", "只保留第一种实施方式"};
constexpr Words kMaxLag{"the largest lag of a link after it is not kept",
                        "其后关系的最大间隔未保留"};
constexpr Words kLag{"the lag of a link after it counts other hours there: dates may differ",
                     "其后关系的间隔在其中按另一日历计算，日期可能不同"};
constexpr Words kSecondConstraint{"its second constraint is not kept", "第二约束未保留"};
constexpr Words kOptional{"that it may be left out is not kept", "可选标记未保留"};
constexpr Words kHammock{"a hammock becomes a task of no time, without its links",
                         "吊床任务变为无工期任务，其关系未保留"};
constexpr Words kSkill{"its demand for a skill is not kept", "对技能的需求未保留"};
constexpr Words kFree{"its demand for money that has no price is not kept",
                      "对没有单价的资金的需求未保留"};
constexpr Words kReservoir{"a reservoir becomes a material", "储备写为材料"};
constexpr Words kMandatoryFinish{"its mandatory finish becomes 'must finish on'",
                                 "强制完成写为“必须完成于”"};
constexpr Words kPartsOfPercent{"the lag of a link after it loses its parts of a percent",
                                "其后关系的间隔只保留整百分数"};
constexpr Words kDeep{"tasks below a hundred levels have no outline number",
                      "一百层以下的任务没有大纲编号"};

// Text fields of Project's own, by number.
constexpr std::int64_t kIdField = 188744016;           // Text30
constexpr std::int64_t kChineseNameField = 188744015;  // Text29
constexpr std::int64_t kKindField = 188744014;         // Text28
constexpr std::array<std::int64_t, 27> kTextFields = {
    188743731, 188743734, 188743737, 188743740, 188743743, 188743746, 188743747,
    188743748, 188743749, 188743750, 188743997, 188743998, 188743999, 188744000,
    188744001, 188744002, 188744003, 188744004, 188744005, 188744006, 188744007,
    188744008, 188744009, 188744010, 188744011, 188744012, 188744013};

class Writer {
 public:
  Writer(const Plan& plan, const PlannedTable& dates, Findings& findings)
      : plan_(plan), dates_(dates), findings_(findings), order_(outline(plan)) {}

  std::string run() {
    number_.assign(plan_.tasks.size(), 0);
    for (std::size_t i = 0; i < order_.size(); ++i) number_[order_[i].index()] = i + 1;
    sort_rows();
    xml_.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<Project xmlns=\"http://schemas.microsoft.com/project\">\n");
    write_project();
    write_fields();
    write_mspdi_calendars(plan_, xml_);
    write_tasks();
    write_resources();
    write_assignments();
    xml_.close("Project");
    tell_of_mspdi_losses(plan_, findings_);
    return xml_.take();
  }

 private:
  void sort_rows() {
    links_to_.resize(plan_.tasks.size());
    for (LinkId id : plan_.links.ids()) links_to_[plan_.links[id].to.index()].push_back(id);
    first_mode_.resize(plan_.tasks.size());
    std::vector<int> num_modes(plan_.tasks.size(), 0);
    for (ModeId id : plan_.modes.ids()) {
      const std::size_t task = plan_.modes[id].task.index();
      if (num_modes[task]++ == 0) first_mode_[task] = id;
    }
    for (TaskId id : plan_.tasks.ids()) {
      if (num_modes[id.index()] > 1) lose(id, kModes);
    }
    progress_of_.resize(plan_.tasks.size(), nullptr);
    for (const Progress& progress : plan_.progress) progress_of_[progress.task.index()] = &progress;
  }

  void lose(TaskId task, const Words& what) {
    findings_.add(found::not_kept, {}, {plan_.tasks[task].id.str(), what});
  }
  std::string date(Instant instant) const { return mspdi_date(plan_.zone.to_local(instant)); }
  void write_project() {
    const NamedCalendar& calendar = calendar_of(plan_, plan_.calendar);
    xml_.element("SaveVersion", 12);
    xml_.element("Name", plan_.name.empty() ? plan_.name_zh : plan_.name);
    xml_.text("Title", plan_.name.empty() ? plan_.name_zh : plan_.name);
    xml_.flag("ScheduleFromStart", true);
    xml_.element("StartDate", date(plan_.start));
    const std::int64_t day = std::max<std::int64_t>(1, calendar.day.count());
    xml_.element("CriticalSlackLimit",
                 std::clamp<std::int64_t>(plan_.options.critical_float.count() / day, 0, 9999));
    xml_.element("CurrencyDigits", 2);
    xml_.element("CurrencyCode", plan_.currency);
    xml_.element("CalendarUID", mspdi_calendar_uid(plan_.calendar));
    xml_.element("MinutesPerDay", day);
    xml_.element("MinutesPerWeek", std::max<std::int64_t>(1, calendar.week.count()));
    xml_.element("DaysPerMonth", 20);
    xml_.flag("HonorConstraints", true);
    if (plan_.data_date) xml_.element("StatusDate", date(*plan_.data_date));
  }

  void define(std::int64_t field, int number, std::string_view alias) {
    xml_.open("ExtendedAttribute");
    xml_.element("FieldID", field);
    xml_.element("FieldName", "Text" + std::to_string(number));
    xml_.element("Alias", alias);
    xml_.close("ExtendedAttribute");
  }

  /// Foreign columns that Project has no name for become text fields of its own.
  void write_fields() {
    xml_.open("ExtendedAttributes");
    int number = 0;
    for (const ForeignColumn& column : plan_.foreign) {
      if (column.table != "tasks" || is_project_column(column)) continue;
      if (static_cast<std::size_t>(number) == kTextFields.size()) {
        tell_of_column(findings_, column.cells, "tasks." + column.name,
                       [](const auto&) { return true; });
        continue;
      }
      columns_.push_back({&column, kTextFields[static_cast<std::size_t>(number)]});
      define(columns_.back().field, ++number, column.name);
    }
    define(kKindField, 28, kOwnKind);
    define(kChineseNameField, 29, kOwnChineseName);
    define(kIdField, 30, kOwnId);
    xml_.close("ExtendedAttributes");
  }

  /// Remembers the column if it holds what Project has an element for: the first of its name.
  bool is_project_column(const ForeignColumn& column) {
    const auto take = [&column](std::string_view name, const ForeignColumn*& place) {
      if (column.name != name || place != nullptr) return false;
      place = &column;
      return true;
    };
    if (take("WBS", wbs_)) return true;
    for (std::size_t number = 0; number < baselines_.size(); ++number) {
      const std::string name = baseline_name(static_cast<int>(number));
      for (std::size_t part = 0; part < kBaselineParts.size(); ++part) {
        const BaselinePart& known = kBaselineParts[part];
        if (!take(name + std::string(known.ending), baselines_[number][part])) continue;
        tell_of_column(findings_, column.cells, "tasks." + column.name,
                       [&](const ForeignColumn::Cell& cell) {
                         return !baseline_value(known, cell.text.view());
                       });
        return true;
      }
    }
    return false;
  }

  /// As Project writes it; nothing where the text is no such value.
  std::optional<std::string> baseline_value(const BaselinePart& part, std::string_view text) const {
    if (part.kind == BaselinePart::Kind::date) {
      const auto date = parse_date(text);
      return date ? std::optional(mspdi_date(date->time)) : std::nullopt;
    }
    if (part.kind == BaselinePart::Kind::cost) {
      const auto cost = parse_decimal(text, 2);
      return cost ? std::optional(std::to_string(*cost)) : std::nullopt;
    }
    const auto read = parse_duration(text);
    const auto time = read ? minutes(*read, calendar_of(plan_, plan_.calendar)) : std::nullopt;
    return time && *time >= 0 ? std::optional(mspdi_duration(*time)) : std::nullopt;
  }

  WorkTime duration_of(TaskId id) const {
    const ModeId mode = first_mode_[id.index()];
    return mode ? plan_.modes[mode].duration : plan_.tasks[id].duration;
  }

  void write_tasks() {
    constexpr std::size_t kMostNumbered = 100;  // as deep as anybody reads such a number
    xml_.open("Tasks");
    std::vector<int> counts;  // of siblings so far, by level
    const Table<TaskId, int> levels = depths(plan_);
    bool is_any_deeper = false;
    for (TaskId id : order_) {
      const auto level = static_cast<std::size_t>(levels[id]) + 1;
      counts.resize(level, 0);
      ++counts[level - 1];
      std::string outline_number;
      if (level <= kMostNumbered) {
        for (const int count : counts) {
          if (!outline_number.empty()) outline_number += '.';
          outline_number += std::to_string(count);
        }
      }
      is_any_deeper = is_any_deeper || level > kMostNumbered;
      write_task(id, outline_number, static_cast<std::int64_t>(level));
    }
    xml_.close("Tasks");
    if (is_any_deeper) findings_.add(found::read_otherwise, {}, {kDeep});
  }

  void write_task(TaskId id, const std::string& outline_number, std::int64_t level) {
    const Task& task = plan_.tasks[id];
    const bool is_summary = task.kind == TaskKind::summary;
    const bool is_pinned = task.constraint.kind == ConstraintKind::mandatory_start && !is_summary;
    const auto uid = static_cast<std::int64_t>(number_[id.index()]);
    const PlannedDates* dates = dates_.empty() || !dates_[id].is_scheduled ? nullptr : &dates_[id];
    const Progress* progress = is_summary ? nullptr : progress_of_[id.index()];
    const WorkTime duration = task.is_milestone() || is_summary ? WorkTime{} : duration_of(id);
    xml_.open("Task");
    xml_.element("UID", uid);
    xml_.element("ID", uid);
    xml_.element("Name", task.name.empty() ? task.name_zh : task.name);
    if (is_pinned) {
      xml_.flag("Active", true);
      xml_.flag("Manual", true);
    }
    xml_.element("Type", 1);  // fixed duration
    xml_.flag("IsNull", false);
    xml_.text("Contact", task.owner);
    const std::string_view wbs = wbs_ == nullptr ? std::string_view{} : wbs_->cell(id.index());
    xml_.text("WBS", wbs.empty() ? std::string_view(outline_number) : wbs);
    xml_.text("OutlineNumber", outline_number);
    xml_.element("OutlineLevel", level);
    xml_.element("Priority", std::clamp<std::int64_t>(task.priority, 0, 1000));
    if (dates != nullptr) {
      xml_.element("Start", date(dates->start));
      xml_.element("Finish", date(dates->finish));
    }
    xml_.element("Duration", mspdi_duration(duration.count()));
    if (is_pinned) {
      xml_.element("ManualStart", date(task.constraint.date));
      xml_.element("ManualDuration", mspdi_duration(duration.count()));
    }
    xml_.element("DurationFormat", task.is_elapsed ? 8 : 7);
    const bool is_under_way =
        progress != nullptr && progress->actual_start && !progress->actual_finish;
    if (is_under_way && progress->resumes) xml_.element("Resume", date(*progress->resumes));
    xml_.flag("EffortDriven", false);
    xml_.flag("Estimated", false);
    xml_.flag("Milestone", task.is_milestone());
    xml_.flag("Summary", is_summary);
    if (dates != nullptr) write_floats(*dates);
    const ModeId mode = first_mode_[id.index()];
    const Money fixed_cost = mode ? task.cost + plan_.modes[mode].cost : task.cost;
    if (fixed_cost != Money{}) xml_.element("FixedCost", fixed_cost.count());
    write_progress(progress, duration);
    write_constraint(id);
    xml_.flag("IgnoreResourceCalendar", task.ignores_resource_calendars);
    xml_.text("Notes", task.notes);
    for (LinkId link : links_to_[id.index()]) {
      if (binds(plan_, plan_.links[link])) write_link(plan_.links[link]);
    }
    write_attributes(id);
    write_baselines(id);
    xml_.close("Task");
    if (task.second_constraint.kind != ConstraintKind::none) lose(id, kSecondConstraint);
    if (task.is_optional) lose(id, kOptional);
    if (task.is_hammock()) lose(id, kHammock);
  }

  void write_floats(const PlannedDates& dates) {
    xml_.flag("Critical", dates.is_critical);
    xml_.element("EarlyStart", date(dates.earliest_start));
    xml_.element("EarlyFinish", date(dates.earliest_finish));
    xml_.element("LateStart", date(dates.latest_start));
    xml_.element("LateFinish", date(dates.latest_finish));
    if (!dates.has_float) return;
    xml_.element("FreeSlack", dates.free_float.count() * 10);
    xml_.element("TotalSlack", dates.total_float.count() * 10);
  }

  void write_progress(const Progress* progress, WorkTime duration) {
    if (progress == nullptr) return;
    const bool is_done = progress->actual_finish.has_value();
    std::optional<std::int64_t> percent;
    if (is_done) percent = 100;
    if (!is_done && progress->percent) percent = *progress->percent / 100;
    if (!percent && progress->remaining && duration > WorkTime{}) {
      percent = std::clamp<std::int64_t>(
          100 - progress->remaining->count() * 100 / duration.count(), 0, 100);
    }
    if (percent) xml_.element("PercentComplete", *percent);
    if (progress->actual_start) xml_.element("ActualStart", date(*progress->actual_start));
    if (progress->actual_finish) xml_.element("ActualFinish", date(*progress->actual_finish));
    // Project's percentages are whole: what they cut off stands in what remains.
    std::optional<WorkTime> remaining = progress->remaining;
    if (!remaining && !is_done && progress->percent && *progress->percent % 100 != 0) {
      constexpr std::int64_t kWhole = 100 * 100;
      remaining = WorkTime{(duration * (kWhole - *progress->percent)).count() / kWhole};
    }
    if (remaining) xml_.element("RemainingDuration", mspdi_duration(remaining->count()));
  }

  void write_constraint(TaskId id) {
    using enum ConstraintKind;
    const Task& task = plan_.tasks[id];
    const ConstraintKind kind = task.constraint.kind;
    auto known = std::find(kMspdiConstraints.begin(), kMspdiConstraints.end(), kind);
    if (kind == mandatory_finish) {
      lose(id, kMandatoryFinish);
      known = std::find(kMspdiConstraints.begin(), kMspdiConstraints.end(), finish_on);
    }
    if (known == kMspdiConstraints.end())
      known = kMspdiConstraints.begin();  // a mandatory start: by hand
    const auto number = known - kMspdiConstraints.begin();
    xml_.element("ConstraintType", number);
    xml_.element("CalendarUID", mspdi_calendar_uid(task.calendar));
    if (number > 1) xml_.element("ConstraintDate", date(task.constraint.date));
    if (task.deadline != kNever) xml_.element("Deadline", date(task.deadline));
  }

  void write_link(const Link& link) {
    constexpr std::array kTypes = {LinkType::finish_to_finish, LinkType::finish_to_start,
                                   LinkType::start_to_finish, LinkType::start_to_start};
    xml_.open("PredecessorLink");
    xml_.element("PredecessorUID", static_cast<std::int64_t>(number_[link.from.index()]));
    xml_.element("Type", std::find(kTypes.begin(), kTypes.end(), link.type) - kTypes.begin());
    xml_.flag("CrossProject", false);
    switch (link.lag.unit) {
      case Lag::Unit::work:
      case Lag::Unit::elapsed:
        xml_.element("LinkLag", std::int64_t{link.lag.amount} * 10);
        xml_.element("LagFormat", link.lag.unit == Lag::Unit::work ? 7 : 8);
        break;
      case Lag::Unit::percent:
      case Lag::Unit::elapsed_percent:
        xml_.element("LinkLag", link.lag.amount / 100);
        xml_.element("LagFormat", link.lag.unit == Lag::Unit::percent ? 19 : 20);
        break;
    }
    xml_.close("PredecessorLink");
    if (link.has_max_lag) lose(link.from, kMaxLag);
    if (has_another_lag(link)) lose(link.from, kLag);
    const bool is_share =
        link.lag.unit == Lag::Unit::percent || link.lag.unit == Lag::Unit::elapsed_percent;
    if (is_share && link.lag.amount % 100 != 0) lose(link.from, kPartsOfPercent);
  }

  /// Project counts the hours of the task after the link where any such task has a calendar, else its own.
  bool has_another_lag(const Link& link) const {
    const bool is_work = link.lag.unit == Lag::Unit::work || link.lag.unit == Lag::Unit::percent;
    if (!is_work || link.lag.amount == 0) return false;
    const CalendarId there = plan_.tasks[link.to].calendar;
    return &lag_calendar(plan_, link.from, link.to) != &calendar_of(plan_, there);
  }

  void write_attribute(std::int64_t field, std::string_view value) {
    if (value.empty()) return;
    xml_.open("ExtendedAttribute");
    xml_.element("FieldID", field);
    xml_.element("Value", value);
    xml_.close("ExtendedAttribute");
  }

  void write_attributes(TaskId id) {
    const Task& task = plan_.tasks[id];
    for (const auto& [column, field] : columns_) write_attribute(field, column->cell(id.index()));
    if (task.kind == TaskKind::start_milestone) write_attribute(kKindField, kStartMilestone);
    if (task.kind == TaskKind::task && duration_of(id) == WorkTime{})
      write_attribute(kKindField, kOwnTask);
    if (!task.name.empty()) write_attribute(kChineseNameField, task.name_zh);
    write_attribute(kIdField, task.id);
  }

  void write_baselines(TaskId id) {
    for (std::size_t number = 0; number < baselines_.size(); ++number) {
      XmlWriter inner;
      bool is_any = false;
      for (std::size_t part = 0; part < kBaselineParts.size(); ++part) {
        const ForeignColumn* const column = baselines_[number][part];
        if (column == nullptr) continue;
        const auto value = baseline_value(kBaselineParts[part], column->cell(id.index()));
        if (!value) continue;
        inner.element(kBaselineParts[part].element, *value);
        is_any = true;
      }
      if (!is_any) continue;
      xml_.open("Baseline");
      xml_.element("Number", static_cast<std::int64_t>(number));
      xml_.raw(inner.take());
      xml_.close("Baseline");
    }
  }

  void write_resources() {
    xml_.open("Resources");
    for (ResourceId id : plan_.resources.ids()) {
      const Resource& resource = plan_.resources[id];
      const bool is_renewed = is_renewable(resource.kind);
      if (resource.kind == ResourceKind::reservoir)
        findings_.add(found::not_kept, {}, {resource.id.str(), kReservoir});
      const auto uid = static_cast<std::int64_t>(id.index()) + 1;
      xml_.open("Resource");
      xml_.element("UID", uid);
      xml_.element("ID", uid);
      const bool has_name = !resource.name.empty() && resource.name != resource.id;
      xml_.element("Name", has_name ? resource.name : resource.id);
      xml_.element("Type", is_renewed ? 1 : resource.kind == ResourceKind::money ? 2 : 0);
      xml_.flag("IsNull", false);
      if (has_name) xml_.element("Code", resource.id);
      if (is_renewed)
        xml_.element("MaxUnits",
                     decimal_string(std::min(resource.capacity, kMostUnits).count(), 3));
      if (resource.rate != Money{}) xml_.element("StandardRate", to_string(resource.rate));
      xml_.element("StandardRateFormat", is_renewed ? 2 : 8);
      xml_.element("CalendarUID", mspdi_calendar_uid(resource.calendar));
      write_availability(id);
      xml_.close("Resource");
    }
    xml_.close("Resources");
  }

  /// Between periods Project takes a resource to be away, so that they cover all its days.
  void write_availability(ResourceId id) {
    std::vector<Availability> rows;
    for (const Availability& row : plan_.availability) {
      if (row.resource == id && is_renewable(plan_.resources[id].kind)) rows.push_back(row);
    }
    if (rows.empty()) return;
    std::sort(rows.begin(), rows.end(), [](const Availability& a, const Availability& b) {
      return a.during.from < b.during.from;
    });
    const auto write = [this](Instant from, Instant to, Amount units) {
      if (to <= from) return;
      xml_.open("AvailabilityPeriod");
      xml_.element("AvailableFrom", date(from));
      xml_.element("AvailableTo", date(to));
      xml_.element("AvailableUnits", decimal_string(units.count(), 3));
      xml_.close("AvailabilityPeriod");
    };
    const Amount usual = std::min(plan_.resources[id].capacity, kMostUnits);
    xml_.open("AvailabilityPeriods");
    Instant until = std::min(mspdi_first_day(), rows.front().during.from);
    for (const Availability& row : rows) {
      write(until, row.during.from, usual);
      write(row.during.from, row.during.to, row.capacity);
      until = row.during.to;
    }
    write(until, mspdi_last_day(), usual);
    xml_.close("AvailabilityPeriods");
  }

  void write_assignments() {
    xml_.open("Assignments");
    std::int64_t uid = 0;
    for (const Demand& demand : plan_.demands) {
      if (demand.skill) {
        lose(demand.task, kSkill);
        continue;
      }
      if (demand.mode && demand.mode != first_mode_[demand.task.index()]) continue;  // told already
      const Resource& resource = plan_.resources[demand.resource];
      const bool is_money = resource.kind == ResourceKind::money;
      const Money sum = is_money ? cost(demand.amount, resource.rate) : Money{};
      if (is_money && sum <= Money{}) {
        lose(demand.task, kFree);
        continue;
      }
      const bool is_renewed = is_renewable(resource.kind);
      xml_.open("Assignment");
      xml_.element("UID", ++uid);
      xml_.element("TaskUID", static_cast<std::int64_t>(number_[demand.task.index()]));
      xml_.element("ResourceUID", static_cast<std::int64_t>(demand.resource.index()) + 1);
      if (is_money) xml_.element("Cost", sum.count());
      xml_.element("Units", is_money ? "1" : decimal_string(demand.amount.count(), 3));
      if (is_renewed) {
        const Effort work = demand.amount * duration_of(demand.task);
        xml_.element("Work", mspdi_duration(work.count() / 1000));
      }
      xml_.close("Assignment");
    }
    xml_.close("Assignments");
  }

  struct FieldColumn {
    const ForeignColumn* column;
    std::int64_t field;
  };

  const Plan& plan_;
  const PlannedTable& dates_;
  Findings& findings_;
  std::vector<TaskId> order_;
  std::vector<std::size_t> number_;  // UID of each task
  std::vector<std::vector<LinkId>> links_to_;
  std::vector<ModeId> first_mode_;
  std::vector<const Progress*> progress_of_;
  std::vector<FieldColumn> columns_;
  const ForeignColumn* wbs_ = nullptr;
  std::array<std::array<const ForeignColumn*, kBaselineParts.size()>, kNumBaselines> baselines_{};
  XmlWriter xml_;
};

}  // namespace

std::string mspdi_of(const Plan& plan, const PlannedTable& dates, Findings& findings) {
  return Writer(plan, dates, findings).run();
}

}  // namespace diaodu::formats
