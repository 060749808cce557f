/** Who goes which way: found by name, id, team, role or place. */

import { fill, h, set_text } from "../dom";
import { make_part } from "../parts";
import { make_table } from "../tables";
import { make_calendar_button } from "./calendar";
import type { DispatchContext } from "./context";
import { last_stop, people_of, type Person, person_id, person_name } from "./people";

const kPause = 120; // milliseconds after the last letter

/** What a person can be found by, in one text. */
function words_of(context: DispatchContext, person: Person): string {
  const { document } = context;
  const { id, role, team } = document.groups[person.group];
  const stops = document.parties[person.party].stops.map(({ place }) => context.place(place));
  return [person_id(document, person), person_name(context, person), id, role, team, ...stops].join("\n").toLocaleLowerCase();
}

function make_results(context: DispatchContext, found: Person[]): HTMLElement {
  const { document, format } = context;
  const group = ({ group: row }: Person) => document.groups[row];
  const last = ({ party }: Person) => last_stop(document.parties[party]);
  return make_table<Person>(context, {
    caption: context.say("d_people"),
    is_caption_hidden: true,
    rows: found,
    columns: [
      { title: context.say("d_person"), show: (person) => person_id(document, person), is_head: true },
      { title: context.say("d_name"), show: (person) => person_name(context, person) },
      { title: context.say("d_role"), show: (person) => group(person).role },
      { title: context.say("d_team"), show: (person) => group(person).team, is_optional: true },
      { title: context.say("d_way"), show: ({ party }) => context.pair(document.parties[party].way) },
      {
        title: context.say("d_there_at"),
        show: (person) => [format.cell(last(person).ready), context.mark(context.rests_on_assumed)],
        order: (person) => last(person).ready,
        csv: (person) => format.cell(last(person).ready),
        is_short: true,
      },
      {
        title: context.say("d_calendar"),
        show: (person) => (document.parties[person.party].departures.length > 0 ? make_calendar_button(context, person_id(document, person), person_id(document, person)) : ""),
        is_picture: true,
      },
    ],
  });
}

export function make_itineraries(context: DispatchContext): HTMLElement {
  const { document, store } = context;
  const everybody = people_of(document, document.parties.map((_, i) => i));
  let texts: string[] | null = null; // made when somebody searches
  const count = h("span.faint", { role: "status" });
  const place = h("div");
  const show = (query: string) => {
    const wanted = query.trim().toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
    if (wanted.length > 0) texts ??= everybody.map((person) => words_of(context, person));
    const found = everybody.filter((_, i) => wanted.every((word) => texts![i].includes(word)));
    set_text(count, context.say("d_found", context.number(found.length), context.number(everybody.length)));
    fill(place, found.length === 0 ? h("p.faint", {}, context.say("d_nobody_found")) : make_results(context, found));
  };
  let waiting = 0;
  const search = h("input.d-search", {
    type: "search",
    placeholder: context.say("d_search"),
    "aria-label": context.say("search"),
    "data-key": "search",
    oninput: () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => store.set({ query: search.value }), kPause);
    },
  });
  search.value = store.state.query;
  show(store.state.query);
  store.listen(({ query }, changed) => {
    if (changed.has("query")) show(query);
  });
  const part = make_part(context, "people", "d_people", h("div.part-tools", {}, search, count), place);
  part.classList.add("d-screen-only");
  return part;
}
