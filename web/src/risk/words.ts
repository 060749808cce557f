/** What the trials tell, in sentences. */

import type { Context } from "../context";
import type { Minutes, RiskDocument } from "../document";
import { kDay } from "../format";

/** Whole percents; what is rare or nearly sure is neither 0 % nor 100 %. */
export function share_words(context: Context, share: number): string {
  const { format } = context;
  if (share > 0 && share < 0.005) return context.say("less_than", format.percent(0.01, 0));
  if (share < 1 && share >= 0.995) return context.say("more_than", format.percent(0.99, 0));
  return format.percent(share, 0);
}

/** For sentences: time on the clock in whole days; in hours where that says more. */
export function clock_words(context: Context, time: Minutes): string {
  const { format, model } = context;
  if (model.document.plan.abstract) return format.number(time);
  if (Math.abs(time) < kDay) return format.duration(time, kDay);
  const days = format.number(time / kDay);
  return context.say(days === "1" ? "one_day" : "num_days", days);
}

/** With all its digits, so that a column of them lines up. */
export function fixed(context: Context, value: number, digits: number): string {
  const text = context.format.number(value, digits);
  const [whole, rest = ""] = text.split(".");
  return `${whole}.${rest.padEnd(digits, "0")}`;
}

/** For tables: days of `day` minutes with one digit, `2.0 d`; in an abstract plan periods. */
export function day_words(context: Context, time: Minutes, day: Minutes = kDay): string {
  if (context.model.document.plan.abstract) return fixed(context, time, 1);
  return context.say("short_days", fixed(context, time / day, 1));
}

/** `80 % sure by 18 Sep 2026`; empty where not even so many trials have a date. */
export function sure_words(context: Context, { finish, confidence }: RiskDocument): string {
  if (finish.at_confidence === null) return "";
  return context.say("sure_by", context.format.percent(confidence, 0), context.format.last_day(finish.at_confidence));
}

export function planned_words(context: Context, { planned, planned_share }: RiskDocument): string {
  return planned === null ? "" : context.say("planned_likely", context.format.last_day(planned), share_words(context, planned_share));
}

/** How far links alone are too early. */
export function links_words(context: Context, { links_only }: RiskDocument): string {
  if (!links_only || links_only.finish.p80 === null) return "";
  if (links_only.too_early <= 0) return context.say("links_same");
  return context.say("links_early", context.format.last_day(links_only.finish.p80), clock_words(context, links_only.too_early));
}

/** What `check` says of a few trials. */
export function judged_words(context: Context, { sampled }: RiskDocument): string {
  if (!sampled) return "";
  if (sampled.within === sampled.judged) return context.say("judged_all", sampled.judged);
  const names = sampled.exceeded.map((resource) => context.resource_name(resource)).join(context.say("comma"));
  return context.say("judged_some", sampled.judged, sampled.within, names);
}

/** What trials know of resources, and what became of them. */
export function trial_words(context: Context, risk: RiskDocument): string[] {
  const { format } = context;
  const words = [context.say(`risk_${risk.kind}`)];
  if (risk.trials < risk.asked) words.push(context.say("risk_interrupted", format.number(risk.trials), format.number(risk.asked)));
  if (risk.without_dates > 0) words.push(context.say("risk_without_dates", format.number(risk.without_dates)));
  return words;
}
