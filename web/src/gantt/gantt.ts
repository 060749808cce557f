/**
 * The Gantt chart: tools, table and chart of one scrolled list.  The list scrolls natively; table and chart stand still in
 * it and show the rows that are due, so ten thousand tasks cost as much as thirty.
 */

import { draw_axis, kAxisHeight } from "../axis";
import type { Context } from "../context";
import { fill, h, set_text } from "../dom";
import { canvas_pen } from "../pen";
import { make_axis, Scale } from "../scale";
import { memory, type State } from "../store";
import { TimeMoves } from "../time_moves";
import { extent, kRow } from "./bars";
import { type Backdrop, draw_chart, index_rows, make_backdrop, type Rows } from "./chart";
import { Grid } from "./grid";
import { handle_key } from "./keys";
import { make_legend } from "./legend";
import { kMinimapHeight, Minimap } from "./minimap";
import { listen_to_pointer } from "./pointer";
import { visible_rows } from "./rows";
import { save_svg } from "./save";
import { Tip } from "./tip";
import { make_tools } from "./tools";

const kMostHeight = 0.72; // of the screen
const kLeastChart = 150; // pixels
const kEdge = 14; // pixels, where a mark stands for a task that lies beyond
const kSlim = 320; // pixels: a table as narrow as this has names only

/** What keys and pointers may do with the chart. */
export interface Chart {
  context: Context;
  time: TimeMoves;
  rows(): Rows;
  scale(): Scale;
  /** Moves the selection by rows and keeps it in view. */
  select_row(row: number): void;
  selected_row(): number;
  rows_a_page(): number;
  fold(task: number, is_folded: boolean): void;
  /** The task at a place on the screen, relative to the chart; -1: none. */
  task_at(x: number, y: number): number;
  hover(task: number, x: number, y: number): void;
  scroll_by(pixels: number): void;
  focus(): void;
}

export interface Gantt {
  element: HTMLElement;
  /** Selects the task and brings it into view, whatever hides it. */
  reveal(task: number): void;
  scroll_top(): number;
  set_scroll_top(top: number): void;
}

