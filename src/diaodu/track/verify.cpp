#include "diaodu/track/verify.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/track/database.h"
#include "diaodu/track/ledger_schema.h"
#include "diaodu/track/verify_file.h"

namespace diaodu::track {
namespace {

using Trouble = LedgerError::Trouble;

/// Walks the entries and says of each what is not as it was.
class EntryVerifier {
 public:
  EntryVerifier(const Database& database, std::string file, Findings& findings)
      : database_(database), file_(std::move(file)), findings_(findings) {}

  Head verify() {
    Statement rows =
        database_.prepare("SELECT " + std::string(kEntryColumns) + " FROM entry ORDER BY sequence");
    while (rows.step()) take(stored_entry(rows));
    check_head();
    return head_;
  }

 private:
  void report(const FindingKind& kind, std::uint64_t entry, std::vector<Argument> arguments) {
    constexpr std::uint64_t kMostLine = 2'000'000'000;
    const int line = entry < kMostLine ? static_cast<int>(entry) : 0;
    findings_.add(kind, {.file = file_, .line = line}, std::move(arguments));
  }

  void take(StoredEntry&& entry) {
    const std::uint64_t expected = head_.sequence + 1;
    const std::string number = std::to_string(entry.sequence);
    bool is_judged = false;  // that it does not follow needs no second word
    if (entry.sequence > expected) {
      report(found::record_entry_removed, entry.sequence,
             {std::to_string(expected), std::to_string(entry.sequence - 1)});
      is_judged = true;
    }
    if (hash_of(entry) != entry.hash) {
      const auto before = original_sequence(entry);
      if (before) {
        report(found::record_entry_moved, entry.sequence, {number, std::to_string(*before)});
      } else {
        report(found::record_entry_altered, entry.sequence, {number});
      }
      is_judged = before.has_value();
      was_moved_ = was_moved_ || is_judged;
    }
    // Behind what was moved nothing can follow as it did.
    if (entry.previous != head_.hash && !is_judged && !std::exchange(was_moved_, false))
      report(found::record_entry_strange, entry.sequence, {number});
    check_form(entry);
    head_ = {entry.sequence, entry.hash, std::max(head_.recorded, entry.recorded)};
  }

  /// What its hash says it was, where it was not altered but put elsewhere.
  std::optional<std::uint64_t> original_sequence(const StoredEntry& entry) {
    StoredEntry tried = entry;
    const auto is_it = [&](std::uint64_t sequence) {
      tried.sequence = sequence;
      return sequence != entry.sequence && hash_of(tried) == entry.hash;
    };
    if (ranks_.empty()) walk_chain();
    if (const auto rank = ranks_.find(entry.hash); rank != ranks_.end() && is_it(rank->second))
      return rank->second;
    // Where the chain is broken, entries have moved by as many as were removed before them.
    constexpr std::uint64_t kNear = 8;
    for (std::uint64_t by = 1; by <= kNear; ++by) {
      if (is_it(entry.sequence + by)) return tried.sequence;
      if (entry.sequence > by && is_it(entry.sequence - by)) return tried.sequence;
    }
    return {};
  }

  /// Ranks hashes along the chain itself, whatever the order of the rows.
  void walk_chain() {
    std::map<Hash, Hash> next;
    Statement rows = database_.prepare("SELECT " + std::string(kEntryColumns) + " FROM entry");
    while (rows.step()) {
      const StoredEntry entry = stored_entry(rows);
      next.insert({entry.previous, entry.hash});
    }
    Hash at{};
    std::uint64_t rank = 0;
    for (auto link = next.find(at); link != next.end(); link = next.find(at)) {
      at = link->second;
      if (!ranks_.insert({at, ++rank}).second) return;
    }
  }

  void check_form(const StoredEntry& entry) {
    const auto malformed = [&](std::string english, std::string chinese) {
      report(found::record_entry_malformed, entry.sequence,
             {std::to_string(entry.sequence), Argument(std::move(english), std::move(chinese))});
    };
    if (entry.recorded < head_.recorded)
      malformed("it was recorded before the entry before it", "登记时间早于前一条");
    check_replaced(entry, malformed);
    StoredEntry copy = entry;
    if (!entry_of(std::move(copy)))
      malformed("its content is not that of its kind", "内容与其类别不符");
  }

