/** The finishes of all trials: how many end when (a histogram), how many have ended by then (the curve). */

import type { Context } from "../context";
import type { RiskDocument } from "../document";
import { css_palette as palette } from "../palette";
import type { Pen } from "../pen";
import { make_axis } from "../scale";
import { draw_share_axis, draw_time_axis, Frame, kTimeAxis, type Mark, place_marks, type PlacedMark } from "./frame";
import { type Curve, points_of, share_at } from "./reading";
import { share_words } from "./words";

const kPlot = 230; // pixels
const kLeft = 46;
const kRight = 14;
const kLane = 18; // of labels above the plot
const kTallest = 0.66; // of the plot, the histogram's highest column: the curve has its own scale

const kShares = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** What the chart spans: the histogram and all marks; of links alone no more than it is wide itself. */
export function range_of(risk: RiskDocument): [number, number] {
  const { histogram, finish, planned, deadline, links_only } = risk;
  const dates = [...histogram.edges, finish.p10, finish.p80, finish.p90, finish.at_confidence].filter((time): time is number => time !== null);
  if (dates.length === 0) dates.push(planned ?? 0); // no trial has a date
  let [from, to] = [Math.min(...dates), Math.max(...dates)];
  const span = Math.max(1, to - from);
  const near = (time: number | null | undefined) => time !== null && time !== undefined && time > from - 2 * span && time < to + 2 * span;
  const others = [planned, deadline?.time].filter((time): time is number => near(time));
  from = Math.min(from, ...others);
  to = Math.max(to, ...others);
  if (links_only?.finish.p10 != null) from = Math.min(from, Math.max(links_only.finish.p10, from - span));
  const air = Math.max(1, (to - from) * 0.02);
  return [from - air, to + air];
}

/** The planned finish, P50, P80, the confidence where it is another, the deadline. */
export function marks_of(context: Context, risk: RiskDocument): Mark[] {
  const { format } = context;
  const marks: Mark[] = [];
  const day = (time: number) => format.short_day(context.model.document.plan.abstract ? time : time - 1);
  const add = (time: number | null, share: number) => {
    if (time !== null) marks.push({ time, kind: "share", share, text: context.say("mark_share", format.number(share * 100, 1), day(time)) });
  };
  add(risk.finish.p50, 0.5);
  add(risk.finish.p80, 0.8);
  if (![0.5, 0.8].some((share) => Math.abs(share - risk.confidence) < 1e-4)) add(risk.finish.at_confidence, risk.confidence);
  if (risk.planned !== null) {
    const text = context.say("mark_planned", day(risk.planned), share_words(context, risk.planned_share));
    marks.push({ time: risk.planned, kind: "planned", share: risk.planned_share, text });
  }
  if (risk.deadline) {
    const { time, chance } = risk.deadline;
    marks.push({ time, kind: "deadline", share: chance, text: context.say("mark_deadline", day(time), share_words(context, chance)) });
  }
  return marks;
}

/** The chart as it lies in `width` pixels. */
export interface Layout {
  frame: Frame;
  marks: PlacedMark[];
  width: number;
  height: number;
}

export function lay_out(context: Context, risk: RiskDocument, width: number): Layout {
  const [from, to] = range_of(risk);
  const inner = Math.max(40, width - kLeft - kRight);
  const marks = marks_of(context, risk);
  const is_there = (mark: Mark) => mark.time >= from && mark.time <= to;
  const flat = new Frame(kLeft, 0, inner, kPlot, from, to);
  const placed = place_marks(flat, marks.filter(is_there));
  const lanes = 1 + Math.max(-1, ...placed.map((mark) => mark.lane));
  const top = lanes * kLane + 8;
  return { frame: new Frame(kLeft, top, inner, kPlot, from, to), marks: placed, width, height: top + kPlot + kTimeAxis };
}

function draw_columns(pen: Pen, risk: RiskDocument, frame: Frame): void {
  const { edges, counts } = risk.histogram;
  const most = Math.max(1, ...counts);
  counts.forEach((count, i) => {
    if (count === 0) return;
    const [left, right] = [frame.x(edges[i]), frame.x(edges[i + 1])];
    const top = frame.y((count / most) * kTallest);
    const gap = right - left > 4 ? 1 : 0;
    pen.rect(left, top, Math.max(1, right - left - gap), frame.foot - top, palette.bar);
  });
}

/** From the foot where it begins to its end, and on to the right: nothing ends later. */
function draw_curve(pen: Pen, curve: Curve, frame: Frame, stroke: string, width: number, dash?: number[]): void {
  const points = points_of(curve);
  if (points.length === 0) return;
  const path = [frame.x(points[0][0]), frame.y(0)];
  for (const [time, share] of points) path.push(frame.x(time), frame.y(share));
  path.push(Math.max(frame.right, frame.x(points[points.length - 1][0])), frame.y(points[points.length - 1][1]));
  pen.clip(frame.left, frame.top - 2, frame.width, frame.height + 4, () => pen.line(path, stroke, width, dash));
}

function draw_mark(pen: Pen, mark: PlacedMark, frame: Frame): void {
  const y = frame.top - 12 - mark.lane * kLane;
  const x = Math.round(mark.x) + 0.5;
  const is_share = mark.kind === "share";
  const colour = mark.kind === "deadline" ? palette.now : mark.kind === "planned" ? palette.accent : palette.ink;
  pen.line([x, y - 6, x, frame.foot], colour, is_share ? 1 : 1.4, is_share ? [1, 2.5] : mark.kind === "deadline" ? [6, 3] : undefined);
  if (mark.kind === "deadline") pen.shape([x - 4, y - 7, x + 4, y - 7, x, y], palette.paper, palette.now);
  pen.text(mark.text, mark.label + (mark.kind === "deadline" ? 4 : 0), y, colour, { size: 11, bold: mark.kind !== "share", halo: palette.paper });
  const at = frame.y(mark.share);
  pen.shape(round_points(x, at, 3.2), palette.paper, colour);
}

/** A dot, as a polygon of so many corners as look round. */
export function round_points(x: number, y: number, radius: number): number[] {
  const points: number[] = [];
  for (let i = 0; i < 16; ++i) points.push(x + radius * Math.cos((i * Math.PI) / 8), y + radius * Math.sin((i * Math.PI) / 8));
  return points;
}

export function draw_finish(pen: Pen, context: Context, risk: RiskDocument, layout: Layout): void {
  const { frame, marks } = layout;
  draw_share_axis(pen, frame, kShares, (share) => context.format.percent(share, 0), palette);
  draw_columns(pen, risk, frame);
  if (risk.links_only) draw_curve(pen, risk.links_only.curve, frame, palette.soft, 1.2, [5, 3]);
  draw_curve(pen, risk.curve, frame, palette.ink, 2);
  draw_time_axis(pen, frame, make_axis(context.format, frame.scale), palette);
  for (const mark of marks) draw_mark(pen, mark, frame);
}

/** What is read at a date: a line, and dots where it meets the curves. */
export function draw_reading(pen: Pen, risk: RiskDocument, frame: Frame, time: number): void {
  const x = Math.round(frame.x(time)) + 0.5;
  pen.line([x, frame.top - 4, x, frame.foot], palette.now, 1.5);
  const dot = (curve: Curve) => pen.shape(round_points(x, frame.y(share_at(curve, time)), 4), palette.now, palette.paper);
  if (risk.links_only) dot(risk.links_only.curve);
  dot(risk.curve);
}
