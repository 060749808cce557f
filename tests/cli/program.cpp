#include "cli/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>

namespace diaodu::cli {
namespace {

struct Pipe {
  int reading = -1;
  int writing = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
  return {ends[0], ends[1]};
}

/// Whether the process has a handler for Ctrl-C; before that the signal would just end it.
bool awaits_interrupt(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("SigCgt:")) continue;
    return (std::stoull(line.substr(line.find_first_not_of(" \t", 7)), nullptr, 16) >>
                (SIGINT - 1) &
            1U) != 0;
  }
  return false;
}

/// In the child; nothing here may allocate, so all words are ready before the fork.
[[noreturn]] void become(char* const* words, const Setting& setting, int out, int err) {
  ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  std::signal(SIGINT, SIG_DFL);  // a shell's background jobs ignore it
  std::signal(SIGPIPE, SIG_DFL);
  if (::chdir(setting.folder.c_str()) != 0) ::_exit(126);
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "COLUMNS"}) ::unsetenv(name);
  ::setenv("LANG", setting.system_language.c_str(), 1);
  ::execv(DIAODU_PROGRAM, words);
  ::_exit(127);
}

}  // namespace

Outcome diaodu(const std::vector<std::string>& words, const Setting& setting) {
  std::vector<std::string> all = {"diaodu"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> pointers;
  for (std::string& word : all) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const Pipe out = make_pipe();
  const Pipe err = make_pipe();
  if (setting.reads_nothing) ::close(out.reading);
  const pid_t child = ::fork();
  if (child == 0) become(pointers.data(), setting, out.writing, err.writing);
  ::close(out.writing);
  ::close(err.writing);

  Outcome outcome;
  std::array<pollfd, 2> ends = {{{out.reading, POLLIN, 0}, {err.reading, POLLIN, 0}}};
  std::array<std::string*, 2> texts = {&outcome.out, &outcome.err};
  if (setting.reads_nothing) ends[0].fd = -1;
  bool is_to_interrupt = setting.is_interrupted;
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (is_to_interrupt && awaits_interrupt(child)) {
      if (setting.meanwhile) {
        setting.meanwhile();
      } else {
        ::usleep(500'000);  // time for a first schedule
      }
      ::kill(child, SIGINT);
      is_to_interrupt = false;
    }
    ::poll(ends.data(), ends.size(), 20);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      std::array<char, 4096> piece{};
      const ssize_t size = ::read(ends[i].fd, piece.data(), piece.size());
      if (size > 0) {
        texts[i]->append(piece.data(), static_cast<std::size_t>(size));
      } else {
        ::close(ends[i].fd);
        ends[i].fd = -1;
      }
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  outcome.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return outcome;
}

}  // namespace diaodu::cli
