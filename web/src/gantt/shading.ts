/** What is not worked, behind the bars; make-up days, which are. */

import type { CalendarDocument, Minutes, Shift } from "../document";
import { kDay } from "../format";
import type { Palette } from "../palette";
import type { Pen } from "../pen";
import type { Scale } from "../scale";

export interface Shade {
  from: Minutes;
  to: Minutes;
  kind: "rest" | "makeup";
}

const dated_of = new WeakMap<CalendarDocument, Map<number, Shift[]>>();

function shifts_on(calendar: CalendarDocument, day: number): { shifts: Shift[]; is_makeup: boolean } {
  let dated = dated_of.get(calendar);
  if (!dated) dated_of.set(calendar, (dated = new Map(calendar.dated.map((entry) => [entry.day, entry.shifts]))));
  const usual = calendar.week[(((day + 3) % 7) + 7) % 7]; // 1970-01-01 was a Thursday
  const shifts = dated.get(day);
  return { shifts: shifts ?? usual, is_makeup: shifts !== undefined && shifts.length > 0 && usual.length === 0 };
}

const kLeastDay = 3; // pixels: narrower days are not told apart
const kLeastHours = 96; // pixels of a day whose hours are shown

/** In the order of time; stretches of rest that touch are one. */
export function shades(calendar: CalendarDocument, scale: Scale): Shade[] {
  const width = kDay / scale.per_pixel;
  if (width < kLeastDay) return [];
  const found: Shade[] = [];
  const add = (from: Minutes, to: Minutes, kind: Shade["kind"]) => {
    const last = found[found.length - 1];
    if (last && last.kind === kind && last.to === from) last.to = to;
    else if (to > from) found.push({ from, to, kind });
  };
  for (let day = Math.floor(scale.from / kDay); day * kDay < scale.to; ++day) {
    const { shifts, is_makeup } = shifts_on(calendar, day);
    const midnight = day * kDay;
    if (is_makeup) add(midnight, midnight + kDay, "makeup");
    if (shifts.length === 0) add(midnight, midnight + kDay, "rest");
    else if (width >= kLeastHours) {
      let at = 0;
      for (const [begin, end] of shifts) {
        add(midnight + at, midnight + begin, "rest");
        at = end;
      }
      add(midnight + at, midnight + kDay, "rest");
    }
  }
  return found;
}

export function draw_shades(pen: Pen, found: Shade[], scale: Scale, top: number, height: number, palette: Palette): void {
  for (const { from, to, kind } of found) {
    pen.rect(scale.x(from), top, (to - from) / scale.per_pixel, height, kind === "rest" ? palette.rest : palette.makeup);
  }
}
