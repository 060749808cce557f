/** Tables that sort, copy themselves as CSV, and grow in steps. */

import type { Speech } from "./context";
import { copy_text } from "./copy";
import { type CsvCell, to_csv } from "./csv";
import { fill, h } from "./dom";

export interface Column<Row> {
  title: string;
  /** What stands in the cell. */
  show: (row: Row) => Node | string | (Node | string)[];
  /** By what it sorts, and what the CSV has; what is shown where that is a string and this is left out. */
  order?: (row: Row) => string | number | null;
  csv?: (row: Row) => CsvCell;
  /** Right-aligned figures. */
  is_number?: boolean;
  /** Dates, ids: never broken. */
  is_short?: boolean;
  /** Names the row. */
  is_head?: boolean;
  /** Not in the CSV: a picture of what other columns say. */
  is_picture?: boolean;
  /** Left out where all its cells are empty. */
  is_optional?: boolean;
  /** In the CSV only: what the headings of groups say. */
  is_csv_only?: boolean;
}

export interface TableParts<Row> {
  caption: string;
  /** The caption is said, not shown: a heading stands above. */
  is_caption_hidden?: boolean;
  /** As wide as it needs to be: for names and figures, which the eye must follow across. */
  is_compact?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  /** Rows that follow one another and say the same here have one heading; sorting keeps them together. */
  group?: (row: Row) => string;
}

const kFirst = 200;
const kStep = 1000;
const kCopiedFor = 2000; // milliseconds

type Direction = "ascending" | "descending";

function key_of<Row>(column: Column<Row>, row: Row): string | number | null {
  if (column.order) return column.order(row);
  const shown = column.show(row);
  return typeof shown === "string" ? shown : null;
}

const csv_of = <Row>(column: Column<Row>, row: Row): CsvCell => (column.csv ? column.csv(row) : key_of(column, row));

/** What is not there comes last, either way. */
function compare(a: string | number | null, b: string | number | null, sign: number, collator: Intl.Collator): number {
  if (a === null || a === "") return b === null || b === "" ? 0 : 1;
  if (b === null || b === "") return -1;
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * collator.compare(String(a), String(b));
}

function sorted<Row>(parts: TableParts<Row>, column: Column<Row>, direction: Direction, language: string): Row[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = direction === "ascending" ? 1 : -1;
  const groups = new Map<string, number>();
  const group_of = (row: Row) => (parts.group ? parts.group(row) : "");
  for (const row of parts.rows) if (!groups.has(group_of(row))) groups.set(group_of(row), groups.size);
  return parts.rows
    .map((row) => ({ row, key: key_of(column, row), group: groups.get(group_of(row))! }))
    .sort((a, b) => a.group - b.group || compare(a.key, b.key, sign, collator))
    .map(({ row }) => row);
}

const classes = <Row>(column: Column<Row>): string | null =>
  [column.is_number && "number", column.is_short && "short"].filter(Boolean).join(" ") || null;

function make_cell<Row>(column: Column<Row>, row: Row): HTMLElement {
  const shown = column.show(row);
  const children = Array.isArray(shown) ? shown : [shown];
  return column.is_head
    ? h("th", { scope: "row", class: classes(column) }, ...children)
    : h("td", { class: classes(column) }, ...children);
}

/** The button that copies; it says for a while that it has. */
export function make_copy_button(context: Speech, caption: string, csv: () => string): HTMLElement {
  const label = h("span", {}, context.say("copy_csv"));
  const said = h("span.visually-hidden", { role: "status" });
  const name = `${context.say("copy_csv")}: ${caption}`;
  const button = h("button.small.copy", { type: "button", "aria-label": name }, label);
  button.addEventListener("click", async () => {
    const word = context.say((await copy_text(csv())) ? "copied" : "copy_failed");
    label.textContent = said.textContent = word;
    setTimeout(() => {
      label.textContent = context.say("copy_csv");
      said.textContent = "";
    }, kCopiedFor);
  });
  return h("span.copy-place", {}, button, said);
}

