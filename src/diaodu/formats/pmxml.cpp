#include "diaodu/formats/pmxml.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/formats/xer_reader.h"
#include "diaodu/formats/xml_feed.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

/// A word of the XML and the one that an XER file has for it.
struct WordPair {
  std::string_view theirs;
  std::string_view of_xer;
};

constexpr std::array kFlags =
    std::to_array<WordPair>({{"1", "Y"}, {"true", "Y"}, {"0", "N"}, {"false", "N"}});
constexpr std::array kTypes = std::to_array<WordPair>({{"Task Dependent", "TT_Task"},
                                                       {"Resource Dependent", "TT_Rsrc"},
                                                       {"Level of Effort", "TT_LOE"},
                                                       {"WBS Summary", "TT_WBS"},
                                                       {"Start Milestone", "TT_Mile"},
                                                       {"Finish Milestone", "TT_FinMile"}});
constexpr std::array kStatuses = std::to_array<WordPair>(
    {{"Not Started", "TK_NotStart"}, {"In Progress", "TK_Active"}, {"Completed", "TK_Complete"}});
constexpr std::array kPriorities = std::to_array<WordPair>({{"Top", "PT_Top"},
                                                            {"High", "PT_High"},
                                                            {"Normal", "PT_Normal"},
                                                            {"Low", "PT_Low"},
                                                            {"Lowest", "PT_Lowest"}});
constexpr std::array kConstraints = std::to_array<WordPair>({{"Start On", "CS_MSO"},
                                                             {"Start On or After", "CS_MSOA"},
                                                             {"Start On or Before", "CS_MSOB"},
                                                             {"Finish On", "CS_MEO"},
                                                             {"Finish On or After", "CS_MEOA"},
                                                             {"Finish On or Before", "CS_MEOB"},
                                                             {"As Late As Possible", "CS_ALAP"},
                                                             {"Mandatory Start", "CS_MANDSTART"},
                                                             {"Mandatory Finish", "CS_MANDFIN"}});
constexpr std::array kLinks = std::to_array<WordPair>({{"Finish to Start", "PR_FS"},
                                                       {"Start to Start", "PR_SS"},
                                                       {"Finish to Finish", "PR_FF"},
                                                       {"Start to Finish", "PR_SF"}});
constexpr std::array kResources = std::to_array<WordPair>(
    {{"Labor", "RT_Labor"}, {"Nonlabor", "RT_Equip"}, {"Material", "RT_Mat"}});
constexpr std::array kLagCalendars =
    std::to_array<WordPair>({{"Predecessor Activity Calendar", "rcal_Predecessor"},
                             {"Successor Activity Calendar", "rcal_Successor"},
                             {"Project Default Calendar", "rcal_ProjDefault"},
                             {"24 Hour Calendar", "rcal_24Hour"}});
constexpr std::array kFloats =
    std::to_array<WordPair>({{"Finish Float = Late Finish - Early Finish", "FT_FF"},
                             {"Start Float = Late Start - Early Start", "FT_SF"},
                             {"Smallest of Start Float and Finish Float", "FT_Min"}});

/// A field of an object and where it goes.
struct Field {
  std::string_view theirs;
  std::string_view of_xer;
  std::span<const WordPair> words = {};  ///< none: as it stands
};

constexpr std::array kProject =
    std::to_array<Field>({{"ObjectId", "proj_id"},
                          {"Id", "proj_short_name"},
                          {"ActivityDefaultCalendarObjectId", "clndr_id"},
                          {"DataDate", "last_recalc_date"},
                          {"MustFinishByDate", "plan_end_date"},
                          {"PlannedStartDate", "plan_start_date"},
                          {"CriticalActivityFloatLimit", "critical_drtn_hr_cnt"}});
constexpr std::array kCalendar = std::to_array<Field>({{"ObjectId", "clndr_id"},
                                                       {"Name", "clndr_name"},
                                                       {"BaseCalendarObjectId", "base_clndr_id"},
                                                       {"IsDefault", "default_flag", kFlags},
                                                       {"", "clndr_data"}});
constexpr std::array kWbs = std::to_array<Field>({{"ObjectId", "wbs_id"},
                                                  {"ProjectObjectId", "proj_id"},
                                                  {"Code", "wbs_short_name"},
                                                  {"Name", "wbs_name"},
                                                  {"ParentObjectId", "parent_wbs_id"}});
