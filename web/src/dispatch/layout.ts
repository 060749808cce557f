/**
 * Where places stand on a map that is not to scale: north stays above, east to the right, but what is empty is
 * shortened and what is near is moved apart, so that names have room.
 */

import type { PlaceDocument } from "./document";

const kWidest = 3; // times the usual gap between neighbours: longer ones are shortened
const kShare = 20; // or this part of the whole
const kNarrowest = 0.35; // of the mean gap
const kRounds = 80;

/** A monotone function: knots, and what they become; beyond its ends as steep as usual. */
export class Warp {
  constructor(
    private readonly from: number[],
    private readonly to: number[],
  ) {}

  at(value: number): number {
    const { from, to } = this;
    const last = from.length - 1;
    if (last < 0) return 0;
    if (last === 0) return value - from[0];
    const slope = (to[last] - to[0]) / (from[last] - from[0]);
    if (value <= from[0]) return to[0] + (value - from[0]) * slope;
    if (value >= from[last]) return to[last] + (value - from[last]) * slope;
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (from[middle] <= value) low = middle;
      else high = middle;
    }
    return to[low] + ((value - from[low]) / (from[high] - from[low])) * (to[high] - to[low]);
  }
  get span(): number {
    return this.to.length === 0 ? 0 : this.to[this.to.length - 1] - this.to[0];
  }
}

/** Shortens the long gaps between the values, and widens the narrow ones. */
export function make_warp(values: number[]): Warp {
  const knots = [...new Set(values)].sort((a, b) => a - b);
  const gaps = knots.slice(1).map((value, i) => value - knots[i]);
  if (gaps.length === 0) return new Warp(knots, knots.map(() => 0));
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1];
  const whole = knots[knots.length - 1] - knots[0];
  const most = Math.max(kWidest * usual, whole / kShare);
  const shortened = gaps.map((gap) => Math.min(gap, most));
  const mean = shortened.reduce((a, b) => a + b, 0) / gaps.length;
  const to = [0];
  for (const gap of shortened) to.push(to[to.length - 1] + Math.max(gap, kNarrowest * mean));
  return new Warp(knots, to);
}

export interface Point {
  x: number;
  y: number;
}
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  points: Point[]; // one for each place
  /** Where a position of the world lies. */
  project: (longitude: number, latitude: number) => Point;
}

/** Puts the places into the box, no two nearer to each other than `apart`; those without position along its foot. */
export function make_layout(places: PlaceDocument[], box: Box, apart: number): Layout {
  const located = places.filter((place) => place.located);
  const east = make_warp(located.map(({ longitude }) => longitude));
  const south = make_warp(located.map(({ latitude }) => -latitude));
  const lost = places.length - located.length;
  const high = lost > 0 ? box.height - 2 * apart : box.height;
  const scale = (warp: Warp, size: number) => (warp.span > 0 ? size / warp.span : 1);
  const [wide_scale, high_scale] = [scale(east, box.width), scale(south, high)];
  const offset = (warp: Warp, size: number) => (warp.span > 0 ? 0 : size / 2);
  const project = (longitude: number, latitude: number): Point => ({
    x: box.x + offset(east, box.width) + east.at(longitude) * wide_scale,
    y: box.y + offset(south, high) + south.at(-latitude) * high_scale,
  });
  let number = 0;
  const points = places.map((place) => {
    if (place.located) return project(place.longitude, place.latitude);
    return { x: box.x + ((++number - 0.5) / lost) * box.width, y: box.y + box.height };
  });
  move_apart(points, box, apart);
  return { points, project };
}

function move_apart(points: Point[], box: Box, apart: number): void {
  for (let round = 0; round < kRounds; ++round) {
    let has_moved = false;
    for (let i = 0; i < points.length; ++i) {
      for (let k = i + 1; k < points.length; ++k) {
        const [a, b] = [points[i], points[k]];
        let [dx, dy] = [b.x - a.x, b.y - a.y];
        let distance = Math.hypot(dx, dy);
        if (distance >= apart - 0.01) continue;
        if (distance < 0.01) [dx, dy, distance] = [Math.cos(i + k), Math.sin(i + k), 1]; // one upon the other
        const by = (apart - Math.min(distance, apart)) / 2 / distance;
        a.x -= dx * by;
        a.y -= dy * by;
        b.x += dx * by;
        b.y += dy * by;
        has_moved = true;
      }
    }
    for (const point of points) {
      point.x = Math.max(box.x, Math.min(box.x + box.width, point.x));
      point.y = Math.max(box.y, Math.min(box.y + box.height, point.y));
    }
    if (!has_moved) return;
  }
}
