/** The critical chain: each task, and why it is where it is. */

import type { Context } from "./context";
import { h } from "./dom";
import { make_part, make_task_button, say_nothing } from "./parts";
import { make_table } from "./tables";
import { typeset } from "./typeset";

export function make_chain(context: Context): HTMLElement {
  const { model, format } = context;
  const chain = model.document.answer.scheduled ? model.document.critical_chain : [];
  if (chain.length === 0) return make_part(context, "chain", "chain", h("p.faint", {}, say_nothing(context, "no_chain")));
  const rows = chain.map((task, i) => ({ order: i + 1, task: model.tasks[task] }));
  const table = make_table(context, {
    caption: context.say("chain"),
    is_caption_hidden: true,
    rows,
    columns: [
      { title: context.say("order"), show: (row) => String(row.order), order: (row) => row.order, is_number: true },
      {
        title: context.say("task"),
        show: (row) => make_task_button(context, row.task.index),
        order: (row) => context.name(row.task.index),
        is_head: true,
      },
      {
        title: context.say("start"),
        show: (row) => format.cell(row.task.start, row.task.starts_at_end),
        order: (row) => row.task.start,
        csv: (row) => format.cell(row.task.start, row.task.starts_at_end),
        is_short: true,
      },
      {
        title: context.say("finish"),
        show: (row) => format.cell(row.task.finish, row.task.finishes_at_end),
        order: (row) => row.task.finish,
        csv: (row) => format.cell(row.task.finish, row.task.finishes_at_end),
        is_short: true,
      },
      {
        title: context.say("duration"),
        show: (row) => format.duration(row.task.work, row.task.day),
        order: (row) => row.task.work,
        csv: (row) => format.duration(row.task.work, row.task.day),
        is_number: true,
      },
      { title: context.say("owner"), show: (row) => row.task.owner, is_optional: true },
      {
        title: context.say("why"),
        show: (row) => typeset(context.why(row.task.index)),
        order: (row) => context.why(row.task.index),
      },
    ],
  });
  return make_part(context, "chain", "chain", h("p.explained", {}, context.say("chain_explained")), table);
}
