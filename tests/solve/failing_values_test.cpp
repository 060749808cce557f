#include "diaodu/solve/failing_values.h"

#include <gtest/gtest.h>

#include <map>

#include "solve/random_problem.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

/// Few values stand in a row, many in order: neither may be seen from outside.
TEST(FailingValuesTwin, in_a_row_and_in_order_they_are_what_a_map_holds) {
  holds(2000, [] {
    const int least = number(-30, 30);
    FailingValues row(least, least + 20);
    FailingValues in_order(least, least + 1'000'000);
    std::map<std::int32_t, std::uint32_t> map;
    for (std::uint32_t list = 0; list < 15; ++list) {
      const int value = number(least, least + 21);
      const bool is_new = map.emplace(value, list).second;
      for (FailingValues* values : {&row, &in_order}) {
        RC_ASSERT((values->list_of(value) == FailingValues::kNone) == is_new);
        if (is_new) values->list_of(value) = list;
        RC_ASSERT(values->list_of(value) == map[value]);
      }
    }
    const int after = number(least, least + 21);
    const int to = number(after, least + 21);
    const std::size_t most = static_cast<std::size_t>(number(1, 10));  // then it breaks off
    std::vector<std::pair<std::int32_t, std::uint32_t>> expected(map.upper_bound(after),
                                                                 map.upper_bound(to));
    const bool is_whole = expected.size() < most;
    if (!is_whole) expected.resize(most);
    for (const FailingValues* values : {&row, &in_order}) {
      std::vector<std::pair<std::int32_t, std::uint32_t>> seen;
      const bool is_through = values->visit(after, to, [&](std::int32_t value, std::uint32_t list) {
        seen.push_back({value, list});
        return seen.size() < most;
      });
      RC_ASSERT(is_through == is_whole);
      RC_ASSERT(seen == expected);
    }
    row.clear();
    RC_ASSERT(row.visit(least - 1, least + 20, [](std::int32_t, std::uint32_t) { return false; }));
  });
}

}  // namespace
}  // namespace diaodu::solve
