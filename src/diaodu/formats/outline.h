#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// Lines of land to draw places on: coasts, borders.
struct Outline {
  using Line = std::vector<double>;  ///< degrees: longitude, latitude, longitude, latitude ...
  std::vector<Line> lines;
};

/// No outline has more points: of a larger one only every so many are kept, and a finding says so.
inline constexpr std::size_t kMostOutlinePoints = 20'000;

/// The lines and the rings of polygons in a GeoJSON document (RFC 7946); points, heights and properties are
/// passed over.  What is no GeoJSON is an error; positions that are no longitude and latitude are left out with a
/// warning.  Costs O(bytes).
Outline parse_outline(std::string_view bytes, const std::string& file, Findings& findings);

/// The same of a file of at most 64 MB.
Outline read_outline(const std::filesystem::path& path, Findings& findings);

}  // namespace diaodu::formats
