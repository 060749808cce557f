#include "diaodu/formats/cells.h"
#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {

void read_decisions(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::decisions, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto id = table.required(row, id_column);
    if (!id) continue;
    Decision decision;
    decision.id = reader.plan.text(*id);
    decision.title = reader.plan.text(table.text(row, table.column("title")));
    decision.title_zh = reader.plan.text(table.text(row, table.column("title_zh")));
    decision.source = reader.plan.text(table.text(row, table.column("source")));
    decision.date = table.date(row, table.column("date"), false);
    if (!reader.decisions.add(decision.id, DecisionId{reader.plan.decisions.size()})) {
      const DecisionId taken = reader.decisions.find(decision.id);
      const auto line = reader.sources[TableKind::decisions].lines[taken.index()];
      table.report(found::duplicate_id, row, id_column, {*id, std::to_string(line)});
      continue;
    }
    reader.plan.decisions.add(decision);
    table.accept(row);
  }
}

void read_progress(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::progress, sheet);
  if (!table.is_usable()) return;
  const std::size_t start_column = table.column("actual_start");
  const std::size_t finish_column = table.column("actual_finish");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    Progress progress;
    progress.task =
        reader.refer_required(table, row, table.column("task"), reader.tasks, found::unknown_task);
    const std::size_t num_errors = reader.findings.num_errors();
    progress.actual_start = table.date(row, start_column, false);
    progress.actual_finish = table.date(row, finish_column, true);
    // `50` and `50%` are the same here, where elsewhere the sign divides by a hundred.
    const std::size_t percent_column = table.column("percent");
    const int places = table.text(row, percent_column).ends_with('%') ? 4 : 2;
    if (const auto percent = table.number(row, percent_column, places, 0, 100'00)) {
      progress.percent = static_cast<int>(*percent);
    }
    if (!progress.task) continue;
    const NamedCalendar& calendar = reader.calendar_of(progress.task);
    if (const auto remaining = table.duration(row, table.column("remaining"), calendar)) {
      progress.remaining = remaining->time;
    }
    if (reader.findings.num_errors() > num_errors) continue;
    // A bare date means that day's work: from its first working minute, to its last.
    const auto is_bare = [&](std::size_t column) {
      const auto date = parse_date(table.text(row, column));
      return date && !date->has_clock;
    };
    if (progress.actual_start && is_bare(start_column)) {
      const Instant opens = calendar.calendar.next_working(*progress.actual_start);
      if (opens - *progress.actual_start < Elapsed{kMinutesPerDay}) progress.actual_start = opens;
    }
    if (progress.actual_finish && is_bare(finish_column)) {
      const Instant closes = calendar.calendar.previous_working(*progress.actual_finish);
      if (*progress.actual_finish - closes < Elapsed{kMinutesPerDay})
        progress.actual_finish = closes;
    }
    reader.plan.progress.push_back(progress);
    table.accept(row);
  }
}

}  // namespace diaodu::formats
