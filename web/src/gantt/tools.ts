/** The row of controls above the chart: search, filters, order, columns, links, zoom. */

import type { Context } from "../context";
import { fill, h } from "../dom";
import { type Filter, type LinkMode, memory, type Sort, type State } from "../store";
import type { Word } from "../words";
import { has_whisker } from "./bars";
import { columns_of } from "./columns";
import { is_late } from "./rows";

export interface Actions {
  zoom(factor: number): void; // > 1: closer
  fit(): void;
  fold_all(is_folded: boolean): void;
  save_svg(): void;
}

function choice<Value extends string>(
  context: Context,
  label: Word,
  key: string,
  values: [Value, string][],
  value: Value,
  take: (value: Value) => void,
  is_label_shown = false,
): HTMLElement {
  const select = h(
    "select",
    { "data-key": key, "aria-label": context.say(label), onchange: () => take(select.value as Value) },
    ...values.map(([name, text]) => h("option", { value: name, selected: name === value }, text)),
  );
  return h("label.g-choice", {}, h(is_label_shown ? "span.g-label" : "span.visually-hidden", {}, context.say(label)), select);
}

function filters(context: Context): [Filter, string][] {
  const { tasks, document } = context.model;
  const all: [Filter, Word, boolean][] = [
    ["all", "filter_all", true],
    ["critical", "filter_critical", true],
    ["near", "filter_near", tasks.some((task) => task.near)],
    ["chain", "filter_chain", document.critical_chain.length > 0],
    ["late", "filter_late", tasks.some(is_late)],
    ["milestones", "filter_milestones", document.milestones.length > 0],
    ["moved", "filter_moved", tasks.some((task) => task.baseline_start !== null)],
    ["open", "filter_open", tasks.some((task) => task.done)],
  ];
  const state = context.store.state.filter;
  return all.filter(([name, , is_there]) => is_there || name === state).map(([name, word]) => [name, context.say(word)]);
}

/** A button that opens a small panel below it; closes on Escape and on a click elsewhere. */
function popover(context: Context, word: Word, content: HTMLElement): HTMLElement {
  const panel = h("div.g-popover", { hidden: true }, content);
  const button = h("button", { type: "button", "aria-expanded": "false", "data-key": word }, `${context.say(word)} ▾`);
  const box = h("div.g-popover-box", {}, button, panel);
  const leave = (event: PointerEvent) => {
    if (!box.contains(event.target as Node)) open(false);
  };
  const open = (is_open: boolean) => {
    panel.hidden = !is_open;
    button.setAttribute("aria-expanded", String(is_open));
    if (is_open) window.addEventListener("pointerdown", leave);
    else window.removeEventListener("pointerdown", leave);
  };
  button.addEventListener("click", () => open(panel.hidden));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    open(false);
    button.focus();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget !== null && !box.contains(event.relatedTarget as Node)) open(false);
  });
  return box;
}

function column_choice(context: Context): HTMLElement {
  const { store } = context;
  const boxes = columns_of(context).map((column) => {
    const box = h("input", {
      type: "checkbox",
      checked: store.state.columns.includes(column.key),
      onchange: () => {
        const rest = store.state.columns.filter((key) => key !== column.key);
        store.set({ columns: box.checked ? [...rest, column.key] : rest });
      },
    });
    return h("label.g-check", {}, box, context.say(column.word));
  });
  return popover(context, "columns", h("div.g-checks", {}, ...boxes));
}

/** Shows or hides how sure each finish is. */
function whisker_switch(context: Context): HTMLElement {
  const { store } = context;
  const box = h("input", {
    type: "checkbox",
    "data-key": "whiskers",
    checked: store.state.whiskers,
    onchange: () => {
      memory.set("whiskers", box.checked ? "on" : "off");
      store.set({ whiskers: box.checked });
    },
  });
  return h("label.g-check", { title: context.say("legend_whisker") }, box, context.say("whiskers"));
}

export function make_tools(context: Context, actions: Actions): HTMLElement {
  const { store, model } = context;
  const { state } = store;
  const set = (change: Partial<State>) => store.set(change);
  const search = h("input.g-search", {
    type: "search",
    placeholder: context.say("search_hint"),
    "aria-label": context.say("search"),
    "data-key": "search",
    value: state.search,
    oninput: () => set({ search: search.value }),
  });
  const owner = choice(
    context,
    "owner",
    "owner",
    [["", context.say("any_owner")], ...model.owners.map((name): [string, string] => [`=${name}`, name])],
    state.owner === null ? "" : `=${state.owner}`,
    (value) => set({ owner: value === "" ? null : value.slice(1) }),
  );
  const resource = choice(
    context,
    "resource",
    "resource",
    [["-1", context.say("any_resource")], ...model.resources.map((_, i): [string, string] => [String(i), context.resource_name(i)])],
    String(state.resource),
    (value) => set({ resource: Number(value) }),
  );
  const sorts: Sort[] = ["outline", "start", "finish", "float", "name"];
  const sort = choice(
    context,
    "sort",
    "sort",
    sorts.map((name): [Sort, string] => [name, context.say(`sort_${name}`)]),
    state.sort,
    (value) => set({ sort: value }),
    true,
  );
  const modes: LinkMode[] = ["all", "driving", "none"];
  const links = choice(
    context,
    "links",
    "links",
    modes.map((name): [LinkMode, string] => [name, context.say(`links_${name}`)]),
    state.link_mode,
    (value) => set({ link_mode: value }),
  );
  const button = (word: Word, text: string, act: () => void, key: string = word) =>
    h("button", { type: "button", title: context.say(word), "aria-label": context.say(word), "data-key": key, onclick: act }, text);
  const has_outline = model.tasks.some((task) => task.children.length > 0);
  const tools = h("div.g-tools", { role: "toolbar", "aria-label": context.say("gantt") });
  fill(
    tools,
    search,
    choice(context, "filter", "filter", filters(context), state.filter, (value) => set({ filter: value })),
    model.owners.length > 0 && owner,
    model.resources.length > 0 && resource,
    sort,
    model.links.length > 0 && links,
    column_choice(context),
    model.tasks.some(has_whisker) && whisker_switch(context),
    h(
      "div.g-buttons",
      {},
      has_outline && button("fold_all", "▸", () => actions.fold_all(true)),
      has_outline && button("unfold_all", "▾", () => actions.fold_all(false)),
      button("zoom_out", "−", () => actions.zoom(1 / 1.6)),
      button("zoom_in", "+", () => actions.zoom(1.6)),
      button("zoom_fit", "⇔", actions.fit),
      button("save_svg", "SVG", actions.save_svg),
    ),
  );
  return tools;
}
