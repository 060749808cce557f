/** Why a task is where it is: the reason, and the chain of reasons back to the beginning. */

import type { Context } from "./context";
import { fill, h } from "./dom";
import { resources_of } from "./gantt/columns";
import { chain_back, type Link, type Task } from "./model";
import { make_task_button } from "./parts";
import { state_words } from "./task_words";
import { typeset } from "./typeset";

const kMostLinks = 8;
const kMostSteps = 40;

export interface WhyPanel {
  element: HTMLElement;
  open(task: number): void;
  /** For the keyboard: from the chart into the panel. */
  enter(): void;
  close(): void;
  is_open(): boolean;
}

function dates(context: Context, task: Task): string {
  const { format } = context;
  if (!task.scheduled) return context.say("left_out");
  if (task.is_milestone) return format.instant(task.start, task.starts_at_end);
  return `${format.cell(task.start)} – ${format.cell(task.finish, true)}`;
}

function fact(term: string, value: string | null): HTMLElement[] {
  return value ? [h("dt", {}, term), h("dd", {}, ...typeset(value))] : [];
}

function facts(context: Context, task: Task): HTMLElement {
  const { format } = context;
  const float = task.kind === "summary" || task.total_float === null ? null : format.duration(task.total_float, task.day);
  return h(
    "dl.why-facts",
    {},
    ...fact(context.say(task.is_milestone ? "date" : "start"), format.instant(task.start, task.starts_at_end)),
    ...(task.is_milestone ? [] : fact(context.say("finish"), format.instant(task.finish, true))),
    ...(task.is_milestone ? [] : fact(context.say("duration"), format.duration(task.work, task.day))),
    ...fact(context.say("total_float"), float),
    ...fact(context.say("deadline"), task.deadline === null ? null : format.instant(task.deadline, true)),
    ...fact(context.say("baseline"), task.baseline_start === null ? null : format.instant(task.baseline_start, task.starts_at_end)),
    ...fact(context.say("owner"), task.owner),
    ...fact(context.say("resources"), resources_of(context, task, 12)),
    ...fact(context.say("mode"), task.mode),
  );
}

function step(context: Context, index: number, is_first: boolean): HTMLElement {
  const task = context.model.tasks[index];
  const name = is_first
    ? h("strong", {}, context.name(index))
    : make_task_button(context, index);
  return h("li", {}, name, h("div.soft", {}, dates(context, task)), h("div.why-reason", {}, ...typeset(context.why(index))));
}

function linked(context: Context, title: string, links: Link[], other: (link: Link) => number): HTMLElement | null {
  if (links.length === 0) return null;
  const sorted = [...links].sort((a, b) => Number(b.driving) - Number(a.driving));
  const items = sorted.slice(0, kMostLinks).map((link) => {
    const task = other(link);
    const kind = [link.type !== "FS" && link.type, link.lag && context.pair(link.lag), link.driving && context.say("driving")];
    const words = kind.filter(Boolean).join(" ");
    return h("li", {}, make_task_button(context, task), words !== "" && h("span.soft", {}, ` ${words}`));
  });
  const rest = links.length - items.length;
  if (rest > 0) items.push(h("li.soft", {}, context.say("and_more", rest)));
  return h("div", {}, h("h3", {}, title), h("ul", {}, ...items));
}

export function make_why(context: Context, on_close: () => void): WhyPanel {
  const content = h("div.why-content");
  const close_button = h("button.why-close", { type: "button", "aria-label": context.say("close") }, "×");
  const element = h(
    "aside.why",
    { hidden: true, "aria-label": context.say("why_here"), tabindex: -1 },
    h("div.why-head", {}, h("h2", {}, context.say("why_here")), close_button),
    content,
  );

  function open(index: number): void {
    const { tasks, links } = context.model;
    const task = tasks[index];
    const chain = chain_back(tasks, index);
    const steps = chain.slice(0, kMostSteps).map((at, i) => step(context, at, i === 0));
    if (chain.length > kMostSteps) steps.push(h("li.soft", {}, context.say("and_more", chain.length - kMostSteps)));
    fill(
      content,
      h("p.why-name", {}, context.name(index), h("span.soft", {}, ` ${task.id}`)),
      h("p.why-states", {}, state_words(context, task).join(" · ")),
      h("p.why-main", { role: "status" }, ...typeset(context.why(index))),
      task.scheduled && facts(context, task),
      chain.length > 1 && h("h3", {}, context.say("why_chain")),
      chain.length > 1 && h("ol.why-chain", {}, ...steps),
      linked(context, context.say("before_it"), task.links_in.map((i) => links[i]), (link) => link.from),
      linked(context, context.say("after_it"), task.links_out.map((i) => links[i]), (link) => link.to),
    );
    element.hidden = false;
    document.documentElement.classList.add("with-why");
    content.scrollTop = 0;
  }
  function close(): void {
    if (element.hidden) return;
    element.hidden = true;
    document.documentElement.classList.remove("with-why");
    on_close();
  }
  close_button.addEventListener("click", close);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  const enter = () => (content.querySelector<HTMLElement>("button.link") ?? close_button).focus();
  return { element, open, enter, close, is_open: () => !element.hidden };
}
