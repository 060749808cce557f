#pragma once

#include <vector>

#include "diaodu/formats/tjp_document.h"

namespace diaodu::formats {

/// Which start or end of which task waits for which other: by links, within a task, and between a task and those in
/// it.  The document must outlive it.
class TjpWaits {
 public:
  explicit TjpWaits(const TjpDocument& document);

  /// Tasks that wait for each other, whatever the gaps between them; at most ten circles, each once.
  std::vector<std::vector<std::size_t>> circles() const;

  /// Of each task, whether something of it waits for the end of this one.
  std::vector<bool> wait_for_end_of(std::size_t task) const;

 private:
  static std::size_t start_of(std::size_t task) { return 2 * task; }
  static std::size_t end_of(std::size_t task) { return 2 * task + 1; }
  void join(std::size_t from, std::size_t to) { after_[from].push_back(to); }

  std::vector<std::vector<std::size_t>> after_;  // of each start and end
};

}  // namespace diaodu::formats
