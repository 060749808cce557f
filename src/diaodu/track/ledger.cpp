#include "diaodu/track/ledger.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

#include "diaodu/track/database.h"
#include "diaodu/track/entry_json.h"
#include "diaodu/track/ledger_schema.h"

namespace diaodu::track {
namespace {

using Trouble = LedgerError::Trouble;

const char* words_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::missing:
      return "there is no such record";
    case Trouble::not_a_record:
      return "this is not a record of diaodu";
    case Trouble::newer:
      return "this record was written by a later diaodu";
    case Trouble::damaged:
      return "the record is damaged";
    case Trouble::read_only:
      return "the record cannot be written";
    case Trouble::disk_full:
      return "the disk is full; nothing was entered";
    case Trouble::busy:
      return "another program keeps writing the record";
    case Trouble::no_such_entry:
      return "there is no such entry";
    case Trouble::already_replaced:
      return "the entry was replaced or withdrawn before";
    case Trouble::other_kind:
      return "a correction must be of the kind of what it corrects";
    case Trouble::failed:
      break;
  }
  return "the record cannot be used";
}

/// Something in the journal of writes that SQLite must first bring home.
bool has_log(const std::filesystem::path& path) {
  std::error_code unknown;
  const auto size = std::filesystem::file_size(path.string() + "-wal", unknown);
  return !unknown && size > 0;
}

/// A name that was linked must survive the machine, as the entries do.
void synchronise_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// A record made whole in a place of its own, until it is linked to where it belongs.
class NewRecord {
 public:
  explicit NewRecord(const std::filesystem::path& place) {
    std::array<char, 8> random{};
    randombytes_buf(random.data(), random.size());
    path_ =
        place.string() + "." + hexadecimal(std::string_view(random.data(), random.size())) + ".new";
    Database database(path_, Database::Access::create);
    // The header's marks before its schema: who opens the file by any name sees whose it is.
    database.execute(("PRAGMA application_id = " + std::to_string(kApplication)).c_str());
    database.execute(("PRAGMA user_version = " + std::to_string(kVersion)).c_str());
    database.execute("PRAGMA journal_mode = WAL");
    WriteLock lock(database);
    for (const std::string_view statement : kSchema)
      database.execute(std::string(statement).c_str());
    Statement head = database.prepare("INSERT INTO head VALUES(1, 0, zeroblob(32))");
    head.run();
    lock.commit();
  }
  ~NewRecord() {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
      std::filesystem::remove(path_.string() + ending, ignored);
  }
  NewRecord(const NewRecord&) = delete;
  NewRecord& operator=(const NewRecord&) = delete;

  /// Nothing happens to what is already there.
  void link_to(const std::filesystem::path& place) const {
    std::error_code problem;
    std::filesystem::create_hard_link(path_, place, problem);
    if (problem == std::errc::file_exists) return;
    // Disks of memory cards know no links.
    if (problem && !std::filesystem::exists(place)) std::filesystem::rename(path_, place, problem);
    if (problem) throw LedgerError(Trouble::failed, place.string(), problem.message());
    synchronise_folder(place.has_parent_path() ? place.parent_path() : ".");
  }

 private:
  std::filesystem::path path_;
};

std::unique_ptr<Database> opened(const std::filesystem::path& path, Database::Access access) {
  auto database = std::make_unique<Database>(path, access);
  demand_schema(*database);
  return database;
}

void demand_replaceable(const Database& database, const Event& event, std::string_view kind) {
  if (event.replaces == 0 && kind != "withdrawal") return;
  Statement entry = database.prepare("SELECT kind FROM entry WHERE sequence = ?");
  entry.bind(1, static_cast<std::int64_t>(event.replaces));
  const std::string which = std::to_string(event.replaces);
  if (!entry.step()) throw LedgerError(Trouble::no_such_entry, database.file(), which);
  const std::string_view replaced = entry.text(0);
  if (replaced == "withdrawal" || (kind != "withdrawal" && kind != replaced))
    throw LedgerError(Trouble::other_kind, database.file(), which);
  Statement other = database.prepare("SELECT 1 FROM entry WHERE replaces = ? AND replaces > 0");
  other.bind(1, static_cast<std::int64_t>(event.replaces));
  if (other.step()) throw LedgerError(Trouble::already_replaced, database.file(), which);
}

}  // namespace

LedgerError::LedgerError(Trouble trouble, std::string file, std::string detail)
    : std::runtime_error(file + ": " + words_of(trouble) + (detail.empty() ? "" : ": " + detail)),
      trouble_(trouble),
      file_(std::move(file)),
      detail_(std::move(detail)) {}

std::filesystem::path record_of(const std::filesystem::path& plan) {
  if (std::filesystem::is_directory(plan)) return plan / "record.diaodu";
  std::filesystem::path beside = plan;
  beside.replace_extension();
  beside += ".record.diaodu";
  return beside;
}

