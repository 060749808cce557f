/** Which tasks the chart shows, and in which order. */

import { in_language, type Model, type Task } from "../model";
import type { Sort, State } from "../store";

export interface Row {
  task: number;
  depth: number;
  has_children: boolean;
  is_folded: boolean;
}

const kSlack = Number.MAX_SAFE_INTEGER;

const kOrders: Record<Exclude<Sort, "outline" | "name">, (a: Task, b: Task) => number> = {
  start: (a, b) => a.start - b.start || a.finish - b.finish,
  finish: (a, b) => a.finish - b.finish || a.start - b.start,
  float: (a, b) => (a.total_float ?? kSlack) - (b.total_float ?? kSlack) || a.start - b.start,
};

/** By the names that are shown. */
function by_name(language: State["language"]): (a: Task, b: Task) => number {
  const { compare } = new Intl.Collator(language);
  return (a, b) => compare(in_language(a.names, language), in_language(b.names, language)) || a.index - b.index;
}

/** Later than its deadline, its baseline or its successors allow. */
export const is_late = (task: Task): boolean =>
  task.missed ||
  (task.total_float !== null && task.total_float < 0) ||
  (task.baseline_finish !== null && task.finish > task.baseline_finish);

const has_moved = (task: Task): boolean => task.baseline_start !== null && task.baseline_start !== task.start;

function passes(task: Task, state: State): boolean {
  switch (state.filter) {
    case "all":
      return true;
    case "critical":
      return task.critical;
    case "near":
      return task.critical || task.near;
    case "late":
      return is_late(task);
    case "chain":
      return task.in_chain;
    case "milestones":
      return task.is_milestone || task.deadline !== null;
    case "moved":
      return has_moved(task);
    case "open":
      return !task.done;
  }
}

let haystacks: string[] = []; // of one model; a page has one
function contains(task: Task, needle: string): boolean {
  const hay = (haystacks[task.index] ??= `${task.id}\n${task.names[0]}\n${task.names[1]}\n${task.owner}`.toLowerCase());
  return hay.includes(needle);
}

/** Does the state leave anything out, folding aside? */
export const is_filtered = (state: State): boolean =>
  state.filter !== "all" || state.owner !== null || state.resource >= 0 || state.search.trim() !== "";

function matcher(state: State): (task: Task) => boolean {
  const needle = state.search.trim().toLowerCase();
  return (task) =>
    passes(task, state) &&
    (state.owner === null || task.owner === state.owner) &&
    (state.resource < 0 || task.uses.some((use) => use.resource === state.resource)) &&
    (needle === "" || contains(task, needle));
}

/**
 * The rows from top to bottom, and how many tasks match.  In outline order the summaries above a match stay, whether they
 * are folded or not; in any other order there are no summaries.  O(tasks), or O(tasks log tasks) where they are sorted.
 */
export function visible_rows(model: Model, state: State): { rows: Row[]; matches: number } {
  const { tasks, outline } = model;
  const matches = matcher(state);
  if (state.sort !== "outline") {
    const found = tasks.filter((task) => task.kind !== "summary" && task.scheduled && matches(task));
    found.sort(state.sort === "name" ? by_name(state.language) : kOrders[state.sort]);
    const rows = found.map((task) => ({ task: task.index, depth: 0, has_children: false, is_folded: false }));
    return { rows, matches: rows.length };
  }
  const filtered = is_filtered(state);
  const is_kept = new Uint8Array(tasks.length);
  let count = 0;
  for (const task of tasks) {
    if (!matches(task)) continue;
    ++count;
    for (let at = task.index; at >= 0 && !is_kept[at]; at = tasks[at].parent) is_kept[at] = 1;
  }
  const rows: Row[] = [];
  let hidden_below = Infinity; // deeper tasks lie in a folded summary
  for (const index of outline) {
    const task = tasks[index];
    if (task.depth > hidden_below) continue;
    hidden_below = Infinity;
    if (!is_kept[index]) continue;
    const is_folded = !filtered && state.folded.has(index);
    rows.push({ task: index, depth: task.depth, has_children: task.children.length > 0, is_folded });
    if (is_folded) hidden_below = task.depth;
  }
  return { rows, matches: count };
}
