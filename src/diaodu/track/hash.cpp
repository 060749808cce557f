#include "diaodu/track/hash.h"

#include <sodium.h>

namespace diaodu::track {

Hash hash_of(std::string_view bytes) {
  // Lets libsodium choose what is fastest on this processor.
  [[maybe_unused]] static const int is_ready = sodium_init();
  Hash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return hash;
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char letter : bytes) {
    const auto byte = static_cast<unsigned char>(letter);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::string hexadecimal(const Hash& hash) { return hexadecimal(bytes_of(hash)); }

std::optional<std::string> bytes_of_hexadecimal(std::string_view text) {
  if (text.size() % 2 != 0) return {};
  const auto digit = [](char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  };
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

}  // namespace diaodu::track
