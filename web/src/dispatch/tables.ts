/** Tables of the field, as the program hands them over. */

import { fill, h } from "../dom";
import { make_table } from "../tables";
import { typeset } from "../typeset";
import type { DispatchContext } from "./context";
import type { TableDocument } from "./document";

type Value = TableDocument["rows"][number][number];

export function words_of(context: DispatchContext, value: Value, kind: string): string {
  if (value === null) return "";
  if (typeof value === "number") return kind === "time" ? context.format.cell(value) : context.number(value);
  return context.pair(value);
}

const capital = (title: string): string => title.charAt(0).toLocaleUpperCase() + title.slice(1);

function make_field_table(context: DispatchContext, table: TableDocument): HTMLElement {
  const rows = table.rows.map((_, i) => i);
  const basis = table.columns.findIndex(({ key }) => key === "basis");
  const based = (row: number) => (basis < 0 ? "" : words_of(context, table.rows[row][basis], "text"));
  return make_table<number>(context, {
    caption: context.pair(table.name),
    is_caption_hidden: true,
    rows,
    columns: table.columns.map(({ key, title, kind }, column) => {
      const value = (row: number) => table.rows[row][column];
      const is_figure = kind !== "text";
      return {
        title: capital(context.pair(title)),
        show: (row: number) => {
          const words = words_of(context, value(row), kind);
          return [...typeset(words), context.mark(is_figure && words !== "" && table.assumed[row] === 1, based(row))];
        },
        order: (row: number) => (is_figure ? (value(row) as number | null) : words_of(context, value(row), kind)),
        csv: (row: number) => (kind === "number" ? (value(row) as number | null) : words_of(context, value(row), kind)),
        is_number: kind === "number",
        is_short: kind === "time",
        is_head: column === 0 && key !== "basis",
        is_optional: true,
      };
    }),
  });
}

/** Those that are wanted, folded; each is made when it is opened. */
export function make_field_tables(context: DispatchContext, is_wanted: (key: string) => boolean): HTMLElement[] {
  const { tables } = context.document.field!;
  return tables
    .filter(({ key }) => is_wanted(key))
    .map((table) => {
      const place = h("div.d-field-table");
      const title = capital(context.pair(table.name));
      const details = h("details.d-sheet", {}, h("summary", {}, h("strong", {}, title), ` · ${context.number(table.rows.length)}`), place);
      details.addEventListener("toggle", () => {
        if (details.open && place.childElementCount === 0) fill(place, make_field_table(context, table));
      });
      return details;
    });
}
