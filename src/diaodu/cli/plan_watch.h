#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

namespace diaodu::cli {

/// Says whether the files that a plan is read from have changed since it was last asked: by the time of
/// their last change, their size, and which there are.  Asks the disk only when it is asked.
class PlanWatch {
 public:
  /// `plan` is a file or a folder, of which the tables and `plan.toml` count; `others` are files.
  PlanWatch(std::filesystem::path plan, std::vector<std::filesystem::path> others);

  /// True for the first time too.  What changes while the plan is being read is told the next time, if
  /// this was asked before reading.
  bool has_changed();

 private:
  struct State {
    std::filesystem::file_time_type time;
    std::uintmax_t size = 0;

    bool operator==(const State&) const = default;
  };
  using Snapshot = std::map<std::filesystem::path, State>;

  Snapshot look() const;

  std::filesystem::path plan_;
  std::vector<std::filesystem::path> others_;
  Snapshot last_;
  bool is_first_ = true;
};

}  // namespace diaodu::cli
