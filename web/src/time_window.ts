/** Moving and zooming the stretch of time that all charts share. */

import type { Minutes } from "./document";
import type { Model } from "./model";
import type { State } from "./store";

export type TimeWindow = Pick<State, "from" | "per_pixel">;

const kFinest = { abstract: 1 / 64, civil: 1 / 24 }; // of a pixel: periods, minutes

/** No finer than can be told apart, no coarser than twice the plan; never wholly beside the plan. */
export function within_plan(model: Model, window: TimeWindow, width: number): TimeWindow {
  const span = model.to - model.from;
  const usual = model.document.plan.abstract ? kFinest.abstract : kFinest.civil;
  const finest = Math.min(usual, whole_plan(model, width).per_pixel); // a plan of a minute is wholly shown, finer than usual
  const per_pixel = Math.max(finest, Math.min(window.per_pixel, (2 * span) / Math.max(width, 1)));
  const shown = per_pixel * width;
  const from = Math.max(model.from - shown / 2, Math.min(window.from, model.to - shown / 2));
  return { from, per_pixel };
}

/** `factor` above 1 shows less time in more detail; the instant at `x` stays where it is. */
export function zoomed(model: Model, window: TimeWindow, factor: number, x: number, width: number): TimeWindow {
  const at = window.from + x * window.per_pixel;
  const { per_pixel } = within_plan(model, { from: window.from, per_pixel: window.per_pixel / factor }, width);
  return within_plan(model, { from: at - x * per_pixel, per_pixel }, width);
}

export const panned = (model: Model, window: TimeWindow, pixels: number, width: number): TimeWindow =>
  within_plan(model, { from: window.from + pixels * window.per_pixel, per_pixel: window.per_pixel }, width);

/** The same detail, with the stretch in the middle. */
export function centred(model: Model, window: TimeWindow, from: Minutes, to: Minutes, width: number): TimeWindow {
  const { per_pixel } = window;
  return within_plan(model, { from: (from + to - width * per_pixel) / 2, per_pixel }, width);
}

/** With some room at the right, where the labels of the last bars stand. */
export function whole_plan(model: Model, width: number): TimeWindow {
  const margin = 0.02 * (model.to - model.from);
  const room = Math.max(width - Math.min(0.14 * width, 90), 1);
  const per_pixel = (model.to - model.from + 2 * margin) / room;
  return { from: model.from - margin, per_pixel };
}

/** Moves no farther than needed to show the stretch, and closer or farther only where it does not fit. */
export function including(model: Model, window: TimeWindow, from: Minutes, to: Minutes, width: number): TimeWindow {
  const shown = window.per_pixel * width;
  if (from >= window.from && to <= window.from + shown) return window;
  return to - from > shown * 0.9 ? around(model, from, to, width) : centred(model, window, from, to, width);
}

/** Shows just the stretch, with as much again beside it. */
export function around(model: Model, from: Minutes, to: Minutes, width: number): TimeWindow {
  const length = Math.max(to - from, (model.to - model.from) / 2000, 1);
  return within_plan(model, { from: (from + to) / 2 - length, per_pixel: (2 * length) / Math.max(width, 1) }, width);
}
