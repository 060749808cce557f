/** What the schedule was made for, how far it got, and why it cannot finish earlier. */

import type { Context } from "./context";
import { h } from "./dom";
import { make_part, make_state } from "./parts";
import { make_table } from "./tables";
import { typeset } from "./typeset";

/** The answer on top tells of the finish already. */
function has_more_than_finish(context: Context): boolean {
  const { objectives } = context.model.document;
  return objectives.length > 1 || (objectives.length === 1 && objectives[0].code !== "finish");
}

function make_objective_table(context: Context): HTMLElement {
  const rows = context.model.document.objectives.map((each, i) => ({ ...each, order: i + 1 }));
  return make_table(context, {
    caption: context.say("objectives"),
    is_caption_hidden: true,
    is_compact: true,
    rows,
    columns: [
      { title: context.say("order"), show: (row) => String(row.order), order: (row) => row.order, is_number: true },
      { title: context.say("objective"), show: (row) => context.pair(row.name), is_head: true },
      { title: context.say("value"), show: (row) => typeset(context.pair(row.value)), order: (row) => context.pair(row.value) },
      {
        title: context.say("proof"),
        show: (row) => [make_state(row.proven ? "✓" : "○", ""), ...typeset(context.pair(row.proof))],
        order: (row) => context.pair(row.proof),
      },
    ],
  });
}

/** Hidden where there is nothing to tell. */
export function make_objectives(context: Context): HTMLElement {
  const proof = context.pair(context.model.document.says.why_no_earlier);
  const has_table = has_more_than_finish(context);
  const part = make_part(context, "objectives", has_table ? "objectives" : "why_no_earlier");
  if (has_table) part.append(h("p.explained", {}, context.say("objectives_ranked")), make_objective_table(context));
  if (has_table && proof) part.append(h("h3", {}, context.say("why_no_earlier")));
  if (proof) part.append(h("p.sentence", {}, ...typeset(proof)));
  part.hidden = !has_table && !proof;
  return part;
}
