#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/forecast/correlation.h"
#include "diaodu/forecast/figures.h"

namespace diaodu::forecast {

/// How the surprises of indicators have gone together: the correlation of the changes of their growths on the
/// year before, shrunk towards none as n / (n + 24) for n periods in common, made a valid matrix.  Indicators
/// of different slots count as unrelated.
Matrix correlation_of_surprises(std::span<const Levels* const> indicators);

/// An order for each indicator's paths that makes their outcomes go together as `correlation` says, leaving
/// each one's distribution what it is (Iman & Conover 1982): `orders[i][p]` is the path of indicator i that
/// belongs to future p.  `outcomes[i]` are its paths' values.
std::vector<std::vector<std::uint32_t>> joint_orders(const Matrix& correlation,
                                                     std::span<const std::vector<double>> outcomes,
                                                     std::uint64_t seed);

}  // namespace diaodu::forecast
