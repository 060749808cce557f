#include "diaodu/formats/archive.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "diaodu/formats/cells.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kMostEntries = 10'000;
constexpr std::size_t kPiece = 256 * 1024;
constexpr std::size_t kSurelyFine = 64
                                    << 20;  // an entry this small may be packed as well as it likes
constexpr std::size_t kMostRatio = 100;     // beyond, says Apache POI too, it is a trap

/// What minizip reads in place of a file.
struct Memory {
  std::string_view bytes;
  std::size_t at = 0;
};

Memory& memory(voidpf stream) { return *static_cast<Memory*>(stream); }

voidpf ZCALLBACK open_memory(voidpf opaque, const void*, int) { return opaque; }

uLong ZCALLBACK read_memory(voidpf, voidpf stream, void* buffer, uLong size) {
  Memory& from = memory(stream);
  const std::size_t num = std::min<std::size_t>(size, from.bytes.size() - from.at);
  if (num > 0) std::memcpy(buffer, from.bytes.data() + from.at, num);
  from.at += num;
  return static_cast<uLong>(num);
}

uLong ZCALLBACK write_nothing(voidpf, voidpf, const void*, uLong) { return 0; }

ZPOS64_T ZCALLBACK tell_memory(voidpf, voidpf stream) { return memory(stream).at; }

long ZCALLBACK seek_memory(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  Memory& in = memory(stream);
  const std::size_t base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? in.at : in.bytes.size();
  if (offset > in.bytes.size() - base) return -1;
  in.at = base + static_cast<std::size_t>(offset);
  return 0;
}

int ZCALLBACK close_nothing(voidpf, voidpf) { return 0; }
int ZCALLBACK no_error(voidpf, voidpf) { return 0; }

}  // namespace

struct Archive::State {
  std::string file;
  Findings& findings;
  Memory memory;
  unzFile zip = nullptr;
  std::unordered_map<std::string, unz64_file_pos> entries;
  std::size_t num_unpacked = 0;

  State(std::string_view bytes, std::string name, Findings& all)
      : file(std::move(name)), findings(all), memory{bytes} {
    zlib_filefunc64_def functions{open_memory, read_memory,   write_nothing, tell_memory,
                                  seek_memory, close_nothing, no_error,      &memory};
    zip = unzOpen2_64("", &functions);
    if (zip == nullptr) return;
    for (int status = unzGoToFirstFile(zip); status == UNZ_OK && entries.size() < kMostEntries;
         status = unzGoToNextFile(zip)) {
      std::string entry(512, '\0');
      unz_file_info64 info{};
      if (unzGetCurrentFileInfo64(zip, &info, entry.data(), entry.size() - 1, nullptr, 0, nullptr,
                                  0) != UNZ_OK) {
        break;
      }
      entry.resize(std::strlen(entry.c_str()));
      std::replace(entry.begin(), entry.end(), '\\', '/');
      unz64_file_pos position{};
      if (unzGetFilePos64(zip, &position) == UNZ_OK) entries.insert({folded(entry), position});
    }
  }
  ~State() {
    if (zip != nullptr) unzClose(zip);
  }
  State(const State&) = delete;

  bool damaged(std::string_view entry, const Words& what) {
    const std::string name(entry);
    findings.add(
        found::damaged_archive, {.file = file},
        {Argument{name + ": " + std::string(what.en), name + "：" + std::string(what.zh)}});
    return false;
  }
};

Archive::Archive(std::string_view bytes, std::string file, Findings& findings)
    : state_(std::make_unique<State>(bytes, std::move(file), findings)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;

bool Archive::is_open() const { return state_->zip != nullptr; }

bool Archive::has(std::string_view name) const { return state_->entries.contains(folded(name)); }

bool Archive::read(std::string_view name, const std::function<bool(std::string_view)>& sink) {
  State& state = *state_;
  const auto entry = state.entries.find(folded(name));
  if (entry == state.entries.end()) return state.damaged(name, {"is missing", "缺失"});
  unz_file_info64 info{};
  if (unzGoToFilePos64(state.zip, &entry->second) != UNZ_OK ||
      unzGetCurrentFileInfo64(state.zip, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) {
    return state.damaged(name, {"cannot be found", "无法定位"});
  }
  if ((info.flag & 1) != 0) {
    state.findings.add(found::encrypted_workbook, {.file = state.file});
    return false;
  }
  if (unzOpenCurrentFile(state.zip) != UNZ_OK) {
    return state.damaged(name, {"cannot be unpacked", "无法解压"});
  }
  const std::size_t packed = std::min<std::size_t>(static_cast<std::size_t>(info.compressed_size),
                                                   state.memory.bytes.size());
  std::vector<char> piece(kPiece);
  std::size_t num_of_entry = 0;
  bool wants_more = true;
  int num_read = 0;
  while (wants_more && (num_read = unzReadCurrentFile(state.zip, piece.data(),
                                                      static_cast<unsigned>(kPiece))) > 0) {
    const auto num = static_cast<std::size_t>(num_read);
    num_of_entry += num;
    state.num_unpacked += num;
    const bool is_trap = num_of_entry > kSurelyFine && num_of_entry / kMostRatio > packed;
    if (is_trap || state.num_unpacked > kMostUnpackedBytes) {
      const std::size_t limit = is_trap ? kSurelyFine : kMostUnpackedBytes;
      state.findings.add(found::archive_too_large, {.file = state.file},
                         {std::to_string(limit >> 20)});
      unzCloseCurrentFile(state.zip);
      return false;
    }
    wants_more = sink({piece.data(), num});
  }
  const int closed = unzCloseCurrentFile(state.zip);
  if (!wants_more) return false;
  if (num_read < 0) return state.damaged(name, {"cannot be unpacked", "无法解压"});
  if (closed == UNZ_CRCERROR) return state.damaged(name, {"its checksum is wrong", "校验和不符"});
  return true;
}

}  // namespace diaodu::formats
