#include "diaodu/cli/console.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <system_error>
#include <vector>

#include "diaodu/formats/disk.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/json.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

std::atomic<bool> is_interrupted{false};
int num_interruptible = 0;
bool is_reader_outlived = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch such");

void on_signal(int signal) {
  if (is_interrupted.exchange(true)) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

}  // namespace

namespace {

int width_of(int stream) {
  constexpr int kUsual = 80;
  constexpr int kLeast = 40;
  constexpr int kMost = 200;
  int width = 0;
  if (const char* columns = std::getenv("COLUMNS")) width = std::atoi(columns);
  winsize size{};
  if (width <= 0 && isatty(stream) != 0 && ioctl(stream, TIOCGWINSZ, &size) == 0) {
    width = size.ws_col;
  }
  return width <= 0 ? kUsual : std::min(std::max(width, kLeast), kMost);
}

}  // namespace

int width_of_output() { return width_of(STDOUT_FILENO); }
int width_of_errors() { return width_of(STDERR_FILENO); }

bool has_colour() {
  const char* wish = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) != 0 && (wish == nullptr || *wish == '\0');
}

void print_findings(const Findings& findings, Language language) {
  if (findings.is_empty() && findings.num_dropped() == 0) return;
  for (const Finding& finding : findings.kept()) std::cerr << to_string(finding, language) << "\n";
  const auto count = [&](std::size_t number, const Words& one, const Words& several) {
    return report::counted(number, one, several, language);
  };
  std::vector<std::string> counts = {
      count(findings.num_errors(), words::one_error, words::num_errors),
      count(findings.num_warnings(), words::one_warning, words::num_warnings)};
  if (findings.num_dropped() > 0) {
    counts.push_back(
        report::say(words::findings_not_shown, language, {std::to_string(findings.num_dropped())}));
  }
  std::cerr << report::joined(counts, language) << "\n";
}

int fail(const Options& options, Exit status, const std::string& message) {
  std::cerr << "diaodu" << words::cli_colon.in(options.language) << message << "\n";
  if (options.json) {
    report::JsonWriter json;
    json.begin_object();
    json.key("error").text(message);
    json.key("exit").number(static_cast<int>(status));
    json.end_object();
    std::cout << json.take();
  }
  return status;
}

std::string complaint_of(const std::filesystem::filesystem_error& error, Language language) {
  // Files are written beside their places first; whoever asked for one knows its place only.
  const std::string path = formats::shown(formats::place_of(error.path1()));
  const auto reason = [&]() -> std::string {
    switch (static_cast<std::errc>(error.code().value())) {
      case std::errc::no_such_file_or_directory:
        return report::say(words::world_no_folder, language);
      case std::errc::permission_denied:
      case std::errc::operation_not_permitted:
        return report::say(words::world_no_permission, language);
      case std::errc::no_space_on_device:
        return report::say(words::world_full, language);
      case std::errc::is_a_directory:
        return report::say(words::world_is_folder, language);
      case std::errc::not_a_directory:
        return report::say(words::world_not_a_folder, language);
      case std::errc::read_only_file_system:
        return report::say(words::world_read_only, language);
      default:
        return error.code().message();
    }
  };
  return report::say(words::world_cannot_write, language, {path, reason()});
}

std::string complaint_of(const track::LedgerError& error, Language language) {
  using Trouble = track::LedgerError::Trouble;
  const auto sentence = [&]() -> const Words& {
    switch (error.trouble()) {
      case Trouble::missing:
        return words::ledger_missing;
      case Trouble::not_a_record:
        return words::ledger_not_a_record;
      case Trouble::newer:
        return words::ledger_newer;
      case Trouble::damaged:
        return words::ledger_damaged;
      case Trouble::read_only:
        return words::ledger_read_only;
      case Trouble::disk_full:
        return words::ledger_full;
      case Trouble::busy:
        return words::ledger_busy;
      case Trouble::no_such_entry:
        return words::ledger_no_entry;
      case Trouble::already_replaced:
        return words::ledger_replaced;
      case Trouble::other_kind:
        return words::ledger_other_kind;
      case Trouble::failed:
        break;
    }
    return words::ledger_failed;
  };
  return report::say(sentence(), language, {error.file(), error.detail()});
}

Exit status_of(const track::LedgerError& error) {
  using Trouble = track::LedgerError::Trouble;
  const Trouble trouble = error.trouble();
  const bool is_asked_wrongly = trouble == Trouble::no_such_entry ||
                                trouble == Trouble::already_replaced ||
                                trouble == Trouble::other_kind;
  return is_asked_wrongly ? kWrongUsage : kWorldFailed;
}

void outlive_reader() {
  const bool was_deadly = std::signal(SIGPIPE, SIG_IGN) == SIG_DFL;
  is_reader_outlived = is_reader_outlived || was_deadly;
}

void follow_reader() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  const bool has_left = ::poll(&out, 1, 0) > 0 && (out.revents & POLLERR) != 0;
  if (!is_reader_outlived || !has_left) return;
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
}

std::string shell_word(const std::string& word) {
  constexpr std::string_view kSpecial = " \t\n\"'\\$`!*?[](){}<>|&;#~";
  if (!word.empty() && word.find_first_of(kSpecial) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char letter : word) {
    if (letter == '\'') {
      quoted += "'\\''";
    } else {
      quoted += letter;
    }
  }
  return quoted + "'";
}

Interruptible::Interruptible() {
  if (num_interruptible++ > 0) return;
  is_interrupted = false;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}
Interruptible::~Interruptible() {
  if (--num_interruptible > 0) return;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}
const std::atomic<bool>* Interruptible::flag() const { return &is_interrupted; }

ProgressLine::ProgressLine(const Plan& plan, Language language, double seconds)
    : plan_(plan),
      language_(language),
      seconds_(seconds),
      is_terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressLine::show(const solve::Improvement& state) {
  constexpr double kEvery = 0.1;
  if (!is_terminal_ || state.seconds < next_) return;
  next_ = state.seconds + kEvery;
  is_shown_ = true;
  const double length = static_cast<double>((state.finish - plan_.start).count());
  const double gap =
      length <= 0 ? 0 : static_cast<double>((state.finish - state.bound).count()) / length;
  std::string time = std::to_string(static_cast<int>(state.seconds));
  if (seconds_ < 1e9) time += "/" + std::to_string(static_cast<int>(seconds_));
  const std::string line =
      report::say(words::cli_progress, language_,
                  {time, diaodu::show(plan_, state.finish), report::percentage(gap, language_)});
  std::cerr << "\r\033[K" << report::fit(line, width_of_errors() - 1) << std::flush;
}

}  // namespace diaodu::cli
