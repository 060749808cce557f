/** Who is where at the slider's time, in figures: places, ways, and that they sum to all. */

import { h, set_text } from "../dom";
import { typeset } from "../typeset";
import type { DispatchContext } from "./context";
import { time_words } from "./clock";

/** `406 in places + 609 on the way = 1,015`. */
export function sum_words(context: DispatchContext, step: number): string {
  const { hours, answer } = context.document;
  if (step < 0) return context.say("d_count", context.number(answer.people));
  const told = [hours.in_places[step], hours.moving[step], hours.all[step], hours.not_yet[step]].map((count) => context.number(count));
  return context.say(hours.not_yet[step] > 0 ? "d_sum_not_yet" : "d_sum", ...told);
}

export function make_sum(context: DispatchContext): HTMLElement {
  const line = h("p.d-sum", { role: "status" });
  const show = (step: number) => line.replaceChildren(...typeset(sum_words(context, step)));
  show(context.store.state.step);
  context.store.listen(({ step }, changed) => {
    if (changed.has("step")) show(step);
  });
  return line;
}

interface Row {
  element: HTMLElement;
  cells: HTMLElement[];
  figures: (step: number) => number[];
}

function make_row(name: (Node | string)[], columns: number, figures: (step: number) => number[]): Row {
  const cells = Array.from({ length: columns }, () => h("td.number"));
  return { element: h("tr", {}, h("th", { scope: "row" }, ...name), ...cells), cells, figures };
}

const kShapes = { origin: "○", hub: "◇", destination: "●", unused: "·" };

/** Two small tables that change with the time. */
export function make_now(context: DispatchContext): HTMLElement {
  const { hours, places, arcs, answer } = context.document;
  const of_place = (place: number) => (step: number) => (step < 0 ? [places[place].people] : [hours.at[place][step], hours.ready[place][step]]);
  const seen = places.map((_, i) => i).filter((i) => places[i].part !== "unused");
  const place_rows = seen.map((i) => {
    const shape = h("span.d-shape", { "aria-hidden": "true" }, kShapes[places[i].part]);
    return make_row([shape, context.place(i)], 2, of_place(i));
  });
  const not_yet = make_row([context.say("d_not_yet")], 2, (step) => (step < 0 ? [] : [hours.not_yet[step]]));
  const arc_rows = arcs.map(({ from, to, people }, i) =>
    make_row([`${context.place(from)} → ${context.place(to)}`], 1, (step) => (step < 0 ? [people] : [hours.under_way[i][step]])),
  );
  const total = make_row([context.say("d_total")], 1, (step) => [step < 0 ? answer.people : hours.all[step]]);
  total.element.classList.add("d-total");
  const there = h("th.number", { scope: "col" });
  const ready = h("th.number", { scope: "col" }, context.say("d_ready"));
  const under_way = h("th.number", { scope: "col" });
  const caption = h("caption");
  const is_not_yet = hours.not_yet.some((count) => count > 0);
  const rows = [...place_rows, ...(is_not_yet ? [not_yet] : []), ...arc_rows, total];
  const show = (step: number) => {
    set_text(caption, step < 0 ? context.say("d_now_whole") : context.say("d_now_table", time_words(context, step)));
    set_text(there, context.say(step < 0 ? "d_went" : "d_there"));
    ready.classList.toggle("d-hidden", step < 0);
    set_text(under_way, context.say(step < 0 ? "d_went" : "d_under_way"));
    for (const { cells, figures } of rows) {
      const told = figures(step);
      cells.forEach((cell, i) => {
        set_text(cell, told[i] === undefined ? "" : context.number(told[i]));
        cell.classList.toggle("d-zero", !told[i]);
      });
    }
  };
  show(context.store.state.step);
  context.store.listen(({ step }, changed) => {
    if (changed.has("step")) show(step);
  });
  const head = (title: string, ...cells: HTMLElement[]) => h("thead", {}, h("tr", {}, h("th", { scope: "col" }, title), ...cells));
  return h(
    "div.d-now",
    {},
    h("table", {}, caption, head(context.say("d_place"), there, ready), h("tbody", {}, ...[...place_rows, ...(is_not_yet ? [not_yet] : [])].map(({ element }) => element))),
    h(
      "table",
      {},
      h("caption", {}, context.say("d_ways")),
      head(context.say("d_way"), under_way),
      h("tbody", {}, ...arc_rows.map(({ element }) => element), total.element),
    ),
  );
}
