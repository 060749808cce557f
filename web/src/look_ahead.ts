/** What starts, runs or ends in the next weeks, by owner. */

import type { Context } from "./context";
import type { Minutes } from "./document";
import { fill, h } from "./dom";
import { kDay } from "./format";
import type { Task } from "./model";
import { make_choice, make_part, make_state, make_task_button, say_nothing } from "./parts";
import { make_svg, SvgPen } from "./pen";
import { make_table } from "./tables";
import { typeset } from "./typeset";

const kWeeks = [2, 4, 8];
const kUsual = 1; // of them
const kShareOfPlan = 0.05; // where there are no weeks

interface Window {
  from: Minutes;
  to: Minutes;
}

/** From the data date, else from the plan's start. */
export function windows(context: Context): Window[] {
  const { document, from: begin, to: end } = context.model;
  const from = document.plan.data_date ?? document.answer.start;
  if (!document.plan.abstract) return kWeeks.map((weeks) => ({ from, to: from + weeks * 7 * kDay }));
  const step = Math.max(1, Math.ceil(kShareOfPlan * (end - begin)));
  return [1, 2, 4].map((times) => ({ from, to: from + times * step }));
}

/** Leaves only; the first to start first. */
export function tasks_ahead(tasks: Task[], { from, to }: Window): Task[] {
  const is_ahead = (task: Task) =>
    task.scheduled && !task.done && task.kind !== "summary" && task.start < to && task.finish >= from;
  return tasks.filter(is_ahead).sort((a, b) => a.start - b.start || a.finish - b.finish || a.index - b.index);
}

function what_happens(context: Context, task: Task, { from, to }: Window): [shape: string, word: string, rank: number] {
  const starts = task.start >= from && task.percent === 0;
  const ends = task.finish <= to;
  if (task.is_milestone) return ["◆", context.say("milestone"), 1];
  if (starts && ends) return ["▸◂", context.say("starts_and_ends"), 2];
  if (starts) return ["▸", context.say("starts_within"), 3];
  if (ends) return ["◂", context.say("ends_within"), 4];
  return ["═", context.say("runs_within"), 5];
}

const kWidth = 112;
const kHeight = 12;

/** Where in the window the task lies; words and dates stand beside it. */
function make_picture(context: Context, task: Task, { from, to }: Window): Element {
  const { palette } = context;
  const picture = make_svg(kWidth, kHeight);
  picture.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(picture, `ahead-${task.index}`);
  const x = (time: Minutes) => Math.max(0, Math.min(kWidth, ((time - from) / (to - from)) * kWidth));
  pen.line([0, kHeight - 0.5, kWidth, kHeight - 0.5], palette.rule);
  const colour = task.critical ? palette.accent : palette.bar;
  if (task.is_milestone) {
    const at = Math.max(5, Math.min(kWidth - 5, x(task.finish)));
    pen.shape([at, 1, at + 5, 6, at, 11, at - 5, 6], task.critical ? palette.accent : palette.summary);
  } else {
    const left = x(task.start);
    pen.rect(left, 2.5, Math.max(2, x(task.finish) - left), 7, colour);
    if (task.critical) pen.line([left, 10.2, Math.max(left + 2, x(task.finish)), 10.2], palette.ink, 1.2);
  }
  return picture;
}

const uses_words = (context: Context, task: Task): string =>
  task.uses
    .map(({ resource, amount }) => `${context.resource_name(resource)} ${context.format.number(amount, 2)}`)
    .join(context.say("comma"));

function make_window_table(context: Context, window: Window, caption: string): HTMLElement {
  const { format, model } = context;
  const owner = (task: Task) => task.owner || context.say("nobody_owns");
  const last = context.say("nobody_owns");
  const collator = new Intl.Collator(context.language);
  const rows = tasks_ahead(model.tasks, window);
  rows.sort((a, b) => {
    if (a.owner === b.owner) return 0;
    return Number(owner(a) === last) - Number(owner(b) === last) || collator.compare(owner(a), owner(b));
  });
  if (rows.length === 0) return h("p.faint", {}, context.say("nothing_ahead"));
  const has_owners = rows.some((task) => task.owner !== "");
  return make_table(context, {
    caption,
    is_caption_hidden: true,
    rows,
    group: has_owners ? owner : undefined,
    columns: [
      {
        title: context.say("what_happens"),
        show: (task) => {
          const [shape, word] = what_happens(context, task, window);
          return make_state(shape, word);
        },
        order: (task) => what_happens(context, task, window)[2],
        csv: (task) => what_happens(context, task, window)[1],
        is_short: true,
      },
      {
        title: context.say("task"),
        show: (task) => make_task_button(context, task.index),
        order: (task) => context.name(task.index),
        is_head: true,
      },
      {
        title: context.say("start"),
        show: (task) => format.cell(task.start, task.starts_at_end),
        order: (task) => task.start,
        csv: (task) => format.cell(task.start, task.starts_at_end),
        is_short: true,
      },
      {
        title: context.say("finish"),
        show: (task) => format.cell(task.finish, task.finishes_at_end),
        order: (task) => task.finish,
        csv: (task) => format.cell(task.finish, task.finishes_at_end),
        is_short: true,
      },
      {
        title: context.say("within_window"),
        show: (task) => make_picture(context, task, window),
        is_picture: true,
      },
      {
        title: context.say("total_float"),
        show: (task) =>
          task.critical ? make_state("▲", context.say("critical"), true) : format.duration(task.total_float, task.day),
        order: (task) => task.total_float,
        csv: (task) => format.duration(task.total_float, task.day),
        is_number: true,
      },
      { title: context.say("percent"), show: (task) => format.percent(task.percent / 100, 0), order: (task) => task.percent, is_number: true },
      {
        title: context.say("resources"),
        show: (task) => uses_words(context, task),
        is_optional: true,
      },
      { title: context.say("owner"), show: (task) => task.owner, is_csv_only: true },
    ],
  });
}

export function make_look_ahead(context: Context): HTMLElement {
  const { model, format } = context;
  if (model.tasks.length === 0) {
    return make_part(context, "look-ahead", "look_ahead", h("p.faint", {}, say_nothing(context, "no_tasks")));
  }
  const all = windows(context);
  const is_abstract = model.document.plan.abstract;
  const text = ({ from, to }: Window, i: number) =>
    is_abstract ? context.say("periods", format.number(to - from)) : context.say("weeks", kWeeks[i]);
  const explained = h("p.explained");
  const place = h("div");
  const show = (window: Window) => {
    const sentence = context.say("look_ahead_explained", format.day(window.from), format.day(window.to - (is_abstract ? 0 : 1)));
    fill(explained, ...typeset(sentence));
    fill(place, make_window_table(context, window, `${context.say("look_ahead")}: ${sentence}`));
  };
  const choice = make_choice(
    context.say("how_far_ahead"),
    all.map((window, i): [string, Window] => [text(window, i), window]),
    all[kUsual],
    show,
  );
  show(all[kUsual]);
  return make_part(context, "look-ahead", "look_ahead", h("div.part-tools", {}, choice, explained), place);
}
