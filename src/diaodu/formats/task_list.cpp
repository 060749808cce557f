#include "diaodu/formats/task_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/columns.h"
#include "diaodu/formats/list_calendar.h"
#include "diaodu/formats/list_columns.h"
#include "diaodu/formats/list_dates.h"
#include "diaodu/formats/list_references.h"
#include "diaodu/formats/list_resources.h"
#include "diaodu/formats/list_rows.h"
#include "diaodu/formats/made_sheet.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using enum ListColumn;

constexpr Words kFractions{"shares of work done are read as fractions: 0.5 is half",
                           "完成比例按小数读取：0.5 即一半"};
constexpr Words kBareDays{"durations without a unit are days", "没有单位的工期按天计"};
constexpr Words kLinksDecide{
    "of tasks with predecessors the listed start is not used: links decide; it is kept as a column",
    "有前置任务的任务不采用清单中的开始时间，由关系决定；原值作为列保留"};
constexpr Words kFromDates{
    "durations that are not given are the working time between start and finish",
    "未填写的工期取开始与完成之间的工作时间"};
constexpr Words kMonthFirst{"dates are read as month/day/year", "日期按 月/日/年 读取"};
constexpr Words kDayFirst{"dates are read as day/month/year", "日期按 日/月/年 读取"};
constexpr Words kYearFirst{"dates are read as year/month/day", "日期按 年/月/日 读取"};
constexpr Words kNoDates{
    "no row says when it starts: write the first one's date into a column 'Start'",
    "没有任何一行写明何时开始：请增加“开始时间”列并填写首项任务的日期"};
constexpr Words kNoWork{"no working time lies between its dates", "其起止日期之间没有工作时间"};
constexpr Words kNoConstraint{"its constraint is none that diaodu knows; it is not kept",
                              "无法识别其日期约束，未保留"};

class ListReader {
 public:
  ListReader(const Sheet& grid, ListHeader header, Findings findings)
      : header_(std::move(header)), cells_{grid, header_}, findings_(std::move(findings)) {}

  ReadPlan run() {
    rows_ = find_list_rows(cells_, guesses_, findings_);
    read_dates();
    choose_calendar();
    add_tasks();
    std::vector<Sheet> sheets;
    sheets.push_back(tasks_.take());
    add_resources();
    for (MadeSheet* sheet : {&links_, &resources_, &demands_, &progress_}) {
      if (sheet->num_rows() > 0) sheets.push_back(sheet->take());
    }
    tell();
    ReadPlan read = make_plan(std::move(settings_), sheets, std::move(findings_));
    keep_list_columns(cells_, rows_, read);
    return read;
  }

 private:
  void add(std::string section, std::string key, std::string value) {
    settings_.push_back(
        {std::move(section), std::move(key), std::move(value), "", {.file = cells_.grid.file}});
  }
  std::string_view text(const ListRow& row, ListColumn column) const {
    return cells_.text(row.row, column);
  }
  Where where(const ListRow& row, ListColumn column) const { return cells_.where(row.row, column); }
  MadeSheet::Cell cell(const ListRow& row, ListColumn column, std::string_view text) const {
    return {text, where(row, column).column};
  }
  int line(const ListRow& row) const { return cells_.line(row.row); }
  int shown(ListColumn column) const {
    return header_.has(column) ? cells_.grid.header_number(header_[column]) : 0;
  }

  void read_dates() {
    for (const ListRow& row : rows_) {
      for (const ListColumn column :
           {start, finish, actual_start, actual_finish, deadline, constraint_date}) {
        dates_.look_at(date_text(row, column));
      }
      dates_.look_at(date_text(row, start), date_text(row, finish));
    }
    dates_.decide();
    for (ListRow& row : rows_) {
      if (!row.is_active) continue;
      row.start = date(row, start);
      row.finish = date(row, finish);
      if (row.start && row.finish && end_of(*row.finish) < row.start->time) {
        findings_.add(found::empty_interval, where(row, finish));
        row.finish.reset();
      }
    }
    if (const auto order = dates_.order()) {
      guesses_.emplace_back(*order == ListDates::Order::month_day_year   ? kMonthFirst
                            : *order == ListDates::Order::day_month_year ? kDayFirst
                                                                         : kYearFirst);
    }
  }

