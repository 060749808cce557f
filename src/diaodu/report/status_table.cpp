#include "diaodu/report/status_table.h"

#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/grid.h"
#include "diaodu/report/status_words.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using track::EarnedValue;
using track::Status;

constexpr const char* kMoney = "#,##0.00";
constexpr const char* kRatio = "0.00";
constexpr const char* kShare = "0%";
constexpr const char* kDays = "0.0";
constexpr double kIdWidth = 10;
constexpr double kNameWidth = 36;
constexpr double kDateWidth = 16;
constexpr double kNumberWidth = 13;
constexpr double kWordsWidth = 70;

using Row = Grid::Row;

Cell money(const std::optional<Money>& amount) {
  return amount ? Cell(static_cast<double>(amount->count()) / kCentsInOne) : Cell();
}
Cell number(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }
Cell date(const std::optional<Instant>& instant) { return instant ? Cell(*instant) : Cell(); }

class Grids {
 public:
  Grids(const Plan& plan, const Status& status, Language language)
      : plan_(plan), status_(status), language_(language) {}

  Grid tasks() const {
    Grid grid{&words::status_sheet_tasks,
              {{word(words::id), kIdWidth},
               {word(words::status_column_task), kNameWidth},
               {word(words::status_column_owner), kIdWidth},
               {word(words::status_column_light), kIdWidth},
               {word(words::status_column_why), kWordsWidth},
               {word(words::status_column_done), kIdWidth, kShare},
               {word(words::start), kDateWidth},
               {word(words::finish_column), kDateWidth},
               {word(words::status_column_baseline_finish), kDateWidth},
               {word(words::status_column_slip_days), kNumberWidth, kDays},
               {word(words::status_column_causes), kWordsWidth},
               {word(words::status_column_root), kIdWidth},
               {word(words::status_column_float_days), kNumberWidth, kDays},
               {word(words::critical), kIdWidth},
               {word(words::status_column_reported), kDateWidth}},
              {}};
    add_value_columns(grid);
    for (const TaskId id : outline(plan_)) {
      const track::TaskStatus& task = status_.tasks[id];
      const bool is_there = task.stage != track::Stage::left_out;
      std::string causes;
      for (const track::Slip::Cause& cause : task.slip.causes) {
        if (!causes.empty()) causes += language_ == Language::chinese ? "；" : "; ";
        causes += cause_words(plan_, cause, id, language_);
      }
      Row row = {
          plan_.tasks[id].id.str(),
          std::string(display_name(plan_.tasks[id], language_)),
          plan_.tasks[id].owner.str(),
          word(light_word(task.light.light)),
          reasons_words(plan_, task.light, id, language_),
          task.share.as_number(),
          date(is_there ? std::optional(task.now.from) : std::nullopt),
          date(is_there ? std::optional(task.now.to) : std::nullopt),
          date(task.has_baseline ? std::optional(task.baseline.to) : std::nullopt),
          task.has_baseline && is_there ? Cell(number_of_days(plan_, task.slip.total, id)) : Cell(),
          causes,
          task.slip.root ? plan_.tasks[task.slip.root].id.str() : std::string(),
          task.total_float ? Cell(number_of_days(plan_, *task.total_float, id)) : Cell(),
          word(task.is_critical ? words::yes : words::no),
          date(task.reported)};
      add_value(row, task.value);
      grid.rows.push_back(std::move(row));
    }
    return grid;
  }

  Grid periods(const Words& name, const std::vector<track::PeriodStatus>& periods) const {
    Grid grid{&name,
              {{word(words::status_column_from), kDateWidth},
               {word(words::status_column_to), kDateWidth}},
              {}};
    for (const char* letters : {"PV", "EV", "AC"})
      grid.columns.push_back({letters, kNumberWidth, kMoney});
    for (const char* letters : {"PV", "EV", "AC"}) {
      grid.columns.push_back(
          {say(words::status_column_so_far, language_, {letters}), kNumberWidth, kMoney});
    }
    for (const track::PeriodStatus& each : periods) {
      const auto if_past = [&](Money amount) { return each.is_past ? money(amount) : Cell(); };
      grid.rows.push_back({each.during.from, each.during.to, money(each.planned),
                           if_past(each.earned), if_past(each.actual), money(each.planned_so_far),
                           if_past(each.earned_so_far), if_past(each.actual_so_far)});
    }
    return grid;
  }

  Grid resources() const {
    Grid grid{&words::status_sheet_resources,
              {{word(words::id), kIdWidth}, {word(words::resources), kNameWidth}},
              {}};
    add_value_columns(grid);
    for (const track::ResourceStatus& each : status_.resources) {
      const bool is_fixed = !each.resource;
      Row row = {is_fixed ? std::string() : plan_.resources[each.resource].id.str(),
                 is_fixed ? word(words::status_fixed)
                          : std::string(display_name(plan_.resources[each.resource], language_))};
      add_value(row, each.value);
      grid.rows.push_back(std::move(row));
    }
    return grid;
  }

  Grid ahead() const {
    Grid grid{&words::status_sheet_ahead,
              {{word(words::status_column_owner), kIdWidth},
               {word(words::status_column_what), kDateWidth},
               {word(words::id), kIdWidth},
               {word(words::status_column_task), kNameWidth},
               {word(words::status_column_when), kDateWidth},
               {word(words::status_column_expected), kDateWidth}},
              {}};
    for (const track::LookAhead& list : status_.ahead) {
      for (const track::LookAhead::Entry& entry : list.entries) {
        grid.rows.push_back({list.owner, word(entry_word(entry.kind)),
                             plan_.tasks[entry.task].id.str(),
                             std::string(display_name(plan_.tasks[entry.task], language_)),
                             entry.when, entry.expected});
      }
    }
    return grid;
  }

 private:
  std::string word(const Words& words) const { return std::string(words.in(language_)); }

  static void add_value_columns(Grid& grid) {
    for (const char* letters : {"BAC", "PV", "EV", "AC", "SV", "CV"})
      grid.columns.push_back({letters, kNumberWidth, kMoney});
    for (const char* letters : {"SPI", "CPI"}) grid.columns.push_back({letters, kIdWidth, kRatio});
    grid.columns.push_back({"EAC", kNumberWidth, kMoney});
  }
  static void add_value(Row& row, const EarnedValue& value) {
    row.insert(row.end(), {money(value.budget), money(value.planned), money(value.earned),
                           money(value.has_actual ? std::optional(value.actual) : std::nullopt),
                           money(value.schedule_variance()), money(value.cost_variance()),
                           number(value.schedule_performance()), number(value.cost_performance()),
                           money(track::estimates_at_completion(value).usual())});
  }

  const Plan& plan_;
  const Status& status_;
  Language language_;
};

}  // namespace

std::string status_csv(const Plan& plan, const Status& status, Language language) {
  return grid_csv(plan, Grids(plan, status, language).tasks());
}

void write_status_workbook(const Plan& plan, const Status& status, Language language,
                           const std::filesystem::path& path) {
  const Grids grids(plan, status, language);
  const std::vector<Grid> all = {
      grids.tasks(), grids.periods(words::status_sheet_months, status.months),
      grids.periods(words::status_sheet_weeks, status.weeks), grids.resources(), grids.ahead()};
  write_grids(plan, all, language,
              say(words::status_as_of, language, {show_end(plan, status.as_of)}), path);
}

}  // namespace diaodu::report
