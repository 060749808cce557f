/** A traffic light as a shape, a word and a colour. */

import type { Context } from "../context";
import type { LightName, LightReason } from "../document";
import { h } from "../dom";
import { typeset } from "../typeset";

const kShapes: Record<LightName, string> = { red: "■", amber: "◆", green: "●", none: "–" };
/** The classes that outlook.css colours. */
const kTones: Record<LightName, string> = { red: "unlikely", amber: "open", green: "likely", none: "faint" };
export const kOrder: Record<LightName, number> = { red: 0, amber: 1, green: 2, none: 3 };

export const light_word = (context: Context, light: LightName): string => context.say(`light_${light}`);

export const make_lamp = (context: Context, light: LightName): HTMLElement =>
  h(
    `span.chance.lamp.${kTones[light]}`,
    {},
    h("span.chance-shape", { "aria-hidden": "true" }, kShapes[light]),
    light_word(context, light),
  );

export const make_reasons = (context: Context, reasons: LightReason[]): HTMLElement =>
  h(
    "ul.reasons",
    {},
    ...reasons.map(({ light, words }) =>
      h(
        "li",
        {},
        h(`span.chance-shape.${kTones[light]}`, { "aria-hidden": "true" }, kShapes[light]),
        h("span", {}, ...typeset(context.pair(words))),
      ),
    ),
  );
