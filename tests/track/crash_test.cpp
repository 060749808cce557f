#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>
#include <map>

#include "diaodu/core/random.h"
#include "diaodu/track/replay.h"
#include "diaodu/track/verify.h"
#include "support/temporary.h"

namespace diaodu::track {
namespace {

Event note(const std::string& author, const std::string& text) {
  return {.fact = Remark{Instant{0}, author, "", text}, .author = author, .recorded = Instant{0}};
}

/// Another process that does this, and ends.
pid_t start(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    work();
  } catch (const std::exception&) {
    ::_exit(1);
  }
  ::_exit(0);
}

int wait_for(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

std::string findings_of(const std::filesystem::path& path) {
  std::string said;
  const Verification verification = verify(path);
  for (const Finding& finding : verification.findings.kept()) {
    // A log that ends in half a transaction is what being killed leaves behind.
    if (finding.kind->code != "record_log_altered")
      said += to_string(finding, Language::english) + "\n";
  }
  return said;
}

TEST(TwoWriters, lose_nothing) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "record.diaodu";
  constexpr int kBatches = 100;
  const auto writer = [&](const std::string& name) {
    return start([&path, name] {
      Ledger ledger = Ledger::open_or_create(path);
      for (int i = 0; i < kBatches; ++i) {
        const std::string number = std::to_string(i);
        ledger.append(std::vector{note(name, number + " a"), note(name, number + " b")});
      }
    });
  };
  const std::array<pid_t, 3> writers = {writer("lin"), writer("wu"), writer("zhao")};
  for (const pid_t child : writers) EXPECT_EQ(wait_for(child), 0);

  std::map<std::string, int> next;
  for (const Remark& remark : replay(Ledger::open(path)).remarks) {
    const int number = next[remark.author]++;
    EXPECT_EQ(remark.text, std::to_string(number / 2) + (number % 2 == 0 ? " a" : " b"));
  }
  EXPECT_EQ(next, (std::map<std::string, int>{{"lin", 200}, {"wu", 200}, {"zhao", 200}}));
  EXPECT_EQ(findings_of(path), "");
}

TEST(Killed, at_any_instant_a_record_keeps_what_was_acknowledged) {
  RandomStream random(20260703);
  for (int trial = 0; trial < 24; ++trial) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "record.diaodu";
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = start([&] {
      Ledger ledger = Ledger::open_or_create(path);
      for (std::uint32_t i = 0;; ++i) {
        // Batches of many sizes, so that the log is brought home now and then.
        std::vector<Event> events;
        for (std::uint32_t k = 0; k <= i % 50; ++k)
          events.push_back(note("lin", std::string(1000, 'x')));
        const std::uint64_t acknowledged = ledger.append(events).sequence;
        if (::write(pipe[1], &acknowledged, sizeof acknowledged) < 0) return;
      }
    });
    ::close(pipe[1]);
    // On a slow disk nearly all would be killed before their first entry is in; every other one waits for it.
    std::uint64_t acknowledged = 0;
    if (trial % 2 == 1) {
      ASSERT_EQ(::read(pipe[0], &acknowledged, sizeof acknowledged), ssize_t{sizeof acknowledged});
    }
    ::usleep(static_cast<useconds_t>(random.below(60'000)));
    ::kill(child, SIGKILL);
    wait_for(child);
    for (std::uint64_t read = 0; ::read(pipe[0], &read, sizeof read) == sizeof read;)
      acknowledged = read;
    ::close(pipe[0]);
    if (!std::filesystem::exists(path)) {
      EXPECT_EQ(acknowledged, 0U);
      continue;
    }
    EXPECT_GE(replay(Ledger::open(path)).remarks.size(), acknowledged);
    EXPECT_EQ(findings_of(path), "") << "trial " << trial;
    Ledger ledger = Ledger::open(path);
    const std::uint64_t before = ledger.head().sequence;
    EXPECT_GE(before, acknowledged);
    EXPECT_EQ(ledger.append(std::vector{note("wu", "after")}).sequence, before + 1);
  }
}

/// Appends until there is no room; then all that was acknowledged, and no more, must be there.
void fill(const std::filesystem::path& path, const std::filesystem::path& ballast) {
  std::uint64_t acknowledged = 0;
  bool is_refused = false;
  {
    Ledger ledger = Ledger::open_or_create(path);
    for (int i = 0; i < 10'000 && !is_refused; ++i) {
      try {
        acknowledged =
            ledger.append(std::vector{note("lin", std::string(3000, 'x')), note("lin", "y")})
                .sequence;
      } catch (const LedgerError& error) {
        is_refused = true;
        EXPECT_EQ(error.trouble(), LedgerError::Trouble::disk_full) << error.what();
      }
    }
    EXPECT_TRUE(is_refused);
    EXPECT_EQ(ledger.head().sequence, acknowledged);
  }
  EXPECT_GT(acknowledged, 0U);
  EXPECT_EQ(replay(Ledger::open(path)).remarks.size(), acknowledged)
      << "read while the disk is full";
  std::filesystem::remove(ballast);
  EXPECT_EQ(replay(Ledger::open(path)).remarks.size(), acknowledged);
  EXPECT_EQ(findings_of(path), "");
  EXPECT_EQ(Ledger::open(path).append(std::vector{note("lin", "there is room again")}).sequence,
            acknowledged + 1);
}

TEST(FullDisk, refuses_a_batch_and_keeps_the_others) {
  const TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=800k") != 0)
    GTEST_SKIP() << "mounting a small disk is not permitted here";
  fill(folder.path() / "record.diaodu", folder.write("ballast", std::string(400'000, 'x')));
  EXPECT_EQ(::umount(folder.path().c_str()), 0);
}

TEST(ReadOnlyDisk, lets_a_record_be_read) {
  const TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0)
    GTEST_SKIP() << "mounting a small disk is not permitted here";
  const auto path = folder.path() / "record.diaodu";
  Ledger::open_or_create(path).append(std::vector{note("lin", "kept")});
  ASSERT_EQ(::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr), 0);
  {
    Ledger ledger = Ledger::open(path);
    EXPECT_EQ(replay(ledger).remarks.size(), 1U);
    EXPECT_EQ(findings_of(path), "");
    try {
      ledger.append(std::vector{note("lin", "refused")});
      ADD_FAILURE() << "a disk that takes nothing took an entry";
    } catch (const LedgerError& error) {
      EXPECT_EQ(error.trouble(), LedgerError::Trouble::read_only);
    }
  }
  EXPECT_EQ(::umount(folder.path().c_str()), 0);
}

}  // namespace
}  // namespace diaodu::track
