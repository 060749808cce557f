/** Cost against date: one dot a trial, and the quarters into which the plan divides them. */

import type { Context } from "../context";
import type { RiskDocument } from "../document";
import { h } from "../dom";
import { make_details } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { make_axis } from "../scale";
import { typeset } from "../typeset";
import { draw_time_axis, Frame, kTimeAxis } from "./frame";
import { make_points_table } from "./tables";
import { share_words } from "./words";

type Cost = NonNullable<RiskDocument["cost"]>;
type Points = NonNullable<RiskDocument["points"]>;

const kPlot = 240; // pixels
const kTop = 10;
const kRight = 14;
const kUsualWidth = 900;
const kDot = 1.6;

/** 1, 2 or 5 times a power of ten: so that about `count` of them fill the span. */
export function nice_step(span: number, count: number): number {
  const least = Math.max(span, 1e-9) / count;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least * (1 - 1e-9))!;
}

/** What is dearer than planned with its sign; the plan itself by its sum. */
function tick_words(context: Context, more: number, planned: number): string {
  const { format } = context;
  if (more === 0) return format.money(planned);
  return `${more > 0 ? "+" : "−"}${format.money(Math.abs(more))}`;
}

interface Range {
  least: number;
  most: number;
}

function cost_range(cost: Cost, points: Points): Range {
  const all = [...points.cost, cost.planned];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const air = Math.max((most - least) * 0.06, 1);
  return { least: least - air, most: most + air };
}

function draw_quarters(pen: Pen, context: Context, cost: Cost, frame: Frame, x: number): void {
  const line = (share: number, word: "quarter_good" | "quarter_dearer" | "quarter_late" | "quarter_both") =>
    `${share_words(context, share)} ${context.say(word)}`;
  const style = { size: 11, halo: palette.paper };
  const at = (text: string, is_left: boolean, is_top: boolean) => {
    // In the outer corner of its quarter; where the quarter is too narrow, over the others.
    const wide = measure(text, style);
    const left = is_left ? frame.left + 6 : Math.max(Math.min(frame.right - 6, Math.max(frame.right - 6, x + 6 + wide)) - wide, frame.left + 6);
    pen.text(text, left, is_top ? frame.top + 9 : frame.foot - 10, palette.soft, style);
  };
  at(line(cost.in_time_dearer, "quarter_dearer"), true, true);
  at(line(cost.joint_share, "quarter_good"), true, false);
  at(line(cost.late_dearer, "quarter_both"), false, true);
  at(line(cost.late_cheaper, "quarter_late"), false, false);
}

function draw(pen: Pen, context: Context, risk: RiskDocument, cost: Cost, points: Points, width: number): void {
  const { least, most } = cost_range(cost, points);
  const step = nice_step(most - least, 7);
  const ticks: number[] = [];
  for (let at = Math.ceil((least - cost.planned) / step) * step; cost.planned + at <= most; at += step) ticks.push(at);
  const texts = ticks.map((more) => tick_words(context, Math.round(more), cost.planned));
  const left = Math.ceil(Math.max(...texts.map((text) => measure(text, { size: 11 })))) + 12;
  const dates = [...points.finish, ...(risk.planned === null ? [] : [risk.planned])];
  const [from, to] = [Math.min(...dates), Math.max(...dates)];
  const air = Math.max((to - from) * 0.04, 1);
  const frame = new Frame(left, kTop, Math.max(40, width - left - kRight), kPlot, from - air, to + air);
  const y_of = (money: number) => frame.y((money - least) / (most - least));
  ticks.forEach((more, i) => {
    const y = Math.round(y_of(cost.planned + more)) + 0.5;
    pen.line([left, y, frame.right, y], palette.rule);
    pen.text(texts[i], left - 8, y, palette.soft, { size: 11, align: "right" });
  });
  draw_time_axis(pen, frame, make_axis(context.format, frame.scale), palette);
  points.finish.forEach((finish, i) => {
    const [x, y] = [frame.x(finish), y_of(points.cost[i])];
    pen.rect(x - kDot, y - kDot, 2 * kDot, 2 * kDot, palette.bar_part, kDot);
  });
  if (risk.planned === null) return;
  const [x, y] = [frame.x(risk.planned), y_of(cost.planned)];
  pen.line([Math.round(x) + 0.5, frame.top, Math.round(x) + 0.5, frame.foot], palette.accent, 1.2);
  pen.line([left, Math.round(y) + 0.5, frame.right, Math.round(y) + 0.5], palette.accent, 1.2);
  draw_quarters(pen, context, cost, frame, x);
}

/** What the quarters say, for those who do not see them. */
const summary = (context: Context, cost: Cost): string =>
  (
    [
      ["quarter_good", cost.joint_share],
      ["quarter_dearer", cost.in_time_dearer],
      ["quarter_late", cost.late_cheaper],
      ["quarter_both", cost.late_dearer],
    ] as const
  )
    .map(([word, share]) => `${context.say(word)} ${share_words(context, share)}`)
    .join(context.say("comma"));

function make_scatter(context: Context, risk: RiskDocument, cost: Cost, points: Points): HTMLElement {
  const plot = h("div.risk-plot", { role: "img", "aria-label": `${context.say("cost_and_date")}: ${summary(context, cost)}` });
  let drawn = 0;
  const draw_anew = (width: number) => {
    drawn = width;
    const svg = make_svg(width, kTop + kPlot + kTimeAxis);
    svg.setAttribute("aria-hidden", "true");
    draw(new SvgPen(svg, "risk-cost"), context, risk, cost, points, width);
    plot.replaceChildren(svg);
  };
  draw_anew(kUsualWidth);
  new ResizeObserver(() => {
    const width = Math.floor(plot.clientWidth);
    if (width >= 60 && width !== drawn) draw_anew(width);
  }).observe(plot);
  return plot;
}

/** Null where no cost varies. */
export function make_cost(context: Context, risk: RiskDocument): HTMLElement | null {
  const { cost, points } = risk;
  if (!cost) return null;
  const { format } = context;
  const sentence = context.say(
    "cost_sentence",
    format.percent(risk.confidence, 0),
    format.money(cost.at_confidence),
    format.money(cost.planned),
    share_words(context, cost.planned_share),
    share_words(context, cost.joint_share),
  );
  const has_points = points !== null && points.finish.length > 0;
  return h(
    "div.risk-block",
    {},
    h("h3", {}, context.say("cost_and_date")),
    h("p.sentence", {}, ...typeset(sentence)),
    has_points && make_scatter(context, risk, cost, points),
    has_points && make_details(context, () => [make_points_table(context, points)]),
  );
}
