/**
 * What the program hands over to the page: plain data, told once, in the form that `docs/page_format.md` describes.
 * The program decides what is shown; the page decides how.
 *
 * Times are minutes since 1970-01-01 00:00 as the plan's clocks show them (in an abstract plan: periods since its
 * start), work and floats are working minutes (periods), amounts are units of a resource, money is in the plan's
 * currency.  A table is an object of columns; row i is the i-th entry of each, and a column with a single entry has the
 * same in every row (`id` and `from` tell how many rows there are).  References are row numbers; -1 is none.  Texts that stand in two languages are pairs [English, Chinese].  What there is not is null.
 */

export type Pair = [en: string, zh: string];
export type Minutes = number;

export interface PlanDocument {
  form: "diaodu page 1";
  by: string; // "diaodu 0.1.0"
  language: "en" | "zh"; // of whoever made the page
  watched: boolean; // the file is written again when the plan changes
  plan: {
    name: Pair;
    abstract: boolean; // a benchmark instance: no dates, no days
    start: Minutes;
    data_date: Minutes | null;
    currency: string;
    zone: string;
    calendar: number;
    num_tasks: number; // in all, also where there is no schedule
    num_links: number;
    num_resources: number;
  };
  answer: {
    status: "optimal" | "feasible" | "infeasible" | "unknown";
    levelled: boolean;
    scheduled: boolean; // false: there are no dates, and the findings say why
    cancelled: boolean;
    start: Minutes;
    finish: Minutes | null;
    bound: Minutes | null;
    verified: boolean | null; // the bound, by the witness that sees no solver
    gap: number | null; // a share: 0.032
    cost: number | null;
    seconds: number;
    steps: number;
    near_critical: Minutes; // floats up to this are nearly critical
    moved: { compared: number; moved: number; total: Minutes; largest: Minutes; farthest: number } | null;
  };
  /** Sentences that only the program can make. */
  says: {
    headline: Pair;
    length: Pair; // "56 d from 2024-01-01 08:00"
    gap: Pair; // empty where there is none
    why_no_earlier: Pair; // the proof of the bound
    moved: Pair; // against the baseline
    story: Pair; // of an infeasible or unknown plan
  };
  objectives: { code: "finish" | "tardiness" | "stability"; name: Pair; value: Pair; proof: Pair; proven: boolean }[];
  calendars: CalendarDocument[];
  tasks: TaskColumns;
  links: LinkColumns;
  resources: ResourceDocument[];
  /** Divisions of time in which `ResourceDocument.share` counts. */
  divisions: { scale: "period" | "day" | "week" | "month" | "quarter" | "year"; from: Minutes[]; to: Minutes };
  milestones: { task: number; deadline: Pair; missed: boolean }[]; // also tasks with a deadline, by finish
  risk: RiskDocument | null; // how sure the dates are; null: nothing is uncertain, or nobody asked
  critical_chain: number[];
  float_paths: { total_float: Minutes; tasks: number[] }[];
  overloads: { resource: number; days: number; when: Minutes; used: number; capacity: number; tasks: number[] }[];
  improvements: { seconds: number; finish: Minutes; bound: Minutes | null }[];
  findings: { severity: "error" | "warning" | "note"; code: string; where: string; message: Pair; hint: Pair }[];
  num_findings_dropped: number;
}

/** A week, and the dates that differ from it within the page's range. */
export interface CalendarDocument {
  id: string;
  name: Pair;
  day: Minutes; // what one day of work is
  week: Shift[][]; // Monday first
  dated: { day: number; shifts: Shift[]; name: Pair }[]; // `day`: days since 1970-01-01
}
export type Shift = [begin: Minutes, end: Minutes]; // of the day

export interface TaskColumns {
  id: string[];
  name: string[];
  name_zh: (string | null)[]; // null: as `name`
  kind: ("task" | "summary" | "start_milestone" | "finish_milestone")[];
  parent: number[];
  owner: string[];
  calendar: number[]; // in whose days durations and floats are told
  scheduled: (0 | 1)[]; // 0: an optional task that is left out
  start: Minutes[];
  finish: Minutes[];
  resumes: (Minutes | null)[]; // where what remains of a task under way begins
  work: Minutes[]; // working time between start and finish, by its calendar
  percent: number[]; // done: 0 ... 100
  done: (0 | 1)[]; // completed
  earliest_start: (Minutes | null)[];
  latest_finish: (Minutes | null)[];
  total_float: (Minutes | null)[]; // null: completed
  free_float: (Minutes | null)[];
  critical: (0 | 1)[];
  deadline: (Minutes | null)[];
  baseline_start: (Minutes | null)[];
  baseline_finish: (Minutes | null)[];
  mode: string[]; // "" where there is one way only
  resources: number[][]; // resource, amount, resource, amount ...
  why: string[]; // {t12} stands for the name of task 12, {r3} for that of resource 3
  why_zh: string[];
  why_kind: string[]; // as in the JSON of `schedule`
  held_by: number[];
}

