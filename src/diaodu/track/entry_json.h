#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diaodu/track/event.h"

namespace diaodu::track {

/// The fact as canonical JSON (RFC 8785; `docs/ledger_format.md`), without what stands beside it: its
/// kind and when it is effective.  Equal facts have equal contents.  Throws `std::out_of_range` where a
/// whole number is beyond 2^53 or a value is not finite; readers keep theirs far below.
std::string content_of(const Fact& fact);

/// The fact of which this is the content; nothing where the kind is unknown, or the text not exactly what
/// `content_of` would write.
std::optional<Fact> fact_of(std::string_view kind, std::string_view content, Instant effective);

/// `level`, ..., and back.
std::string_view name_of(Measure measure);
std::optional<Measure> measure_of(std::string_view name);

}  // namespace diaodu::track
