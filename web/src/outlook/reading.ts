/** What an outlook says, in numbers and words: figures as people write them, chances as words, order by risk. */

import type { Context } from "../context";
import type { OutlookDocument, TargetDocument } from "../document";
import { h } from "../dom";
import { fixed, share_words } from "../risk/words";
import type { Word } from "../words";

export type Sureness = "likely" | "open" | "unlikely";

const kLikely = 0.75;
const kUnlikely = 0.25;

export const sureness_of = (chance: number): Sureness =>
  chance >= kLikely ? "likely" : chance < kUnlikely ? "unlikely" : "open";

/** A shape for each, so that nothing hangs on colour. */
const kShapes: Record<Sureness, string> = { likely: "●", open: "◆", unlikely: "▼" };
export const shape_of = (sureness: Sureness): string => kShapes[sureness];

const places_of = (size: number): number => (size >= 1000 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3);

/** Three to five digits that matter, with their zeros, so that columns line up; a dash where there is none. */
export function figure(context: Context, value: number | null): string {
  if (value === null) return "–";
  const size = Math.abs(value);
  if (size < 5e-4) return "0";
  const places = places_of(size);
  return places === 0 ? context.format.number(value) : fixed(context, value, places);
}

/** As the plan says it: `6`, `5.8`, `1,060`. */
export const goal_words = (context: Context, target: TargetDocument): string =>
  target.goal === null ? "" : with_unit(context, context.format.number(target.goal, 3), target);

export function signed(context: Context, value: number | null): string {
  const text = figure(context, value);
  return value !== null && value > 0 && !/^[0.]*$/.test(text) ? `+${text}` : text;
}

/** `5.6 %`, `1,060 亿元`; in Chinese the percent sign stands close. */
export function with_unit(context: Context, text: string, target: TargetDocument): string {
  if (target.unit === "") return text;
  return target.unit === "%" && context.language === "zh" ? `${text}%` : `${text} ${target.unit}`;
}

export const target_name = (context: Context, target: TargetDocument): string => context.pair(target.name) || target.id;

/** Those with a goal, the least sure first; then those that are only expected; not those of which nothing is known. */
export function by_risk({ targets }: OutlookDocument): TargetDocument[] {
  const told = targets.filter((target) => target.expected !== null);
  return told.map((target, i) => ({ target, i })).sort((a, b) => (a.target.chance ?? 2) - (b.target.chance ?? 2) || a.i - b.i).map(({ target }) => target);
}

/** The number, its shape and its word. */
export function make_chance(context: Context, chance: number | null): HTMLElement {
  if (chance === null) return h("span.faint", {}, context.say("no_goal"));
  const sureness = sureness_of(chance);
  return h(
    `span.chance.${sureness}`,
    {},
    h("span.chance-shape", { "aria-hidden": "true" }, shape_of(sureness)),
    h("strong", {}, share_words(context, chance)),
    " ",
    context.say(sureness),
  );
}

/** The same in a table's cell: the shape and the number. */
export function make_short_chance(context: Context, chance: number | null): HTMLElement | string {
  if (chance === null) return "–";
  const sureness = sureness_of(chance);
  return h(
    `span.chance.${sureness}`,
    {},
    h("span.chance-shape", { "aria-hidden": "true" }, shape_of(sureness)),
    share_words(context, chance),
    h("span.visually-hidden", {}, ` ${context.say(sureness)}`),
  );
}

/** The last month of a period: 5 of `2026-05`, 2 of `2026-01..02`, 3 of `2026-Q1`, 6 of `2026-H1`, 12 of `2026`. */
export function last_month(period: string): number {
  const part = period.slice(5);
  if (part.startsWith("Q")) return 3 * Number(part[1]);
  if (part.startsWith("H")) return 6 * Number(part[1]);
  return part === "" ? 12 : Number(part.slice(-2));
}

/** `May 2026`, `2026年5月`, `Q1 2026`, `2026年1–2月`. */
export function period_words(context: Context, period: string): string {
  const year = period.slice(0, 4);
  const part = period.slice(5);
  const zh = context.language === "zh";
  if (part === "") return zh ? `${year}年` : year;
  if (part.startsWith("Q")) return zh ? `${year}年${["一", "二", "三", "四"][Number(part[1]) - 1]}季度` : `${part} ${year}`;
  if (part.startsWith("H")) return zh ? `${year}年${part[1] === "1" ? "上" : "下"}半年` : `${part} ${year}`;
  const months = part.split("..").map(Number);
  if (zh) return `${year}年${months.join("–")}月`;
  return `${months.map((month) => context.format.month(month)).join("–")} ${year}`;
}

/** Whether a change for the better is upwards. */
export const is_better = (target: TargetDocument, change: number): boolean => (target.less_is_better ? change < 0 : change > 0);

export const say_side = (context: Context, side: string): string => {
  const known: Record<string, Word> = { production: "side_production", expenditure: "side_expenditure", income: "side_income" };
  return known[side] ? context.say(known[side]) : side;
};
