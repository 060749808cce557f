#pragma once

#include <string>
#include <string_view>

#include "diaodu/core/language.h"
#include "diaodu/core/time.h"

namespace diaodu::report {

// What lines of iCalendar (RFC 5545) are made of.

/// Adds a content line, folded so that no line is longer than 75 octets and no letter is broken.
void add_line(std::string& calendar, std::string_view content);

/// A calendar of this title, without events yet.
std::string begun_calendar(std::string_view title, Language language);

std::string escaped(std::string_view text);

/// `20240412T080000Z`
std::string utc(Instant instant);

/// Sixteen hexadecimal digits (FNV-1a).
std::string digest(std::string_view text);

}  // namespace diaodu::report
