/** On paper the chart is a row of sheets in vectors: all shown rows, broken between rows, never within one. */

import type { Context } from "./context";
import { h } from "./dom";
import { index_rows } from "./gantt/chart";
import { visible_rows } from "./gantt/rows";
import { kSheetFrame, make_sheet } from "./gantt/sheet";
import { kRow } from "./gantt/bars";

const kWidth = 1400; // pixels of a sheet; paper scales it
const kHeight = 930; // A4 and A3 landscape within their margins: 277 × 184 mm
const kTop = 420; // pixels that the answer on top takes of the first sheet
const kMostSheets = 400;

/** As many sheets as the rows need; the first one shares its page with the answer on top. */
export function make_sheets(context: Context): HTMLElement {
  const shown = index_rows(context, visible_rows(context.model, context.store.state).rows);
  const each = Math.floor((kHeight - kSheetFrame) / kRow);
  const least = Math.floor((kHeight - kTop - kSheetFrame) / kRow);
  const count = Math.min(kMostSheets, 1 + Math.ceil(Math.max(0, shown.rows.length - least) / each));
  const sheets = Array.from({ length: count }, (_, i) => {
    const first = i === 0 ? 0 : least + (i - 1) * each;
    const last = Math.min(shown.rows.length, least + i * each);
    const page = count > 1 ? `${i + 1} / ${count}` : "";
    const svg = make_sheet(context, shown, { first, last, width: kWidth, left: 470, page });
    return h("div.sheet", {}, svg);
  });
  const left_out = shown.rows.length - (least + (count - 1) * each);
  const note = left_out > 0 ? h("p.faint", {}, context.say("and_more", context.format.number(left_out))) : null;
  return h("div.sheets", { "aria-hidden": "true" }, ...sheets, note);
}
