/** On paper the chart is a row of sheets in vectors: all shown rows, broken between rows, never within one. */

import type { Context } from "./context";
import { h } from "./dom";
import { index_rows } from "./gantt/chart";
import { visible_rows } from "./gantt/rows";
import { kSheetFrame, make_sheet } from "./gantt/sheet";
import { kRow } from "./gantt/bars";

const kWidth = 1400; // pixels of a sheet; paper scales it
const kHeight = 930; // A4 and A3 landscape within their margins: 277 × 184 mm
const kMostSheets = 400;

/** As many sheets as the rows need. */
export function make_sheets(context: Context): HTMLElement {
  const shown = index_rows(context, visible_rows(context.model, context.store.state).rows);
  const each = Math.floor((kHeight - kSheetFrame) / kRow);
  const count = Math.min(kMostSheets, Math.ceil(shown.rows.length / each));
  const sheets = Array.from({ length: count }, (_, i) => {
    const last = Math.min(shown.rows.length, (i + 1) * each);
    const page = count > 1 ? `${i + 1} / ${count}` : "";
    const svg = make_sheet(context, shown, { first: i * each, last, width: kWidth, left: 470, page });
    return h("div.sheet", {}, svg);
  });
  return h("div.sheets", { "aria-hidden": "true" }, ...sheets);
}
