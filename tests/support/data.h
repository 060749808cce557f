#pragma once

#include <cstdlib>
#include <filesystem>

namespace diaodu {

/// Where the instances and reference answers lie: `$DIAODU_DATA`, else beside the project.
inline std::filesystem::path data_folder() {
  if (const char* folder = std::getenv("DIAODU_DATA")) return folder;
  return std::filesystem::path(DIAODU_SOURCE_DIR) / "../shared/data";
}

}  // namespace diaodu
