/** The page's colours where pictures need them; `page.css` says what they are. */

const kNames = [
  "paper",
  "panel",
  "ink",
  "soft", // ink of what matters less
  "faint", // of marks
  "rule",
  "rest", // what is not worked
  "makeup", // a make-up day
  "accent",
  "accent_soft",
  "bar",
  "bar_part", // the done part of a bar
  "done",
  "summary",
  "link",
  "baseline",
  "now",
  "select",
  "good", // words of what goes well
  "warn", // of what is open
  "fan_1", // futures, from the outermost
  "fan_2",
  "fan_3",
] as const;

export type Palette = Record<(typeof kNames)[number], string>;

/** The same as names that the style fills in: drawings made of them follow the theme, and are right on paper. */
export const css_palette = Object.fromEntries(kNames.map((name) => [name, `var(--${name.replace("_", "-")})`])) as Palette;

export function read_palette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    kNames.map((name) => [name, style.getPropertyValue(`--${name.replace("_", "-")}`).trim()]),
  ) as Palette;
}
