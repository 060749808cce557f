#include <algorithm>
#include <map>
#include <set>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/formats/tjp_document.h"
#include "diaodu/formats/tjp_scanner.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using Kind = TjpToken::Kind;

constexpr Words kName{"a name", "名称"};
constexpr Words kDate{"a date", "日期"};
constexpr Words kDuration{"a duration such as 5d", "时长，如 5d"};
constexpr Words kNumber{"a number", "数字"};
constexpr Words kProject{"project, with its name and dates", "project 及其名称和起止日期"};
constexpr Words kClose{"}", "}"};
constexpr Words kHours{"working hours such as mon - fri 9:00 - 17:00",
                       "工作时间，如 mon - fri 9:00 - 17:00"};
constexpr Words kTooDeep{"tasks within tasks", "层任务嵌套"};
constexpr Words kTasks{"tasks", "任务"};

constexpr Words kAllocations{"allocations of a task", "项资源分配"};

constexpr int kMostDepth = 60;
constexpr std::size_t kMostAllocations = 100;  // of a task, and alternatives of each
constexpr std::size_t kMostTasks = 1'000'000;
constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

/// What a duration's unit is, in days on the clock and in working days.
struct Unit {
  std::string_view name;
  double clock_days;
  double work_days;
};
constexpr double kWeeksPerYear = 365.0 / 7;
constexpr double kWorkDaysPerYear = 260.714;
constexpr std::array kUnits = std::to_array<Unit>({{"d", 1, 1},
                                                   {"w", 7, kWorkDaysPerYear / kWeeksPerYear},
                                                   {"m", 365.0 / 12, kWorkDaysPerYear / 12},
                                                   {"y", 365, kWorkDaysPerYear}});

class Parser {
 public:
  Parser(const TjpText& text, Findings& findings) : scanner_(text), findings_(findings) {
    const DayShifts office = {{9 * 60, 17 * 60}};
    for (std::size_t day = 0; day < 5; ++day) document_.hours.week[day] = office;
  }

  TjpDocument run() {
    while (next().kind != Kind::end) {
      const TjpToken word = take();
      if (word.is("project")) {
        read_project(word);
      } else if (word.is("task")) {
        read_task(kNoTjpParent, 0);
      } else if (word.is("resource")) {
        read_resource(kNoTjpParent, 0);
      } else if (word.is("shift")) {
        read_shift(document_.hours, 0);
      } else if (word.is("supplement")) {
        read_supplement();
      } else if (!read_common(word, document_.hours, document_.leaves)) {
        skip(word);
      }
    }
    if (!document_.start) findings_.add(found::tjp_syntax, scanner_.where(next()), {kProject});
    return std::move(document_);
  }

 private:
  const TjpToken& next() const { return scanner_.next(); }
  TjpToken take() { return scanner_.take(); }
  bool take(char mark) {
    if (!next().is(mark)) return false;
    take();
    return true;
  }
  bool take(std::string_view name) {
    if (!next().is(name)) return false;
    take();
    return true;
  }
  void expect(const Words& what) {
    findings_.add(found::tjp_syntax, scanner_.where(next()), {what});
  }

  /// A statement of no use here: the rest of its line, and its block.
  void skip(const TjpToken& word) {
    if (word.kind != Kind::name) {
      findings_.add(found::tjp_syntax, scanner_.where(word), {kName});
    } else if (skipped_.insert(std::string(word.letters)).second) {
      findings_.add(found::tjp_not_read, scanner_.where(word), {word.letters});
    }
    bool goes_on = false;
    while (next().kind != Kind::end && !next().is('{') && !next().is('}') &&
           (!next().is_first_on_line || goes_on)) {
      goes_on = take().is(',');
    }
    if (take('{')) skip_block();
  }
  void skip_block() {
    for (std::size_t depth = 1; depth > 0 && next().kind != Kind::end;) {
      const TjpToken word = take();
      if (word.is('{')) ++depth;
      if (word.is('}')) --depth;
    }
  }

