#include "diaodu/solve/level.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "diaodu/solve/bound.h"
#include "diaodu/solve/clash.h"
#include "diaodu/solve/improve.h"
#include "diaodu/solve/kernel.h"
#include "diaodu/solve/objectives.h"
#include "diaodu/solve/packing.h"
#include "diaodu/solve/polish.h"

namespace diaodu::solve {
namespace {

/// Placements that one thread makes in a round: some hundredths of a second.
constexpr std::int64_t kStepsPerRound = 20'000;
/// So many rounds each search goes its own way before it hears of the best.
constexpr int kRoundsAlone = 16;
/// At the start, and after each round, a packing may take so many: some hundredths of a second, and some thousandths.
constexpr std::int64_t kStepsOfFirstPacking = 2'000'000;
constexpr std::int64_t kStepsOfPacking = 200'000;
constexpr std::int64_t kPackingStepsPerStep = 100;  // they are so much quicker than a placement
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
      : model_(model), request_(request), budget_(budget), late_(model.early), packed_(model) {
    backward_pass(model.network, late_, late_.finish);
    const RandomStream random(request.seed);
    const int threads = std::max(1, request.threads);
    for (int i = 0; i < threads; ++i) {
      searchers_.push_back(
          make_searcher(model, late_, random.split(static_cast<std::uint64_t>(i))));
    }
  }

  Levelling run() {
    searchers_.front()->run(1, kNothing, [] { return false; });
    budget_.spend(searchers_.front()->steps());
    result_.bound.finish = model_.axis.from_axis(model_.early.finish);
    if (gather()) record(true);  // before all that takes time
    if (result_.is_found()) {
      packings_ = packings_of_resources(packed_);
      result_.bound = lower_bound(model_, result_.cost.finish, packings_);
    }
    finish_bound_ = model_.axis.to_axis(result_.bound.finish);
    earliest_dues_ =
        earliest_dues(model_, result_.is_found() ? result_.cost.finish : model_.early.finish);
    is_bounded_ = true;
    bound_objectives();
    record(true);
    pack(kStepsOfFirstPacking);
    make_kernel();
    if (kernel_ && finds_alone()) {
      while (!kernel_->is_done() && is_wanted_of_kernel() && has_time_for_kernel()) {
        run_kernel();
        pack(kStepsOfPacking);
      }
    }
    for (int round = 1; !budget_.is_spent() && !is_proven() && !result_.is_infeasible; ++round) {
      if (kernel_ && !kernel_->is_done() && has_time_for_kernel()) {
        run_kernel();
        if (is_proven() || result_.is_infeasible) break;
      }
      run_round();
      pack(kStepsOfPacking);
      const bool is_better = gather();
      record(is_better);
      if (kernel_ && is_better) teach_kernel();
      if (round % kRoundsAlone != 0) continue;
      for (auto& searcher : searchers_) searcher->learn(result_.cost, result_.genes);
    }
    if (kernel_) kernel_->end_log();
    if (result_.is_infeasible) tell_clash();
    return std::move(result_);
  }

 private:
  bool is_proven() const { return meets(result_.cost, result_.bounds); }

  /// Weighs the tasks better, and so bounds the finish, where that is not at its best yet.
  void pack(std::int64_t steps) {
    if (is_proven() || !result_.is_found()) return;
    if (!packer_) packer_ = std::make_unique<Packer>(model_, packed_, packings_);
    packing_steps_ += steps;  // a long search is paid for by rounds without one
    if (packer_->is_done() || packing_steps_ <= 0) return;
    const std::int64_t before = packer_->steps();
    const bool is_better = packer_->run(packing_steps_);
    const std::int64_t used = packer_->steps() - before;
    packing_steps_ -= used;
    budget_.spend(used / kPackingStepsPerStep);
    if (!is_better) return;
    LowerBound bound = lower_bound_by(model_, result_.cost.finish, *packer_->best());
    const Instant finish = model_.axis.to_axis(bound.finish);
    if (finish <= finish_bound_) return;
    finish_bound_ = finish;
    result_.bound = std::move(bound);
    bound_objectives();
    if (kernel_) kernel_->raise_bound(problem_->from_axis(finish_bound_));
    record(true);
  }

  /// From the bound of the finish, and the best schedule so far.
  void bound_objectives() {
    const std::size_t rank = model_.wanted.rank(Objective::tardiness);
    result_.bounds = result_.is_found()
                         ? lower_bounds(model_, earliest_dues_, finish_bound_, result_.cost)
                         : kNothing;
    if (is_late_for_certain_) result_.bounds[rank] = std::max(result_.bounds[rank], least_weight());
    // What was proven of the finish among schedules that are never late holds while the best is one.
    const std::size_t finish = model_.wanted.rank(Objective::finish);
    if (rank < finish && result_.cost.values[rank] == 0)
      result_.bounds[finish] = std::max(result_.bounds[finish], on_time_bound_.minutes());
  }

