/** How a load is put into words. */

import type { Context } from "../context";
import type { Minutes } from "../document";
import type { Stretch } from "./stretches";

/** `Fri 12 Apr 2024, 08:00 – 17:00`; the day is said once where it is the same. */
export function stretch_words(context: Context, from: Minutes, to: Minutes): string {
  const { format } = context;
  if (context.model.document.plan.abstract) return `${format.number(from)} – ${format.number(to)}`;
  const is_one_day = format.long_day(from) === format.long_day(to - 1);
  const end = is_one_day ? format.clock(to, true) : format.instant(to, true);
  return `${format.instant(from)} – ${end}`;
}

export function in_use_words(context: Context, resource: number, { used, capacity }: Stretch): string {
  const { format } = context;
  if (context.model.resources[resource].unlimited) return context.say("in_use_unlimited", format.number(used, 2));
  const words = context.say("in_use", format.number(used, 2), format.number(capacity, 2));
  return used > capacity ? `${words} · ${context.say("over_by", format.number(used - capacity, 2))}` : words;
}

/** A division of time by its scale: `2025`, `Mar 2025`, `3 – 9 Mar 2025`. */
export function division_words(context: Context, from: Minutes, to: Minutes): string {
  const { format } = context;
  const { scale } = context.model.document.divisions;
  if (scale === "period") return `${format.number(from)} – ${format.number(to)}`;
  if (scale === "day") return format.long_day(from);
  return `${format.day(from)} – ${format.day(to - 1)}`;
}

export function peak_words(context: Context, resource: number): string {
  const { unlimited, peak, capacity } = context.model.resources[resource];
  const { format } = context;
  return unlimited ? format.number(peak, 2) : `${format.number(peak, 2)} / ${format.number(capacity, 2)}`;
}
