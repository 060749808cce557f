#include "diaodu/forecast/disaggregate.h"

#include <Eigen/Dense>
#include <cassert>
#include <cmath>
#include <numbers>

namespace diaodu::forecast {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

Vector vector_of(std::span<const double> values) {
  return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size()));
}

Matrix sums(Eigen::Index totals, Eigen::Index slots, int ratio, int begin) {
  assert(slots >= begin + totals * ratio);
  Matrix out = Matrix::Zero(totals, slots);
  for (Eigen::Index i = 0; i < totals; ++i) out.block(i, begin + i * ratio, 1, ratio).setOnes();
  return out;
}

/// Rows of differences of this order; with Denton's start, those that reach before the series too.
Matrix differences(Eigen::Index slots, int order, bool keeps_start) {
  Matrix out = Matrix::Identity(slots, slots);
  Matrix once = Matrix::Identity(slots, slots);
  once.diagonal(-1).setConstant(-1);
  for (int i = 0; i < order; ++i) out = (once * out).eval();
  return keeps_start ? Matrix(out.bottomRows(slots - order)) : out;
}

/// min |moves u|^2 subject to constraint u = right.
Vector least_moves(const Matrix& moves, const Matrix& constraint, const Vector& right) {
  const Eigen::Index slots = moves.cols();
  const Eigen::Index totals = constraint.rows();
  Matrix system = Matrix::Zero(slots + totals, slots + totals);
  system.topLeftCorner(slots, slots) = moves.transpose() * moves;
  system.topRightCorner(slots, totals) = constraint.transpose();
  system.bottomLeftCorner(totals, slots) = constraint;
  Vector sides = Vector::Zero(slots + totals);
  sides.tail(totals) = right;
  return system.partialPivLu().solve(sides).head(slots);
}

std::vector<double> list_of(const Vector& values) { return {values.begin(), values.end()}; }

}  // namespace

std::vector<double> denton_proportional(std::span<const double> totals,
                                        std::span<const double> indicator, int ratio, int begin) {
  const Vector z = vector_of(indicator);
  const auto num_totals = static_cast<Eigen::Index>(totals.size());
  const Matrix constraint = sums(num_totals, z.size(), ratio, begin) * z.asDiagonal();
  const Vector ratios =
      least_moves(differences(z.size(), 1, true), constraint, vector_of(totals));
  return list_of(ratios.cwiseProduct(z));
}

std::vector<double> denton_additive(std::span<const double> totals,
                                    std::span<const double> indicator, int ratio, int order,
                                    bool keeps_start, int begin) {
  const Vector z = vector_of(indicator);
  const auto num_totals = static_cast<Eigen::Index>(totals.size());
  const Matrix constraint = sums(num_totals, z.size(), ratio, begin);
  const Vector off = vector_of(totals) - constraint * z;
  return list_of(z + least_moves(differences(z.size(), order, keeps_start), constraint, off));
}

Disaggregated chow_lin_at(std::span<const double> totals,
                          const std::vector<std::vector<double>>& indicators, int ratio,
                          double correlation, int begin) {
  const auto num_totals = static_cast<Eigen::Index>(totals.size());
  const auto slots = static_cast<Eigen::Index>(indicators.front().size());
  Matrix x(slots, static_cast<Eigen::Index>(indicators.size()));
  for (std::size_t i = 0; i < indicators.size(); ++i)
    x.col(static_cast<Eigen::Index>(i)) = vector_of(indicators[i]);
  const Matrix constraint = sums(num_totals, slots, ratio, begin);
  // An autoregression of order one: its covariance, for a shock of variance 1.
  Matrix variance(slots, slots);
  for (Eigen::Index i = 0; i < slots; ++i) {
    for (Eigen::Index j = 0; j < slots; ++j) {
      variance(i, j) = std::pow(correlation, static_cast<double>(std::abs(i - j))) /
                       (1 - correlation * correlation);
    }
  }
  const Vector y = vector_of(totals);
  const Matrix of_sums = constraint * variance * constraint.transpose();
  const Eigen::LLT<Matrix> factor(of_sums);
  const Matrix sum_x = constraint * x;
  const Matrix scaled = factor.solve(sum_x);
  const Vector beta = (sum_x.transpose() * scaled).ldlt().solve(scaled.transpose() * y);
  const Vector residual = y - sum_x * beta;
  const Vector weighted = factor.solve(residual);

  Disaggregated out;
  out.correlation = correlation;
  out.coefficients = list_of(beta);
  out.squares = residual.dot(weighted);
  const auto n = static_cast<double>(num_totals);
  const double determinant =
      2 * Vector(Matrix(factor.matrixL()).diagonal().array().log().matrix()).sum();
  out.log_likelihood =
      -0.5 * (n + n * std::log(2 * std::numbers::pi * out.squares / n) + determinant);
  out.values = list_of(x * beta + variance * constraint.transpose() * weighted);
  return out;
}

Disaggregated chow_lin(std::span<const double> totals,
                       const std::vector<std::vector<double>>& indicators, int ratio, int begin) {
  constexpr double kMost = 0.999;
  const auto judged = [&](double correlation) {
    return chow_lin_at(totals, indicators, ratio, correlation, begin).log_likelihood;
  };
  // The best of a grid, then its neighbourhood by thirds: the likelihood may have several hills.
  constexpr int kSteps = 50;
  int best = 0;
  double highest = judged(0);
  for (int i = 1; i <= kSteps; ++i) {
    const double value = judged(kMost * i / kSteps);
    if (value <= highest) continue;
    highest = value;
    best = i;
  }
  double low = kMost * std::max(0, best - 1) / kSteps;
  double high = kMost * std::min(kSteps, best + 1) / kSteps;
  for (int i = 0; i < 80; ++i) {
    const double left = low + (high - low) * 0.382;
    const double right = low + (high - low) * 0.618;
    const bool is_right_better = judged(left) < judged(right);
    (is_right_better ? low : high) = is_right_better ? left : right;
  }
  constexpr double kNearNought = 1e-6;
  const double correlation = (low + high) / 2 < kNearNought ? 0 : (low + high) / 2;
  Disaggregated out = chow_lin_at(totals, indicators, ratio, correlation, begin);
  out.is_truncated = correlation == 0;
  return out;
}

}  // namespace diaodu::forecast
