/** Milestones and deadlines: will they hold? */

import type { Context } from "./context";
import { h } from "./dom";
import { make_part, make_state, make_task_button, say_nothing } from "./parts";
import { share_words } from "./risk/words";
import { make_table } from "./tables";
import { typeset } from "./typeset";

type Row = Context["model"]["document"]["milestones"][number];

/** Shape and word: ✕ missed, ✓ done, ◆ a milestone that holds, ◇ one without a deadline, ○ a task with one. */
function status_of(context: Context, row: Row): [shape: string, word: string, rank: number] {
  const task = context.model.tasks[row.task];
  const has_deadline = context.pair(row.deadline) !== "" || task.deadline !== null;
  if (row.missed) return ["✕", context.say("missed"), 0];
  if (task.done) return ["✓", context.say("completed"), 3];
  if (!has_deadline) return ["◇", context.say("planned"), 2];
  return [task.is_milestone ? "◆" : "●", context.say("on_time"), 1];
}

export function make_milestones(context: Context): HTMLElement {
  const { model, format } = context;
  const rows = model.document.answer.scheduled ? model.document.milestones : [];
  if (rows.length === 0) {
    return make_part(context, "milestones", "milestones", h("p.faint", {}, say_nothing(context, "no_milestones")));
  }
  const task = (row: Row) => model.tasks[row.task];
  const date = (row: Row) => format.cell(task(row).finish, task(row).finishes_at_end);
  const forecasts = new Map(model.document.risk?.dates.map((each) => [each.task, each]));
  const forecast = (row: Row) => forecasts.get(row.task);
  const table = make_table<Row>(context, {
    caption: context.say("milestones"),
    is_caption_hidden: true,
    rows,
    columns: [
      {
        title: context.say("status"),
        show: (row) => {
          const [shape, word] = status_of(context, row);
          return make_state(shape, word, row.missed);
        },
        order: (row) => status_of(context, row)[2],
        csv: (row) => status_of(context, row)[1],
        is_short: true,
      },
      {
        title: context.say("date"),
        show: date,
        order: (row) => task(row).finish,
        csv: date,
        is_short: true,
      },
      {
        title: context.say("task"),
        show: (row) => make_task_button(context, row.task),
        order: (row) => context.name(row.task),
        is_head: true,
      },
      {
        title: context.say("deadline"),
        show: (row) => typeset(context.pair(row.deadline)),
        order: (row) => task(row).deadline,
        csv: (row) => context.pair(row.deadline),
        is_optional: true,
      },
      {
        title: "P80",
        show: (row) => format.cell(forecast(row)?.p80 ?? null, task(row).finishes_at_end),
        order: (row) => forecast(row)?.p80 ?? null,
        csv: (row) => format.cell(forecast(row)?.p80 ?? null, task(row).finishes_at_end),
        is_short: true,
        is_optional: true,
      },
      {
        title: context.say("chance"),
        show: (row) => {
          const chance = forecast(row)?.chance ?? null;
          return chance === null ? "" : share_words(context, chance);
        },
        order: (row) => forecast(row)?.chance ?? null,
        is_number: true,
        is_optional: true,
      },
      { title: context.say("owner"), show: (row) => task(row).owner, is_optional: true },
    ],
  });
  return make_part(context, "milestones", "milestones", table);
}
