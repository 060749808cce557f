#include "diaodu/solve/timetable.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "solve/random_problem.h"
#include "support/property.h"

namespace diaodu::solve {
namespace {

using Time = Problem::Time;

/// Links and timetables, until nothing moves.
bool propagate(Deduction& deduction, std::vector<Timetable>& timetables) {
  std::size_t num_touched = 0;
  do {
    if (!deduction.propagate()) return false;
    deduction.touched().clear();
    for (Timetable& timetable : timetables) {
      if (!timetable.filter(deduction)) return false;
    }
    num_touched = deduction.touched().size();
  } while (num_touched > 0);
  return true;
}

std::vector<Timetable> timetables_of(const Problem& problem) {
  std::vector<Timetable> timetables;
  for (std::uint32_t resource = 0; resource < problem.capacity.size(); ++resource)
    timetables.emplace_back(problem, resource);
  return timetables;
}

std::vector<std::pair<Time, Time>> windows(const Problem& problem, const Deduction& deduction) {
  std::vector<std::pair<Time, Time>> windows;
  for (std::uint32_t task = 0; task < problem.size(); ++task)
    windows.push_back({deduction.least(task), deduction.most(task)});
  return windows;
}

TEST(TimetableTwin, what_it_saw_before_makes_no_difference) {
  int num_equal = 0;
  int num_conflicts = 0;
  holds(10'000, [&] {
    const Problem problem = random_problem({.most_tasks = 10, .has_max_lags = false});
    RC_LOG(drawing(problem));
    const Time horizon = number(5, 20);
    Deduction deduction;
    for (std::size_t task = 0; task < problem.size(); ++task)
      deduction.add_variable(problem.earliest[task], std::max(problem.earliest[task], horizon));
    for (const auto& arc : problem.precedences)
      deduction.add_arc(view_of(arc.from), view_of(arc.to), arc.gap);
    std::vector<Timetable> timetables = timetables_of(problem);
    if (!deduction.propagate_from_scratch() || !propagate(deduction, timetables)) return;
    const int num_moves = number(1, 30);
    for (int move = 0; move < num_moves; ++move) {
      if (deduction.level() > 0 && one_in(3))
        deduction.back_to(static_cast<std::size_t>(number(0, static_cast<int>(deduction.level()))));
      const auto task = static_cast<std::uint32_t>(number(0, static_cast<int>(problem.size())));
      const Time least = deduction.least(task);
      const Time most = deduction.most(task);
      if (least == most) continue;
      const Atom later{view_of(task), number(least + 1, most + 1)};
      deduction.decide(one_in(2) ? later : !later);

      Deduction twin = deduction;
      std::vector<Timetable> new_timetables = timetables_of(problem);
      const bool is_possible = propagate(deduction, timetables);
      RC_ASSERT(propagate(twin, new_timetables) == is_possible);
      if (is_possible) {
        ++num_equal;
        RC_ASSERT(windows(problem, deduction) == windows(problem, twin));
      } else {
        ++num_conflicts;
        deduction.back_to(deduction.level() - 1);
      }
    }
  });
  EXPECT_GT(num_equal, 20'000);
  EXPECT_GT(num_conflicts, 100);
}

}  // namespace
}  // namespace diaodu::solve
