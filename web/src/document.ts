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

export interface FindingDocument {
  severity: "error" | "warning" | "note";
  code: string;
  where: string; // "tasks.csv:14:5"
  message: Pair;
  hint: Pair;
}

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
  outlook: OutlookDocument | null; // what is expected of the targets; null: no targets, or no figures on record
  status: StatusDocument | null; // where the plan stands; null: nothing has happened yet
  risk: RiskDocument | null; // how sure the dates are; null: nothing is uncertain, or nobody asked
  critical_chain: number[];
  float_paths: { total_float: Minutes; tasks: number[] }[];
  overloads: { resource: number; days: number; when: Minutes; used: number; capacity: number; tasks: number[] }[];
  improvements: { seconds: number; finish: Minutes; bound: Minutes | null }[];
  findings: FindingDocument[]; // errors first
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
  kind: ("task" | "summary" | "start_milestone" | "finish_milestone" | "hammock")[];
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

/** What is expected of the plan's targets in many futures.  Values are in each target's `unit`; chances 0 ... 1. */
export interface OutlookDocument {
  year: number;
  as_of: Minutes;
  paths: number; // futures
  seed: number;
  /** Of all tops, weighted, in points of 100; null: nothing is scored. */
  score: { today: number | null; half: number | null; end: number; low: number; high: number } | null;
  targets: TargetDocument[]; // in the order of the plan
  pushes: PushDocument[]; // the best first
  since: Minutes | null; // with which `news` compares; null: with nothing
  news: NewsDocument[];
}

export interface TargetDocument {
  id: string;
  name: Pair;
  parent: number; // a target
  side: string; // of the accounts; "" is none
  unit: string;
  growth: boolean; // a growth in percent; else a level
  less_is_better: boolean;
  veto: boolean;
  weight: number;
  source: "none" | "figures" | "children"; // where its value comes from
  cannot: Pair | null; // there are figures, but nothing can be said, and why
  expected: { mean: number; p10: number; p50: number; p90: number } | null; // of the year
  now: number | null; // to date
  known_to: string | null; // the last period whose figure is out: "2026-05"
  hand_rule: number | null; // the year, if the rest grows as the part so far
  goal: number | null;
  chance: number | null; // of reaching the goal
  chance_as_scheduled: number | null; // if every task with an effect on it finished as scheduled
  chance_without_effects: number | null;
  rolled_up: number | null; // expected from its parts, beside its own figures
  /** The growth, in percent, that the rest of the year must have; that of the year so far; how many years had as much. */
  run_rate: { needed: number; so_far: number; years: number; reached: number } | null;
  gap: { so_far: number; to_come: number } | null; // sums to expected less goal
  fan: { period: string; quantiles: number[]; actual: number | null; planned: number | null }[]; // P5 10 25 50 75 90 95, to date
  /** Of what it is rolled up; target -1: what the parts do not explain. */
  parts: { target: number; weight: number | null; value: number | null; points: number; gap: number | null }[];
  points: { today: number | null; half: number | null; end: number | null; low: number | null; high: number | null } | null;
  rank: { today: number; end: number } | null; // among its peers
}

/** What a unit of effort on a target adds. */
export interface PushDocument {
  target: number;
  points: number; // of all, expected
  error: number; // its standard error
  own_points: number;
  chance: number; // of the target's goal then
  first: number; // share of weightings in which it stays the first
  first_three: number;
}

/** Why what is expected changed: after - before = revisions + surprise + rest. */
export interface NewsDocument {
  target: number;
  before: number;
  after: number;
  revisions: number;
  surprise: number;
  rest: number;
  chance_before: number | null;
  chance_after: number | null;
  published: number; // figures, new or revised
}

export type LightName = "none" | "green" | "amber" | "red";
export type LightReason = { light: LightName; words: Pair };

/** Where the plan stands.  Money in the plan's currency, work in working minutes. */
export interface StatusDocument {
  as_of: Minutes;
  baseline: { name: string; start: Minutes | null; finish: Minutes | null } | null; // name "": the plan as it was
  finish: Minutes | null;
  light: LightName;
  reasons: LightReason[]; // the worst first
  slip: Minutes; // of the finish; more than 0: later than the baseline
  stages: { completed: number; started: number; not_started: number };
  value: {
    bac: number;
    pv: number;
    ev: number;
    ac: number | null; // null: no cost is recorded
    sv: number;
    cv: number | null;
    spi: number | null;
    cpi: number | null;
    tcpi: number | null; // that the rest needs to end on budget
    eac: number | null; // the one that is told where there is room for one
    eac_by_cost_performance: number | null;
    eac_by_budget: number | null;
    eac_by_both: number | null;
    eac_bottom_up: number | null;
  } | null; // null: the baseline has no budget
  schedule: { earned: Minutes; actual: Minutes; planned: Minutes; performance: number | null; finish: Minutes | null } | null;
  months: PeriodColumns;
  weeks: PeriodColumns | null; // null: too many
  lights: { task: number; share: number; light: LightName; reasons: LightReason[] }[]; // red, then amber
  num_lights: number; // in all
  num_red: number; // of them
  slips: {
    task: number;
    total: Minutes;
    root: number;
    baseline: Minutes | null; // its finish
    now: Minutes | null;
    causes: { kind: string; time: Minutes; task: number; words: Pair }[];
  }[];
  num_slips: number;
  new_critical: { count: number; tasks: number[] };
  cleared_critical: { count: number; tasks: number[] };
  ahead_until: Minutes | null;
  ahead: {
    owner: string;
    entries: {
      kind: "overdue_start" | "overdue_finish" | "start" | "finish" | "milestone";
      task: number;
      when: Minutes | null;
      expected: Minutes | null;
    }[];
  }[];
  num_ahead: number; // entries in all
}

/** Sums from the beginning to the end of each period. */
export interface PeriodColumns {
  from: Minutes[];
  to: Minutes[];
  planned: number[];
  earned: (number | null)[]; // null: it has not begun
  actual: (number | null)[];
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
