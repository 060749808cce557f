#include "diaodu/formats/gan.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>

#include "diaodu/core/civil.h"
#include "diaodu/core/decimal.h"
#include "diaodu/formats/capped_demand.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/letters.h"
#include "diaodu/formats/made_sheet.h"
#include "diaodu/formats/xml_feed.h"
#include "diaodu/plan/calendar.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::string_view kHours = "08:00-12:00 13:00-17:00";
constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 7> kShortDays = {"mon", "tue", "wed", "thu",
                                                        "fri", "sat", "sun"};

struct GanTask {
  std::string id;
  std::string name;
  std::string parent;
  std::string start;
  std::string third_date;  ///< "earliest begin"
  std::string web_link;
  std::string notes;
  std::string duration;
  std::string complete;
  std::string priority;
  bool is_milestone = false;
  bool has_children = false;
  bool has_predecessor = false;
  int line = 0;
};
struct GanLink {
  std::string from;
  std::string to;
  std::string type;
  std::string difference;
  int line = 0;
};

/// Ids are numbers: what is far longer is none, as each link and child repeats it.
std::string_view id_of(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  return text.size() <= kLongest ? text : std::string_view{};
}

class GanReader final : public XmlListener {
 public:
  explicit GanReader(std::string file) : file_(std::move(file)) {}

  void begin(std::string_view element, const XmlAttributes& attributes) override {
    const int line = reader_ ? reader_->line() : 0;
    if (element == "project") {
      name_ = attributes["name"];
    } else if (element == "task" && is_in_tasks_) {
      begin_task(attributes, line);
    } else if (element == "tasks") {
      is_in_tasks_ = true;
    } else if (element == "depend" && !above_.empty()) {
      links_.push_back({tasks_[above_.back()].id, std::string(id_of(attributes["id"])),
                        std::string(attributes["type"]), std::string(attributes["difference"]),
                        line});
    } else if (element == "default-week") {
      for (std::size_t day = 0; day < 7; ++day) {
        const std::string_view flag = attributes[kShortDays[day]];
        if (!flag.empty()) is_off_[day] = flag == "1";
      }
    } else if (element == "only-show-weekends") {
      are_weekends_worked_ = attributes["value"] == "true";
    } else if (element == "date") {
      add_date(attributes, line);
    } else if (element == "resource") {
      resources_.add(line, {{attributes["id"]}, {attributes["name"]}, {"people"}, {"1"}});
    } else if (element == "allocation") {
      add_allocation(attributes, line);
    } else if (element == "notes") {
      is_in_notes_ = !above_.empty();
    }
  }

  void end(std::string_view element) override {
    if (element == "task" && is_in_tasks_ && !above_.empty()) above_.pop_back();
    if (element == "tasks") is_in_tasks_ = false;
    if (element == "notes") is_in_notes_ = are_notes_cut_ = false;
  }

  void text(std::string_view letters) override {
    if (!is_in_notes_ || above_.empty()) return;
    GanTask& task = tasks_[above_.back()];
    if (are_notes_cut_) return;
    const std::size_t room = kMostCellBytes - task.notes.size();
    task.notes += cut(letters, room);
    if (letters.size() <= room) return;
    are_notes_cut_ = true;
    findings_.add(found::not_kept, {.file = file_, .line = task.line}, {task.name, kTooLong});
  }

  ReadPlan run(std::string_view bytes) {
    feed_xml(bytes, file_, findings_, [this]() -> XmlReader& {
      reader_ = std::make_unique<XmlReader>(*this, file_, "", findings_, kXmlIsUtf8);
      return *reader_;
    });
    add_settings();
    for (const GanLink& link : links_) {
      if (const auto to = task_of_.find(link.to); to != task_of_.end())
        tasks_[to->second].has_predecessor = true;
    }
    for (const GanTask& task : tasks_) add_task(task);
    for (const GanLink& link : links_) add_link(link);
    std::vector<Sheet> sheets;
    sheets.push_back(rows_.take());
    for (MadeSheet* sheet : {&link_rows_, &resources_, &demands_, &progress_}) {
      if (sheet->num_rows() > 0) sheets.push_back(sheet->take());
    }
    return make_plan(std::move(settings_), sheets, std::move(findings_));
  }

