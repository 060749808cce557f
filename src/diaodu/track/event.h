#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "diaodu/track/hash.h"
#include "diaodu/track/record.h"

namespace diaodu::track {

/// An earlier entry counts no more.
struct Withdrawal {
  Instant when;
};

/// What an entry says.  Its kind is the alternative (of a `Remark`: decision or note).
using Fact =
    std::variant<TaskFact, CostFact, Observation, Baseline, PlanChange, Remark, Withdrawal>;

/// What is to be entered.
struct Event {
  Fact fact;
  std::string author;          ///< of a `Remark` this one counts, not its own
  std::string reason;          ///< may be empty
  Instant recorded;            ///< when it became known; see `Ledger::append`
  std::uint64_t replaces = 0;  ///< the sequence of the entry that it corrects or withdraws; 0: none
};

/// What was entered.
struct Entry : Event {
  std::uint64_t sequence = 0;  ///< 1, 2, 3 ...
  Hash previous{};             ///< `hash` of the entry before
  Hash hash{};
};

/// An entry as it is stored (`docs/ledger_format.md`); its hash is over these fields.
struct StoredEntry {
  std::uint64_t sequence = 0;
  std::string kind;
  std::string author;
  Instant recorded;
  Instant effective;
  std::string reason;
  std::uint64_t replaces = 0;
  std::string content;
  Hash previous{};
  Hash hash{};
};

/// `progress`, `cost`, `observation`, `baseline`, `plan`, `decision`, `note`, `withdrawal`.
std::string_view kind_of(const Fact& fact);

/// Of when the fact is true: its `when`, `published` or `taken`.
Instant effective_of(const Fact& fact);

/// The id of the task, target or subject it is about; empty where there is none.
std::string_view subject_of(const Fact& fact);

/// The hash that the entry should have.
Hash hash_of(const StoredEntry& entry);

/// The stored form, without sequence and hashes.
StoredEntry stored(const Event& event);

/// Back again; nothing where the kind is unknown or the content not of its kind, or not canonical.
std::optional<Entry> entry_of(StoredEntry&& stored);

}  // namespace diaodu::track
