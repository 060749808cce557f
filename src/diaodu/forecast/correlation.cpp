#include "diaodu/forecast/correlation.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <utility>

#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

constexpr double kRounding = 1e-8;  // an eigenvalue that is negative by less counts as 0

using Dense = Eigen::MatrixXd;
using Eigenvalues = Eigen::SelfAdjointEigenSolver<Dense>;

Dense dense(const Matrix& matrix) {
  const auto size = static_cast<Eigen::Index>(matrix.size());
  return Eigen::Map<const Dense>(matrix.entries().data(), size, size);
}

double least_eigenvalue(const Dense& matrix) {
  return Eigenvalues(matrix, Eigen::EigenvaluesOnly).eigenvalues().minCoeff();
}

Dense nearest_semidefinite(const Dense& matrix) {
  const Eigenvalues solved(matrix);
  const Eigen::VectorXd kept = solved.eigenvalues().cwiseMax(0);
  const Dense made = solved.eigenvectors() * kept.asDiagonal() * solved.eigenvectors().transpose();
  return (made + made.transpose()) / 2;
}

DIAODU_VECTORISED
void scale_by(float factor, std::size_t count, float* __restrict to) {
  for (std::size_t i = 0; i < count; ++i) to[i] *= factor;
}

DIAODU_VECTORISED
void add_scaled(float factor, const float* __restrict from, std::size_t count,
                float* __restrict to) {
  for (std::size_t i = 0; i < count; ++i) to[i] += factor * from[i];
}

}  // namespace

Matrix::Matrix(std::size_t size) : size_(size), entries_(size * size) {
  for (std::size_t i = 0; i < size; ++i) (*this)(i, i) = 1;
}

MatrixProblem problem_of(const Matrix& matrix) {
  for (const double entry : matrix.entries())
    if (!std::isfinite(entry)) return MatrixProblem::not_finite;
  for (std::size_t row = 0; row < matrix.size(); ++row) {
    if (matrix(row, row) != 1) return MatrixProblem::diagonal_not_one;
    for (std::size_t column = 0; column < row; ++column) {
      if (matrix(row, column) != matrix(column, row)) return MatrixProblem::not_symmetric;
      if (std::abs(matrix(row, column)) > 1) return MatrixProblem::out_of_range;
    }
  }
  const bool is_possible = matrix.size() == 0 || least_eigenvalue(dense(matrix)) >= -kRounding;
  return is_possible ? MatrixProblem::none : MatrixProblem::impossible;
}

Matrix nearest_correlation(const Matrix& matrix) {
  if (problem_of(matrix) == MatrixProblem::none) return matrix;
  constexpr int kMaxSteps = 2000;
  Dense unit = dense(matrix);
  Dense correction = Dense::Zero(unit.rows(), unit.cols());
  for (int step = 0; step < kMaxSteps; ++step) {
    const Dense corrected = unit - correction;
    const Dense semidefinite = nearest_semidefinite(corrected);
    correction = semidefinite - corrected;
    const Dense before = std::exchange(unit, semidefinite);
    unit.diagonal().setOnes();
    const double norm = unit.norm();
    if ((unit - semidefinite).norm() < kRounding * norm &&
        (unit - before).norm() < kRounding * norm)
      break;
  }
  // What is left of negative eigenvalues goes to the identity, which keeps the diagonal.
  const double missing = std::max(0.0, -least_eigenvalue(unit));
  Matrix made(matrix.size());
  for (std::size_t row = 0; row < made.size(); ++row)
    for (std::size_t column = 0; column < row; ++column)
      made(row, column) = made(column, row) = std::clamp(
          unit(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column)) / (1 + missing),
          -1.0, 1.0);
  return made;
}

Matrix cholesky(const Matrix& matrix) {
  Matrix lower(matrix.size());
  for (std::size_t row = 0; row < matrix.size(); ++row) {
    double square = 0;
    for (std::size_t column = 0; column < row; ++column) {
      double rest = matrix(row, column);
      for (std::size_t i = 0; i < column; ++i) rest -= lower(row, i) * lower(column, i);
      // A pivot of 0 depends on those before it, and so does what is left of its column.
      const double pivot = lower(column, column);
      lower(row, column) = pivot > 0 ? rest / pivot : 0;
      square += lower(row, column) * lower(row, column);
    }
    constexpr double kNothing = 1e-10;
    const double left = 1 - square;
    lower(row, row) = left > kNothing ? std::sqrt(left) : 0;
    const double length = std::sqrt(square + lower(row, row) * lower(row, row));
    for (std::size_t column = 0; column <= row; ++column) lower(row, column) /= length;
  }
  return lower;
}

double score_correlation(double rank_correlation) {
  // Exact at the ends, where the sine rounds.
  if (std::abs(rank_correlation) == 1) return rank_correlation;
  return 2 * std::sin(std::numbers::pi * rank_correlation / 6);
}

