#include <algorithm>
#include <array>
#include <unordered_map>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/distribution_cells.h"
#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

constexpr Words kAroundTheClock{"around the clock", "连续日历时间"};
constexpr Words kInWorkingTime{"in working time", "工作时间"};

bool is_everything(std::string_view written) { return written.empty() || written == "*"; }

/// Days on the clock for what is worked in working time, or the other way round.
void check_days(PlanReader& reader, TableReader& table, std::size_t row,
                const DistributionReader& cells, TaskId task) {
  const bool is_elapsed = task && reader.plan.tasks[task].is_elapsed;
  const bool fits = is_elapsed ? !cells.has_working_days() : !cells.has_clock_days();
  if (fits) return;
  const std::string name = task ? reader.plan.tasks[task].id.str() : std::string("*");
  table.report(found::work_or_clock, row, cells.first_column(),
               {name, is_elapsed ? kAroundTheClock : kInWorkingTime});
}

class UncertaintyReader {
 public:
  UncertaintyReader(PlanReader& reader, const Sheet& sheet)
      : reader_(reader),
        table_(reader.table(TableKind::uncertainty, sheet)),
        cells_(table_, TableKind::uncertainty, reader.plan.risk.shape) {}

  void run() {
    if (!table_.is_usable()) return;
    for (std::size_t row = 0; row < table_.num_rows(); ++row) read(row);
  }

 private:
  using Of = Uncertainty::Of;

  void read(std::size_t row) {
    const std::size_t num_errors = reader_.findings.num_errors();
    Uncertainty uncertainty;
    if (!is_everything(table_.text(row, task_))) {
      uncertainty.task = reader_.refer(table_, row, task_, reader_.tasks, found::unknown_task);
    }
    uncertainty.resource =
        reader_.refer(table_, row, resource_, reader_.resources, found::unknown_resource);
    read_mode(row, uncertainty);
    uncertainty.of = table_.choice<Of>(row, of_, kUncertainQuantities).value_or(Of::duration);
    if (uncertainty.of == Of::rate && table_.text(row, resource_).empty()) {
      table_.report(found::rate_without_resource, row, of_, {});
    }
    read_factor(row, uncertainty);
    const auto distribution = cells_.read(row, measure_of(uncertainty));
    if (!distribution || reader_.findings.num_errors() > num_errors) return;
    if (uncertainty.of == Of::duration) check_days(reader_, table_, row, cells_, uncertainty.task);
    uncertainty.distribution = *distribution;
    if (!uncertainty.factor.empty()) {
      reader_.factors.add(uncertainty.factor, FactorId{reader_.plan.uncertainties.size()});
    }
    reader_.plan.uncertainties.push_back(std::move(uncertainty));
    table_.accept(row);
  }

  void read_mode(std::size_t row, Uncertainty& uncertainty) {
    const std::string_view mode = table_.text(row, mode_);
    if (mode.empty()) return;
    const std::string_view name = table_.text(row, task_);
    if (is_everything(name)) {
      table_.report(found::missing_cell, row, task_,
                    {label_of(*find_column(TableKind::uncertainty, "task"))});
      return;
    }
    if (!uncertainty.task) return;
    if (reader_.plan.tasks[uncertainty.task].kind == TaskKind::summary) {
      table_.report(found::mode_of_summary, row, mode_, {name});
      return;
    }
    const auto modes = reader_.modes_of.find(uncertainty.task.index());
    if (modes != reader_.modes_of.end()) uncertainty.mode = modes->second.find(mode);
    if (!uncertainty.mode) table_.report(found::unknown_mode, row, mode_, {name, mode});
  }

  void read_factor(std::size_t row, Uncertainty& uncertainty) {
    const auto loading = table_.real(row, loading_, -1, 1);
    const std::string_view factor = table_.text(row, factor_);
    const bool has_loading = !table_.text(row, loading_).empty();
    if (factor.empty() == has_loading) {  // one says nothing without the other
      const std::string_view missing = has_loading ? "factor" : "loading";
      table_.report(found::missing_cell, row, has_loading ? factor_ : loading_,
                    {label_of(*find_column(TableKind::uncertainty, missing))});
    }
    uncertainty.factor = reader_.plan.text(factor);
    uncertainty.loading = loading.value_or(0);
  }