  bool is_legal() const { return result_.is_found() && result_.cost.broken == 0; }
  bool is_on_time() const {
    return result_.cost.values[model_.wanted.rank(Objective::tardiness)] == 0;
  }

  /// Of a deadline that is missed by a minute.
  std::int64_t least_weight() const {
    std::int64_t least = Cost::kMost;
    for (const Due& due : model_.wanted.dues) least = std::min(least, due.weight);
    return model_.wanted.dues.empty() ? 0 : least;
  }

  /// What the kernel is asked for.  It makes the finish early and knows of deadlines only as limits: so where
  /// the finish is wanted first, for that; where no tardiness is wanted first, for the earliest finish without
  /// any.
  enum class Aim : std::uint8_t { finish, on_time };

  std::optional<Aim> aim_of_kernel() const {
    const Wanted& wanted = model_.wanted;
    const std::size_t finish = wanted.rank(Objective::finish);
    const bool is_second = finish == 1 && wanted.order.front() == Objective::tardiness;
    if (finish == 0 || (is_second && wanted.dues.empty())) return Aim::finish;
    if (is_second && result_.bounds[0] <= 0) return Aim::on_time;
    return {};
  }

  /// On a plan that is a problem in whole numbers, the kernel's search and proof.
  void make_kernel() {
    if (is_too_large_to_prove(model_) || (is_proven() && request_.proof == nullptr)) return;
    const std::optional<Aim> aim = aim_of_kernel();
    if (!aim) return;
    aim_ = *aim;
    problem_ =
        make_problem(model_, can_teach() ? std::optional(result_.cost.finish) : std::nullopt);
    if (problem_ && aim_ == Aim::on_time) keep_deadlines();
    if (!problem_) return;
    // A log cannot tell of calendars, of what has happened, nor of deadlines as limits.
    ProofLog* log = finds_alone() && aim_ == Aim::finish ? request_.proof : nullptr;
    if (log != nullptr) log->begin(*problem_, &model_);
    kernel_ = std::make_unique<Kernel>(*problem_, request_.threads, request_.seed, log);
    teach_kernel();
  }

  /// Deadlines as limits of the problem; where it has several calendars, no problem any more.
  void keep_deadlines() {
    if (!problem_->is_plain()) {
      problem_.reset();
      return;
    }
    for (const Due& due : model_.wanted.dues) {
      const Instant latest = latest_on_time(model_, due.node);
      if (latest >= kNever) continue;
      const Instant start = latest - Elapsed{problem_->duration[due.node] * problem_->minutes};
      problem_->latest[due.node] = std::min(problem_->latest[due.node], problem_->from_axis(start));
      problem_->has_limits = true;
    }
  }

  /// On calendars, and around what has happened, the kernel proves and searches neighbourhoods; whole schedules
  /// are found beside it.
  bool finds_alone() const {
    const auto is_marked = [](char mark) { return mark != 0; };
    return problem_->is_plain() &&
           std::none_of(model_.is_history.begin(), model_.is_history.end(), is_marked) &&
           std::none_of(model_.is_fixed_first.begin(), model_.is_fixed_first.end(), is_marked);
  }

  /// The best schedule is one of the kernel's problem.
  bool can_teach() const { return is_legal() && (aim_ == Aim::finish || is_on_time()); }

  void teach_kernel() {
    if (!can_teach()) return;
    Generator generator(model_);
    generator.forward(result_.genes);
    std::vector<Problem::Time> starts;
    for (Node node = 0; node < model_.size(); ++node) {
      const bool is_history = model_.is_history[node] != 0;
      // Gates and ends may lie before all that the problem knows.
      const bool is_before = is_history || generator.start(node) <= model_.floor;
      starts.push_back(is_before ? problem_->earliest[node]
                                 : problem_->start_from_axis(node, generator.start(node)));
    }
    kernel_->learn(problem_->from_axis(result_.cost.finish), starts);
    kernel_->raise_bound(problem_->from_axis(finish_bound_));
  }

  void tell_clash() {
    constexpr std::int64_t kSteps = 2'000'000;
    const Clash clash = find_clash(*problem_, kSteps, request_.cancel);
    result_.clashing_tasks.assign(clash.tasks.begin(), clash.tasks.end());
    for (const std::uint32_t resource : clash.resources)
      result_.clashing_resources.push_back(problem_->renewable[resource]);
  }

  /// What simple bounds have proven, the kernel proves again for a log.
  bool is_wanted_of_kernel() const { return !is_proven() || request_.proof != nullptr; }

  /// Where something else is wanted too that is not yet at its best, half of the budget is left for it.
  bool has_time_for_kernel() const {
    constexpr double kShare = 0.5;
    return !budget_.is_spent() && (is_rest_proven() || budget_.share() < kShare);
  }

