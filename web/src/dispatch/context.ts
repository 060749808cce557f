/** What every part of a muster's page is given. */

import type { Speech } from "../context";
import type { Pair } from "../document";
import { h } from "../dom";
import { Format } from "../format";
import { in_language } from "../model";
import type { Store, Theme } from "../store";
import { type Language, say, type Word } from "../words";
import type { DispatchDocument } from "./document";

export interface DispatchState {
  language: Language;
  theme: Theme;
  /** Of `hours`; -1: the whole day. */
  step: number;
  playing: boolean;
  query: string;
  manifest: number; // a departure
}

/** A part is a function `make_part(context): HTMLElement`.  When language or theme change the page is made anew. */
export class DispatchContext implements Speech {
  readonly format: Format;

  constructor(
    readonly document: DispatchDocument,
    readonly store: Store<DispatchState>,
  ) {
    this.format = new Format({ plan: { abstract: false, currency: document.plan.currency } }, store.state.language);
  }

  get language(): Language {
    return this.format.language;
  }
  say(word: Word, ...places: (string | number)[]): string {
    return say(this.language, word, ...places);
  }
  pair(texts: Pair): string {
    return in_language(texts, this.language);
  }
  number(value: number): string {
    return this.format.number(value);
  }
  place(place: number): string {
    const { name, id } = this.document.places[place];
    return this.pair(name) || id;
  }
  group(group: number): string {
    const { name, id } = this.document.groups[group];
    return this.pair(name) || id;
  }
  /** `12 Aug 14:00`: all of a muster lies within a few days. */
  short(time: number): string {
    return `${this.format.short_day(time)} ${this.format.clock(time)}`;
  }
  /** What stands behind a figure that is assumed. */
  mark(is_assumed: boolean, basis = ""): HTMLElement | "" {
    if (!is_assumed) return "";
    return h(
      "span.assumed",
      { title: basis || this.say("d_assumed_mark") },
      h("span", { "aria-hidden": "true" }, "†"),
      h("span.visually-hidden", {}, ` (${this.say("d_assumed_mark")})`),
    );
  }
  /** Is anything of the plan assumed?  Then so is whatever follows from all of it. */
  get rests_on_assumed(): boolean {
    return this.document.says.assumed[0] !== "";
  }
}
