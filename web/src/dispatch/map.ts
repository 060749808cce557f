/** Places as discs, ways as arcs, as wide as people are on them: the whole day, or one moment of it. */

import type { Palette } from "../palette";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { round_points } from "../risk/finish_drawing";
import type { DispatchContext } from "./context";
import { type Box, type Layout, make_layout, type Point } from "./layout";
import { type Placed, place_labels, type Wanted } from "./labels";

const kLeast = 4.5; // radius of an empty place
const kMost = 20; // of one where everybody is
const kWidest = 15; // of a way that everybody takes
const kBends = [0.13, -0.13, 0.05, 0.22, -0.22]; // of a way's length; the first that leads past other places
const kPieces = 48; // of a bent line
const kHead = 9; // of an arrow
const kName = { size: 12 };
const kCount = { size: 13, bold: true };
const kLine = 16;

interface Picture {
  width: number;
  height: number;
  layout: Layout;
  paths: Point[][]; // of the arcs
  shown: number[]; // places
  most: number[]; // of each place the radius when most people are there
  names: (Placed | null)[]; // of the shown places
}

const radius_of = (people: number, all: number): number => (people <= 0 ? kLeast : kLeast + (kMost - kLeast) * Math.sqrt(people / Math.max(1, all)));
const width_of = (people: number, all: number): number => (people <= 0 ? 0 : 1.4 + (kWidest - 1.4) * (people / Math.max(1, all)));

function bend(from: Point, to: Point, cut_from: number, cut_to: number, by: number): Point[] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const control = { x: (from.x + to.x) / 2 + dy * by, y: (from.y + to.y) / 2 - dx * by };
  const all = Array.from({ length: kPieces + 1 }, (_, i) => {
    const t = i / kPieces;
    const at = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c;
    return { x: at(from.x, control.x, to.x), y: at(from.y, control.y, to.y) };
  });
  const kept = all.filter((p) => Math.hypot(p.x - from.x, p.y - from.y) >= cut_from && Math.hypot(p.x - to.x, p.y - to.y) >= cut_to);
  return kept.length >= 2 ? kept : all;
}

/** Bent to whichever side it meets fewer places. */
function find_path(points: Point[], most: number[], from: number, to: number): Point[] {
  const met = (path: Point[]) =>
    points.filter((point, place) => place !== from && place !== to && path.some(({ x, y }) => Math.hypot(x - point.x, y - point.y) < most[place] + 3)).length;
  const paths = kBends.map((by) => bend(points[from], points[to], most[from], most[to] + 2, by));
  const counts = paths.map(met);
  return paths[counts.indexOf(Math.min(...counts))];
}

/** Everything that stays where it is, whatever the time. */
export function make_picture(context: DispatchContext, width: number): Picture {
  const { places, arcs, answer, hours } = context.document;
  const is_narrow = width < 560;
  const height = is_narrow ? Math.round(width * 1.6) : Math.round(Math.min(560, Math.max(430, width * 0.6)));
  const side = is_narrow ? 34 : 84;
  const frame: Box = { x: 4, y: 4, width: width - 8, height: height - 8 };
  const box: Box = { x: side, y: 40, width: width - 2 * side, height: height - 84 };
  const shown = places.map((_, i) => i).filter((i) => places[i].part !== "unused");
  const inner = make_layout(shown.map((i) => places[i]), box, is_narrow ? 56 : 74);
  const points: Point[] = [];
  shown.forEach((place, i) => (points[place] = inner.points[i]));
  const most = places.map((_, i) => radius_of(Math.max(0, ...hours.at[i]), answer.people));
  const paths = arcs.map(({ from, to }) => find_path(points, most, from, to));
  const order = [...shown].sort((a, b) => places[b].people - places[a].people);
  const wanted = order.map(
    (place): Wanted => ({
      at: points[place],
      radius: most[place],
      width: Math.min(width * 0.4, Math.max(measure(context.place(place), { ...kName, bold: true }), measure(context.number(answer.people), kCount))) + 2,
      height: 2 * kLine,
    }),
  );
  const discs = shown.map((place): Box => {
    const radius = most[place];
    return { x: points[place].x - radius, y: points[place].y - radius, width: 2 * radius, height: 2 * radius };
  });
  const placed = place_labels(wanted, discs, paths, frame);
  const names = shown.map((place) => placed[order.indexOf(place)]);
  return { width, height, layout: { ...inner, points }, paths, shown, most, names };
}

