/** What is needed and what comes, what cannot be met and why, what holds it back, who must be told. */

import { h } from "../dom";
import { make_pairs, make_part, make_state } from "../parts";
import { make_table } from "../tables";
import { typeset } from "../typeset";
import type { DispatchContext } from "./context";
import type { BottleneckDocument, DispatchDocument, NeedDocument } from "./document";

function make_needs_table(context: DispatchContext): HTMLElement {
  const { needs } = context.document;
  return make_table<NeedDocument>(context, {
    caption: context.say("d_needs"),
    is_caption_hidden: true,
    is_compact: true,
    rows: needs,
    group: ({ place }) => context.place(place),
    columns: [
      { title: context.say("d_place"), show: ({ place }) => context.place(place), is_csv_only: true },
      { title: context.say("d_role"), show: ({ role }) => role, is_head: true },
      {
        title: context.say("d_by"),
        show: ({ by, assumed, basis }) => (by === null ? "" : [context.format.cell(by), context.mark(assumed, basis)]),
        order: ({ by }) => by,
        csv: ({ by }) => context.format.cell(by),
        is_short: true,
      },
      {
        title: context.say("d_needed"),
        show: ({ count, assumed, basis }) => [context.number(count), context.mark(assumed, basis)],
        order: ({ count }) => count,
        is_number: true,
      },
      { title: context.say("d_there_by"), show: ({ there }) => context.number(there), order: ({ there }) => there, is_number: true },
      {
        title: context.say("d_missing"),
        show: ({ missing }) => (missing > 0 ? make_state("▼", context.number(missing), true) : make_state("●", "0")),
        order: ({ missing }) => missing,
        is_number: true,
      },
      { title: context.say("d_why"), show: ({ why }) => context.pair(why), is_optional: true },
    ],
  });
}

type Shortfall = DispatchDocument["shortfalls"][number];

function make_short(context: DispatchContext): HTMLElement {
  const { shortfalls } = context.document;
  const title = h("h3", {}, context.say("d_short"));
  if (shortfalls.length === 0) return h("div.risk-block", {}, title, h("p", {}, make_state("✓", context.say("d_nothing_short"))));
  const table = make_table<Shortfall>(context, {
    caption: context.say("d_short"),
    is_caption_hidden: true,
    is_compact: true,
    rows: shortfalls,
    columns: [
      { title: context.say("d_place"), show: ({ place }) => context.place(place), is_head: true },
      { title: context.say("d_role"), show: ({ role }) => role },
      { title: context.say("d_needed"), show: ({ needed }) => context.number(needed), order: ({ needed }) => needed, is_number: true },
      {
        title: context.say("d_missing"),
        show: ({ missing }) => make_state("▼", context.number(missing), true),
        order: ({ missing }) => missing,
        is_number: true,
      },
      { title: context.say("d_why"), show: ({ why }) => context.pair(why) },
    ],
  });
  return h("div.risk-block", {}, title, table);
}

/** What is needed at the left; what of it fails, and what would help, beside it. */
export function make_needs(context: DispatchContext): HTMLElement {
  const pairs = make_pairs([make_needs_table(context)], [make_short(context), make_limits(context)])!;
  return make_part(context, "needs", "d_needs", pairs);
}

function make_limits(context: DispatchContext): HTMLElement | null {
  if (context.document.bottlenecks.length === 0) return null;
  const table = make_table<BottleneckDocument>(context, {
    caption: context.say("d_limits"),
    is_caption_hidden: true,
    is_compact: true,
    rows: context.document.bottlenecks,
    columns: [
      {
        title: context.say("d_measure"),
        show: ({ what, assumed }) => [...typeset(context.pair(what)), context.mark(assumed)],
        order: ({ what }) => context.pair(what),
        is_head: true,
      },
      { title: context.say("d_then"), show: ({ gain }) => typeset(context.pair(gain)), order: ({ gain }) => context.pair(gain) },
      {
        title: context.say("d_then_full"),
        show: ({ full_strength }) => context.format.cell(full_strength),
        order: ({ full_strength }) => full_strength,
        csv: ({ full_strength }) => context.format.cell(full_strength),
        is_short: true,
      },
    ],
  });
  return h("div.risk-block", {}, h("h3", { id: "limits" }, context.say("d_limits")), table, h("p.explained", {}, context.say("d_limits_more")));
}

type Change = DispatchDocument["changes"][number];

export function make_changes(context: DispatchContext): HTMLElement {
  const table = make_table<Change>(context, {
    caption: context.say("d_changes"),
    is_caption_hidden: true,
    rows: context.document.changes,
    columns: [
      { title: context.say("d_group"), show: ({ group }) => group, is_head: true },
      { title: context.say("d_numbers"), show: ({ first, last }) => (first === last ? String(first) : `${first}–${last}`), order: ({ first }) => first, is_short: true },
      { title: context.say("d_before"), show: ({ before }) => context.pair(before) },
      { title: context.say("d_after"), show: ({ now }) => context.pair(now) },
    ],
  });
  return make_part(context, "changes", "d_changes", table);
}