constexpr std::array kActivity =
    std::to_array<Field>({{"ObjectId", "task_id"},
                          {"ProjectObjectId", "proj_id"},
                          {"WBSObjectId", "wbs_id"},
                          {"CalendarObjectId", "clndr_id"},
                          {"PrimaryResourceObjectId", "rsrc_id"},
                          {"Type", "task_type", kTypes},
                          {"Status", "status_code", kStatuses},
                          {"Id", "task_code"},
                          {"Name", "task_name"},
                          {"LevelingPriority", "priority_type", kPriorities},
                          {"PlannedDuration", "target_drtn_hr_cnt"},
                          {"RemainingDuration", "remain_drtn_hr_cnt"},
                          {"PrimaryConstraintType", "cstr_type", kConstraints},
                          {"PrimaryConstraintDate", "cstr_date"},
                          {"SecondaryConstraintType", "cstr_type2", kConstraints},
                          {"SecondaryConstraintDate", "cstr_date2"},
                          {"SuspendDate", "suspend_date"},
                          {"ResumeDate", "resume_date"},
                          {"ExternalEarlyStartDate", "external_early_start_date"},
                          {"ExternalLateFinishDate", "external_late_end_date"},
                          {"ActualStartDate", "act_start_date"},
                          {"ActualFinishDate", "act_end_date"}});
constexpr std::array kRelationship =
    std::to_array<Field>({{"SuccessorActivityObjectId", "task_id"},
                          {"PredecessorActivityObjectId", "pred_task_id"},
                          {"SuccessorProjectObjectId", "proj_id"},
                          {"Type", "pred_type", kLinks},
                          {"Lag", "lag_hr_cnt"}});
constexpr std::array kResource = std::to_array<Field>({{"ObjectId", "rsrc_id"},
                                                       {"Id", "rsrc_short_name"},
                                                       {"Name", "rsrc_name"},
                                                       {"CalendarObjectId", "clndr_id"},
                                                       {"ResourceType", "rsrc_type", kResources}});
constexpr std::array kRate = std::to_array<Field>({{"ResourceObjectId", "rsrc_id"},
                                                   {"MaxUnitsPerTime", "max_qty_per_hr"},
                                                   {"PricePerUnit", "cost_per_qty"},
                                                   {"EffectiveDate", "start_date"}});
constexpr std::array kAssignment =
    std::to_array<Field>({{"ActivityObjectId", "task_id"},
                          {"ResourceObjectId", "rsrc_id"},
                          {"PlannedUnitsPerTime", "target_qty_per_hr"},
                          {"RemainingUnitsPerTime", "remain_qty_per_hr"},
                          {"PlannedUnits", "target_qty"}});
constexpr std::array kRetained = std::to_array<WordPair>(
    {{"Retained Logic", "Y"}, {"Progress Override", "N"}, {"Actual Dates", "N"}});
constexpr std::array kOverride = std::to_array<WordPair>(
    {{"Retained Logic", "N"}, {"Progress Override", "Y"}, {"Actual Dates", "N"}});
constexpr std::array kOutside = std::to_array<WordPair>(
    {{"1", "SD_None"}, {"true", "SD_None"}, {"0", "SD_Both"}, {"false", "SD_Both"}});
constexpr std::array kOptions = std::to_array<Field>(
    {{"ProjectObjectId", "proj_id"},
     {"OutOfSequenceScheduleType", "sched_retained_logic", kRetained},
     {"OutOfSequenceScheduleType", "sched_progress_override", kOverride},
     {"RelationshipLagCalendar", "sched_calendar_on_relationship_lag", kLagCalendars},
     {"ComputeTotalFloatType", "sched_float_type", kFloats},
     {"StartToStartLagCalculationType", "sched_lag_early_start_flag", kFlags},
     {"MakeOpenEndedActivitiesCritical", "sched_open_critical_flag", kFlags},
     {"IgnoreOtherProjectRelationships", "sched_outer_depend_type", kOutside}});

struct Object {
  std::string_view element;
  std::string_view table;
  std::span<const Field> fields;
};
constexpr std::array kObjects =
    std::to_array<Object>({{"Project", "PROJECT", kProject},
                           {"Calendar", "CALENDAR", kCalendar},
                           {"WBS", "PROJWBS", kWbs},
                           {"Activity", "TASK", kActivity},
                           {"Relationship", "TASKPRED", kRelationship},
                           {"Resource", "RSRC", kResource},
                           {"ResourceRate", "RSRCRATE", kRate},
                           {"ResourceAssignment", "TASKRSRC", kAssignment},
                           {"ScheduleOptions", "SCHEDOPTIONS", kOptions}});

/// Texts that stay where they are, and rows that name them.
class Tables {
 public:
  explicit Tables(XerFile& file) : file_(file) {
    for (const Object& object : kObjects) {
      XerTable& table = file_.tables.emplace_back();
      table.name = object.table;
      for (const Field& field : object.fields) table.header.push_back(field.of_xer);
    }
    file_.tables.front().header.push_back("export_flag");
  }

