#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "diaodu/core/time.h"
#include "diaodu/track/event.h"
#include "diaodu/track/ledger_error.h"

namespace diaodu::track {

class Database;

/// The last entry: with it, all before are known to be as they were.
struct Head {
  std::uint64_t sequence = 0;  ///< and how many entries there are
  Hash hash{};
  Instant recorded = kEver;
};

/// Where the record of a plan lies: `record.diaodu` in its folder, `STEM.record.diaodu` beside its file.
std::filesystem::path record_of(const std::filesystem::path& plan);

/// The record on disk (`docs/ledger_format.md`): entries that are added and never changed.  Any number of
/// programs may have it open; their batches follow one another.  Once `append` has returned, its entries are
/// there whatever happens to the machine.  Not for several threads at once.
///
/// Everything throws `LedgerError`; a damaged file is never more than that.
class Ledger {
 public:
  /// An existing record.  What cannot be written can still be read.
  static Ledger open(const std::filesystem::path& path);

  /// Likewise, made first where there is none.
  static Ledger open_or_create(const std::filesystem::path& path);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  const std::filesystem::path& path() const { return path_; }
  Head head() const;

  /// Enters all events in their order, or, when it throws, none.  An event that became known before the
  /// entry before it is recorded as known together with that: a clock may go back, the record does not.
  /// Throws `std::out_of_range` or `std::invalid_argument` where a fact is none that can be read back.
  Head append(std::span<const Event> events);

  /// Likewise the events that `make` makes while nobody else can write; it may read this ledger.
  Head append(const std::function<std::vector<Event>()>& make);

  /// The entries from `first` on that were known at `as_of`, in their order, until `visit` returns false.
  /// Their hashes are tested on the way; throws where the chain is broken.
  void read(const std::function<bool(Entry&&)>& visit, Instant as_of = kNever,
            std::uint64_t first = 1) const;

  /// The entries that were replaced or withdrawn by what was known at `as_of`, in ascending order.
  std::vector<std::uint64_t> replaced(Instant as_of = kNever) const;

  /// Runs `work` while what this ledger reads stays the same, whoever writes.
  void hold(const std::function<void()>& work) const;

  /// The database, for `verify`.
  Database& database() const { return *database_; }

 private:
  Ledger(std::filesystem::path path, std::unique_ptr<Database> database);
  Head append_locked(std::span<const Event> events);

  std::filesystem::path path_;
  std::unique_ptr<Database> database_;
};

}  // namespace diaodu::track
