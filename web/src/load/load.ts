/** Each renewable resource against its capacity, on the same stretch of time as the Gantt chart. */

import { draw_axis, kAxisHeight } from "../axis";
import type { Context } from "../context";
import type { Minutes } from "../document";
import { fill, h, set_text } from "../dom";
import { type Palette, read_palette } from "../palette";
import { make_choice, make_part, say_nothing } from "../parts";
import { canvas_pen, make_svg, type Pen, SvgPen } from "../pen";
import { type Axis, make_axis, Scale } from "../scale";
import { memory } from "../store";
import { centred, panned, type TimeWindow, whole_plan, zoomed } from "../time_window";
import { division, division_at, draw_heat, kHeatHeight } from "./heat_row";
import { make_chart_legend, make_heat_legend } from "./legend";
import { draw_chosen, draw_ground, draw_load, kLoadHeight } from "./row";
import { by_tightness, first_after, num_stretches, Spells, type Stretch, worst_stretch } from "./stretches";
import { load_summary, make_load_details, make_used_up_table } from "./table";
import { tell_users } from "./users";
import { division_words, in_use_words, peak_words, stretch_words } from "./words";

type View = "chart" | "heat";

const kFirst = 12; // rows of the chart before all are asked for
const kFarOff = "400px"; // rows farther from the screen than this are not drawn
const kDragged = 4; // pixels: less is a click
const kZoomStep = 1.25;
const kPanStep = 0.15; // of the width
const kPaperWidth = 930; // pixels of the plot on a sheet of 1400; paper scales it

/** Paper is white, whatever the screen is. */
function paper_palette(): Palette {
  const { classList } = document.documentElement;
  const is_dark = classList.contains("dark");
  classList.remove("dark");
  const palette = read_palette();
  classList.toggle("dark", is_dark);
  return palette;
}

interface Row {
  resource: number;
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  is_near: boolean;
}

/** A resource, and the first stretch of one of its spells (in the heat map: a division). */
interface Spot {
  row: number;
  index: number;
}

class LoadView {
  private readonly order: number[];
  private readonly spells: Spells;
  private view: View = memory.get("load") === "heat" ? "heat" : "chart";
  private is_whole = false; // all rows, not the tightest only
  private rows: Row[] = [];
  private pointed: Spot | null = null;
  private chosen: Spot | null = null;
  private row = -1; // where the keyboard is
  private width = 0;
  private is_asked = false;
  private who_row = -1;

  private readonly axis_canvas = h("canvas", { "aria-hidden": "true" });
  private readonly list = h("div.load-rows");
  private readonly legend = h("div.load-legend");
  private readonly more = h("div.table-more");
  private readonly tip = h("div.load-tip", { "aria-hidden": "true", hidden: true });
  private readonly said = h("p.visually-hidden", { "aria-live": "polite" });
  private readonly who = h("div.load-who", { tabindex: -1, role: "region" });
  private readonly chart: HTMLElement;
  private readonly near: IntersectionObserver;
  readonly element: HTMLElement;

  constructor(private readonly context: Context) {
    this.order = by_tightness(context.model);
    this.spells = new Spells(context.model);
    const keys = h("p.visually-hidden", { id: "load-keys" }, context.say("load_keys"));
    this.chart = h(
      "div.load-chart",
      { tabindex: 0, role: "group", "aria-label": context.say("load_by_time"), "aria-describedby": "load-keys" },
      h(
        "div.load-axis",
        {},
        h(
          "div.load-side",
          {},
          h("span", {}, context.say("resource")),
          h("span", {}, `${context.say("utilisation")} · ${context.say("peak")} / ${context.say("capacity")}`),
        ),
        h("div.load-plot", {}, this.axis_canvas),
      ),
      this.list,
      this.tip,
    );
    const choice = make_choice<View>(
      context.say("shown_as"),
      [
        [context.say("load_chart"), "chart"],
        [context.say("heat_map"), "heat"],
      ],
      this.view,
      (view) => this.show_view(view),
    );
    const head = h("div.part-tools", {}, choice, this.legend);
    const is_exact = this.order.every((resource) => context.model.resources[resource].exact);
    const scale_word = context.say(`scale_${context.model.document.divisions.scale}`);
    const coarse = is_exact ? "" : h("p.faint", {}, context.say("peak_per_division", scale_word));
    const used_up = make_used_up_table(context);
    this.element =
      this.order.length > 0
        ? make_part(context, "load", "load", head, coarse, this.chart, this.more, keys, this.said, make_load_details(context))
        : make_part(context, "load", "load");
    if (used_up) this.element.append(used_up);
    else if (this.order.length === 0) this.element.append(h("p.faint", {}, say_nothing(context, "no_resources")));
    this.near = new IntersectionObserver((entries) => this.note_near(entries), { rootMargin: kFarOff });
    if (this.order.length === 0) return;
    this.make_rows();
    this.listen();
  }