export function make_gantt(context: Context, tell_why: (task: number, is_by_key?: boolean) => void): Gantt {
  const { store, model } = context;
  const grid = new Grid(context, "row");
  const canvas = h("canvas.g-chart", { "aria-hidden": "true" });
  const axis_canvas = h("canvas.g-axis", { "aria-hidden": "true" });
  const left = h("div.g-left", { role: "presentation" }, grid.body);
  const head_left = h("div.g-left", {}, grid.head);
  const splitter = h("div.g-splitter", { "aria-hidden": "true" });
  const right = h("div.g-right", { role: "presentation" }, canvas);
  const view = h("div.g-view", { role: "presentation" }, left, right);
  const space = h("div", { role: "presentation" });
  // The headings on the screen do not scroll; the treegrid has its own, for those who hear it.
  const scroller = h(
    "div.g-frame.g-scroll",
    { role: "treegrid", tabindex: 0, "aria-label": context.say("gantt"), "aria-describedby": "gantt-keys", "data-key": "gantt" },
    grid.heard_head,
    view,
    space,
  );
  const empty = h("div.g-empty", { hidden: true });
  const status = h("div.g-status", { role: "status" });
  const tip = new Tip(context);

  let shown = index_rows(context, []);
  let matches = 0;
  let width = 0; // of the chart
  let height = 0;
  let backdrop: Backdrop | null = null;
  let frame_asked = false;
  let has_drawn = false;

  const scale = () => new Scale(store.state.from, store.state.per_pixel, width);
  const time = new TimeMoves(context, () => width);
  const minimap = new Minimap(context, (at) => time.center(at));
  const box = h(
    "div.g-box",
    {},
    h("div.g-head", { "aria-hidden": "true" }, head_left, h("div.g-right", {}, minimap.element, axis_canvas)),
    scroller,
    splitter,
  );

  function draw(): void {
    frame_asked = false;
    if (width <= 0) return;
    has_drawn = true;
    const top = scroller.scrollTop;
    const first = Math.max(0, Math.min(shown.rows.length, Math.floor(top / kRow)));
    const last = Math.min(shown.rows.length, Math.ceil((top + height) / kRow) + 1);
    const { selected } = store.state;
    grid.show(shown.rows, first, last, top, selected);
    const now = scale();
    const old = backdrop?.scale;
    if (!old || old.from !== now.from || old.per_pixel !== now.per_pixel || old.width !== now.width) {
      backdrop = make_backdrop(context, now, selected);
      draw_axis(canvas_pen(axis_canvas, width, kAxisHeight), make_axis(context.format, now), now, kAxisHeight, context.palette);
    }
    const marked = [selected, tip.task].map((task) => (task >= 0 ? shown.row_of[task] : -1));
    draw_chart(canvas_pen(canvas, width, height), context, shown, backdrop!, first, last, top, height, marked);
    minimap.draw(shown.rows, now, width, [top / kRow, (top + height) / kRow]);
    if (selected >= 0 && shown.row_of[selected] >= first && shown.row_of[selected] < last) {
      scroller.setAttribute("aria-activedescendant", grid.row_id(selected));
    } else {
      scroller.removeAttribute("aria-activedescendant");
    }
  }
  function ask_for_frame(): void {
    if (frame_asked) return;
    frame_asked = true;
    requestAnimationFrame(draw);
  }

  function take_rows(): void {
    const found = visible_rows(model, store.state);
    shown = index_rows(context, found.rows);
    matches = found.matches;
    grid.refresh();
    minimap.refresh();
    scroller.setAttribute("aria-rowcount", String(shown.rows.length + 1));
    const is_empty = shown.rows.length === 0;
    empty.hidden = !is_empty;
    set_text(status, context.say("shown_of", context.format.number(matches), context.format.number(model.tasks.length)));
    lay_out();
  }

  /** Sizes follow from the room there is and from what is shown. */
  function lay_out(): void {
    const all = box.clientWidth;
    if (all === 0) return;
    const most = Math.max(200, Math.floor(window.innerHeight * kMostHeight) - kMinimapHeight - kAxisHeight);
    height = Math.max(kRow * 4, Math.min(most, shown.rows.length * kRow));
    scroller.style.height = `${height}px`;
    view.style.height = `${height}px`;
    space.style.height = `${Math.max(0, shown.rows.length * kRow - height)}px`;
    const asked = Number(memory.get("left")) || grid.wanted_width;
    const wide = Math.round(Math.max(120, Math.min(asked, all - kLeastChart, all < 700 ? all * 0.42 : all * 0.6)));
    box.style.setProperty("--left", `${wide}px`);
    document.documentElement.style.setProperty("--chart-left", `${wide}px`);
    box.classList.toggle("slim", wide < kSlim);
    const room = Math.max(10, scroller.clientWidth - wide);
    if (room !== width) {
      width = room;
      minimap.refresh();
      if (store.state.per_pixel === 0) time.fit();
      else keep_selected_in_view();
    }
    backdrop = null;
    if (has_drawn) ask_for_frame();
    else draw(); // with the page's first frame, not the one after
  }

  function keep_selected_in_view(): void {
    const task = model.tasks[store.state.selected];
    if (task?.scheduled) time.include(task.start, task.finish);
  }

  function into_view(row: number): void {
    if (row < 0) return;
    const top = row * kRow;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + kRow > scroller.scrollTop + height) scroller.scrollTop = top + kRow - height;
  }

  const chart: Chart = {
    context,
    time,
    rows: () => shown,
    scale,
    selected_row: () => (store.state.selected >= 0 ? shown.row_of[store.state.selected] : -1),
    select_row(row) {
      const at = Math.max(0, Math.min(shown.rows.length - 1, row));
      if (shown.rows.length === 0) return;
      store.set({ selected: shown.rows[at].task });
      into_view(at);
    },
    rows_a_page: () => Math.max(1, Math.floor(height / kRow) - 1),
    fold(task, is_folded) {
      const folded = new Set(store.state.folded);
      if (is_folded) folded.add(task);
      else folded.delete(task);
      store.set({ folded });
    },
    task_at(x, y) {
      const row = Math.floor((y + scroller.scrollTop) / kRow);
      if (row < 0 || row >= shown.rows.length) return -1;
      const { task } = shown.rows[row];
      const [from, to] = extent(model.tasks[task], scale());
      const is_beyond = (to < 0 && x < kEdge) || (from > width && x > width - kEdge);
      return model.tasks[task].scheduled && (is_beyond || (x >= from - 4 && x <= to + 4)) ? task : -1;
    },
    hover(task, x, y) {
      if (tip.show(task, x, y)) {
        grid.hover(task);
        ask_for_frame();
      }
    },
    scroll_by(pixels) {
      scroller.scrollTop += pixels;
    },
    focus: () => scroller.focus({ preventScroll: true }),
  };

  function reveal(task: number): void {
    const unfolded = new Set(store.state.folded);
    for (let at = model.tasks[task].parent; at >= 0; at = model.tasks[at].parent) unfolded.delete(at);
    store.set({ selected: task, folded: unfolded });
    if (shown.row_of[task] < 0) {
      // A filter hides it: what was asked for counts more.
      store.set({ filter: "all", search: "", owner: null, resource: -1, sort: "outline" });
    }
    into_view(shown.row_of[task]);
    time.include(model.tasks[task].start, model.tasks[task].finish);
  }

  const why = (task: number, is_by_key = false) => {
    keep_selected_in_view();
    tell_why(task, is_by_key);
  };

  function show_everything(): void {
    store.set({ filter: "all", search: "", owner: null, resource: -1 });
  }

  const tools_box = h("div");
  const make_tools_anew = () =>
    fill(
      tools_box,
      make_tools(context, {
        zoom: (factor) => time.zoom(factor, width / 2),
        fit: () => time.fit(),
        fold_all: (is_folded) => {
          const summaries = model.tasks.filter((task) => task.children.length > 0).map((task) => task.index);
          store.set({ folded: new Set(is_folded ? summaries : []) });
        },
        save_svg: () => save_svg(context, shown),
      }),
    );
  make_tools_anew();
  fill(
    empty,
    context.say(model.tasks.length === 0 ? "no_tasks" : "nothing_matches"),
    model.tasks.length > 0 && h("button", { type: "button", onclick: show_everything }, context.say("show_everything")),
  );

  scroller.addEventListener("scroll", ask_for_frame, { passive: true });
  scroller.addEventListener("keydown", (event) => handle_key(chart, event, why));
  listen_to_pointer(chart, { chart: right, left, splitter, box, relayout: lay_out }, why);
  store.listen((state: State, changed) => {
    const rows_changed = (["folded", "search", "filter", "owner", "resource", "sort"] as const).some((key) => changed.has(key));
    if (changed.has("columns")) {
      memory.set("columns", state.columns.join(" "));
      grid.take_columns();
      memory.set("left", "");
      lay_out();
    }
    if (rows_changed) {
      take_rows();
      // The tools show what is set, also where it was not set by them.
      for (const control of tools_box.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-key]")) show_value(control, state);
    }
    if (changed.has("selected")) backdrop = null;
    ask_for_frame();
  });
  new ResizeObserver(lay_out).observe(box);

  const element = h(
    "section.gantt",
    { id: "gantt", "aria-label": context.say("gantt") },
    h("p.visually-hidden", { id: "gantt-keys" }, context.say("gantt_keys")),
    tools_box,
    box,
    empty,
    h("div.g-foot", {}, make_legend(context), status),
    tip.element,
  );
  take_rows();
  return { element, reveal, scroll_top: () => scroller.scrollTop, set_scroll_top: (top) => (scroller.scrollTop = top) };
}

function show_value(control: HTMLInputElement | HTMLSelectElement, state: State): void {
  const values: Record<string, string> = {
    search: state.search,
    filter: state.filter,
    owner: state.owner === null ? "" : `=${state.owner}`,
    resource: String(state.resource),
    sort: state.sort,
  };
  const value = values[control.dataset.key ?? ""];
  if (value !== undefined && control.value !== value) control.value = value;
}
