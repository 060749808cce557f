/** Who is where: the clock, the map, the course of the day below it, and the figures beside them. */

import { fresh_id, h } from "../dom";
import { make_part } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, type Pen, SvgPen } from "../pen";
import { round_points } from "../risk/finish_drawing";
import type { Word } from "../words";
import { make_clock, time_words } from "./clock";
import type { DispatchContext } from "./context";
import { make_day } from "./day";
import type { HoursDocument } from "./document";
import { draw_map, make_picture } from "./map";
import { make_now, make_sum } from "./now";

const kUsualWidth = 820;

/** When most ways are in use, and then most people on them: what the page opens with. */
export function busiest_step({ times, under_way, moving }: HoursDocument): number {
  const ways = times.map((_, step) => under_way.filter((counts) => counts[step] > 0).length);
  let best = 0;
  times.forEach((_, step) => {
    if (ways[step] > ways[best] || (ways[step] === ways[best] && moving[step] > moving[best])) best = step;
  });
  return best;
}

function make_entry(context: DispatchContext, word: Word, draw: (pen: Pen) => void): HTMLElement {
  const picture = make_svg(26, 16);
  picture.setAttribute("aria-hidden", "true");
  draw(new SvgPen(picture, `map-legend-${word}`));
  return h("li", {}, picture, context.say(word));
}

function make_legend(context: DispatchContext): HTMLElement {
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    make_entry(context, "d_key_people", (pen) => pen.shape(round_points(13, 8, 6.5), palette.paper, palette.summary)),
    make_entry(context, "d_key_most", (pen) => pen.shape(round_points(13, 8, 7.5), palette.panel, palette.rule)),
    make_entry(context, "d_key_ready", (pen) => {
      pen.shape(round_points(13, 8, 6.5), palette.paper, palette.summary);
      pen.shape(round_points(13, 8, 4.2), palette.bar);
    }),
    make_entry(context, "d_key_way", (pen) => pen.line([0, 8, 26, 8], palette.fan_2, 7)),
    make_entry(context, "d_key_now", (pen) => pen.line([0, 8, 26, 8], palette.now, 4)),
  );
}

function make_map(context: DispatchContext): HTMLElement {
  const { places, arcs, outline } = context.document;
  const plot = h("div.risk-plot.d-map", { role: "img" });
  const stem = fresh_id("map");
  let picture = make_picture(context, kUsualWidth);
  const show = (step: number) => {
    const word = step < 0 ? "d_map_whole" : "d_map_label";
    plot.setAttribute("aria-label", context.say(word, places.length, arcs.length, time_words(context, step)));
    plot.replaceChildren(draw_map(context, picture, step, stem));
  };
  show(context.store.state.step);
  new ResizeObserver(() => {
    const width = Math.floor(plot.clientWidth);
    if (width < 200 || width === picture.width) return;
    picture = make_picture(context, width);
    show(context.store.state.step);
  }).observe(plot);
  context.store.listen(({ step }, changed) => {
    if (changed.has("step")) show(step);
  });
  const note = [context.say("d_schematic"), ...(outline.length > 0 ? [context.say("d_outlined")] : [])].join(context.language === "zh" ? "" : " ");
  return h("div.d-map-block", {}, make_legend(context), plot, h("p.faint.d-note", {}, note));
}

export function make_where(context: DispatchContext): HTMLElement {
  return make_part(
    context,
    "where",
    "d_map",
    make_clock(context),
    make_sum(context),
    h("div.d-where", {}, h("div.d-pictures", {}, make_map(context), make_day(context)), make_now(context)),
  );
}
