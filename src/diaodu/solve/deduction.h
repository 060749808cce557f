#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/solve/failing_values.h"
#include "diaodu/solve/hours.h"
#include "diaodu/solve/proof_log.h"

namespace diaodu::solve {

/// A whole-number variable seen from below: view 2v is variable v, view 2v + 1 its negative.  So every bound
/// is a lower bound, and one rule serves both ends.
using View = std::uint32_t;
constexpr View view_of(std::uint32_t variable) { return 2 * variable; }
constexpr View negative(View view) { return view ^ 1; }

/// The statement `view >= value`.
struct Atom {
  View view = 0;
  std::int32_t value = 0;

  friend bool operator==(const Atom&, const Atom&) = default;
};
/// not (x >= v)  is  -x >= 1 - v.
constexpr Atom operator!(Atom atom) { return {negative(atom.view), 1 - atom.value}; }

/// Lazy clause generation (Ohrimenko, Stuckey & Codish 2009): bounds of whole-number variables, deduced from
/// clauses of atoms and from arcs; every deduction can name its reasons, so that a conflict teaches a clause.
/// Literals are never made: an atom is a view and a value, and a clause watches two of them.
///
///   arc:     view[to] >= view[from] + gap, where its condition holds; instead of the sum, any passage
///   clause:  one of its atoms holds
///
/// Other rules (`Timetable`) deduce through `imply` with the atoms that they relied on.
class Deduction {
 public:
  std::uint32_t add_variable(std::int32_t least, std::int32_t most);
  std::size_t num_variables() const { return lower_.size() / 2; }

  /// Both ways: also  -from >= -to + gap.  With a condition the arc holds only where that atom does.
  void add_arc(View from, View to, std::int32_t gap);
  void add_arc(View from, View to, std::int32_t gap, Atom condition);

  /// Likewise  to >= passage(from)  and  from <= the last start whose passage does not exceed `to`.  Of two
  /// variables themselves; a passage has no negative.
  void add_passage(std::uint32_t from, std::uint32_t to, const Passage& passage);
  void add_passage(std::uint32_t from, std::uint32_t to, const Passage& passage, Atom condition);

  std::int32_t lower(View view) const { return lower_[view]; }
  std::int32_t least(std::uint32_t variable) const { return lower_[view_of(variable)]; }
  std::int32_t most(std::uint32_t variable) const { return -lower_[negative(view_of(variable))]; }
  /// Both ends of a variable, to compare at once.
  struct Window {
    std::int32_t least;
    std::int32_t negative_most;
    std::int32_t most() const { return -negative_most; }
    bool operator==(const Window& other) const {
      return std::bit_cast<std::uint64_t>(*this) == std::bit_cast<std::uint64_t>(other);
    }
  };
  Window window(std::uint32_t variable) const {
    return {lower_[view_of(variable)], lower_[negative(view_of(variable))]};
  }
  bool holds(Atom atom) const { return lower_[atom.view] >= atom.value; }
  bool fails(Atom atom) const { return holds(!atom); }
  bool holds_always(Atom atom) const { return root_[atom.view] >= atom.value; }
  std::size_t level() const { return level_begin_.size(); }

  /// From now on, until the level is left.
  void decide(Atom atom);

  /// Deduces `atom` from `reasons`, atoms that hold.  False: it fails, and that is the conflict to learn from.
  /// `by` is what a proof log says of it.
  bool imply(Atom atom, std::span<const Atom> reasons, Inference by = {});

  /// These hold and cannot hold together.  Always false.
  bool contradict(std::span<const Atom> atoms, Inference by = {});

  /// Clauses and arcs until nothing moves; false at a conflict.
  bool propagate();

  /// Likewise, after all arcs have been looked at once; before the first decision.
  bool propagate_from_scratch();

  /// Views that rose since the last call.
  std::vector<View>& touched() { return touched_; }

  /// Learns from the conflict (first unique implication point; Moskewicz et al. 2001): goes back to where the
  /// learnt clause says something new, and says it.  False if there is no way out at all.
  bool learn();

  /// The clause that `learn` added, the new atom first; and the atoms it met on the way.
  std::span<const Atom> learnt() const { return learnt_; }
  /// How many levels it spanned: the fewer, the more it is worth (Audemard & Simon 2009).
  std::uint32_t learnt_levels() const { return learnt_levels_; }
  std::span<const Atom> involved() const { return involved_; }

  void back_to(std::size_t level);

  /// Takes in a clause that somebody else has learnt of the same problem.  At level 0 only, when nothing is left to
  /// propagate, and without a log.  False if it fails: there is no way out at all.
  bool add_clause(std::span<const Atom> atoms, std::uint32_t levels);

