#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// No plan is a larger file than this.
inline constexpr std::size_t kMostFileBytes = std::size_t{512} << 20;

/// A path as UTF-8, for findings.
std::string shown(const std::filesystem::path& path);

/// All bytes of the file; nothing, and a finding that names `name`, when there is no such file,
/// when it is a folder, device or pipe, when it cannot be read, or when it has more than
/// `max_bytes`.
std::optional<std::string> read_file(const std::filesystem::path& path, const std::string& name,
                                     Findings& findings, std::size_t max_bytes = kMostFileBytes);

/// The first bytes of the file, at most `num_bytes`; empty when it cannot be read.
std::string first_bytes(const std::filesystem::path& path, std::size_t num_bytes);

/// The files that lie in the folder, sorted by name; hidden ones are left out.  Folders are no files,
/// except one that is called `links.csv`: whoever reads it finds out.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

/// Where a file is written until it is whole and takes its place; and the place of such a path, or the path itself.
std::filesystem::path path_beside(const std::filesystem::path& place);
std::filesystem::path place_of(const std::filesystem::path& beside);

/// Files that shall take their places together: each is written beside its place, and only when all
/// are written does each replace what was there.  Until `commit`, nothing has changed; without it,
/// what was written is removed again.  Everything throws `std::filesystem::filesystem_error` when
/// the disk fails.
class FileSet {
 public:
  FileSet() = default;
  FileSet(const FileSet&) = delete;
  FileSet& operator=(const FileSet&) = delete;
  ~FileSet();

  /// Where to write the file that is to become `place`; it exists already, and is empty.  Asked for twice, the file
  /// written last takes the place.
  std::filesystem::path beside(const std::filesystem::path& place);

  /// Writes `bytes` beside `place`.
  void add(const std::filesystem::path& place, std::string_view bytes);

  /// Lets every file take its place.
  void commit();

 private:
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> files_;  // beside, place
};

}  // namespace diaodu::formats