  /// Each word in the block that follows, if one does.
  template <class Read>
  void block(const Read& read) {
    if (!take('{')) return;
    while (next().kind != Kind::end && !next().is('}')) read(take());
    if (!take('}')) expect(kClose);
  }

  std::string take_text() {
    return next().kind == Kind::text ? std::string(take().letters) : std::string();
  }
  std::string take_name() {
    if (next().kind == Kind::name) return std::string(take().letters);
    expect(kName);
    return {};
  }
  std::optional<LocalTime> take_date() {
    if (next().kind == Kind::date) return take().time;
    expect(kDate);
    return {};
  }
  std::optional<std::int64_t> take_number(int places) {
    if (next().kind == Kind::number) {
      if (const auto value = parse_decimal(next().letters, places)) {
        take();
        return value;
      }
    }
    expect(kNumber);
    return {};
  }

  /// In minutes, on the clock or of work.
  std::optional<std::int64_t> take_duration(bool is_work) {
    if (next().kind != Kind::number) {
      expect(kDuration);
      return {};
    }
    const TjpToken number = take();
    const auto thousandths = parse_decimal(number.letters, 3);
    if (!thousandths || next().kind != Kind::name || *thousandths > 1'000'000'000) {
      findings_.add(found::tjp_syntax, scanner_.where(number), {kDuration});
      return {};
    }
    const TjpToken unit = take();
    if (unit.is("min")) return *thousandths / 1000;
    if (unit.is("h")) return *thousandths * 60 / 1000;
    for (const Unit& known : kUnits) {
      if (!unit.is(known.name)) continue;
      const double day = is_work ? static_cast<double>(document_.minutes_per_day)
                                 : static_cast<double>(kMinutesPerDay);
      const double days = is_work ? known.work_days : known.clock_days;
      const double exact = static_cast<double>(*thousandths) / 1000 * days * day;
      constexpr double kMostMinutes = 1e8;
      if (exact > kMostMinutes) break;
      // What is not a whole quarter of an hour is a week or a month of working days; the language counts slots.
      constexpr double kSlot = 60;
      return is_work && known.name != "d" ? static_cast<std::int64_t>(exact / kSlot + 0.5) * 60
                                          : static_cast<std::int64_t>(exact + 0.5);
    }
    findings_.add(found::tjp_syntax, scanner_.where(unit), {kDuration});
    return {};
  }

  /// `2007-04-24`, that whole day; `2007-04-24 - 2007-04-26`, `2007-04-24 +2d`.
  std::optional<TjpInterval> take_interval() {
    const auto from = take_date();
    if (!from) return {};
    if (take('-')) {
      const auto to = take_date();
      return to ? std::optional(TjpInterval{*from, *to}) : std::nullopt;
    }
    if (take('+')) {
      const auto length = take_duration(false);
      return length ? std::optional(TjpInterval{*from, {from->minutes + *length}}) : std::nullopt;
    }
    return TjpInterval{*from, LocalTime::at(from->date() + 1, 0)};
  }

