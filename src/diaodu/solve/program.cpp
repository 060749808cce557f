#include "diaodu/solve/program.h"

#include <CbcHeuristic.hpp>
#include <CbcModel.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <ClpSimplex.hpp>
#include <OsiClpSolverInterface.hpp>

namespace diaodu::solve {

/// Rows and columns wait here until the next solution: CLP copies its matrix for each call that adds.
struct Program::Parts {
  ClpSimplex simplex;
  std::vector<int> whole;  // columns that count in whole numbers
  std::vector<double> row_lows;
  std::vector<double> row_highs;
  std::vector<double> costs;
  std::vector<double> highs;
  // Of the columns that wait.
  std::vector<CoinBigIndex> starts = {0};
  std::vector<int> rows;
  std::vector<double> factors;

  void flush() {
    const auto old_rows = static_cast<std::size_t>(simplex.numberRows());
    if (row_lows.size() > old_rows) {
      simplex.addRows(static_cast<int>(row_lows.size() - old_rows), row_lows.data() + old_rows,
                      row_highs.data() + old_rows, nullptr, nullptr, nullptr);
    }
    const auto old_columns = static_cast<std::size_t>(simplex.numberColumns());
    if (costs.size() > old_columns) {
      const std::vector<double> lows(costs.size() - old_columns, 0);
      simplex.addColumns(static_cast<int>(lows.size()), lows.data(), highs.data() + old_columns,
                         costs.data() + old_columns, starts.data(), rows.data(), factors.data());
      starts = {0};
      rows.clear();
      factors.clear();
    }
    for (std::size_t row = 0; row < row_lows.size(); ++row)
      simplex.setRowBounds(static_cast<int>(row), row_lows[row], row_highs[row]);
    for (std::size_t column = 0; column < costs.size(); ++column) {
      simplex.setObjectiveCoefficient(static_cast<int>(column), costs[column]);
      simplex.setColumnUpper(static_cast<int>(column), highs[column]);
    }
  }
};

Program::Program() : parts_(std::make_unique<Parts>()) {
  parts_->simplex.setLogLevel(0);
  parts_->simplex.setOptimizationDirection(1);
}
Program::~Program() = default;

std::size_t Program::add_row(double low, double high) {
  parts_->row_lows.push_back(low);
  parts_->row_highs.push_back(high);
  return parts_->row_lows.size() - 1;
}

std::size_t Program::add_column(std::span<const Entry> entries, double high, bool is_whole) {
  for (const Entry& entry : entries) {
    parts_->rows.push_back(static_cast<int>(entry.row));
    parts_->factors.push_back(entry.factor);
  }
  parts_->starts.push_back(static_cast<CoinBigIndex>(parts_->rows.size()));
  parts_->highs.push_back(high);
  parts_->costs.push_back(0);
  const std::size_t column = parts_->costs.size() - 1;
  if (is_whole) parts_->whole.push_back(static_cast<int>(column));
  return column;
}

void Program::set_row_limits(std::size_t row, double low, double high) {
  parts_->row_lows[row] = low;
  parts_->row_highs[row] = high;
}

void Program::set_cost(std::size_t column, double cost) { parts_->costs[column] = cost; }

void Program::set_high(std::size_t column, double high) { parts_->highs[column] = high; }

std::size_t Program::num_columns() const { return parts_->costs.size(); }

Program::Outcome Program::minimize() {
  ClpSimplex& simplex = parts_->simplex;
  parts_->flush();
  simplex.primal();
  Outcome outcome;
  if (!simplex.isProvenOptimal()) return outcome;
  outcome.is_solved = true;
  outcome.value = outcome.bound = simplex.objectiveValue();
  const double* amounts = simplex.primalColumnSolution();
  outcome.amounts.assign(amounts, amounts + simplex.numberColumns());
  const double* prices = simplex.dualRowSolution();
  outcome.prices.assign(prices, prices + simplex.numberRows());
  return outcome;
}

Program::Outcome Program::minimize_whole(int max_nodes) {
  parts_->flush();
  OsiClpSolverInterface solver(&parts_->simplex, false);
  solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
  solver.messageHandler()->setLogLevel(0);
  solver.setInteger(parts_->whole.data(), static_cast<int>(parts_->whole.size()));
  CbcModel model(solver);
  model.setLogLevel(0);
  model.solver()->messageHandler()->setLogLevel(0);
  CglGomory gomory;
  CglKnapsackCover cover;
  CglMixedIntegerRounding2 rounding;
  constexpr int kOnlyWhereUseful = -1;
  model.addCutGenerator(&gomory, kOnlyWhereUseful, "Gomory");
  model.addCutGenerator(&cover, kOnlyWhereUseful, "Cover");
  model.addCutGenerator(&rounding, kOnlyWhereUseful, "Rounding");
  CbcRounding nearest(model);
  model.addHeuristic(&nearest);
  model.setMaximumNodes(max_nodes);
  model.initialSolve();
  Outcome outcome;
  if (!model.solver()->isProvenOptimal()) return outcome;
  model.branchAndBound();
  const double* amounts = model.bestSolution();
  if (amounts == nullptr) return outcome;
  outcome.is_solved = true;
  outcome.value = model.getObjValue();
  outcome.bound = model.isProvenOptimal() ? outcome.value : model.getBestPossibleObjValue();
  outcome.amounts.assign(amounts, amounts + parts_->simplex.numberColumns());
  return outcome;
}

}  // namespace diaodu::solve
