/** The document as the page works with it: rows instead of columns, the outline, who is linked to whom. */

import type { Minutes, Pair, PlanDocument, ResourceDocument } from "./document";
import type { Language } from "./words";

export interface Use {
  resource: number;
  amount: number;
}

export interface Task {
  index: number;
  id: string;
  names: Pair;
  kind: "task" | "summary" | "start_milestone" | "finish_milestone" | "hammock";
  is_milestone: boolean;
  // Whether the date is told as the end of a stretch: midnight is then the day before's 24:00.
  starts_at_end: boolean;
  finishes_at_end: boolean;
  parent: number;
  depth: number;
  children: number[];
  owner: string;
  calendar: number;
  day: Minutes; // what a day of its work is
  scheduled: boolean;
  start: Minutes;
  finish: Minutes;
  resumes: Minutes | null;
  work: Minutes;
  percent: number;
  done: boolean;
  earliest_start: Minutes | null;
  latest_finish: Minutes | null;
  total_float: Minutes | null;
  free_float: Minutes | null;
  critical: boolean;
  near: boolean; // nearly critical
  in_chain: boolean;
  deadline: Minutes | null;
  missed: boolean;
  baseline_start: Minutes | null;
  baseline_finish: Minutes | null;
  // Its finish over all trials; null where nobody asked.
  finish_p10: Minutes | null;
  finish_p80: Minutes | null;
  finish_p90: Minutes | null;
  mode: string;
  uses: Use[];
  why: Pair;
  why_kind: string;
  held_by: number;
  links_in: number[];
  links_out: number[];
}

export interface Link {
  from: number;
  to: number;
  type: "FS" | "SS" | "FF" | "SF";
  lag: Pair | null;
  driving: boolean;
}

export interface Model {
  document: PlanDocument;
  tasks: Task[];
  links: Link[];
  resources: ResourceDocument[];
  outline: number[]; // all tasks, parents before children
  owners: string[];
  from: Minutes; // what the charts span
  to: Minutes;
}

export const in_language = (pair: Pair, language: Language): string =>
  language === "zh" ? pair[1] || pair[0] : pair[0] || pair[1];

/** The tasks that hold this one, back to the beginning; the task itself first. */
export function chain_back(tasks: Task[], task: number): number[] {
  const chain: number[] = [];
  const seen = new Set<number>();
  for (let at = task; at >= 0 && !seen.has(at); at = tasks[at].held_by) {
    chain.push(at);
    seen.add(at);
  }
  return chain;
}

/** The entry of a column in row `i`; a column with one entry has the same in every row. */
const at = <Entry>(column: Entry[], i: number): Entry => (column.length === 1 ? column[0] : column[i]);

