/** What is expected of the targets: the short answer, the least sure ones, and why. */

import type { Context } from "../context";
import type { OutlookDocument } from "../document";
import { h } from "../dom";
import { make_details, make_pairs, make_part } from "../parts";
import { share_words } from "../risk/words";
import { typeset } from "../typeset";
import type { Word } from "../words";
import { make_cards, make_fan_legend } from "./cards";
import { make_parts, make_sides } from "./parts";
import { figure, type Sureness, shape_of, sureness_of, target_name } from "./reading";
import { chance_moved, kUnmoved, make_effects, make_news, make_pushes, make_scores, make_targets_table } from "./tables";
import { make_gap } from "./waterfall";

const make_fact = (context: Context, question: Word, answer: (Node | string)[], ...more: string[]): HTMLElement =>
  h(
    "div.fact",
    {},
    h("h3", {}, context.say(question)),
    h("p.fact-answer", {}, ...answer),
    ...more.filter((text) => text !== "").map((text) => h("p.fact-more", {}, ...typeset(text))),
  );

function make_score(context: Context, { score }: OutlookDocument): HTMLElement {
  if (!score) return make_fact(context, "score", [context.say("not_scored")]);
  const told = (value: number | null) => figure(context, value);
  return make_fact(
    context,
    "score",
    typeset(context.say("score_now", told(score.today))),
    context.say("score_course", told(score.half), told(score.end)),
    context.say("score_spread", told(score.low), told(score.high)),
  );
}

const kCounts: [Sureness, Word][] = [
  ["unlikely", "count_unlikely"],
  ["open", "count_open"],
  ["likely", "count_likely"],
];

function make_counts(context: Context, { targets }: OutlookDocument): HTMLElement {
  const chances = targets.flatMap(({ chance, expected }) => (chance === null || expected === null ? [] : [chance]));
  const lines = kCounts.map(([sureness, word]) => {
    const count = chances.filter((chance) => sureness_of(chance) === sureness).length;
    return h(
      `span.chance.count.${sureness}`,
      {},
      h("span.chance-shape", { "aria-hidden": "true" }, shape_of(sureness)),
      context.say(word, count),
    );
  });
  return make_fact(context, "sure_targets", lines);
}

function make_best_push(context: Context, { pushes, targets }: OutlookDocument): HTMLElement {
  const [best] = pushes;
  if (!best || best.points <= 0) return make_fact(context, "where_to_push", [context.say("no_push")]);
  return make_fact(
    context,
    "where_to_push",
    [target_name(context, targets[best.target])],
    context.say("push_gain", `+${figure(context, best.points)}`),
    context.say("push_gain_short", share_words(context, best.first)),
  );
}

function make_largest_change(context: Context, { news, since, targets }: OutlookDocument): HTMLElement | null {
  if (since === null) return null;
  const told = news.filter((each) => each.chance_before !== null && each.chance_after !== null);
  const largest = told.reduce<(typeof told)[number] | null>((a, b) => (a && Math.abs(chance_moved(a)) >= Math.abs(chance_moved(b)) ? a : b), null);
  const day = context.say("since_day", context.format.last_day(since));
  if (!largest || Math.abs(chance_moved(largest)) < kUnmoved) return make_fact(context, "what_moved", [context.say("no_change")], day);
  const is_up = chance_moved(largest) > 0;
  const words = context.say("from_to", share_words(context, largest.chance_before!), share_words(context, largest.chance_after!));
  const fact = make_fact(context, "what_moved", [target_name(context, targets[largest.target])]);
  fact.append(
    h(
      "p.fact-more",
      {},
      h(`span.chance.${is_up ? "likely" : "unlikely"}`, {}, h("span.chance-shape", { "aria-hidden": "true" }, is_up ? "▲" : "▼"), words),
      " ",
      day,
    ),
  );
  return fact;
}

function make_untold(context: Context, { targets }: OutlookDocument): HTMLElement | null {
  const untold = targets.filter(({ cannot }) => cannot !== null);
  if (untold.length === 0) return null;
  return h(
    "div.risk-block",
    {},
    h("h3", {}, context.say("cannot_tell")),
    h(
      "dl.untold",
      {},
      ...untold.flatMap((target) => [h("dt", {}, target_name(context, target)), h("dd", {}, context.pair(target.cannot!))]),
    ),
  );
}

export function make_outlook(context: Context): HTMLElement {
  const outlook = context.model.document.outlook!;
  const { format } = context;
  const facts = context.say("outlook_facts", outlook.year, format.number(outlook.paths), outlook.seed, format.last_day(outlook.as_of));
  const has_any = outlook.targets.some(({ expected }) => expected !== null);
  const cards = h(
    "div.risk-block",
    {},
    h("h3", {}, context.say("least_sure")),
    h("p.explained", {}, context.say("least_sure_explained")),
    make_fan_legend(context),
    make_cards(context, outlook),
    make_details(context, () => [make_targets_table(context, outlook)]),
  );
  const blocks = [
    h("p.faint", {}, facts),
    h("div.fact-row", {}, make_score(context, outlook), make_counts(context, outlook), make_best_push(context, outlook), make_largest_change(context, outlook)),
    has_any ? cards : null,
    make_pairs([make_gap(context, outlook)], [make_effects(context, outlook), make_untold(context, outlook)]),
    make_pairs([make_pushes(context, outlook)], [make_news(context, outlook)]),
    make_scores(context, outlook),
    make_pairs([make_sides(context, outlook)], [make_parts(context, outlook)]),
  ];
  return make_part(context, "targets", "targets", ...blocks.filter((block): block is HTMLElement => block !== null));
}
