/** What a leader asks in three seconds: will it hold, when does it end, how sure is that, what changed, what to decide. */

import type { Context } from "./context";
import { h } from "./dom";
import { sureness_of } from "./outlook/reading";
import { planned_words, sure_words } from "./risk/words";
import { slip_words } from "./status/words";
import { typeset } from "./typeset";
import { counted, type Word } from "./words";

type Tone = "good" | "bad" | "plain";
const kMarks: Record<Tone, string> = { good: "✓", bad: "!", plain: "–" };

interface Cell {
  question: Word;
  answer: string | HTMLElement;
  tone: Tone;
  more: (string | HTMLElement)[];
}

/** A link, not a button: it stands in a sentence, and may break with it. */
function link_to(context: Context, task: number): HTMLElement {
  const show = (event: Event) => {
    event.preventDefault();
    context.show_task(task);
  };
  return h("a", { href: "#gantt", onclick: show }, context.name(task));
}

function will_it_hold(context: Context): Cell {
  const question = "will_it_hold";
  const { document, tasks } = context.model;
  const { answer } = document;
  if (!answer.scheduled) return { question, answer: context.say("no_dates"), tone: "bad", more: [context.pair(document.says.story)] };
  const due = tasks.filter((task) => task.deadline !== null && task.scheduled);
  const missed = due.filter((task) => task.missed);
  const slack = (task: (typeof due)[number]) => task.deadline! - task.finish;
  const extreme = due.length === 0 ? null : due.reduce((a, b) => (slack(b) < slack(a) ? b : a));
  const words = document.milestones.find((milestone) => milestone.task === extreme?.index)?.deadline;
  const more: Cell["more"] = [];
  if (extreme) {
    const mark = "\u0000"; // where the task's name goes
    const sentence = context.say(missed.length > 0 ? "worst" : "tightest", mark, words ? context.pair(words) : "");
    const [before, after] = sentence.split(mark);
    more.push(h("span", {}, ...typeset(before), link_to(context, extreme.index), ...typeset(after)));
  }
  if (answer.status === "infeasible") return { question, answer: context.say("breaks_limits"), tone: "bad", more };
  if (due.length === 0) return { question, answer: context.say("no_deadlines"), tone: "plain", more };
  if (missed.length > 0) {
    const text = due.length === 1 ? context.say("misses_one") : context.say("misses", missed.length, due.length);
    return { question, answer: text, tone: "bad", more };
  }
  return { question, answer: counted(context.language, due.length, "holds_one", "holds_all"), tone: "good", more };
}

function when_done(context: Context): Cell {
  const { document } = context.model;
  const { answer, says } = document;
  if (document.plan.num_tasks === 0) return { question: "when_done", answer: context.say("no_tasks"), tone: "plain", more: [] };
  const more: Cell["more"] = [context.pair(says.length)];
  if (answer.cost !== null && answer.cost !== 0) more.push(context.format.money(answer.cost));
  if (answer.finish === null) return { question: "when_done", answer: context.say("no_dates"), tone: "bad", more: [] };
  return { question: "when_done", answer: context.format.instant(answer.finish, true), tone: "plain", more };
}

/** What trials say comes first: a date.  That the schedule is the best there is comes after it. */
function how_sure(context: Context): Cell {
  const proven = how_good(context);
  const { model } = context;
  const { risk } = model.document;
  const sure = risk && sure_words(context, risk);
  if (!risk || !sure || typeof proven.answer !== "string") return proven;
  const planned = h("a", { href: "#risk" }, ...typeset(planned_words(context, risk)));
  const [first] = proven.answer;
  const is_english = context.language === "en";
  const schedule = context.say("the_schedule", is_english ? first.toLowerCase() + proven.answer.slice(1) : proven.answer);
  const verified = model.document.answer.verified ? [context.say("verified")] : [];
  // Why it cannot be better stands among the objectives.
  return { question: "how_sure", answer: sure, tone: "plain", more: [planned, [schedule, ...verified].join(" · ")] };
}

/** How good the schedule is. */
function how_good(context: Context): Cell {
  const question = "how_sure";
  const { answer, says } = context.model.document;
  const { tasks } = context.model;
  const proof = context.pair(says.why_no_earlier);
  const verified = answer.verified ? [context.say("verified")] : [];
  if (answer.scheduled && tasks.length === 0) return { question, answer: context.say("no_tasks"), tone: "plain", more: [] };
  if (answer.scheduled && tasks.every((task) => task.done)) {
    return { question, answer: context.say("all_done"), tone: "good", more: [] };
  }
  switch (answer.status) {
    case "infeasible":
      return { question, answer: context.say("impossible"), tone: "bad", more: answer.scheduled ? [context.pair(says.story)] : [] };
    case "unknown":
      return { question, answer: context.say("not_found"), tone: "bad", more: [] };
    case "optimal":
      if (!answer.levelled) return { question, answer: context.say("links_only"), tone: "plain", more: [proof] };
      return { question, answer: context.say("optimal"), tone: "good", more: [proof, ...verified] };
    case "feasible": {
      if (!answer.levelled) return { question, answer: context.say("links_only"), tone: "plain", more: [proof] };
      // Where more than the finish was asked for, its gap alone says nothing.
      const told = context.pair(says.gap);
      if (answer.gap !== null && told === "") return { question, answer: context.say("not_optimal"), tone: "plain", more: [] };
      const gap = answer.gap === null ? context.say("no_bound") : context.say("within", context.format.percent(answer.gap));
      return { question, answer: gap, tone: "plain", more: [told, ...verified] };
    }
  }
}

