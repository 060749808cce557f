#include "diaodu/plan/validate_uncertainty.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/tree.h"

namespace diaodu {
namespace {

using Shape = Distribution::Shape;

constexpr double kMostAmount = 1e15;  // minutes: two thousand million years
constexpr Words kNoSuchDuration{"no task meant here takes any time", "所指任务均不占用时间"};
constexpr Words kNoSuchCost{"no task meant here has a cost to take a share of",
                            "所指任务均没有可按比例变动的费用"};
constexpr Words kNoSuchTask{"no task meant here demands this resource", "所指任务均不需要该资源"};
constexpr Words kNoTaskBelow{"there is no task below this summary", "该汇总任务没有下级任务"};

bool is_measurable(double value) { return std::isfinite(value) && std::abs(value) <= kMostAmount; }

bool is_measurable(const Distribution& distribution) {
  return is_measurable(distribution.low) && is_measurable(distribution.likely) &&
         is_measurable(distribution.high) &&
         std::all_of(distribution.points.begin(), distribution.points.end(), [](const auto& point) {
           return is_measurable(point.value) && is_measurable(point.weight);
         });
}

const FindingKind* fault_of_lognormal(const Distribution& distribution) {
  constexpr double kWidest = 1e6;  // times the low end: nobody knows so little of anything
  const auto& [low, likely, high] =
      std::tie(distribution.low, distribution.likely, distribution.high);
  if (likely != 0) {
    const bool leans_left = likely - low > (high - low) / 2;
    return leans_left ? &found::lognormal_leans : nullptr;
  }
  if (low <= 0) return &found::lognormal_not_positive;
  return high > kWidest * low ? &found::lognormal_not_positive : nullptr;
}

const FindingKind* fault_of_ends(const Distribution& distribution) {
  constexpr double kRounding = 1e-12;
  const auto& [low, likely, high] =
      std::tie(distribution.low, distribution.likely, distribution.high);
  const bool is_lognormal = distribution.shape == Shape::lognormal;
  const bool has_likely = distribution.shape == Shape::triangular ||
                          distribution.shape == Shape::pert || (is_lognormal && likely != 0);
  if (low > high || (has_likely && (low > likely || likely > high)))
    return &found::ends_out_of_order;
  const bool wants_spread =
      distribution.ends_are_percentiles || is_lognormal || distribution.shape == Shape::normal;
  if (wants_spread && high - low <= kRounding * std::max(std::abs(low), std::abs(high)))
    return &found::no_spread;
  return is_lognormal ? fault_of_lognormal(distribution) : nullptr;
}

/// What is wrong with the distribution by itself; null if nothing is.
const FindingKind* fault_of(const Distribution& distribution) {
  if (!is_measurable(distribution)) return &found::beyond_measure;
  if (is_of_points(distribution.shape)) {
    const auto& points = distribution.points;
    const bool is_negative = std::any_of(points.begin(), points.end(),
                                         [](const auto& point) { return point.weight < 0; });
    const bool is_any = std::any_of(points.begin(), points.end(),
                                    [](const auto& point) { return point.weight > 0; });
    return is_negative || !is_any ? &found::bad_weights : nullptr;
  }
  if (distribution.shape == Shape::fixed) return nullptr;
  return fault_of_ends(distribution);
}

/// Numbers of tasks of a kind among those below any task, found by their places in the outline.
class TasksBelow {
 public:
  template <class Counts>
  TasksBelow(const Plan& plan, Counts counts)
      : place_(plan.tasks.size(), kNowhere), end_(plan.tasks.size(), 0) {
    const std::vector<TaskId> order = outline(plan);
    num_before_.assign(order.size() + 1, 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
      place_[order[i]] = i;
      end_[order[i]] = i + 1;
      num_before_[i + 1] = num_before_[i] + (counts(order[i]) ? 1 : 0);
    }
    for (std::size_t i = order.size(); i-- > 0;) {
      if (const TaskId parent = plan.tasks[order[i]].parent)
        end_[parent] = std::max(end_[parent], end_[order[i]]);
    }
  }
  /// Whether there is one at or below `task`; with none, anywhere.
  bool has_any(TaskId task) const {
    const auto [first, last] = range(task);
    return num_before_[last] > num_before_[first];
  }
  /// The places of `task` and all below it in the outline; with none, all.
  std::pair<std::size_t, std::size_t> range(TaskId task) const {
    if (!task) return {0, num_before_.size() - 1};
    return place_[task] == kNowhere ? std::pair<std::size_t, std::size_t>{0, 0}
                                    : std::pair{place_[task], end_[task]};
  }
  std::size_t place(TaskId task) const { return place_[task]; }

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

