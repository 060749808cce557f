/** The load of one resource against its capacity over time. */

import type { ResourceDocument } from "../document";
import type { Palette } from "../palette";
import type { Pen } from "../pen";
import type { Axis, Scale } from "../scale";
import { type Run, runs_of, type Stretch } from "./stretches";

export const kLoadHeight = 46;
const kHead = 7; // above the highest step

/** What is beyond capacity: a state that is seen without colour. */
export function draw_excess(pen: Pen, left: number, top: number, width: number, height: number, palette: Palette): void {
  pen.rect(left, top, width, height, palette.accent_soft);
  pen.hatch(left, top, width, height, palette.accent);
  pen.line([left, top + 0.75, left + width, top + 0.75], palette.accent, 1.5);
}

/** Hairlines where the coarser unit of the axis begins, and the data date. */
export function draw_ground(pen: Pen, axis: Axis, scale: Scale, height: number, now: number | null, palette: Palette): void {
  for (const mark of axis.major) {
    const x = Math.round(scale.x(mark.from)) + 0.5;
    if (x > 0 && x < scale.width) pen.line([x, 0, x, height], palette.rule);
  }
  if (now !== null) {
    const x = scale.x(now);
    if (x >= 0 && x <= scale.width) pen.line([x, 0, x, height], palette.now, 1.2, [4, 3]);
  }
}

/** The stretch that is pointed at or chosen. */
export function draw_chosen(pen: Pen, chosen: Stretch, scale: Scale, height: number, palette: Palette): void {
  const left = Math.max(-4, scale.x(chosen.from) - 1);
  const right = Math.min(scale.width + 4, Math.max(scale.x(chosen.to) + 1, left + 5));
  if (right < 0 || left > scale.width) return;
  pen.frame(left, 1, right - left, height - 2, palette.now, 1.5, 2);
}

function draw_rests(pen: Pen, runs: Run[], height: number, palette: Palette): void {
  for (let i = 1; i < runs.length; ++i) {
    const gap = runs[i].left - runs[i - 1].right;
    if (gap > 0) pen.rect(runs[i - 1].right, 0, gap, height - 1, palette.rest);
  }
}

/** One line while the resource is there; it breaks where the resource rests. */
function draw_capacity(pen: Pen, runs: Run[], y: (amount: number) => number, palette: Palette): void {
  let points: number[] = [];
  const flush = () => {
    if (points.length > 0) pen.line(points, palette.summary, 1.4);
    points = [];
  };
  let right = NaN;
  for (const run of runs) {
    if (run.left !== right) flush();
    const level = Math.round(y(run.capacity)) + 0.5;
    points.push(run.left, level, run.right, level);
    right = run.right;
  }
  flush();
}

/** Filled steps of use, a line of capacity, hatching between them where use is higher. */
export function draw_load(
  pen: Pen,
  resource: ResourceDocument,
  axis: Axis,
  scale: Scale,
  height: number,
  now: number | null,
  palette: Palette,
): void {
  const runs = runs_of(resource, scale);
  const most = Math.max(resource.unlimited ? 0 : resource.capacity, resource.peak, ...runs.map((run) => run.capacity), 1e-9);
  const foot = height - 1;
  const y = (amount: number) => foot - (amount / most) * (foot - kHead);
  draw_rests(pen, runs, height, palette);
  draw_ground(pen, axis, scale, height, now, palette);
  for (const { left, right, used, capacity } of runs) {
    const within = resource.unlimited ? used : Math.min(used, capacity);
    if (within > 0) pen.rect(left, y(within), right - left, foot - y(within), palette.bar);
    if (used > within) draw_excess(pen, left, y(used), right - left, y(within) - y(used), palette);
  }
  if (!resource.unlimited) draw_capacity(pen, runs, y, palette);
  pen.line([0, foot + 0.5, scale.width, foot + 0.5], palette.rule);
}
