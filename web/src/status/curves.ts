/** Earned value over time: what was planned, what was earned, what was spent, and where that leads. */

import type { Context } from "../context";
import type { PeriodColumns, StatusDocument } from "../document";
import { fresh_id, h } from "../dom";
import { make_details } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { nice_step } from "../risk/cost";
import { round_points } from "../risk/finish_drawing";
import { draw_time_axis, Frame, kTimeAxis } from "../risk/frame";
import { make_axis } from "../scale";
import { make_table } from "../tables";
import type { Word } from "../words";

const kPlot = 240; // pixels
const kTop = 18;
const kRight = 16;
const kUsualWidth = 900;

type Point = [time: number, money: number];
type Value = NonNullable<StatusDocument["value"]>;

/** A sum's course up to the status date, where it stands at `now`. */
export function course(periods: PeriodColumns, sums: (number | null)[], as_of: number, now: number | null): Point[] {
  const points: Point[] = periods.from.length > 0 ? [[periods.from[0], 0]] : [];
  sums.forEach((sum, i) => {
    if (sum !== null && periods.to[i] <= as_of) points.push([periods.to[i], sum]);
  });
  if (now !== null && points.length > 0 && points[points.length - 1][0] < as_of) points.push([as_of, now]);
  return points;
}

export const planned_course = (periods: PeriodColumns): Point[] =>
  periods.from.length === 0 ? [] : [[periods.from[0], 0], ...periods.to.map((to, i): Point => [to, periods.planned[i]])];

function draw_line(pen: Pen, points: Point[], x: (time: number) => number, y: (money: number) => number, colour: string, width: number, dash?: number[]): void {
  if (points.length > 1) pen.line(points.flatMap(([time, money]) => [x(time), y(money)]), colour, width, dash);
}

function draw(pen: Pen, context: Context, status: StatusDocument, value: Value, width: number): void {
  const periods = status.weeks ?? status.months;
  const planned = planned_course(periods);
  const earned = course(periods, periods.earned, status.as_of, value.ev);
  const spent = value.ac === null ? [] : course(periods, periods.actual, status.as_of, value.ac);
  const end = status.finish ?? periods.to[periods.to.length - 1];
  const most = 1.04 * Math.max(value.bac, value.eac ?? 0, value.ac ?? 0);
  const step = nice_step(most, 5);
  const ticks: number[] = [];
  for (let at = 0; at <= most; at += step) ticks.push(at);
  const texts = ticks.map((at) => context.format.money(at));
  const left = Math.ceil(Math.max(...texts.map((text) => measure(text, { size: 11 })))) + 12;
  const to = Math.max(end, periods.to[periods.to.length - 1], status.as_of);
  const air = (to - periods.from[0]) * 0.02;
  const frame = new Frame(left, kTop, Math.max(40, width - left - kRight), kPlot, periods.from[0], to + air);
  const x = (time: number) => frame.x(time);
  const y = (money: number) => frame.y(money / most);
  ticks.forEach((at, i) => {
    const line = Math.round(y(at)) + 0.5;
    if (i > 0) pen.line([left, line, frame.right, line], palette.rule);
    pen.text(texts[i], left - 8, line, palette.soft, { size: 11, align: "right" });
  });
  draw_time_axis(pen, frame, make_axis(context.format, frame.scale), palette);
  const now = Math.round(x(status.as_of)) + 0.5;
  pen.line([now, kTop - 6, now, frame.foot], palette.now, 1.2);
  const label = context.say("curve_now");
  const is_left = now + 6 + measure(label, { size: 11 }) > frame.right;
  pen.text(label, now + (is_left ? -6 : 6), kTop - 8, palette.now, { size: 11, align: is_left ? "right" : "left", halo: palette.paper });
  draw_line(pen, planned, x, y, palette.soft, 1.6, [6, 3]);
  // Straight to where they are expected to end: what lies between nobody has said.
  if (end > status.as_of) {
    draw_line(pen, [[status.as_of, value.ev], [end, value.bac]], x, y, palette.ink, 1.4, [2, 3]);
    pen.shape(round_points(x(end), y(value.bac), 3.6), palette.paper, palette.ink);
    if (value.ac !== null && value.eac !== null) {
      draw_line(pen, [[status.as_of, value.ac], [end, value.eac]], x, y, palette.accent, 1.4, [2, 3]);
      pen.shape([x(end) - 4, y(value.eac) - 4, x(end) + 4, y(value.eac) - 4, x(end) + 4, y(value.eac) + 4, x(end) - 4, y(value.eac) + 4], palette.paper, palette.accent);
    }
  }
  draw_line(pen, spent, x, y, palette.accent, 2);
  draw_line(pen, earned, x, y, palette.ink, 2.4);
  const dot = (points: Point[], colour: string, is_square: boolean) => {
    if (points.length === 0) return;
    const [px, py] = [x(points[points.length - 1][0]), y(points[points.length - 1][1])];
    pen.shape(is_square ? [px - 3.4, py - 3.4, px + 3.4, py - 3.4, px + 3.4, py + 3.4, px - 3.4, py + 3.4] : round_points(px, py, 3.8), colour);
  };
  dot(spent, palette.accent, true);
  dot(earned, palette.ink, false);
}

