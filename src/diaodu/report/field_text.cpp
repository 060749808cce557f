#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/columns.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/dispatch_cells.h"
#include "diaodu/report/field_report.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

std::string cell_in_words(const Plan& plan, const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* instant = std::get_if<Instant>(&cell))
    return cells::short_date(show(plan, *instant));
  if (const auto* number = std::get_if<double>(&cell))
    return decimal_string(std::llround(*number), 0);
  return {};
}

bool is_assumed(const Text& basis) {
  return basis.view().find("assumed") != std::string_view::npos ||
         basis.view().find("假设") != std::string_view::npos;
}

void add_tours(const Dispatched& told, Language language, std::vector<std::string>& lines) {
  if (!told.field.tours) return;
  const dispatch::Tours& tours = *told.field.tours;
  Elapsed travel;
  std::set<std::string_view> teams;
  for (const dispatch::DutyTour& tour : tours.tours) {
    travel = travel + tour.travel;
    const PlannedDuty& duty = told.plan.duties[tour.duty];
    if (tour.is_used()) teams.insert((duty.team.empty() ? duty.id : duty.team).view());
  }
  const std::size_t made = told.plan.visits.size() - tours.left_out.size();
  std::vector<std::string> parts = {
      say(words::field_made, language,
          {std::to_string(made), std::to_string(told.plan.visits.size()),
           std::to_string(teams.size()), show(told.plan, travel, language)})};
  const auto cost = [&](TourCriterion which) { return tours.cost[which]; };
  if (cost(TourCriterion::unserved) > 0) {
    parts.push_back(
        say(words::field_unserved, language, {std::to_string(cost(TourCriterion::unserved))}));
  }
  if (cost(TourCriterion::lateness) > 0) {
    parts.push_back(say(words::field_lateness, language,
                        {show(told.plan, Elapsed{cost(TourCriterion::lateness)}, language)}));
  }
  if (cost(TourCriterion::overtime) > 0) {
    parts.push_back(say(words::field_overtime_sum, language,
                        {show(told.plan, Elapsed{cost(TourCriterion::overtime)}, language)}));
  }
  lines.push_back(joined(parts, language));
  if (tours.is_published) {
    lines.push_back(
        say(words::field_visits_changed, language,
            {std::to_string(tours.changes.size()), std::to_string(told.plan.visits.size())}));
  }
}

void add_teams(const Dispatched& told, Language language, std::vector<std::string>& lines) {
  if (!told.field.teams) return;
  const dispatch::Teams& teams = *told.field.teams;
  std::int64_t people = 0;
  std::int64_t without = 0;
  std::int64_t moved = 0;
  for (const dispatch::TeamMember& member : teams.members) {
    (member.team ? people : without) += 1;
    moved += member.before && member.team && member.before != member.team ? 1 : 0;
  }
  lines.push_back(say(teams.cost == teams.bound ? words::field_teams_best : words::field_teams_made,
                      language,
                      {std::to_string(people), std::to_string(told.plan.teams.size()),
                       std::to_string(teams.cost), std::to_string(teams.bound)}));
  for (const dispatch::TeamShortage& shortage : teams.shortages) {
    lines.push_back(say(words::field_no_teams_fit, language,
                        {shortage.place ? cells::name(told.plan.places, shortage.place, language)
                                        : say(words::field_anywhere, language),
                         std::to_string(shortage.people), std::to_string(shortage.min),
                         std::to_string(shortage.max)}));
  }
  if (without > 0 && teams.shortages.empty())
    lines.push_back(say(words::field_without_team, language, {std::to_string(without)}));
  if (teams.is_published || moved > 0)
    lines.push_back(say(words::field_people_moved, language, {std::to_string(moved)}));
}

