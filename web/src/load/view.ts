/** The two ways to show the load of a resource: by its stretches, or by divisions of time. */

import type { Context } from "../context";
import type { Minutes } from "../document";
import type { Palette } from "../palette";
import { make_choice } from "../parts";
import type { Pen } from "../pen";
import type { Axis, Scale } from "../scale";
import { division, division_at, draw_heat, kHeatHeight } from "./heat_row";
import { make_chart_legend, make_heat_legend } from "./legend";
import { draw_ground, draw_load, kLoadHeight } from "./row";
import { first_after, num_stretches, type Spell, type Spells, type Stretch, worst_stretch } from "./stretches";
import { division_words, in_use_words, stretch_words } from "./words";

export type ViewName = "chart" | "heat";

/** What a row shows and what of it can be pointed at: spots, which `index` tells apart; -1: none. */
export interface View {
  readonly name: ViewName;
  readonly height: number; // pixels of a row
  make_legend(): HTMLElement;
  paint(pen: Pen, resource: number, axis: Axis, scale: Scale, palette: Palette): void;
  stretch(resource: number, index: number): Stretch;
  /** When it is, and how much is in use. */
  words(resource: number, index: number): [string, string];
  /** What is drawn at that pixel. */
  index_at(resource: number, x: number, scale: Scale): number;
  /** Where the keyboard comes to from another row. */
  index_near(resource: number, time: Minutes): number;
  /** The one before (`by` < 0) or after; at either end the same. */
  index_beside(resource: number, index: number, by: number): number;
  index_of(spell: Spell): number;
}

const within = (count: number, index: number): number => Math.max(0, Math.min(count - 1, index));

/** A spot is a spell, by the first of its stretches. */
export class ChartView implements View {
  readonly name = "chart";
  readonly height = kLoadHeight;

  constructor(
    private readonly context: Context,
    private readonly spells: Spells,
  ) {}

  make_legend(): HTMLElement {
    return make_chart_legend(this.context);
  }

  paint(pen: Pen, resource: number, axis: Axis, scale: Scale, palette: Palette): void {
    const { document, resources } = this.context.model;
    draw_load(pen, resources[resource], axis, scale, this.height, document.plan.data_date, palette);
  }

  stretch(resource: number, index: number): Stretch {
    return this.spells.at(resource, index);
  }

  words(resource: number, index: number): [string, string] {
    const each = this.stretch(resource, index);
    return [stretch_words(this.context, each.from, each.to), in_use_words(this.context, resource, each)];
  }

  /** Of stretches in less than a pixel the worst. */
  index_at(resource: number, x: number, scale: Scale): number {
    const [from, to] = [scale.time(Math.floor(x)), scale.time(Math.floor(x) + 1)];
    return this.first_of(resource, worst_stretch(this.context.model.resources[resource], from, to));
  }

  index_near(resource: number, time: Minutes): number {
    const row = this.context.model.resources[resource];
    return this.first_of(resource, Math.min(first_after(row, time), num_stretches(row) - 1));
  }

  index_beside(resource: number, index: number, by: number): number {
    const count = num_stretches(this.context.model.resources[resource]);
    const { last } = this.spells.at(resource, index);
    return this.first_of(resource, within(count, by > 0 ? last + 1 : index - 1));
  }

  index_of(spell: Spell): number {
    return spell.first;
  }

  /** Of the spell in which that stretch lies. */
  private first_of(resource: number, index: number): number {
    return index < 0 ? -1 : this.spells.at(resource, index).first;
  }
}

/** A spot is a division of time. */
export class HeatView implements View {
  readonly name = "heat";
  readonly height = kHeatHeight;

  constructor(private readonly context: Context) {}

  make_legend(): HTMLElement {
    return make_heat_legend(this.context);
  }

  paint(pen: Pen, resource: number, axis: Axis, scale: Scale, palette: Palette): void {
    const { document, resources } = this.context.model;
    draw_ground(pen, axis, scale, this.height, document.plan.data_date, palette);
    draw_heat(pen, resources[resource], document, scale, this.height, palette);
  }

  stretch(resource: number, index: number): Stretch {
    const { document, resources } = this.context.model;
    const [from, to] = division(document, index);
    return { from, to, used: resources[resource].share[index] ?? 0, capacity: 100 };
  }

  words(resource: number, index: number): [string, string] {
    const { context } = this;
    const { from, to } = this.stretch(resource, index);
    const percent = context.model.resources[resource].share[index];
    const share = percent === null ? context.say("idle") : context.say("share_used", context.format.percent(percent / 100, 0));
    const over = percent !== null && percent > 100 ? ` · ${context.say("overloaded")}` : "";
    return [division_words(context, from, to), `${share}${over}`];
  }

  index_at(_: number, x: number, scale: Scale): number {
    return division_at(this.context.model.document, scale.time(x));
  }

  index_near(_: number, time: Minutes): number {
    const { document } = this.context.model;
    return division_at(document, Math.max(time, document.divisions.from[0]));
  }

  index_beside(_: number, index: number, by: number): number {
    return within(this.context.model.document.divisions.from.length, index + by);
  }

  index_of(spell: Spell): number {
    return division_at(this.context.model.document, spell.from);
  }
}

export function make_view_choice(context: Context, chosen: ViewName, choose: (name: ViewName) => void): HTMLElement {
  const choices: [string, ViewName][] = [
    [context.say("load_chart"), "chart"],
    [context.say("heat_map"), "heat"],
  ];
  return make_choice(context.say("shown_as"), choices, chosen, choose);
}