  /// Primavera marks dates: `02-Mar-26 A` has happened, `02-Mar-26*` is held by a constraint.
  std::string_view date_text(const ListRow& row, ListColumn column) const {
    std::string_view written = text(row, column);
    if (written.ends_with(" A")) written.remove_suffix(2);
    if (written.ends_with('*')) written.remove_suffix(1);
    return trimmed(written);
  }
  bool has_happened(const ListRow& row, ListColumn column) const {
    return text(row, column).ends_with(" A");
  }

  std::optional<DateText> date(const ListRow& row, ListColumn column) {
    const std::string_view written = date_text(row, column);
    if (written.empty()) return {};
    auto date = dates_.read(written);
    // Spreadsheets and scripts write a day as its midnight.
    if (date && date->time.minute_of_day() == 0) date->has_clock = false;
    if (!date) {
      findings_.add(dates_.is_unclear(written) || is_unclear_date(written) ? found::unclear_date
                                                                           : found::bad_date,
                    where(row, column), {written});
    }
    return date;
  }
  static std::string in_our_words(const std::optional<DateText>& date) {
    if (!date) return {};
    return date->has_clock ? to_string(date->time) : to_string(date->time.date());
  }

  void choose_calendar() {
    std::vector<std::optional<DurationText>> durations;
    for (const ListRow& row : rows_) {
      durations.push_back(row.is_summary ? std::nullopt : parse_duration(own_duration(row)));
    }
    calendar_.choose(rows_, durations);
    if (calendar_.is_usual()) return;
    guesses_.emplace_back(calendar_.meaning());
    for (const Setting& setting : calendar_.settings()) settings_.push_back(setting);
    add("plan", "calendar", std::string(calendar_.id()));
  }

  /// As the list has it, with a unit where that is told elsewhere.
  std::string own_duration(const ListRow& row) {
    std::string written(text(row, duration));
    const auto replace = [&written](std::string_view part, std::string_view by) {
      const std::size_t at = written.find(part);
      if (at != std::string::npos) written.replace(at, part.size(), by);
    };
    replace("？", "?");
    replace("working ", "");
    replace("business ", "");
    replace("elapsed ", "e");
    if (written.empty()) return written;
    const auto parsed = parse_duration(written);
    if (parsed && parsed->unit == DurationText::Unit::none) {
      if (header_.duration_unit.empty() && parsed->thousandths != 0) has_bare_days_ = true;
      written = std::string(trimmed(written.substr(0, written.find('?')))) +
                (header_.duration_unit.empty() ? "d" : header_.duration_unit);
    }
    return written;
  }

  std::string duration_of(const ListRow& row) {
    if (row.is_summary) return {};
    std::string written = own_duration(row);
    if (!written.empty()) return written;
    if (parse_yes_no(text(row, milestone)).value_or(false)) return "0d";
    if (!row.start || !row.finish) return {};
    has_spans_ = true;
    const WorkTime between = calendar_.work_between(row);
    if (between == WorkTime{}) {
      findings_.add(found::not_kept, where(row, finish), {row.name, kNoWork});
    }
    return std::to_string(between.count()) + "min";
  }

  bool is_by_hand(const ListRow& row) const {
    const std::string written = folded(text(row, mode));
    return written.starts_with("manual") || written.find("手动") != std::string::npos;
  }

