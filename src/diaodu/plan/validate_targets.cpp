#include "diaodu/plan/validate_targets.h"

#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/plan/finding_kinds.h"

namespace diaodu {
namespace {

constexpr Words kGoal{"goal", "目标"};
constexpr Words kLow{"low value or base", "不允许值或基数"};
constexpr Words kHigh{"high value or goal", "满意值或目标"};
constexpr Words kReference{"goal and no peers", "目标，也没有对标对象"};

class TargetsValidator {
 public:
  TargetsValidator(const Plan& plan, const Sources& sources, Findings& findings)
      : plan_(plan), sources_(sources), findings_(findings) {}

  void run() {
    check_peers();
    Table<TargetId, char> has_children(plan_.targets.size(), 0);
    for (const Target& target : plan_.targets) {
      if (target.parent) has_children[target.parent] = 1;
    }
    for (TargetId id : plan_.targets.ids()) {
      const Target& target = plan_.targets[id];
      if (target.of && plan_.targets[target.of].of) {
        add(found::scores_a_score, id, {target.id.view(), plan_.targets[target.of].id.view()},
            "of");
      }
      if (target.roll_up != Target::RollUp::none && has_children[id] == 0) {
        add(found::roll_up_of_nothing, id, {target.id.view()}, "roll_up");
      }
      check_rule(id);
    }
  }

 private:
  void add(const FindingKind& kind, TargetId target, std::vector<Argument> arguments,
           std::string_view column) {
    findings_.add(kind, sources_.at(TableKind::targets, target.index(), column),
                  std::move(arguments));
  }

  void check_peers() {
    num_peers_ = Table<TargetId, int>(plan_.targets.size(), 0);
    std::set<std::pair<std::size_t, std::string_view>> known;
    for (std::size_t row = 0; row < plan_.peers.size(); ++row) {
      const Peer& peer = plan_.peers[row];
      ++num_peers_[peer.target];
      if (known.emplace(peer.target.index(), peer.id.view()).second) continue;
      findings_.add(found::repeated_peer, sources_.at(TableKind::peers, row, "id"),
                    {peer.id.view(), plan_.targets[peer.target].id.view()});
    }
  }

  void check_rule(TargetId id) {
    using Rule = Target::Rule;
    const Target& target = plan_.targets[id];
    // The scored one's goal counts where the scorer has none of its own.
    const Target& scored = plan_.targets[target.of ? target.of : id];
    const auto goal = target.goal ? target.goal : scored.goal;
    const auto low = target.low ? target.low : target.base ? target.base : scored.base;
    const auto high = target.high ? target.high : goal;
    const bool has_peers = num_peers_[target.of ? target.of : id] > 0;
    const auto misses = [&](const Words& what) {
      add(found::rule_misses, id, {target.id.view(), what}, "rule");
    };
    switch (target.rule) {
      case Rule::none:
        break;
      case Rule::threshold:
        if (!goal) misses(kGoal);
        break;
      case Rule::proportional:
        if (!goal) {
          misses(kGoal);
        } else if (*goal <= 0) {
          add(found::share_of_nothing, id, {target.id.view()}, "goal");
        }
        break;
      case Rule::efficacy:
        if (!low) misses(kLow);
        if (!high) misses(kHigh);
        if (low && high && *low == *high) {
          add(found::no_scale, id, {target.id.view()}, "high");
        }
        break;
      case Rule::rank:
        if (!has_peers) add(found::rank_of_one, id, {target.id.view()}, "rule");
        break;
      case Rule::per_point:
        if (!goal && !has_peers) misses(kReference);
        break;
    }
  }

  const Plan& plan_;
  const Sources& sources_;
  Findings& findings_;
  Table<TargetId, int> num_peers_;
};

}  // namespace

void validate_targets(const Plan& plan, const Sources& sources, Findings& findings) {
  TargetsValidator(plan, sources, findings).run();
}

}  // namespace diaodu
