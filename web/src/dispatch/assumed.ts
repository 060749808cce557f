/** What of the plan is assumed, by what it says of it. */

import { h } from "../dom";
import { make_part } from "../parts";
import { make_table } from "../tables";
import type { DispatchContext } from "./context";
import { words_of } from "./tables";

interface Row {
  kind: string;
  names: string[];
  basis: string;
}

const kMostNames = 6;

function rows_of(context: DispatchContext): Row[] {
  const { places, departures, groups, needs } = context.document;
  const found = new Map<string, Row>();
  const note = (kind: string, name: string, { assumed, basis }: { assumed: boolean; basis: string }) => {
    if (!assumed) return;
    const key = `${kind} ${basis}`;
    const row = found.get(key) ?? { kind, names: [], basis };
    if (!row.names.includes(name)) row.names.push(name);
    found.set(key, row);
  };
  places.forEach((place, i) => note(context.say("d_kind_places"), context.place(i), place));
  departures.forEach((departure) => note(context.say("d_kind_routes"), departure.route, departure));
  groups.forEach((group, i) => note(context.say("d_kind_groups"), context.group(i), group));
  needs.forEach((need) => note(context.say("d_kind_needs"), `${context.place(need.place)} ${need.role}`, need));
  for (const table of context.document.field?.tables ?? []) {
    const basis = table.columns.findIndex(({ key }) => key === "basis");
    if (basis < 0) continue;
    const told = (row: number, column: number) => words_of(context, table.rows[row][column], table.columns[column].kind);
    table.rows.forEach((_, row) => note(context.pair(table.name), told(row, 0), { assumed: table.assumed[row] === 1, basis: told(row, basis) }));
  }
  return [...found.values()];
}

export function make_assumed(context: DispatchContext): HTMLElement {
  const rows = rows_of(context);
  if (rows.length === 0) return make_part(context, "assumed", "d_assumed", h("p.faint", {}, context.say("d_nothing_assumed")));
  const comma = context.language === "zh" ? "、" : ", ";
  const names = (row: Row) => row.names.slice(0, kMostNames).join(comma) + (row.names.length > kMostNames ? " …" : "");
  const table = make_table<Row>(context, {
    caption: context.say("d_assumed"),
    is_caption_hidden: true,
    rows,
    columns: [
      { title: context.say("d_table"), show: (row) => row.kind, is_short: true, is_head: true },
      { title: context.say("d_rows"), show: (row) => context.number(row.names.length), order: (row) => row.names.length, is_number: true },
      { title: context.say("d_name"), show: names, csv: (row) => row.names.join(comma) },
      { title: context.say("d_basis"), show: (row) => row.basis },
    ],
  });
  return make_part(context, "assumed", "d_assumed", table);
}
