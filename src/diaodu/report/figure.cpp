#include "diaodu/report/figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "diaodu/core/decimal.h"

namespace diaodu::report {
namespace {

int places_of(double value) {
  const double size = std::abs(value);
  if (size >= 1000) return 0;
  if (size >= 100) return 1;
  return size >= 1 || size == 0 ? 1 : 2;
}

std::string with_thousands(std::string digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > sign + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace

std::string figure(double value) {
  constexpr double kMost = 1e15;
  if (!std::isfinite(value) || std::abs(value) > kMost) return "–";
  const int places = places_of(value);
  constexpr std::array kScales = {1, 10, 100};
  const double scaled = value * kScales[static_cast<std::size_t>(places)];
  return with_thousands(decimal_string(std::llround(scaled), places));
}

std::string figure_with_unit(double value, const Target& target) {
  const std::string unit =
      target.measure == Target::Measure::growth ? std::string("%") : target.unit.str();
  const std::string number = figure(value);
  return unit.empty() ? number : number + ' ' + unit;
}

std::string signed_figure(double value) {
  const std::string number = figure(value);
  return value > 0 && number != "0" ? '+' + number : number;
}

}  // namespace diaodu::report