void add_testing(const Dispatched& told, Language language, std::vector<std::string>& lines) {
  if (told.field.days.empty()) return;
  std::int64_t missed = 0;
  std::int64_t unsampled = 0;
  std::int64_t late = 0;
  std::int64_t untested = 0;
  std::int64_t cut = 0;
  std::int64_t most = 0;  // people of a day that is cut
  for (const dispatch::TestingDay& day : told.field.days) {
    untested += day.people_sampled > 0 && !day.laboratory ? 1 : 0;
    cut += day.is_cut ? 1 : 0;
    if (day.is_cut) most = day.people;
    missed += day.people_sampled < day.people || day.people_late > 0 ? 1 : 0;
    unsampled += day.people - day.people_sampled;
    late += day.people_late;
  }
  const std::string days = std::to_string(told.field.days.size());
  lines.push_back(missed == 0 ? say(words::field_testing_kept, language, {days})
                              : say(words::field_testing_missed, language,
                                    {std::to_string(missed), days, std::to_string(unsampled),
                                     std::to_string(late)}));
  if (untested > 0)
    lines.push_back(say(words::field_untested, language, {std::to_string(untested)}));
  if (cut > 0) {
    lines.push_back(
        say(words::field_people_cut, language, {std::to_string(cut), std::to_string(most)}));
  }
}

void add_laboratories(const Dispatched& told, Language language, std::vector<std::string>& lines) {
  const Plan& plan = told.plan;
  for (const dispatch::LaboratoryOutcome& each : told.field.laboratories) {
    if (each.lots.empty()) continue;
    const std::string name = cells::name(plan.laboratories, each.laboratory, language);
    const dispatch::LabOutcome& outcome = each.outcome;
    const bool is_short = outcome.people_unreported > 0;
    lines.push_back(
        say(is_short ? words::field_lab_short : words::field_lab_all, language,
            {name, std::to_string(outcome.tubes_received), std::to_string(outcome.people_sampled),
             is_short ? std::to_string(outcome.people_unreported)
                      : minutes_in_words(plan, outcome.of_people.p95, language)}));
    for (const dispatch::LaboratoryPool& pool : each.pools) {
      if (!pool.is_best || each.pools.size() < 2) continue;
      lines.push_back(say(
          words::field_best_pool, language,
          {name, std::to_string(pool.pool),
           say(pool.people_unreported > 0 ? words::field_best_unreported : words::field_best_p95,
               language)}));
    }
  }
}

template <class Rows>
void add_assumed(const Rows& rows, TableKind table, Language language,
                 std::vector<std::string>& parts) {
  const auto count = std::count_if(rows.begin(), rows.end(),
                                   [](const auto& row) { return is_assumed(row.basis); });
  if (count == 0) return;
  parts.push_back(std::string(formats::sheet_name(table, language)) + ' ' + std::to_string(count));
}

class FieldScreen {
 public:
  FieldScreen(const Dispatched& told, Language language, int width, bool has_colour)
      : told_(told), language_(language), width_(width), ink_{has_colour} {}

  std::string run() {
    std::vector<std::string> lines;
    const auto begin = [&](auto add) {
      lines.clear();
      add(told_, language_, lines);
      bool is_first = true;
      if (!lines.empty()) text_ += '\n';
      for (const std::string& line : lines) {
        text_ += is_first ? in_bold(line) : paragraph(line, width_, 2);
        is_first = false;
      }
    };
    begin(add_tours);
    show(tours_table(told_, language_),
         {"duty", "team", "leaves", "back", "visits", "travel", "overtime", "load"}, 30);
    show(stops_table(told_, language_), {"duty", "begins", "ends", "name", "late", "together"},
         told_.only.empty() ? 30 : 100);
    show(unmade_table(told_, language_), {"visit", "place", "priority", "why", "instead_of"}, 20);
    show(visit_changes_table(told_, language_), {"visit", "place", "before", "now"}, 20);
    begin(add_teams);
    show(teams_table(told_, language_), {"team", "place", "people", "locals", "roles"}, 20);
    show_rules();
    show(team_changes_table(told_, language_), {"person", "name", "before", "now"}, 20);
    if (!told_.only.empty()) {
      show(team_sheets_table(told_, language_), {"team", "name", "role", "home", "traits"}, 60);
      show_reasons();
    }
    begin(add_testing);
    show(outbreaks_table(told_, language_),
         {"place", "days", "growth", "doubling", "reproduction", "to_come"}, 20);
    show_testing();
    begin(add_laboratories);
    show(laboratories_table(told_, language_),
         {"laboratory", "tubes", "tubes_tested", "median", "p95", "longest", "peak", "capacity"},
         20);
    show(lab_stages_table(told_, language_),
         {"laboratory", "stage", "batches", "tubes", "utilisation", "mean_wait"}, 20);
    show(lab_pools_table(told_, language_),
         {"laboratory", "pool", "tests_per_person", "tubes_tested", "people_unreported", "p95",
          "best"},
         20);
    show_curve();
    begin(add_exchange);
    show(shipments_table(told_, language_), {"from", "to", "good", "amount", "rank", "cost"}, 30);
    show(balances_table(told_, language_),
         {"place", "good", "offered", "sent", "wanted", "got", "missing", "why"}, 30);
    show_assumptions();
    return std::move(text_);
  }

