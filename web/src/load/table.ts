/** What the load chart shows, as tables; and what is used up. */

import type { Context } from "../context";
import { fill, h } from "../dom";
import { make_task_button } from "../parts";
import { make_table } from "../tables";
import { is_renewable } from "./stretches";
import { peak_words } from "./words";

/** A share with as many digits as mean something. */
const rounded = (share: number): number => Math.round(share * 1e4) / 1e4;

export function make_resource_table(context: Context, order: number[]): HTMLElement {
  const { model, format } = context;
  const overloads = new Map(model.document.overloads.map((each) => [each.resource, each]));
  const is_limited = (index: number) => !model.resources[index].unlimited;
  return make_table(context, {
    caption: context.say("load"),
    is_caption_hidden: true,
    is_compact: true,
    rows: order,
    columns: [
      { title: context.say("resource"), show: (i) => context.resource_name(i), is_head: true },
      { title: context.say("kind"), show: (i) => context.say(`kind_${model.resources[i].kind}`), is_short: true },
      {
        title: context.say("capacity"),
        show: (i) => (is_limited(i) ? format.number(model.resources[i].capacity, 2) : context.say("no_limit")),
        order: (i) => (is_limited(i) ? model.resources[i].capacity : null),
        is_number: true,
      },
      {
        title: context.say("peak"),
        show: (i) => format.number(model.resources[i].peak, 2),
        order: (i) => model.resources[i].peak,
        is_number: true,
      },
      {
        title: context.say("utilisation"),
        show: (i) => (is_limited(i) ? format.percent(model.resources[i].utilisation) : ""),
        order: (i) => (is_limited(i) ? model.resources[i].utilisation : null),
        csv: (i) => (is_limited(i) ? rounded(model.resources[i].utilisation) : null),
        is_number: true,
      },
      {
        title: context.say(model.document.plan.abstract ? "overload_periods" : "overload_days"),
        show: (i) => format.number(overloads.get(i)?.days ?? 0),
        order: (i) => overloads.get(i)?.days ?? 0,
        is_number: true,
      },
    ],
  });
}

/** Null where there are none. */
export function make_overload_table(context: Context): HTMLElement | null {
  const { model, format } = context;
  const { overloads } = model.document;
  if (overloads.length === 0) return null;
  const users = (tasks: number[]) => tasks.flatMap((task, i) => [i > 0 ? context.say("comma") : "", make_task_button(context, task)]);
  return make_table(context, {
    caption: context.say("load_overloads_table"),
    rows: overloads,
    columns: [
      { title: context.say("resource"), show: (each) => context.resource_name(each.resource), is_head: true },
      {
        title: context.say(model.document.plan.abstract ? "overload_periods" : "overload_days"),
        show: (each) => format.number(each.days),
        order: (each) => each.days,
        is_number: true,
      },
      {
        title: context.say("worst_on"),
        show: (each) => format.cell(each.when),
        order: (each) => each.when,
        csv: (each) => format.cell(each.when),
        is_short: true,
      },
      { title: context.say("used"), show: (each) => format.number(each.used, 2), order: (each) => each.used, is_number: true },
      {
        title: context.say("capacity"),
        show: (each) => format.number(each.capacity, 2),
        order: (each) => each.capacity,
        is_number: true,
      },
      {
        title: context.say("used_by"),
        show: (each) => users(each.tasks),
        order: (each) => each.tasks.map((task) => context.name(task)).join("; "),
      },
    ],
  });
}

/** Materials and money: how much of it the schedule takes.  Null where there are none. */
export function make_used_up_table(context: Context): HTMLElement | null {
  const { model, format } = context;
  const rows = model.resources.map((_, i) => i).filter((i) => model.resources[i].used_up !== null);
  if (rows.length === 0) return null;
  const used = (i: number) => model.resources[i].used_up!;
  const share = (i: number) => (model.resources[i].unlimited ? null : used(i) / Math.max(model.resources[i].capacity, 1e-9));
  const left = (i: number) => (model.resources[i].unlimited ? null : model.resources[i].capacity - used(i));
  return make_table(context, {
    caption: context.say("used_up_table"),
    is_compact: true,
    rows,
    columns: [
      { title: context.say("resource"), show: (i) => context.resource_name(i), is_head: true },
      { title: context.say("kind"), show: (i) => context.say(`kind_${model.resources[i].kind}`), is_short: true },
      {
        title: context.say("capacity"),
        show: (i) => (model.resources[i].unlimited ? context.say("no_limit") : format.number(model.resources[i].capacity, 2)),
        order: (i) => (model.resources[i].unlimited ? null : model.resources[i].capacity),
        is_number: true,
      },
      { title: context.say("used_up"), show: (i) => format.number(used(i), 2), order: used, is_number: true },
      {
        title: context.say("left_over"),
        show: (i) => {
          const rest = left(i);
          if (rest === null) return "";
          const text = format.number(rest, 2);
          return rest < 0 ? h("span.state.bad", {}, h("span.shape", { "aria-hidden": "true" }, "✕"), text) : text;
        },
        order: left,
        is_number: true,
      },
      {
        title: context.say("share_of_capacity"),
        show: (i) => {
          const part = share(i);
          return part === null ? "" : format.percent(part);
        },
        order: share,
        csv: (i) => {
          const part = share(i);
          return part === null ? null : rounded(part);
        },
        is_number: true,
      },
    ],
  });
}

/** The tables beside the drawing; made when they are opened. */
export function make_load_details(context: Context): HTMLElement {
  const { resources } = context.model;
  const order = resources.map((_, i) => i).filter((i) => is_renewable(resources[i]));
  const place = h("div");
  const details = h("details.load-details", {}, h("summary", {}, context.say("load_table")), place);
  details.addEventListener("toggle", () => {
    if (details.open && place.childElementCount === 0) {
      fill(place, make_resource_table(context, order), make_overload_table(context));
    }
  });
  return details;
}

export const load_summary = (context: Context, resource: number): string => {
  const { peak, capacity, utilisation, unlimited } = context.model.resources[resource];
  const { format } = context;
  return unlimited
    ? `${context.resource_name(resource)}: ${context.say("peak")} ${peak_words(context, resource)}`
    : context.say(
        "load_of",
        context.resource_name(resource),
        format.number(peak, 2),
        format.number(capacity, 2),
        format.percent(utilisation, 0),
      );
};
