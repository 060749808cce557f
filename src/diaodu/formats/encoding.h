#pragma once

#include <string>
#include <string_view>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// The bytes of a text file as UTF-8 without a byte-order mark.  Takes UTF-8; UTF-16 with its mark, or without it, as XML
/// may be, where the first letter is `<` (XML 1.0, appendix F); and, where the bytes are not valid UTF-8, GB18030 if they
/// look like Chinese, Windows-1251 if they look like Russian, else Windows-1252; says so with a finding.  Bytes that are
/// no text become U+FFFD, NUL bytes a space, with a finding.
///
/// `declared`: what the file itself says it is in, as iconv names it; empty if it does not.
std::string to_utf8(std::string_view bytes, std::string_view file, Findings& findings,
                    std::string_view declared = {});

/// How many letters a valid UTF-8 text has.
int num_letters(std::string_view text);

bool is_valid_utf8(std::string_view text);

/// Cuts `text` after at most `max_bytes`, never inside a letter.
std::string_view cut(std::string_view text, std::size_t max_bytes);

}  // namespace diaodu::formats
