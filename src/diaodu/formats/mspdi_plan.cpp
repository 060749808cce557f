#include "diaodu/formats/mspdi_plan.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/capped_demand.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/mspdi_calendar.h"
#include "diaodu/formats/mspdi_fields.h"
#include "diaodu/formats/mspdi_values.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/validate.h"
#include "diaodu/plan/validate_demands.h"

namespace diaodu::formats {
namespace {

constexpr Words kInactive{"it is not active", "该任务未启用"};
constexpr Words kExternal{"it belongs to another project; it stays on its dates",
                          "属于其他项目；按其日期固定"};
constexpr Words kManualWithoutDate{"it is scheduled by hand but has no date; its links decide",
                                   "手动安排但没有日期；由关系决定"};
constexpr Words kSplit{"it is done in parts with breaks; the breaks are not kept",
                       "任务被拆分；拆分的间断未保留"};
constexpr Words kLevelled{"its levelling delay is not kept: diaodu levels anew",
                          "资源调配延迟未保留：diaodu 会重新调配"};
constexpr Words kContour{"its work is spread unevenly; an even spread is assumed",
                         "工时分布不均；按均匀分布处理"};
constexpr Words kAssignmentDelay{"a resource begins later than the task; the delay is not kept",
                                 "资源晚于任务开始投入；延迟未保留"};
constexpr Words kNotFromStart{
    "the project is scheduled from its finish: tasks are as late as possible before that date",
    "项目从完成日期倒排：任务在该日期之前越晚越好"};

std::string rounded_en(std::int64_t num) {
  return std::to_string(num) + " durations or dates have parts of minutes; they are rounded";
}
std::string rounded_zh(std::int64_t num) {
  return std::to_string(num) + " 个工期或日期含不足一分钟的部分，已四舍五入";
}

bool is_elapsed_format(int format) { return format <= 53 && format >= 4 && format % 2 == 0; }
bool is_percent_format(int format) {
  return format == 19 || format == 20 || format == 51 || format == 52;
}

class PlanMaker {
 public:
  PlanMaker(const MspdiDocument& document, std::string file, Findings findings)
      : document_(document), file_(std::move(file)), findings_(std::move(findings)) {}

  ReadPlan run() {
    for (TableKind kind :
         {TableKind::plan, TableKind::tasks, TableKind::links, TableKind::resources,
          TableKind::demands, TableKind::availability, TableKind::progress, TableKind::calendars}) {
      sources_[kind].file = file_;
    }
    calendars_ = add_mspdi_calendars(document_, file_, plan_, findings_);
    add_project();
    add_tasks();
    add_links();
    add_resources();
    add_demands();
    add_columns();
    add_progress();
    find_splits();
    complete(plan_, sources_, findings_);
    validate(plan_, sources_, findings_);
    findings_.sort();
    return {std::move(plan_), std::move(sources_), std::move(findings_)};
  }

 private:
  Where at(std::int32_t line) const { return {.file = file_, .line = line}; }
  CalendarId calendar(std::int64_t uid) const {
    const auto known = calendars_.find(uid);
    return known == calendars_.end() ? CalendarId{} : known->second;
  }

  void add_project() {
    plan_.name = document_.title.empty() ? document_.name : document_.title;
    if (document_.currency.size() == 3) plan_.currency = document_.currency;
    plan_.calendar = calendar(document_.calendar);
    if (!plan_.calendar) plan_.calendar = find_calendar(plan_, "standard");
    if (document_.status_date != kNever) plan_.data_date = document_.status_date;
    plan_.start = document_.start;
    if (plan_.start == kNever) {
      plan_.start = {};
      findings_.add(found::no_start, at(0));
    }
    if (!document_.is_from_start && document_.finish != kNever) {
      plan_.must_finish = document_.finish;
      findings_.add(found::read_otherwise, at(0), {kNotFromStart});
    }
    plan_.options.total_float = Options::TotalFloat::smaller;
    plan_.options.progress_rule = Options::ProgressRule::progress_override;
    plan_.options.lag_calendar = Options::LagCalendar::project;
    plan_.options.critical_float =
        WorkTime{document_.critical_slack_days * document_.minutes_per_day};
    if (document_.num_rounded > 0) {
      findings_.add(
          found::read_otherwise, at(0),
          {Argument{rounded_en(document_.num_rounded), rounded_zh(document_.num_rounded)}});
    }
  }

