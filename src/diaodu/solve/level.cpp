#include "diaodu/solve/level.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "diaodu/solve/bound.h"
#include "diaodu/solve/improve.h"
#include "diaodu/solve/kernel.h"
#include "diaodu/solve/polish.h"

namespace diaodu::solve {
namespace {

/// Placements that one thread makes in a round: some hundredths of a second.
constexpr std::int64_t kStepsPerRound = 20'000;
/// So many rounds each search goes its own way before it hears of the best.
constexpr int kRoundsAlone = 16;
/// From so many nodes on, a population of whole schedules learns too slowly, and a clause says too little.
constexpr std::size_t kManyNodes = 2000;

std::unique_ptr<Searcher> make_searcher(const Model& model, const CriticalPath& late,
                                        RandomStream random) {
  if (model.size() > kManyNodes) return std::make_unique<Polisher>(model, late, random);
  return std::make_unique<Improver>(model, late, random);
}

class Leveller {
 public:
  Leveller(const Model& model, const LevelRequest& request, Budget& budget)
      : model_(model), request_(request), budget_(budget), late_(model.early) {
    backward_pass(model.network, late_, late_.finish);
    const RandomStream random(request.seed);
    const int threads = std::max(1, request.threads);
    for (int i = 0; i < threads; ++i) {
      searchers_.push_back(
          make_searcher(model, late_, random.split(static_cast<std::uint64_t>(i))));
    }
  }

  Levelling run() {
    searchers_.front()->run(1, kEver, [] { return false; });
    budget_.spend(searchers_.front()->steps());
    gather();
    if (result_.is_found()) {
      result_.bound = lower_bound(model_, result_.cost.finish);
    } else {
      result_.bound.finish = model_.axis.from_axis(model_.early.finish);
    }
    target_ = model_.axis.to_axis(result_.bound.finish);
    record(true);
    if (!is_too_large_to_prove(model_)) {
      if (const auto problem = make_problem(model_); problem && Kernel::suits(*problem))
        run_kernel(*problem);
    }
    for (int round = 1; !budget_.is_spent() && !is_proven() && !result_.is_infeasible; ++round) {
      run_round();
      const bool is_better = gather();
      record(is_better);
      if (round % kRoundsAlone != 0) continue;
      for (auto& searcher : searchers_) searcher->learn(result_.cost, result_.genes);
    }
    return std::move(result_);
  }

 private:
  bool is_proven() const {
    return result_.cost.broken == 0 && result_.cost.lateness == 0 && result_.cost.finish <= target_;
  }

  /// On a plan that is a problem in whole numbers, the kernel's search and proof.  It knows nothing of
  /// deadlines; where some are missed, half of the budget is left for them.
  void run_kernel(const Problem& problem) {
    constexpr std::int64_t kStepsPerKernelRound = 50'000;
    constexpr std::int64_t kKernelStepsPerStep =
        8;  // they are so much quicker than a placement on calendars
    constexpr double kSecondsPerRound = 0.05;
    constexpr double kShareWithDeadlines = 0.5;
    if (request_.proof != nullptr) request_.proof->begin(problem, &model_);
    Kernel kernel(problem, request_.threads, request_.seed, request_.proof);
    if (result_.is_found() && result_.cost.broken == 0) {
      Generator generator(model_);
      generator.forward(result_.genes);
      std::vector<Problem::Time> starts;
      for (Node node = 0; node < model_.size(); ++node)
        starts.push_back(problem.from_axis(generator.start(node)));
      kernel.learn(problem.from_axis(result_.cost.finish), starts);
      kernel.raise_bound(problem.from_axis(target_));
    }
    const auto has_time = [&] {
      return !budget_.is_spent() &&
             (result_.cost.lateness == 0 || budget_.share() < kShareWithDeadlines);
    };
    while (!kernel.is_done() && has_time()) {
      const std::int64_t before = kernel.steps();
      kernel.run(
          {.steps = kStepsPerKernelRound,
           .seconds = budget_.is_timed() ? std::min(kSecondsPerRound, budget_.seconds_left()) : 0,
           .cancel = request_.cancel});
      budget_.spend((kernel.steps() - before) / kKernelStepsPerStep);
      take(problem, kernel);
    }
    result_.is_infeasible = kernel.is_infeasible();
    kernel.end_log();
  }

