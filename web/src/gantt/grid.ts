/**
 * The table beside the chart: a treegrid whose rows are made once and used again as others scroll into view, so that a
 * frame touches only the rows that are new.
 */

import type { Context } from "../context";
import { fill, h, set_text } from "../dom";
import type { Task } from "../model";
import { kRow } from "./bars";
import { type Column, shown_columns } from "./columns";
import type { Row } from "./rows";

const kIndent = 14; // pixels a level
const kDeepest = 8; // levels that are indented

/** A mark before the name, so that what matters is seen in the table too. */
function mark_of(task: Task): string {
  if (!task.scheduled) return "–";
  if (task.missed) return "✕";
  if (task.done) return "✓";
  if (task.is_milestone) return "◆";
  if (task.kind !== "summary" && task.critical) return "●";
  return "";
}

interface PooledRow {
  element: HTMLElement;
  fold: HTMLElement;
  mark: HTMLElement;
  name: HTMLElement;
  cells: HTMLElement[];
  index: number; // of the row that it shows now
  version: number; // of the rows and columns
}

export class Grid {
  readonly head = h("div.g-row.g-head-row");
  readonly heard_head = h("div.visually-hidden", { role: "row", "aria-rowindex": 1 });
  readonly body = h("div.g-rows", { role: "rowgroup" });
  private pool: PooledRow[] = [];
  private columns: Column[] = [];
  private version = 0;
  private hovered = -1;

  constructor(
    private readonly context: Context,
    private readonly stem: string, // of the rows' ids
  ) {
    this.take_columns();
  }

  /** Columns or rows have changed: everything is filled in again. */
  refresh(): void {
    ++this.version;
  }

  take_columns(): void {
    this.columns = shown_columns(this.context);
    const heading = (word: Column["word"], style: string) => h(`div.${style}` as "div", {}, this.context.say(word));
    const first = heading("task", "g-name");
    const others = this.columns.map((column) => {
      const cell = heading(column.word, `g-cell${column.is_number ? ".g-number" : ""}`);
      cell.style.width = `${column.width}px`;
      return cell;
    });
    fill(this.head, first, ...others);
    const words = ["task" as const, ...this.columns.map((column) => column.word)];
    fill(this.heard_head, ...words.map((word) => h("div", { role: "columnheader" }, this.context.say(word))));
    this.pool = [];
    fill(this.body);
    this.refresh();
  }

  /** The least width that shows a readable name and all columns. */
  get wanted_width(): number {
    return 236 + this.columns.reduce((sum, column) => sum + column.width, 0);
  }

  row_id(task: number): string {
    return `${this.stem}-${task}`;
  }

  private make_row(): PooledRow {
    const fold = h("span.g-fold", { "aria-hidden": "true" });
    const mark = h("span.g-mark", { "aria-hidden": "true" });
    const name = h("span.g-text");
    const first = h("div.g-name", { role: "gridcell" }, fold, mark, name);
    const cells = this.columns.map((column) => {
      const cell = h(`div.g-cell${column.is_number ? ".g-number" : ""}` as "div", { role: "gridcell" });
      cell.style.width = `${column.width}px`;
      return cell;
    });
    const element = h("div.g-row", { role: "row", hidden: true }, first, ...cells); // until it has something to show
    return { element, fold, mark, name, cells, index: -1, version: -1 };
  }

  /** Shows the rows [first, last); `top` is how far the list is scrolled. */
  show(rows: Row[], first: number, last: number, top: number, selected: number): void {
    const wanted = last - first + 1;
    while (this.pool.length < wanted) {
      const row = this.make_row();
      this.pool.push(row);
      this.body.append(row.element);
      for (const other of this.pool) other.version = -1; // places in the pool have changed
    }
    const size = this.pool.length;
    for (let i = first; i < first + size; ++i) {
      const pooled = this.pool[i % size];
      if (i >= last) {
        if (pooled.index !== -1) {
          pooled.element.hidden = true;
          pooled.index = -1;
        }
        continue;
      }
      if (pooled.index !== i || pooled.version !== this.version) this.fill_row(pooled, rows[i], i);
      const task = rows[i].task;
      pooled.element.classList.toggle("selected", task === selected);
      pooled.element.classList.toggle("hovered", task === this.hovered);
      if ((pooled.element.getAttribute("aria-selected") === "true") !== (task === selected)) {
        pooled.element.setAttribute("aria-selected", String(task === selected));
      }
    }
    this.body.style.transform = `translateY(${-top}px)`;
  }

  hover(task: number): void {
    this.hovered = task;
  }

  private fill_row(pooled: PooledRow, row: Row, index: number): void {
    const { context } = this;
    const task = context.model.tasks[row.task];
    const { element } = pooled;
    pooled.index = index;
    pooled.version = this.version;
    element.hidden = false;
    element.id = this.row_id(row.task);
    element.dataset.task = String(row.task);
    element.style.transform = `translateY(${index * kRow}px)`;
    element.setAttribute("aria-rowindex", String(index + 2));
    element.setAttribute("aria-level", String(row.depth + 1));
    element.setAttribute("aria-selected", "false");
    if (row.has_children) element.setAttribute("aria-expanded", String(!row.is_folded));
    else element.removeAttribute("aria-expanded");
    element.classList.toggle("g-summary", task.kind === "summary");
    element.classList.toggle("g-critical", task.critical && task.kind !== "summary" && !task.done);
    pooled.fold.style.marginLeft = `${Math.min(row.depth, kDeepest) * kIndent}px`;
    set_text(pooled.fold, row.has_children ? (row.is_folded ? "▸" : "▾") : "");
    set_text(pooled.mark, mark_of(task));
    set_text(pooled.name, context.name(row.task) || "—");
    this.columns.forEach((column, i) => set_text(pooled.cells[i], task.scheduled ? column.text(context, task) : ""));
  }
}