  /// IDs, as planners see them, where they tell the tasks apart; what diaodu wrote has its own.
  void name_tasks() {
    const std::int64_t own = field_of(kOwnId);
    own_ids_.resize(document_.tasks.size());
    for (const MspdiAttribute& attribute : document_.task_attributes) {
      if (own == 0 || attribute.field != own || attribute.of < 0) continue;
      own_ids_[static_cast<std::size_t>(attribute.of)] = attribute.value;
    }
  }

  std::int64_t field_of(std::string_view alias) const {
    for (const MspdiField& field : document_.fields) {
      if (field.alias == alias) return field.field;
    }
    return 0;
  }

  Text id_for(std::size_t i) {
    const MspdiTask& task = document_.tasks[i];
    std::string id(own_ids_[i]);
    if (id.empty()) id = std::to_string(task.id >= 0 ? task.id : task.uid);
    while (!taken_.insert(id).second) id += "#" + std::to_string(task.uid);
    return plan_.text(id);
  }

  void add_tasks() {
    name_tasks();
    task_of_.resize(document_.tasks.size());
    std::vector<std::pair<int, TaskId>> above;  // outline levels, and who has them
    for (std::size_t i = 0; i < document_.tasks.size(); ++i) {
      const MspdiTask& read = document_.tasks[i];
      if (read.is_null) continue;
      const bool is_project = read.outline_level == 0 || (read.uid == 0 && read.id <= 0);
      if (is_project) continue;
      if (const auto [first, is_new] = by_uid_.insert({read.uid, i}); !is_new) {
        findings_.add(
            found::duplicate_id, at(read.line),
            {std::to_string(read.uid), std::to_string(document_.tasks[first->second].line)});
        continue;
      }
      if (!read.is_active) {
        findings_.add(found::left_out, at(read.line), {label(read), kInactive});
        continue;
      }
      while (!above.empty() && above.back().first >= read.outline_level) above.pop_back();
      Task task = make(read);
      task.id = id_for(i);
      if (!above.empty()) task.parent = above.back().second;
      const TaskId id = plan_.tasks.add(task);
      if (task.parent) plan_.tasks[task.parent].kind = TaskKind::summary;
      above.emplace_back(read.outline_level, id);
      task_of_[i] = id;
      document_index_.push_back(i);
      sources_[TableKind::tasks].lines.push_back(read.line);
    }
    for (Task& task : plan_.tasks) {
      if (task.kind != TaskKind::summary) continue;
      task.duration = {};
      task.is_elapsed = false;
    }
  }

  std::string label(const MspdiTask& task) const {
    return task.name.empty() ? std::to_string(task.id) : std::string(task.name);
  }

  Task make(const MspdiTask& read) {
    Task task;
    task.name = plan_.text(read.name);
    task.notes = plan_.text(read.notes);
    task.owner = plan_.text(read.contact);
    task.deadline = read.deadline;
    task.cost = Money{read.fixed_cost};
    task.calendar = calendar(read.calendar);
    task.priority = read.priority;
    task.ignores_resource_calendars = read.ignores_resource_calendars;
    const bool by_hand = read.is_manual && !read.is_summary;
    task.duration =
        WorkTime{by_hand && read.manual_duration >= 0 ? read.manual_duration : read.duration};
    task.is_elapsed = is_elapsed_format(read.duration_format) && task.duration > WorkTime{};
    if (read.is_summary) {
      task.kind = TaskKind::summary;
    } else if (task.duration == WorkTime{}) {
      task.kind = TaskKind::finish_milestone;
    }
    task.constraint = constraint(read);
    if (by_hand) pin(read, read.manual_start != kNever ? read.manual_start : read.start, task);
    if (read.is_external) {
      findings_.add(found::not_kept, at(read.line), {label(read), kExternal});
      pin(read, read.start, task);
    }
    if (read.levelling_delay > 0) {
      findings_.add(found::not_kept, at(read.line), {label(read), kLevelled});
    }
    return task;
  }

  void pin(const MspdiTask& read, Instant start, Task& task) {
    if (start != kNever) {
      task.constraint = {.kind = ConstraintKind::mandatory_start, .date = start};
    } else {
      findings_.add(found::not_kept, at(read.line), {label(read), kManualWithoutDate});
    }
  }

  Constraint constraint(const MspdiTask& read) {
    using enum ConstraintKind;
    const ConstraintKind kind = kMspdiConstraints[static_cast<std::size_t>(read.constraint)];
    if (kind == none) {
      const bool from_finish = !document_.is_from_start && !read.is_summary;
      return {.kind = from_finish ? as_late_as_possible : none};
    }
    if (kind == as_late_as_possible) return {.kind = kind};
    if (read.constraint_date != kNever) return {.kind = kind, .date = read.constraint_date};
    findings_.add(found::constraint_without_date, at(read.line), {std::to_string(read.constraint)});
    return {};
  }

