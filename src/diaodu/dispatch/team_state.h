#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "diaodu/dispatch/team.h"
#include "diaodu/dispatch/team_flow.h"

namespace diaodu::dispatch {

/// Who is in which team, and what the rules make of it; a move changes what it touches and nothing else.
class TeamState {
 public:
  TeamState(const TeamProblem& problem, std::vector<TeamSize> sizes,
            std::vector<std::size_t> team_of);

  const TeamProblem& problem() const { return *problem_; }
  std::size_t team_of(std::size_t person) const { return team_of_[person]; }
  const std::vector<std::size_t>& teams() const { return team_of_; }
  const std::vector<std::size_t>& members(std::size_t team) const { return members_[team]; }
  std::int64_t cost() const { return cost_; }

  bool may_leave(std::size_t team) const { return size_of(team) > sizes_[team].min; }
  bool may_join(std::size_t team) const { return size_of(team) < sizes_[team].max; }

  /// Puts a person into a team; sizes are the caller's to keep.
  void move(std::size_t person, std::size_t team);
  void exchange(std::size_t one, std::size_t other) {
    const std::size_t team = team_of_[one];
    move(one, team_of_[other]);
    move(other, team);
  }

  /// Units by which a rule is broken, in one team; `together` and `stay` are broken in none, but as a whole.
  std::int64_t broken_in(std::size_t rule, std::size_t team) const;
  std::int64_t broken(std::size_t rule) const;

 private:
  std::int64_t size_of(std::size_t team) const {
    return static_cast<std::int64_t>(members_[team].size());
  }
  std::int64_t& count(std::size_t slot, std::size_t team) {
    return counts_[slot * problem_->num_teams + team];
  }
  std::int64_t count(std::size_t slot, std::size_t team) const {
    return counts_[slot * problem_->num_teams + team];
  }
  /// What so many of a slot cost a team.
  std::int64_t cost_of(std::size_t slot, std::size_t team, std::int64_t have) const {
    const std::size_t row = slot * problem_->num_teams + team;
    const std::size_t at = first_cost_[row] + static_cast<std::size_t>(have);
    return at < first_cost_[row + 1] ? costs_[at] : worked_out(slot, team, have);
  }
  std::int64_t worked_out(std::size_t slot, std::size_t team, std::int64_t have) const;
  void change(std::size_t slot, std::size_t team, int by);
  std::int64_t most_together(std::size_t slot) const;

  /// What is counted in each team: people with a trait, or people of a list.
  struct Slot {
    std::vector<std::size_t> rules;
    std::int64_t all = 0;
    bool is_together = false;
  };

  const TeamProblem* problem_;
  std::vector<TeamSize> sizes_;
  std::vector<TeamShare> shares_;
  std::vector<std::size_t> team_of_;
  std::vector<std::vector<std::size_t>> members_;
  std::vector<std::size_t> at_;  ///< where each person stands among the members
  std::vector<Slot> slots_;
  std::vector<std::size_t> slot_of_rule_;
  std::vector<std::vector<std::size_t>> slots_of_;  ///< of each person
  std::vector<std::int64_t> counts_;                ///< of each slot, in each team
  std::vector<std::int64_t> costs_;  ///< of each slot, team and count that occurs often, weighted
  std::vector<std::size_t> first_cost_;
  std::int64_t stay_ = 0;  ///< the weight of staying
  std::int64_t cost_ = 0;
};

}  // namespace diaodu::dispatch
