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
    std::int64_t looks_left = 10'000;
    LeastWork least(intervals_of(worked), intervals_of(open), looks_left);
    for (const int run : {0, 1, *rc::gen::inRange(2, kMinutes), kMinutes}) {
      RC_ASSERT(least.of(WorkTime{run}).count() ==
                least_by_trying(worked, open, static_cast<std::size_t>(run)));
    }
  });
}

TEST(LeastWork, of_long_runs_is_rounded_down_and_nothing_once_looks_are_spent) {
  const std::vector<Interval> worked = {{Instant{0}, Instant{100'000}}};
  const std::vector<Interval> open = {{Instant{3000}, Instant{97'000}}};
  std::int64_t looks_left = 1;
  LeastWork least(worked, open, looks_left);
  EXPECT_EQ(least.mean_share(), 0.94);
  EXPECT_EQ(least.of(WorkTime{4097}), WorkTime{1096});  // 1097 to the minute
  EXPECT_EQ(least.of(WorkTime{5000}), WorkTime{0});     // 2000, if looked for
}

TEST(LeastWork, of_who_works_in_the_opening_alone_is_all) {
  const std::vector<Interval> worked = {{Instant{10}, Instant{50'000}}};
  const std::vector<Interval> open = {{Instant{0}, Instant{100'000}}};
  std::int64_t looks_left = 0;
  LeastWork least(worked, open, looks_left);
  EXPECT_EQ(least.of(WorkTime{4097}), WorkTime{4097});
}

}  // namespace
}  // namespace diaodu::solve
