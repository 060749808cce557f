#include "diaodu/formats/folder.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/columns.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/list_header.h"
#include "diaodu/formats/table_writer.h"
#include "diaodu/formats/task_list.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "\xEF\xBB\xBF";

bool is_csv(const fs::path& path) { return folded(shown(path.extension())) == ".csv"; }

std::string csv_of(const WrittenTable& table) {
  std::string text;
  for (const WrittenTable::Column& column : table.columns) {
    if (!text.empty()) text += ',';
    text += csv_cell(column.name);
  }
  text += '\n';
  for (std::size_t row = 0; row < table.num_rows; ++row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) text += ',';
      text += csv_cell(table.columns[i].cell(row));
    }
    text += '\n';
  }
  const bool is_ascii = std::none_of(text.begin(), text.end(),
                                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (!is_ascii) text.insert(0, kMark);
  return text;
}

/// The earliest date before which some task may not start.
std::optional<Instant> earliest_start_in(const Plan& plan) {
  std::optional<Instant> earliest;
  for (const Task& task : plan.tasks) {
    for (const Constraint& constraint : {task.constraint, task.second_constraint}) {
      const bool is_start = constraint.kind == ConstraintKind::start_on_or_after ||
                            constraint.kind == ConstraintKind::start_on ||
                            constraint.kind == ConstraintKind::mandatory_start;
      if (is_start) earliest = std::min(earliest.value_or(constraint.date), constraint.date);
    }
  }
  for (const Progress& progress : plan.progress) {
    if (!progress.actual_start) continue;
    earliest = std::min(earliest.value_or(*progress.actual_start), *progress.actual_start);
  }
  return earliest;
}

}  // namespace

bool is_plan_table(const fs::path& file) {
  return is_csv(file) && find_table(shown(file.stem())) != nullptr;
}

ReadPlan read_folder(const fs::path& folder) {
  Findings findings;
  std::vector<Setting> settings;
  std::error_code error;
  if (const fs::directory_iterator probe(folder, error); error) {
    findings.add(found::unreadable_file, {.file = shown(folder)}, {error.message()});
    return {{}, {}, std::move(findings)};
  }
  constexpr std::string_view kSettings = "plan.toml";
  constexpr std::size_t kMostSettingsBytes = 8 << 20;  // the parser takes fifty times as much
  // A link that leads nowhere, or round and round, is there; reading it says what is wrong with it.
  if (fs::symlink_status(folder / kSettings, error).type() != fs::file_type::not_found) {
    if (const auto text =
            read_file(folder / kSettings, std::string(kSettings), findings, kMostSettingsBytes)) {
      settings = read_toml(to_utf8(*text, kSettings, findings), std::string(kSettings), findings);
    }
  }
  std::vector<Sheet> sheets;
  for (const fs::path& path : files_in(folder)) {
    if (!is_csv(path)) continue;
    const std::string file = shown(path.filename());
    const std::string name = shown(path.stem());
    if (find_table(name) == nullptr) {  // make_plan says so
      Sheet& unknown = sheets.emplace_back();
      unknown.file = file;
      unknown.name = name;
    } else if (const auto bytes = read_file(path, file, findings)) {
      sheets.push_back(read_csv(*bytes, file, name, findings));
    }
  }
  return make_plan(std::move(settings), sheets, std::move(findings));
}

void write_folder(const Plan& plan, const fs::path& folder, Language language) {
  fs::create_directories(folder);
  FileSet files;
  files.add(folder / "plan.toml", toml_of(settings_of(plan)));
  std::vector<fs::path> written;
  for (const WrittenTable& table : tables_of(plan)) {
    written.push_back(folder / (std::string(table_name(table.kind)) + ".csv"));
    files.add(written.back(), csv_of(in_language(table, language)));
  }
  files.commit();
  // What is left of an earlier plan's tables would be read as part of this one.
  for (const fs::path& path : files_in(folder)) {
    const bool is_ours = std::find(written.begin(), written.end(), path) != written.end();
    if (is_ours || fs::is_directory(path)) continue;
    if (is_plan_table(path)) fs::remove(path);
  }
}

ReadPlan read_lone_table(std::string_view bytes, const std::string& file) {
  const auto read = [&](std::vector<Setting> settings) {
    Findings findings;
    std::vector<Sheet> sheets;
    sheets.push_back(read_csv(bytes, file, "tasks", findings));
    return make_plan(std::move(settings), sheets, std::move(findings));
  };
  ReadPlan without_start = read({});
  const auto earliest = earliest_start_in(without_start.plan);
  if (!earliest) return without_start;
  const Date start = without_start.plan.zone.to_local(*earliest).date();
  ReadPlan result = read({{"plan", "start", to_string(start), "", {.file = file}}});
  result.findings.add(found::start_assumed, {.file = file}, {to_string(start)});
  result.findings.sort();
  return result;
}

ReadPlan read_lone_list(std::string_view bytes, const std::string& file) {
  Findings findings;
  const Sheet grid = read_csv(bytes, file, "tasks", findings, true);
  return read_task_list(grid, std::move(findings));
}

bool looks_like_list(std::string_view bytes) {
  Findings ignored;
  return is_task_list(
      read_csv(cut(bytes, bytes.empty() ? 0 : bytes.size() - 1), "", "", ignored, true));
}

bool looks_like_tasks(std::string_view bytes) {
  Findings ignored;
  const Sheet sheet = read_csv(cut(bytes, bytes.empty() ? 0 : bytes.size() - 1), "", "", ignored);
  bool has_id = false;
  bool has_work = false;  // many tables have ids and names; these columns are a task's
  for (const std::string& header : sheet.header) {
    const Column* column = find_column(TableKind::tasks, header);
    if (column == nullptr) continue;
    has_id = has_id || column->name == "id";
    has_work = has_work || column->name == "duration" || column->name == "predecessors";
  }
  return has_id && has_work;
}

}  // namespace diaodu::formats
