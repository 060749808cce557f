/** The columns beside the chart: what each is called, how wide it is, what it says of a task. */

import type { Context } from "../context";
import type { Task } from "../model";
import type { Word } from "../words";

export interface Column {
  key: string;
  word: Word;
  width: number; // pixels
  is_number?: boolean;
  text(context: Context, task: Task): string;
  /** False: the plan has nothing to say in it, so it is not offered. */
  is_there?(context: Context): boolean;
}

const kShort = 14 * 1440; // a plan this short needs the time of day

function when(context: Context, time: number | null, is_end: boolean): string {
  const { format, model } = context;
  const cell = format.cell(time, is_end);
  if (model.document.plan.abstract) return cell;
  return model.to - model.from <= kShort ? cell.slice(5) : cell.slice(0, 10);
}

const some = (context: Context, has: (task: Task) => boolean): boolean => context.model.tasks.some(has);

export const kColumns: Column[] = [
  { key: "id", word: "id", width: 64, text: (_, task) => task.id },
  { key: "start", word: "start", width: 82, text: (context, task) => when(context, task.start, task.starts_at_end) },
  { key: "finish", word: "finish", width: 82, text: (context, task) => when(context, task.finish, task.finishes_at_end) },
  {
    key: "duration",
    word: "duration",
    width: 64,
    is_number: true,
    text: ({ format }, task) => (task.is_milestone ? "" : format.duration(task.work, task.day)),
  },
  {
    key: "total_float",
    word: "total_float",
    width: 60,
    is_number: true,
    text: ({ format }, task) => (task.kind === "summary" ? "" : format.duration(task.total_float, task.day)),
  },
  {
    key: "free_float",
    word: "free_float",
    width: 72,
    is_number: true,
    text: ({ format }, task) => (task.kind === "summary" ? "" : format.duration(task.free_float, task.day)),
  },
  {
    key: "percent",
    word: "percent",
    width: 54,
    is_number: true,
    text: ({ format }, task) => (task.percent > 0 ? format.percent(task.percent / 100, 0) : ""),
    is_there: (context) => some(context, (task) => task.percent > 0),
  },
  {
    key: "owner",
    word: "owner",
    width: 96,
    text: (_, task) => task.owner,
    is_there: (context) => context.model.owners.length > 0,
  },
  {
    key: "resources",
    word: "resources",
    width: 150,
    text: (context, task) => resources_of(context, task),
    is_there: (context) => some(context, (task) => task.uses.length > 0),
  },
  {
    key: "deadline",
    word: "deadline",
    width: 82,
    text: (context, task) => when(context, task.deadline, true),
    is_there: (context) => some(context, (task) => task.deadline !== null),
  },
  {
    key: "baseline",
    word: "baseline",
    width: 82,
    text: (context, task) => when(context, task.baseline_start, task.starts_at_end),
    is_there: (context) => some(context, (task) => task.baseline_start !== null),
  },
  {
    key: "mode",
    word: "mode",
    width: 80,
    text: (_, task) => task.mode,
    is_there: (context) => some(context, (task) => task.mode !== ""),
  },
  { key: "why", word: "why", width: 240, text: (context, task) => context.why(task.index) },
];

/** What is shown until the reader chooses. */
export const kUsualColumns: readonly string[] = ["start", "finish", "duration", "total_float"];

export const columns_of = (context: Context): Column[] => kColumns.filter((column) => column.is_there?.(context) ?? true);

export function shown_columns(context: Context): Column[] {
  return columns_of(context).filter((column) => context.store.state.columns.includes(column.key));
}

/** Who and what does the work: people and machines, not what is used up. */
export function workers_of(context: Context, task: Task): string {
  const { resources } = context.model;
  const uses = task.uses.filter(({ resource }) => ["people", "machine"].includes(resources[resource].kind));
  return resources_of(context, { ...task, uses });
}

/** `Crane, Welders × 3`; only the first few. */
export function resources_of(context: Context, task: Pick<Task, "uses">, most = 3): string {
  const names = task.uses.slice(0, most).map(({ resource, amount }) => {
    const name = context.resource_name(resource);
    return amount === 1 ? name : `${name} × ${context.format.number(amount, 2)}`;
  });
  const separator = context.language === "zh" ? "、" : ", ";
  return names.join(separator) + (task.uses.length > most ? " …" : "");
}
