#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/solve/rules.h"
#include "diaodu/solve/searcher.h"

namespace diaodu::solve {

/// A search for good schedules of large plans, for which there is time to make some hundred schedules:
/// priority rules first, each but the very first justified; then the best schedule is polished (an iterated local search over
/// forward-backward improvement; Tormos & Lova 2001).  Each turn shakes the order of a stretch of it, and some
/// of the ways in there, leaves the rest as it is, generates, justifies, and keeps the outcome if it is not
/// worse.
///
/// The stretch is what makes it work: shaken all at once, a large plan loses here what it wins there.
/// Windows that are generated anew between neighbours that stay cost less a turn, but won less in three times
/// the time (10,000 and 100,000 tasks): what a window wins has to travel to the end of the plan before it is
/// any good.
///
/// Where a baseline is to be kept, the first schedule is the one that starts nothing before it, and each outcome
/// is shifted towards it.
///
/// A turn costs three passes over the plan, each O(n log n); memory is O(n).
class Polisher final : public Searcher {
 public:
  /// `late` are the model's dates with late ones, for the rules.
  Polisher(const Model& model, const CriticalPath& late, RandomStream random);

  void run(std::int64_t steps, const Cost::Values& bounds,
           const std::function<bool()>& is_over) override;
  const Cost& best_cost() const override { return best_cost_; }
  const Genes& best_genes() const override { return best_; }
  std::int64_t steps() const override { return generator_.steps(); }
  void learn(const Cost& cost, const Genes& genes) override;

 private:
  void follow_rule(Rule rule, double noise);
  void shake();
  void generate();
  void justify();
  void keep();
  void follow_baseline();
  void approach();

  const Model& model_;
  const CriticalPath& late_;
  RandomStream random_;
  Generator generator_;
  std::vector<Node> choosers_;  // nodes with several ways
  std::size_t num_rules_ = 0;   // followed
  bool is_baseline_followed_ = false;
  Genes genes_;  // of the schedule in hand
  Cost cost_;
  Genes best_;
  Cost best_cost_;
  bool is_learnt_ = false;      // what follows is not yet that of the best
  std::vector<double> start_;   // of each node in the best
  std::vector<Node> by_start_;  // its order
  double usual_length_ = 0;     // of a task, from start to finish
  std::vector<double> keys_;
};

}  // namespace diaodu::solve
