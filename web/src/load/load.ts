/** Each renewable resource against its capacity, on the same stretch of time as the Gantt chart. */

import { draw_axis, kAxisHeight } from "../axis";
import type { Context } from "../context";
import { fill, h, set_text } from "../dom";
import { make_part, say_nothing } from "../parts";
import { canvas_pen } from "../pen";
import { type Axis, make_axis, Scale } from "../scale";
import { memory } from "../store";
import type { LoadChart, Spot } from "./chart";
import { handle_key } from "./keys";
import { make_axis_row, make_more, make_row, type Row } from "./list";
import { TimeMoves } from "../time_moves";
import { back_to_screen, put_on_paper } from "./paper";
import { listen_to_pointer } from "./pointer";
import { draw_chosen } from "./row";
import { by_tightness, Spells, type Stretch, worst_stretch } from "./stretches";
import { load_summary, make_load_details, make_used_up_table } from "./table";
import { Tip } from "./tip";
import { tell_users } from "./users";
import { ChartView, HeatView, make_view_choice, type View, type ViewName } from "./view";

const kFirst = 12; // rows of the chart before all are asked for
const kFarOff = "400px"; // rows farther from the screen than this are not drawn

/** Stops what the last chart does about paper: each change of language or theme makes another chart. */
let printing = new AbortController();

class Load implements LoadChart {
  private readonly order: number[];
  private readonly spells: Spells;
  private readonly views: Record<ViewName, View>;
  private is_whole = false; // all rows, not the tightest only
  private rows: Row[] = [];
  private chosen: Spot | null = null; // who uses it is told
  private width = 0;
  private is_asked = false;
  view: View;
  pointed: Spot | null = null;
  row = -1;

  private readonly axis_canvas = h("canvas", { "aria-hidden": "true" });
  private readonly list = h("div.load-rows");
  private readonly legend = h("div.load-legend");
  private readonly more = h("div.table-more");
  private readonly tip = new Tip();
  private readonly said = h("p.visually-hidden", { "aria-live": "polite" });
  private readonly who = h("div.load-who", { tabindex: -1, role: "region" });
  private readonly near: IntersectionObserver;
  readonly time: TimeMoves;
  readonly plots: HTMLElement;
  readonly element: HTMLElement;

  constructor(readonly context: Context) {
    this.order = by_tightness(context.model);
    this.spells = new Spells(context.model);
    this.views = { chart: new ChartView(context, this.spells), heat: new HeatView(context) };
    this.view = this.views[memory.get("load") === "heat" ? "heat" : "chart"];
    this.time = new TimeMoves(context, () => this.width);
    this.plots = h(
      "div.load-chart",
      { tabindex: 0, role: "group", "aria-label": context.say("load_by_time"), "aria-describedby": "load-keys" },
      make_axis_row(context, this.axis_canvas),
      this.list,
      this.tip.element,
    );
    this.element = this.make_element();
    this.near = new IntersectionObserver((entries) => this.note_near(entries), { rootMargin: kFarOff });
    if (this.order.length === 0) return;
    this.make_rows();
    this.listen();
  }

  private make_element(): HTMLElement {
    const { context, order } = this;
    const used_up = make_used_up_table(context);
    const element = order.length > 0 ? this.make_full_part() : make_part(context, "load", "load");
    if (used_up) element.append(used_up);
    else if (order.length === 0) element.append(h("p.faint", {}, say_nothing(context, "no_resources")));
    return element;
  }

  private make_full_part(): HTMLElement {
    const { context } = this;
    const choice = make_view_choice(context, this.view.name, (name) => this.show_view(name));
    const head = h("div.part-tools", {}, choice, this.legend);
    const is_exact = this.order.every((resource) => context.model.resources[resource].exact);
    const scale_word = context.say(`scale_${context.model.document.divisions.scale}`);
    const coarse = is_exact ? "" : h("p.faint", {}, context.say("peak_per_division", scale_word));
    const keys = h("p.visually-hidden", { id: "load-keys" }, context.say("load_keys"));
    return make_part(context, "load", "load", head, coarse, this.plots, this.more, keys, this.said, make_load_details(context));
  }

  // --- rows

  get num_rows(): number {
    return this.rows.length;
  }

  resource(row: number): number {
    return this.rows[row].resource;
  }

  private show_view(name: ViewName): void {
    this.view = this.views[name];
    memory.set("load", name);
    this.make_rows();
  }

  private make_rows(): void {
    const { context, order } = this;
    this.near.disconnect();
    this.pointed = null;
    this.row = -1;
    this.close_users();
    const is_heat = this.view.name === "heat";
    const count = is_heat || this.is_whole ? order.length : Math.min(kFirst, order.length);
    this.rows = order.slice(0, count).map((resource, row) => make_row(context, resource, row, () => this.go_to_peak(row)));
    this.list.classList.toggle("heat", is_heat);
    fill(this.list, ...this.rows.map((row) => row.element));
    for (const row of this.rows) this.near.observe(row.element);
    fill(this.legend, this.view.make_legend());
    const has_more = !is_heat && order.length > kFirst;
    fill(this.more, has_more && make_more(context, count, order.length, this.is_whole, () => this.toggle_rows()));
    this.ask();
  }

  private toggle_rows(): void {
    this.is_whole = !this.is_whole;
    this.make_rows();
    this.more.querySelector("button")?.focus({ preventScroll: this.is_whole });
  }

