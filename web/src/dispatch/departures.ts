/** What goes when with how many, and who sits in it. */

import { fill, h } from "../dom";
import { make_part } from "../parts";
import { make_table } from "../tables";
import type { DispatchContext } from "./context";
import type { DepartureDocument } from "./document";
import { print_only } from "./paper";
import { last_stop, people_of, type Person, person_id, person_name } from "./people";

function departure_words(context: DispatchContext, { route, from, to, departs }: DepartureDocument): string {
  return `${route} · ${context.short(departs)} · ${context.place(from)} → ${context.place(to)}`;
}

function make_departures_table(context: DispatchContext, choose: (departure: number) => void): HTMLElement {
  const rows = context.document.departures;
  return make_table<DepartureDocument>(context, {
    caption: context.say("d_departures"),
    is_caption_hidden: true,
    rows,
    columns: [
      {
        title: context.say("d_route"),
        show: (row) =>
          row.people > 0 ? h("button.link", { type: "button", title: context.say("d_manifest"), onclick: () => choose(rows.indexOf(row)) }, row.route) : row.route,
        order: ({ route }) => route,
        is_head: true,
      },
      { title: context.say("d_via"), show: ({ via }) => via, is_optional: true },
      { title: context.say("d_from"), show: ({ from }) => context.place(from) },
      { title: context.say("d_to"), show: ({ to }) => context.place(to) },
      {
        title: context.say("d_departs"),
        show: ({ departs, scheduled, assumed, basis }) => [context.format.cell(departs), context.mark(scheduled && assumed, basis)],
        order: ({ departs }) => departs,
        csv: ({ departs }) => context.format.cell(departs),
        is_short: true,
      },
      {
        title: context.say("d_arrives"),
        show: ({ arrives, assumed, basis }) => [context.format.cell(arrives), context.mark(assumed, basis)],
        order: ({ arrives }) => arrives,
        csv: ({ arrives }) => context.format.cell(arrives),
        is_short: true,
      },
      { title: context.say("d_num_people"), show: ({ people }) => context.number(people), order: ({ people }) => people, is_number: true },
      {
        title: context.say("d_seats"),
        show: ({ seats, assumed, basis }) => (seats === null ? context.say("d_no_number") : [context.number(seats), context.mark(assumed, basis)]),
        order: ({ seats }) => seats,
        is_number: true,
      },
      { title: context.say("d_vehicles"), show: ({ vehicles }) => context.number(vehicles), order: ({ vehicles }) => vehicles, is_number: true },
      { title: context.say("d_of_them"), show: ({ roles }) => context.pair(roles) },
    ],
  });
}

function make_manifest(context: DispatchContext, departure: DepartureDocument): HTMLElement {
  const { document } = context;
  const group = ({ group: row }: Person) => document.groups[row];
  if (departure.people === 0) return h("p.faint", {}, context.say("d_manifest_empty"));
  return make_table<Person>(context, {
    caption: `${context.say("d_manifest")}: ${departure_words(context, departure)}, ${context.say("d_count", context.number(departure.people))}`,
    is_caption_hidden: true,
    is_compact: true,
    rows: people_of(document, departure.parties),
    columns: [
      { title: context.say("d_person"), show: (person) => person_id(document, person), is_head: true },
      { title: context.say("d_name"), show: (person) => person_name(context, person) },
      { title: context.say("d_role"), show: (person) => group(person).role },
      { title: context.say("d_team"), show: (person) => group(person).team, is_optional: true },
      { title: context.say("d_destination_column"), show: ({ party }) => context.place(last_stop(document.parties[party]).place) },
    ],
  });
}

/** A manifest for whoever stands at the door: a line for each, with a box to check. */
function make_door_list(context: DispatchContext, departure: DepartureDocument): HTMLElement {
  const { document } = context;
  const rows = people_of(document, departure.parties).map((person) =>
    h(
      "tr",
      {},
      h("td.d-box", {}, "☐"),
      h("td", {}, person_id(document, person)),
      h("td", {}, person_name(context, person)),
      h("td", {}, document.groups[person.group].role),
      h("td", {}, document.groups[person.group].team),
      h("td", {}, context.place(last_stop(document.parties[person.party]).place)),
    ),
  );
  const heads = ["d_signature", "d_person", "d_name", "d_role", "d_team", "d_destination_column"] as const;
  return h(
    "section.d-page",
    {},
    h("h1", {}, `${context.say("d_manifest")}: ${departure.route}`),
    h("p.facts", {}, `${departure_words(context, departure)} · ${context.say("d_count", context.number(departure.people))}`, context.mark(departure.assumed, departure.basis)),
    h("table.d-list", {}, h("thead", {}, h("tr", {}, ...heads.map((word) => h("th", { scope: "col" }, context.say(word))))), h("tbody", {}, ...rows)),
  );
}

export function make_departures(context: DispatchContext): HTMLElement {
  const { departures } = context.document;
  const place = h("div");
  const with_people = departures.map((_, i) => i).filter((i) => departures[i].people > 0);
  const select = h(
    "select",
    { "aria-label": context.say("d_manifest_of"), "data-key": "manifest", onchange: () => context.store.set({ manifest: Number(select.value) }) },
    ...with_people.map((i) => h("option", { value: i }, departure_words(context, departures[i]))),
  );
  const show = (manifest: number) => {
    select.value = String(manifest);
    fill(place, make_manifest(context, departures[manifest]));
  };
  const choose = (departure: number) => {
    context.store.set({ manifest: departure });
    tools.scrollIntoView({ block: "start" });
  };
  const all = () => with_people.map((i) => make_door_list(context, departures[i]));
  const tools = h(
    "div.part-tools",
    {},
    h("label", {}, `${context.say("d_manifest_of")} `, select),
    h("button", { type: "button", "data-key": "print-manifest", onclick: () => print_only(() => [make_door_list(context, departures[context.store.state.manifest])]) }, context.say("d_print_one")),
    h("button", { type: "button", "data-key": "print-manifests", onclick: () => print_only(all) }, context.say("d_print_manifests")),
  );
  context.store.listen(({ manifest }, changed) => {
    if (changed.has("manifest")) show(manifest);
  });
  const manifest = h("div.d-manifest", {}, tools, place);
  if (with_people.length > 0) show(context.store.state.manifest);
  return make_part(context, "departures", "d_departures", make_departures_table(context, choose), ...(with_people.length > 0 ? [manifest] : []));
}
