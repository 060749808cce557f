#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/quantity.h"

namespace diaodu {

/// The decimal number in `text` times 10^`places`, exactly; further digits are rounded half away from
/// zero.  Takes a sign, digits, one point.  Nothing when it is no such number or above 10^15.
std::optional<std::int64_t> parse_decimal(std::string_view text, int places);

/// `value` / 10^`places` with as many digits as needed: 2500 with 3 places is `2.5`.
std::string decimal_string(std::int64_t value, int places);

std::string to_string(Amount amount);  ///< `2.5`
std::string to_string(Money money);    ///< `1234.5`

}  // namespace diaodu
