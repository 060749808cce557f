#include "diaodu/solve/least_work.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "support/property.h"

namespace diaodu::solve {
namespace {

/// Minutes 0 ... 199, each worked or not.
constexpr int kMinutes = 200;

std::vector<char> random_minutes() {
  std::vector<char> minutes;
  while (minutes.size() < kMinutes) {
    const auto length = static_cast<std::size_t>(*rc::gen::inRange(1, 30));
    minutes.resize(minutes.size() + length, *rc::gen::element<char>(0, 1));
  }
  minutes.resize(kMinutes);
  return minutes;
}

std::vector<Interval> intervals_of(const std::vector<char>& minutes) {
  std::vector<Interval> intervals;
  for (int i = 0; i < kMinutes; ++i) {
    if (minutes[static_cast<std::size_t>(i)] == 0) continue;
    if (!intervals.empty() && intervals.back().to == Instant{i}) {
      intervals.back().to = Instant{i + 1};
    } else {
      intervals.push_back({Instant{i}, Instant{i + 1}});
    }
  }
  return intervals;
}

/// Of each worked minute in turn, whether it counts; then every run of them.
int least_by_trying(const std::vector<char>& worked, const std::vector<char>& open,
                    std::size_t run) {
  std::vector<int> counts;
  for (std::size_t i = 0; i < kMinutes; ++i) {
    if (worked[i] != 0) counts.push_back(open[i]);
  }
  if (run > counts.size()) return static_cast<int>(std::count(counts.begin(), counts.end(), 1));
  int least = kMinutes;
  for (std::size_t begin = 0; begin + run <= counts.size(); ++begin) {
    const auto from = counts.begin() + static_cast<std::ptrdiff_t>(begin);
    least = std::min(
        least, static_cast<int>(std::count(from, from + static_cast<std::ptrdiff_t>(run), 1)));
  }
  return least;
}

TEST(LeastWork, is_what_trying_every_start_finds) {
  holds(2000, [] {
    const std::vector<char> worked = random_minutes();
    const std::vector<char> open = random_minutes();
    LeastWork least(intervals_of(worked), intervals_of(open));
    for (const int run : {0, 1, *rc::gen::inRange(2, kMinutes), kMinutes}) {
      RC_ASSERT(least.of(WorkTime{run}).count() ==
                least_by_trying(worked, open, static_cast<std::size_t>(run)));
    }
  });
}

TEST(LeastWork, of_long_runs_is_rounded_down) {
  const std::vector<Interval> worked = {{Instant{0}, Instant{100'000}}};
  const std::vector<Interval> open = {{Instant{0}, Instant{100'000}}};
  LeastWork least(worked, open);
  EXPECT_EQ(least.of(WorkTime{1023}), WorkTime{1023});
  EXPECT_EQ(least.of(WorkTime{4097}), WorkTime{4096});
  EXPECT_EQ(least.mean_share(), 1);
}

}  // namespace
}  // namespace diaodu::solve
