#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "diaodu/formats/columns.h"
#include "diaodu/formats/settings.h"
#include "diaodu/formats/table_writer.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/plan_pair.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using Change = Difference::Change;

/// Columns that identify a row; where several rows share them, the first is the first one's, and so on.
struct Keys {
  TableKind table;
  std::array<std::string_view, 4> columns;
};
constexpr std::array kKeys = std::to_array<Keys>({
    {TableKind::plan, {"key"}},
    {TableKind::calendars, {"calendar", "setting"}},
    {TableKind::tasks, {"id"}},
    {TableKind::links, {"from", "to"}},
    {TableKind::modes, {"task", "mode"}},
    {TableKind::resources, {"id"}},
    {TableKind::demands, {"task", "mode", "resource", "skill"}},
    {TableKind::availability, {"resource", "from"}},
    {TableKind::places, {"id"}},
    {TableKind::routes, {"id", "from", "to", "via"}},
    {TableKind::targets, {"id"}},
    {TableKind::risks, {"id"}},
    {TableKind::decisions, {"id"}},
    {TableKind::progress, {"task"}},
    {TableKind::uncertainty, {"task", "resource", "mode", "of"}},
    {TableKind::correlations, {"a", "b"}},
    {TableKind::weather, {"calendar", "month"}},
    {TableKind::branches, {"group", "task"}},
    {TableKind::peers, {"target", "id"}},
    {TableKind::effects, {"task", "target"}},
    {TableKind::steps, {"task", "id"}},
    {TableKind::costs, {"task", "resource", "date"}},
    {TableKind::groups, {"id"}},
    {TableKind::people, {"id"}},
    {TableKind::needs, {"place", "role", "by"}},
    {TableKind::visits, {"id"}},
    {TableKind::duties, {"id"}},
    {TableKind::travel_times, {"from", "to"}},
    {TableKind::teams, {"id"}},
    {TableKind::team_rules, {"kind", "trait"}},
    {TableKind::laboratories, {"id"}},
    {TableKind::lab_stages, {"laboratory", "id"}},
    {TableKind::lab_shifts, {"laboratory", "from", "stage"}},
    {TableKind::arrivals, {"laboratory", "place", "at"}},
    {TableKind::cases, {"place", "day"}},
    {TableKind::testing, {"place", "day"}},
    {TableKind::offers, {"place", "good"}},
    {TableKind::wishes, {"place", "good"}},
    {TableKind::preferences, {"from", "to", "good"}},
});
constexpr bool covers_all_tables() {
  std::array<bool, kNumTables> is_there{};
  for (const Keys& keys : kKeys) is_there[static_cast<std::size_t>(keys.table)] = true;
  return std::find(is_there.begin(), is_there.end(), false) == is_there.end();
}
static_assert(covers_all_tables());

const Keys& keys_of(TableKind table) {
  return *std::find_if(kKeys.begin(), kKeys.end(),
                       [table](const Keys& keys) { return keys.table == table; });
}

bool names_task(TableKind table, std::string_view column) {
  if (column == "task") return true;
  if (table == TableKind::links) return column == "from" || column == "to";
  return table == TableKind::tasks && (column == "id" || column == "parent");
}

DifferenceGroup group_of(TableKind table, std::string_view column) {
  switch (table) {
    case TableKind::plan:
      return DifferenceGroup::plan;
    case TableKind::calendars:
      return DifferenceGroup::calendars;
    case TableKind::links:
      return DifferenceGroup::links;
    case TableKind::modes:
      return column == "cost" ? DifferenceGroup::cost : DifferenceGroup::durations;
    case TableKind::resources:
      if (column == "rate") return DifferenceGroup::cost;
      return column == "calendar" ? DifferenceGroup::calendars : DifferenceGroup::resources;
    case TableKind::demands:
    case TableKind::availability:
      return DifferenceGroup::resources;
    case TableKind::progress:
    case TableKind::steps:
      return DifferenceGroup::progress;
    case TableKind::costs:
      return DifferenceGroup::cost;
    case TableKind::tasks:
      break;
    default:
      return DifferenceGroup::others;
  }
  constexpr std::array kColumns = std::to_array<std::pair<std::string_view, DifferenceGroup>>({
      {"", DifferenceGroup::tasks},
      {"id", DifferenceGroup::tasks},
      {"name", DifferenceGroup::tasks},
      {"name_zh", DifferenceGroup::tasks},
      {"parent", DifferenceGroup::tasks},
      {"kind", DifferenceGroup::tasks},
      {"optional", DifferenceGroup::tasks},
      {"duration", DifferenceGroup::durations},
      {"constraint", DifferenceGroup::limits},
      {"date", DifferenceGroup::limits},
      {"second_constraint", DifferenceGroup::limits},
      {"second_date", DifferenceGroup::limits},
      {"deadline", DifferenceGroup::limits},
      {"calendar", DifferenceGroup::calendars},
      {"ignore_resource_calendars", DifferenceGroup::calendars},
      {"cost", DifferenceGroup::cost},
  });
  for (const auto& [name, group] : kColumns) {
    if (name == column) return group;
  }
  return DifferenceGroup::others;
}

