#include <cmath>
#include <limits>

#include "diaodu/forecast/outlook.h"

namespace diaodu::forecast {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

bool is_growth(const Target& target) { return target.measure == Target::Measure::growth; }

/// What a target was last year, in its unit; unknown of growths alone.
double base_of(const Plan& plan, TargetId id, std::span<const TargetOutlook> targets) {
  const TargetOutlook& outlook = targets[id.index()];
  const bool has_base =
      outlook.year && !outlook.year->is_chained && !outlook.year->base_total.empty();
  if (has_base && !std::isnan(outlook.year->base_total.front()))
    return outlook.year->base_total.front();
  if (plan.targets[id].share) return *plan.targets[id].share;
  double sum = 0;
  bool has_any = false;
  for (TargetId child : plan.targets.ids()) {
    if (plan.targets[child].parent != id || targets[child.index()].values.empty()) continue;
    sum += base_of(plan, child, targets);
    has_any = true;
  }
  return has_any ? sum : kUnknown;
}

/// What a child weighs in its parent: its share, its base or its weight.
double weight_of(const Plan& plan, TargetId child, std::span<const TargetOutlook> targets) {
  const Target& target = plan.targets[child];
  switch (plan.targets[target.parent].roll_up) {
    case Target::RollUp::none:
      break;
    case Target::RollUp::sum:
      return base_of(plan, child, targets);
    case Target::RollUp::growth:
      return target.share ? *target.share : base_of(plan, child, targets);
    case Target::RollUp::mean:
      return target.weight;
  }
  return kUnknown;
}

bool counts(const Plan& plan, TargetId child, TargetId parent,
            std::span<const TargetOutlook> targets) {
  const Target& below = plan.targets[child];
  if (below.parent != parent || targets[child.index()].values.empty()) return false;
  const Target& above = plan.targets[parent];
  // Levels add up to a level whatever they were last year.
  const bool adds_levels =
      above.roll_up == Target::RollUp::sum && !is_growth(above) && !is_growth(below);
  return adds_levels || !std::isnan(weight_of(plan, child, targets));
}

double sum_of_weights(const Plan& plan, TargetId parent, std::span<const TargetOutlook> targets) {
  double sum = 0;
  for (TargetId child : plan.targets.ids()) {
    if (!counts(plan, child, parent, targets)) continue;
    const double weight = weight_of(plan, child, targets);
    if (!std::isnan(weight)) sum += weight;
  }
  return sum;
}

/// A child's value in the measure of its parent.
double converted(double value, double base, const Target& child, const Target& parent) {
  if (parent.roll_up != Target::RollUp::sum || is_growth(child) == is_growth(parent)) return value;
  return is_growth(parent) ? 100 * (value / base - 1) : base * (1 + value / 100);
}

/// What a child's value adds to its parent's, where it weighs `weight` of `all`.
double part_of(double value, double weight, double all, const Target& child, const Target& parent) {
  const double own = converted(value, weight, child, parent);
  const bool adds_levels = parent.roll_up == Target::RollUp::sum && !is_growth(parent);
  return adds_levels ? own : weight / all * own;
}

}  // namespace

std::vector<double> rolled_up(const Plan& plan, TargetId parent,
                              std::span<const TargetOutlook> targets,
                              std::vector<double> TargetOutlook::*pick) {
  const Target& above = plan.targets[parent];
  if (above.roll_up == Target::RollUp::none) return {};
  const double all = sum_of_weights(plan, parent, targets);
  std::vector<double> sums;
  for (TargetId child : plan.targets.ids()) {
    if (!counts(plan, child, parent, targets)) {
      // A sum without one of its parts is not the sum.
      if (above.roll_up == Target::RollUp::sum && plan.targets[child].parent == parent) return {};
      continue;
    }
    const std::vector<double>& values = targets[child.index()].*pick;
    if (values.empty()) return {};
    const double weight = weight_of(plan, child, targets);
    sums.resize(values.size(), 0);
    for (std::size_t path = 0; path < values.size(); ++path) {
      sums[path] += part_of(values[path], weight, all, plan.targets[child], above);
    }
  }
  return sums;
}

double rolled_up_part(const Plan& plan, TargetId child, double value,
                      std::span<const TargetOutlook> targets) {
  const Target& target = plan.targets[child];
  if (!target.parent || !counts(plan, child, target.parent, targets)) return 0;
  return part_of(value, weight_of(plan, child, targets),
                 sum_of_weights(plan, target.parent, targets), target, plan.targets[target.parent]);
}

double roll_up_share(const Plan& plan, TargetId child, std::span<const TargetOutlook> targets) {
  const Target& target = plan.targets[child];
  if (!target.parent || !counts(plan, child, target.parent, targets)) return 0;
  const double weight = weight_of(plan, child, targets);
  return std::isnan(weight) ? 0 : weight / sum_of_weights(plan, target.parent, targets);
}

double roll_up_weight(const Plan& plan, TargetId child, std::span<const TargetOutlook> targets) {
  const Target& target = plan.targets[child];
  if (!target.parent || plan.targets[target.parent].roll_up == Target::RollUp::none) return 0;
  if (!counts(plan, child, target.parent, targets)) return 0;
  const Target& parent = plan.targets[target.parent];
  const double weight = weight_of(plan, child, targets);
  if (parent.roll_up == Target::RollUp::sum && !is_growth(parent)) {
    return is_growth(target) ? weight / 100 : 1;
  }
  const double all = sum_of_weights(plan, target.parent, targets);
  if (parent.roll_up == Target::RollUp::sum && !is_growth(target)) return 100 / all;
  return weight / all;
}

}  // namespace diaodu::forecast
