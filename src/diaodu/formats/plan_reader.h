#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diaodu/formats/columns.h"
#include "diaodu/formats/table_reader.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

/// Which row carries which id.
template <class IdType>
class NameMap {
 public:
  void reserve(std::size_t size) { ids_.reserve(size); }
  bool is_empty() const { return ids_.empty(); }

  /// False if the name is taken.
  bool add(std::string_view name, IdType id) { return ids_.insert({name, id}).second; }

  IdType find(std::string_view name) const {
    const auto entry = ids_.find(name);
    return entry == ids_.end() ? IdType{} : entry->second;
  }

  /// The known name most like `name`; empty if none is near, or after many such questions: a file
  /// that is wrong throughout needs no guesses, and one of a million names would wait for them.
  std::string_view nearest(std::string_view name) {
    constexpr int kMostQuestions = 50;
    constexpr std::size_t kMostComparisons = 2'000'000;
    constexpr std::size_t kMostMistakes = 2;
    if (++num_questions_ > kMostQuestions || name.size() < 2 || name.size() > 64) return {};
    num_compared_ += ids_.size();
    if (num_compared_ > kMostComparisons) return {};
    std::string_view nearest;
    std::size_t least = std::min(kMostMistakes, name.size() / 2) + 1;
    for (const auto& [known, id] : ids_) {
      const std::size_t distance = edit_distance(name, known, least);
      if (distance < least || (distance == least && distance <= kMostMistakes && known < nearest)) {
        least = distance;
        nearest = known;
      }
    }
    return nearest;
  }

 private:
  std::unordered_map<std::string_view, IdType> ids_;
  int num_questions_ = 0;
  std::size_t num_compared_ = 0;
};

/// The hint for a name that is not known: the nearest one that is, or nothing.
Argument did_you_mean(std::string_view nearest);

/// What moves several quantities together; known by its name alone.
using FactorId = Id<struct FactorTag>;

/// The state of reading the tables of one plan: what has been read so far, by name.  Tables are
/// read in an order in which each finds the rows it refers to.
struct PlanReader {
  Plan plan;
  Sources sources;
  Findings findings;

  NameMap<CalendarId> calendars;
  NameMap<DecisionId> decisions;
  NameMap<DutyId> duties;
  NameMap<GroupId> groups;
  NameMap<LaboratoryId> laboratories;
  NameMap<PersonId> people;
  NameMap<RouteId> routes;
  NameMap<PlaceId> places;
  NameMap<ResourceId> resources;
  NameMap<SkillId> skills;
  NameMap<TargetId> targets;
  NameMap<TaskId> tasks;
  NameMap<TeamId> teams;
  NameMap<VisitId> visits;
  NameMap<FactorId> factors;
  std::unordered_map<std::uint64_t, NameMap<ModeId>> modes_of;  ///< by the task's number

  /// `3A; B7SS+2d` cells of the tasks, read when all tasks are known.
  struct PredecessorsCell {
    TaskId task;
    std::string_view text;
    Where where;
  };
  std::vector<PredecessorsCell> predecessors;
  /// Tasks whose duration cell is empty: fine if they turn out to have modes.
  std::vector<std::pair<TaskId, Where>> without_duration;

  const NamedCalendar& calendar_of(CalendarId calendar) const {
    return plan.calendars[calendar ? calendar : plan.calendar];
  }
  const NamedCalendar& calendar_of(TaskId task) const {
    return calendar_of(plan.tasks[task].calendar);
  }
  TableReader table(TableKind kind, const Sheet& sheet) {
    return TableReader(kind, sheet, plan, sources, findings);
  }

  /// The row that the cell names; reports `unknown` (with the likeliest name) if there is none.
  template <class IdType>
  IdType refer(TableReader& table, std::size_t row, std::size_t column, NameMap<IdType>& names,
               const FindingKind& unknown) {
    const std::string_view name = table.text(row, column);
    if (name.empty()) return {};
    const IdType id = names.find(name);
    if (!id) report_unknown(table, row, column, name, names, unknown);
    return id;
  }
  /// Likewise, and an empty cell is reported too.
  template <class IdType>
  IdType refer_required(TableReader& table, std::size_t row, std::size_t column,
                        NameMap<IdType>& names, const FindingKind& unknown) {
    if (!table.required(row, column)) return {};
    return refer(table, row, column, names, unknown);
  }

  template <class IdType>
  void report_unknown(TableReader& table, std::size_t row, std::size_t column,
                      std::string_view name, NameMap<IdType>& names, const FindingKind& unknown) {
    table.report(unknown, row, column, {name, did_you_mean(names.nearest(name))});
  }
};

