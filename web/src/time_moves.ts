/** Ways to move the stretch of time that is shown; `x` and `pixels` are those of a plot. */

import type { Context } from "./context";
import type { Minutes } from "./document";
import { around, centred, including, panned, type TimeWindow, whole_plan, zoomed } from "./time_window";

export class TimeMoves {
  constructor(
    private readonly context: Context,
    private readonly width: () => number,
  ) {}

  fit(): void {
    this.move_to(whole_plan(this.context.model, this.width()));
  }

  /** Closer where `factor` is above 1. */
  zoom(factor: number, x: number): void {
    const { model, store } = this.context;
    this.move_to(zoomed(model, store.state, factor, x, this.width()));
  }

  pan(pixels: number, start: TimeWindow = this.context.store.state): void {
    this.move_to(panned(this.context.model, start, pixels, this.width()));
  }

  center(from: Minutes, to: Minutes = from): void {
    const { model, store } = this.context;
    this.move_to(centred(model, store.state, from, to, this.width()));
  }

  /** Shows just the stretch, with as much again beside it. */
  around(from: Minutes, to: Minutes): void {
    this.move_to(around(this.context.model, from, to, this.width()));
  }

  /** Moves no farther than needed to show the stretch. */
  include(from: Minutes, to: Minutes): void {
    const { model, store } = this.context;
    this.move_to(including(model, store.state, from, to, this.width()));
  }

  private move_to({ from, per_pixel }: TimeWindow): void {
    this.context.store.set({ from, per_pixel });
  }
}
