#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace diaodu::solve {

/// The greatest common measure of all numbers seen.
class Measure {
 public:
  void add(std::int64_t number) { measure_ = std::gcd(measure_, number); }
  std::int64_t value() const { return std::max<std::int64_t>(1, measure_); }

 private:
  std::int64_t measure_ = 0;
};

}  // namespace diaodu::solve