function make_entry(context: Context, word: Word, draw_mark: (pen: Pen) => void): HTMLElement {
  const picture = make_svg(26, 14);
  picture.setAttribute("aria-hidden", "true");
  draw_mark(new SvgPen(picture, `curve-legend-${word}`));
  return h("li", {}, picture, context.say(word));
}

function make_legend(context: Context, value: Value): HTMLElement {
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    make_entry(context, "curve_planned", (pen) => pen.line([0, 10, 26, 4], palette.soft, 1.6, [6, 3])),
    make_entry(context, "curve_earned", (pen) => {
      pen.line([0, 10, 20, 5], palette.ink, 2.4);
      pen.shape(round_points(21, 5, 3.8), palette.ink);
    }),
    value.ac !== null &&
      make_entry(context, "curve_spent", (pen) => {
        pen.line([0, 10, 20, 5], palette.accent, 2);
        pen.rect(18, 2, 6.8, 6.8, palette.accent);
      }),
    make_entry(context, "curve_forecast", (pen) => pen.line([0, 10, 26, 4], palette.ink, 1.4, [2, 3])),
  );
}

function make_month_table(context: Context, status: StatusDocument): HTMLElement {
  const { format } = context;
  const { months, as_of } = status;
  const money = (title: Word, value: (i: number) => number | null) => ({
    title: context.say(title),
    show: (i: number) => (value(i) === null ? "" : format.money(value(i)!)),
    order: value,
    is_number: true,
    is_optional: true,
  });
  const ratio = (title: string, above: (i: number) => number | null, below: (i: number) => number | null) => {
    const value = (i: number) => {
      const [a, b] = [above(i), below(i)];
      return a === null || b === null || b === 0 || months.to[i] > as_of ? null : Math.round((100 * a) / b) / 100;
    };
    return { title, show: (i: number) => (value(i) === null ? "" : value(i)!.toFixed(2)), order: value, is_number: true, is_optional: true };
  };
  return make_table<number>(context, {
    caption: context.say("curves"),
    is_compact: true,
    rows: months.to.map((_, i) => i),
    columns: [
      { title: context.say("month"), show: (i) => format.cell(months.to[i], true).slice(0, 10), is_short: true, is_head: true },
      money("curve_planned", (i) => months.planned[i]),
      money("curve_earned", (i) => months.earned[i]),
      money("curve_spent", (i) => months.actual[i]),
      ratio("SPI", (i) => months.earned[i], (i) => months.planned[i]),
      ratio("CPI", (i) => months.earned[i], (i) => months.actual[i]),
    ],
  });
}

/** Null without a budget, or where there are no periods. */
export function make_curves(context: Context, status: StatusDocument): HTMLElement | null {
  const { value } = status;
  if (!value || (status.weeks ?? status.months).from.length === 0) return null;
  const money = (sum: number | null) => (sum === null ? "–" : context.format.money(sum));
  const label = context.say("curves_label", money(value.pv), money(value.ev), money(value.ac), money(value.bac));
  const plot = h("div.risk-plot", { role: "img", "aria-label": label });
  let drawn = 0;
  const draw_anew = (width: number) => {
    drawn = width;
    const svg = make_svg(width, kTop + kPlot + kTimeAxis);
    svg.setAttribute("aria-hidden", "true");
    draw(new SvgPen(svg, fresh_id("curves")), context, status, value, width);
    plot.replaceChildren(svg);
  };
  draw_anew(kUsualWidth);
  new ResizeObserver(() => {
    const width = Math.floor(plot.clientWidth);
    if (width >= 60 && width !== drawn) draw_anew(width);
  }).observe(plot);
  return h(
    "div.risk-block",
    {},
    h("h3", {}, context.say("curves")),
    make_legend(context, value),
    plot,
    make_details(context, () => [make_month_table(context, status)]),
  );
}
