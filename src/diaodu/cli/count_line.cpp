#include "diaodu/cli/count_line.h"

#include <unistd.h>

#include <iostream>
#include <string>

#include "diaodu/cli/console.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {

CountLine::CountLine(const Words& words, Language language)
    : words_(words),
      language_(language),
      is_terminal_(isatty(STDERR_FILENO) != 0),
      next_(Clock::now() + std::chrono::seconds(1)) {}

CountLine::~CountLine() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
}

void CountLine::show(std::int64_t done, std::int64_t all) {
  constexpr auto kEvery = std::chrono::milliseconds(100);
  const auto now = Clock::now();
  if (!is_terminal_ || now < next_) return;
  next_ = now + kEvery;
  is_shown_ = true;
  const std::string line =
      report::say(words_, language_, {std::to_string(done), std::to_string(all)});
  std::cerr << "\r\033[K" << report::fit(line, width_of_errors() - 1) << std::flush;
}

}  // namespace diaodu::cli
