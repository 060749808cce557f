/** What needs a look, where slips come from, what became critical, what is due: as tables. */

import type { Context } from "../context";
import type { StatusDocument } from "../document";
import { h } from "../dom";
import { make_task_button } from "../parts";
import { css_palette as palette } from "../palette";
import { make_svg, SvgPen } from "../pen";
import { day_words } from "../risk/words";
import { make_table } from "../tables";
import { typeset } from "../typeset";
import type { Word } from "../words";
import { kOrder, light_word, make_lamp, make_reasons } from "./lamp";

/** On paper it may begin on one page and end on another. */
const make_block = (title: string, ...children: (HTMLElement | null)[]): HTMLElement =>
  h("div.risk-block.long", {}, h("h3", {}, title), ...children);

const make_rest = (context: Context, shown: number, all: number): HTMLElement | null =>
  all > shown ? h("p.faint", {}, context.say("first_of", context.format.number(shown), context.format.number(all))) : null;

const task_column = <Row>(context: Context, task: (row: Row) => number) => ({
  title: context.say("task"),
  show: (row: Row) => make_task_button(context, task(row)),
  order: (row: Row) => context.name(task(row)),
  is_head: true,
});

export function make_lights(context: Context, status: StatusDocument): HTMLElement {
  const { lights } = status;
  if (lights.length === 0) return make_block(context.say("lights"), h("p.faint", {}, context.say("all_green")));
  type Row = (typeof lights)[number];
  const words = (row: Row) => row.reasons.map((reason) => context.pair(reason.words)).join(context.language === "zh" ? "；" : "; ");
  const table = make_table<Row>(context, {
    caption: context.say("lights"),
    is_caption_hidden: true,
    is_compact: true,
    rows: lights,
    columns: [
      {
        title: context.say("light_column"),
        show: (row) => make_lamp(context, row.light),
        order: (row) => kOrder[row.light],
        csv: (row) => light_word(context, row.light),
        is_short: true,
      },
      task_column<Row>(context, (row) => row.task),
      { title: context.say("reasons"), show: (row) => make_reasons(context, row.reasons), order: words, csv: words },
      {
        title: context.say("owner"),
        show: (row) => context.model.tasks[row.task].owner,
        is_optional: true,
      },
      { title: context.say("percent"), show: (row) => context.format.percent(row.share, 0), order: (row) => row.share, is_number: true },
    ],
  });
  return make_block(context.say("lights"), table, make_rest(context, lights.length, status.num_lights));
}

type Slip = StatusDocument["slips"][number];
const kSlipWidth = 110;

/** Later to the right, in the order of size; what comes from another task is hatched. */
function make_slip_picture(context: Context, slip: Slip, most: number): Element {
  const svg = make_svg(kSlipWidth, 12);
  svg.setAttribute("aria-hidden", "true");
  const pen = new SvgPen(svg, `slip-${slip.task}`);
  let x = 0;
  for (const cause of slip.causes) {
    if (cause.time <= 0) continue;
    const wide = Math.min(kSlipWidth - x, (cause.time / most) * kSlipWidth);
    const is_other = cause.task >= 0 && cause.task !== slip.task;
    pen.rect(x, 1.5, Math.max(1, wide - 1), 9, is_other ? palette.rule : palette.bar_part);
    if (is_other) pen.hatch(x, 1.5, Math.max(1, wide - 1), 9, palette.bar_part);
    x += wide;
  }
  if (context.model.tasks[slip.task].critical) pen.line([0, 11.6, Math.max(2, x - 1), 11.6], palette.accent, 1.4);
  return svg;
}

