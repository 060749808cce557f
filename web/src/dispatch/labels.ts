/** Where the names of a map stand: beside their points, on nothing else and on no other name. */

import type { Box, Point } from "./layout";

export interface Wanted {
  at: Point;
  radius: number; // of the point
  width: number;
  height: number;
  /** Places beside the point in the order of preference are worked out; these are tried instead. */
  centres?: Point[];
}

export interface Placed extends Box {
  align: "left" | "center" | "right";
  /** Stands so far off that a line must lead to its point. */
  is_led?: boolean;
}

const kGap = 4; // between a point and its name
const kAir = 2; // around a name
const kLed = [14, 28, 44, 62]; // how far off a name may stand that a line leads to
const kAngles = 12;
const kCrossing = 3.5; // what it costs to stand on a way, in steps of preference

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const inside = (box: Box, frame: Box): boolean =>
  box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height;

function candidates({ at, radius, width, height, centres }: Wanted): Placed[] {
  if (centres) return centres.map(({ x, y }) => ({ x: x - width / 2, y: y - height / 2, width, height, align: "center" }));
  const near = radius + kGap;
  const slant = radius * 0.7 + kGap;
  const middle = { y: at.y - height / 2, width, height };
  const centred = { x: at.x - width / 2, width, height, align: "center" as const };
  const right = (y: number, by: number): Placed => ({ x: at.x + by, y, width, height, align: "left" });
  const left = (y: number, by: number): Placed => ({ x: at.x - by - width, y, width, height, align: "right" });
  const found = [right(middle.y, near), left(middle.y, near), { ...centred, y: at.y + near }, { ...centred, y: at.y - near - height }];
  for (const by of [slant, slant + 8]) {
    found.push(right(at.y + by, by), right(at.y - by - height, by), left(at.y + by, by), left(at.y - by - height, by));
  }
  for (const away of kLed) {
    for (let k = 0; k < kAngles; ++k) {
      const angle = (2 * Math.PI * k) / kAngles;
      const [x, y] = [at.x + Math.cos(angle) * (radius + away + width / 2), at.y + Math.sin(angle) * (radius + away + height / 2)];
      found.push({ x: x - width / 2, y: y - height / 2, width, height, align: "center", is_led: true });
    }
  }
  return found;
}

/** How many of the paths lead through the box. */
const crossings = (box: Box, paths: Point[][]): number =>
  paths.filter((path) => path.some(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height)).length;

const distance = (box: Box, { x, y }: Point): number =>
  Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width), Math.max(box.y - y, 0, y - box.y - box.height));

/** Whose name is it?  Of a name that no line leads to, whose point is nearest. */
const is_misleading = (box: Placed, own: Point, others: Point[]): boolean =>
  !box.is_led && others.some((other) => distance(box, other) < distance(box, own) + 2);

/**
 * One box for each that is wanted, the first of them first; null where there is no room.  No box lies on another or
 * on one of `taken`; of those that are free the one that
 * stands near and on few paths.
 */
export function place_labels(wanted: Wanted[], taken: Box[], paths: Point[][], frame: Box): (Placed | null)[] {
  const standing = [...taken];
  return wanted.map((each) => {
    let best: Placed | null = null;
    let best_cost = Infinity;
    const others = each.centres ? [] : wanted.filter((other) => other !== each).map(({ at }) => at);
    candidates(each).forEach((box, rank) => {
      const grown = { x: box.x - kAir, y: box.y - kAir, width: box.width + 2 * kAir, height: box.height + 2 * kAir };
      if (!inside(box, frame) || standing.some((other) => overlap(grown, other) > 0) || is_misleading(box, each.at, others)) return;
      const cost = kCrossing * crossings(grown, paths) + rank;
      if (cost < best_cost) [best, best_cost] = [box, cost];
    });
    if (best) standing.push(best);
    return best;
  });
}