  struct Limit {
    std::string kind;
    std::string date;
  };
  Limit limit_of(const ListRow& row) {
    if (row.is_summary) return {};
    if (is_by_hand(row) && row.start) return {"mandatory_start", in_our_words(row.start)};
    Limit limit{std::string(text(row, constraint)), in_our_words(date(row, constraint_date))};
    if (!limit.kind.empty() && !is_known_constraint(limit.kind)) {
      limit.date.clear();
      findings_.add(found::not_kept, where(row, constraint), {row.name, kNoConstraint});
    }
    if (!limit.kind.empty() && !limit.date.empty()) return limit;
    if (is_as_late_as_possible(limit.kind)) return limit;
    if (row.has_predecessors) {
      has_linked_starts_ = has_linked_starts_ || row.start.has_value();
      return {};
    }
    if (!row.start) return {};
    const bool is_plan_start = row.start->time.date() == start_.date() && !row.start->has_clock;
    return is_plan_start ? Limit{} : Limit{"start_on_or_after", in_our_words(row.start)};
  }
  static bool is_known_constraint(std::string_view written) {
    return std::any_of(kConstraintKinds.begin(), kConstraintKinds.end(), [&](const auto& choice) {
      const std::string names = '|' + std::string(choice.names) + '|';
      return names.find('|' + folded(written) + '|') != std::string::npos;
    });
  }
  static bool is_as_late_as_possible(std::string_view written) {
    const std::string word = folded(written);
    return word == "as_late_as_possible" || word == "alap" || word == "越晚越好";
  }

  void add_start() {
    std::optional<LocalTime> earliest;
    for (const ListRow& row : rows_) {
      for (const auto& date :
           {row.start, row.is_active ? dates_.read(date_text(row, actual_start)) : std::nullopt}) {
        if (date) earliest = std::min(earliest.value_or(date->time), date->time);
      }
    }
    if (!earliest) {
      guesses_.emplace_back(kNoDates);
      return;
    }
    start_ = LocalTime::at(earliest->date(), 0);
    add("plan", "start", to_string(start_.date()));
  }

  void add_name() {
    for (std::size_t row = 0; row < header_.row; ++row) {
      const Sheet::Row& of = cells_.grid.rows[row];
      for (std::size_t i = 0; i < of.num_cells; ++i) {
        const std::string_view title = ListCells::bare(cells_.grid.cell(of, i));
        if (title.empty()) continue;
        add("plan", "name", std::string(title));
        return;
      }
    }
  }

  void add_tasks() {
    add_name();
    add_start();
    find_fractions();
    const ListReferences references(cells_, rows_);
    add_successors(references);
    tasks_ = MadeSheet("tasks", cells_.grid.file,
                       {{"id", shown(id)},
                        {"name", shown(name)},
                        {"parent", shown(wbs)},
                        {"duration", shown(duration)},
                        {"owner", shown(owner)},
                        {"priority", shown(priority)},
                        {"constraint", shown(constraint)},
                        {"date", shown(start)},
                        {"deadline", shown(deadline)},
                        {"predecessors", shown(predecessors)},
                        {"notes", shown(notes)}});
    for (const ListRow& row : rows_) {
      if (!row.is_active) continue;
      std::size_t parent = row.parent;
      while (parent != ListRow::kNone && !rows_[parent].is_active) parent = rows_[parent].parent;
      const std::string own = duration_of(row);
      const Limit limit = limit_of(row);
      const std::string due = in_our_words(date(row, deadline));
      const std::string links = references.in_our_words(text(row, predecessors));
      tasks_.add(line(row),
                 {cell(row, id, row.id), cell(row, name, row.name),
                  cell(row, wbs, parent == ListRow::kNone ? "" : rows_[parent].id),
                  cell(row, duration, own), cell(row, owner, text(row, owner)),
                  cell(row, priority, priority_of(row)), cell(row, constraint, limit.kind),
                  cell(row, start, limit.date), cell(row, deadline, due),
                  cell(row, predecessors, links), cell(row, notes, text(row, notes))});
      if (!row.is_summary) add_progress(row);
    }
  }

