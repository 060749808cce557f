#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// No archive may unpack to more than this, over all that is read of it.
inline constexpr std::size_t kMostUnpackedBytes = std::size_t{1} << 30;

/// A zip file in memory, which may be a trap: its sizes are never believed.  What is unpacked is
/// counted while it is unpacked; reading stops at `kMostUnpackedBytes`, and where a large entry is
/// more than a hundred times its packed size, which no spreadsheet is.
///
/// Keeps a view of `bytes`.  Damage becomes a finding in `file`.
class Archive {
 public:
  Archive(std::string_view bytes, std::string file, Findings& findings);
  ~Archive();
  Archive(Archive&&) noexcept;

  bool is_open() const;  ///< false: this is no zip file
  bool has(std::string_view name) const;

  /// Feeds the entry (names compare without case) to `sink`, piece by piece, while it returns true.
  /// True if all of it was read and fed.  Reports an entry that is missing, damaged or encrypted.
  bool read(std::string_view name, const std::function<bool(std::string_view piece)>& sink);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace diaodu::formats
