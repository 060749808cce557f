#include "diaodu/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "diaodu/plan/show.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

std::atomic<bool> is_interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch such");

void on_signal(int signal) {
  if (is_interrupted.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

int width_of_output() {
  constexpr int kUsual = 80;
  constexpr int kLeast = 40;
  constexpr int kMost = 200;
  int width = 0;
  if (const char* columns = std::getenv("COLUMNS")) width = std::atoi(columns);
  winsize size{};
  if (width <= 0 && isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    width = size.ws_col;
  }
  return width <= 0 ? kUsual : std::min(std::max(width, kLeast), kMost);
}

bool has_colour() {
  const char* wish = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) != 0 && (wish == nullptr || *wish == '\0');
}

void print_findings(const Findings& findings, Language language) {
  if (findings.is_empty() && findings.num_dropped() == 0) return;
  for (const Finding& finding : findings.kept()) std::cerr << to_string(finding, language) << "\n";
  const std::string errors = std::to_string(findings.num_errors());
  const std::string warnings = std::to_string(findings.num_warnings());
  if (language == Language::chinese) {
    std::cerr << errors << " 个错误，" << warnings << " 个警告";
  } else {
    std::cerr << errors << (findings.num_errors() == 1 ? " error, " : " errors, ") << warnings
              << (findings.num_warnings() == 1 ? " warning" : " warnings");
  }
  if (findings.num_dropped() > 0) {
    std::cerr << (language == Language::chinese ? "（另有未列出：" : " (not shown: ") << findings.num_dropped()
              << (language == Language::chinese ? "）" : ")");
  }
  std::cerr << "\n";
}

Interruptible::Interruptible() {
  is_interrupted = false;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}
Interruptible::~Interruptible() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}
const std::atomic<bool>* Interruptible::flag() const { return &is_interrupted; }

ProgressLine::ProgressLine(const Plan& plan, Language language, double seconds)
    : plan_(plan), language_(language), seconds_(seconds), is_terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressLine::show(const solve::Improvement& state) {
  constexpr double kEvery = 0.1;
  if (!is_terminal_ || state.seconds < next_) return;
  next_ = state.seconds + kEvery;
  is_shown_ = true;
  const double length = static_cast<double>((state.finish - plan_.start).count());
  const double gap = length <= 0 ? 0 : static_cast<double>((state.finish - state.bound).count()) / length;
  const bool is_chinese = language_ == Language::chinese;
  std::string line = std::to_string(static_cast<int>(state.seconds));
  if (seconds_ < 1e9) line += "/" + std::to_string(static_cast<int>(seconds_));
  line += is_chinese ? " 秒  完成 " : " s  finish ";
  line += diaodu::show(plan_, state.finish);
  line += (is_chinese ? "  差距 ≤ " : "  gap ≤ ") + report::percentage(gap, language_);
  line += is_chinese ? "  （Ctrl-C 取当前最优）" : "  (Ctrl-C takes the best so far)";
  std::cerr << "\r\033[K" << report::fit(line, width_of_output() - 1) << std::flush;
}

}  // namespace diaodu::cli
