/** The load by mouse, pen and touch: point, click, drag, wheel. */

import type { LoadChart, Spot } from "./chart";

const kDragged = 4; // pixels: less is a click

const is_on_plot = (chart: LoadChart, target: EventTarget | null): target is HTMLCanvasElement =>
  target instanceof HTMLCanvasElement && chart.plots.contains(target);

/** What is drawn `x` pixels into that canvas; of the axis, nothing. */
function spot_at(chart: LoadChart, target: EventTarget | null, x: number): Spot | null {
  if (!is_on_plot(chart, target) || target.dataset.row === undefined) return null;
  const row = Number(target.dataset.row);
  const index = chart.view.index_at(chart.resource(row), x, chart.scale);
  return index < 0 ? null : { row, index };
}

/** Sideways moves, with Control or Command zooms; otherwise the page scrolls. */
function turn(chart: LoadChart, event: WheelEvent): void {
  if (!is_on_plot(chart, event.target)) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    chart.time.zoom(2 ** (-event.deltaY / 240), event.offsetX);
    return;
  }
  const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
  event.preventDefault();
  chart.time.pan(sideways);
}

/** A drag moves the time; a click tells who. */
function press(chart: LoadChart, event: PointerEvent): void {
  if (event.button !== 0 || !is_on_plot(chart, event.target)) return;
  const canvas = event.target;
  const { from, per_pixel } = chart.context.store.state;
  const [begin, x] = [event.clientX, event.offsetX];
  let is_drag = false;
  canvas.setPointerCapture(event.pointerId);
  const move = (moved: PointerEvent) => {
    const by = begin - moved.clientX;
    is_drag ||= Math.abs(by) > kDragged;
    if (!is_drag) return;
    chart.point(null);
    chart.time.pan(by, { from, per_pixel });
  };
  const done = (up: PointerEvent) => {
    canvas.removeEventListener("pointermove", move);
    canvas.removeEventListener("pointerup", done);
    canvas.removeEventListener("pointercancel", done);
    const spot = up.type === "pointerup" && !is_drag ? spot_at(chart, canvas, x) : null;
    if (spot) chart.tell(spot, false);
  };
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", done);
  canvas.addEventListener("pointercancel", done);
}

export function listen_to_pointer(chart: LoadChart): void {
  const { plots } = chart;
  plots.addEventListener("wheel", (event) => turn(chart, event), { passive: false });
  plots.addEventListener("pointerdown", (event) => press(chart, event));
  plots.addEventListener("pointermove", (event) => {
    if (event.buttons === 0) chart.point(spot_at(chart, event.target, event.offsetX), event.offsetX);
  });
  plots.addEventListener("pointerleave", () => chart.point(null));
}
