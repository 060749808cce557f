#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "diaodu/solve/least_work.h"
#include "diaodu/solve/model.h"

namespace diaodu::solve {

/// The work of one node that a resource must do, whatever way it is done.
struct Load {
  Node node;
  Effort effort;
};

/// Where a resource's users work different hours, those in which it has most to do for its minutes: who has more of
/// them works in these too, and for so long at least (`LeastWork`).
class DearHours {
 public:
  /// All work lies in `range`, not empty; `model` must outlive this.
  DearHours(const Model& model, Interval range) : model_(model), range_(range) {}

  struct Dearest {
    const Opening* opening;  ///< of the resource
    /// For each of the opening's calendars one that works in no hours but the opening's.
    std::vector<Node> owners;
    std::vector<Load> loads;  ///< what falls into them at least
  };
  /// Of a resource (number in the model) with its loads.  Empty where there is nothing to tell.
  Dearest dearest(std::size_t resource, std::span<const Load> loads);

 private:
  double mean_share(const Opening& opening, std::uint32_t calendar);
  const Opening* opening_with_most(std::size_t resource, std::span<const Load> loads);
  std::vector<Node> owners(const Opening& opening, std::span<const Load> loads) const;
  Effort least_effort(const Opening& opening, std::size_t resource, const Load& load);
  LeastWork& least_work(const Opening& opening, std::uint32_t calendar);
  bool can_be_spelled_out(const Opening& opening) const;

  const Model& model_;
  Interval range_;
  std::int64_t looks_left_ = 300'000'000;  // about a second
  std::int64_t knots_left_ = 5'000'000;    // to be kept
  /// By a calendar and the opening's calendars: resources with the same users share openings.
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, std::unique_ptr<LeastWork>> least_;
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, double> mean_share_;
};

/// Does the opening hold all hours in which the node may be done?
bool lies_in(const Model& model, const Opening& opening, Node node);

}  // namespace diaodu::solve
