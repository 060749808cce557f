#include "diaodu/solve/bound.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "diaodu/solve/dear_hours.h"

namespace diaodu::solve {
namespace {

/// Work that a resource must do in some minutes: that of a day shift has the days' minutes only, however long
/// others can work there.  Or work by the weights of a packing.
struct Duty {
  std::size_t resource = 0;  // of a packing: none
  const Calendar* open = nullptr;
  std::vector<Load> loads;
  std::vector<CapacityStep> capacity;
  /// Those whose minutes they are, where not all loads lie in them.
  std::vector<Node> hours_of = {};
  const Packing* packing = nullptr;
};

/// What a resource can do before an instant: capacity times minutes worked, summed from the floor.
class Room {
 public:
  Room(const Duty& duty, Instant floor)
      : steps_(duty.capacity), calendar_(*duty.open), floor_(floor) {
    // So far that neither the room nor the work beside it is too large for a number.
    constexpr std::int64_t kMostEffort = std::int64_t{1} << 61;
    Amount most{1};
    for (const CapacityStep& step : steps_) most = std::max(most, step.amount);
    reach_ = floor + Elapsed{std::min(kMostEffort / most.count(), kFar)};
    Effort sum;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (i > 0) sum += piece(i - 1, steps_[i].from);
      before_.push_back(sum);
    }
  }
  Effort until(Instant instant) const {
    const auto next =
        std::upper_bound(steps_.begin(), steps_.end(), instant,
                         [](Instant when, const CapacityStep& step) { return when < step.from; });
    const auto step = static_cast<std::size_t>(next - steps_.begin()) - 1;
    return before_[step] + piece(step, instant);
  }
  /// Later on nothing is told.
  Instant reach() const { return reach_; }

  static constexpr std::int64_t kFar = std::int64_t{1} << 40;  // minutes

 private:
  Effort piece(std::size_t step, Instant until) const {
    const Instant from = std::max(steps_[step].from, floor_);
    const Instant to = std::min(until, reach_);
    return to <= from ? Effort{} : steps_[step].amount * calendar_.work_between(from, to);
  }

  std::span<const CapacityStep> steps_;
  const Calendar& calendar_;
  Instant floor_;
  Instant reach_;
  std::vector<Effort> before_;
};

/// Vilim's theta tree: the largest of (room before the earliest start + work) over all sets of leaves
/// that share the tail of an order.
class ThetaTree {
 public:
  explicit ThetaTree(std::size_t leaves) {
    while (size_ < leaves) size_ *= 2;
    work_.assign(2 * size_, 0);
    envelope_.assign(2 * size_, kNothing);
  }
  void insert(std::size_t leaf, std::int64_t room_before, std::int64_t work) {
    std::size_t at = leaf + size_;
    work_[at] = work;
    envelope_[at] = room_before + work;
    for (at /= 2; at > 0; at /= 2) {
      work_[at] = work_[2 * at] + work_[2 * at + 1];
      envelope_[at] =
          std::max(envelope_[2 * at] == kNothing ? kNothing : envelope_[2 * at] + work_[2 * at + 1],
                   envelope_[2 * at + 1]);
    }
  }
  std::int64_t envelope() const { return envelope_[1]; }

 private:
  static constexpr std::int64_t kNothing = std::numeric_limits<std::int64_t>::min() / 4;
  std::size_t size_ = 1;
  std::vector<std::int64_t> work_;
  std::vector<std::int64_t> envelope_;
};

class Bounder {
 public:
  explicit Bounder(const Model& model) : model_(model), early_(model.early) {}

  /// Of each resource, what all openings must take.
  void add_resources() {
    collect_loads();
    collect_duties();
  }

  /// And, if all lies between the floor and `upper`, what falls into its dearest hours at least.
  void add_dear_hours(Instant upper) {
    if (upper <= model_.floor) return;
    DearHours hours(model_, {model_.floor, upper});
    for (std::size_t resource = 0; resource < loads_.size(); ++resource) {
      if (is_unlimited(resource)) continue;
      DearHours::Dearest dearest = hours.dearest(resource, loads_[resource]);
      if (dearest.opening == nullptr) continue;
      add_duty({.resource = resource,
                .open = &dearest.opening->open,
                .loads = std::move(dearest.loads),
                .capacity = model_.renewables[resource].capacity,
                .hours_of = std::move(dearest.owners)});
    }
  }

  /// `packing` must outlive this.
  void add_packing(const Packing& packing) {
    Duty duty{.resource = model_.renewables.size(),
              .open = &model_.network.times->calendar(packing.calendar),
              .packing = &packing};
    duty.capacity.push_back({kEver, Amount{packing.limit}});
    for (const Packing::Load& load : packing.loads) {
      if (is_in_time(load.node)) duty.loads.push_back({load.node, Amount{load.weight} * load.work});
    }
    add_duty(std::move(duty));
  }

