#include "diaodu/dispatch/left_out.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace diaodu::dispatch {

namespace {

/// Whether visits can begin at one instant, each by another team, beside what these tours make.
class Meeting {
 public:
  Meeting(const TourState& state, const std::vector<std::int32_t>& members)
      : state_(state), layout_(state.layout()), members_(members), able_(members.size()) {}

  bool is_possible() {
    // If at any instant, then also as soon as the last of them can begin.
    std::vector<Tick> instants;
    for (const std::int32_t node : members_) state_.collect_instants(node, instants);
    std::sort(instants.begin(), instants.end());
    instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
    return std::any_of(instants.begin(), instants.end(),
                       [this](Tick instant) { return suits_all(instant); });
  }

 private:
  bool suits_all(Tick instant) {
    for (std::size_t member = 0; member < members_.size(); ++member) {
      find_able(member, instant);
      if (able_[member].empty()) return false;
    }
    member_of_.clear();
    for (std::size_t member = 0; member < members_.size(); ++member) {
      asked_.clear();
      if (!finds_team(member)) return false;
    }
    return true;
  }

  void find_able(std::size_t member, Tick instant) {
    const std::int32_t node = members_[member];
    able_[member].clear();
    for (std::size_t duty = 0; duty < layout_.problem.duties.size(); ++duty) {
      if (!layout_.may_make(duty, node) || !state_.has_pauses(duty)) continue;
      if (state_.cheapest(duty, node, {.from = instant, .until = instant + 1}))
        able_[member].push_back(team_of(duty));
    }
  }

  /// A team is known by the first of its duties.
  std::size_t team_of(std::size_t duty) const {
    const std::vector<Duty>& duties = layout_.problem.duties;
    if (duties[duty].team == kNobody) return duty;
    std::size_t first = 0;
    while (duties[first].team != duties[duty].team) ++first;
    return first;
  }

  /// Gives a member a team, for which others may have to take another (Kuhn 1955).
  bool finds_team(std::size_t member) {
    for (const std::size_t team : able_[member]) {
      if (!asked_.insert(team).second) continue;
      const auto [taken, is_free] = member_of_.emplace(team, member);
      if (!is_free && !finds_team(taken->second)) continue;
      taken->second = member;
      return true;
    }
    return false;
  }

  const TourState& state_;
  const TourLayout& layout_;
  const std::vector<std::int32_t>& members_;
  std::vector<std::vector<std::size_t>> able_;    // teams, of each member
  std::map<std::size_t, std::size_t> member_of_;  // of each team that has one
  std::set<std::size_t> asked_;
};

class Explainer {
 public:
  explicit Explainer(TourState& state)
      : state_(state), layout_(state.layout()), alone_(state.layout()) {
    // Every duty with its pauses, and nothing else to do.
    for (std::size_t duty = 0; duty < layout_.problem.duties.size(); ++duty)
      alone_.put_in_pauses(duty);
  }

  LeftOut explain(std::int32_t node) {
    LeftOut why{.visit = static_cast<std::size_t>(node), .instead_of = {}};
    bool has_skill = false;
    bool has_capacity = false;
    std::vector<std::size_t> possible;
    for (std::size_t duty = 0; duty < layout_.problem.duties.size(); ++duty) {
      if (!layout_.may_make(duty, node)) continue;
      has_skill = true;
      if (layout_.nodes[static_cast<std::size_t>(node)].load >
          layout_.problem.duties[duty].capacity)
        continue;
      has_capacity = true;
      if (alone_.has_pauses(duty) && alone_.cheapest(duty, node)) possible.push_back(duty);
    }
    if (possible.empty()) {
      why.reason = !has_skill      ? LeftOut::Reason::no_skill
                   : !has_capacity ? LeftOut::Reason::too_heavy
                                   : LeftOut::Reason::no_hours;
      return why;
    }
    const std::int32_t group = layout_.nodes[static_cast<std::size_t>(node)].group;
    if (group != kNone) {
      why.reason = reason_of_group(group);
      return why;
    }
    std::optional<Insertion> fits;
    for (const std::size_t duty : possible) {
      if (!state_.has_pauses(duty)) continue;
      const auto here = state_.cheapest(duty, node);
      if (here && (!fits || here->cost < fits->cost)) fits = here;
    }
    if (fits) {
      why.reason = LeftOut::Reason::not_worth;
      why.duty = fits->duty;
      return why;
    }
    why.reason = LeftOut::Reason::no_room;
    find_price(node, possible, why);
    return why;
  }

 private:
  LeftOut::Reason reason_of_group(std::int32_t group) {
    const auto [known, is_new] = reasons_.emplace(group, LeftOut::Reason::no_partner);
    if (!is_new) return known->second;
    const std::vector<std::int32_t>& members = layout_.groups[static_cast<std::size_t>(group)];
    if (Meeting(alone_, members).is_possible()) {
      known->second = Meeting(state_, members).is_possible() ? LeftOut::Reason::not_worth
                                                             : LeftOut::Reason::no_room;
    }
    return known->second;
  }

  /// Takes visits out of each tour, the least of priority first, until there is room; the tour in which least is lost.
  void find_price(std::int32_t node, const std::vector<std::size_t>& possible, LeftOut& why) {
    std::int64_t least = 0;
    for (const std::size_t duty : possible) {
      state_.mark();
      std::vector<std::size_t> given_up;
      std::int64_t lost = 0;
      bool has_room = false;
      while (!has_room && state_.tour(duty).num_visits > 0) {
        const std::size_t at = least_of(duty);
        const std::int32_t other = state_.tour(duty).stops[at].node;
        given_up.push_back(static_cast<std::size_t>(other));
        lost += layout_.nodes[static_cast<std::size_t>(other)].priority;
        // Nobody meets who does not come: its partners are given up with it.
        const std::int32_t group = layout_.nodes[static_cast<std::size_t>(other)].group;
        if (group != kNone) {
          for (const std::int32_t partner : layout_.groups[static_cast<std::size_t>(group)]) {
            if (partner == other) continue;
            given_up.push_back(static_cast<std::size_t>(partner));
            lost += layout_.nodes[static_cast<std::size_t>(partner)].priority;
          }
        }
        state_.remove(duty, at, at + 1);
        has_room = state_.tour(duty).is_in_time && state_.cheapest(duty, node);
      }
      state_.roll_back();
      if (!has_room || (why.duty != kNobody && lost >= least)) continue;
      least = lost;
      why.duty = duty;
      why.instead_of = std::move(given_up);
    }
    std::sort(why.instead_of.begin(), why.instead_of.end());
  }

  std::size_t least_of(std::size_t duty) const {
    const auto& stops = state_.tour(duty).stops;
    std::size_t found = stops.size();
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
      const TourNode& node = layout_.nodes[static_cast<std::size_t>(stops[i].node)];
      if (node.pause_of != kNone) continue;
      if (found == stops.size() ||
          node.priority < layout_.nodes[static_cast<std::size_t>(stops[found].node)].priority)
        found = i;
    }
    return found;
  }

  TourState& state_;
  const TourLayout& layout_;
  TourState alone_;
  std::map<std::int32_t, LeftOut::Reason> reasons_;  // of groups
};

}  // namespace

std::vector<LeftOut> explain_left_out(TourState& state) {
  std::vector<LeftOut> all;
  Explainer explainer(state);
  for (std::size_t visit = 0; visit < state.layout().num_visits(); ++visit)
    if (state.duty_of(static_cast<std::int32_t>(visit)) == kNone)
      all.push_back(explainer.explain(static_cast<std::int32_t>(visit)));
  return all;
}

}  // namespace diaodu::dispatch
