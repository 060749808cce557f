#pragma once

#include <vector>

#include "diaodu/solve/generate.h"

namespace diaodu::solve {

/// Who keeps the nodes of a generated schedule from starting earlier.
class HeldBy {
 public:
  /// `generator` makes schedules of `model`; both must outlive this.
  HeldBy(const Model& model, const Generator& generator);

  /// Of a node that its links and dates alone hold (`Hindrance::alone` is where it starts).
  Driver driver(Node node, const Hold& hold) const;
  /// Of a node that waits for a resource: those who use it in the last minute before it comes free, the first
  /// to finish first.  None where it is the resource's own capacity that was too low.
  std::vector<Node> holders(Node waiting, const Generator::Blocked& blocked) const;

  /// From now on the generator's schedule stays; then `holders` need not look at everybody.  O(n log n).
  void settle();

 private:
  const Model& model_;
  const Generator& generator_;
  const Network& network_;
  std::vector<std::vector<Node>>
      users_;  // of each renewable, by name; settled: and by choice, by start
  std::vector<std::vector<Instant>> latest_finish_;  // settled: of each user and all before
};

}  // namespace diaodu::solve
