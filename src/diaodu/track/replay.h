#pragma once

#include "diaodu/track/ledger.h"
#include "diaodu/track/record.h"

namespace diaodu::track {

/// What was known at `as_of`: the entries recorded until then, without those that were replaced or withdrawn
/// until then.  Throws `LedgerError` where the chain of hashes is broken.  Takes time and memory proportional to
/// the entries.
Record replay(const Ledger& ledger, Instant as_of = kNever);

}  // namespace diaodu::track