/** A narrow screen scrolls the table sideways within this; only then is it a stop for the keyboard. */
export function make_scroller(caption: string, table: HTMLElement): HTMLElement {
  const scroller = h("div.table-scroll", {}, table);
  new ResizeObserver(() => {
    const is_wider = scroller.scrollWidth > scroller.clientWidth + 1;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", caption]]) {
      if (is_wider) scroller.setAttribute(name, value);
      else scroller.removeAttribute(name);
    }
  }).observe(scroller);
  return scroller;
}

export function make_table<Row>(context: Speech, parts: TableParts<Row>): HTMLElement {
  const { caption, rows } = parts;
  const is_told = (column: Column<Row>) => !column.is_optional || rows.some((row) => (key_of(column, row) ?? "") !== "");
  const columns = parts.columns.filter((column) => !column.is_csv_only && is_told(column));
  let order = rows;
  let sorting: { column: number; direction: Direction } | null = null;
  let shown = Math.min(kFirst, rows.length);

  const table = h("table");
  let body = h("tbody"); // a group each
  const heads = columns.map((column, i) =>
    column.is_picture
      ? h("th", { scope: "col", class: classes(column) }, column.title)
      : h(
          "th",
          { scope: "col", class: classes(column) },
          h("button.sort", { type: "button", onclick: () => sort_by(i) }, column.title),
        ),
  );
  const more = h("div.table-more");

  const add_rows = (from: number, to: number) => {
    let last = from > 0 && parts.group ? parts.group(order[from - 1]) : null;
    for (const row of order.slice(from, to)) {
      const group = parts.group ? parts.group(row) : null;
      if (group !== null && group !== last) {
        if (body.rows.length > 0) table.append((body = h("tbody")));
        body.append(h("tr.group", {}, h("th", { scope: "rowgroup", colspan: columns.length }, group)));
      }
      last = group;
      body.append(h("tr", {}, ...columns.map((column) => make_cell(column, row))));
    }
  };
  const tell_more = () => {
    const rest = order.length - shown;
    if (rest <= 0) {
      fill(more);
      return;
    }
    const step = Math.min(kStep, rest);
    fill(
      more,
      h("span.faint", {}, context.say("rows_shown", context.format.number(shown), context.format.number(order.length))),
      h(
        "button.small",
        {
          type: "button",
          onclick: () => {
            add_rows(shown, shown + step);
            shown += step;
            tell_more();
          },
        },
        context.say("more_rows", context.format.number(step)),
      ),
    );
  };
  const show_all_anew = () => {
    body = h("tbody");
    fill(table, title, head, body);
    add_rows(0, shown);
    tell_more();
  };
  const sort_by = (column: number) => {
    if (sorting?.column !== column) sorting = { column, direction: "ascending" };
    else if (sorting.direction === "ascending") sorting = { column, direction: "descending" };
    else sorting = null; // the third time: as it was made
    order = sorting ? sorted(parts, columns[column], sorting.direction, context.language) : rows;
    heads.forEach((head, i) => {
      if (sorting?.column === i) head.setAttribute("aria-sort", sorting.direction);
      else head.removeAttribute("aria-sort");
    });
    show_all_anew();
  };

  const title = h("caption", { class: parts.is_caption_hidden ? "visually-hidden" : null }, caption);
  const head = h("thead", {}, h("tr", {}, ...heads));
  show_all_anew();
  const written = parts.columns.filter((column) => !column.is_picture);
  const csv = () =>
    to_csv(
      written.map((column) => column.title),
      order.map((row) => written.map((column) => csv_of(column, row))),
    );
  return h(
    "div",
    {
      class: ["table-block", parts.is_caption_hidden && "untitled", parts.is_compact && "compact"].filter(Boolean).join(" "),
    },
    h("div.table-tools", {}, make_copy_button(context, caption, csv)),
    make_scroller(context.say("as_table", caption), table),
    more,
  );
}