struct Row {
  std::vector<std::string> key;
  std::size_t number = 0;  ///< of those with the same key
  std::size_t row = 0;
};

/// A table whose columns can be asked by name.
class Columns {
 public:
  Columns() = default;
  Columns(const formats::WrittenTable& table, const Renamed* renamed)
      : table_(&table), renamed_(renamed) {
    for (const auto& column : table.columns) {
      const formats::Column* known = formats::find_column(table.kind, column.name);
      // A setting's table has columns that the readers take by other names.
      names_.emplace_back(known != nullptr ? std::string(known->name) : column.name);
    }
  }

  std::size_t num_rows() const { return table_ == nullptr ? 0 : table_->num_rows; }
  const std::vector<std::string>& names() const { return names_; }
  std::string cell(std::size_t row, std::string_view name) const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] != name) continue;
      std::string text = table_->columns[i].cell(row);
      if (renamed_ == nullptr || !names_task(table_->kind, name)) return text;
      const auto other = renamed_->find(text);
      return other == renamed_->end() ? text : std::string(other->second);
    }
    return {};
  }

 private:
  const formats::WrittenTable* table_ = nullptr;
  const Renamed* renamed_ = nullptr;  // ids of the earlier plan are told as the later has them
  std::vector<std::string> names_;
};

class TableComparison {
 public:
  TableComparison(const PlanPair& plans, TableKind kind, const Columns& before,
                  const Columns& after, std::vector<Difference>& found)
      : plans_(plans), kind_(kind), before_(before), after_(after), found_(found) {}

  void run() {
    names_ = after_.names();
    for (const std::string& name : before_.names()) {
      if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
    }
    const std::vector<Row> old_rows = rows(before_);
    const std::vector<Row> new_rows = rows(after_);
    std::map<std::pair<std::vector<std::string>, std::size_t>, std::size_t> old;
    for (const Row& row : old_rows) old[{row.key, row.number}] = row.row;
    for (const Row& row : new_rows) {
      const auto match = old.find({row.key, row.number});
      if (match == old.end()) {
        add_row(Change::added, row, after_);
      } else {
        compare(row, match->second);
        old.erase(match);
      }
    }
    for (const Row& row : old_rows) {
      if (old.contains({row.key, row.number})) add_row(Change::removed, row, before_);
    }
  }

 private:
  std::vector<Row> rows(const Columns& table) const {
    std::vector<Row> rows;
    std::map<std::vector<std::string>, std::size_t> count;
    for (std::size_t i = 0; i < table.num_rows(); ++i) {
      Row row{.key = {}, .number = 0, .row = i};
      for (const std::string_view column : keys_of(kind_).columns) {
        if (!column.empty()) row.key.push_back(table.cell(i, column));
      }
      row.number = count[row.key]++;
      rows.push_back(std::move(row));
    }
    return rows;
  }

  bool is_key(std::string_view column) const {
    const auto& columns = keys_of(kind_).columns;
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  }

