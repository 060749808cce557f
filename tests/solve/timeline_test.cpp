#include "diaodu/solve/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "diaodu/core/random.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

constexpr Instant at(int minute) { return Instant{minute}; }

/// The slow twin: every step, one after the other.
class FlatTimeline {
 public:
  explicit FlatTimeline(const std::vector<CapacityStep>& capacity) {
    for (const CapacityStep& step : capacity) free_[step.from] = step.amount;
  }

  Amount free(Instant instant) const { return std::prev(free_.upper_bound(instant))->second; }

  void take(Instant from, Instant to, Amount amount) {
    if (to <= from) return;
    free_.emplace(from, free(from));
    free_.emplace(to, free(to));
    for (auto step = free_.find(from); step->first != to; ++step) step->second -= amount;
  }

  Amount least_free(Instant from, Instant to) const {
    Amount least = free(from);
    for (auto step = free_.upper_bound(from); step != free_.end() && step->first < to; ++step) {
      least = std::min(least, step->second);
    }
    return least;
  }

  Instant clear_from(Instant from, Instant to, Amount amount) const {
    auto step = std::prev(free_.lower_bound(to));
    while (step->second >= amount) {
      if (step->first <= from) return from;
      --step;
    }
    while (step != free_.end() && step->second < amount) ++step;
    return step == free_.end() ? kNever : step->first;
  }

  Instant clear_until(Instant from, Instant to, Amount amount) const {
    auto step = std::prev(free_.upper_bound(from));
    while (step->second >= amount) {
      ++step;
      if (step == free_.end() || step->first >= to) return to;
    }
    while (step->second < amount) {
      if (step == free_.begin()) return kEver;
      --step;
    }
    return std::next(step)->first;
  }

  Instant first_fit(Instant from, Elapsed length, Amount amount) const {
    while (from != kNever && least_free(from, from + length) < amount)
      from = clear_from(from, from + length, amount);
    return from;
  }

  Interval last_short(Instant from, Instant to, Amount amount) const {
    auto step = std::prev(free_.lower_bound(to));
    while (step->second >= amount) {
      if (step->first <= from) return {from, from};
      --step;
    }
    const Instant end = std::next(step) == free_.end() ? to : std::min(to, std::next(step)->first);
    while (step->first > from && std::prev(step)->second < amount) --step;
    return {std::max(from, step->first), end};
  }

  std::size_t num_steps() const {
    std::size_t sum = 1;
    for (auto step = std::next(free_.begin()); step != free_.end(); ++step) {
      if (step->second != std::prev(step)->second) ++sum;
    }
    return sum;
  }

 private:
  std::map<Instant, Amount> free_;
};

TEST(Timeline, what_does_not_fit_is_told_from_where_on_and_until_when_it_would) {
  // free:  3 . . . 1 . 3 . . 0 . 3        from minute 0 on; three units in all
  //        0       4   6     9   11
  Timeline timeline;
  timeline.reset({{kEver, Amount{3}}});
  timeline.take(at(4), at(6), Amount{2});
  timeline.take(at(9), at(11), Amount{3});

  EXPECT_EQ(timeline.clear_from(at(0), at(4), Amount{3}), at(0));
  EXPECT_EQ(timeline.clear_from(at(0), at(5), Amount{2}), at(6));
  EXPECT_EQ(timeline.clear_from(at(0), at(10), Amount{2}), at(11));  // the last conflict counts
  EXPECT_EQ(timeline.clear_from(at(0), at(9), Amount{1}), at(0));
  EXPECT_EQ(timeline.clear_from(at(0), at(5), Amount{4}), kNever);

  EXPECT_EQ(timeline.clear_until(at(6), at(9), Amount{3}), at(9));
  EXPECT_EQ(timeline.clear_until(at(5), at(9), Amount{2}), at(4));
  EXPECT_EQ(timeline.clear_until(at(7), at(12), Amount{1}), at(9));
  EXPECT_EQ(timeline.clear_until(at(7), at(12), Amount{4}), kEver);

  EXPECT_EQ(timeline.first_fit(at(2), Elapsed{2}, Amount{3}), at(2));
  EXPECT_EQ(timeline.first_fit(at(2), Elapsed{3}, Amount{3}), at(6));
  EXPECT_EQ(timeline.first_fit(at(2), Elapsed{4}, Amount{3}), at(11));
  EXPECT_EQ(timeline.first_fit(at(2), Elapsed{4}, Amount{4}), kNever);

  EXPECT_EQ(timeline.last_short(at(0), at(8), Amount{2}), (Interval{at(4), at(6)}));
  EXPECT_EQ(timeline.last_short(at(5), at(10), Amount{1}), (Interval{at(9), at(10)}));
  EXPECT_TRUE(timeline.last_short(at(0), at(4), Amount{3}).is_empty());

  EXPECT_EQ(timeline.least_free(at(0), at(4)), Amount{3});
  EXPECT_EQ(timeline.least_free(at(5), at(10)), Amount{0});
}

