#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/table_maker.h"

namespace diaodu::formats {

WrittenTable write_targets(const Plan& plan) {
  TableMaker maker(TableKind::targets, plan.targets.size());
  const auto target = [&plan](std::size_t row) -> const Target& {
    return plan.targets[TargetId{row}];
  };
  const auto real = [&](std::string_view name, std::optional<double> Target::*field) {
    maker.column(name, [=](std::size_t row) {
      const auto& value = target(row).*field;
      return value ? real_text(*value) : std::string();
    });
  };
  /// The usual choice stays unwritten.
  const auto choice = [&](std::string_view name, const auto& choices, auto Target::*field) {
    maker.column(name, [=, &choices](std::size_t row) {
      const auto value = target(row).*field;
      return value == Target{}.*field ? std::string() : word_for(choices, value);
    });
  };
  maker.names(target)
      .column("parent",
              [=, &plan](std::size_t row) { return id_of(plan.targets, target(row).parent); })
      .column("weight",
              [=](std::size_t row) {
                return target(row).weight == 1 ? std::string() : real_text(target(row).weight);
              })
      .column("unit", [=](std::size_t row) { return target(row).unit.str(); })
      .column("direction",
              [=](std::size_t row) { return word_for(kDirections, target(row).direction); });
  choice("measure", kTargetMeasures, &Target::measure);
  choice("accrual", kAccruals, &Target::accrual);
  real("base", &Target::base);
  real("goal", &Target::goal);
  maker.column("by", [=, &plan](std::size_t row) { return limit_text(plan, target(row).by); });
  choice("roll_up", kRollUps, &Target::roll_up);
  real("share", &Target::share);
  maker.column("side", [=](std::size_t row) { return target(row).side.str(); })
      .column("of", [=, &plan](std::size_t row) { return id_of(plan.targets, target(row).of); });
  choice("rule", kScoreRules, &Target::rule);
  real("low", &Target::low);
  real("high", &Target::high);
  real("step", &Target::step);
  real("cap", &Target::cap);
  maker.column("veto", [=](std::size_t row) {
    return target(row).is_veto ? std::string("yes") : std::string();
  });
  real("effort_gain", &Target::effort_gain);
  return maker.take(plan);
}

WrittenTable write_peers(const Plan& plan) {
  TableMaker maker(TableKind::peers, plan.peers.size());
  const auto peer = [&plan](std::size_t row) -> const Peer& { return plan.peers[row]; };
  maker
      .column("target",
              [=, &plan](std::size_t row) { return id_of(plan.targets, peer(row).target); })
      .names(peer);
  return maker.take(plan);
}

WrittenTable write_effects(const Plan& plan) {
  TableMaker maker(TableKind::effects, plan.effects.size());
  const auto effect = [&plan](std::size_t row) -> const Effect& { return plan.effects[row]; };
  maker.column("task", [=, &plan](std::size_t row) { return id_of(plan.tasks, effect(row).task); })
      .column("target",
              [=, &plan](std::size_t row) { return id_of(plan.targets, effect(row).target); })
      .column("amount", [=](std::size_t row) { return real_text(effect(row).amount); })
      .column("ramp", [=](std::size_t row) {
        return effect(row).ramp == 0 ? std::string() : std::to_string(effect(row).ramp);
      });
  return maker.take(plan);
}

}  // namespace diaodu::formats
