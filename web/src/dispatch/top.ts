/** What a leader asks in three seconds: when are all there, is every need met, what holds it back, what does it cost. */

import { h } from "../dom";
import { typeset } from "../typeset";
import type { Word } from "../words";
import type { DispatchContext } from "./context";

interface Cell {
  question: Word;
  answer: (Node | string)[];
  tone: "good" | "bad" | "plain";
  more: (Node | string)[][];
}

const kMarks = { good: "✓", bad: "!", plain: "–" };

function when_all_are_there(context: DispatchContext): Cell {
  const { answer } = context.document;
  const { full_strength } = answer.value;
  const more = typeset(context.say("d_of_needed", context.number(answer.people), context.number(answer.needed)));
  if (full_strength === null) return { question: "d_when", answer: [context.say("d_nobody")], tone: "plain", more: [more] };
  const when = typeset(context.format.instant(full_strength));
  return { question: "d_when", answer: [...when, context.mark(context.rests_on_assumed)], tone: "plain", more: [more] };
}

function are_needs_met(context: DispatchContext): Cell {
  const { answer, needs, says, shortfalls } = context.document;
  const { unmet, missing } = answer.value;
  const met = needs.filter((need) => need.missing === 0).length;
  const mark = context.mark(needs.some(({ assumed }) => assumed));
  const more = [typeset(context.say("d_rows_met", context.number(met), context.number(needs.length)))];
  if (unmet === 0 && missing === 0) return { question: "d_met", answer: [context.say("d_all_met"), mark], tone: "good", more };
  const words = [
    ...(unmet > 0 ? [context.say("d_unmet", context.number(unmet))] : []),
    ...(missing > 0 ? [context.say("d_late", context.number(missing))] : []),
  ].join(context.language === "zh" ? "，" : ", ");
  if (missing > 0) more.push(typeset(context.pair(says.late)));
  const [first] = shortfalls;
  if (first) more.push([`${context.place(first.place)}, ${first.role}: `, ...typeset(context.pair(first.why))]);
  return { question: "d_met", answer: [h("a", { href: "#needs" }, ...typeset(words)), mark], tone: "bad", more };
}

function what_holds_it(context: DispatchContext): Cell {
  const [first] = context.document.bottlenecks;
  if (!first) return { question: "d_limit", answer: [context.say("d_no_limit")], tone: "plain", more: [[context.say("d_no_limit_more")]] };
  const link = h("a", { href: "#limits" }, ...typeset(context.pair(first.what)));
  return { question: "d_limit", answer: [link, context.mark(first.assumed)], tone: "plain", more: [typeset(context.pair(first.gain))] };
}

function can_it_be_better(context: DispatchContext): Cell {
  const { answer, says } = context.document;
  const word = answer.optimal ? "d_proven" : "d_not_proven";
  return { question: "d_good", answer: [context.say(word)], tone: answer.optimal ? "good" : "plain", more: [typeset(context.pair(says.proof))] };
}

function what_it_costs(context: DispatchContext): Cell {
  const { value } = context.document.answer;
  const { plan } = context.document;
  const money = `${context.format.number(value.cost, 2)} ${plan.currency}`;
  return { question: "d_cost", answer: [h("span.nowrap", {}, money), context.mark(context.rests_on_assumed)], tone: "plain", more: [] };
}

function make_cell(context: DispatchContext, cell: Cell): HTMLElement {
  return h(
    `div.answer.${cell.tone}` as "div",
    {},
    h("h2", {}, context.say(cell.question)),
    h("p.answer-text", {}, h("span.answer-mark", { "aria-hidden": "true" }, kMarks[cell.tone]), ...cell.answer),
    h("div.answer-more", {}, ...cell.more.map((line) => h("p", {}, ...line))),
  );
}

export function make_top(context: DispatchContext): HTMLElement {
  const { plan, says, changes, field, answer } = context.document;
  const cells = [when_all_are_there, are_needs_met, what_holds_it, can_it_be_better, what_it_costs];
  const changed = context.pair(says.changed);
  const assumed = context.pair(says.assumed);
  return h(
    "header.top",
    {},
    h("h1", {}, context.pair(plan.name) || context.say("untitled")),
    h("p.facts", {}, ...typeset([...(answer.mustered ? [context.pair(says.size)] : []), context.format.since(plan.start), plan.zone].join(" · "))),
    changed !== "" && h("p.sentence", {}, changes.length > 0 ? h("a", { href: "#changes" }, ...typeset(changed)) : changed),
    answer.mustered && h("div.answers", {}, ...cells.map((make) => make_cell(context, make(context)))),
    field && h("ul.d-headlines", {}, ...field.headlines.map((line) => h("li", {}, ...typeset(context.pair(line)), context.mark(context.rests_on_assumed)))),
    assumed !== "" && h("p.assumed-note", {}, context.say("d_assumed_key"), " ", h("a", { href: "#assumed" }, ...typeset(assumed))),
  );
}
