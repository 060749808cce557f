#include "diaodu/dispatch/dimacs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace diaodu::dispatch {
namespace {

std::string_view next_word(std::string_view& line) {
  const std::size_t start = std::min(line.find_first_not_of(" \t\r"), line.size());
  line.remove_prefix(start);
  const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

/// True if the rest of the line holds just these numbers.
bool read_numbers(std::string_view line, std::span<std::int64_t> numbers) {
  for (std::int64_t& number : numbers) {
    const std::string_view word = next_word(line);
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size()) return false;
  }
  return next_word(line).empty();
}

}  // namespace

std::optional<FlowNetwork> read_dimacs(std::string_view text) {
  constexpr std::int64_t kMost = 100'000'000;
  std::optional<FlowNetwork> network;
  std::size_t num_arcs = 0;
  const auto is_node = [&network](std::int64_t node) {
    return node >= 1 && node <= static_cast<std::int64_t>(network->supply.size());
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view kind = next_word(line);
    if (kind.empty() || kind == "c") continue;
    if (kind == "p") {
      std::array<std::int64_t, 2> sizes{};
      if (network || next_word(line) != "min" || !read_numbers(line, sizes)) return {};
      if (sizes[0] < 0 || sizes[0] > kMost || sizes[1] < 0 || sizes[1] > kMost) return {};
      network.emplace();
      network->supply.resize(static_cast<std::size_t>(sizes[0]));
      num_arcs = static_cast<std::size_t>(sizes[1]);
    } else if (kind == "n" && network) {
      std::array<std::int64_t, 2> node{};
      if (!read_numbers(line, node) || !is_node(node[0])) return {};
      network->supply[static_cast<std::size_t>(node[0] - 1)] = node[1];
    } else if (kind == "a" && network) {
      std::array<std::int64_t, 5> arc{};
      if (!read_numbers(line, arc) || !is_node(arc[0]) || !is_node(arc[1])) return {};
      network->arcs.push_back({.from = static_cast<std::size_t>(arc[0] - 1),
                               .to = static_cast<std::size_t>(arc[1] - 1),
                               .lower = arc[2],
                               .capacity = arc[3] < 0 ? FlowNetwork::kUncapped : arc[3],
                               .cost = arc[4]});
    } else {
      return {};
    }
  }
  if (!network || network->arcs.size() != num_arcs) return {};
  return network;
}

}  // namespace diaodu::dispatch
