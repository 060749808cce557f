/** What the shapes and colours of the load chart and of the heat map mean. */

import type { Context } from "../context";
import { h } from "../dom";
import { make_svg, type Pen, SvgPen } from "../pen";
import type { Word } from "../words";
import { draw_cross, heat_colour } from "./heat_row";
import { draw_excess } from "./row";

const kWidth = 26;
const kHeight = 14;
let serial = 0;

function make_entry(text: string, draw: (pen: Pen) => void, width = kWidth): HTMLElement {
  const picture = make_svg(width, kHeight);
  picture.setAttribute("aria-hidden", "true");
  draw(new SvgPen(picture, `load-legend-${++serial}`));
  return h("li", {}, picture, text);
}

const entry = (context: Context, word: Word, draw: (pen: Pen) => void) => make_entry(context.say(word), draw);

export function make_chart_legend(context: Context): HTMLElement {
  const { palette } = context;
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    entry(context, "used", (pen) => pen.rect(0, 4, kWidth, kHeight - 4, palette.bar)),
    entry(context, "capacity", (pen) => pen.line([0, 9.5, 13, 9.5, 13, 4.5, kWidth, 4.5], palette.summary, 1.4)),
    entry(context, "overloaded", (pen) => draw_excess(pen, 0, 2, kWidth, kHeight - 4, palette)),
    entry(context, "legend_rest", (pen) => {
      pen.rect(0, 1, kWidth, kHeight - 2, palette.rest);
      pen.frame(0, 1, kWidth, kHeight - 2, palette.rule);
    }),
  );
}

const kSteps = [0, 20, 40, 60, 80, 100];

export function make_heat_legend(context: Context): HTMLElement {
  const { palette, format } = context;
  const step = 14;
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    make_entry(
      `${format.percent(0)} – ${format.percent(1)}`,
      (pen) => kSteps.forEach((percent, i) => pen.rect(i * step, 1, step - 1, kHeight - 2, heat_colour(percent, palette))),
      kSteps.length * step,
    ),
    entry(context, "overloaded", (pen) => {
      pen.rect(0, 1, kWidth, kHeight - 2, palette.accent);
      draw_cross(pen, 0, 1, kWidth, kHeight - 2, palette.paper);
    }),
  );
}
