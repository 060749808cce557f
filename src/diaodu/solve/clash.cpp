#include "diaodu/solve/clash.h"

#include <algorithm>
#include <span>

#include "diaodu/solve/prove.h"

namespace diaodu::solve {
namespace {

class ClashFinder {
 public:
  ClashFinder(const Problem& problem, std::int64_t steps, const std::atomic<bool>* cancel)
      : problem_(problem),
        horizon_(horizon_of(problem)),
        cancel_(cancel),
        steps_left_(steps),
        steps_each_(std::max<std::int64_t>(1, steps / kTrials)),
        is_kept_(problem.demands.size(), 1) {}

  Clash find() {
    for (std::uint32_t resource = 0; resource < problem_.capacity.size(); ++resource)
      drop([&](std::size_t demand) { return problem_.demands[demand].resource == resource; });
    std::vector<std::uint32_t> tasks = users();
    for (std::size_t size = (tasks.size() + 1) / 2; size > 0;
         size = size > 1 ? (size + 1) / 2 : 0) {
      for (std::size_t first = 0; first < tasks.size();) {
        const std::size_t last = std::min(first + size, tasks.size());
        if (!drop_all_of(std::span(tasks).subspan(first, last - first))) first = last;
        tasks = users();
      }
    }
    return {.tasks = tasks, .resources = resources()};
  }

 private:
  static constexpr std::int64_t kTrials = 16;

  bool drop_all_of(std::span<const std::uint32_t> tasks) {
    std::vector<char> is_of(problem_.demands.size(), 0);
    for (const std::uint32_t task : tasks) {
      const auto begin = is_of.begin() + static_cast<std::ptrdiff_t>(problem_.first_demand[task]);
      const auto end = is_of.begin() + static_cast<std::ptrdiff_t>(problem_.first_demand[task + 1]);
      std::fill(begin, end, 1);
    }
    return drop([&](std::size_t demand) { return is_of[demand] != 0; });
  }

  /// Without these demands, if the contradiction remains.
  template <class Predicate>
  bool drop(Predicate&& is_chosen) {
    std::vector<char> kept = is_kept_;
    for (std::size_t demand = 0; demand < kept.size(); ++demand) {
      if (is_chosen(demand)) kept[demand] = 0;
    }
    if (kept == is_kept_ || !has_no_schedule(kept)) return false;
    is_kept_ = std::move(kept);
    return true;
  }

  bool has_no_schedule(const std::vector<char>& kept) {
    if (steps_left_ <= 0 || is_cancelled()) return false;
    Problem problem = problem_;
    problem.demands.clear();
    for (std::size_t task = 0; task < problem.size(); ++task) {
      problem.first_demand[task] = static_cast<std::uint32_t>(problem.demands.size());
      for (std::uint32_t i = problem_.first_demand[task]; i < problem_.first_demand[task + 1];
           ++i) {
        if (kept[i] != 0) problem.demands.push_back(problem_.demands[i]);
      }
    }
    problem.first_demand.back() = static_cast<std::uint32_t>(problem.demands.size());
    // Towards any end at all: nobody wants the earliest.
    Prover prover(problem, horizon_, Prover::Aim::better_end);
    prover.run(std::min(steps_each_, steps_left_),
               [&] { return !prover.starts().empty() || is_cancelled(); });
    steps_left_ -= prover.steps() + 1;
    return prover.is_done() && prover.starts().empty();
  }

  bool is_cancelled() const {
    return cancel_ != nullptr && cancel_->load(std::memory_order_relaxed);
  }

  std::vector<std::uint32_t> users() const {
    std::vector<std::uint32_t> tasks;
    for (std::uint32_t task = 0; task < problem_.size(); ++task) {
      const auto begin =
          is_kept_.begin() + static_cast<std::ptrdiff_t>(problem_.first_demand[task]);
      const auto end =
          is_kept_.begin() + static_cast<std::ptrdiff_t>(problem_.first_demand[task + 1]);
      if (std::find(begin, end, 1) != end) tasks.push_back(task);
    }
    return tasks;
  }

  std::vector<std::uint32_t> resources() const {
    std::vector<std::uint32_t> resources;
    for (std::uint32_t resource = 0; resource < problem_.capacity.size(); ++resource) {
      for (std::size_t demand = 0; demand < is_kept_.size(); ++demand) {
        if (is_kept_[demand] == 0 || problem_.demands[demand].resource != resource) continue;
        resources.push_back(resource);
        break;
      }
    }
    return resources;
  }

  const Problem& problem_;
  Problem::Time horizon_;
  const std::atomic<bool>* cancel_;
  std::int64_t steps_left_;
  std::int64_t steps_each_;
  std::vector<char> is_kept_;  // of each demand
};

}  // namespace

Clash find_clash(const Problem& problem, std::int64_t steps, const std::atomic<bool>* cancel) {
  return ClashFinder(problem, steps, cancel).find();
}

}  // namespace diaodu::solve