  /// A list may say what comes after a task, instead of what comes before it.  Where it says both, most
  /// links stand there twice; then predecessors count.
  void add_successors(const ListReferences& references) {
    std::set<std::pair<const ListRow*, const ListRow*>> known;
    for (ListRow& row : rows_) {
      row.has_predecessors = !text(row, predecessors).empty();
      for (const ListReference& before : references.read(text(row, predecessors))) {
        known.insert({before.row, &row});
      }
    }
    for (const ListRow& row : rows_) {
      if (!row.is_active) continue;
      for (const ListReference& after : references.read(text(row, successors))) {
        if (after.row != nullptr) {
          if (known.contains({&row, after.row})) continue;
          rows_[static_cast<std::size_t>(after.row - rows_.data())].has_predecessors = true;
        }
        const std::string_view to = after.row == nullptr ? after.written : after.row->id;
        links_.add(line(row),
                   {cell(row, id, row.id), cell(row, successors, to),
                    cell(row, successors, after.type), cell(row, successors, after.lag)});
      }
    }
  }

  /// Only numbers; words of priority differ from team to team, and are kept as they are.
  std::string_view priority_of(const ListRow& row) const {
    const std::string_view written = text(row, priority);
    return written.find_first_not_of("0123456789") == std::string_view::npos ? written : "";
  }

  /// As it stands there, with a point where the list's commas are points.
  std::string share_text(const ListRow& row) const {
    std::string written(text(row, percent));
    if (cells_.grid.has_decimal_comma) std::replace(written.begin(), written.end(), ',', '.');
    return written;
  }

