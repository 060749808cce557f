#include "diaodu/formats/xer.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <utility>

#include "diaodu/formats/settings.h"
#include "diaodu/formats/xer_calendar.h"
#include "diaodu/formats/xer_reader.h"
#include "diaodu/formats/xer_words.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/validate.h"

namespace diaodu::formats {
namespace {

constexpr Words kHoursAssumed{"what cannot be read is taken to be Monday to Friday 08:00-16:00",
                              "无法读取的部分按周一至周五 08:00-16:00 处理"};
constexpr Words kCalendars{"calendars", "日历"};
constexpr Words kBaseIgnored{"its base has a base of its own, and is not used",
                             "其基础日历又以其他日历为基础，未使用"};

constexpr std::array kLagCalendars = std::to_array<XerWord<Options::LagCalendar>>(
    {{"rcal_Predecessor", Options::LagCalendar::predecessor},
     {"rcal_Successor", Options::LagCalendar::successor},
     {"rcal_ProjDefault", Options::LagCalendar::project},
     {"rcal_Project", Options::LagCalendar::project},
     {"rcal_24Hour", Options::LagCalendar::around_the_clock}});
constexpr std::array kTotalFloats =
    std::to_array<XerWord<Options::TotalFloat>>({{"FT_FF", Options::TotalFloat::finish},
                                                 {"FT_SF", Options::TotalFloat::start},
                                                 {"FT_SS", Options::TotalFloat::start},
                                                 {"FT_MIN", Options::TotalFloat::smaller}});

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto small = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return small(x) == small(y); });
}

template <class Choices, class Value>
void read_choice(const XerCells& cells, const XerTable::Row& row, std::string_view field,
                 const Choices& choices, Value& value) {
  const std::size_t column = cells.column(field);
  const std::string_view written = cells.text(row, column);
  if (written.empty()) return;
  std::string known;
  for (const auto& choice : choices) {
    if (equals_ignoring_case(choice.word, written)) {
      value = choice.value;
      return;
    }
    known += (known.empty() ? "" : ", ") + std::string(choice.word);
  }
  cells.report(found::bad_choice, row, column, {written, known});
}

/// What Primavera takes for a calendar without hours, whatever else the file says of it.
std::array<std::optional<DayShifts>, 7> week_without_hours() {
  constexpr Shift kShift{8 * 60, 16 * 60};
  std::array<std::optional<DayShifts>, 7> week;
  for (std::size_t day = 0; day < week.size(); ++day)
    week[day] = day < 5 ? DayShifts{kShift} : DayShifts{};
  return week;
}

/// Calendars go by their names, which people know, if these tell them apart.
std::string calendar_name(std::string_view name, std::string_view number,
                          std::set<std::string>& taken) {
  const auto is_built_in = [](std::string_view id) {
    const auto rules = built_in_calendars();
    return std::any_of(rules.begin(), rules.end(),
                       [id](const CalendarRule& rule) { return rule.id == id; });
  };
  std::string id(name.empty() ? number : name);
  while (is_built_in(id) || taken.contains(id)) id += "#" + std::string(number);
  taken.insert(id);
  return id;
}

void read_calendars(XerReader& reader) {
  const XerCells cells(reader, "CALENDAR");
  const std::size_t number = cells.column("clndr_id");
  const std::size_t name = cells.column("clndr_name");
  const std::size_t base = cells.column("base_clndr_id");
  const std::size_t data = cells.column("clndr_data");
  std::vector<CalendarRule> rules;
  std::vector<Where> where;
  std::vector<const XerTable::Row*> rows;
  std::set<std::string> names;
  std::unordered_map<std::string_view, std::size_t> rule_of;
  for (const XerTable::Row& row : cells.rows()) {
    const std::string_view id = cells.text(row, number);
    if (!cells.require(row, number, "clndr_id")) continue;
    if (const auto [first, is_new] = rule_of.insert({id, rules.size()}); !is_new) {
      cells.report(found::duplicate_id, row, number,
                   {id, std::to_string(rows[first->second]->line)});
      continue;
    }
    if (rules.size() == kMostCalendars) {
      cells.report(found::too_many, row, number, {std::to_string(kMostCalendars), kCalendars});
      rule_of.erase(id);
      break;
    }
    CalendarRule rule;
    rule.id = calendar_name(cells.text(row, name), id, names);
    rule.name = cells.text(row, name);
    rules.push_back(std::move(rule));
    rows.push_back(&row);
    where.push_back(reader.file.where(row, data));
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    CalendarRule& rule = rules[i];
    if (const auto base_rule = rule_of.find(cells.text(*rows[i], base));
        base_rule != rule_of.end()) {
      // Only global calendars are bases, and those have none.
      if (cells.text(*rows[base_rule->second], base).empty()) {
        rule.base = rules[base_rule->second].id;
      } else {
        cells.report(found::xer_bad_calendar, *rows[i], base, {rule.id, kBaseIgnored});
      }
    }
    XerHours hours = parse_xer_hours(cells.text(*rows[i], data));
    rule.week = std::move(hours.week);
    rule.exceptions = std::move(hours.exceptions);
    const bool has_week =
        std::any_of(rule.week.begin(), rule.week.end(), [](const auto& day) { return day; });
    const bool never_works =
        has_week &&
        std::all_of(rule.week.begin(), rule.week.end(),
                    [](const auto& day) { return !day || day->empty(); }) &&
        std::all_of(rule.exceptions.begin(), rule.exceptions.end(),
                    [](const CalendarException& exception) { return exception.shifts.empty(); });
    if (never_works) rule.week = {};
    if (has_week && hours.is_whole && !never_works) {
      for (auto& day : rule.week) day = day.value_or(DayShifts{});
    } else if (!hours.is_whole || never_works || rule.base.empty()) {
      reader.findings.add(found::xer_bad_calendar, where[i], {rule.id, kHoursAssumed});
      if (rule.base.empty()) {
        const auto assumed = week_without_hours();
        for (std::size_t day = 0; day < assumed.size(); ++day)
          if (!rule.week[day]) rule.week[day] = assumed[day];
      }
    }
  }
  reader.sources[TableKind::calendars].file = reader.file.file;
  add_calendars(rules, where, reader.plan, reader.findings);
  const std::size_t first = built_in_calendars().size();
  for (const auto& [id, i] : rule_of) reader.calendars[id] = CalendarId{first + i};
}

