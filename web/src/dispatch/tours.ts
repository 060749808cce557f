/** Who visits what when: a row a duty, visits as bars with travel between them; a picture for each day. */

import { fresh_id, h } from "../dom";
import { kDay } from "../format";
import { make_part } from "../parts";
import { css_palette as palette } from "../palette";
import { cut, make_svg, measure, type Pen, SvgPen } from "../pen";
import { draw_time_axis, Frame, kTimeAxis } from "../risk/frame";
import { make_axis } from "../scale";
import type { Word } from "../words";
import type { DispatchContext } from "./context";
import type { TourDocument } from "./document";
import { make_field_tables } from "./tables";

const kRow = 30; // pixels
const kBar = 18;
const kTop = 6;
const kUsualWidth = 1180;

const days_of = (tours: TourDocument[]): TourDocument[][] => {
  const days = new Map<number, TourDocument[]>();
  for (const tour of tours) {
    const day = Math.floor(tour.from / kDay);
    days.set(day, [...(days.get(day) ?? []), tour]);
  }
  return [...days.entries()].sort(([a], [b]) => a - b).map(([, day]) => day);
};

function draw_tour(pen: Pen, context: DispatchContext, tour: TourDocument, frame: Frame, middle: number): void {
  const bar = (from: number, to: number) => [frame.x(from), Math.max(2, frame.x(to) - frame.x(from))];
  const [x, width] = bar(tour.from, tour.until);
  pen.rect(x, middle - kBar / 2 - 2, width, kBar + 4, palette.rest);
  if (tour.leaves !== null && tour.back !== null) pen.line([frame.x(tour.leaves), middle, frame.x(tour.back), middle], palette.now, 2);
  for (const stop of tour.stops) {
    const [left, wide] = bar(stop.begins, stop.ends);
    if (stop.visit === "") {
      pen.rect(left, middle - kBar / 2, wide, kBar, palette.paper);
      pen.hatch(left, middle - kBar / 2, wide, kBar, palette.faint);
      pen.frame(left, middle - kBar / 2, wide, kBar, palette.faint);
      continue;
    }
    const waits = stop.arrives !== null && stop.arrives < stop.begins ? frame.x(stop.arrives) : left;
    if (waits < left) {
      pen.line([waits, middle, left, middle], palette.rest, 4);
      pen.line([waits, middle, left, middle], palette.faint, 1.5, [2, 3]);
    }
    pen.rect(left, middle - kBar / 2, wide, kBar, palette.bar, 2);
    if (stop.late > 0) pen.frame(left, middle - kBar / 2, wide, kBar, palette.accent, 2, 2);
    const text = cut(context.pair(stop.name), wide - 6, { size: 11 });
    if (text.length > 2) pen.text(text, left + 3, middle, palette.ink, { size: 11 });
  }
  const end = tour.back ?? tour.until;
  if (tour.overtime > 0) pen.line([frame.x(tour.until), middle - kBar / 2 - 2, frame.x(tour.until), middle + kBar / 2 + 2], palette.accent, 2);
  pen.text(String(tour.stops.filter(({ visit }) => visit !== "").length), frame.x(Math.max(end, tour.until)) + 5, middle, palette.soft, { size: 11, bold: true });
}

function draw_day(context: DispatchContext, tours: TourDocument[], width: number, stem: string): SVGSVGElement {
  const names = tours.map((tour) => context.pair(tour.name) || tour.duty);
  const left = Math.min(width * 0.34, Math.max(...names.map((name) => measure(name, { size: 12 })))) + 12;
  const from = Math.min(...tours.map((tour) => tour.from));
  const to = Math.max(...tours.map(({ until, back }) => Math.max(until, back ?? until)));
  const height = tours.length * kRow;
  const frame = new Frame(left, kTop, Math.max(60, width - left - 30), height, from, to);
  const svg = make_svg(width, kTop + height + kTimeAxis);
  svg.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(svg, stem);
  tours.forEach((tour, i) => {
    const middle = kTop + (i + 0.5) * kRow;
    pen.text(names[i], 0, middle, palette.ink, { size: 12, width: left - 10 });
    draw_tour(pen, context, tour, frame, middle);
  });
  draw_time_axis(pen, frame, make_axis(context.format, frame.scale), palette);
  return svg;
}

function make_legend(context: DispatchContext): HTMLElement {
  const entry = (word: Word, draw_mark: (pen: Pen) => void) => {
    const picture = make_svg(22, 14);
    picture.setAttribute("aria-hidden", "true");
    draw_mark(new SvgPen(picture, `tour-legend-${word}`));
    return h("li", {}, picture, context.say(word));
  };
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    entry("d_on_duty", (pen) => pen.rect(0, 1, 22, 12, palette.rest)),
    entry("d_visit", (pen) => pen.rect(0, 2, 22, 10, palette.bar, 2)),
    entry("d_visit_late", (pen) => {
      pen.rect(0, 2, 22, 10, palette.bar, 2);
      pen.frame(0, 2, 22, 10, palette.accent, 2, 2);
    }),
    entry("d_travel", (pen) => pen.line([0, 7, 22, 7], palette.now, 2)),
    entry("d_waits", (pen) => pen.line([0, 7, 22, 7], palette.faint, 1.5, [2, 3])),
    entry("d_rest", (pen) => {
      pen.hatch(0, 2, 22, 10, palette.faint);
      pen.frame(0, 2, 22, 10, palette.faint);
    }),
  );
}

function make_day(context: DispatchContext, tours: TourDocument[]): HTMLElement {
  const day = context.format.long_day(tours[0].from);
  const plot = h("div.risk-plot", { role: "img", "aria-label": context.say("d_tours_label", day, tours.length) });
  const stem = fresh_id("tours");
  let drawn = kUsualWidth;
  plot.replaceChildren(draw_day(context, tours, drawn, stem));
  new ResizeObserver(() => {
    const width = Math.floor(plot.clientWidth);
    if (width < 200 || width === drawn) return;
    drawn = width;
    plot.replaceChildren(draw_day(context, tours, width, stem));
  }).observe(plot);
  const mark = context.mark(tours.some(({ assumed, stops }) => assumed || stops.some((stop) => stop.assumed)));
  return h("div.risk-block.d-tour-day", {}, h("h3", {}, day, mark), plot);
}

export const kTourTables = ["tours", "stops", "not_visited", "visit_changes"];

export function make_tours(context: DispatchContext): HTMLElement {
  const { tours } = context.document.field!;
  return make_part(
    context,
    "tours",
    "d_tours",
    make_legend(context),
    ...days_of(tours).map((day) => make_day(context, day)),
    ...make_field_tables(context, (key) => kTourTables.includes(key)),
  );
}
