#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "diaodu/dispatch/muster.h"
#include "diaodu/dispatch/way_search.h"
#include "diaodu/solve/program.h"

namespace diaodu::dispatch {

using solve::Program;

/// What is made least.
enum class Goal : std::uint8_t {
  unmet,
  missing,
  changed,
  in_time,  ///< how far unmet, missing and changed must exceed their limits if all come by `last`
  cost,     ///< hundredths of the currency, and one for each leg
};

struct GoalLimits {
  std::optional<std::int64_t> unmet;
  std::optional<std::int64_t> missing;
  std::optional<std::int64_t> changed;
  Instant last = kNever;  ///< all who are needed are there by then
};

/// How many units go each way.
struct Choice {
  std::vector<std::int64_t> amounts;  ///< of each of the selection's ways; those beyond are 0
  MusterValue value;
  std::int64_t legs = 0;
};

/// Chooses ways for crews: the linear program whose columns are ways (column generation), and its
/// whole-numbered answers.
class Selection {
 public:
  /// `amounts` of the limits of `ways`.
  Selection(const Ways& ways, const Crews& crews, std::vector<std::int64_t> amounts,
            const MusterOptions& options);

  struct Result {
    std::optional<Choice> choice;  ///< the best that was found within the limits
    std::int64_t bound = 0;        ///< no choice within the limits reaches less
    bool is_proven = false;        ///< the choice reaches it
  };

  /// `known` is a choice within the limits, if there is one.
  Result minimize(Goal goal, const GoalLimits& limits, const Choice* known = nullptr);

  /// Of the last linear program: the worth of one more of each limit of the ways.
  const std::vector<double>& prices() const { return prices_.limits; }
  const std::vector<CrewWay>& ways() const { return ways_of_crews_; }
  MusterValue value_of(const std::vector<std::int64_t>& amounts) const;
  std::int64_t num_programs() const { return num_programs_; }

 private:
  void add(CrewWay way);
  void set_goal(Goal goal, const GoalLimits& limits);
  Program::Outcome relax(Goal goal, const GoalLimits& limits);
  void read_prices(Goal goal, const Program::Outcome& outcome);
  bool add_better_ways(Goal goal, const GoalLimits& limits);
  double own_price(std::size_t crew) const { return crew_prices_[crew]; }
  double change_price(std::size_t crew) const;
  bool is_told(const CrewWay& way) const;
  std::int64_t changed_by(const CrewWay& way) const;
  bool is_within(Goal goal, const GoalLimits& limits, const Choice& choice) const;
  std::int64_t reached(Goal goal, const GoalLimits& limits, const Choice& choice) const;
  Choice choice_of(std::vector<std::int64_t> amounts) const;
  /// Units on the way, needed or not.
  double amount_of(const Program::Outcome& outcome, std::size_t way) const;
  std::vector<std::int64_t> rounded_down(const Program::Outcome& outcome) const;
  Choice filled_up(const Program::Outcome& outcome, const GoalLimits& limits);
  std::optional<Choice> whole(const Program::Outcome& outcome) const;

  const Crews& crews_;
  std::vector<std::int64_t> amounts_;
  MusterOptions options_;
  WaySearch search_;
  Program program_;
  std::vector<CrewWay> ways_of_crews_;
  static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
  std::vector<std::size_t> column_of_;  // of each way
  /// Of each way that was told: of units that come later than all who are needed, and so count for nothing.
  std::vector<std::size_t> surplus_column_;
  std::set<std::pair<std::size_t, std::vector<std::uint32_t>>> known_;
  /// So many people of a unit were told to go these arcs; or, without arcs, to stay where they are.
  struct ToldWay {
    std::vector<std::uint32_t> arcs;
    std::int64_t count = 0;
  };
  std::vector<std::vector<ToldWay>> told_;  // of each crew
  std::vector<std::size_t> crew_rows_;
  std::vector<std::size_t> limit_rows_;
  std::vector<std::size_t> want_rows_;
  std::vector<std::vector<std::size_t>> step_rows_;
  std::vector<std::size_t> unmet_columns_;
  std::vector<std::size_t> missing_columns_;
  std::vector<std::size_t> excess_columns_;  // of the three rows below
  std::size_t unmet_row_ = 0;
  std::size_t missing_row_ = 0;
  std::size_t changed_row_ = 0;
  std::int64_t changed_anyway_ = 0;  // before any way is chosen
  WayPrices prices_;
  std::vector<double> crew_prices_;
  double changed_price_ = 0;
  double still_possible_ = 0;  // what ways that were not in the last program could gain at most
  std::int64_t num_programs_ = 0;
};

}  // namespace diaodu::dispatch
