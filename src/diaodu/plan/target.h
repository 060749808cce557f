#pragma once

#include <cstdint>
#include <optional>

#include "diaodu/core/text.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/ids.h"

namespace diaodu {

/// A node of the indicator tree.
struct Target {
  enum class Direction : std::uint8_t { more_is_better, less_is_better };

  Text id;
  Text name;
  Text name_zh;
  Text unit;
  Text rule;  ///< how it is scored
  Text side;  ///< of the accounts: production, expenditure, income
  TargetId parent;
  double weight = 1;
  std::optional<double> base;
  std::optional<double> goal;
  Instant by = kNever;
  Direction direction = Direction::more_is_better;
};

}  // namespace diaodu
