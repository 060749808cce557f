#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "diaodu/solve/deduction.h"

namespace diaodu::solve {

/// The atoms that a search branches on, the most active first: those that were part of what was learnt lately
/// (Moskewicz et al. 2001).  An atom and its negation are one here.  O(log n) each.
class ActiveAtoms {
 public:
  /// Adds the atom, not active yet, unless it is here.  Returns its number.
  std::uint32_t add(Atom atom);
  std::optional<std::uint32_t> find(Atom atom) const;
  Atom atom(std::uint32_t number) const { return atoms_[number].atom; }

  void raise(std::uint32_t number);
  /// What has been raised until now counts less.
  void age();

  /// The number of the most active one, which is waiting no longer; none if nothing waits.
  std::optional<std::uint32_t> take();
  /// It waits again.
  void put_back(std::uint32_t number);

 private:
  static constexpr std::int32_t kTaken = -1;
  struct Active {
    Atom atom;
    double activity = 0;
    std::int32_t place = kTaken;  // in the heap
  };

  void sift_up(std::size_t place);
  void sift_down(std::size_t place);

  std::vector<Active> atoms_;
  std::unordered_map<std::uint64_t, std::uint32_t> number_of_;
  std::vector<std::uint32_t> heap_;
  double step_ = 1;
};

}  // namespace diaodu::solve
