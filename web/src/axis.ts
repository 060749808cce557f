/** The axis of time above a chart: two rows, the finer unit below the coarser one. */

import type { Palette } from "./palette";
import { measure, type Pen, type TextStyle } from "./pen";
import type { Axis, Mark, Scale } from "./scale";

export const kAxisHeight = 42;
const kSide = 5; // between a label and the edge of its stretch

/** Labels of these units name the instant at their left edge; all others name the stretch. */
const kInstants: ReadonlySet<string> = new Set(["period", "quarter_hour"]);

/** On a whole device pixel, so that hairlines stay hairlines. */
const crisp = (x: number): number => Math.round(x) + 0.5;

/** At the left of its stretch; where that is out of view, at the left of the view while there is room. */
function draw_major(pen: Pen, mark: Mark, scale: Scale, top: number, height: number, palette: Palette): void {
  const left = scale.x(mark.from);
  const right = scale.x(mark.to);
  if (left > 0) pen.line([crisp(left), top, crisp(left), top + height], palette.rule);
  const at = Math.max(left, 0) + kSide;
  const room = Math.min(right, scale.width) - kSide - at;
  const style: TextStyle = { size: 12, bold: true, width: room };
  // A stretch that leaves the view takes its label with it: half of a year's number says nothing.
  const is_leaving = left < 0 || right > scale.width;
  if (is_leaving && measure(mark.text, style) > room) return;
  pen.text(mark.text, at, top + height / 2, palette.ink, style);
}

function draw_minor(
  pen: Pen,
  mark: Mark,
  scale: Scale,
  top: number,
  height: number,
  palette: Palette,
  is_instant: boolean,
): void {
  const left = scale.x(mark.from);
  const right = scale.x(mark.to);
  if (left > 0) pen.line([crisp(left), top, crisp(left), top + height], palette.rule);
  const style: TextStyle = { size: 11, align: is_instant ? "left" : "center" };
  const wide = measure(mark.text, style);
  if (wide > right - left) return;
  if (is_instant) {
    pen.text(mark.text, left + kSide, top + height / 2, palette.soft, style);
    return;
  }
  // In the middle of its stretch, or of what is in view of it.
  const half = wide / 2 + kSide;
  const middle = (left + right) / 2;
  const shown = Math.min(Math.max(middle, half), scale.width - half);
  const fits = shown - half >= left && shown + half <= right;
  if (!fits && (middle < half || middle > scale.width - half)) return; // nor does a piece of a word
  pen.text(mark.text, fits ? shown : middle, top + height / 2, palette.soft, style);
}

/** Draws at the top left of the pen; an axis of periods has the lower row only. */
export function draw_axis(pen: Pen, axis: Axis, scale: Scale, height: number, palette: Palette): void {
  const { width } = scale;
  const half = Math.round(height / 2);
  pen.clip(0, 0, width, height, () => {
    pen.rect(0, 0, width, height, palette.paper);
    const is_instant = kInstants.has(axis.minor_unit);
    for (const mark of axis.minor) draw_minor(pen, mark, scale, half, height - half, palette, is_instant);
    for (const mark of axis.major) draw_major(pen, mark, scale, 0, half, palette);
    if (axis.major.length > 0) pen.line([0, half - 0.5, width, half - 0.5], palette.rule);
    pen.line([0, height - 0.5, width, height - 0.5], palette.rule);
  });
}