  void find_fractions() {
    bool has_part = false;
    bool has_whole = false;
    for (const ListRow& row : rows_) {
      const std::string written = share_text(row);
      if (written.empty()) continue;
      const auto value = parse_decimal(written, 4);
      if (!value) continue;  // `35%`, or words
      if (*value > 1'0000) return;
      has_part = has_part || *value % 1'0000 != 0;
      has_whole = has_whole || *value == 1'0000;
    }
    // Of nothing but 0 and 1 the 1 is more likely all than a hundredth.
    has_fractions_ = has_part || has_whole;
    if (has_fractions_) guesses_.emplace_back(kFractions);
  }

  std::string percent_of(const ListRow& row) const {
    std::string written = share_text(row);
    if (const std::size_t wide = written.find("％"); wide != std::string::npos)
      written.replace(wide, 3, "%");
    const std::string word = folded(written);
    for (const std::string_view done :
         {"done", "complete", "completed", "finished", "yes", "完成", "已完成", "是"}) {
      if (word == done) return "100";
    }
    for (const std::string_view open : {"open", "not_started", "no", "未开始", "未完成", "否"}) {
      if (word == open) return "0";
    }
    if (!has_fractions_) return written;
    const auto share = parse_decimal(written, 4);
    return share ? decimal_string(*share, 2) : written;
  }

  void add_progress(const ListRow& row) {
    const std::string share = percent_of(row);
    const auto begun = has_happened(row, start) ? row.start : date(row, actual_start);
    const auto ended = has_happened(row, finish) ? row.finish : date(row, actual_finish);
    std::string_view number = share;
    if (number.ends_with('%')) number.remove_suffix(1);
    const auto value = parse_decimal(trimmed(number), 2);
    const bool is_nothing = share.empty() || (value && *value == 0);
    if (is_nothing && !begun && !ended) return;
    const bool is_done = ended || (value && *value == 100'00);
    const std::string from = in_our_words(begun ? begun : row.start);
    std::string to = in_our_words(ended);
    if (is_done && !ended) to = in_our_words(row.finish);
    const std::string left = to.empty() ? share : std::string();
    progress_.add(line(row),
                  {cell(row, id, row.id), cell(row, begun ? actual_start : start, from),
                   cell(row, ended ? actual_finish : finish, to), cell(row, percent, left)});
  }

  void add_resources() {
    struct Known {
      int line;
      Amount most;
      bool is_material;
    };
    std::map<std::string, Known, std::less<>> known;
    std::vector<std::string> order;
    for (const ListRow& row : rows_) {
      if (!row.is_active || row.is_summary) continue;
      for (const std::string_view part : list_resources_in(text(row, resources))) {
        const auto read = parse_list_resource(part);
        if (!read) {
          findings_.add(found::list_bad_resources, where(row, resources), {part});
          continue;
        }
        const auto [entry, is_new] = known.insert(
            {read->name,
             {line(row), read->is_material ? read->amount : std::max(kOne, read->amount),
              read->is_material}});
        if (is_new) order.push_back(read->name);
        entry->second.most = std::max(entry->second.most, read->amount);
        if (is_milestone(row)) continue;
        demands_.add(line(row), {cell(row, id, row.id), cell(row, resources, read->name),
                                 cell(row, resources, decimal_string(read->amount.count(), 3))});
      }
    }
    for (const std::string& one : order) {
      const Known& resource = known.find(one)->second;
      const std::string capacity =
          resource.is_material ? "" : decimal_string(resource.most.count(), 3);
      resources_.add(resource.line,
                     {{one}, {resource.is_material ? "material" : "people"}, {capacity}});
    }
  }
  bool is_milestone(const ListRow& row) {
    const auto own = parse_duration(own_duration(row));
    return own && own->thousandths == 0;
  }

  void tell() {
    if (has_bare_days_) guesses_.emplace_back(kBareDays);
    if (has_spans_) guesses_.emplace_back(kFromDates);
    if (has_linked_starts_) guesses_.emplace_back(kLinksDecide);
    Argument taken(std::string{});
    for (std::size_t i = 0; i < kNumListColumns; ++i) {
      const auto column = static_cast<ListColumn>(i);
      if (!header_.has(column)) continue;
      const Words label = label_of(column);
      const std::string& written = header_.names[header_[column]];
      taken.en +=
          (taken.en.empty() ? "" : ", ") + ("'" + written + "' is " + std::string(label.en));
      taken.zh += (taken.zh.empty() ? "" : "，") + ("“" + written + "”为" + std::string(label.zh));
    }
    const int at = cells_.grid.rows[header_.row].line;
    findings_.add(found::list_header, {.file = cells_.grid.file, .line = at}, {taken});
    for (const Argument& guess : guesses_) {
      findings_.add(found::read_otherwise, {.file = cells_.grid.file, .line = at}, {guess});
    }
  }

  ListHeader header_;
  ListCells cells_;
  Findings findings_;
  ListGuesses guesses_;
  ListDates dates_;
  std::vector<ListRow> rows_;
  std::vector<Setting> settings_;
  ListCalendar calendar_;
  LocalTime start_;
  MadeSheet tasks_{"tasks", "", {}};
  MadeSheet links_{"links", cells_.grid.file, {{"from"}, {"to"}, {"type"}, {"lag"}}};
  MadeSheet resources_{"resources", cells_.grid.file, {{"id"}, {"kind"}, {"capacity"}}};
  MadeSheet demands_{"demands", cells_.grid.file, {{"task"}, {"resource"}, {"amount"}}};
  MadeSheet progress_{
      "progress", cells_.grid.file, {{"task"}, {"actual_start"}, {"actual_finish"}, {"percent"}}};
  bool has_bare_days_ = false;
  bool has_spans_ = false;
  bool has_linked_starts_ = false;
  bool has_fractions_ = false;
};

}  // namespace

ReadPlan read_task_list(const Sheet& grid, Findings findings) {
  auto header = find_list_header(grid);
  if (!header) return {{}, {}, std::move(findings)};
  return ListReader(grid, std::move(*header), std::move(findings)).run();
}

}  // namespace diaodu::formats