  /// What the cells count, and what is planned of it where that is one number.
  Measure measure_of(const Uncertainty& uncertainty) const {
    const Plan& plan = reader_.plan;
    Measure measure;
    measure.calendar = &reader_.calendar_of(uncertainty.task ? plan.tasks[uncertainty.task].calendar
                                                             : CalendarId{});
    if (uncertainty.of != Of::duration) measure.of = Measure::Of::money;
    if (uncertainty.of == Of::rate) {
      if (uncertainty.resource)
        measure.planned = static_cast<double>(plan.resources[uncertainty.resource].rate.count());
      return measure;
    }
    if (!uncertainty.task || plan.tasks[uncertainty.task].kind == TaskKind::summary) return measure;
    const Task& task = plan.tasks[uncertainty.task];
    const bool is_duration = uncertainty.of == Of::duration;
    if (uncertainty.mode) {
      const Mode& mode = plan.modes[uncertainty.mode];
      measure.planned =
          static_cast<double>(is_duration ? mode.duration.count() : mode.cost.count());
    } else {
      measure.planned =
          static_cast<double>(is_duration ? task.duration.count() : task.cost.count());
    }
    return measure;
  }

  PlanReader& reader_;
  TableReader table_;
  DistributionReader cells_;
  const std::size_t task_ = table_.column("task");
  const std::size_t resource_ = table_.column("resource");
  const std::size_t mode_ = table_.column("mode");
  const std::size_t of_ = table_.column("of");
  const std::size_t factor_ = table_.column("factor");
  const std::size_t loading_ = table_.column("loading");
};

class RisksReader {
 public:
  RisksReader(PlanReader& reader, const Sheet& sheet)
      : reader_(reader),
        table_(reader.table(TableKind::risks, sheet)),
        cells_(table_, TableKind::risks, reader.plan.risk.shape) {}

  void run() {
    if (!table_.is_usable()) return;
    for (std::size_t row = 0; row < table_.num_rows(); ++row) read(row);
  }

 private:
  void read(std::size_t row) {
    const std::size_t num_errors = reader_.findings.num_errors();
    const auto id = table_.required(row, id_);
    Risk risk;
    risk.tasks = tasks(row);
    table_.required(row, probability_);
    risk.probability = table_.real(row, probability_, 0, 1).value_or(0);
    read_impact(row, risk);
    risk.mitigated_probability = table_.real(row, mitigated_, 0, 1);
    risk.mitigation_cost = table_.money(row, mitigation_cost_).value_or(Money{});
    if (risk.mitigation_cost != Money{} && table_.text(row, mitigated_).empty()) {
      table_.report(found::cell_without_use, row, mitigation_cost_,
                    {label_of(*find_column(TableKind::risks, "mitigation_cost")),
                     Argument("without mitigated_probability", "没有缓解后概率")});
    }
    if (!id || reader_.findings.num_errors() > num_errors) return;
    const auto [taken, is_new] = line_of_.insert({*id, table_.where(row, id_).line});
    if (!is_new) {
      table_.report(found::duplicate_id, row, id_, {*id, std::to_string(taken->second)});
      return;
    }
    risk.id = reader_.plan.text(*id);
    risk.name = reader_.plan.text(table_.text(row, table_.column("name")));
    risk.name_zh = reader_.plan.text(table_.text(row, table_.column("name_zh")));
    reader_.plan.risks.push_back(std::move(risk));
    table_.accept(row);
  }

  /// `A3; B4`.  An id may itself hold what separates, and a comma separates where no semicolon does.
  std::vector<TaskId> tasks(std::size_t row) {
    const auto written = table_.required(row, task_);
    if (!written) return {};
    if (const TaskId task = reader_.tasks.find(*written)) return {task};
    constexpr std::array<std::string_view, 2> kSemicolons = {";", "；"};
    constexpr std::array<std::string_view, 3> kCommas = {",", "，", "、"};
    const bool has_semicolon = std::any_of(
        kSemicolons.begin(), kSemicolons.end(),
        [&](std::string_view each) { return written->find(each) != std::string_view::npos; });
    std::vector<TaskId> tasks;
    for (std::string_view rest = *written; !rest.empty();) {
      const std::string_view name =
          has_semicolon ? take_part(rest, kSemicolons) : take_part(rest, kCommas);
      if (name.empty()) continue;
      if (const TaskId task = reader_.tasks.find(name)) {
        if (std::find(tasks.begin(), tasks.end(), task) == tasks.end()) tasks.push_back(task);
      } else {
        reader_.report_unknown(table_, row, task_, name, reader_.tasks, found::unknown_task);
      }
    }
    return tasks;
  }

  void read_impact(std::size_t row, Risk& risk) {
    const TaskId first = risk.tasks.empty() ? TaskId{} : risk.tasks.front();
    Measure measure{.is_added = true};
    measure.calendar =
        &reader_.calendar_of(first ? reader_.plan.tasks[first].calendar : CalendarId{});
    if (auto impact = cells_.read_short(row, impact_, measure)) {
      risk.impact = std::move(*impact);
      for (const TaskId task : risk.tasks) {
        const std::size_t num = reader_.findings.num_warnings();
        check_days(reader_, table_, row, cells_, task);
        if (reader_.findings.num_warnings() > num) break;
      }
    }
    const Measure money{.of = Measure::Of::money, .takes_shares = false, .is_added = true};
    if (auto cost = cells_.read_short(row, cost_impact_, money))
      risk.cost_impact = std::move(*cost);
  }

