/** Puts the page together, and makes it anew when language or theme change. */

import { make_chain } from "./chain";
import { Context } from "./context";
import type { PlanDocument } from "./document";
import { fill, h } from "./dom";
import { make_findings } from "./findings";
import { Format } from "./format";
import { type Gantt, make_gantt } from "./gantt/gantt";
import { kUsualColumns } from "./gantt/columns";
import { make_help } from "./help";
import { make_load } from "./load/load";
import { make_look_ahead } from "./look_ahead";
import { make_milestones } from "./milestones";
import { in_language, read_model } from "./model";
import { make_objectives } from "./objectives";
import { make_outlook } from "./outlook/outlook";
import { read_palette } from "./palette";
import { make_sheets } from "./print";
import { make_risk } from "./risk/risk";
import { make_status } from "./status/status";
import { memory, type State, Store, type Theme } from "./store";
import { make_top } from "./top";
import { make_why, type WhyPanel } from "./why";
import type { Language, Word } from "./words";

const model = read_model(JSON.parse(document.getElementById("document")!.textContent!) as PlanDocument);
const store = new Store<State>({
  language: first_language(),
  theme: first_theme(),
  from: 0,
  per_pixel: 0, // the chart fits itself when it knows its width
  selected: -1,
  folded: new Set(),
  search: "",
  filter: "all",
  owner: null,
  resource: -1,
  sort: "outline",
  link_mode: "all",
  whiskers: memory.get("whiskers") !== "off",
  columns: memory.get("columns")?.split(" ") ?? kUsualColumns,
});

const root = h("div.page");
let gantt: Gantt;
let why: WhyPanel;
let context: Context;
let help: HTMLDialogElement;

function first_language(): Language {
  const last = memory.get("language");
  return last === "en" || last === "zh" ? last : model.document.language;
}

function first_theme(): Theme {
  const last = memory.get("theme");
  if (last === "light" || last === "dark") return last;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function show_task(task: number): void {
  gantt.reveal(task);
  why.open(task);
  const box = gantt.element.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight) gantt.element.scrollIntoView({ block: "start" });
}

function other_language(): void {
  store.set({ language: store.state.language === "en" ? "zh" : "en" });
}
function other_theme(): void {
  store.set({ theme: store.state.theme === "light" ? "dark" : "light" });
}

function make_bar(): HTMLElement {
  const entries: [string, Word][] = [
    ["targets", "targets"],
    ["gantt", "gantt_short"],
    ["status", "status_short"],
    ["risk", "risk"],
    ["load", "load_short"],
    ["milestones", "milestones_short"],
    ["chain", "chain"],
    ["look-ahead", "look_ahead"],
    ["findings", "findings"],
  ];
  const { answer, outlook, risk, status } = model.document;
  const is_there = (id: string) => {
    if (id === "targets") return outlook !== null;
    if (!answer.scheduled) return id === "findings";
    return (id !== "risk" || risk !== null) && (id !== "status" || status !== null);
  };
  const shown = entries.filter(([id]) => is_there(id));
  const button = (key: string, text: string, label: string, act: () => void) =>
    h("button", { type: "button", title: label, "aria-label": label, "data-key": key, onclick: act }, text);
  const other = context.say("other_language");
  return h(
    "nav.bar",
    { "aria-label": context.say("contents") },
    h("span.bar-title", {}, context.pair(model.document.plan.name) || context.say("untitled")),
    h("span.bar-links", {}, ...shown.map(([id, word]) => h("a", { href: `#${id}` }, context.say(word)))),
    h("button", { type: "button", lang: context.language === "en" ? "zh-CN" : "en", "data-key": "language", onclick: other_language }, other),
    button("theme", "◐", context.say("theme"), other_theme),
    button("print", context.say("print"), context.say("print"), () => window.print()),
    button("help", "?", context.say("help"), () => help.showModal()),
  );
}

function make_rest(rest: HTMLElement, parts: ((context: Context) => HTMLElement)[]): void {
  if (rest.isConnected) fill(rest, ...parts.map((make) => make(context)));
}

