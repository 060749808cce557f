#include "diaodu/formats/disk.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>

#include <unistd.h>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunk = 1 << 20;

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

[[noreturn]] void fail(const char* what, const fs::path& path, int error) {
  throw fs::filesystem_error(what, path, std::error_code(error, std::generic_category()));
}

}  // namespace

std::string shown(const fs::path& path) {
  const std::u8string text = path.generic_u8string();
  return {text.begin(), text.end()};
}

std::optional<std::string> read_file(const fs::path& path, const std::string& name,
                                     Findings& findings, std::size_t max_bytes) {
  const Where where{.file = name};
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    findings.add(found::missing_file, where);
    return {};
  }
  if (error) {
    findings.add(found::unreadable_file, where, {error.message()});
    return {};
  }
  if (fs::is_directory(status)) {
    findings.add(found::unreadable_file, where, {Argument{"it is a folder", "这是文件夹"}});
    return {};
  }
  if (!fs::is_regular_file(status)) {  // reading those may never end
    findings.add(found::unreadable_file, where,
                 {Argument{"it is a device, a pipe or a socket", "这是设备、管道或套接字"}});
    return {};
  }
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    findings.add(found::unreadable_file, where, {std::strerror(errno)});
    return {};
  }
  // The size that the disk tells is a hint only: the file may grow meanwhile, and some have no
  // size.
  const std::uintmax_t size = fs::file_size(path, error);
  std::string bytes;
  if (!error && size <= max_bytes) bytes.reserve(static_cast<std::size_t>(size) + 1);
  bool is_too_large = !error && size > max_bytes;
  while (!is_too_large) {
    const std::size_t filled = bytes.size();
    bytes.resize(std::max(bytes.capacity(), filled + std::min(kChunk, max_bytes + 1 - filled)));
    const std::size_t num_read =
        std::fread(bytes.data() + filled, 1, bytes.size() - filled, file.get());
    bytes.resize(filled + num_read);
    is_too_large = bytes.size() > max_bytes;
    if (std::ferror(file.get()) != 0) {
      findings.add(found::unreadable_file, where, {std::strerror(errno)});
      return {};
    }
    if (std::feof(file.get()) != 0) break;
  }
  if (is_too_large) {
    findings.add(found::file_too_large, where, {std::to_string(max_bytes >> 20)});
    return {};
  }
  return bytes;
}

std::string first_bytes(const fs::path& path, std::size_t num_bytes) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return {};
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return {};
  std::string bytes(num_bytes, '\0');
  bytes.resize(std::fread(bytes.data(), 1, num_bytes, file.get()));
  return bytes;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = shown(entry->path().filename());
    const bool is_hidden = name.starts_with('.') || name.starts_with('~');
    std::error_code unknown;
    const bool is_folder = entry->is_directory(unknown);
    if (!is_hidden && (!is_folder || name.ends_with(".csv"))) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

FileSet::~FileSet() {
  for (const auto& [beside, place] : files_) {
    std::error_code ignored;
    fs::remove(beside, ignored);
  }
}

namespace {

/// Of this process alone: two that write to one place at once do not write into each other's file.
std::string end_beside() { return '.' + std::to_string(getpid()) + ".part"; }

}  // namespace

fs::path path_beside(const fs::path& place) {
  fs::path beside = place;
  beside += end_beside();
  return beside;
}

fs::path place_of(const fs::path& beside) {
  std::string place = beside.string();
  if (place.ends_with(end_beside())) place.resize(place.size() - end_beside().size());
  return place;
}

fs::path FileSet::beside(const fs::path& place) {
  fs::path beside = path_beside(place);
  const File file(std::fopen(beside.c_str(), "wb"));
  if (!file) fail("cannot write", beside, errno);
  const bool is_known = std::any_of(files_.begin(), files_.end(), [&](const auto& each) {
    return each.first.lexically_normal() == beside.lexically_normal();
  });
  if (!is_known) files_.emplace_back(beside, place);
  return beside;
}

void FileSet::add(const fs::path& place, std::string_view bytes) {
  const fs::path path = beside(place);
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) fail("cannot write", path, errno);
  const bool is_written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
  const int error = errno;
  if (!is_written) fail("cannot write", path, error);
  if (std::fclose(file.release()) != 0) fail("cannot write", path, errno);
}

void FileSet::commit() {
  for (const auto& [beside, place] : files_) fs::rename(beside, place);
  files_.clear();
}

}  // namespace diaodu::formats