export interface LinkColumns {
  from: number[];
  to: number[];
  type: ("FS" | "SS" | "FF" | "SF")[];
  lag: (Pair | null)[]; // "+2 d"
  driving: (0 | 1)[]; // it holds its successor where it is
}

/** Dates over all trials: a share of them ends no later. */
export interface DateQuantiles {
  p10: Minutes | null; // null: not even so many trials have a date
  p50: Minutes | null;
  p80: Minutes | null;
  p90: Minutes | null;
  at_confidence: Minutes | null;
  mean: Minutes | null;
}

/** Of a few trials, how many keep within all capacities. */
export interface SampledDocument {
  judged: number;
  within: number;
  exceeded: number[]; // resources
}

/** What trials of all that is uncertain tell.  Shares and chances 0 ... 1. */
export interface RiskDocument {
  kind: "resource_flow" | "relevelled" | "links_only"; // what trials know of resources
  trials: number;
  asked: number;
  seed: number;
  confidence: number; // that a promised date shall have
  without_dates: number; // trials
  planned: Minutes | null; // the finish
  planned_share: number; // of the trials that end no later
  finish: DateQuantiles;
  p80_error: Minutes | null; // its standard error, on the clock
  curve: (Minutes | null)[]; // 101 dates: 0, 1 ... 100 % of the trials end no later
  histogram: { edges: Minutes[]; counts: number[] }; // the outermost count what lies beyond them, too
  deadline: { task: number; time: Minutes; chance: number } | null; // of the finish
  /** The same trials by links alone; null where resources are not asked for. */
  links_only: { finish: DateQuantiles; curve: (Minutes | null)[]; too_early: Minutes; sampled: SampledDocument | null } | null;
  dates: (DateQuantiles & { task: number; planned_share: number; chance: number | null })[]; // `chance`: of its deadline
  /** Of the four quarters `joint_share` is neither later nor dearer than planned. */
  cost: {
    planned: number;
    planned_share: number;
    p10: number;
    p50: number;
    p80: number;
    p90: number;
    at_confidence: number;
    mean: number;
    joint_share: number;
    in_time_dearer: number;
    late_cheaper: number;
    late_dearer: number;
  } | null;
  /** A few hundred trials, finish and cost of each; null where no cost varies. */
  points: { finish: Minutes[]; cost: number[] } | null;
  /** Tasks, what moves the finish most first; work of their own days. */
  drivers: {
    task: number;
    criticality: number; // the share of the trials in which it holds the finish
    planned: Minutes;
    mean: Minutes;
    deviation: Minutes;
    delay: Minutes; // what it takes more than planned while it is critical, on average
    sensitivity: number; // rank correlation with the finish
  }[];
  num_drivers: number; // in all
  /** What costs most first; on the clock. */
  risks: { id: string; name: Pair; struck: number; delay_if_struck: Minutes; delay: Minutes }[];
  /** What moves the mean finish most, on the clock: a task (-1: the risk of that name) at its least and at its most. */
  tornado: { task: number; name: Pair | null; low: Minutes; high: Minutes }[];
  sampled: SampledDocument | null;
  tasks: RiskColumns | null; // null where there are none
}

/** As in `TaskColumns`, of the same tasks: how much later than its `start` and `finish` there. */
export interface RiskColumns {
  start_p10: (Minutes | null)[];
  start_p90: (Minutes | null)[];
  finish_p10: (Minutes | null)[];
  finish_p80: (Minutes | null)[];
  finish_p90: (Minutes | null)[];
  criticality: (number | null)[]; // the share of the trials in which it holds the finish
}

export interface ResourceDocument {
  id: string;
  name: Pair;
  kind: "people" | "machine" | "material" | "money" | "reservoir";
  unlimited: boolean;
  capacity: number;
  /** Renewable: from, to, used, capacity; from, to ...: what is in use, ascending.  Where a plan has more stretches than
   *  a page should hold, one a division: the most in use at once, and the capacity then. */
  load: number[];
  exact: boolean; // whether `load` is exact, not one stretch a division
  share: (number | null)[]; // a division each: used of offered, in percent; null where nothing is offered nor used
  peak: number;
  utilisation: number; // used of offered between its first and last use, a share
  used_up: number | null; // material, money: all that the schedule takes
}
