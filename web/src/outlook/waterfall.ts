/** From the goal to what is expected, step by step: each bar is what one part adds or takes away. */

import type { Context } from "../context";
import type { OutlookDocument, TargetDocument } from "../document";
import { fill, fresh_id, h } from "../dom";
import { make_details } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { nice_step } from "../risk/cost";
import { fixed } from "../risk/words";
import { make_table } from "../tables";
import { typeset } from "../typeset";
import { by_risk, figure, goal_words, is_better, signed, target_name, with_unit } from "./reading";

export interface Step {
  name: string;
  from: number;
  to: number;
  is_level: boolean; // a place, not a change
}

const kRow = 25; // pixels
const kBar = 13;
const kAxis = 20;
const kUsualWidth = 620;
const kMostWidth = 860;
const kNames = 0.34; // of the width, at most
const kNone = 1e-6; // of the goal: less is no change

/** What the goal of a target that is rolled up from parts with goals comes to, and whose parts can be told. */
export const has_part_gaps = (target: TargetDocument): boolean => target.parts.some(({ gap }) => gap !== null);

/** Null where there is nothing to be explained. */
export function steps_of(context: Context, { targets }: OutlookDocument, target: TargetDocument): Step[] | null {
  const { expected, goal, gap } = target;
  if (!expected) return null;
  const changes: [string, number][] = [];
  let at = goal ?? 0;
  if (has_part_gaps(target)) {
    const gaps = target.parts.filter((part) => part.gap !== null);
    const sum = gaps.reduce((all, part) => all + part.gap!, 0);
    at = goal ?? expected.mean - sum;
    for (const part of gaps) changes.push([target_name(context, targets[part.target]), part.gap!]);
    const rest = expected.mean - at - sum;
    if (Math.abs(rest) > Math.max(kNone, kNone * Math.abs(at))) changes.push([context.say("gap_rest"), rest]);
  } else if (gap && goal !== null) {
    changes.push([context.say("gap_so_far"), gap.so_far], [context.say("gap_to_come"), gap.to_come]);
  } else {
    return null;
  }
  const steps: Step[] = [{ name: context.say(goal === null ? "goals_of_parts" : "goal"), from: at, to: at, is_level: true }];
  for (const [name, change] of changes) {
    steps.push({ name, from: at, to: at + change, is_level: false });
    at += change;
  }
  steps.push({ name: context.say("expected"), from: expected.mean, to: expected.mean, is_level: true });
  return steps;
}

function draw(pen: Pen, context: Context, target: TargetDocument, steps: Step[], width: number): void {
  const widest = Math.ceil(Math.max(...steps.map(({ name, is_level }) => measure(name, { bold: is_level }))));
  const left = Math.min(widest, Math.floor(width * kNames)) + 12;
  const values = steps.map((step) => (step.is_level ? with_unit(context, figure(context, step.to), target) : signed(context, step.to - step.from)));
  const room = Math.ceil(Math.max(...values.map((text) => measure(text, { bold: true })))) + 14;
  const ends = steps.flatMap((step) => [step.from, step.to]);
  let [least, most] = [Math.min(...ends), Math.max(...ends)];
  const air = Math.max((most - least) * 0.06, Math.abs(most) * 1e-3, 1e-9);
  [least, most] = [least - air, most + air];
  const right = width - room;
  const x = (value: number) => left + room * 0.5 + ((value - least) / (most - least)) * (right - left - room * 0.5);
  const foot = steps.length * kRow + 2;
  const step = nice_step(most - least, Math.max(2, Math.floor((right - left) / 80)));
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  for (let i = Math.ceil(least / step); i * step <= most; ++i) {
    const line = Math.round(x(i * step)) + 0.5;
    pen.line([line, 0, line, foot], palette.rule);
    pen.text(digits > 0 && i !== 0 ? fixed(context, i * step, digits) : context.format.number(i * step), line, foot + 11, palette.soft, { size: 11, align: "center" });
  }
  steps.forEach((each, i) => {
    const middle = i * kRow + kRow / 2;
    pen.text(each.name, 0, middle, palette.ink, { width: left - 12, bold: each.is_level });
    const last = x(each.to);
    if (i + 1 < steps.length) pen.line([last, middle, last, middle + kRow], palette.faint, 1, [2, 2]);
    if (each.is_level) {
      const colour = i === 0 ? palette.now : palette.ink;
      pen.shape([last, middle - 6, last + 6, middle, last, middle + 6, last - 6, middle], colour);
      pen.text(values[i], last + 11, middle, colour, { bold: true, halo: palette.paper });
      return;
    }
    const [from, to] = [x(each.from), last].sort((a, b) => a - b);
    const is_good = is_better(target, each.to - each.from);
    const wide = Math.max(1.5, to - from);
    pen.rect(from, middle - kBar / 2, wide, kBar, is_good ? palette.bar : palette.accent_soft);
    if (!is_good) {
      pen.hatch(from, middle - kBar / 2, wide, kBar, palette.accent);
      pen.frame(from, middle - kBar / 2, wide, kBar, palette.accent);
    }
    pen.text(values[i], to + 6, middle, palette.ink, { halo: palette.paper });
  });
}