export function make_slips(context: Context, status: StatusDocument): HTMLElement {
  const { slips } = status;
  const { format, model } = context;
  if (slips.length === 0) return make_block(context.say("slips"), h("p.faint", {}, context.say("no_slips")));
  const day = (slip: Slip) => model.tasks[slip.task].day;
  const most = Math.max(...slips.map((slip) => slip.causes.reduce((sum, cause) => sum + Math.max(0, cause.time), 0)));
  const words = (slip: Slip) => slip.causes.map((cause) => context.pair(cause.words)).join(context.language === "zh" ? "；" : "; ");
  const root = (slip: Slip) => (slip.root < 0 ? "" : slip.root === slip.task ? context.say("itself") : context.name(slip.root));
  const date = (title: Word, value: (slip: Slip) => number | null) => ({
    title: context.say(title),
    show: (slip: Slip) => format.cell(value(slip), true).slice(0, model.document.plan.abstract ? undefined : 10),
    order: value,
    csv: (slip: Slip) => format.cell(value(slip), true),
    is_short: true,
  });
  const table = make_table<Slip>(context, {
    caption: context.say("slips"),
    is_caption_hidden: true,
    is_compact: true,
    rows: slips,
    columns: [
      task_column<Slip>(context, (slip) => slip.task),
      {
        title: context.say("slip"),
        show: (slip) => day_words(context, slip.total, day(slip)),
        order: (slip) => slip.total / day(slip),
        csv: (slip) => day_words(context, slip.total, day(slip)),
        is_number: true,
      },
      { title: context.say("slip_picture"), show: (slip) => make_slip_picture(context, slip, most), is_picture: true },
      date("baseline_finish", (slip) => slip.baseline),
      date("finish_now", (slip) => slip.now),
      {
        title: context.say("comes_from"),
        show: (slip) => (slip.root >= 0 && slip.root !== slip.task ? make_task_button(context, slip.root) : root(slip)),
        order: root,
        csv: root,
      },
      { title: context.say("causes"), show: (slip) => typeset(words(slip)), order: words, csv: words },
    ],
  });
  return make_block(
    context.say("slips"),
    h("p.explained", {}, context.say("slips_explained")),
    table,
    make_rest(context, slips.length, status.num_slips),
  );
}

/** Null where nothing changed. */
export function make_critical(context: Context, status: StatusDocument): HTMLElement | null {
  const list = (word: Word, { count, tasks }: StatusDocument["new_critical"]) =>
    count === 0
      ? null
      : h(
          "div",
          {},
          h("h4", {}, context.say(word, context.format.number(count))),
          h("ul.task-list", {}, ...tasks.map((task) => h("li", {}, make_task_button(context, task)))),
          make_rest(context, tasks.length, count),
        );
  const lists = [list("newly_critical", status.new_critical), list("no_longer_critical", status.cleared_critical)];
  const there = lists.filter((each): each is HTMLDivElement => each !== null);
  return there.length === 0 ? null : make_block(context.say("critical_changes"), h("div.task-lists", {}, ...there));
}

type Entry = StatusDocument["ahead"][number]["entries"][number];
const kKinds: Record<Entry["kind"], [shape: string, word: Word, rank: number]> = {
  overdue_start: ["!", "overdue_start", 0],
  overdue_finish: ["!", "overdue_finish", 1],
  start: ["▸", "due_start", 2],
  finish: ["◂", "due_finish", 3],
  milestone: ["◆", "due_milestone", 4],
};

/** Null where nothing is due. */
export function make_due(context: Context, status: StatusDocument): HTMLElement | null {
  const rows = status.ahead.flatMap(({ owner, entries }) => entries.map((entry) => ({ ...entry, owner: owner || context.say("nobody_owns") })));
  if (rows.length === 0) return null;
  type Row = (typeof rows)[number];
  const { format, model } = context;
  const is_start = (row: Row) => row.kind === "start" || row.kind === "overdue_start";
  const is_end = (row: Row) => !is_start(row) && model.tasks[row.task].finishes_at_end;
  const day = (row: Row, time: number | null) => format.cell(time, is_end(row)).slice(0, model.document.plan.abstract ? undefined : 10);
  const moved = (row: Row) => (day(row, row.when) === day(row, row.expected) ? "" : day(row, row.expected));
  const kind = (row: Row) => kKinds[row.kind];
  const is_late = (row: Row) => row.kind.startsWith("overdue");
  const table = make_table<Row>(context, {
    caption: context.say("due", status.ahead_until === null ? "" : format.last_day(status.ahead_until)),
    is_caption_hidden: true,
    is_compact: true,
    rows,
    group: (row) => row.owner,
    columns: [
      {
        title: context.say("what_happens"),
        show: (row) =>
          h(
            is_late(row) ? "span.state.bad" : "span.state",
            {},
            h("span.shape", { "aria-hidden": "true" }, kind(row)[0]),
            context.say(kind(row)[1]),
          ),
        order: (row) => kind(row)[2],
        csv: (row) => context.say(kind(row)[1]),
        is_short: true,
      },
      task_column<Row>(context, (row) => row.task),
      { title: context.say("was_due"), show: (row) => day(row, row.when), order: (row) => row.when, csv: (row) => day(row, row.when), is_short: true },
      {
        title: context.say("now_expected"),
        show: moved,
        order: (row) => (moved(row) === "" ? null : row.expected),
        csv: moved,
        is_short: true,
        is_optional: true,
      },
      { title: context.say("owner"), show: (row) => row.owner, is_csv_only: true },
    ],
  });
  const title = context.say("due", status.ahead_until === null ? "" : format.last_day(status.ahead_until));
  return make_block(title, table, make_rest(context, rows.length, status.num_ahead));
}