 private:
  void begin_task(const XmlAttributes& attributes, int line) {
    GanTask task;
    task.id = id_of(attributes["id"]);
    task.name = attributes["name"];
    task.start = attributes["start"];
    task.duration = attributes["duration"];
    task.complete = attributes["complete"];
    task.priority = attributes["priority"];
    task.is_milestone = attributes["meeting"] == "true";
    if (attributes["thirdDate-constraint"] == "1") task.third_date = attributes["thirdDate"];
    task.line = line;
    if (!above_.empty()) {
      GanTask& parent = tasks_[above_.back()];
      parent.has_children = true;
      task.parent = parent.id;
    }
    task_of_.insert({task.id, tasks_.size()});
    above_.push_back(tasks_.size());
    tasks_.push_back(std::move(task));
  }

  void add_date(const XmlAttributes& attributes, int line) {
    const auto day = whole_number(attributes["date"]);
    const auto month = whole_number(attributes["month"]);
    const std::string_view type = attributes["type"];
    const bool is_worked = type == "WORKING_DAY";
    if (type == "NEUTRAL") return;
    const auto add = [&](int year, bool is_asked) {
      const auto date = day && month ? make_date(year, *month, *day) : std::nullopt;
      if (date) {
        is_worked_.insert_or_assign(*date, is_worked);
        settings_.push_back({"calendars.project",
                             to_string(*date),
                             std::string(is_worked ? kHours : ""),
                             "",
                             {.file = file_, .line = line}});
      } else if (is_asked) {
        findings_.add(found::bad_date, {.file = file_, .line = line},
                      {std::string(attributes["year"]) + "-" + std::string(attributes["month"]) +
                       "-" + std::string(attributes["date"])});
      }
    };
    if (const auto year = whole_number(attributes["year"])) return add(*year, true);
    // Without a year it comes every year; those of a plan are these.
    constexpr int kFirst = 2000;
    constexpr int kLast = 2060;
    constexpr int kMostRecurring = 400;
    if (++num_recurring_ > kMostRecurring) return;
    for (int year = kFirst; year <= kLast; ++year) add(year, year == 2004);
  }

  void add_allocation(const XmlAttributes& attributes, int line) {
    const auto percent = parse_decimal(attributes["load"], 1);  // of one, in thousandths
    if (!percent) {
      findings_.add(found::bad_number, {.file = file_, .line = line}, {attributes["load"]});
      return;
    }
    if (*percent <= 0) return;
    Amount amount{*percent};
    if (amount > kOne) {
      tell_of_capped_demand(findings_, {.file = file_, .line = line}, attributes["task-id"], amount,
                            attributes["resource-id"], kOne);
      amount = kOne;
    }
    demands_.add(line, {{attributes["task-id"]}, {attributes["resource-id"]}, {to_string(amount)}});
  }

  void add(std::string section, std::string key, std::string value) {
    settings_.push_back(
        {std::move(section), std::move(key), std::move(value), "", {.file = file_}});
  }

  void add_settings() {
    if (!name_.empty()) add("plan", "name", name_);
    // Weekends are then only shown, and worked.
    if (are_weekends_worked_) is_off_.fill(false);
    std::optional<Date> earliest;
    for (const GanTask& task : tasks_) {
      if (const auto date = parse_iso_date(task.start))
        earliest = std::min(earliest.value_or(*date), *date);
    }
    if (earliest) add("plan", "start", to_string(*earliest));
    start_ = earliest ? to_string(*earliest) : "";
    for (std::size_t day = 0; day < 7; ++day) {
      add("calendars.project", std::string(kDays[day]), std::string(is_off_[day] ? "" : kHours));
    }
    add("plan", "calendar", "project");
    add("options", "lag_calendar", "project");
    works_ = calendar();
  }

  /// The same, for dates that are counted here.
  Calendar calendar() const {
    const DayShifts hours = parse_shifts(kHours).value_or(DayShifts{});
    WorkPattern pattern;
    for (std::size_t day = 0; day < 7; ++day) {
      if (!is_off_[day]) pattern.week[day] = hours;
    }
    for (const auto& [date, is_worked] : is_worked_)
      pattern.dated[date] = is_worked ? hours : DayShifts{};
    return Calendar(pattern, Zone());
  }

