/** Targets as cards: the chance, the fan, and what stands behind it in a few short lines. */

import type { Context } from "../context";
import type { OutlookDocument, TargetDocument } from "../document";
import { fill, fresh_id, h } from "../dom";
import { css_palette as palette } from "../palette";
import { make_svg, type Pen, SvgPen } from "../pen";
import { round_points } from "../risk/finish_drawing";
import { share_words } from "../risk/words";
import { typeset } from "../typeset";
import type { Word } from "../words";
import { draw_fan, fan_words, kFanHeight } from "./fan";
import { by_risk, figure, goal_words, make_chance, period_words, target_name, with_unit } from "./reading";

const kFirst = 12;
const kUsualWidth = 300;

function make_fan(context: Context, target: TargetDocument): HTMLElement {
  const [expected, low, high] = fan_words(context, target);
  const chance = target.chance === null ? context.say("no_goal") : share_words(context, target.chance);
  const label = context.say("fan_label", target_name(context, target), chance, expected, low, high);
  const plot = h("div.fan", { role: "img", "aria-label": label });
  let drawn = 0;
  const draw_anew = (width: number) => {
    drawn = width;
    const svg = make_svg(width, kFanHeight);
    svg.setAttribute("aria-hidden", "true");
    draw_fan(new SvgPen(svg, fresh_id("fan")), context, target, width);
    plot.replaceChildren(svg);
  };
  draw_anew(kUsualWidth);
  new ResizeObserver(() => {
    const width = Math.floor(plot.clientWidth);
    if (width >= 60 && width !== drawn) draw_anew(width);
  }).observe(plot);
  return plot;
}

const line = (text: string): HTMLElement => h("p", {}, ...typeset(text));

function make_lines(context: Context, target: TargetDocument): HTMLElement[] {
  const { expected, goal, run_rate } = target;
  const told = (value: number | null) => figure(context, value);
  const unit = (value: number) => with_unit(context, told(value), target);
  const percent = (value: number) => context.format.percent(value / 100);
  const lines: HTMLElement[] = [];
  if (expected) {
    const range = [told(expected.p50), told(expected.p10), told(expected.p90)];
    lines.push(line(goal === null ? context.say("card_expected_alone", ...range) : context.say("card_expected", ...range, goal_words(context, target))));
  }
  if (target.now !== null && target.known_to) {
    lines.push(line(context.say("card_now", unit(target.now), period_words(context, target.known_to))));
  }
  if (run_rate) {
    const words = [context.say("card_rate", percent(run_rate.needed), percent(run_rate.so_far))];
    if (run_rate.years > 0) words.push(context.say("card_years", run_rate.reached, run_rate.years));
    lines.push(line(words.join(context.language === "zh" ? "；" : "; ")));
  }
  if (target.chance_as_scheduled !== null) {
    const without = target.chance_without_effects;
    const shares = [share_words(context, target.chance_as_scheduled), without === null ? "–" : share_words(context, without)];
    lines.push(line(context.say("card_tasks", ...shares)));
  }
  return lines;
}

const make_card = (context: Context, target: TargetDocument): HTMLElement =>
  h(
    "article.target-card",
    {},
    h("h4", {}, target_name(context, target)),
    h("p.target-chance", {}, make_chance(context, target.chance)),
    target.fan.length > 1 && make_fan(context, target),
    h("div.target-lines", {}, ...make_lines(context, target)),
  );

function make_entry(context: Context, word: Word, draw: (pen: Pen) => void): HTMLElement {
  const picture = make_svg(26, 14);
  picture.setAttribute("aria-hidden", "true");
  draw(new SvgPen(picture, `fan-legend-${word}`));
  return h("li", {}, picture, context.say(word));
}

export function make_fan_legend(context: Context): HTMLElement {
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    make_entry(context, "fan_actual", (pen) => {
      pen.line([2, 9, 24, 5], palette.ink, 2);
      for (const [x, y] of [[2, 9], [13, 7], [24, 5]]) pen.shape(round_points(x, y, 2.4), palette.ink);
    }),
    make_entry(context, "fan_futures", (pen) => {
      pen.shape([0, 7, 26, 0, 26, 14], palette.fan_1);
      pen.shape([0, 7, 26, 2, 26, 12], palette.fan_2);
      pen.shape([0, 7, 26, 4.5, 26, 9.5], palette.fan_3);
    }),
    make_entry(context, "fan_expected", (pen) => pen.line([0, 9, 26, 5], palette.bar_part, 1.6)),
    make_entry(context, "fan_path", (pen) => {
      pen.line([0, 7, 20, 7], palette.now, 1.6, [5, 3]);
      pen.shape([21, 2, 26, 7, 21, 12, 16, 7], palette.now);
    }),
  );
}

/** Those with goals (where none has any: all), the first dozen; the others when they are asked for. */
export function make_cards(context: Context, outlook: OutlookDocument): HTMLElement {
  const told = by_risk(outlook);
  const with_goals = told.filter(({ chance }) => chance !== null);
  const all = with_goals.length > 0 ? with_goals : told;
  const grid = h("div.target-cards");
  const more = h("div.table-more");
  fill(grid, ...all.slice(0, kFirst).map((target) => make_card(context, target)));
  if (all.length > kFirst) {
    const show = () => {
      grid.append(...all.slice(kFirst).map((target) => make_card(context, target)));
      fill(more);
    };
    fill(more, h("button.small", { type: "button", onclick: show }, context.say("show_all_targets", all.length)));
  }
  return h("div", {}, grid, more);
}
