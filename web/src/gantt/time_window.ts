/** The stretch of time that the charts show, and its limits. */

import type { Minutes } from "../document";
import type { Model } from "../model";
import type { Store } from "../store";

const kClosest = 1 / 24; // minutes a pixel
const kMargin = 0.03; // of the whole, on each side

export class TimeWindow {
  constructor(
    private readonly store: Store,
    private readonly model: Model,
    private readonly width: () => number,
  ) {}

  private get length(): Minutes {
    return this.model.to - this.model.from;
  }
  private get farthest(): number {
    return (this.length * 1.6) / this.width();
  }

  private set(from: Minutes, per_pixel: number): void {
    const close = Math.min(Math.max(per_pixel, Math.min(kClosest, this.farthest)), this.farthest);
    const shown = close * this.width();
    const slack = Math.max(this.length * 0.3, shown * 0.5); // how far one may look beyond the plan
    const least = this.model.from - slack;
    const most = Math.max(least, this.model.to + slack - shown);
    this.store.set({ from: Math.min(Math.max(from, least), most), per_pixel: close });
  }

  fit(): void {
    const margin = this.length * kMargin;
    // Names stand to the right of the bars.
    const beside = Math.min(0.14, 90 / this.width());
    const per_pixel = (this.length + 2 * margin) / (this.width() * (1 - beside));
    this.set(this.model.from - margin, per_pixel);
  }

  /** `factor` < 1: closer; what is at pixel `x` stays there. */
  zoom(factor: number, x: number): void {
    const { from, per_pixel } = this.store.state;
    const time = from + x * per_pixel;
    const close = Math.min(Math.max(per_pixel * factor, Math.min(kClosest, this.farthest)), this.farthest);
    this.set(time - x * close, close);
  }

  pan(pixels: number): void {
    const { from, per_pixel } = this.store.state;
    this.set(from + pixels * per_pixel, per_pixel);
  }

  center(time: Minutes): void {
    const { per_pixel } = this.store.state;
    this.set(time - (this.width() * per_pixel) / 2, per_pixel);
  }

  /** Moves no farther than needed, unless it is far; zooms out where both ends do not fit. */
  include(from: Minutes, to: Minutes): void {
    const state = this.store.state;
    const shown = state.per_pixel * this.width();
    if (from >= state.from && to <= state.from + shown) return;
    if (to - from > shown * 0.9) this.around(from, to);
    else this.set((from + to) / 2 - shown / 2, state.per_pixel);
  }

  /** Shows just this stretch, and a little more. */
  around(from: Minutes, to: Minutes): void {
    const length = Math.max(to - from, this.length / 2000, 1);
    const per_pixel = (length * 2) / this.width();
    this.set((from + to) / 2 - length, per_pixel);
  }
}
