/** One row of the chart: what a task looks like.  States differ in shape too, so they are seen without colour. */

import type { Task } from "../model";
import type { Palette } from "../palette";
import type { Pen } from "../pen";
import type { Scale } from "../scale";

export const kRow = 24; // pixels
const kBar = 11;
const kTop = 6; // of the bar in its row
const kMiddle = kTop + kBar / 2;
const kHalf = 6; // of a milestone's diamond

/** Where the bar is on the screen; links and pointers go by it. */
export function extent(task: Task, scale: Scale): [left: number, right: number] {
  const left = scale.x(task.start);
  if (task.is_milestone) return [left - kHalf, left + kHalf];
  return [left, Math.max(left + 2, scale.x(task.finish))];
}

const diamond = (x: number, y: number, half: number): number[] => [x, y - half, x + half, y, x, y + half, x - half, y];

function draw_milestone(pen: Pen, task: Task, x: number, y: number, palette: Palette): void {
  const colour = task.critical ? palette.accent : palette.summary;
  pen.shape(diamond(x, y, kHalf), task.done ? palette.paper : colour, task.done ? palette.faint : colour);
  if (task.missed) pen.line([x - 2.5, y - 2.5, x + 2.5, y + 2.5], palette.paper, 1.5);
}

function draw_summary(pen: Pen, task: Task, scale: Scale, y: number, palette: Palette): void {
  const [left, right] = extent(task, scale);
  const top = y + kTop + 1;
  pen.rect(left, top, right - left, 4, palette.summary);
  const foot = Math.min(5, (right - left) / 2);
  pen.shape([left, top + 4, left + foot, top + 4, left, top + 9], palette.summary);
  pen.shape([right, top + 4, right - foot, top + 4, right, top + 9], palette.summary);
  if (task.percent > 0) pen.rect(left, top + 1.5, ((right - left) * task.percent) / 100, 1.5, palette.paper);
}

/** Critical: solid accent.  Nearly critical: hatched.  Done: flat, with a tick.  Else: plain. */
function draw_task(pen: Pen, task: Task, scale: Scale, y: number, palette: Palette): void {
  const [left, right] = extent(task, scale);
  const top = y + kTop;
  const width = right - left;
  const fill = task.done ? palette.done : task.critical ? palette.accent : task.near ? palette.accent_soft : palette.bar;
  pen.rect(left, top, width, kBar, fill, 1.5);
  if (task.near && !task.done) {
    pen.hatch(left, top, width, kBar, palette.accent);
    pen.frame(left, top, width, kBar, palette.accent, 1, 1.5);
  }
  if (task.done) {
    if (width > 12) {
      const x = left + Math.min(width / 2, 8);
      pen.line([x - 3, y + kMiddle, x - 1, y + kMiddle + 2.5, x + 3.5, y + kMiddle - 3], palette.soft, 1.4);
    }
    return;
  }
  if (task.percent > 0) {
    const part = (width * task.percent) / 100;
    pen.rect(left, top + kBar - 4, part, 4, task.critical ? palette.ink : palette.bar_part);
  }
}

function draw_float(pen: Pen, task: Task, scale: Scale, y: number, palette: Palette): number {
  const right = extent(task, scale)[1];
  if (task.done || task.latest_finish === null || task.latest_finish <= task.finish || task.kind === "summary") return right;
  const end = scale.x(task.latest_finish);
  if (end - right < 3) return right;
  const middle = y + kMiddle;
  pen.line([right + 1, middle, end, middle], palette.faint, 1, [1, 2.5]);
  pen.line([end, middle - 3, end, middle + 3], palette.faint);
  return end;
}

function draw_baseline(pen: Pen, task: Task, scale: Scale, y: number, palette: Palette): void {
  if (task.baseline_start === null || task.kind === "summary") return;
  const left = scale.x(task.baseline_start);
  if (task.is_milestone) {
    pen.shape(diamond(left, y + kTop + kBar + 2, 3), palette.paper, palette.baseline);
    return;
  }
  const right = scale.x(task.baseline_finish ?? task.baseline_start);
  pen.rect(left, y + kTop + kBar + 2, Math.max(2, right - left), 3, palette.baseline);
}

export function draw_deadline(pen: Pen, task: Task, scale: Scale, y: number, palette: Palette): void {
  if (task.deadline === null) return;
  const x = scale.x(task.deadline);
  const top = y + 4;
  if (task.missed) {
    pen.shape([x - 5, top, x + 5, top, x, top + 8], palette.accent);
    pen.line([x, top + 8, x, y + kRow - 4], palette.accent, 1.5);
  } else {
    pen.shape([x - 4, top, x + 4, top, x, top + 7], palette.paper, palette.now);
  }
}

/** Whether the finish of a task varies over the trials. */
export const has_whisker = (task: Task): boolean =>
  task.finish_p10 !== null && task.finish_p90 !== null && task.finish_p90 > task.finish_p10 && !task.done;

const kWhisker = kTop + kBar + 3.5; // below the bar, across what a baseline shows

/** The finish from its P10 to its P90, with a tick at its P80. */
export function draw_whisker(pen: Pen, task: Task, scale: Scale, y: number, palette: Palette): void {
  const [left, right] = [scale.x(task.finish_p10!), scale.x(task.finish_p90!)];
  if (right < 0 || left > scale.width) return;
  const at = Math.round(y + kWhisker) - 0.5;
  pen.line([left, at, Math.max(right, left + 2), at], palette.now, 1.2);
  if (right - left > 8) {
    pen.line([left, at - 2, left, at + 2], palette.now);
    pen.line([right, at - 2, right, at + 2], palette.now);
  }
  const p80 = scale.x(task.finish_p80!);
  pen.line([p80, at - 3.5, p80, at + 3.5], palette.now, 1.8);
}

/** At the edge of the chart, where the task lies beyond it. */
function draw_pointer(pen: Pen, left: number, scale: Scale, y: number, palette: Palette): void {
  const [x, tip] = left < 0 ? [9, 4] : [scale.width - 9, scale.width - 4];
  pen.shape([x, y + kMiddle - 4, tip, y + kMiddle, x, y + kMiddle + 4], palette.link);
}

/** The task in the row whose top is `y`; `label` goes to the right of all that. */
export function draw_row(pen: Pen, task: Task, y: number, scale: Scale, palette: Palette, label: string): void {
  if (!task.scheduled) return;
  const [left, right] = extent(task, scale);
  if (right < 0 || left > scale.width) draw_pointer(pen, left, scale, y, palette);
  draw_baseline(pen, task, scale, y, palette);
  const end = draw_float(pen, task, scale, y, palette);
  if (task.kind === "summary") draw_summary(pen, task, scale, y, palette);
  else if (task.is_milestone) draw_milestone(pen, task, scale.x(task.start), y + kMiddle, palette);
  else draw_task(pen, task, scale, y, palette);
  draw_deadline(pen, task, scale, y, palette);
  if (label === "") return;
  const beside = task.deadline === null ? end : Math.max(end, scale.x(task.deadline) + 5);
  const x = beside - end < 60 ? beside : end;
  if (right >= 0 && x < scale.width) pen.text(label, Math.max(x, 0) + 7, y + kMiddle, palette.soft, { size: 11, width: 220, halo: palette.paper });
}

/** The middle of the bar in its row. */
export const kBarMiddle = kMiddle;
export const kBarTop = kTop;
export const kBarHeight = kBar;
