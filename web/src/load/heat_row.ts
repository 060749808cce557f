/** The share of a resource in use, a cell each division of time. */

import { ink_on, mix } from "../colours";
import type { Minutes, PlanDocument, ResourceDocument } from "../document";
import type { Palette } from "../palette";
import { measure, type Pen, type TextStyle } from "../pen";
import type { Scale } from "../scale";

export const kHeatHeight = 24;

/** One hue: the paper's tone where idle, slate where full. */
export function heat_colour(percent: number, palette: Palette): string {
  const idle = mix(palette.paper, palette.rule, 0.35);
  return percent > 100 ? palette.accent : mix(idle, palette.bar_part, Math.max(0, percent) / 100);
}

export function division(document: PlanDocument, index: number): [Minutes, Minutes] {
  const { from, to } = document.divisions;
  return [from[index], index + 1 < from.length ? from[index + 1] : to];
}

/** The division in which `time` lies; -1 where none does.  O(log divisions) */
export function division_at(document: PlanDocument, time: Minutes): number {
  const { from, to } = document.divisions;
  if (from.length === 0 || time < from[0] || time >= to) return -1;
  let least = 0;
  let most = from.length - 1;
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (from[middle] <= time) least = middle;
    else most = middle - 1;
  }
  return least;
}

/** A cross in the middle: more in use than there is, also without colour. */
export function draw_cross(pen: Pen, left: number, top: number, width: number, height: number, ink: string): void {
  const reach = Math.min(width, height, 12) / 2 - 1.5;
  const [x, y] = [left + width / 2, top + height / 2];
  if (reach < 1) {
    pen.rect(left, y - 1, width, 2, ink);
    return;
  }
  pen.line([x - reach, y - reach, x + reach, y + reach], ink, 1.4);
  pen.line([x - reach, y + reach, x + reach, y - reach], ink, 1.4);
}

const kLegible = 26; // pixels: in narrower cells no value is written, that all look alike
const kValue: TextStyle = { size: 10.5, align: "center" };

function draw_cell(pen: Pen, percent: number, left: number, right: number, height: number, palette: Palette): void {
  const colour = heat_colour(percent, palette);
  const width = Math.max(1, right - left - (right - left > 4 ? 1 : 0));
  pen.rect(left, 2, width, height - 4, colour);
  const ink = ink_on(colour, palette.paper, palette.ink);
  const text = percent === 0 ? "" : String(percent);
  const room = width - (percent > 100 ? 20 : 6);
  const fits = text !== "" && width >= kLegible && measure(text, kValue) <= room;
  if (percent > 100) draw_cross(pen, fits ? left + 3 : left, 2, fits ? 12 : width, height - 4, ink);
  if (fits) pen.text(text, left + (percent > 100 ? 14 + (width - 14) / 2 : width / 2), height / 2 + 0.5, ink, kValue);
}

export function draw_heat(
  pen: Pen,
  resource: ResourceDocument,
  document: PlanDocument,
  scale: Scale,
  height: number,
  palette: Palette,
): void {
  // Overloads last: in columns narrower than a pixel they must not be painted over.
  for (const is_over of [false, true]) {
    resource.share.forEach((percent, index) => {
      if (percent === null || percent > 100 !== is_over) return;
      const [from, to] = division(document, index);
      const left = Math.round(scale.x(from));
      const right = Math.round(scale.x(to));
      if (right < 0 || left > scale.width) return;
      draw_cell(pen, percent, left, right, height, palette);
    });
  }
}
