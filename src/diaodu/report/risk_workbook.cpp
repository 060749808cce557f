#include "diaodu/report/risk_workbook.h"

#include <xlsxwriter.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/sheets.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using forecast::DateForecast;
using forecast::Forecast;

constexpr const char* kShare = "0%";
constexpr const char* kDays = "0.0";
constexpr const char* kMoney = "#,##0";
constexpr const char* kCorrelation = "0.00";
constexpr double kDateWidth = 16;
constexpr double kNameWidth = 44;
constexpr double kNumberWidth = 12;

std::string headline_of(const Plan& plan, const Forecast& forecast, Language language) {
  const DateForecast& finish = forecast.finish();
  const auto date = [&](Instant instant) {
    return instant >= kNever ? say(words::risk_no_date, language, {}) : show(plan, instant);
  };
  return say(words::risk_headline, language,
             {chance_words(forecast.confidence, language), date(finish.dates.at_confidence),
              date(finish.planned), chance_words(finish.planned_share, language)});
}

class Book : private Sheets {
 public:
  Book(const Plan& plan, const solve::Answer& answer, const Forecast& forecast, Language language,
       const std::string& file)
      : Sheets(plan, language, file, headline_of(plan, forecast, language)),
        plan_(plan),
        answer_(answer),
        forecast_(forecast),
        language_(language) {}

  int write() {
    write_finish();
    write_dates();
    write_tasks();
    write_drivers();
    write_tornado(words::sheet_risk_tornado, forecast_.tornado, false);
    write_tornado(words::sheet_risk_cost_tornado, forecast_.cost_tornado, true);
    write_risks();
    write_histogram();
    return close();
  }

 private:
  struct Column {
    std::string name;
    double width = 0;
    const char* number = nullptr;  // how numbers look
  };
  using Row = std::vector<Cell>;

