#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>

#include "diaodu/cli/console.h"
#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {

/// A line on stderr that counts, after a second; on a terminal only.  `words` say how much of how much.
class CountLine {
 public:
  CountLine(const Words& words, Language language) : words_(words), language_(language) {}
  ~CountLine() {
    if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  }
  CountLine(const CountLine&) = delete;
  CountLine& operator=(const CountLine&) = delete;

  void show(std::int64_t done, std::int64_t all) {
    constexpr auto kEvery = std::chrono::milliseconds(100);
    const auto now = Clock::now();
    if (!is_terminal_ || now < next_) return;
    next_ = now + kEvery;
    is_shown_ = true;
    const std::string line =
        report::say(words_, language_, {std::to_string(done), std::to_string(all)});
    std::cerr << "\r\033[K" << report::fit(line, width_of_output() - 1) << std::flush;
  }

 private:
  using Clock = std::chrono::steady_clock;

  Words words_;
  Language language_;
  bool is_terminal_ = isatty(STDERR_FILENO) != 0;
  bool is_shown_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
};

}  // namespace diaodu::cli