  void read_project(const TjpToken& word) {
    document_.where = scanner_.where(word);
    if (next().kind == Kind::name) take();
    document_.name = take_text();
    take_text();  // its version
    if (const auto interval = take_interval()) {
      document_.start = interval->from;
      document_.end = interval->to;
    }
    block([this](const TjpToken& key) {
      if (key.is("timezone")) {
        document_.zone = take_text();
      } else if (key.is("currency")) {
        document_.currency = take_text();
      } else if (key.is("now")) {
        document_.now = take_date();
      } else if (key.is("dailyworkinghours")) {
        const auto hours = take_number(3);
        if (hours && *hours > 0 && *hours <= 24'000) document_.minutes_per_day = *hours * 60 / 1000;
      } else if (key.is("scenario")) {
        read_scenario(0);
      } else if (!read_common(key, document_.hours, document_.leaves)) {
        skip(key);
      }
    });
  }

  void read_scenario(int depth) {
    const std::string id = take_name();
    if (scenario_.empty()) scenario_ = id;
    take_text();
    block([&](const TjpToken& key) {
      if (key.is("scenario") && depth < kMostDepth) {
        read_scenario(depth + 1);
      } else {
        skip(key);
      }
    });
  }

  /// What may stand in the project, in resources and in shifts.
  bool read_common(const TjpToken& word, TjpHours& hours, std::vector<TjpInterval>& leaves) {
    if (word.is("workinghours")) {
      read_hours(hours);
    } else if (word.is("vacation") || word.is("leaves") || word.is("holiday")) {
      do {
        if (next().kind == Kind::name) take();  // the kind of leave
        take_text();
        if (next().kind != Kind::date) {
          expect(kDate);
          break;
        }
        if (const auto interval = take_interval()) leaves.push_back(*interval);
      } while (take(','));
    } else if (word.is("timezone")) {
      take_text();
    } else {
      return false;
    }
    return true;
  }

  void read_hours(TjpHours& hours) {
    std::array<bool, 7> is_meant{};
    do {
      const auto from = take_weekday();
      if (!from) return expect(kHours);
      auto to = from;
      if (take('-')) to = take_weekday();
      if (!to) return expect(kHours);
      for (std::size_t day = *from;; day = (day + 1) % 7) {
        is_meant[day] = true;
        if (day == *to) break;
      }
    } while (take(','));
    DayShifts shifts;
    if (!take("off")) {
      do {
        if (next().kind != Kind::clock) return expect(kHours);
        const auto begin = static_cast<int>(take().time.minutes);
        if (!take('-') || next().kind != Kind::clock) return expect(kHours);
        const auto end = static_cast<int>(take().time.minutes);
        if (end > begin) shifts.push_back({begin, end});
      } while (take(','));
    }
    shifts = normalised(std::move(shifts));
    for (std::size_t day = 0; day < 7; ++day) {
      if (is_meant[day]) hours.week[day] = shifts;
    }
  }
  std::optional<std::size_t> take_weekday() {
    const auto day = std::find(kWeekdays.begin(), kWeekdays.end(), next().letters);
    if (next().kind != Kind::name || day == kWeekdays.end()) return {};
    take();
    return static_cast<std::size_t>(day - kWeekdays.begin());
  }

  void read_shift(const TjpHours& outer, int depth) {
    TjpShift shift{.id = take_name(), .hours = outer};
    take_text();
    block([&](const TjpToken& key) {
      if (key.is("replace")) {
        shift.replaces = true;
      } else if (key.is("shift") && depth < kMostDepth) {
        read_shift(shift.hours, depth + 1);
      } else if (!read_common(key, shift.hours, shift.leaves)) {
        skip(key);
      }
    });
    document_.shifts.push_back(std::move(shift));
  }

  std::vector<TjpLimit> take_limits() {
    std::vector<TjpLimit> limits;
    block([&](const TjpToken& key) {
      const bool is_day = key.is("dailymax");
      const bool is_week = key.is("weeklymax");
      if (!is_day && !is_week && !key.is("monthlymax")) return skip(key);
      const auto minutes = take_duration(true);
      if (!minutes) return;
      limits.push_back({is_day    ? TjpLimit::Period::day
                        : is_week ? TjpLimit::Period::week
                                  : TjpLimit::Period::month,
                        *minutes});
      block([this](const TjpToken& inner) { skip(inner); });
    });
    return limits;
  }

  void read_resource(std::size_t parent, int depth) {
    TjpResource resource;
    resource.where = scanner_.where(next());
    resource.id = take_name();
    resource.name = take_text();
    resource.parent = parent;
    resource.hours = document_.hours;
    if (parent != kNoTjpParent) {
      TjpResource& above = document_.resources[parent];
      above.has_children = true;
      resource.hours = above.hours;
      resource.leaves = above.leaves;
      resource.shifts = above.shifts;
      resource.efficiency = above.efficiency;
      resource.rate = above.rate;
    }
    const std::size_t place = document_.resources.size();
    document_.resources.push_back(std::move(resource));
    read_resource_block(place, depth);
  }

  void read_resource_block(std::size_t place, int depth) {
    block([&](const TjpToken& key) {
      // What follows may add resources, so the place is looked up each time.
      if (key.is("resource")) {
        if (depth >= kMostDepth) return skip(key);
        return read_resource(place, depth + 1);
      }
      if (key.is("booking")) return read_booking("", document_.resources[place].id);
      TjpResource& resource = document_.resources[place];
      if (key.is("efficiency")) {
        const auto value = take_number(3);
        if (value && *value <= 1'000'000) resource.efficiency = *value;
      } else if (key.is("rate")) {
        if (next().kind == Kind::number) resource.rate = take().letters;
      } else if (key.is("shifts") || key.is("shift")) {
        do {
          TjpResource::OnShift on{.shift = "", .during = {}, .where = scanner_.where(next())};
          on.shift = take_name();
          if (next().kind == Kind::date) on.during = take_interval();
          resource.shifts.push_back(std::move(on));
        } while (take(','));
      } else if (key.is("limits")) {
        resource.limits = take_limits();
      } else if (!read_common(key, resource.hours, resource.leaves)) {
        skip(key);
      }
    });
  }

  void read_supplement() {
    const bool is_task = next().is("task");
    const TjpToken kind = take();
    const TjpToken name = next();
    const std::string id = take_path();
    if (is_task) {
      const auto known = task_of_.find(id);
      if (known != task_of_.end()) return read_task_block(known->second, 0);
      findings_.add(found::unknown_task, scanner_.where(name), {id, ""});
    } else if (kind.is("resource")) {
      for (std::size_t i = 0; i < document_.resources.size(); ++i) {
        if (document_.resources[i].id == id) return read_resource_block(i, 0);
      }
      findings_.add(found::unknown_resource, scanner_.where(name), {id, ""});
    }
    if (take('{')) skip_block();
  }

  /// `a.b.c`
  std::string take_path() {
    std::string path = take_name();
    while (take('.')) path += '.' + take_name();
    return path;
  }

  void read_task(std::size_t parent, int depth) {
    TjpTask task;
    task.where = scanner_.where(next());
    const bool has_id = next().kind == Kind::name;
    std::string own = has_id ? std::string(take().letters) : std::string();
    task.name = take_text();
    if (!has_id) {
      own = task.name.empty() ? "task " + std::to_string(document_.tasks.size() + 1) : task.name;
      std::replace(own.begin(), own.end(), '.', '_');
    }
    task.parent = parent;
    if (parent != kNoTjpParent) {
      TjpTask& above = document_.tasks[parent];
      above.has_children = true;
      task.id = above.id + '.' + own;
      task.allocations = above.allocations;
      task.limits = above.limits;
      task.priority = above.priority;
      task.owner = above.owner;
      task.is_as_late_as_possible = above.is_as_late_as_possible;
      task.has_own_direction = above.has_own_direction;
    } else {
      task.id = own;
    }
    if (document_.tasks.size() == kMostTasks) {
      findings_.add(found::too_many, task.where, {std::to_string(kMostTasks), kTasks});
      if (take('{')) skip_block();
      return;
    }
    constexpr std::size_t kLongestId = 2'000;
    if (depth > kMostDepth || task.id.size() > kLongestId) {
      findings_.add(found::too_many, task.where, {std::to_string(kMostDepth), kTooDeep});
      if (take('{')) skip_block();
      return;
    }
    const std::size_t place = document_.tasks.size();
    if (const auto [known, is_new] = task_of_.insert({task.id, place}); !is_new) {
      findings_.add(found::duplicate_id, task.where,
                    {task.id, std::to_string(document_.tasks[known->second].where.line)});
      if (take('{')) skip_block();
      return;
    }
    document_.tasks.push_back(std::move(task));
    read_task_block(place, depth);
  }

  void read_task_block(std::size_t place, int depth) {
    block([&](const TjpToken& first) {
      TjpToken key = first;
      if (key.kind == Kind::name && next().is(':')) {
        take();
        const bool is_ours =
            scenario_.empty() ? key.is("plan") : key.is(std::string_view(scenario_));
        const TjpToken attribute = take();
        if (!is_ours) return skip(attribute);
        key = attribute;
      }
      if (key.is("task")) return read_task(place, depth + 1);
      if (key.is("booking")) return read_booking(document_.tasks[place].id, "");
      read_attribute(key, document_.tasks[place]);
    });
  }

  void set_once(std::optional<std::int64_t>& value, const TjpToken& key, bool is_work,
                const TjpTask& task) {
    const auto read = take_duration(is_work);
    if (value) {
      constexpr Words kTwice{"its length is given twice", "工期重复给出"};
      findings_.add(found::tjp_contradiction, scanner_.where(key), {task.id, kTwice});
    }
    value = read;
  }

  void read_attribute(const TjpToken& key, TjpTask& task) {
    if (key.is("start")) {
      task.start = take_date();
    } else if (key.is("end")) {
      task.end = take_date();
      if (!task.has_own_direction && !task.start) task.is_as_late_as_possible = true;
    } else if (key.is("period")) {
      if (const auto interval = take_interval()) {
        task.start = interval->from;
        task.end = interval->to;
      }
    } else if (key.is("effort")) {
      set_once(task.effort, key, true, task);
    } else if (key.is("length")) {
      set_once(task.length, key, true, task);
    } else if (key.is("duration")) {
      set_once(task.duration, key, false, task);
    } else if (key.is("effortdone")) {
      task.effort_done = take_duration(true);
    } else if (key.is("milestone")) {
      task.is_milestone = true;
    } else if (key.is("scheduling")) {
      task.is_as_late_as_possible = next().is("alap");
      task.has_own_direction = true;
      take_name();
    } else if (key.is("priority")) {
      task.priority = std::clamp<std::int64_t>(take_number(0).value_or(500), 0, 1000);
    } else if (key.is("maxend")) {
      task.max_end = take_date();
    } else if (key.is("minstart") || key.is("maxstart") || key.is("minend")) {
      take_date();
      if (skipped_.insert(std::string(key.letters)).second) {
        findings_.add(found::tjp_not_read, scanner_.where(key), {key.letters});
      }
    } else if (key.is("limits")) {
      task.limits = take_limits();
    } else if (key.is("note")) {
      task.note = take_text();
    } else if (key.is("responsible")) {
      task.owner = take_name();
      while (take(',')) task.owner += ", " + take_name();
    } else if (key.is("allocate")) {
      read_allocations(task);
    } else if (key.is("depends")) {
      read_links(task, task.depends, "onstart");
    } else if (key.is("precedes")) {
      if (!task.has_own_direction && !task.start) task.is_as_late_as_possible = true;
      read_links(task, task.precedes, "onend");
    } else {
      skip(key);
    }
  }

  void read_allocations(TjpTask& task) {
    do {
      TjpAllocation allocation{.candidates = {}, .where = scanner_.where(next())};
      allocation.candidates.push_back(take_name());
      block([&](const TjpToken& key) {
        if (key.is("alternative")) {
          do {
            std::string candidate = take_name();
            if (allocation.candidates.size() < kMostAllocations)
              allocation.candidates.push_back(std::move(candidate));
          } while (take(','));
        } else if (!key.is("mandatory") && !key.is("persistent")) {
          skip(key);
        }
      });
      if (task.allocations.size() == kMostAllocations) {
        findings_.add(found::too_many, allocation.where,
                      {std::to_string(kMostAllocations), kAllocations});
        continue;
      }
      if (!allocation.candidates.front().empty()) task.allocations.push_back(std::move(allocation));
    } while (take(','));
  }

  void read_links(const TjpTask& task, std::vector<TjpLink>& links, std::string_view other_end) {
    do {
      TjpLink link;
      link.where = scanner_.where(next());
      std::size_t num_up = 0;
      while (take('!')) ++num_up;
      const std::string path = take_path();
      if (path.empty()) return;
      link.target = num_up == 0 ? path : relative(task, num_up, path);
      block([&](const TjpToken& key) {
        if (key.is("gapduration")) {
          link.gap_clock = take_duration(false).value_or(0);
        } else if (key.is("gaplength")) {
          link.gap_work = take_duration(true).value_or(0);
        } else if (key.is("onstart") || key.is("onend")) {
          link.is_other_end = key.is(other_end);
        } else {
          skip(key);
        }
      });
      links.push_back(std::move(link));
    } while (take(','));
  }

  /// `!` is the task's parent, `!!` the parent's.
  std::string relative(const TjpTask& task, std::size_t num_up, const std::string& path) const {
    std::string scope = task.id;
    for (std::size_t i = 0; i < num_up; ++i) {
      const std::size_t dot = scope.rfind('.');
      scope = dot == std::string::npos ? "" : scope.substr(0, dot);
    }
    return scope.empty() ? path : scope + '.' + path;
  }

  void read_booking(const std::string& of_task, const std::string& of_resource) {
    TjpBooking booking{
        .task = of_task, .resource = of_resource, .intervals = {}, .where = scanner_.where(next())};
    (of_task.empty() ? booking.task : booking.resource) = take_path();
    do {
      if (const auto interval = take_interval()) booking.intervals.push_back(*interval);
    } while (take(','));
    block([&](const TjpToken& key) {
      if (key.is("overtime")) {
        booking.overtime =
            static_cast<int>(std::clamp<std::int64_t>(take_number(0).value_or(0), 0, 2));
      } else if (key.is("sloppy")) {
        booking.sloppy =
            static_cast<int>(std::clamp<std::int64_t>(take_number(0).value_or(0), 0, 2));
      } else {
        skip(key);
      }
    });
    document_.bookings.push_back(std::move(booking));
  }

  TjpScanner scanner_;
  Findings& findings_;
  TjpDocument document_;
  std::string scenario_;
  std::set<std::string, std::less<>> skipped_;
  std::map<std::string, std::size_t, std::less<>> task_of_;
};

/// The dates of the project, which its macros name; found before these are put in.
std::vector<std::pair<std::string, std::string>> built_in_macros(std::string_view text) {
  Findings ignored;
  const TjpText head(text.substr(0, 4'096), "", {}, ignored);
  TjpScanner scanner(head);
  while (scanner.next().kind != Kind::end && !scanner.next().is("project")) scanner.take();
  std::vector<std::pair<std::string, std::string>> macros;
  const auto written = [](LocalTime time) {
    return to_string(time.date()) + '-' + clock_string(time.minute_of_day());
  };
  // As the parser reads it: a project alone, whose end is a date or a duration.
  const TjpDocument project = Parser(head, ignored).run();
  if (project.start) macros.emplace_back("projectstart", written(*project.start));
  if (project.end) macros.emplace_back("projectend", written(*project.end));
  if (project.now) macros.emplace_back("now", written(*project.now));
  return macros;
}

}  // namespace

TjpDocument read_tjp_document(std::string_view text, const std::string& file, Findings& findings) {
  const TjpText expanded(text, file, built_in_macros(text), findings);
  return Parser(expanded, findings).run();
}

}  // namespace diaodu::formats