double rank_correlation_of(double score_correlation) {
  return 6 / std::numbers::pi * std::asin(score_correlation / 2);
}

Copula::Copula(std::vector<Member> members, std::vector<std::uint64_t> factors,
               std::span<const Pair> pairs)
    : members_(std::move(members)),
      factors_(std::move(factors)),
      row_of_(members_.size() + factors_.size(), kNoRow) {
  tie(pairs);
  for (std::size_t node = members_.size(); node < row_of_.size(); ++node) {
    if (row_of_[node] != kNoRow) continue;
    row_of_[node] = node_of_.size();
    node_of_.push_back(node);
  }
}

void Copula::tie(std::span<const Pair> pairs) {
  // Groups are what hangs together: each node points towards the first of its group.
  std::vector<std::size_t> leader(row_of_.size());
  std::iota(leader.begin(), leader.end(), 0);
  const auto leader_of = [&](std::size_t node) {
    while (leader[node] != node) node = leader[node] = leader[leader[node]];
    return node;
  };
  for (const auto& [one, other, correlation] : pairs) {
    const std::size_t first = leader_of(one);
    const std::size_t second = leader_of(other);
    leader[std::max(first, second)] = std::min(first, second);
  }
  std::map<std::size_t, std::vector<std::size_t>> nodes_of;
  for (std::size_t node = 0; node < leader.size(); ++node)
    nodes_of[leader_of(node)].push_back(node);
  std::map<std::size_t, Matrix> matrix_of;
  for (const auto& [first, nodes] : nodes_of) {
    if (nodes.size() < 2) continue;
    matrix_of.emplace(first, nodes.size());
    for (const std::size_t node : nodes) {
      row_of_[node] = node_of_.size();
      node_of_.push_back(node);
    }
  }
  for (const auto& [one, other, correlation] : pairs) {
    if (one == other) continue;
    const std::size_t first = leader_of(one);
    const std::size_t row = row_of_[one] - row_of_[first];
    const std::size_t column = row_of_[other] - row_of_[first];
    Matrix& matrix = matrix_of.at(first);
    matrix(row, column) = matrix(column, row) = score_correlation(correlation);
  }
  for (const auto& [first, matrix] : matrix_of) {
    const Matrix possible = nearest_correlation(matrix);
    double largest = 0;
    for (std::size_t i = 0; i < matrix.entries().size(); ++i)
      largest = std::max(largest, std::abs(rank_correlation_of(possible.entries()[i]) -
                                           rank_correlation_of(matrix.entries()[i])));
    if (largest > 0) repairs_.push_back({.nodes = nodes_of.at(first), .largest_change = largest});
    groups_.push_back({.first_row = row_of_[first], .lower = cholesky(possible)});
  }
}

Copula::Block::Block(const Copula& copula, const Source& source, std::uint64_t first_trial,
                     std::size_t num_trials)
    : copula_(copula),
      source_(source),
      first_trial_(first_trial),
      num_trials_(num_trials),
      rows_(copula.node_of_.size() * num_trials),
      own_(num_trials),
      drawn_(num_trials) {
  for (std::size_t i = 0; i < copula.node_of_.size(); ++i) draw(copula.node_of_[i], row(i));
  for (const auto& [first_row, lower] : copula.groups_) {
    // From the last row up: each needs those before it as they were drawn.
    for (std::size_t i = lower.size(); i-- > 0;) {
      const std::span<float> scores = row(first_row + i);
      scale_by(static_cast<float>(lower(i, i)), num_trials, scores.data());
      for (std::size_t j = 0; j < i; ++j)
        if (lower(i, j) != 0)
          add_scaled(static_cast<float>(lower(i, j)), row(first_row + j).data(), num_trials,
                     scores.data());
    }
  }
}

void Copula::Block::draw(std::size_t node, std::span<float> scores) {
  const std::size_t num_members = copula_.members_.size();
  source_(
      node < num_members ? copula_.members_[node].variable : copula_.factors_[node - num_members],
      first_trial_, drawn_);
  scores_of(drawn_, scores);
}

void Copula::Block::uniforms(std::size_t member, std::span<Uniform> out) {
  assert(out.size() == num_trials_);
  const auto& [variable, factor, loading] = copula_.members_[member];
  const std::size_t own_row = copula_.row_of_[member];
  if (own_row == kNoRow && factor == kNoFactor) return source_(variable, first_trial_, out);
  if (own_row == kNoRow)
    draw(member, own_);
  else
    std::copy_n(row(own_row).begin(), num_trials_, own_.begin());
  if (factor != kNoFactor) {
    scale_by(static_cast<float>(std::sqrt(1 - loading * loading)), num_trials_, own_.data());
    add_scaled(static_cast<float>(loading),
               row(copula_.row_of_[copula_.members_.size() + factor]).data(), num_trials_,
               own_.data());
  }
  uniforms_of(own_, out);
}

}  // namespace diaodu::forecast