  Difference begin(Change change, const Row& row, std::string_view column) const {
    Difference difference{.group = group_of(kind_, column),
                          .change = change,
                          .table = std::string(table_name(kind_)),
                          .key = {},
                          .subject = {},
                          .field = std::string(column),
                          .label = {},
                          .before = {},
                          .after = {},
                          .by = {},
                          .task = {}};
    const auto& columns = keys_of(kind_).columns;
    for (std::size_t i = 0; i < row.key.size(); ++i) {
      if (row.key[i].empty()) continue;
      const bool is_task = names_task(kind_, columns[i]);
      if (!difference.key.empty()) {
        difference.key += ", ";
        difference.subject += kind_ == TableKind::links ? " → " : ", ";
      }
      difference.key += row.key[i];
      difference.subject += is_task ? plans_.call(row.key[i]) : row.key[i];
      if (!is_task || difference.task) continue;
      const auto now = plans_.tasks_after.find(row.key[i]);
      difference.task = now != plans_.tasks_after.end() ? now->second : plans_.earlier(row.key[i]);
    }
    if (kind_ == TableKind::plan) return difference;
    const formats::Column* known = formats::find_column(kind_, column);
    difference.label = known == nullptr || known->name != column
                           ? std::string(column)
                           : (plans_.language == Language::chinese ? formats::label_of(*known).zh
                                                                   : formats::label_of(*known).en);
    return difference;
  }

  void add_row(Change change, const Row& row, const Columns& table) {
    Difference difference = begin(change, row, "");
    std::string& cells = change == Change::added ? difference.after : difference.before;
    for (const std::string& name : names_) {
      const bool is_name = kind_ == TableKind::tasks && (name == "name" || name == "name_zh");
      if (is_key(name) || is_name) continue;
      const std::string cell = table.cell(row.row, name);
      if (cell.empty()) continue;
      if (!cells.empty()) cells += ", ";
      cells += cell;
    }
    found_.push_back(std::move(difference));
  }

  void compare(const Row& row, std::size_t old_row) {
    for (const std::string& name : names_) {
      if (is_key(name)) continue;
      std::string before = before_.cell(old_row, name);
      std::string after = after_.cell(row.row, name);
      if (before == after) continue;
      Difference difference = begin(Change::changed, row, name);
      difference.before = std::move(before);
      difference.after = std::move(after);
      found_.push_back(std::move(difference));
    }
  }

  const PlanPair& plans_;
  TableKind kind_;
  const Columns& before_;
  const Columns& after_;
  std::vector<Difference>& found_;
  std::vector<std::string> names_;
};

/// All tables of a plan, its settings among them, by kind.
class Tables {
 public:
  Tables(const Plan& plan, Language language, const Renamed* renamed) {
    for (auto& table : formats::tables_of(plan))
      written_.push_back(formats::in_language(std::move(table), language));
    for (auto& table : formats::tables_of(formats::settings_of(plan)))
      written_.push_back(std::move(table));
    for (const formats::WrittenTable& table : written_)
      columns_[static_cast<std::size_t>(table.kind)] = Columns(table, renamed);
  }
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;

  const Columns& operator[](TableKind kind) const {
    return columns_[static_cast<std::size_t>(kind)];
  }

 private:
  std::vector<formats::WrittenTable> written_;
  std::array<Columns, kNumTables> columns_;
};

}  // namespace

std::vector<Difference> compare_tables(const PlanPair& plans) {
  std::vector<Difference> found;
  const Tables before(plans.before, plans.language, &plans.renamed);
  const Tables after(plans.after, plans.language, nullptr);
  for (std::size_t i = 0; i < kNumTables; ++i) {
    const auto kind = static_cast<TableKind>(i);
    TableComparison(plans, kind, before[kind], after[kind], found).run();
  }
  for (const Task& old : plans.before.tasks) {
    const auto entry = plans.renamed.find(old.id.view());
    if (entry == plans.renamed.end()) continue;
    const auto& [old_id, new_id] = *entry;
    const TaskId task = plans.later(new_id);
    found.push_back({.group = DifferenceGroup::tasks,
                     .change = Change::changed,
                     .table = std::string(table_name(TableKind::tasks)),
                     .key = std::string(new_id),
                     .subject = quoted(plans.after, task, plans.language),
                     .field = "id",
                     .label = say(words::diff_renamed, plans.language),
                     .before = std::string(old_id),
                     .after = std::string(new_id),
                     .by = {},
                     .task = task});
  }
  return found;
}

}  // namespace diaodu::report
