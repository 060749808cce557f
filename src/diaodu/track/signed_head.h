#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/track/ledger.h"

namespace diaodu::track {

// A head that is signed and given to others is a witness: from then on nothing before it can change
// unseen (Ed25519, RFC 8032; `docs/ledger_format.md`).

/// Two small files of text.
struct KeyPair {
  std::string secret;
  std::string open;
};
KeyPair make_keys();

/// The head as a signed text; nothing where `secret` is not a file of `make_keys`.
std::optional<std::string> sign(const Head& head, Instant now, std::string_view secret);

/// Holds the signed text (read from `file`) against the record: is its signature good, by the key in
/// `open_key`, and is what it signed still there?  What is not is a finding.
void verify_signed(const Ledger& ledger, std::string_view text, const std::string& file,
                   std::string_view open_key, Findings& findings);

}  // namespace diaodu::track
