#include "diaodu/track/database.h"

#include <sqlite3.h>

#include <cctype>
#include <utility>

#include "diaodu/track/sealed_pages.h"

namespace diaodu::track {
namespace {

using Trouble = LedgerError::Trouble;

constexpr int kBusyMilliseconds = 30'000;

Trouble trouble_of(int status) {
  if (status == SQLITE_IOERR_DATA || status == SQLITE_IOERR_CORRUPTFS) return Trouble::damaged;
  switch (status & 0xFF) {
    case SQLITE_CORRUPT:
      return Trouble::damaged;
    case SQLITE_NOTADB:
      return Trouble::not_a_record;
    case SQLITE_FULL:
      return Trouble::disk_full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Trouble::read_only;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return Trouble::busy;
    default:
      return Trouble::failed;
  }
}

[[noreturn]] void fail(sqlite3* database, int status, const std::string& file) {
  // The extended code tells a page with a wrong seal from a disk that fails.
  const int extended = database != nullptr ? sqlite3_extended_errcode(database) : status;
  const char* const words = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(status);
  throw LedgerError(trouble_of(extended), file, words);
}

/// As a URI has it, so that `?` and `#` in a folder's name are letters.
std::string uri_of(const std::filesystem::path& path, std::string_view parameters) {
  std::string uri = "file:";
  for (const char letter : path.string()) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalnum(byte) != 0 || letter == '/' || letter == '.' || letter == '_') {
      uri += letter;
    } else {
      uri += '%' + hexadecimal(std::string_view(&letter, 1));
    }
  }
  return uri + std::string(parameters);
}

/// After some errors, a full disk among them, SQLite has done so by itself.
void roll_back(Database& database) noexcept {
  try {
    database.execute("ROLLBACK");
  } catch (const LedgerError&) {
    return;
  }
}

}  // namespace

Statement::Statement(sqlite3* database, std::string file, std::string_view sql)
    : database_(database), file_(std::move(file)) {
  sqlite3_stmt* statement = nullptr;
  const int status =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
  demand(status);
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Statement::demand(int status) const {
  if (status != SQLITE_OK) fail(database_, status, file_);
}

void Statement::bind(int parameter, std::int64_t number) {
  demand(sqlite3_bind_int64(statement_.get(), parameter, number));
}

void Statement::bind(int parameter, std::string_view text) {
  // An empty view may point nowhere, which SQLite would take for NULL.
  demand(sqlite3_bind_text(statement_.get(), parameter, text.empty() ? "" : text.data(),
                           static_cast<int>(text.size()), SQLITE_STATIC));
}

void Statement::bind_bytes(int parameter, std::string_view bytes) {
  demand(sqlite3_bind_blob(statement_.get(), parameter, bytes.data(),
                           static_cast<int>(bytes.size()), SQLITE_STATIC));
}

bool Statement::step() {
  const int status = sqlite3_step(statement_.get());
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  fail(database_, status, file_);
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

void Statement::run() {
  while (step()) {
  }
  reset();
}

std::int64_t Statement::whole(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* const letters =
      reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return letters == nullptr ? std::string_view{}
                            : std::string_view(letters, static_cast<std::size_t>(size));
}

std::string_view Statement::bytes(int column) const {
  const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view{}
                          : std::string_view(bytes, static_cast<std::size_t>(size));
}

Database::Database(const std::filesystem::path& path, Access access) : file_(path.string()) {
  const bool is_read = access == Access::immutable || access == Access::unsealed;
  const std::string name = uri_of(path, is_read ? "?immutable=1" : "");
  const int flags =
      SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE |
      (is_read ? SQLITE_OPEN_READONLY
               : SQLITE_OPEN_READWRITE | (access == Access::create ? SQLITE_OPEN_CREATE : 0));
  sqlite3* database = nullptr;
  const int status = sqlite3_open_v2(name.c_str(), &database, flags,
                                     access == Access::unsealed ? nullptr : sealing_vfs());
  database_.reset(database);
  if (status != SQLITE_OK) fail(database, status, file_);
  sqlite3_busy_timeout(database, kBusyMilliseconds);
  // Whatever a hostile file says, it may not run code of its own or write where we do not.
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (access == Access::create) {
    int reserved = int{kSealBytes};
    execute("PRAGMA page_size = 4096");
    sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  }
  if (access == Access::alone) execute("PRAGMA locking_mode = EXCLUSIVE");
  if (!is_read) execute("PRAGMA synchronous = FULL");
}

void Database::Closer::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

void Database::execute(const char* sql) {
  const int status = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) fail(database_.get(), status, file_);
}

bool Database::is_read_only() const { return sqlite3_db_readonly(database_.get(), "main") == 1; }

Snapshot::~Snapshot() { roll_back(database_); }

WriteLock::~WriteLock() {
  if (is_open_) roll_back(database_);
}

void WriteLock::commit() {
  database_.execute("COMMIT");
  is_open_ = false;
}

}  // namespace diaodu::track
