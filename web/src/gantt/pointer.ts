/** The chart by mouse, pen and touch: point, click, drag, wheel; the bar between table and chart. */

import { memory } from "../store";
import type { Chart } from "./gantt";

interface Places {
  chart: HTMLElement;
  left: HTMLElement;
  splitter: HTMLElement;
  box: HTMLElement;
  relayout(): void;
}

const kClick = 4; // pixels: less is no drag

function task_of(event: Event): number {
  const row = (event.target as Element).closest<HTMLElement>("[data-task]");
  return row ? Number(row.dataset.task) : -1;
}

function listen_to_table(chart: Chart, left: HTMLElement, why: (task: number) => void): void {
  left.addEventListener("click", (event) => {
    const task = task_of(event);
    if (task < 0) return;
    chart.focus();
    if ((event.target as Element).closest(".g-fold")?.textContent) {
      chart.fold(task, !chart.context.store.state.folded.has(task));
      return;
    }
    chart.context.store.set({ selected: task });
    why(task);
  });
}

function listen_to_chart(chart: Chart, place: HTMLElement, why: (task: number) => void): void {
  let from: { x: number; y: number } | null = null;
  let is_drag = false;
  const at = (event: MouseEvent): [number, number] => {
    const box = place.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    from = { x: event.clientX, y: event.clientY };
    is_drag = false;
    place.setPointerCapture(event.pointerId);
  });
  place.addEventListener("pointermove", (event) => {
    if (!from) {
      const task = chart.task_at(...at(event));
      place.style.cursor = task >= 0 ? "pointer" : "";
      chart.hover(task, event.clientX, event.clientY);
      return;
    }
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!is_drag && Math.hypot(dx, dy) < kClick) return;
    is_drag = true;
    place.style.cursor = "grabbing";
    chart.hover(-1, 0, 0);
    chart.time.pan(-dx);
    chart.scroll_by(-dy);
    from = { x: event.clientX, y: event.clientY };
  });
  place.addEventListener("pointerup", () => {
    from = null;
    place.style.cursor = "";
  });
  place.addEventListener("pointerleave", () => chart.hover(-1, 0, 0));
  place.addEventListener("click", (event) => {
    if (is_drag) return;
    const task = chart.task_at(...at(event));
    chart.context.store.set({ selected: task });
    if (task < 0) return;
    why(task);
  });
  place.addEventListener("dblclick", (event) => {
    const task = chart.context.model.tasks[chart.task_at(...at(event))];
    if (task) chart.time.around(task.start, task.finish);
  });
  place.addEventListener(
    "wheel",
    (event) => {
      const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.ctrlKey) chart.time.zoom(Math.exp(-event.deltaY / 300), at(event)[0]);
      else if (Math.abs(across) > Math.abs(event.shiftKey ? 0 : event.deltaY)) chart.time.pan(across);
      else return; // the list scrolls by itself
      event.preventDefault();
    },
    { passive: false },
  );
}

function listen_to_splitter(places: Places): void {
  const { splitter, box } = places;
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  splitter.addEventListener("pointermove", (event) => {
    if (!(event.buttons & 1)) return;
    memory.set("left", String(Math.round(event.clientX - box.getBoundingClientRect().left)));
    places.relayout();
  });
  splitter.addEventListener("dblclick", () => {
    memory.set("left", "");
    places.relayout();
  });
}

export function listen_to_pointer(chart: Chart, places: Places, why: (task: number) => void): void {
  // Whatever is clicked, the keys go to the list.
  for (const place of [places.left, places.chart]) {
    place.addEventListener("mousedown", (event) => {
      event.preventDefault();
      chart.focus();
    });
  }
  listen_to_table(chart, places.left, why);
  listen_to_chart(chart, places.chart, why);
  listen_to_splitter(places);
}
