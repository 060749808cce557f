/** Time on a line of pixels: where an instant lies, and the marks of the axis above it. */

import type { Minutes } from "./document";
import { civil, type Format, kDay, midnight } from "./format";

export class Scale {
  constructor(
    readonly from: Minutes,
    readonly per_pixel: number,
    readonly width: number,
  ) {}

  x(time: Minutes): number {
    return (time - this.from) / this.per_pixel;
  }
  time(x: number): Minutes {
    return this.from + x * this.per_pixel;
  }
  get to(): Minutes {
    return this.from + this.width * this.per_pixel;
  }
}

/** A unit of time in which people count. */
export type Unit = "minute" | "quarter_hour" | "hour" | "six_hours" | "day" | "week" | "month" | "quarter" | "year" | "decade";

const kLength: Record<Unit, Minutes> = {
  minute: 1,
  quarter_hour: 15,
  hour: 60,
  six_hours: 360,
  day: kDay,
  week: 7 * kDay,
  month: 30.4 * kDay,
  quarter: 91.3 * kDay,
  year: 365.25 * kDay,
  decade: 3652.5 * kDay,
};

/** The beginning of the unit in which `time` lies. */
export function beginning(time: Minutes, unit: Unit): Minutes {
  const { year, month, day, weekday } = civil(time);
  switch (unit) {
    case "week":
      return midnight(year, month, day) - ((weekday + 6) % 7) * kDay; // Monday
    case "month":
      return midnight(year, month, 1);
    case "quarter":
      return midnight(year, month - ((month - 1) % 3), 1);
    case "year":
      return midnight(year, 1, 1);
    case "decade":
      return midnight(year - (((year % 10) + 10) % 10), 1, 1);
    default:
      return Math.floor(time / kLength[unit]) * kLength[unit];
  }
}

export function next(time: Minutes, unit: Unit): Minutes {
  const { year, month } = civil(time);
  switch (unit) {
    case "month":
      return midnight(year, month + 1, 1);
    case "quarter":
      return midnight(year, month + 3, 1);
    case "year":
      return midnight(year + 1, 1, 1);
    case "decade":
      return midnight(year + 10, 1, 1);
    default:
      return time + kLength[unit];
  }
}

export interface Mark {
  from: Minutes;
  to: Minutes;
  text: string;
}
export interface Axis {
  minor: Mark[];
  major: Mark[];
  minor_unit: Unit | "period";
}

// Each finer unit, the coarser one above it, and the least width of its marks.
const kPairs: [Unit, Unit, number][] = [
  ["minute", "hour", 24],
  ["quarter_hour", "day", 42],
  ["hour", "day", 24],
  ["six_hours", "day", 24],
  ["day", "month", 20],
  ["week", "month", 26],
  ["month", "year", 30],
  ["quarter", "year", 26],
  ["year", "decade", 36],
  ["decade", "decade", 40],
];

function label(format: Format, time: Minutes, unit: Unit, width: number): string {
  const { year, month, day, hour, minute } = civil(time);
  const zh = format.language === "zh";
  switch (unit) {
    case "minute":
      return String(minute);
    case "quarter_hour":
      return format.clock(time);
    case "hour":
    case "six_hours":
      return String(hour);
    case "day":
      return width >= 58 ? `${format.weekday(time)} ${day}` : String(day);
    case "week":
      return width >= 44 ? (zh ? `${month}/${day}` : `${day} ${format.month(month)}`) : String(day);
    case "month":
      return format.month(month);
    case "quarter":
      return zh ? `${(month + 2) / 3}季` : `Q${(month + 2) / 3}`;
    case "year":
      return zh && width >= 44 ? `${year}年` : String(year);
    case "decade":
      return `${year}s`;
  }
}

function major_label(format: Format, time: Minutes, unit: Unit, width: number): string {
  const { year, month } = civil(time);
  const zh = format.language === "zh";
  switch (unit) {
    case "hour":
      return `${format.long_day(time)} ${format.clock(time)}`;
    case "day":
      return width >= 110 ? format.long_day(time) : width >= 58 ? label(format, time, "day", 58) : String(civil(time).day);
    case "month":
      if (width < 62) return format.month(month);
      return zh ? `${year}年${month}月` : `${format.month(month)} ${year}`;
    default:
      return label(format, time, unit, width);
  }
}

function marks(scale: Scale, unit: Unit, name: (time: Minutes, unit: Unit, width: number) => string): Mark[] {
  const found: Mark[] = [];
  for (let time = beginning(scale.from, unit); time < scale.to; ) {
    const after = next(time, unit);
    found.push({ from: time, to: after, text: name(time, unit, (after - time) / scale.per_pixel) });
    time = after;
  }
  return found;
}

/** Periods have no calendar: marks at 1, 2 or 5 times a power of ten. */
function period_axis(format: Format, scale: Scale): Axis {
  const least = Math.max(1, scale.per_pixel * 46);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((times) => times * power).find((width) => width >= least)!;
  const minor: Mark[] = [];
  for (let time = Math.floor(scale.from / step) * step; time < scale.to; time += step) {
    minor.push({ from: time, to: time + step, text: format.number(time) });
  }
  return { minor, major: [], minor_unit: "period" };
}

/** The marks that fit: as fine as there is room for. */
export function make_axis(format: Format, scale: Scale): Axis {
  if (format.document.plan.abstract) return period_axis(format, scale);
  const pair = kPairs.find(([unit, , least]) => kLength[unit] / scale.per_pixel >= least) ?? kPairs[kPairs.length - 1];
  const [minor_unit, major_unit] = pair;
  return {
    minor: marks(scale, minor_unit, (time, unit, width) => label(format, time, unit, width)),
    major:
      minor_unit === major_unit ? [] : marks(scale, major_unit, (time, unit, width) => major_label(format, time, unit, width)),
    minor_unit,
  };
}
