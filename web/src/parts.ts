/** What several parts of the page are made of. */

import type { Context, Speech } from "./context";
import { fill, h } from "./dom";
import type { Word } from "./words";

/** A section with its heading; `id` is where the contents point to. */
export function make_part(context: Speech, id: string, word: Word, ...children: (Node | string)[]): HTMLElement {
  return h("section.part", { "aria-labelledby": id }, h("h2", { id }, context.say(word)), ...children);
}

/** Blocks in two columns, each from top to bottom; one column where the other is empty. */
export function make_pairs(...columns: (HTMLElement | null)[][]): HTMLElement | null {
  const there = columns.map((blocks) => blocks.filter((block): block is HTMLElement => block !== null)).filter((blocks) => blocks.length > 0);
  if (there.length === 0) return null;
  return h("div.risk-pairs", {}, ...there.map((blocks) => h("div", {}, ...blocks)));
}

/** What stands in the place of what there is none of; without a schedule there cannot be any. */
export const say_nothing = (context: Context, word: Word): string =>
  context.say(context.model.document.answer.scheduled ? word : "no_dates");

/** The task's name as a button that shows the task. */
export const make_task_button = (context: Context, task: number): HTMLElement =>
  h("button.link", { type: "button", onclick: () => context.show_task(task) }, context.name(task) || "—");

/** A state by its shape and its word. */
export const make_state = (shape: string, word: string, is_bad = false): HTMLElement =>
  h(is_bad ? "span.state.bad" : "span.state", {}, h("span.shape", { "aria-hidden": "true" }, shape), word);

/** A few choices of which one holds. */
export function make_choice<Value>(
  label: string,
  choices: [text: string, value: Value][],
  chosen: Value,
  choose: (value: Value) => void,
): HTMLElement {
  const buttons = choices.map(([text, value]) =>
    h("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => press(value) }, text),
  );
  const press = (value: Value) => {
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(choices[i][1] === value)));
    choose(value);
  };
  return h("div.choice", { role: "group", "aria-label": label }, ...buttons);
}

/** Tables beside a drawing; made when they are opened. */
export function make_details(context: Speech, make: () => (HTMLElement | null)[]): HTMLElement {
  const place = h("div");
  const details = h("details.load-details", {}, h("summary", {}, context.say("load_table")), place);
  details.addEventListener("toggle", () => {
    if (details.open && place.childElementCount === 0) fill(place, ...make());
  });
  return details;
}
