#pragma once

#include <cstdint>
#include <functional>

#include "diaodu/solve/generate.h"

namespace diaodu::solve {

/// A search for good schedules that goes on in rounds, so that several can go side by side and still repeat
/// exactly: nothing in it reads a clock, and its random numbers are its own.  The seam between `level`, which
/// spends the budget, and the ways to search.
class Searcher {
 public:
  virtual ~Searcher() = default;

  /// Goes on for about so many placements of nodes; makes at least one schedule if there is none yet.  Ends
  /// early where `is_over` says so or the best meets `bounds`.
  virtual void run(std::int64_t steps, const Cost::Values& bounds,
                   const std::function<bool()>& is_over) = 0;

  virtual const Cost& best_cost() const = 0;
  virtual const Genes& best_genes()
      const = 0;  ///< `Generator::forward` makes a schedule of `best_cost` of them
  virtual std::int64_t steps() const = 0;

  /// Takes in what another search found.
  virtual void learn(const Cost& cost, const Genes& genes) = 0;
};

}  // namespace diaodu::solve
