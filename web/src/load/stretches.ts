/** What the load of a resource is at an instant, in a column of pixels, and who causes it.  Pure functions. */

import type { Minutes, ResourceDocument } from "../document";
import type { Model, Task } from "../model";
import type { Scale } from "../scale";

export interface Stretch {
  from: Minutes;
  to: Minutes;
  used: number;
  capacity: number;
}

const kFields = 4; // of a stretch in `ResourceDocument.load`

export const num_stretches = (resource: ResourceDocument): number => Math.floor(resource.load.length / kFields);

export function stretch(resource: ResourceDocument, index: number): Stretch {
  const [from, to, used, capacity] = resource.load.slice(index * kFields, (index + 1) * kFields);
  return { from, to, used, capacity };
}

/** The first stretch that ends after `time`; their number where none does.  O(log stretches) */
export function first_after(resource: ResourceDocument, time: Minutes): number {
  let least = 0;
  let most = num_stretches(resource);
  while (least < most) {
    const middle = (least + most) >> 1;
    if (resource.load[middle * kFields + 1] <= time) least = middle + 1;
    else most = middle;
  }
  return least;
}

/** Which stretch is worse: more beyond capacity, then more in use. */
const is_worse = (a: Stretch, b: Stretch): boolean => {
  const excess_a = Math.max(0, a.used - a.capacity);
  const excess_b = Math.max(0, b.used - b.capacity);
  return excess_a !== excess_b ? excess_a > excess_b : a.used > b.used;
};

/** The worst stretch that meets the time; the first of several, -1 where there is none. */
export function worst_stretch(resource: ResourceDocument, from = -Infinity, to = Infinity): number {
  let worst = -1;
  for (let i = first_after(resource, from); i < num_stretches(resource); ++i) {
    const each = stretch(resource, i);
    if (each.from >= to) break;
    if (worst < 0 || is_worse(each, stretch(resource, worst))) worst = i;
  }
  return worst;
}

/** A run of pixels that show the same. */
export interface Run {
  left: number;
  right: number;
  used: number;
  capacity: number;
}

const kBridged = 14; // pixels: narrower rests would be a picket fence

/**
 * What each column of pixels shows: the worst of the stretches that meet it, so that no overload is too short to be
 * seen.  Rests are left out, narrow ones bridged.  O(stretches in view + width)
 */
export function runs_of(resource: ResourceDocument, scale: Scale): Run[] {
  const runs: Run[] = [];
  const add = (left: number, right: number, used: number, capacity: number) => {
    const last = runs[runs.length - 1];
    if (last && left - last.right < kBridged) {
      if (last.used === used && last.capacity === capacity) {
        last.right = right;
        return;
      }
      last.right = left;
    }
    runs.push({ left, right, used, capacity });
  };
  // The column not yet closed: the worst of what lies in it.
  let open: Run | null = null;
  const close = () => {
    if (open) add(open.left, open.right, open.used, open.capacity);
    open = null;
  };
  for (let i = first_after(resource, scale.from); i < num_stretches(resource); ++i) {
    const each = stretch(resource, i);
    if (each.from >= scale.to) break;
    let left = Math.max(-1, Math.floor(scale.x(each.from)));
    const right = Math.min(Math.ceil(scale.width) + 1, Math.max(left + 1, Math.round(scale.x(each.to))));
    const column: Run | null = open;
    if (column && left < (column as Run).right) {
      const shared = column as Run;
      const before = { from: 0, to: 0, used: shared.used, capacity: shared.capacity };
      if (is_worse(each, before)) {
        shared.used = each.used;
        shared.capacity = each.capacity;
      }
      left = shared.right;
      if (right <= left) continue;
    }
    close();
    // All but the last column of it is its own; the last it may share with what follows.
    if (right - left > 1) add(left, right - 1, each.used, each.capacity);
    open = { left: right - 1, right, used: each.used, capacity: each.capacity };
  }
  close();
  return runs;
}

/** When a user of the resource begins or ends, ascending. */
function changes_of(model: Model, resource: number): Minutes[] {
  const users = users_of(model, resource, -Infinity, Infinity);
  return users.flatMap(({ task }) => [task.resumes ?? task.start, task.finish]).sort((a, b) => a - b);
}

/** The first of the ascending instants that is `time` or later. */
function first_from(instants: Minutes[], time: Minutes): Minutes {
  let least = 0;
  let most = instants.length;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (instants[middle] < time) least = middle + 1;
    else most = middle;
  }
  return least < instants.length ? instants[least] : Infinity;
}

/** Stretches `first` ... `last`, between which only rests lie. */
export interface Spell extends Stretch {
  first: number;
  last: number;
}

/** While the same tasks use the same amount: the nights between belong to it. */
export class Spells {
  private readonly changes = new Map<number, Minutes[]>();

  constructor(private readonly model: Model) {}

  at(resource: number, index: number): Spell {
    let changes = this.changes.get(resource);
    if (!changes) this.changes.set(resource, (changes = changes_of(this.model, resource)));
    const row = this.model.resources[resource];
    const here = stretch(row, index);
    const goes_on = (before: Stretch, after: Stretch) =>
      before.used === after.used &&
      before.capacity === after.capacity &&
      first_from(changes!, before.to) > after.from;
    const spell = { ...here, first: index, last: index };
    while (spell.first > 0 && goes_on(stretch(row, spell.first - 1), stretch(row, spell.first))) --spell.first;
    while (spell.last + 1 < num_stretches(row) && goes_on(stretch(row, spell.last), stretch(row, spell.last + 1))) ++spell.last;
    return { ...spell, from: stretch(row, spell.first).from, to: stretch(row, spell.last).to };
  }
}

export interface User {
  task: Task;
  amount: number;
}

/** Who holds the resource within that time, the largest amount first. */
export function users_of(model: Model, resource: number, from: Minutes, to: Minutes): User[] {
  const users: User[] = [];
  for (const task of model.tasks) {
    if (!task.scheduled || task.done || task.kind === "summary") continue;
    if ((task.resumes ?? task.start) >= to || task.finish <= from) continue;
    const use = task.uses.find((each) => each.resource === resource);
    if (use) users.push({ task, amount: use.amount });
  }
  return users.sort((a, b) => b.amount - a.amount || a.task.start - b.task.start || a.task.index - b.task.index);
}

export const is_renewable = (resource: ResourceDocument): boolean =>
  resource.kind === "people" || resource.kind === "machine";

/** Renewable resources, the tightest first: overloaded ones by their days, then by utilisation. */
export function by_tightness(model: Model): number[] {
  const days = new Map(model.document.overloads.map((each) => [each.resource, each.days]));
  const peak_share = (resource: ResourceDocument) => (resource.unlimited ? 0 : resource.peak / Math.max(resource.capacity, 1e-9));
  return model.resources
    .map((_, index) => index)
    .filter((index) => is_renewable(model.resources[index]))
    .sort((a, b) => {
      const [left, right] = [model.resources[a], model.resources[b]];
      return (
        (days.get(b) ?? 0) - (days.get(a) ?? 0) ||
        right.utilisation - left.utilisation ||
        peak_share(right) - peak_share(left) ||
        right.peak - left.peak ||
        a - b
      );
    });
}