  void add(std::size_t object, int line, const std::vector<std::string>& cells) {
    XerTable& table = file_.tables[object];
    table.rows.push_back({.line = line,
                          .num_cells = static_cast<std::uint32_t>(cells.size()),
                          .first_cell = table.cells.size()});
    for (const std::string& cell : cells) table.cells.push_back(letters_.keep(cell));
  }

  XerTable& table(std::size_t object) { return file_.tables[object]; }
  std::string_view keep(std::string_view text) { return letters_.keep(text); }

 private:
  XerFile& file_;
  Letters letters_;
};

constexpr std::size_t kProjects = 0;
constexpr std::size_t kCalendars = 1;
constexpr std::size_t kSummaries = 2;
constexpr std::size_t kActivities = 3;

/// The hours of a calendar, in the form in which an XER file packs them.
class Hours {
 public:
  void begin_day(std::string_view) { shifts_.clear(); }
  void add_shift(std::string_view start, std::string_view finish) {
    auto begin = parse_clock(start.substr(0, 5));
    auto end = parse_clock(finish.substr(0, 5));
    if (!begin || !end) return;
    if (*end % 10 == 9) ++*end;  // the last minute that is worked
    if (*end <= *begin && *end != 0) return;
    shifts_ += "(0||0(s|" + clock_string(*begin) + "|f|" + clock_string(*end) + ")())";
  }
  void end_weekday(std::string_view name) {
    constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
    const auto day = std::find(kDays.begin(), kDays.end(), name);
    if (day != kDays.end()) {
      week_ += "(0||" + std::to_string(day - kDays.begin() + 1) + "()(" + shifts_ + "))";
    }
    shifts_.clear();
  }
  void end_exception(std::string_view date) {
    if (const auto day = parse_iso_date(date.substr(0, 10))) {
      const int serial = day->days - Date::from(1899, 12, 30).days;
      exceptions_ += "(0||0(d|" + std::to_string(serial) + ")(" + shifts_ + "))";
    }
    shifts_.clear();
  }
  std::string take() {
    std::string data;
    if (!week_.empty() || !exceptions_.empty()) {
      data = "(0||CalendarData()((0||DaysOfWeek()(" + week_ + "))(0||Exceptions()(" + exceptions_ +
             "))))";
    }
    *this = {};
    return data;
  }

 private:
  std::string week_;
  std::string exceptions_;
  std::string shifts_;
};

class Listener final : public XmlListener {
 public:
  explicit Listener(Tables& tables) : tables_(tables) {}

  std::unique_ptr<XmlReader> reader;

  void begin(std::string_view element, const XmlAttributes&) override {
    path_.emplace_back(element);
    value_.clear();
    if (skipped_at_ != 0) return;
    if (element == "BaselineProject") {
      skipped_at_ = path_.size();
      return;
    }
    if (const std::size_t object = object_of(element); object != kNone) {
      open_.push_back({object, path_.size(), reader ? reader->line() : 0, {}});
      if (object == kProjects) note_rows();
    }
  }

  void text(std::string_view letters) override {
    if (skipped_at_ == 0 && value_.size() <= kMostCellBytes) value_ += letters;
  }

  void end(std::string_view element) override {
    const std::size_t depth = path_.size();
    if (skipped_at_ == 0) {
      if (!open_.empty() && open_.back().depth == depth) {
        close();
      } else if (!open_.empty()) {
        tell(element, depth);
      }
    } else if (skipped_at_ == depth) {
      skipped_at_ = 0;
    }
    path_.pop_back();
    value_.clear();
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  struct Open {
    std::size_t object;
    std::size_t depth;
    int line;
    std::map<std::string, std::string, std::less<>> fields;
  };

  /// Objects lie in the document or in a project; the same word deeper down is a field.
  std::size_t object_of(std::string_view element) const {
    if (path_.size() < 2 || path_.size() > 3 ||
        (!open_.empty() && open_.back().object != kProjects))
      return kNone;
    for (std::size_t i = 0; i < kObjects.size(); ++i) {
      if (kObjects[i].element == element) return i;
    }
    return kNone;
  }

  void tell(std::string_view element, std::size_t depth) {
    Open& open = open_.back();
    const std::string_view value = trimmed(value_);
    if (depth == open.depth + 1) {
      constexpr std::size_t kMostFields = 1'000;
      // Every object repeats those of its project.
      constexpr std::size_t kLongestId = 100;
      if (value.size() > kLongestId && element.ends_with("ObjectId")) return;
      if (!value.empty() && open.fields.size() < kMostFields)
        open.fields[std::string(element)] = value;
      return;
    }
    if (open.object != kCalendars) return;
    if (element == "Start") start_ = value;
    if (element == "Finish") hours_.add_shift(start_, value);
    if (element == "DayOfWeek") day_ = value;
    if (element == "Date") date_ = value;
    if (element == "StandardWorkHours") hours_.end_weekday(day_);
    if (element == "HolidayOrException") hours_.end_exception(date_);
  }

  void close() {
    Open open = std::move(open_.back());
    open_.pop_back();
    const Object& object = kObjects[open.object];
    if (tables_.table(open.object).rows.size() == kMostNamedRows) return;
    std::vector<std::string> cells;
    for (const Field& field : object.fields) cells.push_back(cell(open, field));
    if (open.object == kCalendars) cells.back() = hours_.take();
    if (open.object == kProjects) {
      const bool is_first = tables_.table(kProjects).rows.empty();
      cells.emplace_back(is_first ? "Y" : "N");
      add_root(open, cells.front());
    }
    const bool is_in_project =
        std::any_of(object.fields.begin(), object.fields.end(),
                    [](const Field& field) { return field.of_xer == "proj_id"; });
    if (is_in_project && open.object != kProjects && !open_.empty())
      fill_project(open, object, cells);
    tables_.add(open.object, open.line, cells);
  }

  static std::string cell(const Open& open, const Field& field) {
    const auto known = open.fields.find(field.theirs);
    if (known == open.fields.end()) return {};
    for (const WordPair& word : field.words) {
      if (word.theirs == known->second) return std::string(word.of_xer);
    }
    return known->second;
  }

  /// Objects inside a project need not say which: they are its own.
  void fill_project(const Open&, const Object& object, std::vector<std::string>& cells) const {
    const auto project = open_.front().fields.find("ObjectId");
    if (project == open_.front().fields.end()) return;
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
      if (object.fields[i].of_xer == "proj_id" && cells[i].empty()) cells[i] = project->second;
    }
  }

