#include <cmath>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/table_maker.h"

namespace diaodu::formats {
namespace {

using Shape = Distribution::Shape;

/// A value of a distribution as a cell holds it.
using AmountText = std::string (*)(const Plan&, TaskId, double);

std::string duration_text(const Plan& plan, TaskId task, double minutes) {
  const NamedCalendar& calendar =
      calendar_of(plan, task ? plan.tasks[task].calendar : CalendarId{});
  return duration_string(std::llround(minutes), calendar, task && plan.tasks[task].is_elapsed);
}

std::string amount_of_money(const Plan&, TaskId, double hundredths) {
  return to_string(Money{std::llround(hundredths)});
}

std::string number_of_days(const Plan&, TaskId, double days) { return real_text(days); }

std::string share_text(double share) {
  constexpr int kPlaces = 7;  // of a percentage
  constexpr double kScale = 1e9;
  return decimal_string(std::llround(share * kScale), kPlaces) + '%';
}

std::string value_text(const Plan& plan, TaskId task, const Distribution& distribution,
                       double value, AmountText amount) {
  return distribution.is_relative ? share_text(value) : amount(plan, task, value);
}

bool has_ends(const Distribution& distribution) {
  return distribution.shape != Shape::fixed && !is_of_points(distribution.shape);
}

/// What readers work out for themselves, or have no use for, is left out.
bool says_likely(const Distribution& distribution) {
  const Shape shape = distribution.shape;
  if (shape == Shape::lognormal) return distribution.likely != 0;
  return shape != Shape::uniform && shape != Shape::normal && !is_of_points(shape);
}

std::string points_text(const Plan& plan, TaskId task, const Distribution& distribution,
                        AmountText amount) {
  std::string text;
  for (const Distribution::Point& point : distribution.points) {
    if (!text.empty()) text += "; ";
    text +=
        value_text(plan, task, distribution, point.value, amount) + ':' + real_text(point.weight);
  }
  return text;
}

/// In one cell: `5d`, `20%`, `3d/5d/8d`; empty where nothing is added.
std::string short_text(const Plan& plan, TaskId task, const Distribution& distribution,
                       AmountText amount) {
  const auto text = [&](double value) {
    return value_text(plan, task, distribution, value, amount);
  };
  if (has_ends(distribution))
    return text(distribution.low) + '/' + text(distribution.likely) + '/' + text(distribution.high);
  if (distribution.likely == 0 && !distribution.is_relative) return {};
  return text(distribution.likely);
}

/// The columns `low`, `likely` and `high`, which several tables have.
template <class RowOf, class AmountOf, class TaskOf>
void add_ends(TableMaker& maker, const Plan& plan, RowOf distribution_of, AmountOf amount_of,
              TaskOf task_of) {
  const auto column = [&](std::string_view name, double Distribution::*end, auto is_said) {
    maker.column(name, [=, &plan](std::size_t row) {
      const Distribution& distribution = distribution_of(row);
      if (!is_said(distribution)) return std::string();
      return value_text(plan, task_of(row), distribution, distribution.*end, amount_of(row));
    });
  };
  column("low", &Distribution::low, has_ends);
  column("likely", &Distribution::likely, says_likely);
  column("high", &Distribution::high, has_ends);
}

}  // namespace

WrittenTable write_uncertainty(const Plan& plan) {
  TableMaker maker(TableKind::uncertainty, plan.uncertainties.size());
  const auto row_of = [&plan](std::size_t row) -> const Uncertainty& {
    return plan.uncertainties[row];
  };
  const auto distribution_of = [=](std::size_t row) -> const Distribution& {
    return row_of(row).distribution;
  };
  const auto amount_of = [=](std::size_t row) -> AmountText {
    return row_of(row).of == Uncertainty::Of::duration ? duration_text : amount_of_money;
  };
  const auto task_of = [=](std::size_t row) { return row_of(row).task; };
  maker
      .column("task",
              [=, &plan](std::size_t row) {
                if (row_of(row).task) return id_of(plan.tasks, row_of(row).task);
                return std::string(row_of(row).resource ? "" : "*");
              })
      .column("resource",
              [=, &plan](std::size_t row) { return id_of(plan.resources, row_of(row).resource); })
      .column("mode", [=, &plan](std::size_t row) { return id_of(plan.modes, row_of(row).mode); })
      .column("of", [=](std::size_t row) { return word_for(kUncertainQuantities, row_of(row).of); })
      .column("shape",
              [=](std::size_t row) { return word_for(kShapes, distribution_of(row).shape); });
  add_ends(maker, plan, distribution_of, amount_of, task_of);
  maker
      .column("values",
              [=, &plan](std::size_t row) {
                return points_text(plan, task_of(row), distribution_of(row), amount_of(row));
              })
      .column("percentiles",
              [=](std::size_t row) {
                return std::string(distribution_of(row).ends_are_percentiles ? "yes" : "");
              })
      .column("factor", [=](std::size_t row) { return row_of(row).factor.str(); })
      .column("loading", [=](std::size_t row) {
        return row_of(row).factor.empty() ? std::string() : real_text(row_of(row).loading);
      });
  return maker.take(plan);
}

WrittenTable write_risks(const Plan& plan) {
  TableMaker maker(TableKind::risks, plan.risks.size());
  const auto risk = [&plan](std::size_t row) -> const Risk& { return plan.risks[row]; };
  const auto first_task = [=](std::size_t row) {
    return risk(row).tasks.empty() ? TaskId{} : risk(row).tasks.front();
  };
  maker.names(risk)
      .column("task",
              [=, &plan](std::size_t row) {
                std::string names;
                for (const TaskId task : risk(row).tasks) {
                  if (!names.empty()) names += "; ";
                  names += plan.tasks[task].id.view();
                }
                return names;
              })
      .column("probability", [=](std::size_t row) { return real_text(risk(row).probability); })
      .column("impact",
              [=, &plan](std::size_t row) {
                return short_text(plan, first_task(row), risk(row).impact, duration_text);
              })
      .column("cost_impact",
              [=, &plan](std::size_t row) {
                return short_text(plan, TaskId{}, risk(row).cost_impact, amount_of_money);
              })
      .column("mitigated_probability",
              [=](std::size_t row) {
                const auto& probability = risk(row).mitigated_probability;
                return probability ? real_text(*probability) : std::string();
              })
      .column("mitigation_cost",
              [=](std::size_t row) { return money_text(risk(row).mitigation_cost); });
  return maker.take(plan);
}

WrittenTable write_correlations(const Plan& plan) {
  TableMaker maker(TableKind::correlations, plan.correlations.size());
  const auto row_of = [&plan](std::size_t row) -> const Correlation& {
    return plan.correlations[row];
  };
  maker.column("a", [=](std::size_t row) { return row_of(row).a.str(); })
      .column("b", [=](std::size_t row) { return row_of(row).b.str(); })
      .column("value", [=](std::size_t row) { return real_text(row_of(row).value); });
  return maker.take(plan);
}

WrittenTable write_weather(const Plan& plan) {
  TableMaker maker(TableKind::weather, plan.weather.size());
  const auto row_of = [&plan](std::size_t row) -> const Weather& { return plan.weather[row]; };
  const auto days_of = [=](std::size_t row) -> const Distribution& { return row_of(row).days; };
  maker
      .column("calendar", [=, &plan](std::size_t row) { return id_of(plan, row_of(row).calendar); })
      .column("month", [=](std::size_t row) { return std::to_string(row_of(row).month); })
      .column("shape", [=](std::size_t row) { return word_for(kShapes, days_of(row).shape); });
  add_ends(
      maker, plan, days_of, [](std::size_t) -> AmountText { return number_of_days; },
      [](std::size_t) { return TaskId{}; });
  return maker.take(plan);
}

WrittenTable write_branches(const Plan& plan) {
  TableMaker maker(TableKind::branches, plan.branches.size());
  const auto row_of = [&plan](std::size_t row) -> const Branch& { return plan.branches[row]; };
  maker.column("group", [=](std::size_t row) { return row_of(row).group.str(); })
      .column("task", [=, &plan](std::size_t row) { return id_of(plan.tasks, row_of(row).task); })
      .column("probability", [=](std::size_t row) { return real_text(row_of(row).probability); });
  return maker.take(plan);
}

}  // namespace diaodu::formats