 private:
  Table<TaskId, std::size_t> place_;
  Table<TaskId, std::size_t> end_;
  std::vector<std::size_t> num_before_;
};

/// Which rows of the table `uncertainty` concern any task.
class Concerns {
 public:
  explicit Concerns(const Plan& plan)
      : with_time_(plan, [&plan](TaskId task) { return takes_time(plan.tasks[task]); }),
        at_work_(plan, [&plan](TaskId task) { return does_work(plan.tasks[task]); }),
        with_cost_(costs(plan)) {
    for (const Demand& demand : plan.demands) {
      const std::size_t place = at_work_.place(demand.task);
      if (demand.resource && place != TasksBelow::kNowhere)
        demanding_.emplace(demand.resource, place);
    }
  }

  /// Null if it concerns any; else why it does not.
  const Words* why_none(const Uncertainty& row) const {
    if (row.resource && !is_demanded(row)) return &kNoSuchTask;
    switch (row.of) {
      case Uncertainty::Of::duration:
        return row.mode || with_time_.has_any(row.task) ? nullptr : &kNoSuchDuration;
      case Uncertainty::Of::cost:
        if (!at_work_.has_any(row.task)) return &kNoTaskBelow;
        return !row.distribution.is_relative || with_cost_.has_any(row.task) ? nullptr
                                                                             : &kNoSuchCost;
      case Uncertainty::Of::rate:
        return nullptr;
    }
    return nullptr;
  }

 private:
  static bool takes_time(const Task& task) { return does_work(task) && task.duration > WorkTime{}; }
  static TasksBelow costs(const Plan& plan) {
    Table<TaskId, char> has_cost(plan.tasks.size(), 0);
    for (const TaskId task : plan.tasks.ids())
      has_cost[task] = plan.tasks[task].cost != Money{} ? 1 : 0;
    for (const Mode& mode : plan.modes) {
      if (mode.cost != Money{}) has_cost[mode.task] = 1;
    }
    return {plan, [&](TaskId task) { return has_cost[task] != 0; }};
  }
  bool is_demanded(const Uncertainty& row) const {
    const auto [first, last] = at_work_.range(row.task);
    const auto next = demanding_.lower_bound({row.resource, first});
    return next != demanding_.end() && next->first == row.resource && next->second < last;
  }

  TasksBelow with_time_;
  TasksBelow at_work_;
  TasksBelow with_cost_;
  std::set<std::pair<ResourceId, std::size_t>> demanding_;  // places in the outline
};

class UncertaintyValidator {
 public:
  UncertaintyValidator(const Plan& plan, const Sources& sources, Findings& findings)
      : plan_(plan), sources_(sources), findings_(findings) {}

  void run() {
    check_uncertainties();
    check_risks();
    check_correlations();
    check_weather();
    check_branches();
  }

 private:
  void add(const FindingKind& kind, TableKind table, std::size_t row,
           std::vector<Argument> arguments = {}, std::string_view column = {}) {
    findings_.add(kind, sources_.at(table, row, column), std::move(arguments));
  }
  std::string line(TableKind table, std::size_t row) const {
    return std::to_string(sources_.at(table, row).line);
  }
  std::string id(TaskId task) const { return task ? plan_.tasks[task].id.str() : "*"; }

  /// What readers see to, for plans that no reader made.
  void check_number(double value, double low, double high, TableKind table, std::size_t row,
                    std::string_view column) {
    if (value >= low && value <= high) return;
    const auto text = [](double x) {
      return is_measurable(x) ? decimal_string(std::llround(x * 100), 2) : std::to_string(x);
    };
    add(found::number_out_of_range, table, row, {text(value), text(low), text(high)}, column);
  }

  bool check_distribution(const Distribution& distribution, const std::string& of, TableKind table,
                          std::size_t row, std::string_view column) {
    const FindingKind* fault = fault_of(distribution);
    if (fault != nullptr) add(*fault, table, row, {of}, column);
    return fault == nullptr;
  }

