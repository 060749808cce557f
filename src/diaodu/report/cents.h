#pragma once

namespace diaodu::report {

/// In one of a currency, where amounts become numbers with a point.
inline constexpr double kCentsInOne = 100;

}  // namespace diaodu::report
