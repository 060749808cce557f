#include <variant>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/csv.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/dispatch_text.h"
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

class DispatchBook : private Sheets {
 public:
  DispatchBook(const Mustered& mustered, Language language, const std::string& file)
      : Sheets(mustered.plan, language, file, dispatch_headline(mustered, language)),
        mustered_(mustered),
        language_(language) {}

  int write() {
    for (const DispatchTable& table : dispatch_tables(mustered_, language_)) {
      lxw_worksheet* sheet = add_sheet(*table.name);
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
    return close();
  }

 private:
  const Mustered& mustered_;
  Language language_;
};

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

}  // namespace

std::string dispatch_json(const Mustered& mustered, const Findings& findings, Language language) {
  const Plan& plan = mustered.plan;
  const dispatch::MusterAnswer& answer = mustered.answer;
  JsonWriter json;
  json.begin_object();
  json.key("plan").text(title_of(plan, language));
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
  for (const DispatchTable& table : dispatch_tables(mustered, language)) {
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

std::string dispatch_csv(const Mustered& mustered, Language language) {
  const DispatchTable table = itineraries_table(mustered, language);
  std::string csv = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    csv += (i > 0 ? "," : "") + formats::csv_cell(table.columns[i].header->in(language));
  csv += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      csv += (i > 0 ? "," : "") + csv_text(mustered.plan, row[i]);
    csv += "\r\n";
  }
  return csv;
}

std::string dispatch_calendar(const Mustered& mustered, Language language) {
  const Plan& plan = mustered.plan;
  const Roster roster(plan);
  std::string calendar;
  add_line(calendar, "BEGIN:VCALENDAR");
  add_line(calendar, "VERSION:2.0");
  add_line(calendar, language == Language::chinese ? "PRODID:-//diaodu//diaodu//ZH"
                                                   : "PRODID:-//diaodu//diaodu//EN");
  add_line(calendar, "CALSCALE:GREGORIAN");
  add_line(calendar, "METHOD:PUBLISH");
  add_line(calendar, "X-WR-CALNAME:" + escaped(title_of(plan, language)));
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
  add_line(calendar, "END:VCALENDAR");
  return calendar;
}

void write_dispatch_workbook(const Mustered& mustered, Language language,
                             const std::filesystem::path& path) {
  write_beside(path, [&](const std::string& file) {
    return DispatchBook(mustered, language, file).write();
  });
}

}  // namespace diaodu::report
