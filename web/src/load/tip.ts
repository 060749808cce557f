/** What a spot of the load says when it is pointed at. */

import { fill, h } from "../dom";
import type { Row } from "./list";

export class Tip {
  readonly element = h("div.load-tip", { "aria-hidden": "true", hidden: true });

  get is_blank(): boolean {
    return this.element.childElementCount === 0;
  }

  write([name, when, what]: string[]): void {
    fill(this.element, h("strong", {}, name), h("span", {}, when), h("span", {}, what));
  }

  /** Below the row, `x` pixels into its plot, and within the chart. */
  place(chart: HTMLElement, { element, canvas }: Row, x: number): void {
    const outer = chart.getBoundingClientRect();
    const inner = canvas.getBoundingClientRect();
    const room = outer.width - this.element.offsetWidth;
    const left = Math.max(0, Math.min(room, inner.left - outer.left + x + 14));
    this.element.style.left = `${left}px`;
    this.element.style.top = `${element.getBoundingClientRect().bottom - outer.top + 4}px`;
  }
}
