/** Targets, scores, pushes, news and the effects of tasks, as tables with small pictures. */

import type { Context } from "../context";
import type { NewsDocument, OutlookDocument, PushDocument, TargetDocument } from "../document";
import { h } from "../dom";
import { css_palette as palette } from "../palette";
import { make_svg, type Pen, SvgPen } from "../pen";
import { round_points } from "../risk/finish_drawing";
import { share_words } from "../risk/words";
import { make_table } from "../tables";
import type { Word } from "../words";
import { by_risk, figure, goal_words, make_short_chance, period_words, signed, target_name, with_unit } from "./reading";

const kWidth = 96; // of a picture in a cell
const kHeight = 14;

function make_picture(name: string, draw: (pen: Pen) => void, width = kWidth): Element {
  const svg = make_svg(width, kHeight);
  svg.setAttribute("class", "share-bar");
  svg.setAttribute("aria-hidden", "true");
  draw(new SvgPen(svg, name));
  return svg;
}

const kDigits = 1e4;
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * kDigits) / kDigits);

/** All of them, with what the cards draw. */
export function make_targets_table(context: Context, outlook: OutlookDocument): HTMLElement {
  const number = (title: Word, value: (row: TargetDocument) => number | null) => ({
    title: context.say(title),
    show: (row: TargetDocument) => (value(row) === null ? "" : figure(context, value(row))),
    order: value,
    is_number: true,
  });
  return make_table<TargetDocument>(context, {
    caption: context.say("targets"),
    rows: by_risk(outlook),
    columns: [
      { title: context.say("target"), show: (row) => target_name(context, row), is_head: true },
      {
        title: context.say("goal_chance"),
        show: (row) => make_short_chance(context, row.chance),
        order: (row) => rounded(row.chance),
        is_short: true,
      },
      number("year_expected", (row) => row.expected!.p50),
      number("mark_p10", (row) => row.expected!.p10),
      number("mark_p90", (row) => row.expected!.p90),
      { title: context.say("goal"), show: (row) => goal_words(context, row), order: (row) => row.goal, is_number: true },
      number("so_far", (row) => row.now),
      {
        title: context.say("known"),
        show: (row) => (row.known_to ? period_words(context, row.known_to) : ""),
        order: (row) => row.known_to,
        is_short: true,
      },
      number("hand_rule", (row) => row.hand_rule),
      {
        title: context.say("needed_rate"),
        show: (row) => (row.run_rate ? context.format.percent(row.run_rate.needed / 100) : ""),
        order: (row) => row.run_rate?.needed ?? null,
        is_number: true,
      },
      {
        title: context.say("years_reached"),
        show: (row) => (row.run_rate && row.run_rate.years > 0 ? `${row.run_rate.reached} / ${row.run_rate.years}` : ""),
        order: (row) => (row.run_rate && row.run_rate.years > 0 ? row.run_rate.reached / row.run_rate.years : null),
        csv: (row) => (row.run_rate && row.run_rate.years > 0 ? `${row.run_rate.reached} of ${row.run_rate.years}` : ""),
        is_number: true,
        is_optional: true,
      },
    ],
  });
}

interface Scored {
  target: TargetDocument;
  depth: number;
}

/** Parents before children, each followed at once by all that is below it. */
export function tree_of(targets: TargetDocument[]): Scored[] {
  const below = (parent: number, depth: number): Scored[] =>
    targets.flatMap((target, i) => (target.parent === parent ? [{ target, depth }, ...below(i, depth + 1)] : []));
  return below(-1, 0);
}

const kDeepest = 6;
const kPointsWidth = 150;

/** Points 0 to 100: the spread as a bar, today as a ring, the end as a dot. */
function draw_points(pen: Pen, { points }: TargetDocument): void {
  const x = (value: number) => 5 + (Math.max(0, Math.min(100, value)) / 100) * (kPointsWidth - 10);
  const middle = kHeight / 2;
  pen.line([x(0), middle + 0.5, x(100), middle + 0.5], palette.rule);
  if (points!.low !== null && points!.high !== null) {
    pen.rect(x(points!.low), middle - 3, Math.max(1, x(points!.high) - x(points!.low)), 7, palette.fan_3);
  }
  if (points!.today !== null) pen.shape(round_points(x(points!.today), middle + 0.5, 3), palette.paper, palette.ink);
  if (points!.end !== null) pen.shape(round_points(x(points!.end), middle + 0.5, 3.2), palette.ink);
}

