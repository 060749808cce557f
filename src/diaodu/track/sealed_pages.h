#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "diaodu/track/hash.h"

namespace diaodu::track {

// Every page of a record ends in a seal over its other bytes, so that none of them, used or not, can change
// unseen (`docs/ledger_format.md`).  The idea is that of SQLite's checksum VFS, with a hash in place of its sum.

inline constexpr std::size_t kPageBytes = 4096;
inline constexpr std::size_t kSealBytes = 32;

/// What the last bytes of page `number` (from 1) must be; `page` has `kPageBytes`.
Hash seal_of(std::uint64_t number, std::string_view page);

/// Does the page end in its seal?
bool is_sealed(std::uint64_t number, std::string_view page);

/// The name of the SQLite VFS that seals the pages of a database's main file as they are written, and fails
/// to read (`SQLITE_IOERR_DATA`) those whose seal is not right.  For databases of `kPageBytes` a page that
/// reserve `kSealBytes`, and no others.  Registers it when first asked for.
const char* sealing_vfs();

}  // namespace diaodu::track