  // --- rows

  private show_view(view: View): void {
    this.view = view;
    memory.set("load", view);
    this.make_rows();
  }

  private make_rows(): void {
    const { context } = this;
    this.near.disconnect();
    this.pointed = this.chosen = null;
    this.row = -1;
    this.close_users();
    const is_heat = this.view === "heat";
    const count = is_heat || this.is_whole ? this.order.length : Math.min(kFirst, this.order.length);
    this.rows = this.order.slice(0, count).map((resource, row) => this.make_row(resource, row));
    this.list.classList.toggle("heat", is_heat);
    fill(this.list, ...this.rows.map((row) => row.element));
    for (const row of this.rows) this.near.observe(row.element);
    fill(this.legend, is_heat ? make_heat_legend(context) : make_chart_legend(context));
    fill(this.more, this.make_more(is_heat));
    this.ask();
  }

  private make_more(is_heat: boolean): HTMLElement | null {
    const { context } = this;
    if (is_heat || this.order.length <= kFirst) return null;
    const toggle = () => {
      this.is_whole = !this.is_whole;
      this.make_rows();
      this.more.querySelector("button")?.focus({ preventScroll: this.is_whole });
    };
    const text = this.is_whole ? context.say("show_less") : context.say("show_all_of", this.order.length);
    return h(
      "div",
      {},
      h("span.faint", {}, context.say("resources_shown", this.rows.length, this.order.length)),
      h("button.small", { type: "button", onclick: toggle }, text),
    );
  }

