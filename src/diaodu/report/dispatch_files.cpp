#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/csv.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/dispatch_cells.h"
#include "diaodu/report/dispatch_text.h"
#include "diaodu/report/field_report.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/ical_lines.h"
#include "diaodu/report/json.h"
#include "diaodu/report/sheets.h"
#include "diaodu/report/words.h"

#include <xlsxwriter.h>

namespace diaodu::report {
namespace {

void write_cell(JsonWriter& json, const Plan& plan, const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) {
    json.text(*words);
  } else if (const auto* instant = std::get_if<Instant>(&cell)) {
    json.text(show(plan, *instant));
  } else if (const auto* number = std::get_if<double>(&cell)) {
    json.number(static_cast<std::int64_t>(*number));
  } else {
    json.null();
  }
}

void write_value(JsonWriter& json, const Plan& plan, const dispatch::MusterValue& value) {
  json.begin_object();
  json.key("unmet").number(value.unmet);
  json.key("missing").number(value.missing);
  json.key("changed").number(value.changed);
  json.key("full_strength");
  if (value.full_strength == kEver) {
    json.null();
  } else {
    json.text(show(plan, value.full_strength));
  }
  json.key("cost").number(static_cast<double>(value.cost.count()) / 100);
  json.end_object();
}

std::string_view name_of(dispatch::ShortfallReason reason) {
  switch (reason) {
    case dispatch::ShortfallReason::too_few:
      return "too_few";
    case dispatch::ShortfallReason::unreachable:
      return "unreachable";
    case dispatch::ShortfallReason::no_room:
      return "no_room";
    case dispatch::ShortfallReason::whole_teams:
      return "whole_teams";
  }
  return {};
}

/// All tables of a plan's answer: of the muster, then of the field.
std::vector<DispatchTable> tables_of(const Dispatched& told, Language language) {
  std::vector<DispatchTable> tables;
  if (told.muster != nullptr) tables = dispatch_tables(*told.muster, language);
  for (DispatchTable& table : field_tables(told, language)) tables.push_back(std::move(table));
  return tables;
}

std::string headline_of(const Dispatched& told, Language language) {
  std::string headline =
      told.muster != nullptr ? dispatch_headline(*told.muster, language) : std::string();
  for (const std::string& line : field_headlines(told, language))
    headline += (headline.empty() ? "" : "; ") + line;
  return headline;
}

/// The front of a name that has at most `most` letters as Excel counts them: those beyond U+FFFF are two.
std::string_view front_of(std::string_view name, std::size_t most) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if ((byte & 0xC0) == 0x80) continue;  // within a letter
    length += byte >= 0xF0 ? 2 : 1;
    if (length > most) return name.substr(0, i);
  }
  return name;
}

/// A name that a sheet may have: at most 31 letters, none of `[]:*?/\`, not taken yet whatever its case.
class SheetNames {
 public:
  std::string take(std::string_view wanted) {
    constexpr std::size_t kLongest = 31;
    std::string whole;
    for (const char c : wanted)
      whole += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : '-';
    std::string name(front_of(whole, kLongest));
    for (int times = 2; !taken_.insert(formats::folded(name)).second; ++times) {
      const std::string mark = '#' + std::to_string(times);
      name = std::string(front_of(whole, kLongest - mark.size())) + mark;
    }
    return name;
  }

 private:
  std::set<std::string> taken_;
};

class DispatchBook : private Sheets {
 public:
  DispatchBook(const Dispatched& told, Language language, const std::string& file)
      : Sheets(told.plan, language, file, headline_of(told, language)),
        told_(told),
        language_(language) {}

  int write() {
    for (const DispatchTable& table : tables_of(told_, language_))
      add_table(table, names_.take(say(*table.name, language_)));
    add_teams();
    return close();
  }

 private:
  void add_table(const DispatchTable& table, const std::string& name) {
    lxw_worksheet* sheet = add_sheet(Words{name, name});
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      add_header(sheet, i, table.columns[i].header->in(language_),
                 static_cast<double>(table.columns[i].width));
    }
    const std::size_t num_rows = std::min(table.rows.size(), kMostRows);
    for (std::size_t row = 0; row < num_rows; ++row) {
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        put_cell(sheet, row + 1, i, table.rows[row][i], {});
    }
    worksheet_freeze_panes(sheet, 1, 1);
    worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(num_rows),
                         static_cast<lxw_col_t>(table.columns.size() - 1));
  }

  /// A sheet to be handed to each team; of more than a hundred the one table must do.
  void add_teams() {
    constexpr std::size_t kMostTeams = 100;
    if (!told_.field.teams || told_.plan.teams.size() > kMostTeams) return;
    Dispatched all = told_;
    all.only = {};
    const DispatchTable members = team_sheets_table(all, language_);
    for (const PlannedTeam& team : told_.plan.teams) {
      DispatchTable table = members;
      std::erase_if(table.rows, [&team](const auto& row) {
        const auto* of = std::get_if<std::string>(&row[0]);
        return of == nullptr || *of != team.id;
      });
      if (table.rows.empty()) continue;
      add_table(table, names_.take(team.id));
    }
  }

  const Dispatched& told_;
  Language language_;
  SheetNames names_;
};

