#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/core/time.h"

namespace diaodu::solve {

struct Model;

/// How long a line must stand free at least where a way is to be done (`LeastWork`): with that, a search for a start
/// leaps over all gaps that are too short.
class LineFits {
 public:
  /// Says nothing of any way.
  LineFits() = default;
  /// Spells hours out as far as schedules may reach and the time for it lasts.
  explicit LineFits(const Model& model);

  /// Points of the line (number in the model) that the way (likewise) takes, if it starts by `last_start`.
  Elapsed least(std::size_t way, std::size_t line) const {
    return Elapsed{least_[kind_[way] * num_lines_ + line]};
  }
  /// `kEver`: nothing is known of the way.
  Instant last_start(std::size_t way) const {
    return kind_.empty() ? kEver : last_start_[kind_[way]];
  }

 private:
  std::size_t num_lines_ = 0;
  std::vector<std::uint32_t>
      kind_;  // of each way: those of one calendar and about as much work are alike
  std::vector<Instant> last_start_;  // of each kind
  std::vector<std::int32_t> least_;  // of each kind, on each line
};

}  // namespace diaodu::solve
