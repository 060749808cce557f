/** What each team, and each group without one, is told: a sheet each, which prints on a page of its own. */

import { fill, h } from "../dom";
import { make_part } from "../parts";
import { make_scroller } from "../tables";
import { typeset } from "../typeset";
import { make_calendar_button } from "./calendar";
import type { DispatchContext } from "./context";
import type { PartyDocument, SheetDocument } from "./document";
import { print_only } from "./paper";
import { last_stop, party_words, people_of, person_name } from "./people";

/** Of a team its name; of a group without a team the group's. */
const title_of = (context: DispatchContext, { team, groups }: SheetDocument): string =>
  team !== "" ? `${context.say("d_team")} ${team}` : context.group(groups[0]);

const id_of = (context: DispatchContext, { team, groups }: SheetDocument): string => (team !== "" ? team : context.document.groups[groups[0]].id);

/** Parties that go the same way, together. */
function by_way(context: DispatchContext, sheet: SheetDocument): PartyDocument[][] {
  const ways = new Map<string, PartyDocument[]>();
  for (const row of sheet.parties) {
    const party = context.document.parties[row];
    const key = JSON.stringify([party.departures, party.stops]);
    ways.set(key, [...(ways.get(key) ?? []), party]);
  }
  return [...ways.values()];
}

function make_legs(context: DispatchContext, parties: PartyDocument[]): HTMLElement {
  const { departures } = context.document;
  const [{ stops, departures: legs }] = parties;
  const time = (minutes: number | null) => (minutes === null ? "" : context.short(minutes));
  const rows = legs.map((row, i) => {
    const { route, via, assumed, basis } = departures[row];
    const mark = () => context.mark(assumed, basis);
    return h(
      "tr",
      {},
      h("td", {}, route, via !== "" && via !== route ? ` (${via})` : ""),
      h("td", {}, context.place(stops[i].place)),
      h("td.short", {}, time(departures[row].departs), mark()),
      h("td", {}, context.place(stops[i + 1].place)),
      h("td.short", {}, time(departures[row].arrives), mark()),
      h("td.short", {}, time(stops[i + 1].ready), context.mark(context.document.places[stops[i + 1].place].assumed, context.document.places[stops[i + 1].place].basis)),
    );
  });
  const who = parties.map((party) => party_words(context, party)).join(context.language === "zh" ? "；" : "; ");
  if (legs.length === 0) return h("div.d-way", {}, h("h3", {}, who), h("p", {}, context.pair(parties[0].way)));
  const heads = ["d_route", "d_from", "d_departs", "d_to", "d_arrives", "d_ready"] as const;
  const table = h(
    "table.d-list",
    {},
    h("caption.visually-hidden", {}, who),
    h("thead", {}, h("tr", {}, ...heads.map((word) => h("th", { scope: "col" }, context.say(word))))),
    h("tbody", {}, ...rows),
  );
  const scroller = make_scroller(context.say("as_table", who), table);
  scroller.classList.add("d-scroll");
  return h("div.d-way", {}, h("h3", {}, ...typeset(who)), scroller);
}

function make_names(context: DispatchContext, sheet: SheetDocument): HTMLElement | null {
  const { document } = context;
  const named = people_of(document, sheet.parties).filter(({ group, number }) => document.groups[group].people[number]);
  if (named.length === 0) return null;
  return h("ul.d-names", {}, ...named.map((person) => h("li", {}, `${person_name(context, person)} · ${document.groups[person.group].role}`)));
}

/** What is on a sheet, on the screen as on paper. */
function make_body(context: DispatchContext, sheet: SheetDocument): HTMLElement {
  const { groups } = context.document;
  const rows = sheet.groups.map((row) => groups[row]);
  const facts = rows.map(({ role, count, assumed, basis }) => h("span", {}, `${role} ${context.number(count)}`, context.mark(assumed, basis)));
  return h(
    "div",
    {},
    h("p.facts", {}, ...facts.flatMap((fact, i) => (i > 0 ? [" · ", fact] : [fact]))),
    ...by_way(context, sheet).map((parties) => make_legs(context, parties)),
    make_names(context, sheet),
  );
}

const make_page = (context: DispatchContext, sheet: SheetDocument): HTMLElement =>
  h(
    "section.d-page",
    {},
    h("p.d-plan", {}, context.pair(context.document.plan.name)),
    h("h1", {}, title_of(context, sheet)),
    make_body(context, sheet),
    context.rests_on_assumed && h("p.faint", {}, context.say("d_assumed_key")),
  );

function make_sheet(context: DispatchContext, sheet: SheetDocument): HTMLElement {
  const { document } = context;
  const goals = [...new Set(sheet.parties.map((row) => last_stop(document.parties[row]).place))];
  const title = title_of(context, sheet);
  const content = h("div.d-sheet-content");
  const goal_words = goals.map((place) => context.place(place)).join(context.language === "zh" ? "、" : ", ");
  const details = h(
    "details.d-sheet",
    {},
    h("summary", {}, h("strong", {}, title), ` · ${context.say("d_count", context.number(sheet.people))} · ${context.place(document.groups[sheet.groups[0]].place)} → ${goal_words}`),
    content,
  );
  details.addEventListener("toggle", () => {
    if (!details.open || content.childElementCount > 0) return;
    const id = id_of(context, sheet);
    const print = () => print_only(() => [make_page(context, sheet)]);
    const label = `${context.say("d_print_one")}: ${title}`;
    const tools = h(
      "div.part-tools",
      {},
      h("button.small", { type: "button", "aria-label": label, onclick: print }, context.say("d_print_one")),
      make_calendar_button(context, id, title),
    );
    fill(content, make_body(context, sheet), tools);
  });
  return details;
}

export function make_sheets(context: DispatchContext): HTMLElement {
  const { sheets } = context.document;
  const print = () => print_only(() => sheets.map((sheet) => make_page(context, sheet)));
  const part = make_part(
    context,
    "sheets",
    "d_sheets",
    h(
      "div.part-tools",
      {},
      h("button", { type: "button", "data-key": "print-sheets", onclick: print }, context.say("d_print_sheets")),
      h("span.faint", {}, context.say("d_sheet_note")),
    ),
    h("div.d-sheets", {}, ...sheets.map((sheet) => make_sheet(context, sheet))),
  );
  part.classList.add("d-screen-only");
  return part;
}
