#include "diaodu/formats/tjp_tables.h"

#include <utility>

#include "diaodu/formats/tjp_hours.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

std::string work_text(std::int64_t minutes) { return std::to_string(minutes) + "min"; }
std::string clock_text(std::int64_t minutes) { return std::to_string(minutes) + "emin"; }

void TjpTables::set(std::string key, std::string value, std::string section) {
  settings_.push_back({std::move(section), std::move(key), std::move(value), "", project_});
}

void TjpTables::add_calendar(const std::string& id, const WorkPattern& hours, const Where& where) {
  add_hours(id, hours, where, settings_);
}

void TjpTables::add_task(const Where& where, const Row& row) {
  const int column = where.column;
  tasks_.add(where.line, {{row.id, column},
                          {row.name, column},
                          {row.parent, column},
                          {row.work.duration, column},
                          {row.work.kind, column},
                          {row.work.calendar, column},
                          {std::to_string(row.priority), column},
                          {row.constraint, column},
                          {row.date, column},
                          {row.deadline, column},
                          {row.owner, column},
                          {row.note, column}});
}

void TjpTables::add_resource(const Where& where, std::initializer_list<MadeSheet::Cell> cells) {
  resources_.add(where.line, cells);
}

void TjpTables::add_link(std::string_view from, std::string_view to, std::string_view type,
                         const TjpLink& link) {
  const auto add = [&](std::string_view lag) {
    links_.add(link.where.line,
               {{from, link.where.column}, {to, link.where.column}, {type}, {lag}});
  };
  if (link.gap_clock > 0) add(clock_text(link.gap_clock));
  if (link.gap_work > 0) add(work_text(link.gap_work));
  if (link.gap_clock <= 0 && link.gap_work <= 0) add("");
}

void TjpTables::add_mode(const Where& where, std::string_view task, std::string_view mode,
                         std::int64_t minutes) {
  if (may_add(task.size() + mode.size()))
    modes_.add(where.line, {{task}, {mode}, {work_text(minutes)}});
}

void TjpTables::add_demand(const Where& where, std::string_view task, std::string_view mode,
                           std::string_view resource, std::string_view skill) {
  if (may_add(task.size() + mode.size() + resource.size() + skill.size()))
    demands_.add(where.line, {{task}, {mode}, {resource}, {skill}, {"1"}});
}

bool TjpTables::may_add(std::size_t num_bytes) {
  constexpr std::size_t kMostBytes = 256'000'000;
  num_bytes_ += num_bytes;
  is_full_ =
      is_full_ || demands_.num_rows() + modes_.num_rows() >= kMostWays || num_bytes_ > kMostBytes;
  return !is_full_;
}

void TjpTables::tell_if_full(Findings& findings) const {
  constexpr Words kWays{"people on tasks and ways to do them", "个任务人员分配与执行方式"};
  if (is_full_) findings.add(found::too_many, project_, {std::to_string(kMostWays), kWays});
}

void TjpTables::add_progress(const Where& where, std::initializer_list<MadeSheet::Cell> cells) {
  progress_.add(where.line, cells);
}

std::vector<Sheet> TjpTables::take_sheets() {
  std::vector<Sheet> sheets;
  sheets.push_back(tasks_.take());
  for (MadeSheet* sheet : {&resources_, &modes_, &links_, &demands_, &progress_}) {
    if (sheet->num_rows() > 0) sheets.push_back(sheet->take());
  }
  return sheets;
}

}  // namespace diaodu::formats