  PlanReader& reader_;
  TableReader table_;
  DistributionReader cells_;
  std::unordered_map<std::string_view, std::int32_t> line_of_;
  const std::size_t id_ = table_.column("id");
  const std::size_t task_ = table_.column("task");
  const std::size_t probability_ = table_.column("probability");
  const std::size_t impact_ = table_.column("impact");
  const std::size_t cost_impact_ = table_.column("cost_impact");
  const std::size_t mitigated_ = table_.column("mitigated_probability");
  const std::size_t mitigation_cost_ = table_.column("mitigation_cost");
};

/// The name of a task or of a factor; empty, with a finding, if it is neither.
Text correlated(PlanReader& reader, TableReader& table, std::size_t row, std::size_t column) {
  const auto name = table.required(row, column);
  if (!name) return {};
  if (reader.tasks.find(*name) || reader.factors.find(*name)) return reader.plan.text(*name);
  std::string_view nearest = reader.tasks.nearest(*name);
  if (nearest.empty()) nearest = reader.factors.nearest(*name);
  table.report(found::unknown_task_or_factor, row, column, {*name, did_you_mean(nearest)});
  return {};
}

/// `6`, `Jun`, `June`, `6月`, `六月`.
std::optional<int> parse_month(std::string_view written) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "january|jan|一月",   "february|feb|二月", "march|mar|三月",      "april|apr|四月",
      "may|五月",           "june|jun|六月",     "july|jul|七月",       "august|aug|八月",
      "september|sep|九月", "october|oct|十月",  "november|nov|十一月", "december|dec|十二月"};
  const std::string word = folded(written);
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    for (std::string_view rest = kNames[i]; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      if (rest.substr(0, end) == word) return static_cast<int>(i) + 1;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  constexpr std::string_view kMonth = "月";
  std::string_view digits = word;
  if (digits.ends_with(kMonth)) digits.remove_suffix(kMonth.size());
  const auto number = parse_number(digits, 0, false);
  if (!number || *number < 1 || *number > 12 || digits.find('.') != std::string_view::npos)
    return {};
  return static_cast<int>(*number);
}

}  // namespace

void read_uncertainty(PlanReader& reader, const Sheet& sheet) {
  UncertaintyReader(reader, sheet).run();
}

void read_risks(PlanReader& reader, const Sheet& sheet) { RisksReader(reader, sheet).run(); }

void read_correlations(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::correlations, sheet);
  if (!table.is_usable()) return;
  const std::size_t value_column = table.column("value");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const Text a = correlated(reader, table, row, table.column("a"));
    const Text b = correlated(reader, table, row, table.column("b"));
    table.required(row, value_column);
    const auto value = table.real(row, value_column, -1, 1);
    if (a.empty() || b.empty() || !value) continue;
    reader.plan.correlations.push_back({.a = a, .b = b, .value = *value});
    table.accept(row);
  }
}

void read_weather(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::weather, sheet);
  if (!table.is_usable()) return;
  DistributionReader cells(table, TableKind::weather, reader.plan.risk.shape);
  const std::size_t month_column = table.column("month");
  const Measure days{.of = Measure::Of::days, .takes_shares = false, .is_added = true};
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const CalendarId calendar = reader.refer_required(table, row, table.column("calendar"),
                                                      reader.calendars, found::unknown_calendar);
    const auto written = table.required(row, month_column);
    const auto month = written ? parse_month(*written) : std::nullopt;
    if (written && !month) table.report(found::bad_month, row, month_column, {*written});
    auto lost = cells.read(row, days);
    if (!calendar || !month || !lost) continue;
    reader.plan.weather.push_back(
        {.calendar = calendar, .month = *month, .days = std::move(*lost)});
    table.accept(row);
  }
}

void read_branches(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::branches, sheet);
  if (!table.is_usable()) return;
  const std::size_t probability_column = table.column("probability");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto group = table.required(row, table.column("group"));
    const TaskId task =
        reader.refer_required(table, row, table.column("task"), reader.tasks, found::unknown_task);
    table.required(row, probability_column);
    const auto probability = table.real(row, probability_column, 0, 1);
    if (!group || !task || !probability) continue;
    reader.plan.branches.push_back(
        {.group = reader.plan.text(*group), .task = task, .probability = *probability});
    table.accept(row);
  }
}

}  // namespace diaodu::formats
