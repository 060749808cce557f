#include "diaodu/report/page_field.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <variant>
#include <vector>

#include "diaodu/plan/tree.h"
#include "diaodu/report/field_report.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using dispatch::DutyTour;
using dispatch::LaboratoryOutcome;
using dispatch::PlannedStop;

/// Tables that the page draws, or tells in another way.
bool is_told_otherwise(const DispatchTable& table) {
  static const std::set<std::string_view> keys = {"team_sheets", "lab_curve"};
  return keys.contains(table.key);
}

/// What of a table's cells the page must know to show them.
std::string_view kind_of(const DispatchTable& table, std::size_t column) {
  if (table.columns[column].is_number) return "number";
  const bool is_time = std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
    return std::holds_alternative<Instant>(row[column]);
  });
  return is_time ? "time" : "text";
}

/// Does the row's basis say so?
bool rests_on_assumed(const DispatchTable& table, const std::vector<Cell>& row) {
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const auto* words = std::get_if<std::string>(&row[column]);
    if (table.columns[column].key == "basis" && words != nullptr) return is_assumed(*words);
  }
  return false;
}

class FieldPart {
 public:
  FieldPart(PageWriter& writer, const Dispatched& told)
      : writer_(writer),
        json_(writer.json()),
        told_(told),
        plan_(told.plan),
        english_(field_tables(told, Language::english)),
        chinese_(field_tables(told, Language::chinese)) {}

  void write() {
    json_.key("field");
    if (english_.empty()) {
      json_.null();
      return;
    }
    json_.begin_object();
    write_headlines();
    write_tours();
    write_teams();
    writer_.list("laboratories", told_.field.laboratories,
                 [&](const LaboratoryOutcome& laboratory) { write_laboratory(laboratory); });
    write_tables();
    json_.end_object();
  }

 private:
  void write_headlines() {
    const std::vector<std::string> english = field_headlines(told_, Language::english);
    const std::vector<std::string> chinese = field_headlines(told_, Language::chinese);
    json_.key("headlines").begin_array();
    for (std::size_t i = 0; i < english.size(); ++i) {
      writer_.pair([&](Language language) {
        return language == Language::chinese ? chinese.at(i) : english[i];
      });
    }
    json_.end_array();
  }

  void write_tours() {
    static const std::vector<DutyTour> none;
    const auto& tours = told_.field.tours ? told_.field.tours->tours : none;
    writer_.list("tours", tours, [&](const DutyTour& tour) {
      const PlannedDuty& duty = plan_.duties[tour.duty];
      json_.begin_object();
      json_.key("duty").text(duty.id);
      writer_.pair("name", [&](Language language) { return display_name(duty, language); });
      json_.key("team").text(duty.team);
      json_.key("from");
      writer_.time(duty.from);
      json_.key("until");
      writer_.time(duty.until);
      json_.key("leaves");
      writer_.time_or_null(tour.leaves, tour.is_used());
      json_.key("back");
      writer_.time_or_null(tour.back, tour.is_used());
      json_.key("travel").number(tour.travel.count());
      json_.key("overtime").number(tour.overtime.count());
      json_.key("assumed").boolean(is_assumed(duty.basis));
      writer_.list("stops", tour.stops, [&](const PlannedStop& stop) { write_stop(stop); });
      json_.end_object();
    });
  }

  void write_stop(const PlannedStop& stop) {
    const PlannedVisit* visit = stop.visit ? &plan_.visits[stop.visit] : nullptr;
    json_.begin_object();
    json_.key("visit").text(visit != nullptr ? visit->id.view() : std::string_view());
    writer_.pair("name", [&](Language language) {
      return visit != nullptr ? std::string(display_name(*visit, language))
                              : say(words::field_pause, language);
    });
    json_.key("place");
    writer_.reference(visit != nullptr ? stop.place : PlaceId{});
    json_.key("arrives");
    writer_.time_or_null(stop.arrives);
    json_.key("begins");
    writer_.time(stop.begins);
    json_.key("ends");
    writer_.time(stop.ends);
    const bool is_late = visit != nullptr && visit->due && stop.begins > *visit->due;
    json_.key("late").number(is_late ? (stop.begins - *visit->due).count() : 0);
    json_.key("assumed").boolean(visit != nullptr && is_assumed(visit->basis));
    json_.end_object();
  }

  void write_teams() {
    // A sheet has everybody of its team, whomever the page is for.
    Dispatched all = told_;
    all.only = {};
    const DispatchTable english = team_sheets_table(all, Language::english);
    const DispatchTable chinese = team_sheets_table(all, Language::chinese);
    writer_.list("teams", plan_.teams.ids(), [&](TeamId id) {
      const PlannedTeam& team = plan_.teams[id];
      json_.begin_object();
      json_.key("id").text(team.id);
      writer_.pair("name", [&](Language language) { return display_name(team, language); });
      json_.key("place");
      writer_.reference(team.place);
      json_.key("assumed").boolean(is_assumed(team.basis));
      json_.key("members").begin_array();
      for (std::size_t row = 0; row < english.rows.size(); ++row) {
        const auto* of = std::get_if<std::string>(&english.rows[row][0]);
        if (of == nullptr || *of != team.id) continue;
        write_member(english.rows[row], chinese.rows[row]);
      }
      json_.end_array();
      json_.end_object();
    });
  }