/** What it comes to, in a sentence. */
export function gap_words(context: Context, target: TargetDocument): string {
  const expected = target.expected!.mean;
  const told = (value: number) => with_unit(context, figure(context, value), target);
  if (target.goal === null) return "";
  const gap = expected - target.goal;
  const size = figure(context, Math.abs(gap));
  const name = target_name(context, target);
  if (/^[0.]*$/.test(size)) return context.say("gap_even", name, told(expected));
  return context.say(is_better(target, gap) ? "gap_beyond" : "gap_short_of", name, told(expected), size, goal_words(context, target));
}

function make_steps_table(context: Context, target: TargetDocument, steps: Step[]): HTMLElement {
  return make_table<Step>(context, {
    caption: `${context.say("gap")}: ${target_name(context, target)}`,
    is_compact: true,
    rows: steps,
    columns: [
      { title: context.say("step"), show: (row) => row.name, is_head: true },
      {
        title: context.say("change"),
        show: (row) => (row.is_level ? "" : signed(context, row.to - row.from)),
        order: (row) => (row.is_level ? null : row.to - row.from),
        is_number: true,
      },
      { title: context.say("stands_at"), show: (row) => figure(context, row.to), order: (row) => row.to, is_number: true },
    ],
  });
}

function make_waterfall(context: Context, target: TargetDocument, steps: Step[]): HTMLElement {
  const label = steps.map((each) => `${each.name} ${each.is_level ? figure(context, each.to) : signed(context, each.to - each.from)}`);
  const plot = h("div.risk-plot.waterfall", { role: "img", "aria-label": `${context.say("gap")}: ${label.join(context.say("comma"))}` });
  let drawn = 0;
  const draw_anew = (width: number) => {
    drawn = width;
    const svg = make_svg(width, steps.length * kRow + 2 + kAxis);
    svg.setAttribute("aria-hidden", "true");
    draw(new SvgPen(svg, fresh_id("waterfall")), context, target, steps, width);
    plot.replaceChildren(svg);
  };
  draw_anew(kUsualWidth);
  new ResizeObserver(() => {
    const width = Math.min(kMostWidth, Math.floor(plot.clientWidth));
    if (width >= 60 && width !== drawn) draw_anew(width);
  }).observe(plot);
  return plot;
}

function make_entry(context: Context, is_good: boolean): HTMLElement {
  const picture = make_svg(26, 14);
  picture.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(picture, `waterfall-legend-${is_good}`);
  pen.rect(0, 2, 26, 10, is_good ? palette.bar : palette.accent_soft);
  if (!is_good) {
    pen.hatch(0, 2, 26, 10, palette.accent);
    pen.frame(0, 2, 26, 10, palette.accent);
  }
  return h("li", {}, picture, context.say(is_good ? "makes_it_better" : "makes_it_worse"));
}

/** One target at a time, the least sure first chosen; null where no gap can be told. */
export function make_gap(context: Context, outlook: OutlookDocument): HTMLElement | null {
  const told = by_risk(outlook)
    .map((target) => ({ target, steps: steps_of(context, outlook, target) }))
    .filter((each): each is { target: TargetDocument; steps: Step[] } => each.steps !== null);
  if (told.length === 0) return null;
  const place = h("div");
  const show = (at: number) => {
    const { target, steps } = told[at];
    const words = gap_words(context, target);
    fill(
      place,
      words !== "" && h("p.sentence", {}, ...typeset(words)),
      make_waterfall(context, target, steps),
      make_details(context, () => [make_steps_table(context, target, steps)]),
    );
  };
  const choose = h("select", { "data-key": "gap-target", "aria-label": context.say("gap_of") });
  told.forEach(({ target }, i) => choose.append(h("option", { value: i }, target_name(context, target))));
  choose.addEventListener("change", () => show(Number(choose.value)));
  show(0);
  return h(
    "div.risk-block",
    {},
    h("h3", {}, context.say("gap")),
    h(
      "div.part-tools",
      {},
      choose,
      h("ul.legend", { "aria-label": context.say("legend") }, make_entry(context, true), make_entry(context, false)),
    ),
    place,
  );
}
