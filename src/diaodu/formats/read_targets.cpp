#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

constexpr double kMost = 1e15;

/// One row, but for what it refers to in its own table.
Target read_target(PlanReader& reader, TableReader& table, std::size_t row) {
  Target target;
  const auto text = [&](std::string_view column) {
    return reader.plan.text(table.text(row, table.column(column)));
  };
  const auto choice = [&](std::string_view column, const auto& choices, auto otherwise) {
    return table.choice<decltype(otherwise)>(row, table.column(column), choices)
        .value_or(otherwise);
  };
  target.measure = choice("measure", kTargetMeasures, target.measure);
  target.name = text("name");
  target.name_zh = text("name_zh");
  target.unit = text("unit");
  // What counts in percent is not divided by a hundred for a sign that says so.
  const bool is_in_percent = target.measure == Target::Measure::growth || target.unit == "%";
  const auto real = [&](std::string_view column) -> std::optional<double> {
    std::string_view written = table.text(row, table.column(column));
    if (is_in_percent && written.ends_with('%')) written.remove_suffix(1);
    if (written.empty()) return {};
    return table.real_of(written, row, table.column(column), -kMost, kMost);
  };
  target.side = text("side");
  target.weight = table.real(row, table.column("weight"), 0, kMost).value_or(1);
  target.base = real("base");
  target.goal = real("goal");
  target.share = table.real(row, table.column("share"), -kMost, kMost);
  target.low = real("low");
  target.high = real("high");
  target.step = table.real(row, table.column("step"), 0, kMost);
  target.cap = table.real(row, table.column("cap"), 0, kMost);
  target.effort_gain = real("effort_gain");
  target.by = table.date(row, table.column("by"), true).value_or(kNever);
  target.direction = choice("direction", kDirections, target.direction);
  target.accrual = choice("accrual", kAccruals, target.accrual);
  target.roll_up = choice("roll_up", kRollUps, target.roll_up);
  target.rule = choice("rule", kScoreRules, target.rule);
  target.is_veto = table.yes_no(row, table.column("veto")).value_or(false);
  return target;
}

}  // namespace

void read_targets(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::targets, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  const std::size_t parent_column = table.column("parent");
  const std::size_t of_column = table.column("of");
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto id = table.required(row, id_column);
    if (!id) continue;
    Target target = read_target(reader, table, row);
    target.id = reader.plan.text(*id);
    if (!takes_id(reader, table, row, TableKind::targets, target.id, reader.targets,
                  reader.plan.targets))
      continue;
    reader.plan.targets.add(target);
    table.accept(row);
    rows.push_back(row);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Target& target = reader.plan.targets[TargetId{i}];
    target.parent =
        reader.refer(table, rows[i], parent_column, reader.targets, found::unknown_target);
    target.of = reader.refer(table, rows[i], of_column, reader.targets, found::unknown_target);
  }
}

void read_peers(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::peers, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    Peer peer;
    peer.target = reader.refer_required(table, row, table.column("target"), reader.targets,
                                        found::unknown_target);
    const auto id = table.required(row, table.column("id"));
    if (!peer.target || !id) continue;
    peer.id = reader.plan.text(*id);
    peer.name = reader.plan.text(table.text(row, table.column("name")));
    peer.name_zh = reader.plan.text(table.text(row, table.column("name_zh")));
    reader.plan.peers.push_back(peer);
    table.accept(row);
  }
}

void read_effects(PlanReader& reader, const Sheet& sheet) {
  constexpr std::int64_t kMostMonths = 600;
  TableReader table = reader.table(TableKind::effects, sheet);
  if (!table.is_usable()) return;
  const std::size_t amount_column = table.column("amount");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    Effect effect;
    effect.task =
        reader.refer_required(table, row, table.column("task"), reader.tasks, found::unknown_task);
    effect.target = reader.refer_required(table, row, table.column("target"), reader.targets,
                                          found::unknown_target);
    table.required(row, amount_column);
    const auto amount = table.real(row, amount_column, -kMost, kMost);
    effect.ramp =
        static_cast<int>(table.number(row, table.column("ramp"), 0, 0, kMostMonths).value_or(0));
    if (!effect.task || !effect.target || !amount) continue;
    effect.amount = *amount;
    reader.plan.effects.push_back(effect);
    table.accept(row);
  }
}

}  // namespace diaodu::formats
