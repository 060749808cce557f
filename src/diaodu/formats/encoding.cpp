#include "diaodu/formats/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kMostBad = 1'000'000;  // what has so many is no text, and is read no further

/// Bytes of the valid UTF-8 letter at the front of `text`; 0 if there is none.
std::size_t letter_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if (lead == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
  if (lead == 0xED && byte(1) > 0x9F) return 0;  // surrogate
  if (lead == 0xF0 && byte(1) < 0x90) return 0;  // overlong
  if (lead == 0xF4 && byte(1) > 0x8F) return 0;  // beyond Unicode
  return length;
}

struct Converted {
  std::string text;
  std::size_t num_bad = 0;
};

// NOLINTNEXTLINE(performance-no-int-to-ptr): what iconv_open returns when it fails
const auto kNoConverter = reinterpret_cast<iconv_t>(-1);

bool is_known_to_iconv(const std::string& encoding) {
  iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  if (converter == kNoConverter) return false;
  iconv_close(converter);
  return true;
}

/// Through iconv; what it cannot convert is replaced, unit by unit.
Converted convert(std::string_view bytes, const std::string& from) {
  Converted result;
  iconv_t converter = iconv_open("UTF-8", from.c_str());
  if (converter == kNoConverter) {
    result.num_bad = bytes.size();
    return result;
  }
  const std::size_t unit = from.starts_with("UTF-16") ? 2 : 1;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): iconv only reads there, whatever its type says
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  result.text.reserve(bytes.size() + bytes.size() / 2);  // Chinese letters: three bytes of two
  std::string out(1 << 16, '\0');
  while (in_left > 0 && result.num_bad < kMostBad) {
    char* to = out.data();
    std::size_t out_left = out.size();
    const std::size_t done = iconv(converter, &in, &in_left, &to, &out_left);
    result.text.append(out.data(), out.size() - out_left);
    if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    result.text += kReplacement;
    ++result.num_bad;
    const std::size_t bad = std::min(unit, in_left);
    in += bad;
    in_left -= bad;
  }
  iconv_close(converter);
  return result;
}

/// Chinese text in GB18030 is mostly pairs of bytes from A1 up; Latin text has single high bytes.
bool looks_chinese(std::string_view bytes) {
  std::size_t num_pairs = 0;
  std::size_t num_others = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80) continue;
    const auto next = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
    if (byte >= 0xA1 && next >= 0xA1) {
      ++num_pairs;
      ++i;
    } else {
      ++num_others;
      if (next >= 0x40) ++i;
    }
  }
  return num_pairs > num_others;
}

/// Russian in Windows-1251 is words of small letters (from E0 up) that may begin with a capital one, or of capitals (from
/// C0 up); every other byte of Chinese lies anywhere from A1 up, and Latin text has no three high bytes in a row.
bool looks_cyrillic(std::string_view bytes) {
  constexpr std::size_t kShortestWord = 3;
  constexpr std::size_t kLeast = 8;
  std::size_t num_fitting = 0;
  std::size_t num_others = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto byte = [&bytes](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    if (byte(i) < 0x80) {
      ++i;
      continue;
    }
    std::size_t end = i;
    bool is_small = true;
    bool is_capital = true;
    while (end < bytes.size() && byte(end) >= 0xC0) {
      is_small = is_small && (end == i || byte(end) >= 0xE0);
      is_capital = is_capital && byte(end) < 0xE0;
      ++end;
    }
    const std::size_t length = std::max<std::size_t>(end - i, 1);
    ((is_small || is_capital) && end - i >= kShortestWord ? num_fitting : num_others) += length;
    i += length;
  }
  return num_fitting >= kLeast && num_fitting > 2 * num_others;
}

std::string replace_bad_utf8(std::string_view bytes, std::size_t& num_bad) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty() && num_bad < kMostBad) {
    const std::size_t length = letter_length(bytes);
    if (length > 0) {
      text += bytes.substr(0, length);
      bytes.remove_prefix(length);
    } else {
      text += kReplacement;
      ++num_bad;
      bytes.remove_prefix(1);
    }
  }
  return text;
}

/// In other encodings high bytes hardly ever form letters of UTF-8.
bool is_utf8_but_for_few(std::string_view bytes) {
  constexpr std::size_t kLeast = 4;
  constexpr std::size_t kForEachBad = 4;
  std::size_t num_letters = 0;
  std::size_t num_bad = 0;
  while (!bytes.empty()) {
    const std::size_t length = letter_length(bytes);
    num_letters += length > 1 ? 1 : 0;
    num_bad += length == 0 ? 1 : 0;
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return num_letters >= kLeast && num_letters > kForEachBad * num_bad && num_bad < kMostBad;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    // Eight ASCII bytes at a time.
    std::uint64_t block = 0;
    if (text.size() >= sizeof block) {
      std::memcpy(&block, text.data(), sizeof block);
      if ((block & 0x8080'8080'8080'8080) == 0) {
        text.remove_prefix(sizeof block);
        continue;
      }
    }
    const std::size_t length = letter_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string to_utf8(std::string_view bytes, std::string_view file, Findings& findings,
                    std::string_view declared) {
  const Where where{.file = std::string(file)};
  std::string text;
  std::string encoding = "UTF-8";
  std::size_t num_bad = 0;
  const auto from = [&](const std::string& name, std::string_view rest) {
    Converted converted = convert(rest, name);
    text = std::move(converted.text);
    num_bad = converted.num_bad;
    encoding = name;
  };
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    text = replace_bad_utf8(bytes.substr(3), num_bad);
  } else if (bytes.starts_with("\xFF\xFE")) {
    from("UTF-16LE", bytes.substr(2));
  } else if (bytes.starts_with("\xFE\xFF")) {
    from("UTF-16BE", bytes.substr(2));
  } else if (bytes.starts_with("<\0"sv)) {
    from("UTF-16LE", bytes);
  } else if (bytes.starts_with("\0<"sv)) {
    from("UTF-16BE", bytes);
  } else if (is_valid_utf8(bytes)) {
    text = bytes;
  } else if (declared.empty() && is_utf8_but_for_few(bytes)) {
    text = replace_bad_utf8(bytes, num_bad);
  } else {
    const std::string guessed = looks_cyrillic(bytes)  ? "WINDOWS-1251"
                                : looks_chinese(bytes) ? "GB18030"
                                                       : "WINDOWS-1252";
    const bool is_declared = !declared.empty() && is_known_to_iconv(std::string(declared));
    from(is_declared ? std::string(declared) : guessed, bytes);
    if (!is_declared) findings.add(found::encoding_assumed, where, {encoding});
  }
  if (num_bad > 0) findings.add(found::bad_encoding, where, {encoding});
  const std::size_t nul = text.find('\0');
  if (nul != std::string::npos) {
    const auto line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    findings.add(found::nul_bytes, {.file = std::string(file), .line = static_cast<int>(line) + 1});
    std::replace(text.begin(), text.end(), '\0', ' ');
  }
  return text;
}

int num_letters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string_view cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace diaodu::formats
