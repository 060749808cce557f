/** Where things lie in a chart of dates: its plot, and the axes beside and below it. */

import type { Palette } from "../palette";
import { measure, type Pen } from "../pen";
import { type Axis, Scale } from "../scale";

/** A plot whose x is time; `y` of a share of 1 is its top. */
export class Frame {
  readonly scale: Scale;

  constructor(
    readonly left: number,
    readonly top: number,
    readonly width: number,
    readonly height: number,
    readonly from: number,
    readonly to: number,
  ) {
    this.scale = new Scale(from, (to - from) / width, width);
  }
  get right(): number {
    return this.left + this.width;
  }
  get foot(): number {
    return this.top + this.height;
  }
  x(time: number): number {
    return this.left + this.scale.x(time);
  }
  y(share: number): number {
    return this.foot - share * this.height;
  }
  time(x: number): number {
    return this.scale.time(Math.max(0, Math.min(this.width, x - this.left)));
  }
  has(time: number): boolean {
    return time >= this.from && time <= this.to;
  }
}

export const kTimeAxis = 38; // pixels below the plot

const crisp = (x: number): number => Math.round(x) + 0.5;

/** Below the plot: the finer unit, and under it the coarser one. */
export function draw_time_axis(pen: Pen, frame: Frame, axis: Axis, palette: Palette): void {
  const { foot, left, right } = frame;
  pen.line([left, crisp(foot), right, crisp(foot)], palette.ink);
  let free = left; // from here on no label stands yet
  for (const mark of axis.minor) {
    const x = frame.x(mark.from);
    if (x < left - 0.5 || x > right) continue;
    pen.line([crisp(x), foot, crisp(x), foot + 5], palette.faint);
    const wide = measure(mark.text, { size: 11 });
    const at = Math.max(left, Math.min(right - wide, x - wide / 2));
    if (at < free) continue;
    pen.text(mark.text, at, foot + 13, palette.soft, { size: 11 });
    free = at + wide + 6;
  }
  free = left;
  for (const mark of axis.major) {
    const x = Math.max(left, frame.x(mark.from));
    if (x > right || frame.x(mark.to) < left) continue;
    if (x > left) pen.line([crisp(x), foot + 20, crisp(x), foot + 34], palette.rule);
    const at = x + (x > left ? 5 : 0);
    const wide = measure(mark.text, { size: 11, bold: true });
    if (at < free || at + wide > Math.min(right, frame.x(mark.to))) continue;
    pen.text(mark.text, at, foot + 28, palette.ink, { size: 11, bold: true });
    free = at + wide + 6;
  }
}

/** At left: shares, with hairlines across the plot. */
export function draw_share_axis(pen: Pen, frame: Frame, shares: number[], text: (share: number) => string, palette: Palette): void {
  for (const share of shares) {
    const y = crisp(frame.y(share));
    if (share > 0) pen.line([frame.left, y, frame.right, y], palette.rule);
    pen.text(text(share), frame.left - 8, y, palette.soft, { size: 11, align: "right" });
  }
}

/** Something at a date: its line from its label down through the plot. */
export interface Mark {
  time: number;
  text: string;
  kind: "planned" | "share" | "deadline";
  share: number; // of the trials that end by then
}

export interface PlacedMark extends Mark {
  x: number;
  label: number; // its left
  lane: number; // 0 is next to the plot
}

/** From right to left, so that no line crosses a label: what lies further left stands higher. */
export function place_marks(frame: Frame, marks: Mark[]): PlacedMark[] {
  const placed: PlacedMark[] = [];
  for (const mark of [...marks].sort((a, b) => b.time - a.time)) {
    const x = frame.x(mark.time);
    const wide = measure(mark.text, { size: 11, bold: true }) + 20;
    const label = Math.max(0, Math.min(x + 5, frame.right - wide));
    const meets = (other: PlacedMark) => {
      const other_wide = measure(other.text, { size: 11, bold: true }) + 20;
      return Math.min(other.x, other.label) < label + wide && other.label + other_wide > Math.min(x, label);
    };
    const lanes = placed.filter(meets).map((other) => other.lane + 1);
    placed.push({ ...mark, x, label, lane: Math.max(0, ...lanes) });
  }
  return placed;
}