  /// What a project holds comes after its beginning.
  void note_rows() {
    first_summary_ = tables_.table(kSummaries).rows.size();
    first_activity_ = tables_.table(kActivities).rows.size();
  }

  /// The project is the topmost element of its own structure; an XER file has a row for that.
  void add_root(const Open& open, const std::string& project) {
    const auto root = open.fields.find("WBSObjectId");
    if (root == open.fields.end()) return;
    const auto field = [&](std::string_view name) {
      const auto known = open.fields.find(name);
      return known == open.fields.end() ? std::string() : known->second;
    };
    tables_.add(kSummaries, open.line, {root->second, project, field("Id"), field("Name"), ""});
    // Before what lies in it, as an XER file has it.
    auto& summaries = tables_.table(kSummaries);
    const auto first =
        std::find_if(begin_at(summaries, first_summary_), summaries.rows.end(),
                     [&](const XerTable::Row& row) { return summaries.cell(row, 1) == project; });
    std::rotate(first, summaries.rows.end() - 1, summaries.rows.end());
    const std::string_view kept = tables_.keep(root->second);
    for (auto row = begin_at(summaries, first_summary_); row != summaries.rows.end(); ++row) {
      if (summaries.cell(*row, 0) != kept) lay_below(kept, summaries, *row, 4, 1, project);
    }
    XerTable& activities = tables_.table(kActivities);
    const std::size_t own = activities.column("proj_id");
    for (auto row = begin_at(activities, first_activity_); row != activities.rows.end(); ++row)
      lay_below(kept, activities, *row, 2, own, project);
  }

  static std::vector<XerTable::Row>::iterator begin_at(XerTable& table, std::size_t row) {
    return table.rows.begin() + static_cast<std::ptrdiff_t>(row);
  }

  /// Fills the column that says what a row of the project lies in.
  static void lay_below(std::string_view root, XerTable& table, const XerTable::Row& row,
                        std::size_t column, std::size_t own, std::string_view project) {
    std::string_view& cell = table.cells[row.first_cell + column];
    if (cell.empty() && table.cells[row.first_cell + own] == project) cell = root;
  }

  Tables& tables_;
  std::vector<std::string> path_;
  std::vector<Open> open_;
  Hours hours_;
  std::string value_;
  std::string start_;
  std::string day_;
  std::string date_;
  std::size_t skipped_at_ = 0;
  std::size_t first_summary_ = 0;  // of the project that is open
  std::size_t first_activity_ = 0;
};

}  // namespace

bool looks_like_pmxml(std::string_view text) {
  constexpr std::size_t kHead = 4'096;
  return text.substr(0, kHead).find("APIBusinessObjects") != std::string_view::npos;
}

ReadPlan read_pmxml(std::string_view bytes, std::string file) {
  Findings findings;
  XerFile tables;
  tables.file = std::move(file);
  Tables made(tables);
  Listener listener(made);
  feed_xml(bytes, tables.file, findings, [&]() -> XmlReader& {
    listener.reader = std::make_unique<XmlReader>(listener, tables.file, "", findings, kXmlIsUtf8);
    return *listener.reader;
  });
  return plan_of(tables, std::move(findings));
}

}  // namespace diaodu::formats
