/** How far the finish has moved, in words. */

import type { Context } from "../context";
import type { StatusDocument } from "../document";

/** `37 d`, in the plan's own days. */
export function slip_size(context: Context, { slip }: StatusDocument): string {
  const { calendars, plan } = context.model.document;
  return context.format.duration(Math.abs(slip), calendars[plan.calendar].day);
}

/** Against the baseline; empty where there is none. */
export function slip_words(context: Context, status: StatusDocument): string {
  if (!status.baseline || status.finish === null) return "";
  if (status.slip === 0) return context.say("slip_none");
  return context.say(status.slip > 0 ? "slip_later" : "slip_earlier", slip_size(context, status));
}

/** Both dates, and what lies between them. */
export function finish_words(context: Context, status: StatusDocument): string {
  const { finish, baseline, slip } = status;
  if (finish === null || !baseline || baseline.finish === null) return "";
  const { format } = context;
  const against = context.say("finish_against", format.last_day(finish), format.last_day(baseline.finish));
  const moved = slip === 0 ? context.say("finish_same") : context.say(slip > 0 ? "finish_later" : "finish_earlier", slip_size(context, status));
  return context.language === "zh" ? `${against}（${moved}）` : `${against} (${moved})`;
}