  static void add_exchange(const Dispatched& told, Language language,
                           std::vector<std::string>& lines) {
    if (!told.field.exchange) return;
    std::int64_t sent = 0;
    // What a region keeps of its own goes nowhere.
    for (const dispatch::Shipment& each : told.field.exchange->shipments)
      sent += each.from != each.to ? each.amount : 0;
    lines.push_back(say(words::field_exchange_sums, language,
                        {std::to_string(sent), std::to_string(told.field.exchange->missing)}));
  }

 private:
  std::string in_bold(const std::string& line) const {
    std::string lines;
    for (const std::string& part : wrap(line, width_)) lines += ink_.bold(part) + '\n';
    return lines;
  }

  /// `08-13 09:30`; of the times that end something on the same day, `09:30`.
  std::string cell_text(const DispatchTable::Column& column, const Cell& cell) const {
    const std::string text = cell_in_words(told_.plan, cell);
    const bool is_end = column.key == "ends" && std::holds_alternative<Instant>(cell);
    return is_end && text.size() > 5 ? text.substr(text.size() - 5) : text;
  }

  void show(const DispatchTable& table, std::initializer_list<std::string_view> keys,
            std::size_t most) {
    if (table.rows.empty()) return;
    std::vector<std::size_t> shown;
    std::vector<TextTable::Column> columns;
    for (const std::string_view key : keys) {
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].key != key) continue;
        const auto has = [i, &table](auto holds) {
          return std::any_of(table.rows.begin(), table.rows.end(),
                             [&](const auto& row) { return holds(row[i]); });
        };
        if (!has([](const Cell& cell) { return !std::holds_alternative<std::monostate>(cell); }))
          continue;
        const bool is_date =
            has([](const Cell& cell) { return std::holds_alternative<Instant>(cell); });
        shown.push_back(i);
        columns.push_back({say(*table.columns[i].header, language_),
                           table.columns[i].is_number ? Align::right : Align::left,
                           !table.columns[i].is_number && !is_date});
      }
    }
    TextTable lines(columns);
    for (std::size_t row = 0; row < std::min(table.rows.size(), most); ++row) {
      std::vector<std::string> cells;
      for (const std::size_t i : shown)
        cells.push_back(cell_text(table.columns[i], table.rows[row][i]));
      lines.add(std::move(cells));
    }
    text_ += '\n' + ink_.bold(fit(say(*table.name, language_), width_)) + '\n';
    text_ += lines.str(width_, 2, ink_);
    if (table.rows.size() <= most) return;
    const std::string rest =
        say(words::dispatch_more_rows, language_, {std::to_string(table.rows.size() - most)});
    text_ += "  " + ink_.faint(fit(rest, width_ - 2)) + '\n';
  }

  /// Those that are broken; of many rows of nothing nobody reads one.
  void show_rules() {
    DispatchTable table = team_rules_table(told_, language_);
    if (table.rows.empty()) return;
    std::erase_if(table.rows, [](const auto& row) { return std::get<double>(row[3]) == 0; });
    if (table.rows.empty()) text_ += paragraph(say(words::field_rules_kept, language_), width_, 2);
    show(table, {"rule", "place", "weight", "broken", "at_best", "teams"}, 30);
  }

  /// Why people are where they are, once for all of whom the same is true.
  void show_reasons() {
    const DispatchTable table = team_sheets_table(told_, language_);
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
    for (const auto& row : table.rows) {
      const std::string why = cell_in_words(told_.plan, row[7]);
      const auto known = std::find_if(reasons.begin(), reasons.end(),
                                      [&why](const auto& reason) { return reason.first == why; });
      auto& names = known != reasons.end()
                        ? known->second
                        : reasons.emplace_back(why, std::vector<std::string>{}).second;
      names.push_back(cell_in_words(told_.plan, row[2]));
    }
    constexpr std::size_t kMostReasons = 12;
    if (!reasons.empty()) text_ += '\n';
    for (std::size_t i = 0; i < std::min(reasons.size(), kMostReasons); ++i) {
      text_ += paragraph(say(words::field_reason, language_,
                             {joined(reasons[i].second, language_, 3), reasons[i].first}),
                         width_, 2);
    }
  }

  void show_testing() {
    // Only where fewer are sampled than should be.
    const auto& days = told_.field.days;
    if (std::any_of(days.begin(), days.end(), [](const dispatch::TestingDay& day) {
          return day.people_sampled < day.people;
        })) {
      show(testing_table(told_, language_),
           {"place", "day", "people", "sampled", "samplers_needed", "samplers_there", "laboratory",
            "last_result", "late"},
           30);
      return;
    }
    show(testing_table(told_, language_),
         {"place", "day", "people", "samplers_needed", "samplers_there", "tubes", "laboratory",
          "last_result", "late"},
         30);
  }

  /// Every third hour in which anything waits.
  void show_curve() {
    DispatchTable table = lab_curve_table(told_, language_);
    std::erase_if(table.rows, [this](const auto& row) {
      const auto* at = std::get_if<Instant>(&row[1]);
      const bool is_third =
          at != nullptr && told_.plan.zone.to_local(*at).minute_of_day() / 60 % 3 == 0;
      return !is_third || std::get<double>(row[2]) == 0;
    });
    show(table, {"laboratory", "at", "tubes", "people"}, 24);
  }

  void show_assumptions() {
    const Plan& plan = told_.plan;
    std::vector<std::string> parts;
    add_assumed(plan.visits, TableKind::visits, language_, parts);
    add_assumed(plan.duties, TableKind::duties, language_, parts);
    add_assumed(plan.travel_times, TableKind::travel_times, language_, parts);
    add_assumed(plan.people, TableKind::people, language_, parts);
    add_assumed(plan.teams, TableKind::teams, language_, parts);
    add_assumed(plan.team_rules, TableKind::team_rules, language_, parts);
    add_assumed(plan.laboratories, TableKind::laboratories, language_, parts);
    add_assumed(plan.lab_stages, TableKind::lab_stages, language_, parts);
    add_assumed(plan.lab_shifts, TableKind::lab_shifts, language_, parts);
    add_assumed(plan.arrivals, TableKind::arrivals, language_, parts);
    add_assumed(plan.cases, TableKind::cases, language_, parts);
    add_assumed(plan.testing, TableKind::testing, language_, parts);
    add_assumed(plan.offers, TableKind::offers, language_, parts);
    add_assumed(plan.wishes, TableKind::wishes, language_, parts);
    add_assumed(plan.preferences, TableKind::preferences, language_, parts);
    if (parts.empty()) return;
    text_ += '\n';
    text_ += paragraph(say(words::field_assumptions, language_, {joined(parts, language_, 15)}),
                       width_, 2);
  }

  const Dispatched& told_;
  Language language_;
  int width_;
  Ink ink_;
  std::string text_;
};

}  // namespace

std::vector<std::string> field_headlines(const Dispatched& told, Language language) {
  std::vector<std::string> lines;
  for (const auto& add :
       {add_tours, add_teams, add_testing, add_laboratories, FieldScreen::add_exchange}) {
    add(told, language, lines);
  }
  return lines;
}

std::string field_text(const Dispatched& told, Language language, int width, bool has_colour) {
  return FieldScreen(told, language, width, has_colour).run();
}

}  // namespace diaodu::report
