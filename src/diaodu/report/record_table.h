#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/json.h"
#include "diaodu/track/event.h"

namespace diaodu::report {

/// Entries of a record, and by which entry each that no longer counts was replaced.
struct RecordRows {
  std::vector<track::Entry> entries;
  std::map<std::uint64_t, std::uint64_t> replaced_by;
};

/// What a fact says, in words.
std::string in_words(const Plan& plan, const track::Fact& fact, Language language);

/// A line for each entry; those that were replaced are faint, and say by which.
std::string record_table(const Plan& plan, const RecordRows& rows, Language language, int width,
                         bool has_colour);

/// The entries that would be entered, likewise; they have no number yet.
std::string record_table(const Plan& plan, std::span<const track::Event> events, Language language,
                         int width, bool has_colour);

/// {path, entries: [{sequence, kind, author, recorded, effective, reason, replaces, replaced_by, hash, content}],
/// findings}; times in UTC as minutes since 1970, as the record has them, and content as its JSON text.
std::string record_json(const std::string& path, const RecordRows& rows, const Findings& findings,
                        Language language);

}  // namespace diaodu::report