void write_muster(JsonWriter& json, const Mustered& mustered) {
  const Plan& plan = mustered.plan;
  const dispatch::MusterAnswer& answer = mustered.answer;
  json.key("optimal").boolean(answer.is_optimal);
  json.key("value");
  write_value(json, plan, answer.value);
  json.key("bound");
  write_value(json, plan, answer.bound);
  json.key("shortfalls").begin_array();
  for (const dispatch::Shortfall& shortfall : answer.shortfalls) {
    json.begin_object();
    json.key("place").text(plan.places[shortfall.place].id);
    json.key("role").text(shortfall.role);
    json.key("needed").number(shortfall.needed);
    json.key("missing").number(shortfall.missing);
    json.key("reason").text(name_of(shortfall.reason));
    json.end_object();
  }
  json.end_array();
}

/// What the tables do not say: sums, bounds, steps.
void write_field(JsonWriter& json, const Dispatched& told, Language language) {
  const dispatch::FieldAnswer& field = told.field;
  json.key("headlines").begin_array();
  for (const std::string& line : field_headlines(told, language)) json.text(line);
  json.end_array();
  if (field.tours) {
    const TourCost& cost = field.tours->cost;
    json.key("tour_cost").begin_object();
    json.key("unserved").number(cost[TourCriterion::unserved]);
    json.key("lateness").number(cost[TourCriterion::lateness]);
    json.key("overtime").number(cost[TourCriterion::overtime]);
    json.key("travel").number(cost[TourCriterion::travel]);
    json.key("change").number(cost[TourCriterion::change]);
    json.key("steps").number(field.tours->steps);
    json.end_object();
  }
  if (field.teams) {
    json.key("team_cost").begin_object();
    json.key("cost").number(field.teams->cost);
    json.key("bound").number(field.teams->bound);
    json.key("optimal").boolean(field.teams->cost == field.teams->bound);
    json.key("steps").number(field.teams->steps);
    json.end_object();
  }
  if (field.exchange) {
    json.key("exchange").begin_object();
    json.key("missing").number(field.exchange->missing);
    json.key("cost").number(static_cast<double>(field.exchange->cost.count()) / 100);
    json.end_object();
  }
}

std::string csv_text(const Plan& plan, const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) {
    // Or a spreadsheet would take it for a formula.
    const bool is_formula = !words->empty() && std::string_view("=+-@\t\r").find(words->front()) !=
                                                   std::string_view::npos;
    return formats::csv_cell(is_formula ? '\'' + *words : *words);
  }
  if (const auto* instant = std::get_if<Instant>(&cell)) return show(plan, *instant);
  if (const auto* number = std::get_if<double>(&cell))
    return std::to_string(static_cast<std::int64_t>(*number));
  return {};
}

std::string csv_of(const DispatchTable& table, const Plan& plan, Language language) {
  std::string csv = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) csv += ',';
    csv += formats::csv_cell(table.columns[i].header->in(language));
  }
  csv += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) csv += ',';
      csv += csv_text(plan, row[i]);
    }
    csv += "\r\n";
  }
  return csv;
}

/// The legs of people, one event for each party.
void add_legs(const Mustered& mustered, Language language, std::string& calendar) {
  const Plan& plan = mustered.plan;
  const Roster roster(plan);
  for (const Party& party : mustered.answer.movement.parties) {
    std::int64_t count = 0;
    for (std::int64_t i = party.first; i < party.first + party.count; ++i)
      count += roster.is_meant(party.group, i, mustered.only) ? 1 : 0;
    if (count == 0) continue;
    const Group& group = plan.groups[party.group];
    for (std::size_t i = 0; i < party.legs.size(); ++i) {
      const Leg& leg = party.legs[i];
      const std::string from{display_name(plan.places[party.stops[i].place], language)};
      const std::string to{display_name(plan.places[party.stops[i + 1].place], language)};
      add_line(calendar, "BEGIN:VEVENT");
      add_line(calendar, "UID:" + digest(plan.name.empty() ? plan.name_zh : plan.name) + '-' +
                             digest(group.id.str() + '/' + std::to_string(party.first) + '/' +
                                    std::string(mustered.only)) +
                             '-' + std::to_string(i + 1) + "@diaodu");
      add_line(calendar, "DTSTAMP:" + utc(plan.data_date.value_or(plan.start)));
      add_line(calendar, "DTSTART:" + utc(leg.departs));
      add_line(calendar, "DTEND:" + utc(leg.arrives));
      add_line(calendar,
               "SUMMARY:" + escaped(route_name(plan, leg.route) + ' ' + from + " → " + to));
      add_line(calendar, "DESCRIPTION:" + escaped(std::string(display_name(group, language)) +
                                                  ", " + say(words::dispatch_people, language) +
                                                  ' ' + std::to_string(count)));
      add_line(calendar, "LOCATION:" + escaped(from));
      add_line(calendar, "END:VEVENT");
    }
  }
}

