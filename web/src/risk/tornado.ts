/** What moves the finish, the most on top: a bar each from earlier to later. */

import type { Context } from "../context";
import type { RiskDocument } from "../document";
import { h } from "../dom";
import { kDay } from "../format";
import { make_details, make_task_button } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { make_table } from "../tables";
import { nice_step } from "./cost";
import { draw_risk_bar, make_tornado_legend } from "./legend";
import { day_words } from "./words";

type Mover = RiskDocument["tornado"][number];

const kRow = 23; // pixels
const kBar = 13;
const kAxis = 20;
const kRight = 16;
const kUsualWidth = 600;
const kNames = 0.36; // of the width, at most

const name_of = (context: Context, mover: Mover): string => (mover.task >= 0 ? context.name(mover.task) : context.pair(mover.name!));

function draw(pen: Pen, context: Context, movers: Mover[], width: number): void {
  const names = movers.map((mover) => name_of(context, mover));
  const widest = Math.ceil(Math.max(...names.map((name) => measure(name))));
  const left = Math.min(widest, Math.floor(width * kNames)) + 12;
  const unit = context.model.document.plan.abstract ? 1 : kDay;
  const ends = movers.flatMap((mover) => [mover.low, mover.high]);
  const least = Math.min(0, ...ends);
  const most = Math.max(0, ...ends);
  const x = (minutes: number) => left + ((minutes - least) / Math.max(1, most - least)) * (width - left - kRight);
  const foot = movers.length * kRow + 4;
  const step = nice_step((most - least) / unit, 9) * unit;
  for (let at = Math.ceil(least / step) * step; at <= most + 1e-6; at += step) {
    const line = Math.round(x(at)) + 0.5;
    const days = context.format.number(Math.round((at / unit) * 100) / 100, 2);
    pen.line([line, 0, line, foot], Math.abs(at) < step / 2 ? palette.ink : palette.rule);
    pen.text(at > step / 2 ? `+${days}` : days, line, foot + 11, palette.soft, { size: 11, align: "center" });
  }
  movers.forEach((mover, i) => {
    const middle = i * kRow + kRow / 2;
    const [from, to] = [mover.low, mover.high].map(x).sort((a, b) => a - b);
    const box = [from, middle - kBar / 2, Math.max(1.5, to - from), kBar] as const;
    if (mover.task >= 0) pen.rect(...box, palette.bar);
    else draw_risk_bar(pen, ...box);
    pen.text(names[i], 0, middle, palette.ink, { width: left - 12 });
  });
  const zero = Math.round(x(0)) + 0.5;
  pen.line([zero, 0, zero, foot], palette.ink);
}

function make_tornado_table(context: Context, movers: Mover[]): HTMLElement {
  const side = (title: "earlier_by" | "later_by", value: (row: Mover) => number) => ({
    title: context.say(title),
    show: (row: Mover) => day_words(context, value(row)),
    order: value,
    csv: (row: Mover) => day_words(context, value(row)),
    is_number: true,
  });
  return make_table<Mover>(context, {
    caption: context.say("tornado"),
    is_compact: true,
    rows: movers,
    columns: [
      {
        title: context.say("what_moves"),
        show: (row) => (row.task >= 0 ? make_task_button(context, row.task) : name_of(context, row)),
        order: (row) => name_of(context, row),
        is_head: true,
      },
      side("earlier_by", (row) => row.low),
      side("later_by", (row) => row.high),
    ],
  });
}

/** Null where nothing moves it. */
export function make_tornado(context: Context, risk: RiskDocument): HTMLElement | null {
  const movers = risk.tornado;
  if (movers.length === 0) return null;
  const most = movers.slice(0, 3).map((mover) => name_of(context, mover)).join(context.say("comma"));
  const plot = h("div.risk-plot", { role: "img", "aria-label": `${context.say("tornado")}: ${most}` });
  let drawn = 0;
  const draw_anew = (width: number) => {
    drawn = width;
    const svg = make_svg(width, movers.length * kRow + 4 + kAxis);
    svg.setAttribute("aria-hidden", "true");
    draw(new SvgPen(svg, "risk-tornado"), context, movers, width);
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
    h("h3", {}, context.say("tornado")),
    h("p.explained", {}, context.say("tornado_explained")),
    make_tornado_legend(context, risk),
    plot,
    make_details(context, () => [make_tornado_table(context, movers)]),
  );
}
