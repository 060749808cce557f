/** Puts the page of a muster together, and makes it anew when language or theme change. */

import { fill, h } from "../dom";
import { make_findings_part } from "../findings";
import { in_language } from "../model";
import { memory, Store, type Theme } from "../store";
import type { Language, Word } from "../words";
import { make_assumed } from "./assumed";
import { DispatchContext, type DispatchState } from "./context";
import { make_departures } from "./departures";
import type { DispatchDocument } from "./document";
import { has_others, make_field } from "./field";
import { make_flow } from "./flow";
import { make_itineraries } from "./itineraries";
import { make_changes, make_needs } from "./needs";
import { make_labs } from "./labs";
import { make_sheets } from "./sheets";
import { make_teams } from "./teams";
import { make_top } from "./top";
import { make_tours } from "./tours";
import { busiest_step, make_where } from "./where";

const told = JSON.parse(document.getElementById("document")!.textContent!) as DispatchDocument;
const store = new Store<DispatchState>({
  language: first_language(),
  theme: first_theme(),
  step: busiest_step(told.hours),
  playing: false,
  query: "",
  manifest: first_manifest(),
});
const root = h("div.page");

/** The first that leaves by a timetable with anybody, else the first that anybody takes. */
function first_manifest(): number {
  const scheduled = told.departures.findIndex(({ scheduled, people }) => scheduled && people > 0);
  return Math.max(0, scheduled >= 0 ? scheduled : told.departures.findIndex(({ people }) => people > 0));
}

function first_language(): Language {
  const last = memory.get("language");
  return last === "en" || last === "zh" ? last : told.language;
}

function first_theme(): Theme {
  const last = memory.get("theme");
  if (last === "light" || last === "dark") return last;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

const other_language = () => store.set({ language: store.state.language === "en" ? "zh" : "en" });
const other_theme = () => store.set({ theme: store.state.theme === "light" ? "dark" : "light" });

type Part = [id: string, word: Word, make: (context: DispatchContext) => HTMLElement, is_there: boolean];

const kParts: Part[] = [
  ["where", "d_map", make_where, told.hours.times.length > 0],
  ["changes", "d_changes", make_changes, told.changes.length > 0],
  ["needs", "d_needs", make_needs, told.needs.length > 0],
  ["flow", "d_flow_short", make_flow, told.flow.links.length > 0],
  ["departures", "d_departures", make_departures, told.parties.length > 0],
  ["people", "d_people", make_itineraries, told.parties.length > 0],
  ["sheets", "d_sheets", make_sheets, told.parties.length > 0],
  ["tours", "d_tours", make_tours, (told.field?.tours.length ?? 0) > 0],
  ["teams", "d_teams", make_teams, told.field?.teams.some(({ members }) => members.length > 0) ?? false],
  ["labs", "d_labs", make_labs, (told.field?.laboratories.length ?? 0) > 0],
  ["field", "d_field", make_field, has_others(told.field)],
  ["assumed", "d_assumed_short", make_assumed, true],
  ["findings", "findings", (context) => make_findings_part(context, told), told.findings.length > 0],
];

const shown = kParts.filter(([, , , is_there]) => is_there);

function make_bar(context: DispatchContext): HTMLElement {
  const links = shown.map(([id, word]) => h("a", { href: `#${id}` }, context.say(word)));
  const button = (key: string, text: string, label: string, act: () => void) =>
    h("button", { type: "button", title: label, "aria-label": label, "data-key": key, onclick: act }, text);
  const lang = context.language === "en" ? "zh-CN" : "en";
  return h(
    "nav.bar",
    { "aria-label": context.say("contents") },
    h("span.bar-title", {}, context.pair(told.plan.name) || context.say("untitled")),
    h("span.bar-links", {}, ...links),
    h("button", { type: "button", lang, "data-key": "language", onclick: other_language }, context.say("other_language")),
    button("theme", "◐", context.say("theme"), other_theme),
    button("print", context.say("print"), context.say("print"), () => window.print()),
  );
}

/** Makes everything anew in the store's language and theme; what was scrolled and focused stays so. */
function make_page(): void {
  const is_first = root.childElementCount === 0;
  const { language, theme } = store.state;
  const scrolled = window.scrollY;
  const focused = (document.activeElement as HTMLElement | null)?.dataset?.key;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.documentElement.classList.toggle("dark", theme === "dark");
  document.title = in_language(told.plan.name, language) || "diaodu";
  store.forget_listeners();
  const context = new DispatchContext(told, store);
  store.listen((state, changed) => {
    if (changed.has("language")) memory.set("language", state.language);
    if (changed.has("theme")) memory.set("theme", state.theme);
    if (changed.has("language") || changed.has("theme")) make_page();
  });
  fill(
    root,
    h("a.skip", { href: `#${shown[0][0]}` }, context.say("d_skip", context.say(shown[0][1]))),
    make_bar(context),
    h("main", {}, make_top(context), ...shown.map(([, , make]) => make(context))),
    h("footer.foot", {}, context.say("made_by", told.by)),
  );
  if (!is_first) window.scrollTo(0, scrolled);
  if (focused) root.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

const is_typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches("input, select, textarea");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
  const actions: Record<string, () => void> = {
    "/": () => root.querySelector<HTMLElement>(".d-search")?.focus(),
    l: other_language,
    t: other_theme,
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

/** Paper is white, whatever the screen is, and shows the whole day. */
let step_on_screen = -1;
window.addEventListener("beforeprint", () => {
  document.documentElement.classList.remove("dark");
  step_on_screen = store.state.step;
  store.set({ step: -1, playing: false });
});
window.addEventListener("afterprint", () => {
  document.documentElement.classList.toggle("dark", store.state.theme === "dark");
  store.set({ step: step_on_screen });
});

document.body.append(root);
make_page();