/// The stops of duties.
void add_stops(const Dispatched& told, Language language, std::string& calendar) {
  const Plan& plan = told.plan;
  if (!told.field.tours) return;
  for (const dispatch::DutyTour& tour : told.field.tours->tours) {
    const PlannedDuty& duty = plan.duties[tour.duty];
    for (const dispatch::PlannedStop& stop : tour.stops) {
      const bool is_meant = told.only.empty() || duty.id == told.only || duty.team == told.only ||
                            (stop.visit && plan.visits[stop.visit].id == told.only);
      if (!stop.visit || !is_meant) continue;
      const PlannedVisit& visit = plan.visits[stop.visit];
      add_line(calendar, "BEGIN:VEVENT");
      add_line(calendar, "UID:" + digest(plan.name.empty() ? plan.name_zh : plan.name) + '-' +
                             digest(duty.id.str() + '/' + visit.id.str()) + "@diaodu");
      add_line(calendar, "DTSTAMP:" + utc(plan.data_date.value_or(plan.start)));
      add_line(calendar, "DTSTART:" + utc(stop.begins));
      add_line(calendar, "DTEND:" + utc(stop.ends));
      add_line(calendar, "SUMMARY:" + escaped(display_name(visit, language)));
      add_line(calendar, "DESCRIPTION:" + escaped(display_name(duty, language)));
      add_line(calendar, "LOCATION:" + escaped(display_name(plan.places[stop.place], language)));
      add_line(calendar, "END:VEVENT");
    }
  }
}

}  // namespace

std::string dispatched_json(const Dispatched& told, const Findings& findings, Language language) {
  const Plan& plan = told.plan;
  JsonWriter json;
  json.begin_object();
  json.key("plan").text(title_of(plan, language));
  if (told.muster != nullptr) write_muster(json, *told.muster);
  write_field(json, told, language);
  for (const DispatchTable& table : tables_of(told, language)) {
    json.key(table.key).begin_array();
    for (const auto& row : table.rows) {
      json.begin_object();
      for (std::size_t i = 0; i < row.size(); ++i) {
        json.key(table.columns[i].key);
        write_cell(json, plan, row[i]);
      }
      json.end_object();
    }
    json.end_array();
  }
  write_findings_json(json, findings, language);
  json.end_object();
  return json.take();
}

std::string dispatch_json(const Mustered& mustered, const Findings& findings, Language language) {
  const dispatch::FieldAnswer nothing;
  return dispatched_json(
      {.plan = mustered.plan, .field = nothing, .muster = &mustered, .only = mustered.only},
      findings, language);
}

std::string dispatch_csv(const Mustered& mustered, Language language) {
  return csv_of(itineraries_table(mustered, language), mustered.plan, language);
}

std::vector<std::pair<std::string, std::string>> dispatched_csv(const Dispatched& told,
                                                                Language language) {
  std::vector<std::pair<std::string, std::string>> files;
  const auto add = [&](const DispatchTable& table) {
    if (table.rows.empty()) return;
    files.emplace_back(files.empty() ? std::string() : '-' + std::string(table.key),
                       csv_of(table, told.plan, language));
  };
  if (told.muster != nullptr) add(itineraries_table(*told.muster, language));
  for (const DispatchTable& table : field_tables(told, language)) add(table);
  return files;
}

std::string dispatched_calendar(const Dispatched& told, Language language) {
  const Plan& plan = told.plan;
  std::string calendar = begun_calendar(title_of(plan, language), language);
  if (told.muster != nullptr) add_legs(*told.muster, language, calendar);
  add_stops(told, language, calendar);
  add_line(calendar, "END:VCALENDAR");
  return calendar;
}

std::string dispatch_calendar(const Mustered& mustered, Language language) {
  const dispatch::FieldAnswer nothing;
  return dispatched_calendar(
      {.plan = mustered.plan, .field = nothing, .muster = &mustered, .only = mustered.only},
      language);
}

void write_dispatched_workbook(const Dispatched& told, Language language,
                               const std::filesystem::path& path) {
  write_beside(path,
               [&](const std::string& file) { return DispatchBook(told, language, file).write(); });
}

void write_dispatch_workbook(const Mustered& mustered, Language language,
                             const std::filesystem::path& path) {
  const dispatch::FieldAnswer nothing;
  write_dispatched_workbook(
      {.plan = mustered.plan, .field = nothing, .muster = &mustered, .only = mustered.only},
      language, path);
}

}  // namespace diaodu::report
