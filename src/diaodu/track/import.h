#pragma once

#include <cstddef>
#include <vector>

#include "diaodu/track/ledger.h"

namespace diaodu::track {

/// What of a list of facts is not on record yet.
struct Import {
  std::vector<Event> events;        ///< to be entered; those that correct have `replaces` set
  std::vector<std::size_t> origin;  ///< of each, its place in the list
  std::size_t num_known = 0;        ///< were entered before, and are left out
  std::size_t num_corrections = 0;  ///< of the events
};

/// Compares the facts with all that was ever entered, so that importing a file twice changes nothing.
///
/// A fact whose content was entered before is left out, the k-th of equal ones if there were k; even where it was
/// corrected since, for a file that is old must not undo that.  Progress of the same task and date, and a number of
/// the same target, period, measure and publication, correct what stands there.  Costs and remarks
/// only ever add.  Reads the whole ledger.
Import prepare_import(const Ledger& ledger, const std::vector<Event>& facts);

}  // namespace diaodu::track
