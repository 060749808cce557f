/** Reading a curve of quantiles: 101 dates, which 0, 1 ... 100 % of the trials keep. */

import type { Minutes } from "../document";

export type Curve = readonly (Minutes | null)[];

const kParts = 100;

/** The dates of the curve; trials without a date are at its end, and have none. */
const dated = (curve: Curve): Minutes[] => curve.filter((time): time is Minutes => time !== null);

/** The share of the trials that end no later; between two quantiles as if they lay evenly. */
export function share_at(curve: Curve, time: Minutes): number {
  const dates = dated(curve);
  if (dates.length === 0 || time < dates[0]) return 0;
  let last = dates.length - 1;
  while (dates[last] > time) --last;
  if (last === dates.length - 1) return last / kParts;
  return (last + (time - dates[last]) / (dates[last + 1] - dates[last])) / kParts;
}

/** The date of the curve `by` percents later (earlier); at either end the outermost. */
export function time_beside(curve: Curve, time: Minutes, by: number): Minutes {
  const dates = dated(curve);
  if (dates.length === 0) return time;
  const at = share_at(curve, time) * kParts;
  const wanted = by > 0 ? Math.floor(at + 1e-9) + by : Math.ceil(at - 1e-9) + by;
  const part = Math.max(0, Math.min(dates.length - 1, wanted));
  if (by > 0 && dates[part] <= time) return dates.find((each) => each > time) ?? dates[dates.length - 1];
  if (by < 0 && dates[part] >= time) return dates.reduce((best, each) => (each < time ? each : best), dates[0]);
  return dates[part];
}

/** Its points from left to right as [time, share], for drawing. */
export const points_of = (curve: Curve): [Minutes, number][] => dated(curve).map((time, part) => [time, part / kParts]);
