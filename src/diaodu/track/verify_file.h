#pragma once

#include <filesystem>
#include <string>

#include "diaodu/core/finding.h"

namespace diaodu::track {

// The parts of `verify` that look at bytes rather than at entries.

/// Is each page of the file sealed, and are there as many as its header says?
void verify_pages(const std::filesystem::path& path, const std::string& file, Findings& findings);

/// Does the write-ahead log end where its last transaction does?  What is left of logs before is not minded.
void verify_log(const std::filesystem::path& path, const std::string& file, Findings& findings);

}  // namespace diaodu::track