function what_changed(context: Context): Cell {
  const { answer, says } = context.model.document;
  const { moved } = answer;
  const { status } = context.model.document;
  const slip = status && slip_words(context, status);
  if (!moved && status && slip) {
    return { question: "what_changed", answer: h("a", { href: "#status" }, ...typeset(slip)), tone: status.slip > 0 ? "bad" : "good", more: [] };
  }
  if (!moved) return { question: "what_changed", answer: context.say("no_baseline"), tone: "plain", more: [] };
  const text =
    moved.moved === 0 ? context.say("nothing_moved") : context.say("moved", moved.moved, moved.compared);
  return { question: "what_changed", answer: text, tone: moved.moved === 0 ? "good" : "plain", more: [context.pair(says.moved)] };
}

const kWeek = 7 * 1440;

/** Each thing to decide leads to where it is seen. */
function to_decide(context: Context): Cell {
  const { document, tasks } = context.model;
  const items: HTMLElement[] = [];
  const count = (number: number, one: Word, several: Word, place: string, before?: () => void) => {
    if (number === 0) return;
    items.push(h("a", { href: `#${place}`, onclick: before }, ...typeset(counted(context.language, number, one, several))));
  };
  const severities = (severity: string) => document.findings.filter((finding) => finding.severity === severity).length;
  count(severities("error"), "decide_error", "decide_errors", "findings");
  const show_late = () => context.store.set({ filter: "late" });
  count(tasks.filter((task) => task.missed).length, "decide_missed_one", "decide_missed", "gantt", show_late);
  count(document.overloads.length, "decide_overload", "decide_overloads", "load");
  const { outlook, status } = document;
  count(status?.num_red ?? 0, "decide_red_one", "decide_red", "status");
  const chances = (outlook?.targets ?? []).flatMap(({ chance }) => (chance === null ? [] : [chance]));
  count(chances.filter((chance) => sureness_of(chance) === "unlikely").length, "decide_unlikely_one", "decide_unlikely", "targets");
  count(severities("warning"), "decide_warning", "decide_warnings", "findings");
  const is_urgent = items.length > 0;
  const now = document.plan.data_date;
  if (now !== null && !document.plan.abstract) {
    const soon = tasks.filter((task) => task.critical && task.kind === "task" && task.start >= now && task.start < now + kWeek);
    count(soon.length, "decide_start", "decide_starts", "look-ahead");
  }
  if (items.length === 0) return { question: "to_decide", answer: context.say("nothing_to_decide"), tone: "good", more: [] };
  const [first, ...rest] = items;
  return { question: "to_decide", answer: first, tone: is_urgent ? "bad" : "plain", more: rest };
}

const pieces = (part: string | HTMLElement) => (typeof part === "string" ? typeset(part) : [part]);

function make_cell(context: Context, cell: Cell): HTMLElement {
  const more = cell.more.filter((part) => part !== "").map((part) => h("p", {}, ...pieces(part)));
  return h(
    `div.answer.${cell.tone}` as "div",
    {},
    h("h2", {}, context.say(cell.question)),
    h("p.answer-text", {}, h("span.answer-mark", { "aria-hidden": "true" }, kMarks[cell.tone]), ...pieces(cell.answer)),
    h("div.answer-more", {}, ...more),
  );
}

export function make_top(context: Context): HTMLElement {
  const { plan } = context.model.document;
  const { format } = context;
  const facts = [
    plan.data_date !== null && context.say("as_of", format.instant(plan.data_date, true)),
    context.say(plan.num_tasks === 1 ? "one_task" : "num_tasks", format.number(plan.num_tasks)),
    context.say(plan.num_links === 1 ? "one_link" : "num_links", format.number(plan.num_links)),
    context.say(plan.num_resources === 1 ? "one_resource" : "num_resources", format.number(plan.num_resources)),
  ].filter((fact): fact is string => !!fact);
  const cells = [will_it_hold, when_done, how_sure, what_changed, to_decide].map((make) => make_cell(context, make(context)));
  return h(
    "header.top",
    {},
    h("h1", {}, context.pair(plan.name) || context.say("untitled")),
    h("p.facts", {}, facts.join(" · ")),
    h("div.answers", {}, ...cells),
  );
}
