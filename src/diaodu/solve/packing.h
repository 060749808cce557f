#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "diaodu/solve/heaviest.h"
#include "diaodu/solve/model.h"
#include "diaodu/solve/program.h"

namespace diaodu::solve {

/// How much tasks stand in each other's way: a weight for each, such that tasks in progress at once never weigh more
/// than `limit` together.  So at any minute no more than `limit` of weighed work is done, and in a stretch of time
/// no more than its minutes allow: the energy argument, with weights in place of what some resource has.
struct Packing {
  struct Load {
    Node node;
    std::int64_t weight;
    WorkTime work;
  };
  std::uint32_t calendar = 0;  ///< on which all of them work
  std::vector<Load> loads;     ///< by ascending node
  std::int64_t limit = 1;
};

/// The tasks that a packing can weigh: not begun, not pinned, sure to be done, and all on one calendar, that with most
/// work.  Of each the least that any of its ways needs.
struct PackedTasks {
  explicit PackedTasks(const Model& model);

  struct Use {
    std::uint32_t task;  ///< number in `nodes`
    Amount amount;
  };
  /// One that can be short.
  struct Resource {
    Amount capacity;  ///< the most there ever is
    std::vector<Use> uses;
  };

  std::uint32_t calendar = 0;
  std::vector<Node> nodes;     ///< ascending
  std::vector<WorkTime> work;  ///< of each of these
  std::vector<Resource> resources;
};

/// For each resource the dual feasible function that asks most of it, where that is more than the resource's load: of
/// tasks that need more than half, no two fit in together, of those that need more than a third, no three (Fekete &
/// Schepers 2001).  O(uses).
std::vector<Packing> packings_of_resources(const PackedTasks& tasks);

/// The best weights with regard to all resources and links at once: sets of tasks that can be in progress together,
/// each for some time, so that every task has had its work, in the least time altogether; the weights are this linear
/// program's prices (Mingozzi, Maniezzo, Ricciardelli & Bianco 1998; Brucker, Knust, Schoo & Thiele 1998).  Sets come
/// in as they are wanted: the heaviest by prices between the last and the best so far (in-out separation; Ben-Ameur &
/// Neto 2007).
///
/// Worth its time where few tasks fit in at once.  Where many do, the heaviest set cannot be found among so many, and
/// it gives up soon.
class Packer {
 public:
  /// The tasks must outlive it.  `known`: weights of them to begin with.
  Packer(const Model& model, const PackedTasks& tasks, std::span<const Packing> known = {});

  /// Goes on for about so many steps.  True: `best` has changed.
  bool run(std::int64_t steps);

  bool is_done() const { return is_done_; }
  std::int64_t steps() const { return steps_; }
  /// Nothing until the first is found.
  const std::optional<Packing>& best() const { return best_; }

 private:
  void collect_bins();
  void keep_apart(const Model& model);
  void begin_with(const Packing& packing);
  void add_set(std::vector<std::uint32_t> items);
  void fill(std::vector<std::uint32_t>& items) const;
  bool improve();
  bool weigh(const std::vector<double>& weight);
  bool publish(const std::vector<double>& weight);
  double length(const std::vector<double>& weight) const;

  const PackedTasks& tasks_;
  Bins bins_;
  std::unique_ptr<Program> program_;
  std::vector<double> work_;  // of each item, in some unit
  std::vector<double> prices_;
  std::vector<double> inner_;  // the best weights so far, of limit 1
  double bound_ = 0;           // their length
  double published_ = 0;
  std::optional<Packing> best_;
  std::vector<std::uint32_t> found_;
  std::int64_t steps_ = 0;
  bool is_done_ = false;
};

}  // namespace diaodu::solve