CalendarId default_calendar(XerReader& reader, std::string_view of_project) {
  if (const CalendarId calendar = XerReader::find(reader.calendars, of_project)) return calendar;
  const XerCells cells(reader, "CALENDAR");
  for (const XerTable::Row& row : cells.rows()) {
    if (!cells.is_yes(row, cells.column("default_flag"))) continue;
    return XerReader::find(reader.calendars, cells.text(row, cells.column("clndr_id")));
  }
  return find_calendar(reader.plan, "standard");
}

void read_options(XerReader& reader) {
  // As Primavera has them unless a project says otherwise.
  reader.plan.options.start_lag = Options::StartLag::early_start;
  reader.plan.options.late_dates = Options::LateDates::wanted;
  const XerCells cells(reader, "SCHEDOPTIONS");
  for (const XerTable::Row& row : cells.rows()) {
    if (!cells.is_ours(row, cells.column("proj_id"))) continue;
    Options& options = reader.plan.options;
    const std::size_t retained = cells.column("sched_retained_logic");
    const std::size_t overridden = cells.column("sched_progress_override");
    if (cells.is_yes(row, overridden)) {
      options.progress_rule = Options::ProgressRule::progress_override;
    } else if (cells.text(row, retained) == "N") {
      options.progress_rule = Options::ProgressRule::actual_dates;
    }
    read_choice(cells, row, "sched_calendar_on_relationship_lag", kLagCalendars,
                options.lag_calendar);
    read_choice(cells, row, "sched_float_type", kTotalFloats, options.total_float);
    if (cells.text(row, cells.column("sched_lag_early_start_flag")) == "N") {
      options.start_lag = Options::StartLag::actual_start;
    }
    reader.uses_expected_finish = cells.is_yes(row, cells.column("sched_use_expect_end_flag"));
    options.open_ends_are_critical = cells.is_yes(row, cells.column("sched_open_critical_flag"));
    reader.ignores_external_dates =
        cells.text(row, cells.column("sched_outer_depend_type")) == "SD_None";
    return;
  }
}

}  // namespace

void read_xer_project(XerReader& reader) {
  read_calendars(reader);
  reader.sources[TableKind::plan].file = reader.file.file;
  Plan& plan = reader.plan;
  constexpr std::size_t kCurrency = 8;
  const auto& header = reader.file.header;
  if (header.size() > kCurrency && header[kCurrency].size() == 3) plan.currency = header[kCurrency];

  const XerCells cells(reader, "PROJECT");
  const XerTable::Row* row = choose_xer_project(reader, cells);
  plan.calendar = default_calendar(
      reader, row == nullptr ? std::string_view{} : cells.text(*row, cells.column("clndr_id")));
  if (row == nullptr) {
    reader.findings.add(found::no_start, {.file = reader.file.file});
    return;
  }
  plan.name = cells.text(*row, cells.column("proj_short_name"));
  plan.data_date = cells.date(*row, cells.column("last_recalc_date"));
  plan.must_finish = cells.date(*row, cells.column("plan_end_date"));
  const auto start = cells.date(*row, cells.column("plan_start_date"));
  if (!start && !plan.data_date)
    cells.report(found::no_start, *row, cells.column("plan_start_date"));
  plan.start = start.value_or(plan.data_date.value_or(Instant{}));
  // A start later than the data date holds, unless it is later on the same day only.
  const auto day_of = [](Instant at) { return LocalTime{at.minutes()}.date(); };
  if (plan.data_date && day_of(plan.start) == day_of(*plan.data_date))
    plan.start = std::min(plan.start, *plan.data_date);
  if (const auto minutes = cells.hours(*row, cells.column("critical_drtn_hr_cnt"))) {
    plan.options.critical_float = WorkTime{*minutes};
  }
  read_options(reader);
}

ReadPlan read_xer(std::string_view bytes, std::string file) {
  Findings findings;
  const XerFile tables = read_xer_tables(bytes, std::move(file), findings);
  return plan_of(tables, std::move(findings));
}

ReadPlan plan_of(const XerFile& tables, Findings findings) {
  XerReader reader{.file = tables};
  reader.findings = std::move(findings);
  read_xer_project(reader);
  read_xer_summaries(reader);
  read_xer_resources(reader);
  read_xer_tasks(reader);
  read_xer_links(reader);
  read_xer_demands(reader);
  apply_expected_finishes(reader);
  complete(reader.plan, reader.sources, reader.findings);
  validate(reader.plan, reader.sources, reader.findings);
  reader.findings.sort();
  return {std::move(reader.plan), std::move(reader.sources), std::move(reader.findings)};
}

}  // namespace diaodu::formats