Ledger::Ledger(std::filesystem::path path, std::unique_ptr<Database> database)
    : path_(std::move(path)), database_(std::move(database)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Ledger Ledger::open(const std::filesystem::path& path) {
  demand_header(path);
  try {
    auto database = opened(path, Database::Access::read_write);
    if (!database->is_read_only() || has_log(path)) return {path, std::move(database)};
  } catch (const LedgerError& error) {
    if (error.trouble() == Trouble::disk_full) return {path, opened(path, Database::Access::alone)};
    // A folder that takes no new files has no place for the log; without one there is nothing to bring home.
    const bool may_be_read =
        error.trouble() == Trouble::failed || error.trouble() == Trouble::read_only;
    if (!may_be_read || has_log(path)) throw;
  }
  return {path, opened(path, Database::Access::immutable)};
}

Ledger Ledger::open_or_create(const std::filesystem::path& path) {
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) NewRecord(path).link_to(path);
  return open(path);
}

Head Ledger::head() const {
  Statement last = database_->prepare(
      "SELECT head.sequence, head.hash, entry.recorded, entry.hash IS head.hash FROM head LEFT "
      "JOIN "
      "entry ON entry.sequence = head.sequence");
  if (!last.step()) throw LedgerError(Trouble::damaged, database_->file(), "it has no head");
  Head head;
  head.sequence = static_cast<std::uint64_t>(last.whole(0));
  if (head.sequence == 0) return head;
  const std::string_view hash = last.bytes(1);
  if (last.whole(3) != 1 || hash.size() != head.hash.size())
    throw LedgerError(Trouble::damaged, database_->file(), "its head is not its last entry");
  std::copy(hash.begin(), hash.end(), head.hash.begin());
  head.recorded = Instant{last.whole(2)};
  return head;
}

Head Ledger::append(std::span<const Event> events) {
  WriteLock lock(*database_);
  const Head head = append_locked(events);
  lock.commit();
  return head;
}

Head Ledger::append(const std::function<std::vector<Event>()>& make) {
  WriteLock lock(*database_);
  const Head head = append_locked(make());
  lock.commit();
  return head;
}

Head Ledger::append_locked(std::span<const Event> events) {
  Head head = this->head();
  Statement insert = database_->prepare("INSERT INTO entry VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const Event& event : events) {
    StoredEntry entry = stored(event);
    if (!fact_of(entry.kind, entry.content, entry.effective))
      throw std::invalid_argument("a fact cannot be read back: " + entry.content);
    demand_replaceable(*database_, event, entry.kind);
    entry.sequence = ++head.sequence;
    entry.recorded = head.recorded = std::max(head.recorded, entry.recorded);
    entry.previous = head.hash;
    entry.hash = head.hash = hash_of(entry);
    insert.bind(1, static_cast<std::int64_t>(entry.sequence));
    insert.bind(2, entry.kind);
    insert.bind(3, entry.author);
    insert.bind(4, entry.recorded.minutes());
    insert.bind(5, entry.effective.minutes());
    insert.bind(6, entry.reason);
    insert.bind(7, static_cast<std::int64_t>(entry.replaces));
    insert.bind(8, entry.content);
    insert.bind_bytes(9, bytes_of(entry.previous));
    insert.bind_bytes(10, bytes_of(entry.hash));
    insert.run();
  }
  if (events.empty()) return head;
  Statement update = database_->prepare("UPDATE head SET sequence = ?, hash = ?");
  update.bind(1, static_cast<std::int64_t>(head.sequence));
  update.bind_bytes(2, bytes_of(head.hash));
  update.run();
  return head;
}

void Ledger::read(const std::function<bool(Entry&&)>& visit, Instant as_of,
                  std::uint64_t first) const {
  Statement rows = database_->prepare("SELECT " + std::string(kEntryColumns) +
                                      " FROM entry WHERE sequence >= ? ORDER BY sequence");
  rows.bind(1, static_cast<std::int64_t>(first));
  std::uint64_t sequence = first;
  Hash previous{};
  while (rows.step()) {
    StoredEntry stored = stored_entry(rows);
    const auto damaged = [&] {
      return LedgerError(
          Trouble::damaged, database_->file(),
          "entry " + std::to_string(sequence) + " does not fit; log verify says more");
    };
    const bool follows = sequence == first && first > 1 ? true : stored.previous == previous;
    if (stored.sequence != sequence || !follows || hash_of(stored) != stored.hash) throw damaged();
    if (stored.recorded > as_of) return;
    previous = stored.hash;
    auto entry = entry_of(std::move(stored));
    if (!entry) throw damaged();
    ++sequence;
    if (!visit(std::move(*entry))) return;
  }
}

void Ledger::hold(const std::function<void()>& work) const {
  const Snapshot snapshot(*database_);
  work();
}

std::vector<std::uint64_t> Ledger::replaced(Instant as_of) const {
  Statement rows = database_->prepare(
      "SELECT replaces FROM entry WHERE replaces > 0 AND recorded <= ? ORDER BY replaces");
  rows.bind(1, as_of.minutes());
  std::vector<std::uint64_t> replaced;
  while (rows.step()) replaced.push_back(static_cast<std::uint64_t>(rows.whole(0)));
  return replaced;
}

}  // namespace diaodu::track