/** The tree with its points; null where nothing is scored. */
export function make_scores(context: Context, { targets }: OutlookDocument): HTMLElement | null {
  const rows = tree_of(targets).filter(({ target }) => target.points !== null);
  if (rows.length === 0) return null;
  const points = (title: Word, value: (row: Scored) => number | null) => ({
    title: context.say(title),
    show: (row: Scored) => (value(row) === null ? "" : figure(context, value(row))),
    order: value,
    is_number: true,
  });
  const spread = ({ target: { points } }: Scored) =>
    points!.low === null || points!.high === null || points!.high <= points!.low
      ? ""
      : context.say("spread_words", figure(context, points!.low), figure(context, points!.high));
  const table = make_table<Scored>(context, {
    caption: context.say("scores"),
    is_caption_hidden: true,
    is_compact: true,
    rows,
    columns: [
      {
        title: context.say("target"),
        show: ({ target, depth }) => [
          h(`span.tree-${Math.min(kDeepest, depth)}`, {}, target_name(context, target)),
          ...(target.veto ? [" ", h("span.tag", {}, context.say("veto"))] : []),
        ],
        order: ({ target }) => target_name(context, target),
        is_head: true,
      },
      {
        title: context.say("weight"),
        show: ({ target }) => context.format.number(target.weight, 2),
        order: ({ target }) => target.weight,
        is_number: true,
      },
      points("today", ({ target }) => target.points!.today),
      points("half_year", ({ target }) => target.points!.half),
      points("year_end", ({ target }) => target.points!.end),
      {
        title: "0 … 100",
        show: ({ target }) => [make_picture(`points-${target.id}`, (pen) => draw_points(pen, target), kPointsWidth)],
        is_picture: true,
      },
      { title: context.say("spread"), show: spread, is_number: true, is_optional: true },
      {
        title: context.say("rank"),
        show: ({ target }) => (target.rank ? context.say("rank_words", target.rank.today, figure(context, target.rank.end)) : ""),
        order: ({ target }) => target.rank?.end ?? null,
        csv: ({ target }) => (target.rank ? context.say("rank_words", target.rank.today, figure(context, target.rank.end)) : ""),
        is_short: true,
        is_optional: true,
      },
    ],
  });
  return h("div.risk-block", {}, h("h3", {}, context.say("scores")), h("p.explained", {}, context.say("scores_explained")), table);
}

/** A bar of what it gains, with a whisker of one standard error to either side. */
function draw_gain(pen: Pen, push: PushDocument, most: number): void {
  const x = (points: number) => Math.max(0, Math.min(1, points / most)) * (kWidth - 2);
  pen.rect(0, 3, Math.max(1, x(push.points)), 8, palette.bar);
  pen.line([x(push.points - push.error), 7.5, x(push.points + push.error), 7.5], palette.ink, 1.4);
}

export function make_pushes(context: Context, { pushes, targets }: OutlookDocument): HTMLElement | null {
  const rows = pushes.filter((push) => push.points > 0);
  if (rows.length === 0) return null;
  const most = Math.max(...rows.map((push) => push.points + push.error));
  const name = (push: PushDocument) => target_name(context, targets[push.target]);
  const share = (title: Word, value: (push: PushDocument) => number) => ({
    title: context.say(title),
    show: (push: PushDocument) => share_words(context, value(push)),
    order: (push: PushDocument) => rounded(value(push)),
    is_number: true,
  });
  const table = make_table<PushDocument>(context, {
    caption: context.say("pushes"),
    is_caption_hidden: true,
    is_compact: true,
    rows,
    columns: [
      { title: context.say("target"), show: name, is_head: true },
      {
        title: context.say("points_a_unit"),
        show: (push) => [
          make_picture(`push-${push.target}`, (pen) => draw_gain(pen, push, most)),
          `${signed(context, push.points)} ± ${figure(context, push.error)}`,
        ],
        order: (push) => push.points,
        is_short: true,
      },
      { title: context.say("own_points"), show: (push) => signed(context, push.own_points), order: (push) => push.own_points, is_number: true },
      {
        title: context.say("chance_then"),
        show: (push) => {
          const before = targets[push.target].chance;
          return before === null ? "" : context.say("from_to", share_words(context, before), share_words(context, push.chance));
        },
        order: (push) => push.chance - (targets[push.target].chance ?? 0),
        csv: (push) => rounded(push.chance),
        is_short: true,
      },
      share("stays_first", (push) => push.first),
      share("among_three", (push) => push.first_three),
    ],
  });
  return h("div.risk-block", {}, h("h3", {}, context.say("pushes")), h("p.explained", {}, context.say("pushes_explained")), table);
}

/** A chance that moves by less looks the same, in whole percents. */
export const kUnmoved = 0.005;
const kNoChange = 1e-6; // of what is expected

/** By how much the chance moved, either way. */
export const chance_moved = (news: NewsDocument): number => (news.chance_after ?? 0) - (news.chance_before ?? 0);

