/** Links between bars: at right angles, over as few corners as there can be. */

import type { Link, Model } from "../model";
import type { Palette } from "../palette";
import type { Pen } from "../pen";
import type { Scale } from "../scale";
import type { LinkMode } from "../store";
import { extent, kBarHeight, kBarMiddle, kBarTop, kRow } from "./bars";

const kStub = 6; // pixels that a link runs on before it turns
const kFar = 60; // rows: a longer link that drives nothing is shown only for the selected task

/** Corners x, y, x, y ...; the last is the arrow's tip, which points down, up, right or left. */
export function route(
  link: Pick<Link, "type">,
  from: [number, number],
  to: [number, number],
  from_y: number,
  to_y: number,
): { corners: number[]; tip: "down" | "up" | "right" | "left" } {
  const leaves_right = link.type === "FS" || link.type === "FF";
  const arrives_left = link.type === "FS" || link.type === "SS";
  const x1 = leaves_right ? from[1] : from[0];
  const x2 = arrives_left ? to[0] : to[1];
  const y1 = from_y + kBarMiddle;
  const y2 = to_y + kBarMiddle;
  const is_down = to_y > from_y;
  if (leaves_right && arrives_left) {
    if (x2 >= x1 - 1) {
      // One corner: along, then onto the bar near its beginning.
      const x = Math.max(x1 + 3, Math.min(x2 + 4, to[1] - 1));
      const y = is_down ? to_y + kBarTop : to_y + kBarTop + kBarHeight;
      return { corners: [x1, y1, x, y1, x, y], tip: is_down ? "down" : "up" };
    }
    const between = is_down ? to_y : to_y + kRow; // the line between two rows
    const corners = [x1, y1, x1 + kStub, y1, x1 + kStub, between, x2 - kStub, between, x2 - kStub, y2, x2, y2];
    return { corners, tip: "right" };
  }
  if (leaves_right) {
    const x = Math.max(x1, x2) + kStub;
    return { corners: [x1, y1, x, y1, x, y2, x2, y2], tip: "left" };
  }
  if (arrives_left) {
    const x = Math.min(x1, x2) - kStub;
    return { corners: [x1, y1, x, y1, x, y2, x2, y2], tip: "right" };
  }
  const between = is_down ? to_y : to_y + kRow;
  const corners = [x1, y1, x1 - kStub, y1, x1 - kStub, between, x2 + kStub, between, x2 + kStub, y2, x2, y2];
  return { corners, tip: "left" };
}

const kTips = {
  down: [-3, -4.5, 3, -4.5],
  up: [-3, 4.5, 3, 4.5],
  right: [-4.5, -3, -4.5, 3],
  left: [4.5, -3, 4.5, 3],
};

function draw_link(
  pen: Pen,
  model: Model,
  link: Link,
  from_y: number,
  to_y: number,
  scale: Scale,
  colour: string,
  width: number,
): void {
  const from = extent(model.tasks[link.from], scale);
  const to = extent(model.tasks[link.to], scale);
  const { corners, tip } = route(link, from, to, from_y, to_y);
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < corners.length; i += 2) {
    least = Math.min(least, corners[i]);
    most = Math.max(most, corners[i]);
  }
  if (most < 0 || least > scale.width) return;
  pen.line(corners, colour, width);
  const x = corners[corners.length - 2];
  const y = corners[corners.length - 1];
  const [ax, ay, bx, by] = kTips[tip];
  pen.shape([x, y, x + ax, y + ay, x + bx, y + by], colour);
}

/**
 * The links that meet the rows [first, last), those of the selected task last and strongest.  `row_of` is the row of a
 * task, -1 where it is not shown.  O(links) comparisons; only what is in view is drawn.
 */
export function draw_links(
  pen: Pen,
  model: Model,
  row_of: Int32Array,
  first: number,
  last: number,
  top: number,
  scale: Scale,
  palette: Palette,
  mode: LinkMode,
  selected: number,
): void {
  if (mode === "none" && selected < 0) return;
  const later: Link[] = [];
  for (const link of model.links) {
    const from_row = row_of[link.from];
    const to_row = row_of[link.to];
    if (from_row < 0 || to_row < 0) continue;
    if ((from_row < first && to_row < first) || (from_row >= last && to_row >= last)) continue;
    if (link.from === selected || link.to === selected) {
      later.push(link);
      continue;
    }
    if (mode === "none" || (mode === "driving" && !link.driving)) continue;
    if (!link.driving && Math.abs(from_row - to_row) > kFar) continue;
    const { tasks } = model;
    const is_critical = link.driving && tasks[link.from].critical && tasks[link.to].critical;
    const colour = is_critical ? palette.accent : link.driving ? palette.faint : palette.link;
    draw_link(pen, model, link, from_row * kRow - top, to_row * kRow - top, scale, colour, is_critical ? 1.3 : 1);
  }
  for (const link of later) {
    const colour = link.driving ? palette.ink : palette.soft;
    draw_link(pen, model, link, row_of[link.from] * kRow - top, row_of[link.to] * kRow - top, scale, colour, 1.8);
  }
}
