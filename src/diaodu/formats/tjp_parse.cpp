#include "diaodu/formats/tjp_parser.h"

#include <algorithm>

#include "diaodu/formats/sheet.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using Kind = TjpToken::Kind;

constexpr Words kDate{"a date", "日期"};
constexpr Words kProject{"project, with its name and dates", "project 及其名称和起止日期"};
constexpr Words kHours{"working hours such as mon - fri 9:00 - 17:00",
                       "工作时间，如 mon - fri 9:00 - 17:00"};
constexpr Words kNoScenario{"the project has no such scenario", "项目中没有该场景"};

constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

}  // namespace

TjpParser::TjpParser(const TjpText& text, std::string_view scenario, Findings& findings)
    : TjpWords(text, findings), wanted_(scenario) {
  const DayShifts office = {{9 * 60, 17 * 60}};
  for (std::size_t day = 0; day < 5; ++day) document_.hours.week[day] = office;
}

TjpDocument TjpParser::run() {
  while (next().kind != Kind::end) {
    const TjpToken word = take();
    if (word.is("project") && !has_project_) {
      has_project_ = true;
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
  if (document_.scenarios.empty()) choose_scenario();
  if (!document_.start) expect(kProject);
  return std::move(document_);
}

void TjpParser::read_project(const TjpToken& word) {
  document_.where = where(word);
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
      if (hours && *hours > 0 && *hours <= 24'000) {
        document_.minutes_per_day = *hours * 60 / 1000;
        set_minutes_per_day(document_.minutes_per_day);
      }
    } else if (key.is("scenario")) {
      read_scenario(kNoTjpScenario, 0);
    } else if (key.is("trackingscenario")) {
      tracked_ = take_name();
    } else if (!read_common(key, document_.hours, document_.leaves)) {
      skip(key);
    }
  });
  choose_scenario();
}

void TjpParser::read_scenario(std::size_t parent, int depth) {
  constexpr std::size_t kMostScenarios = 1'000;
  constexpr Words kScenarios{"scenarios", "个场景"};
  const std::size_t place = document_.scenarios.size();
  if (place == kMostScenarios) {
    findings().add(found::too_many, here(), {std::to_string(kMostScenarios), kScenarios});
    return;
  }
  document_.scenarios.push_back({.id = take_name(), .parent = parent});
  take_text();
  block([&](const TjpToken& key) {
    if (key.is("scenario") && depth < kMostDepth) {
      read_scenario(place, depth + 1);
    } else if (key.is("projection")) {
      document_.scenarios[place].is_projection = true;
      block([&](const TjpToken& inner) {
        if (!inner.is("strict")) return skip(inner);
        document_.scenarios[place].is_strict = true;
      });
    } else {
      skip(key);
    }
  });
}

void TjpParser::choose_scenario() {
  std::vector<TjpScenario>& scenarios = document_.scenarios;
  if (scenarios.empty()) scenarios.push_back({.id = "plan"});
  std::vector<bool> is_tracked(scenarios.size(), false);
  std::string all;
  bool is_known = wanted_.empty();
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    TjpScenario& scenario = scenarios[i];
    is_tracked[i] = scenario.parent == kNoTjpScenario
                        ? scenario.id == tracked_
                        : scenario.id == tracked_ || is_tracked[scenario.parent];
    if (is_tracked[i]) scenario.is_projection = scenario.is_strict = true;
    all += (all.empty() ? "" : ", ") + scenario.id;
    if (is_known || scenario.id != wanted_) continue;
    is_known = true;
    document_.scenario = i;
  }
  const std::string& read = scenarios[document_.scenario].id;
  if (!is_known) findings().add(found::tjp_contradiction, document_.where, {wanted_, kNoScenario});
  if (scenarios.size() > 1 && wanted_.empty()) {
    findings().add(found::read_otherwise, document_.where,
                   {Argument("of the scenarios " + all + ", " + read + " is read",
                             "场景 " + all + " 中读取 " + read)});
  }
}

