#pragma once

#include <cstdint>
#include <vector>

#include "diaodu/dispatch/crews.h"
#include "diaodu/dispatch/ways.h"

namespace diaodu::dispatch {

/// A way that a crew may go, from its start to a place where it is wanted.
struct CrewWay {
  std::size_t crew = 0;
  std::vector<std::uint32_t> arcs;
  std::vector<std::uint32_t> limits;  ///< that it uses up, as often as it does
  PlaceId place;
  Instant ready;
  std::int64_t cost = 0;  ///< of one person
  std::int64_t legs = 0;
};

/// What things are worth while ways are sought.
struct WayPrices {
  std::vector<double> limits;              ///< of one person's share of each limit, at least 0
  double cost = 0;                         ///< of one hundredth that is paid, and of one leg
  std::vector<double> wants;               ///< for one more person who comes at all
  std::vector<std::vector<double>> steps;  ///< for one more who comes in time
};

CrewWay make_way(const Ways& ways, std::size_t crew, std::uint32_t start,
                 std::vector<std::uint32_t> arcs);

/// Where an order leads on these ways; empty where it cannot be carried out on them.
std::vector<std::uint32_t> arcs_of(const Ways& ways, std::uint32_t start, const Party& told);

/// Finds ways by their reduced cost: what a unit of a crew pays for limits and legs, less what it is
/// worth where it comes.
class WaySearch {
 public:
  WaySearch(const Ways& ways, const Crews& crews);

  /// What one more unit of the crew is worth there at that time.
  double worth(const Crew& crew, PlaceId place, Instant time, const WayPrices& prices) const;
  bool is_wanted(const Crew& crew, PlaceId place) const;

  struct Offer {
    std::size_t crew = 0;
    std::uint32_t node = 0;
    double reduced_cost = 0;  ///< without the price of the crew itself
  };

  /// Prepares all cheapest ways from `start`; limits of which less than `size` is left are closed.
  void seek(std::uint32_t start, const WayPrices& prices, const std::vector<std::int64_t>& left,
            std::int64_t size);
  /// Of the last `seek`: the best for this crew, one for each place, that arrives by `last`.
  std::vector<Offer> offers(std::size_t crew, const WayPrices& prices, Instant last) const;
  CrewWay way_to(const Offer& offer, std::uint32_t start) const;
  bool is_at_start(const Offer& offer, std::uint32_t start) const {
    return ways_.nodes[offer.node].place == ways_.nodes[start].place;
  }

  /// All ways of the crew with at most this reduced cost, without the price of the crew itself; false
  /// if there are more than `most` in `found`.
  bool list(std::size_t crew, const WayPrices& prices, Instant last, double at_most,
            std::size_t most, std::vector<CrewWay>& found);

 private:
  double weight(const Ways::Arc& arc, const WayPrices& prices) const {
    const double pays = arc.route ? prices.cost * static_cast<double>(arc.cost + 1) : 0;
    return pays + (arc.limit == Ways::Arc::kNone ? 0 : prices.limits[arc.limit]);
  }

  const Ways& ways_;
  const Crews& crews_;
  std::vector<std::vector<std::size_t>> wants_at_;  // of each place
  std::vector<std::uint32_t> ends_;                 // ready where anybody is wanted
  std::vector<double> distance_;
  std::vector<std::uint32_t> arc_before_;
  std::vector<std::uint32_t> node_before_;
};

}  // namespace diaodu::dispatch
