#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace diaodu::check {

/// A list for each row of some table, laid one after the other; each keeps the order of the pairs it is made of.
struct Lists {
  using Pair = std::pair<std::uint32_t, std::uint32_t>;  ///< a row and one item of its list

  Lists() = default;
  /// O(rows + pairs).
  Lists(std::size_t rows, const std::vector<Pair>& pairs)
      : first(rows + 1, 0), items(pairs.size()) {
    for (const auto& [row, item] : pairs) ++first[row + 1];
    for (std::size_t row = 0; row < rows; ++row) first[row + 1] += first[row];
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const auto& [row, item] : pairs) items[next[row]++] = item;
  }
  std::span<const std::uint32_t> of(std::size_t row) const {
    return std::span(items).subspan(first[row], first[row + 1] - first[row]);
  }

  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> items;
};

}  // namespace diaodu::check