  void write_sheet(const Words& name, const std::vector<Column>& columns,
                   const std::vector<Row>& rows) {
    if (rows.empty()) return;
    lxw_worksheet* sheet = add_sheet(name);
    for (std::size_t i = 0; i < columns.size(); ++i)
      add_header(sheet, i, columns[i].name, columns[i].width);
    const std::size_t num_rows = std::min(rows.size(), kMostRows);
    for (std::size_t row = 0; row < num_rows; ++row) {
      for (std::size_t i = 0; i < columns.size(); ++i)
        put_cell(sheet, row + 1, i, rows[row][i], {.number = columns[i].number});
    }
    worksheet_freeze_panes(sheet, 1, 1);
    worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(num_rows),
                         static_cast<lxw_col_t>(columns.size() - 1));
  }

  std::string in_words(const Words& words) const { return std::string(words.in(language_)); }
  Column date_column(std::string name) const { return {std::move(name), kDateWidth}; }
  Cell date(Instant instant) const {
    if (instant >= kNever || instant <= kEver) return {};
    return instant;
  }
  Cell date(double minutes) const { return date(plan_.start + Elapsed{std::llround(minutes)}); }
  std::string name(TaskId task) const {
    return std::string(display_name(plan_.tasks[task], language_));
  }
  /// Working minutes of a task in its own days; periods in abstract plans.
  double days(double minutes, TaskId task) const {
    if (plan_.is_abstract) return minutes;
    const bool is_elapsed = plan_.tasks[task].is_elapsed;
    const WorkTime day = is_elapsed ? WorkTime{kMinutesPerDay} : terms_of(plan_, task).day;
    return minutes / static_cast<double>(day.count());
  }
  double clock_days(double minutes) const {
    return plan_.is_abstract ? minutes : minutes / double{kMinutesPerDay};
  }

  void write_finish() {
    const DateForecast& finish = forecast_.finish();
    const auto& cost = forecast_.cost;
    std::vector<Row> rows;
    const auto add = [&](std::string text, Cell share, Instant at, double cents) {
      rows.push_back(
          {std::move(text), std::move(share), date(at), cost ? Cell(cents / kCentsInOne) : Cell()});
    };
    const forecast::Quantiles<double> costs = cost ? cost->costs : forecast::Quantiles<double>{};
    add("P10", 0.1, finish.dates.p10, costs.p10);
    add("P50", 0.5, finish.dates.p50, costs.p50);
    add("P80", 0.8, finish.dates.p80, costs.p80);
    add("P90", 0.9, finish.dates.p90, costs.p90);
    add(in_words(words::risk_sheet_at_confidence), forecast_.confidence, finish.dates.at_confidence,
        costs.at_confidence);
    add(in_words(words::risk_sheet_mean), {}, finish.dates.mean, costs.mean);
    add(in_words(words::risk_column_planned), finish.planned_share, finish.planned,
        cost ? cost->planned : 0);
    write_sheet(words::risk_finish,
                {{say(words::risk_trials, language_,
                      {std::to_string(forecast_.num_trials), std::to_string(forecast_.seed)}),
                  30},
                 {in_words(words::risk_sheet_share), kNumberWidth, kShare},
                 date_column(in_words(words::finish_column)),
                 {in_words(words::risk_cost), kNumberWidth, kMoney}},
                rows);
  }

  void write_dates() {
    std::vector<Row> rows;
    for (const DateForecast& each : forecast_.dates) {
      if (!each.task) continue;
      const bool has_deadline = each.deadline < kNever;
      rows.push_back({plan_.tasks[each.task].id.str(), name(each.task), date(each.planned),
                      each.planned_share, date(each.dates.p10), date(each.dates.p50),
                      date(each.dates.p80), date(each.dates.p90), date(each.deadline),
                      has_deadline ? Cell(each.deadline_share) : Cell()});
    }
    write_sheet(words::sheet_risk_dates,
                {{in_words(words::id), kNumberWidth},
                 {in_words(words::risk_column_date), kNameWidth},
                 date_column(in_words(words::risk_column_planned)),
                 {in_words(words::risk_sheet_share), kNumberWidth, kShare},
                 date_column("P10"),
                 date_column("P50"),
                 date_column("P80"),
                 date_column("P90"),
                 date_column(in_words(words::deadline)),
                 {in_words(words::risk_column_deadline), kNumberWidth, kShare}},
                rows);
  }

  void write_tasks() {
    std::vector<Row> rows;
    for (const TaskId task : plan_.tasks.ids()) {
      const forecast::TaskDates& each = forecast_.tasks[task];
      if (!each.is_there || !does_work(plan_.tasks[task])) continue;
      const Placement& placed = answer_.schedule.placements[task];
      rows.push_back({plan_.tasks[task].id.str(), name(task), date(placed.start),
                      date(each.start.p10), date(each.start.p50), date(each.start.p80),
                      date(each.start.p90), date(placed.finish), date(each.finish.p10),
                      date(each.finish.p50), date(each.finish.p80), date(each.finish.p90),
                      each.criticality});
    }
    std::vector<Column> columns = {{in_words(words::id), kNumberWidth},
                                   {in_words(words::task), kNameWidth}};
    for (const Words* const of : {&words::start, &words::finish_column}) {
      const std::string what = in_words(*of);
      columns.push_back(date_column(what + ' ' + in_words(words::risk_column_planned)));
      for (const char* share : {"P10", "P50", "P80", "P90"})
        columns.push_back(date_column(what + ' ' + share));
    }
    columns.push_back({in_words(words::risk_column_critical), kNumberWidth, kShare});
    write_sheet(words::sheet_risk_tasks, columns, rows);
  }

  void write_drivers() {
    std::vector<Row> rows;
    for (const forecast::Driver& each : forecast_.drivers) {
      rows.push_back({plan_.tasks[each.task].id.str(), name(each.task), each.criticality,
                      days(each.planned, each.task), days(each.mean, each.task),
                      days(each.deviation, each.task), each.sensitivity,
                      days(each.delay, each.task)});
    }
    write_sheet(words::sheet_risk_drivers,
                {{in_words(words::id), kNumberWidth},
                 {in_words(words::task), kNameWidth},
                 {in_words(words::risk_column_critical), kNumberWidth, kShare},
                 {in_words(words::risk_sheet_planned_days), kNumberWidth, kDays},
                 {in_words(words::risk_sheet_mean_days), kNumberWidth, kDays},
                 {in_words(words::risk_sheet_deviation_days), kNumberWidth, kDays},
                 {in_words(words::risk_column_sensitivity), kNumberWidth, kCorrelation},
                 {in_words(words::risk_sheet_delay_days), kNumberWidth, kDays}},
                rows);
  }

  void write_tornado(const Words& sheet, const std::vector<forecast::Mover>& movers, bool is_cost) {
    std::vector<Row> rows;
    for (const forecast::Mover& each : movers) {
      const bool is_task = static_cast<bool>(each.task);
      const auto end = [&](double value) {
        return is_cost ? Cell(value / kCentsInOne) : date(value);
      };
      rows.push_back(
          {is_task ? plan_.tasks[each.task].id.str() : plan_.risks[each.risk].id.str(),
           is_task ? name(each.task) : std::string(display_name(plan_.risks[each.risk], language_)),
           end(each.low), end(each.high),
           is_cost ? each.spread() / kCentsInOne : clock_days(each.spread())});
    }
    const char* const number = is_cost ? kMoney : kDays;
    write_sheet(sheet,
                {{in_words(words::id), kNumberWidth},
                 {in_words(words::risk_column_mover), kNameWidth},
                 {in_words(words::risk_column_low), kDateWidth, number},
                 {in_words(words::risk_column_high), kDateWidth, number},
                 {in_words(is_cost ? words::risk_column_spread : words::risk_sheet_spread_days),
                  kNumberWidth, number}},
                rows);
  }

  void write_risks() {
    std::vector<Row> rows;
    for (const forecast::RiskEffect& each : forecast_.risks) {
      const Risk& risk = plan_.risks[each.risk];
      rows.push_back({risk.id.str(), std::string(display_name(risk, language_)), each.struck,
                      clock_days(each.delay_if_struck), clock_days(each.delay)});
    }
    write_sheet(words::risk_risks,
                {{in_words(words::id), kNumberWidth},
                 {in_words(words::risk_column_risk), kNameWidth},
                 {in_words(words::risk_column_struck), kNumberWidth, kShare},
                 {in_words(words::risk_sheet_if_struck_days), kNumberWidth, kDays},
                 {in_words(words::risk_sheet_on_average_days), kNumberWidth, kDays}},
                rows);
  }

  void write_histogram() {
    const forecast::Histogram& told = forecast_.histogram;
    std::vector<Row> rows;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < told.counts.size(); ++i) {
      sum += told.counts[i];
      const Instant from = told.from + told.width * static_cast<std::int64_t>(i);
      rows.push_back({date(from), date(from + told.width), static_cast<double>(told.counts[i]),
                      static_cast<double>(sum) / static_cast<double>(forecast_.num_trials)});
    }
    write_sheet(words::sheet_risk_histogram,
                {date_column(in_words(words::risk_sheet_from)),
                 date_column(in_words(words::risk_sheet_to)),
                 {in_words(words::risk_sheet_trials), kNumberWidth},
                 {in_words(words::risk_sheet_share), kNumberWidth, kShare}},
                rows);
  }

  const Plan& plan_;
  const solve::Answer& answer_;
  const Forecast& forecast_;
  Language language_;
};

}  // namespace

void write_risk_workbook(const Plan& plan, const solve::Answer& answer,
                         const forecast::Forecast& forecast, Language language,
                         const std::filesystem::path& path) {
  write_beside(path, [&](const std::string& file) {
    return Book(plan, answer, forecast, language, file).write();
  });
}

}  // namespace diaodu::report
