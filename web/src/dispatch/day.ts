/** How many do what from moment to moment: arrivals against need, and everybody else above them. */

import { fresh_id, h } from "../dom";
import { make_details } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { nice_step } from "../risk/cost";
import { draw_time_axis, Frame, kTimeAxis } from "../risk/frame";
import { make_axis } from "../scale";
import { make_table } from "../tables";
import type { Word } from "../words";
import type { DispatchContext } from "./context";

const kPlot = 190; // pixels
const kTop = 36;
const kRight = 14;
const kUsualWidth = 820;
const kHour = 60;

// From the bottom.
const kBands: ["present" | "moving" | "on_the_way" | "at_start", Word, string][] = [
  ["present", "d_present", palette.bar],
  ["moving", "d_moving", palette.now],
  ["on_the_way", "d_on_the_way", palette.fan_3],
  ["at_start", "d_at_start", palette.fan_1],
];

function make_frame(context: DispatchContext, width: number): { frame: Frame; most: number; ticks: number[] } {
  const { answer, hours, need } = context.document;
  const most = 1.06 * Math.max(answer.people, answer.needed, 1);
  const step = nice_step(most, 4);
  const ticks: number[] = [];
  for (let at = 0; at <= most; at += step) ticks.push(at);
  const left = Math.ceil(Math.max(...ticks.map((at) => measure(context.number(at), { size: 11 })))) + 12;
  const to = Math.max(hours.times[hours.times.length - 1], ...need.times);
  const from = hours.times[0];
  return { frame: new Frame(left, kTop, Math.max(40, width - left - kRight), kPlot, from, to + (to - from) * 0.02), most, ticks };
}

/** A course of steps: it stays as it is until the next moment. */
function steps(times: number[], values: number[], end: number): [number, number][] {
  return times.flatMap((time, i): [number, number][] => [
    [time, values[i]],
    [times[i + 1] ?? end, values[i]],
  ]);
}

function draw(pen: Pen, context: DispatchContext, width: number): Frame {
  const { course, need, answer, hours } = context.document;
  const { frame, most, ticks } = make_frame(context, width);
  const y = (people: number) => frame.y(people / most);
  for (const at of ticks) {
    const line = Math.round(y(at)) + 0.5;
    if (at > 0) pen.line([frame.left, line, frame.right, line], palette.rule);
    pen.text(context.number(at), frame.left - 8, line, palette.soft, { size: 11, align: "right" });
  }
  let below = course.times.map(() => 0);
  for (const [key, , colour] of kBands) {
    const above = below.map((value, i) => value + course[key][i]);
    const upper = steps(course.times, above, frame.to);
    const lower = steps(course.times, below, frame.to).reverse();
    pen.shape([...upper, ...lower].flatMap(([time, value]) => [frame.x(time), y(value)]), colour);
    if (key === "present") pen.line(upper.flatMap(([time, value]) => [frame.x(time), y(value)]), palette.ink, 1.6);
    below = above;
  }
  draw_time_axis(pen, frame, make_axis(context.format, frame.scale), palette);
  const needed = steps(need.times, need.count, frame.to);
  if (needed.length > 0) pen.line([[needed[0][0], 0] as [number, number], ...needed].flatMap(([time, value]) => [frame.x(time), y(value)]), palette.accent, 2, [5, 3]);
  need.times.forEach((time, i) => {
    const [px, py] = [frame.x(time), y(need.count[i])];
    pen.shape([px, py - 5, px + 5, py, px, py + 5, px - 5, py], palette.accent, palette.paper);
  });
  const full = answer.value.full_strength;
  if (full !== null && full >= hours.times[0] && full <= frame.to) {
    const x = Math.round(frame.x(full)) + 0.5;
    pen.line([x, kTop - 18, x, frame.foot], palette.ink, 1.6);
    const label = context.say("d_full", context.short(full));
    const is_left = x + 6 + measure(label, { size: 11, bold: true }) > width;
    pen.text(label, x + (is_left ? -6 : 0), kTop - 26, palette.ink, { size: 11, bold: true, align: is_left ? "right" : "center" });
  }
  return frame;
}

