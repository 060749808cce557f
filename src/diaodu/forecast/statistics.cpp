#include "diaodu/forecast/statistics.h"

namespace diaodu::forecast {

std::vector<std::int32_t> percentiles(std::vector<std::int32_t> values) {
  constexpr std::size_t kParts = 100;
  std::sort(values.begin(), values.end());
  std::vector<std::int32_t> told;
  if (values.empty()) return told;
  for (std::size_t part = 0; part <= kParts; ++part) {
    // The least value that so many do not exceed: a share of n rounded up, and at least one.
    const std::size_t rank = (part * values.size() + kParts - 1) / kParts;
    told.push_back(values[std::max<std::size_t>(rank, 1) - 1]);
  }
  return told;
}

std::vector<double> ranks_of(std::span<const std::int32_t> values) {
  // Value and place in one word: sorting compares words alone.
  constexpr std::uint32_t kSign = 0x8000'0000;
  const auto place_of = [](std::uint64_t key) { return static_cast<std::uint32_t>(key); };
  const auto value_of = [](std::uint64_t key) { return key >> 32; };
  std::vector<std::uint64_t> keys;
  keys.reserve(values.size());
  for (const std::int32_t value : values)
    keys.push_back(std::uint64_t{static_cast<std::uint32_t>(value) ^ kSign} << 32 | keys.size());
  std::sort(keys.begin(), keys.end());
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < keys.size();) {
    std::size_t next = i;
    while (next < keys.size() && value_of(keys[next]) == value_of(keys[i])) ++next;
    for (std::size_t j = i; j < next; ++j)
      ranks[place_of(keys[j])] = static_cast<double>(i + next - 1) / 2;
    i = next;
  }
  return ranks;
}

double correlation_of(const std::vector<double>& one, const std::vector<double>& other) {
  const auto n = static_cast<double>(one.size());
  const double middle = (n - 1) / 2;  // the mean of ranks
  double product = 0;
  double square = 0;
  double other_square = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    product += (one[i] - middle) * (other[i] - middle);
    square += (one[i] - middle) * (one[i] - middle);
    other_square += (other[i] - middle) * (other[i] - middle);
  }
  return square <= 0 || other_square <= 0 ? 0 : product / std::sqrt(square * other_square);
}

}  // namespace diaodu::forecast