/** Null where nobody asked. */
export function make_news(context: Context, { news, since, targets }: OutlookDocument): HTMLElement | null {
  if (since === null) return null;
  const heading = h("h3", {}, context.say("news", context.format.last_day(since)));
  if (news.length === 0) return h("div.risk-block", {}, heading, h("p.faint", {}, context.say("no_news")));
  const rows = news.map((row, i) => ({ row, i })).sort((a, b) => Math.abs(chance_moved(b.row)) - Math.abs(chance_moved(a.row)) || a.i - b.i).map(({ row }) => row);
  const name = (row: NewsDocument) => target_name(context, targets[row.target]);
  const unit = (row: NewsDocument, value: number) => with_unit(context, figure(context, value), targets[row.target]);
  const change = (row: NewsDocument, value: number) => (Math.abs(value) < kNoChange * Math.abs(row.after) ? "" : signed(context, value));
  const number = (title: Word, value: (row: NewsDocument) => number, tell = change) => ({
    title: context.say(title),
    show: (row: NewsDocument) => tell(row, value(row)),
    order: value,
    is_number: true,
  });
  const chances = (row: NewsDocument) =>
    row.chance_before === null || row.chance_after === null
      ? ""
      : context.say("from_to", share_words(context, row.chance_before), share_words(context, row.chance_after));
  const table = make_table<NewsDocument>(context, {
    caption: context.say("news", context.format.last_day(since)),
    is_caption_hidden: true,
    is_compact: true,
    rows,
    columns: [
      { title: context.say("target"), show: name, is_head: true },
      number("before", (row) => row.before, unit),
      number("revisions", (row) => row.revisions),
      number("new_figures", (row) => row.surprise),
      number("other_news", (row) => row.rest),
      number("now", (row) => row.after, unit),
      {
        title: context.say("chance_moved"),
        show: (row) => {
          const words = chances(row);
          if (words === "") return "";
          const moved = chance_moved(row);
          if (Math.abs(moved) < kUnmoved) return words;
          const shape = moved > 0 ? "▲" : "▼";
          return h(`span.chance.${moved > 0 ? "likely" : "unlikely"}`, {}, h("span.chance-shape", { "aria-hidden": "true" }, shape), words);
        },
        order: (row) => chance_moved(row),
        csv: chances,
        is_short: true,
      },
    ],
  });
  return h("div.risk-block", {}, heading, h("p.explained", {}, context.say("news_explained")), table);
}

const kChanceWidth = 150;

/** Chances 0 to 1 on a line: without tasks, as things stand, as scheduled. */
function draw_effect(pen: Pen, target: TargetDocument): void {
  const x = (share: number) => 6 + share * (kChanceWidth - 12);
  const middle = kHeight / 2 + 0.5;
  pen.line([x(0), middle, x(1), middle], palette.rule);
  const [without, now, scheduled] = [target.chance_without_effects, target.chance, target.chance_as_scheduled];
  if (without !== null && now !== null) pen.line([x(without), middle, x(now), middle], palette.bar, 4);
  if (now !== null && scheduled !== null) pen.line([x(now), middle, x(scheduled), middle], palette.accent, 1.6, [3, 2]);
  if (without !== null) pen.line([x(without), middle - 5, x(without), middle + 5], palette.ink, 1.6);
  if (scheduled !== null) pen.shape(round_points(x(scheduled), middle, 3.4), palette.paper, palette.ink);
  if (now !== null) pen.shape(round_points(x(now), middle, 3.6), palette.ink);
}

/** What tasks add to chances; null where none has an effect. */
export function make_effects(context: Context, { targets }: OutlookDocument): HTMLElement | null {
  const rows = targets.filter((target) => target.chance_as_scheduled !== null && target.chance !== null);
  if (rows.length === 0) return null;
  const share = (title: Word, value: (row: TargetDocument) => number | null) => ({
    title: context.say(title),
    show: (row: TargetDocument) => (value(row) === null ? "–" : share_words(context, value(row)!)),
    order: (row: TargetDocument) => rounded(value(row)),
    is_number: true,
  });
  const lost = (row: TargetDocument) => row.chance_as_scheduled! - row.chance!;
  const table = make_table<TargetDocument>(context, {
    caption: context.say("effects"),
    is_caption_hidden: true,
    is_compact: true,
    rows,
    columns: [
      { title: context.say("target"), show: (row) => target_name(context, row), is_head: true },
      share("without_tasks", (row) => row.chance_without_effects),
      share("with_risk", (row) => row.chance),
      share("as_scheduled", (row) => row.chance_as_scheduled),
      {
        title: "0 … 100 %",
        show: (row) => [make_picture(`effect-${row.id}`, (pen) => draw_effect(pen, row), kChanceWidth)],
        is_picture: true,
      },
      {
        title: context.say("lost_to_risk"),
        show: (row) => context.say("percent_points", context.format.number(100 * lost(row))),
        order: (row) => rounded(lost(row)),
        is_number: true,
      },
    ],
  });
  return h("div.risk-block", {}, h("h3", {}, context.say("effects")), h("p.explained", {}, context.say("effects_explained")), table);
}