  void take(const Problem& problem, const Kernel& kernel) {
    bool is_better = false;
    if (!kernel.starts().empty()) {
      const Genes genes = genes_of(problem, kernel.starts());
      Generator generator(model_);
      const Cost cost = generator.forward(genes);
      if (cost < result_.cost) {
        result_.cost = cost;
        result_.genes = genes;
        result_.seconds_to_best = budget_.seconds();
        is_better = true;
      }
    }
    const Instant bound = problem.to_axis(kernel.bound());
    if (bound > target_ && !kernel.is_infeasible()) {
      target_ = bound;
      result_.bound = {.finish = model_.axis.from_axis(bound), .kind = LowerBound::Kind::search};
      is_better = true;
    }
    record(is_better);
  }

  /// Where starts may not move to the left freely, they are held where they are.
  Genes genes_of(const Problem& problem, const std::vector<Problem::Time>& starts) const {
    Genes genes;
    genes.way.assign(model_.size(), 0);
    for (Node node = 0; node < model_.size(); ++node) genes.order.push_back(node);
    std::stable_sort(genes.order.begin(), genes.order.end(),
                     [&](Node a, Node b) { return starts[a] < starts[b]; });
    if (!problem.has_circles && !problem.has_limits) return genes;
    for (const Problem::Time start : starts) genes.release.push_back(problem.to_axis(start));
    return genes;
  }

  void run_round() {
    std::int64_t before = 0;
    for (const auto& searcher : searchers_) before += searcher->steps();
    const auto is_cancelled = [this] {
      return request_.cancel != nullptr && request_.cancel->load(std::memory_order_relaxed);
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < searchers_.size(); ++i) {
      threads.emplace_back([&, i] { searchers_[i]->run(steps_per_round_, target_, is_cancelled); });
    }
    searchers_.front()->run(steps_per_round_, target_, is_cancelled);
    for (std::thread& thread : threads) thread.join();
    std::int64_t after = 0;
    for (const auto& searcher : searchers_) after += searcher->steps();
    budget_.spend(after - before);
  }

  /// True if some search has found better.
  bool gather() {
    bool is_better = false;
    for (const auto& searcher : searchers_) {
      if (searcher->best_genes().order.empty() || !(searcher->best_cost() < result_.cost)) continue;
      result_.cost = searcher->best_cost();
      result_.genes = searcher->best_genes();
      is_better = true;
    }
    if (is_better) result_.seconds_to_best = budget_.seconds();
    return is_better;
  }

  void record(bool is_better) {
    if (!result_.is_found()) return;
    const Improvement state{.seconds = budget_.seconds(),
                            .steps = budget_.steps(),
                            .finish = model_.axis.from_axis(result_.cost.finish),
                            .bound = result_.bound.finish};
    if (is_better) result_.log.push_back(state);
    if (request_.on_progress) request_.on_progress(state);
  }

  const Model& model_;
  const LevelRequest& request_;
  Budget& budget_;
  CriticalPath late_;  // with late dates, for the rules
  std::vector<std::unique_ptr<Searcher>> searchers_;
  Levelling result_;
  Instant target_ = kEver;
  /// Of a large plan, about the nodes that it has.
  std::int64_t steps_per_round_ =
      std::max(kStepsPerRound, static_cast<std::int64_t>(model_.size()));
};

}  // namespace

bool is_too_large_to_prove(const Model& model) { return model.size() > kManyNodes; }

Levelling level(const Model& model, const LevelRequest& request, Budget& budget) {
  return Leveller(model, request, budget).run();
}

}  // namespace diaodu::solve
