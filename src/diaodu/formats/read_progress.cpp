#include <map>
#include <optional>
#include <utility>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/plan_reader.h"
#include "diaodu/formats/work_days.h"

namespace diaodu::formats {
namespace {

/// Hundredths of a percent.  `50` and `50%` are the same here, where elsewhere the sign divides by a hundred.
std::optional<int> percent(TableReader& table, std::size_t row, std::size_t column) {
  const int places = table.text(row, column).ends_with('%') ? 4 : 2;
  const auto read = table.number(row, column, places, 0, 100'00);
  return read ? std::optional(static_cast<int>(*read)) : std::nullopt;
}

}  // namespace

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
    progress.resumes = table.date(row, table.column("resumes"), false);
    progress.percent = percent(table, row, table.column("percent"));
    progress.physical_percent = percent(table, row, table.column("physical_percent"));
    if (!progress.task) continue;
    const NamedCalendar& calendar = reader.calendar_of(progress.task);
    if (const auto remaining = table.duration(row, table.column("remaining"), calendar)) {
      progress.remaining = remaining->time;
    }
    if (reader.findings.num_errors() > num_errors) continue;
    const auto is_bare = [&](std::size_t column) {
      const auto date = parse_date(table.text(row, column));
      return date && !date->has_clock;
    };
    if (progress.actual_start && is_bare(start_column))
      progress.actual_start = opening(calendar.calendar, *progress.actual_start);
    if (progress.actual_finish && is_bare(finish_column))
      progress.actual_finish = closing(calendar.calendar, *progress.actual_finish);
    reader.plan.progress.push_back(progress);
    table.accept(row);
  }
}

void read_steps(PlanReader& reader, const Sheet& sheet) {
  constexpr std::int64_t kMost = 1'000'000'000;
  TableReader table = reader.table(TableKind::steps, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  std::map<std::pair<TaskId, std::string_view>, std::size_t> taken;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    Step step;
    step.task =
        reader.refer_required(table, row, table.column("task"), reader.tasks, found::unknown_task);
    const auto id = table.required(row, id_column);
    step.weight = table.number(row, table.column("weight"), 3, 0, kMost).value_or(step.weight);
    step.is_done = table.yes_no(row, table.column("done")).value_or(false);
    if (!step.task || !id || reader.findings.num_errors() > num_errors) continue;
    const auto [same, is_new] = taken.insert({{step.task, *id}, reader.plan.steps.size()});
    if (!is_new) {
      const auto line = reader.sources[TableKind::steps].lines[same->second];
      table.report(found::duplicate_id, row, id_column, {*id, std::to_string(line)});
      continue;
    }
    step.id = reader.plan.text(*id);
    step.name = reader.plan.text(table.text(row, table.column("name")));
    reader.plan.steps.push_back(step);
    table.accept(row);
  }
}

void read_costs(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::costs, sheet);
  if (!table.is_usable()) return;
  const std::size_t date_column = table.column("date");
  const std::size_t amount_column = table.column("amount");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    Spending spending;
    spending.task =
        reader.refer_required(table, row, table.column("task"), reader.tasks, found::unknown_task);
    spending.resource = reader.refer(table, row, table.column("resource"), reader.resources,
                                     found::unknown_resource);
    table.required(row, date_column);
    table.required(row, amount_column);
    const auto date = table.date(row, date_column, false);
    const auto amount = table.money(row, amount_column);
    if (!spending.task || !date || !amount || reader.findings.num_errors() > num_errors) continue;
    spending.when = *date;
    spending.amount = *amount;
    reader.plan.costs.push_back(spending);
    table.accept(row);
  }
}

}  // namespace diaodu::formats