  void add_task(const GanTask& task) {
    const bool is_leaf = !task.has_children;
    std::string constraint;
    std::string date;
    if (is_leaf && !task.third_date.empty()) {
      constraint = "start_on_or_after";
      date = task.third_date;
    } else if (is_leaf && !task.has_predecessor && task.start != start_) {
      constraint = "start_on_or_after";
      date = task.start;
    }
    if (date.empty()) constraint.clear();
    const std::string duration = !is_leaf || task.duration.empty() ? ""
                                 : task.is_milestone               ? "0d"
                                                                   : task.duration + "d";
    rows_.add(task.line, {{task.id},
                          {task.name},
                          {task.parent},
                          {duration},
                          {priority_of(task)},
                          {constraint},
                          {date},
                          {trimmed(task.notes)}});
    const auto percent = whole_number(task.complete);
    if (!is_leaf || !percent || *percent <= 0) return;
    std::string finish;
    if (*percent >= 100) finish = finish_of(task);
    progress_.add(task.line,
                  {{task.id},
                   {task.start},
                   {finish},
                   {finish.empty() ? std::string_view(task.complete) : std::string_view{}}});
  }

  /// 0 low, 1 normal, 2 high, 3 lowest, 4 highest; a missing one is normal.
  static std::string_view priority_of(const GanTask& task) {
    constexpr std::array<std::string_view, 5> kPriorities = {"300", "500", "700", "100", "900"};
    const auto number = whole_number(task.priority);
    return number && *number >= 0 && *number < 5 ? kPriorities[static_cast<std::size_t>(*number)]
                                                 : "";
  }

  /// Its last working day.
  std::string finish_of(const GanTask& task) const {
    const auto day = parse_iso_date(task.start);
    const auto days = whole_number(task.duration);
    constexpr int kMostDays = 100'000;
    if (!day || !days || *days > kMostDays) return {};
    if (task.is_milestone || *days <= 0) return to_string(*day);
    const Instant start{LocalTime::at(*day, 0).minutes};
    const Instant done = works_.advance(start, WorkTime{*days * 8 * 60});
    if (done >= Instant{LocalTime::at(Date::from(kLastYear, 1, 1), 0).minutes}) return {};
    return to_string(LocalTime{done.minutes()}.date());
  }

  void add_link(const GanLink& link) {
    // 1: start to start, 2: finish to start, 3: finish to finish, 4: start to finish; without one, the second.
    constexpr std::array<std::string_view, 4> kTypes = {"SS", "FS", "FF", "SF"};
    const auto number = link.type.empty() ? std::optional(2) : whole_number(link.type);
    if (!number || *number < 1 || *number > 4) {
      findings_.add(found::bad_choice, {.file = file_, .line = link.line},
                    {link.type, "1, 2, 3, 4"});
      return;
    }
    const std::string lag =
        link.difference.empty() || link.difference == "0" ? "" : link.difference + "d";
    link_rows_.add(
        link.line,
        {{link.from}, {link.to}, {kTypes[static_cast<std::size_t>(*number - 1)]}, {lag}});
  }

  std::string file_;
  Findings findings_;
  std::unique_ptr<XmlReader> reader_;
  std::string name_;
  std::string start_;
  bool are_notes_cut_ = false;
  bool are_weekends_worked_ = false;
  std::array<bool, 7> is_off_{false, false, false, false, false, true, true};
  std::vector<GanTask> tasks_;
  std::vector<GanLink> links_;
  std::map<std::string, std::size_t, std::less<>> task_of_;
  std::vector<std::size_t> above_;  // tasks that are open
  std::vector<Setting> settings_;
  std::map<Date, bool> is_worked_;  // dates that differ from the week
  Calendar works_;
  int num_recurring_ = 0;
  bool is_in_tasks_ = false;
  bool is_in_notes_ = false;
  MadeSheet rows_{"tasks",
                  file_,
                  {{"id"},
                   {"name"},
                   {"parent"},
                   {"duration"},
                   {"priority"},
                   {"constraint"},
                   {"date"},
                   {"notes"}}};
  MadeSheet link_rows_{"links", file_, {{"from"}, {"to"}, {"type"}, {"lag"}}};
  MadeSheet resources_{"resources", file_, {{"id"}, {"name"}, {"kind"}, {"capacity"}}};
  MadeSheet demands_{"demands", file_, {{"task"}, {"resource"}, {"amount"}}};
  MadeSheet progress_{
      "progress", file_, {{"task"}, {"actual_start"}, {"actual_finish"}, {"percent"}}};
};

}  // namespace

bool looks_like_gan(std::string_view text) {
  const std::size_t project = text.find("<project");
  if (project == std::string_view::npos) return false;
  const std::string_view rest = text.substr(project);
  return rest.find("<tasks") != std::string_view::npos ||
         rest.find("<view ") != std::string_view::npos ||
         rest.find("view-date=") != std::string_view::npos;
}

ReadPlan read_gan(std::string_view bytes, std::string file) {
  return GanReader(std::move(file)).run(bytes);
}

}  // namespace diaodu::formats
