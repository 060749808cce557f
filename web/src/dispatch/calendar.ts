/**
 * The legs of a person, group or team as iCalendar (RFC 5545): the same bytes as `diaodu dispatch --for ID -o ID.ics`
 * writes, so that whoever takes both has each event once.
 */

import { h } from "../dom";
import { say } from "../words";
import type { DispatchContext } from "./context";
import { people_of, person_id } from "./people";

const kLongest = 75; // octets of a line
const utf8 = new TextEncoder();

/** FNV-1a of 64 bits, as sixteen digits. */
export function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of utf8.encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

/** Folded so that no line is too long and no letter is broken. */
export function fold(content: string): string {
  let folded = "";
  let length = 0;
  for (const letter of content) {
    const size = utf8.encode(letter).length;
    if (length + size > kLongest) {
      folded += "\r\n ";
      length = 1;
    }
    folded += letter;
    length += size;
  }
  return `${folded}\r\n`;
}

export const escape_text = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, "")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");

/** `only`: the id of a person, group or team. */
export function calendar_of(context: DispatchContext, only: string): string {
  const { document, language } = context;
  const { plan, parties, groups, departures } = document;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//diaodu//diaodu//${language === "zh" ? "ZH" : "EN"}`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escape_text(context.pair(plan.name))}`,
  ];
  parties.forEach((party, number) => {
    const group = groups[party.group];
    const is_whole = group.id === only || (group.team !== "" && group.team === only);
    const count = is_whole ? party.count : people_of(document, [number]).filter((person) => person_id(document, person) === only).length;
    if (count === 0) return;
    party.departures.forEach((departure, i) => {
      const { route, departs_utc, arrives_utc } = departures[departure];
      const [from, to] = [context.place(party.stops[i].place), context.place(party.stops[i + 1].place)];
      const who = digest(`${group.id}/${party.first}/${only}`);
      lines.push(
        "BEGIN:VEVENT",
        `UID:${digest(plan.name[0])}-${who}-${i + 1}@diaodu`,
        `DTSTAMP:${plan.stamp_utc}`,
        `DTSTART:${departs_utc}`,
        `DTEND:${arrives_utc}`,
        `SUMMARY:${escape_text(`${route} ${from} → ${to}`)}`,
        `DESCRIPTION:${escape_text(`${context.group(party.group)}, ${say(language, "d_people_word")} ${count}`)}`,
        `LOCATION:${escape_text(from)}`,
        "END:VEVENT",
      );
    });
  });
  return [...lines, "END:VCALENDAR"].map(fold).join("");
}

/** A button that hands over the calendar as a file, made here: nothing is asked of anybody. */
export function make_calendar_button(context: DispatchContext, only: string, name: string): HTMLElement {
  const label = context.say("d_calendar_of", name);
  const save = () => {
    const url = URL.createObjectURL(new Blob([calendar_of(context, only)], { type: "text/calendar" }));
    h("a", { href: url, download: `${only.replace(/[^\p{L}\p{N}_-]+/gu, "_")}.ics` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };
  return h("button.small", { type: "button", "aria-label": label, title: label, onclick: save }, context.say("d_calendar"));
}
