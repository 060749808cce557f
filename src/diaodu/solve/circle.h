#pragma once

#include <functional>
#include <optional>

#include "diaodu/solve/critical_path.h"

namespace diaodu::solve {

/// A circle of orderings none of which ever runs backwards, at least one of which takes time: it can
/// hold on no calendar.  Found by structure alone, in O(nodes + arcs) of the knot.
std::optional<Circle> structural_circle(const Network& network, const Network::Knot& knot);

/// Places the nodes of a knot again and again until none moves (Bellman & Ford, with calendars for
/// weights).  A circle of drivers that goes on pushing itself is returned: where one calendar, or the clock, counts
/// all its steps, at once; otherwise after it has been followed beyond all dates or for a great many rounds.
/// Circles that push each other by turns are known when all that moves has moved by a week after the last exception
/// of any calendar.
std::optional<Circle> sweep_until_settled(const Network& network, const Network::Knot& knot,
                                          const CriticalPath& path,
                                          const std::function<bool(Node)>& update);

}  // namespace diaodu::solve
