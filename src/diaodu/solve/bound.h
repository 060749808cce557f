#pragma once

#include <span>

#include "diaodu/solve/answer.h"
#include "diaodu/solve/model.h"
#include "diaodu/solve/packing.h"

namespace diaodu::solve {

/// The earliest finish that can be proven impossible to beat, and why.
///
/// Destructive (Klein & Scholl 1999): suppose the plan ended by T; then each task has to lie between its
/// earliest start and its latest finish for T.  If for some resource and some stretch of time the work
/// that must lie wholly inside exceeds what the resource can do there, T is impossible.  T is searched
/// between the critical path and `upper`, a finish that is possible.  Which stretches to look at
/// is found by a theta tree (Vilim 2009), O(n log n) for a resource and a T.
///
/// Where a resource's users work different hours, some of these hours are dearer than others: in those of one calendar
/// work also those who have more of them, and what they must do there at least (`LeastWork`) is counted too.
///
/// Packings are looked at as if each were a resource: the work is weight times minutes, the room `limit` times minutes.
///
/// `upper` is on the model's axis, the result's instants are on the clock.
LowerBound lower_bound(const Model& model, Instant upper, std::span<const Packing> packings = {});

/// Likewise, by one packing alone.
LowerBound lower_bound_by(const Model& model, Instant upper, const Packing& packing);

/// The earliest finish of one node, as `lower_bound` finds the plan's; on the axis.  The node has a window.
/// `upper`: a finish that is possible.
Instant earliest_finish(const Model& model, Node node, Instant upper);

/// A resource that dated limits overload whenever the plan may end; its `finish` says nothing.
std::optional<LowerBound> overload(const Model& model);

}  // namespace diaodu::solve
