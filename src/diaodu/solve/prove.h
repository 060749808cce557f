#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/solve/active_atoms.h"
#include "diaodu/solve/deduction.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/timetable.h"

namespace diaodu::solve {

/// Proves from below: supposes that the plan ends by B and searches for a contradiction, with learning; B is
/// excluded, or a schedule that ends by B is found (destructive lower bounds; Klein & Scholl 1999).  What has
/// been learnt for one B holds for the next.
///
/// The search branches on bounds of starts and on who of two tasks that cannot be done at once goes first,
/// the most active first (Moskewicz et al. 2001), and starts afresh now and then (Luby, Sinclair &
/// Zuckerman 1993).  It runs in rounds of steps, so that it repeats exactly.
class Prover {
 public:
  using Time = Problem::Time;

  /// What it looks for.
  enum class Aim : std::uint8_t {
    lowest_end,  ///< the earliest end that is not excluded
    better_end,  ///< any end before the best known
    near_best,  ///< likewise, in one neighbourhood of the best schedule after the other: large-neighbourhood
                ///< search over what a window of time leaves open (Godard, Laborie & Nuijten 2005)
  };

  /// `horizon`: some schedule ends by then, or nothing later is of interest.
  /// `log`: where it tells what it does, if anybody wants to know; it must outlive the prover.
  Prover(const Problem& problem, Time horizon, Aim aim, RandomStream random = RandomStream{1},
         ProofLog* log = nullptr);

  Aim aim() const { return aim_; }

  /// Goes on for about so many steps.
  void run(std::int64_t steps, const std::function<bool()>& is_over);

  /// No schedule ends earlier.
  Time bound() const { return bound_; }
  /// The best schedule it has found; its starts are empty while there is none.
  const std::vector<Time>& starts() const { return starts_; }
  Time makespan() const { return makespan_; }

  /// A schedule from elsewhere: nothing later is of interest.
  void learn(Time makespan, const std::vector<Time>& starts);

  /// From now on it decides as if it knew no schedule: two provers of which one does prove different things, and a
  /// refutation is as often the sooner without.
  void leave_best() { follows_best_ = false; }
  /// From now on it decides against its rule now and then, by its random stream: otherwise provers of one kind would all
  /// do the same.
  void wander() { wanders_ = true; }

  /// A bound from elsewhere.
  void raise_bound(Time bound) { proven_elsewhere_ = std::max(proven_elsewhere_, bound); }

  /// A clause that it has learnt, for other provers of the same problem (Hamadi, Jabbour & Sais 2009).
  struct Lesson {
    std::vector<Atom> atoms;
    std::uint32_t levels;  ///< that it spanned
  };
  /// From now on it keeps what is worth telling.
  void keep_lessons() { keeps_lessons_ = true; }
  bool keeps_lessons() const { return keeps_lessons_; }
  /// What it has learnt since the last call.  Good for whoever knows its best schedule too.
  std::vector<Lesson> take_lessons();
  /// Is heard when the search starts afresh.
  void learn(std::span<const Lesson> lessons);

  /// Nothing is left to prove: the bound has met the best schedule, or there is none by the horizon.
  bool is_done() const { return is_done_ || bound_ >= makespan_; }
  std::int64_t steps() const { return deduction_.steps() + steps_; }
  std::int64_t conflicts() const { return num_conflicts_; }

 private:
  /// How often a resource's energy is looked at: the more often in vain, the less.
  struct Patience {
    int between = 1;
    int skipped = 0;
    int in_vain = 0;
  };
  struct Pair {
    std::uint32_t first;
    std::uint32_t second;
  };

  void add_variables(Time horizon);
  void add_pairs();
  void add_pair(std::uint32_t a, std::uint32_t b);
  const Hours& hours_of_both(std::uint32_t a, std::uint32_t b);
  bool is_first_in_hint(const Pair& pair) const;
  void begin_log(Time horizon);
  bool propagate();
  bool check_energy();
  void decide();
  bool should_hold(Atom atom) const;
  void back_to(std::size_t level);
  void put_back_open();
  std::optional<Atom> most_active();
  Atom earliest_task() const;
  bool begin_anew();
  bool hear_lessons();
  void keep_lesson();
  void choose_neighbourhood();
  void leave_neighbourhood(bool is_exhausted);
  bool assume_next();
  void take_schedule();
  void bump();

  const Problem& problem_;
  Deduction deduction_;
  std::vector<Timetable> timetables_;
  std::vector<std::vector<std::uint32_t>> timetables_of_;  // of each task
  std::vector<char> is_dirty_;
  std::vector<char> has_moved_;  // since its energy was looked at
  std::vector<Patience> patience_;
  std::uint32_t end_ = 0;  // the variable of the makespan; after it, one for each pair
  std::vector<Pair> pairs_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Hours> hours_of_both_;  // by numbers of hours
  Aim aim_;
  Time bound_ = 0;
  Time proven_elsewhere_ = 0;
  Time makespan_ = Problem::kNoLimit;
  std::vector<Time> starts_;
  std::vector<Time> hint_;  // where tasks lie in the best schedule known
  bool is_done_ = false;
  std::int64_t num_conflicts_ = 0;
  bool follows_best_ = true;
  bool wanders_ = false;
  bool keeps_lessons_ = false;
  std::vector<Lesson> lessons_;
  std::vector<Lesson> unheard_;
  ProofLog* log_;
  std::int64_t steps_ = 0;
  std::uint64_t num_restarts_ = 0;
  std::int64_t conflicts_left_ = 0;  // until the next restart
  std::size_t most_learnt_ = 4000;

  RandomStream random_;
  std::vector<Atom> assumed_;  // of the neighbourhood; decided one after the other
  double share_open_ = 0.3;    // of the tasks in a neighbourhood: adapts itself
  bool is_in_neighbourhood_ = false;

  ActiveAtoms active_;
  /// Numbers of atoms that wait no longer, until the level is left.
  std::vector<std::pair<std::uint32_t, std::size_t>> taken_;
};

}  // namespace diaodu::solve
