#include "diaodu/report/workbook.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <string>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/gantt_rows.h"
#include "diaodu/report/load.h"
#include "diaodu/report/milestones.h"
#include "diaodu/report/objectives.h"
#include "diaodu/report/schedule_table.h"
#include "diaodu/report/sheets.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/time_axis.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

constexpr std::int64_t kMostDivisions = 180;  // columns of the chart and of the load

/// The workbook while it is written.
class Book : private Sheets {
 public:
  Book(const Plan& plan, const solve::Answer& answer, Language language, const std::string& file)
      : Sheets(plan, language, file, headline(plan, answer, language)),
        plan_(plan),
        answer_(answer),
        language_(language) {}

  int write() {
    write_schedule();
    if (answer_.has_schedule) {
      write_gantt();
      write_milestones();
      write_load();
      if (has_objectives_to_tell(answer_)) write_objectives();
    }
    if (!answer_.findings.is_empty()) write_findings();
    return close();
  }

 private:
  void write_schedule() {
    const ScheduleTable table = schedule_table(plan_, answer_, language_);
    lxw_worksheet* sheet = add_sheet(words::sheet_schedule);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      add_header(sheet, i, table.columns[i].header->in(language_), table.columns[i].width);
    }
    const std::size_t num_rows = std::min(table.rows.size(), kMostRows);
    for (std::size_t i = 0; i < num_rows; ++i) {
      const ScheduleTable::Row& row = table.rows[i];
      Look look{.is_bold = row.is_summary};
      if (row.is_summary) {
        look.fill = kSummaryTint;
      } else if (row.is_critical) {
        look.fill = kCriticalTint;
      }
      for (std::size_t column = 0; column < row.cells.size(); ++column) {
        look.indent = column == 1 ? row.depth : 0;  // the name
        put_cell(sheet, i + 1, column, row.cells[column], look);
      }
    }
    worksheet_freeze_panes(sheet, 1, 2);
    worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(num_rows),
                         static_cast<lxw_col_t>(table.columns.size() - 1));
  }

  /// Days, weeks, months ... as many as a sheet can show, and in periods of a benchmark likewise.
  std::vector<Interval> columns_for(const Interval& range, Scale& scale) const {
    scale = scale_for(plan_, range, kMostDivisions);
    if (!plan_.is_abstract) return divisions(plan_, range, scale);
    const std::int64_t step = range.length().count() / kMostDivisions + 1;
    std::vector<Interval> columns;
    for (Instant at = range.from; at < range.to; at = at + Elapsed{step}) {
      columns.push_back({at, at + Elapsed{step}});
    }
    return columns;
  }

  void add_division_headers(lxw_worksheet* sheet, std::size_t first_column,
                            const std::vector<Interval>& columns, Scale scale, double width) {
    lxw_format* look = format({.is_bold = true,
                               .is_centred = true,
                               .is_wrapped = true,
                               .fill = kHeaderFill,
                               .ink = 0xFFFFFF});
    Instant shown = kEver;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(first_column + i);
      worksheet_set_column(sheet, column, column, width, nullptr);
      std::string name = short_name(plan_, columns[i].from, scale, language_);
      // The month stands over its first day, the year over its first month.
      const Scale above = scale <= Scale::week ? Scale::month : Scale::year;
      if (scale != Scale::period && scale != Scale::year) {
        const Instant begin = beginning(plan_, columns[i].from, above);
        if (begin != shown) name.insert(0, short_name(plan_, begin, above, language_) + '\n');
        shown = begin;
      }
      put(sheet, 0, column, name, look);
    }
  }

  void write_gantt() {
    lxw_worksheet* sheet = add_sheet(words::sheet_gantt);
    add_header(sheet, 0, words::task.in(language_), 38);
    add_header(sheet, 1, words::start.in(language_), 16);
    add_header(sheet, 2, words::finish_column.in(language_), 16);
    constexpr std::size_t kFirst = 3;
    Scale scale = Scale::day;
    const std::vector<Interval> columns = columns_for(gantt_range(plan_, answer_), scale);
    add_division_headers(sheet, kFirst, columns, scale, scale == Scale::day ? 3.2 : 4.6);
    const GanttRows chosen = gantt_rows(plan_, answer_, kMostRows);
    for (std::size_t i = 0; i < chosen.rows.size(); ++i) {
      const TaskId task = chosen.rows[i].task;
      const Placement& placed = answer_.schedule.placements[task];
      const bool is_summary = plan_.tasks[task].kind == TaskKind::summary;
      const bool is_critical = answer_.dates[task].is_critical;
      const std::size_t row = i + 1;
      put(sheet, row, 0, display_name(plan_.tasks[task], language_),
          format({.is_bold = is_summary, .indent = chosen.rows[i].depth}));
      put(sheet, row, 1, placed.start, Look{});
      put(sheet, row, 2, placed.finish, Look{});
      const bool is_point = placed.finish <= placed.start;
      const Interval during{placed.start, is_point ? placed.start + Elapsed{1} : placed.finish};
      lxw_format* fill = format({.fill = is_summary    ? kSummaryFill
                                         : is_critical ? kCriticalFill
                                                       : kOrdinaryFill});
      lxw_format* mark =
          format({.is_centred = true, .ink = is_critical ? kCriticalFill : kSummaryFill});
      const auto first =
          std::partition_point(columns.begin(), columns.end(),
                               [&](const Interval& column) { return column.to <= during.from; });
      for (auto column = first; column != columns.end() && column->from < during.to; ++column) {
        const auto at = kFirst + static_cast<std::size_t>(column - columns.begin());
        is_point ? put(sheet, row, at, "◆", mark) : put_blank(sheet, row, at, fill);
      }
    }
    worksheet_freeze_panes(sheet, 1, 1);
  }

  void write_milestones() {
    lxw_worksheet* sheet = add_sheet(words::milestones);
    add_header(sheet, 0, words::id.in(language_), 10);
    add_header(sheet, 1, words::task.in(language_), 44);
    add_header(sheet, 2, words::date.in(language_), 16);
    add_header(sheet, 3, words::deadline.in(language_), 16);
    add_header(sheet, 4, words::status.in(language_), 28);
    std::size_t row = 0;
    for (const TaskId task : milestones(plan_, answer_.schedule)) {
      const Task& milestone = plan_.tasks[task];
      const Placement& placed = answer_.schedule.placements[task];
      Look look;
      if (is_missed(milestone, placed)) look.fill = kCriticalTint;
      ++row;
      put(sheet, row, 0, milestone.id, format(look));
      put(sheet, row, 1, display_name(milestone, language_), format(look));
      put(sheet, row, 2, placed.finish, look);
      has_deadline(milestone) ? put(sheet, row, 3, milestone.deadline, look)
                              : put_blank(sheet, row, 3, format(look));
      put(sheet, row, 4, deadline_words(plan_, task, placed, language_), format(look));
    }
    worksheet_freeze_panes(sheet, 1, 0);
  }

  void write_load() {
    if (plan_.resources.empty()) return;
    lxw_worksheet* sheet = add_sheet(words::sheet_load);
    add_header(sheet, 0, words::resource.in(language_), 30);
    add_header(sheet, 1, words::unit.in(language_), 20);
    add_header(sheet, 2, words::capacity.in(language_), 10);
    constexpr std::size_t kFirst = 3;
    const Interval range = span_of(plan_, answer_.schedule);
    Scale scale = Scale::week;
    std::vector<Interval> columns;
    const bool is_weekly =
        !plan_.is_abstract && range.length().count() / kMinutesPerWeek < kMostDivisions;
    columns = is_weekly ? divisions(plan_, range, Scale::week) : columns_for(range, scale);
    add_division_headers(sheet, kFirst, columns, scale, 6);
    const Table<ResourceId, ResourceLoad> loads = resource_loads(plan_, answer_.schedule);
    const auto taken = consumption(plan_, answer_.schedule, columns);
    std::size_t row = 0;
    for (const ResourceId resource : plan_.resources.ids()) {
      const Resource& each = plan_.resources[resource];
      const bool is_shared = is_renewable(each.kind);
      const bool is_limited = each.capacity < kUnlimited;
      ++row;
      put(sheet, row, 0, display_name(each, language_), format({}));
      put(sheet, row, 1, (is_shared ? words::unit_share : words::unit_amount).in(language_),
          format({}));
      if (is_limited) {
        put(sheet, row, 2,
            static_cast<double>(each.capacity.count()) / static_cast<double>(kOne.count()),
            format({}));
      }
      if (is_shared && is_limited) {
        write_shares(sheet, row, kFirst, in_buckets(loads[resource], columns));
      }
      for (std::size_t i = 0; i < taken[resource].size(); ++i) {
        if (taken[resource][i] == Amount{}) continue;
        put(sheet, row, kFirst + i,
            static_cast<double>(taken[resource][i].count()) / static_cast<double>(kOne.count()),
            format({.number = "0.##"}));
      }
    }
    worksheet_freeze_panes(sheet, 1, 1);
  }

  /// The fuller, the darker; overloaded ones red.
  void write_shares(lxw_worksheet* sheet, std::size_t row, std::size_t first,
                    const std::vector<Bucket>& buckets) {
    static constexpr Colour kTints[] = {0xF1F5FA, 0xD9E4F1, 0xB9CDE5, 0x9AB6D8, 0x86A5CC};
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      if (buckets[i].used == Effort{} || buckets[i].offered == Effort{}) continue;
      const double share = static_cast<double>(buckets[i].used.count()) /
                           static_cast<double>(buckets[i].offered.count());
      const auto tint = static_cast<std::size_t>(std::clamp(share * 5, 0.0, 4.0));
      Look look{.is_centred = true, .fill = kTints[tint], .number = "0%"};
      if (buckets[i].is_over) {
        look.fill = kCriticalFill;
        look.ink = 0xFFFFFF;
        look.is_bold = true;
      }
      put(sheet, row, first + i, share, format(look));
    }
  }

  void write_objectives() {
    lxw_worksheet* sheet = add_sheet(words::sheet_objectives);
    add_header(sheet, 0, words::objective.in(language_), 16);
    add_header(sheet, 1, words::objective_value.in(language_), 20);
    add_header(sheet, 2, words::objective_bound.in(language_), 44);
    std::size_t row = 0;
    for (const ObjectiveRow& each : objective_rows(plan_, answer_, language_)) {
      ++row;
      put(sheet, row, 0, each.name, format({}));
      put(sheet, row, 1, each.value, format({}));
      put(sheet, row, 2, each.proof, format({}));
    }
    if (answer_.baseline.empty()) return;
    put(sheet, row + 2, 0, moves_in_words(plan_, answer_.moves, language_), format({}));
  }

  void write_findings() {
    lxw_worksheet* sheet = add_sheet(words::findings);
    const std::pair<const Words*, double> columns[] = {{&words::severity, 10},
                                                       {&words::code, 24},
                                                       {&words::place, 24},
                                                       {&words::message, 80},
                                                       {&words::hint, 60}};
    std::size_t column = 0;
    for (const auto& [words, width] : columns)
      add_header(sheet, column++, words->in(language_), width);
    std::size_t row = 0;
    for (const Finding& finding : answer_.findings.kept()) {
      Look look{.is_wrapped = true};
      if (finding.kind->severity == Severity::error) look.fill = kCriticalTint;
      lxw_format* made = format(look);
      ++row;
      put(sheet, row, 0, severity_word(finding.kind->severity).in(language_), made);
      put(sheet, row, 1, finding.kind->code, made);
      put(sheet, row, 2, place_of(finding.where), made);
      put(sheet, row, 3, finding.message(language_), made);
      put(sheet, row, 4, finding.hint(language_), made);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(row), 4);
  }

  const Plan& plan_;
  const solve::Answer& answer_;
  Language language_;
};

}  // namespace

void write_schedule_workbook(const Plan& plan, const solve::Answer& answer, Language language,
                             const std::filesystem::path& path) {
  write_beside(path,
               [&](const std::string& file) { return Book(plan, answer, language, file).write(); });
}

}  // namespace diaodu::report
