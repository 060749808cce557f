/** What can change while the page is read, and who wants to know. */

import type { Language } from "./words";

export type Theme = "light" | "dark";
export type Filter = "all" | "critical" | "near" | "late" | "chain" | "milestones" | "moved" | "open";
export type Sort = "outline" | "start" | "finish" | "float" | "name";
export type LinkMode = "all" | "driving" | "none";

export interface State {
  language: Language;
  theme: Theme;
  /** The stretch of time in the charts: its beginning, and minutes a pixel. */
  from: number;
  per_pixel: number;
  selected: number; // a task; -1: none
  folded: ReadonlySet<number>;
  search: string;
  filter: Filter;
  owner: string | null;
  resource: number; // -1: any
  sort: Sort;
  link_mode: LinkMode;
  whiskers: boolean; // how sure each finish is
  columns: readonly string[];
}

type Listener<S> = (state: S, changed: ReadonlySet<keyof S>) => void;

export class Store<S extends object = State> {
  private listeners: Listener<S>[] = [];

  constructor(public state: S) {}

  /** Listeners are told at once, and only where something differs. */
  set(change: Partial<S>): void {
    const changed = new Set<keyof S>();
    for (const key of Object.keys(change) as (keyof S)[]) {
      if (this.state[key] !== change[key]) changed.add(key);
    }
    if (changed.size === 0) return;
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener(this.state, changed);
  }

  listen(listener: Listener<S>): void {
    this.listeners.push(listener);
  }

  /** For when the page is made anew. */
  forget_listeners(): void {
    this.listeners = [];
  }
}

/** Reads and writes what the reader chose last time.  A page opened from disk may have no storage. */
export const memory = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(`diaodu.${key}`);
    } catch {
      return null; // storage is switched off: the page starts as it was made
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(`diaodu.${key}`, value);
    } catch {
      // likewise: the choice holds until the page is closed
    }
  },
};
