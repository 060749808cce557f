/** What the program found in the plan: errors, warnings, notes. */

import type { Context, Speech } from "./context";
import type { FindingDocument } from "./document";
import { h } from "./dom";
import { make_part, make_state } from "./parts";
import { make_table } from "./tables";
import { typeset } from "./typeset";

const kShapes = { error: "✕", warning: "▲", note: "○" };
const kRanks = { error: 0, warning: 1, note: 2 };

export const make_findings = (context: Context): HTMLElement => make_findings_part(context, context.model.document);

interface Found {
  findings: FindingDocument[];
  num_findings_dropped: number;
}

export function make_findings_part(context: Speech, { findings, num_findings_dropped }: Found): HTMLElement {
  if (findings.length === 0) return make_part(context, "findings", "findings", h("p.faint", {}, context.say("no_findings")));
  const table = make_table(context, {
    caption: context.say("findings"),
    is_caption_hidden: true,
    rows: findings,
    columns: [
      {
        title: context.say("severity"),
        show: ({ severity }) => make_state(kShapes[severity], context.say(severity), severity === "error"),
        order: ({ severity }) => kRanks[severity],
        csv: ({ severity }) => context.say(severity),
        is_short: true,
      },
      { title: context.say("where"), show: ({ where }) => where, is_short: true },
      {
        title: context.say("message"),
        show: ({ message }) => typeset(context.pair(message)),
        order: ({ message }) => context.pair(message),
      },
      {
        title: context.say("hint"),
        show: ({ hint }) => typeset(context.pair(hint)),
        order: ({ hint }) => context.pair(hint),
        is_optional: true,
      },
      { title: context.say("code"), show: ({ code }) => h("code", {}, code), order: ({ code }) => code, is_short: true },
    ],
  });
  const dropped =
    num_findings_dropped > 0 && h("p.faint", {}, context.say("findings_dropped", context.format.number(num_findings_dropped)));
  return make_part(context, "findings", "findings", table, dropped || "");
}
