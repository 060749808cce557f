#pragma once

#include <filesystem>

#include "diaodu/core/finding.h"
#include "diaodu/track/ledger.h"

namespace diaodu::track {

/// What `verify` found.
struct Verification {
  Head head;  ///< of the last entry that could be read
  Findings
      findings;  ///< `line` is the number of an entry; an error where anything is not as it was written
};

/// Does the record say what it said?  Reads every byte of it: pages and their seals, the schema, each entry's hash and
/// the one before, the head, SQLite's own structures.  What was altered, removed or reordered is told by its number.
/// What was cut off the end, or written anew with all its hashes, only a signed head shows (`signed_head.h`).
///
/// Brings home what is in the write-ahead log, and keeps others from writing meanwhile.  Throws `LedgerError`
/// where there is no record to judge: no file, another kind of file, or one of a later format.
Verification verify(const std::filesystem::path& path);

}  // namespace diaodu::track
