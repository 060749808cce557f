#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "diaodu/formats/disk.h"
#include "diaodu/solve/proof_log.h"

namespace diaodu::cli {

/// The file that a proof log streams into: written beside its place, which it takes when the log is complete.
/// Throws `std::filesystem::filesystem_error` when the disk fails.
class ProofFile {
 public:
  explicit ProofFile(const std::filesystem::path& place);
  ProofFile(const ProofFile&) = delete;
  ProofFile& operator=(const ProofFile&) = delete;

  solve::ProofLog& log() { return log_; }

  /// Lets the file take its place, if anything was logged.
  void commit();

 private:
  [[noreturn]] void fail() const;

  std::filesystem::path place_;
  formats::FileSet files_;
  std::ofstream out_;
  bool has_failed_ = false;
  solve::ProofLog log_;
};

}  // namespace diaodu::cli