  void check_uncertainties() {
    if (plan_.uncertainties.empty()) return;
    const Concerns concerns(plan_);
    std::map<std::tuple<TaskId, ResourceId, ModeId, Uncertainty::Of>, std::size_t> first_row;
    for (std::size_t row = 0; row < plan_.uncertainties.size(); ++row) {
      const Uncertainty& each = plan_.uncertainties[row];
      constexpr TableKind kTable = TableKind::uncertainty;
      const std::string_view ends = is_of_points(each.distribution.shape)     ? "values"
                                    : each.distribution.shape == Shape::fixed ? "likely"
                                                                              : "low";
      check_distribution(each.distribution, id(each.task), kTable, row, ends);
      check_number(each.loading, -1, 1, kTable, row, "loading");
      const auto [first, is_new] =
          first_row.insert({{each.task, each.resource, each.mode, each.of}, row});
      if (!is_new) {
        add(found::repeated_uncertainty, kTable, row, {line(kTable, first->second)},
            each.task || !each.resource ? "task" : "resource");
      }
      if (const Words* why = concerns.why_none(each))
        add(found::uncertainty_of_nothing, kTable, row, {*why},
            each.resource ? "resource" : "task");
    }
  }

  void check_risks() {
    for (std::size_t row = 0; row < plan_.risks.size(); ++row) {
      const Risk& risk = plan_.risks[row];
      check_number(risk.probability, 0, 1, TableKind::risks, row, "probability");
      check_number(risk.mitigated_probability.value_or(0), 0, 1, TableKind::risks, row,
                   "mitigated_probability");
      check_distribution(risk.impact, risk.id.str(), TableKind::risks, row, "impact");
      check_distribution(risk.cost_impact, risk.id.str(), TableKind::risks, row, "cost_impact");
    }
  }

  void check_correlations() {
    constexpr TableKind kTable = TableKind::correlations;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> first_row;
    for (std::size_t row = 0; row < plan_.correlations.size(); ++row) {
      const Correlation& each = plan_.correlations[row];
      check_number(each.value, -1, 1, kTable, row, "value");
      const std::string_view a = std::min(each.a.view(), each.b.view());
      const std::string_view b = std::max(each.a.view(), each.b.view());
      if (a == b) {
        add(found::correlation_with_itself, kTable, row, {a}, "b");
        continue;
      }
      const auto [first, is_new] = first_row.insert({{a, b}, row});
      if (!is_new && plan_.correlations[first->second].value != each.value) {
        add(found::repeated_correlation, kTable, row,
            {each.a.str(), each.b.str(), line(kTable, first->second)}, "value");
      }
    }
  }

  void check_weather() {
    constexpr TableKind kTable = TableKind::weather;
    std::map<std::pair<CalendarId, int>, std::size_t> first_row;
    for (std::size_t row = 0; row < plan_.weather.size(); ++row) {
      const Weather& each = plan_.weather[row];
      const std::string& calendar = plan_.calendars[each.calendar].rule.id;
      check_number(each.month, 1, 12, kTable, row, "month");
      check_distribution(each.days, calendar, kTable, row,
                         each.days.shape == Shape::fixed ? "likely" : "low");
      const auto [first, is_new] = first_row.insert({{each.calendar, each.month}, row});
      if (!is_new) {
        add(found::repeated_weather, kTable, row,
            {calendar, std::to_string(each.month), line(kTable, first->second)}, "month");
      }
    }
  }

  void check_branches() {
    constexpr TableKind kTable = TableKind::branches;
    constexpr double kRounding = 1e-6;  // three times a third, to so many digits, is 1
    std::map<TaskId, std::size_t> first_row;
    std::map<std::string_view, double> sums;
    std::map<std::string_view, std::size_t> last_row;
    for (std::size_t row = 0; row < plan_.branches.size(); ++row) {
      const Branch& each = plan_.branches[row];
      check_number(each.probability, 0, 1, kTable, row, "probability");
      sums[each.group] += each.probability;
      last_row[each.group] = row;
      const auto [first, is_new] = first_row.insert({each.task, row});
      if (!is_new) {
        add(found::repeated_branch, kTable, row, {id(each.task), line(kTable, first->second)},
            "task");
      }
    }
    for (const auto& [group, sum] : sums) {
      if (sum <= 1 + kRounding || !is_measurable(sum)) continue;
      add(found::probabilities_above_one, kTable, last_row[group],
          {group, decimal_string(std::llround(sum * 1e4), 4)}, "probability");
    }
  }

  const Plan& plan_;
  const Sources& sources_;
  Findings& findings_;
};

}  // namespace

void validate_uncertainty(const Plan& plan, const Sources& sources, Findings& findings) {
  UncertaintyValidator(plan, sources, findings).run();
}

}  // namespace diaodu
