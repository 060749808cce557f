#include "diaodu/formats/xer_write.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr Words kWide{"the file is in UTF-16; its dates are not written",
                      "文件为 UTF-16 编码；日期未写入"};

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

/// What the activity's cell of that field shall say; empty: it stays.
struct Field {
  std::string_view name;
  std::string (*say)(const Plan& plan, const PlannedDates& dates);
  bool only_before_start = false;
};

template <Instant PlannedDates::*kDate>
std::string date(const Plan& plan, const PlannedDates& dates) {
  return to_string(plan.zone.to_local(dates.*kDate));
}
template <WorkTime PlannedDates::*kTime>
std::string hours(const Plan&, const PlannedDates& dates) {
  constexpr std::int64_t kScale = 10'000;  // four places: no minute is lost
  const std::int64_t minutes = (dates.*kTime).count();
  const std::int64_t half = minutes < 0 ? -30 : 30;
  return decimal_string((minutes * kScale + half) / 60, 4);
}

constexpr std::array kFields = std::to_array<Field>({
    {"early_start_date", date<&PlannedDates::earliest_start>},
    {"early_end_date", date<&PlannedDates::earliest_finish>},
    {"restart_date", date<&PlannedDates::earliest_start>},
    {"reend_date", date<&PlannedDates::earliest_finish>},
    {"late_start_date", date<&PlannedDates::latest_start>},
    {"late_end_date", date<&PlannedDates::latest_finish>},
    {"rem_late_start_date", date<&PlannedDates::latest_start>},
    {"rem_late_end_date", date<&PlannedDates::latest_finish>},
    {"total_float_hr_cnt", hours<&PlannedDates::total_float>},
    {"free_float_hr_cnt", hours<&PlannedDates::free_float>},
    {"target_start_date", date<&PlannedDates::earliest_start>, true},
    {"target_end_date", date<&PlannedDates::earliest_finish>, true},
});

bool says_the_same(std::string_view old, const std::string& now) {
  if (old == now) return true;
  const auto a = parse_decimal(old, 4);
  return a && a == parse_decimal(now, 4);
}

class Rewriter {
 public:
  Rewriter(const Plan& plan, const Sources& sources, const PlannedTable& dates)
      : plan_(plan), dates_(dates), has_begun_(plan.tasks.size(), 0) {
    const std::vector<std::int32_t>& lines = sources[TableKind::tasks].lines;
    for (std::size_t i = 0; i < lines.size() && i < plan.tasks.size(); ++i) {
      if (plan.tasks[TaskId{i}].kind != TaskKind::summary) task_at_[lines[i]] = TaskId{i};
    }
    for (const Progress& progress : plan.progress) has_begun_[progress.task] = 1;
    for (TaskId task : plan.tasks.ids()) {
      const bool is_hung = plan.tasks[task].is_hammock() && plan.data_date;
      if (is_hung && dates[task].start < *plan.data_date) has_begun_[task] = 1;
    }
  }

  std::string run(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::int32_t number = 1; !bytes.empty(); ++number) {
      const std::size_t end = bytes.find('\n');
      const std::size_t size = end == std::string_view::npos ? bytes.size() : end + 1;
      add(bytes.substr(0, size), number, text);
      bytes.remove_prefix(size);
    }
    return text;
  }

 private:
  void add(std::string_view line, std::int32_t number, std::string& text) {
    const std::size_t tail = std::min(line.find_first_of("\r\n"), line.size());
    const std::string_view content = line.substr(0, tail);
    if (content.starts_with("%T"))
      is_task_ = content.starts_with("%T\tTASK") && cells_of(content)[1] == "TASK";
    if (is_task_ && content.starts_with("%F")) header_ = cells_of(content);
    const auto task = task_at_.find(number);
    const bool is_ours = is_task_ && content.starts_with("%R") && task != task_at_.end();
    if (!is_ours || !dates_[task->second].has_float || !dates_[task->second].is_scheduled) {
      text += line;
      return;
    }
    const std::vector<std::string_view> cells = cells_of(content);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += '\t';
      text += cell(cells[i], i, task->second);
    }
    text += line.substr(tail);
  }

  std::string cell(std::string_view old, std::size_t column, TaskId task) const {
    if (column >= header_.size()) return std::string(old);
    for (const Field& field : kFields) {
      if (field.name != header_[column] || (field.only_before_start && has_begun_[task] != 0))
        continue;
      const std::string now = field.say(plan_, dates_[task]);
      return says_the_same(old, now) ? std::string(old) : now;
    }
    return std::string(old);
  }

  const Plan& plan_;
  const PlannedTable& dates_;
  Table<TaskId, char> has_begun_;
  std::unordered_map<std::int32_t, TaskId> task_at_;
  std::vector<std::string_view> header_;
  bool is_task_ = false;
};

}  // namespace

std::string rewrite_xer(std::string_view bytes, const Plan& plan, const Sources& sources,
                        const PlannedTable& dates, Findings& findings) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    findings.add(found::read_otherwise, {}, {kWide});
    return std::string(bytes);
  }
  return Rewriter(plan, sources, dates).run(bytes);
}

}  // namespace diaodu::formats