  /// After the columns, which may say that a task without duration is no milestone: only one of those began when it ended.
  void add_progress() {
    for (std::size_t i = 0; i < document_index_.size(); ++i)
      add_progress(document_.tasks[document_index_[i]], TaskId{i});
  }

  void add_progress(const MspdiTask& read, TaskId id) {
    const bool is_started = read.actual_start != kNever || read.actual_finish != kNever;
    if (read.is_summary || (!is_started && read.percent <= 0)) return;
    Progress progress{.task = id};
    if (read.actual_start != kNever) progress.actual_start = read.actual_start;
    if (read.actual_finish != kNever) progress.actual_finish = read.actual_finish;
    if (plan_.tasks[id].is_milestone()) {
      if (!progress.actual_start) progress.actual_start = progress.actual_finish;
      if (!progress.actual_finish && read.percent == 100)
        progress.actual_finish = progress.actual_start;
    }
    if (!progress.actual_finish) {
      if (read.remaining >= 0) progress.remaining = WorkTime{read.remaining};
      if (read.percent >= 0) progress.percent = read.percent * 100;
      if (read.actual_start != kNever && read.resume != kNever) progress.resumes = read.resume;
    }
    plan_.progress.push_back(progress);
    sources_[TableKind::progress].lines.push_back(read.line);
  }

  TaskId task_by_uid(std::int64_t uid) const {
    const auto known = by_uid_.find(uid);
    return known == by_uid_.end() ? TaskId{} : task_of_[known->second];
  }

  void add_links() {
    constexpr std::array kTypes = {LinkType::finish_to_finish, LinkType::finish_to_start,
                                   LinkType::start_to_finish, LinkType::start_to_start};
    for (const MspdiLink& read : document_.links) {
      const TaskId to = task_of_[static_cast<std::size_t>(read.to)];
      if (!to) continue;
      if (read.is_cross_project || !by_uid_.contains(read.from)) {
        findings_.add(found::xer_external_link, at(read.line));
        continue;
      }
      const TaskId from = task_by_uid(read.from);
      if (!from) continue;  // left out with the task
      Link link{.from = from, .to = to, .lag = lag(read)};
      link.type = kTypes[static_cast<std::size_t>(read.type)];
      plan_.links.add(link);
      sources_[TableKind::links].lines.push_back(read.line);
      if (plan_.tasks[to].calendar) plan_.options.lag_calendar = Options::LagCalendar::successor;
    }
  }

  static Lag lag(const MspdiLink& read) {
    const bool is_elapsed = is_elapsed_format(read.lag_format);
    if (is_percent_format(read.lag_format)) {
      return {.amount = static_cast<std::int32_t>(
                  std::clamp<std::int64_t>(read.lag, -1'000'000, 1'000'000) * 100),
              .unit = is_elapsed ? Lag::Unit::elapsed_percent : Lag::Unit::percent};
    }
    const std::int64_t half = read.lag < 0 ? -5 : 5;
    return {.amount = static_cast<std::int32_t>((read.lag + half) / 10),
            .unit = is_elapsed && read.lag != 0 ? Lag::Unit::elapsed : Lag::Unit::work};
  }

  void add_resources() {
    std::unordered_set<std::string> taken;
    const bool is_ours = field_of(kOwnId) != 0;  // elsewhere a code is anything
    resource_of_.resize(document_.resources.size());
    for (std::size_t i = 0; i < document_.resources.size(); ++i) {
      const MspdiResource& read = document_.resources[i];
      if (read.is_null || (read.uid == 0 && read.name.empty())) continue;
      const ResourceId id{plan_.resources.size()};
      if (const auto [first, is_new] = resources_.insert({read.uid, id}); !is_new) {
        const auto line = sources_[TableKind::resources].lines[first->second.index()];
        findings_.add(found::duplicate_id, at(read.line),
                      {std::to_string(read.uid), std::to_string(line)});
        continue;
      }
      std::string own = read.name.empty() ? std::to_string(read.uid) : std::string(read.name);
      if (is_ours && !read.code.empty()) own = read.code;
      while (!taken.insert(own).second) own += "#" + std::to_string(read.uid);
      Resource resource;
      resource.id = plan_.text(own);
      resource.name = plan_.text(read.name);
      resource.rate = Money{read.standard_rate};
      const bool is_cost = read.type == 2 || read.is_cost;
      resource.kind = is_cost          ? ResourceKind::money
                      : read.type == 0 ? ResourceKind::material
                                       : ResourceKind::people;
      const bool is_renewed = is_renewable(resource.kind);
      resource.capacity =
          is_renewed ? Amount{std::max<std::int64_t>(0, read.max_units)} : kUnlimited;
      if (is_renewed) resource.calendar = calendar(read.calendar);
      if (is_cost) resource.rate = Money{100};  // an amount of it is a sum
      plan_.resources.add(resource);
      resource_of_[i] = id;
      sources_[TableKind::resources].lines.push_back(read.line);
    }
    add_availability();
  }

