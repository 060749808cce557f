#include "diaodu/track/verify_file.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string_view>
#include <system_error>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/track/sealed_pages.h"

namespace diaodu::track {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number = number * 256 + static_cast<unsigned char>(bytes[at + i]);
  return number;
}

/// SQLite locks bytes of this page in large files, and never uses it.
constexpr std::uint64_t kLockPage = (std::uint64_t{1} << 30) / kPageBytes + 1;

bool is_as_written(std::uint64_t number, std::string_view page) {
  if (number == kLockPage) return page.find_first_not_of('\0') == std::string_view::npos;
  return is_sealed(number, page);
}

constexpr std::size_t kLogHeader = 32;
constexpr std::size_t kFrameHeader = 24;
constexpr std::size_t kFrame = kFrameHeader + kPageBytes;

/// The running checksum of SQLite's write-ahead log ("The WAL-Index and Checksum Algorithm", sqlite.org/fileformat).
struct LogSum {
  bool is_big_endian = false;
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  void add(std::string_view bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      first += word(bytes, at) + second;
      second += word(bytes, at + 4) + first;
    }
  }
  bool is_at(std::string_view bytes, std::size_t at) const {
    return number_at(bytes, at) == first && number_at(bytes, at + 4) == second;
  }

 private:
  std::uint32_t word(std::string_view bytes, std::size_t at) const {
    const std::uint32_t big = number_at(bytes, at);
    return is_big_endian
               ? big
               : (big >> 24U) | ((big >> 8U) & 0xFF00U) | ((big << 8U) & 0xFF0000U) | (big << 24U);
  }
};

/// How many frames older logs may have begun before this one; their frames remain behind it.
constexpr std::uint32_t kMostOlder = 1U << 20U;

}  // namespace

void verify_pages(const std::filesystem::path& path, const std::string& file, Findings& findings) {
  std::ifstream in(path, std::ios::binary);
  std::string page(kPageBytes, '\0');
  std::uint64_t num_pages = 0;
  std::uint64_t num_bytes = 0;
  std::uint64_t num_said = 0;
  while (in.read(page.data(), static_cast<std::streamsize>(page.size())), in.gcount() > 0) {
    const auto size = static_cast<std::size_t>(in.gcount());
    num_bytes += size;
    if (size < page.size()) break;
    if (++num_pages == 1) num_said = number_at(page, 28);
    if (!is_as_written(num_pages, page))
      findings.add(found::record_page_altered, {.file = file}, {std::to_string(num_pages)});
  }
  if (num_bytes != num_said * kPageBytes) {
    findings.add(found::record_size_altered, {.file = file},
                 {std::to_string(num_bytes), std::to_string(num_said * kPageBytes)});
  }
}

void verify_log(const std::filesystem::path& path, const std::string& file, Findings& findings) {
  const std::filesystem::path log_path = path.string() + "-wal";
  std::error_code unknown;
  const auto size = std::filesystem::file_size(log_path, unknown);
  if (unknown || size == 0) return;
  std::ifstream in(log_path, std::ios::binary);
  std::string header(kLogHeader, '\0');
  std::uintmax_t good = 0;  // bytes that count
  bool is_tail_older = false;
  if (in.read(header.data(), kLogHeader)) {
    LogSum sum{.is_big_endian = (number_at(header, 0) & 1U) != 0};
    sum.add(std::string_view(header).substr(0, 24));
    if (sum.is_at(header, 24)) {
      std::string frame(kFrame, '\0');
      std::uintmax_t at = good = kLogHeader;
      bool is_chain = true;
      is_tail_older = true;
      while (in.read(frame.data(), kFrame)) {
        at += kFrame;
        const bool is_of_this_log = frame.substr(8, 8) == header.substr(16, 8);
        sum.add(std::string_view(frame).substr(0, 8));
        sum.add(std::string_view(frame).substr(kFrameHeader));
        is_chain = is_chain && is_of_this_log && sum.is_at(frame, 16);
        if (is_chain && number_at(frame, 4) != 0) {
          good = at;
          is_tail_older = true;
        } else {
          const std::uint32_t older = number_at(header, 16) - number_at(frame, 8);
          const bool is_other = frame.substr(12, 4) != header.substr(20, 4);
          is_tail_older = is_tail_older && is_other && older > 0 && older < kMostOlder;
        }
      }
    }
  }
  if (good < size && !is_tail_older)
    findings.add(found::record_log_altered, {.file = file + "-wal"}, {std::to_string(size - good)});
}

}  // namespace diaodu::track
