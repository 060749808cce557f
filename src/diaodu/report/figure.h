#pragma once

#include <string>

#include "diaodu/plan/target.h"

namespace diaodu::report {

/// An indicator's number for people: three to five digits that matter, thousands apart: `7.2`, `143.6`,
/// `12,480`.  A dash where there is none (NaN).
std::string figure(double value);

/// With its unit: percent for growths, the target's own for levels.
std::string figure_with_unit(double value, const Target& target);

/// With its sign: `+0.4`, `-1.2`, `0`.
std::string signed_figure(double value);

}  // namespace diaodu::report
