#include "diaodu/formats/tjp_waits.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

namespace diaodu::formats {

TjpWaits::TjpWaits(const TjpDocument& document) : after_(2 * document.tasks.size()) {
  std::map<std::string_view, std::size_t> place_of;
  for (std::size_t i = 0; i < document.tasks.size(); ++i)
    place_of.insert({document.tasks[i].id, i});
  const auto is_inside = [&document](std::size_t inner, std::size_t outer) {
    for (std::size_t at = inner; at != kNoTjpParent; at = document.tasks[at].parent) {
      if (at == outer) return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < document.tasks.size(); ++i) {
    const TjpTask& task = document.tasks[i];
    // A link to itself, or to one around it, is a finding of its own.
    const auto target_of = [&](const TjpLink& link) {
      const auto known = place_of.find(link.target);
      if (known == place_of.end()) return kNoTjpParent;
      const std::size_t target = known->second;
      return is_inside(i, target) || is_inside(target, i) ? kNoTjpParent : target;
    };
    if (!task.has_children) join(start_of(i), end_of(i));
    if (task.parent != kNoTjpParent) {
      join(start_of(task.parent), start_of(i));
      join(end_of(i), end_of(task.parent));
    }
    for (const TjpLink& link : task.depends) {
      const std::size_t target = target_of(link);
      if (target == kNoTjpParent) continue;
      join(link.is_other_end ? start_of(target) : end_of(target), start_of(i));
    }
    for (const TjpLink& link : task.precedes) {
      const std::size_t target = target_of(link);
      if (target == kNoTjpParent) continue;
      join(end_of(i), link.is_other_end ? end_of(target) : start_of(target));
    }
  }
}

std::vector<std::vector<std::size_t>> TjpWaits::circles() const {
  constexpr std::size_t kMostTold = 10;
  enum State : std::uint8_t { kNew, kOnWay, kDone };
  struct Step {
    std::size_t at;
    std::size_t next = 0;  // of those that wait for it
  };
  std::vector<std::vector<std::size_t>> circles;
  std::vector<State> state(after_.size(), kNew);
  for (std::size_t first = 0; first < after_.size() && circles.size() < kMostTold; ++first) {
    if (state[first] != kNew) continue;
    std::vector<Step> way{{first}};
    state[first] = kOnWay;
    while (!way.empty()) {
      Step& step = way.back();
      if (step.next == after_[step.at].size()) {
        state[step.at] = kDone;
        way.pop_back();
        continue;
      }
      const std::size_t to = after_[step.at][step.next++];
      if (state[to] == kNew) {
        state[to] = kOnWay;
        way.push_back({to});
      } else if (state[to] == kOnWay && circles.size() < kMostTold) {
        std::vector<std::size_t>& circle = circles.emplace_back();
        auto on = std::find_if(way.begin(), way.end(),
                               [to](const Step& earlier) { return earlier.at == to; });
        for (; on != way.end(); ++on) {
          if (circle.empty() || circle.back() != on->at / 2) circle.push_back(on->at / 2);
        }
        if (circle.size() > 1 && circle.front() == circle.back()) circle.pop_back();
      }
    }
  }
  return circles;
}

std::vector<bool> TjpWaits::wait_for_end_of(std::size_t task) const {
  std::vector<bool> is_seen(after_.size(), false);
  std::vector<bool> waits(after_.size() / 2, false);
  std::vector<std::size_t> open{end_of(task)};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (is_seen[at]) continue;
    is_seen[at] = true;
    if (at / 2 != task) waits[at / 2] = true;
    open.insert(open.end(), after_[at].begin(), after_[at].end());
  }
  return waits;
}

}  // namespace diaodu::formats