TEST(Timeline, taking_and_giving_back_leaves_no_trace) {
  Timeline timeline;
  timeline.reset({{kEver, Amount{5}}, {at(10), Amount{2}}});
  for (int i = 0; i < 300; ++i) timeline.take(at(3 * i), at(3 * i + 7), Amount{1});
  EXPECT_GT(timeline.num_steps(), 300U);
  for (int i = 299; i >= 0; --i) timeline.take(at(3 * i), at(3 * i + 7), Amount{-1});
  EXPECT_EQ(timeline.num_steps(), 2U);
  EXPECT_EQ(timeline.least_free(at(0), at(10)), Amount{5});
  EXPECT_EQ(timeline.least_free(at(0), at(11)), Amount{2});
}

TEST(Timeline, answers_as_its_slow_twin_does) {
  // Few and many steps, so that a plan of one block and plans of many are both met.
  std::size_t most_steps = 0;
  Timeline timeline;  // one for all cases: `reset` has to forget
  holds(10'000, [&] {
    const auto number = [](int from, int below) {
      return *rc::gen::resize(100, rc::gen::inRange(from, below));
    };
    // rapidcheck's own numbers are costly: they choose a stream, and that draws the bookings.
    RandomStream random(static_cast<std::uint64_t>(number(0, 1'000'000'000)));
    const auto draw = [&random](int from, int below) {
      return from + static_cast<int>(random.below(static_cast<std::uint64_t>(below - from)));
    };
    std::vector<CapacityStep> capacity = {{kEver, Amount{draw(0, 9)}}};
    for (int i = draw(0, 4); i > 0; --i) {
      capacity.push_back({at(capacity.size() == 1
                                 ? draw(-50, 50)
                                 : static_cast<int>(capacity.back().from.minutes()) + draw(1, 90)),
                          Amount{draw(0, 9)}});
    }
    timeline.reset(capacity);
    FlatTimeline flat(capacity);
    const int horizon = draw(20, 2000);
    const int num_bookings = draw(0, draw(0, 3) == 0 ? 500 : 40);
    std::vector<std::pair<Interval, Amount>> taken;
    for (int i = 0; i < num_bookings; ++i) {
      const int from = draw(-10, horizon);
      const Interval during{at(from), at(from + draw(0, draw(0, 10) == 0 ? horizon : 30))};
      const Amount amount{draw(1, 5)};
      if (!taken.empty() && draw(0, 4) == 0) {
        const std::size_t which = random.below(taken.size());
        const auto [when, much] = taken[which];
        taken.erase(taken.begin() + static_cast<std::ptrdiff_t>(which));
        timeline.take(when.from, when.to, -much);
        flat.take(when.from, when.to, -much);
      } else {
        taken.push_back({during, amount});
        timeline.take(during.from, during.to, amount);
        flat.take(during.from, during.to, amount);
      }
      if (i % 8 != 0) continue;
      const int begin = draw(-20, horizon);
      const Instant a = at(begin);
      const Instant b = draw(0, 20) == 0 ? kNever : at(begin + draw(1, 60));
      const Amount wanted{draw(-5, 9)};
      RC_ASSERT(timeline.clear_from(a, b, wanted) == flat.clear_from(a, b, wanted));
      RC_ASSERT(timeline.clear_until(a, b, wanted) == flat.clear_until(a, b, wanted));
      RC_ASSERT(timeline.last_short(a, b, wanted) == flat.last_short(a, b, wanted));
      const Elapsed length{draw(1, 60)};
      RC_ASSERT(timeline.first_fit(a, length, wanted) == flat.first_fit(a, length, wanted));
      RC_ASSERT(timeline.least_free(a, b) == flat.least_free(a, b));
    }
    most_steps = std::max(most_steps, timeline.num_steps());
    RC_ASSERT(timeline.num_steps() == flat.num_steps());
  });
  EXPECT_GT(most_steps, 300U);
}

}  // namespace
}  // namespace diaodu::solve
