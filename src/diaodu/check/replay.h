#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/check/proof_problem.h"

namespace diaodu::check {

/// The statement that a variable is at least, or at most, a value.
struct ProofAtom {
  std::uint32_t variable = 0;
  bool is_least = true;
  std::int64_t value = 0;
};

/// Bounds of whole-number variables, and the few rules by which a proof log may narrow them.  Each rule is sound
/// by the problem alone; nobody's word is taken for anything.  A rule that has nothing to say does nothing, so
/// whoever writes a log can only fail to prove.
///
/// Variables 0 .. n - 1 are the starts of the problem's tasks, n is the end, then one for each pair.
class Replay {
 public:
  explicit Replay(const ProofProblem& problem);

  /// Two tasks that together exceed a capacity: variable 1 where the first goes first, else 0.  False if they
  /// could be done at once.
  bool add_pair(std::uint32_t first, std::uint32_t second);

  std::size_t num_variables() const { return least_.size(); }
  std::size_t num_arcs() const { return arcs_.size(); }
  std::size_t num_resources() const { return users_.size(); }
  std::uint32_t end() const { return end_; }
  std::int64_t least(std::uint32_t variable) const { return least_[variable]; }
  bool has_failed() const { return has_failed_; }

  /// Narrows by the statement itself.
  void require(ProofAtom atom);
  static ProofAtom opposite(ProofAtom atom) {
    return {atom.variable, !atom.is_least, atom.is_least ? atom.value - 1 : atom.value + 1};
  }

  /// Links and ends until nothing moves; a circle that never settles fails.
  void follow_links();

  /// One link, end or pair:  to >= from + gap, where its condition holds; and if it cannot, the condition fails.
  void use_arc(std::size_t number);

  /// Unit propagation: if all but one of the statements fail, that one holds.
  void use_clause(std::span<const ProofAtom> clause);

  /// At instant `time`: who is certainly in progress leaves no room for the others that could be.
  void use_timetable(std::size_t resource, std::int64_t time);

  /// In `[from, to)`: what must be done there is more than there is room for.
  void use_energy(std::size_t resource, std::int64_t from, std::int64_t to);

  /// What is narrowed from here on is forgotten at `back`.
  void mark() { is_marked_ = true; }
  void back();

 private:
  struct Arc {
    std::uint32_t from;
    std::uint32_t to;
    std::int64_t gap;
    bool is_conditional = false;
    ProofAtom condition = {};
  };
  struct User {
    std::uint32_t variable;
    std::int64_t amount;
  };
  struct Change {
    std::uint32_t variable;
    bool is_least;
    std::int64_t before;
  };

  bool holds(ProofAtom atom) const {
    return atom.is_least ? least_[atom.variable] >= atom.value : most_[atom.variable] <= atom.value;
  }
  bool fails(ProofAtom atom) const { return holds(opposite(atom)); }
  std::int64_t duration(std::uint32_t variable) const {
    return problem_.variables[variable].duration;
  }

  const ProofProblem& problem_;
  std::uint32_t end_;
  std::vector<std::int64_t> least_;
  std::vector<std::int64_t> most_;
  std::vector<Arc> arcs_;
  std::size_t num_firm_ = 0;                              // arcs without condition
  std::vector<std::vector<User>> users_;                  // of each resource
  std::vector<std::vector<ProofProblem::Block>> blocks_;  // likewise
  std::vector<std::vector<std::pair<std::uint32_t, std::int64_t>>> demands_of_;
  std::vector<Change> changes_;
  bool is_marked_ = false;
  bool has_failed_ = false;
};

}  // namespace diaodu::check
