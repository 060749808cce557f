/** What every part of the page is given: the plan, the state, and how to say and colour things. */

import type { Pair } from "./document";
import type { Format } from "./format";
import { in_language, type Model } from "./model";
import type { Palette } from "./palette";
import type { Store } from "./store";
import { type Language, say, type Word } from "./words";

/** A name that runs from right to left, or says that what follows does, ends within the sentence that holds it. */
const isolated = (name: string): string => (/[\u0590-\u08ff\u202a-\u202e\u2066-\u2069]/.test(name) ? `\u2068${name}\u2069` : name);

/** How to say things: all that tables and parts of any page need. */
export interface Speech {
  readonly language: Language;
  readonly format: Format;
  say(word: Word, ...places: (string | number)[]): string;
  pair(texts: Pair): string;
}

/**
 * A part is a function `make_part(context): HTMLElement`.  When language or theme change the whole page is made anew;
 * of all other changes a part learns from the store.
 */
export class Context implements Speech {
  constructor(
    readonly model: Model,
    readonly store: Store,
    readonly format: Format,
    readonly palette: Palette,
    /** Selects the task, shows it in the Gantt chart and says why it is where it is. */
    readonly show_task: (task: number) => void,
  ) {}

  get language(): Language {
    return this.format.language;
  }
  say(word: Word, ...places: (string | number)[]): string {
    return say(this.language, word, ...places);
  }
  pair(texts: Pair): string {
    return in_language(texts, this.language);
  }
  /** The task's name; its id where it has none. */
  name(task: number): string {
    const { names, id } = this.model.tasks[task];
    return this.pair(names) || id;
  }
  /** Why the task is where it is, with the names that it speaks of. */
  why(task: number): string {
    const text = this.pair(this.model.tasks[task].why);
    return text.replace(/\{([tr])(\d+)\}/g, (_, kind, row) =>
      isolated(kind === "t" ? this.name(Number(row)) : this.resource_name(Number(row))),
    );
  }
  resource_name(resource: number): string {
    const { name, id } = this.model.resources[resource];
    return this.pair(name) || id;
  }
}