  /// Where there are periods, a resource is there in these alone.
  void add_availability() {
    const Instant end{LocalTime::at(Date::from(kLastYear, 12, 31), 0).minutes};
    std::map<ResourceId, std::vector<Interval>> covered;
    std::map<ResourceId, std::int32_t> first_line;
    const auto add = [this](ResourceId id, Interval during, Amount units, std::int32_t line) {
      if (units == plan_.resources[id].capacity || during.to <= during.from) return;
      plan_.availability.push_back({.resource = id, .during = during, .capacity = units});
      sources_[TableKind::availability].lines.push_back(line);
    };
    for (const MspdiAvailability& read : document_.availability) {
      const ResourceId id = resource_of_[static_cast<std::size_t>(read.resource)];
      if (!id || !is_renewable(plan_.resources[id].kind)) continue;
      const Amount units{std::max<std::int64_t>(0, read.units)};
      const bool is_open = read.from == kNever || read.from <= plan_.start;
      // Project's own last day, 2049-12-31, is no end.
      Instant to = read.to >= mspdi_last_day() ? end : read.to;
      if (LocalTime{to.minutes()}.minute_of_day() == kMinutesPerDay - 1) to = to + Elapsed{1};
      const Instant from = read.from == kNever ? plan_.start : read.from;
      covered[id].push_back({from, to});
      first_line.emplace(id, read.line);
      if (!is_open || to < end) add(id, {from, to}, units, read.line);
    }
    for (auto& [id, periods] : covered) {
      std::sort(periods.begin(), periods.end(),
                [](const Interval& a, const Interval& b) { return a.from < b.from; });
      Instant until = plan_.start;
      for (const Interval& period : periods) {
        add(id, {until, period.from}, Amount{}, first_line[id]);
        until = std::max(until, period.to);
      }
      add(id, {until, end}, Amount{}, first_line[id]);
    }
  }

  void add_demands() {
    const Table<ResourceId, Amount> largest = largest_capacities(plan_);
    for (const MspdiAssignment& read : document_.assignments) {
      const TaskId task = task_by_uid(read.task);
      if (!task || read.resource == kUnassigned) continue;
      const auto known = resources_.find(read.resource);
      if (known == resources_.end()) {
        if (read.resource > 0)
          findings_.add(found::unknown_resource, at(read.line),
                        {std::to_string(read.resource), ""});
        continue;
      }
      const Resource& resource = plan_.resources[known->second];
      const bool is_money = resource.kind == ResourceKind::money;
      Amount amount{is_money ? read.cost * 10 : read.units};
      const std::string name = plan_.tasks[task].name.empty() ? plan_.tasks[task].id.str()
                                                              : plan_.tasks[task].name.str();
      if (read.contour > 0) findings_.add(found::not_kept, at(read.line), {name, kContour});
      if (read.delay > 0) findings_.add(found::not_kept, at(read.line), {name, kAssignmentDelay});
      has_odd_work_.insert(task.index());
      const Amount most = largest[known->second];
      if (is_renewable(resource.kind) && amount > most) {
        tell_of_capped_demand(findings_, at(read.line), name, amount, resource.id.view(), most);
        amount = most;
      }
      if (amount <= Amount{}) continue;
      plan_.demands.add({.task = task, .resource = known->second, .amount = amount});
      sources_[TableKind::demands].lines.push_back(read.line);
    }
  }

