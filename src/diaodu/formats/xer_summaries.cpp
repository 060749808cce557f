#include <string>
#include <unordered_set>

#include "diaodu/formats/xer_reader.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

/// Longer paths are cut to their last name: a chain of a million elements must not fill the memory.
constexpr std::size_t kLongestPath = 200;

std::unordered_set<std::string> codes_of_tasks(XerReader& reader) {
  const XerCells tasks(reader, "TASK");
  const std::size_t code = tasks.column("task_code");
  std::unordered_set<std::string> codes;
  for (const XerTable::Row& row : tasks.rows()) codes.emplace(tasks.text(row, code));
  return codes;
}

}  // namespace

void read_xer_summaries(XerReader& reader) {
  const XerCells cells(reader, "PROJWBS");
  const std::size_t number = cells.column("wbs_id");
  const std::size_t project = cells.column("proj_id");
  const std::size_t short_name = cells.column("wbs_short_name");
  const std::size_t name = cells.column("wbs_name");
  const std::size_t parent = cells.column("parent_wbs_id");
  std::vector<const XerTable::Row*> rows;
  for (const XerTable::Row& row : cells.rows()) {
    if (!cells.is_ours(row, project) || !cells.require(row, number, "wbs_id")) continue;
    const TaskId id{reader.plan.tasks.size()};
    const auto [first, is_new] = reader.summaries.insert({cells.text(row, number), id});
    if (!is_new) {
      cells.report(found::duplicate_id, row, number,
                   {first->first, std::to_string(rows[first->second.index()]->line)});
      continue;
    }
    Task summary;
    summary.kind = TaskKind::summary;
    summary.name = reader.plan.text(cells.text(row, name));
    reader.plan.tasks.add(summary);
    reader.accept(TableKind::tasks, row);
    rows.push_back(&row);
  }
  for (TaskId id : reader.plan.tasks.ids()) {
    reader.plan.tasks[id].parent =
        XerReader::find(reader.summaries, cells.text(*rows[id.index()], parent));
  }

  // Each after its parents; a circle of parents, which validate() reports, is cut somewhere.
  std::unordered_set<std::string> taken = codes_of_tasks(reader);
  Table<TaskId, char> is_visited(reader.plan.tasks.size(), 0);
  for (TaskId id : reader.plan.tasks.ids()) {
    std::vector<TaskId> walk;
    for (TaskId at = id; at && is_visited[at] == 0; at = reader.plan.tasks[at].parent) {
      is_visited[at] = 1;
      walk.push_back(at);
    }
    for (; !walk.empty(); walk.pop_back()) {
      Task& task = reader.plan.tasks[walk.back()];
      const XerTable::Row& row = *rows[walk.back().index()];
      const std::string own(cells.text(row, short_name).empty() ? cells.text(row, number)
                                                                : cells.text(row, short_name));
      std::string path = task.parent && !reader.plan.tasks[task.parent].id.empty()
                             ? reader.plan.tasks[task.parent].id.str() + "." + own
                             : own;
      if (path.size() > kLongestPath) path = own;
      while (!taken.insert(path).second) path += "#" + std::string(cells.text(row, number));
      task.id = reader.plan.text(path);
    }
  }
}

}  // namespace diaodu::formats