  template <class Malformed>
  void check_replaced(const StoredEntry& entry, const Malformed& malformed) const {
    if (entry.replaces == 0) {
      if (entry.kind == "withdrawal") malformed("it withdraws nothing", "未指明所撤回的条目");
      return;
    }
    Statement replaced = database_.prepare("SELECT kind FROM entry WHERE sequence = ?");
    replaced.bind(1, static_cast<std::int64_t>(entry.replaces));
    if (entry.replaces >= entry.sequence || !replaced.step()) {
      malformed("it replaces an entry that is not before it", "所更正的条目不在其前");
    } else if (replaced.text(0) == "withdrawal" ||
               (entry.kind != "withdrawal" && replaced.text(0) != entry.kind)) {
      malformed("it replaces an entry of another kind", "所更正的条目类别不同");
    }
  }

  void check_head() {
    Statement rows = database_.prepare("SELECT sequence, hash FROM head");
    const bool is_there = rows.step();
    const auto sequence = is_there ? static_cast<std::uint64_t>(rows.whole(0)) : 0;
    if (!is_there || sequence != head_.sequence || rows.bytes(1) != bytes_of(head_.hash)) {
      findings_.add(found::record_head_differs, {.file = file_},
                    {std::to_string(sequence), std::to_string(head_.sequence)});
    }
  }

  const Database& database_;
  std::string file_;
  Findings& findings_;
  Head head_;
  bool was_moved_ = false;
  std::map<Hash, std::uint64_t> ranks_;
};

/// SQLite's word on its own trees, which holds the index against the table.
void check_structure(const Database& database, const std::string& file, Findings& findings) {
  Statement rows = database.prepare("PRAGMA integrity_check(20)");
  while (rows.step()) {
    if (rows.text(0) != "ok")
      findings.add(found::record_unreadable, {.file = file}, {std::string(rows.text(0))});
  }
}

/// Calls `look` while nobody can write and everything is in the main file.
template <class Look>
void while_settled(Database& database, const std::filesystem::path& path, const Look& look) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const WriteLock lock(database);
    std::error_code unknown;
    const auto size = std::filesystem::file_size(path.string() + "-wal", unknown);
    if (!unknown && size > 0) continue;  // somebody has written in between
    look();
    return;
  }
  throw LedgerError(Trouble::busy, path.string());
}

/// What can still be said of the entries of a file with broken pages.
void look_into_broken(const std::filesystem::path& path, Verification& verification) {
  const std::string file = path.filename().string();
  try {
    const Database database(path, Database::Access::unsealed);
    verification.head = EntryVerifier(database, file, verification.findings).verify();
  } catch (const LedgerError& error) {
    // The broken pages have been told; these are the words for what they broke.
    verification.findings.add(found::record_unreadable, {.file = file}, {error.detail()});
  }
}

}  // namespace

Verification verify(const std::filesystem::path& path) {
  Verification verification;
  const std::string file = path.filename().string();
  const auto look = [&](Database& database) {
    verify_pages(path, file, verification.findings);
    if (verification.findings.has_errors()) return;
    demand_schema(database);
    check_structure(database, file, verification.findings);
    verification.head = EntryVerifier(database, file, verification.findings).verify();
  };
  try {
    Ledger ledger = Ledger::open(path);
    Database& database = ledger.database();
    if (database.is_read_only()) {
      look(database);
    } else {
      {
        const WriteLock lock(database);
        verify_log(path, file, verification.findings);
      }
      while_settled(database, path, [&] { look(database); });
    }
  } catch (const LedgerError& error) {
    if (error.trouble() != Trouble::damaged && error.trouble() != Trouble::failed) throw;
    if (!verification.findings.has_errors()) verify_pages(path, file, verification.findings);
    if (!verification.findings.has_errors())
      verification.findings.add(found::record_unreadable, {.file = file}, {error.detail()});
  }
  if (verification.findings.has_errors() && verification.head.sequence == 0)
    look_into_broken(path, verification);
  verification.findings.sort();
  return verification;
}

}  // namespace diaodu::track
