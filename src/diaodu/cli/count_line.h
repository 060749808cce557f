#pragma once

#include <chrono>
#include <cstdint>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"

namespace diaodu::cli {

/// A line on stderr that counts, after a second; on a terminal only.  `words` say how much of how much.
class CountLine {
 public:
  CountLine(const Words& words, Language language);
  ~CountLine();
  CountLine(const CountLine&) = delete;
  CountLine& operator=(const CountLine&) = delete;

  void show(std::int64_t done, std::int64_t all);

 private:
  using Clock = std::chrono::steady_clock;

  Words words_;
  Language language_;
  bool is_terminal_;
  bool is_shown_ = false;
  Clock::time_point next_;
};

}  // namespace diaodu::cli