/** Makes everything anew in the store's language and theme; what was scrolled, focused and open stays so. */
function make_page(): void {
  const is_first = root.childElementCount === 0;
  const { language, theme } = store.state;
  const scroll = { page: window.scrollY, chart: gantt?.scroll_top() ?? 0 };
  const focused = (document.activeElement as HTMLElement | null)?.dataset?.key;
  const open = why?.is_open() ? store.state.selected : -1;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.documentElement.classList.toggle("dark", theme === "dark");
  document.documentElement.classList.remove("with-why");
  store.forget_listeners();
  const format = new Format(model.document, language);
  context = new Context(model, store, format, read_palette(), show_task);
  document.title = in_language(model.document.plan.name, language) || context.say("untitled");
  store.listen((state, changed) => {
    if (changed.has("language")) memory.set("language", state.language);
    if (changed.has("theme")) memory.set("theme", state.theme);
    if (changed.has("language") || changed.has("theme")) make_page();
    if (changed.has("selected") && why.is_open() && state.selected >= 0) why.open(state.selected);
  });
  why = make_why(context, () => (document.querySelector<HTMLElement>(".g-frame") ?? root).focus({ preventScroll: true }));
  help = make_help(context);
  let told = -1;
  const tell_why = (task: number, is_by_key = false) => {
    if (is_by_key && why.is_open() && told === task) why.enter();
    else why.open(task);
    told = task;
  };
  gantt = make_gantt(context, tell_why);
  const { scheduled } = model.document.answer;
  const is_impossible = model.document.answer.status === "infeasible";
  const { outlook, risk, status } = model.document;
  const charts = [...(status ? [make_status] : []), ...(risk ? [make_risk] : []), make_load, make_milestones, make_chain, make_look_ahead, make_objectives];
  const below = [...(scheduled ? charts : []), ...(is_impossible && scheduled ? [] : [make_findings])];
  const rest = h("div.rest");
  fill(
    root,
    h("a.skip", { href: scheduled ? "#gantt" : "#findings" }, context.say("skip")),
    make_bar(),
    h(
      "main",
      {},
      make_top(context),
      outlook && make_outlook(context),
      is_impossible && scheduled && make_findings(context), // what stands in the way comes first
      scheduled && gantt.element,
      rest,
    ),
    h("footer.foot", {}, context.say("made_by", model.document.by)),
    why.element,
    help,
  );
  if (is_first) {
    // What lies below the screen is made when the reader has something to look at.
    requestAnimationFrame(() =>
      setTimeout(() => {
        make_rest(rest, below);
        document.getElementById(location.hash.slice(1))?.scrollIntoView();
      }),
    );
  } else {
    make_rest(rest, below);
  }
  if (!is_first) {
    gantt.set_scroll_top(scroll.chart);
    window.scrollTo(0, scroll.page);
  }
  if (focused) root.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  if (open >= 0) why.open(open);
}

const is_typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches("input, select, textarea") || target.isContentEditable);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (why.is_open()) why.close();
    else if (is_typing(event.target)) (event.target as HTMLElement).blur();
    return;
  }
  if (is_typing(event.target) || help.open) return;
  const actions: Record<string, () => void> = {
    "/": () => root.querySelector<HTMLElement>(".g-search")?.focus(),
    l: other_language,
    t: other_theme,
    "?": () => help.showModal(),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

/** Paper is white, whatever the screen is. */
function prepare_for_paper(): void {
  document.documentElement.classList.remove("dark");
  if (!model.document.answer.scheduled) return;
  const paper = new Context(model, store, context.format, read_palette(), show_task);
  gantt.element.append(make_sheets(paper));
}
function back_to_screen(): void {
  document.querySelectorAll(".sheets").forEach((sheets) => sheets.remove());
  document.documentElement.classList.toggle("dark", store.state.theme === "dark");
}
window.addEventListener("beforeprint", prepare_for_paper);
window.addEventListener("afterprint", back_to_screen);

// A page that the program keeps writing is read again when its reader comes back to it.
if (model.document.watched) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") location.reload();
  });
}

document.body.append(root);
make_page();