function draw_arrow(pen: Pen, path: Point[], width: number, colour: string): void {
  const end = path[path.length - 1];
  const before = path[Math.max(0, path.length - 6)];
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [ux, uy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const half = Math.max(4, width * 0.5 + 2.5);
  const back = { x: end.x - ux * kHead, y: end.y - uy * kHead };
  pen.line(
    path.filter(({ x, y }) => Math.hypot(x - end.x, y - end.y) > kHead).flatMap(({ x, y }) => [x, y]).concat(back.x, back.y),
    colour,
    width,
  );
  pen.shape([end.x, end.y, back.x - uy * half, back.y + ux * half, back.x + uy * half, back.y - ux * half], colour);
}

function draw_outline(pen: Pen, context: DispatchContext, { layout, width, height }: Picture): void {
  pen.clip(0, 0, width, height, () => {
    for (const line of context.document.outline) {
      const points: number[] = [];
      for (let i = 0; i + 1 < line.length; i += 2) {
        const { x, y } = layout.project(line[i], line[i + 1]);
        points.push(x, y);
      }
      pen.line(points, palette.rule, 1.2);
    }
  });
}

/** Numbers on the ways: on their middle, or where along them there is room. */
function place_numbers(picture: Picture, texts: [arc: number, text: string][], discs: Box[]): (Placed | null)[] {
  const names = picture.names.filter((box): box is Placed => box !== null);
  const wanted = texts.map(([arc, text]): Wanted => {
    const path = picture.paths[arc];
    const centres = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18].map((share) => path[Math.round(share * (path.length - 1))]);
    return { at: path[0], radius: 0, width: measure(text, { size: 11, bold: true }) + 8, height: 16, centres };
  });
  return place_labels(wanted, [...names, ...discs], [], { x: 0, y: 0, width: picture.width, height: picture.height });
}

/** `step` -1 draws the whole day. */
export function draw_map(context: DispatchContext, picture: Picture, step: number, stem: string): SVGSVGElement {
  const { places, arcs, hours, answer } = context.document;
  const { width, height, paths, layout } = picture;
  const svg = make_svg(width, height);
  svg.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(svg, stem);
  draw_outline(pen, context, picture);
  const on = (arc: number) => (step < 0 ? 0 : hours.under_way[arc][step]);
  const all = answer.people;
  arcs.forEach(({ people }, i) => draw_arrow(pen, paths[i], width_of(people, all), palette.fan_2));
  arcs.forEach((_, i) => {
    if (on(i) > 0) draw_arrow(pen, paths[i], width_of(on(i), all), palette.now);
  });
  const count = (place: number) => (step < 0 ? places[place].people : hours.at[place][step]);
  const radius = (place: number) => radius_of(step < 0 ? 0 : count(place), all);
  for (const place of picture.shown) {
    const { x, y } = layout.points[place];
    pen.shape(round_points(x, y, picture.most[place]), palette.panel, palette.rule);
    pen.shape(round_points(x, y, radius(place)), palette.paper, palette.summary);
    const ready = step < 0 ? 0 : hours.ready[place][step];
    if (ready > 0) pen.shape(round_points(x, y, radius_of(ready, all) - 1.6), palette.bar);
  }
  const discs = picture.shown.map((place): Box => {
    const { x, y } = layout.points[place];
    const r = picture.most[place];
    return { x: x - r, y: y - r, width: 2 * r, height: 2 * r };
  });
  const texts = arcs.map(({ people }, i): [number, number] => [i, step < 0 ? people : on(i)]).filter(([, number]) => number > 0);
  texts.sort((a, b) => b[1] - a[1]);
  const told = texts.map(([i, number]): [number, string] => [i, context.number(number)]);
  place_numbers(picture, told, discs).forEach((box, i) => {
    if (!box) return;
    pen.rect(box.x, box.y, box.width, box.height, palette.paper, 3);
    pen.text(told[i][1], box.x + box.width / 2, box.y + box.height / 2, step < 0 ? palette.soft : palette.now, { size: 11, bold: true, align: "center" });
  });
  picture.shown.forEach((place, i) => draw_name(pen, context, picture.names[i], place, count(place), { at: layout.points[place], radius: picture.most[place] }, palette));
  return svg;
}

function draw_name(pen: Pen, context: DispatchContext, box: Placed | null, place: number, count: number, own: { at: Point; radius: number }, colours: Palette): void {
  if (!box) return;
  if (box.is_led) {
    const { at, radius } = own;
    const [tx, ty] = [Math.max(box.x, Math.min(box.x + box.width, at.x)), Math.max(box.y, Math.min(box.y + box.height, at.y))];
    const length = Math.hypot(tx - at.x, ty - at.y) || 1;
    pen.line([at.x + ((tx - at.x) / length) * radius, at.y + ((ty - at.y) / length) * radius, tx, ty], colours.faint, 1);
  }
  const x = box.align === "left" ? box.x : box.align === "right" ? box.x + box.width : box.x + box.width / 2;
  const style = { align: box.align, halo: colours.paper, width: box.width };
  const is_goal = context.document.places[place].part === "destination";
  pen.text(context.place(place), x, box.y + kLine / 2, colours.ink, { ...kName, bold: is_goal, ...style });
  pen.text(context.number(count), x, box.y + kLine * 1.5, count > 0 ? colours.ink : colours.faint, { ...kCount, ...style });
}
