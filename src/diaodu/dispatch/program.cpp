#include "diaodu/dispatch/program.h"

#include <CbcHeuristic.hpp>
#include <CbcModel.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <ClpSimplex.hpp>
#include <OsiClpSolverInterface.hpp>

#include <algorithm>
#include <cassert>

namespace diaodu::dispatch {

struct Program::Parts {
  ClpSimplex simplex;
  std::vector<int> whole;  // columns that count in whole numbers
};

Program::Program() : parts_(std::make_unique<Parts>()) {
  parts_->simplex.setLogLevel(0);
  parts_->simplex.setOptimizationDirection(1);
}
Program::~Program() = default;

std::size_t Program::add_row(double low, double high) {
  parts_->simplex.addRow(0, nullptr, nullptr, low, high);
  return static_cast<std::size_t>(parts_->simplex.numberRows() - 1);
}

std::size_t Program::add_column(std::span<const Entry> entries, double high, bool is_whole) {
  std::vector<int> rows;
  std::vector<double> factors;
  for (const Entry& entry : entries) {
    rows.push_back(static_cast<int>(entry.row));
    factors.push_back(entry.factor);
  }
  parts_->simplex.addColumn(static_cast<int>(rows.size()), rows.data(), factors.data(), 0.0, high,
                            0.0);
  const int column = parts_->simplex.numberColumns() - 1;
  if (is_whole) parts_->whole.push_back(column);
  return static_cast<std::size_t>(column);
}

void Program::set_row_limits(std::size_t row, double low, double high) {
  parts_->simplex.setRowBounds(static_cast<int>(row), low, high);
}

void Program::set_cost(std::size_t column, double cost) {
  parts_->simplex.setObjectiveCoefficient(static_cast<int>(column), cost);
}

void Program::set_high(std::size_t column, double high) {
  parts_->simplex.setColumnUpper(static_cast<int>(column), high);
}

std::size_t Program::num_columns() const {
  return static_cast<std::size_t>(parts_->simplex.numberColumns());
}

Program::Outcome Program::minimize() {
  ClpSimplex& simplex = parts_->simplex;
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

}  // namespace diaodu::dispatch
