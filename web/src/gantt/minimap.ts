/** The whole time in a strip: every row a hair, the shown window a frame that can be dragged. */

import type { Context } from "../context";
import { h } from "../dom";
import { canvas_pen } from "../pen";
import { Scale } from "../scale";
import type { Row } from "./rows";

export const kMinimapHeight = 34;

export class Minimap {
  readonly element: HTMLElement;
  private readonly canvas = h("canvas", { "aria-hidden": "true" });
  private picture: HTMLCanvasElement | null = null; // all but the frame, drawn once
  private picture_width = 0;
  private is_first = true;

  constructor(
    private readonly context: Context,
    private readonly move_to: (time: number) => void, // the middle of the window
  ) {
    this.element = h("div.g-minimap", { title: context.say("overview") }, this.canvas);
    const drag = (event: PointerEvent) => {
      const box = this.canvas.getBoundingClientRect();
      this.move_to(this.whole(box.width).time(event.clientX - box.left));
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      drag(event);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (event.buttons & 1) drag(event);
    });
  }

  private whole(width: number): Scale {
    const { from, to } = this.context.model;
    const slack = (to - from) * 0.02;
    return new Scale(from - slack, (to - from + 2 * slack) / width, width);
  }

  /** The rows have changed. */
  refresh(): void {
    this.picture = null;
  }

  private draw_picture(rows: Row[], width: number): HTMLCanvasElement {
    const { model, palette } = this.context;
    const picture = h("canvas");
    const pen = canvas_pen(picture, width, kMinimapHeight);
    const scale = this.whole(width);
    const room = kMinimapHeight - 6;
    const high = Math.max(0.8, Math.min(3, room / rows.length));
    rows.forEach((row, i) => {
      const task = model.tasks[row.task];
      if (!task.scheduled || (task.kind === "summary" && !row.is_folded)) return;
      const y = 3 + (room * i) / rows.length;
      const wide = Math.max(1.2, (task.finish - task.start) / scale.per_pixel);
      pen.rect(scale.x(task.start), y, wide, high, task.critical ? palette.accent : task.done ? palette.done : palette.bar);
    });
    return picture;
  }

  draw(rows: Row[], window: Scale, width: number, seen: [first: number, last: number]): void {
    const { palette } = this.context;
    if (this.is_first) {
      // A frame later: the reader looks at the chart first.
      this.is_first = false;
      setTimeout(() => this.draw(rows, window, width, seen));
      return;
    }
    if (!this.picture || this.picture_width !== width) {
      this.picture = this.draw_picture(rows, width);
      this.picture_width = width;
    }
    const pen = canvas_pen(this.canvas, width, kMinimapHeight);
    const context = this.canvas.getContext("2d")!;
    context.drawImage(this.picture, 0, 0, width, kMinimapHeight);
    const scale = this.whole(width);
    const left = Math.max(0, scale.x(window.from));
    const right = Math.min(width, scale.x(window.to));
    const room = kMinimapHeight - 6;
    const top = rows.length === 0 ? 0 : 3 + (room * seen[0]) / rows.length;
    const bottom = rows.length === 0 ? kMinimapHeight : 3 + (room * Math.min(seen[1], rows.length)) / rows.length;
    context.globalAlpha = 0.62;
    pen.rect(0, 0, left, kMinimapHeight, palette.panel);
    pen.rect(right, 0, width - right, kMinimapHeight, palette.panel);
    context.globalAlpha = 1;
    pen.frame(left, 0.5, Math.max(4, right - left), kMinimapHeight - 1, palette.faint, 1, 2);
    pen.frame(left + 1, top, Math.max(2, right - left - 2), Math.max(3, bottom - top), palette.now, 1, 1);
  }
}
