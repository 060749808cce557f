/** One target's year in a small chart: what is known, the futures as bands, the goal's path. */

import type { Context } from "../context";
import type { TargetDocument } from "../document";
import { css_palette as palette } from "../palette";
import { measure, type Pen } from "../pen";
import { nice_step } from "../risk/cost";
import { round_points } from "../risk/finish_drawing";
import { fixed } from "../risk/words";
import { figure, last_month, with_unit } from "./reading";

export const kFanHeight = 132; // pixels
const kTop = 10;
const kFoot = 20;
const kRight = 12;
const kTicks = 5;

/** A fan as it is drawn: values as they are; of sums that grow all year, percent above or below the goal's path. */
export interface Fan {
  months: number[];
  quantiles: number[][];
  actual: (number | null)[];
  planned: (number | null)[];
  is_relative: boolean;
}

export function fan_of(target: TargetDocument): Fan {
  const { fan } = target;
  const is_sum = fan.every(({ planned }, i) => planned !== null && planned > (i === 0 ? 0 : fan[i - 1].planned!));
  const is_relative = !target.growth && fan.length > 1 && is_sum;
  const told = (value: number | null, planned: number | null) =>
    value === null || !is_relative ? value : 100 * (value / planned! - 1);
  return {
    months: fan.map(({ period }) => last_month(period)),
    quantiles: fan.map(({ quantiles, planned }) => quantiles.map((value) => told(value, planned)!)),
    actual: fan.map(({ actual, planned }) => told(actual, planned)),
    planned: fan.map(({ planned }) => told(planned, planned)),
    is_relative,
  };
}

/** From the last known slot on the futures part; before it there is one past. */
export function first_future({ actual }: Fan): number {
  let last = -1;
  actual.forEach((value, i) => value !== null && (last = i));
  return Math.max(0, last);
}

/** What the chart spans: bands and path, with some air; the past only as far as it does not flatten the futures. */
export function range_of(fan: Fan): [number, number] {
  const from = first_future(fan);
  const there = (values: (number | null)[]) => values.filter((value): value is number => value !== null);
  const future = [...fan.quantiles.slice(from).flat(), ...there(fan.planned.slice(from)), ...there(fan.actual.slice(from))];
  let [least, most] = [Math.min(...future), Math.max(...future)];
  const span = Math.max(most - least, 1e-6, 0.02 * Math.max(Math.abs(least), Math.abs(most)));
  const past = [...there(fan.actual), ...there(fan.planned)];
  least = Math.max(Math.min(least, ...past), least - 1.2 * span);
  most = Math.min(Math.max(most, ...past), most + 1.2 * span);
  const air = 0.06 * Math.max(most - least, span);
  return [least - air, most + air];
}

export function draw_fan(pen: Pen, context: Context, target: TargetDocument, width: number): void {
  const fan = fan_of(target);
  const [least, most] = range_of(fan);
  const step = nice_step(most - least, kTicks);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks: number[] = [];
  for (let i = Math.ceil(least / step); i * step <= most; ++i) ticks.push(i * step);
  const words = (value: number) => {
    const text = digits > 0 && value !== 0 ? fixed(context, value, digits) : context.format.number(value);
    if (!fan.is_relative) return target.growth ? with_unit(context, text, target) : text;
    return context.language === "zh" ? `${value > 0 ? "+" : ""}${text}%` : `${value > 0 ? "+" : ""}${text} %`;
  };
  const texts = ticks.map(words);
  const left = Math.ceil(Math.max(0, ...texts.map((text) => measure(text, { size: 10.5 })))) + 8;
  const [right, foot] = [width - kRight, kFanHeight - kFoot];
  const first = Math.min(...fan.months);
  const x = (month: number) => left + ((month - first) / Math.max(1, 12 - first)) * (right - left);
  const y = (value: number) => foot - ((value - least) / (most - least)) * (foot - kTop);
  ticks.forEach((value, i) => {
    const at = Math.round(y(value)) + 0.5;
    pen.line([left, at, right, at], palette.rule);
    pen.text(texts[i], left - 6, at, palette.soft, { size: 10.5, align: "right" });
  });
  let free = -Infinity;
  for (const month of fan.months) {
    const text = context.format.month(month);
    const wide = measure(text, { size: 10.5 });
    const at = Math.max(left - 4, Math.min(width - wide, x(month) - wide / 2));
    pen.line([Math.round(x(month)) + 0.5, foot, Math.round(x(month)) + 0.5, foot + 4], palette.faint);
    if (at < free) continue;
    pen.text(text, at, foot + 12, palette.soft, { size: 10.5 });
    free = at + wide + 6;
  }
  pen.line([left, foot + 0.5, right, foot + 0.5], palette.faint);
  pen.clip(left - 4, 0, right - left + 8, foot, () => draw_futures(pen, fan, x, y));
}

function draw_futures(pen: Pen, fan: Fan, x: (month: number) => number, y: (value: number) => number): void {
  const from = first_future(fan);
  const at = fan.months.map((_, i) => i).slice(from);
  const bands: [number, number, string][] = [
    [0, 6, palette.fan_1],
    [1, 5, palette.fan_2],
    [2, 4, palette.fan_3],
  ];
  if (at.length > 1) {
    for (const [low, high, colour] of bands) {
      const upper = at.flatMap((i) => [x(fan.months[i]), y(fan.quantiles[i][high])]);
      const lower = [...at].reverse().flatMap((i) => [x(fan.months[i]), y(fan.quantiles[i][low])]);
      pen.shape([...upper, ...lower], colour);
    }
  }
  const path = fan.planned.flatMap((value, i) => (value === null ? [] : [x(fan.months[i]), y(value)]));
  if (path.length >= 4) pen.line(path, palette.now, 1.6, [5, 3]);
  if (at.length > 1) pen.line(at.flatMap((i) => [x(fan.months[i]), y(fan.quantiles[i][3])]), palette.bar_part, 1.6);
  const known = fan.actual.flatMap((value, i) => (value === null ? [] : [[x(fan.months[i]), y(value)]]));
  if (known.length > 1) pen.line(known.flat(), palette.ink, 2);
  for (const [px, py] of known) pen.shape(round_points(px, py, 2.4), palette.ink);
  const last = fan.planned.length - 1;
  if (fan.planned[last] !== null && last >= 0) {
    const [px, py] = [x(fan.months[last]), y(fan.planned[last]!)];
    pen.shape([px, py - 5, px + 5, py, px, py + 5, px - 5, py], palette.now, palette.paper);
  }
}

/** For those who do not see it. */
export const fan_words = (context: Context, target: TargetDocument): string[] => {
  const { expected } = target;
  const told = (value: number) => with_unit(context, figure(context, value), target);
  return expected === null ? [] : [told(expected.p50), told(expected.p10), told(expected.p90)];
};