  /// Forgets learnt clauses that have been of little use, about half of them.  At level 0 only.
  void forget();
  std::size_t num_learnt() const { return clauses_.size(); }
  /// At level 0, and all that follows has been drawn: the time to forget, or to take something in.
  bool is_settled() const { return level() == 0 && trail_.empty(); }

  std::int64_t steps() const { return steps_; }

  /// Tells `log` from now on what it deduces for ever, learns and forgets.  Before anything is deduced.
  void log_to(ProofLog* log) { log_ = log; }

  /// Tells the log why nothing holds at level 0: after the last `propagate`, `imply` or `learn` failed there.
  void log_refutation();

 private:
  enum class Rule : std::uint8_t { decision, clause, arc, atoms };
  struct Reason {
    Rule rule = Rule::decision;
    std::uint32_t first = 0;  // number of the clause or arc; or where the atoms stand in `reasons_`
    std::uint32_t count = 0;
  };
  struct Entry {
    View view;
    std::int32_t value;
    std::int32_t before;
    std::int32_t previous;  // entry of the same view, or -1
    std::uint32_t level;
    Reason reason;
  };
  enum class Shape : std::uint8_t { sum, passage, passage_back };
  struct Arc {
    View from;
    View to;
    std::int32_t gap;  // or number of the passage
    Atom condition;
    bool is_conditional;
    Shape shape = Shape::sum;
  };
  struct Clause {
    std::uint32_t first;  // of `atoms_`
    std::uint32_t size;
    std::uint32_t levels;  // how many it spans: the fewer, the better (Audemard & Simon 2009)
    float use;
  };
  struct Watch {
    std::uint32_t clause;
    Atom other;  // if this atom of the clause holds, nothing need be done
  };

  std::int32_t head(const Arc& arc, std::int32_t tail) const;
  std::int32_t tail_for(const Arc& arc, std::int32_t head) const;
  void add_arcs(const Arc& there, const Arc& back);
  bool assign(Atom atom, Reason reason);
  bool propagate_clauses(const Entry& entry);
  bool propagate_watches(std::uint32_t number, Atom failed);
  bool propagate_arcs(View view);
  bool propagate_arc(std::uint32_t arc);
  bool propagate_conditions(const Entry& entry);
  void watch(std::uint32_t clause, Atom atom, Atom other);
  std::uint32_t store(std::span<const Atom> atoms, std::uint32_t levels);
  void explain(const Reason& reason, Atom atom, std::vector<Atom>& reasons) const;
  std::int32_t entry_of(Atom atom) const;
  void pop();
  void add_to_conflict(Atom atom);
  bool is_redundant(std::int32_t entry, int depth);
  void settle_root();
  void log_root();
  Inference inference_of(const Reason& reason) const;
  void note(std::int32_t entry, const Reason& reason);
  std::uint32_t log_learnt();

  std::vector<std::int32_t> lower_;  // of each view, now
  std::vector<std::int32_t> root_;   // of each view, always
  std::vector<std::int32_t> last_;   // the latest entry of each view, or -1
  std::vector<Entry> trail_;
  std::vector<std::uint32_t> level_begin_;
  std::vector<Atom> reasons_;  // what `imply` was given
  std::size_t next_ = 0;       // entry to propagate

  std::vector<Atom> atoms_;  // of all clauses
  std::vector<Clause> clauses_;
  std::vector<FailingValues> failing_;       // of each view
  std::vector<std::vector<Watch>> watches_;  // their lists
  std::vector<Arc> arcs_;
  std::vector<Passage> passages_;
  std::vector<std::vector<std::uint32_t>> arcs_from_;
  std::vector<std::vector<std::uint32_t>> arcs_on_;  // by the view of their condition
  float use_step_ = 1;

  std::vector<Atom> conflict_;  // atoms that hold and cannot hold together
  std::vector<View> touched_;
  std::vector<Atom> learnt_;
  std::uint32_t learnt_levels_ = 0;
  std::vector<Atom> involved_;
  std::vector<std::int32_t> needed_;  // of each entry: the value asked of it
  std::vector<char> is_seen_;
  std::vector<std::int32_t> seen_below_;
  std::size_t num_open_ = 0;
  std::vector<std::int32_t> to_clear_;
  std::vector<std::vector<Atom>> scratch_;
  std::vector<std::uint32_t> level_mark_;
  std::uint32_t mark_ = 0;
  std::int64_t steps_ = 0;

  /// A rule that the conflict in hand rests on, and the entry that it made.
  struct Used {
    std::int32_t entry;
    Inference by;
  };
  ProofLog* log_ = nullptr;
  Inference conflict_by_;
  std::vector<Used> used_;
  std::vector<Inference> told_;
  std::vector<std::uint32_t> log_number_;  // of each clause
};

}  // namespace diaodu::solve
