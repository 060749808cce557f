#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "diaodu/track/ledger_error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace diaodu::track {

/// A statement of a database, to be run as often as one likes.  Parameters count from 1, columns from 0.
/// Everything throws `LedgerError`.
class Statement {
 public:
  Statement(sqlite3* database, std::string file, std::string_view sql);

  void bind(int parameter, std::int64_t number);
  /// The text must live until the next `reset`.
  void bind(int parameter, std::string_view text);
  void bind_bytes(int parameter, std::string_view bytes);

  /// Is there a next row?
  bool step();
  void reset();
  /// Runs it to its end.
  void run();

  std::int64_t whole(int column) const;
  std::string_view text(int column) const;  ///< until the next step
  std::string_view bytes(int column) const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  void demand(int status) const;

  sqlite3* database_;
  std::string file_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// An SQLite database whose pages are sealed (`sealed_pages.h`).
class Database {
 public:
  enum class Access : std::uint8_t {
    create,
    read_write,
    alone,  ///< likewise, and nobody else meanwhile; needs no room for the file that others would share
    immutable,  ///< nobody writes it; its log, if there is one, is not looked at
    unsealed,   ///< likewise, and its seals are not minded
  };

  Database(const std::filesystem::path& path, Access access);

  void execute(const char* sql);
  Statement prepare(std::string_view sql) const { return {database_.get(), file_, sql}; }
  bool is_read_only() const;
  const std::string& file() const { return file_; }

 private:
  struct Closer {
    void operator()(sqlite3* database) const;
  };

  std::string file_;
  std::unique_ptr<sqlite3, Closer> database_;
};

/// While it lives, reading sees one state of the database.
class Snapshot {
 public:
  explicit Snapshot(Database& database) : database_(database) { database_.execute("BEGIN"); }
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database& database_;
};

/// Takes the write lock, and rolls back unless `commit` was called.
class WriteLock {
 public:
  explicit WriteLock(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
  }
  ~WriteLock();
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

  void commit();

 private:
  Database& database_;
  bool is_open_ = true;
};

}  // namespace diaodu::track
