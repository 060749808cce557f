#include "diaodu/track/signed_head.h"

#include <sodium.h>

#include <array>
#include <charconv>
#include <system_error>

#include "diaodu/core/civil.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/track/database.h"

namespace diaodu::track {
namespace {

constexpr std::string_view kSecret = "diaodu-secret-key 1 ";
constexpr std::string_view kOpen = "diaodu-public-key 1 ";
constexpr std::string_view kFirstLine = "diaodu-head 1\n";

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <std::size_t kSize>
std::string_view as_text(const std::array<unsigned char, kSize>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// What follows the word at the front, to the end of the line; takes both from `text`.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view word) {
  const std::size_t end = text.find('\n');
  if (!text.starts_with(word) || end == std::string_view::npos || end < word.size()) return {};
  const std::string_view value = text.substr(word.size(), end - word.size());
  text.remove_prefix(end + 1);
  return value;
}

std::optional<std::string> key_in(std::string_view text, std::string_view word) {
  const auto line = take_line(text, word);
  if (!line || !text.empty()) return {};
  auto key = bytes_of_hexadecimal(*line);
  return key && key->size() == crypto_sign_SEEDBYTES ? key : std::nullopt;
}

std::string utc(Instant instant) {
  const LocalTime time{instant.minutes()};
  return to_string(time.date()) + "T" + clock_string(time.minute_of_day()) + "Z";
}

struct SignedHead {
  std::uint64_t sequence = 0;
  std::string hash;
  std::string open_key;
  std::string signature;
  std::string_view message;
};

std::optional<SignedHead> parsed(std::string_view text) {
  SignedHead head;
  std::string_view rest = text;
  if (!rest.starts_with(kFirstLine)) return {};
  rest.remove_prefix(kFirstLine.size());
  const auto sequence = take_line(rest, "sequence ");
  const auto hash = take_line(rest, "hash ");
  const auto signed_at = take_line(rest, "signed ");
  const auto key = take_line(rest, "public-key ");
  head.message = text.substr(0, text.size() - rest.size());
  const auto signature = take_line(rest, "signature ");
  if (!sequence || !hash || !signed_at || !key || !signature || !rest.empty()) return {};
  const char* const end = sequence->data() + sequence->size();
  const auto [stopped, error] = std::from_chars(sequence->data(), end, head.sequence);
  if (error != std::errc{} || stopped != end) return {};
  head.hash = bytes_of_hexadecimal(*hash).value_or("");
  head.open_key = bytes_of_hexadecimal(*key).value_or("");
  head.signature = bytes_of_hexadecimal(*signature).value_or("");
  const bool is_whole = head.hash.size() == Hash{}.size() &&
                        head.open_key.size() == crypto_sign_PUBLICKEYBYTES &&
                        head.signature.size() == crypto_sign_BYTES;
  return is_whole ? std::optional(head) : std::nullopt;
}

/// Is the entry of that sequence the one with that hash?
bool has_entry(const Ledger& ledger, std::uint64_t sequence, std::string_view hash) {
  if (sequence == 0) return hash == bytes_of(Hash{});
  Statement row = ledger.database().prepare("SELECT hash FROM entry WHERE sequence = ?");
  row.bind(1, static_cast<std::int64_t>(sequence));
  return row.step() && row.bytes(0) == hash;
}

}  // namespace

KeyPair make_keys() {
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  randombytes_buf(seed.data(), seed.size());
  crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
  KeyPair pair{std::string(kSecret) + hexadecimal(as_text(seed)) + "\n",
               std::string(kOpen) + hexadecimal(as_text(open)) + "\n"};
  sodium_memzero(secret.data(), secret.size());
  sodium_memzero(seed.data(), seed.size());
  return pair;
}

std::optional<std::string> sign(const Head& head, Instant now, std::string_view secret) {
  const auto seed = key_in(secret, kSecret);
  if (!seed) return {};
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> key{};
  crypto_sign_seed_keypair(open.data(), key.data(), as_bytes(*seed));
  std::string text = std::string(kFirstLine) + "sequence " + std::to_string(head.sequence) +
                     "\nhash " + hexadecimal(head.hash) + "\nsigned " + utc(now) + "\npublic-key " +
                     hexadecimal(as_text(open)) + "\n";
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, as_bytes(text), text.size(), key.data());
  sodium_memzero(key.data(), key.size());
  return text + "signature " + hexadecimal(as_text(signature)) + "\n";
}

void verify_signed(const Ledger& ledger, std::string_view text, const std::string& file,
                   std::string_view open_key, Findings& findings) {
  const auto head = parsed(text);
  const auto key = key_in(open_key, kOpen);
  if (!head) return findings.add(found::head_bad_file, {.file = file});
  if (crypto_sign_verify_detached(as_bytes(head->signature), as_bytes(head->message),
                                  head->message.size(), as_bytes(head->open_key)) != 0)
    return findings.add(found::head_bad_signature, {.file = file});
  if (!key || *key != head->open_key) return findings.add(found::head_other_key, {.file = file});
  if (!has_entry(ledger, head->sequence, head->hash))
    findings.add(found::head_not_in_record, {.file = file}, {std::to_string(head->sequence)});
}

}  // namespace diaodu::track