bool TjpParser::is_read(std::string_view scenario, bool is_inherited) const {
  const std::vector<TjpScenario>& known = document_.scenarios;
  if (known.empty()) return scenario == "plan";
  if (known[document_.scenario].id == scenario) return true;
  for (std::size_t at = known[document_.scenario].parent; at != kNoTjpScenario;
       at = known[at].parent) {
    if (known[at].id == scenario) return is_inherited || scenario == tracked_;
  }
  return false;
}

TjpParser::Attribute TjpParser::attribute(const TjpToken& first) {
  if (first.kind != Kind::name || !next().is(':')) {
    if (!first.is("booking") || document_.scenarios.empty()) return {first, false, true};
    return {first, false, is_read(document_.scenarios.front().id, false)};
  }
  take();
  const TjpToken key = take();
  const bool is_wanted = is_read(first.letters, !key.is("booking"));
  if (!is_wanted) tell_not_read(first);
  return {key, true, is_wanted};
}

bool TjpParser::read_common(const TjpToken& word, TjpHours& hours,
                            std::vector<TjpInterval>& leaves) {
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

void TjpParser::read_hours(TjpHours& hours) {
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

std::optional<std::size_t> TjpParser::take_weekday() {
  const auto day = std::find(kWeekdays.begin(), kWeekdays.end(), next().letters);
  if (next().kind != Kind::name || day == kWeekdays.end()) return {};
  take();
  return static_cast<std::size_t>(day - kWeekdays.begin());
}

void TjpParser::read_shift(const TjpHours& outer, int depth) {
  const Where place = here();
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
  constexpr std::size_t kMostShifts = 2'000;
  constexpr Words kShifts{"shifts", "个班次"};
  if (document_.shifts.size() == kMostShifts) {
    findings().add(found::too_many, place, {std::to_string(kMostShifts), kShifts});
    return;
  }
  document_.place_of_shift.insert({shift.id, document_.shifts.size()});
  document_.shifts.push_back(std::move(shift));
}

std::vector<TjpOnShift> TjpParser::take_shifts() {
  std::vector<TjpOnShift> shifts;
  do {
    TjpOnShift on{.shift = "", .during = {}, .where = here()};
    on.shift = take_name();
    if (next().kind == Kind::date) on.during = take_interval();
    shifts.push_back(std::move(on));
  } while (take(','));
  return shifts;
}

std::vector<TjpLimit> TjpParser::take_limits() {
  std::vector<TjpLimit> limits;
  block([&](const TjpToken& key) {
    const bool is_day = key.is("dailymax");
    const bool is_week = key.is("weeklymax");
    if (!is_day && !is_week && !key.is("monthlymax")) return skip(key);
    constexpr std::size_t kMostLimits = 100;
    constexpr Words kLimits{"limits of a task or resource", "项限额"};
    const bool is_beyond = limits.size() == kMostLimits;
    if (is_beyond) tell(found::too_many, key, {std::to_string(kMostLimits), kLimits});
    const auto minutes = take_duration(true);
    if (!minutes) return;
    TjpLimit limit{.period = is_day    ? TjpLimit::Period::day
                             : is_week ? TjpLimit::Period::week
                                       : TjpLimit::Period::month,
                   .minutes = *minutes,
                   .during = {},
                   .resources = {}};
    block([&](const TjpToken& inner) {
      if (inner.is("period")) {
        limit.during = take_interval();
      } else if (inner.is("resources")) {
        do limit.resources.push_back(take_name());
        while (take(','));
      } else {
        skip(inner);
      }
    });
    if (!is_beyond) limits.push_back(std::move(limit));
  });
  return limits;
}

bool TjpParser::may_inherit(std::size_t num_bytes, const Where& where) {
  constexpr Words kBytes{"bytes that tasks and resources inherit", "任务与资源继承的字节"};
  constexpr std::size_t kMost = 100'000'000;
  num_inherited_ += num_bytes;
  if (num_inherited_ <= kMost) return true;
  if (!is_inheritance_full_)
    findings().add(found::too_many, where, {std::to_string(kMost), kBytes});
  is_inheritance_full_ = true;
  return false;
}

void TjpParser::read_resource(std::size_t parent, int depth) {
  TjpResource resource;
  resource.where = here();
  resource.id = take_name();
  resource.name = take_text();
  resource.parent = parent;
  resource.hours = document_.hours;
  if (parent != kNoTjpParent) {
    TjpResource& above = document_.resources[parent];
    above.has_children = true;
    resource.hours = above.hours;
    if (may_inherit(
            above.leaves.size() * sizeof(TjpInterval) + above.shifts.size() * sizeof(TjpOnShift),
            resource.where)) {
      resource.leaves = above.leaves;
      resource.shifts = above.shifts;
    }
    resource.efficiency = above.efficiency;
    resource.rate = above.rate;
  }
  const std::size_t place = document_.resources.size();
  resource_of_.insert({resource.id, place});
  document_.resources.push_back(std::move(resource));
  read_resource_block(place, depth);
}

void TjpParser::read_resource_block(std::size_t place, int depth) {
  block([&](const TjpToken& first) {
    const auto [key, is_named, is_wanted] = attribute(first);
    // What follows may add resources, so the place is looked up each time.
    if (key.is("resource")) {
      if (depth >= kMostDepth) return skip(key);
      return read_resource(place, depth + 1);
    }
    if (key.is("booking")) return read_booking("", document_.resources[place].id, is_wanted);
    TjpResource other;
    read_resource_attribute(key, is_wanted ? document_.resources[place] : other);
  });
}

void TjpParser::read_resource_attribute(const TjpToken& key, TjpResource& resource) {
  if (key.is("efficiency")) {
    const auto value = take_number(3);
    if (value && *value <= 1'000'000) resource.efficiency = *value;
  } else if (key.is("rate")) {
    constexpr std::size_t kLongest = 40;
    if (const std::string_view rate = next().letters;
        next().kind == Kind::number && rate.size() <= kLongest) {
      resource.rate = rate;
      take();
    } else {
      skip(key);
    }
  } else if (key.is("shifts") || key.is("shift")) {
    for (TjpOnShift& on : take_shifts()) resource.shifts.push_back(std::move(on));
  } else if (key.is("limits")) {
    resource.limits = take_limits();
  } else if (!read_common(key, resource.hours, resource.leaves)) {
    skip(key);
  }
}

void TjpParser::read_supplement() {
  const bool is_task = next().is("task");
  const TjpToken kind = take();
  const TjpToken name = next();
  const std::string id = take_path();
  if (is_task) {
    const auto known = task_of_.find(id);
    if (known != task_of_.end()) return read_task_block(known->second, 0);
    findings().add(found::unknown_task, where(name), {id, ""});
  } else if (kind.is("resource")) {
    const auto known = resource_of_.find(id);
    if (known != resource_of_.end()) return read_resource_block(known->second, 0);
    findings().add(found::unknown_resource, where(name), {id, ""});
  }
  if (take('{')) skip_block();
}

namespace {

/// The dates of the project, which its macros name; found before these are put in.
std::vector<std::pair<std::string, std::string>> built_in_macros(std::string_view text) {
  Findings ignored;
  constexpr std::size_t kHead =
      80 * 1024;  // comments before it, as far as it is known by its looks, and itself
  const TjpText head(text.substr(0, kHead), "", {}, ignored);
  TjpScanner scanner(head);
  while (scanner.next().kind != Kind::end && !scanner.next().is("project")) scanner.take();
  std::vector<std::pair<std::string, std::string>> macros;
  const auto written = [](LocalTime time) {
    return to_string(time.date()) + '-' + clock_string(time.minute_of_day());
  };
  // As the parser reads it: a project alone, whose end is a date or a duration.
  const TjpDocument project = TjpParser(head, "", ignored).run();
  if (project.start) macros.emplace_back("projectstart", written(*project.start));
  if (project.end) macros.emplace_back("projectend", written(*project.end));
  if (project.now) macros.emplace_back("now", written(*project.now));
  return macros;
}

}  // namespace

TjpDocument read_tjp_document(std::string_view text, const std::string& file,
                              std::string_view scenario, Findings& findings) {
  const TjpText expanded(text, file, built_in_macros(text), findings);
  return TjpParser(expanded, scenario, findings).run();
}

}  // namespace diaodu::formats
