#include "diaodu/cli/proof_file.h"

#include <system_error>

namespace diaodu::cli {

/// The log is written by a search thread, where nobody would catch what the disk throws: it is told at the end.
ProofFile::ProofFile(const std::filesystem::path& place)
    : place_(place),
      out_(files_.beside(place), std::ios::binary | std::ios::trunc),
      log_([this](std::string_view piece) {
        if (!has_failed_) out_.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        has_failed_ = has_failed_ || !out_.good();
      }) {
  if (!out_.is_open()) fail();
}

void ProofFile::commit() {
  out_.close();
  if (has_failed_ || out_.fail()) fail();
  if (log_.is_over()) files_.commit();
}

void ProofFile::fail() const {
  throw std::filesystem::filesystem_error("", place_,
                                          std::make_error_code(std::errc::no_space_on_device));
}

}  // namespace diaodu::cli
