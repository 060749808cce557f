#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {

/// A square matrix, row by row.
class Matrix {
 public:
  Matrix() = default;
  /// The identity.
  explicit Matrix(std::size_t size);

  std::size_t size() const { return size_; }
  double& operator()(std::size_t row, std::size_t column) { return entries_[row * size_ + column]; }
  double operator()(std::size_t row, std::size_t column) const {
    return entries_[row * size_ + column];
  }
  std::span<const double> entries() const { return entries_; }
  bool operator==(const Matrix&) const = default;

 private:
  std::size_t size_ = 0;
  std::vector<double> entries_;
};

/// Why a matrix is no correlation matrix.
enum class MatrixProblem : std::uint8_t {
  none,
  not_finite,
  not_symmetric,
  diagonal_not_one,
  out_of_range,  ///< an entry beyond +-1
  impossible,    ///< not positive semidefinite: no numbers are correlated so
};

/// The first problem found.  Eigenvalues down to -1e-8 pass for rounding.
MatrixProblem problem_of(const Matrix& matrix);

/// The correlation matrix nearest to a symmetric one in the Frobenius norm (Higham 2002: projections onto
/// the positive semidefinite matrices and onto those with a unit diagonal in turn, with Dykstra's
/// correction), to 1e-8 of the norm.  A valid one comes back as it is.  Cubic in the size: 100 variables
/// take a tenth of a second, 300 two.
Matrix nearest_correlation(const Matrix& matrix);

/// The lower triangle L with L L' = matrix, for a correlation matrix, which may be singular.  Rows have unit
/// length, so that normal scores stay standard normal whatever rounding does.
Matrix cholesky(const Matrix& matrix);

/// The correlation of normal scores whose ranks correlate by `rank_correlation` (Spearman's): 2 sin(pi r / 6).
double score_correlation(double rank_correlation);
/// And back: 6 / pi asin(c / 2).
double rank_correlation_of(double score_correlation);

/// Where uniform numbers come from: a `Stream`'s or a `LatinHypercube`'s.
using Source =
    std::function<void(std::uint64_t variable, std::uint64_t first_trial, std::span<Uniform> out)>;

/// Correlated uniforms by normal scores (a Gaussian copula).  Marginals stay what they are; of a Latin
/// hypercube, correlated variables are stratified no more.
///
/// A member's score is  loading * factor + sqrt(1 - loading^2) * own.  Members of one factor have scores
/// that correlate by the product of their loadings.  A given correlation holds between the own scores of
/// members or the scores of factors: for members without a factor it is the rank correlation of what comes
/// out.  What is not given is 0; where this is impossible, the nearest possible matrix stands for it.
class Copula {
 public:
  static constexpr std::size_t kNoFactor = ~std::size_t{0};

  struct Member {
    std::uint64_t variable = 0;  ///< in the source
    std::size_t factor = kNoFactor;
    double loading = 0;  ///< -1 ... 1
  };
  /// `one` and `other`: a member by its number, or a factor by the number of members plus its own.
  struct Pair {
    std::size_t one = 0;
    std::size_t other = 0;
    double rank_correlation = 0;  ///< -1 ... 1
  };
  /// Variables that were given correlations which no numbers can have.
  struct Repair {
    std::vector<std::size_t> nodes;  ///< members or factors, as in `Pair`
    double largest_change = 0;       ///< of a rank correlation
  };

  /// `factors` are variables of the source, too.  Of pairs given twice the last counts.
  Copula(std::vector<Member> members, std::vector<std::uint64_t> factors,
         std::span<const Pair> pairs);

  std::size_t num_members() const { return members_.size(); }
  const std::vector<Repair>& repairs() const { return repairs_; }

  /// The uniforms of some trials.  Factors and what a matrix ties together are made at the beginning, the
  /// rest when asked for.  Outlives neither the copula nor the source.
  class Block {
   public:
    Block(const Copula& copula, const Source& source, std::uint64_t first_trial,
          std::size_t num_trials);
    void uniforms(std::size_t member, std::span<Uniform> out);

   private:
    std::span<float> row(std::size_t row) {
      return std::span(rows_).subspan(row * num_trials_, num_trials_);
    }
    void draw(std::size_t node, std::span<float> scores);

    const Copula& copula_;
    const Source& source_;
    std::uint64_t first_trial_;
    std::size_t num_trials_;
    std::vector<float> rows_;  // scores of factors and of nodes tied together
    std::vector<float> own_;
    std::vector<Uniform> drawn_;
  };

 private:
  static constexpr std::size_t kNoRow = ~std::size_t{0};

  struct Group {
    std::size_t first_row = 0;  // its nodes have neighbouring rows
    Matrix lower;
  };
  void tie(std::span<const Pair> pairs);

  std::vector<Member> members_;
  std::vector<std::uint64_t> factors_;
  std::vector<Group> groups_;
  std::vector<std::size_t> row_of_;   // of each node
  std::vector<std::size_t> node_of_;  // of each row
  std::vector<Repair> repairs_;
};

}  // namespace diaodu::forecast
