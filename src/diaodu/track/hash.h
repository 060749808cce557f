#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace diaodu::track {

/// BLAKE2b with a digest of 32 bytes and no key (RFC 7693).
using Hash = std::array<unsigned char, 32>;

Hash hash_of(std::string_view bytes);

/// In small letters, two for each byte.
std::string hexadecimal(std::string_view bytes);
std::string hexadecimal(const Hash& hash);

/// The bytes that `hexadecimal` writes so; nothing where the text is no such thing.
std::optional<std::string> bytes_of_hexadecimal(std::string_view text);

/// The bytes of a hash, as text is handled.
inline std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace diaodu::track
