#include "diaodu/cli/plan_watch.h"

#include <system_error>

#include "diaodu/formats/disk.h"
#include "diaodu/formats/folder.h"

namespace diaodu::cli {

namespace fs = std::filesystem;

PlanWatch::PlanWatch(fs::path plan, std::vector<fs::path> others)
    : plan_(std::move(plan)), others_(std::move(others)) {}

PlanWatch::Snapshot PlanWatch::look() const {
  std::vector<fs::path> files = others_;
  std::error_code unknown;
  if (fs::is_directory(plan_, unknown)) {
    // What else is written into the plan's folder, a page or a list of dates, is no change of the plan.
    try {
      for (const fs::path& file : formats::files_in(plan_)) {
        if (formats::is_plan_table(file) || file.filename() == "plan.toml") files.push_back(file);
      }
    } catch (const fs::filesystem_error&) {
      // The folder went away just now: that is a change, which the files that are missing tell.
    }
  } else {
    files.push_back(plan_);
  }
  Snapshot snapshot;
  for (const fs::path& file : files) {
    State state;
    state.time = fs::last_write_time(file, unknown);
    if (unknown) continue;  // not there (any more)
    state.size = fs::file_size(file, unknown);
    if (!unknown) snapshot.emplace(file, state);
  }
  return snapshot;
}

bool PlanWatch::has_changed() {
  Snapshot now = look();
  if (!std::exchange(is_first_, false) && now == last_) return false;
  last_ = std::move(now);
  return true;
}

}  // namespace diaodu::cli
