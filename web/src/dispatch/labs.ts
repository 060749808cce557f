/** How tubes pile up in a laboratory and are worked off, and how long people wait. */

import { fresh_id, h } from "../dom";
import { make_part } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, measure, type Pen, SvgPen } from "../pen";
import { nice_step } from "../risk/cost";
import { draw_time_axis, Frame, kTimeAxis } from "../risk/frame";
import { make_axis } from "../scale";
import { typeset } from "../typeset";
import type { Word } from "../words";
import type { DispatchContext } from "./context";
import type { LaboratoryDocument } from "./document";
import { make_field_tables } from "./tables";

const kPlot = 170; // pixels
const kTop = 26;
const kUsualWidth = 580;

/** It stays as it is until the next point. */
const steps = (times: number[], values: number[]): [number, number][] =>
  times.flatMap((time, i): [number, number][] => (i === 0 ? [[time, values[0]]] : [[time, values[i - 1]], [time, values[i]]]));

function draw(context: DispatchContext, lab: LaboratoryDocument, width: number, stem: string): SVGSVGElement {
  const most = 1.05 * Math.max(1, ...lab.tubes, ...lab.people);
  const step = nice_step(most, 4);
  const ticks: number[] = [];
  for (let at = 0; at <= most; at += step) ticks.push(at);
  const left = Math.ceil(Math.max(...ticks.map((at) => measure(context.number(at), { size: 11 })))) + 12;
  const from = lab.times[0];
  const to = Math.max(lab.times[lab.times.length - 1], lab.until ?? from) + 1;
  const frame = new Frame(left, kTop, Math.max(60, width - left - 12), kPlot, from, to + (to - from) * 0.02);
  const svg = make_svg(width, kTop + kPlot + kTimeAxis);
  svg.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(svg, stem);
  const y = (count: number) => frame.y(count / most);
  for (const at of ticks) {
    const line = Math.round(y(at)) + 0.5;
    if (at > 0) pen.line([frame.left, line, frame.right, line], palette.rule);
    pen.text(context.number(at), frame.left - 8, line, palette.soft, { size: 11, align: "right" });
  }
  const points = (values: number[]) => steps(lab.times, values).flatMap(([time, count]) => [frame.x(time), y(count)]);
  const last = frame.x(lab.times[lab.times.length - 1]);
  pen.shape([frame.x(from), frame.foot, ...points(lab.tubes), last, frame.foot], palette.fan_3);
  pen.line(points(lab.people), palette.ink, 1.8);
  draw_time_axis(pen, frame, make_axis(context.format, frame.scale), palette);
  if (lab.until !== null && frame.has(lab.until)) {
    const x = Math.round(frame.x(lab.until)) + 0.5;
    const label = context.say("d_wanted", context.short(lab.until));
    pen.line([x, kTop - 8, x, frame.foot], palette.accent, 1.6, [5, 3]);
    pen.text(label, Math.min(x, width - measure(label, { size: 11 }) / 2 - 2), kTop - 16, palette.accent, { size: 11, align: "center" });
  }
  return svg;
}

function make_lab(context: DispatchContext, lab: LaboratoryDocument): HTMLElement {
  const name = context.pair(lab.name) || lab.id;
  const plot = h("div.risk-plot", { role: "img", "aria-label": context.say("d_lab_label", name) });
  const stem = fresh_id("lab");
  let drawn = kUsualWidth;
  if (lab.times.length > 0) {
    plot.replaceChildren(draw(context, lab, drawn, stem));
    new ResizeObserver(() => {
      const width = Math.floor(plot.clientWidth);
      if (width < 160 || width === drawn) return;
      drawn = width;
      plot.replaceChildren(draw(context, lab, width, stem));
    }).observe(plot);
  }
  const waits = context.say("d_turnaround", ...lab.turnaround.map((words) => context.pair(words)));
  const counts = context.say("d_reported", context.number(lab.people_reported), context.number(lab.people_unreported));
  return h(
    "div.risk-block",
    {},
    h("h3", {}, name, context.mark(lab.assumed)),
    lab.people_reported > 0 && h("p", {}, ...typeset(waits)),
    h("p.faint", {}, ...typeset(counts)),
    lab.times.length > 0 && plot,
  );
}

function make_legend(context: DispatchContext): HTMLElement {
  const entry = (word: Word, draw_mark: (pen: Pen) => void) => {
    const picture = make_svg(22, 14);
    picture.setAttribute("aria-hidden", "true");
    draw_mark(new SvgPen(picture, `lab-legend-${word}`));
    return h("li", {}, picture, context.say(word));
  };
  return h(
    "ul.legend",
    { "aria-label": context.say("legend") },
    entry("d_tubes_inside", (pen) => pen.rect(0, 1, 22, 12, palette.fan_3)),
    entry("d_people_waiting", (pen) => pen.line([0, 7, 22, 7], palette.ink, 1.8)),
  );
}

export const kLabTables = ["testing", "outbreaks", "laboratories", "lab_stages", "pools", "lots"];

export function make_labs(context: DispatchContext): HTMLElement {
  const { laboratories } = context.document.field!;
  const labs = laboratories.map((lab) => make_lab(context, lab));
  return make_part(
    context,
    "labs",
    "d_labs",
    make_legend(context),
    h("div.d-labs", {}, ...labs),
    ...make_field_tables(context, (key) => kLabTables.includes(key)),
  );
}
