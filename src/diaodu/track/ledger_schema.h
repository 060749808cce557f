#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "diaodu/track/event.h"

namespace diaodu::track {

class Database;
class Statement;

// What a record is to SQLite; see docs/ledger_format.md.

inline constexpr std::int64_t kApplication = 0x64616F64;  ///< "daod"
inline constexpr std::int64_t kVersion = 1;

inline constexpr std::array<std::string_view, 5> kSchema = {
    "CREATE TABLE entry( sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, author TEXT NOT NULL, "
    "recorded INTEGER NOT NULL, effective INTEGER NOT NULL, reason TEXT NOT NULL, replaces INTEGER "
    "NOT NULL, content TEXT NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL) STRICT",
    "CREATE TABLE head(only INTEGER PRIMARY KEY CHECK(only = 1), sequence INTEGER NOT NULL, hash "
    "BLOB "
    "NOT NULL) STRICT",
    "CREATE UNIQUE INDEX entry_replaces ON entry(replaces) WHERE replaces > 0",
    "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries stay as "
    "they are'); END",
    "CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries "
    "remain'); END",
};

/// The columns that `stored_entry` reads, in this order.
inline constexpr std::string_view kEntryColumns =
    "sequence, kind, author, recorded, effective, reason, replaces, content, previous, hash";

/// The row at which the statement stands.  A hash that is not of 32 bytes becomes zeros, which no hash is.
StoredEntry stored_entry(const Statement& row);

/// Throws `LedgerError` unless the file begins as a record does: its header is looked at before SQLite sees it.
void demand_header(const std::filesystem::path& path);

/// Throws `LedgerError` unless the schema is that of a record.
void demand_schema(const Database& database);

}  // namespace diaodu::track
