#include "diaodu/track/sealed_pages.h"

#include <sqlite3.h>

#include <array>
#include <cstring>
#include <string>

namespace diaodu::track {
namespace {

/// What SQLite takes for an open file: ours, and behind it in the same memory the real one.
struct SealedFile {
  sqlite3_file as_sqlite_sees_it;
  sqlite3_file* real;
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<SealedFile*>(file)->real; }
const sqlite3_io_methods& methods_of(sqlite3_file* file) { return *real_of(file)->pMethods; }

bool is_page(int num_bytes, sqlite3_int64 offset) {
  return num_bytes == int{kPageBytes} && offset % int{kPageBytes} == 0;
}
std::uint64_t page_at(sqlite3_int64 offset) {
  return static_cast<std::uint64_t>(offset) / kPageBytes + 1;
}

int close(sqlite3_file* file) { return methods_of(file).xClose(real_of(file)); }
int read(sqlite3_file* file, void* bytes, int num_bytes, sqlite3_int64 offset) {
  const int status = methods_of(file).xRead(real_of(file), bytes, num_bytes, offset);
  if (status != SQLITE_OK || !is_page(num_bytes, offset)) return status;
  const std::string_view page(static_cast<const char*>(bytes), kPageBytes);
  return is_sealed(page_at(offset), page) ? SQLITE_OK : SQLITE_IOERR_DATA;
}
int write(sqlite3_file* file, const void* bytes, int num_bytes, sqlite3_int64 offset) {
  if (!is_page(num_bytes, offset))
    return methods_of(file).xWrite(real_of(file), bytes, num_bytes, offset);
  std::array<char, kPageBytes> page{};
  std::memcpy(page.data(), bytes, kPageBytes);
  const Hash seal = seal_of(page_at(offset), {page.data(), page.size()});
  std::memcpy(page.data() + kPageBytes - kSealBytes, seal.data(), seal.size());
  return methods_of(file).xWrite(real_of(file), page.data(), num_bytes, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return methods_of(file).xTruncate(real_of(file), size);
}
int sync(sqlite3_file* file, int flags) { return methods_of(file).xSync(real_of(file), flags); }
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return methods_of(file).xFileSize(real_of(file), size);
}
int lock(sqlite3_file* file, int level) { return methods_of(file).xLock(real_of(file), level); }
int unlock(sqlite3_file* file, int level) { return methods_of(file).xUnlock(real_of(file), level); }
int check_reserved_lock(sqlite3_file* file, int* is_reserved) {
  return methods_of(file).xCheckReservedLock(real_of(file), is_reserved);
}
int file_control(sqlite3_file* file, int what, void* argument) {
  return methods_of(file).xFileControl(real_of(file), what, argument);
}
int sector_size(sqlite3_file* file) { return methods_of(file).xSectorSize(real_of(file)); }
int device_characteristics(sqlite3_file* file) {
  return methods_of(file).xDeviceCharacteristics(real_of(file));
}
int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  return methods_of(file).xShmMap(real_of(file), region, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int num, int flags) {
  return methods_of(file).xShmLock(real_of(file), offset, num, flags);
}
void shm_barrier(sqlite3_file* file) { methods_of(file).xShmBarrier(real_of(file)); }
int shm_unmap(sqlite3_file* file, int is_deleted) {
  return methods_of(file).xShmUnmap(real_of(file), is_deleted);
}

// Version 2 has no mapped pages, which would go past `read`.
constexpr sqlite3_io_methods kSealing = {2,
                                         close,
                                         read,
                                         write,
                                         truncate,
                                         sync,
                                         file_size,
                                         lock,
                                         unlock,
                                         check_reserved_lock,
                                         file_control,
                                         sector_size,
                                         device_characteristics,
                                         shm_map,
                                         shm_lock,
                                         shm_barrier,
                                         shm_unmap,
                                         nullptr,
                                         nullptr};

sqlite3_vfs* real_of(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  sqlite3_vfs* const real = real_of(vfs);
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return real->xOpen(real, name, file, flags, flags_out);
  auto* const sealed = reinterpret_cast<SealedFile*>(file);
  sealed->real = reinterpret_cast<sqlite3_file*>(sealed + 1);
  sealed->real->pMethods = nullptr;
  const int status = real->xOpen(real, name, sealed->real, flags, flags_out);
  file->pMethods = sealed->real->pMethods == nullptr ? nullptr : &kSealing;
  return status;
}
int remove(sqlite3_vfs* vfs, const char* name, int is_synced) {
  return real_of(vfs)->xDelete(real_of(vfs), name, is_synced);
}
int access(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
  return real_of(vfs)->xAccess(real_of(vfs), name, flags, answer);
}
int full_name(sqlite3_vfs* vfs, const char* name, int size, char* full) {
  return real_of(vfs)->xFullPathname(real_of(vfs), name, size, full);
}
int randomness(sqlite3_vfs* vfs, int size, char* bytes) {
  return real_of(vfs)->xRandomness(real_of(vfs), size, bytes);
}
int sleep(sqlite3_vfs* vfs, int microseconds) {
  return real_of(vfs)->xSleep(real_of(vfs), microseconds);
}
int current_time(sqlite3_vfs* vfs, double* days) {
  return real_of(vfs)->xCurrentTime(real_of(vfs), days);
}
int last_error(sqlite3_vfs* vfs, int size, char* text) {
  return real_of(vfs)->xGetLastError(real_of(vfs), size, text);
}
int current_time_64(sqlite3_vfs* vfs, sqlite3_int64* milliseconds) {
  return real_of(vfs)->xCurrentTimeInt64(real_of(vfs), milliseconds);
}

constexpr const char* kName = "diaodu_sealed";

bool register_vfs() {
  static sqlite3_vfs vfs{};
  sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
  if (real == nullptr) return false;
  vfs.iVersion = 2;
  vfs.szOsFile = static_cast<int>(sizeof(SealedFile)) + real->szOsFile;
  vfs.mxPathname = real->mxPathname;
  vfs.zName = kName;
  vfs.pAppData = real;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_name;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = current_time_64;
  return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
}

}  // namespace

Hash seal_of(std::uint64_t number, std::string_view page) {
  std::string bytes = "diaodu page 1\n";
  bytes.reserve(64 + kPageBytes);
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<unsigned char>(number >> (shift - 8)));
  }
  bytes += page.substr(0, kPageBytes - kSealBytes);
  return hash_of(std::string_view(bytes));
}

bool is_sealed(std::uint64_t number, std::string_view page) {
  return page.size() == kPageBytes &&
         page.substr(kPageBytes - kSealBytes) == bytes_of(seal_of(number, page));
}

const char* sealing_vfs() {
  static const bool is_registered = register_vfs();
  return is_registered ? kName : nullptr;
}

}  // namespace diaodu::track
