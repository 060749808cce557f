// What the record costs: entries appended in batches and one by one, replayed and verified; and what being killed at any
// instant leaves of it.
//
//   bench_record [--entries 1000000] [--batch 1000] [--kills 200] [--folder build/bench]

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/track/replay.h"
#include "diaodu/track/verify.h"

namespace {

using namespace diaodu;
using namespace diaodu::track;

struct Wishes {
  std::uint64_t entries = 1'000'000;
  std::uint64_t batch = 1'000;
  std::uint64_t kills = 200;
  std::filesystem::path folder = "build/bench";
};

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "bench_record: %s\n", what);
  std::exit(1);
}

/// As a busy year has them: progress of tasks, money spent, numbers published, now and then a note.
Event event_of(std::uint64_t number) {
  const Instant when{28'000'000 + static_cast<std::int64_t>(number / 4)};
  const std::string task = "B" + std::to_string(number % 2'000) + ".earthworks";
  Event event{.author = "lin", .recorded = when};
  switch (number % 8) {
    case 0:
    case 1:
    case 2:
    case 3:
      event.fact = TaskFact{.task = task,
                            .when = when,
                            .actual_start = when - Elapsed{9'000},
                            .percent = static_cast<int>(number % 10'000)};
      break;
    case 4:
    case 5:
      event.fact = CostFact{task, "crane", when, Money{static_cast<std::int64_t>(number) * 7}};
      break;
    case 6:
      event.fact =
          Observation{"industry.output",
                      {2000 + static_cast<int>(number % 40), 1, 1 + static_cast<int>(number % 12)},
                      Measure::growth_to_date,
                      static_cast<double>(number % 1'000) / 10,
                      when,
                      "bureau of statistics"};
      break;
    default:
      event.fact =
          Remark{when, "lin", task, "the second crane comes a week later", number % 16 == 7};
      event.reason = "told by telephone";
  }
  return event;
}

std::vector<Event> events_from(std::uint64_t first, std::uint64_t how_many) {
  std::vector<Event> events;
  events.reserve(how_many);
  for (std::uint64_t i = 0; i < how_many; ++i) events.push_back(event_of(first + i));
  return events;
}

void remove_record(const std::filesystem::path& path) {
  for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
}

void measure(const Wishes& wishes, const std::filesystem::path& path) {
  remove_record(path);
  double appending = 0;
  const double began = seconds();
  {
    Ledger ledger = Ledger::open_or_create(path);
    for (std::uint64_t at = 0; at < wishes.entries; at += wishes.batch) {
      const auto events = events_from(at, std::min(wishes.batch, wishes.entries - at));
      const double before = seconds();
      ledger.append(events);
      appending += seconds() - before;
    }
  }
  const double closed = seconds();
  const auto entries = static_cast<double>(wishes.entries);
  std::printf(
      "append, batches of %llu      %9.0f entries a second (%.2f s; with making and closing %.2f "
      "s)\n",
      static_cast<unsigned long long>(wishes.batch), entries / appending, appending,
      closed - began);
  const auto bytes = static_cast<double>(std::filesystem::file_size(path));
  std::printf("size                         %9.0f bytes an entry (%.0f MB)\n", bytes / entries,
              bytes / 1e6);

  const double before_replay = seconds();
  const Record record = replay(Ledger::open(path));
  const double replaying = seconds() - before_replay;
  const std::size_t told = record.tasks.size() + record.costs.size() + record.observations.size() +
                           record.remarks.size();
  demand(told == wishes.entries, "replay lost entries");
  std::printf("replay                       %9.2f s (%.0f entries a second)\n", replaying,
              entries / replaying);

  const double before_verify = seconds();
  const Verification verification = verify(path);
  std::printf("verify                       %9.2f s\n", seconds() - before_verify);
  demand(verification.findings.is_empty() && verification.head.sequence == wishes.entries,
         "verify found something");

  Ledger ledger = Ledger::open(path);
  constexpr int kSingles = 2'000;
  const double before_singles = seconds();
  for (int i = 0; i < kSingles; ++i)
    ledger.append(events_from(wishes.entries + static_cast<std::uint64_t>(i), 1));
  std::printf("append, one by one           %9.0f entries a second, each synchronised\n",
              kSingles / (seconds() - before_singles));
}

/// Appends for ever, telling the parent of each batch that is in.
[[noreturn]] void append_until_killed(const std::filesystem::path& path, int pipe) {
  try {
    Ledger ledger = Ledger::open_or_create(path);
    for (std::uint64_t i = ledger.head().sequence;; i += 1 + i % 50) {
      const std::uint64_t acknowledged = ledger.append(events_from(i, 1 + i % 50)).sequence;
      if (::write(pipe, &acknowledged, sizeof acknowledged) < 0) break;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_record: %s\n", error.what());
  }
  ::_exit(1);
}

void kill_often(const Wishes& wishes, const std::filesystem::path& path) {
  RandomStream random(20260703);
  remove_record(path);
  std::uint64_t acknowledged = 0;
  for (std::uint64_t trial = 0; trial < wishes.kills; ++trial) {
    std::array<int, 2> pipe{};
    demand(::pipe(pipe.data()) == 0, "no pipe");
    const pid_t child = ::fork();
    if (child == 0) append_until_killed(path, pipe[1]);
    ::close(pipe[1]);
    // On a slow disk nearly all would be killed before their first entry is in; every other one waits for it.
    std::uint64_t first = 0;
    if (trial % 2 == 1 && ::read(pipe[0], &first, sizeof first) == sizeof first)
      acknowledged = first;
    ::usleep(static_cast<useconds_t>(random.below(100'000)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    for (std::uint64_t read = 0; ::read(pipe[0], &read, sizeof read) == sizeof read;)
      acknowledged = read;
    ::close(pipe[0]);
    if (!std::filesystem::exists(path)) continue;
    // The same record is killed again and again, and must go on from what it was.
    const Verification verification = verify(path);
    demand(!verification.findings.has_errors(), "a killed record does not verify");
    demand(verification.head.sequence >= acknowledged, "an acknowledged entry is lost");
  }
  std::printf(
      "killed at %llu instants       nothing acknowledged lost, every record verified (%llu "
      "entries)\n",
      static_cast<unsigned long long>(wishes.kills), static_cast<unsigned long long>(acknowledged));
}

}  // namespace

int main(int argc, char** argv) {
  Wishes wishes;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const char* const value = argv[i + 1];
    if (name == "--entries") wishes.entries = std::strtoull(value, nullptr, 10);
    if (name == "--batch")
      wishes.batch = std::max<std::uint64_t>(1, std::strtoull(value, nullptr, 10));
    if (name == "--kills") wishes.kills = std::strtoull(value, nullptr, 10);
    if (name == "--folder") wishes.folder = value;
  }
  std::filesystem::create_directories(wishes.folder);
  if (wishes.entries > 0) measure(wishes, wishes.folder / "bench.record.diaodu");
  if (wishes.kills > 0) kill_often(wishes, wishes.folder / "killed.record.diaodu");
  remove_record(wishes.folder / "bench.record.diaodu");
  remove_record(wishes.folder / "killed.record.diaodu");
  // What was killed while it was made has left parts of itself.
  std::vector<std::filesystem::path> parts;
  for (const auto& entry : std::filesystem::directory_iterator(wishes.folder)) {
    if (entry.path().filename().string().starts_with("killed.record.diaodu."))
      parts.push_back(entry.path());
  }
  for (const auto& part : parts) std::filesystem::remove(part);
}
