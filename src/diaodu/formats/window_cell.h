#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// What is wrong with a cell of windows: the window, as it was written.
struct BadWindow {
  std::string text;
  bool is_backwards = false;  ///< else it is no window
};

/// `2022-08-13 08:00..12:00`, `2022-08-13 08:00..2022-08-14 02:00`, `2022-08-13` (the whole day), more of them after a `;`;
/// `至` and `~` stand for `..`.  Of a bare date after `..` its last minute counts too.
std::vector<Interval> parse_windows(std::string_view text, const Zone& zone,
                                    std::optional<BadWindow>& bad);

std::string windows_text(const Plan& plan, const std::vector<Interval>& windows);

}  // namespace diaodu::formats