/// `B7SS+2d` taken apart where its type begins: the last of FS, SS, FF, SF (in either case, or in
/// Chinese) that is followed by nothing or by a signed lag.  Nothing where there is no type.
struct Reference {
  std::string_view id;
  LinkType type = LinkType::finish_to_start;
  std::string_view lag;
};
std::optional<Reference> split_reference(std::string_view text);

/// What may stand between predecessors.
inline constexpr std::array<std::string_view, 7> kReferenceSeparators = {",",  ";",  "，", "；",
                                                                         "、", "\n", "\r"};

/// The calendar whose days a lag on this link counts.
const NamedCalendar& lag_calendar(const Plan& plan, TaskId from, TaskId to);

/// Separated by blanks, commas and the like; a list that ends with a `;` is separated by that
/// alone, so that a skill may be two words.
std::vector<SkillId> read_skills(PlanReader& reader, TableReader& table, std::size_t row,
                                 std::size_t column);

/// Time on the clock; none where the cell is empty.
Elapsed clock_time(PlanReader& reader, TableReader& table, std::size_t row,
                   std::string_view column);

/// Takes the id for the row that comes next, or says that it is taken.
template <class IdType, class Rows>
bool takes_id(PlanReader& reader, TableReader& table, std::size_t row, TableKind kind, Text id,
              NameMap<IdType>& names, const Rows& rows) {
  if (names.add(id, IdType{rows.size()})) return true;
  const auto line = reader.sources[kind].lines[names.find(id).index()];
  table.report(found::duplicate_id, row, table.column("id"), {id.view(), std::to_string(line)});
  return false;
}

/// Id, names and what they rest on, as most tables have them.
template <class Row>
void read_names(PlanReader& reader, TableReader& table, std::size_t row, Row& into) {
  into.id = reader.plan.text(table.text(row, table.column("id")));
  into.name = reader.plan.text(table.text(row, table.column("name")));
  into.name_zh = reader.plan.text(table.text(row, table.column("name_zh")));
  into.basis = reader.plan.text(table.text(row, table.column("basis")));
}

// One function for each table; each reads all rows of its sheet.
void read_decisions(PlanReader& reader, const Sheet& sheet);
void read_places(PlanReader& reader, const Sheet& sheet);
void read_resources(PlanReader& reader, const Sheet& sheet);
void read_tasks(PlanReader& reader, const Sheet& sheet);
void read_modes(PlanReader& reader, const Sheet& sheet);
void read_links(PlanReader& reader, const Sheet& sheet);
void read_predecessors(PlanReader& reader);
void read_demands(PlanReader& reader, const Sheet& sheet);
void read_availability(PlanReader& reader, const Sheet& sheet);
void read_routes(PlanReader& reader, const Sheet& sheet);
void read_groups(PlanReader& reader, const Sheet& sheet);
void read_people(PlanReader& reader, const Sheet& sheet);
void read_needs(PlanReader& reader, const Sheet& sheet);
void read_visits(PlanReader& reader, const Sheet& sheet);
void read_duties(PlanReader& reader, const Sheet& sheet);
void read_travel_times(PlanReader& reader, const Sheet& sheet);
void read_teams(PlanReader& reader, const Sheet& sheet);
void read_team_rules(PlanReader& reader, const Sheet& sheet);
void read_laboratories(PlanReader& reader, const Sheet& sheet);
void read_lab_stages(PlanReader& reader, const Sheet& sheet);
void read_lab_shifts(PlanReader& reader, const Sheet& sheet);
void read_arrivals(PlanReader& reader, const Sheet& sheet);
void read_cases(PlanReader& reader, const Sheet& sheet);
void read_testing(PlanReader& reader, const Sheet& sheet);
void read_offers(PlanReader& reader, const Sheet& sheet);
void read_wishes(PlanReader& reader, const Sheet& sheet);
void read_preferences(PlanReader& reader, const Sheet& sheet);
void read_targets(PlanReader& reader, const Sheet& sheet);
void read_peers(PlanReader& reader, const Sheet& sheet);
void read_effects(PlanReader& reader, const Sheet& sheet);
void read_uncertainty(PlanReader& reader, const Sheet& sheet);
void read_risks(PlanReader& reader, const Sheet& sheet);
void read_correlations(PlanReader& reader, const Sheet& sheet);
void read_weather(PlanReader& reader, const Sheet& sheet);
void read_branches(PlanReader& reader, const Sheet& sheet);
void read_progress(PlanReader& reader, const Sheet& sheet);
void read_steps(PlanReader& reader, const Sheet& sheet);
void read_costs(PlanReader& reader, const Sheet& sheet);

}  // namespace diaodu::formats