  LowerBound bound(Instant upper) {
    LowerBound result;
    Instant low = early_.finish;
    for (const Duty& duty : duties_) raise(duty, upper, low, result);
    if (result.kind != LowerBound::Kind::critical_path) to_clock(result);
    result.finish = model_.axis.from_axis(low);
    return result;
  }

  /// Only what must come before the node has a latest finish then.
  Instant bound_of(Node node, Instant upper) {
    Network limited = model_.relaxed;
    Window& window = limited.windows[static_cast<std::size_t>(limited.window_of[node])];
    Instant low = early_.earliest_finish[node];
    Instant high = upper;
    while (low < high) {
      const Instant middle = low + Elapsed{((high - low).count()) / 2};
      window.finish_by = std::min(model_.relaxed.window(node).finish_by, middle);
      if (refute(limited, far())) {
        low = middle + Elapsed{1};
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Likewise on the clock, for any finish at all.
  std::optional<LowerBound> refute_all() {
    auto proof = refute(model_.relaxed, far());
    if (proof) to_clock(*proof);
    return proof;
  }

 private:
  /// Raises `low`, before which no finish is possible, as far as the duty says so and as `upper`, with the reason.
  /// Most duties say less than one of those before, which one look tells; of another, its excess of work tells where
  /// to look next.
  void raise(const Duty& duty, Instant upper, Instant& low, LowerBound& reason) {
    constexpr int kManyLooks = 8;  // from here on by halves
    Instant high = upper;          // not impossible by this duty
    Instant next = low;
    Elapsed step{1};
    for (int num_looks = 1; low < high; ++num_looks) {
      if (next != horizon_) latest_possible(model_.relaxed, early_, next);
      horizon_ = next;
      if (auto proof = refute(duty)) {
        low = next + Elapsed{1};
        next = std::max(low, next + Elapsed{shortfall(duty, *proof).count() - 1});
        step = Elapsed{1};
        reason = std::move(*proof);
      } else {
        high = next;
        next = high - step;
        step = 2 * step;
      }
      if (num_looks >= kManyLooks || next < low || next >= high)
        next = low + Elapsed{(high - low).count() / 2};
    }
  }

  void collect_loads() {
    loads_.resize(model_.renewables.size());
    for (Node node = 0; node < model_.size(); ++node) {
      const auto ways = model_.ways_of(node);
      for (const Need& first : model_.needs_of(ways.front())) {
        Effort effort = first.amount * ways.front().work;
        for (const Way& way : ways.subspan(1)) {
          Effort other;
          for (const Need& need : model_.needs_of(way)) {
            if (need.resource == first.resource) other += need.amount * way.work;
          }
          effort = std::min(effort, other);
        }
        if (effort > Effort{} && is_in_time(node)) loads_[first.resource].push_back({node, effort});
      }
    }
  }

  /// What is pinned to the past takes nothing of what is left.
  bool is_in_time(Node node) const { return early_.earliest_start[node] >= model_.floor; }

  void collect_duties() {
    for (std::size_t resource = 0; resource < loads_.size(); ++resource) {
      if (is_unlimited(resource)) continue;
      const Renewable& renewable = model_.renewables[resource];
      if (renewable.is_spanned) {
        add_duty({.resource = resource,
                  .open = &model_.network.times->calendar(renewable.calendar),
                  .loads = loads_[resource],
                  .capacity = renewable.capacity});
      }
      for (const Opening& opening : renewable.openings) {
        Duty duty{.resource = resource, .open = &opening.open, .capacity = renewable.capacity};
        std::copy_if(loads_[resource].begin(), loads_[resource].end(),
                     std::back_inserter(duty.loads),
                     [&](const Load& load) { return lies_in(model_, opening, load.node); });
        add_duty(std::move(duty));
      }
    }
  }

  void add_duty(Duty duty) {
    if (duty.loads.size() >= 2) duties_.push_back(std::move(duty));
  }

  /// Later than any plan ends.
  Instant far() const { return early_.finish + Elapsed{Room::kFar}; }

  bool is_unlimited(std::size_t resource) const {
    const auto& capacity = model_.renewables[resource].capacity;
    return std::any_of(capacity.begin(), capacity.end(),
                       [](const CapacityStep& step) { return step.amount >= kUnlimited; });
  }

  /// Why the plan cannot end by `horizon`, if some resource says so (windows and resource on the axis).
  std::optional<LowerBound> refute(const Network& network, Instant horizon) {
    latest_possible(network, early_, horizon);
    for (const Duty& duty : duties_) {
      if (auto proof = refute(duty)) return proof;
    }
    return {};
  }

  std::optional<LowerBound> refute(const Duty& duty) {
    const std::vector<Load>& loads = duty.loads;
    const Room room(duty, model_.floor);
    std::vector<std::size_t> by_start(loads.size());
    std::iota(by_start.begin(), by_start.end(), std::size_t{0});
    std::sort(by_start.begin(), by_start.end(), [&](std::size_t a, std::size_t b) {
      return early_.earliest_start[loads[a].node] < early_.earliest_start[loads[b].node];
    });
    std::vector<std::size_t> leaf(loads.size());
    for (std::size_t i = 0; i < by_start.size(); ++i) leaf[by_start[i]] = i;
    std::vector<std::size_t> by_finish = by_start;
    std::sort(by_finish.begin(), by_finish.end(), [&](std::size_t a, std::size_t b) {
      return early_.latest_finish[loads[a].node] < early_.latest_finish[loads[b].node];
    });
    ThetaTree tree(loads.size());
    for (std::size_t i = 0; i < by_finish.size(); ++i) {
      const Load& load = loads[by_finish[i]];
      tree.insert(leaf[by_finish[i]], room.until(early_.earliest_start[load.node]).count(),
                  load.effort.count());
      const Instant to = early_.latest_finish[load.node];
      const bool is_last =
          i + 1 == by_finish.size() || early_.latest_finish[loads[by_finish[i + 1]].node] > to;
      if (to > room.reach()) break;
      if (!is_last || tree.envelope() <= room.until(to).count()) continue;
      return evidence(duty, room, to);
    }
    return {};
  }

  /// How much later the stretch would have to end for all of its work.
  Elapsed shortfall(const Duty& duty, const LowerBound& proof) const {
    const Amount capacity = duty.capacity.back().amount;
    if (capacity <= Amount{}) return Elapsed{1};
    const std::int64_t missing = (proof.work - proof.room).count() / capacity.count() + 1;
    const Instant end = duty.open->advance(proof.during.to, WorkTime{missing});
    return end >= kNever ? Elapsed{1} : end - proof.during.to;
  }

  /// The stretch ending at `to` that is overloaded most.
  LowerBound evidence(const Duty& duty, const Room& room, Instant to) const {
    std::vector<Load> inside;
    for (const Load& load : duty.loads) {
      if (early_.latest_finish[load.node] <= to) inside.push_back(load);
    }
    std::sort(inside.begin(), inside.end(), [&](const Load& a, const Load& b) {
      return early_.earliest_start[a.node] > early_.earliest_start[b.node];
    });
    Effort work;
    Effort worst;
    LowerBound bound;
    if (duty.packing == nullptr) {
      bound.kind = LowerBound::Kind::resource_load;
      bound.resource = model_.renewables[duty.resource].id;
    } else {
      bound.kind = LowerBound::Kind::packing;
      bound.limit = duty.packing->limit;
    }
    std::size_t num_tasks = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      work += inside[i].effort;
      const Instant from = std::max(early_.earliest_start[inside[i].node], model_.floor);
      const Effort offered = room.until(to) - room.until(from);
      if (work - offered <= worst) continue;
      worst = work - offered;
      bound.during = {from, to};
      bound.work = work;
      bound.room = offered;
      num_tasks = i + 1;
    }
    for (const Node node : duty.hours_of) bound.hours_of.push_back(model_.network.task[node]);
    for (std::size_t i = num_tasks; i-- > 0;) {
      bound.tasks.push_back(model_.network.task[inside[i].node]);
      if (duty.packing != nullptr)
        bound.weights.push_back(weight_of(*duty.packing, inside[i].node));
    }
    return bound;
  }

  static std::int64_t weight_of(const Packing& packing, Node node) {
    return std::lower_bound(packing.loads.begin(), packing.loads.end(), node,
                            [](const Packing::Load& load, Node other) { return load.node < other; })
        ->weight;
  }

  void to_clock(LowerBound& bound) const {
    bound.during = {model_.axis.from_axis(bound.during.from),
                    model_.axis.from_axis(bound.during.to)};
  }

  const Model& model_;
  CriticalPath early_;
  Instant horizon_ = kEver;               // that the late dates are of, in `raise`
  std::vector<std::vector<Load>> loads_;  // of each renewable
  std::vector<Duty> duties_;
};

}  // namespace

LowerBound lower_bound(const Model& model, Instant upper, std::span<const Packing> packings) {
  Bounder bounder(model);
  bounder.add_resources();
  bounder.add_dear_hours(upper);
  for (const Packing& packing : packings) bounder.add_packing(packing);
  return bounder.bound(upper);
}

LowerBound lower_bound_by(const Model& model, Instant upper, const Packing& packing) {
  Bounder bounder(model);
  bounder.add_packing(packing);
  return bounder.bound(upper);
}

Instant earliest_finish(const Model& model, Node node, Instant upper) {
  Bounder bounder(model);
  bounder.add_resources();
  return bounder.bound_of(node, upper);
}

std::optional<LowerBound> overload(const Model& model) {
  Bounder bounder(model);
  bounder.add_resources();
  return bounder.refute_all();
}

}  // namespace diaodu::solve
