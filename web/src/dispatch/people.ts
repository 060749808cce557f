/** Everybody by id and name: those who have a name by it, the others by their group and number. */

import type { DispatchContext } from "./context";
import type { DispatchDocument, PartyDocument } from "./document";

export interface Person {
  group: number;
  number: number; // within the group, from 0
  party: number;
}

export function person_id({ groups }: DispatchDocument, { group, number }: Person): string {
  const named = groups[group].people[number];
  return named ? named.id : `${groups[group].id}-${number + 1}`;
}

export function person_name(context: DispatchContext, { group, number }: Person): string {
  const named = context.document.groups[group].people[number];
  return named ? context.pair(named.name) || named.id : `${context.group(group)} ${number + 1}`;
}

/** All of the parties, one by one. */
export function people_of({ parties: all }: DispatchDocument, parties: number[]): Person[] {
  return parties.flatMap((party) => {
    const { group, first, count } = all[party];
    return Array.from({ length: count }, (_, i) => ({ group, number: first + i, party }));
  });
}

export const last_stop = ({ stops }: PartyDocument) => stops[stops.length - 1];

/** Which of a group: `Wuxi samplers: numbers 1–45`. */
export function party_words(context: DispatchContext, party: PartyDocument): string {
  const name = context.group(party.group);
  const { count } = context.document.groups[party.group];
  if (count === 1) return context.say("d_only_one", name);
  if (party.count === count) return context.say("d_all_numbers", name, context.number(count));
  if (party.count === 1) return context.say("d_person_one", name, party.first + 1);
  return context.say("d_people_range", name, party.first + 1, party.first + party.count);
}
