#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace diaodu::solve {

/// A linear program whose columns come bit by bit: least cost such that every row lies within its
/// limits.  Solved by CLP, in whole numbers by CBC (COIN-OR), both without a clock and silently.
class Program {
 public:
  static constexpr double kNoLimit = 1e30;

  struct Entry {
    std::size_t row = 0;
    double factor = 0;
  };

  struct Outcome {
    bool is_solved = false;  ///< false: the rows contradict each other
    double value = 0;
    /// Of whole numbers: no better value is possible with the columns that there are; beyond
    /// rounding it equals `value` where the search was finished.
    double bound = 0;
    std::vector<double> amounts;  ///< of each column
    /// Of each row, of the linear program only: what one more of its limit adds to the value.
    std::vector<double> prices;
  };

  Program();
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  std::size_t add_row(double low, double high);
  std::size_t add_column(std::span<const Entry> entries, double high, bool is_whole);
  void set_row_limits(std::size_t row, double low, double high);
  void set_cost(std::size_t column, double cost);
  void set_high(std::size_t column, double high);
  std::size_t num_columns() const;

  Outcome minimize();
  /// At most so many nodes of the search tree.
  Outcome minimize_whole(int max_nodes);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace diaodu::solve
