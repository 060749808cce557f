#include <algorithm>

#include "diaodu/solve/prove.h"

// Large-neighbourhood search by a `Prover` whose aim is `near_best`.

namespace diaodu::solve {

/// Around some instant of the best schedule tasks are open.  The others start no later than they do in it, and those of
/// them that exclude each other keep their order.
void Prover::choose_neighbourhood() {
  const std::size_t size = problem_.size();
  const auto middle = static_cast<Time>(random_.below(static_cast<std::uint64_t>(makespan_) + 1));
  std::vector<std::pair<Time, std::uint32_t>> by_distance;
  for (std::uint32_t task = 0; task < size; ++task) {
    const Time twice_middle =
        problem_.starts_at(task, hint_[task]) + problem_.ends_at(task, hint_[task]);
    by_distance.push_back({std::abs(twice_middle - 2 * middle), task});
  }
  std::sort(by_distance.begin(), by_distance.end());
  std::vector<char> is_open(size, 0);
  const auto num_open = static_cast<std::size_t>(share_open_ * static_cast<double>(size)) + 2;
  for (std::size_t i = 0; i < std::min(num_open, size); ++i) is_open[by_distance[i].second] = 1;
  assumed_.clear();
  for (std::uint32_t task = 0; task < size; ++task) {
    if (is_open[task] == 0) assumed_.push_back({negative(view_of(task)), -hint_[task]});
  }
  for (std::uint32_t i = 0; i < pairs_.size(); ++i) {
    const Pair& pair = pairs_[i];
    if (is_open[pair.first] != 0 || is_open[pair.second] != 0) continue;
    const Atom first{view_of(end_ + 1 + i), 1};
    assumed_.push_back(is_first_in_hint(pair) ? first : !first);
  }
  std::reverse(assumed_.begin(), assumed_.end());  // taken from the back
  constexpr std::int64_t kConflictsPerNeighbourhood = 300;
  conflicts_left_ = kConflictsPerNeighbourhood;
  is_in_neighbourhood_ = true;
}

/// One that was searched to its end was too small, one that was not, too large.
void Prover::leave_neighbourhood(bool is_exhausted) {
  constexpr double kGrowth = 1.03;
  share_open_ = std::clamp(is_exhausted ? share_open_ * kGrowth : share_open_ / kGrowth, 0.05, 1.0);
  is_in_neighbourhood_ = false;
}

/// True if it decided something, or found the neighbourhood empty.
bool Prover::assume_next() {
  for (std::size_t i = assumed_.size(); i-- > 0;) {
    if (deduction_.holds(assumed_[i])) continue;
    if (deduction_.fails(assumed_[i])) {
      back_to(0);
      leave_neighbourhood(true);
      return true;
    }
    deduction_.decide(assumed_[i]);
    return true;
  }
  return false;
}

}  // namespace diaodu::solve
