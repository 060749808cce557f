#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace diaodu::solve {

/// Items that take room of several kinds, of which some pairs are never together.
struct Bins {
  std::vector<std::int32_t> capacity;           ///< of each kind
  std::vector<std::vector<std::int32_t>> size;  ///< of each item, of each kind
  std::vector<std::vector<char>> is_apart;      ///< of two items
  std::size_t num_items() const { return size.size(); }
};

/// The heaviest set of items that fit in together: a knapsack of several dimensions, by branch and bound.  From the
/// items that are left, each kind of room alone lets in no more than its own knapsack does; these are tabulated before
/// (dynamic programming; Bellman 1957).
///
/// O(items * sum of capacities) for the tables, then as many nodes as it takes, but no more than it is told.
template <class Weight>
class HeaviestSet {
 public:
  explicit HeaviestSet(const Bins& bins) : bins_(bins), tables_(bins.capacity.size()) {}

  /// Looks for a set that weighs more than `above`, the heaviest there is.
  void search(const std::vector<Weight>& weight, Weight above, std::int64_t most_nodes) {
    weight_ = &weight;
    order_.clear();
    for (std::uint32_t item = 0; item < bins_.num_items(); ++item) {
      if (weight[item] > Weight{}) order_.push_back(item);
    }
    // Who takes most of some kind of room first: few others fit in beside it.
    std::vector<double> share(bins_.num_items(), 0);
    for (const std::uint32_t item : order_) {
      for (std::size_t kind = 0; kind < bins_.capacity.size(); ++kind)
        share[item] = std::max(share[item],
                               static_cast<double>(bins_.size[item][kind]) / bins_.capacity[kind]);
    }
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (share[a] != share[b]) return share[a] > share[b];
      return weight[a] != weight[b] ? weight[a] > weight[b] : a < b;
    });
    tabulate();
    best_ = above;
    set_.clear();
    chosen_.clear();
    left_ = bins_.capacity;
    nodes_ = 0;
    most_nodes_ = most_nodes;
    descend(0, Weight{});
  }

  bool is_finished() const { return nodes_ <= most_nodes_; }
  std::int64_t nodes() const { return nodes_; }
  Weight best() const { return best_; }  ///< at least `above`
  /// Empty: none weighs more than `above`.
  const std::vector<std::uint32_t>& set() const { return set_; }

 private:
  void tabulate() {
    for (std::size_t kind = 0; kind < tables_.size(); ++kind) {
      const auto width = static_cast<std::size_t>(bins_.capacity[kind]) + 1;
      std::vector<Weight>& table = tables_[kind];
      table.assign((order_.size() + 1) * width, Weight{});
      for (std::size_t place = order_.size(); place-- > 0;) {
        const Weight* after = table.data() + (place + 1) * width;
        Weight* here = table.data() + place * width;
        std::copy(after, after + width, here);
        const auto size = static_cast<std::size_t>(bins_.size[order_[place]][kind]);
        const Weight weight = (*weight_)[order_[place]];
        for (std::size_t room = size; room < width; ++room)
          here[room] = std::max(here[room], after[room - size] + weight);
      }
    }
  }

  /// No set of items from `place` on that fits into what is left weighs more.
  Weight most(std::size_t place) const {
    Weight least = std::numeric_limits<Weight>::max();
    for (std::size_t kind = 0; kind < tables_.size(); ++kind) {
      const auto width = static_cast<std::size_t>(bins_.capacity[kind]) + 1;
      least = std::min(least, tables_[kind][place * width + static_cast<std::size_t>(left_[kind])]);
    }
    return least;
  }

  bool fits(std::uint32_t item) const {
    for (std::size_t kind = 0; kind < left_.size(); ++kind) {
      if (bins_.size[item][kind] > left_[kind]) return false;
    }
    return std::none_of(chosen_.begin(), chosen_.end(),
                        [&](std::uint32_t other) { return bins_.is_apart[item][other] != 0; });
  }

  void descend(std::size_t place, Weight weight) {
    if (weight > best_) {
      best_ = weight;
      set_ = chosen_;
    }
    for (; place < order_.size(); ++place) {
      if (++nodes_ > most_nodes_ || weight + most(place) <= best_) return;
      const std::uint32_t item = order_[place];
      if (!fits(item)) continue;
      for (std::size_t kind = 0; kind < left_.size(); ++kind) left_[kind] -= bins_.size[item][kind];
      chosen_.push_back(item);
      descend(place + 1, weight + (*weight_)[item]);
      chosen_.pop_back();
      for (std::size_t kind = 0; kind < left_.size(); ++kind) left_[kind] += bins_.size[item][kind];
    }
  }

  const Bins& bins_;
  const std::vector<Weight>* weight_ = nullptr;
  std::vector<std::uint32_t> order_;
  std::vector<std::vector<Weight>> tables_;  // of each kind: [place][room left]
  std::vector<std::int32_t> left_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::uint32_t> set_;
  Weight best_{};
  std::int64_t nodes_ = 0;
  std::int64_t most_nodes_ = 0;
};

}  // namespace diaodu::solve
