#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/formats/plan_tables.h"
#include "diaodu/formats/xer_tables.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu::formats {

/// The state of making a plan of an export.  The functions below each read some of its tables, in
/// their order here; each finds what it refers to by Primavera's internal numbers.
struct XerReader {
  const XerFile& file;
  Plan plan;
  Sources sources;
  Findings findings;

  bool ignores_external_dates = false;  ///< of links to other projects
  bool uses_expected_finish = false;
  std::string_view project;  ///< proj_id of the one that is read
  /// The activities of other projects in the file, by task_id.
  std::unordered_map<std::string_view, const XerTable::Row*> others;
  std::unordered_map<std::string_view, CalendarId> calendars;
  std::unordered_map<std::string_view, TaskId> summaries;  ///< by wbs_id
  std::unordered_map<std::string_view, ResourceId> resources;
  std::unordered_map<std::string_view, TaskId> tasks;  ///< none: in the file, but left out
  /// What works when its resources do, with the primary one, if any; filled before `read_xer_demands`.
  std::vector<std::pair<TaskId, ResourceId>> resource_dependent;

  /// None where the table has none of that name.
  template <class IdType>
  static IdType find(const std::unordered_map<std::string_view, IdType>& ids,
                     std::string_view name) {
    const auto entry = ids.find(name);
    return entry == ids.end() ? IdType{} : entry->second;
  }
  void accept(TableKind kind, const XerTable::Row& row) { sources[kind].lines.push_back(row.line); }
};

/// The cells of one table, as values.  What is no such value is reported and then missing.
class XerCells {
 public:
  XerCells(XerReader& reader, std::string_view table)
      : reader_(reader), table_(reader.file.table(table)) {}

  const std::vector<XerTable::Row>& rows() const { return table_.rows; }
  std::size_t column(std::string_view field) const { return table_.column(field); }
  std::string_view text(const XerTable::Row& row, std::size_t column) const {
    return table_.cell(row, column);
  }
  bool is_yes(const XerTable::Row& row, std::size_t column) const {
    return text(row, column) == "Y";
  }
  /// Of the project that is read, or of none in particular.
  bool is_ours(const XerTable::Row& row, std::size_t project_column) const {
    const std::string_view project = text(row, project_column);
    return project.empty() || project == reader_.project;
  }

  std::optional<Instant> date(const XerTable::Row& row, std::size_t column) const;
  /// A number of hours, in minutes, rounded to the nearest.
  std::optional<std::int64_t> hours(const XerTable::Row& row, std::size_t column) const;
  std::optional<WorkTime> duration(const XerTable::Row& row, std::size_t column) const;
  std::optional<Amount> amount(const XerTable::Row& row, std::size_t column) const;
  std::optional<Money> money(const XerTable::Row& row, std::size_t column) const;

  void report(const FindingKind& kind, const XerTable::Row& row, std::size_t column,
              std::vector<Argument> arguments = {}) const;
  /// False, and reported, if the cell is empty.
  bool require(const XerTable::Row& row, std::size_t column, std::string_view field) const;

 private:
  std::optional<std::int64_t> number(const XerTable::Row& row, std::size_t column, int places,
                                     std::int64_t most) const;

  XerReader& reader_;
  const XerTable& table_;
};

/// The plan of an export's tables, whatever form they were stored in.
ReadPlan plan_of(const XerFile& tables, Findings findings);

/// The exported project with the most activities; of the others is told what is lost.  None: there is none.
const XerTable::Row* choose_xer_project(XerReader& reader, const XerCells& projects);
/// A row of TASKPRED with one end in another project of the file: the dates that end has there bound the task at the
/// other.  False where they are not known.
bool bind_to_other_project(XerReader& reader, const XerTable::Row& link, LinkType type);

void read_xer_project(XerReader& reader);    ///< PROJECT, CALENDAR, SCHEDOPTIONS
void read_xer_summaries(XerReader& reader);  ///< PROJWBS
void read_xer_resources(XerReader& reader);  ///< RSRC, RSRCRATE
void read_xer_tasks(XerReader& reader);      ///< TASK
void read_xer_links(XerReader& reader);      ///< TASKPRED
void read_xer_demands(XerReader& reader);    ///< TASKRSRC
/// Where the options use expected finishes: what remains is the work up to them, from the start that the file tells.
void apply_expected_finishes(XerReader& reader);

}  // namespace diaodu::formats
