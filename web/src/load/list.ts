/** The rows as elements: the name and the peak of a resource beside the canvas of its load. */

import type { Context } from "../context";
import { h } from "../dom";
import { load_summary } from "./table";
import { peak_words } from "./words";

export interface Row {
  resource: number;
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  is_near: boolean; // to the screen
}

function make_facts(context: Context, resource: number, to_peak: () => void): HTMLElement {
  const { utilisation, unlimited, peak } = context.model.resources[resource];
  const inner = h("span.load-bar-in");
  inner.style.width = `${Math.round(100 * Math.min(1, utilisation))}%`;
  const is_over = !unlimited && context.model.document.overloads.some((each) => each.resource === resource);
  const name = context.resource_name(resource);
  return h(
    "div.load-facts",
    {},
    unlimited || peak === 0 ? null : h(is_over ? "span.load-bar.over" : "span.load-bar", {}, inner),
    unlimited || peak === 0 ? null : h("span.load-share", {}, context.format.percent(utilisation, 0)),
    peak === 0
      ? h("span.faint", {}, context.say("never_used"))
      : h(
          "button.load-peak",
          {
            type: "button",
            "aria-label": `${context.say("to_peak_of", name)}: ${peak_words(context, resource)}`,
            title: context.say("to_peak_of", name),
            onclick: to_peak,
          },
          is_over && h("span.bad", { "aria-hidden": "true" }, "✕ "),
          peak_words(context, resource),
        ),
  );
}

export function make_row(context: Context, resource: number, row: number, to_peak: () => void): Row {
  const canvas = h("canvas", { role: "img", "aria-label": load_summary(context, resource), "data-row": row });
  const name = context.resource_name(resource);
  const title = h("div.load-name", { title: name }, name);
  const side = h("div.load-side", {}, title, make_facts(context, resource, to_peak));
  const element = h("div.load-row", {}, side, h("div.load-plot", {}, canvas));
  return { resource, element, canvas, is_near: false };
}

/** Above the rows: what stands beside them, and the axis. */
export function make_axis_row(context: Context, canvas: HTMLCanvasElement): HTMLElement {
  const side = h(
    "div.load-side",
    {},
    h("span", {}, context.say("resource")),
    h("span", {}, `${context.say("utilisation")} · ${context.say("peak")} / ${context.say("capacity")}`),
  );
  return h("div.load-axis", {}, side, h("div.load-plot", {}, canvas));
}

/** Below the rows: how many of `count` are `shown`, and the button for the others. */
export function make_more(context: Context, shown: number, count: number, is_whole: boolean, toggle: () => void): HTMLElement {
  const text = is_whole ? context.say("show_less") : context.say("show_all_of", count);
  return h(
    "div",
    {},
    h("span.faint", {}, context.say("resources_shown", shown, count)),
    h("button.small", { type: "button", onclick: toggle }, text),
  );
}
