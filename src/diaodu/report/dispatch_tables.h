#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/dispatch/muster.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/schedule_table.h"

namespace diaodu::report {

/// What a muster is told with: the answer, and where orders were given before, these.
struct Mustered {
  const Plan& plan;
  const dispatch::MusterAnswer& answer;
  const Movement* published = nullptr;
  std::string_view
      only;  ///< id of a person, group or team whose itineraries are wanted; empty: all
};

/// One table of the answer: for people by its headers, for programs by its keys.
struct DispatchTable {
  struct Column {
    std::string_view key;
    const Words* header;
    int width = 12;  ///< in letters, for a sheet
    bool is_number = false;
  };
  std::string_view key;
  const Words* name = nullptr;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// What a route is called: its id, else what it is via.
std::string route_name(const Plan& plan, RouteId route);

/// The person of that number in the group: by name, else by the group's id and the number from 1.
class Roster {
 public:
  explicit Roster(const Plan& plan);
  std::string id(GroupId group, std::int64_t number) const;
  std::string name(GroupId group, std::int64_t number, Language language) const;
  /// Is this who `only` means: the person, the group or the team?
  bool is_meant(GroupId group, std::int64_t number, std::string_view only) const;
  /// Does anybody of the plan go by that name?
  bool knows(std::string_view only) const;

 private:
  const Plan& plan_;
  Table<GroupId, std::vector<PersonId>> named_;
};

DispatchTable needs_table(const Mustered& mustered, Language language);
DispatchTable departures_table(const Mustered& mustered, Language language);
DispatchTable hours_table(const Mustered& mustered);
DispatchTable bottlenecks_table(const Mustered& mustered, Language language);
/// One row for each leg of each person; who stays has one row without a route.
DispatchTable itineraries_table(const Mustered& mustered, Language language);
/// The same by departure: who sits in it.
DispatchTable manifest_table(const Mustered& mustered, Language language);
/// Whose orders differ from the published ones, by party.
DispatchTable changes_table(const Mustered& mustered, Language language);

/// All of them that have rows.
std::vector<DispatchTable> dispatch_tables(const Mustered& mustered, Language language);

/// How many people of the need's role are ready there by its time.
std::int64_t there_for(const Mustered& mustered, const Need& need);
/// Why the need's place goes short of its role; null where it does not.
const dispatch::Shortfall* shortfall_of(const Mustered& mustered, const Need& need);
const Words& reason_words(dispatch::ShortfallReason reason);
/// Why the need is not met by its time: they come later, or the place goes short; null where it is met.
const Words* reason_of(const Mustered& mustered, const Need& need);

/// Is a figure with that basis assumed, wholly or in part?
bool is_assumed(std::string_view basis);

/// `leader 2, sampler 40`
std::string roles_in_words(const std::map<std::string_view, std::int64_t>& roles,
                           Language language);
/// `wuxi-wux 08:30 → DD101 14:00 → Ledong`
std::string way_in_words(const Plan& plan, const Party& party, Language language);
/// `One more like DD102 (Sunan Shuofang Airport, 2022-08-12 14:30)`
std::string measure_in_words(const Plan& plan, const dispatch::Bottleneck& bottleneck,
                             Language language);
/// How an answer would gain, in words: `full strength 2 h 10 min sooner`.
std::string gain_in_words(const Plan& plan, const dispatch::Bottleneck& bottleneck,
                          Language language);

}  // namespace diaodu::report
