/** How many went from where through where to where: places by leg from left to right, links as wide as people. */

import { fresh_id, h } from "../dom";
import { make_details, make_part } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { make_scroller, make_table } from "../tables";
import type { DispatchContext } from "./context";

const kBar = 12; // pixels: a node's width
const kAir = 20; // between nodes of a column
const kTop = 10;
const kPeople = 300; // pixels that all people take
const kLeastWidth = 640;
const kUsualWidth = 1180;
const kPieces = 24;
const kSweeps = 4;

interface Node {
  x: number;
  y: number;
  height: number;
}

/** The order of each column in which links cross little: each node near the middle of those it hangs on. */
function order_columns(context: DispatchContext): number[][] {
  const { nodes, links, columns } = context.document.flow;
  const all = Array.from({ length: columns }, (_, column) => nodes.map((_node, i) => i).filter((i) => nodes[i].column === column));
  const rank = nodes.map(() => 0);
  const note = () => all.forEach((column) => column.forEach((node, i) => (rank[node] = i / column.length)));
  note();
  for (let sweep = 0; sweep < kSweeps; ++sweep) {
    const is_forth = sweep % 2 === 0;
    for (const column of is_forth ? all : [...all].reverse()) {
      const middle = new Map<number, number>();
      for (const node of column) {
        const near = links.filter((link) => (is_forth ? link.to : link.from) === node);
        const people = near.reduce((sum, link) => sum + link.people, 0);
        const sum = near.reduce((sum, link) => sum + link.people * rank[is_forth ? link.from : link.to], 0);
        middle.set(node, people > 0 ? sum / people : rank[node]);
      }
      column.sort((a, b) => middle.get(a)! - middle.get(b)! || a - b);
      note();
    }
  }
  return all;
}

function place_nodes(context: DispatchContext, columns: number[][], right: number): { nodes: Node[]; height: number; scale: number } {
  const { flow } = context.document;
  const sums = columns.map((column) => column.reduce((sum, node) => sum + flow.nodes[node].people, 0));
  const scale = kPeople / Math.max(1, ...sums);
  const heights = columns.map((column, i) => sums[i] * scale + (column.length - 1) * kAir);
  const height = Math.max(...heights);
  const nodes: Node[] = [];
  columns.forEach((column, i) => {
    let y = kTop + (height - heights[i]) / 2;
    for (const node of column) {
      const high = Math.max(1.5, flow.nodes[node].people * scale);
      nodes[node] = { x: columns.length > 1 ? ((right - kBar) * i) / (columns.length - 1) : 0, y, height: high };
      y += high + kAir;
    }
  });
  return { nodes, height: height + 2 * kTop, scale };
}

function draw_links(pen: Pen, context: DispatchContext, nodes: Node[], scale: number): void {
  const { links } = context.document.flow;
  const out = nodes.map(({ y }) => y);
  const into = nodes.map(({ y }) => y);
  const leaves = new Map<number, number>();
  const by = (a: number, b: number) => a - b;
  const sorted = links.map((_, i) => i);
  // Who leaves is ordered by where they go, who comes by where they are from: links cross between nodes only.
  sorted.sort((a, b) => by(links[a].from, links[b].from) || by(nodes[links[a].to].y, nodes[links[b].to].y));
  for (const i of sorted) {
    leaves.set(i, out[links[i].from]);
    out[links[i].from] += links[i].people * scale;
  }
  sorted.sort((a, b) => by(links[a].to, links[b].to) || by(nodes[links[a].from].y, nodes[links[b].from].y));
  for (const i of sorted) {
    const { from, to, people } = links[i];
    const high = Math.max(1, people * scale);
    const [x0, x1] = [nodes[from].x + kBar, nodes[to].x];
    const [y0, y1] = [leaves.get(i)!, into[to]];
    into[to] += people * scale;
    const upper: number[] = [];
    const lower: number[] = [];
    for (let k = 0; k <= kPieces; ++k) {
      const t = k / kPieces;
      const eased = t * t * (3 - 2 * t);
      const [x, y] = [x0 + (x1 - x0) * t, y0 + (y1 - y0) * eased];
      upper.push(x, y);
      lower.unshift(x, y + high);
    }
    pen.shape([...upper, ...lower], palette.fan_2, palette.paper);
  }
}

function draw(context: DispatchContext, width: number, stem: string): SVGSVGElement {
  const { flow } = context.document;
  const label = (node: number) => context.place(flow.nodes[node].place);
  const columns = order_columns(context);
  const last = columns[columns.length - 1] ?? [];
  const wide = Math.max(0, ...last.map((node) => measure(`${label(node)}  ${context.number(flow.nodes[node].people)}`, { size: 12, bold: true })));
  const right = Math.max(width * 0.6, width - wide - 10);
  const { nodes, height, scale } = place_nodes(context, columns, right);
  const svg = make_svg(width, height);
  svg.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(svg, stem);
  draw_links(pen, context, nodes, scale);
  nodes.forEach(({ x, y, height: high }) => pen.rect(x, y, kBar, high, palette.bar_part));
  nodes.forEach(({ x, y, height: high }, node) => {
    const middle = y + high / 2;
    const people = context.number(flow.nodes[node].people);
    const name = label(node);
    const is_last = flow.nodes[node].column === columns.length - 1;
    const halo = is_last ? undefined : palette.fan_2;
    pen.text(name, x + kBar + 6, middle, palette.ink, { size: 12, halo: high < 16 ? palette.paper : halo });
    pen.text(people, x + kBar + 6 + measure(name, { size: 12 }) + 6, middle, palette.ink, { size: 12, bold: true, halo: high < 16 ? palette.paper : halo });
  });
  return svg;
}

function make_links_table(context: DispatchContext): HTMLElement {
  const { flow } = context.document;
  type Link = (typeof flow.links)[number];
  const name = (node: number) => context.place(flow.nodes[node].place);
  return make_table<Link>(context, {
    caption: context.say("d_flow"),
    is_compact: true,
    rows: flow.links,
    columns: [
      { title: context.say("d_stage"), show: (link) => String(flow.nodes[link.from].column + 1), order: (link) => flow.nodes[link.from].column, is_number: true },
      { title: context.say("d_from"), show: (link) => name(link.from), is_head: true },
      { title: context.say("d_to"), show: (link) => name(link.to) },
      { title: context.say("d_num_people"), show: (link) => context.number(link.people), order: (link) => link.people, is_number: true },
    ],
  });
}

export function make_flow(context: DispatchContext): HTMLElement {
  const picture = h("div", { role: "img", "aria-label": context.say("d_flow_label") });
  const scroller = make_scroller(context.say("d_flow"), picture);
  scroller.classList.add("d-flow");
  const stem = fresh_id("flow");
  let drawn = 0;
  const draw_anew = (width: number) => {
    drawn = width;
    picture.replaceChildren(draw(context, width, stem));
  };
  draw_anew(kUsualWidth);
  new ResizeObserver(() => {
    const width = Math.max(kLeastWidth, Math.floor(scroller.clientWidth));
    if (scroller.clientWidth > 0 && width !== drawn) draw_anew(width);
  }).observe(scroller);
  const part = make_part(context, "flow", "d_flow", scroller, make_details(context, () => [make_links_table(context)]));
  part.classList.add("d-whole");
  return part;
}
