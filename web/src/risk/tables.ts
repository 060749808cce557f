/** What the trials tell, as tables: what drives the finish, risks, and what the charts draw. */

import type { Context } from "../context";
import type { RiskDocument } from "../document";
import { make_details, make_task_button } from "../parts";
import { css_palette } from "../palette";
import { make_svg, SvgPen } from "../pen";
import { make_table } from "../tables";
import type { Word } from "../words";
import { day_words, fixed, share_words } from "./words";

const kBar = { width: 64, height: 8 };

/** A share as a bar beside its figure. */
function make_share(context: Context, share: number): (Node | string)[] {
  const svg = make_svg(kBar.width, kBar.height);
  svg.setAttribute("class", "share-bar");
  svg.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(svg, "share");
  pen.rect(0, 0, kBar.width, kBar.height, css_palette.rule);
  pen.rect(0, 0, kBar.width * share, kBar.height, css_palette.bar_part);
  return [svg, share_words(context, share)];
}

const kDigits = 1e4;
const rounded = (value: number): number => Math.round(value * kDigits) / kDigits;

type Driver = RiskDocument["drivers"][number];

export function make_driver_table(context: Context, risk: RiskDocument): HTMLElement {
  const { model } = context;
  const day = (row: Driver) => model.tasks[row.task].day; // of its own
  const days = (row: Driver, time: number) => day_words(context, time, day(row));
  const column = (title: Word, value: (row: Driver) => number) => ({
    title: context.say(title),
    show: (row: Driver) => days(row, value(row)),
    order: (row: Driver) => value(row) / day(row),
    csv: (row: Driver) => days(row, value(row)),
    is_number: true,
  });
  return make_table<Driver>(context, {
    caption: context.say("drivers"),
    is_caption_hidden: true,
    is_compact: true,
    rows: risk.drivers,
    columns: [
      {
        title: context.say("task"),
        show: (row) => make_task_button(context, row.task),
        order: (row) => context.name(row.task),
        is_head: true,
      },
      column("delays_by", (row) => row.delay),
      {
        title: context.say("criticality"),
        show: (row) => make_share(context, row.criticality),
        order: (row) => row.criticality,
        csv: (row) => rounded(row.criticality),
        is_short: true,
      },
      column("as_planned", (row) => row.planned),
      column("average", (row) => row.mean),
      column("deviation", (row) => row.deviation),
      {
        title: context.say("rank_correlation"),
        show: (row) => fixed(context, row.sensitivity, 2),
        order: (row) => row.sensitivity,
        csv: (row) => rounded(row.sensitivity),
        is_number: true,
      },
    ],
  });
}

type Risk = RiskDocument["risks"][number];

/** Null where the plan has none. */
export function make_risk_table(context: Context, risk: RiskDocument): HTMLElement | null {
  if (risk.risks.length === 0) return null;
  return make_table<Risk>(context, {
    caption: context.say("risks"),
    is_caption_hidden: true,
    is_compact: true,
    rows: risk.risks,
    columns: [
      { title: context.say("risks"), show: (row) => context.pair(row.name) || row.id, is_head: true },
      {
        title: context.say("strikes"),
        show: (row) => make_share(context, row.struck),
        order: (row) => row.struck,
        csv: (row) => rounded(row.struck),
        is_short: true,
      },
      {
        title: context.say("then_later_by"),
        show: (row) => day_words(context, row.delay_if_struck),
        order: (row) => row.delay_if_struck,
        csv: (row) => day_words(context, row.delay_if_struck),
        is_number: true,
      },
      {
        title: context.say("on_average"),
        show: (row) => day_words(context, row.delay),
        order: (row) => row.delay,
        csv: (row) => day_words(context, row.delay),
        is_number: true,
      },
    ],
  });
}

const kEvery = 5; // percents

function make_curve_table(context: Context, risk: RiskDocument): HTMLElement {
  const { format } = context;
  const rows = risk.curve.flatMap((_, percent) => (percent % kEvery === 0 ? [percent] : []));
  const date = (curve: RiskDocument["curve"] | undefined, percent: number) => format.cell(curve?.[percent] ?? null, true);
  return make_table<number>(context, {
    caption: context.say("finish_curve"),
    is_compact: true,
    rows,
    columns: [
      {
        title: context.say("share_of_trials"),
        show: (percent) => format.percent(percent / 100, 0),
        order: (percent) => percent,
        is_number: true,
        is_head: true,
      },
      { title: context.say("ends_by"), show: (percent) => date(risk.curve, percent), is_short: true },
      {
        title: context.say("ends_by_links"),
        show: (percent) => date(risk.links_only?.curve, percent),
        is_short: true,
        is_optional: true,
      },
    ],
  });
}

function make_histogram_table(context: Context, risk: RiskDocument): HTMLElement {
  const { format } = context;
  const { edges, counts } = risk.histogram;
  const sums: number[] = [];
  counts.forEach((count, i) => sums.push((sums[i - 1] ?? 0) + count));
  const share = (count: number) => count / Math.max(1, risk.trials);
  return make_table<number>(context, {
    caption: context.say("histogram"),
    is_compact: true,
    rows: counts.map((_, i) => i),
    columns: [
      { title: context.say("from"), show: (i) => format.cell(edges[i]), is_short: true, is_head: true },
      { title: context.say("to"), show: (i) => format.cell(edges[i + 1], true), is_short: true },
      { title: context.say("trials"), show: (i) => format.number(counts[i]), order: (i) => counts[i], is_number: true },
      {
        title: context.say("share_of_trials"),
        show: (i) => format.percent(share(counts[i])),
        order: (i) => rounded(share(counts[i])),
        is_number: true,
      },
      {
        title: context.say("ended_by"),
        show: (i) => format.percent(share(sums[i])),
        order: (i) => rounded(share(sums[i])),
        is_number: true,
      },
    ],
  });
}

export function make_points_table(context: Context, points: NonNullable<RiskDocument["points"]>): HTMLElement {
  const { format } = context;
  return make_table<number>(context, {
    caption: context.say("cost_and_date"),
    is_compact: true,
    rows: points.finish.map((_, i) => i),
    columns: [
      {
        title: context.say("finish"),
        show: (i) => format.cell(points.finish[i], true),
        order: (i) => points.finish[i],
        csv: (i) => format.cell(points.finish[i], true),
        is_short: true,
        is_head: true,
      },
      { title: context.say("cost"), show: (i) => format.money(points.cost[i]), order: (i) => points.cost[i], is_number: true },
    ],
  });
}

export const make_finish_details = (context: Context, risk: RiskDocument): HTMLElement =>
  make_details(context, () => [make_curve_table(context, risk), make_histogram_table(context, risk)]);
