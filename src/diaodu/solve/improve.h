#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/solve/generate.h"
#include "diaodu/solve/rules.h"
#include "diaodu/solve/searcher.h"

namespace diaodu::solve {

/// A search for good schedules: priority rules first, then biased random samples, then a population of
/// the best that mixes their orders (two-point crossover on activity lists; Hartmann 1998), each child
/// justified to the right and to the left.  When nothing improves for long, the population starts afresh
/// beside the best.
///
/// Where a baseline is to be kept, each node is either held at its start there or free, a gene like its way; the
/// first sample holds them all, and every child is shifted towards the baseline.
class Improver final : public Searcher {
 public:
  /// `late` are the model's dates with late ones, for the rules.
  Improver(const Model& model, const CriticalPath& late, RandomStream random);

  void run(std::int64_t steps, const Cost::Values& bounds,
           const std::function<bool()>& is_over) override;
  const Cost& best_cost() const override { return best_.cost; }
  const Genes& best_genes() const override { return best_.genes; }
  std::int64_t steps() const override { return generator_.steps(); }
  void learn(const Cost& cost, const Genes& genes) override;

 private:
  struct Individual {
    Cost cost;
    Genes genes;
    std::uint64_t fingerprint = 0;
  };

  Individual evaluate(Genes genes);
  Genes sample();
  Genes from_values(const std::vector<double>& values, double noise);
  std::vector<std::uint16_t> sample_ways();
  Genes cross(const Individual& mother, const Individual& father);
  void mutate(Genes& genes);
  void move_node(std::vector<Node>& order, std::size_t at);
  const Individual& tournament();
  void admit(Individual individual);
  void approach_baseline(Individual& individual);
  void hold_some(Genes& genes);
  Genes held_child();

  const Model& model_;
  RandomStream random_;
  Generator generator_;
  std::vector<std::vector<double>> values_;  // of each rule
  std::vector<double> scale_;                // how far apart a rule's values lie
  std::vector<Node> choosers_;               // nodes with several ways
  std::vector<Individual> population_;
  Individual best_;
  std::size_t num_samples_ = 0;
  std::size_t num_barren_ = 0;  // children since the best improved
  std::vector<char> is_taken_;
  bool has_baseline_;
  bool is_baseline_tried_ = false;
};

}  // namespace diaodu::solve