  /// A round of it.
  void run_kernel() {
    constexpr std::int64_t kStepsPerKernelRound = 50'000;
    constexpr std::int64_t kKernelStepsPerStep =
        8;  // they are so much quicker than a placement on calendars
    constexpr double kSecondsPerRound = 0.05;
    const std::int64_t before = kernel_->steps();
    kernel_->run(
        {.steps = kStepsPerKernelRound,
         .seconds = budget_.is_timed() ? std::min(kSecondsPerRound, budget_.seconds_left()) : 0,
         .cancel = request_.cancel});
    budget_.spend((kernel_->steps() - before) / kKernelStepsPerStep);
    take(*problem_, *kernel_);
    if (aim_ == Aim::finish) {
      result_.is_infeasible = kernel_->is_infeasible();
    } else if (kernel_->is_infeasible()) {
      is_late_for_certain_ = true;
      bound_objectives();
    }
  }

  /// All but the finish is at its bound.
  bool is_rest_proven() const {
    const std::size_t finish = model_.wanted.rank(Objective::finish);
    for (std::size_t i = 0; i < result_.bounds.size(); ++i) {
      if (i != finish && result_.cost.values[i] > result_.bounds[i]) return false;
    }
    return true;
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
    if (aim_ == Aim::on_time) {
      on_time_bound_ = std::max(on_time_bound_, bound);
    } else if (bound > finish_bound_ && !kernel.is_infeasible()) {
      finish_bound_ = bound;
      result_.bound = {.finish = model_.axis.from_axis(bound), .kind = LowerBound::Kind::search};
      is_better = true;
    }
    bound_objectives();
    record(is_better);
  }

  /// Where starts may not move to the left freely, they are held where they are; and what is under way, which would go
  /// on first of all.
  Genes genes_of(const Problem& problem, const std::vector<Problem::Time>& starts) const {
    Genes genes;
    genes.way.assign(model_.size(), 0);
    for (Node node = 0; node < model_.size(); ++node) genes.order.push_back(node);
    std::stable_sort(genes.order.begin(), genes.order.end(), [&](Node a, Node b) {
      return problem.starts_at(a, starts[a]) < problem.starts_at(b, starts[b]);
    });
    const bool may_move = !problem.has_circles && !problem.has_limits && model_.starts_follow_arcs;
    if (may_move && !has_begun()) return genes;
    for (Node node = 0; node < model_.size(); ++node)
      genes.release.push_back(problem.to_axis(problem.starts_at(node, starts[node])));
    Generator(model_).make_legal(genes.order);
    return genes;
  }

  bool has_begun() const {
    for (Node node = 0; node < model_.size(); ++node) {
      if (state_of(model_.network, node).stage == TaskState::Stage::started) return true;
    }
    return false;
  }

  void run_round() {
    std::int64_t before = 0;
    for (const auto& searcher : searchers_) before += searcher->steps();
    const auto is_cancelled = [this] {
      return request_.cancel != nullptr && request_.cancel->load(std::memory_order_relaxed);
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < searchers_.size(); ++i) {
      threads.emplace_back(
          [&, i] { searchers_[i]->run(steps_per_round_, result_.bounds, is_cancelled); });
    }
    searchers_.front()->run(steps_per_round_, result_.bounds, is_cancelled);
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
    if (is_better && is_bounded_) bound_objectives();
    return is_better;
  }

  WorkTime value(Objective objective) const {
    return WorkTime{result_.cost.values[model_.wanted.rank(objective)]};
  }

  void record(bool is_better) {
    if (!result_.is_found()) return;
    const Improvement state{.seconds = budget_.seconds(),
                            .steps = budget_.steps(),
                            .finish = model_.axis.from_axis(result_.cost.finish),
                            .bound = result_.bound.finish,
                            .tardiness = value(Objective::tardiness),
                            .stability = value(Objective::stability)};
    if (is_better) result_.log.push_back(state);
    if (request_.on_progress) request_.on_progress(state);
  }

  const Model& model_;
  const LevelRequest& request_;
  Budget& budget_;
  CriticalPath late_;  // with late dates, for the rules
  std::vector<std::unique_ptr<Searcher>> searchers_;
  Levelling result_;
  Instant finish_bound_ = kEver;  // on the axis
  PackedTasks packed_;
  std::vector<Packing> packings_;
  std::unique_ptr<Packer> packer_;  // once something is left to prove
  std::int64_t packing_steps_ = 0;  // that it may take
  std::vector<Instant> earliest_dues_;
  bool is_late_for_certain_ = false;  // proven: some deadline is missed
  Instant on_time_bound_ = kEver;     // of the finish, if none is
  bool is_bounded_ = false;
  std::optional<Problem> problem_;
  std::unique_ptr<Kernel> kernel_;
  Aim aim_ = Aim::finish;
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
