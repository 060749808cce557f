#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace diaodu::track {

/// What a record would not do, and why.
class LedgerError : public std::runtime_error {
 public:
  enum class Trouble : std::uint8_t {
    missing,           ///< there is no such file
    not_a_record,      ///< the file is something else
    newer,             ///< a record of a later format
    damaged,           ///< bytes have changed; `verify` says which
    read_only,         ///< the file, its folder or the disk takes no writing
    disk_full,         ///< and nothing of the batch was entered
    busy,              ///< another program has been writing all the while
    no_such_entry,     ///< the entry to replace is not there
    already_replaced,  ///< it was replaced or withdrawn before
    other_kind,        ///< it is of another kind, or a withdrawal
    failed,            ///< anything else; `detail` has SQLite's words
  };

  LedgerError(Trouble trouble, std::string file, std::string detail = {});

  Trouble trouble() const { return trouble_; }
  const std::string& file() const { return file_; }
  const std::string& detail() const { return detail_; }

 private:
  Trouble trouble_;
  std::string file_;
  std::string detail_;
};

}  // namespace diaodu::track
