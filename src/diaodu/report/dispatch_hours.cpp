#include "diaodu/report/dispatch_hours.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace diaodu::report {

Doing doing_at(const Plan& plan, const Movement& movement, Instant when) {
  std::set<PlaceId> wanted;
  for (const Need& need : plan.needs) wanted.insert(need.place);
  Doing doing;
  for (const Party& party : movement.parties) {
    doing.all += party.count;
    const Stop& first = party.stops.front();
    const Stop& last = party.stops.back();
    const bool is_moving =
        std::any_of(party.legs.begin(), party.legs.end(),
                    [when](const Leg& leg) { return leg.departs <= when && when < leg.arrives; });
    if (is_moving) {
      doing.moving += party.count;
    } else if (last.ready <= when && wanted.contains(last.place)) {
      doing.ready += party.count;
    } else if (when < first.arrives || first.passes == kNever ||
               (party.legs.empty() ? !wanted.contains(first.place)
                                   : when < party.legs.front().departs)) {
      doing.at_start += party.count;
    } else {
      doing.on_the_way += party.count;
    }
  }
  return doing;
}

std::vector<Instant> moments_of(const Movement& movement, std::size_t most) {
  std::set<Instant> all;
  const auto add = [&all](Instant when) {
    if (when > kEver && when < kNever) all.insert(when);
  };
  for (const Party& party : movement.parties) {
    for (const Stop& stop : party.stops) {
      add(stop.arrives);
      add(stop.ready);
    }
    for (const Leg& leg : party.legs) add(leg.departs);
  }
  std::vector<Instant> sorted(all.begin(), all.end());
  if (sorted.size() <= most) return sorted;
  std::vector<Instant> kept;
  for (std::size_t i = 0; i + 1 < most; ++i)
    kept.push_back(sorted[i * (sorted.size() - 1) / (most - 1)]);
  kept.push_back(sorted.back());
  return kept;
}

NeedSteps need_steps(const Plan& plan) {
  using Wanted = std::map<std::pair<PlaceId, std::string_view>, std::int64_t>;
  std::vector<const Need*> needs;
  for (const Need& need : plan.needs) needs.push_back(&need);
  std::stable_sort(needs.begin(), needs.end(), [](const Need* a, const Need* b) {
    return a->by.value_or(kNever) < b->by.value_or(kNever);
  });
  NeedSteps found;
  Wanted wanted;
  std::int64_t sum = 0;
  for (const Need* need : needs) {
    // A need holds those of earlier ones.
    std::int64_t& so_far = wanted[{need->place, need->role.view()}];
    const std::int64_t more = std::max(need->count - so_far, std::int64_t{0});
    so_far += more;
    if (!need->by) {
      found.open += more;
      continue;
    }
    sum += more;
    if (!found.steps.empty() && found.steps.back().from == *need->by) {
      found.steps.back().count = sum;
    } else {
      found.steps.push_back({*need->by, sum});
    }
  }
  return found;
}

}  // namespace diaodu::report