function make_legend(context: DispatchContext): HTMLElement {
  const entry = (word: Word, draw_mark: (pen: Pen) => void) => {
    const picture = make_svg(22, 14);
    picture.setAttribute("aria-hidden", "true");
    draw_mark(new SvgPen(picture, `day-legend-${word}`));
    return h("li", {}, picture, context.say(word));
  };
  const { need } = context.document;
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    ...kBands.map(([, word, colour]) =>
      entry(word, (pen) => {
        pen.rect(1, 1, 20, 12, colour);
        if (colour === palette.bar) pen.line([1, 1.5, 21, 1.5], palette.ink, 1.6);
        if (colour === palette.fan_1) pen.frame(1, 1, 20, 12, palette.rule);
      }),
    ),
    need.times.length > 0 &&
      entry("d_need", (pen) => {
        pen.line([0, 7, 22, 7], palette.accent, 2, [5, 3]);
        pen.shape([11, 2, 16, 7, 11, 12, 6, 7], palette.accent, palette.paper);
      }),
  );
}

/** Who is where at every whole hour. */
function make_hours_table(context: DispatchContext): HTMLElement {
  const { hours } = context.document;
  const rows = hours.times.map((_, i) => i).filter((i) => hours.times[i] % kHour === 0 || i === 0);
  const column = (title: Word, values: number[]) => ({
    title: context.say(title),
    show: (i: number) => context.number(values[i]),
    order: (i: number) => values[i],
    is_number: true,
  });
  return make_table<number>(context, {
    caption: context.say("d_hours_table"),
    is_compact: true,
    rows,
    columns: [
      { title: context.say("d_time"), show: (i) => context.format.cell(hours.times[i]), is_short: true, is_head: true },
      column("d_at_start", hours.at_start),
      column("d_on_the_way", hours.on_the_way),
      column("d_moving", hours.moving),
      column("d_present", hours.present),
      column("d_total", hours.all),
    ],
  });
}

export function make_day(context: DispatchContext): HTMLElement {
  const { answer, hours, says } = context.document;
  const last = hours.times[hours.times.length - 1];
  const label = context.say("d_day_label", context.number(answer.people), context.short(hours.times[0]), context.short(last), context.pair(says.headline));
  const plot = h("div.risk-plot.d-day", { role: "img", "aria-label": label });
  const stem = fresh_id("day");
  let drawn = 0;
  let frame = make_frame(context, kUsualWidth).frame;
  let cursor: SVGElement | null = null;
  const show_cursor = (step: number) => {
    cursor?.remove();
    const svg = plot.querySelector("svg");
    if (!svg || step < 0) return;
    const pen = new SvgPen(svg, `${stem}-cursor`);
    const x = Math.round(frame.x(hours.times[step])) + 0.5;
    pen.line([x, kTop - 8, x, frame.foot], palette.ink, 1, [2, 2]);
    pen.shape([x - 5, kTop - 12, x + 5, kTop - 12, x, kTop - 5], palette.ink);
    cursor = document.createElementNS("http://www.w3.org/2000/svg", "g");
    cursor.append(...[...svg.children].slice(-2));
    svg.append(cursor);
  };
  const draw_anew = (width: number) => {
    drawn = width;
    const svg = make_svg(width, kTop + kPlot + kTimeAxis);
    svg.setAttribute("aria-hidden", "true");
    frame = draw(new SvgPen(svg, stem), context, width);
    plot.replaceChildren(svg);
    show_cursor(context.store.state.step);
  };
  draw_anew(kUsualWidth);
  new ResizeObserver(() => {
    const width = Math.floor(plot.clientWidth);
    if (width >= 120 && width !== drawn) draw_anew(width);
  }).observe(plot);
  context.store.listen(({ step }, changed) => {
    if (changed.has("step")) show_cursor(step);
  });
  plot.addEventListener("pointerdown", (event) => {
    const time = frame.time(event.clientX - plot.getBoundingClientRect().left);
    const step = Math.round((time - hours.times[0]) / hours.step);
    context.store.set({ step: Math.max(0, Math.min(hours.times.length - 1, step)), playing: false });
  });
  return h(
    "div.risk-block.d-day-block",
    {},
    h("h3", { id: "day" }, context.say("d_day")),
    make_legend(context),
    plot,
    make_details(context, () => [make_hours_table(context)]),
  );
}