  void write_member(const std::vector<Cell>& english, const std::vector<Cell>& chinese) {
    enum Column : std::size_t { kPerson = 1, kName = 2, kRole = 3, kHome = 4, kWhy = 7 };
    const auto text = [&](std::size_t column, Language language) {
      const Cell& cell = language == Language::chinese ? chinese[column] : english[column];
      const auto* words = std::get_if<std::string>(&cell);
      return words != nullptr ? *words : std::string();
    };
    json_.begin_object();
    json_.key("id").text(text(kPerson, Language::english));
    json_.key("role").text(text(kRole, Language::english));
    const auto pair = [&](std::string_view key, std::size_t column) {
      writer_.pair(key, [&](Language language) { return text(column, language); });
    };
    pair("name", kName);
    pair("home", kHome);
    pair("why", kWhy);
    json_.end_object();
  }

  void write_laboratory(const LaboratoryOutcome& laboratory) {
    const Laboratory& row = plan_.laboratories[laboratory.laboratory];
    const dispatch::Turnaround& people = laboratory.outcome.of_people;
    const auto at = [&](dispatch::Minutes minutes) {
      return laboratory.origin + Elapsed{static_cast<std::int64_t>(std::ceil(minutes))};
    };
    json_.begin_object();
    json_.key("id").text(row.id);
    writer_.pair("name", [&](Language language) { return display_name(row, language); });
    json_.key("assumed").boolean(is_assumed(row.basis));
    json_.key("until");
    writer_.time_or_null(laboratory.until.value_or(kNever));
    json_.key("people_reported").number(laboratory.outcome.people_reported);
    json_.key("people_unreported").number(laboratory.outcome.people_unreported);
    writer_.list("turnaround",
                 std::vector<dispatch::Minutes>{people.median, people.p90, people.p95, people.p99,
                                                people.longest},
                 [&](dispatch::Minutes minutes) {
                   writer_.pair([&](Language language) {
                     return minutes_in_words(plan_, minutes, language);
                   });
                 });
    const auto& curve = laboratory.outcome.curve;
    writer_.list("times", curve, [&](const auto& point) { writer_.time(at(point.at)); });
    writer_.list("tubes", curve, [&](const auto& point) { json_.number(point.tubes); });
    writer_.list("people", curve, [&](const auto& point) { json_.number(point.people); });
    json_.end_object();
  }

  void write_tables() {
    json_.key("tables").begin_array();
    for (std::size_t i = 0; i < english_.size(); ++i) {
      if (!is_told_otherwise(english_[i])) write_table(english_[i], chinese_.at(i));
    }
    json_.end_array();
  }

  void write_table(const DispatchTable& english, const DispatchTable& chinese) {
    json_.begin_object();
    json_.key("key").text(english.key);
    writer_.pair("name", [&](Language language) { return say(*english.name, language); });
    json_.key("columns").begin_array();
    for (std::size_t column = 0; column < english.columns.size(); ++column) {
      json_.begin_object();
      json_.key("key").text(english.columns[column].key);
      writer_.pair("title", [&](Language language) {
        return say(*english.columns[column].header, language);
      });
      json_.key("kind").text(kind_of(english, column));
      json_.end_object();
    }
    json_.end_array();
    writer_.list("assumed", english.rows, [&](const std::vector<Cell>& row) {
      json_.number(rests_on_assumed(english, row) ? 1 : 0);
    });
    json_.key("rows").begin_array();
    for (std::size_t row = 0; row < english.rows.size(); ++row) {
      json_.begin_array();
      for (std::size_t column = 0; column < english.columns.size(); ++column)
        write_cell(english.rows[row][column], chinese.rows[row][column]);
      json_.end_array();
    }
    json_.end_array();
    json_.end_object();
  }

  void write_cell(const Cell& english, const Cell& chinese) {
    if (const auto* instant = std::get_if<Instant>(&english)) {
      writer_.time(*instant);
    } else if (const auto* number = std::get_if<double>(&english)) {
      json_.number(static_cast<std::int64_t>(*number));
    } else if (const auto* words = std::get_if<std::string>(&english)) {
      const auto* other = std::get_if<std::string>(&chinese);
      writer_.pair([&](Language language) {
        return language == Language::chinese && other != nullptr ? *other : *words;
      });
    } else {
      json_.null();
    }
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Dispatched& told_;
  const Plan& plan_;
  std::vector<DispatchTable> english_;
  std::vector<DispatchTable> chinese_;
};

}  // namespace

void write_page_field(PageWriter& writer, const Dispatched& told) {
  FieldPart(writer, told).write();
}

}  // namespace diaodu::report
