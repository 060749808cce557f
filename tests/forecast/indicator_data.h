#pragma once

#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "support/data.h"

namespace diaodu {

inline bool has_indicators() {
  return std::filesystem::exists(data_folder() / "indicators" / "nile.csv");
}

/// A column of a file of the data folder's `indicators`.
inline std::vector<double> indicator_column(const std::string& file, std::size_t column) {
  std::ifstream in(data_folder() / "indicators" / file);
  std::vector<double> out;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string cell;
    for (std::size_t i = 0; i <= column; ++i) std::getline(cells, cell, ',');
    out.push_back(std::strtod(cell.c_str(), nullptr));
  }
  return out;
}

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace diaodu

/// Skips, visibly, a test that needs the indicators of the data folder.
#define NEEDS_INDICATORS() \
  if (!diaodu::has_indicators()) GTEST_SKIP() << "no indicators in " << diaodu::data_folder()
