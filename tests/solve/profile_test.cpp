#include "diaodu/solve/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "solve/random_problem.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

struct Part {
  Profile::Time from;
  Profile::Time to;
  std::int32_t amount;
};

std::int32_t load_at(const std::vector<Part>& parts, Profile::Time time) {
  std::int32_t load = 0;
  for (const Part& part : parts) load += part.from <= time && time < part.to ? part.amount : 0;
  return load;
}

TEST(ProfileTwin, parts_that_come_and_go_leave_the_sum_of_those_that_are_there) {
  holds(2000, [] {
    Profile profile;
    std::vector<Part> parts;
    for (int move = number(1, 40); move > 0; --move) {
      if (!parts.empty() && one_in(3)) {
        const auto gone = parts.begin() + number(0, static_cast<int>(parts.size()));
        profile.remove(gone->from, gone->to, gone->amount);
        parts.erase(gone);
      } else {
        const int from = number(0, 20);
        parts.push_back({from, from + number(1, 8), number(1, 5)});
        profile.add(parts.back().from, parts.back().to, parts.back().amount);
      }
      std::set<Profile::Time> ends;
      for (const Part& part : parts) ends.insert({part.from, part.to});
      RC_ASSERT(profile.size() == ends.size());
      std::size_t step = 0;
      std::int32_t highest = 0;
      for (const Profile::Time from : ends) {
        RC_ASSERT(profile.from(step) == from);
        RC_ASSERT(profile.height(step) == load_at(parts, from));
        highest = std::max(highest, profile.height(step));
        if (step > 0) RC_ASSERT(profile.to(step - 1) == from);
        ++step;
      }
      RC_ASSERT(profile.highest() == highest);
      if (ends.empty()) continue;
      RC_ASSERT(profile.to(step - 1) == Problem::kNoLimit);
      const Profile::Time time = number(-1, 30);
      const std::size_t at = profile.step_at(time);
      RC_ASSERT(profile.to(at) > time);
      RC_ASSERT(at == 0 || profile.to(at - 1) <= time);
    }
  });
}

}  // namespace
}  // namespace diaodu::solve