  /// WBS codes, baselines and the user's own fields, as texts.
  void add_columns() {
    std::map<std::string, ForeignColumn> columns;
    const auto add = [&](const std::string& name, TaskId task, std::string_view text) {
      if (text.empty()) return;
      ForeignColumn& column = columns[name];
      column.table = "tasks";
      column.name = name;
      column.cells.push_back({static_cast<std::uint32_t>(task.index()), plan_.text(text)});
    };
    for (std::size_t i = 0; i < document_index_.size(); ++i) {
      const MspdiTask& task = document_.tasks[document_index_[i]];
      if (task.wbs != task.outline_number) add("WBS", TaskId{i}, task.wbs);
    }
    for (const MspdiBaseline& read : document_.baselines) {
      const TaskId task = task_of_[static_cast<std::size_t>(read.task)];
      if (!task) continue;
      const std::string name = baseline_name(read.number);
      const auto date = [](Instant instant) { return to_string(LocalTime{instant.minutes()}); };
      if (read.start != kNever) add(name + " start", task, date(read.start));
      if (read.finish != kNever) add(name + " finish", task, date(read.finish));
      if (read.duration >= 0) add(name + " duration", task, std::to_string(read.duration) + "min");
      if (read.work >= 0) add(name + " work", task, std::to_string(read.work) + "min");
      if (read.cost > 0) add(name + " cost", task, to_string(Money{read.cost}));
    }
    std::unordered_map<std::int64_t, std::string> names;
    for (const MspdiField& field : document_.fields) {
      names[field.field] = field.alias.empty() ? field.name : field.alias;
    }
    for (const MspdiAttribute& read : document_.task_attributes) {
      const TaskId task = task_of_[static_cast<std::size_t>(read.of)];
      const auto name = names.find(read.field);
      if (!task || name == names.end() || name->second.empty()) continue;
      if (read.value.empty() || columns.size() >= kMostColumns) continue;
      if (set_own(name->second, read.value, plan_.tasks[task])) continue;
      add(name->second, task, read.value);
    }
    for (auto& [name, column] : columns) {
      std::stable_sort(column.cells.begin(), column.cells.end(),
                       [](const auto& a, const auto& b) { return a.row < b.row; });
      const auto same = [](const auto& a, const auto& b) { return a.row == b.row; };
      column.cells.erase(std::unique(column.cells.begin(), column.cells.end(), same),
                         column.cells.end());
      plan_.foreign.push_back(std::move(column));
    }
  }

  /// True if that is one of the fields that diaodu wrote.
  bool set_own(const std::string& name, std::string_view value, Task& task) {
    if (name == kOwnId) return true;
    if (name == kOwnChineseName) {
      task.name_zh = plan_.text(value);
      return true;
    }
    if (name != kOwnKind) return false;
    if (value == kStartMilestone && task.is_milestone()) task.kind = TaskKind::start_milestone;
    if (value == kOwnTask && task.is_milestone()) task.kind = TaskKind::task;
    return true;
  }

  /// A task whose dates span more work than it has stands still in between.  Only where nothing else may
  /// explain that: resources' hours, progress, levelling.
  void find_splits() {
    for (std::size_t i = 0; i < document_index_.size(); ++i) {
      const MspdiTask& read = document_.tasks[document_index_[i]];
      const Task& task = plan_.tasks[TaskId{i}];
      const bool is_plain = task.kind == TaskKind::task && !task.is_elapsed && !read.is_manual &&
                            read.actual_start == kNever && !has_odd_work_.contains(i);
      if (!is_plain || read.start == kNever || read.finish == kNever || read.finish <= read.start)
        continue;
      const Calendar& works = calendar_of(plan_, task.calendar).calendar;
      const WorkTime spanned = works.work_between(read.start, read.finish);
      if (spanned > task.duration + WorkTime{1}) {
        findings_.add(found::not_kept, at(read.line), {label(read), kSplit});
      }
    }
  }

  static constexpr std::int64_t kUnassigned = -65535;

  const MspdiDocument& document_;
  std::string file_;
  Findings findings_;
  Plan plan_;
  Sources sources_;
  std::unordered_map<std::int64_t, CalendarId> calendars_;
  std::unordered_map<std::int64_t, std::size_t> by_uid_;  // index in the document
  std::unordered_map<std::int64_t, ResourceId> resources_;
  std::vector<TaskId> task_of_;              // by index in the document
  std::vector<ResourceId> resource_of_;      // likewise
  std::vector<std::size_t> document_index_;  // by task
  std::vector<std::string_view> own_ids_;
  std::unordered_set<std::string> taken_;
  std::unordered_set<std::size_t> has_odd_work_;  // tasks with assignments
};

}  // namespace

ReadPlan mspdi_plan(const MspdiDocument& document, std::string file, Findings findings) {
  return PlanMaker(document, std::move(file), std::move(findings)).run();
}

}  // namespace diaodu::formats