  private make_row(resource: number, row: number): Row {
    const { context } = this;
    const { utilisation, unlimited, peak } = context.model.resources[resource];
    const canvas = h("canvas", { role: "img", "aria-label": load_summary(context, resource), "data-row": row });
    const inner = h("span.load-bar-in");
    inner.style.width = `${Math.round(100 * Math.min(1, utilisation))}%`;
    const is_over = !unlimited && context.model.document.overloads.some((each) => each.resource === resource);
    const name = context.resource_name(resource);
    const facts = h(
      "div.load-facts",
      {},
      unlimited || peak === 0 ? null : h(is_over ? "span.load-bar.over" : "span.load-bar", {}, inner),
      unlimited || peak === 0 ? null : h("span.load-share", {}, context.format.percent(utilisation, 0)),
      peak === 0
        ? h("span.faint", {}, context.say("never_used"))
        : h(
            "button.load-peak",
            {
              type: "button",
              "aria-label": `${context.say("to_peak_of", name)}: ${peak_words(context, resource)}`,
              title: context.say("to_peak_of", name),
              onclick: () => this.go_to_peak(row),
            },
            is_over && h("span.bad", { "aria-hidden": "true" }, "✕ "),
            peak_words(context, resource),
          ),
    );
    const title = h("div.load-name", { title: name }, name);
    const side = h("div.load-side", {}, title, facts);
    const element = h("div.load-row", {}, side, h("div.load-plot", {}, canvas));
    return { resource, element, canvas, is_near: false };
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

  private get scale(): Scale {
    const { from, per_pixel } = this.context.store.state;
    return new Scale(from, per_pixel, this.width);
  }

  private draw(): void {
    const { context } = this;
    if (this.width <= 0 || this.context.store.state.per_pixel <= 0) return;
    const axis = make_axis(context.format, this.scale);
    draw_axis(canvas_pen(this.axis_canvas, this.width, kAxisHeight), axis, this.scale, kAxisHeight, context.palette);
    this.rows.forEach((row, index) => {
      if (row.is_near) this.draw_row(row, index, axis);
    });
    // What the keyboard points at takes its words along.
    if (this.pointed && document.activeElement === this.chart) this.place_tip(this.pointed, this.end_of(this.pointed));
  }

  private draw_row(row: Row, index: number, axis: Axis): void {
    const { scale, context } = this;
    const pen = canvas_pen(row.canvas, this.width, this.height);
    this.paint(pen, row.resource, axis, scale, context.palette);
    for (const spot of [this.chosen, this.pointed]) {
      if (spot?.row === index) draw_chosen(pen, this.stretch_at(spot), scale, this.height, context.palette);
    }
  }

  private get height(): number {
    return this.view === "heat" ? kHeatHeight : kLoadHeight;
  }

  private paint(pen: Pen, index: number, axis: Axis, scale: Scale, palette: Palette): void {
    const { document, resources } = this.context.model;
    const now = document.plan.data_date;
    if (this.view === "heat") {
      draw_ground(pen, axis, scale, this.height, now, palette);
      draw_heat(pen, resources[index], document, scale, this.height, palette);
    } else {
      draw_load(pen, resources[index], axis, scale, this.height, now, palette);
    }
  }

  /** On paper: the rows in vectors, over the whole plan as the Gantt chart's sheets are. */
  private put_on_paper(): void {
    if (!this.element.isConnected || this.rows.length === 0) return;
    this.back_to_screen();
    const { format, model } = this.context;
    const palette = paper_palette();
    const { from, per_pixel } = whole_plan(model, kPaperWidth);
    const scale = new Scale(from, per_pixel, kPaperWidth);
    const axis = make_axis(format, scale);
    const put = (canvas: HTMLCanvasElement, height: number, name: string, draw: (pen: Pen) => void) => {
      const picture = make_svg(kPaperWidth, height);
      picture.setAttribute("class", "load-paper");
      picture.setAttribute("aria-hidden", "true");
      draw(new SvgPen(picture, `load-paper-${name}`));
      canvas.after(picture);
    };
    put(this.axis_canvas, kAxisHeight, "axis", (pen) => draw_axis(pen, axis, scale, kAxisHeight, palette));
    for (const { canvas, resource } of this.rows) {
      put(canvas, this.height, String(resource), (pen) => {
        pen.clip(0, 0, kPaperWidth, this.height, () => this.paint(pen, resource, axis, scale, palette));
      });
    }
  }

  private back_to_screen(): void {
    this.chart.querySelectorAll(".load-paper").forEach((picture) => picture.remove());
  }

  // --- spots

  private stretch_at({ row, index }: Spot): Stretch {
    const { model } = this.context;
    const resource = model.resources[this.rows[row].resource];
    if (this.view === "chart") return this.spells.at(this.rows[row].resource, index);
    const [from, to] = division(model.document, index);
    return { from, to, used: resource.share[index] ?? 0, capacity: 100 };
  }

  /** What is drawn at that pixel: of stretches in less than a pixel the worst. */
  private spot_at(row: number, x: number): Spot | null {
    const { model } = this.context;
    const { scale } = this;
    if (this.view === "heat") {
      const index = division_at(model.document, scale.time(x));
      return index < 0 ? null : { row, index };
    }
    const resource = model.resources[this.rows[row].resource];
    const index = worst_stretch(resource, scale.time(Math.floor(x)), scale.time(Math.floor(x) + 1));
    return index < 0 ? null : this.spot_of(row, index);
  }

  /** The spell in which that stretch lies. */
  private spot_of(row: number, index: number): Spot {
    return { row, index: this.spells.at(this.rows[row].resource, index).first };
  }

  private words_at(spot: Spot): string[] {
    const { context } = this;
    const { resource } = this.rows[spot.row];
    const each = this.stretch_at(spot);
    const name = context.resource_name(resource);
    if (this.view === "chart") {
      return [name, stretch_words(context, each.from, each.to), in_use_words(context, resource, each)];
    }
    const percent = context.model.resources[resource].share[spot.index];
    const share = percent === null ? context.say("idle") : context.say("share_used", context.format.percent(percent / 100, 0));
    const over = percent !== null && percent > 100 ? ` · ${context.say("overloaded")}` : "";
    return [name, division_words(context, each.from, each.to), `${share}${over}`];
  }

  private point(spot: Spot | null, x = 0): void {
    const is_same = spot?.row === this.pointed?.row && spot?.index === this.pointed?.index;
    if (!is_same) {
      this.pointed = spot;
      this.ask();
    }
    this.tip.hidden = spot === null;
    if (!spot) return;
    if (!is_same || this.tip.childElementCount === 0) {
      const [name, when, what] = this.words_at(spot);
      fill(this.tip, h("strong", {}, name), h("span", {}, when), h("span", {}, what));
    }
    this.place_tip(spot, x);
  }

  /** Where on the plot it ends. */
  private end_of(spot: Spot): number {
    return Math.max(0, Math.min(this.width, this.scale.x(this.stretch_at(spot).to)));
  }

  private place_tip(spot: Spot, x: number): void {
    const { element, canvas } = this.rows[spot.row];
    const outer = this.chart.getBoundingClientRect();
    const inner = canvas.getBoundingClientRect();
    const room = outer.width - this.tip.offsetWidth;
    const left = Math.max(0, Math.min(room, inner.left - outer.left + x + 14));
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${element.getBoundingClientRect().bottom - outer.top + 4}px`;
  }

  // --- who

  /** Lists who uses the resource then, below its row. */
  private tell(spot: Spot, is_focused: boolean): void {
    const { context } = this;
    this.chosen = spot;
    const { resource, element } = this.rows[spot.row];
    const close = () => {
      this.close_users();
      this.chart.focus({ preventScroll: true });
    };
    const { from, to } = this.stretch_at(spot);
    tell_users(context, this.who, resource, [from, to], this.words_at(spot).slice(1).join(" · "), close);
    this.who_row = spot.row;
    element.after(this.who);
    if (is_focused) this.who.focus({ preventScroll: true });
    this.point(null);
    this.ask();
  }

  private close_users(): void {
    this.who.remove();
    this.who_row = -1;
    this.chosen = null;
    this.ask();
  }

  private go_to_peak(row: number): void {
    const { context } = this;
    const resource = context.model.resources[this.rows[row].resource];
    const index = worst_stretch(resource);
    if (index < 0) return;
    const { from, to } = this.spells.at(this.rows[row].resource, index);
    this.move_to(centred(context.model, context.store.state, from, to, this.width));
    this.row = row;
    if (this.view === "chart") this.tell(this.spot_of(row, index), true);
    else this.tell({ row, index: division_at(context.model.document, from) }, true);
  }

  // --- moving

  private move_to(window: TimeWindow): void {
    const { from, per_pixel } = window;
    this.context.store.set({ from, per_pixel });
  }

  private pan(pixels: number): void {
    const { model, store } = this.context;
    this.move_to(panned(model, store.state, pixels, this.width));
  }

  private zoom(factor: number, x = this.width / 2): void {
    const { model, store } = this.context;
    this.move_to(zoomed(model, store.state, factor, x, this.width));
  }

  private listen(): void {
    const { context, chart } = this;
    context.store.listen((_, changed) => {
      if (changed.has("from") || changed.has("per_pixel")) this.ask();
    });
    const plot = this.axis_canvas.parentElement!;
    new ResizeObserver(() => {
      this.width = plot.clientWidth;
      this.ask();
    }).observe(plot);
    window.addEventListener("beforeprint", () => this.put_on_paper());
    window.addEventListener("afterprint", () => this.back_to_screen());
    chart.addEventListener("wheel", (event) => this.turn(event), { passive: false });
    chart.addEventListener("pointerdown", (event) => this.press(event));
    chart.addEventListener("pointermove", (event) => this.hover(event));
    chart.addEventListener("pointerleave", () => this.point(null));
    chart.addEventListener("keydown", (event) => this.key(event));
    chart.addEventListener("blur", () => this.point(null));
    this.who.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close_users();
      chart.focus({ preventScroll: true });
    });
  }

  /** Sideways moves, with Control or Command zooms; otherwise the page scrolls. */
  private turn(event: WheelEvent): void {
    if (!this.is_on_plot(event.target)) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(2 ** (-event.deltaY / 240), event.offsetX);
      return;
    }
    const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
    if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
    event.preventDefault();
    this.pan(sideways);
  }

  private is_on_plot(target: EventTarget | null): target is HTMLCanvasElement {
    return target instanceof HTMLCanvasElement && this.chart.contains(target);
  }

  private row_of(target: EventTarget | null): number {
    return this.is_on_plot(target) && target.dataset.row !== undefined ? Number(target.dataset.row) : -1;
  }

  private hover(event: PointerEvent): void {
    if (event.buttons !== 0) return;
    const row = this.row_of(event.target);
    this.point(row < 0 ? null : this.spot_at(row, event.offsetX), event.offsetX);
  }

  /** A drag moves the time; a click tells who. */
  private press(event: PointerEvent): void {
    if (event.button !== 0 || !this.is_on_plot(event.target)) return;
    const canvas = event.target;
    const { from, per_pixel } = this.context.store.state;
    const [begin, x] = [event.clientX, event.offsetX];
    let is_drag = false;
    canvas.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => {
      const by = begin - moved.clientX;
      is_drag ||= Math.abs(by) > kDragged;
      if (!is_drag) return;
      this.point(null);
      this.move_to(panned(this.context.model, { from, per_pixel }, by, this.width));
    };
    const done = (up: PointerEvent) => {
      canvas.removeEventListener("pointermove", move);
      canvas.removeEventListener("pointerup", done);
      canvas.removeEventListener("pointercancel", done);
      const row = this.row_of(canvas);
      const spot = up.type === "pointerup" && !is_drag && row >= 0 ? this.spot_at(row, x) : null;
      if (spot) this.tell(spot, false);
    };
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerup", done);
    canvas.addEventListener("pointercancel", done);
  }

  // --- keys

  private key(event: KeyboardEvent): void {
    if (event.target !== this.chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = kPanStep * this.width;
    const actions: Record<string, () => void> = {
      ArrowUp: () => this.step_row(-1),
      ArrowDown: () => this.step_row(1),
      ArrowLeft: () => (event.shiftKey ? this.pan(-page) : this.step(-1)),
      ArrowRight: () => (event.shiftKey ? this.pan(page) : this.step(1)),
      Enter: () => this.pointed && this.tell(this.pointed, true),
      p: () => this.go_to_peak(Math.max(0, this.row)),
      "+": () => this.zoom(kZoomStep),
      "=": () => this.zoom(kZoomStep),
      "-": () => this.zoom(1 / kZoomStep),
      "0": () => this.move_to(whole_plan(this.context.model, this.width)),
      Escape: () => (this.who_row >= 0 ? this.close_users() : this.point(null)),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  private step_row(by: number): void {
    const row = Math.max(0, Math.min(this.rows.length - 1, this.row + by));
    const time: Minutes = this.pointed ? this.stretch_at(this.pointed).from : this.scale.from;
    this.go({ row, index: this.index_near(row, time) });
  }

  private index_near(row: number, time: Minutes): number {
    const { model } = this.context;
    if (this.view === "heat") return division_at(model.document, Math.max(time, model.document.divisions.from[0]));
    const resource = model.resources[this.rows[row].resource];
    const index = Math.min(first_after(resource, time), num_stretches(resource) - 1);
    return index < 0 ? index : this.spot_of(row, index).index;
  }

  /** To the spell or the division before or after. */
  private step(by: number): void {
    if (!this.pointed) {
      this.step_row(this.row < 0 ? 1 : 0);
      return;
    }
    const { row } = this.pointed;
    const { model } = this.context;
    const resource = model.resources[this.rows[row].resource];
    const { index } = this.pointed;
    const within = (count: number, next: number) => Math.max(0, Math.min(count - 1, next));
    if (this.view === "heat") {
      this.go({ row, index: within(model.document.divisions.from.length, index + by) });
      return;
    }
    const { last } = this.spells.at(this.rows[row].resource, index);
    this.go(this.spot_of(row, within(num_stretches(resource), by > 0 ? last + 1 : index - 1)));
  }

  /** Points there by keyboard: into view, and said. */
  private go(spot: Spot): void {
    this.row = spot.row;
    this.rows[spot.row].element.scrollIntoView({ block: "nearest" });
    if (spot.index < 0) {
      this.point(null);
      set_text(this.said, load_summary(this.context, this.rows[spot.row].resource));
      return;
    }
    const { from, to } = this.stretch_at(spot);
    const { model, store } = this.context;
    if (from < this.scale.from || to > this.scale.to) this.move_to(centred(model, store.state, from, to, this.width));
    this.point(spot, this.end_of(spot));
    set_text(this.said, this.words_at(spot).join(". "));
  }
}

export const make_load = (context: Context): HTMLElement => new LoadView(context).element;
