/** What the marks of the chart mean, drawn by the very functions that draw the chart. */

import type { Context } from "../context";
import { h } from "../dom";
import type { Task } from "../model";
import { canvas_pen, measure, type Pen } from "../pen";
import { Scale } from "../scale";
import type { Word } from "../words";
import { draw_deadline, draw_row, draw_whisker, has_whisker, kRow } from "./bars";

const kPlain: Task = {
  index: 0,
  id: "",
  names: ["", ""],
  kind: "task",
  is_milestone: false,
  starts_at_end: false,
  finishes_at_end: true,
  parent: -1,
  depth: 0,
  children: [],
  owner: "",
  calendar: 0,
  day: 1,
  scheduled: true,
  start: 0,
  finish: 26,
  resumes: null,
  work: 0,
  percent: 0,
  done: false,
  earliest_start: null,
  latest_finish: null,
  total_float: null,
  free_float: null,
  critical: false,
  near: false,
  in_chain: false,
  deadline: null,
  missed: false,
  baseline_start: null,
  baseline_finish: null,
  finish_p10: null,
  finish_p80: null,
  finish_p90: null,
  mode: "",
  uses: [],
  why: ["", ""],
  why_kind: "",
  held_by: -1,
  links_in: [],
  links_out: [],
};

interface Entry {
  word: Word;
  task?: Partial<Task>;
  deadline?: "met" | "missed";
  swatch?: "rest" | "makeup";
}

/** Only what the plan has. */
function entries(context: Context): Entry[] {
  const { store } = context;
  const { tasks, document } = context.model;
  const has = (test: (task: Task) => boolean) => tasks.some(test);
  const all: [Entry, boolean][] = [
    [{ word: "legend_task" }, has((task) => task.kind === "task" && !task.critical && !task.near && !task.done)],
    [{ word: "legend_critical", task: { critical: true } }, has((task) => task.critical)],
    [{ word: "legend_near", task: { near: true } }, has((task) => task.near && task.kind === "task")],
    [{ word: "legend_done", task: { done: true } }, has((task) => task.done)],
    [{ word: "milestone", task: { kind: "finish_milestone", is_milestone: true, start: 13 } }, has((task) => task.is_milestone)],
    [{ word: "legend_float", task: { finish: 14, latest_finish: 26 } }, has((task) => (task.total_float ?? 0) > 0)],
    [{ word: "legend_baseline", task: { baseline_start: 0, baseline_finish: 22 } }, has((task) => task.baseline_start !== null)],
    [
      { word: "legend_whisker", task: { finish: 16, finish_p10: 10, finish_p80: 21, finish_p90: 27 } },
      store.state.whiskers && has(has_whisker),
    ],
    [{ word: "legend_deadline", deadline: "met" }, has((task) => task.deadline !== null && !task.missed)],
    [{ word: "legend_missed", deadline: "missed" }, has((task) => task.missed)],
    [{ word: "legend_rest", swatch: "rest" }, !document.plan.abstract],
    [{ word: "legend_makeup", swatch: "makeup" }, document.calendars.some((calendar) => calendar.dated.some((day) => day.shifts.length > 0))],
  ];
  return all.filter(([, is_there]) => is_there).map(([entry]) => entry);
}

const kSample = 28; // pixels
const kGap = 18;

/** Draws the legend from the left; what does not fit in `width` is left out.  Its height is a row's. */
export function draw_legend(pen: Pen, context: Context, x: number, y: number, width: number): void {
  const { palette } = context;
  let at = x;
  for (const entry of entries(context)) {
    const text = context.say(entry.word);
    const wide = kSample + 5 + measure(text, { size: 11 });
    if (at + wide > x + width) return;
    if (entry.swatch) {
      pen.rect(at, y + 5, kSample - 4, 13, palette[entry.swatch]);
      pen.frame(at, y + 5, kSample - 4, 13, palette.rule);
    } else {
      const scale = new Scale(-(at + 1), 1, at + kSample + 2);
      const task = { ...kPlain, ...entry.task };
      if (entry.deadline) draw_deadline(pen, { ...task, deadline: 13, missed: entry.deadline === "missed" }, scale, y, palette);
      else draw_row(pen, task, y, scale, palette, "");
      if (has_whisker(task)) draw_whisker(pen, task, scale, y, palette);
    }
    pen.text(text, at + kSample + 5, y + kRow / 2 - 0.5, palette.soft, { size: 11 });
    at += wide + kGap;
  }
}

export function make_legend(context: Context): HTMLElement {
  const canvas = h("canvas", { role: "img" });
  const box = h("div.g-legend", {}, canvas);
  const draw = () => {
    const words = entries(context).map((entry) => context.say(entry.word));
    canvas.setAttribute("aria-label", `${context.say("legend")}: ${words.join(", ")}`);
    const width = Math.floor(box.clientWidth);
    if (width > 0) draw_legend(canvas_pen(canvas, width, kRow), context, 0, 0, width);
  };
  draw();
  new ResizeObserver(draw).observe(box);
  context.store.listen((_, changed) => {
    if (changed.has("whiskers")) draw();
  });
  return box;
}
