/** Dates, durations and numbers as each language writes them. */

import type { Minutes } from "./document";
import { type Language, say } from "./words";

export const kDay = 1440;
const kWeekdays = { en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], zh: ["日", "一", "二", "三", "四", "五", "六"] };
const kMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The fields of an instant on the plan's clocks. */
export interface Civil {
  year: number;
  month: number; // 1 ... 12
  day: number;
  weekday: number; // 0: Sunday
  hour: number;
  minute: number;
}

export function civil(time: Minutes): Civil {
  const date = new Date(time * 60000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** Minutes of the midnight that begins a date; months and days may lie outside their range. */
export const midnight = (year: number, month: number, day: number): Minutes => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC would take year 99 for 1999
  return date.getTime() / 60000;
};

const two = (value: number): string => String(value).padStart(2, "0");

/** `1,234.5`, with at most so many digits after the point.  (The browser's own formatter takes long to be made.) */
function grouped(size: number, digits: number): string {
  const scale = 10 ** digits;
  const [whole, rest] = String(Math.round(size * scale) / scale).split(".");
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? parts : `${parts}.${rest}`;
}

/** What of a document says how its times and sums are told. */
interface Told {
  plan: { abstract: boolean; currency: string };
}

export class Format {
  constructor(
    readonly document: Told,
    readonly language: Language,
  ) {}

  private get is_abstract(): boolean {
    return this.document.plan.abstract;
  }

  weekday(time: Minutes): string {
    const name = kWeekdays[this.language][civil(time).weekday];
    return this.language === "zh" ? `周${name}` : name;
  }

  month(month: number): string {
    return this.language === "zh" ? `${month}月` : kMonths[month - 1];
  }

  /** `12 Apr 2024`, `2024年4月12日`. */
  day(time: Minutes): string {
    if (this.is_abstract) return this.number(time);
    const { year, month, day } = civil(time);
    return this.language === "zh" ? `${year}年${month}月${day}日` : `${day} ${kMonths[month - 1]} ${year}`;
  }

  /** Without its year, for marks on an axis: `12 Apr`, `4月12日`. */
  short_day(time: Minutes): string {
    if (this.is_abstract) return this.number(time);
    const { month, day } = civil(time);
    return this.language === "zh" ? `${month}月${day}日` : `${day} ${kMonths[month - 1]}`;
  }

  /** The day on which something ends: midnight belongs to the day before. */
  last_day(time: Minutes): string {
    return this.is_abstract ? this.number(time) : this.day(time - 1);
  }

  /** With the day of the week: `Fri 12 Apr 2024`, `2024年4月12日 周五`. */
  long_day(time: Minutes): string {
    if (this.is_abstract) return this.number(time);
    const weekday = this.weekday(time);
    return this.language === "zh" ? `${this.day(time)} ${weekday}` : `${weekday} ${this.day(time)}`;
  }

  /** `16:00`; the end of a day is 24:00, not the next day's midnight. */
  clock(time: Minutes, is_end = false): string {
    const { hour, minute } = civil(time);
    return is_end && hour === 0 && minute === 0 ? "24:00" : `${two(hour)}:${two(minute)}`;
  }

  /** In full, for sentences: `Fri 12 Apr 2024, 16:00`, `2024年4月12日 周五 16:00`. */
  instant(time: Minutes, is_end = false): string {
    if (this.is_abstract) return this.number(time);
    const day = this.long_day(is_end ? time - 1 : time);
    return this.language === "zh" ? `${day} ${this.clock(time, is_end)}` : `${day}, ${this.clock(time, is_end)}`;
  }

  /** An instant from which things count: the day alone where it is midnight. */
  since(time: Minutes): string {
    return this.is_abstract || time % kDay !== 0 ? this.instant(time) : this.long_day(time);
  }

  /** For tables, always as wide: `2024-04-12 16:00`. */
  cell(time: Minutes | null, is_end = false): string {
    if (time === null) return "";
    if (this.is_abstract) return this.number(time);
    const { year, month, day } = civil(is_end ? time - 1 : time);
    return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)} ${this.clock(time, is_end)}`;
  }

  /** Working time in days of `day` minutes: `3 d`, `2.5 h`, `45 min`; `3天`. */
  duration(time: Minutes | null, day: Minutes): string {
    if (time === null) return "";
    if (this.is_abstract) return this.number(time);
    const zh = this.language === "zh";
    const sign = time < 0 ? "−" : "";
    const size = Math.abs(time);
    if (day > 0 && size >= day / 2) return `${sign}${this.number(size / day, 1)}${zh ? "天" : " d"}`;
    if (size >= 60) return `${sign}${this.number(size / 60, 1)}${zh ? "小时" : " h"}`;
    if (size === 0) return zh ? "0天" : "0 d";
    return `${sign}${size}${zh ? "分钟" : " min"}`;
  }

  number(value: number, digits = 0): string {
    const text = grouped(Math.abs(value), digits);
    return value < 0 && text !== "0" ? `−${text}` : text;
  }

  /** `3.2 %`, `3.2%`. */
  percent(share: number, digits = 1): string {
    const text = this.number(share * 100, digits);
    return this.language === "zh" ? `${text}%` : `${text} %`;
  }

  /** Large sums by the language's own steps: `1.23亿元`, `4,560万元`; `CNY 123.4 M`. */
  money(value: number): string {
    const { currency } = this.document.plan;
    const size = Math.abs(value);
    if (this.language === "zh") {
      const unit = currency === "CNY" ? "元" : ` ${currency}`;
      if (size >= 1e8) return `${this.number(value / 1e8, 2)}亿${unit}`;
      if (size >= 1e4) return `${this.number(value / 1e4, 2)}万${unit}`;
      return `${this.number(value, 2)}${unit}`;
    }
    if (size >= 1e9) return `${currency} ${this.number(value / 1e9, 2)} bn`;
    if (size >= 1e6) return `${currency} ${this.number(value / 1e6, 2)} M`;
    return `${currency} ${this.number(value, 2)}`;
  }

  say(...sentence: Parameters<typeof say> extends [Language, ...infer Rest] ? Rest : never): string {
    return say(this.language, ...sentence);
  }
}
