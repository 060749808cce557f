/** The load by keyboard: rows, spots, who uses it, the peak. */

import type { LoadChart } from "./chart";

const kZoomStep = 1.25;
const kPanStep = 0.15; // of the width

function step_row(chart: LoadChart, by: number): void {
  const row = Math.max(0, Math.min(chart.num_rows - 1, chart.row + by));
  const { pointed, view } = chart;
  const time = pointed ? view.stretch(chart.resource(pointed.row), pointed.index).from : chart.scale.from;
  chart.go({ row, index: view.index_near(chart.resource(row), time) });
}

/** To the spell or the division before or after. */
function step(chart: LoadChart, by: number): void {
  const { pointed, view } = chart;
  if (!pointed) {
    step_row(chart, chart.row < 0 ? 1 : 0);
    return;
  }
  const { row, index } = pointed;
  chart.go({ row, index: view.index_beside(chart.resource(row), index, by) });
}

export function handle_key(chart: LoadChart, event: KeyboardEvent): void {
  if (event.target !== chart.plots || event.ctrlKey || event.metaKey || event.altKey) return;
  const { width } = chart.scale;
  const page = kPanStep * width;
  const actions: Record<string, () => void> = {
    ArrowUp: () => step_row(chart, -1),
    ArrowDown: () => step_row(chart, 1),
    ArrowLeft: () => (event.shiftKey ? chart.time.pan(-page) : step(chart, -1)),
    ArrowRight: () => (event.shiftKey ? chart.time.pan(page) : step(chart, 1)),
    Enter: () => chart.pointed && chart.tell(chart.pointed, true),
    p: () => chart.go_to_peak(Math.max(0, chart.row)),
    "+": () => chart.time.zoom(kZoomStep, width / 2),
    "=": () => chart.time.zoom(kZoomStep, width / 2),
    "-": () => chart.time.zoom(1 / kZoomStep, width / 2),
    "0": () => chart.time.fit(),
    Escape: () => (chart.is_telling ? chart.close_users() : chart.point(null)),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}