function read_tasks(document: PlanDocument): Task[] {
  const columns = document.tasks;
  const near = document.answer.near_critical;
  const risk = document.risk?.tasks;
  const later = (column: (Minutes | null)[] | undefined, i: number): Minutes | null => {
    const by = column ? at(column, i) : null;
    return by === null ? null : at(columns.finish, i) + by;
  };
  const tasks = columns.id.map((id, i): Task => {
    const flat = at(columns.resources, i);
    const uses: Use[] = [];
    for (let k = 0; k + 1 < flat.length; k += 2) uses.push({ resource: flat[k], amount: flat[k + 1] });
    const kind = at(columns.kind, i);
    const critical = at(columns.critical, i) === 1;
    const total_float = at(columns.total_float, i);
    const deadline = at(columns.deadline, i);
    const scheduled = at(columns.scheduled, i) === 1;
    return {
      index: i,
      id,
      names: [at(columns.name, i), at(columns.name_zh, i) ?? at(columns.name, i)],
      kind,
      is_milestone: kind === "start_milestone" || kind === "finish_milestone",
      starts_at_end: kind === "finish_milestone",
      finishes_at_end: kind !== "start_milestone",
      parent: at(columns.parent, i),
      depth: 0,
      children: [],
      owner: at(columns.owner, i),
      calendar: at(columns.calendar, i),
      day: document.calendars[at(columns.calendar, i)]?.day ?? 1,
      scheduled,
      start: at(columns.start, i),
      finish: at(columns.finish, i),
      resumes: at(columns.resumes, i),
      work: at(columns.work, i),
      percent: at(columns.percent, i),
      done: at(columns.done, i) === 1,
      earliest_start: at(columns.earliest_start, i),
      latest_finish: at(columns.latest_finish, i),
      total_float,
      free_float: at(columns.free_float, i),
      critical,
      near: !critical && total_float !== null && total_float <= near,
      in_chain: false,
      deadline,
      missed: scheduled && deadline !== null && at(columns.finish, i) > deadline,
      baseline_start: at(columns.baseline_start, i),
      baseline_finish: at(columns.baseline_finish, i),
      finish_p10: later(risk?.finish_p10, i),
      finish_p80: later(risk?.finish_p80, i),
      finish_p90: later(risk?.finish_p90, i),
      mode: at(columns.mode, i),
      uses,
      why: [at(columns.why, i), at(columns.why_zh, i)],
      why_kind: at(columns.why_kind, i),
      held_by: at(columns.held_by, i),
      links_in: [],
      links_out: [],
    };
  });
  for (const task of document.critical_chain) tasks[task].in_chain = true;
  return tasks;
}

/** Parents before children; `depth` and `children` on the way. */
function read_outline(tasks: Task[]): number[] {
  const roots: number[] = [];
  for (const task of tasks) (task.parent < 0 ? roots : tasks[task.parent].children).push(task.index);
  const outline: number[] = [];
  const stack = roots.reverse();
  while (stack.length > 0) {
    const task = tasks[stack.pop()!];
    task.depth = task.parent < 0 ? 0 : tasks[task.parent].depth + 1;
    outline.push(task.index);
    for (let i = task.children.length - 1; i >= 0; --i) stack.push(task.children[i]);
  }
  return outline;
}

/** What the charts span: all that is scheduled, the data date, deadlines and late finishes that lie not far off. */
function read_range(document: PlanDocument, tasks: Task[]): [Minutes, Minutes] {
  let from = Infinity;
  let to = -Infinity;
  for (const task of tasks) {
    if (!task.scheduled) continue;
    from = Math.min(from, task.start, task.baseline_start ?? Infinity);
    to = Math.max(to, task.finish, task.baseline_finish ?? -Infinity);
  }
  if (from > to) return [document.plan.start, document.plan.start + (document.plan.abstract ? 1 : 1440)];
  const most = to + (to - from) / 4;
  const least = from - (to - from) / 4;
  const near = (time: Minutes | null) => time !== null && time <= most && time >= least;
  for (const task of tasks) if (near(task.finish_p90)) to = Math.max(to, task.finish_p90!);
  for (const task of tasks) if (near(task.deadline)) to = Math.max(to, task.deadline!);
  const now = document.plan.data_date;
  if (near(now)) {
    from = Math.min(from, now!);
    to = Math.max(to, now!);
  }
  return [from, Math.max(to, from + 1)];
}

/** O(tasks + links). */
export function read_model(document: PlanDocument): Model {
  const tasks = document.answer.scheduled ? read_tasks(document) : [];
  const outline = read_outline(tasks);
  const columns = document.links;
  const links = columns.from.map(
    (from, i): Link => ({
      from,
      to: at(columns.to, i),
      type: at(columns.type, i),
      lag: at(columns.lag, i),
      driving: at(columns.driving, i) === 1,
    }),
  );
  if (tasks.length > 0) {
    links.forEach((link, i) => {
      tasks[link.from].links_out.push(i);
      tasks[link.to].links_in.push(i);
    });
  }
  const owners = [...new Set(tasks.map((task) => task.owner).filter((owner) => owner !== ""))].sort();
  const [from, to] = read_range(document, tasks);
  return { document, tasks, links, resources: document.resources, outline, owners, from, to };
}
