/** On paper: the rows in vectors, over the whole plan as the Gantt chart's sheets are. */

import { draw_axis, kAxisHeight } from "../axis";
import type { Context } from "../context";
import { type Palette, read_palette } from "../palette";
import { make_svg, type Pen, SvgPen } from "../pen";
import { make_axis, Scale } from "../scale";
import { whole_plan } from "../time_window";
import type { Row } from "./list";
import type { View } from "./view";

const kPaperWidth = 930; // pixels of the plot on a sheet of 1400; paper scales it

/** Paper is white, whatever the screen is. */
function paper_palette(): Palette {
  const { classList } = document.documentElement;
  const is_dark = classList.contains("dark");
  classList.remove("dark");
  const palette = read_palette();
  classList.toggle("dark", is_dark);
  return palette;
}

/** Puts a picture after each canvas. */
export function put_on_paper(context: Context, view: View, axis_canvas: HTMLCanvasElement, rows: Row[]): void {
  const { format, model } = context;
  const { height } = view;
  const palette = paper_palette();
  const { from, per_pixel } = whole_plan(model, kPaperWidth);
  const scale = new Scale(from, per_pixel, kPaperWidth);
  const axis = make_axis(format, scale);
  const put = (canvas: HTMLCanvasElement, height: number, name: string, draw: (pen: Pen) => void) => {
    const picture = make_svg(kPaperWidth, height);
    picture.setAttribute("class", "load-paper");
    picture.setAttribute("aria-hidden", "true");
    draw(new SvgPen(picture, `load-paper-${name}`));
    canvas.after(picture);
  };
  put(axis_canvas, kAxisHeight, "axis", (pen) => draw_axis(pen, axis, scale, kAxisHeight, palette));
  for (const { canvas, resource } of rows) {
    put(canvas, height, String(resource), (pen) => {
      pen.clip(0, 0, kPaperWidth, height, () => view.paint(pen, resource, axis, scale, palette));
    });
  }
}

export function back_to_screen(chart: HTMLElement): void {
  chart.querySelectorAll(".load-paper").forEach((picture) => picture.remove());
}
