/** A sheet of the chart, for paper and files: the rows [first, last) with their table, axis, title and legend, in vectors. */

import { draw_axis, kAxisHeight } from "../axis";
import type { Context } from "../context";
import { make_svg, type Pen, SvgPen } from "../pen";
import { make_axis, Scale } from "../scale";
import { whole_plan } from "../time_window";
import { kRow } from "./bars";
import { draw_chart, make_backdrop, type Rows } from "./chart";
import { columns_of } from "./columns";
import { draw_legend } from "./legend";

export interface Sheet {
  first: number;
  last: number;
  width: number;
  left: number; // of it, the table's
  page: string; // "2 / 5"
}

const kTitle = 30;
const kLegend = 30;
export const kSheetFrame = kTitle + kAxisHeight + kLegend; // pixels besides the rows
const kPaperColumns = ["start", "finish", "duration"];

function draw_table(pen: Pen, context: Context, shown: Rows, sheet: Sheet, top: number): void {
  const { palette, model } = context;
  const columns = columns_of(context).filter((column) => kPaperColumns.includes(column.key));
  const name_width = sheet.left - columns.reduce((sum, column) => sum + column.width, 0) - 8;
  const head = top - 10;
  pen.text(context.say("task"), 0, head, palette.soft, { size: 11 });
  let x = name_width;
  for (const column of columns) {
    const at = column.is_number ? x + column.width - 8 : x;
    pen.text(context.say(column.word), at, head, palette.soft, { size: 11, align: column.is_number ? "right" : "left" });
    x += column.width;
  }
  for (let i = sheet.first; i < sheet.last; ++i) {
    const row = shown.rows[i];
    const task = model.tasks[row.task];
    const y = top + (i - sheet.first) * kRow;
    const middle = y + kRow / 2;
    const indent = Math.min(row.depth, 8) * 12;
    const is_critical = task.critical && !task.done && task.kind !== "summary";
    pen.line([0, y - 0.5, sheet.left, y - 0.5], palette.rule, 0.5);
    pen.text(context.name(row.task), indent, middle, is_critical ? palette.accent : palette.ink, {
      bold: task.kind === "summary",
      width: name_width - indent - 8,
    });
    if (!task.scheduled) continue;
    x = name_width;
    for (const column of columns) {
      const at = column.is_number ? x + column.width - 8 : x;
      pen.text(column.text(context, task), at, middle, palette.soft, { size: 11, align: column.is_number ? "right" : "left" });
      x += column.width;
    }
  }
}

export function make_sheet(context: Context, shown: Rows, sheet: Sheet): SVGSVGElement {
  const { model, format, palette } = context;
  const height = kSheetFrame + (sheet.last - sheet.first) * kRow;
  const svg = make_svg(sheet.width, height);
  const pen = new SvgPen(svg, `sheet${sheet.first}`);
  pen.rect(0, 0, sheet.width, height, palette.paper);
  const title = context.pair(model.document.plan.name) || context.say("untitled");
  pen.text(title, 0, 12, palette.ink, { size: 15, bold: true, width: sheet.width * 0.5 });
  const headline = context.pair(model.document.says.headline);
  pen.text(headline, sheet.width, 12, palette.soft, { size: 12, align: "right", width: sheet.width * 0.45 });
  const width = sheet.width - sheet.left;
  const whole = whole_plan(model, width);
  const scale = new Scale(whole.from, whole.per_pixel, width);
  const top = kTitle + kAxisHeight;
  pen.within(sheet.left, kTitle, () => draw_axis(pen, make_axis(format, scale), scale, kAxisHeight, palette));
  draw_table(pen, context, shown, sheet, top);
  const rows_height = (sheet.last - sheet.first) * kRow;
  pen.within(sheet.left, top, () =>
    pen.clip(0, 0, width, rows_height, () =>
      draw_chart(pen, context, shown, make_backdrop(context, scale, -1), sheet.first, sheet.last, sheet.first * kRow, rows_height, []),
    ),
  );
  const foot = top + rows_height;
  pen.line([0, foot, sheet.width, foot], palette.faint);
  draw_legend(pen, context, 0, foot + 5, sheet.width - 80);
  pen.text(sheet.page, sheet.width, foot + 17, palette.soft, { size: 11, align: "right" });
  return svg;
}