  private note_near(entries: IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const row = this.rows.find((each) => each.element === entry.target);
      if (!row) continue;
      row.is_near = entry.isIntersecting;
      if (!row.is_near) row.canvas.width = 0; // its pixels are given back
    }
    this.ask();
  }

  // --- drawing

  /** At most once a frame. */
  private ask(): void {
    if (this.is_asked) return;
    this.is_asked = true;
    requestAnimationFrame(() => {
      this.is_asked = false;
      if (this.element.isConnected) this.draw();
    });
  }

  get scale(): Scale {
    const { from, per_pixel } = this.context.store.state;
    return new Scale(from, per_pixel, this.width);
  }

  private draw(): void {
    const { context } = this;
    if (this.width <= 0 || context.store.state.per_pixel <= 0) return;
    const axis = make_axis(context.format, this.scale);
    draw_axis(canvas_pen(this.axis_canvas, this.width, kAxisHeight), axis, this.scale, kAxisHeight, context.palette);
    this.rows.forEach((row, index) => {
      if (row.is_near) this.draw_row(row, index, axis);
    });
    // What the keyboard points at takes its words along.
    if (this.pointed && document.activeElement === this.plots) this.place_tip(this.pointed, this.end_of(this.pointed));
  }

  private draw_row(row: Row, index: number, axis: Axis): void {
    const { scale, view, context } = this;
    const pen = canvas_pen(row.canvas, this.width, view.height);
    view.paint(pen, row.resource, axis, scale, context.palette);
    for (const spot of [this.chosen, this.pointed]) {
      if (spot?.row === index) draw_chosen(pen, this.stretch_at(spot), scale, view.height, context.palette);
    }
  }

  private put_on_paper(): void {
    if (this.rows.length === 0) return;
    back_to_screen(this.plots);
    put_on_paper(this.context, this.view, this.axis_canvas, this.rows);
  }

  // --- pointing

  private stretch_at({ row, index }: Spot): Stretch {
    return this.view.stretch(this.resource(row), index);
  }

  private words_at({ row, index }: Spot): string[] {
    const resource = this.resource(row);
    return [this.context.resource_name(resource), ...this.view.words(resource, index)];
  }

  point(spot: Spot | null, x = 0): void {
    const is_same = spot?.row === this.pointed?.row && spot?.index === this.pointed?.index;
    if (!is_same) {
      this.pointed = spot;
      this.ask();
    }
    this.tip.element.hidden = spot === null;
    if (!spot) return;
    if (!is_same || this.tip.is_blank) this.tip.write(this.words_at(spot));
    this.place_tip(spot, x);
  }

  /** Where on the plot it ends. */
  private end_of(spot: Spot): number {
    return Math.max(0, Math.min(this.width, this.scale.x(this.stretch_at(spot).to)));
  }

  private place_tip(spot: Spot, x: number): void {
    this.tip.place(this.plots, this.rows[spot.row], x);
  }

  go(spot: Spot): void {
    this.row = spot.row;
    this.rows[spot.row].element.scrollIntoView({ block: "nearest" });
    if (spot.index < 0) {
      this.point(null);
      set_text(this.said, load_summary(this.context, this.resource(spot.row)));
      return;
    }
    const { from, to } = this.stretch_at(spot);
    if (from < this.scale.from || to > this.scale.to) this.time.center(from, to);
    this.point(spot, this.end_of(spot));
    set_text(this.said, this.words_at(spot).join(". "));
  }

  go_to_peak(row: number): void {
    const resource = this.resource(row);
    const index = worst_stretch(this.context.model.resources[resource]);
    if (index < 0) return;
    const spell = this.spells.at(resource, index);
    this.time.center(spell.from, spell.to);
    this.row = row;
    this.tell({ row, index: this.view.index_of(spell) }, true);
  }

  // --- who

  get is_telling(): boolean {
    return this.chosen !== null;
  }

  tell(spot: Spot, is_focused: boolean): void {
    this.chosen = spot;
    const { resource, element } = this.rows[spot.row];
    const { from, to } = this.stretch_at(spot);
    const when = this.words_at(spot).slice(1).join(" · ");
    tell_users(this.context, this.who, resource, [from, to], when, () => this.leave_users());
    element.after(this.who);
    if (is_focused) this.who.focus({ preventScroll: true });
    this.point(null);
    this.ask();
  }

  close_users(): void {
    this.who.remove();
    this.chosen = null;
    this.ask();
  }

  private leave_users(): void {
    this.close_users();
    this.plots.focus({ preventScroll: true });
  }

  // --- what happens

  private listen(): void {
    const { plots } = this;
    this.context.store.listen((_, changed) => {
      if (changed.has("from") || changed.has("per_pixel")) this.ask();
    });
    const plot = this.axis_canvas.parentElement!;
    new ResizeObserver(() => {
      this.width = plot.clientWidth;
      this.ask();
    }).observe(plot);
    printing.abort();
    printing = new AbortController();
    const { signal } = printing;
    window.addEventListener("beforeprint", () => this.put_on_paper(), { signal });
    window.addEventListener("afterprint", () => back_to_screen(plots), { signal });
    listen_to_pointer(this);
    plots.addEventListener("keydown", (event) => handle_key(this, event));
    plots.addEventListener("blur", () => this.point(null));
    this.who.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.leave_users();
    });
  }
}

export const make_load = (context: Context): HTMLElement => new Load(context).element;
