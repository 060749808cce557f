/**
 * What the program hands over to the page of a muster, in the form that `docs/page_format.md` describes; what
 * `../document.ts` says of times, pairs and references holds here too.  Every number on the page is in it.
 */

import type { FindingDocument, Minutes, Pair } from "../document";

export interface DispatchDocument {
  form: "diaodu dispatch page 1";
  by: string; // "diaodu 0.1.0"
  language: "en" | "zh"; // of whoever made the page
  plan: {
    name: Pair;
    start: Minutes;
    currency: string;
    zone: string;
    stamp_utc: string; // of calendars: "20220812T000000Z"
  };
  /** Sentences that only the program can make; empty where there is nothing to say. */
  says: {
    size: Pair; // "1015 people in 28 groups"
    headline: Pair;
    late: Pair;
    changed: Pair; // against the published orders
    proof: Pair;
    assumed: Pair;
  };
  answer: {
    mustered: boolean; // false: nobody is sent anywhere, the lists of the muster are empty
    optimal: boolean;
    people: number;
    needed: number;
    value: ValueDocument;
    bound: ValueDocument; // no movement is better
  };
  outline: number[][]; // lines of land: longitude, latitude, longitude, latitude ...
  places: PlaceDocument[];
  arcs: ArcDocument[];
  hours: HoursDocument;
  course: CourseDocument;
  need: { times: Minutes[]; count: number[]; open: number }; // from each time on; `open`: without a time
  flow: FlowDocument;
  needs: NeedDocument[];
  shortfalls: { place: number; role: string; needed: number; missing: number; why: Pair }[];
  bottlenecks: BottleneckDocument[];
  departures: DepartureDocument[];
  groups: GroupDocument[];
  parties: PartyDocument[];
  sheets: SheetDocument[];
  changes: { group: string; first: number; last: number; before: Pair; now: Pair }[];
  field: FieldDocument | null; // visits, teams, laboratories, regions
  findings: FindingDocument[]; // errors first
  num_findings_dropped: number;
}

export interface ValueDocument {
  unmet: number; // people who are needed somewhere and never come
  missing: number; // at deadlines, each counted
  changed: number | null; // whose orders differ; null where none were published
  full_strength: Minutes | null;
  cost: number;
}

export interface PlaceDocument {
  id: string;
  name: Pair;
  latitude: number;
  longitude: number;
  located: boolean; // false: nobody said where it lies
  part: "origin" | "hub" | "destination" | "unused";
  transfer: Minutes;
  throughput: number | null; // people an hour
  people: number; // who are ever there
  basis: string;
  assumed: boolean;
}

/** All who go directly from one place to another. */
export interface ArcDocument {
  from: number;
  to: number;
  people: number;
}

/** Lists by step; in `at`, `ready` one for each place, in `under_way` one for each arc. */
export interface HoursDocument {
  step: Minutes;
  times: Minutes[];
  at: number[][];
  ready: number[][];
  under_way: number[][];
  not_yet: number[]; // not ready where they begin
  in_places: number[]; // the sum of `at`
  all: number[]; // in_places + moving + not_yet: everybody
  at_start: number[];
  on_the_way: number[];
  moving: number[];
  present: number[]; // ready where they are needed; the four sum to `all`
}

/** The same four from moment to moment, wherever anything changes. */
export interface CourseDocument {
  times: Minutes[];
  at_start: number[];
  on_the_way: number[];
  moving: number[];
  present: number[];
}

export interface FlowDocument {
  columns: number;
  nodes: { place: number; column: number; people: number }[];
  links: { from: number; to: number; people: number }[]; // nodes
}

export interface NeedDocument {
  place: number;
  role: string;
  count: number;
  by: Minutes | null;
  there: number; // ready by then
  missing: number;
  why: Pair;
  basis: string;
  assumed: boolean;
}

export interface BottleneckDocument {
  what: Pair; // "One more like DD102 ..."
  gain: Pair; // "full strength 3 h sooner"
  full_strength: Minutes | null; // then
  assumed: boolean;
}

export interface DepartureDocument {
  route: string;
  via: string;
  from: number;
  to: number;
  departs: Minutes;
  arrives: Minutes;
  departs_utc: string; // "20220812T060000Z"
  arrives_utc: string;
  scheduled: boolean; // else it goes when it is wanted
  people: number;
  seats: number | null; // of all vehicles; null: no limit
  vehicles: number;
  roles: Pair;
  basis: string;
  assumed: boolean;
  parties: number[];
}

/** People by name as far as they have one; the others are called by the group's id and their number from 1. */
export interface GroupDocument {
  id: string;
  name: Pair;
  place: number;
  role: string;
  team: string;
  count: number;
  ready: Minutes;
  basis: string;
  assumed: boolean;
  people: { id: string; name: Pair }[];
}

/** Those of a group who go the same way; one stop more than departures. */
export interface PartyDocument {
  group: number;
  first: number; // from 0
  count: number;
  stops: { place: number; arrives: Minutes | null; ready: Minutes | null }[];
  departures: number[];
  way: Pair;
}

/** A team, or a group without one. */
export interface SheetDocument {
  team: string;
  people: number;
  groups: number[];
  parties: number[];
}

/** What is planned for the field: what people do where they are. */
export interface FieldDocument {
  headlines: Pair[];
  tours: TourDocument[]; // one a duty
  teams: TeamDocument[];
  laboratories: LaboratoryDocument[];
  tables: TableDocument[];
}

/** A team's day. */
export interface TourDocument {
  duty: string;
  name: Pair;
  team: string;
  from: Minutes;
  until: Minutes; // later is overtime
  leaves: Minutes | null; // null: no visit
  back: Minutes | null;
  travel: Minutes;
  overtime: Minutes;
  assumed: boolean;
  stops: StopDocument[];
}

export interface StopDocument {
  visit: string; // empty: the pause
  name: Pair;
  place: number; // -1: a pause
  arrives: Minutes | null;
  begins: Minutes;
  ends: Minutes;
  late: Minutes;
  assumed: boolean;
}

export interface TeamDocument {
  id: string;
  name: Pair;
  place: number; // -1: any
  assumed: boolean;
  members: { id: string; role: string; name: Pair; home: Pair; why: Pair }[];
}

export interface LaboratoryDocument {
  id: string;
  name: Pair;
  assumed: boolean;
  until: Minutes | null; // when results are wanted
  people_reported: number;
  people_unreported: number;
  turnaround: Pair[]; // of people: median, P90, P95, P99, longest
  times: Minutes[];
  tubes: number[]; // in the laboratory
  people: number[]; // who wait for a result
}

export interface TableDocument {
  key: string;
  name: Pair;
  columns: { key: string; title: Pair; kind: "text" | "number" | "time" }[];
  assumed: number[]; // of each row
  rows: (number | Pair | null)[][];
}
