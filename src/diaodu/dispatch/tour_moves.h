#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "diaodu/dispatch/tour_state.h"

namespace diaodu::dispatch {

/// The classical moves, made as long as one of them makes the tours cheaper: up to three stops elsewhere, turned round
/// or not (relocate, or-opt); two stops for each other (swap); a piece turned round (2-opt); two tours' ends for each
/// other (2-opt*).  Members of groups stay in their tours.
///
/// What a move saves in travel is known in constant time, and a move that saves none is only followed where a tour has
/// lateness, overtime or changes that it might save.
///
/// A tour is compared with those that make a visit near one of its own, and with empty ones.
///
/// Returns how many moves were made.
std::int64_t improve_tours(TourState& state);

/// The same, beginning with moves between these tours and others.
std::int64_t improve_tours(TourState& state, std::span<const std::size_t> around);

}  // namespace diaodu::dispatch
