#include <fstream>
#include <map>
#include <sstream>

#include "diaodu/formats/xer.h"
#include "diaodu/formats/xer_tables.h"
#include "diaodu/formats/xer_write.h"
#include "diaodu/solve/critical_path.h"
#include "support/data.h"

namespace diaodu::solve {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

/// The six quantities as the golden file writes them, named.
using Dates = std::map<std::string, std::string>;

/// By activity: what Primavera made of it.
std::map<std::string, Dates> golden(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = cells_of(line);
  std::map<std::string, Dates> rows;
  while (std::getline(in, line)) {
    Dates row;
    const std::vector<std::string> cells = cells_of(line);
    for (std::size_t i = 0; i < cells.size(); ++i) row[header[i]] = cells[i];
    rows[row["task_code"]] = row;
  }
  return rows;
}

std::string hours(WorkTime time) {
  EXPECT_EQ(time.count() % 60, 0);
  return std::to_string(time.count() / 60);
}

/// The export with diaodu's dates in it.
std::string rewritten(const std::string& bytes, const formats::ReadPlan& read) {
  const Plan& plan = read.plan;
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const Network network = make_network(plan, times, states);
  ForwardPass forward = forward_pass(network);
  CriticalPath& path = forward.path;
  backward_pass(network, path);
  place_as_late_as_possible(network, path);
  formats::PlannedTable dates(plan.tasks.size());
  for (TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].kind == TaskKind::summary) continue;
    const Node node = network.node_of[task];
    dates[task] = {.earliest_start = path.earliest_start[node],
                   .earliest_finish = path.earliest_finish[node],
                   .latest_start = path.latest_start[node],
                   .latest_finish = path.latest_finish[node],
                   .total_float = total_float(network, path, node),
                   .free_float = free_float(network, path, node)};
  }
  Findings findings;
  return formats::rewrite_xer(bytes, plan, read.sources, dates, findings);
}

/// By activity: what diaodu makes of it, by links alone.
std::map<std::string, Dates> computed(const Plan& plan) {
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  const Network network = make_network(plan, times, states);
  ForwardPass forward = forward_pass(network);
  EXPECT_FALSE(forward.circle);
  CriticalPath& path = forward.path;
  backward_pass(network, path);
  place_as_late_as_possible(network, path);
  const auto text = [&plan](Instant instant) { return to_string(plan.zone.to_local(instant)); };
  std::map<std::string, Dates> rows;
  for (TaskId task : plan.tasks.ids()) {
    if (plan.tasks[task].kind == TaskKind::summary) continue;
    const Node node = network.node_of[task];
    rows[plan.tasks[task].id.str()] = {
        {"early_start_date", text(path.earliest_start[node])},
        {"early_end_date", text(path.earliest_finish[node])},
        {"late_start_date", text(path.latest_start[node])},
        {"late_end_date", text(path.latest_finish[node])},
        {"total_float_hr_cnt", hours(total_float(network, path, node))},
        {"free_float_hr_cnt", hours(free_float(network, path, node))}};
  }
  return rows;
}

void agrees_with_primavera(const std::string& name) {
  const std::filesystem::path folder = data_folder() / "p6";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  const formats::ReadPlan read =
      formats::read_xer(content(folder / (name + ".xer")), name + ".xer");
  for (const Finding& finding : read.findings.kept()) {
    EXPECT_NE(finding.kind->severity, Severity::error) << to_string(finding, Language::english);
  }
  const std::map<std::string, Dates> theirs = golden(folder / (name + "-golden.csv"));
  const std::map<std::string, Dates> ours = computed(read.plan);
  ASSERT_EQ(theirs.size(), 62U);
  EXPECT_EQ(ours.size(), theirs.size());
  int num_equal = 0;
  for (const auto& [activity, dates] : theirs) {
    ASSERT_TRUE(ours.contains(activity)) << activity;
    bool is_equal = true;
    for (const auto& [quantity, value] : ours.at(activity)) {
      EXPECT_EQ(value, dates.at(quantity)) << activity << ' ' << quantity;
      is_equal = is_equal && value == dates.at(quantity);
    }
    num_equal += is_equal ? 1 : 0;
  }
  EXPECT_EQ(num_equal, 62);
  // Primavera's own dates are diaodu's: written again, every cell is the same, but for the planned and
  // remaining dates, which in one of the files are not those of its last schedule.
  const std::string bytes = content(folder / (name + ".xer"));
  Findings ignored;
  const formats::XerFile before = formats::read_xer_tables(bytes, name, ignored);
  const formats::XerFile after = formats::read_xer_tables(rewritten(bytes, read), name, ignored);
  ASSERT_EQ(before.tables.size(), after.tables.size());
  for (std::size_t i = 0; i < before.tables.size(); ++i) {
    const formats::XerTable& was = before.tables[i];
    const formats::XerTable& is = after.tables[i];
    ASSERT_EQ(was.cells.size(), is.cells.size());
    for (const formats::XerTable::Row& row : was.rows) {
      for (std::size_t column = 0; column < was.header.size(); ++column) {
        const std::string_view field = was.header[column];
        if (field.starts_with("target_") || field == "restart_date" || field == "reend_date")
          continue;
        EXPECT_EQ(was.cell(row, column), is.cell(row, column)) << was.name << ' ' << field;
      }
    }
  }
}

TEST(Golden, a_plan_held_by_links_alone_has_primaveras_dates_and_floats) {
  agrees_with_primavera("exupery-MDL4RA");
}

TEST(Golden, a_plan_pinned_by_start_on_dates_has_primaveras_dates_and_floats) {
  agrees_with_primavera("exupery-MDL4D");
}

}  // namespace
}  // namespace diaodu::solve
