#include "diaodu/formats/cells.h"
#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {

void read_decisions(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::decisions, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto id = table.required(row, id_column);
    if (!id) continue;
    Decision decision;
    decision.id = reader.plan.text(*id);
    decision.title = reader.plan.text(table.text(row, table.column("title")));
    decision.title_zh = reader.plan.text(table.text(row, table.column("title_zh")));
    decision.source = reader.plan.text(table.text(row, table.column("source")));
    decision.date = table.date(row, table.column("date"), false);
    if (!takes_id(reader, table, row, TableKind::decisions, decision.id, reader.decisions,
                  reader.plan.decisions))
      continue;
    reader.plan.decisions.add(decision);
    table.accept(row);
  }
}

}  // namespace diaodu::formats
