#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/dispatch/tour_state.h"

namespace diaodu::dispatch {

/// Ruin and recreation of tours (Christiaens & Vanden Berghe 2020), with pauses put back first and groups whole.
class Rebuilder {
 public:
  explicit Rebuilder(const TourLayout& layout);

  /// Takes strings of stops near a visit drawn by chance out of the tours that pass there, and with a member of a
  /// group all others.
  void ruin(TourState& state, RandomStream& random);

  /// Puts back all that stands in no tour, in one of several orders drawn by chance, each where it costs least; leaves
  /// out what fits nowhere, and mostly what costs more there than its absence.
  void recreate(TourState& state, RandomStream& random);

 private:
  enum class Order : std::uint8_t { random, load, far, near, narrow, early, late, priority };

  void remove_string(TourState& state, RandomStream& random, std::int32_t through,
                     std::size_t longest);
  void remove_with_group(TourState& state, std::size_t duty, std::size_t from, std::size_t to);
  /// Takes out what has become late, until all tours are in time: where travel breaks the triangle
  /// inequality, a way can be longer without a stop than over it.
  void remove_late(TourState& state);
  void sort_absent(const TourState& state, RandomStream& random);
  void put_back(TourState& state, RandomStream& random, std::int32_t node);
  void put_back_group(TourState& state, RandomStream& random, std::int32_t group);
  /// The cheapest insertion in any tour but those of teams in `taken_`; of empty tours of one kind
  /// that may be asked, the first is.
  std::optional<Insertion> find_place(const TourState& state, RandomStream& random,
                                      std::int32_t node, const VisitWindow* at);

  const TourLayout* layout_;
  std::vector<Tick> farness_;  ///< of each visit from the nearest place where a duty starts
  bool has_priorities_ = false;
  bool is_generous_ = false;  ///< put in what is not worth it alone: two may be
  // Kept from step to step to save their memory.
  std::vector<std::int32_t> absent_;
  std::vector<std::pair<std::int64_t, std::int32_t>> keyed_;
  std::vector<std::uint8_t> is_ruined_;
  std::vector<std::int64_t> kind_asked_;
  std::int64_t asking_ = 0;
  std::vector<Tick> instants_;
  std::vector<std::size_t> taken_;
};

}  // namespace diaodu::dispatch
