/** The chart's picture for a window of rows and time: shading, grid, bars, links, the data date. */

import type { Context } from "../context";
import type { Pen } from "../pen";
import { make_axis, type Scale } from "../scale";
import { draw_row, draw_whisker, has_whisker, kRow } from "./bars";
import { workers_of } from "./columns";
import { draw_links } from "./links";
import type { Row } from "./rows";
import { draw_shades, type Shade, shades } from "./shading";

export interface Rows {
  rows: Row[];
  row_of: Int32Array; // of a task; -1: not shown
}

export function index_rows(context: Context, rows: Row[]): Rows {
  const row_of = new Int32Array(context.model.tasks.length).fill(-1);
  rows.forEach((row, i) => (row_of[row.task] = i));
  return { rows, row_of };
}

/** What depends on time alone; kept while only the rows scroll. */
export interface Backdrop {
  scale: Scale;
  calendar: number;
  shades: Shade[];
  lines: number[]; // x of the axis' marks
}

/** The selected task's own calendar, else the plan's. */
export function make_backdrop(context: Context, scale: Scale, selected: number): Backdrop {
  const { document, tasks } = context.model;
  const calendar = selected >= 0 && selected < tasks.length ? tasks[selected].calendar : document.plan.calendar;
  const axis = make_axis(context.format, scale);
  const marks = axis.major.length > 0 ? axis.major : axis.minor;
  return {
    scale,
    calendar,
    shades: document.plan.abstract || !document.calendars[calendar] ? [] : shades(document.calendars[calendar], scale),
    lines: marks.map((mark) => Math.round(scale.x(mark.from)) + 0.5),
  };
}

/** Draws rows [first, last) so that row 0 would be at -top.  `marked` are rows drawn on a band: selected, pointed at. */
export function draw_chart(
  pen: Pen,
  context: Context,
  shown: Rows,
  backdrop: Backdrop,
  first: number,
  last: number,
  top: number,
  height: number,
  marked: number[],
): void {
  const { model, palette, store } = context;
  const { scale } = backdrop;
  draw_shades(pen, backdrop.shades, scale, 0, height, palette);
  for (const row of marked) {
    if (row >= first && row < last) pen.rect(0, row * kRow - top, scale.width, kRow, palette.select);
  }
  for (const x of backdrop.lines) pen.line([x, 0, x, height], palette.rule);
  for (let i = first; i <= last; ++i) {
    const y = i * kRow - top - 0.5;
    pen.line([0, y, scale.width, y], palette.rule, 0.5);
  }
  const { selected, link_mode, whiskers } = store.state;
  draw_links(pen, model, shown.row_of, first, last, top, scale, palette, link_mode, selected);
  for (let i = first; i < last; ++i) {
    const task = model.tasks[shown.rows[i].task];
    draw_row(pen, task, i * kRow - top, scale, palette, task.kind === "summary" ? "" : workers_of(context, task));
    if (whiskers && task.scheduled && has_whisker(task)) draw_whisker(pen, task, scale, i * kRow - top, palette);
  }
  const now = model.document.plan.data_date;
  if (now !== null && now >= scale.from && now <= scale.to) {
    const x = Math.round(scale.x(now)) + 0.5;
    pen.line([x, 0, x, height], palette.now, 1.5, [5, 3]);
  }
}
